"""Which measures of a text hold: not those denied (未给予…), of an earlier matter (曾受…), lifted (…已撤销) or replaced (…变更为…)."""

import re
from collections.abc import Sequence

from ..vocabulary.sanctions import MeasureKind

STANDS, DENIED, EARLIER, LIFTED, DOUBTFUL = "stands", "denied", "earlier", "lifted", "doubtful"
# Between a negation or a time word and the measure that it is said of.
_GIVEN = (
    r"(?:再次?|被|曾|经|对其|其|另行?|单独|直接|重复|作出?|做出|给予|给于|予以|受(?:到|过)?|追加|处以|进行|采取"
    r"|按|予|以|该同志|本人|任何|相关|相应|的|为|是|了|[:“\"])*"
)
_NOT = re.compile(
    r"(?:(?<![得能非无法])不(?:再|予以?|得|含|包括|包含|宜|够|足以|符合|适用|构成|应当?|该|应该|是|进行)?|达不到|未达到?|够不上|未(?:能|曾|被|予以?)?|未(?:获|被)?(?:采纳|通过|批准|同意)|暂缓|并未|尚未|没有|没|从无|无[需须]"
    r"|(?<![减避难豁以])免(?:[予于除](?:给予)?)?|而非|并非|非(?=给予)|(?<![\u4e00-\u9fff])无|本应当?|本该|理应|原应|原本应|本来应)(?!作为)"
    + _GIVEN
    + "$"
)
_INSTEAD = re.compile(r"(?:处分|处理)?(?:来)?(?:代替|替代|取代|代)(?:了|原|应给予的?)*")
_DENIED_BEHIND = re.compile(
    r"(?:处分|处理|问责)?(?:的?(?:建议|意见|提议|决定))*(?:[:(]?(?:否|无|×|✗|不涉及|没有|未给予|未予|不适用)(?=[,;。、)\n]|$)"
    r"|[,(]?(?:最终|后)?(?:未(?:获|被|予|能|得到)?(?:上级|常委会|会议)?(?:通过|批准|同意|采纳|认可|给予|作出)(?=[,;。)\n]|$)|不予(?:认定|采纳|批准|支持)|不成立|不予以?(?=[,;。)]|$)))"
)
_EARLIER = re.compile(
    r"曾(?:经)?(?:于?\d{4}年[^,;。()、]{0,8}|因[^,;。()、]{1,16}|多次|[一二两三]次)*(?:被|受到?|给予|予以|处以)[^,;。()、]{0,4}$"
    r"|(?:此前|先前|早前|[前上]一?次|以前|之前(?=已|曾|被|受|给)|[另他别前]案(?!犯|件来源)|另一案|其他案件|原(?:拟|建议|先)|过去|初步|最初|起初|(?:变更|调整|纠正|更正|复议|申诉|复查|复核)前)[^,;。()、]{0,24}$"
    r"|受过$|(?<![还太平草中高固复])原(?:来|先|已|本)?(?:受|被|处|予|以|给予?|定|决定|作出|处理|处分|的|为|是|有|:|于)*$"
)
_EARLIER_BEHIND = re.compile(
    r"(?:处分|处理)?(?:的?(?:影响期|处分期|期间|期内)(?:内|间|未满|尚未届满)*[,]?(?:又|再|内?被|仍|重新|因|受|从[重严]|违[纪法])"
    r"|\((?:[^()]{0,12}(?:前案|另案|他案|此前|之前|上次|前次|曾|与本案无关|非本案|原处分|原处理|原给予)[^()]{0,12}|原)\))"
)
_DATED_BEHIND = re.compile(
    r"(?:处分|处理)?[(,]?(?:已?于?\d{4}年?[^()]{0,8}?(?:已|给予|处分|处理|作出|受)|已(?:于|在)?(?:给予|处分|处理|作出|受))"
)
_NOW = re.compile(r"(?:(?<!前)(?<!上)[本此这]次|本案|今次|此番)(?!同时|并|还|也)[^,;。()、]{0,10}$")
_DATED_BEFORE = re.compile(r"\d{4}年[^,;。()、]{0,10}$")
_LIFTED = re.compile(
    r"(?:撤销|解除|取消|纠正|终止|变更|撤回|废止)(?:了|对其|其|原|给予|作出|受到|所受|的|已|于|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|本人|该同志|[\u4e00-\u9fff]某{1,2}|处分)*$"
)
_LIFTED_BEHIND = re.compile(
    r"(?:处分|处理|问责|决定|措施)*[,;(]?(?:[已被经现又于由自其该此的之]|后来?|上级|市|县|区|[纪监]委|党委|党组|组织|申诉|复[议查核审]|审[核查]|研究|决定|依[法规纪]"
    r"|予以|重新|\d{4}年|\d{1,2}[月日]|(?P<all>均|都|全部|一并))*(?:撤销|取消|废止|撤回|纠正|收回)(?:了|该|原|处分|处理|问责|决定|执行)*(?=[,;。)\n]|$)"
)
_CHANGED = r"(?:变更|更改|更正|更换|改|调整|减轻|加重|升格|升级|提高|提升|转|纠正|修正|修改|变|换|调)"
_CHANGED_TO = re.compile(rf"{_CHANGED}(?:处分|处理)?(?:为|成|至|到)(?:给予|予以)?$")
_REPLACED = re.compile(
    rf"”?(?:\([^()]*\))?(?:(?:处分|处理|决定|问责)?[,;(]?(?:(?!或)[^;。()]){{0,16}}?{_CHANGED}(?:处分|处理|决定)?(?:为|成|至|到|给予|处以?|作|受)"
    r"|(?:处分|处理)?[,(]?[^,;。()]{0,8}?[降减](?:低|轻|格|档)?(?:处分)?(?:为|成|至|到)|(?:处分|处理)?[,(]?(?:后|经[^,;。()]{1,8})?(?:改|转)"
    r"|(?:处分|处理)?(?:→|⇒|[-—=]+>))(?:给予|予以|为|处以?)*“?"
)
_JOINED = re.compile(r"(?:处分|处理)?(?:[、/]|[和及与或](?:者)?|以及)+")
_SURELY = re.compile(r"(?:处分|处理)?(?:[和及与或](?:者)?|以及)")
_SPENT = re.compile(
    r"(?:本次|此次|这次|本案)(?:[^,;。()]{0,4})(?:不再|不予|不作|不做|未)(?:重复|另行?|单独|再)*(?:给予)?(?:处理|处分|问责)|不再?(?:重复|另行)(?:给予)?(?:处理|处分|问责|给予)"
)
_SIGNS = re.compile(
    r"[未没不无非曾前原另他别案变更改降减升转撤消取代否×✗→⇒>应期终纠废换免缓次]|此前|以前|过去|受过|初步|[最起]初|收回|本[来该]|提高|调整|加重|调为"
)
_CONDITION = re.compile(r"(?:(?:处分|处理)?的?(?:条件|标准|情形|建议|意见|提议))?")
_FORMAL = ("party", "administrative", "unspecified")
_REDUCED_TO = frozenset(["demotion", "non_leading_post", "admin_demotion"])

