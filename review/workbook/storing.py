"""The store's side of a load: what leaves, what arrives, what is kept beside it. All inside a transaction that the caller holds."""

import json
import zlib
from dataclasses import asdict, dataclass

import pyarrow as pa

from review.store.database import now
from review.workbook.mapping import LedgerChoices, open_texts
from review.workbook.matching import settle
from review.workbook.reading import LedgerReading

_RECORDS = {
    "cases": "SELECT * FROM cases WHERE case_id IN (SELECT case_id FROM leaving_cases)",
    "respondents": "SELECT * FROM respondents WHERE case_id IN (SELECT case_id FROM leaving_cases)",
    "measures": "SELECT m.*, r.case_id, r.import_id FROM measures m JOIN respondents r USING (respondent_id) "
    "WHERE r.case_id IN (SELECT case_id FROM leaving_cases)",
    "steps": "SELECT * FROM steps WHERE case_id IN (SELECT case_id FROM leaving_cases)",
}


@dataclass(frozen=True)
class Receipt:
    """What a load did. ``sheets``: [{name, hidden, status, reason, rows, header_rows}]; superseded: old records kept aside;
    replaced_cases: cases that an earlier ledger had told of; replaces: the import of the same bytes whose place this one takes;
    left_to_newer: cases of a file read again that stay as a newer ledger tells them; questions: what the reading left open."""

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
    replaces: int | None = None
    left_to_newer: int = 0
    questions: tuple[str, ...] = ()


class AlreadyStored(Exception):
    """These bytes are in the store already, read under the same answers."""


def write_reading(cur, reading: LedgerReading, actor: str, again: bool = False) -> Receipt:
    """Store a reading inside a transaction that the caller holds; see load_reading, which holds one. Raises AlreadyStored."""
    before = cur.execute(
        "SELECT import_id, coalesce(first_reading, import_id) FROM current_imports WHERE file_sha256 = $h", {"h": reading.sha256}
    ).fetchall()
    old, first = before[0] if before else (None, None)
    if old is not None and not again and answers_of_import(cur, old) == answers_of_reading(reading):
        raise AlreadyStored
    number = cur.execute("SELECT nextval('import_ids')").fetchall()[0][0]
    at = now()
    settled = settle(cur, reading.tables, old)
    for name, table in (settled.tables | {"rejects": _reject_table(reading)}).items():
        # Seen by this cursor only and gone with it.
        cur.register(f"arriving_{name}", table)
    cur.execute("CREATE OR REPLACE TEMP TABLE newer (case_id VARCHAR)")
    left = _leave_to_newer(cur, first) if old is not None else 0
    replaced, superseded = _set_aside(cur, number, at, settled.told, old)
    _write_import(cur, reading, number, at, actor, first)
    if old is not None:
        cur.execute("UPDATE imports SET replaced_by = $id WHERE import_id = $old", {"id": number, "old": old})
    for name in ("import_columns", "import_fields", "ledger_rows"):
        cur.execute(f"INSERT INTO {name} BY NAME SELECT $id AS import_id, * FROM arriving_{name}", {"id": number})
    for name in ("cases", "respondents", "steps"):
        cur.execute(
            f"INSERT INTO {name} BY NAME SELECT $id AS import_id, * FROM arriving_{name} WHERE case_id NOT IN (SELECT case_id FROM newer)",
            {"id": number},
        )
    cur.execute(
        """INSERT INTO measures BY NAME SELECT m.* FROM arriving_measures m SEMI JOIN (
            FROM arriving_respondents WHERE case_id NOT IN (SELECT case_id FROM newer)) r USING (respondent_id)"""
    )
    cur.execute(
        "INSERT INTO rejects BY NAME SELECT nextval('reject_ids') AS reject_id, $id AS import_id, * FROM arriving_rejects",
        {"id": number},
    )
    if "earlier_issues" in reading.tables:
        cur.execute("INSERT INTO earlier_issues BY NAME SELECT $id AS import_id, * FROM arriving_earlier_issues", {"id": number})
    _keep_what_was_told(cur, reading, number, at, actor, settled.same_row)
    return Receipt(
        number, reading.file_name, False, sheet_list(reading), reading.row_count, reading.case_count, reading.respondent_count,
        reading.reject_count, superseded, replaced, old, left, open_texts(reading.questions),
    )  # fmt: skip


