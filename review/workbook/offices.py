"""Posts in a text: which role each one means for the body that it stands with, and which of several counts."""

import re
from functools import lru_cache
from typing import NamedTuple

from ..vocabulary.units import post_words
from .units import Body, find_places, is_zone, own_center, read_body
from .wordtrie import alternation, first_letters


class Office(NamedTuple):
    """One of the posts in a text, with what it is worth in comparison with the others."""

    role: str
    body: Body
    level: int | None
    deputy: bool
    organ: str
    score: int
    context: str


TIME_WORDS = re.compile(
    r"时任|现任|原任|曾任|现为|现系|原系|原为|挂职|兼职|(?<![之以目日事会])[原前](?=任|党|副|书记|主[任席要]|[局镇乡区市站所科股院校旗]长|县长|支部|支书|村|会计|分管|纪|常[务委]|委员|组长|队长|总|街道|办事处)|(?<=[、,])现(?=\w)|同志$"
)


_TIME_SIGN = re.compile("[时现原前曾挂兼同]")


def without_time_words(text: str) -> str:
    """Text without 时任, 现任, 原 and the like where they stand before a post (原 in 平原县 stays)."""
    return TIME_WORDS.sub("", text) if _TIME_SIGN.search(text) else text


BETWEEN_POSTS = re.compile(r"[、,;/|&\n]|兼任?(?!职)|暨")


_DISPATCH = re.compile(
    r"(?:派驻|驻(?!马店|地|京|军)|包(?!头|河)|联(?!通|合|社|系|点)|联系|联点|挂点|挂钩|帮扶|挂)[\u4e00-\u9fff]{0,6}?(?:村|社区)(?!委|两委)|驻村|包村|联村|挂村|包片|包组|第一书记|驻点"
)


_SENT_SIGN = re.compile("[驻包联挂帮]|第一书记")
_IN_CHARGE_OF = re.compile(r"(?:分管|主管|协管|负责|具体负责|协助分管|主抓)[\u4e00-\u9fff]{0,12}$")


_ACTING_END = re.compile(r"(?:代理?|拟任|候任|主持[\u4e00-\u9fff]{0,6}?工作的?)$")


_LEVEL_WORDS = {"省长": 1, "州长": 2, "盟长": 2, "专员": 2, "县长": 3, "区长": 3, "旗长": 3, "镇长": 4, "乡长": 4, "苏木达": 4}


_BUSINESS_WORDS = frozenset(
    [
        "董事长",
        "总经理",
        "法定代表人",
        "法人代表",
        "总裁",
        "执行董事",
        "厂长",
        "矿长",
        "实际控制人",
        "经营者",
        "业主",
        "老板",
        "投资人",
        "法人",
        "行长",
        "项目经理",
        "部门经理",
        "车间主任",
    ]
)


_ORGANS = (
    ("党委", re.compile(r"(?<!人)(?:[县市区旗州省]委|党委|党工委|工委|党组|常委(?!会|员会)|书记)")),
    ("人大", re.compile("人大")),
    ("政协", re.compile("政协")),
    ("政府", re.compile(r"政府|办事处|管委会|[县市区旗州镇乡]长|主任|街道办")),
)


# What may not follow a word, because then it is the beginning of another one.
_NOT_BEFORE = {
    "村民": "(?!兵|小组|委|主|政)",
    "居民": "(?!小组|委)",
    "党员": "(?!干部|代表|大会)",
    "群众": "(?!工作|服务|路线)",
    "会计": "(?!师)",
    "干部": "(?!人事)",
    "成员": "(?!单位)",
}


@lru_cache(maxsize=1)
def post_pattern() -> tuple[re.Pattern, dict[str, str]]:
    """Pattern that finds a post word with a 副 before it, and the list of posts.toml that each word stands in."""
    categories: dict[str, str] = {}
    for category in (
        "village",
        "dispatched",
        "chief",
        "deputies",
        "boards",
        "section_heads",
        "staff",
        "vague",
        "heads",
        "enterprise_heads",
    ):
        for word in post_words()[category]:
            categories.setdefault(word, category)
    for word in post_words()["dispatched"]:
        if word != "第一书记":
            categories.pop(word, None)
    pattern = re.compile(
        first_letters(categories, "常第专副") + "(?:"
        f"(?P<vice>常务副|第一副|专职副|副)?(?P<word>{alternation(categories, _NOT_BEFORE)})"
        r"(?!(?<=[县区镇乡旗]长)(?![兼任和及与等原现时的在负分主])[\u4e00-\u9fff]{1,3}(?:街道|镇(?!长)|乡(?!长)|社区|村))"
        r"(?!员会|会(?![计议])|科|股|室|处(?!长)|局|办(?!事员)|中心|团(?!长)|管理|教育|服务|进修|核算|培训))"
    )
    return pattern, categories


