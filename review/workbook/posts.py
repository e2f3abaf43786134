"""Unit and post of a respondent: tier, role, rank, and keys for "same unit" and "same place"."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ..vocabulary.units import bodies
from .dividing import divide, held_now, unit_of
from .offices import (
    Office,
    best_office,
    level_of,
    main_unit,
    organ_of,
    post_pattern,
    read_offices,
    without_time_words,
)
from .ranks import infer_rank, rank_order, read_rank
from .remembered import remembered
from .units import TIERS, Body, Place, find_places, is_zone, read_body, without_former
from .wording import is_not_applicable, is_placeholder, simplified, tight


@dataclass(frozen=True)
class ParsedPost:
    """What a unit and a post mean.

    kind: person, organization or unknown. unit and post as written (a combined text is divided). unit_key: one spelling of
    the unit whose leading body the respondent belongs to; place_key: the county, town or village of that unit. tier and role:
    codes of design "Words", unknown where the text doesn't say. is_deputy_post: a 副 post of the leading body, 党委副书记
    (role board) too; None without a post. acting_head: 主持工作, 代. post_now: what the cells
    of unit and post say of today (现任…, 已退休), as written. rank: code of ranks.toml, rank_order its number.
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
    post_now: str | None = None


_ACTING = re.compile(
    r"主持(?!人|召开|会议)(?!日常|业务)[\u4e00-\u9fff]{0,6}?工作|(?:临时|暂时)负责|负责全面工作|\(代\)|代理?(?=[镇乡县区市旗州局]长|主任|院长|检察长|书记)"
)


_ACTING_SIGN = re.compile("主持|代|负责")
_TIME_SIGN = re.compile("[任现原曾]")
_THEN = re.compile(r"时任|案发时任|原任|曾任|原系|原为|原(?=[副党局镇乡县区市村支主])")


_OF_PLACE = re.compile("[省市县区旗州镇乡]长|常委|党政|[县市区镇乡]委")
_HELD_LATER = re.compile("现|后任|[已后][调转改升]任")
_NOW = re.compile(r"现任|现为|现系|现(?=[任为系])|后任|(?:已|后)[调转改升]任|(?<=[,;、])现(?=[\u4e00-\u9fff])")


_ORGANIZATION = re.compile(
    r"(?:委|党组|党委|党工委|党总支|党支部|支部|委员会|政府|局|厅|办|办公室|院|部|会|公司|中心|所|站|队|科|股|室|村|社区|镇|乡|街道|办事处|班子|单位|学校|中学|小学|大学|集团|厂|处|团|联|署|县|市|区|旗|组|社|场|馆|园|矿|企业|银行|行|专班|指挥部|小组|支队|大队|校)$"
)


_SHORT_ORGANIZATION = re.compile(r"(?:[县市区镇乡村局]?(?:委|党组|党委|政府|支部|党支部|村委会|班子)|.{1,2}局)$")


@lru_cache(maxsize=50_000)
def _cell(raw: str | None) -> str:
    flat = simplified(tight(raw))
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
    if not _TIME_SIGN.search(text) and not inside:
        return text
    if not _THEN.match(text):
        for part in inside:
            if _THEN.match(part) and post_pattern()[0].search(part):
                places = find_places(text)
                own = find_places(part)
                if own and not own[0].bare or not places:
                    return part
                # 副县长 is of the county, 局长 of the bureau that the text begins with.
                whole = max(p.end for p in places) if _OF_PLACE.search(part) else len(unit_of(text))
                return f"{text[:whole] or text[: max(p.end for p in places)]}、{part}"
    if _NOW.search(text) or re.search("[,;、](?:案发)?时任", text):
        clauses = [c for c in re.split(r"[,;、](?=时任|现|原任|曾任|原|后任|[已后][调转改升]任)|(?=现任|现为|现系|时任)", text) if c]
        then = [c for c in clauses if _THEN.match(c) and find_places(c)] or [c for c in clauses if not _HELD_LATER.match(c)]
        kept = "、".join(then).strip("、,;")
        if post_pattern()[0].search(kept):
            return kept
    return text


