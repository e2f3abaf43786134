"""Cells that hold all people of a case: who, of which unit, with which responsibility and measure."""

import re
from dataclasses import dataclass, replace

from .casewords import is_person_name
from .measures import mentions_measure
from .wording import is_not_applicable, is_placeholder, plain


@dataclass(frozen=True)
class Person:
    """One respondent of a people cell; each part as written, None where the cell doesn't give it. headcount: how many people
    the entry stands for ("经办人员7人")."""

    name: str | None
    unit_post: str | None
    responsibility_raw: str | None
    measures_raw: str | None
    headcount: int
    raw: str


@dataclass(frozen=True)
class ParsedPeople:
    """people that could be told apart safely; problems: a sentence for each part that could not."""

    people: tuple[Person, ...]
    problems: tuple[str, ...]


# One sign for one sign, so that every piece can be cut out of the text as written.
_HALF_WIDTH = str.maketrans("（）；：，．［］【】〔〕　０１２３４５６７８９", "();:,.[][][] 0123456789")
_NUMBERING = re.compile(
    r"(?:^|(?<=[\n;。,、 ]))(?:\(?\d{1,2}\)|\d{1,2}[.、](?!\d)|[①-⑳]|\(?[一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}[、.]|第[一二三四五六七八九十]+[,、])\s*"
)
_GROUP = re.compile(r"上述|以上|上列|前述|相关责任人|有关责任人|(?<!等)\d+名(?:相关|有关)")
_NAME_CHARS = r"[\u3400-\u9fff·某×*○xX□]{2,12}?"
_START = re.compile(rf"(?:^|(?<=[,、;。\n ]))(?:对|给予|决定给予|其中)?(?={_NAME_CHARS}\()")
_LEAD = re.compile(r"^(?:给予|决定给予|决定对|对|其中|责令|以及|及|和|同时对|并对)+")
_COUNT = re.compile(
    r"(\d{1,4}|[一二两三四五六七八九十]{1,3})(?:名|位|个)?(?:人(?!大|民|员|事)|同志)|(\d{1,4}|[一二两三四五六七八九十]{1,3})(?:名|位)"
)
_SHARED = re.compile(r"^(?:均|都|各|一并|分别|同时|同)")
# "县民政局党组负全面领导责任": an organisation without brackets, and what it answers for.
_ANSWERS_FOR = re.compile(
    r"^(?P<who>.{3,}?)(?P<words>(?:(?:负有?|应负|承担|履行|落实)[^,]{0,12}?)?(?:全面|主要|重要|次要|直接)?(?:领导|主体|监督|监管|管理|直接)责任(?:人|者)?(?:不力|不到位)?)$"
)
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def split_people(raw: str | None) -> ParsedPeople:
    """Divide a people cell into persons; never raises on text and never invents a person.

    What can't be divided safely ("对上述3人分别给予…") gives a problem sentence instead.
    """
    if is_placeholder(raw) or is_not_applicable(raw):
        return ParsedPeople((), ())
    text = (raw or "").translate(_HALF_WIDTH).replace("\r\n", "\n").replace("\r", "\n")
    people: list[Person] = []
    problems: list[str] = []
    for entry in _entries(text):
        _read_entry(entry, people, problems)
    return ParsedPeople(tuple(people), tuple(problems))


def _entries(text: str) -> list[str]:
    """Pieces between top-level separators (newline, ; 。) and numbering marks, and before each further "名(单位职务)"."""
    marks: list[int] = []
    depth = 0
    for i, char in enumerate(text):
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(depth - 1, 0)
        elif char in ";\n。" and (depth == 0 or char == "\n" or re.match(rf"\s*{_NAME_CHARS}\(", text[i + 1 :])):
            marks.append(i)
            depth = 0
    pieces = [text[a:b].strip(" ;\n。") for a, b in zip([0] + [m + 1 for m in marks], marks + [len(text)], strict=True)]
    out: list[str] = []
    for piece in pieces:
        cut = [0]
        for match in _NUMBERING.finditer(piece):
            if _depth(piece, match.start()) == 0:
                cut += [match.start(), match.end()]
        parts = [piece[a:b] for a, b in zip(cut, cut[1:] + [len(piece)], strict=True)]
        out += [p.strip(" ,、") for i, p in enumerate(parts) if i % 2 == 0 and p.strip(" ,、")]
    return out


def _depth(text: str, position: int) -> int:
    before = text[:position]
    return before.count("(") - before.count(")")


