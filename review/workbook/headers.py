"""Header words: one spelling for each, and which field a word stands for."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from rapidfuzz import fuzz, process

from review.vocabulary.terms import fields, kept_headers

# Below this a similar word is as often another meaning as a variant (申辩时间 and 申诉时间 score 75).
SIMILAR = 82
SHORTEST_SIMILAR = 4

# Words that say nothing without the header above them.
GENERIC = frozenset(
    [
        "姓名",
        "单位",
        "职务",
        "时间",
        "日期",
        "类型",
        "类别",
        "情况",
        "结果",
        "人数",
        "是否",
        "有无",
        "名称",
        "内容",
        "方式",
        "编号",
        "种类",
        "情形",
        "文号",
        "机关",
        "依据",
        "说明",
        "结论",
    ]
)
_OTHER_PEOPLE = frozenset(("team", "approver", "handling_unit", "deciding_organ", "source"))

# What a bare 时间 under these headers is the date of; under a step it is the step's own.
_DATED = {"measures": "decided_on", "people": "decided_on", "responsibility": "decided_on", "outcome": "decided_on"}

# The same under a header that speaks of the handling in words of its own (责任及处理).
_HANDLING = re.compile("处理|处分|追责")
_OTHER_HANDLING = frozenset(("其他", "其它", "其他方式", "其他情况", "其他处理", "其它处理"))
_OF_HANDLING = {"时间": "decided_on", "日期": "decided_on", "方式": "measures", "种类": "measures", "结果": "measures"}

# Fields that an office writes as codes; a code under 单位 is the number of the unit and no unit.
_CODED = frozenset(
    ["responsibility", "politics", "rank", "domain", "admin_level", "object_type", "measures", "measures_organizational"]
    + ["measures_party", "measures_administrative", "measures_education"]
)
_CODE_WORD = re.compile("(?:代码|编码|代号|码)$")

_NUMBERING = re.compile(r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.．、:：]|[①-⑳])(?=\D)")
_MARKS = re.compile(r"[\s*＊※★●△▲#　_\-—:：,，.．。;；\"“”'‘’《》<>]+")
_BRACKETS = re.compile(r"[(（\[【〔].*?[)）\]】〕]")
_LAST_BRACKET = re.compile(r"[(（\[【〔][^(（\[【〔]*[)）\]】〕]\s*[*＊]?\s*$")
_OPENS = re.compile(r"[(（\[【〔]")
_BRACKET_SIGNS = re.compile(r"[()（）\[\]【】〔〕/、和及与]")
# What stands behind a word without changing what it asks for: 责任人名单, 案件名称及概况.
_FILLERS = re.compile(r"(?:名单|清单|概况|概述|简述|简介|简要情况|全称|信息|登记|填报|内容|情况|说明)+$")
_OF_THE_PERSON = re.compile(r"^(被问责人员?|被问责对象|问责对象|责任人员?|本人|人员|案件)(的)?")
_UNIT_AND_POST = re.compile(r"单位.*(?:职务|职级|岗位|身份)$|(?:职务|职级|岗位).*单位$")
_NAME_AND_POST = re.compile(r"姓名.*(?:职务|职级|单位)|(?:单位|职务).*姓名$")
# 姓名 behind anything but these is the name of a respondent.
_NAMES_OTHERS = re.compile(
    "承办|经办|审批|批准|审核|审理|复核|填表|填报|录入|联系|谈话|调查|组长|主审|举报|反映人|记录|领导姓名|送达|宣布|回访"
)


_NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九十", 1)}
_SIGN = r"(\d{1,2}|[一二三四五六七八九十])"
_LAST = re.compile(rf"^(.*?[^\d.\-/〔\[第])\s*[(]?{_SIGN}[)]?\s*[:]?$", re.S)
_MIDDLE = re.compile(rf"^([^\d]*?(?:人员?|对象|干部|领导|同志|者))\s*[(]?{_SIGN}[)]?\s*[-—:/的]?\s*([^\d]+)$", re.S)
_FIRST = re.compile(rf"^第{_SIGN}[个名位]?([^\d]+)$", re.S)


_ANY_SIGN = re.compile(_SIGN)


@lru_cache(maxsize=20_000)
def without_number(text: str) -> tuple[str, int] | None:
    """A header word without the number that tells one person from the next, and the number."""
    if not _ANY_SIGN.search(text) and unicodedata.is_normalized("NFKC", text):
        return None
    flat = unicodedata.normalize("NFKC", text).strip().strip("*＊")
    for pattern in (_MIDDLE, _LAST, _FIRST):
        if found := pattern.match(flat):
            sign, *words = sorted(found.groups(), key=lambda g: not re.fullmatch(_SIGN, g))
            number = int(sign) if sign.isdigit() else _NUMERALS[sign]
            word = found[1] + found[3] if pattern is _MIDDLE else words[0]
            if 1 <= number <= 20 and word.strip():
                return word.strip(), number
    return None


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A header in one spelling: full width, spaces, line breaks, stars, numbering and signs between words gone."""
    text = _NUMBERING.sub("", unicodedata.normalize("NFKC", text).strip())
    return _BRACKET_SIGNS.sub("", _MARKS.sub("", text)).lower()


