"""How far the review of a sample is: by reviewer, by county, and one reviewer's own cases."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from review.casework.assigning import assignments, unassigned
from review.store.database import Database

UNKNOWN_COUNTY = "未载明"


@dataclass(frozen=True)
class Line:
    """Reviews of one reviewer (name and unit) or of the cases of one county. overdue: not 评毕 after their day."""

    key: str
    name: str
    unit: str
    assigned: int
    waiting: int
    reviewing: int
    reviewed: int
    overdue: int


@dataclass(frozen=True)
class Progress:
    """total: all reviews; unassigned: cases of the list that nobody has; barred: assignments that a recusal speaks against by now."""

    total: Line
    reviewers: tuple[Line, ...]
    counties: tuple[Line, ...]
    rows: tuple[dict, ...]
    unassigned: tuple[dict, ...]
    barred: int


def review_progress(db: Database, sample_id: str, today: date) -> Progress:
    """Progress of a sample as of ``today``; ``rows`` as assigning.assignments with ``overdue`` (bool)."""
    rows = [row | {"overdue": _overdue(row, today)} for row in assignments(db, sample_id)]
    return Progress(
        _line("", "合计", "", rows),
        tuple(_lines(rows, lambda r: (r["reviewer_id"], r["name"], r["unit"]))),
        tuple(_lines(rows, lambda r: (r["county"] or UNKNOWN_COUNTY, r["county"] or UNKNOWN_COUNTY, ""))),
        tuple(rows),
        tuple(unassigned(db, sample_id)),
        sum(bool(row["barred"]) for row in rows),
    )


def _overdue(row: dict, today: date) -> bool:
    return row["due_on"] is not None and row["due_on"] < today and row["state"] != "reviewed"


def _lines(rows: list[dict], of: Callable[[dict], tuple[str, str, str]]) -> list[Line]:
    groups: dict[tuple[str, str, str], list[dict]] = {}
    for row in rows:
        groups.setdefault(of(row), []).append(row)
    return [_line(*key, group) for key, group in groups.items()]


def _line(key: str, name: str, unit: str, rows: list[dict]) -> Line:
    states = [row["state"] for row in rows]
    return Line(
        key, name, unit, len(rows), states.count("waiting"), states.count("reviewing"), states.count("reviewed"),
        sum(row["overdue"] for row in rows),
    )  # fmt: skip
