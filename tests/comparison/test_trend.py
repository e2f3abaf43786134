"""Trends: no alarm from few points, an alarm where the level moved."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from review.comparison.trend import runs, trend


def test_limits_of_the_published_rule():
    # Anhøj and Olesen 2014, table 1: 12 useful points allow a run of 7 and need 3 crossings, 24 points 8 and 8.
    found = {n: runs([i % 2 for i in range(n)]) for n in (12, 24)}
    assert {n: (r.longest_allowed, r.crossings_expected) for n, r in found.items()} == {12: (7, 3), 24: (8, 8)}


def test_a_shift_is_told():
    found = runs([0.1, 0.12, 0.11, 0.13, 0.1, 0.12, 0.1, 0.11, 0.3, 0.32, 0.31, 0.33, 0.3, 0.31, 0.32, 0.3])
    assert found.shifted and found.longest == 8 and found.crossings == 1


def test_up_and_down_is_no_shift():
    assert not runs([0.1, 0.3] * 8).shifted


def test_fewer_than_twelve_points_say_nothing():
    assert runs([0.1] * 5 + [0.4] * 6) is None
    assert runs([]) is None


def test_a_quarter_far_out_is_marked_and_an_empty_one_kept():
    found = trend(["1季度", "2季度", "3季度", "4季度"], [5, 4, 0, 30], [50, 50, 0, 50])
    assert [p.outside for p in found.periods] == [False, False, False, True]
    assert found.periods[2].rate is None and found.exclusions == {"没有案件的时段": 1}
    assert found.runs is None


def test_nothing_at_all():
    assert trend(["1季度"], [0], [0]).centre is None


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).map(sorted), max_size=30))
def test_limits_hold_the_centre(pairs):
    found = trend([str(i) for i in range(len(pairs))], [k for k, _ in pairs], [n for _, n in pairs])
    for period in found.periods:
        if period.rate is not None:
            assert period.low <= found.centre + 1 / period.n and period.high >= found.centre - 1 / period.n
            tail = min(binom.cdf(period.k, period.n, found.centre), binom.sf(period.k - 1, period.n, found.centre))
            beyond = not period.low - 1e-12 <= period.rate <= period.high + 1e-12
            assert period.outside == (beyond and tail <= 0.001)


def test_a_period_needs_its_figures():
    with pytest.raises(ValueError):
        trend(["1季度", "2季度"], [1], [2])


def test_the_only_case_of_a_period_is_never_outside():
    assert [p.outside for p in trend(["一", "二"], [0, 1], [1, 1]).periods] == [False, False]
