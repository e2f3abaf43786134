"""Runs the check files: one transaction, verdicts counted per county, findings with their sentences filled by the database."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime

import duckdb

from review.checks import custom, narrow
from review.checks.catalogue import FOLDER, catalogue, check
from review.checks.checkfile import Check
from review.checks.custom import FileFault
from review.checks.judging import VERDICTS, decide, explain, find_lacking, judge, judge_in_numbers, message_sql
from review.checks.late import after_others
from review.checks.numbering import cell_fields
from review.checks.params import TODAY
from review.checks.prelude import prepare
from review.checks.settings import stored, switched_off
from review.checks.writing import count_decided, count_judged, counted, remove_findings, start_counting, write_findings
from review.errors import CheckFileError, UsageError
from review.store.database import Database, now

__all__ = ["FOLDER", "VERDICTS", "RunSummary", "catalogue", "check", "counts", "parameters", "run_checks", "verdicts"]

CLOCK = time.perf_counter  # a benchmark sets time.process_time
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
    started, clock = now(), CLOCK()
    spent: dict[str, float] = {}

    # Numbers and a second look pay from many people on. A check of the office may do anything with an id, so it sees those of the store.
    numbered = not any(c.custom for c in chosen) and db.scalar("SELECT count(*) FROM respondents") >= narrow.WORTH

    def before(cur: duckdb.DuckDBPyConnection) -> None:
        prepare(cur, numbered, cell_fields(c.sql for c in chosen))
        broken.extend(_judge_apart(cur, [c for c in chosen if c.custom], used))

    with db.write("run_checks", actor, before=before, checks=[c.id for c in chosen]) as cur:
        run_id = cur.execute("SELECT nextval('run_ids')").fetchone()[0]
        version = cur.execute("SELECT value FROM meta WHERE key = 'data_version'").fetchone()[0] + 1
        remove_findings(cur, None if only is None else [c.id for c in chosen])
        failed = {fault.check_id for fault in broken}
        todo = sorted((c for c in chosen if c.id not in failed), key=lambda c: after_others(c.sql))
        apart = [c for c in todo if numbered and c.case_alone]
        start_counting(cur)
        for one in apart:
            with _timed(spent, one.id):
                decide(cur, one, used[one.id])
                count_decided(cur, one, run_id)
        if apart:
            narrow.keep_few(cur)
        for one in todo:
            with _timed(spent, one.id):
                if one in apart:
                    explain(cur, one, used[one.id])
                elif one.custom:
                    find_lacking(cur, one)
                elif numbered:
                    judge_in_numbers(cur, one, used[one.id])
                else:
                    judge(cur, one, used[one.id])
                if one not in apart:
                    count_judged(cur, one, run_id, _judged_name(one))
                write_findings(cur, one, run_id, _judged_name(one), used[one.id], numbered)
        totals = counted(cur, run_id, [c.id for c in todo])
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
    seconds = CLOCK() - clock
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


@contextmanager
def _timed(spent: dict[str, float], check_id: str) -> Iterator[None]:
    began = CLOCK()
    yield
    spent[check_id] = spent.get(check_id, 0) + CLOCK() - began


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
