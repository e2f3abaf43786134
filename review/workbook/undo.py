"""An import taken back as a whole: what it brought leaves, what it replaced comes back as it was."""

import json
from dataclasses import dataclass

from review.errors import StoreError, UsageError
from review.store.database import Database, now

_SCHEMAS = ("cases", "respondents", "measures", "steps")


@dataclass(frozen=True)
class Undone:
    """What undoing did: cases and respondents that left, cases that came back as an earlier ledger told them."""

    import_id: int
    file_name: str
    cases: int
    respondents: int
    restored: int


def what_depends(db: Database, import_id: int) -> list[str]:
    """Why the import can't be undone now, one Chinese sentence each; empty where it can. Raises UsageError for an unknown import."""
    with db.cursor() as cur:
        return _what_depends(cur, _import(cur, import_id))


def undo_import(db: Database, import_id: int, actor: str) -> Undone:
    """Take an import back in one transaction. Raises StoreError naming what depends on it, UsageError for an unknown one or no name.

    The bytes of the file, corrections and answers stay: they were given by people. Run the checks afterwards.
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
        cur.execute(
            """INSERT INTO undone_imports SELECT import_id, file_name, file_sha256, imported_at, imported_by, case_count, respondent_count,
                $actor, $at FROM imports WHERE import_id = $id""",
            it | {"actor": actor.strip(), "at": now()},
        )
        cur.execute("UPDATE imports SET replaced_by = NULL WHERE replaced_by = $id", it)
        cur.execute("DELETE FROM imports WHERE import_id = $id", it)
    db.checkpoint()
    return Undone(import_id, found["file_name"], cases, people, restored)


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
        ("它的案件有 {} 次撤销或恢复的记录", "SELECT count(*) FROM withdrawals WHERE decided_at >= $at AND case_id IN (FROM its)"),
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
