"""Shares per county: kinds of findings and of people, in a funnel, over time, and within comparable groups."""

from collections import Counter
from dataclasses import dataclass
from math import inf, isfinite

import pyarrow as pa
import pyarrow.compute as pc

from review.casework.counties import SHOWN, Base
from review.casework.dossier import show_date
from review.casework.overview import Heat
from review.checks.engine import catalogue
from review.comparison.funnel import Funnel, count_funnel, rate_funnel
from review.comparison.grouping import FACTORS
from review.comparison.multiplicity import benjamini_hochberg
from review.comparison.odds import StratifiedOdds, mantel_haenszel
from review.comparison.trend import Trend, trend
from review.store.database import Database

# Mark of a person -> (label, unknown because).
MARKS = {
    "disciplined": ("受党纪政务处分的占比", "处理没有全部读懂"),
    "head": ("一把手占比", "角色不明"),
    "village": ("村（社区）干部占比", "层级不明"),
}
PER_CASE = "per_case"  # the indicator of all findings together
PERIODS = {"quarter": "按季度", "year": "按年"}
# Name of the period in which a case was decided; NULL where the date does not say.
_YEAR = "year(c.decided_on) || '年'"
_AT = {
    "quarter": f"if(c.decided_on IS NULL OR c.decided_on_precision = 'year', NULL, {_YEAR} || quarter(c.decided_on) || '季度')",
    "year": f"if(c.decided_on IS NULL, NULL, {_YEAR})",
}
_SUSPECTED = """FROM (FROM cases ANTI JOIN withdrawn_cases USING (case_id)) c LEFT JOIN (
    SELECT case_id, count(*) AS findings FROM findings
    WHERE verdict = 'suspect' AND in_issue_list AND list_contains($checks, check_id) GROUP BY case_id) f USING (case_id)"""
LONGEST = 40  # periods shown, the newest
APART = 1.1  # ratio from which two figures count as pointing anywhere


@dataclass(frozen=True)
class Rates:
    """An indicator: ``counts`` county -> (k, n) in name order; of: what n counts; exclusions: units left out, by reason."""

    key: str
    label: str
    of: str
    counts: dict[str, tuple[int, int]]
    exclusions: dict[str, int]

    @property
    def people(self) -> bool:
        """Whether people are counted, not judgements of checks."""
        return self.key in MARKS

    @property
    def several(self) -> bool:
        """Whether one of ``of`` may count several times, so that the figure is no share."""
        return self.key == PER_CASE

    def funnel(self) -> Funnel:
        """The funnel of the counties."""
        make = count_funnel if self.several else rate_funnel
        return make(list(self.counts), [k for k, _ in self.counts.values()], [n for _, n in self.counts.values()])


@dataclass(frozen=True)
class CountyOdds:
    """k of n of a county and of the others; ``odds`` within comparable groups (None: nothing comparable); adjusted: its corrected p."""

    county: str
    k: int
    n: int
    others_k: int
    others_n: int
    odds: StratifiedOdds | None
    adjusted: float

    @property
    def reversed(self) -> bool:
        """Put together the county lies on one side, like with like on the other, both clearly enough to mislead (Simpson 1951)."""
        if self.odds is None or not isfinite(self.odds.estimate):
            return False
        opposite = (self.together - 1) * (self.odds.estimate - 1) < 0
        return opposite and min(_apart(self.together), _apart(self.odds.estimate)) >= APART

    @property
    def together(self) -> float:
        """Odds ratio of all people, whatever they were held accountable for; infinite where nobody of the county lacks the mark."""
        against = (self.n - self.k) * self.others_k
        return self.k * (self.others_n - self.others_k) / against if against else inf


def indicators(heat: Heat) -> dict[str, str]:
    """Indicators that the data can give: key -> label. Aspects and checks as check:O01 and aspect:程序, then the marks of persons."""
    judged = {key for (key, _), cell in heat.cells.items() if cell.judged}
    checks = [c for c in catalogue() if c.id in judged and c.unit != "county"]
    aspects = dict.fromkeys(c.aspect for c in checks)
    return (
        ({PER_CASE: "每件案件的疑似问题数"} if judged else {})
        | {f"aspect:{a}": f"{a}：疑似占可判" for a in aspects}
        | {name: label for name, (label, _) in MARKS.items()}
        | {f"check:{c.id}": f"{c.id} {c.title}" for c in checks}
    )


def finding_rates(heat: Heat, key: str) -> Rates:
    """Suspects of judged units per county for check:… or aspect:…; ``heat`` by check. Checks on whole counties are no part of it."""
    checks = _checks_of(key)
    counts, undetermined, not_run = {}, 0, 0
    for county in heat.counties:
        cells = [heat.cells[c.id, county] for c in checks if (c.id, county) in heat.cells]
        counts[county] = (sum(c.suspects for c in cells), sum(c.judged for c in cells))
        undetermined += sum(c.undetermined for c in cells)
        not_run += sum(c.not_run for c in cells)
    exclusions = {"待核": undetermined, "台账没有所需的列，未运行": not_run}
    name = key.partition(":")[2]
    label = f"{name} {checks[0].title}" if key.startswith("check:") else f"{name}方面"
    return Rates(key, f"{label}疑似占可判", "次判断", counts, {reason: n for reason, n in exclusions.items() if n})


