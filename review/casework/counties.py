"""县区比较: what is compared with what, whether counties differ, and who stands behind a mark.

The store is asked once for everything (:func:`base`); whatever is chosen on the screen is counted from that.
"""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from review.casework.dossier import show_date
from review.checks.engine import check
from review.checks.prelude import prepare
from review.checks.settings import current
from review.comparison.counties import CountyComparison, CountyDifference, chance
from review.comparison.grouping import ALL, COARSENING, FACTORS, BaseCounts, Compared, base_counts, compared
from review.comparison.indicators import create_person_marks
from review.comparison.ranks import RankTest
from review.store.database import Database

FINEST = COARSENING[0]
IDLE = ("decide", "run_checks", "sample_drawn")  # entries of the audit log that change no fact
SHOWN = 200  # people listed behind a mark

# Everybody held accountable: who, where, when, what is compared, and the marks of the indicators.
_PEOPLE = f"""
SELECT p.respondent_id, p.case_id, p.county, p.band, m.headcount, m.head, m.village, m.disciplined,
    p.kind = 'person' AND p.band IS NOT NULL AS comparable,
    if(p.decided_on IS NULL, NULL, year(p.decided_on) || '年') AS at_year,
    if(p.decided_on IS NULL OR p.decided_on_precision = 'year', NULL,
        year(p.decided_on) || '年' || quarter(p.decided_on) || '季度') AS at_quarter,
    {", ".join(f"g.{column}" for _, column in FACTORS.values())}
FROM people p JOIN person_marks m USING (respondent_id) LEFT JOIN comparable_people g USING (respondent_id)
WHERE p.county IS NOT NULL ORDER BY p.respondent_id"""


@dataclass(frozen=True, eq=False)
class Base:
    """Counts of all people, the people themselves (columns of ``_PEOPLE``), how many cases each county has, counties in name order, and
    the thresholds of M01."""

    counts: BaseCounts
    people: pa.Table
    cases: dict[str, int]
    min_n: int
    min_bands: float
    max_chance: float

    @property
    def counties(self) -> tuple[str, ...]:
        """Names in their order: by 拼音, as ledgers give no 行政区划代码; never by rank."""
        return tuple(self.cases)


@dataclass(frozen=True)
class CountyView:
    """A comparison: what was compared, each county against the others, and whether there is any difference at all (``overall``)."""

    compared: Compared
    found: CountyComparison
    overall: RankTest
    counties: tuple[str, ...]

    @property
    def not_compared(self) -> tuple[str, ...]:
        """Counties without enough people that have anybody to be held against."""
        return tuple(c for c in self.counties if not self.found.of(c))

    def listed(self) -> list[CountyDifference]:
        """Each county over all its groups, in name order, and beneath it the single groups in which a difference holds."""
        return [d for county in self.counties for d in self.found.of(county) if d.group is None or d.holds]


def base(db: Database) -> Base:
    """Everything that the comparison of counties needs, without withdrawn cases; the costly part, once for each state of the data."""
    used = current(db, check("M01"))
    with db.cursor() as cur:
        prepare(cur)
        create_person_marks(cur)
        people = cur.sql(_PEOPLE).to_arrow_table()
        counties = cur.execute("SELECT county, count(*) FROM cases WHERE county IS NOT NULL GROUP BY county ORDER BY county COLLATE zh")
        cases = dict(counties.fetchall())
        return Base(base_counts(cur), people, cases, int(used["min_n"]), float(used["min_bands"]), float(used["max_chance"]))


def state(db: Database) -> int:
    """Number that rises with everything that can change :func:`base`; decisions, samples and check runs leave it alone."""
    return db.scalar("SELECT coalesce(max(audit_id), 0) FROM audit_log WHERE NOT list_contains($idle, action)", {"idle": list(IDLE)})


def compare(found: Base, factors: tuple[str, ...] = FINEST, quarters: tuple[str, ...] | None = None) -> CountyView:
    """The counties compared by ``factors`` over ``quarters`` (None: all) with the thresholds of M01; ValueError for an unknown factor."""
    people = compared(found.counts, factors, quarters)
    differences = people.differences(found.min_n, found.min_bands, found.max_chance)
    return CountyView(people, differences, differences.overall, found.counties)


def factor_words(factors: tuple[str, ...]) -> str:
    """问责情形或领域·责任类型·层级职务; 全部人员 without factors."""
    return "·".join(FACTORS[f][0] for f in FACTORS if f in factors) or ALL


def headline(view: CountyView) -> str:
    """Is there a difference: one or two sentences for somebody who reads nothing else."""
    if len(view.counties) == 1:
        return f"台账中只有{view.counties[0]}一个县区，没有可以相比的其他县区；其他内容照常可看。"
    if len(view.compared.counties) < 2 or not view.found.differences:
        return "参加比较的人太少，还不足以比较各县区的处理轻重。"
    counties = list(dict.fromkeys(d.county for d in view.found.differences))
    holding = [c for c in view.counties if any(d.holds for d in view.found.of(c))]
    whole = "总体上看得出差别" if view.overall.p <= 0.05 else "总体上看不出差别"
    told = (
        f"{len(counties)} 个县区的 {view.compared.n} 人参加比较，各县区处理轻重{whole}"
        f"（若各县区尺度一致，出现这样差别的机会{chance(view.overall.p)}）。"
    )
    if holding:
        return told + f"逐县比较并校正后，{'、'.join(holding)}与其他县区的差异成立，请先核数据、再看案件构成。"
    return told + "逐县比较并校正后，没有一个县区的差异大到可以作为问题提出。"


