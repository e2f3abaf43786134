"""Identities of the stratified rank test, and its exact law against counting every arrangement by hand."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import kruskal, mannwhitneyu, rankdata

from review.comparison.ranks import kruskal_wallis, stratified_ranks, van_elteren

bands = st.lists(st.integers(0, 6), min_size=4, max_size=14)
labelled = st.lists(st.tuples(st.integers(0, 6), st.sampled_from("甲乙丙"), st.integers(0, 2)), min_size=6, max_size=40)


def columns(rows):
    return [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]


@given(bands, st.data())
def test_one_stratum_is_the_plain_wilcoxon_test(values, data):
    groups = data.draw(st.lists(st.sampled_from("ab"), min_size=len(values), max_size=len(values)))
    if len(set(groups)) < 2 or len(set(values)) < 2:
        return
    a, b = ([v for v, g in zip(values, groups, strict=True) if g == name] for name in "ab")
    plain = mannwhitneyu(a, b, use_continuity=False, method="asymptotic")
    assert van_elteren(values, groups, [0] * len(values)).p == pytest.approx(plain.pvalue)


@given(labelled)
def test_one_stratum_is_kruskal_wallis_with_ties(rows):
    values, groups, _ = columns(rows)
    if len(set(groups)) < 2 or len(set(values)) < 2:
        return
    plain = kruskal(*([v for v, g in zip(values, groups, strict=True) if g == name] for name in sorted(set(groups))))
    assert kruskal_wallis(values, groups).statistic == pytest.approx(plain.statistic, abs=1e-9)


@given(labelled)
def test_two_groups_of_the_general_form_are_van_elteren(rows):
    rows = [r for r in rows if r[1] != "丙"]
    values, groups, strata = columns(rows)
    found = stratified_ranks(values, groups, strata)
    if found.df:
        assert found.statistic == pytest.approx(found.z**2)


@given(labelled, st.integers(-50, 50))
def test_a_constant_added_in_a_stratum_changes_nothing(rows, constant):
    values, groups, strata = columns(rows)
    moved = [v + constant * (s == 1) for v, s in zip(values, strata, strict=True)]
    assert stratified_ranks(moved, groups, strata) == stratified_ranks(values, groups, strata)


@given(labelled, st.permutations("甲乙丙"))
def test_renamed_groups_give_the_same_test(rows, names):
    values, groups, strata = columns(rows)
    renamed = [dict(zip("甲乙丙", names, strict=True))[g] for g in groups]
    plain, other = (stratified_ranks(values, g, strata).statistic for g in (groups, renamed))
    assert other == pytest.approx(plain, abs=1e-9)


@given(labelled, st.randoms())
def test_the_order_of_rows_does_not_matter(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    for method in ("asymptotic", "permutation"):
        assert stratified_ranks(*columns(shuffled), method).p == pytest.approx(stratified_ranks(*columns(rows), method).p)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from("ab"), st.integers(0, 1)), min_size=4, max_size=10))
def test_the_exact_p_counts_every_arrangement(rows):
    values, groups, strata = columns(rows)
    found = stratified_ranks(values, groups, strata, "exact")
    assert found.p == pytest.approx(by_hand(rows), abs=1e-9)


def by_hand(rows) -> float:
    laws, observed = [], 0.0
    for h in {r[2] for r in rows}:
        values, groups = [r[0] for r in rows if r[2] == h], [r[1] for r in rows if r[2] == h]
        if len(set(groups)) < 2:
            continue
        ranks, m, weight = rankdata(values), groups.count("a"), 1 / (len(values) + 1)
        middle = m * (len(values) + 1) / 2
        observed += weight * (sum(r for r, g in zip(ranks, groups, strict=True) if g == "a") - middle)
        laws.append([weight * (sum(ranks[list(c)]) - middle) for c in combinations(range(len(values)), m)])
    if not laws:
        return 1.0
    sums = np.zeros(1)
    for law in laws:
        sums = np.add.outer(sums, law).ravel()
    return float((np.abs(sums) >= abs(observed) - 1e-9).mean())


def test_permutation_and_exact_agree():
    rng = np.random.default_rng(4)
    values, groups, strata = rng.integers(0, 7, 60), np.array(["甲"] * 12 + ["其他"] * 48), np.tile([0, 1, 2], 20)
    exact, drawn = (van_elteren(values, groups, strata, m).p for m in ("exact", "permutation"))
    assert drawn == pytest.approx(exact, abs=0.02)


def test_a_seed_gives_the_same_p_again():
    rng = np.random.default_rng(5)
    values, groups = rng.integers(0, 7, 200), np.array(["甲"] * 20 + ["其他"] * 180)
    first = van_elteren(values, groups, [0] * 200, "permutation")
    assert van_elteren(values, groups, [0] * 200, "permutation") == first


def test_strata_with_one_side_only_are_left_out_and_counted():
    found = van_elteren([1, 2, 3, 4, 9, 9], ["a", "b", "a", "b", "a", "a"], [0, 0, 0, 0, 1, 1])
    assert (found.n, found.strata, found.exclusions) == (4, 1, {"只有一方的层": 2})


def test_nothing_to_compare_is_no_difference():
    assert stratified_ranks([1, 2], ["a", "a"], [0, 0]).p == 1.0
    assert stratified_ranks([3, 3, 3], ["a", "b", "b"], [0, 0, 0]).p == 1.0


def test_faulty_input_is_refused():
    with pytest.raises(ValueError, match="one entry"):
        stratified_ranks([1], ["a", "b"], [0, 0])
    with pytest.raises(ValueError, match="unknown method"):
        stratified_ranks([1, 2], ["a", "b"], [0, 0], "guess")
    with pytest.raises(ValueError, match="two groups"):
        van_elteren([1, 2, 3], ["a", "b", "c"], [0, 0, 0])


def test_many_small_strata_with_groups_absent_from_most_of_them():
    rng = np.random.default_rng(6)
    values, groups, strata = rng.integers(0, 7, 40), rng.choice(list("甲乙丙丁"), 40), rng.integers(0, 12, 40)
    drawn, law = (stratified_ranks(values, groups, strata, method) for method in ("permutation", "asymptotic"))
    assert drawn.statistic == law.statistic and drawn.p == pytest.approx(law.p, abs=0.08)
    assert stratified_ranks(values, groups, strata, "auto").method == "置换"
    large = [np.tile(column, 20) for column in (values, groups)]
    assert stratified_ranks(*large, np.arange(800) // 4, "auto").method == "卡方近似", "what no chance could sway is not drawn"


def test_a_lone_person_against_many_is_counted_exactly_in_strata_where_either_side_is_small():
    found = van_elteren([9, *range(60)] * 2, ["a"] + ["b"] * 60 + ["b"] + ["a"] * 60, [0] * 61 + [1] * 61, "auto")
    assert found.method == "精确" and found.p == pytest.approx(1.0)
