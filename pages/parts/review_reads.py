"""Read models of the reviews of a sample behind a cache keyed by the state of the data."""

from datetime import date

import streamlit as st

from pages.parts.frame import stamp
from review.casework import check_quality, double_reviews, review_progress
from review.casework import conclusions as concluding
from review.casework.check_quality import Quality
from review.casework.conclusions import Conclusion
from review.casework.double_reviews import DoubleReviews
from review.casework.review_progress import Progress
from review.store.database import Database


def progress(db: Database, sample_id: str, today: date) -> Progress:
    """See review.casework.review_progress.review_progress."""
    return _progress(db, stamp(db), sample_id, today)


def conclusions(db: Database, sample_id: str) -> list[Conclusion]:
    """Conclusions on all subjects."""
    return _conclusions(db, stamp(db), sample_id)


def by_place(db: Database, sample_id: str, subject: str) -> list[Conclusion]:
    """See review.casework.conclusions.by_place."""
    return _by_place(db, stamp(db), sample_id, subject)


def quality(db: Database, sample_id: str) -> list[Quality]:
    """See review.casework.check_quality.check_quality."""
    return _quality(db, stamp(db), sample_id)


def doubles(db: Database, sample_id: str) -> DoubleReviews:
    """See review.casework.double_reviews.double_reviews."""
    return _doubles(db, stamp(db), sample_id)


@st.cache_data(max_entries=8, show_spinner=False)
def _progress(_db: Database, state: tuple, sample_id: str, today: date) -> Progress:
    return review_progress.review_progress(_db, sample_id, today)


@st.cache_data(max_entries=8, show_spinner=False)
def _conclusions(_db: Database, state: tuple, sample_id: str) -> list[Conclusion]:
    found = concluding.body(_db, sample_id)
    return [concluding.conclude(found, subject) for subject in concluding.subjects(found)]


@st.cache_data(max_entries=32, show_spinner=False)
def _by_place(_db: Database, state: tuple, sample_id: str, subject: str) -> list[Conclusion]:
    return concluding.by_place(concluding.body(_db, sample_id), subject)


@st.cache_data(max_entries=8, show_spinner=False)
def _quality(_db: Database, state: tuple, sample_id: str) -> list[Quality]:
    return check_quality.check_quality(concluding.body(_db, sample_id))


@st.cache_data(max_entries=8, show_spinner=False)
def _doubles(_db: Database, state: tuple, sample_id: str) -> DoubleReviews:
    return double_reviews.double_reviews(_db, sample_id)
