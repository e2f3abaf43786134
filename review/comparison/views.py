"""Comparable groups and their bands as TEMP table and views, for checks that compare counties."""

from pathlib import Path

import duckdb

VIEWS = Path(__file__).parent / "groups.sql"
EXACT_TESTS = Path(__file__).parent / "exact.sql"


def create_views(cur: duckdb.DuckDBPyConnection) -> None:
    """Make the macros of exact.sql and the views of groups.sql on this cursor; needs the TEMP TABLE ``people`` of the checks."""
    for file in (EXACT_TESTS, VIEWS):
        cur.execute(file.read_text(encoding="utf-8"))
