"""Into the store: a reading becomes an import in one transaction, or nothing does."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyarrow as pa

from review.errors import LedgerError
from review.store.database import Database, now
from review.workbook.columns import LedgerChoices
from review.workbook.reading import LedgerReading, Progress, read_ledger

_RECORDS = {
    "cases": "SELECT * FROM cases WHERE case_id IN (SELECT case_id FROM arriving_cases)",
    "respondents": "SELECT * FROM respondents WHERE case_id IN (SELECT case_id FROM arriving_cases)",
    "measures": "SELECT m.*, r.case_id, r.import_id FROM measures m JOIN respondents r USING (respondent_id) "
    "WHERE r.case_id IN (SELECT case_id FROM arriving_cases)",
    "steps": "SELECT * FROM steps WHERE case_id IN (SELECT case_id FROM arriving_cases)",
}


@dataclass(frozen=True)
class Receipt:
    """What a load did. ``sheets``: [{name, hidden, status, reason, rows, header_rows}]; superseded: old records kept aside;
    replaced_cases: cases that an earlier ledger had told of."""

    import_id: int
    file_name: str
    already_loaded: bool
    sheets: list[dict]
    rows: int
    cases: int
    respondents: int
    rejects: int
    superseded: int = 0
    replaced_cases: int = 0


@dataclass(frozen=True)
class Decision:
    """What a user decided about a column of a form: its field (NOT_USED: not to be read), what a blank means; None: nothing decided."""

    layout: str
    key: str
    field: str | None = None
    blank: str | None = None


class _Known(Exception):
    """The same bytes were loaded by another thread between looking and writing."""


def load_file(
    db: Database,
    source: Path | str | bytes,
    name: str | None = None,
    choices: LedgerChoices | None = None,
    actor: str = "",
    progress: Progress | None = None,
) -> Receipt:
    """Read a ledger file and store it; the same bytes a second time change nothing. Raises LedgerError for an unreadable file."""
    known = _already(db, _hash(source))
    if known is not None:
        return known
    choices = choices or LedgerChoices()
    if not choices.remembered:
        choices = replace(choices, remembered=remembered_choices(db))
    return load_reading(db, read_ledger(source, name, choices, progress), actor, progress)


def load_reading(db: Database, reading: LedgerReading, actor: str = "", progress: Progress | None = None) -> Receipt:
    """Store a reading in one transaction. Cases that are in the store already are replaced, their old rows kept in superseded_records."""
    tell = progress or (lambda stage, done, total: None)
    known = _already(db, reading.sha256)
    if known is not None:
        return known
    tell("写入数据库", 3, 4)
    try:
        with db.write(
            "load", actor, file=reading.file_name, sha256=reading.sha256, cases=reading.case_count,
            respondents=reading.respondent_count, rejects=reading.reject_count, complete=reading.choices.complete,
        ) as cur:  # fmt: skip
            receipt = _write(cur, reading, actor)
    except _Known:
        return _already(db, reading.sha256)
    db.checkpoint()
    tell("完成", 4, 4)
    return receipt


def _write(cur, reading: LedgerReading, actor: str) -> Receipt:
    if cur.execute("SELECT 1 FROM imports WHERE file_sha256 = $h", {"h": reading.sha256}).fetchall():
        raise _Known
    number = cur.execute("SELECT nextval('import_ids')").fetchall()[0][0]
    at = now()
    tables = reading.tables | {"rejects": _reject_table(reading)}
    for name, table in tables.items():
        # Seen by this cursor only and gone with it.
        cur.register(f"arriving_{name}", table)
    replaced = cur.execute("SELECT count(*) FROM cases WHERE case_id IN (SELECT case_id FROM arriving_cases)").fetchall()[0][0]
    superseded = _set_aside(cur, number, at) if replaced else 0
    sheets = [
        {"name": s.name, "hidden": s.hidden, "status": s.status, "reason": s.reason, "rows": s.rows, "header_rows": list(s.header_rows)}
        for s in reading.sheets
    ]
    cur.execute(
        "INSERT INTO imports VALUES "
        "($id, $file, $hash, $size, $at, $actor, $complete, $kind, $sheets, $rows, $cases, $people, $rejects)",
        {
            "id": number, "file": reading.file_name, "hash": reading.sha256, "size": reading.size, "at": at, "actor": actor,
            "complete": reading.choices.complete, "kind": reading.choices.ledger_kind, "sheets": json.dumps(sheets, ensure_ascii=False),
            "rows": reading.row_count, "cases": reading.case_count, "people": reading.respondent_count, "rejects": reading.reject_count,
        },
    )  # fmt: skip
    for name in ("import_columns", "import_fields", "ledger_rows", "cases", "respondents", "steps"):
        cur.execute(f"INSERT INTO {name} BY NAME SELECT $id AS import_id, * FROM arriving_{name}", {"id": number})
    cur.execute("INSERT INTO measures BY NAME SELECT * FROM arriving_measures")
    cur.execute(
        "INSERT INTO rejects BY NAME SELECT nextval('reject_ids') AS reject_id, $id AS import_id, * FROM arriving_rejects",
        {"id": number},
    )
    return Receipt(
        number, reading.file_name, False, sheets, reading.row_count, reading.case_count, reading.respondent_count, reading.reject_count,
        superseded, replaced,
    )  # fmt: skip


def _set_aside(cur, number: int, at) -> int:
    """Keep the old rows of arriving cases as JSON, then remove them; returns how many were kept."""
    kept = 0
    for name, query in _RECORDS.items():
        kept += cur.execute(
            f"INSERT INTO superseded_records SELECT '{name}', o.case_id, to_json(o), o.import_id, $id, $at FROM ({query}) AS o",
            {"id": number, "at": at},
        ).fetchall()[0][0]
    cur.execute(
        "DELETE FROM measures WHERE respondent_id IN "
        "(SELECT respondent_id FROM respondents WHERE case_id IN (SELECT case_id FROM arriving_cases))"
    )
    for name in ("steps", "respondents", "cases"):
        cur.execute(f"DELETE FROM {name} WHERE case_id IN (SELECT case_id FROM arriving_cases)")
    return kept


def _reject_table(reading: LedgerReading) -> pa.Table:
    kinds = {"row": pa.int32()}
    names = ("sheet", "row", "column", "header", "raw", "reason", "advice")
    records = [asdict(r) for r in reading.rejects]
    return pa.table({n: pa.array([r[n] for r in records], kinds.get(n, pa.string())) for n in names})


def _hash(source: Path | str | bytes) -> str:
    try:
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
    except OSError:
        # The reader says what is wrong with the path in words of its own.
        data = b""
    return hashlib.sha256(data).hexdigest()


def _already(db: Database, sha256: str) -> Receipt | None:
    found = db.rows("SELECT * FROM imports WHERE file_sha256 = $h", {"h": sha256})
    if not found:
        return None
    row = found[0]
    return Receipt(
        row["import_id"], row["file_name"], True, json.loads(row["sheets"]), row["row_count"], row["case_count"], row["respondent_count"],
        row["reject_count"],
    )  # fmt: skip


def remembered_choices(db: Database) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    """What users decided for the columns of each form: {(layout, key of the column): (field, what a blank means)}, the newest of each.

    The field is NOT_USED where the user did not want the column read; None means that nothing was decided.
    """
    rows = db.rows(
        "SELECT layout, header, last(field ORDER BY chosen_at, rowid) FILTER (field IS NOT NULL) AS field, "
        "last(blank_means ORDER BY chosen_at, rowid) FILTER (blank_means IS NOT NULL) AS blank_means "
        "FROM layout_choices GROUP BY layout, header"
    )
    return {(r["layout"], r["header"]): (r["field"], r["blank_means"]) for r in rows}


def remember(db: Database, decisions: Iterable[Decision], actor: str) -> None:
    """Keep what was decided about columns for the next ledger of the same form; no decisions, nothing written."""
    decided = list(decisions)
    if not decided:
        return
    if any(not d.layout or not d.key for d in decided):
        raise LedgerError("没有说明是哪种表式的哪一列。", "请在导入预览中选择列后再保存。")
    with db.write("remember_columns", actor, decisions=[asdict(d) for d in decided]) as cur:
        cur.executemany(
            "INSERT INTO layout_choices VALUES ($layout, $key, $field, $blank, $actor, $at)",
            [asdict(d) | {"actor": actor, "at": now()} for d in decided],
        )