def sheet_list(reading: LedgerReading) -> list[dict]:
    """Sheets of a reading as they are kept with the import: name, hidden, status, reason, rows, header_rows."""
    return [
        {"name": s.name, "hidden": s.hidden, "status": s.status, "reason": s.reason, "rows": s.rows, "header_rows": list(s.header_rows)}
        for s in reading.sheets
    ]


def _write_import(cur, reading: LedgerReading, number: int, at, actor: str, first: int | None) -> None:
    cur.execute(
        """INSERT INTO imports VALUES ($id, $file, $hash, $size, $at, $actor, $complete, $kind, $sheets, $rows, $cases, $people, $rejects,
            $first, NULL, $choices)""",
        {
            "id": number, "file": reading.file_name, "hash": reading.sha256, "size": reading.size, "at": at, "actor": actor,
            "complete": reading.choices.complete, "kind": reading.choices.ledger_kind,
            "sheets": json.dumps(sheet_list(reading), ensure_ascii=False), "rows": reading.row_count, "cases": reading.case_count,
            "people": reading.respondent_count, "rejects": reading.reject_count, "first": first,
            "choices": json.dumps(choices_as_json(reading), ensure_ascii=False),
        },
    )  # fmt: skip


def _leave_to_newer(cur, first: int) -> int:
    """TEMP TABLE newer: cases of a file read again that a ledger loaded after it tells of; they stay as they are."""
    cur.execute(
        """INSERT INTO newer SELECT c.case_id FROM cases c JOIN imports i USING (import_id) SEMI JOIN arriving_cases a USING (case_id)
        WHERE coalesce(i.first_reading, i.import_id) > $first""",
        {"first": first},
    )
    return cur.execute("SELECT count(*) FROM newer").fetchall()[0][0]


def _set_aside(cur, number: int, at, told: list[str], old: int | None) -> tuple[int, int]:
    """Keep the old rows of arriving cases as JSON, then remove them; returns how many cases and how many records were kept.

    A case that was in the store under the id of its own words and is now known as another one leaves with it; so do all cases of
    the reading ``old``, whose place the new one takes.
    """
    cur.register("told_cases", pa.table({"case_id": pa.array(told, pa.string())}))
    cur.execute(
        """CREATE OR REPLACE TEMP TABLE leaving_cases AS SELECT case_id FROM cases
        WHERE (case_id IN (SELECT case_id FROM arriving_cases) OR case_id IN (SELECT case_id FROM told_cases)
            OR import_id IS NOT DISTINCT FROM $old) AND case_id NOT IN (SELECT case_id FROM newer)""",
        {"old": old},
    )
    cases = cur.execute("SELECT count(*) FROM leaving_cases").fetchall()[0][0]
    if not cases:
        return 0, 0
    cur.execute(
        "INSERT INTO findings_before SELECT $id, f.case_id, f.finding_id, to_json(f) FROM (FROM findings) AS f "
        "WHERE f.case_id IN (SELECT case_id FROM leaving_cases)",
        {"id": number},
    )
    kept = 0
    for name, query in _RECORDS.items():
        kept += cur.execute(
            f"INSERT INTO superseded_records SELECT '{name}', o.case_id, to_json(o), o.import_id, $id, $at FROM ({query}) AS o",
            {"id": number, "at": at},
        ).fetchall()[0][0]
    cur.execute(
        "DELETE FROM measures WHERE respondent_id IN "
        "(SELECT respondent_id FROM respondents WHERE case_id IN (SELECT case_id FROM leaving_cases))"
    )
    for name in ("steps", "respondents", "cases"):
        cur.execute(f"DELETE FROM {name} WHERE case_id IN (SELECT case_id FROM leaving_cases)")
    return cases, kept


def _reject_table(reading: LedgerReading) -> pa.Table:
    kinds = {"row": pa.int32()}
    names = ("sheet", "row", "column", "header", "raw", "reason", "advice")
    records = [asdict(r) for r in reading.rejects]
    return pa.table({n: pa.array([r[n] for r in records], kinds.get(n, pa.string())) for n in names})


def _keep_what_was_told(cur, reading: LedgerReading, number: int, at, actor: str, same_row: dict[str, str]) -> None:
    """The bytes of the file, the corrections it was read with, and the cases told by their row."""
    keep_content(cur, reading)
    if reading.corrected:
        made = {
            (sheet, row, column): (by, when)
            for sheet, row, column, by, when in cur.execute(
                """SELECT sheet, "row", "column", corrected_by, corrected_at FROM corrections
                WHERE file_sha256 = $h ORDER BY corrected_at""",
                {"h": reading.sha256},
            ).fetchall()
        }
        cur.executemany(
            "INSERT INTO applied_corrections VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                [number, c.sheet, c.row, c.column, c.raw, c.text, *made.get((c.workbook_sheet, c.row, c.column), (actor, at))]
                for c in reading.corrected
            ],
        )
    if same_row:
        cur.executemany(
            "INSERT INTO case_matches VALUES (?, ?, true, 'same_row', ?, ?)",
            [[case_id, known, actor, at] for case_id, known in same_row.items()],
        )


