"""Clocks of calendar months against the calendar itself: clamp at the month's end, coarse dates, tolerance."""

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.checks.prelude import prepare
from review.store.database import open_database

DAYS = st.dates(date(2012, 1, 1), date(2030, 12, 31))
PRECISIONS = st.sampled_from(["day", "month", "year"])
MONTHS = st.integers(0, 60)
TOLERANCE = st.integers(0, 10)


@pytest.fixture(scope="module")
def clock(tmp_path_factory):
    """clock(start, precision, months, tolerance, done, done precision) -> (first, last, surely past, surely within)."""
    db = open_database(tmp_path_factory.mktemp("clocks") / "clocks.duckdb")
    with db.cursor() as cur:
        prepare(cur)

        def ask(*values):
            return cur.execute(
                """SELECT c.first, c.last, surely_past($d::DATE, c), surely_within($d::DATE, $dp::VARCHAR, c)
                FROM (SELECT month_clock($s::DATE, $sp::VARCHAR, $m, $t) AS c)""",
                dict(zip(("s", "sp", "m", "t", "d", "dp"), values, strict=True)),
            ).fetchone()

        yield ask


def first_day(day: date, precision: str) -> date:
    """A coarse date as the store keeps it: its first day."""
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[precision]


def days_of(start: date, precision: str) -> list[date]:
    """Every day that a date of this precision may mean."""
    if precision == "day":
        return [start]
    months = [start.month] if precision == "month" else range(1, 13)
    return [date(start.year, m, d) for m in months for d in range(1, calendar.monthrange(start.year, m)[1] + 1)]


def limit(start: date, months: int, tolerance: int) -> date:
    """The oracle: the same day so many months on, or that month's last day."""
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    month += 1
    return date(years, month, min(start.day, calendar.monthrange(years, month)[1])) + timedelta(tolerance)


@settings(max_examples=150, deadline=None)
@given(DAYS, PRECISIONS, MONTHS, TOLERANCE, st.integers(-70, 70), PRECISIONS)
def test_a_clock_is_sure_only_of_what_holds_for_every_day(clock, start, start_p, months, tolerance, distance, done_p):
    start = first_day(start, start_p)
    done = first_day(limit(start, months, tolerance) + timedelta(distance), done_p)
    limits = [limit(d, months, tolerance) for d in days_of(start, start_p)]
    late = {d > e for d in days_of(done, done_p) for e in (min(limits), max(limits))}
    first, last, past, within = clock(start, start_p, months, tolerance, done, done_p)
    assert (first, last) == (min(limits), max(limits))
    assert past == (late == {True})
    assert within == (late == {False})


@pytest.mark.parametrize(
    "start, months, end",
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2023-02-28", 1, "2023-03-28"),
        ("2023-03-31", 6, "2023-09-30"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_the_end_of_the_month_is_the_limit(clock, start, months, end):
    first, last, *_ = clock(date.fromisoformat(start), "day", months, 0, date(2020, 1, 1), "day")
    assert first == last == date.fromisoformat(end)


def test_no_date_is_neither_late_nor_in_time(clock):
    assert clock(date(2023, 1, 31), "day", 1, 0, None, None)[2:] == (None, None)
    assert clock(None, None, 1, 0, date(2023, 1, 31), "day")[2:] == (None, None)
