"""Shares of shares from a sample: of the program's suspects how many were right, of the problems how many it missed.

Such a share divides two totals that are both known from the sample only, so it is a ratio estimate with linearised variance
(Särndal, Swensson and Wretman 1992, Model Assisted Survey Sampling, ch. 5); equal and unequal chances are one formula here.
"""

from collections.abc import Hashable, Sequence
from math import sqrt

import numpy as np
from scipy.stats import beta

from review.sampling.estimates import CONFIDENCE, Estimate


def ratio_share(
    parts: Sequence[float],
    wholes: Sequence[float],
    chances: Sequence[float],
    strata: Sequence[Hashable],
    confidence: float = CONFIDENCE,
) -> Estimate:
    """Total of ``parts`` over total of ``wholes`` in the frame; one entry a reviewed case of the random part, 0 ≤ part ≤ whole.

    chances: inclusion probabilities, in (0, 1]; strata: those of the draw. Interval of Korn and Graubard 1998 with the effective number of
    cases that have a whole at all, so it also holds where none or all of few were right. n: those cases; frame: about how many they stand
    for. Raises ValueError for a chance outside (0, 1].
    """
    a, b, pi = (np.asarray(v, dtype=float) for v in (parts, wholes, chances))
    _check(pi)
    w = 1 / pi
    known, base = b > 0, float((w * b).sum())
    n, frame = int(known.sum()), round(float(w[known].sum()))
    if not base:
        return Estimate(0.0, None, None, None, 0, 0, "比率估计", {})
    ratio = float((w * a).sum()) / base
    variance = stratified_variance(a - ratio * b, pi, strata)
    return _with_limits(ratio, variance and variance / base**2, w[known], frame, n, confidence, "比率估计（有效样本量的精确界限）")


def weighted_share(
    faulty: Sequence[bool], chances: Sequence[float], strata: Sequence[Hashable], frame: int, confidence: float = CONFIDENCE
) -> Estimate:
    """Share of faulty cases among ``frame`` cases from a draw with unequal chances within strata: Horvitz and Thompson 1952.

    Variance of Hájek 1964 stratum by stratum, interval of Korn and Graubard 1998. Raises ValueError for a chance outside (0, 1].
    """
    y, pi = np.asarray(faulty, dtype=float), np.asarray(chances, dtype=float)
    _check(pi)
    if len(y) == 0:
        return Estimate(0.0, None, None, None, 0, frame, "Horvitz-Thompson", {})
    share = min(1.0, float((y / pi).sum()) / frame)
    variance = stratified_variance(y, pi, strata)
    return _with_limits(
        share, variance and variance / frame**2, 1 / pi, frame, len(y), confidence, "Horvitz-Thompson（有效样本量的精确界限）"
    )


def stratified_variance(values: Sequence[float], chances: Sequence[float], strata: Sequence[Hashable]) -> float | None:
    """Variance of the Horvitz-Thompson total, Hájek's for each stratum; with equal chances it is that of simple random sampling.

    Strata with one uncertain case are taken together, which errs upwards (collapsed strata, Cochran 1977, 5A.12); None where that leaves
    one such case alone.
    """
    groups: dict[Hashable, list[int]] = {}
    for k, (chance, stratum) in enumerate(zip(chances, strata, strict=True)):
        if chance < 1:
            groups.setdefault(stratum, []).append(k)
    alone = [places[0] for places in groups.values() if len(places) == 1]
    several = [places for places in groups.values() if len(places) > 1]
    if len(alone) == 1 and not several:
        return None
    if len(alone) == 1:
        several[-1] = several[-1] + alone
    elif alone:
        several.append(alone)
    y, pi = np.asarray(values, dtype=float), np.asarray(chances, dtype=float)
    total = 0.0
    for places in several:
        weight, expanded, n = 1 - pi[places], y[places] / pi[places], len(places)
        centre = (weight * expanded).sum() / weight.sum()
        total += n / (n - 1) * float((weight * (expanded - centre) ** 2).sum())
    return total


def most_hidden(chances: Sequence[float], risk: float = 1 - CONFIDENCE) -> int:
    """Most faulty cases among those not drawn (their ``chances``) when no drawn one is faulty: they hide where the draw hits least.

    A set of cases escapes a draw with chances pᵢ by Pareto πps with at most about the product of 1 − pᵢ; the longest set, smallest chances
    first, that still escapes with more than ``risk`` is the answer.
    """
    escaped, most = 1.0, 0
    for chance in sorted(chances):
        escaped *= 1 - chance
        if escaped <= risk:
            break
        most += 1
    return most


def _with_limits(share: float, variance: float | None, weights: np.ndarray, frame: int, n: int, confidence: float, method: str) -> Estimate:
    if n >= frame:
        return Estimate(share, 0.0, share, share, n, frame, "全部评查", {})
    effective = float(weights.sum() ** 2 / (weights**2).sum()) / (1 - n / frame)
    if variance and 0 < share < 1:
        effective = min(effective, share * (1 - share) / variance)
    k, tail = share * effective, (1 - confidence) / 2
    low = float(beta.ppf(tail, k, effective - k + 1)) if k > 0 else 0.0
    high = float(beta.ppf(1 - tail, k + 1, effective - k)) if k < effective else 1.0
    return Estimate(share, None if variance is None else sqrt(variance), low, high, n, frame, method, {})


def _check(chances: np.ndarray) -> None:
    if ((chances <= 0) | (chances > 1)).any():
        raise ValueError("every chance must lie above 0 and be at most 1")
