"""How many people an inquiry team has, as far as the cell tells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.workbook.teams import parse_team

CASES = [
    ("3", 3, "number"),
    ("3.0", 3, "number"),
    ("3人", 3, "number"),
    ("三人", 3, "number"),
    ("十二名", 12, "number"),
    ("张某、李某等3人", 3, "number"),
    ("1人", 1, "number"),
    ("张明、李华", 2, "names"),
    ("张某某 李某", 2, "names"),
    ("组长：张某；成员：李某、王某", 3, "names"),
    ("组长张明，成员李华、王强", 3, "names"),
    ("张明（主办）、李华（协办）", 2, "names"),
    ("张明", 1, "names"),
    ("第一纪检监察室", None, None),
    ("组长1人，成员2人", None, None),
    ("", None, None),
    (None, None, None),
    ("/", None, None),
]


@pytest.mark.parametrize(("raw", "size", "told_by"), CASES, ids=[str(c[0]) for c in CASES])
def test_team(raw, size, told_by):
    found = parse_team(raw)
    assert (found.size, found.told_by) == (size, told_by)


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text):
    found = parse_team(text)
    assert (found.size is None) == (found.told_by is None)
    assert found.size is None or found.size >= 0