def keep_content(cur, reading: LedgerReading) -> None:
    """Keep the bytes of the file once, packed unless they are a zip archive already (.xlsx)."""
    if not reading.content:
        return
    packed = not reading.content.startswith(b"PK")
    cur.execute(
        "INSERT OR IGNORE INTO import_files VALUES ($hash, $packed, $content)",
        {"hash": reading.sha256, "packed": packed, "content": zlib.compress(reading.content, 1) if packed else reading.content},
    )


def file_content(db, sha256: str) -> bytes | None:
    """The bytes of a loaded file, None for one that an earlier program loaded without keeping them."""
    found = db.rows("SELECT packed, content FROM import_files WHERE file_sha256 = $h", {"h": sha256})
    if not found:
        return None
    return zlib.decompress(found[0]["content"]) if found[0]["packed"] else found[0]["content"]


def choices_as_json(reading: LedgerReading) -> dict:
    """The answers of a reading, remembered ones of its forms included, as they are kept with the import (see choices_from_json)."""
    choices, forms = reading.choices, {s.layout for s in reading.sheets if s.layout}
    return {
        "complete": choices.complete,
        "ledger_kind": choices.ledger_kind,
        "all_blank": choices.all_blank,
        "short_years": [[*_place(key), meaning] for key, meaning in choices.short_years.items()],
        "all_short_years": choices.all_short_years,
        "fields": [[*_place(key), name] for key, name in choices.fields.items()],
        "blank": [[*_place(key), meaning] for key, meaning in choices.blank.items()],
        "remembered": [[*key, *value] for key, value in choices.remembered.items() if key[0] in forms],
    }


def choices_from_json(kept: str | None) -> LedgerChoices:
    """Answers as kept with an import; those of a fresh file for an import of an earlier program. Corrections are kept apart."""
    told = json.loads(kept) if kept else {}
    return LedgerChoices(
        complete=told.get("complete", "yes"),
        ledger_kind=told.get("ledger_kind", LedgerChoices.ledger_kind),
        all_blank=told.get("all_blank"),
        short_years={_key(*place): meaning for *place, meaning in told.get("short_years", ())},
        all_short_years=told.get("all_short_years", False),
        fields={_key(*place): name for *place, name in told.get("fields", ())},
        blank={_key(*place): meaning for *place, meaning in told.get("blank", ())},
        remembered={(layout, key): (name, blank) for layout, key, name, blank in told.get("remembered", ())},
    )


def _place(key: str | tuple) -> tuple[str | None, str]:
    return key if isinstance(key, tuple) else (None, key)


def _key(sheet: str | None, key: str) -> str | tuple[str, str]:
    return (sheet, key) if sheet is not None else key


def answers_of_reading(reading: LedgerReading) -> tuple:
    """What decides how bytes are read: two readings of the same bytes with equal answers are one."""
    columns = reading.tables["import_columns"].select(["sheet", "position", "field", "blank_means"]).to_pylist()
    return (
        reading.choices.complete,
        reading.choices.ledger_kind,
        _years(reading.choices),
        {tuple(c.values()) for c in columns},
        {(c.sheet, c.row, c.column, c.text) for c in reading.corrected},
    )


def answers_of_import(cur, import_id: int) -> tuple:
    """The same of a stored import."""
    asked = {"id": import_id}
    kept = "SELECT complete, ledger_kind, choices FROM imports WHERE import_id = $id"
    complete, kind, choices = cur.execute(kept, asked).fetchall()[0]
    columns = cur.execute("SELECT sheet, position, field, blank_means FROM import_columns WHERE import_id = $id", asked).fetchall()
    cells = cur.execute('SELECT sheet, "row", "column", corrected FROM applied_corrections WHERE import_id = $id', asked).fetchall()
    return complete, kind, _years(choices_from_json(choices)), set(columns), set(cells)


def _years(choices: LedgerChoices) -> tuple:
    return choices.all_short_years, frozenset(choices.short_years.items())