def findings_per_case(base: Base, heat: Heat) -> Rates:
    """Suspects of all checks on cases and people (the newest run) over all cases of each county; a case may have several."""
    of_county: Counter[str] = Counter()
    for one in catalogue():
        if one.unit != "county" and one.id != "D01":
            for county in heat.counties:
                of_county[county] += heat.cells[one.id, county].suspects if (one.id, county) in heat.cells else 0
    counts = {county: (of_county[county], n) for county, n in base.cases.items()}
    unplaced = sum(n for county, n in of_county.items() if county not in base.cases)
    return Rates(PER_CASE, "每件案件的疑似问题数", "件案件", counts, {"县区未载明的疑似问题": unplaced} if unplaced else {})


def person_rates(base: Base, mark: str, quarters: tuple[str, ...] | None = None) -> Rates:
    """People with a mark (a key of MARKS) among those of whom it is known, per county and by headcount."""
    people, outside = _within(base.people, quarters)
    known: dict[str, list[int]] = {county: [0, 0] for county in base.counties}
    unknown = 0
    grouped = people.group_by(["county", mark]).aggregate([("headcount", "sum")]).to_pylist()
    for row in grouped:
        if row[mark] is None:
            unknown += row["headcount_sum"]
        else:
            known[row["county"]][0] += row["headcount_sum"] if row[mark] else 0
            known[row["county"]][1] += row["headcount_sum"]
    label, why = MARKS[mark]
    exclusions = {why: unknown, "不在所选时段或决定日期不到季度": outside}
    return Rates(mark, label, "人", {c: (k, n) for c, (k, n) in known.items()}, {reason: n for reason, n in exclusions.items() if n})


def rates(base: Base, heat: Heat, key: str, quarters: tuple[str, ...] | None = None) -> Rates:
    """Either of the two; findings are those of the newest check run whatever the quarters. ``heat`` by check."""
    if key == PER_CASE:
        return findings_per_case(base, heat)
    return person_rates(base, key, quarters) if key in MARKS else finding_rates(heat, key)


def county_odds(base: Base, mark: str, factors: tuple[str, ...], quarters: tuple[str, ...] | None = None) -> list[CountyOdds]:
    """Each county against the others, put together and like with like (Mantel-Haenszel over the groups by ``factors``), name order.

    Heads and village cadres are told by their posts, and responsibility follows the post: neither is a factor for their share.
    """
    used = [FACTORS[f][1] for f in FACTORS if f in factors and (mark == "disciplined" or f not in ("post", "responsibility"))]
    people, _ = _within(base.people, quarters)
    known = people.filter(pc.is_valid(people[mark]))
    counts: dict[tuple, dict[str, list[int]]] = {}
    whole: dict[str, list[int]] = {}
    for row in known.group_by(["county", mark, *used]).aggregate([("headcount", "sum")]).to_pylist():
        pair = whole.setdefault(row["county"], [0, 0])
        pair[not row[mark]] += row["headcount_sum"]
        group = tuple(row[c] for c in used)
        if None not in group:
            counts.setdefault(group, {}).setdefault(row["county"], [0, 0])[not row[mark]] += row["headcount_sum"]
    totals = {group: [sum(pair[i] for pair in cell.values()) for i in (0, 1)] for group, cell in counts.items()}
    yes, no = (sum(pair[i] for pair in whole.values()) for i in (0, 1))
    lines = []
    for county in (c for c in base.counties if c in whole):
        own = whole[county]
        tables = [
            [cell[county], [totals[group][0] - cell[county][0], totals[group][1] - cell[county][1]]]
            for group, cell in counts.items()
            if county in cell
        ]
        lines.append((county, own[0], sum(own), yes - own[0], yes + no - sum(own), mantel_haenszel(tables)))
    told = [line[5].p for line in lines if line[5] and isfinite(line[5].p)]
    adjusted = iter(benjamini_hochberg(told, base.max_chance).adjusted)
    return [CountyOdds(*line, next(adjusted) if line[5] and isfinite(line[5].p) else 1.0) for line in lines]


def odds_told(one: CountyOdds) -> str:
    """What the two figures say together, for a layman."""
    if one.odds is None or not isfinite(one.odds.estimate):
        return "没有可以同类相比的人，只看合计会被案件构成误导"
    if one.reversed:
        return f"方向相反：合在一起{_side(one.together)}，同类相比{_side(one.odds.estimate)}；合计的差别来自案件构成，不能据此下结论"
    uneven = f"；但各可比组的差别大小不一（{one.odds.strata} 组，Breslow-Day 检验），要分组看" if one.odds.agreement_p <= 0.05 else ""
    if one.adjusted <= 0.05:
        return f"同类相比{_side(one.odds.estimate)}，不像偶然{uneven}"
    return f"同类相比看不出差别{uneven}"


