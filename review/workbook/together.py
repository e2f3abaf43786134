"""Several people in one sentence with their measures: split only where the text decides whose is whose."""

import re
from dataclasses import replace

from .casewords import has_surname, is_person_name
from .measures import mentions_measure, parse_measures
from .naming import DIGITS, LEAD, MASKED_NAME, Person, has_post, name_behind_post
from .wording import plain, tight

_TOGETHER = re.compile(r"(?P<head>[^;。]+?)(?=分别|均|各(?:给予|予以)|一并)")
_BETWEEN_PEOPLE = re.compile(r"[、,]|(?<=[\u4e00-\u9fff某×*])[和及与](?=[\u4e00-\u9fff])")
_NUMBER = "(?:\\d+|[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_COUNTED_END = re.compile(rf"等?{_NUMBER}(?:名|位|人)(?:人|同志|干部|党员)*$|等$")
_ABOVE = re.compile(
    r"(?:对|给予)?(?:上述|以上|上列|前述)(?P<count>\d+|[一二两三四五六七八九十]+)?(?:名|位)?(?:人员|人|同志|干部|党员)*(?P<tail>(?:分别|均|各|一并)?(?:给予|予以|受到).+)"
)


def told_together(entry: str) -> str:
    """The sentence for an entry whose measures can't be told apart."""
    return f"“{shortened(entry)}”几人的处理写在一起，分不清各自对应哪一种；请一人一行写明。"


def shortened(text: str) -> str:
    """A text as messages show it."""
    shown = plain(text)
    return shown if len(shown) <= 60 else shown[:60] + "…"


def those_above(entry: str, people: list[Person], problems: list[str]) -> bool:
    """ "对上述2人分别给予党内警告、诫勉": those named before who have no measure yet, if the text says whose is whose."""
    match = _ABOVE.fullmatch(entry)
    waiting = [i for i, p in enumerate(people) if not p.measures_raw and p.headcount == 1]
    if not match or not waiting:
        return False
    count = match["count"]
    told = measures_in_order(match["tail"], len(waiting))
    if told is None or count and counted(count) != len(waiting):
        problems.append(told_together(entry))
        return True
    for i, measures in zip(waiting, told, strict=True):
        people[i] = replace(people[i], measures_raw=measures)
    return True


def several_people(entry: str, people: list[Person], problems: list[str]) -> bool:
    """ "对县应急局朱某、县水利局局长秦某分别给予党内警告、诫勉": the people are certain; the measures only in equal number and order, or if
    the same for all. A unit before the first name is everyone's, a post before it only the first one's. False when it is no such entry."""
    match = _TOGETHER.match(entry)
    head = match["head"] if match else _masked_head(entry)
    if not head or "(" in entry:
        return False
    tail = entry[len(head) :]
    listed = listed_people(_COUNTED_END.sub("", LEAD.sub("", head)))
    if len(listed) < 2 or tail and not mentions_measure(tail):
        return False
    measures = measures_in_order(tail.strip(" ,、:"), len(listed))
    if measures is None or "等" in head[-6:]:
        problems.append(told_together(entry))
        measures = None
    before = listed[0][0]
    shared = None if has_post(before) else before or None
    told = measures or [None] * len(listed)
    people += [Person(n, b or shared, None, m, 1, entry) for (b, n), m in zip(listed, told, strict=True)]
    return True


def _masked_head(entry: str) -> str | None:
    """The text up to the last of several masked names."""
    names = list(MASKED_NAME.finditer(entry))
    return entry[: names[-1].end()] if len(names) > 1 else None


def counted(text: str) -> int | None:
    """A number of people in digits or Chinese numerals up to ten."""
    return int(text) if text.isdigit() else DIGITS.get(text)


def listed_people(text: str) -> list[tuple[str, str]]:
    """[("县应急局", "朱某"), ("", "秦某")] of a list of people, () as soon as a piece belongs to nobody. Commas between the posts of one
    person stay: 党委副书记、镇长赵某."""
    out: list[tuple[str, str]] = []
    waiting = ""
    cursor = 0
    for match in [*_BETWEEN_PEOPLE.finditer(text), None]:
        piece = text[cursor : match.start() if match else len(text)].strip()
        name = tight(piece)
        if piece and is_person_name(name) and has_surname(name) and not has_post(piece):
            out.append((waiting.rstrip("、,和及与 "), name))
            waiting = ""
        elif divided := piece and name_behind_post(piece):
            out.append((waiting + divided[0], divided[1]))
            waiting = ""
        else:
            waiting += text[cursor : match.end() if match else len(text)]
        cursor = match.end() if match else len(text)
    return [] if waiting.strip("、, ") else out


def measures_in_order(tail: str, count: int) -> list[str | None] | None:
    """One measure text for each of ``count`` people, None when the text doesn't decide it."""
    if not tail:
        return [None] * count
    if same_for_all(tail):
        return [tail] * count
    items = [i for i in re.split("[、,和及]", re.sub(r"^分别(?:给予|受到|处以|予以)?", "", tail)) if i.strip()]
    if not tail.startswith("分别") or len(items) != count or "等" in tail or not all(parse_measures(i).complete for i in items):
        return None
    return items


def same_for_all(text: str) -> bool:
    """One measure that each of the people before it got: "均给予党内警告", "分别给予诫勉谈话"."""
    if text.startswith(("均", "都", "各", "一并")):
        return True
    parsed = parse_measures(text)
    return parsed.complete and len(parsed.measures) == 1


_TOTAL = (
    r"(?:合计|共计|总计|小计|累计|以上共计?|共|(?=问责|处理|追责))(?:问责|处理|追责|处分|给予|人员|人数)*:?\s*(?P<count>\d{1,3}|[一二两三四五六七八九十])"
    r"(?:名|位|个)?(?:人次|人|干部|党员|同志)+"
)
_TOTAL_FIRST = re.compile(rf"^{_TOTAL} *[:,] *")
_TOTAL_LAST = re.compile(rf"(?:^|[,、; ]+){_TOTAL}$")


def without_total(entry: str, totals: list[tuple[str, int]]) -> str:
    """An entry without 合计2人 or 共3人： at its ends; the numbers are added to ``totals``."""
    for pattern in (_TOTAL_FIRST, _TOTAL_LAST):
        match = pattern.search(entry)
        if match and (count := counted(match["count"])) is not None:
            totals.append((match[0].strip(" ,、:;"), count))
            entry = (entry[: match.start()] + entry[match.end() :]).strip(" ,、")
    return entry
