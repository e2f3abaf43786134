"""Each county against all others together, like with like, corrected for the number of comparisons.

One county that is far off drags the rest of the others: beside it an ordinary county looks too light. So counties are set aside one at
a time, the clearest first, and those that remain are compared among themselves anew (stepwise, as outliers are in Rosner 1983).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from review.comparison.multiplicity import benjamini_hochberg
from review.comparison.ranks import RankTest, ranks_of_counts

MIN_N = 5
MIN_BANDS = 2.0
Q = 0.05


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
    values, band = np.unique(np.asarray(bands, dtype=int), return_inverse=True)
    cube = np.zeros((len(group_names), len(names), len(values)), dtype=int)
    np.add.at(cube, (group, county, band), 1)
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
    """The same from counts: ``cube[g, c, b]`` people of group g in county c with the b-th of the ascending ``bands``."""
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
    totals = cube[:, left].sum(axis=1)
    found: dict[int, list[CountyDifference]] = {}
    for c in left:
        own, others = cube[:, c], totals - cube[:, c]
        shared = np.flatnonzero((own.sum(axis=1) > 0) & (others.sum(axis=1) > 0))
        if own[shared].sum() < min_n or others[shared].sum() < min_n:
            continue
        rows = [_difference(counties[c], None, own[shared], others[shared], bands)]
        if len(shared) > 1:
            alone = [g for g in shared if own[g].sum() >= min_n and others[g].sum() >= min_n]
            rows += [_difference(counties[c], groups[g], own[[g]], others[[g]], bands) for g in alone]
        found[c] = rows
    corrected = benjamini_hochberg([d.p for rows in found.values() for d in rows], q)
    results = iter(zip(corrected.adjusted, corrected.rejected, strict=True))
    for rows in found.values():
        for k, d in enumerate(rows):
            adjusted, distinct = next(results)
            holds = distinct and abs(d.shift) >= min_bands
            rows[k] = replace(d, adjusted=adjusted, comparisons=corrected.n, distinct=distinct, holds=holds, without=aside)
    return found


def _difference(county: str, group: str | None, own: np.ndarray, others: np.ndarray, bands: np.ndarray) -> CountyDifference:
    """Uncorrected comparison over the given groups (rows)."""
    test = ranks_of_counts([np.stack(pair) for pair in zip(own, others, strict=True)], ["本县区", "其他"], "auto")
    mix = own.sum(axis=1) / others.sum(axis=1)
    pairs = np.einsum("gi,gj->ij", own / others.sum(axis=1)[:, None], others)
    gaps, at = np.unique(np.subtract.outer(bands, bands), return_inverse=True)
    shift = weighted_median(gaps, np.bincount(at.ravel(), weights=pairs.ravel()))
    return CountyDifference(
        county, group, len(own), int(own.sum()), int(others.sum()), weighted_median(bands, own.sum(axis=0)),
        weighted_median(bands, (others * mix[:, None]).sum(axis=0)), shift, test.p, test.p, 1, False, False, test.method, test.z or 0.0,
    )  # fmt: skip


def weighted_median(values: np.ndarray, weights: np.ndarray) -> float:
    """Median of ascending values that occur with these weights; between two values when exactly half lies on each side."""
    upto, half = np.cumsum(weights), weights.sum() / 2
    low = values[np.searchsorted(upto, half - 1e-9)]
    high = values[np.searchsorted(upto, half + 1e-9)]
    return float((low + high) / 2)


def sentence(difference: CountyDifference) -> str:
    """What a difference says, for a layman."""
    d = difference
    where = f"{d.county}在“{d.group}”中同类可比" if d.group else f"{d.county}同类可比"
    rest = f"其余各县区（不含尺度明显不同的{'、'.join(d.without)}）" if d.without else "其余各县区"
    apart = f"同组两人相比，居中的差距为 {_number(abs(d.shift))} 档（{d.direction}）" if d.shift else "同组两人相比，居中的差距为 0 档"
    return (
        f"{where} {d.own_n} 人，中位处理档次 {_number(d.own_median)}；{rest} {d.others_n} 人，中位 {_number(d.others_median)}；{apart}；"
        f"若各县区尺度一致，出现这样差异的机会{_chance(d.adjusted)}（已按 {d.comparisons} 次比较校正）"
    )


def _number(value: float) -> str:
    return f"{value:g}"


def _chance(p: float) -> str:
    percent = 100 * p
    if percent < 0.1:
        return "不到 0.1%"
    return f"约 {percent:.1f}%" if percent < 10 else f"约 {percent:.0f}%"
