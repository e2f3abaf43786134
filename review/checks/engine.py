"""Runs the check files: one transaction, verdicts counted per county, findings with their sentences filled by the database."""

import json
import time
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb

from review.checks.checkfile import Check, read_check
from review.checks.params import TODAY
from review.checks.prelude import prepare
from review.checks.template import parse_template, to_sql
from review.errors import CheckFileError, UsageError
from review.store.database import Database, now

FOLDER = Path(__file__).parent
VERDICTS = ("suspect", "clear", "undetermined", "exempt")
_COLUMNS = ["case_id", "respondent_id", "county", "verdict", "facts"]


@dataclass(frozen=True)
class RunSummary:
    """What a run did: counts over all checks run, ``seconds`` of wall time, ``by_check``: check id -> counts of the verdicts."""

    run_id: int
    checks: int
    suspect: int
    clear: int
    undetermined: int
    exempt: int
    not_run: int
    seconds: float
    by_check: dict[str, dict[str, int]]


@lru_cache(maxsize=1)
def catalogue() -> tuple[Check, ...]:
    """All checks of the folder by id; raises CheckFileError naming every faulty file, or two files with one id."""
    checks, faults = {}, []
    for path in sorted(FOLDER.glob("*/*.sql")):
        try:
            found = read_check(path)
        except CheckFileError as error:
            faults.append(error)
            continue
        if found.id in checks:
            faults.append(CheckFileError(f"编号 {found.id} 同时用于 {checks[found.id].path.name} 和 {path.name}。", "请给其中一个换编号。"))
        checks[found.id] = found
    if faults:
        raise CheckFileError("".join(f.title for f in faults), faults[0].advice)
    return tuple(checks[k] for k in sorted(checks, key=_order))


def check(check_id: str) -> Check:
    """The check with this id; raises UsageError for an unknown one."""
    for found in catalogue():
        if found.id == check_id:
            return found
    raise UsageError(f"没有编号为 {check_id} 的检查。", "可用的编号见“检查规则”页。")


def run_checks(
    db: Database, only: list[str] | tuple[str, ...] | None = None, actor: str = "", params: dict[str, dict] | None = None
) -> RunSummary:
    """Run all checks, or those with the ids ``only``, and replace their findings; all of it or nothing.

    ``params`` sets thresholds by check and name; the others keep their defaults. What was used is kept with the run. Raises
    UsageError for unknown ids or parameters and CheckFileError for a check that does not run.
    """
    chosen = catalogue() if only is None else tuple(check(i) for i in dict.fromkeys(only))
    used = _parameters(chosen, params or {})
    started, clock = now(), time.perf_counter()
    totals: dict[str, dict[str, int]] = {}
    with db.write("run_checks", actor, checks=[c.id for c in chosen]) as cur:
        prepare(cur)
        run_id = cur.execute("SELECT nextval('run_ids')").fetchone()[0]
        version = cur.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone()[0] + 1
        if only is None:
            cur.execute("DELETE FROM findings")
        for one in chosen:
            if only is not None:
                cur.execute("DELETE FROM findings WHERE check_id = $id", {"id": one.id})
            totals[one.id] = _run_one(cur, one, run_id, used[one.id])
        cur.execute(
            "INSERT INTO check_runs VALUES ($run, $started, $finished, $actor, $version, $checks, $params)",
            {"run": run_id, "started": started, "finished": now(), "actor": actor, "version": version, "checks": len(chosen),
             "params": json.dumps(used, ensure_ascii=False, default=str)},
        )  # fmt: skip
    sums = {v: sum(t[v] for t in totals.values()) for v in (*VERDICTS, "not_run")}
    return RunSummary(run_id, len(chosen), seconds=time.perf_counter() - clock, by_check=totals, **sums)


def counts(db: Database) -> list[dict]:
    """One row a check: id, title, aspect, level, unit, run_at (None = never run) and the five counts of its newest run."""
    found = {
        r["check_id"]: r
        for r in db.rows(
            """
            SELECT r.check_id, max(u.finished_at) AS run_at, sum(suspect)::BIGINT AS suspect, sum(clear)::BIGINT AS clear,
                sum(undetermined)::BIGINT AS undetermined, sum(exempt)::BIGINT AS exempt, sum(not_run)::BIGINT AS not_run
            FROM (FROM check_results QUALIFY run_id = max(run_id) OVER (PARTITION BY check_id)) r JOIN check_runs u USING (run_id)
            GROUP BY r.check_id
            """
        )
    }
    zero = {"run_at": None} | dict.fromkeys((*VERDICTS, "not_run"), 0)
    return [
        {"check_id": c.id, "title": c.title, "aspect": c.aspect, "level": c.level, "unit": c.unit}
        | {k: found.get(c.id, zero)[k] for k in zero}
        for c in catalogue()
    ]


