"""Exact bounds and sample sizes: published numbers, and what must hold for any sample."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from review.sampling.bounds import RISK, bounds, cases_to_find, chance_of_at_most, most_if_clean
from review.sampling.planning import plans


@pytest.mark.parametrize(("cases", "size"), [(100, 45), (500, 56), (1000, 57)])
def test_sizes_to_find_one_in_twenty(cases, size):
    assert cases_to_find(cases, cases // 20) == size


@pytest.mark.parametrize(("cases", "most"), [(30, 10), (60, 11), (100, 12), (300, 13)])
def test_what_a_clean_fifth_leaves_possible(cases, most):
    found = bounds(cases, cases // 5, 0)
    assert (found.least, found.most, found.most_of_the_rest) == (0, most, most)


@st.composite
def drawn_samples(draw):
    cases = draw(st.integers(1, 60))
    drawn = draw(st.integers(0, cases))
    return cases, drawn, draw(st.integers(0, drawn))


@given(drawn_samples())
def test_bounds_hold_exactly_those_that_are_not_ruled_out(sample):
    cases, drawn, found = sample
    got = bounds(*sample)
    possible = range(found, cases - drawn + found + 1)
    left = [f for f in possible if chance_of_at_most(found, cases, f, drawn) > RISK]
    assert got.most == max(left)
    assert found <= got.least <= got.most <= cases - drawn + found


@given(st.integers(1, 40), st.data())
def test_each_bound_is_wrong_at_most_as_often_as_it_says(cases, data):
    drawn, faulty = data.draw(st.integers(0, cases)), data.draw(st.integers(0, cases))
    too_low = too_high = Fraction(0)
    for found in range(max(0, drawn - cases + faulty), min(drawn, faulty) + 1):
        upto, before = (chance_of_at_most(k, cases, faulty, drawn) for k in (found, found - 1))
        got = bounds(cases, drawn, found)
        too_low += (upto - before) * (got.most < faulty)
        too_high += (upto - before) * (got.least > faulty)
    assert too_low <= RISK and too_high <= RISK


@given(drawn_samples(), st.data())
def test_chances_are_those_of_the_hypergeometric_law(sample, data):
    cases, drawn, found = sample
    faulty = data.draw(st.integers(0, cases))
    assert float(chance_of_at_most(found, cases, faulty, drawn)) == pytest.approx(hypergeom(cases, faulty, drawn).cdf(found), abs=1e-9)


@given(st.integers(1, 80), st.data())
def test_one_case_fewer_would_not_be_enough(cases, data):
    faulty = data.draw(st.integers(1, cases))
    size = cases_to_find(cases, faulty)
    assert chance_of_at_most(0, cases, faulty, size) <= RISK
    assert size == 1 or chance_of_at_most(0, cases, faulty, size - 1) > RISK


def test_everything_drawn_leaves_nothing_open():
    assert (bounds(7, 7, 2).least, bounds(7, 7, 2).most) == (2, 2)
    assert (bounds(7, 0, 0).least, bounds(7, 0, 0).most) == (0, 7)


@pytest.mark.parametrize(("call", "counts"), [(bounds, (5, 6, 0)), (bounds, (5, 3, 4)), (cases_to_find, (5, 0)), (cases_to_find, (5, 6))])
def test_counts_that_cannot_be_are_refused(call, counts):
    with pytest.raises(ValueError):
        call(*counts)


@given(st.lists(st.integers(1, 6).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=1, max_size=3))
def test_no_spread_over_the_strata_hides_more(strata):
    def chance(hidden) -> Fraction:
        out = Fraction(1)
        for (cases, drawn), faulty in zip(strata, hidden, strict=True):
            out *= chance_of_at_most(0, cases, faulty, drawn)
        return out

    spreads = product(*(range(cases + 1) for cases, _ in strata))
    assert most_if_clean(strata) == max(sum(hidden) for hidden in spreads if chance(hidden) > RISK)


def test_one_stratum_is_the_plain_bound():
    assert most_if_clean([(100, 20)]) == bounds(100, 20, 0).most


def test_the_plan_says_it_in_words():
    found = plans({"甲县": 100, "乙县": 0, "丙县": 6, "丁县": 1}, {"甲县": 20, "乙县": 0, "丙县": 2, "丁县": 1})
    assert [(p.name, p.cases, p.drawn) for p in found] == [("全部", 107, 23), ("甲县", 100, 20), ("丙县", 6, 2), ("丁县", 1, 1)]
    assert found[1].sentence == (
        "甲县 100 件，抽 20 件：如未发现某类问题，其余 80 件中仍可能有至多 12 件有同类问题（95% 把握）。"
        "如有一成案件（10 件）有问题，要有 95% 把握至少抽到 1 件，须抽 25 件，还差 5 件。"
    )
    assert found[2].clean_most == 4
    assert found[3].sentence == "丁县 1 件全部抽到，没有未看的案件。"
    assert [p.name for p in plans({"甲县": 10}, {"甲县": 2})] == ["甲县"]


def test_the_plan_answers_for_any_share_of_faulty_cases():
    (plan,) = plans({"全市": 1000}, {"全市": 200}, faulty=Fraction(1, 20))
    assert (plan.to_find, plan.drawn) == (57, 200)
    assert "如有 5% 的案件（50 件）有问题，要有 95% 把握至少抽到 1 件，须抽 57 件，现在的数量已够。" in plan.sentence
