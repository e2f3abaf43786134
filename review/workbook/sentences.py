"""Sentences that tell several people and their measures one after the other, without brackets: 给予甲党内警告，乙、丙诫勉."""

import re
from dataclasses import dataclass, replace

from .casewords import begins_with_surname, is_person_name
from .measures import measure_places
from .naming import LEAD, MASKED_NAME, Person, has_post, name_behind_post
from .offices import post_pattern
from .posts import names_organization
from .together import counted, listed_people, measures_in_order, told_together
from .wording import tight

_HERE = "\0"
_VERBS = (
    r"(?:均|都|各|分别|一并|也|则|已|被|受到了?|受|给予了?|予以|处以|作出了?|做出|进行了?|为|并|同时|单独|另|其|对其|予|依法|依规|依纪|从[轻重严]|建议|拟"
    r"|未给予|未受到?|未|不予|免予|决定|[:, \-—])*"
)
_TAIL = r"(?:的?(?:党纪|政务|政纪|党内)?(?:处分|处理|问责|措施|决定)|教育|[各并]?一次|\([^()]*\))*"
_RUN = re.compile(rf"{_VERBS}{_HERE}+{_TAIL}(?:(?:[、,+ ]|并且?|同时|以及|及|和|与|且|后)*{_VERBS}{_HERE}+{_TAIL})*")
# A group that begins so says it of the measure behind the names: 建议给予李某党内警告.
_MODE = re.compile(r"^(?:经研究,?|会议)?(?P<mode>建议|拟|提请|提议|未|不予|免予|不)(?:对|给予|予以)*")
_UNSURE_END = re.compile(r"^(?:均|都|各|也|则|其|为|并|予|分别)")
_ANSWERS = re.compile(
    r"^(?P<who>.+?)[, ]*(?:对(?:此|该|其)[^,、]{0,6}?)?"
    r"(?P<words>(?:均|都|各)?(?:(?:负有?|应负|承担)[^,、]{0,14}?责任|(?:全面|主要|重要)领导责任))[, ]*$"
)
_ANSWERS_FIRST = re.compile(r"^(?:均)?(?P<words>(?:负有?|应负|承担)[^,、]{0,14}?责任)的(?P<who>.+)$")
_ORGAN = re.compile(
    r"^(?:由|经)?[\u4e00-\u9fff]{0,10}?(?:纪委监委|纪检监察组|纪工委|纪委|监委|[县市区镇乡省州旗]委|党委|党工委|党组|党支部|组织部|政府)"
    r"(?:常委会|会议|研究|决定|同意|批准)*(?=给予|对)"
)
# 撤销王某党内职务: the name stands inside the measure.
_INSIDE = re.compile(r"^[:, ]*(?:并|决定|依法|予以)*(?:撤销|免去|免除|罢免|责令)(?P<rest>.+)")
_BEHIND_NAME = re.compile(r"同志|党[内委组支工]|政务|行政|副|的|所任|担任|原任|[省市县区州镇乡村][^,]|辞去")
_PLACE_SIGN = re.compile("[省市县区州镇乡村]")
_WHY = re.compile(r",?(?:因|由于|在[^,、]{2,16}[中上时],?|于?\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?)[^,]{0,30}$")
_OTHERS = re.compile(r"^[,、]*(?:另有?|其他|其余|还有|相关|有关|对?其[他余])[^,]{0,20}(?:人|人员|干部|同志)")
_ORDERED = re.compile(
    r"^(?:责令|责成|要求)(?P<who>[^向]{3,}?)(?:向.{2,12})?(?:作出|做出|作|做|写出|提交)(?:了)?(?:深刻|书面|口头)*的?检[查讨]$"
)
_MEASURE_FIRST = re.compile(
    rf"(?P<run>{_HERE}+(?:处分|处理)?(?:[、和及]{_HERE}+(?:处分|处理)?)*)(?:的(?:有|是)?|共)?(?P<count>\d+|[一二两三四五六七八九十]+)?(?:名|人|个)*"
    r"(?P<open>[:(])(?P<names>[^():\0;]+)\)?(?:[,、]|$)"
)
# Words that begin like a family name.
_NO_NAME = re.compile(
    r"党[组内纪政委员]|组织|管理|单[位独次]|应[当该予]|严[肃重格厉]|从[轻重严宽]|全[县市区镇乡部员体校局]|于[是此当]|向[全其上县]|水[利务]|[农林]业|文[旅化]"
    r"|方[式面案]|时[任间]|安[监全排办]|车[间辆]|公[开安司]|高度|常务|阶段|支[部队]|计划|双方|相[关应]|项目|通[报过]|任[职免]|主[要体]|班[子长]|后[来续]|经[查研]|和[给对]|终[止身]"
)


