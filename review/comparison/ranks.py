"""Ordered values (bands) of two or more groups, compared within strata: van Elteren's test, its form for k groups, small n exactly.

Bands are ordinal: only their order counts, never their sum. Within a stratum (a comparable group) everybody is ranked together, ties
share a mean rank; strata are joined with the weights 1/(N + 1) of van Elteren 1960, Bull. Inst. Int. Statist. 37:351, which are the
best ones when the shift is the same in every stratum. One stratum gives the plain Wilcoxon or Kruskal-Wallis test with ties.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr
from scipy.stats import chi2

METHODS = ("asymptotic", "permutation", "exact", "auto")
SEED = 20190901  # permutations are drawn with a seed of the program, so that the same ledger gives the same p
DRAWS = 9999
MANY_DRAWS = 1999  # of more than two groups, whose p is told but decides nothing
EXACT_WORK = 2_000_000  # cell updates up to which every arrangement is counted
NEVER_EXACT = 200  # people on the smaller sides of all strata from which counting every arrangement is beyond EXACT_WORK in any case
MANY = 5_000  # people of more than two groups up to which a p is drawn where the chi-square law may be off
LARGE = 30  # from so many in the smaller group on, and twice that in all, the normal law is close enough


@dataclass(frozen=True)
class RankTest:
    """Result of a rank test.

    statistic: chi-square of df degrees (two groups: z squared); z: positive when the first group lies higher, None for more than two
    groups; p: two-sided, by ``method`` (正态近似, 精确, 置换 or 卡方近似); n: values used; exclusions: left out, by reason.
    """

    groups: tuple
    statistic: float
    df: int
    z: float | None
    p: float
    method: str
    n: int
    strata: int
    exclusions: dict[str, int]


@dataclass(frozen=True)
class _Stratum:
    """counts[k, v]: how often group k has the v-th distinct value; scores[v]: mean rank of that value among all of the stratum."""

    counts: np.ndarray
    scores: np.ndarray

    @property
    def size(self) -> int:
        return int(self.counts.sum())

    @property
    def weight(self) -> float:
        return 1 / (self.size + 1)

    @property
    def centre(self) -> float:
        return (self.size + 1) / 2


def van_elteren(
    values: Sequence[float], groups: Sequence[Hashable], strata: Sequence[Hashable], method: str = "asymptotic", seed: int = SEED
) -> RankTest:
    """Two groups compared within strata. ``method``: asymptotic, permutation, exact, or auto (exact where cheap, else as n allows).

    The first group is the one that sorts first. Worked example: ToothGrowth of R, len by supp within dose: z 2.993715, p 0.002756.
    Raises ValueError unless there are exactly two groups.
    """
    test = stratified_ranks(values, groups, strata, method, seed)
    if len(test.groups) != 2:
        raise ValueError("van Elteren's test compares two groups")
    return test


def kruskal_wallis(values: Sequence[float], groups: Sequence[Hashable], method: str = "asymptotic", seed: int = SEED) -> RankTest:
    """k groups without strata. Worked example: Hollander and Wolfe 1973, mucociliary clearance: H 0.771429, p 0.679965."""
    return stratified_ranks(values, groups, [0] * len(values), method, seed)


def stratified_ranks(
    values: Sequence[float], groups: Sequence[Hashable], strata: Sequence[Hashable], method: str = "asymptotic", seed: int = SEED
) -> RankTest:
    """k groups compared within strata; strata with a single group take no part and are counted in the exclusions.

    The weighted sums of ranks of the groups are held against their variance matrix over all arrangements within strata: a chi-square
    of k − 1 degrees, for k = 2 van Elteren's, for one stratum Kruskal and Wallis's.
    """
    if not len(values) == len(groups) == len(strata):
        raise ValueError("values, groups and strata must have one entry each")
    names, group = np.unique(np.asarray(groups), return_inverse=True)
    values, (_, stratum) = np.asarray(values, dtype=float), np.unique(np.asarray(strata), return_inverse=True)
    tables = []
    for h in range(stratum.max(initial=-1) + 1):
        mine = stratum == h
        distinct, value = np.unique(values[mine], return_inverse=True)
        table = np.zeros((len(names), len(distinct)), dtype=int)
        np.add.at(table, (group[mine], value), 1)
        tables.append(table)
    return ranks_of_counts(tables, names.tolist(), method, seed)


def ranks_of_counts(tables: Sequence[np.ndarray], names: Sequence[Hashable], method: str = "asymptotic", seed: int = SEED) -> RankTest:
    """The same from counts: one table a stratum, ``table[k, v]`` how often group ``names[k]`` has the v-th value, values ascending."""
    if method not in METHODS:
        raise ValueError(f"unknown method {method}")
    cube = _stacked(tables, len(names))
    compared = (cube.sum(axis=2) > 0).sum(axis=1) > 1
    left_out, cube = int(cube[~compared].sum()), cube[compared]
    present = np.flatnonzero(cube.sum(axis=(0, 2)) > 0)
    cube = cube[:, present]
    groups, n = tuple(names[k] for k in present), int(cube.sum())
    exclusions = {"只有一方的层": left_out} if left_out else {}
    if len(groups) < 2:
        return RankTest(groups, 0.0, 0, None, 1.0, "无可比较", n, 0, exclusions)
    totals, variance = _moments(cube)
    if len(groups) == 2:
        # Of two groups the matrix holds one number four times.
        z = float(totals[0] / np.sqrt(variance[0, 0])) if variance[0, 0] > 1e-12 else 0.0
        statistic, df = z * z, int(variance[0, 0] > 1e-12)
        p, how = _two_sided(cube, float(totals[0]), z, method, seed)
    else:
        z, inverse = None, np.linalg.pinv(variance, rcond=1e-9, hermitian=True)
        statistic = float(totals @ inverse @ totals)
        df = int(np.linalg.matrix_rank(variance, tol=1e-9 * max(1.0, float(variance.max(initial=0)))))
        p, how = _many_groups(cube, inverse, statistic, df, method, seed)
    return RankTest(groups, statistic, df, z, p, how, n, len(cube), exclusions)


def _stacked(tables: Sequence[np.ndarray], k: int) -> np.ndarray:
    """All tables as one array, stratum by group by value; a value that a stratum lacks counts nothing there."""
    width = max((t.shape[1] for t in tables), default=0)
    if tables and all(t.shape[1] == width for t in tables):
        return np.asarray(tables, dtype=int)
    cube = np.zeros((len(tables), k, width), dtype=int)
    for h, table in enumerate(tables):
        cube[h, :, : table.shape[1]] = table
    return cube


def _stratum(table: np.ndarray) -> _Stratum:
    table = table[:, table.sum(axis=0) > 0]
    tied = table.sum(axis=0)
    return _Stratum(table, np.cumsum(tied) - (tied - 1) / 2)


def _moments(cube: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Weighted sums of ranks less their expectation, and their variance matrix over all arrangements within strata; all strata at once."""
    sizes, tied = cube.sum(axis=2), cube.sum(axis=1)
    size = tied.sum(axis=1)
    weight, centre = 1 / (size + 1), (size + 1) / 2
    scores = np.cumsum(tied, axis=1) - (tied - 1) / 2
    spread = (tied * (scores - centre[:, None]) ** 2).sum(axis=1)
    totals = weight @ ((cube @ scores[:, :, None])[:, :, 0] - sizes * centre[:, None])
    each = weight**2 * spread / (size * (size - 1))
    return totals, np.diag((each * size) @ sizes) - (sizes * each[:, None]).T @ sizes


