"""Cells that hold all people of a case: who, of which unit, with which responsibility and measure."""

import re
from dataclasses import dataclass, replace

from ..vocabulary.units import form_labels
from .casewords import begins_with_surname, has_surname, is_person_name
from .measures import measure_places, mentions_measure, parse_measures
from .naming import DIGITS, LEAD, MASKED_NAME, Person, has_post, name_at_end, name_behind_post
from .offices import post_pattern
from .sentences import is_bare_name, name_in_sentence, name_within, one_after_the_other, without_lead
from .together import listed_people, measures_in_order, same_for_all, several_people, shortened, those_above, told_together, without_total
from .wording import is_not_applicable, is_placeholder, tight


@dataclass(frozen=True)
class ParsedPeople:
    """people that could be told apart safely; problems: a sentence for each part that could not."""

    people: tuple[Person, ...]
    problems: tuple[str, ...]


# One sign for one sign, so that every piece can be cut out of the text as written.
_HALF_WIDTH = str.maketrans("（）；：，．［］【】〔〕　\t０１２３４５６７８９", "();:,.[][][]  0123456789")
_NUMBERING = re.compile(
    r"(?:^|(?<=[\n;。,、 ]))(?:\(?\d{1,2}\)|\d{1,2}[.、](?!\d)|[①-⑳]|\(?[一二三四五六七八九十]{1,3}\)"
    r"|[一二三四五六七八九十]{1,3}[、.]|第[一二三四五六七八九十]+[,、])\s*"
)
# Behind a (1) the text before (2) may end without a sign.
_NUMBERED_ON = re.compile(r"(?:\(\d{1,2}\)|[①-⑳])\s*")
_NOT_A_POST = re.compile("又名|曾用名|化名|别名|之[妻夫子女父母]")
_GROUP = re.compile(r"上述|以上|上列|前述|相关责任人|有关责任人|(?<!等)\d+名(?:相关|有关)")
_NAME_CHARS = r"[\u3400-\u9fff·某×*○xX□]{2,30}?"
_START = re.compile(rf"(?:^|(?<=[,、;。\n ]))(?={_NAME_CHARS}\()")
_COUNT = re.compile(
    r"(\d{1,4}|[一二两三四五六七八九十]{1,3})(?:名|位|个)?(?:人(?!大|民|员|事)|同志)|(\d{1,4}|[一二两三四五六七八九十]{1,3})(?:名|位)"
)
_SHARED = re.compile(r"^(?:均|都|各|一并|分别|同时|同)")
_ABOUT_PERSON = re.compile(
    r"男|女|[\u4e00-\u9fff]{1,5}族|(?:中共)?(?:预备)?党员|群众|\d{4}年\d{0,2}月?(?:出?生|入党|参加工作).*|\d{1,3}岁|[\u4e00-\u9fff]{2,6}人|(?:大学|大专|中专|高中|初中|本科|研究生)[\u4e00-\u9fff]{0,4}"
)
_DATE_ONLY = re.compile(r"(?:于|自)?\d{4}[年.\-/]\d{1,2}(?:[月.\-/]\d{0,2})?日?")
_UNHANDLED = re.compile("(?:暂?未|不予?|尚未)(?:处理|处分|问责|追究|追责)")
_VERBS_FIRST = re.compile("^(?:并|同时|已|被|给予|予以|受到|对|责令|由|另|也|还|又|再|后)+")
_DATE_LEADS = re.compile(r"^(?:于|自)?\d{4}年\d{1,2}月(?:\d{1,2}日)?,(?=[^,]{2,})")
_REASON = re.compile(r"^(?:因|由于|鉴于)")
_HELD_LATER = re.compile(r"^(?:现任|现为|时任|原任|曾任|兼)")
# "县民政局党组负全面领导责任", "张三负领导责任": who, without brackets, and what for.
_ANSWERS_FOR = re.compile(
    r"^(?P<who>.{2,}?)(?P<words>(?:(?:负有?|应负|承担|履行|落实)[^,]{0,12}?)?(?:全面|主要|重要|次要|直接)?"
    r"(?:领导|主体|监督|监管|管理|直接)责任(?:人|者)?(?:不力|不到位)?)$"
)
_RESPONSIBLE = re.compile(r"(?:负有?|应负|承担|履行|落实).{0,14}责任|责任(?:人|者)?$|^履[职责]不力$|失职失责")


