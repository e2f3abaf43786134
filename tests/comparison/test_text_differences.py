"""Differences of two texts: nothing is lost, what differs faces what differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.comparison.text_differences import Segment, marked

TEXTS = st.text("甲乙丙丁，整改", max_size=30)


def parts(text: str, other: str) -> list[tuple[str, bool]]:
    return [(s.text, s.same) for s in marked(text, other)[0]]


@given(TEXTS, TEXTS)
def test_the_segments_give_the_texts_back_and_what_is_shared_is_equal(left, right):
    ours, theirs = marked(left, right)
    assert "".join(s.text for s in ours) == left and "".join(s.text for s in theirs) == right
    assert [s.same for s in ours] == [s.same for s in theirs]
    assert [s for s in ours if s.same] == [s for s in theirs if s.same]
    assert all(a.same != b.same for a, b in zip(ours, ours[1:], strict=False)), "neighbours of one kind are one segment"


@pytest.mark.parametrize(
    "left, right, told",
    [
        ("甲县财政局认真整改", "乙县财政局认真整改", [("甲", False), ("县财政局认真整改", True)]),
        ("逐项核对账目", "逐项核对账目", [("逐项核对账目", True)]),
        ("逐项核对", "逐项认真核对", [("逐项", True), ("", False), ("核对", True)]),
        ("河东村道路已修", "河西镇道路已修", [("河", True), ("东村", False), ("道路已修", True)]),
        ("甲乙丙", "丁戊己", [("甲乙丙", False)]),
        ("", "", []),
    ],
)
def test_what_is_marked(left, right, told):
    assert parts(left, right) == told


def test_a_single_equal_character_does_not_break_a_mark():
    assert marked("前面的话张大山后面的话", "前面的话李大河后面的话")[0] == (
        Segment("前面的话", True), Segment("张大山", False), Segment("后面的话", True))  # fmt: skip
