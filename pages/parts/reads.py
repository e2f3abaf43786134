"""Read models behind a cache keyed by the state of the data. Frames and lists are never arguments, filters are."""

from datetime import date

import streamlit as st

from pages.parts.frame import stamp
from review.casework import findings, overview
from review.casework.findings import FindingFilter
from review.checks import engine
from review.sampling.frame import Frame, build_frame
from review.store.database import Database


def heat(db: Database, by: str, level: str | None) -> overview.Heat:
    """See review.casework.overview.heat."""
    return _heat(db, stamp(db), by, level)


def facet_counts(db: Database, wanted: FindingFilter) -> dict[str, dict[str, int]]:
    """See review.casework.findings.facet_counts."""
    return _facets(db, stamp(db), wanted)


def check_counts(db: Database) -> list[dict]:
    """See review.checks.engine.counts."""
    return _counts(db, stamp(db))


def frame(db: Database, start: date, end: date, levels: tuple[str, ...], undated: str, by: str) -> Frame:
    """See review.sampling.frame.build_frame."""
    return _frame(db, stamp(db), start, end, levels, undated, by)


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
def _counts(_db: Database, state: tuple) -> list[dict]:
    return engine.counts(_db)


@st.cache_data(max_entries=4, show_spinner=False)
def _not_judged(_db: Database, state: tuple) -> list[overview.Gap]:
    return overview.not_judged(_db)


@st.cache_resource(max_entries=8, show_spinner=False)
def _frame(_db: Database, state: tuple, start: date, end: date, levels: tuple[str, ...], undated: str, by: str) -> Frame:
    return build_frame(_db, start, end, levels, undated=undated, by=by)