@remembered(8_000)
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
    if unit_post and not (unit and _cell(unit)) and not (post and _cell(post)):
        divided = _at_comma(unit_post)
        if divided:
            (unit, post), unit_post = divided, None
    unit_text, post_text, both, home = _cell(unit), _cell(post), _cell(unit_post), _cell(county)
    if not post_text and not both:
        post_text = _cell(post_now)
    if unit_text and not post_text and not both and _ends_with_post(unit_text):
        unit_text, both = "", unit_text
    written = post_text or both
    acting = bool(_ACTING_SIGN.search(written) and _ACTING.search(written))
    unit_main, unit_inside = _without_brackets(unit_text)
    main, inside = _without_brackets(written)
    main = _at_the_time(main, inside)
    business = any("企业" in part for part in unit_inside + inside)
    context = without_former(main_unit(without_time_words(unit_main)))
    main = without_former(main)
    offices = read_offices(main, context, home, business, acting)
    kind = _kind(object_type, name, bool(offices), main or context or _cell(name))
    if kind == "organization":
        return _organization(context, main, name, home, both, unit_text, post_text)
    best = best_office(offices)
    if best is None:
        return _without_office(kind, context or main, home, rank, unit_text or (both if not post_text else ""), post_text)
    shown_unit, shown_post = _shown(unit, unit_text), _shown(post_now if not post_text or not _cell(post) and not both else post, post_text)
    if not unit_text and (both or find_places(main)):
        shown_unit, shown_post = divide((post if _cell(post) else unit_post if both else post_now) or "", written)
    tier = _tier(best.body, best.level, best.role)
    place_key, unit_key = _keys(best, home)
    code = _rank(rank, written, best, home, context + main)
    deputy = None if best.role == "unknown" else best.deputy
    now = held_now(unit_post if both else post if post_text and _cell(post) else None) or held_now(unit)
    return ParsedPost(
        kind, shown_unit or None, unit_key, place_key, shown_post or None, tier, best.role, deputy, acting, code, rank_order(code), now
    )


def _at_comma(text: str) -> tuple[str, str] | None:
    """Unit and post of "县教育局，局长": a comma between a unit without any post and the posts; None for anything else."""
    parts = re.split("[,，]", text, maxsplit=1)
    if len(parts) < 2 or "(" in _cell(parts[0]):
        return None
    posts = post_pattern()[0]
    return (parts[0], parts[1]) if _cell(parts[0]) and not posts.search(_cell(parts[0])) and posts.search(_cell(parts[1])) else None


_DECLARED_GROUP = re.compile("组织|单位|集体|班子|机构|部门")
_DECLARED_PERSON = re.compile("个人|干部|人员|党员|监察对象")
_TOWN_SECTION = re.compile(r"(?:办|办公室|室|中心|大队|队)$")
_LEADING_BODY = re.compile(r"(?:党组|党委|党总支|党支部|领导班子|机关)+$")


def _ends_with_post(text: str) -> bool:
    main = _without_brackets(text)[0]
    return any(m.end() == len(main) for m in post_pattern()[0].finditer(main))


def _kind(object_type: str | None, name: str | None, has_post: bool, text: str) -> str:
    declared = _cell(object_type)
    group, single = _DECLARED_GROUP.search(declared), _DECLARED_PERSON.search(declared)
    if bool(group) != bool(single):
        return "organization" if group else "person"
    shown = _cell(name)
    if shown:
        return "organization" if names_organization(shown) else "person"
    if has_post:
        return "person"
    return "organization" if text and _ORGANIZATION.search(_without_brackets(text)[0]) else "unknown"


def names_organization(name: str) -> bool:
    """True when a name is that of an organisation (县水利局党组), not of a person or a post."""
    bare = _without_brackets(name)[0]
    if len(bare) <= 3:
        return bool(_SHORT_ORGANIZATION.fullmatch(bare))
    return bool(_ORGANIZATION.search(bare)) and not post_pattern()[0].search(bare)


def _tier(body: Body, level: int | None, role: str) -> str:
    if body.is_business:
        return "enterprise"
    if role == "village_cadre":
        return "village"
    if body.kind == "other":
        return "other"
    return TIERS.get(level or 0, "unknown")


def _place(office: Office, home: str) -> str | None:
    """Name of the place of the office's level. A bare sign (县, 镇) is resolved by the unit, then by the county column; towns and
    villages carry the county column in front."""
    level = office.level
    zone = _zone(office.body.places)
    if zone and level == zone.level:
        return _zone_key(zone, office, home)
    around = find_places(office.context) if not office.body.places or any(p.bare for p in office.body.places) else ()
    named = [p.name for p in (*office.body.places, *around) if p.level == level and not p.bare and p.name != "乡镇"]
    if level in (4, 5):
        return f"{home}{_TOWN_END.sub('', named[0])}" if named else None
    if named:
        return named[0]
    return home or (next((p.name for p in office.body.places if p.level == level), None))


