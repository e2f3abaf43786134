"""What a unit text means: the places in it, its level, and what kind of body it is."""

import re
from functools import lru_cache
from typing import NamedTuple

from ..vocabulary.units import bodies, places
from .wordtrie import alternation, first_letters

TIERS = {1: "province", 2: "city", 3: "county", 4: "township", 5: "village"}


class Place(NamedTuple):
    """One place in a text. level: 1 province to 5 village; name without the higher places; bare: only the sign (县, 市, 镇)."""

    level: int
    start: int
    end: int
    name: str
    bare: bool


class Body(NamedTuple):
    """What a unit is.

    kind: main (党委, 政府, 人大, 政协 of a place), department, institution, section, temporary, village, enterprise, other or
    unknown; level: of the place it belongs to, None if unknown; places: those found; core: the unit without parts inside it;
    is_business: an enterprise or a part of one.
    """

    kind: str
    level: int | None
    places: tuple[Place, ...]
    tail: str
    core: str
    is_business: bool = False


# 区长 is a post, but 星桥区长江路街道 begins with a place.
_NOT_CHIEF = r"(?!长(?![\u4e00-\u9fff]{1,4}(?:街道|镇|乡|社区|村)))"


@lru_cache(maxsize=1)
def _marks() -> re.Pattern:
    lists = places()
    starts = [w for name in ("not_places", "county_names", "prefectures", "leagues", "regions", "municipalities") for w in lists[name]]
    letters = first_letters([*starts, *bodies()["zones"]], "城自省建市州盟县旗区特街苏民乡镇办社居村嘎中驻政人纪委局厅法检")
    return re.compile(
        f"(?:{letters}|(?=[^\u3400-\u9fff]))(?:"
        f"(?P<skip>{alternation(lists['not_places'])}|(?<=[市县区])城市(?!委|人民|政府|人大|政协|纪委)|(?<![^市县区镇乡省州旗道局、])城市(?=管理|建设|规划|综合|执法|投资|发展|更新|公用|园林|绿化|居民|低保|维护))"
        f"|(?P<named>{alternation(lists['county_names'])})"
        f"|(?P<prefecture>(?:{alternation(lists['prefectures'])})(?:[\u4e00-\u9fff]{{0,6}}族)*(?:自治)?州|(?:{alternation(lists['leagues'])})盟|(?:{alternation(lists['regions'])})地区)"
        f"|(?P<province>自治区|(?:{alternation(lists['municipalities'])})市|省|建设兵团)"
        f"|(?P<zone>{alternation(bodies()['zones'])})"
        "|(?P<city>市(?!镇|乡(?!村|镇)|村(?!镇))|(?<![\u4e00-\u9fff])[州盟](?=[\u4e00-\u9fff])|(?<=中共)[州盟](?=委))"
        f"|(?P<county>自治县|县{_NOT_CHIEF}|自治旗|旗(?!长|下|帜)|区{_NOT_CHIEF}|特区)"
        f"|(?P<township>街道办事处|街道办|街道|街办|苏木(?!达)|民族乡|乡镇|乡(?!间){_NOT_CHIEF}|镇{_NOT_CHIEF}|办事处"
        "|街(?=$|党|办|工委|纪|政府|人大|副|主))"
        "|(?P<village>社区(?!书记处)|居委会|村委会|居民委员会|村民委员会|嘎查(?!长|达)|(?<![驻包联帮挂])村(?!长|乡|镇|街道|县|市|区))"
        "|(?P<cut>[^\u3400-\u9fff]+|中共|中国共产党|驻(?!马店)|政府|人大|政协|纪委|委(?=[县区市旗州镇乡省])|局|厅|法院|检察院))"
    )


@lru_cache(maxsize=1)
def _cities() -> frozenset[str]:
    return frozenset(places()["cities"])


def _is_city(name: str) -> bool:
    return any(name[-n:] in _cities() for n in range(2, 5) if len(name) >= n)


_LEVELS = {"province": 1, "prefecture": 2, "zone": 3, "county": 3, "township": 4, "village": 5}


