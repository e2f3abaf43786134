"""Unit and post of a text that holds both: the unit ends with the body that has a leading group of its own, what is inside it goes
with the post (县水利局 | 办公室主任, 湖滨街道 | 办事处主任, 三山村 | 党支部书记)."""

import re

from ..vocabulary.units import places
from .offices import BETWEEN_POSTS, TIME_WORDS, post_pattern, with_village_sign
from .units import body_patterns, find_places
from .wording import simplified, tight

_POST_BEGINS = re.compile(r"(?:时任|原|现任|代理?|分管[\u4e00-\u9fff]{0,8}|主管)+$")
_PARTY_BODY = re.compile(r"(?:机关)?(?:党组|党委|党工委|党总支|党支部|支部|两委)?(?:时任|原)?$")
_REPEATED = re.compile(r"(?<=.[县市区旗州][委府])[县市区旗州]委$|(?<=.{3}[县市区旗州])[县市区旗州]委$")
_LEADING_TIME = re.compile(r"(?:案发时任|时任|原任|曾任|原系|原为|现任|现为|现系)+")
_NOW_BEHIND = re.compile(r"[,;、(]?(?:现任|现为|现系|后任|(?:已|后)[调转改升]任|(?<=[,;、(])现(?=[\u4e00-\u9fff]))[^()]*\)?$")
_THEN_BEHIND = re.compile(r"(?<=[,;、(])(?:案发)?时任")
_COMMITTEE = re.compile(r"(?:村|居|村监|居监|村民|居民|村务监督|监督)?(?:委会|委员会|监会)$")
_SENT = re.compile(r"派驻|派出|驻")
_KEPT_WHOLE = re.compile(r"(?:学|校|院|园|公司|合作社|银行|社|厂|矿|场|信用社|企业)$")
_GROUP_SENT = re.compile(r"(?:派驻|派出|驻|第)[\u4e00-\u9fff]*$")
_OFFICE_OF_STREET = re.compile(r"(?<=街道)办事处$")


_HELD_NOW = re.compile(
    r"(?:^|(?<=[,，;；、(（\s]))(?:现任|现为|现系|后任|(?:现?已|后)(?:调|转|改|升|提拔)任?|现在?任?(?=[\u4e00-\u9fff]))(?P<now>[^()（）,，;；。]{2,})"
)
_GONE = re.compile(r"(?:^|(?<=[,，;；、(（\s]))(?P<now>现?已?(?:退休|病故|去世|离职|辞职|调离|退居二线|免职))(?=[,，;；)）\s]|$)")


def held_now(raw: str | None) -> str | None:
    """What a text says of the post held today, as written: 县政协副主席 of "县水利局原局长（现任县政协副主席）", or 已退休; None where it
    says nothing."""
    if not raw or not re.search("现|后任|[调转改升]任|退|故|去世|离|辞|免", raw):
        return None
    for match in _HELD_NOW.finditer(raw):
        if post_pattern()[0].search(simplified(tight(match["now"]))):
            return match["now"].strip()
    gone = _GONE.search(raw)
    return gone["now"] if gone else None


def divide(raw: str, text: str) -> tuple[str, str]:
    """(unit, post) of ``raw``, each as written; ``text`` is its normal form, which may be cut at the ends. The unit is "" where the text
    begins with a post. A post held now is left out behind the one held then."""
    start, end, stop, lead = _bounds(text)
    return _as_written(raw, text, start, end), lead + _as_written(raw, text, end, stop).lstrip(" ,，、")


def unit_of(text: str) -> str:
    """The unit that a normalised text of unit and post begins with; "" where it begins with a post."""
    return text[: _unit_length(text)]


def _bounds(text: str) -> tuple[int, int, int, str]:
    """Where the unit begins and ends and where the post ends, and a time word that stood before the unit but belongs to the post."""
    posts = post_pattern()[0]
    start, stop, lead = 0, len(text), ""
    then = _THEN_BEHIND.search(text)
    if then and not text.startswith(("时任", "原")) and posts.search(text[then.start() :]):
        start = then.start()
    now = _NOW_BEHIND.search(text)
    if now and now.start() > start and posts.search(text[start : now.start()]):
        stop = now.start()
    time = _LEADING_TIME.match(text, start)
    if time:
        start, lead = time.end(), time[0]
    elif (
        text.startswith("原", start) and not text.startswith(places()["begin_with_former"], start) and _begins_with_place(text[start + 1 :])
    ):
        start, lead = start + 1, "原"
    phrase = text[start : stop if stop > start else len(text)]
    return start, start + _unit_length(phrase), stop, "" if lead in ("现任", "现为", "现系") else lead


