"""Long texts of the demo: never near-identical by accident, and without a word that tells a domain or a power."""

import difflib

from hypothesis import given
from hypothesis import strategies as st

from review.demo.texts import BASE, DIGITS, REASON, RECTIFICATION, TEXTS, reason_text, rectification_text
from review.vocabulary.matters import domains
from review.vocabulary.terms import read_toml

numbers = st.integers(0, TEXTS - 1)


@given(numbers, numbers)
def test_two_texts_differ_in_most_places(one, other):
    if one == other:
        return
    for make, slots in ((reason_text, REASON), (rectification_text, RECTIFICATION)):
        same = sum(phrase in make(one) and phrase in make(other) for slot in slots for phrase in slot)
        assert same < DIGITS
        assert difflib.SequenceMatcher(None, make(one), make(other), autojunk=False).ratio() < 0.85


@given(st.integers(0, BASE**5 - 1), st.integers(0, BASE**5 - 1))
def test_more_texts_than_cases_of_a_province(one, other):
    assert (reason_text(one, 5) == reason_text(other, 5)) == (one == other)


def test_every_slot_has_as_many_phrases_as_the_code_needs():
    phrases = [phrase for slot in (*REASON, *RECTIFICATION) for phrase in slot]
    assert {len(slot) for slot in (*REASON, *RECTIFICATION)} == {BASE}
    assert len(phrases) == len(set(phrases))


def test_reasons_name_no_domain_and_no_power():
    powers = read_toml("powers")
    words = {w for d in domains().values() for w in d.keywords} | {*powers["licensed"], *powers["village_own"], "领导责任"}
    assert [(phrase, w) for slot in REASON for phrase in slot for w in words if w in phrase] == []
