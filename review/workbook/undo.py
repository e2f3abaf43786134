"""An import taken back as a whole: what it brought leaves, what it replaced and what was withdrawn because of it comes back as it was."""

import json
from dataclasses import dataclass

from review.errors import StoreError, UsageError
from review.store.database import Database, now

# Cases that still stand as the change list of an import prompted; of a case that is gone there is nothing to take back.
_PROMPTED = """SELECT w.case_id, c.case_key, c.title, c.county, w.withdrawn, w.reason, w.decided_by, w.decided_at
    FROM (FROM withdrawals QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY decided_at DESC, rowid DESC) = 1) w
    JOIN cases c USING (case_id) WHERE w.prompted_by = $id ORDER BY c.case_key, w.case_id"""
# What the import itself prompted goes back with it.
_MARKED = """SELECT count(*) FROM withdrawals WHERE decided_at >= $at AND prompted_by IS DISTINCT FROM $id AND case_id IN (FROM its)"""
_SCHEMAS = ("cases", "respondents", "measures", "steps")


@dataclass(frozen=True)
class Undone:
    """What undoing did: cases and respondents that left, cases that came back as an earlier ledger told them, and how many withdrawals
    (or reinstatements) that the import had prompted were taken back."""

    import_id: int
    file_name: str
    cases: int
    respondents: int
    restored: int
    taken_back: int = 0


def what_depends(db: Database, import_id: int) -> list[str]:
    """Why the import can't be undone now, one Chinese sentence each; empty where it can. Raises UsageError for an unknown import."""
    with db.cursor() as cur:
        return _what_depends(cur, _import(cur, import_id))


