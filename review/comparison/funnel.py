"""Funnel limits: how far a county's rate may lie from the whole by chance alone, given how many cases it has."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom, poisson

CONFIDENCES = (0.95, 0.998)


@dataclass(frozen=True)
class Overdispersion:
    """phi: mean squared z after winsorising (1: no more spread than chance); tau2: variance between units on the scale of the z."""

    phi: float
    tau2: float
    n: int
    winsorised: float
    method: str = "winsorised z"


@dataclass(frozen=True)
class FunnelUnit:
    """A county in the funnel. limits: confidence -> (low, high) as rates; outside: the widest limit that it is outside of, None inside;
    edge: the point lies beyond a limit, but so few are counted that chance alone brings that more often than the limit says."""

    name: str
    k: int
    n: int
    rate: float
    z: float
    limits: dict[float, tuple[float, float]]
    outside: float | None
    high: bool
    edge: bool = False


@dataclass(frozen=True)
class Funnel:
    """centre: rate of all units together; units in the order given; overdispersion: None with fewer than ``MIN_UNITS`` units;
    widened: the limits were widened by phi; exclusions: units left out, by reason; law: binomial (shares) or poisson (counts per n)."""

    centre: float
    units: tuple[FunnelUnit, ...]
    overdispersion: Overdispersion | None
    widened: bool
    n: int
    exclusions: dict[str, int]
    method: str
    law: str = "binomial"


METHODS = {"binomial": "二项精确界限", "poisson": "泊松精确界限"}
MIN_UNITS = 6  # below this the spread between units can't be told from chance


def binomial_limits(centre: float, n: int, confidence: float = 0.95) -> tuple[float, float]:
    """Exact interpolated limits of a share of n units around ``centre``.

    Spiegelhalter 2005, Statistics in Medicine 24:1185, appendix A.1.1: child heart surgery, 397 deaths of 3319; at n = 143 the limits
    are 0.065279 and 0.171991 (95%), 0.040485 and 0.207317 (99.8%).
    """
    tail = (1 - confidence) / 2
    return _interpolated(binom(n, centre), tail, n), _interpolated(binom(n, centre), 1 - tail, n)


def poisson_limits(centre: float, exposure: float, confidence: float = 0.95) -> tuple[float, float]:
    """Exact interpolated limits of a count per unit of exposure around ``centre`` (Spiegelhalter 2005, appendix A.1.1)."""
    tail = (1 - confidence) / 2
    law = poisson(centre * exposure)
    return _interpolated(law, tail, exposure), _interpolated(law, 1 - tail, exposure)


def unlikely(k: int, n: int, centre: float, confidence: float, law: str = "binomial") -> bool:
    """Whether so many or more, or so few or fewer, come with at most the chance that the tail of ``confidence`` has.

    The interpolated limits run through the middle of a count: of few, a count right at the limit lies beyond it more often than it says.
    """
    of = binom(n, centre) if law == "binomial" else poisson(centre * n)
    return bool(min(of.cdf(k), of.sf(k - 1)) <= (1 - confidence) / 2)


def _interpolated(law, p: float, size: float) -> float:
    """The p quantile of a discrete law, moved between two counts so that the tail is exactly p, as a rate."""
    r = float(law.ppf(p))
    upto, before = float(law.cdf(r)), float(law.cdf(r - 1))
    part = (upto - p) / (upto - before) if upto > before else 0.0
    return max(0.0, (r - part) / size)


def overdispersion(z: Sequence[float], variances: Sequence[float], winsorised: float = 0.1) -> Overdispersion:
    """How much wider units lie than chance allows. ``variances``: of each unit's indicator on the scale where z was taken.

    z beyond the ``winsorised`` and 1 − ``winsorised`` quantiles (linear interpolation between order statistics, R type 7) are pulled in
    to them, so that one bad unit does not excuse itself. Spiegelhalter 2005, section 4; DerSimonian and Laird 1986 for tau². Worked
    example: six units of FunnelPlotR, as they are (``winsorised`` 0): phi 2.948033, tau² 0.01947753.
    """
    values = np.asarray(z, dtype=float)
    low, high = np.quantile(values, [winsorised, 1 - winsorised])
    phi = float(np.mean(np.clip(values, low, high) ** 2))
    n, weights = values.size, 1 / np.asarray(variances, dtype=float)
    spare = weights.sum() - (weights**2).sum() / weights.sum() if n > 1 else 0.0
    tau2 = (n * phi - (n - 1)) / spare if spare > 0 else 0.0
    return Overdispersion(phi, max(0.0, float(tau2)), n, winsorised)


def rate_funnel(names: Sequence[str], k: Sequence[int], n: Sequence[int], widen: bool = True) -> Funnel:
    """Funnel of shares k of n per county around the share of all; counties without units are left out and counted.

    With at least six units and phi above 1 the limits are widened by sqrt(phi) (multiplicative over-dispersion, Spiegelhalter 2005).
    """
    if any(not 0 <= hits <= size for hits, size in zip(k, n, strict=True)):
        raise ValueError("every k must lie between 0 and n")
    return _funnel(names, k, n, widen, "binomial")


def count_funnel(names: Sequence[str], k: Sequence[int], n: Sequence[int], widen: bool = True) -> Funnel:
    """Funnel of k things per n units (findings per case: one case may have several), with Poisson limits; else as rate_funnel."""
    if any(hits < 0 or size < 0 or (hits and not size) for hits, size in zip(k, n, strict=True)):
        raise ValueError("every k and n must be at least 0, and nothing is counted where there is no unit")
    return _funnel(names, k, n, widen, "poisson")


def _funnel(names: Sequence[str], k: Sequence[int], n: Sequence[int], widen: bool, law: str) -> Funnel:
    counts, sizes = np.asarray(k, dtype=int), np.asarray(n, dtype=int)
    kept = sizes > 0
    exclusions = {"没有可判案件的县区": int((~kept).sum())} if (~kept).any() else {}
    total, method = int(sizes.sum()), METHODS[law]
    if not total:
        return Funnel(0.0, (), None, False, 0, exclusions, method, law)
    centre = float(counts.sum() / total)
    spread = np.sqrt(np.maximum(centre * (1 - centre if law == "binomial" else 1), 1e-12) / np.maximum(sizes, 1))
    z = np.where(kept, (counts / np.maximum(sizes, 1) - centre) / spread, 0.0)
    varies = 0 < centre < 1 if law == "binomial" else centre > 0
    found = overdispersion(z[kept], spread[kept] ** 2) if kept.sum() >= MIN_UNITS and varies else None
    widened = widen and found is not None and found.phi > 1
    stretch = float(np.sqrt(found.phi)) if widened else 1.0
    units = []
    for i in np.flatnonzero(kept):
        limits = {c: _limits(centre, int(sizes[i]), c, stretch, law) for c in CONFIDENCES}
        rate = counts[i] / sizes[i]
        beyond = [c for c, (low, high) in limits.items() if not low - 1e-12 <= rate <= high + 1e-12]
        outside = max((c for c in beyond if unlikely(int(counts[i]), int(sizes[i]), centre, c, law)), default=None)
        figures = names[i], int(counts[i]), int(sizes[i]), float(rate), float(z[i])
        units.append(FunnelUnit(*figures, limits, outside, bool(rate > centre), bool(beyond) and outside is None))
    return Funnel(centre, tuple(units), found, widened, total, exclusions, method + ("，按离散程度放宽" if widened else ""), law)


def limit_curve(funnel: Funnel, sizes: Sequence[int]) -> dict[float, list[tuple[float, float]]]:
    """Limits of the funnel at the given n, for drawing: confidence -> [(low, high)]."""
    stretch = np.sqrt(funnel.overdispersion.phi) if funnel.widened else 1.0
    return {c: [_limits(funnel.centre, n, c, stretch, funnel.law) for n in sizes] for c in CONFIDENCES}


def _limits(centre: float, n: int, confidence: float, stretch: float, law: str) -> tuple[float, float]:
    """Exact limits; widened ones keep the exact limit's distance from the centre times the stretch."""
    if law == "poisson":
        low, high, most = *(poisson_limits(centre, n, confidence) if centre > 0 else (centre, centre)), float("inf")
    else:
        low, high, most = *(binomial_limits(centre, n, confidence) if 0 < centre < 1 else (centre, centre)), 1.0
    return max(0.0, centre - (centre - low) * stretch), min(most, centre + (high - centre) * stretch)