def _begins_with_place(text: str) -> bool:
    found = find_places(text)
    return bool(found) and not found[0].bare


def _unit_length(text: str) -> int:
    posts = post_pattern()[0]
    bracket = text.find("(")
    phrase = text[: min(_first_break(text), bracket if bracket > 0 else len(text))]
    time = next((m for m in TIME_WORDS.finditer(phrase, 2) if m[0] != "同志"), None)
    if time and posts.search(phrase, time.end()) and not posts.search(phrase[: time.start()]):
        return len(_without_party(phrase[: time.start()]))
    end, unit = len(text), text
    for match in posts.finditer(phrase):
        end = match.start()
        unit = text[:end]
        signed = with_village_sign(unit, match["word"]) if unit else unit
        if len(signed) > len(unit) and phrase[: len(signed)] == signed:
            unit = signed
        sent = re.match("纪检监察组|纪检组", match["word"])
        if sent and _GROUP_SENT.search(unit):
            unit += sent[0]
        elif unit.endswith("党") and match["word"].startswith("支部"):
            unit = unit[:-1]
    return len(_without_inside(_without_party(unit)))


def _without_party(unit: str) -> str:
    unit = _POST_BEGINS.sub("", unit)
    return _POST_BEGINS.sub("", _REPEATED.sub("", _PARTY_BODY.sub("", unit)))


def _without_inside(unit: str) -> str:
    """The unit without the office, section or committee inside it that the post is of."""
    found = find_places(unit)
    deepest = max(found, key=lambda p: (p.level, p.end)) if found else None
    if deepest is not None and deepest.level >= 4:
        return _of_place(unit, deepest)
    rules = body_patterns()
    offset = deepest.end if deepest else 0
    tail = unit[offset:]
    if rules["office"].search(tail):
        return unit
    department = rules["department"].search(tail)
    if not department or not department.start() and not deepest:
        return unit
    rest = tail[department.end() :]
    if not rest or _SENT.match(rest) or rules["department"].search(rest) or not rules["section"].search(rest) or _KEPT_WHOLE.search(rest):
        return unit
    return unit[: offset + department.end()]


def _of_place(unit: str, place) -> str:
    """A town, street or village: 办事处, 村委会 and what is inside go with the post; a school or company stays whole."""
    end = place.end
    rest = unit[end:]
    name = unit[:end]
    if rest and (_KEPT_WHOLE.search(rest) or _SENT.match(rest) or not (body_patterns()["section"].search(rest) or _COMMITTEE.search(rest))):
        return unit
    if place.level == 5 and name.endswith(("居委会", "村委会", "居民委员会", "村民委员会")):
        # 新塘村委会 is the committee of 新塘村; 幸福社区居委会 that of 幸福社区.
        shorter = re.sub(r"(?<=村|区)(?:居委会|村委会|居民委员会|村民委员会)$", "", name)
        return shorter
    return _OFFICE_OF_STREET.sub("", name)


def _first_break(text: str) -> int:
    match = BETWEEN_POSTS.search(text)
    while match and match.start() and not post_pattern()[0].search(text[: match.start()]):
        match = BETWEEN_POSTS.search(text, match.end())
    return match.start() if match and match.start() else len(text)


def _as_written(raw: str, text: str, start: int, end: int) -> str:
    """Characters start to end of the normal form, as they stand in the raw text."""
    if start >= end:
        return ""
    bare = raw.strip()
    if bare == text:
        return text[start:end]
    at = [i for i, char in enumerate(raw) for _ in tight(char)]
    first = simplified("".join(tight(char) for char in raw)).find(text)
    if first < 0 or first + end > len(at):
        return text[start:end]
    return raw[at[first + start] : at[first + end - 1] + 1]
