"""Drawing a stored sample again in plain Python, change by change, and comparing, in sentences."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from review.errors import ReviewError
from review.sampling.frame import Frame, build_frame, frame_hash, strata_keys
from review.sampling.frozen import frozen_cases
from review.sampling.must_review import labels
from review.sampling.quotas import Group, plan
from review.sampling.selection import Pick, Ticket, arranged, groups, shares, ticket
from review.sampling.stored import Sample, frame_history, left_out_rows, pick_history, replacement_rows, sample
from review.store.database import Database

_NAMED = 5


@dataclass(frozen=True)
class Verification:
    """``ok``: the sample is what its seed, frame and changes give. ``differences`` says what is not.

    ``today`` tells how today's ledgers would make another frame (late, corrected or withdrawn cases); it never makes a
    sample wrong.
    """

    sample_id: str
    ok: bool
    differences: tuple[str, ...]
    today: tuple[str, ...]


def verify(db: Database, sample_id: str) -> Verification:
    """Draw again from the stored frame, do every change again and compare everything that was stored; see Verification.

    Today's ledgers are compared apart: a case that came late makes another frame, not a wrong sample.
    """
    stored = sample(db, sample_id)
    differences = tuple(_differences(db, stored))
    return Verification(sample_id, not differences, differences, tuple(_today(db, stored)))


def _differences(db: Database, stored: Sample) -> Iterable[str]:
    frames, picks = frame_history(db, stored.sample_id), pick_history(db, stored.sample_id)
    first = [t for change, t in frames if change is None]
    yield from _frame_differences(db, stored, first)
    yield from _named("以下案件的票号与种子算出的不同", (t.case_no for _, t in frames if ticket(stored.seed, t.case_no) != t.ticket))
    numbers = {t.case_id: (t.case_no, t.stratum, t.ticket) for _, t in frames}
    yield from _named(
        "以下案件在变动后名单中登记的编号、层或票号与抽样框不同",
        (p.case_no for change, p in picks if change is not None and numbers.get(p.case_id) != (p.case_no, p.stratum, p.ticket)),
    )
    again = arranged(t._replace(ticket=ticket(stored.seed, t.case_no)) for t in first)
    drawn = [p for change, p in picks if change is None]
    quotas = {line.stratum: line.quota for line in stored.allocation}
    yield from _picks(drawn, {t.case_id: t for t in again}, quotas)
    yield from _replayed(db, stored, frames, picks)


def _frame_differences(db: Database, stored: Sample, first: Sequence[Ticket]) -> Iterable[str]:
    """The frame and the places that follow from it."""
    if len(first) != stored.frame_size:
        yield f"抽样框现存 {len(first)} 件，抽样时登记为 {stored.frame_size} 件。"
    fingerprint = frame_hash((t.case_no, t.stratum) for t in first)
    if fingerprint != stored.frame_hash:
        yield f"抽样框指纹现为 {fingerprint[:16]}…，抽样时登记为 {stored.frame_hash[:16]}…，抽样框被改动过。"
    drawn = [p for change, p in pick_history(db, stored.sample_id) if change is None]
    if stored.frame_id is None:
        cells = [Group(t.stratum, False, None, 1, 0, 0, 0) for t in first]
    else:
        entries = frozen_cases(db, stored.frame_id, strata_keys(stored.stratified_by))
        cells = groups(entries, stored.must_rules)
        frozen = {e.case_id: (e.case_no, e.stratum) for e in entries}
        other = {t.case_id: t.case_no for t in first if frozen.get(t.case_id) != (t.case_no, t.stratum)}
        other |= {key: no for key, (no, _) in frozen.items() if key not in {t.case_id for t in first}}
        yield from _named("以下案件与冻结的抽样框不一致", other.values())
        must = {e.case_id: labels(set(e.must) & set(stored.must_rules)) or None for e in entries}
        yield from _named("以下案件的必查原因与冻结的抽样框不一致", (p.case_no for p in drawn if p.must_reason != must.get(p.case_id)))
        listed = {p.case_id for p in drawn}
        yield from _named("以下必查案件不在名单中", (e.case_no for e in entries if must[e.case_id] and e.case_id not in listed))
    try:
        lines = plan(cells, stored.ratio, stored.design)
    except ReviewError as error:
        yield f"登记的抽样比例不能使用：{error}"
        return
    # What an earlier program did not write down (open, due, deviation) is not compared.
    if [line[:5] for line in shares(lines, drawn)] != [line[:5] for line in stored.allocation]:
        yield "各层名额表与按抽样框和比例重新分配的结果不一致。"
    chances = {(line.stratum, weight): pair for line in lines for weight, pair in line.chances.items()}
    wrong = (t.case_no for t in first if t.chance is not None and not _same(chances.get((t.stratum, t.weight)), (t.target, t.chance)))
    yield from _named("以下案件登记的入选概率与重新计算的不同", wrong)


def _same(fresh: tuple[float | None, float] | None, stored: tuple[float | None, float | None]) -> bool:
    """Equal but for the last digits: chances are sums of many numbers, which another processor may add in another order."""
    if fresh is None or (fresh[0] is None) != (stored[0] is None):
        return False
    return all(a is None or abs(a - b) <= 1e-9 for a, b in zip(fresh, stored, strict=True))


def _picks(picks: Sequence[Pick], fresh: Mapping[str, Ticket], quotas: Mapping[str, int]) -> Iterable[str]:
    expected = {t.case_id for t in fresh.values() if t.position <= quotas.get(t.stratum, 0)}
    random = {pick.case_id for pick in picks if pick.picked_by == "random"}
    listed: dict[str, int] = {}
    for pick in picks:
        listed[pick.case_id] = listed.get(pick.case_id, 0) + 1
    yield from _named("以下案件在名单中重复", (pick.case_no for pick in picks if listed[pick.case_id] > 1))
    yield from _named("以下案件按种子应当随机抽中而不在随机名单中", (fresh[case_id].case_no for case_id in expected - random))
    yield from _named("以下案件在随机名单中而按种子不应抽中", (pick.case_no for pick in picks if pick.case_id in random - expected))
    yield from _named("以下案件在名单中而不在抽样框中", (pick.case_no for pick in picks if pick.case_id not in fresh))
    known = [pick for pick in picks if pick.case_id in fresh]
    moved = [pick for pick in known if tuple(fresh[pick.case_id][:5]) != tuple(pick[:5])]
    yield from _named("以下案件登记的层、票号或次序与重新抽取的不同", (pick.case_no for pick in moved))
    yield from _named("以下必查案件没有写明必查原因", (p.case_no for p in picks if p.picked_by != "random" and not p.must_reason))


def _replayed(db: Database, stored: Sample, frames, picks) -> Iterable[str]:
    """Every change done again: who stands on the list after it is who the tickets say."""
    quotas = {line.stratum: line.quota for line in stored.allocation}
    out: set[str] = set()
    swaps = {row["change_id"]: row for row in replacement_rows(db, stored.sample_id)}
    upto: list[int | None] = [None]
    for change in stored.changes:
        upto.append(change.change_id)
        if change.kind == "replace":
            row = swaps.get(change.change_id)
            if row is None:
                yield f"第 {change.change_id} 次变动（替换）没有留下替换记录。"
                continue
            out.add(row["case_id"])
        else:
            quotas = {line["stratum"]: line["quota"] for line in change.details["allocation"]}
        order = [t for t in arranged(t for number, t in frames if number in upto) if t.case_id not in out]
        expected, taken = set(), dict.fromkeys(quotas, 0)
        for t in order:
            if t.chance is not None and taken[t.stratum] < quotas[t.stratum]:
                taken[t.stratum] += 1
                expected.add(t.case_id)
        random = {p.case_id for number, p in picks if number in upto and p.picked_by == "random"} - out
        numbers = {t.case_id: t.case_no for _, t in frames}
        yield from _named(
            f"第 {change.change_id} 次变动后，以下案件按票号应当在随机名单中而没有，或不应在而在",
            (numbers.get(case_id, case_id) for case_id in expected ^ random),
        )


def _today(db: Database, stored: Sample) -> Iterable[str]:
    scope = {name: stored.scope[name] for name in ("levels", "counties", "exclusions", "undated")}
    current = build_frame(db, stored.period_from, stored.period_to, by=stored.stratified_by, **scope)
    frames = [t for _, t in frame_history(db, stored.sample_id)]
    yield from _changes(frames, len(left_out_rows(db, stored.sample_id)), current)


def _changes(frame: Sequence[Ticket], left_out: int, today: Frame) -> Iterable[str]:
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
