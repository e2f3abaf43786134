"""What is costly to prepare or asked for by few checks: made when the first of them is judged, not before every run."""

import re

import duckdb

from review.checks.influence import create_influence
from review.comparison.similar_texts import create_similar_texts
from review.comparison.views import create_county_differences
from review.vocabulary.terms import read_toml


def prepare_late(cur: duckdb.DuckDBPyConnection, sql: str, params: dict) -> None:
    """Make what a check with this ``sql`` looks at beyond prelude.prepare, unless this cursor has it already.

    Table influence (see review.checks.influence); tables similar_texts and similar_pairs (see review.comparison.similar_texts);
    for checks of earlier_issues the macros same_unit_key(county, unit), check_title(check_id) and issue_status_label(status).
    """
    if ("similar_texts" in sql or "similar_pairs" in sql) and not _is_there(cur, "similar_texts"):
        create_similar_texts(cur)
    if re.search(r"\binfluence\b", sql) and not _is_there(cur, "influence"):
        create_influence(cur)
    if "county_differences" in sql:
        create_county_differences(cur, params["min_n"], params["min_bands"], params["max_chance"])
    if "earlier_issues" in sql:
        _issue_words(cur)


def after_others(sql: str) -> bool:
    """Does a check with this ``sql`` look at the findings of the others, so that it must be judged after them?"""
    return bool(re.search(r"\bfindings\b", sql))


def _is_there(cur: duckdb.DuckDBPyConnection, table: str) -> bool:
    return bool(cur.execute("SELECT 1 FROM duckdb_tables() WHERE temporary AND table_name = $name", {"name": table}).fetchone())


def _issue_words(cur: duckdb.DuckDBPyConnection) -> None:
    lists = read_toml("issue_list")
    titles = {check_id: names[0] for check_id, names in lists["problems"].items()}
    statuses = {entry["name"]: entry["words"][0] for entry in lists["status"]}
    for name, words in (("check_title", titles), ("issue_status_label", statuses)):
        whens = " ".join(f"WHEN '{code}' THEN '{word}'" for code, word in words.items())
        cur.execute(f"CREATE OR REPLACE TEMP MACRO {name}(code) AS CASE code {whens} ELSE code END")
    # 甲县纪委监委, 中共甲县纪委 and 县纪委 in a list of 甲县 are one unit.
    cur.execute(
        r"""CREATE OR REPLACE TEMP MACRO without_county(unit, county) AS if(
            county IS NOT NULL AND starts_with(unit, county) AND len(unit) > len(county),
            substr(unit, len(county) + 1), regexp_replace(unit, '^[县区]', ''))"""
    )
    cur.execute(
        r"""CREATE OR REPLACE TEMP MACRO same_unit_key(county, unit) AS regexp_replace(regexp_replace(without_county(
            regexp_replace(regexp_replace(unit, '\s', '', 'g'), '^(中共|中国共产党)', ''), county), '纪律检查委员会|纪检委', '纪委'),
            '纪委[、，和]?(国家)?(监委|监察委员会)', '纪委')"""
    )
