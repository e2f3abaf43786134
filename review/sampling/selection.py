"""The draw itself, without a database: a pure function of frame, seed, ratio and design.

Permanent random numbers: every case has a ticket made of the seed and its number alone, and the smallest tickets of a
stratum are drawn (sequential simple random sampling, Ohlsson 1995); a risk-weighted draw weighs the same tickets
(:mod:`review.sampling.pareto`). Whoever has the printed frame can repeat it in any language, and a case that comes late moves nobody
else's ticket. Stored samples are drawn by the database (:mod:`review.sampling.draw`) and verified with what is here.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from review.errors import SampleError
from review.sampling.design import Design
from review.sampling.frame import Frame, FrameEntry
from review.sampling.must_review import DEFAULT_RULES, checked_rules, labels
from review.sampling.pareto import places, risk_weight
from review.sampling.quotas import Group, Places, plan

METHOD = "permanent-random-numbers-1"
TICKETS = 16**13  # 52 bits: every ticket is exact in a double


class Ticket(NamedTuple):
    """A case in the order of its stratum: ``position`` 1 is drawn first. weight, target: those of a risk-weighted draw; chance: inclusion
    probability of the random part, None where the case is not open to it (and comes after all that are)."""

    case_id: str
    case_no: str
    stratum: str
    ticket: float
    position: int
    weight: int | None = None
    target: float | None = None
    chance: float | None = None


class Pick(NamedTuple):
    """A drawn case; picked_by "random" or "must"; must_reason is set for random picks too where a rule holds."""

    case_id: str
    case_no: str
    stratum: str
    ticket: float
    position: int
    picked_by: str
    must_reason: str | None
    chance: float | None = None


class Share(NamedTuple):
    """One line of the allocation: cases of the stratum, quota, drawn at random, added by must-review rules; open: cases that the random
    draw chose from; due: its places before rounding; deviation: see :class:`review.sampling.quotas.Places`. The last three are None in
    samples of an earlier program."""

    stratum: str
    cases: int
    quota: int
    random: int
    must: int
    open: int | None = None
    due: str | None = None
    deviation: float | None = None


@dataclass(frozen=True)
class Draw:
    """A sample as a value. ``tickets`` holds the whole frame in order, ``picks`` what was drawn."""

    frame: Frame
    seed: str
    ratio: str
    must_rules: tuple[str, ...]
    allocation: tuple[Share, ...]
    tickets: tuple[Ticket, ...]
    picks: tuple[Pick, ...]
    design: Design = Design()

    @property
    def random_share(self) -> Fraction:
        """Part of the frame drawn at random."""
        return Fraction(sum(pick.picked_by == "random" for pick in self.picks), self.frame.size)

    @property
    def total_share(self) -> Fraction:
        """Part of the frame on the review list, must-review cases included."""
        return Fraction(len(self.picks), self.frame.size)


def ticket(seed: str, case_no: str) -> float:
    """u in [0, 1): the first 13 hex digits of SHA-256("<seed>|<case_no>" in UTF-8), divided by 16^13."""
    return int(hashlib.sha256(f"{seed}|{case_no}".encode()).hexdigest()[:13], 16) / TICKETS


def checked_seed(seed: str) -> str:
    """The seed without blanks around it; raises SampleError for an empty one."""
    if not seed.strip():
        raise SampleError("没有填写随机种子。", "请填写一句公开约定的话或一个公开的号码，例如当期彩票号码。")
    return seed.strip()


def arranged(tickets: Iterable[Ticket]) -> tuple[Ticket, ...]:
    """Tickets with their positions: strata in code-point order, within them ascending places; ties by case_no, then case_id.

    The place is the ticket itself, in a risk-weighted draw what :func:`review.sampling.pareto.places` makes of it and the target.
    """
    strata = defaultdict(list)
    for one in tickets:
        strata[one.stratum].append(one)
    out = []
    for stratum in sorted(strata):
        cases = strata[stratum]
        weighted = [c for c in cases if c.target is not None]
        place = {c.case_id: c.ticket for c in cases}
        place |= zip(
            (c.case_id for c in weighted), places([c.ticket for c in weighted], [c.target for c in weighted]).tolist(), strict=True
        )
        cases.sort(key=lambda c: (c.chance is None, place[c.case_id], c.case_no, c.case_id))
        out += [c._replace(position=position) for position, c in enumerate(cases, 1)]
    return tuple(out)


def groups(entries: Iterable[FrameEntry], rules: Iterable[str]) -> list[Group]:
    """What :func:`review.sampling.quotas.plan` needs to know of the cases."""
    wanted, found = set(rules), Counter()
    for e in entries:
        found[e.stratum, not wanted.isdisjoint(e.must), e.finding_level, e.findings] += 1
    return [
        Group(stratum, must, level, n, 0 if count is None else n, n * (count or 0), n * (count or 0) ** 2)
        for (stratum, must, level, count), n in found.items()
    ]


def draw(
    frame: Frame,
    seed: str,
    ratio: str | Fraction,
    by: str | None = None,
    must_rules: Iterable[str] = DEFAULT_RULES,
    design: Design | None = None,
) -> Draw:
    """Draw a sample from ``frame``; ``by`` re-stratifies it first. Nothing but the arguments enters the result.

    With must-review cases added (the usual design) the random part is drawn over the whole frame without regard to them; a case
    that is both is marked random, with its reason. Raises SampleError for an empty frame, an empty seed, and as
    :func:`review.sampling.quotas.plan` does.
    """
    seed, design = checked_seed(seed), design or Design()
    if by is not None and by != frame.by:
        frame = frame.stratified(by)
    need_some(frame)
    rules = checked_rules(must_rules)
    lines = {line.stratum: line for line in plan(groups(frame.entries, rules), ratio, design)}
    reasons = {e.case_id: labels(set(e.must) & set(rules)) or None for e in frame.entries}
    tickets = arranged(_ticket(e, seed, lines[e.stratum], design, reasons[e.case_id]) for e in frame.entries)
    picks = picked(tickets, {name: line.quota for name, line in lines.items()}, reasons)
    return Draw(frame, seed, str(ratio).strip(), rules, shares(lines.values(), picks), tickets, picks, design)


def need_some(frame: Frame) -> None:
    """Raise SampleError for a frame without cases."""
    if frame.size == 0:
        raise SampleError(
            f"{frame.period_from} 至 {frame.period_to} 没有可以抽取的办结案件。",
            f"请检查评查期间和台账的办结日期；另有 {len(frame.undated)} 件无法判断是否属于本期。",
        )


def picked(tickets: Iterable[Ticket], quotas: dict[str, int], reasons: dict[str, str | None]) -> tuple[Pick, ...]:
    """The first of each stratum, and those with a reason wherever they stand."""
    return tuple(
        Pick(*t[:5], "random" if t.position <= quotas[t.stratum] else "must", reasons.get(t.case_id), t.chance)
        for t in tickets
        if t.position <= quotas[t.stratum] or reasons.get(t.case_id)
    )


def shares(lines: Iterable[Places], picks: Iterable[Pick]) -> tuple[Share, ...]:
    """The allocation table of a draw, one line a stratum."""
    counts = Counter((pick.stratum, pick.picked_by) for pick in picks)
    return tuple(share(line, counts[line.stratum, "random"], counts[line.stratum, "must"]) for line in lines)


def share(line: Places, random: int, must: int) -> Share:
    """One line of it."""
    return Share(line.stratum, line.cases, line.quota, random, must, line.open, f"{float(line.due):.4f}", line.deviation)


def _ticket(entry: FrameEntry, seed: str, line: Places, design: Design, reason: str | None) -> Ticket:
    number = ticket(seed, entry.case_no)
    if design.must_mode == "counted" and reason:
        return Ticket(entry.case_id, entry.case_no, entry.stratum, number, 0)
    weight = risk_weight(entry.finding_level) if design.method == "pareto" else None
    return Ticket(entry.case_id, entry.case_no, entry.stratum, number, 0, weight, *line.chances[weight])
