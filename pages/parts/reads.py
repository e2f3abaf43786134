"""Read models behind a cache keyed by the state of the data. Frames and lists are never arguments, filters are."""

from datetime import date

import streamlit as st

from pages.parts.frame import stamp
from review.casework import findings, influence, overview
from review.casework.findings import FindingFilter
from review.checks import coverage, engine
from review.checks.preview import Preview
from review.checks.preview import preview as preview_of
from review.sampling.frame import Frame, build_frame, counties_of
from review.store.database import Database


def heat(db: Database, by: str, level: str | None) -> overview.Heat:
    """See review.casework.overview.heat."""
    return _heat(db, stamp(db), by, level)


def facet_counts(db: Database, wanted: FindingFilter) -> dict[str, dict[str, int]]:
    """See review.casework.findings.facet_counts."""
    return _facets(db, stamp(db), wanted)


def check_counts(db: Database) -> list[dict]:
    """See review.checks.engine.counts."""
    return _counts(db, stamp(db), _files())


def missing_columns(db: Database) -> list[coverage.MissingColumn]:
    """See review.checks.coverage.missing_columns."""
    return _missing(db, stamp(db), _files())


def blank_columns(db: Database) -> list[coverage.BlankColumn]:
    """See review.checks.coverage.blank_columns."""
    return _blank(db, stamp(db), _files())


def preview(db: Database, check_id: str, values: dict) -> Preview:
    """See review.checks.preview.preview."""
    return _preview(db, stamp(db), _files(), check_id, tuple(sorted(values.items())))


def frame(
    db: Database, start: date, end: date, levels: tuple[str, ...], undated: str, by: str, counties: tuple[str, ...] | None = None,
    exclusions: tuple[tuple[str, str], ...] = (),
) -> Frame:  # fmt: skip
    """See review.sampling.frame.build_frame; exclusions: pairs of case_id and reason."""
    return _frame(db, stamp(db), start, end, levels, undated, by, counties, exclusions)


def counties(db: Database) -> list[str]:
    """See review.sampling.frame.counties_of."""
    return _counties(db, stamp(db))


def tracked(db: Database, today: date) -> list[influence.Tracked]:
    """See review.casework.influence.tracked; all counties."""
    return _tracked(db, stamp(db), today)


def untold(db: Database, today: date, county: str | None) -> int:
    """See review.casework.influence.untold."""
    return _untold(db, stamp(db), today, county)


def not_judged(db: Database) -> list[overview.Gap]:
    """See review.casework.overview.not_judged."""
    return _not_judged(db, stamp(db))


@st.cache_data(max_entries=32, show_spinner=False)
def _heat(_db: Database, state: tuple, by: str, level: str | None) -> overview.Heat:
    return overview.heat(_db, by, level)


@st.cache_data(max_entries=128, show_spinner=False)
def _facets(_db: Database, state: tuple, wanted: FindingFilter) -> dict[str, dict[str, int]]:
    return findings.facet_counts(_db, wanted)


@st.cache_data(max_entries=4, show_spinner=False)
def _counts(_db: Database, state: tuple, files: tuple) -> list[dict]:
    return engine.counts(_db)


@st.cache_data(max_entries=4, show_spinner=False)
def _missing(_db: Database, state: tuple, files: tuple) -> list[coverage.MissingColumn]:
    return coverage.missing_columns(_db)


@st.cache_data(max_entries=4, show_spinner=False)
def _blank(_db: Database, state: tuple, files: tuple) -> list[coverage.BlankColumn]:
    return coverage.blank_columns(_db)


@st.cache_data(max_entries=16, show_spinner=False)
def _preview(_db: Database, state: tuple, files: tuple, check_id: str, values: tuple) -> Preview:
    return preview_of(_db, check_id, dict(values))


def _files() -> tuple:
    """State of the office's own checks, which change without the database."""
    return tuple((one.id, one.sql, one.title) for one in engine.catalogue() if one.custom)


@st.cache_data(max_entries=4, show_spinner=False)
def _not_judged(_db: Database, state: tuple) -> list[overview.Gap]:
    return overview.not_judged(_db)


@st.cache_resource(max_entries=8, show_spinner=False)
def _frame(
    _db: Database, state: tuple, start: date, end: date, levels: tuple[str, ...], undated: str, by: str, only: tuple[str, ...] | None,
    left_out: tuple[tuple[str, str], ...],
) -> Frame:  # fmt: skip
    return build_frame(_db, start, end, levels, only, dict(left_out), undated, by)


@st.cache_data(max_entries=4, show_spinner=False)
def _counties(_db: Database, state: tuple) -> list[str]:
    return counties_of(_db)


@st.cache_data(max_entries=4, show_spinner=False)
def _tracked(_db: Database, state: tuple, today: date) -> list[influence.Tracked]:
    return influence.tracked(_db, today)


@st.cache_data(max_entries=32, show_spinner=False)
def _untold(_db: Database, state: tuple, today: date, county: str | None) -> int:
    return influence.untold(_db, today, county)
