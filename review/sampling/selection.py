"""The draw itself, without a database: a pure function of frame, seed, ratio and strata.

Permanent random numbers: every case has a ticket made of the seed and its number alone, and the smallest tickets of a
stratum are drawn (sequential simple random sampling, Ohlsson 1995). Whoever has the printed frame can repeat it in any
language, and a case that comes late moves nobody else's ticket.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from review.errors import SampleError
from review.sampling.allocation import allocate, parse_ratio
from review.sampling.frame import Frame
from review.sampling.must_review import DEFAULT_RULES, checked_rules, labels

METHOD = "permanent-random-numbers-1"
_TICKETS = 16**13  # 52 bits: every ticket is exact in a double


class Ticket(NamedTuple):
    """A case in the order of its stratum: ``position`` 1 has the smallest ``ticket``."""

    case_id: str
    case_no: str
    stratum: str
    ticket: float
    position: int


class Pick(NamedTuple):
    """A drawn case; picked_by "random" or "must"; must_reason is set for random picks too where a rule holds."""

    case_id: str
    case_no: str
    stratum: str
    ticket: float
    position: int
    picked_by: str
    must_reason: str | None


class Share(NamedTuple):
    """One line of the allocation: cases of the stratum, quota, drawn at random, added by must-review rules."""

    stratum: str
    cases: int
    quota: int
    random: int
    must: int


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
    return int(hashlib.sha256(f"{seed}|{case_no}".encode()).hexdigest()[:13], 16) / _TICKETS


def order(entries: Iterable[tuple[str, str, str]], seed: str) -> tuple[Ticket, ...]:
    """Tickets of (case_id, case_no, stratum), strata in code-point order, within them ascending; ties by case_no, then case_id."""
    strata = defaultdict(list)
    for case_id, case_no, stratum in entries:
        strata[stratum].append((ticket(seed, case_no), case_no, case_id))
    return tuple(
        Ticket(case_id, case_no, stratum, u, position)
        for stratum in sorted(strata)
        for position, (u, case_no, case_id) in enumerate(sorted(strata[stratum]), 1)
    )


def draw(
    frame: Frame,
    seed: str,
    ratio: str | Fraction,
    by: str | None = None,
    must_rules: Iterable[str] = DEFAULT_RULES,
) -> Draw:
    """Draw a sample from ``frame``; ``by`` re-stratifies it first. Nothing but the arguments enters the result.

    The random part is drawn over the whole frame without regard to the must-review rules, so it is never empty; a case
    that is both is marked random, with its reason. Raises SampleError for an empty frame, an empty seed, a ratio below 20%.
    """
    seed = seed.strip()
    if not seed:
        raise SampleError("没有填写随机种子。", "请填写一句公开约定的话或一个公开的号码，例如当期彩票号码。")
    if by is not None and by != frame.by:
        frame = frame.stratified(by)
    parse_ratio(ratio)
    if frame.size == 0:
        raise SampleError(
            f"{frame.period_from} 至 {frame.period_to} 没有可以抽取的办结案件。",
            f"请检查评查期间和台账的办结日期；另有 {len(frame.undated)} 件无法判断是否属于本期。",
        )
    rules = checked_rules(must_rules)
    quotas = allocate(frame.sizes, ratio)
    reasons = {entry.case_id: labels(set(entry.must) & set(rules)) or None for entry in frame.entries}
    tickets = order(((entry.case_id, entry.case_no, entry.stratum) for entry in frame.entries), seed)
    picks = tuple(
        Pick(*t, "random" if t.position <= quotas[t.stratum] else "must", reasons[t.case_id])
        for t in tickets
        if t.position <= quotas[t.stratum] or reasons[t.case_id]
    )
    return Draw(frame, seed, _as_given(ratio), rules, shares(frame.sizes, quotas, picks), tickets, picks)


def shares(sizes: dict[str, int], quotas: dict[str, int], picks: Iterable[Pick]) -> tuple[Share, ...]:
    """The allocation table of a draw, one line a stratum."""
    counts = defaultdict(int)
    for pick in picks:
        counts[pick.stratum, pick.picked_by] += 1
    return tuple(Share(s, n, quotas[s], counts[s, "random"], counts[s, "must"]) for s, n in sizes.items())


def _as_given(ratio: str | Fraction) -> str:
    return str(ratio).strip()