# A body that is handled itself: "县民政局党组作出书面检查", "责成区委、区政府作出检查".
_BODY_ACTS = re.compile(
    r"(?:局|委|委员会|政府|办事处|党组|党委|工委|支部|公司|医院|学校|中心|班子|机关|单位)(?:被|受到|(?:向.{2,12})?作(?:出)?(?:了)?(?:深刻|书面)*(?:的)?检[查讨])"
)


def split_people(raw: str | None) -> ParsedPeople:
    """Divide a people cell into persons; never raises on text and never invents a person.

    What can't be divided safely ("对上述3人分别给予…") gives a problem sentence instead. Measures told for several people at once
    are given to each only when the text says so (均, 各, or one single measure behind names joined by 、).
    """
    if is_placeholder(raw) or is_not_applicable(raw):
        return ParsedPeople((), ())
    written = (raw or "").replace("\r\n", "\n").replace("\r", "\n")
    text = written.translate(_HALF_WIDTH)
    people: list[Person] = []
    problems: list[str] = []
    totals: list[tuple[str, int]] = []
    for entry in _entries(text):
        entry = without_total(entry, totals)
        if entry:
            _read_entry(entry, people, problems)
    found = sum(p.headcount for p in people)
    problems += [f"写明“{told}”，读出{found}人；请核对人员并一人一行写明。" for told, count in totals if count != found]
    return ParsedPeople(_as_written(people, text, written), tuple(problems))


def _as_written(people: list[Person], text: str, written: str) -> tuple[Person, ...]:
    """Cut every part out of the text as typed (the half-width reading has the same length)."""
    cursor = 0

    def cut(part: str | None) -> str | None:
        at = text.find(part, cursor) if part else -1
        return written[at : at + len(part)] if part and at >= 0 else part

    out = []
    for person in people:
        cursor = max(text.find(person.raw, cursor), cursor)
        out.append(
            replace(
                person,
                unit_post=cut(person.unit_post),
                responsibility_raw=cut(person.responsibility_raw),
                measures_raw=cut(person.measures_raw),
                raw=cut(person.raw) or person.raw,
            )
        )
    return tuple(out)


def _entries(text: str) -> list[str]:
    """Pieces between top-level separators (newline, ; 。) and numbering marks."""
    marks: list[int] = []
    depth = 0
    for i, char in enumerate(text):
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(depth - 1, 0)
        elif char in ";\n。" and (depth == 0 or char == "\n" or re.match(rf"\s*{_NAME_CHARS}\(", text[i + 1 : i + 40])):
            marks.append(i)
            depth = 0
    pieces = [text[a:b].strip(" ;\n。") for a, b in zip([0] + [m + 1 for m in marks], marks + [len(text)], strict=True)]
    out: list[str] = []
    for piece in pieces:
        cut = [0]
        for match in (_NUMBERED_ON if piece.startswith(("(1)", "①")) else _NUMBERING).finditer(piece):
            if _depth(piece, match.start()) == 0:
                cut += [match.start(), match.end()]
        parts = [piece[a:b] for a, b in zip(cut, cut[1:] + [len(piece)], strict=True)]
        out += [p.strip(" ,、") for i, p in enumerate(parts) if i % 2 == 0 and p.strip(" ,、")]
    return out


def _depth(text: str, position: int) -> int:
    before = text[:position]
    return before.count("(") - before.count(")")


def _unclear(entry: str) -> str:
    return f"“{shortened(entry)}”分不清是谁、受到什么处理；请一人一行写明姓名、单位职务和处理。"