def verdicts(db: Database, check_id: str, params: dict | None = None) -> list[dict]:
    """Every unit that a check looks at, judged now and not stored: case_id, respondent_id, county, verdict, facts, message.

    The message is None for clear and exempt units; units of ledgers that lack an essential column are left out.
    """
    one = check(check_id)
    with db.cursor() as cur:
        prepare(cur)
        _judge(cur, one, _parameters((one,), {check_id: params or {}})[check_id])
        result = cur.execute(f"SELECT case_id, respondent_id, county, verdict, facts, {_message_sql(cur, one)} AS message FROM judged")
        names = [d[0] for d in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _order(check_id: str) -> tuple:
    return ("ORPMUTD".find(check_id[0]), check_id)


def _parameters(chosen: tuple[Check, ...], given: dict[str, dict]) -> dict[str, dict]:
    """Values of every parameter of the chosen checks."""
    known = {c.id: {p.name for p in c.params} for c in catalogue()}
    for check_id, values in given.items():
        for name in values:
            if name not in known.get(check_id, ()):
                allowed = "、".join(sorted(known.get(check_id, ()))) or "没有可调参数"
                raise UsageError(f"检查 {check_id} 没有参数 {name}。", f"该检查可调的参数：{allowed}。")
    out = {}
    for one in chosen:
        values = {p.name: p.value(given.get(one.id, {}).get(p.name, p.default)) for p in one.params}
        out[one.id] = {k: date.today() if v == TODAY else v for k, v in values.items()}
    return out


def _run_one(cur: duckdb.DuckDBPyConnection, one: Check, run_id: int, params: dict) -> dict[str, int]:
    """Judge, count and write one check; returns its counts."""
    _judge(cur, one, params)
    _count(cur, one, run_id)
    _write_findings(cur, one, run_id)
    row = cur.execute(
        """SELECT sum(suspect), sum(clear), sum(undetermined), sum(exempt), sum(not_run)
        FROM check_results WHERE run_id = $run AND check_id = $id""",
        {"run": run_id, "id": one.id},
    ).fetchone()
    return dict(zip((*VERDICTS, "not_run"), map(int, row), strict=True))


def _judge(cur: duckdb.DuckDBPyConnection, one: Check, params: dict) -> None:
    """TEMP TABLE judged: one row a unit that could be judged."""
    _find_lacking(cur, one)
    try:
        # Facts are made for what becomes a finding only: most units are clear.
        cur.execute(
            f"""CREATE OR REPLACE TEMP TABLE judged AS
            SELECT case_id, respondent_id, county, verdict, CASE WHEN verdict IN ('suspect', 'undetermined') THEN facts END AS facts
            FROM ({_without_lacking(cur, one)})""",
            params or None,
        )
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        raise CheckFileError(
            f"检查文件 {one.path.name} 的 SQL 无法执行：{first}", "请改正该文件后重新运行检查；原有结果没有改动。"
        ) from error
    _verify_shape(cur, one)


def _verify_shape(cur: duckdb.DuckDBPyConnection, one: Check) -> None:
    table = cur.table("judged")
    names = [name for name, _ in table.types[4].children]
    if names != list(one.own_facts):
        problem = f"facts 的内容 {'、'.join(names)} 与文件头 [facts] 的 {'、'.join(one.own_facts)} 不一致"
    else:
        bad = cur.execute(f"SELECT DISTINCT verdict FROM judged WHERE verdict IS NULL OR verdict NOT IN {VERDICTS}").fetchall()
        if not bad:
            return
        problem = f"verdict 出现 {bad[0][0]}"
    raise CheckFileError(f"检查文件 {one.path.name} 的结果不合格式：{problem}。", "请对照其他检查文件改正。")


def _find_lacking(cur: duckdb.DuckDBPyConnection, one: Check) -> None:
    """TEMP TABLE lacking: the sheets that lack an essential column of this check."""
    missing = " OR ".join(f"NOT list_has_any(fields, [{', '.join(repr(n) for n in group.split('|'))}])" for group in one.needs)
    cur.execute(f"CREATE OR REPLACE TEMP TABLE lacking AS SELECT import_id, sheet FROM sheet_fields WHERE {missing or 'false'}")


def _without_lacking(cur: duckdb.DuckDBPyConnection, one: Check) -> str:
    """The SELECT of the check without the units of lacking sheets: those are not run, whatever the SELECT makes of their blanks."""
    if not cur.execute("SELECT count(*) FROM lacking").fetchone()[0]:
        return one.sql
    if one.unit == "county":
        return f"""SELECT * FROM ({one.sql}) WHERE county IN (SELECT county FROM cases ANTI JOIN lacking USING (import_id, sheet))"""
    return f"""SELECT j.* FROM ({one.sql}) j
        ANTI JOIN (SELECT respondent_id FROM respondents SEMI JOIN lacking USING (import_id, sheet)) r ON r.respondent_id = j.respondent_id
        ANTI JOIN (SELECT case_id FROM cases SEMI JOIN lacking USING (import_id, sheet)) c
            ON c.case_id = j.case_id AND j.respondent_id IS NULL"""


def _count(cur: duckdb.DuckDBPyConnection, one: Check, run_id: int) -> None:
    unit = one.unit.split("|")[0]
    not_run = {
        "case": "SELECT county, 1 AS n FROM cases SEMI JOIN lacking USING (import_id, sheet)",
        "respondent": """SELECT c.county, 1 AS n FROM respondents r SEMI JOIN lacking USING (import_id, sheet)
            JOIN cases c ON c.case_id = r.case_id""",
        "county": """SELECT DISTINCT county, 1 AS n FROM cases SEMI JOIN lacking USING (import_id, sheet)
            WHERE county NOT IN (SELECT county FROM cases ANTI JOIN lacking USING (import_id, sheet) WHERE county IS NOT NULL)""",
    }[unit]
    cur.execute(
        f"""
        INSERT INTO check_results
        SELECT {run_id}, '{one.id}', unit, county, sum((verdict = 'suspect')::INTEGER), sum((verdict = 'clear')::INTEGER),
            sum((verdict = 'undetermined')::INTEGER), sum((verdict = 'exempt')::INTEGER), sum((verdict = 'not_run')::INTEGER)
        FROM (
            SELECT CASE WHEN respondent_id IS NOT NULL THEN 'respondent' WHEN case_id IS NOT NULL THEN 'case' ELSE 'county' END AS unit,
                county, verdict FROM judged
            UNION ALL SELECT '{unit}', county, 'not_run' FROM ({not_run})
        ) GROUP BY unit, county
        """
    )
    # A check with nothing in scope still has its newest result: zero in every county, not what an earlier run found.
    cur.execute(
        """INSERT INTO check_results SELECT DISTINCT $run::INTEGER, $id, $unit, county, 0, 0, 0, 0, 0
        FROM (SELECT county FROM cases UNION ALL SELECT NULL WHERE NOT EXISTS (FROM cases))
        WHERE NOT EXISTS (FROM check_results WHERE run_id = $run AND check_id = $id)""",
        {"run": run_id, "id": one.id, "unit": unit},
    )


def _write_findings(cur: duckdb.DuckDBPyConnection, one: Check, run_id: int) -> None:
    # Decisions before 2019-09-01 fall under the 2016 text: the clause cited is then itself 待核.
    note = (
        """CASE WHEN p.decided_on IS NULL THEN '决定日期未载明，适用的条例版本待核'
            WHEN last_day_of(p.decided_on, p.decided_on_precision) < DATE '2019-09-01'
                THEN '决定早于2019年9月1日，应适用2016年条例，条文待核'
            WHEN p.decided_on < DATE '2019-09-01' THEN '决定日期只到年，适用的条例版本待核' END"""
        if one.dated_by_rules and one.unit != "county"
        else "NULL::VARCHAR"
    )
    cur.execute(
        f"""
        INSERT INTO findings
        WITH told AS (
            SELECT j.case_id, j.respondent_id, j.county, j.verdict,
                {_message_sql(cur, one)} AS message,
                to_json(struct_insert(j.facts, basis_note := {note})) AS facts
            FROM judged j
            LEFT JOIN decision_dates p ON p.case_id = j.case_id AND p.respondent_id IS NOT DISTINCT FROM j.respondent_id
            WHERE j.verdict IN ('suspect', 'undetermined')
        )
        SELECT 'f' || sha256(concat('{one.id}', '|', case_id, '|', respondent_id, '|', county))[:16],
            {run_id}, '{one.id}', '{one.aspect}', '{one.level}', case_id, respondent_id, county, verdict, message, facts,
            sha256(verdict || facts::VARCHAR)[:16], {one.in_issue_list}
        FROM told
        """
    )


def _message_sql(cur: duckdb.DuckDBPyConnection, one: Check) -> str:
    """The sentence of a row of ``judged``, NULL for verdicts without one."""
    types = {name: str(kind) for name, kind in cur.table("judged").types[4].children}
    suspect, undetermined = (to_sql(parse_template(t), types) for t in (one.message, one.undetermined_message))
    return f"CASE verdict WHEN 'suspect' THEN {suspect} WHEN 'undetermined' THEN {undetermined} END"