def _without_brackets(text: str) -> str:
    return plain(_BRACKETS.sub("", unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=1)
def _index() -> dict[str, str]:
    index: dict[str, str] = {}
    for name, entry in fields().items():
        for word in (*entry.synonyms, entry.label):
            index.setdefault(plain(word), name)
    return index


@lru_cache(maxsize=1)
def known_texts() -> frozenset[str]:
    """Every header word as the vocabulary writes it: cheap to look for in a long sheet."""
    return frozenset(word for entry in fields().values() for word in entry.synonyms)


@lru_cache(maxsize=1)
def _rank() -> dict[tuple[str, str], int]:
    return {(name, plain(word)): i for name, entry in fields().items() for i, word in enumerate(entry.synonyms)}


def synonym_rank(field: str, header: str) -> int:
    """Place of the header's last level among the synonyms of a field, the plainest word first; large for other words."""
    return _rank().get((field, plain(header.rsplit("/", 1)[-1])), 999)


def quick_test(words: Iterable[str]) -> Callable[[str], bool]:
    """A test that every text meets of which one of these plain words is left when signs are left out; most texts of a ledger do not.

    It looks for a few signs of which each word has one: cells of data are asked about by the thousand and are no headers."""
    words, signs = sorted(set(words)), set()
    counts = Counter(sign for word in words for sign in set(word))
    for word in words:
        if signs.isdisjoint(word):
            # Signs with a capital form, last: the text may have the other form.
            sign = max(word, key=lambda s: (s.upper() == s.lower(), counts[s], s))
            signs |= {sign, sign.upper()}
    search = re.compile("[" + "".join(map(re.escape, sorted("".join(signs)))) + "]").search
    return lambda text: search(text) is not None or not unicodedata.is_normalized("NFKC", text)


@lru_cache(maxsize=1)
def _may_be_known() -> Callable[[str], bool]:
    # A word may be found without 是否 before it, or with 是否 for 有无.
    return quick_test(word[2:] if word[:2] in ("是否", "有无") and word[2:] else word for word in {*_index(), *_kept()} if word)


@lru_cache(maxsize=20_000)
def is_kept(text: str) -> bool:
    """A header or label that is known and holds nothing that is reviewed (性别, 民族)."""
    if not _may_be_known()(text):
        return False
    return plain(text) in _kept() or _without_brackets(text) in _kept()


@lru_cache(maxsize=1)
def _kept() -> frozenset[str]:
    return frozenset(plain(word) for word in kept_headers())


@lru_cache(maxsize=20_000)
def exact_field(text: str) -> str | None:
    """Field of a header word by the vocabulary, None for an unknown word."""
    if not _may_be_known()(text):
        return None
    index = _index()
    for word in _spellings(text):
        if word in index:
            return index[word]
    return None


def _spellings(text: str) -> Iterator[str]:
    for base in _bases(text):
        if not base:
            continue
        yield base
        # Nearly every text that is asked about is no header: it has none of these beginnings and ends.
        asks = base.startswith(("是否", "有无"))
        if asks and base[2:]:
            yield base[2:]
        if base.endswith(("情况", "说明", "名称", "内容")) and base[:-2]:
            yield base[:-2]
        if base[0] in "被问责本人案" and (rest := _OF_THE_PERSON.sub("", base)):
            yield rest
        if asks:
            yield f"是否{base[2:]}"


def _bases(text: str) -> tuple[str, ...]:
    """A header in one spelling, as a whole, without its last bracket and without any."""
    if not _OPENS.search(unicodedata.normalize("NFKC", text)):
        return (plain(text),)
    return tuple(dict.fromkeys((plain(text), plain(_LAST_BRACKET.sub("", text)), _without_brackets(text))))


@lru_cache(maxsize=1)
def _by_last_letter() -> dict[str, list[str]]:
    """Known words by their last letter: rows of names and titles are asked about too, and must not be compared with every word."""
    words: dict[str, list[str]] = {}
    for word in _index():
        if len(word) >= SHORTEST_SIMILAR:
            words.setdefault(word[-1], []).append(word)
    return words


@lru_cache(maxsize=1)
def _last_letters() -> frozenset[str]:
    """What a header ends with that is near a known word: its last letter, that of a filler, or that of 职务 职级 岗位 身份 单位."""
    return frozenset(word[-1] for word in _index() if word) | frozenset("单况概述介要称息记报容明务级位份")


@lru_cache(maxsize=20_000)
def similar_field(text: str) -> tuple[str, float] | None:
    """Field of a header that ends with a known word or nearly equals one, with a confidence from 0 to 1; None when nothing is near."""
    index = _index()
    for word in _bases(text):
        if len(word) < SHORTEST_SIMILAR or len(word) > 30:
            continue
        if word[-1] not in _last_letters() and "姓名" not in word:
            continue
        if _NAME_AND_POST.search(word) and not _NAMES_OTHERS.search(word):
            return "name", 0.85
        if _UNIT_AND_POST.search(word):
            return "unit_post", 0.85
        if word.endswith("姓名") and not _NAMES_OTHERS.search(word):
            return "name", 0.85
        bare = _FILLERS.sub("", word)
        if bare != word and bare in index:
            return index[bare], 0.85
        for start in range(1, len(word) - SHORTEST_SIMILAR + 1):
            if word[start:] in index:
                return index[word[start:]], 0.85
        best = process.extractOne(word, _by_last_letter().get(word[-1], ()), scorer=fuzz.ratio, score_cutoff=SIMILAR)
        if best is not None:
            return index[best[0]], round(best[1] / 100, 2)
    return None


def field_of_levels(levels: tuple[str, ...]) -> tuple[str | None, str, float]:
    """Field of a header of one to three levels (outermost first), how it was found (synonym, similar, none) and the confidence.

    A leaf that says nothing alone (时间, 姓名) is read together with the header above it: 送达情况/时间 is the date of delivery,
    承办人/姓名 is not the name of a respondent.
    """
    if not levels:
        return None, "none", 0.0
    if len(levels) > 1 and not _without_brackets(levels[-1]):
        # （年月日） in a row of its own says how to fill the column in.
        levels = levels[:-1]
    leaf, parents = levels[-1], levels[:-1]
    if parents and plain(leaf) not in _index() and plain(_LAST_BRACKET.sub("", leaf)) in GENERIC:
        leaf = _LAST_BRACKET.sub("", leaf)
    generic = plain(leaf) in GENERIC
    if parents and generic:
        parent = re.sub(r"情况$", "", plain(parents[-1]))
        for text in (parent + plain(leaf), plain(leaf) + parent):
            found = exact_field(text)
            if found:
                return found, "synonym", 1.0
        above = exact_field(parents[-1])
        if plain(leaf) in ("时间", "日期") and (above in _DATED or f"{above}_on" in fields()):
            return _DATED.get(above, f"{above}_on"), "synonym", 0.9
        if not above and _HANDLING.search(parent) and plain(leaf) in _OF_HANDLING:
            return _OF_HANDLING[plain(leaf)], "synonym", 0.9
        if above in _OTHER_PEOPLE:
            return (above, "synonym", 0.7) if plain(leaf) in ("名称", "单位", "姓名", "机关") else (None, "none", 0.0)
    if parents and plain(leaf) in _OTHER_HANDLING and (_HANDLING.search(plain(parents[-1])) or exact_field(parents[-1]) == "measures"):
        return "measures", "synonym", 0.9
    found = exact_field(leaf)
    if found:
        return found, "synonym", 1.0 if not generic or not parents else 0.9
    for parent in reversed(parents):
        joined = exact_field(plain(parent) + plain(leaf)) or exact_field(re.sub(r"情况$", "", plain(parent)) + plain(leaf))
        if not joined and plain(parent) in ("时间", "日期"):
            joined = exact_field(plain(leaf) + plain(parent))
        if joined:
            return joined, "synonym", 0.95
    coded = exact_field(_CODE_WORD.sub("", plain(leaf)))
    if coded in _CODED:
        return coded, "synonym", 0.95
    near = similar_field(leaf)
    if near:
        return near[0], "similar", near[1]
    if parents and generic:
        found = exact_field(parents[-1])
        # 送达情况/是否: the yes/no of the step that the parent names.
        if found and plain(leaf) in ("是否", "有无", "情况", "结果", "内容"):
            return found, "synonym", 0.9
    return None, "none", 0.0