def _read_entry(entry: str, people: list[Person], problems: list[str]) -> None:
    entry = _DATE_LEADS.sub("", entry)
    cells = re.split("[/|]", entry)
    if len(cells) > 2 and is_person_name(cells[0]) and has_surname(cells[0].strip()):
        entry = ",".join(c.strip() for c in cells)
    starts = [m.start() for m in _START.finditer(entry) if _depth(entry, m.start()) == 0 and _name_before_bracket(entry[m.start() :])]
    if len(starts) > 1:
        cuts = [0, *starts[1:], len(entry)]
        _read_chain([entry[a:b] for a, b in zip(cuts, cuts[1:], strict=False)], people, problems)
        return
    found = _one(entry) if "(" in entry else None
    told = None if found else one_after_the_other(entry)
    if told and len(told.people) > 1:
        people += told.people
        problems += told.problems
        return
    found = found or _one(entry)
    if found:
        people.append(found)
        return
    if told:
        people += told.people
        problems += told.problems
        return
    names, _, tail = entry.partition(":")
    listed = [tight(n) for n in re.split("[、,]", names)]
    if all(is_person_name(n) and has_surname(n) for n in listed):
        joint = tail.strip() or None
        if joint and len(listed) > 1 and not same_for_all(joint):
            problems.append(told_together(entry))
            joint = None
        people += [Person(n, None, None, joint, 1, entry) for n in listed]
    elif people and not _GROUP.search(entry) and _only_measures(entry):
        _add_measures(entry, people, problems)
    elif not those_above(entry, people, problems) and not several_people(entry, people, problems):
        problems.append(_unclear(entry))


def _only_measures(entry: str) -> bool:
    if re.search(r"[(:]", entry) or len(entry) > 40 or name_within(entry) or post_pattern()[0].search(entry) or _BODY_ACTS.search(entry):
        return False
    at = 0
    for start, end in measure_places(entry):
        if any(is_bare_name(_VERBS_FIRST.sub("", p)) for p in re.split("[、,; ]", entry[at:start])):
            return False
        at = end
    return bool(parse_measures(entry).measures)


def _tells_of_others(told: str | None) -> bool:
    """Whether what follows a person goes on to somebody else: "受到政务记大过处分，区财政局局长何平受到党内警告处分"."""
    pieces = [p.strip() for p in re.split("[,;、]", told or "")[1:]]
    return any(_BODY_ACTS.search(p) or _name_before_measure(p) is not None or is_bare_name(p) for p in pieces)


def _add_measures(entry: str, people: list[Person], problems: list[str]) -> None:
    """A piece that holds measures only belongs to the person before it, or with 均 to all who have none yet."""
    if not _SHARED.match(entry):
        last = people[-1]
        people[-1] = replace(last, measures_raw=f"{last.measures_raw};{entry}" if last.measures_raw else entry)
        return
    waiting = [i for i, p in enumerate(people) if not p.measures_raw]
    if not waiting or not same_for_all(entry):
        problems.append(told_together(entry))
        return
    for i in waiting:
        people[i] = replace(people[i], measures_raw=entry)


def _read_chain(pieces: list[str], people: list[Person], problems: list[str]) -> None:
    """Entries of one sentence: "甲(…)、乙(…)均给予…": a measure at the end may belong to all of them."""
    read: list[Person | None] = []
    waiting: list[int] = []
    for i, piece in enumerate(pieces):
        person = _one(piece.strip(" ,、"))
        read.append(person)
        if person is None:
            problems.append(_unclear(piece.strip(" ,、")))
        elif not person.measures_raw:
            waiting.append(i)
        elif waiting:
            joined = all(pieces[k].rstrip().endswith(("、", "和", "及")) for k in waiting)
            told = measures_in_order(person.measures_raw, len(waiting) + 1) if joined and person.measures_raw.startswith("分别") else None
            if told:
                for k, measures in zip(waiting, told, strict=False):
                    read[k] = replace(read[k], measures_raw=measures)
                read[i] = replace(person, measures_raw=told[-1])
            elif person.measures_raw.startswith(("均", "都", "各")) or joined and same_for_all(person.measures_raw):
                for k in waiting:
                    read[k] = replace(read[k], measures_raw=person.measures_raw)
            else:
                problems.append(told_together("".join(pieces[k] for k in [*waiting, i])))
                read[i] = replace(person, measures_raw=None)
            waiting = []
    people += [p for p in read if p]