Hit = tuple[int, int, MeasureKind]


def standing(text: str, hits: Sequence[Hit]) -> tuple[list[str], list[tuple[int, int]]]:
    """For each measure of a text whether it stands, was denied, belongs to an earlier matter, was lifted (or replaced), or can't be told;
    and the places of the words that said so. text: as ``parse_measures`` reads it; hits: (start, end, kind) from left to right."""
    states = [STANDS] * len(hits)
    said: list[tuple[int, int]] = []
    if not _SIGNS.search(text):
        return states, said
    for i, (start, end, kind) in enumerate(hits):
        begin = hits[i - 1][1] if i else 0
        stop = hits[i + 1][0] if i + 1 < len(hits) else len(text)
        lead, trail = text[begin:start], text[end:stop]
        if i and _replaced(text, hits, i, states):
            said.append((begin, start))
            continue
        if not i and (changed := _CHANGED_TO.search(lead)):
            said.append((begin + changed.start(), start))
        if i and _INSTEAD.fullmatch(lead):
            _spread(text, hits, states, i, DENIED)
            said.append((begin, start))
        elif i and states[i] != STANDS:
            continue
        for pattern, state in ((_NOT, DENIED), (_LIFTED, LIFTED), (_EARLIER, EARLIER)):
            found = pattern.search(lead)
            if found:
                _spread(text, hits, states, i, state)
                said.append((begin + found.start(), start))
                said.append((end, end + _CONDITION.match(trail).end()))
                break
        for pattern, state in ((_DENIED_BEHIND, DENIED), (_LIFTED_BEHIND, LIFTED), (_EARLIER_BEHIND, EARLIER)):
            found = pattern.match(trail)
            # 撤销 right before the next measure belongs to that one: 党内警告，撤销诫勉.
            if found and state != EARLIER and stop < len(text) and found.end() == len(trail):
                continue
            if found and (state != EARLIER or kind.track in _FORMAL):
                _spread_back(text, hits, states, i, state, "all" in pattern.groupindex and bool(found["all"]))
                said.append((end, end + found.end()))
                break
    _this_time(text, hits, states, said)
    return states, said


