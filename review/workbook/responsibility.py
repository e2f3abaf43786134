"""Responsibility cells (责任类型): the label of 问责条例 第六条, or what stands in its place."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ..vocabulary.responsibilities import responsibility_kinds
from ..vocabulary.terms import read_toml
from .remembered import remembered
from .wording import is_not_applicable, is_placeholder, plain, simplified, tight

_STATUTORY = ("overall_leadership", "primary_leadership", "important_leadership")
_NO_RESPONSIBILITY = re.compile(r"(?:无|没有|不负有?|不承担|不应?承担|不存在|免除)(?:任何|相关|相应|领导|问责|直接)*责任")
_NEGATED = re.compile(
    r"(?:不负有?|不承担|不应承担|不应负|不是|不属于?|不构成|无|(?<!除)非|而非|并非|免除|免予|不追究|(?:未|不|不予|不应)(?:被)?认定(?:为|其)?(?:负有?|承担)?)$"
)
# 由主要领导责任变更为重要领导责任: what it was changed to holds.
_CHANGED = re.compile(
    r"(?:变更|调整|更改|更正|纠正|修正|重新认定|改认定|改)(?:认定)?(?:为|成)(?=(?:负有?|承担)?(?:全面|主要|重要|直接|次要)?(?:的)?领导责任|直接责任)"
)
# 领导责任（主要）, 主要（重要）领导责任.
_TOLD_BEHIND = re.compile(r"^(?:负有?)?领导责任[(:](全面|主要|重要|次要)(?:领导)?(?:责任)?[)]?$")
_BOTH = re.compile(r"(全面|主要|重要|直接|次要)[(](全面|主要|重要|直接|次要)[)]领导责任")
_SHORT = {
    "全面领导": "overall_leadership",
    "主要领导": "primary_leadership",
    "直接领导": "primary_leadership",
    "重要领导": "important_leadership",
    "次要领导": "important_leadership",
}
_BARE = frozenset(["全面", "主要", "重要", "次要", "直接", "领导", "分管", "监督", "监管", "主体"])
_SHARED = re.compile(
    r"(全面|主要|重要|直接|次要)(?:的?领导)?([、和及与或/,或者以并]{1,2})(?=(?:负有?)?(?:全面|主要|重要|直接|次要)的?领导责任)"
)


@dataclass(frozen=True)
class ParsedResponsibility:
    """kind: one of the kinds of responsibilities.toml; words: every word of responsibility found, in order; problem: why the kind
    is unknown although there is text."""

    kind: str
    words: tuple[str, ...]
    problem: str | None


@lru_cache(maxsize=1)
def _typos() -> tuple[tuple[str, str], ...]:
    return tuple((wrong, right) for wrong, right in read_toml("typos")["responsibility"])


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern, dict[str, str]]:
    """One alternation, longest source first, with the kind of each group."""
    entries = [(p, k.kind) for k in responsibility_kinds().values() for p in k.patterns]
    groups = {f"g{i}": kind for i, (_, kind) in enumerate(entries)}
    return re.compile("|".join(f"(?P<g{i}>{p})" for i, (p, _) in enumerate(entries))), groups


@remembered(4_000)
def parse_responsibility(raw: str | None) -> ParsedResponsibility:
    """Read a responsibility cell; never raises on text.

    Blank, "/" and "无" give unknown; text without any word of responsibility gives other with no words; two labels of 第六条
    in one cell give unknown with a problem, because nobody can tell which of them is meant.
    """
    flat = tight(raw).strip("。.;,、")
    if (
        not flat
        or is_placeholder(raw)
        or is_not_applicable(raw)
        or flat in ("无", "空", "不详", "未知", "不明", "待定", "待认定", "待核实", "尚未认定", "未认定", "未明确", "未填")
    ):
        return ParsedResponsibility("unknown", (), None)
    flat = simplified(flat)
    for wrong, right in _typos():
        flat = flat.replace(wrong, right)
    if flat in _SHORT:
        return ParsedResponsibility(_SHORT[flat], (flat + "责任",), None)
    if flat in _BARE or flat.isdigit():
        return ParsedResponsibility(
            "unknown", (), f"责任写为“{plain(raw)}”，不是完整的责任名称；应写明全面领导责任、主要领导责任或重要领导责任。"
        )
    if _NO_RESPONSIBILITY.fullmatch(flat):
        return ParsedResponsibility("none", (), None)
    flat = _BOTH.sub(r"\1领导责任、\2领导责任", _TOLD_BEHIND.sub(r"\1领导责任", flat))
    changed = [m.end() for m in _CHANGED.finditer(flat)]
    if changed:
        flat = flat[changed[-1] :]
    return _from_words(raw, _SHARED.sub(r"\1领导责任\2", flat))


def of_leaders(raw: str | None) -> ParsedResponsibility:
    """``parse_responsibility`` of a column whose header says 领导责任: 主要 and 重要 are whole names there."""
    flat = tight(raw).strip("。.")
    return parse_responsibility(f"{flat}领导责任" if flat in ("全面", "主要", "重要", "次要") else raw)


def _from_words(raw: str, flat: str) -> ParsedResponsibility:
    pattern, groups = _pattern()
    kinds: list[str] = []
    words: list[str] = []
    for match in pattern.finditer(flat):
        if _NEGATED.search(flat[: match.start()]):
            continue
        word = match[0].removesuffix("人").removesuffix("者")
        word = word + "责任" if word == "领导" else word
        if word not in words:
            words.append(word)
        kind = groups[match.lastgroup]
        if kind not in kinds:
            kinds.append(kind)
    if not kinds:
        return ParsedResponsibility("none" if _NO_RESPONSIBILITY.search(flat) else "other", (), None)
    statutory = [k for k in kinds if k in _STATUTORY]
    if len(statutory) > 1:
        shown = "、".join(words)
        return ParsedResponsibility("unknown", tuple(words), f"一格里写了几种领导责任（{shown}），分不清各自对应谁；请一人一行写明一种。")
    if statutory:
        return ParsedResponsibility(statutory[0], tuple(words), None)
    for kind in ("undifferentiated_leadership", "direct"):
        if kind in kinds:
            return ParsedResponsibility(kind, tuple(words), None)
    return ParsedResponsibility(kinds[0], tuple(words), None)
