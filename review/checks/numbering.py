"""Numbers in place of ids for the length of a run: millions of rows are joined and grouped by a number at a fraction of what text costs.

The numbers follow the order of the ids and have ten digits each, so that whatever is sorted by an id, or by ids set side by side, comes
out the same. No number leaves the run: findings are written with the ids of the store (see review.checks.writing).
"""

import re
from collections.abc import Iterable

import duckdb

FIRST = 1_000_000_000
_KINDS = ("step", "status", "done_on_precision", "sheet", "column")
# What people holds under another name than respondents.
_OWN = {"decided_on": "own_decided_on", "decided_on_precision": "own_decided_on_precision", "decided_on_raw": "own_decided_raw",
        "sign_note": "own_sign_note"}  # fmt: skip


def number(cur: duckdb.DuckDBPyConnection, cell_fields: frozenset[str] = frozenset()) -> None:
    """TEMP objects of the names of the stored tables, with numbers in case_id and respondent_id, and without withdrawn cases.

    cell_fields: the only fields that the view ``cells`` is asked for, so that the ledgers are gone through once; empty: all.

    Also the TEMP tables case_numbers (own_id, case_id) and respondent_numbers (own_id, respondent_id, case_id), by which the ids are
    found again. Before review.checks.prelude makes ``people``, which ``respondents`` is read from thereafter (see settle).
    """
    store = store_name(cur)
    gone = f"ANTI JOIN {store}.withdrawn_cases USING (case_id)"
    cur.execute(
        f"""CREATE TEMP TABLE case_numbers AS SELECT case_id AS own_id, ({FIRST} + row_number() OVER (ORDER BY case_id))::INTEGER AS case_id
        FROM {store}.cases {gone};
        CREATE TEMP TABLE respondent_numbers AS SELECT respondent_id AS own_id,
            ({FIRST} + row_number() OVER (ORDER BY respondent_id))::INTEGER AS respondent_id, n.case_id
        FROM {store}.respondents r JOIN case_numbers n ON n.own_id = r.case_id;
        CREATE TEMP TABLE cases AS SELECT c.* REPLACE (n.case_id AS case_id)
        FROM {store}.cases c JOIN case_numbers n ON n.own_id = c.case_id;
        CREATE TEMP VIEW respondents AS SELECT r.* REPLACE (n.case_id AS case_id, n.respondent_id AS respondent_id)
        FROM {store}.respondents r JOIN respondent_numbers n ON n.own_id = r.respondent_id;
        CREATE TEMP TABLE measures AS SELECT m.* REPLACE (n.respondent_id AS respondent_id)
        FROM {store}.measures m JOIN respondent_numbers n ON n.own_id = m.respondent_id"""
    )
    for name in _KINDS:
        # Few words in very many rows, in the order of the words.
        cur.execute(
            f"""CREATE TEMP TYPE {name}_word AS ENUM (
                SELECT DISTINCT word FROM (SELECT "{name}" AS word FROM {store}.steps UNION ALL SELECT '')
                WHERE word IS NOT NULL ORDER BY word)"""
        )
    words = ", ".join(f'"{name}"::{name}_word AS "{name}"' for name in _KINDS)
    cur.execute(
        f"""CREATE TEMP TABLE steps AS
        SELECT s.* REPLACE (coalesce(r.case_id, c.case_id) AS case_id, r.respondent_id AS respondent_id, {words})
        FROM {store}.steps s LEFT JOIN respondent_numbers r ON r.own_id = s.respondent_id
        LEFT JOIN case_numbers c ON c.own_id = s.case_id AND s.respondent_id IS NULL
        WHERE coalesce(r.case_id, c.case_id) IS NOT NULL"""
    )
    for name in ("findings", "current_decisions"):
        cur.execute(
            f"CREATE TEMP VIEW {name} AS SELECT t.* REPLACE (n.case_id AS case_id)"
            f" FROM {store}.{name} t JOIN case_numbers n ON n.own_id = t.case_id"
        )
    cur.execute(
        f"""CREATE TEMP {"TABLE" if cell_fields else "VIEW"} cells AS SELECT t.* REPLACE (n.case_id AS case_id)
        FROM {store}.cells t JOIN case_numbers n ON n.own_id = t.case_id
        {"WHERE field IN " + str((*sorted(cell_fields), "")) if cell_fields else ""}"""
    )
    # A person of an earlier import may be gone: such an id gets a number that nobody has.
    cur.execute(
        f"""CREATE TEMP VIEW superseded_records AS
        SELECT s.* REPLACE (n.case_id AS case_id, if(s.record->>'respondent_id' IS NULL, s.record, json_merge_patch(s.record, json_object(
            'respondent_id', coalesce(r.respondent_id, -1 - (hash(s.record->>'respondent_id') % {FIRST})::INTEGER)))) AS record)
        FROM {store}.superseded_records s JOIN case_numbers n ON n.own_id = s.case_id
        LEFT JOIN respondent_numbers r ON r.own_id = s.record->>'respondent_id'"""
    )


def settle(cur: duckdb.DuckDBPyConnection) -> None:
    """Once ``people`` is there: respondents are read from it."""
    names = [row[0] for row in cur.execute(f"DESCRIBE {store_name(cur)}.respondents").fetchall()]
    columns = ", ".join(f'{_OWN[name]} AS "{name}"' if name in _OWN else f'"{name}"' for name in names)
    cur.execute(f"CREATE OR REPLACE TEMP VIEW respondents AS SELECT {columns} FROM people")


def with_numbers(sql: str) -> str:
    """A statement whose unstated ids are of the kind that numbers are."""
    return re.sub(r"NULL::VARCHAR AS (case_id|respondent_id)\b", r"NULL::INTEGER AS \1", sql)


def cell_fields(statements: Iterable[str]) -> frozenset[str]:
    """The fields that statements ask the view ``cells`` for by name; empty where one of them asks in another way."""
    asking = [sql for sql in statements if re.search(r"(?i)\b(from|join)\s+cells\b", sql) and "cells AS (" not in sql]
    asked = [re.findall(r"\bfield = '([a-z_]+)'", sql) for sql in asking]
    return frozenset(name for names in asked for name in names) if all(asked) and asked else frozenset()


def store_name(cur: duckdb.DuckDBPyConnection) -> str:
    """The stored tables, past all TEMP objects of the same names."""
    return '"' + cur.execute("SELECT current_database()").fetchone()[0].replace('"', '""') + '".main'
