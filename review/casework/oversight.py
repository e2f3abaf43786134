"""提级督办候选: what holds of a whole county after correction for the number of comparisons, as a list to be looked at by people."""

from dataclasses import dataclass
from math import sqrt

from scipy.stats import binom, norm

from review.casework.counties import Base, CountyView, compare
from review.casework.county_rates import finding_rates
from review.casework.overview import Heat
from review.checks.engine import catalogue
from review.comparison.counties import chance, sentence
from review.comparison.funnel import Funnel, FunnelUnit
from review.comparison.multiplicity import benjamini_hochberg
from review.store.database import Database

MIN_JUDGED = 10
MIN_SUSPECTS = 3
WIDE = 0.998
TOGETHER = "各可比组合计"


@dataclass(frozen=True)
class Candidate:
    """A matter of one county. kind: 处理尺度, 占比悬殊 or 疑似问题集中; matter: group or check; adjusted: corrected chance, None where a
    check of whole counties judged it; check_id: for a link to its findings, else None."""

    county: str
    kind: str
    matter: str
    told: str
    adjusted: float | None
    check_id: str | None = None


def candidates(db: Database, found: Base, heat: Heat, view: CountyView | None = None) -> list[Candidate]:
    """Counties whose treatment differs (finest groups, all quarters), whose shares a check of whole counties found apart (M04, O08), or
    where suspects of one check lie above the 99.8% limit; in name order. ``heat`` by check; ``view``: the comparison by the finest groups
    where it is at hand.

    The list does not follow what is chosen on the screen, so that nobody searches until something holds.
    """
    view = view or compare(found)
    listed = (
        [Candidate(d.county, "处理尺度", d.group or TOGETHER, sentence(d), d.adjusted) for d in view.listed() if d.holds]
        + _shares(db)
        + _concentrated(heat, found.max_chance)
    )
    order = {county: n for n, county in enumerate(heat.counties or found.counties)}
    return sorted(listed, key=lambda c: (order.get(c.county, len(order)), c.kind, c.check_id or "", c.matter))


def _shares(db: Database) -> list[Candidate]:
    """Suspects of the checks of whole counties, but for M01, which is compared here as it stands now."""
    titles = {c.id: c.title for c in catalogue() if c.unit == "county" and c.id != "M01" and c.in_issue_list}
    rows = db.rows(
        """SELECT county, check_id, message FROM findings WHERE verdict = 'suspect' AND county IS NOT NULL
            AND list_contains($checks, check_id) ORDER BY ALL""",
        {"checks": list(titles)},
    )
    return [Candidate(r["county"], "占比悬殊", f"{r['check_id']} {titles[r['check_id']]}", r["message"], None, r["check_id"]) for r in rows]


def _concentrated(heat: Heat, q: float) -> list[Candidate]:
    """Checks with far more suspects in a county than chance allows; one correction over all checks and counties."""
    seen: list[tuple[str, str, Funnel | None, FunnelUnit | None, float]] = []
    for one in catalogue():
        if one.unit == "county" or one.id == "D01":
            continue
        rates = finding_rates(heat, f"check:{one.id}")
        judged = {county: pair for county, pair in rates.counts.items() if pair[1] >= MIN_JUDGED}
        if len(judged) < 2:
            continue
        centre = sum(k for k, _ in rates.counts.values()) / sum(n for _, n in rates.counts.values())
        plain = {county: min(1.0, 2 * float(binom.sf(k - 1, n, centre))) for county, (k, n) in judged.items()}
        # Limits are costly and only wanted where chance alone would hardly do; a larger p changes nothing for the smaller ones.
        funnel = rates.funnel() if min(plain.values()) <= q else None
        units = {u.name: u for u in funnel.units} if funnel else {}
        seen += [(one.id, one.title, funnel, units.get(county), _widened(p, units.get(county), funnel)) for county, p in plain.items()]
    adjusted = benjamini_hochberg([line[4] for line in seen], q)
    return [
        Candidate(unit.name, "疑似问题集中", f"{check_id} {title}", _told(unit, funnel, title, p, adjusted.n), p, check_id)
        for (check_id, title, funnel, unit, _), p, rejected in zip(seen, adjusted.adjusted, adjusted.rejected, strict=True)
        if rejected and unit and unit.high and unit.outside == WIDE and unit.k >= MIN_SUSPECTS
    ]


def _widened(p: float, unit: FunnelUnit | None, funnel: Funnel | None) -> float:
    """The chance of so many suspects or more; where counties lie wider than chance allows the larger of that and the widened one."""
    if unit is None or not funnel.widened:
        return p
    return max(p, min(1.0, 2 * float(norm.sf(unit.z / sqrt(funnel.overdispersion.phi)))))


def _told(unit: FunnelUnit, funnel: Funnel, title: str, p: float, comparisons: int) -> str:
    return (
        f"{unit.name}“{title}”可判 {unit.n} 项中疑似 {unit.k} 项（{unit.rate:.0%}），各县区合计 {funnel.centre:.0%}；"
        f"超出 99.8% 界限，若各县区一致，出现这样差异的机会{chance(p)}（已按 {comparisons} 次比较校正）"
    )