def _two_sided(cube: np.ndarray, total: float, z: float, method: str, seed: int) -> tuple[float, str]:
    smaller = int(cube.sum(axis=(0, 2)).min())
    if method == "asymptotic" or (method == "auto" and min(smaller, cube.sum(axis=2).min(axis=1).sum()) > NEVER_EXACT):
        return float(min(1.0, 2 * ndtr(-abs(z)))), "正态近似"
    strata = [_stratum(table) for table in cube]
    if method == "auto":
        method = "exact" if _work(strata) <= EXACT_WORK else "asymptotic" if smaller >= LARGE else "permutation"
    if method == "asymptotic":
        return float(min(1.0, 2 * ndtr(-abs(z)))), "正态近似"
    if method == "exact":
        return _exact(strata, total), "精确"
    rng, drawn = np.random.default_rng(seed), np.zeros(DRAWS)
    for s in strata:
        size = int(s.counts[0].sum())
        picked = rng.multivariate_hypergeometric(s.counts.sum(axis=0), size, size=DRAWS)
        drawn += s.weight * (picked @ s.scores - size * s.centre)
    return (1 + int((np.abs(drawn) >= abs(total) - 1e-9).sum())) / (DRAWS + 1), "置换"


def _work(strata: list[_Stratum]) -> int:
    """Rough number of cell updates that counting every arrangement takes."""
    work, support = 0, 1
    for s in strata:
        size, classes = int(s.counts.sum(axis=1).min()), len(s.scores)
        width = 2 * s.size * size + 1
        work += width * (size + 1) * min(s.size, (size + 1) * classes)
        support *= min(width, 4 * size * size * classes + 1)
    # Joining the laws of strata means sorting all pairs of their sums.
    return work + (20 * support if len(strata) > 1 else 0)


