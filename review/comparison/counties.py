"""Each county against all others together, like with like, corrected for the number of comparisons.

One county that is far off drags the rest of the others: beside it an ordinary county looks too light. So counties are set aside one at
a time, the clearest first, and those that remain are compared among themselves anew (stepwise, as outliers are in Rosner 1983).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from scipy.special import ndtr

from review.comparison.multiplicity import benjamini_hochberg
from review.comparison.ranks import RankTest, ranks_of_counts

MIN_N = 5
MIN_BANDS = 2.0
Q = 0.05
CLOSER_LOOK = 0.1  # a p of the normal law below this is worked out anew; above it nothing can become a finding


@dataclass(frozen=True)
class CountyDifference:
    """One county in one comparable group, or over all its groups (``group`` None), against all other counties together.

    own_median, others_median: bands; over all groups the others are weighted to the county's own mix of groups. shift: middle one of
    all differences own minus other between two people of one group (Hodges and Lehmann 1963), steadier than a difference of medians
    where bands come in lumps. p, adjusted: two-sided, before and after the correction for ``comparisons``; distinct: adjusted is at
    most q; holds: distinct and shift at least min_bands; without: counties that were set aside before and are not among the others.
    """

    county: str
    group: str | None
    groups: int
    own_n: int
    others_n: int
    own_median: float
    others_median: float
    shift: float
    p: float
    adjusted: float
    comparisons: int
    distinct: bool
    holds: bool
    method: str
    z: float
    without: tuple[str, ...] = ()

    @property
    def direction(self) -> str:
        """偏重, 偏轻 or 持平."""
        gap = self.shift or self.own_median - self.others_median
        return "偏重" if gap > 0 else "偏轻" if gap < 0 else "持平"


@dataclass(frozen=True)
class CountyComparison:
    """differences: every comparison made; too_few: counties for which no comparison reaches min_n on both sides; n: people compared;
    exclusions: people left out, by reason."""

    differences: tuple[CountyDifference, ...]
    too_few: tuple[str, ...]
    n: int
    exclusions: dict[str, int]
    cube: np.ndarray = field(compare=False, repr=False)
    counties: tuple[str, ...] = field(compare=False, repr=False)

    @cached_property
    def overall(self) -> RankTest:
        """Is there any difference between the counties at all, over all groups (van Elteren's test for k groups)?"""
        return ranks_of_counts(list(self.cube), self.counties, "auto")

    def of(self, county: str) -> tuple[CountyDifference, ...]:
        """The comparisons of one county, that over all groups first."""
        return tuple(d for d in self.differences if d.county == county)


def compare_counties(
    counties: Sequence[str],
    groups: Sequence[str],
    bands: Sequence[int],
    min_n: int = MIN_N,
    min_bands: float = MIN_BANDS,
    q: float = Q,
    exclusions: dict[str, int] | None = None,
) -> CountyComparison:
    """Compare people (one entry each: county, comparable group, band) county by county.

    Every county is held against all others together by a stratified rank test (van Elteren 1960) over its groups, and in each single
    group with ``min_n`` people on both sides; all p are corrected together (Benjamini and Hochberg 1995). A difference ``holds`` only
    if it is unlikely by chance and at least ``min_bands`` wide: one band is never a finding.
    """
    names, county = np.unique(np.asarray(counties, dtype=str), return_inverse=True)
    group_names, group = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    band = np.asarray(bands, dtype=int)
    values = np.arange(band.min(initial=1), band.max(initial=1) + 1) if band.size else np.arange(1)
    cube = np.zeros((len(group_names), len(names), len(values)), dtype=int)
    np.add.at(cube, (group, county, band - values[0]), 1)
    return compare_counts(cube, names.tolist(), group_names.tolist(), values, min_n, min_bands, q, exclusions)


def compare_counts(
    cube: np.ndarray,
    counties: Sequence[str],
    groups: Sequence[str],
    bands: Sequence[int],
    min_n: int = MIN_N,
    min_bands: float = MIN_BANDS,
    q: float = Q,
    exclusions: dict[str, int] | None = None,
) -> CountyComparison:
    """The same from counts: ``cube[g, c, b]`` people of group g in county c with the b-th of ``bands``, which rise by one."""
    bands = np.asarray(bands, dtype=float)
    settled: dict[int, list[CountyDifference]] = {}
    left, aside = list(range(len(counties))), []
    while len(left) > 1:
        rows = _step(cube, left, counties, groups, bands, min_n, min_bands, q, tuple(counties[c] for c in aside))
        settled |= rows
        apart = [c for c, found in rows.items() if any(d.holds for d in found)]
        if not apart or len(left) == 2:
            break
        # The clearest of them, by the comparison over all its groups; equals go together.
        clearest = max(abs(rows[c][0].z) for c in apart)
        out = [c for c in apart if abs(rows[c][0].z) >= clearest - 1e-9]
        aside, left = aside + out, [c for c in left if c not in out]
    too_few = tuple(name for c, name in enumerate(counties) if c not in settled)
    differences = tuple(d for c in sorted(settled) for d in settled[c])
    return CountyComparison(differences, too_few, int(cube.sum()), exclusions or {}, cube, tuple(counties))


def _step(cube, left, counties, groups, bands, min_n, min_bands, q, aside) -> dict[int, list[CountyDifference]]:
    """All comparisons among the counties that are left, corrected together; only counties with enough people on both sides."""
    figures = _figures(cube[:, left], bands)
    found: dict[int, list[CountyDifference]] = {}
    for k, c in enumerate(left):
        over_all = figures.row(counties[c], None, -1, k)
        if over_all.own_n < min_n or over_all.others_n < min_n:
            continue
        found[c] = [over_all]
        if over_all.groups > 1:
            alone = np.flatnonzero((figures.own_n[:-1, k] >= min_n) & (figures.others_n[:-1, k] >= min_n))
            found[c] += [figures.row(counties[c], groups[g], g, k) for g in alone]
    corrected = benjamini_hochberg([d.p for rows in found.values() for d in rows], q)
    results = iter(zip(corrected.adjusted, corrected.rejected, strict=True))
    for rows in found.values():
        for k, d in enumerate(rows):
            adjusted, distinct = next(results)
            holds = distinct and abs(d.shift) >= min_bands
            rows[k] = replace(d, adjusted=adjusted, comparisons=corrected.n, distinct=distinct, holds=holds, without=aside)
    return found


@dataclass(frozen=True)
class _Figures:
    """Arrays by group and county; the last row of each is over all groups that the county shares with others."""

    own: np.ndarray
    others: np.ndarray
    own_n: np.ndarray
    others_n: np.ndarray
    z: np.ndarray
    own_median: np.ndarray
    others_median: np.ndarray
    shift: np.ndarray

    def row(self, county: str, group: str | None, g: int, c: int) -> CountyDifference:
        """One comparison, not yet corrected. The normal law serves where it says that chance will do; a small p is worked out anew,
        exactly or by permutation where n is small."""
        z = float(self.z[g, c])
        p, method = min(1.0, 2 * float(ndtr(-abs(z)))), "正态近似"
        shared = np.flatnonzero((self.own_n[:-1, c] > 0) & (self.others_n[:-1, c] > 0)) if g == -1 else np.array([g])
        if p < CLOSER_LOOK:
            tables = [np.stack([self.own[k, c], self.others[k, c]]) for k in shared]
            test = ranks_of_counts(tables, ["本县区", "其他"], "auto")
            p, method = test.p, test.method
        return CountyDifference(
            county, group, len(shared), int(self.own_n[g, c]), int(self.others_n[g, c]), float(self.own_median[g, c]),
            float(self.others_median[g, c]), float(self.shift[g, c]), p, p, 1, False, False, method, z,
        )  # fmt: skip


def _figures(cube: np.ndarray, bands: np.ndarray) -> _Figures:
    """Everything that is compared, for all groups and counties at once."""
    own, totals = cube, cube.sum(axis=1, keepdims=True)
    others = totals - own
    size, own_n, others_n = totals.sum(axis=2), own.sum(axis=2), others.sum(axis=2)
    shared = (own_n > 0) & (others_n > 0)
    scores = np.cumsum(totals, axis=2) - (totals - 1) / 2
    centre = (size + 1) / 2
    spread = (totals * (scores - centre[:, :, None]) ** 2).sum(axis=2)
    distance = np.where(shared, (own * scores).sum(axis=2) - own_n * centre, 0.0)
    variance = np.where(shared, spread * own_n * others_n / np.maximum(size * (size - 1), 1), 0.0)
    weight = 1 / (size + 1)
    z_groups = _ratio(distance, np.sqrt(variance))
    z_all = _ratio((weight * distance).sum(axis=0), np.sqrt((weight**2 * variance).sum(axis=0)))
    kept_own, kept_others = own * shared[:, :, None], others * shared[:, :, None]
    mixed = kept_others * _ratio(own_n, others_n)[:, :, None]
    gaps = np.arange(1 - len(bands), len(bands))
    pairs = np.stack([_gap(kept_own, kept_others, d) for d in gaps], axis=2) * _ratio(1.0, others_n)[:, :, None]

    def with_all(groups: np.ndarray, over_all: np.ndarray) -> np.ndarray:
        return np.concatenate([groups, over_all[None]])

    return _Figures(
        own,
        others,
        with_all(own_n, kept_own.sum(axis=(0, 2))),
        with_all(others_n, kept_others.sum(axis=(0, 2))),
        with_all(z_groups, z_all),
        _medians(bands, with_all(own, kept_own.sum(axis=0))),
        _medians(bands, with_all(others, mixed.sum(axis=0))),
        _medians(gaps.astype(float), with_all(pairs, pairs.sum(axis=0))),
    )


def _gap(own: np.ndarray, others: np.ndarray, d: int) -> np.ndarray:
    """Pairs of one own and one other person whose bands differ by d."""
    k = own.shape[2]
    return (own[:, :, max(0, d) : k + min(0, d)] * others[:, :, max(0, -d) : k - max(0, d)]).sum(axis=2)


def _ratio(a, b) -> np.ndarray:
    """a / b, 0 where b is 0."""
    a, b = np.broadcast_arrays(np.asarray(a, dtype=float), np.asarray(b, dtype=float))
    return np.divide(a, b, out=np.zeros(b.shape), where=b > 1e-12)


def _medians(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Median of ascending values that occur with the weights of the last axis; between two when exactly half lies on each side."""
    upto, half = np.cumsum(weights, axis=-1), weights.sum(axis=-1, keepdims=True) / 2
    low, high = ((upto > half + step).argmax(axis=-1) for step in (-1e-9, 1e-9))
    return (values[low] + values[high]) / 2


def sentence(difference: CountyDifference) -> str:
    """What a difference says, for a layman."""
    d = difference
    where = f"{d.county}在“{d.group}”中同类可比" if d.group else f"{d.county}同类可比"
    rest = f"其余各县区（不含尺度明显不同的{'、'.join(d.without)}）" if d.without else "其余各县区"
    apart = f"同组两人相比，居中的差距为 {_number(abs(d.shift))} 档（{d.direction}）" if d.shift else "同组两人相比，居中的差距为 0 档"
    return (
        f"{where} {d.own_n} 人，中位处理档次 {_number(d.own_median)}；{rest} {d.others_n} 人，中位 {_number(d.others_median)}；{apart}；"
        f"若各县区尺度一致，出现这样差异的机会{chance(d.adjusted)}（已按 {d.comparisons} 次比较校正）"
    )


def _number(value: float) -> str:
    return f"{value:g}"


def chance(p: float) -> str:
    """A probability in words: 约 0.3%, 不到 0.1%."""
    percent = 100 * p
    if percent < 0.1:
        return "不到 0.1%"
    return f"约 {percent:.1f}%" if percent < 10 else f"约 {percent:.0f}%"
