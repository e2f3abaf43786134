"""Terms of office and 影响期: what the cell says, no more."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.workbook.spans import parse_span

CASES = [
    # raw, state, start, end, months
    ("2023-01-15至2024-01-14", "dates", ("2023-01-15", "day"), ("2024-01-14", "day"), None),
    ("2023-01-15 - 2024-01-14", "dates", ("2023-01-15", "day"), ("2024-01-14", "day"), None),
    ("2023.1-2024.1", "dates", ("2023-01-01", "month"), ("2024-01-01", "month"), None),
    ("2023年1月15日—2024年1月", "dates", ("2023-01-15", "day"), ("2024-01-01", "month"), None),
    ("2023.03~2025.08", "dates", ("2023-03-01", "month"), ("2025-08-01", "month"), None),
    ("2023.3-6", "dates", ("2023-03-01", "month"), ("2023-06-01", "month"), None),
    ("2019年3月至今", "dates", ("2019-03-01", "month"), None, None),
    ("2019.03-至今", "dates", ("2019-03-01", "month"), None, None),
    ("至2024年1月14日", "dates", None, ("2024-01-14", "day"), None),
    ("2024年1月14日止", "dates", None, ("2024-01-14", "day"), None),
    ("截至2024.1.14", "dates", None, ("2024-01-14", "day"), None),
    ("2021年6月起", "dates", ("2021-06-01", "month"), None, None),
    ("12个月（2023.1.15-2024.1.14）", "dates", ("2023-01-15", "day"), ("2024-01-14", "day"), 12),
    ("2018至2020", "dates", ("2018-01-01", "year"), ("2020-01-01", "year"), None),
    ("2018年—2020年5月", "dates", ("2018-01-01", "year"), ("2020-05-01", "month"), None),
    ("一年", "length", None, None, 12),
    ("1年6个月", "length", None, None, 18),
    ("一年半", "length", None, None, 18),
    ("影响期为十八个月", "length", None, None, 18),
    ("24个月", "length", None, None, 24),
    ("半年", "length", None, None, 6),
    ("两年", "length", None, None, 24),
    ("无", "none", None, None, None),
    ("有", "exists", None, None, None),
    ("", "blank", None, None, None),
    (None, "blank", None, None, None),
    ("/", "not_applicable", None, None, None),
    ("不涉及", "not_applicable", None, None, None),
    ("待核", "blank", None, None, None),
    ("按规定执行", "unreadable", None, None, None),
    ("2024年1月至2023年1月", "unreadable", None, None, None),
    ("2018.3-2020.5；2021.1-2022.3", "unreadable", None, None, None),
]


@pytest.mark.parametrize(("raw", "state", "start", "end", "months"), CASES, ids=[str(c[0]) for c in CASES])
def test_span(raw, state, start, end, months):
    found = parse_span(raw)
    ends = [None if value is None else (value.isoformat(), p) for value, p in
            ((found.start, found.start_precision), (found.end, found.end_precision))]  # fmt: skip
    assert (found.state, ends[0], ends[1], found.months) == (state, start, end, months)
    assert (found.problem is not None) == (state == "unreadable")


def test_one_date_does_not_say_which_end_it_is():
    found = parse_span("2024-01-14")
    assert found.only and found.start == date(2024, 1, 14) and found.end is None


def test_open_end_is_told():
    assert parse_span("2019年3月至今").open_end
    assert not parse_span("2019年3月-2021年3月").open_end


def test_serial_number_of_a_date_cell():
    assert parse_span("45306").start == date(2024, 1, 15)


@given(st.text(max_size=40))
def test_any_text_is_read_without_an_error(text):
    found = parse_span(text)
    assert found.state in ("dates", "length", "exists", "none", "blank", "not_applicable", "unreadable")
    assert found.end is None or found.start is None or found.start <= found.end


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 4000), st.sampled_from(["至", "—", "~", " - ", "到"]))
def test_both_ends_come_back(start, days, joint):
    end = date.fromordinal(start.toordinal() + days)
    found = parse_span(f"{start.isoformat()}{joint}{end.isoformat()}")
    assert (found.start, found.end, found.start_precision, found.end_precision) == (start, end, "day", "day")
