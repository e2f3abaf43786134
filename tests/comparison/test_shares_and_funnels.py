"""Shares, odds over strata, funnels, corrections: identities and edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, poisson

from review.comparison.funnel import binomial_limits, count_funnel, limit_curve, overdispersion, poisson_limits, rate_funnel
from review.comparison.multiplicity import benjamini_hochberg
from review.comparison.odds import mantel_haenszel
from review.comparison.proportions import share, share_difference

counts = st.integers(0, 30)
tables = st.lists(st.tuples(counts, counts, counts, counts).map(lambda t: [[t[0], t[1]], [t[2], t[3]]]), min_size=1, max_size=5)


@given(st.integers(0, 200), st.integers(1, 200), st.sampled_from(["wilson", "exact"]))
def test_a_share_lies_in_its_interval(k, n, method):
    k = min(k, n)
    found = share(k, n, method=method)
    assert found.low - 1e-12 <= found.estimate <= found.high + 1e-12
    assert 0 <= found.low <= found.high <= 1


def test_no_units_give_no_share_but_their_exclusions():
    found = share(0, 0, exclusions={"职务不明": 4})
    assert (found.estimate, found.low, found.exclusions) == (None, None, {"职务不明": 4})


@pytest.mark.parametrize("call", [lambda: share(5, 4), lambda: share(1, 2, method="guess"), lambda: share_difference(1, 2, 0, 0)])
def test_faulty_counts_are_refused(call):
    with pytest.raises(ValueError):
        call()


def test_difference_of_shares():
    found = share_difference(9, 10, 10, 40)
    assert found.estimate == pytest.approx(0.65)
    assert found.p < 0.001
    assert found.n == 50


@given(tables)
def test_swapping_the_groups_turns_the_ratio_round(given_tables):
    found, turned = mantel_haenszel(given_tables), mantel_haenszel([t[::-1] for t in given_tables])
    assert (found is None) == (turned is None)
    if found and np.isfinite(found.estimate) and found.estimate > 0:
        assert turned.estimate == pytest.approx(1 / found.estimate)
        assert turned.p == pytest.approx(found.p)


def test_strata_that_say_nothing_are_left_out_and_counted():
    found = mantel_haenszel([[[5, 5], [2, 8]], [[3, 4], [0, 0]]])
    assert (found.strata, found.n, found.exclusions) == (1, 20, {"只有一方或只有一种结果的层": 7})
    assert found.agreement_p == 1.0
    assert mantel_haenszel([[[3, 4], [0, 0]]]) is None


def test_a_table_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="2×2"):
        mantel_haenszel([[[1, 2, 3], [1, 2, 3]]])


@given(st.floats(0.02, 0.98), st.integers(1, 400), st.sampled_from([0.95, 0.998]))
def test_exact_limits_leave_no_more_than_their_tails(centre, n, confidence):
    low, high = binomial_limits(centre, n, confidence)
    tail = (1 - confidence) / 2
    assert low <= centre + 1 / n and high >= centre - 1 / n
    # The limit was moved between two whole counts: the counts beyond both of them hold less than the tail, up to it more.
    assert binom.cdf(np.floor(low * n - 1e-9), n, centre) <= tail + 1e-9 or low == 0
    assert binom.sf(np.ceil(high * n + 1e-9), n, centre) <= tail + 1e-9


def test_poisson_limits_come_near_the_binomial_ones_for_rare_things():
    assert poisson_limits(0.002, 5000) == pytest.approx(binomial_limits(0.002, 5000), rel=0.01)


def test_a_wide_spread_widens_the_funnel_and_says_so():
    names, n = [f"县{i}" for i in range(8)], [50] * 8
    k = [5, 25, 6, 24, 7, 23, 8, 22]
    found, plain = rate_funnel(names, k, n), rate_funnel(names, k, n, widen=False)
    assert found.widened and found.overdispersion.phi > 1 and "放宽" in found.method
    assert sum(u.outside is not None for u in found.units) < sum(u.outside is not None for u in plain.units)


def test_five_counties_are_too_few_to_judge_the_spread():
    assert rate_funnel(list("甲乙丙丁戊"), [5, 25, 6, 24, 7], [50] * 5).overdispersion is None


def test_counties_without_cases_are_left_out_and_counted():
    found = rate_funnel(["甲县", "乙县"], [3, 0], [10, 0])
    assert [u.name for u in found.units] == ["甲县"]
    assert found.exclusions == {"没有可判案件的县区": 1}
    assert rate_funnel(["甲县"], [0], [0]).units == ()


def test_curves_hold_the_units_limits():
    found = rate_funnel(["甲县", "乙县"], [3, 9], [10, 40])
    assert limit_curve(found, [10, 40])[0.95] == [u.limits[0.95] for u in found.units]


def test_winsorising_reins_in_one_bad_unit():
    z = [0.1, -0.2, 0.3, -0.1, 0.2, -0.3, 0.1, 0.0, -0.1, 9.0]
    assert overdispersion(z, [1] * 10).phi < overdispersion(z, [1] * 10, winsorised=0).phi / 5


@given(st.lists(st.floats(0, 1), max_size=20))
def test_corrected_p_are_never_smaller(p):
    found = benjamini_hochberg(p)
    assert all(a >= b - 1e-12 for a, b in zip(found.adjusted, p, strict=True))
    assert found.n == len(p)


def test_the_boundary_itself_counts():
    assert benjamini_hochberg([0.025, 0.05], 0.05).rejected == (True, True)


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 60)), min_size=2, max_size=5))
def test_findings_per_case_are_held_against_poisson_limits(pairs):
    k, n = [a for a, _ in pairs], [b for _, b in pairs]
    funnel = count_funnel([str(i) for i in range(len(pairs))], k, n)
    assert funnel.law == "poisson" and funnel.centre == pytest.approx(sum(k) / sum(n))
    for unit in funnel.units:
        low, high = unit.limits[0.95]
        assert 0 <= low <= high
        mean = funnel.centre * unit.n
        if unit.outside:
            tail = poisson.cdf(unit.k, mean) if not unit.high else poisson.sf(unit.k - 1, mean)
            assert tail <= (1 - unit.outside) / 2 + 1e-12 and not low <= unit.rate <= high


def test_one_finding_in_five_cases_is_no_outlier():
    funnel = count_funnel(list("甲乙丙丁戊己"), [1, 0, 0, 0, 0, 0], [5, 6, 5, 6, 5, 7])
    first = funnel.units[0]
    assert first.rate > first.limits[0.95][1], "the interpolated limit runs below one finding"
    assert first.outside is None and first.edge, "which chance alone brings in one of seven such counties"


def test_more_findings_than_cases_are_no_fault_but_findings_without_cases_are():
    assert count_funnel(["甲", "乙"], [9, 1], [4, 4]).units[0].rate == 2.25
    with pytest.raises(ValueError, match="no unit"):
        count_funnel(["甲"], [1], [0])
