"""Cases that an office no longer stands by: marked with who, when and why, left out of checks and samples, never deleted."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from review.errors import UsageError
from review.store.database import Database, now
from review.workbook.undo import move_findings


@dataclass(frozen=True)
class NotListed:
    """An earlier ledger of the same cases: ``relisted`` of its cases in these counties came again, ``cases`` did not (dicts with case_id,
    case_key, title, county, people, place)."""

    import_id: int
    file_name: str
    relisted: int
    cases: list[dict]


def no_longer_listed(db: Database, import_id: int) -> list[NotListed]:
    """Cases of earlier ledgers that this one leaves out, ledger by ledger: those in its counties, of ledgers with which it shares cases.

    Withdrawn cases are not asked about again.
    """
    rows = db.rows(
        """WITH told_before AS (
            SELECT import_id, count(DISTINCT case_id) AS relisted FROM superseded_records
            WHERE superseded_by = $id AND table_name = 'cases' GROUP BY import_id),
        series AS (
            SELECT t.import_id, t.relisted, i.file_name FROM told_before t JOIN imports i USING (import_id)
            WHERE i.replaced_by IS DISTINCT FROM $id)
        SELECT s.import_id, s.file_name, s.relisted, c.case_id, c.case_key, c.title, c.county,
            c.sheet || ' 第' || c."row" || '行' AS place,
            (SELECT string_agg(coalesce(name, unit, '未署名'), '、' ORDER BY seq) FROM respondents r WHERE r.case_id = c.case_id) AS people
        FROM series s JOIN cases c ON c.import_id = s.import_id
        WHERE coalesce(c.county, '') IN (SELECT coalesce(county, '') FROM cases WHERE import_id = $id)
            AND c.case_id NOT IN (SELECT case_id FROM withdrawn_cases)
        ORDER BY s.import_id DESC, c.case_key, c.case_id""",
        {"id": import_id},
    )
    found: dict[int, NotListed] = {}
    for row in rows:
        number, name, relisted = row.pop("import_id"), row.pop("file_name"), row.pop("relisted")
        found.setdefault(number, NotListed(number, name, relisted, [])).cases.append(row)
    return list(found.values())


def withdrawn_but_listed(db: Database, import_id: int) -> list[dict]:
    """Withdrawn cases that this import lists: case_id, case_key, title, county, reason, decided_by, decided_at of the withdrawal."""
    return db.rows(
        """SELECT c.case_id, c.case_key, c.title, c.county, w.reason, w.decided_by, w.decided_at
        FROM cases c JOIN withdrawn_cases w USING (case_id) JOIN imports i USING (import_id)
        WHERE c.import_id = $id AND w.decided_at < i.imported_at ORDER BY c.case_key""",
        {"id": import_id},
    )


def withdraw(db: Database, case_ids: Iterable[str], reason: str, actor: str, prompted_by: int | None = None) -> int:
    """Mark cases as withdrawn; returns how many. ``prompted_by``: the import whose change list led to it; when that is undone, so is this.

    Raises UsageError for a missing name or reason, or an unknown case.
    """
    return _mark(db, list(case_ids), True, reason, actor, prompted_by)


def reinstate(db: Database, case_ids: Iterable[str], reason: str, actor: str, prompted_by: int | None = None) -> int:
    """Take a withdrawal back; returns how many. ``prompted_by`` and errors as in withdraw."""
    return _mark(db, list(case_ids), False, reason, actor, prompted_by)


def withdrawal_history(db: Database, case_id: str) -> list[dict]:
    """Withdrawals of a case and what took them back, newest first: withdrawn, reason, decided_by, decided_at."""
    return db.rows(
        "SELECT withdrawn, reason, decided_by, decided_at FROM withdrawals WHERE case_id = $id ORDER BY decided_at DESC, rowid DESC",
        {"id": case_id},
    )


def _mark(db: Database, case_ids: list[str], withdrawn: bool, reason: str, actor: str, prompted_by: int | None) -> int:
    reason, actor = reason.strip(), actor.strip()
    if not actor:
        raise UsageError("没有填写办理人。", "请填写姓名后再保存，记录会连同姓名和时间一起留存。")
    if not reason:
        raise UsageError("没有写明理由。", "请写明撤销或恢复的依据，如“经核实已并入另案”。")
    if not case_ids:
        raise UsageError("没有选择案件。", "请先勾选要撤销或恢复的案件。")
    action = "withdraw_cases" if withdrawn else "reinstate_cases"
    with db.write(action, actor, cases=case_ids, reason=reason, prompted_by=prompted_by) as cur:
        known = cur.execute("SELECT count(*) FROM cases WHERE list_contains($ids, case_id)", {"ids": case_ids}).fetchall()[0][0]
        if known != len(set(case_ids)):
            raise UsageError("有案件已不在库中，没有保存。", "可能导入刚刚被撤销，请刷新页面后再看。")
        move_findings(cur, case_ids, withdrawn)
        cur.executemany(
            "INSERT INTO withdrawals VALUES ($id, $withdrawn, $reason, $actor, $at, $prompted)",
            [
                {"id": case_id, "withdrawn": withdrawn, "reason": reason, "actor": actor, "at": now(), "prompted": prompted_by}
                for case_id in case_ids
            ],
        )
    return len(case_ids)


def withdrawn_findings(db: Database, case_id: str) -> list[dict]:
    """Findings of a withdrawn case as they were: check_id, level, verdict, message, respondent_id."""
    rows = db.rows("SELECT record FROM withdrawn_findings WHERE case_id = $id ORDER BY finding_id", {"id": case_id})
    records = (json.loads(row["record"]) for row in rows)
    return [{n: r[n] for n in ("check_id", "level", "verdict", "message", "respondent_id")} for r in records]