@lru_cache(maxsize=200_000)
def find_places(text: str) -> tuple[Place, ...]:
    """Places of a normalised unit text from left to right. An X市 outside the list of prefecture-level cities is county level."""
    out: list[Place] = []
    previous = 0
    for match in _marks().finditer(text):
        group = match.lastgroup
        if group == "cut":
            previous = match.end()
            continue
        if group == "skip" or (group == "named" and match[0][-1] not in "县区市"):
            continue
        end = match.end()
        name = text[previous:end]
        bare = len(name) == len(match[0]) and group not in ("prefecture", "named", "zone")
        if group == "city":
            level = 2 if match[0] != "市" or bare or _is_city(text[previous : end - 1]) else 3
        elif group == "named":
            level, bare = 2 if match[0][-1] == "市" and _is_city(match[0][:-1]) else 3, False
        elif group == "zone" and re.search("国家级|省级|^市", name):
            level = 2
        else:
            level = _LEVELS[group]
        if group == "zone" and match[0] in _ZONE_BODY and out and out[-1].end == match.start() and is_zone(out[-1]):
            previous = end
            continue
        if level == 4 and match[0] == "办事处" and out and out[-1].level >= 4:
            continue
        if level == 5 and match[0] in ("居委会", "村委会", "居民委员会", "村民委员会") and out and out[-1].level == 5:
            previous = end
            continue
        out.append(Place(level, match.start(), end, name, bare))
        previous = end
    return tuple(out)


_ZONE_BODY = ("管委会", "管理委员会")


def is_zone(place: Place) -> bool:
    """A development zone or the like: of county level as a place, though its name does not tell the rank of those who lead it."""
    return (
        place.level in (2, 3) and place.name.endswith(tuple(bodies()["zones"])) and not place.name.endswith(tuple(places()["county_names"]))
    )


_FORMER = re.compile(
    r"(?:^|(?<=[省市县区旗州镇乡]))原(?=[\u4e00-\u9fff]{2,12}?(?:局|委|办|厅)(?:$|[局厅]长|副|常务|党|书记|主任|班子|机关|纪检))"
)


def without_former(text: str) -> str:
    """A unit text without the 原 that says that the unit is gone or renamed: 原县国土局, 某县原水利局; 原平市 and 原阳县 are names."""
    if text.startswith("前") and (first := next(iter(find_places(text[1:])), None)) and first.bare and not first.start:
        return text[1:]
    if "原" not in text:
        return text
    if text.startswith("原") and not text.startswith(places()["begin_with_former"]):
        rest = text[1:]
        first = next(iter(find_places(rest)), None)
        if first and (first.bare or first.end > 2):
            return rest
        return _FORMER.sub("", text)
    return _FORMER.sub("", text, count=1) if not text.startswith("原") else text


_MAIN_TOWN = re.compile(
    r"(?:人民|党政|办事处|街道办|政府|党委|党工委|工委|机关|人大主席团|人大工委|人大|纪委|纪工委|领导班子|班子|党政办?领导|两委|及|和|、|委员会|领导|党组织)*"
)
_MAIN = re.compile(
    r"(?:委|党委|党工委|委员会|人民政府|政府|人大常委会|人大常务委员会|人民代表大会常务委员会|人大|政协|政协委员会|党政|四套班子|领导班子|常委会|党组|管委会|管理委员会|、|和|及|原|常委)*"
)
_PARTY = re.compile(r"(?:机关)?(?:党组|党委|党工委|党总支|党支部|领导班子|班子|机关|本级)*")


@lru_cache(maxsize=1)
def body_patterns() -> dict[str, re.Pattern]:
    """Patterns of the kinds of bodies, made from units.toml."""
    lists = bodies()
    return {
        "enterprise": re.compile(alternation(lists["enterprises"])),
        "not_enterprise": re.compile(alternation(lists["not_enterprises"])),
        "other": re.compile(f"(?:{alternation(lists['others'])})"),
        "temporary": re.compile(alternation(lists["temporary"])),
        "department": re.compile(f"(?:{alternation(lists['departments'])}|(?:支队|总队)(?=$))(?!员会)"),
        "office": re.compile(f"(?:{alternation(lists['department_offices'])})$"),
        "institution": re.compile(f"(?:{alternation(lists['institutions'])})$"),
        "section": re.compile(f"(?:{alternation(lists['sections'])})$"),
        "public_kindergarten": re.compile(r"(?:中心|机关|第[一二三四五六七八九十]+|实验|直属|公办|[县区市镇乡])幼儿园"),
    }


