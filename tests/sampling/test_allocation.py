"""Allocation: published numbers, exact ratios, and what must hold for any sizes."""

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import SampleError
from review.sampling.allocation import allocate, at_least, largest_remainder, neyman_weights, parse_ratio, share_out

sizes = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 400), min_size=1, max_size=15)
ratios = st.fractions(Fraction(1, 5), 1, max_denominator=1000)


def test_largest_remainder_gives_the_published_example():
    votes = {"A": 47000, "B": 16000, "C": 15900, "D": 12000, "E": 6000, "F": 3100}
    assert list(largest_remainder(votes, 10).values()) == [5, 2, 1, 1, 1, 0]


def test_equal_remainders_go_to_the_larger_stratum_then_by_name():
    assert largest_remainder({"乙": 1, "甲": 1, "丙": 3}, 3) == {"乙": 1, "甲": 0, "丙": 2}  # remainders 3/5, 3/5, 4/5; 乙 is before 甲
    assert largest_remainder({"小": 1, "大": 3}, 2) == {"小": 0, "大": 2}  # remainders 1/2 and 1/2


def test_small_strata_get_one_without_taking_it_from_others():
    # 20 places by remainders, one more for 丙.
    assert allocate({"甲": 96, "乙": 2, "丙": 1, "丁": 0}, "0.2") == {"甲": 19, "乙": 1, "丙": 1, "丁": 0}


def test_twenty_of_a_hundred():
    assert sum(allocate({"甲": 60, "乙": 40}, "20%").values()) == 20


@pytest.mark.parametrize(
    ("text", "ratio"),
    [("0.2", Fraction(1, 5)), ("20%", Fraction(1, 5)), ("1/5", Fraction(1, 5)), ("２５％", Fraction(1, 4)), (0.3, Fraction(3, 10)), (1, 1)],
)
def test_ratio_is_read_exactly(text, ratio):
    assert parse_ratio(text) == ratio


@pytest.mark.parametrize("text", ["0.19", "19.99%", "1/6", "0", "", "五分之一", "-0.2", "nan", "1/0", "1.5", "120%", "0.2.1"])
def test_ratio_below_a_fifth_or_unreadable_is_refused(text):
    with pytest.raises(SampleError) as refused:
        parse_ratio(text)
    assert refused.value.advice


def test_places_are_counted_without_floating_point():
    # ceil(100 * 0.07) is 8 in floating point.
    assert ceil(100 * 0.07) == 8
    assert at_least(Fraction("0.07"), 100) == 7
    assert at_least(Fraction("0.2"), 101) == 21


@given(sizes, ratios)
def test_total_is_never_under_the_ratio_and_no_stratum_is_overdrawn(sizes, ratio):
    quotas = allocate(sizes, ratio)
    assert sum(quotas.values()) >= ratio * sum(sizes.values())
    assert all(quotas[name] <= size for name, size in sizes.items())
    assert all(quotas[name] >= 1 for name, size in sizes.items() if size)


@given(sizes, ratios)
def test_quotas_differ_by_less_than_one_from_the_exact_share(sizes, ratio):
    total = sum(sizes.values())
    places = at_least(ratio, total)
    for name, quota in largest_remainder(sizes, places).items():
        assert total == 0 or abs(quota - Fraction(sizes[name] * places, total)) < 1


@given(sizes, ratios)
def test_order_of_strata_does_not_matter(sizes, ratio):
    assert allocate(dict(reversed(sizes.items())), ratio) == allocate(sizes, ratio)


def test_neyman_of_practools():
    sizes = dict(zip("ABCDEF", (215, 65, 252, 50, 149, 144), strict=True))
    spread = dict(zip("ABCDEF", (26787207, 10645109, 6909676, 11085034, 9817762, 44553355), strict=True))
    lines = share_out(sizes, 100, neyman_weights(sizes, {name: Fraction(s * s) for name, s in spread.items()}))
    assert [round(float(line.due), 5) for line in lines] == [34.64168, 4.16195, 10.47349, 3.33380, 8.79897, 38.59011]
    assert [line.quota for line in lines] == [35, 4, 10, 3, 9, 39]


def test_strata_that_do_not_differ_have_no_neyman_allocation():
    with pytest.raises(SampleError, match="内曼"):
        neyman_weights({"甲": 5}, {"甲": Fraction(0)})


def test_what_a_full_stratum_can_not_give_goes_to_the_others():
    lines = share_out({"甲": 3, "乙": 50, "丙": 50}, 20, {"甲": 80, "乙": 10, "丙": 10})
    assert {line.stratum: (line.shared, line.quota) for line in lines} == {"甲": (3, 3), "乙": (8, 8), "丙": (9, 9)}
    bounded = share_out({"甲": 90, "乙": 10, "丙": 2}, 20, minimum=3, maximum=12)
    assert {line.stratum: line.quota for line in bounded} == {"甲": 12, "乙": 7, "丙": 2}


def test_a_maximum_without_room_is_refused():
    with pytest.raises(SampleError, match="最多抽 4 件"):
        share_out({"甲": 50, "乙": 50}, 20, maximum=2)


weighted = st.dictionaries(st.text(min_size=1, max_size=2), st.tuples(st.integers(0, 60), st.integers(0, 99)), min_size=1, max_size=9)


@given(weighted, ratios, st.integers(1, 5), st.none() | st.integers(5, 30))
def test_bounds_hold_and_the_total_is_never_short(strata, ratio, minimum, maximum):
    sizes, weights = ({name: pair[k] for name, pair in strata.items()} for k in (0, 1))
    places = at_least(ratio, sum(sizes.values()))
    tops = {name: min(size, maximum or size) for name, size in sizes.items()}
    if sum(tops.values()) < places:
        with pytest.raises(SampleError):
            share_out(sizes, places, weights, minimum, maximum)
        return
    quotas = {line.stratum: line.quota for line in share_out(sizes, places, weights, minimum, maximum)}
    assert sum(quotas.values()) >= places
    assert all(min(minimum, tops[name]) <= quotas[name] <= tops[name] for name in sizes)
    assert quotas == {line.stratum: line.quota for line in share_out(dict(reversed(sizes.items())), places, weights, minimum, maximum)}