def _replaced(text: str, hits: Sequence[Hit], i: int, states: list[str]) -> bool:
    """X变更为Y: marks X (and what is joined to it) where hit i is the Y."""
    lead = text[hits[i - 1][1] : hits[i][0]]
    if not _REPLACED.fullmatch(lead) or hits[i][2].code in _REDUCED_TO and re.search("[降减]", lead):
        return False
    if states[i - 1] in (STANDS, LIFTED):
        _spread_back(text, hits, states, i - 1, DOUBTFUL if hits[i][2].interim else LIFTED, False)
    return True


def _spread(text: str, hits: Sequence[Hit], states: list[str], i: int, state: str) -> None:
    """A state told before hit i holds for what is joined to it, if that is of the same kind; else nobody can tell."""
    states[i] = state
    for k in range(i + 1, len(hits)):
        between = text[hits[k - 1][1] : hits[k][0]]
        if not _JOINED.fullmatch(between):
            return
        states[k] = state if states[k - 1] == state and _of_one_kind(hits[i][2], hits[k][2]) else DOUBTFUL


def _spread_back(text: str, hits: Sequence[Hit], states: list[str], i: int, state: str, whole: bool) -> None:
    """A state told behind hit i: 均 means all before it, 和 the one joined; behind a bare list it can't be told for the others."""
    states[i] = state
    for k in range(i - 1, -1, -1):
        between = text[hits[k][1] : hits[k + 1][0]]
        if whole and not re.search("[;。\n]", between) or _SURELY.fullmatch(between):
            states[k] = state
        elif _JOINED.fullmatch(between):
            states[k] = DOUBTFUL
        else:
            return


def _of_one_kind(one: MeasureKind, other: MeasureKind) -> bool:
    return (one.track in _FORMAL) == (other.track in _FORMAL)


def _this_time(text: str, hits: Sequence[Hit], states: list[str], said: list[tuple[int, int]]) -> None:
    """本次诫勉 sets apart what stands before it; 本次不再处理 says that all before it is not of this matter."""
    now = next((i for i, h in enumerate(hits) if i and states[i] == STANDS and _NOW.search(text[hits[i - 1][1] : h[0]])), None)
    if now is not None:
        for k in range(now):
            before, behind = text[hits[k - 1][1] if k else 0 : hits[k][0]], text[hits[k][1] : hits[k + 1][0]]
            if states[k] == STANDS:
                states[k] = EARLIER if _DATED_BEHIND.match(behind) or _DATED_BEFORE.search(before) else DOUBTFUL
    spent = _SPENT.search(text, hits[0][1]) if hits else None
    if spent:
        said.append(spent.span())
        for k, (_, end, _) in enumerate(hits):
            if end <= spent.start() and states[k] == STANDS:
                states[k] = EARLIER