@lru_cache(maxsize=1)
def _helpers() -> frozenset[str]:
    return frozenset(post_words()["village_helpers"])


_ENUMERATION = re.compile("[、,;]")


def main_unit(context: str) -> str:
    """Of several units in one cell ("某镇、县安监局等") the one of the highest level; a name that only holds "、" stays whole."""
    context = re.sub("等(?:单位|部门)?$", "", context)
    if not _ENUMERATION.search(context):
        return context
    pieces = [p for p in re.split(r"[、,;]", context) if p]
    if len(pieces) < 2 or not all(find_places(p) or read_body(p).kind == "department" for p in pieces):
        return context
    return min(pieces, key=lambda p: (read_body(p).level or 9, read_body(p).kind not in ("main", "department")))


def read_offices(main: str, context: str, home: str, business: bool, acting: bool) -> list[Office]:
    """Every post of a text in order; a unit named with one post holds for those after it (context), ``home`` is the county."""
    found: list[Office] = []
    for piece in BETWEEN_POSTS.split(main):
        part = without_time_words(piece)
        if not part:
            continue
        office = _office(part, context, home, business, acting)
        if office:
            found.append(office)
            if not context or office.body.places and not all(p.bare for p in office.body.places):
                context = office.body.core
            elif office.body.places and office.body.kind == "department" and office.body.core not in context:
                context = _of_same_place(context, office.body)
        elif find_places(part) or read_body(part).kind == "department":
            context = main_unit(f"{context}、{part}") if context else part
    return found


def _of_same_place(context: str, body: Body) -> str:
    """县公安局 behind 青禾县政府 is 青禾县公安局."""
    named = [p for p in find_places(context) if p.level == body.level and not p.bare]
    return f"{context[: named[-1].end]}{body.core[body.places[-1].end :]}" if named else body.core


def _office(part: str, context: str, home: str, business: bool, acting: bool) -> Office | None:
    pattern, categories = post_pattern()
    matches = list(pattern.finditer(part))
    if not matches:
        return None
    match = matches[-1]
    word, vice = match["word"], bool(match["vice"])
    category = categories[word]
    prefix = part[: match.start()]
    if "管" in prefix or "负责" in prefix or "主抓" in prefix:
        prefix = _IN_CHARGE_OF.sub("", prefix)
    prefix = _COUNTED.sub("", _ACTING_END.sub("", prefix))
    if not context and _PARTY_ONLY.fullmatch(prefix):
        prefix = ""
    if category == "village":
        prefix = with_village_sign(prefix, word)
    sent = category == "dispatched" or bool(_SENT_SIGN.search(part) and _DISPATCH.search(part))
    if sent:
        prefix = _DISPATCH.sub("", prefix)
    body = _body(prefix, context, business)
    level = level_of(body, word, context, home, prefix)
    if word in _LEVEL_WORDS and body.kind == "unknown" and not body.is_business:
        body = body._replace(kind="main")
    if sent and level == 5:
        level = 4
        body = Body("main", 4, tuple(p for p in body.places if p.level < 5), "", body.core)
    role = _role(word, category, vice, body, level, prefix, sent, context)
    if acting and role in ("deputy", "board") and re.search("书记|[长任席]$", word):
        role = "head"
    organ = organ_of(word, prefix, context)
    deputy = vice and role in ("deputy", "board", "head") or role == "deputy"
    if word in _BUSINESS_WORDS and not body.is_business:
        body = Body("enterprise", level, body.places, body.tail, body.core, True)
    return Office(role, body, level, deputy, organ, _score(role, body, level), context)


# "五位主要负责人" of one unit.
_COUNTED = re.compile(r"(?:[0-9]+|[一二三四五六七八九十两]+)(?:位|名|个)$")


def with_village_sign(prefix: str, word: str) -> str:
    """The text before a post, with the sign of a village that stands in the post: "新禾镇新塘" before 村党支部书记 is 新塘村."""
    sign = next((s for s in ("社区", "村") if word.startswith(s)), "")
    places = find_places(prefix)
    named = prefix[places[-1].end :] if places else prefix
    return prefix + sign if sign and named and (not places or places[-1].level < 5) else prefix


_PARTY_ONLY = re.compile("(?:党组|党委|党工委|党总支|党支部|支部|总支)+")


def _body(prefix: str, context: str, business: bool) -> Body:
    places = find_places(prefix)
    if prefix.startswith(("管委会", "管理委员会")) and any(is_zone(p) for p in find_places(context)):
        body = read_body(context + prefix)
    elif places and not (all(p.bare for p in places) and context and places[-1].level >= 4 and not find_places(context)):
        body = read_body(prefix)
    else:
        body = read_body(context + prefix)
    return (
        Body(body.kind if body.kind == "section" else "enterprise", body.level, body.places, body.tail, body.core, True)
        if business
        else body
    )