def _exact(strata: list[_Stratum], total: float) -> float:
    """Probability, over all arrangements within strata, of a weighted sum at least as far from its expectation."""
    at, chance = np.zeros(1), np.ones(1)
    for s in strata:
        own, weights = _rank_sums(s)
        at, where = np.unique(np.round(np.add.outer(at, s.weight * own).ravel(), 10), return_inverse=True)
        chance = np.bincount(where, weights=np.multiply.outer(chance, weights).ravel())
    return float(min(1.0, chance[np.abs(at) >= abs(total) - 1e-8].sum()))


def _rank_sums(s: _Stratum) -> tuple[np.ndarray, np.ndarray]:
    """The first group's sums of ranks less their expectation, with their chances: every way to pick its members from the tied classes."""
    first, tied = int(s.counts[0].sum()), s.counts.sum(axis=0)
    size = min(first, s.size - first)
    doubled = np.rint(2 * s.scores).astype(int)
    width = int(np.repeat(doubled, tied)[::-1][:size].sum()) + 1
    ways = np.zeros((size + 1, width))
    ways[0, 0] = 1.0
    for score, count in zip(doubled, tied, strict=True):
        after, choose = np.zeros_like(ways), 1.0
        for x in range(min(count, size) + 1):
            shift = x * score
            if shift >= width:
                break
            after[x:, shift:] += choose * ways[: size + 1 - x, : width - shift]
            choose = choose * (count - x) / (x + 1)
        ways = after / after.max()
    found = ways[size] / ways[size].sum()
    reached = np.flatnonzero(found)
    sign = 1 if size == first else -1
    return sign * (reached / 2 - size * s.centre), found[reached]


def _many_groups(cube: np.ndarray, inverse: np.ndarray, statistic: float, df: int, method: str, seed: int) -> tuple[float, str]:
    if method == "exact":
        raise ValueError("more than two groups are compared by permutation, not exactly")
    sizes = cube.sum(axis=2)
    enough = sizes.sum(axis=0).min() >= 5 and sizes.sum() >= 2 * LARGE
    if method == "asymptotic" or (method == "auto" and (enough or sizes.sum() > MANY)):
        return (float(chi2.sf(statistic, df)) if df else 1.0), "卡方近似"
    rng, drawn = np.random.default_rng(seed), np.zeros((MANY_DRAWS, cube.shape[1]))
    for table in cube:
        s, own = _stratum(table), table.sum(axis=1)
        # Groups that are absent from a stratum, most of them in a small one, take no part in its draws.
        here = np.flatnonzero(own)
        shuffled = rng.permuted(np.broadcast_to(np.repeat(s.scores, s.counts.sum(axis=0)), (MANY_DRAWS, s.size)), axis=1)
        drawn[:, here] += s.weight * (np.add.reduceat(shuffled, np.cumsum(own[here]) - own[here], axis=1) - own[here] * s.centre)
    reached = np.einsum("ij,jk,ik->i", drawn, inverse, drawn)
    return (1 + int((reached >= statistic - 1e-9).sum())) / (MANY_DRAWS + 1), "置换"
