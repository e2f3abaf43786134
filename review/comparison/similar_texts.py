"""Near-identical texts over all cases, as TEMP tables for the checks that judge copied texts."""

import re
from pathlib import Path

import duckdb
import pyarrow as pa

from review.comparison.near_duplicates import clusters, similar_pairs
from review.vocabulary.terms import read_toml

QUERY = Path(__file__).parent / "similar_texts.sql"
LEAST = 0.9  # normalised similarity
LEAST_TEXT, LEAST_REASON = 30, 10  # characters that remain without stock phrases; a reason is a sentence, and other facts must agree too
FAMILIES = ("reason", "rectification", "self_criticism")


def create_similar_texts(cur: duckdb.DuckDBPyConnection) -> None:
    """Make the TEMP tables of near-identical texts on this cursor.

    own_texts (family, case_id, respondent_id, county, import_id, sheet, row, column, text, plain): texts that are long enough;
    similar_texts: the same with text_id (one for equal ``plain``) and cluster; similar_pairs (text_id, other_id, similarity), both ways.
    """
    cur.execute(
        f"CREATE OR REPLACE TEMP TABLE own_texts AS {QUERY.read_text(encoding='utf-8')}",
        {"phrases": phrase_pattern(), "least_text": LEAST_TEXT, "least_reason": LEAST_REASON},
    )
    ids: list[tuple[str, str]] = []
    cluster: list[int] = []
    pairs: list[tuple[int, int, float]] = []
    for family in FAMILIES:
        query = "SELECT DISTINCT plain FROM own_texts WHERE family = $family ORDER BY plain"
        texts = [row[0] for row in cur.execute(query, {"family": family}).fetchall()]
        first = len(ids)
        near = similar_pairs(texts, LEAST)
        ids += [(family, text) for text in texts]
        cluster += [first + n for n in clusters(len(texts), near)]
        pairs += [(first + i, first + j, s) for i, j, s in near]
    _table(cur, "text_ids", family=[f for f, _ in ids], plain=[t for _, t in ids], text_id=range(len(ids)), cluster=cluster)
    _table(
        cur, "similar_pairs", text_id=[p[0] for p in pairs] + [p[1] for p in pairs], other_id=[p[1] for p in pairs] + [p[0] for p in pairs],
        similarity=[p[2] for p in pairs] * 2,
    )  # fmt: skip
    cur.execute(
        "CREATE OR REPLACE TEMP TABLE similar_texts AS"
        " SELECT o.*, t.text_id, t.cluster FROM own_texts o JOIN text_ids t USING (family, plain)"
    )


def phrase_pattern() -> str:
    """Pattern that matches every stock phrase of boilerplate.toml, the longest first."""
    phrases = read_toml("boilerplate")["phrases"]
    return "|".join(re.escape(p) for p in sorted(set(phrases), key=lambda p: (-len(p), p)))


_KINDS = {"family": pa.string(), "plain": pa.string(), "similarity": pa.float64()}


def _table(cur: duckdb.DuckDBPyConnection, name: str, **columns) -> None:
    arriving = pa.table({key: pa.array(values, _KINDS.get(key, pa.int64())) for key, values in columns.items()})
    cur.register("arriving_texts", arriving)
    cur.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS FROM arriving_texts")
    cur.unregister("arriving_texts")