def _read_entry(entry: str, people: list[Person], problems: list[str]) -> None:
    starts = [m.start() for m in _START.finditer(entry) if _depth(entry, m.start()) == 0]
    if len(starts) > 1:
        cuts = [0, *starts[1:], len(entry)]
        pieces = [entry[a:b].strip(" ,、") for a, b in zip(cuts, cuts[1:], strict=False)]
        _read_chain([p for p in pieces if p], people, problems)
        return
    found = _one(entry)
    if found is None:
        names = re.split("[、,]", entry)
        if all(is_person_name(n) for n in names):
            people += [Person(n.strip(), None, None, None, 1, n.strip()) for n in names]
        else:
            problems.append(f"“{_short(entry)}”分不清是谁、受到什么处理；请一人一行写明姓名、单位职务和处理。")
        return
    people.append(found)


def _read_chain(pieces: list[str], people: list[Person], problems: list[str]) -> None:
    """Entries of one sentence: "甲（…）、乙（…）均给予…": a measure at the end may belong to all of them."""
    read = [_one(p) for p in pieces]
    waiting: list[int] = []
    for i, person in enumerate(read):
        if person is None:
            problems.append(f"“{_short(pieces[i])}”分不清是谁、受到什么处理；请一人一行写明姓名、单位职务和处理。")
            continue
        if not person.measures_raw:
            waiting.append(i)
            continue
        if waiting:
            shared = bool(_SHARED.match(person.measures_raw)) and not person.measures_raw.startswith("分别")
            for k in waiting:
                read[k] = replace(read[k], measures_raw=person.measures_raw) if shared else read[k]
            if not shared:
                problems.append(
                    f"“{_short('、'.join(pieces[k] for k in [*waiting, i]))}”几人的处理写在一起，分不清各自对应哪一种；请一人一行写明。"
                )
                read[i] = replace(person, measures_raw=None)
            waiting = []
    people += [p for p in read if p]


def _one(entry: str) -> Person | None:
    bracket = re.match(rf"^(?P<lead>(?:对|给予|决定给予|其中|责令)?)(?P<name>{_NAME_CHARS})?\s*\(", entry)
    if bracket:
        name = bracket["name"]
        close = _closing(entry, bracket.end() - 1)
        inside, tail = entry[bracket.end() : close], entry[close + 1 :]
        if name is None or is_person_name(_LEAD.sub("", name)):
            name = _LEAD.sub("", name) if name else None
            return _person(name, inside, tail, entry)
    parts = re.split(r"[:,]", entry, maxsplit=1)
    if len(parts) == 2 and is_person_name(parts[0]):
        rest = parts[1].strip()
        if mentions_measure(rest.split(",")[0]):
            return _person(parts[0].strip(), None, rest, entry)
        unit_post, _, tail = rest.partition(",")
        if ":" in unit_post:
            unit_post, _, more = unit_post.partition(":")
            tail = f"{more},{tail}" if tail else more
        return _person(parts[0].strip(), unit_post, tail, entry)
    if len(parts) == 2 and not _GROUP.search(parts[0]) and not mentions_measure(parts[0]) and mentions_measure(parts[1]):
        answers = _ANSWERS_FOR.match(parts[0].strip())
        if answers:
            return _person(None, answers["who"], f"{answers['words']},{parts[1]}", entry)
        return _person(None, parts[0].strip(), parts[1], entry)
    return None


def _closing(text: str, opening: int) -> int:
    depth = 0
    for i in range(opening, len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return i
    return len(text)


def _person(name: str | None, unit_post: str | None, tail: str, entry: str) -> Person:
    parts = [p.strip() for p in re.split(r"[,:]", tail.strip(" ,:、。;-—"))]
    first = next((i for i, p in enumerate(parts) if mentions_measure(p)), None)
    responsibility = ",".join(p for p in (parts if first is None else parts[:first]) if p) or None
    measures = ",".join(parts[first:]) if first is not None else None
    unit = unit_post.strip() if unit_post and unit_post.strip() else None
    return Person(name, unit, responsibility, measures, _headcount(name, unit), entry)


def _headcount(name: str | None, unit_post: str | None) -> int:
    if name:
        return 1
    match = _COUNT.search(unit_post or "")
    text = match and (match[1] or match[2])
    if not text:
        return 1
    return max(int(text) if text.isdigit() else _DIGITS.get(text, 1), 1)


def _short(text: str) -> str:
    shown = plain(text)
    return shown if len(shown) <= 60 else shown[:60] + "…"
