"""A share over time: which periods lie outside chance, and whether the run of points says that something moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from scipy.stats import binom

from review.comparison.funnel import binomial_limits, unlikely

MIN_PERIODS = 12  # useful points below which runs say nothing
CONFIDENCE = 0.998


@dataclass(frozen=True)
class Period:
    """A period: k of n; rate, limits: None without units; outside: the rate lies beyond the limits."""

    name: str
    k: int
    n: int
    rate: float | None
    low: float | None
    high: float | None
    outside: bool


@dataclass(frozen=True)
class Runs:
    """longest: longest run of points on one side of the centre, at most ``longest_allowed`` by chance; crossings: how often the line
    crosses it, at least ``crossings_expected`` by chance; shifted: one of the two is broken. useful: points off the centre."""

    useful: int
    longest: int
    longest_allowed: int
    crossings: int
    crossings_expected: int
    shifted: bool
    method: str = "Anhøj 游程规则"


@dataclass(frozen=True)
class Trend:
    """centre: share over all periods; runs: None with fewer than ``MIN_PERIODS`` useful points."""

    centre: float | None
    periods: tuple[Period, ...]
    runs: Runs | None
    n: int
    exclusions: dict[str, int]
    method: str = "二项精确界限（99.8%）"


def trend(names: Sequence[str], k: Sequence[int], n: Sequence[int]) -> Trend:
    """Shares k of n in consecutive periods, oldest first, each against the share of all with exact limits (Spiegelhalter 2005)."""
    total, units = sum(k), sum(n)
    empty = sum(1 for size in n if not size)
    exclusions = {"没有案件的时段": empty} if empty else {}
    if not units:
        return Trend(None, tuple(Period(name, 0, 0, None, None, None, False) for name in names), None, 0, exclusions)
    centre = total / units
    periods = []
    for name, hits, size in zip(names, k, n, strict=True):
        if not size:
            periods.append(Period(name, 0, 0, None, None, None, False))
            continue
        low, high = binomial_limits(centre, size, CONFIDENCE) if 0 < centre < 1 else (centre, centre)
        high, rate = min(1.0, high), hits / size
        outside = not low - 1e-12 <= rate <= high + 1e-12 and unlikely(hits, size, centre, CONFIDENCE)
        periods.append(Period(name, hits, size, rate, low, high, outside))
    return Trend(centre, tuple(periods), runs([p.rate for p in periods if p.rate is not None]), units, exclusions)


def runs(values: Sequence[float]) -> Runs | None:
    """Runs around the median of the values; points on the median are not used.

    Anhøj and Olesen 2014, PLoS ONE 9(11) e113825: a shift is signalled by a run longer than log2(n) + 3 (rounded), or by fewer crossings
    than the lower 5% point of a binomial law with n − 1 trials. None with too few useful points.
    """
    ordered = sorted(values)
    middle = len(ordered) // 2
    median = (ordered[middle] + ordered[-middle - 1]) / 2 if ordered else 0.0
    sides = [v > median for v in values if abs(v - median) > 1e-12]
    if len(sides) < MIN_PERIODS:
        return None
    crossings = sum(a != b for a, b in zip(sides, sides[1:], strict=False))
    longest = length = 1
    for a, b in zip(sides, sides[1:], strict=False):
        length = length + 1 if a == b else 1
        longest = max(longest, length)
    allowed, expected = round(log2(len(sides)) + 3), int(binom.ppf(0.05, len(sides) - 1, 0.5))
    return Runs(len(sides), longest, allowed, crossings, expected, longest > allowed or crossings < expected)