# What a sentence goes on with behind a name: "副局长李四监管不力", "局长张三因把关不严".
_GOES_WRONG = re.compile(
    r"(?:同志)?(?:因|由于|对|在|未|没有|没|不|履[行职]|监[管督]|失[职察责管]|疏[于忽]|落实|工作|把关|审[核查批]|管[理控]|督[促导查]|违[反规纪]|作为|身为"
    r"|存在|擅自|滥用|推诿|慢作为|乱作为|对此|抓|执行|组织|领导|分管|主管|日常|长期|贯彻|思想|责任|作风|检查|巡查|排查|处置|应对)"
)
_OF_THE_RESPONSIBLE = re.compile(r"^(?P<words>(?:均|都|各)?(?:负有?|应负|承担)[^,、()]{0,14}?责任)的(?=[^,、()]{2})")
_ORGAN_GIVES = re.compile(
    r"^(?:经|由)?[^,、()]{0,12}?(?:纪委监委|纪检监察组|纪工委|纪委|监委|[县市区镇乡省州旗]委|党委|党工委|党组|组织部|政府)"
    r"(?:常委会|会议|研究|决定|同意|批准)*(?:给予|对)(?=[^,、()]{4})"
)


@dataclass(frozen=True)
class Told:
    """People in order, and a sentence for what could not be told."""

    people: tuple[Person, ...]
    problems: tuple[str, ...]


def is_bare_name(text: str) -> bool:
    """A whole name where nothing but its place says that it is one."""
    name = tight(text)
    if not is_person_name(name) or has_post(name):
        return False
    return "·" in name or begins_with_surname(name) and len(name) <= 4 and not name.endswith("等") and not _NO_NAME.match(name)


def name_within(run: str) -> str | None:
    """The name inside a measure (撤销王某党内职务, 免去王某副局长职务); None where there is none or it can't be told where it ends."""
    match = _INSIDE.match(run)
    if not match:
        return None
    rest = match["rest"]
    masked = MASKED_NAME.match(rest)
    if masked:
        return masked[0]
    ends = [
        n for n in (2, 3, 4) if is_bare_name(rest[:n]) and (_BEHIND_NAME.match(rest, n) or (p := post_pattern()[0].match(rest, n)) and p[0])
    ]
    # 免去张三甲县粮食局局长职务: where the place begins, nobody says.
    if len(ends) != 1 or ends[0] > 2 and _PLACE_SIGN.match(rest, ends[0]):
        return None
    return rest[: ends[0]]


def name_in_sentence(text: str) -> tuple[str, str | None, str] | None:
    """(post, name, what was done) of "副局长李四监管不力"; the name is None where it can't be told where it ends, the whole is None
    where no name follows a post."""
    if re.search("[、()]", text):
        return ("", None, "") if any(is_bare_name(t) for t in _behind_posts(text)) else None
    for match in post_pattern()[0].finditer(text):
        behind = text[match.end() :]
        if not begins_with_surname(behind) or _GOES_WRONG.match(behind):
            continue
        masked = MASKED_NAME.match(behind)
        if masked:
            return text[: match.end()], masked[0], behind[masked.end() :]
        ends = [n for n in (2, 3) if is_bare_name(behind[:n]) and _GOES_WRONG.match(behind, n)]
        if ends:
            return (text[: match.end()], behind[: ends[0]], behind[ends[0] :]) if len(ends) == 1 else ("", None, "")
    return None


