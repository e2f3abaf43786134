"""The list of findings as people read it: filtered, counted, paged.

Everything that shows or exports findings (page, Excel, command line) reads them here, so that figures never differ.
"""

import json
from dataclasses import dataclass, replace

from review.checks.engine import catalogue
from review.store.database import Database

LEVELS = ("严重", "一般", "提示")
VERDICTS = ("suspect", "undetermined")
DECISIONS = ("open", "confirmed", "dismissed", "pending", "changed")
NOT_STATED = "未注明"  # stands for a county that the ledger does not name

FACETS = {
    "counties": f"coalesce(f.county, '{NOT_STATED}')",
    "aspects": "f.aspect",
    "levels": "f.level",
    "checks": "f.check_id",
    "verdicts": "f.verdict",
    "decision": "coalesce(d.verdict, 'open')",
}
_FROM = """
FROM findings f
LEFT JOIN current_decisions d ON d.finding_id = f.finding_id
LEFT JOIN cases c ON c.case_id = f.case_id
LEFT JOIN respondents r ON r.respondent_id = f.respondent_id"""
_ORDER = f"""CASE f.level WHEN '严重' THEN 1 WHEN '一般' THEN 2 ELSE 3 END, coalesce(f.county, '{NOT_STATED}') COLLATE zh,
f.check_id, c.case_key, r.seq, f.finding_id"""
_TEXT = "concat_ws(' ', f.message, c.case_no, c.case_key, c.title, c.handling_unit, r.name, r.unit, r.post)"
_PAGE = """
SELECT f.finding_id, f.check_id, f.aspect, f.level, f.case_id, c.case_key, c.case_no, c.title AS case_title, f.county, c.handling_unit,
    f.respondent_id, r.name, r.unit, r.post, f.verdict, f.message, f.facts, f.facts_hash, f.run_id,
    d.verdict AS decision, d.reason AS decision_reason, d.decided_by, d.decided_at,
    coalesce(d.facts_hash <> f.facts_hash, false) AS changed_since_decision,
    coalesce(r.import_id, c.import_id) AS import_id, i.file_name, coalesce(r.sheet, c.sheet) AS sheet, coalesce(r."row", c."row") AS "row"
FROM page JOIN findings f ON f.rowid = page.place
LEFT JOIN current_decisions d ON d.finding_id = f.finding_id
LEFT JOIN cases c ON c.case_id = f.case_id
LEFT JOIN respondents r ON r.respondent_id = f.respondent_id
LEFT JOIN imports i ON i.import_id = coalesce(r.import_id, c.import_id)
ORDER BY page.position"""


@dataclass(frozen=True)
class FindingFilter:
    """Which findings; an empty tuple or None leaves that property open.

    counties: names as in findings.county, NOT_STATED for those without; levels: see LEVELS; checks: ids; verdicts: see VERDICTS;
    decision: one of DECISIONS (open = nobody decided yet, changed = the facts are others than when it was decided);
    text: words that must all occur in sentence, case or person; import_ids: ledgers the case or person was read from;
    case_ids: these cases only;
    in_issue_list: True for the issue list, False for the list of blank fields (D01), None for both.
    """

    counties: tuple[str, ...] = ()
    aspects: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ("suspect",)
    decision: str | None = None
    text: str = ""
    import_ids: tuple[int, ...] = ()
    in_issue_list: bool | None = True
    case_ids: tuple[str, ...] = ()


def list_findings(db: Database, wanted: FindingFilter, offset: int = 0, limit: int | None = None) -> list[dict]:
    """Findings in the order 严重 first, then county, check, case, person; one dict each.

    Keys: finding_id, check_id, check_title, aspect, level, case_id, case_key, case_no, case_title, county, handling_unit, respondent_id,
    name, unit, post, verdict, message, facts (dict), facts_hash, run_id, decision (confirmed/dismissed/pending or None), decision_reason,
    decided_by, decided_at, changed_since_decision, import_id, file_name, sheet, row. A finding on a county has no case.
    """
    where, params = _where(wanted)
    cut = "" if limit is None else f" LIMIT {int(limit)} OFFSET {int(offset)}"
    keys = f"SELECT f.rowid AS place, row_number() OVER (ORDER BY {_ORDER}) AS position {_FROM} {where} ORDER BY position{cut}"
    rows = db.rows(f"WITH page AS ({keys}) {_PAGE}", params)
    titles = _titles()
    for row in rows:
        row["facts"] = json.loads(row["facts"])
        row["check_title"] = titles.get(row["check_id"], row["check_id"])
    return rows


def finding(db: Database, finding_id: str) -> dict | None:
    """One finding of the newest run with the keys of list_findings, None where it is not (or no longer) found."""
    params = {"finding_id": finding_id}
    rows = db.rows(f"WITH page AS (SELECT rowid AS place, 1 AS position FROM findings WHERE finding_id = $finding_id) {_PAGE}", params)
    if not rows:
        return None
    titles = _titles()
    return rows[0] | {"facts": json.loads(rows[0]["facts"]), "check_title": titles.get(rows[0]["check_id"], rows[0]["check_id"])}


def count_findings(db: Database, wanted: FindingFilter) -> int:
    """How many findings the filter lets through."""
    where, params = _where(wanted)
    return db.scalar(f"SELECT count(*) {_FROM} {where}", params)


def facet_counts(db: Database, wanted: FindingFilter) -> dict[str, dict[str, int]]:
    """Counts beside each choice: facet (a FindingFilter field) -> value -> findings left if only that value were chosen there.

    All other filters hold, that of the facet itself does not.
    ``decision`` counts open, confirmed, dismissed, pending. Counties are in name order.
    """
    counts = {}
    for facet, expression in FACETS.items():
        empty = replace(wanted, **{facet: None if facet == "decision" else ()})
        where, params = _where(empty)
        rows = db.rows(f"SELECT {expression} AS value, count(*) AS n {_FROM} {where} GROUP BY value ORDER BY value COLLATE zh", params)
        counts[facet] = {row["value"]: row["n"] for row in rows}
    return counts


def _where(wanted: FindingFilter) -> tuple[str, dict]:
    parts, params = [], {}
    for facet in ("counties", "aspects", "levels", "checks", "verdicts"):
        values = getattr(wanted, facet)
        if values:
            parts.append(f"list_contains(${facet}, {FACETS[facet]})")
            params[facet] = list(values)
    if wanted.import_ids:
        parts.append("list_contains($import_ids, coalesce(r.import_id, c.import_id))")
        params["import_ids"] = list(wanted.import_ids)
    if wanted.case_ids:
        parts.append("list_contains($case_ids, f.case_id)")
        params["case_ids"] = list(wanted.case_ids)
    if wanted.decision == "changed":
        parts.append("d.facts_hash <> f.facts_hash")
    elif wanted.decision:
        parts.append(f"{FACETS['decision']} = $decision")
        params["decision"] = wanted.decision
    for i, word in enumerate(wanted.text.split()):
        parts.append(f"contains(lower({_TEXT}), $word{i})")
        params[f"word{i}"] = word.lower()
    if wanted.in_issue_list is not None:
        parts.append("f.in_issue_list" if wanted.in_issue_list else "NOT f.in_issue_list")
    return ("WHERE " + " AND ".join(parts) if parts else ""), params


def _titles() -> dict[str, str]:
    return {check.id: check.title for check in catalogue()}
