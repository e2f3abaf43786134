"""Measure cells (处理方式): which measures were taken, on which track, how severe, and whether they are final."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from ..vocabulary.sanctions import MeasureKind, measure_kinds
from ..vocabulary.terms import read_toml
from .remembered import remembered
from .standing import DENIED, DOUBTFUL, EARLIER, LIFTED, STANDS, standing
from .unread import READ, unread_items
from .wording import is_not_applicable, is_placeholder, plain, simplified, tight
from .wordtrie import alternation


@dataclass(frozen=True)
class Measure:
    """One measure. band: 0 to 9 for persons, 1 to 3 on track "organization", None off the scales.
    is_final is False for a proposal (建议…), an interim step (立案审查, 先期免职) and a measure lifted with none in its place."""

    code: str
    track: str
    band: int | None
    is_final: bool
    raw: str


@dataclass(frozen=True)
class ParsedMeasures:
    """measures in the order of the text; complete: every part of the text was understood; problem: what was not."""

    measures: tuple[Measure, ...]
    complete: bool
    problem: str | None


_DOUBLE = re.compile(r"(党内|党纪|政务|行政|政纪)([、和及与])(党内|党纪|政务|行政|政纪)(严重警告|警告|记大过|记过|降级|撤职)")
_BOTH_OUT = re.compile(
    r"双开|开除党籍[、和及与,]?(?:开除)?公职|开除党籍公职|撤销党内外(?:一切)?职务|撤销党内(?:职务)?[、和及与](?:行政|党外|政务)(?:一切)?职务"
)
_LOWERED_TO = re.compile(
    r"(?:并?按|确定为|降为|降至|按照)[^、,;。()]{0,14}?(?:科员|调研员|巡视员|办事员|职级|待遇|级别|等级|职务层次|副?[处科厅]级)"
)
_PROPOSED_AFTER = re.compile(r"(?:处分|处理)?(?:的?(?:建议(?!书|函)|意见)|\((?:建议|拟|待批|待审批|待定|待研究|意见))")
_TRACK_BEFORE = re.compile(r"(党内|党纪|党的纪律|政务|行政|政纪)(?:处分)?[:(“\"\-—、 为给予的是]{0,4}$")
_PROPOSAL = re.compile(
    r"(?<![相反适响对本理原])应(?:当|予|给予|受到|该|处以)|考虑(?:给予|予以)|不排除|视情|必要时|可(?:以)?(?:给予|予以)|如[再仍果]|若[再仍]|否则|(?<!监察)(?<!检查)(?<!检察)(?<!整改)(?<!工作)建议(?!书|函|[,;。)未不被])|拟(?!定)|提请|提议|报请|呈请|提出.{0,6}意见|将(?:给予|予以|对其)|待(?:给予|予以)"
)
_PROPOSAL_ENDS = re.compile(
    r"[;。()\n]|[,、](?=(?:已|决定|受到|受|另|其中|由|经|现|实际|最终|最后|后(?:来|经|决定|改|又|被|给)|改|仅|只|但|未|本次|此次|[县市区省州旗镇乡]委[^,;。()]{0,6}决定))"
)
_INTERIM_BEFORE = re.compile(r"(?:先期|先行|暂时|临时|期间先|前期)(?:予以|给予|对其|被|已)?$")
_PERIOD_AFTER = re.compile(r"(?:期间|期内|期满)")
_APART = re.compile(r"分别")
_HEADS = re.compile(r"(?<!第)[0-9一二三四五六七八九十两]+(?:名)?人(?!大|民|员|事)|各\d")
_MASKED_NAME = re.compile(r"[\u4e00-\u9fff](?:某{1,2}|[×xX*＊○]{1,2})")
_ALTERNATIVE = re.compile(r"或者?")
_SEPARATORS = re.compile(r"[、,;。:()\n]|(?:并且?|同时|以及|及|和|与|且)(?=[给处受予党政行诫通免撤停记警留开降责约谈批立移])")
_OPEN = re.compile(
    r"(?:组织处理|组织调整|党纪政务处分|党政纪处分|党纪处分|党内处分|政务处分|政纪处分|行政处分|纪律处分|双处分|相应处理|严肃处理|处理|处分|追责问责|问责|追责|追究|责任追究|第[一二三四]种形态|轻处分|重处分)"
)
# 责令其限期整改, 无政务处分: said of the measure that follows, or that there is none.
_ADDRESSED = re.compile(
    rf"(?:责令|责成|要求)(?:其|本人|该同志)?(?={READ})|(?:^|(?<=[、,;。:(\n]))(?:无|没有|未给予|未予|未作|不作|未受|不给予|不予|暂不|不够|不构成)(?:其他|党纪政务|党政纪|党纪|党内|政务|政纪|行政)?(?:处分|处理)"
    # 党内警告处分已解除: a sanction that ran its course was given all the same.
    rf"|(?<={READ})(?:处分)?[,(]?(?:影响期|处分期|已|被|期满|届满|满|后|自动|按期|如期|依法)*解除(?=[,;。)\n]|$)"
    # 因事故处置不当免职: why, unless something else is told along with it.
    rf"|(?:因|由于)(?:(?!并|同时|及|和|扣|罚)[^、,;。:()\n{READ}]){{2,30}}(?={READ})"
)
_OPEN_TRACKS = (
    (re.compile(r"组织处理|组织调整"), frozenset(["organizational", "education"])),
    (re.compile(r"党纪政务处分|党政纪处分|双处分"), frozenset(["party", "administrative", "unspecified"])),
    (re.compile(r"党纪处分|党内处分"), frozenset(["party", "unspecified"])),
    (re.compile(r"政务处分|政纪处分|行政处分"), frozenset(["administrative", "unspecified"])),
    (re.compile(r"纪律处分|轻处分|重处分"), frozenset(["party", "administrative", "unspecified"])),
)
_PUNITIVE = re.compile(
    r"处分|处罚|处理|处置|罚|扣|取消|责令|撤|免|降|开除|辞|停|调离|调整|警|诫|谈话|检讨|通报|察看|移送|判处|拘|留置|待岗|解聘|道歉|追究|问责|追责|批评|教育|提醒|约谈"
)
_EXPLICIT_NONE = frozenset(["无", "否", "未", "没有", "不涉及", "暂无", "未处理", "未处分", "未给予", "未受到", "未予", "无处分", "无处理"])
_NOTHING_HOLDS = {
    DENIED: "只写明没有给予哪一种处理，没有写明给予了哪一种",
    EARLIER: "写的是以前的或者另案的处理，没有写明本次给予了哪一种",
    LIFTED: "原来的处理已撤销或者取消，没有写明现在是哪一种",
}
_BARE_TRACKS = {
    "warning": {"party": "party_warning", "administrative": "admin_warning"},
    "post_removed": {"party": "party_removal", "administrative": "admin_removal"},
    "admin_removal": {"party": "party_removal"},
    "admin_expulsion": {"party": "party_expulsion"},
}
_BARE_WORDS = frozenset(
    ["警告", "警告处分", "撤销职务", "撤销其职务", "撤职", "撤职处分", "开除", "开除处分", "撤销领导职务", "撤销现任职务"]
)


@lru_cache(maxsize=1)
def _matcher() -> tuple[re.Pattern, dict[str, MeasureKind], tuple[tuple[re.Pattern, MeasureKind], ...]]:
    kinds = measure_kinds()
    words: dict[str, MeasureKind] = {}
    for kind in kinds.values():
        if kind.person_code:
            continue
        for word in kind.words:
            words.setdefault(_fixed(word), kind)
    patterns = tuple((re.compile(p), k) for k in kinds.values() for p in k.patterns)
    return re.compile(alternation(words)), words, patterns


@lru_cache(maxsize=1)
def _organization_codes() -> dict[str, MeasureKind]:
    return {k.person_code: k for k in measure_kinds().values() if k.person_code}


@lru_cache(maxsize=1)
def _typos() -> tuple[tuple[str, str], ...]:
    return tuple((wrong, right) for wrong, right in read_toml("typos")["measures"])


def _fixed(text: str) -> str:
    text = simplified(text).replace("+", "、")
    for wrong, right in _typos():
        if wrong in text:
            text = text.replace(wrong, right)
    return text


def _found(text: str) -> list[tuple[int, int, MeasureKind]]:
    """Non-overlapping measures from left to right; at one place the longest wording wins."""
    literal, words, patterns = _matcher()
    hits = [(m.start(), m.end(), words[m[0]]) for m in literal.finditer(text)]
    begun = {start: kind for start, _, kind in hits}
    for pattern, kind in patterns:
        # 责令辞职责令作出检查: a whole word of another measure at the beginning is that measure, not the beginning of a longer one.
        hits += [(m.start(), m.end(), kind) for m in pattern.finditer(text) if m.end() > m.start() and begun.get(m.start(), kind) is kind]
    hits.sort(key=lambda h: (h[0], -h[1]))
    out: list[tuple[int, int, MeasureKind]] = []
    for hit in hits:
        if not out or hit[0] >= out[-1][1]:
            out.append(hit)
    return out


_GIVEN_HERE = re.compile("给予|予以|受到|责令|责成|撤销|撤消|免去|调离|调整|取消|扣|并")


def _listed(raw: str | None) -> str:
    """The text without blanks; where a blank or a new line stands between two measures, a 、 takes its place."""
    flat = plain(raw)
    if " " not in flat:
        return _fixed(tight(flat))
    literal = _matcher()[0]
    out, *others = _fixed(flat).split(" ")
    for part in others:
        whole = out[-12:] + part[:12]
        seam = len(out[-12:])
        ended = [m for m in literal.finditer(out[-20:]) if re.fullmatch("(?:处分|处理)?", out[-20:][m.end() :])]
        crossed = any(m.start() < seam < m.end() for m in literal.finditer(whole))
        begins = literal.match(part) or _GIVEN_HERE.match(part)
        out += ("、" if ended and begins and not crossed else "") + part
    return _fixed(unicodedata.normalize("NFKC", out))


@remembered(8_000)
def parse_measures(raw: str | None, track_hint: str | None = None, organization: bool = False) -> ParsedMeasures:
    """Read a measure cell; never raises on text.

    track_hint: organizational, party, administrative or education, when the column itself names the track ("警告" in a
    column 党纪处分). organization: the object is a 党组织 or unit, so 检查, 通报, 改组 stand on the organisations' scale.
    Text that names no measure (组织处理, 给予相应处理) or can't be assigned to one person (分别给予…) gives no measure, complete
    False and a problem; a blank cell gives no measure, complete False and no problem. What the text denies (未给予…), replaces
    (变更为…) or tells of an earlier matter (曾受…) is no measure; where it can't be told what holds now, there is none and a problem.
    """
    text = _listed(raw)
    bare = text.strip("。.;,、")
    if not bare or is_placeholder(raw) or is_not_applicable(raw):
        return ParsedMeasures((), False, None)
    if bare in _EXPLICIT_NONE:
        return ParsedMeasures((), track_hint is not None, None)
    text = _DOUBLE.sub(r"\1\4\2\3\4", text)
    text = _BOTH_OUT.sub(lambda m: "撤销党内职务、撤销行政职务" if "撤销" in m[0] else "开除党籍、开除公职", text)
    hits = _found(text)
    if _unassignable(text, hits):
        return ParsedMeasures((), False, f"处理写为“{_short(raw)}”，几种处理分不清各自对应谁；请一人一行写明。")
    states, said = standing(text, hits)
    if DOUBTFUL in states:
        return ParsedMeasures((), False, f"处理写为“{_short(raw)}”，看不出其中哪一种处理现在有效；请只写最终有效的处理。")
    holding = [h for h, state in zip(hits, states, strict=True) if state == STANDS]
    measures = finality([_measure(text, start, end, kind, track_hint, organization) for start, end, kind in holding])
    if hits and not holding:
        lifted = [
            replace(_measure(text, *h, track_hint, organization), is_final=False) for h, s in zip(hits, states, strict=True) if s == LIFTED
        ]
        return ParsedMeasures(
            tuple(finality(lifted)), False, f"处理写为“{_short(raw)}”，{_NOTHING_HOLDS[states[-1]]}；请写明最终有效的处理。"
        )
    problem = _leftover(text, hits, measures, said)
    if not measures:
        return ParsedMeasures((), False, f"处理写为“{_short(raw)}”，看不出是哪一种处理；应写明如“诫勉”“党内警告”。")
    return ParsedMeasures(tuple(measures), problem is None, problem)


@remembered(8_000)
def mentions_measure(text: str | None) -> bool:
    """True when a text names a measure, or says that there was or will be one (被问责, 给予相应处理)."""
    flat = _fixed(tight(text))
    return bool(flat) and (bool(_found(flat)) or bool(re.search("给予|处分|处理|问责|追责|追究", flat)))


@remembered(4_000)
def measure_places(text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of every measure named in a text with half-width punctuation, from left to right."""
    text = simplified(text)
    for wrong, right in _typos():
        if wrong in text and len(wrong) == len(right):
            text = text.replace(wrong, right)
    return tuple(hit[:2] for hit in _found(text))


