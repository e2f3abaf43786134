"""All examples of the case tables in one database: a small town of every fault, look-alike and gap, for tests of the engine."""

from dataclasses import replace
from pathlib import Path

from review.checks import engine, judging
from review.checks.prelude import prepare
from review.store.database import Database, open_database
from review.workbook.load import load_file
from review.workbook.reading import LedgerChoices
from tests.checks.ledger import Example, examples, issue_list, workbook

SHEETS = 200


def shared() -> list[Example]:
    """Every example that may stand beside others in one database."""
    return [e for check in engine.catalogue() for e in examples(check.id) if not e.alone]


def build(path: Path, chosen: list[Example], complete: str = "yes", blank: tuple[str, ...] = ()) -> Database:
    """A database with the examples ``chosen``, loaded with these answers: a workbook may hold only so many sheets."""
    db = open_database(path)
    choices = LedgerChoices(complete=complete, blank=dict.fromkeys(blank, "not_done"))
    if older := [replace(e, ledger=e.before) for e in chosen if e.before]:
        load_file(db, workbook(older), "以前的台账.xlsx", choices, "test")
    for first in range(0, len(chosen), SHEETS):
        load_file(db, workbook(chosen[first : first + SHEETS]), f"例子{first}.xlsx", choices, "test")
    if listed := [e for e in chosen if e.earlier]:
        load_file(db, issue_list(listed), "以往的问题清单.xlsx", None, "test")
    if run := sorted({check for e in chosen for check in e.run}):
        engine.run_checks(db, only=run)
    return db


def local_standards(check) -> dict:
    """A value for each local standard of a check, from its examples: without one the check is exempt everywhere."""
    local = {p.name for p in check.params if p.local}
    told = [example.params for example in examples(check.id)] if local else []
    return {name: next(params[name] for params in told if name in params) for name in local}


def judge(db: Database, *changes: str, checks: tuple[str, ...] | None = None) -> dict[tuple, tuple[str, str]]:
    """(check, case, respondent, county) -> (verdict, facts) of every unit, after ``changes`` (SQL) that are undone again."""
    out = {}
    with db.cursor() as cur:
        cur.execute("BEGIN")
        try:
            for change in changes:
                cur.execute(change)
            prepare(cur)
            for check in engine.catalogue():
                if checks is None or check.id in checks:
                    judging.judge(cur, check, engine.parameters((check,), {check.id: local_standards(check)})[check.id])
                    for case, respondent, county, verdict, facts in cur.execute(
                        "SELECT case_id, respondent_id, county, verdict, to_json(facts)::VARCHAR FROM judged"
                    ).fetchall():
                        key = (check.id, case, respondent, county)
                        assert key not in out, f"{check.id} 对同一对象给出两个结论：{key}"
                        out[key] = (verdict, facts)
        finally:
            cur.execute("ROLLBACK")
    return out
