"""Where a value of a ledger stands: file, sheet and cell of a record by the columns of its import."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from review.store.database import Database
from review.workbook.columns import MEASURE_FIELDS

_ORDER = ("measures", *sorted(MEASURE_FIELDS - {"measures"}))
# Columns that a value may be read from, the likeliest first, where the field of that name is not the only one.
_SOURCES = {
    "name": ("name", "people", "unit_post"),
    "unit": ("unit", "unit_post", "people", "name"),
    "post": ("post_then", "unit_post", "post_now", "people", "name"),
    "responsibility_raw": ("responsibility", "people"),
    "measures_raw": (*_ORDER, "people"),
    "decided_on_raw": ("decided_on", "people"),
}


def columns_of(column: str, field: str) -> tuple[str, ...]:
    """Fields of the ledger columns that the value of a stored column may come from."""
    return _SOURCES.get(column, (field,))


@dataclass(frozen=True)
class Spot:
    """``key`` is import|sheet and cell, as :meth:`Places.name` puts it into words; ``text`` what the cell says, None for a blank."""

    key: str
    text: str | None = None


class Places:
    """Cells of stored records; columns and rows of an import are read when first asked for."""

    def __init__(self, db: Database):
        self._db = db
        self._columns: dict[tuple[int, str], dict[str, list[tuple[int, str]]]] = {}
        self._rows: dict[tuple[int, str, int], dict] = {}

    def row(self, record: dict) -> str:
        """The row of a case or a respondent."""
        return f"{record['import_id']}|{record['sheet']} 第{record['row']}行"

    def step(self, rows: Sequence[dict]) -> str:
        """The first cell of a step; '' where the ledger has no such column."""
        return f"{rows[0]['import_id']}|{rows[0]['sheet']}!{rows[0]['column']}{rows[0]['row']}" if rows else ""

    def cell(self, record: dict, fields: Iterable[str]) -> Spot:
        """The cell of the first of these fields that the sheet has, a filled one before a blank one; the row where it has none."""
        columns = self._of(record["import_id"], record["sheet"])
        blank = None
        for position, letter in (place for name in fields for place in columns.get(name, ())):
            row, text = self._read(record, position)
            spot = Spot(f"{record['import_id']}|{record['sheet']}!{letter}{row}", text)
            if text is not None:
                return spot
            blank = blank or spot
        return blank or Spot(self.row(record))

    def name(self, found: list) -> list:
        """The changes with file names in their places."""
        names = {r["import_id"]: r["file_name"] for r in self._db.rows("SELECT import_id, file_name FROM imports")}

        def words(key: str) -> str:
            number, bar, place = key.partition("|")
            return f"{names.get(int(number), '')} {place}".strip() if bar else ""

        return [replace(c, old_place=words(c.old_place), new_place=words(c.new_place)) for c in found]

    def _of(self, import_id: int, sheet: str) -> dict[str, list[tuple[int, str]]]:
        if (import_id, sheet) not in self._columns:
            found: dict[str, list[tuple[int, str]]] = {}
            for r in self._db.rows(
                'SELECT position, "column", field FROM import_columns WHERE import_id = $id AND sheet = $sheet AND field IS NOT NULL',
                {"id": import_id, "sheet": sheet},
            ):
                found.setdefault(r["field"], []).append((r["position"], r["column"]))
            self._columns[import_id, sheet] = found
            for r in self._db.rows(
                """SELECT l."row", l.raw, l.filled::VARCHAR AS filled FROM ledger_rows l WHERE import_id = $id AND sheet = $sheet
                AND kind IN ('data', 'reject')""",
                {"id": import_id, "sheet": sheet},
            ):
                self._rows[import_id, sheet, r["row"]] = r
        return self._columns[import_id, sheet]

    def _read(self, record: dict, position: int) -> tuple[int, str | None]:
        """Row and text of a cell, over a blank that was filled from above."""
        line = self._rows.get((record["import_id"], record["sheet"], record["row"]))
        if line is None:
            return record["row"], None
        origin = json.loads(line["filled"]).get(str(position)) if line["filled"] else None
        if origin is not None:
            line = self._rows.get((record["import_id"], record["sheet"], origin), line)
        raw = line["raw"]
        return origin or record["row"], raw[position - 1] if position <= len(raw) else None
