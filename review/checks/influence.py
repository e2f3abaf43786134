"""影响期 by measure and date: the TEMP TABLE ``influence`` for checks and pages. Numbers: review/vocabulary/influence.toml."""

from functools import lru_cache
from pathlib import Path

import duckdb

from review.vocabulary.sanctions import measure_kinds
from review.vocabulary.terms import read_toml

STATEMENT = Path(__file__).parent / "influence.sql"


@lru_cache(maxsize=1)
def treatments() -> dict[str, tuple[str, str | None, int | None]]:
    """Measure code -> (treatment, law, months). treatment: months, restored, local, unverified, unclear, ended or none."""
    data = read_toml("influence")
    out = {p["code"]: ("months", p["law"], p["months"]) for p in data["period"]}
    return out | {code: (kind, None, None) for kind, codes in data["kinds"].items() for code in codes}


def create_influence(cur: duckdb.DuckDBPyConnection, scope: str = "SELECT * FROM respondents", params: dict | None = None) -> None:
    """Make the TEMP TABLE influence on this cursor, one row for each row of ``scope`` (a SELECT of whole rows of respondents).

    Columns: respondent_id, state (ends/none/exempt/undetermined), reason (why undetermined), months, starts_on with precision,
    ends_first and ends_last (equal where the decision is known to the day), waits_for_local (only 诫勉), on_probation, summed,
    earlier_id (the sanction that still ran), has_namesake, basis (how it was computed, in Chinese).
    Source: 纪律处分条例 (2018, 2023) and 公职人员政务处分法, articles as in influence.toml.
    """
    cur.execute(f"CREATE OR REPLACE TEMP {'TABLE' if params else 'VIEW'} influence_people AS {scope}", params)
    cur.execute(
        "CREATE OR REPLACE TEMP TABLE influence_kinds (code VARCHAR, label VARCHAR, treatment VARCHAR, law VARCHAR, months INTEGER)"
    )
    labels = measure_kinds()
    cur.executemany("INSERT INTO influence_kinds VALUES (?, ?, ?, ?, ?)", [[c, labels[c].label, *t] for c, t in treatments().items()])
    cur.execute(
        "CREATE OR REPLACE TEMP TABLE influence_laws (law VARCHAR, name VARCHAR, version VARCHAR, in_force DATE, sum_article VARCHAR)"
    )
    cur.executemany(
        "INSERT INTO influence_laws VALUES (?, ?, ?, ?, ?)",
        [[v["law"], v["name"], v["version"], v["from"], v.get("sum_article")] for v in read_toml("influence")["version"]],
    )
    cur.execute(STATEMENT.read_text(encoding="utf-8"))


def _empty(cur: duckdb.DuckDBPyConnection, name: str, columns: str) -> None:
    cur.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
