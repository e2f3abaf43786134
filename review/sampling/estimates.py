"""From the reviewed sample to all cases of the frame: design-based estimates with the finite population correction."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, sqrt

import numpy as np
from scipy.stats import beta, t

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Estimate:
    """A mean (of yes/no values: a share) over all cases, or a total.

    error: standard error, None where a stratum of several cases gave only one; low, high: interval, None without an error; n: reviewed
    cases; frame: all cases they stand for; exclusions: strata or cases left out, by reason.
    """

    estimate: float
    error: float | None
    low: float | None
    high: float | None
    n: int
    frame: int
    method: str
    exclusions: dict[str, int]


def stratified_mean(
    values: Sequence[float], strata: Sequence[Hashable], sizes: Mapping[Hashable, int], confidence: float = CONFIDENCE
) -> Estimate:
    """Mean over all cases from simple random samples within strata; ``sizes``: cases of each stratum of the frame.

    Cochran 1977, Sampling Techniques, ch. 5; the interval uses Student's t with n − L degrees. Worked example: apistrat of R's survey,
    api00 by stype: 662.28736, standard error 9.40894. Strata without a reviewed case are left out and counted. Raises ValueError for a
    stratum that the sizes do not name or that gave more cases than it has.
    """
    groups, left_out = _by_stratum(values, strata, sizes)
    frame = sum(sizes[h] for h in groups)
    if not frame:
        return Estimate(0.0, None, None, None, 0, 0, "分层均值", left_out)
    mean = sum(sizes[h] * v.mean() for h, v in groups.items()) / frame
    error = _stratified_error(groups, sizes, frame)
    n = sum(len(v) for v in groups.values())
    low, high = (None, None) if error is None else _interval(mean, error, n - len(groups), confidence)
    return Estimate(float(mean), error, low, high, n, frame, "分层均值", left_out)


def stratified_share(
    faulty: Sequence[bool], strata: Sequence[Hashable], sizes: Mapping[Hashable, int], confidence: float = CONFIDENCE
) -> Estimate:
    """Share of faulty cases over all strata, with an interval that also holds for few cases and for none found.

    Korn and Graubard 1998, Survey Methodology 24:193: Clopper-Pearson limits with the effective sample size, which is the reviewed
    cases divided by the design effect; what is left of the frame beside the sample enters through the finite population correction.
    """
    values = [float(v) for v in faulty]
    plain = stratified_mean(values, strata, sizes, confidence)
    if not plain.frame:
        return plain
    share, n = plain.estimate, plain.n
    if n == plain.frame:
        return Estimate(share, 0.0, share, share, n, plain.frame, "全部评查", plain.exclusions)
    left = 1 - n / plain.frame
    spread = share * (1 - share) / n * left
    effective = n / left
    if plain.error and spread:
        effective = min(effective, share * (1 - share) / plain.error**2)
    k, tail = share * effective, (1 - confidence) / 2
    low = float(beta.ppf(tail, k, effective - k + 1)) if k > 0 else 0.0
    high = float(beta.ppf(1 - tail, k + 1, effective - k)) if k < effective else 1.0
    return Estimate(share, plain.error, low, high, n, plain.frame, "分层比例（有效样本量的精确界限）", plain.exclusions)


def horvitz_thompson(
    values: Sequence[float], chances: Sequence[float], frame: int | None = None, confidence: float = CONFIDENCE
) -> Estimate:
    """Total over all cases from cases drawn with unequal chances (inclusion probabilities), or their mean when ``frame`` is given.

    Horvitz and Thompson 1952; variance of Hájek 1964 for high-entropy designs such as Pareto πps (Rosén 1997). Raises ValueError for a
    chance outside (0, 1].
    """
    y, pi = np.asarray(values, dtype=float), np.asarray(chances, dtype=float)
    if ((pi <= 0) | (pi > 1)).any():
        raise ValueError("every chance must lie above 0 and be at most 1")
    n, scale = len(y), 1 if frame is None else frame
    total = float((y / pi).sum())
    uncertain = pi < 1
    spare = int(uncertain.sum())
    if spare == 0:
        return Estimate(total / scale, 0.0, total / scale, total / scale, n, frame or n, "全部评查", {})
    if spare == 1:
        return Estimate(total / scale, None, None, None, n, frame or n, "Horvitz-Thompson", {})
    weight, expanded = 1 - pi[uncertain], y[uncertain] / pi[uncertain]
    centre = (weight * expanded).sum() / weight.sum()
    error = sqrt(spare / (spare - 1) * (weight * (expanded - centre) ** 2).sum()) / scale
    low, high = _interval(total / scale, error, spare - 1, confidence)
    return Estimate(total / scale, error, low, high, n, frame or n, "Horvitz-Thompson", {})


def _by_stratum(values, strata, sizes) -> tuple[dict, dict[str, int]]:
    if len(values) != len(strata):
        raise ValueError("values and strata must have one entry each")
    groups: dict[Hashable, list[float]] = {}
    for value, stratum in zip(values, strata, strict=True):
        if stratum not in sizes:
            raise ValueError(f"stratum {stratum} has no size")
        groups.setdefault(stratum, []).append(float(value))
    for stratum, found in groups.items():
        if len(found) > sizes[stratum]:
            raise ValueError(f"stratum {stratum} gave more cases than it has")
    empty = sum(size for stratum, size in sizes.items() if stratum not in groups)
    return {h: np.array(v) for h, v in groups.items()}, {"没有评查过案件的层": empty} if empty else {}


def _stratified_error(groups, sizes, frame: int) -> float | None:
    variance = 0.0
    for stratum, found in groups.items():
        size, n = sizes[stratum], len(found)
        if n == size:
            continue
        if n == 1:
            return None
        variance += size**2 * (1 - n / size) * found.var(ddof=1) / n
    return sqrt(variance) / frame


def _interval(centre: float, error: float, degrees: int, confidence: float) -> tuple[float, float]:
    reach = float(t.ppf(1 - (1 - confidence) / 2, degrees)) * error if degrees > 0 else inf if error else 0.0
    return float(centre - reach), float(centre + reach)