def _short(raw: str | None) -> str:
    shown = (raw or "").strip()
    return shown if len(shown) <= 60 else shown[:60] + "…"


def _unassignable(text: str, hits: list[tuple[int, int, MeasureKind]]) -> bool:
    codes = {k.code for _, _, k in hits}
    if len(codes) < 2:
        return False
    if _APART.search(text) or _HEADS.search(text):
        return True
    if len(set(_MASKED_NAME.findall(text))) > 1:
        return True
    return any(_ALTERNATIVE.fullmatch(text[a[1] : b[0]]) for a, b in zip(hits, hits[1:], strict=False))


def _measure(text: str, start: int, end: int, kind: MeasureKind, hint: str | None, organization: bool) -> Measure:
    before = text[:start]
    word = text[start:end]
    kinds = measure_kinds()
    tracks = _BARE_TRACKS.get(kind.code)
    if tracks and (word in _BARE_WORDS or kind.track == "unspecified"):
        near = _TRACK_BEFORE.search(before)
        track = ("party" if near[1][0] == "党" else "administrative") if near else hint
        kind = kinds[tracks[track]] if track in tracks else kind
    if organization and kind.code in _organization_codes():
        kind = _organization_codes()[kind.code]
    band = kind.band if not organization or kind.track == "organization" else None
    final = not kind.interim and not _is_proposed(before)
    if _PROPOSED_AFTER.match(text[end:]):
        final = False
    if kind.track == "organizational" and (
        _INTERIM_BEFORE.search(before) or word.startswith(("先期", "先行")) or _PERIOD_AFTER.match(text[end:])
    ):
        final = False
    return Measure(kind.code, kind.track, band, final, word)


