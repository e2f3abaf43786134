"""Agreement between reviewers: published figures, missing ratings, edges."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.casework.agreement import agreement, as_ratings, to_talk_over

WORKED = Path(__file__).parent / "worked" / "agreement_krippendorff_four_observers.csv"


@pytest.fixture(scope="module")
def observers():
    with WORKED.open(encoding="utf-8") as file:
        return as_ratings([(r["unit"], o, float(r[o]) if r[o] else None) for r in csv.DictReader(file) for o in "abcd"])


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743421), ("ordinal", 0.815388), ("interval", 0.849107), ("ratio", 0.797403)])
def test_krippendorffs_four_observers(observers, level, alpha):
    assert round(agreement(observers, level).alpha, 6) == alpha


def test_gwet_leaves_empty_ratings_out(observers):
    found = agreement(observers)
    assert round(found.ac1, 5) == 0.77544
    assert found.ac1_low < found.ac1 < found.ac1_high <= 1
    assert (found.units, found.ratings, found.exclusions) == (11, 41, {"只有一人评查": 1})


def test_nobody_reviewed_twice():
    found = agreement({"案1": {"甲": 1}, "案2": {}})
    assert (found.alpha, found.raw, found.ac1, found.units, found.ratings) == (None, None, None, 0, 1)


def test_all_the_same_grade_is_full_raw_agreement_and_no_alpha():
    found = agreement({n: {"甲": 2, "乙": 2} for n in range(5)})
    assert (found.alpha, found.raw, found.ac1) == (None, 1.0, None)


def test_widest_differences_are_talked_over_first():
    given_ratings = {"案1": {"甲": 1, "乙": 2}, "案2": {"甲": 1, "乙": 4}, "案3": {"甲": 2, "乙": 2}, "案4": {"甲": 3}}
    assert to_talk_over(given_ratings) == ["案2", "案1"]


def test_an_unknown_level_is_refused():
    with pytest.raises(ValueError, match="unknown level"):
        agreement({}, "guess")


ratings = st.dictionaries(st.integers(0, 9), st.dictionaries(st.sampled_from("甲乙丙"), st.integers(1, 4), max_size=3), max_size=10)


@given(ratings)
def test_names_of_reviewers_do_not_matter(given_ratings):
    renamed = {unit: {"丙乙甲"["甲乙丙".index(who)]: v for who, v in given.items()} for unit, given in given_ratings.items()}
    before, after = agreement(given_ratings), agreement(renamed)
    assert before.alpha == pytest.approx(after.alpha) if before.alpha is not None else after.alpha is None
    assert (before.raw, before.units) == (after.raw, after.units)


@given(ratings)
def test_a_case_that_one_person_judged_changes_no_alpha(given_ratings):
    before, after = agreement(given_ratings), agreement(given_ratings | {"孤": {"甲": 4}})
    assert before.alpha == pytest.approx(after.alpha) if before.alpha is not None else after.alpha is None
    assert before.raw == after.raw
