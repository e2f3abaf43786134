"""Runs the check files: one transaction, verdicts counted per county, findings with their sentences filled by the database."""

import json
import threading
import time
from dataclasses import dataclass, field
from datetime import date, datetime

import duckdb

from review.checks import custom
from review.checks.basis import note_sql, tracks_join
from review.checks.catalogue import FOLDER, catalogue, check
from review.checks.checkfile import LEVELS, Check
from review.checks.custom import FileFault
from review.checks.judging import VERDICTS, find_lacking, judge, message_sql
from review.checks.late import after_others
from review.checks.params import TODAY
from review.checks.prelude import prepare
from review.checks.settings import stored, switched_off
from review.errors import CheckFileError, UsageError
from review.store.database import Database, now

__all__ = ["FOLDER", "VERDICTS", "RunSummary", "catalogue", "check", "counts", "parameters", "run_checks", "verdicts"]

LONGEST = 120  # seconds that a check of the office may take; those of the program are measured


@dataclass(frozen=True)
class RunSummary:
    """What a run did: counts over all checks run, ``seconds`` of wall time, ``by_check``: check id -> counts of the verdicts.

    off: check id -> reason, for those switched off; broken: checks of the office that could not run, with file, line and reason.
    check_seconds: check id -> its part of ``seconds``; the rest went into what all of them look at.
    """

    run_id: int
    checks: int
    suspect: int
    clear: int
    undetermined: int
    exempt: int
    not_run: int
    seconds: float
    by_check: dict[str, dict[str, int]]
    off: dict[str, str] = field(default_factory=dict)
    broken: tuple[FileFault, ...] = ()
    check_seconds: dict[str, float] = field(default_factory=dict)


def run_checks(
    db: Database, only: list[str] | tuple[str, ...] | None = None, actor: str = "", params: dict[str, dict] | None = None
) -> RunSummary:
    """Run all checks, or those with the ids ``only``, and replace their findings; all of it or nothing.

    Thresholds are those that people set (review.checks.settings), else the defaults; ``params`` (by check and name) wins over both.
    What was used is kept with the run. A check that is switched off is not run. A check of the office that fails is left out and
    told in ``broken``, the others run. Raises UsageError for unknown ids or parameters, CheckFileError for a check of the program
    that does not run.
    """
    chosen = catalogue() if only is None else tuple(check(i) for i in dict.fromkeys(only))
    off = {check_id: reason for check_id, reason in switched_off(db).items() if any(c.id == check_id for c in chosen)}
    chosen = tuple(c for c in chosen if c.id not in off)
    used = parameters(chosen, params or {}, stored(db))
    broken = list(custom.faults())
    started, clock = now(), time.perf_counter()
    totals: dict[str, dict[str, int]] = {}
    spent: dict[str, float] = {}

    def before(cur: duckdb.DuckDBPyConnection) -> None:
        prepare(cur)
        broken.extend(_judge_apart(cur, [c for c in chosen if c.custom], used))

    with db.write("run_checks", actor, before=before, checks=[c.id for c in chosen]) as cur:
        run_id = cur.execute("SELECT nextval('run_ids')").fetchone()[0]
        version = cur.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone()[0] + 1
        if only is None:
            cur.execute("DELETE FROM findings")
        failed = {fault.check_id for fault in broken}
        for one in sorted(chosen, key=lambda c: after_others(c.sql)):
            if only is not None:
                cur.execute("DELETE FROM findings WHERE check_id = $id", {"id": one.id})
            if one.id in failed:
                continue
            began = time.perf_counter()
            if one.custom:
                find_lacking(cur, one)
            else:
                judge(cur, one, used[one.id])
            totals[one.id] = _count_and_write(cur, one, run_id, _judged_name(one), used[one.id])
            spent[one.id] = time.perf_counter() - began
        cur.execute(
            "INSERT INTO check_runs VALUES ($run, $started, $finished, $actor, $version, $checks, $params)",
            {"run": run_id, "started": started, "finished": now(), "actor": actor, "version": version, "checks": len(totals),
             "params": json.dumps({i: used[i] for i in totals}, ensure_ascii=False, default=str)},
        )  # fmt: skip
        skips = [[run_id, i, check(i).path.name, "off", reason] for i, reason in off.items()]
        skips += [
            [run_id, fault.check_id, fault.file, "broken", fault.sentence] for fault in broken if only is None or fault.check_id in used
        ]
        if skips:
            cur.executemany("INSERT INTO check_skips VALUES (?, ?, ?, ?, ?)", skips)
    sums = {v: sum(t[v] for t in totals.values()) for v in (*VERDICTS, "not_run")}
    seconds = time.perf_counter() - clock
    return RunSummary(run_id, len(totals), seconds=seconds, by_check=totals, off=off, broken=tuple(broken), check_seconds=spent, **sums)


