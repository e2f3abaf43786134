"""What reviewers decided about findings: appended with name and time, never changed, never lost by a new check run."""

import json

from review.errors import ReviewError, UsageError
from review.store.database import Database, now
from review.vocabulary.labels import label_table

VERDICTS = label_table("decision")  # confirmed, dismissed, pending -> their Chinese words
LONGEST_REASON = 2000


class DecisionConflict(ReviewError):
    """The finding is no longer what the reviewer had on the screen when deciding."""


def decide(
    db: Database,
    finding_id: str,
    verdict: str,
    reason: str,
    decided_by: str,
    *,
    seen_facts_hash: str,
    seen_decisions: int,
) -> None:
    """Append one decision on a finding.

    verdict: one of VERDICTS; reason: needed unless pending; seen_facts_hash and seen_decisions: the facts and the number of earlier
    decisions that the reviewer saw. Raises UsageError for a missing name or reason, DecisionConflict when the finding vanished,
    its facts changed, or somebody else decided in the meantime.
    """
    reason, decided_by = (reason or "").strip(), (decided_by or "").strip()
    if verdict not in VERDICTS:
        raise UsageError("没有选择核实结论。", "请在“属实、不属实、待进一步核实”中选一项。")
    if not decided_by:
        raise UsageError("没有填写核实人。", "请填写姓名后再保存，结论会连同姓名和时间一起留存。")
    if not reason and verdict != "pending":
        raise UsageError(f"结论为“{VERDICTS[verdict]}”时需要写明理由。", "请写明依据的材料和事实，再保存。")
    if len(reason) > LONGEST_REASON:
        raise UsageError(f"理由共 {len(reason)} 字，超过 {LONGEST_REASON} 字。", "请精简后再保存。")
    with db.write("decide", decided_by, finding_id=finding_id, verdict=verdict) as cur:
        found = cur.execute(
            "SELECT check_id, case_id, respondent_id, message, facts, facts_hash FROM findings WHERE finding_id = $id",
            {"id": finding_id},
        ).fetchone()
        if found is None:
            raise DecisionConflict("这条疑似问题在最近一次检查后已不存在，结论没有保存。", "请刷新问题清单后再看。")
        check_id, case_id, respondent_id, message, facts, facts_hash = found
        if facts_hash != seen_facts_hash:
            raise DecisionConflict("这条疑似问题的事实刚刚发生变化，结论没有保存。", "请先看清新的事实，再作结论。")
        last = cur.execute(
            "SELECT count(*), arg_max(decided_by, decided_at) FROM decisions WHERE finding_id = $id", {"id": finding_id}
        ).fetchone()
        if last[0] != seen_decisions:
            raise DecisionConflict(
                f"{last[1]} 刚刚已对这条疑似问题作出结论，您的结论没有保存。", "请先看对方的结论和理由，再决定是否另作结论。"
            )
        cur.execute(
            "INSERT INTO decisions VALUES ($id, $verdict, $reason, $by, $at, $check, $case, $person, $message, $facts, $hash)",
            {
                "id": finding_id,
                "verdict": verdict,
                "reason": reason,
                "by": decided_by,
                "at": now(),
                "check": check_id,
                "case": case_id,
                "person": respondent_id,
                "message": message,
                "facts": facts,
                "hash": facts_hash,
            },
        )


def history(db: Database, finding_id: str) -> list[dict]:
    """Decisions on a finding, newest first: verdict, reason, decided_by, decided_at, message, facts (dict), facts_hash."""
    rows = db.rows(
        "SELECT verdict, reason, decided_by, decided_at, message, facts, facts_hash FROM decisions WHERE finding_id = $id"
        " ORDER BY decided_at DESC, rowid DESC",
        {"id": finding_id},
    )
    return [row | {"facts": json.loads(row["facts"])} for row in rows]


def decisions_of_case(db: Database, case_id: str) -> list[dict]:
    """Every decision on the findings of a case, newest first, also on findings that a later run no longer shows.

    Keys: finding_id, check_id, message, verdict, reason, decided_by, decided_at, still_found, changed (facts differ from today's).
    """
    return db.rows(
        """SELECT d.finding_id, d.check_id, d.message, d.verdict, d.reason, d.decided_by, d.decided_at,
            f.finding_id IS NOT NULL AS still_found, coalesce(f.facts_hash <> d.facts_hash, false) AS changed
        FROM decisions d LEFT JOIN findings f ON f.finding_id = d.finding_id
        WHERE d.case_id = $id ORDER BY d.decided_at DESC, d.rowid DESC""",
        {"id": case_id},
    )
