"""Several readings into the store in one transaction, where none of them touches a case that is there already.

What write_reading does for one ledger takes some twenty statements; small ledgers would spend most of their time on them.
Here the tables of many ledgers go in together. The result is the same, which a test compares table by table.
"""

import json
import zlib
from collections.abc import Iterable
from dataclasses import asdict

import pyarrow as pa

from review.store.database import Database, now
from review.workbook.mapping import open_texts
from review.workbook.progress import STORING, Watch
from review.workbook.reading import LedgerReading
from review.workbook.storing import Receipt, choices_as_json, sheet_list

_TABLES = ("import_columns", "import_fields", "ledger_rows", "cases", "respondents", "steps", "measures")
_REJECT = ("sheet", "row", "column", "header", "raw", "reason", "advice")


class Known:
    """What the store holds already, looked up once for a whole drop: hashes of files, cases, and whether cases are matched by hand."""

    def __init__(self, db: Database):
        with db.cursor() as cur:
            self.files = {r[0] for r in cur.execute("SELECT file_sha256 FROM imports").fetchall()}
            self.corrected = {r[0] for r in cur.execute("SELECT DISTINCT file_sha256 FROM corrections").fetchall()}
            self.cases = {r[0] for r in cur.execute("SELECT case_id FROM cases").fetchall()}
            self.matched = bool(cur.execute("SELECT 1 FROM case_matches LIMIT 1").fetchall())

    def is_new(self, reading: LedgerReading) -> bool:
        """May this reading go in with others? It touches nothing that is in the store or that ``add`` was told of."""
        if self.matched or reading.corrected or reading.sha256 in self.files or "earlier_issues" in reading.tables:
            return False
        return self.cases.isdisjoint(reading.tables["cases"]["case_id"].to_pylist())

    def add(self, reading: LedgerReading) -> None:
        """Take a reading as stored."""
        self.files.add(reading.sha256)
        self.cases.update(reading.tables["cases"]["case_id"].to_pylist())


def store_together(db: Database, readings: list[LedgerReading], actor: str, watch: Watch) -> list[Receipt]:
    """Store readings that are all new (Known.is_new) in one transaction, with an audit line each; all of them or none."""
    *others, last = readings
    with db.write("load", actor, **_audit(last)) as cur:
        numbers = [r[0] for r in cur.execute("SELECT nextval('import_ids') FROM range($n)", {"n": len(readings)}).fetchall()]
        at = now()
        _insert(cur, "imports", _imports(readings, numbers, at, actor))
        for name in _TABLES:
            _insert(cur, name, _together(name, readings, numbers))
        rejects = _rejects(readings, numbers)
        if rejects.num_rows:
            _insert(cur, "rejects", rejects, "nextval('reject_ids') AS reject_id, *")
        _insert(cur, "import_files", _files(readings), how="INSERT OR IGNORE INTO")
        if others:
            lines = pa.table({"details": pa.array([json.dumps(_audit(r), ensure_ascii=False) for r in others], pa.string())})
            cur.register("arriving_lines", lines)
            cur.execute(
                "INSERT INTO audit_log SELECT nextval('audit_ids'), $at, $actor, 'load', details FROM arriving_lines",
                {"at": at, "actor": actor},
            )
        # The last moment at which the load can still be undone by leaving.
        watch.tell(STORING, 0.9)
    return [
        Receipt(
            number, r.file_name, False, sheet_list(r), r.row_count, r.case_count, r.respondent_count, r.reject_count,
            questions=open_texts(r.questions),
        )  # fmt: skip
        for number, r in zip(numbers, readings, strict=True)
    ]


def _audit(reading: LedgerReading) -> dict:
    return {
        "file": reading.file_name, "sha256": reading.sha256, "cases": reading.case_count, "respondents": reading.respondent_count,
        "rejects": reading.reject_count, "complete": reading.choices.complete, "corrected": len(reading.corrected),
    }  # fmt: skip


def _insert(cur, name: str, table: pa.Table, columns: str = "*", how: str = "INSERT INTO") -> None:
    cur.register(f"arriving_{name}", table)
    cur.execute(f"{how} {name} BY NAME SELECT {columns} FROM arriving_{name}")
    cur.unregister(f"arriving_{name}")


def _together(name: str, readings: list[LedgerReading], numbers: list[int]) -> pa.Table:
    tables = []
    for reading, number in zip(readings, numbers, strict=True):
        table = reading.tables[name]
        if name != "measures":
            table = table.append_column("import_id", pa.repeat(pa.scalar(number, pa.int32()), table.num_rows))
        tables.append(table)
    # Hundreds of short pieces would be stored one by one.
    return pa.concat_tables(tables).combine_chunks()


def _imports(readings: list[LedgerReading], numbers: list[int], at, actor: str) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "import_id": number, "file_name": r.file_name, "file_sha256": r.sha256, "file_size": r.size, "imported_at": at,
                "imported_by": actor, "complete": r.choices.complete, "ledger_kind": r.choices.ledger_kind,
                "sheets": json.dumps(sheet_list(r), ensure_ascii=False), "row_count": r.row_count, "case_count": r.case_count,
                "respondent_count": r.respondent_count, "reject_count": r.reject_count, 
                "choices": json.dumps(choices_as_json(r), ensure_ascii=False),
            }
            for number, r in zip(numbers, readings, strict=True)
        ]
    )  # fmt: skip


def _rejects(readings: Iterable[LedgerReading], numbers: list[int]) -> pa.Table:
    records = [
        {"import_id": number} | asdict(reject) for number, reading in zip(numbers, readings, strict=True) for reject in reading.rejects
    ]
    kinds = {"row": pa.int32(), "import_id": pa.int32()}
    return pa.table({n: pa.array([r[n] for r in records], kinds.get(n, pa.string())) for n in ("import_id", *_REJECT)})


def _files(readings: list[LedgerReading]) -> pa.Table:
    packed = [not r.content.startswith(b"PK") for r in readings]
    content = [zlib.compress(r.content, 1) if p else r.content for r, p in zip(readings, packed, strict=True)]
    return pa.table(
        {
            "file_sha256": pa.array([r.sha256 for r in readings], pa.string()),
            "packed": pa.array(packed, pa.bool_()),
            "content": pa.array(content, pa.binary()),
        }
    )
