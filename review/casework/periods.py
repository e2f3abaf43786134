"""Periods that reviews are made for."""

from datetime import date

from review.store.database import Database, now


def last_full_year(db: Database) -> tuple[date, date]:
    """First and last day of the newest finished calendar year in which cases were closed; the year before this one without any."""
    year = db.scalar("SELECT max(year(closed_on)) FROM cases WHERE year(closed_on) < $this_year", {"this_year": now().year})
    year = year or now().year - 1
    return date(year, 1, 1), date(year, 12, 31)