def prompted(db: Database, import_id: int) -> list[dict]:
    """Cases whose last withdrawal or reinstatement was chosen in the change list of this import: case_id, case_key, title, county,
    withdrawn, reason, decided_by, decided_at."""
    with db.cursor() as cur:
        result = cur.execute(_PROMPTED, {"id": import_id})
        names = [d[0] for d in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def undo_import(db: Database, import_id: int, actor: str) -> Undone:
    """Take an import back in one transaction, and with it the withdrawals that it prompted: each by a line of its own with its reason.

    Raises StoreError naming what depends on the import, UsageError for an unknown one or no name. The bytes of the file, corrections
    and answers stay: they were given by people. Run the checks afterwards.
    """
    if not actor.strip():
        raise UsageError("没有填写撤销人。", "请填写姓名后再撤销，记录会连同姓名和时间一起留存。")
    with db.write("undo_import", actor.strip(), import_id=import_id) as cur:
        found = _import(cur, import_id)
        reasons = _what_depends(cur, found)
        if reasons:
            raise StoreError(f"第 {import_id} 次导入（{found['file_name']}）不能撤销。", "".join(reasons))
        it = {"id": import_id}
        cases, people = (
            cur.execute(f"SELECT count(*) FROM {name} WHERE import_id = $id", it).fetchall()[0][0] for name in ("cases", "respondents")
        )
        cur.execute("DELETE FROM measures WHERE respondent_id IN (SELECT respondent_id FROM respondents WHERE import_id = $id)", it)
        for name in (
            "steps", "respondents", "cases", "import_columns", "import_fields", "ledger_rows", "rejects", "applied_corrections",
            "earlier_issues",
        ):  # fmt: skip
            cur.execute(f"DELETE FROM {name} WHERE import_id = $id", it)
        restored = cur.execute(
            "SELECT count(*) FROM superseded_records WHERE superseded_by = $id AND table_name = 'cases'", it
        ).fetchall()[0][0]
        for name in _SCHEMAS:
            kept = "SELECT record FROM superseded_records WHERE superseded_by = $id AND table_name = $name ORDER BY rowid"
            bring_back(cur, name, kept, it | {"name": name})
        cur.execute("DELETE FROM superseded_records WHERE superseded_by = $id", it)
        cur.execute("DELETE FROM findings_before WHERE import_id = $id", it)
        back = _take_back_prompted(cur, found, actor.strip())
        cur.execute(
            """INSERT INTO undone_imports SELECT import_id, file_name, file_sha256, imported_at, imported_by, case_count, respondent_count,
                $actor, $at FROM imports WHERE import_id = $id""",
            it | {"actor": actor.strip(), "at": now()},
        )
        cur.execute("UPDATE imports SET replaced_by = NULL WHERE replaced_by = $id", it)
        cur.execute("DELETE FROM imports WHERE import_id = $id", it)
    db.checkpoint()
    return Undone(import_id, found["file_name"], cases, people, restored, back)


def _take_back_prompted(cur, found: dict, actor: str) -> int:
    """Append the opposite of each withdrawal and reinstatement that the import prompted and that still holds; returns how many."""
    lines = cur.execute(f"SELECT case_id, withdrawn FROM ({_PROMPTED})", {"id": found["import_id"]}).fetchall()
    if not lines:
        return 0
    reason = f"据以作出的导入（第 {found['import_id']} 次，{found['file_name']}）已撤销"
    for withdrawn in (True, False):
        move_findings(cur, [case_id for case_id, now_out in lines if now_out is not withdrawn], withdrawn)
    cur.executemany(
        "INSERT INTO withdrawals BY NAME SELECT $case AS case_id, $withdrawn AS withdrawn, $reason AS reason, $actor AS decided_by, "
        "$at AS decided_at, $id AS prompted_by",
        [
            {"case": case_id, "withdrawn": not withdrawn, "reason": reason, "actor": actor, "at": now(), "id": found["import_id"]}
            for case_id, withdrawn in lines
        ],
    )
    return len(lines)


def _import(cur, import_id: int) -> dict:
    result = cur.execute("SELECT import_id, file_name, imported_at, replaced_by FROM imports WHERE import_id = $id", {"id": import_id})
    rows = result.fetchall()
    if not rows:
        raise UsageError(f"没有第 {import_id} 次导入。", "可能已经撤销；导入编号见“数据导入”页已导入的台账。")
    return dict(zip([d[0] for d in result.description], rows[0], strict=True))


def _what_depends(cur, found: dict) -> list[str]:
    it = {"id": found["import_id"], "at": found["imported_at"]}
    reasons = []
    if found["replaced_by"] is not None:
        reasons.append(f"它已按新的回答或更正重新读入（第 {found['replaced_by']} 次导入），请先撤销那一次。")
    else:
        for number, name, n in cur.execute(
            """SELECT r.superseded_by, any_value(i.file_name), count(DISTINCT r.case_id) FROM superseded_records r
            JOIN imports i ON i.import_id = r.superseded_by WHERE r.import_id = $id GROUP BY 1 ORDER BY 1""",
            {"id": found["import_id"]},
        ).fetchall():
            reasons.append(f"后来导入的“{name}”（第 {number} 次导入）更新了其中 {n} 件案件，请先撤销那一次。")
    for number, name, newer in cur.execute(
        """SELECT DISTINCT i.import_id, i.file_name, i.replaced_by FROM superseded_records r JOIN imports i ON i.import_id = r.import_id
        WHERE r.superseded_by = $id AND i.replaced_by IS NOT NULL AND i.replaced_by <> $id ORDER BY 1""",
        {"id": found["import_id"]},
    ).fetchall():
        reasons.append(f"它更新的“{name}”（第 {number} 次导入）后来重新读入过（第 {newer} 次导入），请先撤销那一次。")
    counted = (
        ("对它的案件已作出 {} 条核实结论", "SELECT count(*) FROM decisions d WHERE decided_at >= $at AND case_id IN (FROM its)"),
        (
            "它的案件已列入 {} 次抽样",
            "SELECT count(DISTINCT sample_id) FROM sample_frame JOIN samples USING (sample_id) "
            "WHERE created_at >= $at AND case_id IN (FROM its)",
        ),
        ("它的案件有 {} 次撤销或恢复的记录", _MARKED),
    )
    for words, query in counted:
        n = cur.execute(f"WITH its AS (SELECT case_id FROM cases WHERE import_id = $id) {query}", it).fetchall()[0][0]
        if n:
            reasons.append(f"{words.format(n)}，人作出的结论和登记不能随导入消失。")
    return reasons


def bring_back(cur, name: str, records: str, params: dict) -> None:
    """Insert rows that were kept as JSON into their table, each value in its own type. ``records``: a query that gives the JSON."""
    columns = cur.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = current_database() AND table_name = $name"
        " AND schema_name = 'main' AND NOT internal ORDER BY column_index",
        {"name": name},
    ).fetchall()
    shape = {column: [kind[:-2]] if kind.endswith("[]") else kind for column, kind in columns}
    cur.execute(
        f"INSERT INTO {name} BY NAME SELECT unnest(from_json(record, $shape)) FROM ({records})", params | {"shape": json.dumps(shape)}
    )


def move_findings(cur, case_ids: list[str], withdrawn: bool) -> None:
    """Findings leave the lists with their case and come back with it; the next check run judges them anew."""
    those = {"ids": case_ids}
    if withdrawn:
        cur.execute(
            "INSERT INTO withdrawn_findings SELECT f.case_id, f.finding_id, to_json(f) FROM (FROM findings) AS f "
            "WHERE list_contains($ids, f.case_id)",
            those,
        )
        cur.execute("DELETE FROM findings WHERE list_contains($ids, case_id)", those)
    else:
        bring_back(
            cur, "findings",
            "SELECT record FROM withdrawn_findings WHERE list_contains($ids, case_id) AND finding_id NOT IN "
            "(SELECT finding_id FROM findings)",
            those,
        )  # fmt: skip
        cur.execute("DELETE FROM withdrawn_findings WHERE list_contains($ids, case_id)", those)
