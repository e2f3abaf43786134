"""What a run leaves behind: verdicts counted per county, and findings with their sentences and facts."""

import duckdb

from review.checks.basis import note_sql, tracks_join
from review.checks.checkfile import LEVELS, Check
from review.checks.judging import VERDICTS, message_sql
from review.checks.numbering import store_name
from review.checks.params import TODAY


def remove_findings(cur: duckdb.DuckDBPyConnection, check_ids: list[str] | None) -> None:
    """Remove the findings of earlier runs: those of these checks, None = all."""
    of_these = "" if check_ids is None else " WHERE list_contains($ids, check_id)"
    cur.execute(f"DELETE FROM {store_name(cur)}.findings{of_these}", None if check_ids is None else {"ids": check_ids})


def start_counting(cur: duckdb.DuckDBPyConnection) -> None:
    """Make the TEMP tables of a run: ``decided`` (see judging.decide) and sheet_units (how many cases and respondents a sheet has)."""
    cur.execute(
        """CREATE OR REPLACE TEMP TABLE decided AS
        SELECT '' AS check_id, '' AS unit, county, '' AS verdict, case_id, respondent_id, 0::BIGINT AS n FROM people LIMIT 0;
        CREATE OR REPLACE TEMP TABLE sheet_units AS
        SELECT import_id, sheet, county, 'case' AS unit, count(*) AS n FROM cases GROUP BY ALL
        UNION ALL SELECT import_id, sheet, county, 'respondent', count(*) FROM people GROUP BY ALL"""
    )


def count_decided(cur: duckdb.DuckDBPyConnection, one: Check, run_id: int) -> None:
    """Write the counts of what decide() found for a check; needs the TEMP TABLE lacking of that check."""
    _count(cur, one, run_id, f"SELECT unit, county, verdict, n FROM decided WHERE check_id = '{one.id}'")


def count_judged(cur: duckdb.DuckDBPyConnection, one: Check, run_id: int, source: str) -> None:
    """Write the counts of what judge() made of a check; needs the TEMP TABLE lacking of that check."""
    unit = "CASE WHEN respondent_id IS NOT NULL THEN 'respondent' WHEN case_id IS NOT NULL THEN 'case' ELSE 'county' END"
    _count(cur, one, run_id, f"SELECT {unit} AS unit, county, verdict, count(*) AS n FROM {source} GROUP BY ALL")


def counted(cur: duckdb.DuckDBPyConnection, run_id: int, check_ids: list[str]) -> dict[str, dict[str, int]]:
    """Check id -> counts of the verdicts and not_run over all counties, in the order of ``check_ids``."""
    names = (*VERDICTS, "not_run")
    sums = ", ".join(f"sum({name})::BIGINT" for name in names)
    rows = cur.execute(f"SELECT check_id, {sums} FROM check_results WHERE run_id = $run GROUP BY check_id", {"run": run_id}).fetchall()
    found = {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}
    return {check_id: found[check_id] for check_id in check_ids}


def _count(cur: duckdb.DuckDBPyConnection, one: Check, run_id: int, verdicts: str) -> None:
    unit = one.unit.split("|")[0]
    not_run = f"SELECT county, n FROM sheet_units SEMI JOIN lacking USING (import_id, sheet) WHERE unit = '{unit}'"
    if unit == "county":
        not_run = """SELECT DISTINCT county, 1 AS n FROM cases SEMI JOIN lacking USING (import_id, sheet)
            WHERE county NOT IN (SELECT county FROM cases ANTI JOIN lacking USING (import_id, sheet) WHERE county IS NOT NULL)"""
    sums = ", ".join(f"coalesce(sum(n) FILTER (WHERE verdict = '{name}'), 0)" for name in (*VERDICTS, "not_run"))
    cur.execute(
        f"""INSERT INTO check_results SELECT {run_id}, '{one.id}', unit, county, {sums}
        FROM ({verdicts} UNION ALL SELECT '{unit}', county, 'not_run', n FROM ({not_run})) GROUP BY unit, county"""
    )
    # A check with nothing in scope still has its newest result: zero in every county, not what an earlier run found.
    cur.execute(
        """INSERT INTO check_results SELECT DISTINCT $run::INTEGER, $id, $unit, county, 0, 0, 0, 0, 0
        FROM (SELECT county FROM cases UNION ALL SELECT NULL WHERE NOT EXISTS (FROM cases))
        WHERE NOT EXISTS (FROM check_results WHERE run_id = $run AND check_id = $id)""",
        {"run": run_id, "id": one.id, "unit": unit},
    )


def _level_sql(one: Check) -> str:
    """SQL for the level of a finding: that of the check, or the one that the facts of this case raise it to (fact ``raised_to``)."""
    raised = f"CASE WHEN j.facts.raised_to IN {LEVELS} THEN j.facts.raised_to END" if "raised_to" in one.own_facts else "NULL"
    return f"coalesce({raised}, '{one.level}')"


def _lasting_sql(one: Check, used: dict) -> str:
    """SQL for the facts without the day of the check: a day later they are the same facts, and a decision on them still holds."""
    text = "facts::VARCHAR"
    for day in {str(used[p.name]) for p in one.params if p.default == TODAY}:
        text = f"replace({text}, '{day}', '检查当天')"
    return text


def write_findings(cur: duckdb.DuckDBPyConnection, one: Check, run_id: int, source: str, used: dict, numbered: bool) -> None:
    """Write the suspect and undetermined units of ``source`` with sentence and facts; numbered: its ids are numbers."""
    ids = "c.own_id, r.own_id" if numbered else "j.case_id, j.respondent_id"
    found = (
        """LEFT JOIN case_numbers c ON c.case_id = j.case_id
        LEFT JOIN respondent_numbers r ON r.respondent_id = j.respondent_id"""
        if numbered
        else ""
    )
    cur.execute(
        f"""
        INSERT INTO {store_name(cur)}.findings
        WITH told(case_id, respondent_id, county, verdict, level, message, facts) AS (
            SELECT {ids}, j.county, j.verdict, {_level_sql(one)},
                {message_sql(cur, one, source)},
                to_json(struct_insert(j.facts, basis_note := {note_sql(one)}))
            FROM {source} j {found}
            LEFT JOIN decision_dates p ON p.case_id = j.case_id AND p.respondent_id IS NOT DISTINCT FROM j.respondent_id
            {tracks_join(one, source)}
            WHERE j.verdict IN ('suspect', 'undetermined')
        )
        SELECT 'f' || sha256(concat('{one.id}', '|', case_id, '|', respondent_id, '|', county))[:16],
            {run_id}, '{one.id}', '{one.aspect}', level, case_id, respondent_id, county, verdict, message, facts,
            sha256(verdict || {_lasting_sql(one, used)})[:16], {one.in_issue_list}
        FROM told
        """
    )
