"""What a workbook shall hold, as plain values: notes, tables, columns. Rendering is another room.

A book can be written to a folder and read back, so that another process can render it: the database file belongs to one
process alone.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc


@dataclass(frozen=True)
class Column:
    """A column. kind: text, identifier (text format, digits stay whole), number, ticket, level, verdict, fill (to be filled in
    by hand), sequence (numbered while rendering), key (hidden). width in characters; choices: drop-down; note: for the legend."""

    key: str
    title: str
    width: float
    kind: str = "text"
    choices: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class TableSheet:
    """A sheet with one table. The first ``printed`` columns are the print area, the first ``frozen`` stay in view.

    where: (column key, value) takes only those rows; heading stands above each printed page; landscape A4 or portrait.
    """

    name: str
    table: str
    columns: tuple[Column, ...]
    printed: int
    frozen: int = 0
    where: tuple[str, str] | None = None
    heading: str = ""
    landscape: bool = True


@dataclass(frozen=True)
class NotesSheet:
    """A sheet to read. Lines are (kind, cells) with kind title, warning, heading, pair, text, head or row."""

    name: str
    lines: tuple[tuple[str, tuple], ...]


@dataclass(frozen=True)
class Book:
    """Sheets in order; ``tables`` holds the rows that table sheets show, by name. Remarks of rendering go under the first notes sheet."""

    sheets: tuple[NotesSheet | TableSheet, ...]
    tables: dict[str, pa.Table] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows over all table sheets: what rendering costs."""
        return sum(rows_of(self.tables[s.table], s.where).num_rows for s in self.sheets if isinstance(s, TableSheet))

    def dump(self, folder: Path) -> None:
        """Write the book into an existing empty folder."""
        sheets = [{"type": type(sheet).__name__, **asdict(sheet)} for sheet in self.sheets]
        (folder / "book.json").write_text(json.dumps({"sheets": sheets, "tables": list(self.tables)}), encoding="utf-8")
        for i, table in enumerate(self.tables.values()):
            with pa.ipc.new_file(folder / f"{i}.arrow", table.schema) as out:
                out.write_table(table)

    @classmethod
    def load(cls, folder: Path) -> "Book":
        """The book that was dumped into ``folder``."""
        described = json.loads((folder / "book.json").read_text(encoding="utf-8"))
        tables = {}
        for i, name in enumerate(described["tables"]):
            with pa.OSFile(str(folder / f"{i}.arrow")) as source:
                tables[name] = pa.ipc.open_file(source).read_all()
        return cls(tuple(_sheet(entry) for entry in described["sheets"]), tables)


def _sheet(entry: dict) -> NotesSheet | TableSheet:
    if entry.pop("type") == "NotesSheet":
        return NotesSheet(entry["name"], tuple((kind, tuple(cells)) for kind, cells in entry["lines"]))
    entry["columns"] = tuple(Column(**column | {"choices": tuple(column["choices"])}) for column in entry["columns"])
    entry["where"] = tuple(entry["where"]) if entry["where"] else None
    return TableSheet(**entry)


def table_of(rows: Sequence[dict], columns: Iterable[Column]) -> pa.Table:
    """Rows as a table with one column for each key that rows fill; tickets and numbers as numbers, the rest as text."""
    types = {"number": pa.int64(), "ticket": pa.float64()}
    filled = [column for column in columns if column.kind != "sequence"]
    return pa.table({c.key: pa.array([row.get(c.key) for row in rows], types.get(c.kind, pa.string())) for c in filled})


def rows_of(table: pa.Table, where: tuple[str, str] | None) -> pa.Table:
    """The rows of ``table`` whose column where[0] holds where[1]; all without ``where``."""
    return table if where is None else table.filter(pc.equal(table[where[0]], where[1]))
