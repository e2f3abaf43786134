"""The risk-weighted draw: targets, order, exact chances, and the simple draw, counted over thousands of seeded draws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from review.errors import SampleError
from review.sampling.pareto import exact_chances, need_weights, pareto_order, places, proportional_chances, stretched
from review.sampling.selection import ticket

DRAWS = 5_000
LIMIT = 0.999


def tickets(cases: int) -> np.ndarray:
    """Permanent random numbers of the cases, one row a seed; made by a plain generator where there are many."""
    if cases > 50:
        return np.random.default_rng(cases).random((DRAWS, cases))
    return np.array([[ticket(f"第{seed}期", f"案〔2023〕{case}号") for case in range(cases)] for seed in range(DRAWS)])


def counted(numbers: np.ndarray, targets: np.ndarray, n: int) -> np.ndarray:
    """How often each case is among the first n, over one row of numbers a draw."""
    order = np.argsort(places(numbers, targets), axis=1, kind="stable")[:, :n]
    return np.bincount(order.ravel(), minlength=numbers.shape[1])


def distance(counts: np.ndarray, chances: np.ndarray) -> tuple[float, float]:
    """Distance of counts from stated chances, as a chi-square with its 99.9% limit.

    Counts of a draw of fixed size hang together, so the covariances are those of the conditional Poisson design (Hájek 1964), which is
    exact for equal chances; one degree is lost to the fixed size.
    """
    open_ = chances < 1
    p, off = chances[open_], counts[open_] - len_draws(counts, chances) * chances[open_]
    spread = p * (1 - p)
    covariance = np.diag(spread) - np.outer(spread, spread) / spread.sum()
    covariance *= len(p) / (len(p) - 1)
    value = off @ np.linalg.pinv(covariance, rcond=1e-9) @ off / DRAWS
    return float(value), float(chi2.ppf(LIMIT, len(p) - 1))


def len_draws(counts: np.ndarray, chances: np.ndarray) -> float:
    """Draws that were counted; the sum of the chances is the size of one."""
    return counts.sum() / chances.sum()


@pytest.mark.parametrize(("cases", "n"), [(10, 2), (31, 7), (120, 24)])
def test_simple_draws_hit_every_case_as_often_as_stated(cases, n):
    chances = np.full(cases, n / cases)
    counts = counted(tickets(cases), chances, n)
    value, limit = distance(counts, chances)
    assert value < limit


@pytest.mark.parametrize(("weights", "n"), [([4] * 3 + [3] * 5 + [2] * 8 + [1] * 24, 8), ([4, 3, 2, 1, 1], 2), ([4] * 30 + [1] * 170, 40)])
def test_risk_weighted_draws_hit_every_case_as_often_as_stated(weights, n):
    targets = proportional_chances(weights, n)
    exact = exact_chances(targets, n)
    assert exact.sum() == pytest.approx(n)
    assert np.abs(exact - targets).max() < 0.02  # the target is near, as Rosén says
    counts = counted(tickets(len(weights)), targets, n)
    value, limit = distance(counts, exact)
    assert value < limit


def test_a_wrong_statement_would_be_noticed():
    chances = np.full(31, 7 / 31)
    counts = counted(np.random.default_rng(5).random((DRAWS, 31)), proportional_chances([2] * 10 + [1] * 21, 7), 7)
    value, limit = distance(counts, chances)
    assert value > 10 * limit


def test_the_exact_chance_is_that_of_two_cases_worked_by_hand():
    # Two cases, one place, odds 3 and 1/3: the first is drawn when u/(1 - u) < 9 v/(1 - v); integrated over v: r(r - 1 - ln r)/(r - 1)^2.
    found = exact_chances([0.75, 0.25], 1)
    ratio = 9.0
    assert found[0] == pytest.approx(ratio * (ratio - 1 - np.log(ratio)) / (ratio - 1) ** 2, abs=1e-9)
    assert found.sum() == pytest.approx(1)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=25), st.data())
def test_targets_add_up_and_a_longer_stretch_keeps_the_order(weights, data):
    n = data.draw(st.integers(1, len(weights)))
    more = data.draw(st.integers(n, len(weights)))
    targets = proportional_chances(weights, n)
    longer = stretched(targets, more)
    assert longer.sum() == pytest.approx(more)
    assert (longer >= targets - 1e-9).all() and (longer <= 1).all()
    u = np.random.default_rng(len(weights)).random(len(weights))
    assert set(pareto_order(u, targets)[:n]) <= set(pareto_order(u, targets)[:more])
    open_ = longer < 1
    assert list(pareto_order(u[open_], targets[open_])) == list(pareto_order(u[open_], longer[open_]))


@given(st.lists(st.integers(1, 4), min_size=1, max_size=25), st.data())
def test_exact_chances_are_chances_and_add_up(weights, data):
    n = data.draw(st.integers(1, len(weights)))
    found = exact_chances(proportional_chances(weights, n), n)
    assert found.sum() == pytest.approx(n)
    assert ((found > 0) & (found <= 1 + 1e-9)).all()
    for heavier in (4, 3, 2):
        if heavier in weights and 1 in weights:
            assert found[weights.index(heavier)] >= found[weights.index(1)] - 1e-9


def test_large_strata_state_the_target():
    targets = proportional_chances([4, 1] * 1500, 600)
    assert (exact_chances(targets, 600) == stretched(targets, 600)).all()


def test_equal_chances_keep_the_order_of_the_numbers():
    u = np.random.default_rng(3).random(500)
    assert list(pareto_order(u, np.full(500, 0.2))) == list(np.argsort(u))


def test_unchecked_cases_have_no_risk_weight():
    assert need_weights(["严重", "无", "提示", "一般"]) == [4, 1, 2, 3]
    with pytest.raises(SampleError, match="1 件"):
        need_weights(["严重", None])