def trend_of(db: Database, base: Base, key: str, period: str = "quarter", county: str | None = None) -> Trend:
    """An indicator over time by date of decision, of one county or of all.

    For findings: cases with a suspect among all cases decided in the period, whether they could be judged or not.
    """
    column = "at_quarter" if period == "quarter" else "at_year"
    counts = _marks_by_period(base, key, column, county) if key in MARKS else _cases_by_period(db, key, period, county)
    undated = sum(n for name, (_, n) in counts.items() if name is None)
    counts.pop(None, None)
    names = _consecutive(sorted(counts), period)[-LONGEST:]
    found = trend(names, [counts.get(p, (0, 0))[0] for p in names], [counts.get(p, (0, 0))[1] for p in names])
    if undated:
        found.exclusions["决定日期不明或不够具体"] = undated
    return found


def _marks_by_period(base: Base, mark: str, column: str, county: str | None) -> dict:
    people = base.people.filter(pc.is_valid(base.people[mark]))
    if county:
        people = people.filter(pc.equal(people["county"], county))
    yes, all_of = Counter(), Counter()
    for row in people.group_by([column, mark]).aggregate([("headcount", "sum")]).to_pylist():
        all_of[row[column]] += row["headcount_sum"]
        yes[row[column]] += row["headcount_sum"] if row[mark] else 0
    return {name: (yes[name], n) for name, n in all_of.items()}


def _cases_by_period(db: Database, key: str, period: str, county: str | None) -> dict:
    rows = db.rows(
        f"""SELECT {_AT[period]} AS at, count(*) AS n, count(f.case_id) AS k {_SUSPECTED}
        WHERE $county IS NULL OR c.county = $county GROUP BY ALL""",
        {"checks": [c.id for c in _checks_of(key)], "county": county},
    )
    return {row["at"]: (row["k"], row["n"]) for row in rows}


def cases_of_period(db: Database, key: str, at: str, county: str | None = None) -> tuple[int, list[dict]]:
    """The cases with a suspect behind a point of the trend of findings: how many, and the first SHOWN: case_id, case_key, title, county,
    decided, findings (how many). ``at``: 2023年1季度 or 2023年."""
    rows = db.rows(
        f"""SELECT c.case_id, c.case_key, c.title, c.county, c.decided_on, c.decided_on_precision AS precision, f.findings,
            count(*) OVER () AS total
        {_SUSPECTED} WHERE f.case_id IS NOT NULL AND ($county IS NULL OR c.county = $county)
            AND {_AT["quarter" if "季度" in at else "year"]} = $at
        ORDER BY c.county COLLATE zh, c.case_key, c.case_id LIMIT {SHOWN}""",
        {"checks": [c.id for c in _checks_of(key)], "county": county, "at": at},
    )
    total = rows[0]["total"] if rows else 0
    for row in rows:
        row["decided"] = show_date(row.pop("decided_on"), row.pop("precision"))
    return total, rows


def _consecutive(names: list[str], period: str) -> list[str]:
    """All periods from the first to the last, those without a case too."""
    if not names:
        return []
    first, last = int(names[0][:4]), int(names[-1][:4])
    if period == "year":
        return [f"{year}年" for year in range(first, last + 1)]
    every = [f"{year}年{q}季度" for year in range(first, last + 1) for q in range(1, 5)]
    return [name for name in every if names[0] <= name <= names[-1]]


def _checks_of(key: str):
    kind, _, name = key.partition(":")
    wanted = {"check": lambda c: c.id == name, "aspect": lambda c: c.aspect == name, PER_CASE: lambda c: True}[kind]
    return [c for c in catalogue() if c.unit != "county" and c.id != "D01" and wanted(c)]


def _within(people: pa.Table, quarters: tuple[str, ...] | None) -> tuple[pa.Table, int]:
    """The people of some quarters, and how many (by headcount) are left out."""
    if quarters is None:
        return people, 0
    mask = pc.is_in(people["at_quarter"], value_set=pa.array(quarters, pa.string()))
    kept = people.filter(mask)
    return kept, int((pc.sum(people["headcount"]).as_py() or 0) - (pc.sum(kept["headcount"]).as_py() or 0))


def _apart(ratio: float) -> float:
    """How far a ratio lies from 1, upwards or downwards alike."""
    return inf if ratio <= 0 or not isfinite(ratio) else max(ratio, 1 / ratio)


def _side(ratio: float) -> str:
    return "偏高" if ratio > 1 else "偏低" if ratio < 1 else "持平"