@lru_cache(maxsize=200_000)
def read_body(text: str) -> Body:
    """Kind and level of a unit text (normalised, without brackets); unknown where the words don't say."""
    found = find_places(text)
    deepest = max(found, key=lambda p: (p.level, p.end)) if found else None
    level = deepest.level if deepest else None
    tail = text[deepest.end :] if deepest else text
    rules = body_patterns()
    if _is_enterprise(text, tail, deepest):
        return Body("section" if _INSIDE_ENTERPRISE.search(_PARTY_END.sub("", tail)) else "enterprise", level, found, tail, text, True)
    if level == 5:
        return Body("village", 5, found, tail, text[: deepest.end])
    if level == 4:
        kind = "main" if _MAIN_TOWN.fullmatch(tail) else "temporary" if rules["temporary"].search(tail) else "section"
        return Body(kind, 4, found, tail, text[: deepest.end])
    if deepest and (not tail or _MAIN.fullmatch(tail)):
        return Body("main", level, found, tail, text)
    return _below_place(text, tail, level, found, deepest)


def _is_enterprise(text: str, tail: str, deepest: Place | None) -> bool:
    rules = body_patterns()
    area = rules["not_enterprise"].sub("", tail if deepest else text)
    if _ADMINISTERS.search(area) and not _BUSINESS_FIRST.search(text):
        return False
    if rules["enterprise"].search(area) or deepest and _BUSINESS_FIRST.search(text, 0, deepest.start):
        return True
    return "幼儿园" in area and not rules["public_kindergarten"].search(text)


_BUSINESS_FIRST = re.compile("公司|银行|集团|电网")
# "燃气热力管理办公室" supervises the trade, it is not in it.
_ADMINISTERS = re.compile("(?:管理|监督|监察|监管|执法)(?:局|办|办公室|处|中心|站|所|大队|支队)(?:党组|党委|党支部)?$")
_PARTY_END = re.compile(r"(?:党组|党委|党总支|党支部|支部|机关|总部)+$")
_INSIDE_ENTERPRISE = re.compile(r"(?:中心|部|科|室|处|队|车间|班|站|段|项目|项目部|支行|分理处|营业部|网点|办公室)$")


# Police and law-enforcement forces of a province or city are led like a department.
_FORCE = re.compile(r"(?:支队|总队)(?:党委|党支部)?$")


def _below_place(text: str, tail: str, level: int | None, found: tuple[Place, ...], deepest: Place | None) -> Body:
    rules = body_patterns()
    # "县第一中学党支部" is led by the people who lead the school.
    bare = _PARTY_END.sub("", tail)
    if bare and bare != tail and not rules["department"].search(tail):
        text, tail = text[: len(text) - len(tail) + len(bare)], bare
    offset = len(text) - len(tail)
    if rules["office"].search(tail):
        return Body("department", level, found, tail, text)
    branch = re.search(r"分局", tail)
    department = rules["department"].search(tail)
    # "环保局宁晋分局" of a city is the bureau of a county; a county bureau's branch is a part of it.
    earlier = branch and (department and department.start() < branch.start() or any(p.start < deepest.start for p in found if p.level == 2))
    if branch and (level in (1, 2) or earlier and level == 3 and any(p.level == 2 for p in found)):
        rest = tail[branch.end() :]
        kind = "department" if _PARTY.fullmatch(rest) else "section"
        return Body(kind, 3, found, tail, text[: offset + branch.end()])
    if rules["temporary"].search(tail) and not tail.endswith("办公室"):
        return Body("temporary", level, found, tail, text)
    if department and level in (1, 2) and _FORCE.search(tail):
        return Body("department", level, found, tail, text)
    if department:
        rest = tail[department.end() :]
        core = text[: offset + department.end()]
        if _PARTY.fullmatch(rest):
            return Body("department", level, found, tail, core)
        return Body("section", level, found, tail, core)
    if rules["institution"].search(tail) and deepest:
        return Body("institution", level, found, tail, text)
    if rules["other"].search(tail):
        return Body("section" if deepest else "other", level, found, tail, text)
    if rules["section"].search(tail):
        return Body("section", level, found, tail, text)
    return Body("unknown", level, found, tail, text)


_CENTER = re.compile(r"中心(?:党组|党委|党总支|党支部)?$")
_OF_ANOTHER = re.compile(
    "医院|保健院|卫生院|学校|学院|中学|小学|大学|幼儿园|公司|集团|银行|委办|府办|办公室|社区|园区|纪委|监委|大队|支队|协会|联社|管委会|部(?!门|队|分|落)"
)


def own_center(body: Body) -> bool | None:
    """Is a 中心 itself the unit (县疾控中心) rather than a part of one (县卫健局信息中心)? None where no place or unit tells."""
    if body.kind != "section" or body.is_business or body.level == 4 or not _CENTER.search(body.core) or _OF_ANOTHER.search(body.tail):
        return False
    return True if body.places else None
