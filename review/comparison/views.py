"""Comparable groups and their bands as TEMP table and views, for checks that compare counties."""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from review.comparison.counties import compare_counts, sentence
from review.comparison.grouping import BANDS
from review.vocabulary.terms import read_toml

VIEWS = Path(__file__).parent / "groups.sql"
EXACT_TESTS = Path(__file__).parent / "exact.sql"


def create_views(cur: duckdb.DuckDBPyConnection) -> None:
    """Make the macros of exact.sql and the views of groups.sql on this cursor; needs the TEMP TABLE ``people`` of the checks.

    consequence_order(level): how grave a level of consequence_level is, NULL for words that stand in no order.
    """
    ordered = [e for e in read_toml("consequences")["level"] if e["label"]]
    whens = " ".join(f"WHEN '{e['label']}' THEN {e['order']}" for e in ordered)
    cur.execute(f"CREATE TEMP MACRO consequence_order(level) AS CASE level {whens} END")
    for file in (EXACT_TESTS, VIEWS):
        cur.execute(file.read_text(encoding="utf-8"))


def create_county_differences(cur: duckdb.DuckDBPyConnection, min_n: int, min_bands: float, max_chance: float) -> None:
    """TEMP TABLE county_differences: each county against the others, over all its comparable groups and in each (see compare_counts).

    Columns: county, comparable_group (NULL: over all), own_n, others_n, adjusted, shift, told (the sentence). Counties with too few people
    have no row.
    """
    rows = cur.execute("SELECT comparable_group, county, band, n FROM band_histogram ORDER BY ALL").fetchall()
    groups, counties = sorted({r[0] for r in rows}), sorted({r[1] for r in rows})
    group_at, county_at = ({name: k for k, name in enumerate(names)} for names in (groups, counties))
    cube = np.zeros((len(groups), len(counties), BANDS), dtype=int)
    for group, county, band, n in rows:
        cube[group_at[group], county_at[county], band - 1] = n
    found = compare_counts(cube, counties, groups, np.arange(1, BANDS + 1), min_n, min_bands, max_chance).differences
    table = {
        "county": pa.array([d.county for d in found], pa.string()),
        "comparable_group": pa.array([d.group for d in found], pa.string()),
        "own_n": pa.array([d.own_n for d in found], pa.int32()),
        "others_n": pa.array([d.others_n for d in found], pa.int32()),
        "adjusted": pa.array([d.adjusted for d in found], pa.float64()),
        "shift": pa.array([d.shift for d in found], pa.float64()),
        "told": pa.array([sentence(d) for d in found], pa.string()),
    }
    cur.register("arriving_differences", pa.table(table))
    cur.execute("CREATE OR REPLACE TEMP TABLE county_differences AS FROM arriving_differences")
    cur.unregister("arriving_differences")
