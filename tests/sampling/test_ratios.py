"""Ratio and risk-weighted shares: agreement with the plain estimators, bias and coverage over seeded draws, edges."""

import numpy as np
import pytest
from scipy.stats import hypergeom

from review.sampling.bounds import bounds
from review.sampling.estimates import stratified_mean
from review.sampling.ratios import most_hidden, ratio_share, stratified_variance, weighted_share

SIZES = {"甲": 120, "乙": 60, "丙": 30}
TAKEN = {h: n // 5 for h, n in SIZES.items()}
STRATA = [h for h, n in TAKEN.items() for _ in range(n)]
CHANCES = [TAKEN[h] / SIZES[h] for h in STRATA]


def draws(rng, rounds):
    """Places of stratified simple random samples, one row a draw, in the order of STRATA."""
    columns, start = [], 0
    for h, size in SIZES.items():
        columns.append(start + np.argsort(rng.random((rounds, size)), axis=1)[:, : TAKEN[h]])
        start += size
    return np.concatenate(columns, axis=1)


def town(rng, shares):
    return np.concatenate([rng.random(n) < p for n, p in zip(SIZES.values(), shares, strict=True)])


def test_with_equal_chances_it_is_the_stratified_mean_and_its_error():
    rng = np.random.default_rng(1)
    y = rng.random(len(STRATA)) < 0.4
    plain, weighted = stratified_mean(y, STRATA, SIZES), weighted_share(y, CHANCES, STRATA, sum(SIZES.values()))
    assert weighted.estimate == pytest.approx(plain.estimate) and weighted.error == pytest.approx(plain.error)
    ratio = ratio_share(y, [1] * len(y), CHANCES, STRATA)
    assert (ratio.estimate, ratio.error) == (pytest.approx(plain.estimate), pytest.approx(plain.error))


def test_stratified_shares_are_unbiased_and_95_percent_intervals_cover():
    rng = np.random.default_rng(21)
    faulty = town(rng, (0.2, 0.4, 0.5))
    found = [weighted_share(faulty[places], CHANCES, STRATA, len(faulty)) for places in draws(rng, 2000)]
    estimates = np.array([f.estimate for f in found])
    assert abs(estimates.mean() - faulty.mean()) < 4 * estimates.std() / 2000**0.5
    held = np.mean([f.low <= faulty.mean() <= f.high for f in found])
    assert 0.95 <= held <= 0.985  # limits after Clopper and Pearson err towards too wide
    # The error is that of the estimates themselves.
    assert np.mean([f.error for f in found]) == pytest.approx(estimates.std(), rel=0.05)


def test_means_with_students_t_cover_93_to_97_percent():
    rng = np.random.default_rng(22)
    value = rng.normal(50, 10, sum(SIZES.values())) + np.repeat([0, 10, 25], list(SIZES.values()))
    found = [stratified_mean(value[places], STRATA, SIZES) for places in draws(rng, 2000)]
    estimates = np.array([f.estimate for f in found])
    assert abs(estimates.mean() - value.mean()) < 4 * estimates.std() / 2000**0.5
    assert 0.93 <= np.mean([f.low <= value.mean() <= f.high for f in found]) <= 0.97


def test_precision_of_suspects_covers():
    rng = np.random.default_rng(23)
    suspect = town(rng, (0.5, 0.4, 0.6))
    right = suspect & (rng.random(len(suspect)) < 0.7)
    truth = right.sum() / suspect.sum()
    found = [ratio_share(right[places], suspect[places], CHANCES, STRATA) for places in draws(rng, 2000)]
    estimates = np.array([f.estimate for f in found])
    assert estimates.mean() == pytest.approx(truth, abs=0.01)
    assert np.mean([f.low <= truth <= f.high for f in found]) >= 0.95


@pytest.mark.parametrize(("cases", "drawn"), [(100, 20), (60, 12), (40, 8)])
def test_exact_bounds_hold_at_least_as_often_as_they_say(cases, drawn):
    """No simulation: every count of faulty cases against every sample that can come of it."""
    found = [bounds(cases, drawn, k) for k in range(drawn + 1)]
    for faulty in range(cases + 1):
        chance = hypergeom(cases, faulty, drawn).pmf(np.arange(drawn + 1))
        assert sum(p for p, b in zip(chance, found, strict=True) if faulty <= b.most) >= 0.95 - 1e-9
        assert sum(p for p, b in zip(chance, found, strict=True) if faulty >= b.least) >= 0.95 - 1e-9


def test_risk_weighted_shares_are_unbiased_and_cover():
    rng = np.random.default_rng(24)
    risk = rng.uniform(1, 4, 100)
    faulty = rng.random(100) < risk / 8
    chances = 25 * risk / risk.sum()
    u = rng.random((2000, 100))
    places = np.argsort(u * (1 - chances) / (chances * (1 - u)), axis=1)[:, :25]
    found = [weighted_share(faulty[p], chances[p], ["全部"] * 25, 100) for p in places]
    estimates = np.array([f.estimate for f in found])
    assert estimates.mean() == pytest.approx(faulty.mean(), rel=0.03)
    assert np.mean([f.low <= faulty.mean() <= f.high for f in found]) >= 0.93


def test_strata_with_one_case_are_taken_together():
    assert stratified_variance([1.0], [0.2], ["甲"]) is None
    assert stratified_variance([1.0, 0.0], [0.2, 0.2], ["甲", "乙"]) == pytest.approx(
        stratified_variance([1.0, 0.0], [0.2, 0.2], ["甲", "甲"])
    )
    assert stratified_variance([1.0, 0.0], [1.0, 1.0], ["甲", "乙"]) == 0.0
    one = weighted_share([True], [0.2], ["甲"], 5)
    assert one.error is None and one.low < 0.2 and one.high == pytest.approx(1.0, abs=0.1)


def test_nothing_found_and_nothing_to_divide_by():
    none = ratio_share([0, 0, 0], [1, 1, 1], [0.2] * 3, ["甲"] * 3)
    assert (none.estimate, none.low) == (0.0, 0.0) and none.high > 0.4
    assert ratio_share([0, 0], [0, 0], [0.2, 0.2], ["甲", "甲"]).low is None
    assert weighted_share([], [], [], 9).low is None
    with pytest.raises(ValueError):
        weighted_share([True], [0.0], ["甲"], 5)


def test_what_hides_from_a_clean_draw_hides_where_it_is_hit_least():
    assert most_hidden([0.2] * 80) == 13 >= 12  # a little more than the exact 12 of a simple draw
    assert most_hidden([0.05] * 10 + [0.9] * 10) == 11
    assert most_hidden([]) == 0
