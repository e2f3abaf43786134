"""What a newer ledger did beyond the cells of known cases: cases it brought, cases withdrawn because of it, findings judged anew."""

import json
from dataclasses import dataclass

from review.store.database import Database
from review.workbook.undo import prompted

KINDS = {"added": "新增", "gone": "消失", "facts": "事实变化"}


@dataclass(frozen=True)
class Moved:
    """A case that a newer ledger brought or that was withdrawn because of it. kind: new/withdrawn/reinstated; why: reason, who, when."""

    kind: str
    case_id: str
    case_key: str
    title: str
    county: str
    people: str
    why: str = ""


@dataclass(frozen=True)
class Reassessed:
    """A finding of a case that the ledger told of anew. kind: added/gone/facts; old and new: its sentences, '' where there was none;
    decision: what had been decided about it, '' for nothing."""

    kind: str
    check_id: str
    level: str
    case_id: str
    case_key: str
    county: str
    old: str
    new: str
    decision: str


def moved_cases(db: Database, import_id: int) -> list[Moved]:
    """Cases that the import told of for the first time, then those withdrawn or reinstated in its change list; what later ledgers
    made of them is left aside."""
    rows = db.rows(
        """WITH told AS (
            SELECT case_id, case_key, title, reason, county FROM cases WHERE import_id = $id UNION ALL
            SELECT case_id, record->>'case_key', record->>'title', record->>'reason', record->>'county' FROM superseded_records
            WHERE import_id = $id AND table_name = 'cases')
        SELECT t.case_id, t.case_key, coalesce(t.title, t.reason, '') AS title, coalesce(t.county, '') AS county,
            coalesce((SELECT string_agg(coalesce(name, unit, '未署名'), '、' ORDER BY seq) FROM respondents r WHERE r.case_id = t.case_id),
                '') AS people
        FROM told t WHERE NOT EXISTS (FROM superseded_records s WHERE s.superseded_by = $id AND s.case_id = t.case_id)
        ORDER BY t.case_key, t.case_id""",
        {"id": import_id},
    )
    found = [Moved("new", **row) for row in rows]
    for case in prompted(db, import_id):
        why = f"{case['reason']}（{case['decided_by']} {case['decided_at']:%Y-%m-%d}）"
        kind = "withdrawn" if case["withdrawn"] else "reinstated"
        found.append(Moved(kind, case["case_id"], case["case_key"], case["title"] or "", case["county"] or "", "", why))
    return found


def reassessed(db: Database, import_id: int) -> list[Reassessed] | None:
    """Findings of the cases known before the import that came, went or rest on other facts now; None while no check ran after it.

    Of a case that a later ledger told of again, what counts is how it stood before that one.
    """
    checked = db.scalar(
        "SELECT (SELECT max(finished_at) FROM check_runs) >= imported_at FROM imports WHERE import_id = $id", {"id": import_id}
    )
    if not checked:
        return None
    rows = db.rows(
        """WITH its AS (
            SELECT DISTINCT case_id FROM superseded_records WHERE superseded_by = $id AND table_name = 'cases'),
        later AS (
            SELECT case_id, min(superseded_by) AS import_id FROM superseded_records
            WHERE import_id = $id AND table_name = 'cases' GROUP BY case_id),
        old AS (SELECT finding_id, case_id, record FROM findings_before WHERE import_id = $id),
        new AS (
            SELECT f.finding_id, f.case_id, to_json(f) AS record FROM (FROM findings) AS f SEMI JOIN its USING (case_id)
            WHERE f.case_id NOT IN (SELECT case_id FROM later) UNION ALL
            SELECT b.finding_id, b.case_id, b.record FROM findings_before b JOIN later USING (import_id, case_id) UNION ALL
            SELECT finding_id, case_id, record FROM withdrawn_findings WHERE case_id IN (SELECT case_id FROM its))
        SELECT o.record::VARCHAR AS old, n.record::VARCHAR AS new, c.case_key, c.county, d.verdict AS decision
        FROM old o FULL JOIN new n USING (finding_id) JOIN cases c ON c.case_id = coalesce(o.case_id, n.case_id)
        LEFT JOIN current_decisions d ON d.finding_id = coalesce(o.finding_id, n.finding_id)
        WHERE (o.record->>'facts_hash') IS DISTINCT FROM (n.record->>'facts_hash')
            OR (o.record->>'verdict') IS DISTINCT FROM (n.record->>'verdict')
        ORDER BY c.case_key, coalesce(o.record->>'check_id', n.record->>'check_id'), coalesce(o.finding_id, n.finding_id)""",
        {"id": import_id},
    )
    found = []
    for row in rows:
        old, new = (json.loads(row[side]) if row[side] else None for side in ("old", "new"))
        told = new or old
        kind = "added" if old is None else "gone" if new is None else "facts"
        found.append(
            Reassessed(
                kind, told["check_id"], told["level"], told["case_id"], row["case_key"], row["county"] or "",
                old["message"] if old else "", new["message"] if new else "", row["decision"] or "",
            )
        )  # fmt: skip
    return found
