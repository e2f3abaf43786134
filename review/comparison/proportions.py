"""Shares with their denominator and an honest interval."""

from dataclasses import dataclass

from scipy.stats import binomtest, fisher_exact

METHODS = {"wilson": "wilson", "exact": "exact"}


@dataclass(frozen=True)
class Share:
    """k of n. estimate, low, high: share and its interval, None with n = 0; method: of the interval; exclusions: left out, by reason."""

    k: int
    n: int
    estimate: float | None
    low: float | None
    high: float | None
    method: str
    exclusions: dict[str, int]


@dataclass(frozen=True)
class ShareDifference:
    """Two shares. estimate: first minus second, in points of 1; p: two-sided exact probability of so large a difference without a cause."""

    first: Share
    second: Share
    estimate: float
    p: float
    method: str

    @property
    def n(self) -> int:
        """Units in both."""
        return self.first.n + self.second.n


def share(k: int, n: int, confidence: float = 0.95, method: str = "wilson", exclusions: dict[str, int] | None = None) -> Share:
    """k of n with its interval: Wilson (score) or exact (Clopper-Pearson).

    Worked example: Newcombe 1998, Statistics in Medicine 17:857: 81 of 263 gives 0.2553 to 0.3662 (Wilson) and 0.2527 to 0.3676
    (exact). Raises ValueError for k outside 0 … n and for an unknown method.
    """
    if not 0 <= k <= n:
        raise ValueError(f"k = {k} is not between 0 and n = {n}")
    if method not in METHODS:
        raise ValueError(f"unknown interval {method}")
    left_out = exclusions or {}
    if n == 0:
        return Share(0, 0, None, None, None, method, left_out)
    interval = binomtest(k, n).proportion_ci(confidence, METHODS[method])
    return Share(k, n, k / n, float(interval.low), float(interval.high), method, left_out)


def share_difference(k1: int, n1: int, k2: int, n2: int) -> ShareDifference:
    """First share minus second, with Fisher's exact two-sided p (Fisher 1935); raises ValueError where one has no units."""
    if not n1 or not n2:
        raise ValueError("both shares need at least one unit")
    first, second = share(k1, n1), share(k2, n2)
    p = float(fisher_exact([[k1, n1 - k1], [k2, n2 - k2]]).pvalue)
    return ShareDifference(first, second, first.estimate - second.estimate, min(p, 1.0), "Fisher")
