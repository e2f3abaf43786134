"""What the cells of a column look like, told from a sample of its distinct texts. Used only where the header leaves a doubt."""

import re
from collections.abc import Callable

from review.workbook.casewords import has_surname, is_masked_name, is_person_name
from review.workbook.people import split_people

SAMPLE = 200

_MEASURE = re.compile(
    r"警告|记过|记大过|撤职|撤销|开除|留党|诫勉|戒勉|免职|免去|降职|降级|停职|调整职务|调离|责令|检查|通报|谈话|约谈|批评教育|处分|辞职|改组|问责|组织处理"
)
_PLAIN_MEASURE = re.compile(
    r"(?:给予|予以|受到)?(?:(?:党内|党纪|政务|行政|政纪)?(?:严重警告|警告|记大过|记过|降级|撤职|开除|免职)|诫勉(?:谈话)?|书面诫勉|通报批评|谈话提醒|批评教育"
    r"|撤销党内职务|留党察看.{0,4}|开除党籍|停职检查|调整职务|责令辞职|责令(?:作出)?书面检查)(?:处分|处理)?"
)
_DATE = re.compile(
    r"^\s*[(（]?(?:19|20)\d{2}\s*[-./年．。—－]?\s*\d{0,2}\s*[-./月．。—－]?\s*\d{0,2}\s*日?(?:\s+\d{1,2}:\d{2}.*)?[)）]?\s*$"
)
_NAME = re.compile(r"^[\u4e00-\u9fff][\u4e00-\u9fff·某×xX*＊○〇]{1,5}$")
_UNIT_END = re.compile(r"(?:局|委|办|院|厅|部|镇|乡|村|街道|公司|中心|社区|学校|政府|党组|支部|总支|队|站|所|处|会|厂|行|园|馆)$")
_POST_END = re.compile(
    r"(?:长|书记|主任|委员|成员|经理|干部|科员|主席|检察员|人员|院长|校长|员|师|负责人|总监|调研员|巡视员)(?:[(（].*[)）])?$"
)
_COUNTY = re.compile(r"^[\u4e00-\u9fff]{1,12}(?:县|区|市|旗|直)$")
_PERSON_IN_TEXT = re.compile(r"[(（][^()（）]{2,}[)）]|[\u4e00-\u9fff]{2,4}[，,：:][\u4e00-\u9fff]{4,}")
_CASE_NUMBER = re.compile(r"(?:[〔\[（(【]?\d{4}[〕\])）】]?.*\d)|(?:[A-Za-z\u4e00-\u9fff].*\d)")
_NUMBER = re.compile(r"^\d+(?:\.0+)?$")


def sample(texts: list[str | None]) -> list[str]:
    """Up to 200 distinct non-empty texts of a column, the first ones first."""
    seen: dict[str, None] = {}
    for text in texts[:20_000]:
        if text is not None and text not in seen:
            seen[text] = None
            if len(seen) >= SAMPLE:
                break
    return list(seen)


def distinct(column: list[str | None], rows: list[int]) -> list[str]:
    """The distinct non-empty texts of a column in these rows, in order."""
    return [t for t in dict.fromkeys(column[r] for r in rows) if t is not None]


def _mostly(share: float, values: list[str], test: Callable[[str], bool]) -> bool:
    """Do at least so many of the values meet the test? Given up once too few are left that might."""
    left = size = len(values)
    for value in values:
        if not test(value.strip()):
            left -= 1
            if left / size < share:
                return False
    return size > 0


def like_measures(values: list[str]) -> bool:
    """Short texts that mostly name a measure."""
    return _mostly(0.6, values, lambda v: len(v) <= 60 and _MEASURE.search(v) is not None)


def like_dates(values: list[str]) -> bool:
    """Mostly written dates (bare serials are no sign: any count looks like one)."""
    return _mostly(0.6, values, lambda v: len(v) >= 6 and _DATE.match(v) is not None)


def like_names(values: list[str]) -> bool:
    """Mostly two to six characters that end in no unit or post word."""
    return _mostly(0.7, values, lambda v: _NAME.match(v) is not None and not _UNIT_END.search(v) and not _POST_END.search(v))


def like_person_names(values: list[str], share: float = 0.7) -> bool:
    """Mostly names that only people bear: with a surname, or masked (李某)."""
    return _mostly(share, values, is_whole_name)


def is_whole_name(text: str) -> bool:
    """A name of a person and nothing else."""
    flat = text.replace(" ", "").replace("\u3000", "")
    if len(flat) < 2:
        return False
    return is_masked_name(flat) or is_person_name(flat) and has_surname(flat) and not _UNIT_END.search(flat) and not _MEASURE.search(flat)


def like_people(values: list[str]) -> bool:
    """Long texts that hold several people with their posts, or one person with post and measure."""

    def one(v: str) -> bool:
        people = len(_PERSON_IN_TEXT.findall(v))
        return people >= 1 and len(v) > 12 and (_MEASURE.search(v) is not None or people >= 2 or "责任" in v)

    return _mostly(0.5, values, one)


def like_named_people(values: list[str]) -> bool:
    """Sentences of which most tell of people by name, if only by name (张三：诫勉; 对张三、李四分别给予…)."""
    return _mostly(0.5, values, lambda v: any(p.name for p in split_people(v).people))


def like_units(values: list[str]) -> bool:
    """Mostly ends in a unit word."""
    return _mostly(0.6, values, lambda v: _UNIT_END.search(v) is not None)


def like_posts(values: list[str]) -> bool:
    """Mostly ends in a post word."""
    return _mostly(0.6, values, lambda v: _POST_END.search(v) is not None)


def like_units_with_posts(values: list[str]) -> bool:
    """Unit and post written together: a post word at the end, a unit word before it."""
    unit = re.compile(r"(?:局|委|院|厅|镇|乡|村|街道|公司|中心|社区|政府|支部|大队|办事处|学校)(?=[\u4e00-\u9fff])")
    return _mostly(0.6, values, lambda v: len(v) >= 6 and _POST_END.search(v) is not None and unit.search(v) is not None)


def like_counties(values: list[str]) -> bool:
    """Mostly the name of a county, district or city."""
    return _mostly(0.8, values, lambda v: _COUNTY.match(v) is not None)


def like_responsibility(values: list[str]) -> bool:
    """Mostly names a responsibility."""
    return _mostly(0.6, values, lambda v: len(v) <= 40 and "责任" in v)


def like_plain_responsibility(values: list[str]) -> bool:
    """Mostly a responsibility and nothing else (no measure beside it)."""
    return _mostly(0.7, values, lambda v: len(v) <= 20 and "责任" in v and _MEASURE.search(v.replace("问责", "")) is None)


def like_plain_measures(values: list[str]) -> bool:
    """Mostly a measure and nothing else: no post, no responsibility, no unit."""
    return _mostly(0.7, values, lambda v: len(v) <= 20 and _PLAIN_MEASURE.fullmatch(v) is not None)


def like_case_numbers(values: list[str]) -> bool:
    """Numbers with a year or letters in them, not a running count."""
    return _mostly(0.6, values, lambda v: _CASE_NUMBER.search(v) is not None and len(v) >= 5)


def like_counts(values: list[str]) -> bool:
    """Plain numbers only: the cells of a statistics table."""
    return _mostly(0.9, values, lambda v: re.fullmatch(r"\d+(?:\.\d+)?%?[人件]?", v) is not None)


def bare_number(text: str) -> bool:
    """A small whole number: a running count, no number of a case."""
    return len(text) <= 5 and _NUMBER.match(text.strip()) is not None
