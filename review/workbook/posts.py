"""Unit and post of a respondent: tier, role, rank, and keys for "same unit" and "same place"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ..vocabulary.units import post_words
from .ranks import infer_rank, rank_order, read_rank
from .units import TIERS, Body, find_places, read_body
from .wordtrie import alternation
from .wording import is_not_applicable, is_placeholder, tight


@dataclass(frozen=True)
class ParsedPost:
    """What a unit and a post mean.

    kind: person, organization or unknown. unit and post as written (a combined text is divided). unit_key: one spelling of
    the unit whose leading body the respondent belongs to; place_key: the county, town or village of that unit. tier and role:
    codes of design "Words", unknown where the text doesn't say. is_deputy_post: a 副 post of the leading body, 党委副书记
    (role board) too; None without a post. acting_head: 主持工作, 代. rank: code of ranks.toml, rank_order its number.
    """

    kind: str
    unit: str | None
    unit_key: str | None
    place_key: str | None
    post: str | None
    tier: str
    role: str
    is_deputy_post: bool | None
    acting_head: bool
    rank: str | None
    rank_order: int | None


@dataclass(frozen=True)
class _Office:
    """One of the posts in a text, with what it is worth in comparison with the others."""

    role: str
    body: Body
    level: int | None
    deputy: bool
    organ: str
    score: int
    start: int


_ACTING = re.compile(
    r"主持(?!人|召开|会议)(?!日常|业务)[\u4e00-\u9fff]{0,6}?工作|(?:临时|暂时)负责|负责全面工作|\(代\)|代理?(?=[镇乡县区市旗州局]长|主任|院长|检察长|书记)"
)
_THEN = re.compile(r"时任|案发时任|原任|曾任|原系|原为|原(?=[副党局镇乡县区市村支主])")
_NOW = re.compile(r"现任|现为|现系|现(?=[任为系])")
_DROP = re.compile(r"时任|现任|原任|曾任|现为|现系|原系|原为|挂职|兼职|原(?=任|党|副|书记|主[任席要]|[局镇乡区市站所科股院校旗]长|县长|支部|支书|村|会计|分管|纪|常[务委]|委员|组长|队长|总|街道|办事处)|(?<=[、,])现(?=\w)|同志$")
_SPLIT = re.compile(r"[、,;/|&\n]|兼任?(?!职)|暨")
_DISPATCH = re.compile(r"(?:派驻|驻(?!马店|地|京|军)|包(?!头|河)|联(?!通|合|社|系|点)|联系|联点|挂点|挂钩|帮扶|挂)[\u4e00-\u9fff]{0,6}?(?:村|社区)(?!委|两委)|驻村|包村|联村|挂村|包片|包组|第一书记|驻点")
_IN_CHARGE_OF = re.compile(r"(?:分管|主管|协管|负责|具体负责|协助分管|主抓)[\u4e00-\u9fff]{0,12}$")
_LEVEL_WORDS = {"省长": 1, "州长": 2, "盟长": 2, "专员": 2, "县长": 3, "区长": 3, "旗长": 3, "镇长": 4, "乡长": 4, "苏木达": 4}
_BUSINESS_WORDS = frozenset(["董事长", "总经理", "法定代表人", "法人代表", "总裁", "执行董事", "厂长", "矿长", "实际控制人", "经营者", "业主", "老板", "投资人", "法人", "行长", "项目经理", "部门经理", "车间主任"])
_ORGANS = (("党委", re.compile(r"(?<!人)(?:[县市区旗州省]委|党委|党工委|工委|党组|常委|书记)")), ("人大", re.compile("人大")), ("政协", re.compile("政协")), ("政府", re.compile(r"政府|办事处|管委会|[县市区旗州镇乡]长|主任|街道办")))
_ORGANIZATION = re.compile(
    r"(?:委|党组|党委|党工委|党总支|党支部|支部|委员会|政府|局|厅|办|办公室|院|部|会|公司|中心|所|站|队|科|股|室|村|社区|镇|乡|街道|办事处|班子|单位|学校|中学|小学|大学|集团|厂|处|团|联|署|县|市|区|旗|组|社|场|馆|园|矿|企业|银行|行|专班|指挥部|小组|支队|大队|校)$"
)
_SHORT_ORGANIZATION = re.compile(r"(?:[县市区镇乡村局]?(?:委|党组|党委|政府|支部|党支部|村委会|班子)|.{1,2}局)$")


# What may not follow a word, because then it is the beginning of another one.
_NOT_BEFORE = {"村民": "(?!兵|小组|委|主|政)", "居民": "(?!小组|委)", "党员": "(?!干部|代表|大会)", "群众": "(?!工作|服务|路线)", "会计": "(?!师)", "干部": "(?!人事)", "成员": "(?!单位)"}


@lru_cache(maxsize=1)
def _words() -> tuple[re.Pattern, dict[str, str]]:
    categories: dict[str, str] = {}
    for category in ("village", "dispatched", "chief", "deputies", "boards", "section_heads", "staff", "vague", "heads", "enterprise_heads"):
        for word in post_words()[category]:
            categories.setdefault(word, category)
    for word in post_words()["dispatched"]:
        if word != "第一书记":
            categories.pop(word, None)
    pattern = re.compile(
        f"(?P<vice>常务副|第一副|专职副|副)?(?P<word>{alternation(categories, _NOT_BEFORE)})"
        r"(?!员会|会(?![计议])|科|股|室|处(?!长)|局|办(?!事员)|中心|团(?!长)|管理|教育|服务|进修|核算|培训)"
    )
    return pattern, categories


@lru_cache(maxsize=1)
def _helpers() -> frozenset[str]:
    return frozenset(post_words()["village_helpers"])


@lru_cache(maxsize=50_000)
def _cell(raw: str | None) -> str:
    flat = tight(raw)
    return "" if is_placeholder(flat) or is_not_applicable(flat) else flat.strip("。;,、")


def _without_brackets(text: str) -> tuple[str, list[str]]:
    """Text outside of brackets, and what stood inside (nested ones with their outermost); an unclosed bracket ends with the text."""
    if "(" not in text and "[" not in text:
        return text.replace(")", "").replace("]", ""), []
    outside: list[str] = []
    inside: list[str] = []
    depth = 0
    for char in text:
        if char in "([":
            if depth == 0:
                inside.append("")
            depth += 1
        elif char in ")]":
            depth = max(depth - 1, 0)
        elif depth:
            inside[-1] += char
        else:
            outside.append(char)
    return "".join(outside), inside


def _at_the_time(text: str, inside: list[str]) -> str:
    """The part that tells the post at the time: 时任… before 现任…, in the text or in its brackets."""
    if not _THEN.match(text):
        for part in inside:
            if _THEN.match(part) and _words()[0].search(part):
                places = find_places(text)
                own = find_places(part)
                return part if own and not own[0].bare or not places else text[: max(p.end for p in places)] + "、" + part
    if _NOW.search(text):
        clauses = [c for c in re.split(r"[,;、](?=时任|现任|现为|现系|原任|曾任|原)|(?=现任|现为|现系|时任)", text) if c]
        then = [c for c in clauses if not _NOW.match(c)]
        if then:
            return "、".join(then).strip("、,;")
    return text


def parse_post(
    unit: str | None = None,
    post: str | None = None,
    unit_post: str | None = None,
    post_now: str | None = None,
    rank: str | None = None,
    name: str | None = None,
    object_type: str | None = None,
    county: str | None = None,
) -> ParsedPost:
    """Read unit and post cells, apart or combined; never raises on text.

    post is the post at the time; post_now only serves when nothing else is given. county resolves bare "县财政局" and units
    without any place ("财政局"); a bare 市 means the prefecture-level city unless the county column holds a county-level city.
    Of several posts an office (正职, 副职) counts before a membership, and the higher office before the lower.
    """
    unit_text, post_text, both, home = _cell(unit), _cell(post), _cell(unit_post), _cell(county)
    if not post_text and not both:
        post_text = _cell(post_now)
    written = post_text or both
    acting = bool(_ACTING.search(written))
    unit_main, unit_inside = _without_brackets(unit_text)
    main, inside = _without_brackets(written)
    main = _at_the_time(main, inside)
    business = any("企业" in part for part in unit_inside + inside)
    context = _main_unit(_DROP.sub("", unit_main))
    offices = _offices(main, context, home, business, acting)
    kind = _kind(object_type, name, bool(offices), main or context or _cell(name))
    if kind == "organization":
        return _organization(context, main, name, home, both, unit_text, post_text)
    best = _best(offices)
    if best is None:
        return _without_office(kind, context or main, home, rank, unit_text or (both if not post_text else ""), post_text)
    shown_unit, shown_post = (unit_text, written) if unit_text else _divide(both, best, main) if both else ("", written)
    tier = _tier(best.body, best.level, best.role)
    place_key, unit_key = _keys(best, home)
    code = _rank(rank, written, best, home, context + main)
    deputy = None if best.role == "unknown" else best.deputy
    return ParsedPost(kind, shown_unit or None, unit_key, place_key, shown_post or None, tier, best.role, deputy, acting, code, rank_order(code))


def _kind(object_type: str | None, name: str | None, has_post: bool, text: str) -> str:
    declared = _cell(object_type)
    group, single = re.search("组织|单位|集体|班子|机构|部门", declared), re.search("个人|干部|人员|党员|监察对象", declared)
    if bool(group) != bool(single):
        return "organization" if group else "person"
    shown = _cell(name)
    if shown:
        return "organization" if _names_organization(shown) else "person"
    if has_post:
        return "person"
    return "organization" if text and _ORGANIZATION.search(_without_brackets(text)[0]) else "unknown"


def _names_organization(name: str) -> bool:
    bare = _without_brackets(name)[0]
    if len(bare) <= 3:
        return bool(_SHORT_ORGANIZATION.fullmatch(bare))
    return bool(_ORGANIZATION.search(bare)) and not _words()[0].search(bare)


def _main_unit(context: str) -> str:
    """Of several units in one cell ("某镇、县安监局等") the one of the highest level; a name that only holds "、" stays whole."""
    pieces = [p for p in re.split(r"[、,;]", re.sub("等(?:单位|部门)?$", "", context)) if p]
    if len(pieces) < 2 or not all(find_places(p) or read_body(p).kind == "department" for p in pieces):
        return context
    return min(pieces, key=lambda p: (read_body(p).level or 9, read_body(p).kind not in ("main", "department")))


def _offices(main: str, context: str, home: str, business: bool, acting: bool) -> list[_Office]:
    found: list[_Office] = []
    position = 0
    for piece in _SPLIT.split(main):
        start = main.find(piece, position) if piece else position
        position = start + len(piece)
        part = _DROP.sub("", piece)
        if not part:
            continue
        office = _office(part, context, home, business, acting, start)
        if office:
            found.append(office)
            if not context or office.body.places and not all(p.bare for p in office.body.places):
                context = office.body.core
        elif find_places(part) or read_body(part).kind == "department":
            context = _main_unit(f"{context}、{part}") if context else part
    return found


def _office(part: str, context: str, home: str, business: bool, acting: bool, start: int) -> _Office | None:
    pattern, categories = _words()
    match = None
    for match in pattern.finditer(part):
        pass
    if match is None:
        return None
    word, vice = match["word"], bool(match["vice"])
    category = categories[word]
    prefix = part[: match.start()]
    prefix = _IN_CHARGE_OF.sub("", prefix)
    sent = category == "dispatched" or bool(_DISPATCH.search(part))
    if sent:
        prefix = _DISPATCH.sub("", prefix)
    body = _body(prefix, context, business)
    level = _level(body, word, context, home, prefix)
    if sent and level == 5:
        level = 4
        body = Body("main", 4, tuple(p for p in body.places if p.level < 5), "", body.core)
    role = _role(word, category, vice, body, level, prefix, sent, context)
    if acting and role in ("deputy", "board") and re.search("书记|[长任席]$", word):
        role = "head"
    organ = _organ(word, prefix, context)
    deputy = vice and role in ("deputy", "board", "head") or role == "deputy"
    if word in _BUSINESS_WORDS and not body.is_business:
        body = Body("enterprise", level, body.places, body.tail, body.core, True)
    return _Office(role, body, level, deputy, organ, _score(role, body, level), start)


def _body(prefix: str, context: str, business: bool) -> Body:
    places = find_places(prefix)
    if places and not (all(p.bare for p in places) and context and places[-1].level >= 4 and not find_places(context)):
        body = read_body(prefix)
    else:
        body = read_body(context + prefix)
    return Body(body.kind if body.kind == "section" else "enterprise", body.level, body.places, body.tail, body.core, True) if business else body


def _level(body: Body, word: str, context: str, home: str, prefix: str) -> int | None:
    if word in _LEVEL_WORDS:
        return _LEVEL_WORDS[word]
    if word == "市长":
        named = [p for p in find_places(context + prefix) if p.name.endswith("市") and not p.bare] or [p for p in find_places(home) if p.name.endswith("市")]
        return named[-1].level if named else 2
    if body.level == 2 and body.places and body.places[-1].bare and body.places[-1].name == "市":
        around = [p for p in find_places(context) + find_places(home) if p.name.endswith("市") and not p.bare]
        return around[-1].level if around else 2
    if body.level is None and home and body.kind in ("main", "department", "section", "institution", "temporary", "unknown") and not body.is_business and (context or prefix):
        own = find_places(home)
        return max((p.level for p in own), default=None)
    return body.level


# Words of village posts that towns and offices use as well.
_SHARED_WITH_TOWNS = re.compile("^(?:文书|支部委员|小组长|支委)$|专干$|专岗$")


def _role(word: str, category: str, vice: bool, body: Body, level: int | None, prefix: str, sent: bool, context: str) -> str:
    if sent and category == "village":
        return "staff"
    if sent:
        return "board" if category in ("boards", "vague", "deputies") and "领导" in word else "staff" if category in ("staff", "dispatched", "section_heads") else "board"
    if category == "village":
        explicit = re.search("村|社区|嘎查|居委|支书", word)
        if explicit or level in (None, 4, 5) and not _SHARED_WITH_TOWNS.search(word) or level == 5:
            return "village_cadre"
        return "staff"
    if level == 5 and not body.is_business:
        return "staff" if word in _helpers() or category == "staff" and word.endswith("员") and word not in ("报账员", "办事员") else "village_cadre"
    if category == "staff":
        return "staff"
    if word in _BUSINESS_WORDS:
        return "middle" if word in ("项目经理", "部门经理", "车间主任") else "deputy" if vice else "head"
    if body.kind == "temporary":
        return "unknown"
    if word == "组长" and _DISCIPLINE.search(prefix or context):
        return "board"
    if category == "section_heads":
        return "head" if word == "站长" and body.kind == "enterprise" else "middle"
    if category == "enterprise_heads":
        return ("deputy" if vice else "head") if body.kind == "enterprise" else "middle" if body.kind == "section" else "unknown"
    if category == "vague":
        if word in ("负责人", "负责同志"):
            return {"section": "middle", "enterprise": "head", "other": "head"}.get(body.kind, "unknown")
        return "unknown"
    return _leading_role(word, category, vice, body, level, prefix, context)


# Committees whose 副书记 are its deputies rather than members of another leading group.
_OWN_COMMITTEE = re.compile(r"(?:纪委监委|纪委|监委|团委|团[县区市旗州]委|共青团[\u4e00-\u9fff]*委|政法委|(?<!党)工委)$")
_DISCIPLINE = re.compile(r"(?:纪委|纪工委|纪检组|纪检监察组|纪检|纪检监察工委|派出监察室|监察组|监察办)$")


def _leading_role(word: str, category: str, vice: bool, body: Body, level: int | None, prefix: str, context: str) -> str:
    inside = body.kind == "section"
    if category in ("chief", "deputies"):
        return "middle" if inside else "head" if category == "chief" else "deputy"
    if category == "boards":
        kept = re.search("党组成员|党委委员|党工委委员|纪检|班子", word) or word == "委员" and re.search(r"党委|党工委|组织|宣传|统战|政法|纪检|武装|党组", prefix)
        return "board" if not inside or kept or prefix.endswith(("党组", "党委")) else "middle"
    if word in _LEVEL_WORDS or word == "市长":
        return "deputy" if vice else "head"
    if _DISCIPLINE.search(prefix or (context if level == 4 else "")) and (level == 4 or inside or read_body(context).kind == "department" and not _DISCIPLINE.search(context)):
        return "middle" if vice and level == 4 else "board"
    if level == 4 and (word == "部长" or prefix.endswith("政法委")):
        return "board"
    if word in ("政委", "政治委员") or word == "主席" and prefix.endswith("工会") and not prefix.endswith("总工会"):
        return "board"
    if word == "秘书长" and body.kind == "main":
        return "board"
    if word == "书记" and re.search("机关(?:党委|党总支|党支部)$", prefix):
        return "middle"
    if inside and word == "书记" and prefix.endswith(("党组", "党委", "党工委")) and read_body(context).kind == "department":
        inside = False
    if inside:
        return "middle"
    if word == "书记" and vice and not _OWN_COMMITTEE.search(prefix or context):
        return "board"
    return "deputy" if vice else "head"


def _organ(word: str, prefix: str, context: str) -> str:
    for text in (prefix[-6:] + word, prefix, context[-6:]):
        for organ, pattern in _ORGANS:
            if pattern.search(text):
                return organ
    return ""


_BASE = {1: 110, 2: 90, 3: 70, 4: 50}


def _score(role: str, body: Body, level: int | None) -> int:
    base = _BASE.get(level or 0, 45) - (0 if body.kind == "main" else 20 if level in (1, 2, 3) else 5)
    return {"head": base, "deputy": base - 10, "board": base - 12, "middle": {2: 35, 3: 25, 4: 22}.get(level or 0, 20), "staff": 10, "village_cadre": 12}.get(role, 0)


def _best(offices: list[_Office]) -> _Office | None:
    """An office beats a membership; only a seat in the standing committee (常委) outranks the head of a department of that committee."""
    leading = [o for o in offices if o.role in ("head", "deputy")]
    members = [o for o in offices if o.role == "board"]
    top = max(leading, key=lambda o: o.score, default=None)
    if top and members:
        seat = max(members, key=lambda o: o.score)
        if top.body.kind == "department" and top.role == "head" and seat.body.kind == "main" and seat.level == top.level and seat.organ == "党委" and seat.level != 4:
            return seat
    return top or max(offices, key=lambda o: o.score, default=None)


def _tier(body: Body, level: int | None, role: str) -> str:
    if body.is_business:
        return "enterprise"
    if role == "village_cadre":
        return "village"
    if body.kind == "other":
        return "other"
    return TIERS.get(level or 0, "unknown")


def _place(body: Body, level: int | None, home: str) -> str | None:
    """Name of the place of a level; a bare sign is resolved by the county column, towns and villages carry the county in front."""
    own = next((p for p in sorted(reversed(body.places), key=lambda p: p.bare) if p.level == level), None)
    if level in (4, 5):
        if own is None or own.bare:
            return home or None
        return f"{home}{re.sub('办事处$|办$', '', own.name)}" if own else None
    if own is None or own.bare:
        return home or (own.name if own else None)
    return own.name


def _keys(office: _Office, home: str) -> tuple[str | None, str | None]:
    body, level = office.body, office.level
    place = _place(body, level, home)
    if body.is_business or body.kind == "other":
        return place, body.core or None
    if level == 5 or office.role == "village_cadre":
        return place, place
    if level == 4:
        own_section = body.kind == "section" and not re.search(r"(?:办|办公室|室|中心|大队|队)$", body.tail)
        return place, f"{place or ''}{body.tail if own_section else office.organ or '政府'}" if place or body.tail else None
    if body.kind == "main":
        return place, f"{place}{office.organ}" if place else None
    tail_start = max((p.end for p in body.places if p.level <= (level or 9)), default=0)
    tail = re.sub(r"(?:党组|党委|党总支|党支部|领导班子|机关)+$", "", body.core[tail_start:])
    if not tail:
        return place, place
    return place, f"{place or ''}{tail}"


def _rank(raw: str | None, written: str, office: _Office, home: str, text: str) -> str | None:
    stated = read_rank(raw) if raw and not is_placeholder(raw) else None
    if stated is None and re.search(r"[正副](?:省|部|厅|地|处|县|科|股|乡|师|团|营)级|级[正副]职|[一二三四]级(?:主任科员|调研员|巡视员|科员)", written):
        stated = read_rank(written)
    certain = infer_rank(office.level, office.body.kind if not office.body.is_business else "enterprise", office.role, text, home)
    if stated is None or certain is not None and (rank_order(certain) or 0) > (rank_order(stated) or 0) and office.role in ("head", "deputy"):
        return certain if stated is None or (rank_order(stated) or 0) < 40 else stated
    return stated


def _divide(both: str, office: _Office, main: str) -> tuple[str, str]:
    """Unit and post of a combined text: the unit ends where the body of its first phrase ends."""
    pattern, _ = _words()
    end = len(both)
    last = None
    for last in pattern.finditer(both[: _first_break(both)]):
        pass
    if last:
        end = last.start()
    unit = both[:end]
    unit = re.sub(r"(?:时任|原|现任|代|分管[\u4e00-\u9fff]{0,8}|主管)*$", "", unit)
    unit = re.sub(r"(?:机关)?(?:党组|党委|党工委|党总支|党支部|支部|两委)?(?:时任|原)?$", "", unit)
    unit = re.sub(r"(?<=.[县市区旗州][委府])[县市区旗州]委$|(?:时任|原|现任)$", "", unit)
    return unit, both[len(unit) :]


def _first_break(text: str) -> int:
    match = _SPLIT.search(text)
    while match and match.start() and not _words()[0].search(text[: match.start()]):
        match = _SPLIT.search(text, match.end())
    return match.start() if match and match.start() else len(text)


def _without_office(kind: str, text: str, home: str, rank: str | None, unit: str, post: str) -> ParsedPost:
    """A person of whom only the unit is known: the tier can be told, the role can't."""
    code = read_rank(rank) if rank else None
    if not text:
        return ParsedPost(kind, unit or None, None, None, post or None, "unknown", "unknown", None, False, code, rank_order(code))
    body = read_body(text)
    level = _level(body, "", text, home, "")
    office = _Office("unknown", body, level, False, _organ("", text, ""), 0, 0)
    place_key, unit_key = _keys(office, home)
    return ParsedPost(kind, unit or None, unit_key, place_key, post or None, _tier(body, level, "unknown"), "unknown", None, False, code, rank_order(code))


def _organization(context: str, main: str, name: str | None, home: str, both: str, unit: str, post: str) -> ParsedPost:
    text = context or _half(_DROP.sub("", main)) or _without_brackets(_cell(name))[0]
    first = re.split(r"[、,;]", text)[0]
    body = read_body(first)
    level = _level(body, "", first, home, "")
    office = _Office("organization", body, level, False, _organ("", first[-6:], ""), 0, 0)
    place_key, unit_key = _keys(office, home)
    shown = unit or _half(both) or _cell(name)
    return ParsedPost("organization", shown or None, unit_key, place_key, post or None, _tier(body, level, "organization"), "organization", None, False, None, None)


def _half(text: str) -> str:
    """ "木里县委木里县委" (unit and post both the organisation) as one."""
    middle = len(text) // 2
    return text[:middle] if len(text) % 2 == 0 and text[:middle] == text[middle:] else text
