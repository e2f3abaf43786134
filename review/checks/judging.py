"""One check over the prepared tables: a verdict for every unit that can be judged, units of poor ledgers left out."""

from dataclasses import replace

import duckdb

from review.checks.checkfile import Check
from review.checks.late import prepare_late
from review.checks.narrow import MOST, narrowed
from review.checks.numbering import with_numbers
from review.checks.template import parse_template, to_sql
from review.errors import CheckFileError

VERDICTS = ("suspect", "clear", "undetermined", "exempt")
_UNIT = "CASE WHEN j.respondent_id IS NOT NULL THEN 'respondent' WHEN j.case_id IS NOT NULL THEN 'case' ELSE 'county' END"
_FOUND = ", ".join(f"if(verdict IN ('suspect', 'undetermined'), j.{name}, NULL)" for name in ("case_id", "respondent_id"))


def judge(cur: duckdb.DuckDBPyConnection, one: Check, params: dict, into: str = "judged") -> None:
    """Make the TEMP TABLE ``into`` (case_id, respondent_id, county, verdict, facts): one row a unit that could be judged.

    Needs the objects of prelude.prepare on this cursor; also leaves the TEMP TABLE ``lacking``. Raises CheckFileError for a
    statement that does not run or has another shape than its header says.
    """
    find_lacking(cur, one)
    prepare_late(cur, one.sql, params)
    # Facts are made for what becomes a finding only: most units are clear.
    facts = "CASE WHEN verdict IN ('suspect', 'undetermined') THEN facts END AS facts"
    _run(cur, one, f"CREATE OR REPLACE TEMP TABLE {into} AS SELECT {_units(one)}, verdict, {facts}", one.sql, params)
    _hold_to_shape(cur, one, into)


def decide(cur: duckdb.DuckDBPyConnection, one: Check, params: dict) -> None:
    """Add to the TEMP TABLE ``decided``: units by county and verdict, and each finding by itself. Leaves ``lacking``."""
    find_lacking(cur, one)
    prepare_late(cur, one.sql, params)
    _run(
        cur,
        one,
        f"INSERT INTO decided SELECT '{one.id}', {_UNIT}, county, verdict, {_FOUND}, count(*)",
        with_numbers(one.sql),
        params,
        " GROUP BY ALL",
    )


def explain(cur: duckdb.DuckDBPyConnection, one: Check, params: dict) -> None:
    """Make the TEMP TABLE judged of the findings that decide() counted, with their facts.

    Where the cases by themselves do not come to the same findings, all units are judged at once.
    """
    units = f"FROM decided WHERE check_id = '{one.id}' AND case_id IS NOT NULL"
    cur.execute(f"CREATE OR REPLACE TEMP TABLE chosen AS SELECT DISTINCT case_id {units}")
    found = cur.execute(f"SELECT count(*) {units}").fetchone()[0]
    find_lacking(cur, one)
    sql = narrowed(with_numbers(one.sql), many=found > MOST)
    into = f"CREATE OR REPLACE TEMP TABLE judged AS SELECT {_units(one)}, verdict, facts"
    _run(cur, one, into, f"SELECT * FROM (\n{sql}\n) WHERE verdict IN ('suspect', 'undetermined')", params)
    _hold_to_shape(cur, one, "judged")
    if cur.execute("SELECT count(*) FROM judged").fetchone()[0] != found:
        judge_in_numbers(cur, one, params)


def judge_in_numbers(cur: duckdb.DuckDBPyConnection, one: Check, params: dict) -> None:
    """judge() for a cursor that was prepared with numbers."""
    judge(cur, replace(one, sql=with_numbers(one.sql)), params)


def _run(cur: duckdb.DuckDBPyConnection, one: Check, what: str, sql: str, params: dict, grouped: str = "") -> None:
    try:
        cur.execute(f"{what} FROM (\n{sql}\n){_without_lacking(cur, one)}{grouped}", params or None)
    except duckdb.Error as error:
        raise CheckFileError(
            f"检查文件 {one.path.name} 的 SQL 无法执行：{str(error).splitlines()[0]}", "请改正该文件后重新运行检查；原有结果没有改动。"
        ) from error