def exclusions_told(exclusions: dict[str, int]) -> str:
    """未参加比较 14 人：处理档次不明 12 人、不予、免予问责 2 人."""
    if not exclusions:
        return "没有人因情况不明而未参加比较。"
    parts = "；".join(f"{reason} {n} 人" for reason, n in sorted(exclusions.items(), key=lambda item: -item[1]))
    return f"未参加比较 {sum(exclusions.values())} 人：{parts}。"


def state_told(difference: CountyDifference, min_bands: float) -> str:
    """What follows from a difference, in a few words."""
    if difference.holds:
        return f"差异成立（{difference.direction}）"
    if difference.distinct:
        return f"有差异，但不到 {min_bands:g} 档，不作为问题"
    return "看不出差异"


def levels(found: Base, quarters: tuple[str, ...] | None = None) -> list[tuple[tuple[str, ...], int, int]]:
    """The coarsening order with, for each level, how many groups can be compared and how many counties have enough people."""
    lines = []
    for factors in COARSENING:
        people = compared(found.counts, factors, quarters)
        sizes = people.cube.sum(axis=2)
        others = sizes.sum(axis=1, keepdims=True) - sizes
        shared = (sizes > 0) & (others > 0)
        enough = ((sizes * shared).sum(axis=0) >= found.min_n) & ((others * shared).sum(axis=0) >= found.min_n)
        lines.append((factors, int(((sizes > 0).sum(axis=1) > 1).sum()), int(enough.sum())))
    return lines


def behind(
    db: Database, found: Base, factors: tuple[str, ...], county: str, quarters=None, group: str | None = None, band: int | None = None
) -> tuple[int, list[dict]]:
    """The people behind a mark: how many, and the first SHOWN of them with respondent_id, case_id, case_key, name, post, band and date.

    ``group`` and ``band`` None: all groups, all bands.
    """
    people = comparable(found.people, factors)
    mask = pc.equal(people["county"], county)
    for column, value in (("group", group), ("band", band)):
        if value is not None:
            mask = pc.and_kleene(mask, pc.equal(people[column], value))
    if quarters is not None:
        mask = pc.and_kleene(mask, pc.is_in(people["at_quarter"], value_set=pa.array(quarters, pa.string())))
    chosen = people.filter(mask)
    ids = chosen["respondent_id"].slice(0, SHOWN).to_pylist()
    return chosen.num_rows, persons(db, ids)


def with_mark(
    db: Database, found: Base, mark: str, county: str | None = None, quarters=None, at: str | None = None
) -> tuple[int, list[dict]]:
    """The people with a mark of an indicator (disciplined, head, village): heads, and the first SHOWN rows as ``behind`` gives them.

    county None: all counties; ``at``: only this period, as a name of at_quarter or at_year.
    """
    mask = pc.equal(found.people[mark], True)
    if county is not None:
        mask = pc.and_kleene(mask, pc.equal(found.people["county"], county))
    if quarters is not None:
        mask = pc.and_kleene(mask, pc.is_in(found.people["at_quarter"], value_set=pa.array(quarters, pa.string())))
    if at is not None:
        mask = pc.and_kleene(mask, pc.equal(found.people["at_quarter" if "季度" in at else "at_year"], at))
    chosen = found.people.filter(mask)
    heads = int(pc.sum(chosen["headcount"]).as_py() or 0)
    return heads, persons(db, chosen["respondent_id"].slice(0, SHOWN).to_pylist())


def comparable(people: pa.Table, factors: tuple[str, ...]) -> pa.Table:
    """Those of the people that take part in a comparison by ``factors``, with the column ``group``."""
    columns = [FACTORS[f][1] for f in FACTORS if f in factors]
    mask = people["comparable"]
    for column in columns:
        mask = pc.and_(mask, pc.is_valid(people[column]))
    kept = people.filter(mask)
    named = pc.binary_join_element_wise(*(kept[c] for c in columns), "·") if columns else pa.array([ALL] * kept.num_rows, pa.string())
    return kept.append_column("group", named)


def persons(db: Database, ids: list[str]) -> list[dict]:
    """Who they are: respondent_id, case_id, case_key, title, county, name, post, measures, band, decided; by county, case and order."""
    rows = db.rows(
        """SELECT r.respondent_id, c.case_id, c.case_key, c.title, c.county, r.name,
            coalesce(r.unit_post_raw, concat(r.unit, r.post)) AS post, r.measures_raw AS measures, r.band,
            coalesce(r.decided_on, c.decided_on) AS decided_on,
            if(r.decided_on IS NULL, c.decided_on_precision, r.decided_on_precision) AS precision
        FROM respondents r JOIN cases c USING (case_id) WHERE r.respondent_id IN (SELECT unnest($ids))
        ORDER BY c.county COLLATE zh, c.case_key, r.seq""",
        {"ids": ids},
    )
    for row in rows:
        row["decided"] = show_date(row.pop("decided_on"), row.pop("precision"))
    return rows