def _name_before_bracket(text: str) -> tuple[str | None, str, int] | None:
    """(name, post before the name, position of the bracket) of "名(" and "县林业局局长名("; None for anything else."""
    opening = text.find("(")
    before = LEAD.sub("", text[:opening]).strip(" ,、")
    if not before:
        return None, "", opening
    if is_person_name(before):
        return tight(before), "", opening
    divided = name_behind_post(before)
    return (divided[1], divided[0], opening) if divided else None


def _name_before_measure(entry: str) -> Person | None:
    """ "给予县住建局副局长蒋某诫勉": one name between post and measure, without any sign between them."""
    text = LEAD.sub("", entry)
    names = list(MASKED_NAME.finditer(text))
    if len(names) == 1 and not _GROUP.search(text):
        divided = name_at_end(text[: names[0].end()])
        tail = re.sub("^同志", "", text[names[0].end() :])
        if divided and not tail.startswith(("、", "和", "及", "与")) and (mentions_measure(tail) or not tail):
            return _person(divided[1], divided[0], tail, entry)
    end = max((m.end() for m in post_pattern()[0].finditer(text)), default=0)
    for length in (2, 3):
        name, tail = text[end : end + length], re.sub("^同志", "", text[end + length :])
        starts = re.match("给予|受到|予以|被|处以", tail) or any(tail.startswith(m.raw) for m in parse_measures(tail).measures[:1])
        if end and is_person_name(name) and begins_with_surname(name) and starts and mentions_measure(tail):
            return _person(name, text[:end], tail, entry)
    return None


def _one(entry: str) -> Person | None:
    """The one person of an entry; None where it tells of nobody, or of somebody else besides."""
    found = _told(entry)
    if found and found.name and found.unit_post and measure_places(re.sub(r"\([^()]*\)", "", found.unit_post)):
        return None
    return None if found and _tells_of_others(found.measures_raw) else found


def _told(entry: str) -> Person | None:
    opening = entry.find("(")
    separator = re.search("[:,]", entry)
    if opening >= 0 and (separator is None or opening < separator.start()):
        found = _name_before_bracket(entry)
        close = _closing(entry, opening)
        if found and close < len(entry):
            name, post, _ = found
            inside = entry[opening + 1 : close]
            if not has_post(inside) and (parse_measures(inside).complete or _UNHANDLED.fullmatch(inside)):
                return _person(name, post or None, inside + entry[close + 1 :], entry)
            behind, _, rest = entry[close + 1 :].lstrip(" ,:").partition(",")
            if not post and not has_post(inside) and _is_post(behind):
                return _person(name, behind if _NOT_A_POST.search(inside) else f"{inside},{behind}", rest, entry)
            return _person(name, f"{post}({inside})" if post else inside, entry[close + 1 :], entry)
        if found:
            return None
    if separator is None and " " in entry:
        words = entry.split(" ")
        if is_person_name(words[0]) and (len(words) > 2 or has_surname(words[0]) and _is_post(words[1])):
            return _one(",".join(words))
    if separator is None:
        return _name_before_measure(entry)
    first, rest = entry[: separator.start()].strip(), entry[separator.end() :].strip()
    if is_person_name(first) and not name_behind_post(first):
        return _behind_name(tight(first), rest, entry)
    if _GROUP.search(first) or mentions_measure(first) or not mentions_measure(rest):
        return None
    if _lists_names(first) or tight(first) in form_labels():
        return None
    answers = _ANSWERS_FOR.match(LEAD.sub("", first))
    if answers:
        first, rest = re.sub("对(?:此|该|其)[^,、]{0,6}$", "", answers["who"]), f"{answers['words']},{rest}"
        if "、" in answers["words"] and has_post(answers["words"]):
            return None
        if is_person_name(first) and not name_behind_post(first):
            return _person(tight(first), None, rest, entry)
    if len(listed_people(LEAD.sub("", first))) > 1:
        return None
    inside = listed_people(rest.split(",")[0]) if not has_post(first) else []
    if len(inside) == 1 and has_post(inside[0][0]):
        # "县水利局:局长李立,党内警告": the unit stands before, the person behind.
        return _person(inside[0][1], first + inside[0][0], rest.partition(",")[2], entry)
    divided = name_behind_post(LEAD.sub("", first))
    if divided:
        return _person(divided[1], divided[0], rest, entry)
    if _lists_names(first):
        return None
    named = name_in_sentence(LEAD.sub("", first))
    if named is None:
        return _person(None, first, rest, entry)
    # A name with words behind it that are not understood is nobody's post.
    return _person(named[1], named[0], f"{named[2]},{rest}", entry) if named[1] else None


