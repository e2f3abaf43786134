"""Published worked examples come out to every printed digit."""

import csv
from pathlib import Path

import numpy as np
import pytest

from review.comparison.funnel import binomial_limits, overdispersion, rate_funnel
from review.comparison.multiplicity import benjamini_hochberg
from review.comparison.odds import mantel_haenszel
from review.comparison.proportions import share
from review.comparison.ranks import kruskal_wallis, van_elteren

WORKED = Path(__file__).parent / "worked"


def rows(name: str) -> list[dict]:
    with (WORKED / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_berkeley_admissions_1973():
    strata: dict[str, list] = {}
    for row in rows("ucb_admissions.csv"):
        strata.setdefault(row["dept"], []).append([int(row["admitted"]), int(row["rejected"])])
    found, plain = mantel_haenszel(list(strata.values())), mantel_haenszel(list(strata.values()), continuity=False)
    assert round(found.statistic, 6) == 1.426946
    assert round(found.p, 6) == 0.232263
    assert round(plain.statistic, 6) == 1.524607
    assert (round(found.estimate, 6), round(found.low, 6), round(found.high, 6)) == (0.904697, 0.771907, 1.060330)
    assert round(found.agreement, 4) == 18.8255
    assert round(found.pooled_statistic, 4) == 92.2053
    assert found.reversed, "pooled, the university seems to favour men; department by department it does not"


def test_bristol_child_heart_surgery():
    table = rows("funnel_bristol_1991_95.csv")
    names, n, k = [r["hospital"] for r in table], [int(r["operations"]) for r in table], [int(r["deaths"]) for r in table]
    assert (sum(k), sum(n)) == (397, 3319)
    assert tuple(round(v, 6) for v in binomial_limits(397 / 3319, 143)) == (0.065279, 0.171991)
    assert tuple(round(v, 6) for v in binomial_limits(397 / 3319, 143, 0.998)) == (0.040485, 0.207317)
    outside = {u.name: (u.outside, u.high) for u in rate_funnel(names, k, n, widen=False).units if u.outside}
    assert {name for name, (level, _) in outside.items() if level == 0.998} == {"Bristol"}
    assert outside["Leeds"] == (0.95, False)
    assert outside["Oxford"] == (0.95, True)


def test_six_units_of_funnelplotr():
    table = rows("overdispersion_funnelplotr_six_units.csv")
    observed, expected = (np.array([float(r[c]) for r in table]) for c in ("observed", "expected"))
    found = overdispersion(np.sqrt(expected) * np.log(observed / expected), 1 / expected, winsorised=0)
    assert round(found.phi, 6) == 2.948033
    assert round(found.tau2, 8) == 0.01947753


def test_benjamini_hochberg_1995():
    p = [float(r["p"]) for r in rows("bh_1995_thrombolysis.csv")]
    assert sum(benjamini_hochberg(p, 0.05).rejected) == 4
    assert sum(value * len(p) <= 0.05 for value in p) == 3, "Bonferroni, for comparison"


def test_tooth_growth():
    table = rows("van_elteren_toothgrowth.csv")
    found = van_elteren([float(r["len"]) for r in table], [r["supp"] for r in table], [r["dose"] for r in table])
    assert round(abs(found.z), 6) == 2.993715
    assert round(found.statistic, 6) == 8.962327
    assert round(found.p, 6) == 0.002756


def test_mucociliary_clearance():
    table = rows("kruskal_mucociliary.csv")
    found = kruskal_wallis([float(r["value"]) for r in table], [r["group"] for r in table])
    assert (round(found.statistic, 6), found.df, round(found.p, 6)) == (0.771429, 2, 0.679965)


@pytest.mark.parametrize(("method", "low", "high"), [("wilson", 0.2553, 0.3662), ("exact", 0.2527, 0.3676)])
def test_newcombe_1998(method, low, high):
    found = share(81, 263, method=method)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