def level_of(body: Body, word: str, context: str, home: str, prefix: str) -> int | None:
    """Level of the place that a post belongs to (1 province … 4 township), from post, unit, cell or county; None where it can't be told."""
    if word in _LEVEL_WORDS:
        return _LEVEL_WORDS[word]
    if word == "市长":
        named = [p for p in find_places(context + prefix) if p.name.endswith("市") and not p.bare] or [
            p for p in find_places(home) if p.name.endswith("市")
        ]
        return named[-1].level if named else 2
    if body.level == 2 and body.places and body.places[-1].bare and body.places[-1].name == "市":
        around = [p for p in find_places(context) + find_places(home) if p.name.endswith("市") and not p.bare]
        return around[-1].level if around else 2
    if (
        body.level is None
        and home
        and body.kind in ("main", "department", "section", "institution", "temporary", "unknown")
        and not body.is_business
        and (context or prefix)
    ):
        own = find_places(home)
        return max((p.level for p in own), default=None)
    return body.level


# What towns call staff is a seat among the 村干部 when a village has it.
_VILLAGE_CLERKS = frozenset(["会计", "出纳", "报账员", "专干", "干部", "一般干部", "党员干部", "统计员", "秘书", "文员"])

# Words of village posts that towns and offices use as well.
_SHARED_WITH_TOWNS = re.compile("^(?:文书|支部委员|小组长|支委)$|专干$|专岗$")


def _role(word: str, category: str, vice: bool, body: Body, level: int | None, prefix: str, sent: bool, context: str) -> str:
    if sent and category == "village":
        return "staff"
    if sent:
        return (
            "board"
            if category in ("boards", "vague", "deputies") and "领导" in word
            else "staff"
            if category in ("staff", "dispatched", "section_heads")
            else "board"
        )
    if category == "village":
        explicit = re.search("村|社区|嘎查|居委|支书", word)
        if explicit or level in (None, 4, 5) and not _SHARED_WITH_TOWNS.search(word) or level == 5:
            return "village_cadre"
        return "staff"
    if level == 5 and not body.is_business:
        return "staff" if word in _helpers() or category == "staff" and word not in _VILLAGE_CLERKS else "village_cadre"
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
    own = own_center(body)
    if own is None:
        return "unknown"
    inside = body.kind == "section" and not own
    if category in ("chief", "deputies"):
        return "middle" if inside else "head" if category == "chief" else "deputy"
    if category == "boards":
        kept = (
            re.search("党组成员|党委委员|党工委委员|纪检|班子|专职委员|部务委员", word)
            or word == "委员"
            and re.search(r"党委|党工委|组织|宣传|统战|政法|纪检|武装|党组", prefix)
        )
        return "board" if not inside or kept or prefix.endswith(("党组", "党委")) else "middle"
    if word in _LEVEL_WORDS or word == "市长":
        return "deputy" if vice else "head"
    if _DISCIPLINE.search(prefix or (context if level == 4 else "")) and (
        level == 4 or inside or read_body(context).kind == "department" and not _DISCIPLINE.search(context)
    ):
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


def organ_of(word: str, prefix: str, context: str) -> str:
    """Which organ of a place the post belongs to (party committee, government, …); empty where no word tells."""
    for text in (prefix[-6:] + word, prefix, context[-6:]):
        for organ, pattern in _ORGANS:
            if pattern.search(text):
                return organ
    return ""


_BASE = {1: 110, 2: 90, 3: 70, 4: 50}


def _score(role: str, body: Body, level: int | None) -> int:
    base = _BASE.get(level or 0, 45) - (0 if body.kind == "main" else 20 if level in (1, 2, 3) else 5)
    return {
        "head": base,
        "deputy": base - 10,
        "board": base - 12,
        "middle": {2: 35, 3: 25, 4: 22}.get(level or 0, 20),
        "staff": 10,
        "village_cadre": 12,
    }.get(role, 0)


def best_office(offices: list[Office]) -> Office | None:
    """An office beats a membership; only a seat in the standing committee (常委) outranks the head of a department of that committee."""
    leading = [o for o in offices if o.role in ("head", "deputy")]
    members = [o for o in offices if o.role == "board"]
    top = max(leading, key=lambda o: (o.score, o.body.kind == "main"), default=None)
    if top and members:
        seat = max(members, key=lambda o: o.score)
        if (
            top.body.kind == "department"
            and top.role == "head"
            and seat.body.kind == "main"
            and seat.level == top.level
            and seat.organ == "党委"
            and seat.level != 4
        ):
            return seat
    return top or max(offices, key=lambda o: o.score, default=None)