def _behind_name(name: str, rest: str, entry: str) -> Person | None:
    """What stands behind a name and a comma: who it is, post, responsibility, measures."""
    parts = [p.strip() for p in re.split("[:,]", rest)]
    while len(parts) > 1 and _ABOUT_PERSON.fullmatch(parts[0]):
        parts.pop(0)
    if mentions_measure(parts[0]):
        return _person(name, None, ",".join(parts), entry)
    if len(parts) == 1 and not has_post(parts[0]):
        return None
    further = len(parts) > 1 and _is_post(parts[1]) and (not has_post(parts[0]) or _HELD_LATER.match(parts[1]))
    held = 2 if further else 1
    return _person(name, ",".join(parts[:held]), ",".join(parts[held:]), entry)


def _is_post(text: str) -> bool:
    return has_post(text) and not mentions_measure(text) and not _RESPONSIBLE.search(text)


def _lists_names(text: str) -> bool:
    names = re.sub(r"\([^()]*\)", "", text).split("、")
    return len(names) > 1 and all(is_person_name(n) for n in names)


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
    before = [p for p in (parts if first is None else parts[:first]) if p and not _DATE_ONLY.fullmatch(p)]
    before = [p for p in before if not _REASON.match(p) or _RESPONSIBLE.search(p)]
    measures = ",".join(parts[first:]) if first is not None else None
    unit = _without_personal_notes(unit_post) if unit_post and unit_post.strip() else None
    unit, words = without_lead(unit) if unit else (None, None)
    before = [words, *before] if words else before
    if unit and re.search("[,;]", unit):
        # "(县水利局局长,负领导责任,党内警告)": what the person answers for and got is not part of the post.
        inside = re.split("[,;]", unit)
        at = next((i for i, p in enumerate(inside) if i and (_RESPONSIBLE.search(p) or _is_measure(p))), len(inside))
        got = next((i for i, p in enumerate(inside) if i and _is_measure(p)), len(inside))
        unit, before = unit[: len(",".join(inside[:at]))], inside[at:got] + before
        measures = ",".join([*inside[got:], *([measures] if measures else [])]) or None
    name = re.sub("(?<=..)同志$", "", name) if name else None
    return Person(name, unit, ",".join(before) or None, measures, 1 if name else people_counted(unit), entry)


def _is_measure(text: str) -> bool:
    return not has_post(text) and bool(measure_places(text))


def _without_personal_notes(text: str) -> str | None:
    """Bracket text without sex, people, birth and party membership: "男,中共党员,县林业局局长" is 县林业局局长."""
    parts = [p for p in text.split(",") if not _ABOUT_PERSON.fullmatch(p.strip())]
    return ",".join(parts).strip() or None


def people_counted(post: str | None) -> int:
    """How many people a text without a name stands for ("五位主要负责人": 5); 1 where it doesn't say."""
    match = _COUNT.search(post or "")
    text = match and (match[1] or match[2])
    if not text:
        return 1
    return max(int(text) if text.isdigit() else DIGITS.get(text, 1), 1)
