"""The risk-weighted draw: who is likelier to be drawn, in which order, and with which chance.

Pareto πps sampling (Rosén 1997, J. Statist. Planning Inf. 62:135 and 62:159): the permanent random number u of a case and its target
chance p make its place u(1 − p)/(p(1 − u)); the n smallest are drawn. The order knows the targets only up to a common factor of their
odds, so that a longer stretch of the same order is a risk-weighted draw again: that is how a sample is enlarged.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import brentq
from scipy.stats import binom

from review.errors import SampleError

# Weight of a case by the highest level of its suspected problems.
WEIGHTS = {"严重": 4, "一般": 3, "提示": 2, "无": 1}
FIRST = -1.0  # place of a case that is sure to be drawn: before all others
EXACT_UP_TO = 2_000
_NODES, _NODE_WEIGHTS = np.polynomial.legendre.leggauss(400)


def risk_weight(finding_level: str | None) -> int | None:
    """Weight of a case: 严重 4, 一般 3, 提示 2, no suspected problem 1; None where it was not checked, which is not the same as none."""
    return None if finding_level is None else WEIGHTS[finding_level]


def proportional_chances(weights: Sequence[float], n: int) -> np.ndarray:
    """Chances that add up to n, in proportion to the weights; whoever would get more than 1 is surely drawn and the rest shared anew."""
    w = np.asarray(weights, dtype=float)
    if n > len(w) or (w <= 0).any():
        raise ValueError("weights must be positive and at least as many as places")
    chances, open_ = np.zeros(len(w)), np.ones(len(w), dtype=bool)
    while True:
        chances[open_] = (n - (~open_).sum()) * w[open_] / w[open_].sum() if open_.any() else chances[open_]
        over = open_ & (chances >= 1)
        if not over.any():
            return chances
        chances[over], open_ = 1.0, open_ & ~over


def places(u: Sequence[float], targets: Sequence[float]) -> np.ndarray:
    """u(1 − p)/(p(1 − u)) of each case, computed in this order in double precision; −1 for a case that is sure to be drawn (p = 1).

    Equal targets keep the order of u, so that the simple draw is the same with equal chances.
    """
    numbers, p = np.asarray(u, dtype=float), np.asarray(targets, dtype=float)
    with np.errstate(divide="ignore"):
        return np.where(p >= 1, FIRST, numbers * (1 - p) / (p * (1 - numbers)))


def pareto_order(u: Sequence[float], chances: Sequence[float]) -> np.ndarray:
    """Indices of the cases in the order of their :func:`places`; the first n are drawn."""
    return np.argsort(places(u, chances), kind="stable")


def stretched(targets: Sequence[float], n: int) -> np.ndarray:
    """Target chances of the first n of an order made with ``targets``: the same odds times one factor, adding up to n.

    Raises ValueError for more places than cases.
    """
    p = np.asarray(targets, dtype=float)
    sure = p >= 1
    left = n - int(sure.sum())
    if n > len(p):
        raise ValueError("more places than cases")
    if left <= 0:  # fewer places than sure cases: the order says nothing among them but the number itself
        return np.where(sure, n / max(1, int(sure.sum())), 0.0)
    if left == int((~sure).sum()):
        return np.ones(len(p))
    odds = p[~sure] / (1 - p[~sure])
    factor = np.exp(brentq(lambda x: (np.exp(x) * odds / (1 + np.exp(x) * odds)).sum() - left, -60, 60, xtol=1e-14))
    out = np.ones(len(p))
    out[~sure] = factor * odds / (1 + factor * odds)
    return out


def exact_chances(targets: Sequence[float], n: int) -> np.ndarray:
    """Chances that each case is among the first n of the order made with ``targets``, exactly up to rounding.

    The chance is the integral, over u of the case, of the chance that fewer than n others come before it; the others are counted by
    binomial laws, one for each different target. Beyond EXACT_UP_TO cases, where targets and chances agree to four digits, the targets
    themselves (stretched to n) are returned.
    """
    p = stretched(targets, n)
    open_ = (p < 1) & (p > 0)
    if n == len(p) or not open_.any() or len(p) > EXACT_UP_TO:
        return p
    values, group, counts = np.unique(p[open_], return_inverse=True, return_counts=True)
    left, x, w = n - int((p >= 1).sum()), (_NODES + 1) / 2, _NODE_WEIGHTS / 2
    odds = values / (1 - values)
    found = np.empty(len(values))
    for k in range(len(values)):
        scale = x / (1 - x) / odds[k]
        others = counts - (np.arange(len(values)) == k)
        found[k] = w @ _at_most(left - 1, scale[:, None] * odds / (1 + scale[:, None] * odds), others)
    out = p.copy()
    out[open_] = found[group] * (left / found[group].sum())  # what the integral misses in the tenth digit
    return out


def need_weights(levels: Sequence[str | None]) -> list[int]:
    """Weights of all cases; raises SampleError where some were never checked."""
    weights = [risk_weight(level) for level in levels]
    unknown = sum(weight is None for weight in weights)
    if unknown:
        raise SampleError(
            f"有 {unknown} 件案件导入后还没有运行过检查，风险大小不明，不能按风险加权抽取。",
            "请先在“检查规则”页运行检查，再重新冻结抽样框；或改用简单随机抽取。",
        )
    return weights


def _at_most(most: int, chances: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Chance that independent binomial counts add up to at most ``most``; chances: one row a node, one column a group."""
    total = np.zeros((len(chances), most + 1))
    total[:, 0] = 1
    length = 1 << (2 * most + 1).bit_length()
    for column, count in enumerate(counts):
        pmf = binom.pmf(np.arange(most + 1), count, chances[:, column : column + 1])
        total = np.fft.irfft(np.fft.rfft(total, length) * np.fft.rfft(pmf, length), length)[:, : most + 1]
    return total.clip(0, 1).sum(axis=1).clip(0, 1)
