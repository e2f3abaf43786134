"""What is costly to prepare and asked for by few checks: made when the first of them is judged, not before every run."""

import duckdb

from review.comparison.similar_texts import create_similar_texts


def prepare_late(cur: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Make what a check with this ``sql`` looks at beyond prelude.prepare, unless this cursor has it already.

    The tables similar_texts and similar_pairs, see review.comparison.similar_texts.
    """
    if "similar_texts" not in sql and "similar_pairs" not in sql:
        return
    if not cur.execute("SELECT 1 FROM duckdb_tables() WHERE temporary AND table_name = 'similar_texts'").fetchone():
        create_similar_texts(cur)