def _behind_posts(text: str) -> list[str]:
    """What stands between a post and the next sign, for each post of a text."""
    return [re.split("[、()]", text[m.end() :])[0] for m in post_pattern()[0].finditer(text)]


def without_lead(unit: str) -> tuple[str, str | None]:
    """Unit and post without the body that decided (县纪委给予县水利局局长), and what a person answers for that stands before them
    (负有领导责任的县医保局局长)."""
    if gives := _ORGAN_GIVES.match(unit):
        unit = unit[gives.end() :]
    answers = _OF_THE_RESPONSIBLE.match(unit)
    return (unit[answers.end() :], answers["words"]) if answers else (unit, None)


def one_after_the_other(entry: str) -> Told | None:
    """The people of a sentence, each with the measures that follow; None as soon as any part of it is not understood.

    entry: half-width punctuation, one sentence. Measures behind several names are given to each only where the text says so; else
    the people are certain and a problem tells the rest.
    """
    places = measure_places(entry)
    if not places:
        return None
    signs = list(entry)
    for start, end in places:
        signs[start:end] = _HERE * (end - start)
    skeleton = "".join(signs)
    return _measures_first(entry, skeleton) or _people_first(entry, skeleton)


def _measures_first(entry: str, skeleton: str) -> Told | None:
    """党内警告：甲、乙 or 党内警告2人（甲、乙），诫勉1人（丙）."""
    people: list[Person] = []
    lead = LEAD.match(entry)
    at = lead.end() if lead else 0
    while at < len(skeleton):
        match = _MEASURE_FIRST.match(skeleton, at)
        names = listed_people(match["names"]) if match else []
        if not names or match["count"] and counted(match["count"]) != len(names):
            return None
        people += [Person(name, before or None, None, entry[match.start("run") : match.end("run")], 1, entry) for before, name in names]
        at = match.end()
    return Told(tuple(people), ())


def _people_first(entry: str, skeleton: str) -> Told | None:
    people: list[Person] = []
    problems: list[str] = []
    at, mode = 0, ""
    while match := _RUN.search(skeleton, at):
        who, run = entry[at : match.start()], entry[match.start() : match.end()].strip(" ,:-—")
        within = name_within(run) if not LEAD.sub("", who).strip(" ,、") else None
        if within:
            people.append(Person(within, None, None, run, 1, entry))
            at = match.end()
            continue
        if not who.strip(" ,、") and (ordered := _ORDERED.match(run)):
            if not names_organization(ordered["who"]):
                return None
            people.append(Person(None, ordered["who"], None, run, 1, entry))
            at = match.end()
            continue
        read = _group(who, run, entry, mode)
        if read is None:
            return None
        told, problem, mode = read
        if who.strip(" ,、").startswith("其中") and (again := [p for p in people if p.name and p.name in [t.name for t in told]]):
            # 甲、乙诫勉，其中甲同时免职: no third person.
            if len(told) > 1 or len(again) > 1 or MASKED_NAME.search(told[0].name or ""):
                return None
            people[people.index(again[0])] = replace(again[0], measures_raw=f"{again[0].measures_raw or ''};{run}".strip(";"))
            at = match.end()
            continue
        people += told
        problems += problem
        at = match.end()
    rest = entry[at:].strip(" ,、")
    if not people or rest and not _OTHERS.match(rest):
        return None
    if rest:
        problems.append(f"“{rest}”没有写明是谁、受到哪一种处理；请一人一行写明姓名、单位职务和处理。")
    return Told(tuple(people), tuple(problems))