def _hold_to_shape(cur: duckdb.DuckDBPyConnection, one: Check, into: str) -> None:
    problem = _wrong_shape(cur, one, into)
    if problem:
        raise CheckFileError(f"检查文件 {one.path.name} 的结果不合格式：{problem}。", "请对照其他检查文件改正。")


def message_sql(cur: duckdb.DuckDBPyConnection, one: Check, source: str = "judged") -> str:
    """SQL for the sentence of a row of ``source``, NULL for verdicts without one."""
    types = {name: str(kind) for name, kind in cur.table(source).types[4].children}
    suspect, undetermined = (to_sql(parse_template(t), types) for t in (one.message, one.undetermined_message))
    return f"CASE verdict WHEN 'suspect' THEN {suspect} WHEN 'undetermined' THEN {undetermined} END"


def _units(one: Check) -> str:
    # A bare NULL of a check of the office would be a number.
    names = ("case_id", "respondent_id", "county")
    return ", ".join(f"{name}::VARCHAR AS {name}" if one.custom else name for name in names)


def _wrong_shape(cur: duckdb.DuckDBPyConnection, one: Check, into: str) -> str | None:
    facts = cur.table(into).types[4]
    names = [name for name, _ in facts.children] if facts.id == "struct" else []
    if names != list(one.own_facts):
        return f"facts 的内容 {'、'.join(names) or str(facts)} 与文件头 [facts] 的 {'、'.join(one.own_facts)} 不一致"
    kind = str(cur.table(into).types[3])
    if kind != "VARCHAR":
        return f"verdict 的类型是 {kind}，应是文字"
    bad = cur.execute(f"SELECT verdict FROM {into} WHERE verdict IS NULL OR verdict NOT IN {VERDICTS} LIMIT 1").fetchone()
    if bad:
        return f"verdict 出现 {bad[0]}"
    if not one.custom:
        return None
    # The checks of the program are held to this by tests; a check of the office has only its first run.
    double = cur.execute(f"SELECT count(*) FROM {into} GROUP BY case_id, respondent_id, county HAVING count(*) > 1 LIMIT 1").fetchone()
    if double:
        return f"同一对象给出 {double[0]} 个结论，每个对象只能有一行"
    stray = cur.execute(
        f"SELECT count(*) FROM {into} j ANTI JOIN cases c ON c.case_id = j.case_id"
        " WHERE j.case_id IS NOT NULL OR j.respondent_id IS NOT NULL"
    ).fetchone()[0]
    return f"{stray} 行的 case_id 不是台账中的案件" if stray else None


def find_lacking(cur: duckdb.DuckDBPyConnection, one: Check) -> None:
    """TEMP TABLE lacking: the sheets that lack an essential column of this check."""
    missing = " OR ".join(f"NOT list_has_any(fields, [{', '.join(repr(n) for n in group.split('|'))}])" for group in one.needs)
    cur.execute(f"CREATE OR REPLACE TEMP TABLE lacking AS SELECT import_id, sheet FROM sheet_fields WHERE {missing or 'false'}")


def _without_lacking(cur: duckdb.DuckDBPyConnection, one: Check) -> str:
    """What leaves out the units of lacking sheets: those are not run, whatever the SELECT makes of their blanks."""
    if not cur.execute("SELECT count(*) FROM lacking").fetchone()[0]:
        return " j"
    if one.unit == "county":
        return " j WHERE county IN (SELECT county FROM cases ANTI JOIN lacking USING (import_id, sheet))"
    return """ j
        ANTI JOIN (SELECT respondent_id FROM respondents SEMI JOIN lacking USING (import_id, sheet)) r ON r.respondent_id = j.respondent_id
        ANTI JOIN (SELECT case_id FROM cases SEMI JOIN lacking USING (import_id, sheet)) c
            ON c.case_id = j.case_id AND j.respondent_id IS NULL"""