def counts(db: Database) -> list[dict]:
    """One row a check: check_id, title, aspect, level, unit, run_at (None = no result that stands) and the five counts of its newest run.

    Further: off (reason, None where it is on), custom (a check of the office), not_set (labels of local standards without a value),
    stale (a parameter was set after the newest run).
    """
    found = {
        r["check_id"]: r
        for r in db.rows(
            """
            SELECT r.check_id, max(u.finished_at) AS run_at, sum(suspect)::BIGINT AS suspect, sum(clear)::BIGINT AS clear,
                sum(undetermined)::BIGINT AS undetermined, sum(exempt)::BIGINT AS exempt, sum(not_run)::BIGINT AS not_run
            FROM newest_results r JOIN check_runs u USING (run_id)
            GROUP BY r.check_id
            """
        )
    }
    zero = {"run_at": None} | dict.fromkeys((*VERDICTS, "not_run"), 0)
    off, values = switched_off(db), stored(db)
    changed = {r["check_id"]: r["at"] for r in db.rows("SELECT check_id, max(set_at) AS at FROM check_settings GROUP BY check_id")}
    return [
        {"check_id": c.id, "title": c.title, "aspect": c.aspect, "level": c.level, "unit": c.unit}
        | {k: found.get(c.id, zero)[k] for k in zero}
        | {
            "off": off.get(c.id),
            "custom": c.custom,
            "not_set": [p.label for p in c.params if p.local and values.get(c.id, {}).get(p.name) is None],
            "stale": _later(changed.get(c.id), found.get(c.id, zero)["run_at"]),
        }
        for c in catalogue()
    ]


def verdicts(db: Database, check_id: str, params: dict | None = None) -> list[dict]:
    """Every unit that a check looks at, judged now and not stored: case_id, respondent_id, county, verdict, facts, message.

    ``params`` wins over what is set. The message is None for clear and exempt units; units of ledgers that lack an essential column
    are left out.
    """
    one = check(check_id)
    with db.cursor() as cur:
        prepare(cur)
        judge(cur, one, parameters((one,), {check_id: params or {}}, stored(db))[check_id])
        result = cur.execute(f"SELECT case_id, respondent_id, county, verdict, facts, {message_sql(cur, one)} AS message FROM judged")
        names = [d[0] for d in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _later(changed: datetime | None, run_at: datetime | None) -> bool:
    return bool(changed and run_at and changed > run_at)


def _judged_name(one: Check) -> str:
    return f"judged_{one.id}" if one.custom else "judged"


def _judge_apart(cur: duckdb.DuckDBPyConnection, chosen: list[Check], used: dict[str, dict]) -> list[FileFault]:
    """Judge checks of the office, each in a transaction that can't write, so that a fault of one undoes nothing else."""
    faults = []
    for one in chosen:
        clock = threading.Timer(LONGEST, cur.interrupt)
        cur.execute("BEGIN TRANSACTION READ ONLY")
        clock.start()
        try:
            judge(cur, one, used[one.id], into=_judged_name(one))
            cur.execute("COMMIT")
        except CheckFileError as error:
            cur.execute("ROLLBACK")
            faults.append(custom.told(one, error))
        finally:
            clock.cancel()
    return faults


def parameters(chosen: tuple[Check, ...], given: dict[str, dict], kept: dict[str, dict] | None = None) -> dict[str, dict]:
    """Values of every parameter of the chosen checks: as given, else as kept from what people set, else the defaults."""
    known = {c.id: {p.name for p in c.params} for c in catalogue()}
    for check_id, values in given.items():
        for name in values:
            if name not in known.get(check_id, ()):
                allowed = "、".join(sorted(known.get(check_id, ()))) or "没有可调参数"
                raise UsageError(f"检查 {check_id} 没有参数 {name}。", f"该检查可调的参数：{allowed}。")
    out = {}
    for one in chosen:
        own = (kept or {}).get(one.id, {}) | given.get(one.id, {})
        values = {p.name: p.value(own.get(p.name, p.default)) for p in one.params}
        out[one.id] = {k: date.today() if v == TODAY else v for k, v in values.items()}
    return out


def _count_and_write(cur: duckdb.DuckDBPyConnection, one: Check, run_id: int, source: str, used: dict) -> dict[str, int]:
    """Count and write what was judged; returns the counts."""
    _count(cur, one, run_id, source)
    _write_findings(cur, one, run_id, source, used)
    row = cur.execute(
        """SELECT sum(suspect), sum(clear), sum(undetermined), sum(exempt), sum(not_run)
        FROM check_results WHERE run_id = $run AND check_id = $id""",
        {"run": run_id, "id": one.id},
    ).fetchone()
    return dict(zip((*VERDICTS, "not_run"), map(int, row), strict=True))


def _count(cur: duckdb.DuckDBPyConnection, one: Check, run_id: int, source: str) -> None:
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
                county, verdict FROM {source}
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


def _write_findings(cur: duckdb.DuckDBPyConnection, one: Check, run_id: int, source: str, used: dict) -> None:
    cur.execute(
        f"""
        INSERT INTO findings
        WITH told AS (
            SELECT j.case_id, j.respondent_id, j.county, j.verdict, {_level_sql(one)} AS level,
                {message_sql(cur, one, source)} AS message,
                to_json(struct_insert(j.facts, basis_note := {note_sql(one)})) AS facts
            FROM {source} j
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
