"""Comparable groups and their bands as TEMP table and views, for checks that compare counties."""

from pathlib import Path

import duckdb

VIEWS = Path(__file__).parent / "groups.sql"


def create_views(cur: duckdb.DuckDBPyConnection) -> None:
    """Make the views of groups.sql on this cursor; needs the TEMP TABLE ``people`` of the checks."""
    cur.execute(VIEWS.read_text(encoding="utf-8"))
