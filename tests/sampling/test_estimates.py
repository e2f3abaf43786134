"""Estimates from the sample: published examples, and what seeded draws show of bias and coverage."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.sampling.estimates import horvitz_thompson, stratified_mean, stratified_share
from review.sampling.pareto import pareto_order, proportional_chances

WORKED = Path(__file__).parent / "worked" / "stratified_estimate_apistrat.csv"


def test_apistrat():
    with WORKED.open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    found = stratified_mean([float(r["api00"]) for r in table], [r["stype"] for r in table], {"E": 4421, "H": 755, "M": 1018})
    assert (round(found.estimate, 5), round(found.error, 5)) == (662.28736, 9.40894)
    assert (found.n, found.frame) == (200, 6194)


def test_strata_without_a_reviewed_case_are_told():
    found = stratified_mean([1, 0, 1], ["甲", "甲", "甲"], {"甲": 9, "乙": 4})
    assert (found.frame, found.exclusions) == (9, {"没有评查过案件的层": 4})


def test_one_case_of_several_gives_no_error():
    found = stratified_mean([1, 0, 1], ["甲", "甲", "乙"], {"甲": 9, "乙": 4})
    assert (found.error, found.low) == (None, None)


def test_nothing_reviewed():
    assert stratified_mean([], [], {"甲": 3}).n == 0
    assert stratified_share([], [], {"甲": 3}).frame == 0


@pytest.mark.parametrize(
    ("values", "strata", "sizes"), [([1], ["丙"], {"甲": 3}), ([1, 1], ["甲", "甲"], {"甲": 1}), ([1], ["甲", "甲"], {"甲": 3})]
)
def test_figures_that_cannot_be_are_refused(values, strata, sizes):
    with pytest.raises(ValueError):
        stratified_mean(values, strata, sizes)


def test_a_share_with_nothing_found_still_has_an_upper_limit():
    found = stratified_share([False] * 20, ["甲"] * 20, {"甲": 100})
    assert (found.estimate, found.low) == (0, 0) and 0.1 < found.high < 0.2
    assert stratified_share([True, False], ["甲", "甲"], {"甲": 2}).method == "全部评查"


def test_shares_of_seeded_draws_are_unbiased_and_their_intervals_hold():
    rng = np.random.default_rng(11)
    sizes = {"甲": 120, "乙": 60, "丙": 30}
    town = {h: rng.random(n) < p for (h, n), p in zip(sizes.items(), (0.1, 0.3, 0.5), strict=True)}
    truth = sum(v.sum() for v in town.values()) / sum(sizes.values())
    estimates, held = [], 0
    for _ in range(2000):
        drawn = {h: rng.choice(town[h], sizes[h] // 5, replace=False) for h in sizes}
        found = stratified_share(np.concatenate(list(drawn.values())), [h for h in drawn for _ in drawn[h]], sizes)
        estimates.append(found.estimate)
        held += found.low <= truth <= found.high
    assert np.mean(estimates) == pytest.approx(truth, abs=4 * np.std(estimates) / 2000**0.5)
    assert held >= 0.95 * 2000


def test_risk_weighted_draws_follow_their_chances_and_estimate_without_bias():
    rng = np.random.default_rng(12)
    risk = rng.uniform(1, 4, 60)
    y = (rng.random(60) < risk / 6).astype(float)
    chances, hits, totals, held = proportional_chances(risk, 15), np.zeros(60), [], 0
    for _ in range(3000):
        drawn = pareto_order(rng.random(60), chances)[:15]
        hits[drawn] += 1
        found = horvitz_thompson(y[drawn], chances[drawn])
        totals.append(found.estimate)
        held += found.low <= y.sum() <= found.high
    assert np.abs(hits / 3000 - chances).max() < 0.04
    assert np.mean(totals) == pytest.approx(y.sum(), rel=0.02)
    assert held >= 0.9 * 3000


def test_a_sure_case_comes_first():
    assert pareto_order([0.9, 0.1, 0.2], [1.0, 0.5, 0.5])[0] == 0


@given(st.lists(st.floats(0.1, 50), min_size=1, max_size=30), st.data())
def test_chances_add_up(weights, data):
    n = data.draw(st.integers(0, len(weights)))
    found = proportional_chances(weights, n)
    assert found.sum() == pytest.approx(n)
    assert (found <= 1 + 1e-9).all()


def test_all_sure_is_no_estimate():
    found = horvitz_thompson([1, 0, 1], [1, 1, 1], frame=3)
    assert (found.estimate, found.error, found.method) == (pytest.approx(2 / 3), 0.0, "全部评查")
    assert horvitz_thompson([1, 1], [1, 0.5]).error is None
    with pytest.raises(ValueError):
        horvitz_thompson([1], [0.0])
