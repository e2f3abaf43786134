"""What is compared with what: the factors of a comparable group, from finest to coarsest, and the people in it.

The store is asked once for counts by every factor, county, band and quarter (:func:`base_counts`); whatever the reviewer then chooses
is summed up from those counts.
"""

from dataclasses import dataclass

import duckdb
import numpy as np

from review.comparison.counties import CountyComparison, compare_counts

# Factor -> (label, column of the TEMP TABLE comparable_people).
FACTORS = {
    "topic": ("问责情形或领域", "topic"),
    "responsibility": ("责任类型", "division"),
    "post": ("层级职务", "post_group"),
    "consequence": ("后果程度", "consequence_group"),
    "source": ("线索来源", "source_group"),
    "extenuation": ("从轻从重情节", "extenuation_group"),
}
# Each line leaves out one factor more than the one above it: the first with enough people on both sides serves best.
COARSENING = (("topic", "responsibility", "post"), ("topic", "post"), ("topic",), ("post",), ())
ALL = "全部人员"
BANDS = 9


@dataclass(frozen=True)
class Group:
    """A comparable group: people in it, of how many counties, and how many of them the largest county has."""

    name: str
    n: int
    counties: int
    largest: int


@dataclass(frozen=True)
class Compared:
    """People compared by ``factors``. cube[g, c, b]: people of group g in county c with band b + 1; exclusions: left out, by reason."""

    factors: tuple[str, ...]
    groups: tuple[Group, ...]
    counties: tuple[str, ...]
    cube: np.ndarray
    exclusions: dict[str, int]

    @property
    def n(self) -> int:
        """People compared."""
        return int(self.cube.sum())

    @property
    def unknown_share(self) -> float | None:
        """Share of the people that could be compared if everything were known but have an unknown factor or band; None without people."""
        unknown = sum(k for reason, k in self.exclusions.items() if reason.endswith("不明"))
        return unknown / (unknown + self.n) if unknown + self.n else None

    def differences(self, min_n: int, min_bands: float, q: float) -> CountyComparison:
        """Each county against the others over these groups."""
        names = [g.name for g in self.groups]
        return compare_counts(self.cube, self.counties, names, np.arange(1, BANDS + 1), min_n, min_bands, q, self.exclusions)

    def distribution(self, group: str | None = None) -> list[dict]:
        """Rows for a stacked bar: county, band, n, county_n; of one group, or of all."""
        at = [k for k, g in enumerate(self.groups) if group in (None, g.name)]
        counts = self.cube[at].sum(axis=0)
        return [
            {"county": county, "band": b + 1, "n": int(counts[c, b]), "county_n": int(counts[c].sum())}
            for c, county in enumerate(self.counties)
            for b in range(BANDS)
            if counts[c, b]
        ]


@dataclass(frozen=True)
class BaseCounts:
    """People counted by county, band (None unknown, 0 不予或免予), quarter ("2023年1季度", None unknown) and every factor of FACTORS.

    ``rows``: (county, band, quarter, value of each factor in the order of FACTORS, n); organizations: objects that are no persons.
    """

    rows: tuple[tuple, ...]
    organizations: int

    @property
    def quarters(self) -> tuple[str, ...]:
        """Quarters with a decision, oldest first."""
        return tuple(sorted({r[2] for r in self.rows if r[2]}))


def base_counts(cur: duckdb.DuckDBPyConnection) -> BaseCounts:
    """Counts of everybody in TEMP TABLE comparable_people (see groups.sql)."""
    columns = ", ".join(f"g.{column}" for _, column in FACTORS.values())
    rows = cur.execute(
        f"""SELECT p.county, p.band, if(p.decided_on IS NULL OR p.decided_on_precision = 'year', NULL,
            year(p.decided_on) || '年' || quarter(p.decided_on) || '季度') AS at_quarter, {columns}, count(*) AS n
        FROM people p LEFT JOIN comparable_people g USING (respondent_id)
        WHERE p.kind = 'person' AND p.county IS NOT NULL GROUP BY ALL ORDER BY ALL"""
    ).fetchall()
    return BaseCounts(tuple(rows), cur.execute("SELECT count(*) FROM people WHERE kind <> 'person'").fetchall()[0][0])


def compared(base: BaseCounts, factors: tuple[str, ...] = COARSENING[0], quarters: tuple[str, ...] | None = None) -> Compared:
    """The people of some quarters (None: all) by comparable group. Raises ValueError for an unknown factor."""
    names = list(FACTORS)
    if unknown := [f for f in factors if f not in FACTORS]:
        raise ValueError(f"unknown factor {unknown[0]}")
    at = [(3 + names.index(f), FACTORS[f][0]) for f in names if f in factors]
    exclusions: dict[str, int] = {"党组织或不明是否个人": base.organizations} if base.organizations else {}
    kept: dict[tuple[str, str, int], int] = {}
    for row in base.rows:
        county, band, quarter, n = row[0], row[1], row[2], row[-1]
        reason = None
        if quarters is not None and quarter not in quarters:
            reason = "不在所选时段或决定日期不到季度"
        elif band == 0:
            reason = "不予、免予问责"
        elif band is None:
            reason = "处理档次不明"
        else:
            reason = next((f"{label}不明" for k, label in at if row[k] is None), None)
        if reason:
            exclusions[reason] = exclusions.get(reason, 0) + n
        else:
            place = ("·".join(row[k] for k, _ in at) or ALL, county, band)
            kept[place] = kept.get(place, 0) + n
    cells, counties = sorted({k[0] for k in kept}), sorted({k[1] for k in kept})
    group_at, county_at = ({name: k for k, name in enumerate(found)} for found in (cells, counties))
    cube = np.zeros((len(cells), len(counties), BANDS), dtype=int)
    for (cell, county, band), n in kept.items():
        cube[group_at[cell], county_at[county], band - 1] = n
    sizes = cube.sum(axis=2)
    groups = tuple(Group(name, int(sizes[g].sum()), int((sizes[g] > 0).sum()), int(sizes[g].max())) for g, name in enumerate(cells))
    return Compared(tuple(f for f in names if f in factors), groups, tuple(counties), cube, exclusions)
