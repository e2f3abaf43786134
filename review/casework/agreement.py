"""Whether two reviewers of one case come to the same result: Krippendorff's alpha, raw agreement, Gwet's AC1, and what to talk over."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from krippendorff import alpha as krippendorff_alpha
from scipy.stats import t

LEVELS = ("nominal", "ordinal", "interval", "ratio")


@dataclass(frozen=True)
class Agreement:
    """Agreement over the units that at least two reviewers judged.

    alpha: Krippendorff's alpha, None where nobody differs in anything (nothing to tell chance from); raw: share of agreeing pairs of
    ratings, mean over units; ac1: Gwet's AC1 with its interval; units: judged at least twice; ratings: all of them; exclusions.
    """

    alpha: float | None
    level: str
    raw: float | None
    ac1: float | None
    ac1_low: float | None
    ac1_high: float | None
    units: int
    ratings: int
    exclusions: dict[str, int]


def agreement(ratings: Mapping[Hashable, Mapping[Hashable, float]], level: str = "ordinal", confidence: float = 0.95) -> Agreement:
    """``ratings``: unit -> reviewer -> rating (numbers in their order); a missing reviewer is a missing rating, never a category.

    Krippendorff 2011 (four observers: nominal 0.743421, ordinal 0.815388, interval 0.849107, ratio 0.797403); Gwet 2008, Brit. J. Math.
    Stat. Psychol. 61:29 (AC1 of the same data 0.77544). Raises ValueError for an unknown level of measurement.
    """
    if level not in LEVELS:
        raise ValueError(f"unknown level {level}")
    judged = {unit: list(given.values()) for unit, given in ratings.items() if given}
    several = {unit: given for unit, given in judged.items() if len(given) > 1}
    total = sum(map(len, judged.values()))
    exclusions = {"只有一人评查": len(judged) - len(several)} if len(judged) > len(several) else {}
    if not several:
        return Agreement(None, level, None, None, None, None, 0, total, exclusions)
    values = sorted({v for given in judged.values() for v in given})
    counts = np.array([[given.count(v) for v in values] for given in judged.values()], dtype=float)
    paired = counts[counts.sum(axis=1) > 1]
    differ = (paired > 0).any(axis=0).sum() > 1
    alpha = float(krippendorff_alpha(value_counts=paired, value_domain=values, level_of_measurement=level)) if differ else None
    raw = float(_pairs(paired).mean())
    return Agreement(alpha, level, raw, *_ac1(counts, confidence), len(several), total, exclusions)


def to_talk_over(ratings: Mapping[Hashable, Mapping[Hashable, float]]) -> list[Hashable]:
    """Units on which reviewers differ, the widest differences first, then in the order given."""
    spread = {unit: max(given.values()) - min(given.values()) for unit, given in ratings.items() if len(given) > 1}
    return sorted((unit for unit, wide in spread.items() if wide), key=lambda unit: -spread[unit])


def _pairs(counts: np.ndarray) -> np.ndarray:
    """Share of agreeing pairs of ratings in each unit."""
    sizes = counts.sum(axis=1)
    return (counts * (counts - 1)).sum(axis=1) / (sizes * (sizes - 1))


def _ac1(counts: np.ndarray, confidence: float) -> tuple[float | None, float | None, float | None]:
    """AC1 with the interval of Gwet 2014, Handbook of Inter-Rater Reliability, ch. 5; None where there is one category only."""
    n, categories = counts.shape
    if categories < 2:
        return None, None, None
    shares = counts / counts.sum(axis=1)[:, None]
    prevalence = shares.mean(axis=0)
    expected = float((prevalence * (1 - prevalence)).sum() / (categories - 1))
    several = counts.sum(axis=1) > 1
    agreed = np.zeros(n)
    agreed[several] = _pairs(counts[several])
    value = (agreed[several].mean() - expected) / (1 - expected)
    if n < 2:
        return float(value), None, None
    own = np.where(several, n / several.sum() * (agreed - expected) / (1 - expected), 0.0)
    own_expected = (shares * (1 - prevalence)).sum(axis=1) / (categories - 1)
    moved = own - 2 * (1 - value) * (own_expected - expected) / (1 - expected)
    reach = float(t.ppf(1 - (1 - confidence) / 2, n - 1)) * sqrt(((moved - value) ** 2).sum() / (n * (n - 1)))
    return float(value), float(max(-1.0, value - reach)), float(min(1.0, value + reach))


def as_ratings(rows: Sequence[tuple[Hashable, Hashable, float | None]]) -> dict[Hashable, dict[Hashable, float]]:
    """(unit, reviewer, rating or None) as the mapping that :func:`agreement` takes; None is left out."""
    out: dict[Hashable, dict[Hashable, float]] = {}
    for unit, reviewer, rating in rows:
        if rating is not None:
            out.setdefault(unit, {})[reviewer] = rating
    return out
