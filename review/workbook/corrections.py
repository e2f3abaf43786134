"""Corrected cells of a ledger file: kept beside the ledger's own text by file, sheet, row and column, and read instead of it.

They belong to the bytes of the file (SHA-256), so they hold before it is loaded, when it is read again, and for everybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from review.errors import UsageError
from review.workbook.grid import Grid, Workbook
from review.workbook.package import column_letter

if TYPE_CHECKING:
    # Reading a ledger needs no database; processes that only read are spared loading it.
    from review.store.database import Database

LONGEST = 20_000
Place = tuple[str, int, str]


@dataclass(frozen=True)
class Corrected:
    """A cell that was read with a correction. ``row`` from 1, ``column`` a letter; ``sheet`` names the table on it as ledger_rows do."""

    sheet: str
    row: int
    column: str
    raw: str | None
    text: str
    workbook_sheet: str


def corrections_of(db: "Database", sha256: str) -> dict[Place, str]:
    """Corrections in force for the file with this fingerprint: {(sheet, row, column letter): text to read}."""
    return {(r["sheet"], r["row"], r["column"]): r["corrected"] for r in correction_list(db, sha256)}


def correction_list(db: "Database", sha256: str) -> list[dict]:
    """Corrections in force with who and when, in the order of the sheet: sheet, row, column, raw, corrected, corrected_by, corrected_at."""
    return db.rows(
        """SELECT sheet, "row", "column", raw, corrected, corrected_by, corrected_at FROM (
            FROM corrections WHERE file_sha256 = $h
            QUALIFY row_number() OVER (PARTITION BY sheet, "row", "column" ORDER BY corrected_at DESC, rowid DESC) = 1)
        WHERE corrected IS NOT NULL ORDER BY sheet, "row", length("column"), "column" """,
        {"h": sha256},
    )


def save_corrections(db: "Database", sha256: str, cells: Iterable[tuple[str, int, str, str | None]], text: str, actor: str) -> int:
    """Read ``text`` in each of these cells, (sheet, row, column letter, raw text); returns how many. Appends, changes nothing before.

    Raises UsageError for a missing name, an empty or an endless text.
    """
    text, actor, cells = text.strip(), actor.strip(), list(cells)
    if not actor:
        raise UsageError("没有填写更正人。", "请填写姓名后再保存，更正会连同姓名和时间一起留存。")
    if not text:
        raise UsageError("没有填写更正后的内容。", "请填写这一格应有的内容；不知道的不必更正，系统按不明处理。")
    if len(text) > LONGEST:
        raise UsageError(f"更正后的内容共 {len(text)} 字，超过 {LONGEST} 字。", "请只填写这一格应有的内容。")
    _append(db, "correct_cells", sha256, cells, text, actor)
    return len(cells)


def take_back(db: "Database", sha256: str, cells: Iterable[tuple[str, int, str, str | None]], actor: str) -> None:
    """Read the ledger's own text again in these cells; the corrections stay in the record. Raises UsageError for a missing name."""
    if not actor.strip():
        raise UsageError("没有填写姓名。", "请填写姓名后再取消更正，记录会连同姓名和时间一起留存。")
    _append(db, "take_back_corrections", sha256, list(cells), None, actor.strip())


def _append(db: "Database", action: str, sha256: str, cells: list, text: str | None, actor: str) -> None:
    with db.write(action, actor, sha256=sha256, cells=[f"{sheet}!{column}{row}" for sheet, row, column, _ in cells], text=text) as cur:
        cur.executemany(
            "INSERT INTO corrections VALUES ($hash, $sheet, $row, $column, $raw, $text, $actor, $at)",
            [
                {"hash": sha256, "sheet": s, "row": r, "column": c, "raw": raw, "text": text, "actor": actor, "at": datetime.now()}
                for s, r, c, raw in cells
            ],
        )


def correct(book: Workbook, corrections: dict[Place, str]) -> tuple[Workbook, list[Corrected]]:
    """The workbook with corrected cells, and what was corrected.

    A correction for a cell outside the sheet is left aside; damage of a corrected cell is mended by it.
    """
    done, grids = [], []
    for grid in book.grids:
        mine = {(row - 1, column): text for (sheet, row, column), text in corrections.items() if sheet == grid.name and row <= grid.height}
        places = {column_letter(c): c for c in range(len(grid.columns))} if mine else {}
        mine = {(row, places[column]): text for (row, column), text in mine.items() if column in places and row >= 0}
        if mine:
            columns = list(grid.columns)
            for (row, column), text in sorted(mine.items()):
                if columns[column] is grid.columns[column]:
                    columns[column] = list(grid.columns[column])
                done.append(Corrected(grid.name, row + 1, column_letter(column), grid.columns[column][row], text, grid.name))
                columns[column][row] = text
            grid = replace(grid, columns=columns, damaged=[d for d in grid.damaged if (d.row, d.column) not in mine])
        grids.append(grid)
    return (replace(book, grids=grids) if done else book), done


def as_written(
    grid: Grid, corrections: list[Corrected], sheet: str, start: int, end: int
) -> tuple[list[Corrected], list[list[str | None]]]:
    """Which corrections lie in rows ``start`` to ``end`` (from 0, end excluded) of this part of ``sheet``, and its columns as the ledger
    has them."""
    own = [c for c in corrections if c.workbook_sheet == sheet and start < c.row <= end]
    if not own:
        return [], grid.columns
    places = {column_letter(c): c for c in range(len(grid.columns))}
    here = [c for c in own if c.column in places and grid.columns[places[c.column]][c.row - 1] == c.text]
    columns = list(grid.columns)
    for c in here:
        at = places[c.column]
        if columns[at] is grid.columns[at]:
            columns[at] = list(grid.columns[at])
        columns[at][c.row - 1] = c.raw
    return here, columns
