"""Comparing a stored sample with a fresh draw from its stored frame, in sentences."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from review.errors import ReviewError
from review.sampling.allocation import allocate
from review.sampling.frame import Frame, frame_hash
from review.sampling.selection import Pick, Ticket, order, shares

if TYPE_CHECKING:
    from review.sampling.draw import Sample

_NAMED = 5


@dataclass(frozen=True)
class Verification:
    """``ok``: the sample is what its seed and frame give. ``differences`` says what is not.

    ``today`` tells how today's ledgers would make another frame (late, corrected or withdrawn cases); it never makes a
    sample wrong.
    """

    sample_id: str
    ok: bool
    differences: tuple[str, ...]
    today: tuple[str, ...]


def compare(stored: "Sample", frame: Sequence[Ticket], left_out: int, today: Frame) -> Verification:
    """``frame`` as stored with the sample; ``left_out``: stored cases outside it; ``today``: the same scope built now."""
    differences = tuple(_differences(stored, frame))
    return Verification(stored.sample_id, not differences, differences, tuple(_changes(stored, frame, left_out, today)))


def _differences(stored: "Sample", frame: Sequence[Ticket]) -> Iterable[str]:
    if len(frame) != stored.frame_size:
        yield f"抽样框现存 {len(frame)} 件，抽样时登记为 {stored.frame_size} 件。"
    fingerprint = frame_hash((t.case_no, t.stratum) for t in frame)
    if fingerprint != stored.frame_hash:
        yield f"抽样框指纹现为 {fingerprint[:16]}…，抽样时登记为 {stored.frame_hash[:16]}…，抽样框被改动过。"
    again = order(((t.case_id, t.case_no, t.stratum) for t in frame), stored.seed)
    fresh = {t.case_id: t for t in again}
    yield from _named("以下案件的票号与种子算出的不同", (t.case_no for t in frame if fresh[t.case_id].ticket != t.ticket))
    sizes = dict(sorted(Counter(t.stratum for t in frame).items()))
    try:
        quotas = allocate(sizes, stored.ratio)
    except ReviewError as error:
        yield f"登记的抽样比例不能使用：{error}"
        return
    yield from _picks(stored.cases, fresh, quotas)
    if tuple(shares(sizes, quotas, stored.cases)) != stored.allocation:
        yield "各层名额表与按抽样框和比例重新分配的结果不一致。"


def _picks(picks: Sequence[Pick], fresh: dict[str, Ticket], quotas: dict[str, int]) -> Iterable[str]:
    expected = {t.case_id for t in fresh.values() if t.position <= quotas[t.stratum]}
    random = {pick.case_id for pick in picks if pick.picked_by == "random"}
    listed = Counter(pick.case_id for pick in picks)
    yield from _named("以下案件在名单中重复", (pick.case_no for pick in picks if listed[pick.case_id] > 1))
    yield from _named("以下案件按种子应当随机抽中而不在随机名单中", (fresh[case_id].case_no for case_id in expected - random))
    yield from _named("以下案件在随机名单中而按种子不应抽中", (pick.case_no for pick in picks if pick.case_id in random - expected))
    yield from _named("以下案件在名单中而不在抽样框中", (pick.case_no for pick in picks if pick.case_id not in fresh))
    known = [pick for pick in picks if pick.case_id in fresh]
    moved = [pick for pick in known if tuple(fresh[pick.case_id]) != tuple(pick[: len(Ticket._fields)])]
    yield from _named("以下案件登记的层、票号或次序与重新抽取的不同", (pick.case_no for pick in moved))
    yield from _named("以下必查案件没有写明必查原因", (p.case_no for p in picks if p.picked_by != "random" and not p.must_reason))


def _changes(stored: "Sample", frame: Sequence[Ticket], left_out: int, today: Frame) -> Iterable[str]:
    then = {t.case_id: t for t in frame}
    current = {entry.case_id: entry for entry in today.entries}
    yield from _named("抽样之后新进入本期范围的案件（不影响已抽结果）", (current[x].case_no for x in current.keys() - then.keys()))
    yield from _named("抽样时在范围内、现在台账中已不在的案件（不影响已抽结果）", (then[x].case_no for x in then.keys() - current.keys()))
    both = then.keys() & current.keys()
    yield from _named(
        "案件编号或所属的层在抽样之后有改动的案件（不影响已抽结果）",
        (then[x].case_no for x in both if (then[x].case_no, then[x].stratum) != (current[x].case_no, current[x].stratum)),
    )
    now_left_out = len(today.undated) + len(today.excluded)
    if now_left_out != left_out:
        yield f"未列入抽样框的案件抽样时为 {left_out} 件，现在为 {now_left_out} 件（不影响已抽结果）。"


def _named(what: str, numbers: Iterable[str]) -> Iterable[str]:
    found = sorted(numbers)
    if found:
        more = f"等 {len(found)} 件" if len(found) > _NAMED else ""
        yield f"{what}：{'、'.join(found[:_NAMED])}{more}。"