def _zone(places: tuple[Place, ...]) -> Place | None:
    """The development zone that is the deepest place of a unit."""
    deepest = max(places, key=lambda p: (p.level, p.end), default=None)
    return deepest if deepest and is_zone(deepest) else None


def _zone_key(zone: Place, office: Office, home: str) -> str:
    """青禾县经济开发区: the zone with the county named before it; one without a name of its own is the zone of the ledger's county."""
    before = [p for p in office.body.places if p.end < zone.end and p.level in (2, 3)]
    named = next((p.name for p in reversed(before) if not p.bare), None)
    return f"{named or (home if before or zone.name in bodies()['zones'] else '')}{zone.name}"


_TOWN_END = re.compile("(?:办事处|办)$")


def _keys(office: Office, home: str) -> tuple[str | None, str | None]:
    body, level = office.body, office.level
    place = _place(office, home)
    if body.is_business or body.kind == "other":
        return place, body.core or None
    if level == 5 or office.role == "village_cadre":
        return place, place
    if level == 4:
        own_section = body.kind == "section" and not _TOWN_SECTION.search(body.tail)
        return place, f"{place}{body.tail if own_section else office.organ or '政府'}" if place else None
    if body.kind == "main":
        return place, f"{place}{office.organ}" if place else None
    if body.kind == "section" and not body.places and body.core == body.tail:
        # 医务科科长: of which unit nobody says.
        return place, None
    if "分局" in body.core and any(p.level < (level or 0) and not p.bare for p in body.places):
        return place, body.core
    tail_start = max((p.end for p in body.places if p.level <= (level or 9)), default=0)
    tail = _LEADING_BODY.sub("", body.core[tail_start:])
    if not tail:
        return place, f"{place}{office.organ}" if place and level is not None and office.organ else None
    return place, f"{place or ''}{tail}"


def _rank(raw: str | None, written: str, office: Office, home: str, text: str) -> str | None:
    stated = read_rank(raw) if raw and not is_placeholder(raw) else None
    if (
        stated is None
        and "级" in written
        and re.search(r"[正副](?:省|部|厅|地|处|县|科|股|乡|师|团|营)级|级[正副]职|[一二三四]级(?:主任科员|调研员|巡视员|科员)", written)
    ):
        stated = read_rank(written)
    certain = infer_rank(
        office.level,
        office.body.kind if not office.body.is_business else "enterprise",
        office.role,
        text,
        home,
        _zone(office.body.places) is not None,
    )
    if (
        stated is None
        or certain is not None
        and (rank_order(certain) or 0) > (rank_order(stated) or 0)
        and office.role in ("head", "deputy")
    ):
        return certain if stated is None or (rank_order(stated) or 0) < 40 else stated
    return stated


def _shown(raw: str | None, text: str) -> str:
    """A cell as it was written, without the white space around it; nothing for a placeholder."""
    return (raw or "").strip() if text else ""


def _without_office(kind: str, text: str, home: str, rank: str | None, unit: str, post: str) -> ParsedPost:
    """A person of whom only the unit is known: the tier can be told, the role can't."""
    code = read_rank(rank) if rank else None
    if not text:
        return ParsedPost(kind, unit or None, None, None, post or None, "unknown", "unknown", None, False, code, rank_order(code))
    body = read_body(text)
    level = level_of(body, "", text, home, "")
    office = Office("unknown", body, level, False, organ_of("", text, ""), 0, text)
    place_key, unit_key = _keys(office, home)
    return ParsedPost(
        kind, unit or None, unit_key, place_key, post or None, _tier(body, level, "unknown"), "unknown", None, False, code, rank_order(code)
    )


def _organization(context: str, main: str, name: str | None, home: str, both: str, unit: str, post: str) -> ParsedPost:
    text = context or _half(without_time_words(main)) or _without_brackets(_cell(name))[0]
    first = re.split(r"[、,;]", text)[0]
    body = read_body(first)
    level = level_of(body, "", first, home, "")
    organ = "党委" if first.startswith(("中共", "中国共产党")) else organ_of("", first[-6:], "")
    office = Office("organization", body, level, False, organ, 0, first)
    place_key, unit_key = _keys(office, home)
    shown = unit or _half(both) or _cell(name)
    return ParsedPost(
        "organization",
        shown or None,
        unit_key,
        place_key,
        post or None,
        _tier(body, level, "organization"),
        "organization",
        None,
        False,
        None,
        None,
    )


def _half(text: str) -> str:
    """ "木里县委木里县委" (unit and post both the organisation) as one."""
    middle = len(text) // 2
    return text[:middle] if len(text) % 2 == 0 and text[:middle] == text[middle:] else text
