"""County against the rest: who is accused and who is not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.comparison.counties import compare_counties, sentence
from review.comparison.ranks import van_elteren

people = st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from(["一", "二"]), st.integers(1, 7)), min_size=12, max_size=36)


def columns(rows):
    return [r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows]


def town(shift: int, size: int = 30, seed: int = 1):
    rng = np.random.default_rng(seed)
    rows = []
    for county, n in (("甲县", size), ("乙县", 80), ("丙县", 60)):
        bands = rng.choice([2, 2, 2, 3, 4, 4], n) + (shift if county == "甲县" else 0)
        rows += [(county, str(g), int(b)) for g, b in zip(rng.integers(0, 3, n), bands, strict=True)]
    return rows


def test_a_county_two_bands_heavier_is_found_and_only_that_one():
    found = compare_counties(*columns(town(2)))
    assert {d.county for d in found.differences if d.holds} == {"甲县"}
    assert found.overall.p < 0.001
    told = found.of("甲县")[0]
    assert (told.group, told.direction, told.own_n, told.others_n) == (None, "偏重", 30, 140)
    assert "同类可比 30 人，中位处理档次" in sentence(told)
    assert f"已按 {len(found.differences)} 次比较校正" in sentence(told)


def test_one_band_is_no_finding_however_sure():
    found = compare_counties(*columns(town(1, size=200)))
    assert any(d.distinct for d in found.of("甲县"))
    assert not any(d.holds for d in found.differences)


def test_a_county_with_four_people_is_not_judged():
    found = compare_counties(*columns(town(5, size=4)))
    assert found.too_few == ("甲县",)
    assert not found.of("甲县")


def test_another_mix_of_matters_is_no_other_scale():
    rng = np.random.default_rng(3)
    rows = [("甲县", "重案", 6 + rng.integers(0, 2)) for _ in range(40)] + [("甲县", "轻案", 2) for _ in range(10)]
    rows += [("乙县", "重案", 6 + rng.integers(0, 2)) for _ in range(10)] + [("乙县", "轻案", 2) for _ in range(80)]
    found = compare_counties(*columns(rows))
    assert not any(d.holds for d in found.differences), "甲县 only has more grave cases; within each group both counties are alike"
    assert all(d.own_median == d.others_median for d in found.of("甲县")[:1])


@settings(max_examples=10, deadline=None)
@given(people, st.permutations("甲乙丙"))
def test_renamed_counties_give_renamed_results(rows, names):
    new = dict(zip("甲乙丙", names, strict=True))
    before, after = compare_counties(*columns(rows)), compare_counties(*columns([(new[c], g, b) for c, g, b in rows]))
    told = {(new[d.county], d.group): (d.own_n, d.own_median, d.others_median, d.shift) for d in before.differences}
    assert {(d.county, d.group): (d.own_n, d.own_median, d.others_median, d.shift) for d in after.differences} == told


@settings(max_examples=10, deadline=None)
@given(people, st.randoms())
def test_the_order_of_people_does_not_matter(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert compare_counties(*columns(shuffled)) == compare_counties(*columns(rows))


@settings(max_examples=10, deadline=None)
@given(people, st.integers(0, 1))
def test_bands_moved_for_everybody_in_a_group_change_no_p(rows, which):
    moved = [(c, g, b + 2 * (g == "一二"[which])) for c, g, b in rows]
    before, after = ([d.p for d in compare_counties(*columns(r)).differences] for r in (rows, moved))
    assert after == pytest.approx(before)


def test_an_ordinary_county_is_not_accused_for_standing_beside_a_harsh_one():
    found = compare_counties(*columns(town(2, size=120)))
    assert {d.county for d in found.differences if d.holds} == {"甲县"}
    assert {d.without for d in found.of("乙县")} == {("甲县",)}
    assert "不含尺度明显不同的甲县" in sentence(found.of("乙县")[0])


def test_of_two_counties_each_is_told_against_the_other():
    rows = [("甲县", "一", 6)] * 12 + [("乙县", "一", 2)] * 12
    found = compare_counties(*columns(rows)).differences
    assert {(d.county, d.direction) for d in found if d.holds} == {("甲县", "偏重"), ("乙县", "偏轻")}


def test_nobody_to_compare():
    found = compare_counties([], [], [])
    assert (found.n, found.differences, found.overall.p) == (0, (), 1.0)


@settings(max_examples=30, deadline=None)
@given(people)
def test_figures_worked_out_together_are_those_of_each_comparison_by_itself(rows):
    found = compare_counties(*columns(rows))
    for d in found.differences:
        if d.without:
            continue
        mine = [(g, b) for c, g, b in rows if c == d.county and d.group in (None, g)]
        rest = [(g, b) for c, g, b in rows if c != d.county and d.group in (None, g)]
        shared = {g for g, _ in mine} & {g for g, _ in rest}
        mine, rest = ([(g, b) for g, b in side if g in shared] for side in (mine, rest))
        assert (d.own_n, d.others_n, d.groups) == (len(mine), len(rest), len(shared))
        assert d.own_median == np.median([b for _, b in mine])
        plain = van_elteren([b for _, b in mine + rest], ["a"] * len(mine) + ["b"] * len(rest), [g for g, _ in mine + rest])
        assert d.z == pytest.approx(plain.z, abs=1e-9)
        if len(shared) == 1:
            assert d.others_median == np.median([b for _, b in rest])
            assert d.shift == np.median([a - b for _, a in mine for _, b in rest])