def _is_proposed(before: str) -> bool:
    marks = list(_PROPOSAL.finditer(before))
    return bool(marks) and not _PROPOSAL_ENDS.search(before[marks[-1].end() :])


def finality(measures: Iterable[Measure]) -> list[Measure]:
    """The measures of one handling, each once: 停职检查 beside another final measure or an open case was only the step before it."""
    measures = list(measures)
    others = any(m.is_final and m.code != "suspension" for m in measures)
    pending = any(m.code in ("case_filing", "inquiry", "justice_transfer", "duty_suspended") for m in measures)
    out = [replace(m, is_final=False) if m.code == "suspension" and (others or pending) else m for m in measures]
    return list({(m.code, m.is_final): m for m in reversed(out)}.values())[::-1]


def _leftover(text: str, hits: list[tuple[int, int, MeasureKind]], measures: list[Measure], said: list[tuple[int, int]]) -> str | None:
    """What sounds like a measure but was not understood, as a sentence; None when everything was."""
    tracks = {m.track for m in measures}
    rest = list(text)
    for start, end in [*said, *(h[:2] for h in hits)]:
        rest[start:end] = READ * (end - start)
    unknown: list[str] = []
    left = _ADDRESSED.sub("", "".join(rest))
    if any((m.band or 0) >= 6 for m in measures):
        left = _LOWERED_TO.sub("", left)
    for part in _SEPARATORS.split(left):
        if not part or not _PUNITIVE.search(part):
            continue
        if READ in part:
            part = part.replace(READ, "")
            if not _PUNITIVE.search(_OPEN.sub("", part)):
                continue
        open_word = _OPEN.search(part)
        if open_word:
            needed = next((t for p, t in _OPEN_TRACKS if p.search(part)), None)
            if measures and (needed is None or needed & tracks):
                continue
            unknown.append(part)
        elif len(part) <= 30:
            unknown.append(part)
    unknown += [i for i in unread_items(left) if not any(i in u or u in i for u in unknown)]
    return f"“{'、'.join(unknown)}”看不出是哪一种处理；应写明如“诫勉”“党内警告”。" if unknown else None


def person_band(measures: tuple[Measure, ...] | list[Measure]) -> int | None:
    """Highest band of the final measures of a person (0 to 9), None when none has a band."""
    return max((m.band for m in measures if m.is_final and m.band is not None and m.track != "organization"), default=None)


def organization_band(measures: tuple[Measure, ...] | list[Measure]) -> int | None:
    """Highest band of the final measures of an organisation (1 检查, 2 通报, 3 改组), None when none has one."""
    return max((m.band for m in measures if m.is_final and m.band is not None and m.track == "organization"), default=None)
