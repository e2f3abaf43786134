"""Exact test of two shares in SQL against whole-number arithmetic and against published p values."""

from fractions import Fraction
from math import comb

import duckdb
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from review.comparison.views import EXACT_TESTS


@pytest.fixture(scope="module")
def con():
    con = duckdb.connect()
    con.execute(EXACT_TESTS.read_text(encoding="utf-8"))
    yield con
    con.close()


def fisher(con, *counts: int) -> float | None:
    return con.execute("SELECT fisher_two_sided($1::BIGINT, $2::BIGINT, $3::BIGINT, $4::BIGINT)", list(counts)).fetchone()[0]


def by_counting(k1: int, n1: int, k2: int, n2: int) -> Fraction:
    """Every table with these margins that is no likelier than the one seen, in whole numbers."""
    marked = k1 + k2

    def ways(x: int) -> int:
        return comb(n1, x) * comb(n2, marked - x)

    likelier_not = sum(ways(x) for x in range(max(0, marked - n2), min(n1, marked) + 1) if ways(x) <= ways(k1))
    return Fraction(likelier_not, comb(n1 + n2, marked))


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 400), st.integers(1, 400), st.data())
def test_against_whole_numbers(con, n1, n2, data):
    k1, k2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    assert fisher(con, k1, n1, k2, n2) == pytest.approx(float(by_counting(k1, n1, k2, n2)), rel=1e-9, abs=1e-300)


@pytest.mark.parametrize(
    "counts, p",
    [
        ((3, 4, 1, 4), 0.4857142857142857),  # Fisher's tea (R: fisher.test)
        ((8, 10, 1, 6), 0.03496503496503495),  # scipy's documentation of fisher_exact: [[8, 2], [1, 5]]
        ((10, 13, 2, 17), 0.0005367241191),  # Fisher's convicted twins (R: fisher.test, 0.0005367 two-sided)
    ],
)
def test_against_published_values(con, counts, p):
    assert fisher(con, *counts) == pytest.approx(p, rel=1e-6)


def test_swapping_the_groups_changes_nothing(con):
    assert fisher(con, 12, 40, 90, 500) == pytest.approx(fisher(con, 90, 500, 12, 40), rel=1e-9)


def test_nothing_to_compare(con):
    assert fisher(con, 0, 0, 3, 10) is None
    assert fisher(con, 3, 10, 0, 0) is None
    assert fisher(con, 0, 10, 0, 10) == 1


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_a_wider_difference_is_never_likelier(con, n1, n2, data):
    k1, k2 = data.draw(st.integers(0, n1 - 1)), data.draw(st.integers(0, n2))
    assume(k1 * n2 >= k2 * n1 and k2 > 0)
    assert fisher(con, k1 + 1, n1, k2 - 1, n2) <= fisher(con, k1, n1, k2, n2) * (1 + 1e-9)


def test_large_counts(con):
    p = fisher(con, 170, 400, 250_000, 1_000_000)
    assert 0 < p < 1e-10