def _group(who: str, run: str, entry: str, mode: str) -> tuple[list[Person], list[str], str] | None:
    """The people of one phrase with the measures behind it; a proposal goes on to those after it."""
    who = who.strip(" ,、:")
    told = _MODE.match(who)
    if told:
        who, own = who[told.end() :], told["mode"]
        mode = own if own in ("建议", "拟", "提请", "提议") else mode
    else:
        own = mode
    who = LEAD.sub("", _ORGAN.sub("", LEAD.sub("", who)))
    clauses = who.split(",")
    parts = clauses if len(clauses) > 1 and all(_ANSWERS.match(c) for c in clauses) else [who]
    names: list[tuple[str, str | None]] = []
    words: list[str | None] = []
    for part in parts:
        answers = _ANSWERS_FIRST.match(part) or _ANSWERS.match(part)
        bare, number = _without_count(_WHY.sub("", answers["who"] if answers else part).strip(" ,、:-—"))
        listed = _who(bare)
        if not listed or bare.endswith("等") or number and number != len(listed):
            return None
        names += listed
        words += [answers["words"] if answers else None] * len(listed)
    unsure = _UNSURE_END.match(run)
    if unsure and len(names) == 1 and not who.endswith("同志") and not MASKED_NAME.search(names[0][1] or ""):
        return None
    measures = measures_in_order(run, len(names)) if len(names) > 1 else [run]
    problems = [] if measures else [told_together(entry)]
    if own and measures:
        measures = [f"{own}{'' if re.match('给予|予以', m) else '给予'}{m}" for m in measures]
    # 县应急局朱某、秦某: the unit before the first name is everyone's, a post before it only the first one's.
    shared = None if has_post(names[0][0]) or names[0][1] is None else names[0][0] or None
    people = [
        Person(name, before or shared, told_of, measure, 1, entry)
        for (before, name), told_of, measure in zip(names, words, measures or [None] * len(names), strict=True)
    ]
    return people, problems, mode


def _without_count(who: str) -> tuple[str, int | None]:
    match = re.search(r"(?:等|共)?(\d+|[一二两三四五六七八九十]+)(?:名|位|人)(?:同志|干部|党员)?$", who)
    return (who[: match.start()], counted(match[1])) if match else (who, None)


def _who(who: str) -> list[tuple[str, str | None]]:
    """(unit and post, name) of each person of a phrase; empty when it is no list of people or one organisation."""
    bare = re.sub("同志(?=[、,和及与]|$)", "", who)
    parts = [p for p in re.split("[, ]+", bare) if p]
    if len(parts) > 1 and is_bare_name(parts[0]) and all(has_post(p) and not name_behind_post(p) for p in parts[1:]):
        return [(bare[bare.index(parts[1]) :], tight(parts[0]))]
    noted = re.fullmatch(r"(?P<who>[^()]+)\((?P<note>[^()]+)\)", bare)
    listed = listed_people((noted["who"] if noted else bare).replace(" ", ""))
    if listed and not all(
        _is_place_of_work(before) if before else MASKED_NAME.fullmatch(name) or is_bare_name(name) for before, name in listed
    ):
        return []
    if noted and listed:
        alike = re.match("(?:均|都)(?:为|系|是)?", noted["note"])
        if alike:
            return [(before or noted["note"][alike.end() :], name) for before, name in listed]
        return [(f"{listed[0][0]}({noted['note']})" if listed[0][0] else noted["note"], listed[0][1])] if len(listed) == 1 else []
    if listed:
        return listed
    if len(bare) > 3 and names_organization(bare) and not re.search(r"\d|等|各|有关|相关|[,、 ]", bare):
        return [(bare, None)]
    return []


def _is_place_of_work(text: str) -> bool:
    """A post or a unit before a name, and no other person."""
    pieces = [p for p in re.split("[、,和及与]", text) if p]
    return not any(is_bare_name(p) for p in pieces) and (has_post(text) or names_organization(pieces[-1] if pieces else text))
