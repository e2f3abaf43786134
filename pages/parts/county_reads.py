"""Read models of 县区比较 behind a cache: everything is read from the store once for each state of its facts, choices only count anew."""

import streamlit as st

from pages.parts import reads
from pages.parts.frame import stamp
from review.casework import counties, county_rates, like_cases, oversight
from review.casework import pairs as like_pairs
from review.casework.counties import Base, CountyView
from review.casework.county_rates import CountyOdds, Rates
from review.comparison.funnel import limit_curve
from review.comparison.trend import Trend
from review.store.database import Database

Quarters = tuple[str, ...] | None


def base(db: Database) -> Base:
    """See review.casework.counties.base."""
    return _base(db, _facts(db))


def view(db: Database, factors: tuple[str, ...], quarters: Quarters) -> CountyView:
    """See review.casework.counties.compare."""
    return _view(db, _facts(db), factors, quarters)


def levels(db: Database, quarters: Quarters) -> list[tuple]:
    """See review.casework.counties.levels."""
    return _levels(db, _facts(db), quarters)


def behind(db: Database, factors: tuple[str, ...], county: str, quarters: Quarters, group: str | None, band: int | None):
    """See review.casework.counties.behind."""
    return _behind(db, _facts(db), factors, county, quarters, group, band)


def rates(db: Database, key: str, quarters: Quarters) -> Rates:
    """See review.casework.county_rates.rates."""
    return _rates(db, stamp(db), key, quarters)


def funnel(db: Database, key: str, quarters: Quarters, sizes) -> tuple:
    """The funnel of an indicator, the sizes that ``sizes`` chooses for its curves, and the limits there."""
    return _funnel(db, stamp(db), key, quarters, sizes)


def odds(db: Database, mark: str, factors: tuple[str, ...], quarters: Quarters) -> list[CountyOdds]:
    """See review.casework.county_rates.county_odds."""
    return _odds(db, _facts(db), mark, factors, quarters)


def trend(db: Database, key: str, period: str, county: str | None) -> Trend:
    """See review.casework.county_rates.trend_of."""
    return _trend(db, stamp(db), key, period, county)


def candidates(db: Database) -> list[oversight.Candidate]:
    """See review.casework.oversight.candidates."""
    return _candidates(db, stamp(db))


def likes(db: Database, case_id: str) -> list:
    """See review.casework.like_cases.like_cases."""
    return _likes(db, _facts(db), case_id)


def with_mark(db: Database, mark: str, county: str | None, quarters: Quarters, at: str | None) -> tuple[int, list[dict]]:
    """See review.casework.counties.with_mark."""
    return _with_mark(db, _facts(db), mark, county, quarters, at)


def cases_of_period(db: Database, key: str, at: str, county: str | None) -> tuple[int, list[dict]]:
    """See review.casework.county_rates.cases_of_period."""
    return _cases_of_period(db, stamp(db), key, at, county)


def pairs(db: Database, county: str | None = None, case_id: str | None = None) -> tuple[int, list[like_pairs.Pair]]:
    """See review.casework.pairs.pairs."""
    return _pairs(db, stamp(db), county, case_id)


def _facts(db: Database) -> tuple[str, int]:
    return str(db.path), counties.state(db)


@st.cache_resource(max_entries=2, show_spinner="正在汇总各县区……")
def _base(_db: Database, state: tuple) -> Base:
    return counties.base(_db)


@st.cache_data(max_entries=32, show_spinner="正在比较……")
def _view(_db: Database, state: tuple, factors: tuple, quarters: Quarters) -> CountyView:
    return counties.compare(base(_db), factors, quarters)


@st.cache_data(max_entries=16, show_spinner=False)
def _levels(_db: Database, state: tuple, quarters: Quarters) -> list[tuple]:
    return counties.levels(base(_db), quarters)


@st.cache_data(max_entries=64, show_spinner=False)
def _behind(_db: Database, state: tuple, factors: tuple, county: str, quarters: Quarters, group: str | None, band: int | None):
    return counties.behind(_db, base(_db), factors, county, quarters, group, band)


@st.cache_data(max_entries=64, show_spinner=False)
def _rates(_db: Database, state: tuple, key: str, quarters: Quarters) -> Rates:
    return county_rates.rates(base(_db), reads.heat(_db, "check", None), key, quarters)


@st.cache_data(max_entries=64, show_spinner=False)
def _funnel(_db: Database, state: tuple, key: str, quarters: Quarters, _sizes) -> tuple:
    found = rates(_db, key, quarters).funnel()
    chosen = _sizes(found)
    return found, chosen, limit_curve(found, chosen)


@st.cache_data(max_entries=32, show_spinner=False)
def _odds(_db: Database, state: tuple, mark: str, factors: tuple, quarters: Quarters) -> list[CountyOdds]:
    return county_rates.county_odds(base(_db), mark, factors, quarters)


@st.cache_data(max_entries=64, show_spinner=False)
def _trend(_db: Database, state: tuple, key: str, period: str, county: str | None) -> Trend:
    return county_rates.trend_of(_db, base(_db), key, period, county)


@st.cache_data(max_entries=4, show_spinner="正在核对提级督办候选……")
def _candidates(_db: Database, state: tuple) -> list[oversight.Candidate]:
    return oversight.candidates(_db, base(_db), reads.heat(_db, "check", None), view(_db, counties.FINEST, None))


@st.cache_data(max_entries=64, show_spinner=False)
def _likes(_db: Database, state: tuple, case_id: str) -> list:
    return like_cases.like_cases(_db, base(_db), case_id)


@st.cache_data(max_entries=64, show_spinner=False)
def _pairs(_db: Database, state: tuple, county: str | None, case_id: str | None) -> tuple[int, list[like_pairs.Pair]]:
    return like_pairs.pairs(_db, county, case_id)


@st.cache_data(max_entries=64, show_spinner=False)
def _with_mark(_db: Database, state: tuple, mark: str, county: str | None, quarters: Quarters, at: str | None):
    return counties.with_mark(_db, base(_db), mark, county, quarters, at)


@st.cache_data(max_entries=64, show_spinner=False)
def _cases_of_period(_db: Database, state: tuple, key: str, at: str, county: str | None):
    return county_rates.cases_of_period(_db, key, at, county)
