"""A file as plain grids of text: one grid a sheet, each cell as a person would see it, with merged ranges and damaged cells named.

Excel files are read by python-calamine. Columns, not rows, are kept: everything later works on whole columns and looks
at each distinct text once.
"""

import datetime as dt
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from review.errors import LedgerError
from review.settings import ImportLimits, load_settings
from review.workbook import package
from review.workbook.files import SAVE_AS, locked, read_file, recognise
from review.workbook.oldbook import check_old_book
from review.workbook.progress import READING, UNWATCHED, Watch
from review.workbook.sheetscan import Extent
from review.workbook.texttable import read_text_table

# Rows that are turned into columns at a time: few enough for the processor's cache, and for a quick answer to a cancel.
_BATCH = 5_000


@dataclass(frozen=True)
class CellProblem:
    """A cell whose content was already lost when the file was saved. ``row`` and ``column`` count from 0."""

    row: int
    column: int
    raw: str
    reason: str
    advice: str


@dataclass
class Grid:
    """One sheet. ``columns[c][r]`` is the text of a cell, None where empty; ``merges`` are (top, left, bottom, right), all from 0.

    ``problem`` says why the sheet could not be read at all, None otherwise.
    """

    name: str
    hidden: bool
    columns: list[list[str | None]]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    damaged: list[CellProblem] = field(default_factory=list)
    problem: str | None = None
    # Texts such as 2023.1 that came from numbers: the month may have been typed as 10.
    numeric: frozenset[str] = frozenset()
    # First and last of each run of rows and columns that Excel does not show.
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def filled(self) -> list[int]:
        """Number of filled cells of each row."""
        width = len(self.columns)
        return [width - row.count(None) for row in zip(*self.columns, strict=True)]

    @property
    def height(self) -> int:
        return len(self.columns[0]) if self.columns else 0

    def row(self, index: int) -> list[str | None]:
        """Texts of one row."""
        return [column[index] for column in self.columns]


@dataclass
class Workbook:
    """A file that was read: its sheets in order, its hash, and whether its dates count from 1904."""

    name: str
    sha256: str
    size: int
    grids: list[Grid]
    date1904: bool = False


def read_workbook(
    source: Path | str | bytes, name: str | None = None, limits: ImportLimits | None = None, watch: Watch = UNWATCHED
) -> Workbook:
    """All sheets of a ledger file. ``name``: the file name to show; ``limits``: those of the settings file by default.

    Raises LedgerError for anything that is no readable table or is larger than the limits, LoadCancelled when ``watch`` says so.
    """
    limits = limits or load_settings().import_limits
    data, name = read_file(source, name, limits)
    kind = recognise(data, name, limits)
    book = Workbook(name, hashlib.sha256(data).hexdigest(), len(data), [])
    if kind == "csv":
        columns = read_text_table(data, name, limits, watch)
        book.grids.append(_trim(Grid(Path(name).stem, False, columns, numeric=_short_months(columns))))
    else:
        _read_excel(data, kind, book, limits, watch)
    for grid in book.grids:
        if grid.problem and not grid.hidden:
            # Part of a ledger read and part not would look like a whole one.
            what, _, advice = grid.problem.partition("；")
            raise LedgerError(f"文件“{name}”的工作表“{grid.name}”{what}。", f"整个文件没有读入，{advice or '请改正该工作表后重新导入'}。")
    return book


def _short_months(columns: list[list[str | None]]) -> frozenset[str]:
    """Texts such as 2023.1 of a text table: 2023.10 loses its last sign when Excel saves a number, unless another cell kept it."""
    months = {t for column in columns for t in set(column) if t is not None and len(t) in (6, 7) and t[4] == "." and t[:4].isdigit()}
    return frozenset() if any(t.endswith(".10") for t in months) else frozenset(t for t in months if t.endswith(".1"))


def _read_excel(data: bytes, kind: str, book: Workbook, limits: ImportLimits, watch: Watch) -> None:
    inside = package.look_inside(data, book.name, limits, watch) if kind == "xlsx" else check_old_book(data, book.name, limits)
    book.date1904 = inside.date1904
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            sheets = [meta for meta in workbook.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
            if len(sheets) > limits.sheets:
                raise LedgerError(
                    f"文件“{book.name}”有 {len(sheets)} 个工作表，超过了 {limits.sheets} 个的上限。",
                    "请拆成几个文件后导入；上限可在设置文件中用 sheets 调整。",
                )
            for number, meta in enumerate(sheets):
                watch.tell(READING, 0.5 + 0.5 * number / len(sheets), meta.name)
                book.grids.append(_read_sheet(workbook, meta, inside, limits, watch))
    except PasswordError:
        raise locked(book.name) from None
    except (CalamineError, OSError, ValueError) as error:
        raise _unreadable(book.name, kind, error) from None
    except BaseException as error:
        # The Rust reader reports a fault of its own on damaged files as pyo3's PanicException, which is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise _unreadable(book.name, kind, error) from None
    if not book.grids:
        raise LedgerError(f"文件“{book.name}”里没有工作表（只有图表或宏）。", "请确认是否选错了文件。")


def _unreadable(name: str, kind: str, error: BaseException) -> LedgerError:
    if "password" in str(error).lower() or "encrypt" in str(error).lower():
        return locked(name)
    return LedgerError(f"文件“{name}”已损坏，按 {kind} 格式读不出内容。", SAVE_AS + "如果 Excel 和 WPS 也打不开，请重新索取该文件。")


def _read_sheet(workbook: CalamineWorkbook, meta, inside: "package.Inside", limits: ImportLimits, watch: Watch) -> Grid:
    grid = Grid(meta.name, meta.visible != SheetVisibleEnum.Visible, [])
    parts = inside.sheets.get(meta.name, package.SheetParts())
    sheet = workbook.get_sheet_by_name(meta.name)
    if sheet.end is None:
        return grid
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    grid.problem = package.unfit(Extent(height, width, height * width), limits)
    ranges = sheet.merged_cell_ranges or []
    if len(ranges) > limits.merged_ranges:
        grid.problem = package.too_many_merges(len(ranges), limits)
    if grid.problem:
        return grid
    texts = _Texts(limits.cell_characters)
    read = texts.__getitem__
    # The reader starts at row 1 but at the first filled column: A has to stay A.
    first = sheet.start[1]
    columns: list[list[str | None]] = [[] for _ in range(width - first)]
    rows = sheet.iter_rows()
    while batch := list(islice(rows, _BATCH)):
        watch.check()
        for column, values in zip(columns, zip(*batch, strict=True), strict=True):
            column += map(read, values)
        if len(columns[0]) % (10 * _BATCH) == 0:
            watch.tell(READING, 0.5 + 0.5 * len(columns[0]) / height, meta.name, len(columns[0]))
    grid.columns = [[None] * len(columns[0]) for _ in range(first)] + columns
    if texts.too_long:
        grid.problem = _too_long(grid.columns, texts.too_long, limits)
        grid.columns = []
        return grid
    _trim(grid)
    height, width = grid.height, len(grid.columns)
    grid.merges = _apart(
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for (top, left), (bottom, right) in ranges
        if top < height and left < width and (top, left) != (bottom, right)
    )
    for row, column, text in parts.months:
        if row < height and column < width and grid.columns[column][row] is not None:
            grid.columns[column][row] = text
    grid.hidden_rows, grid.hidden_columns = parts.hidden_rows, parts.hidden_columns
    grid.numeric = frozenset(texts.short_months)
    _name_damage(grid, texts, parts)
    return grid


def _apart(merges: Iterable[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Merged ranges without those that overlap another one in the same column: no office program writes them, and looking
    at a hundred thousand rows once for each of thousands of ranges would take hours."""
    kept, reached = [], {}
    for merge in sorted(merges):
        top, left, bottom, right = merge
        if top > reached.get(left, -1) and bottom >= top and right >= left:
            reached[left] = bottom
            kept.append(merge)
    return kept


def _too_long(columns: list[list[str | None]], texts: set[str], limits: ImportLimits) -> str:
    """The first cell with a text over the limit."""
    places = [(column.index(text), c, len(text)) for text in texts for c, column in enumerate(columns) if text in column]
    row, column, length = min(places)
    return (
        f"第 {row + 1} 行 {package.column_letter(column)} 列的单元格有 {length} 个字，超过了 {limits.cell_characters} 个字的上限；"
        "请把该单元格改成正常的内容后重新导入"
    )


class _Texts(dict):
    """Cell value -> text, remembered for texts and dates only: 1, 1.0 and True would share one entry."""

    def __init__(self, longest: int):
        super().__init__({"": None})
        self.longest = longest
        self.too_long: set[str] = set()
        self.long_numbers: set[str] = set()
        self.short_months: set[str] = set()

    def __missing__(self, value):
        if isinstance(value, str):
            text = self[value] = value if value.strip() else None
            if len(value) > self.longest:
                self.too_long.add(value)
        elif isinstance(value, dt.date | dt.time | dt.timedelta):
            text = self[value] = _date_text(value)
        elif isinstance(value, bool):
            text = "TRUE" if value else "FALSE"
        elif isinstance(value, float):
            text = _number_text(value)
            if abs(value) >= 1e15:
                self.long_numbers.add(text)
            elif len(text) == 6 and text.endswith(".1"):
                self.short_months.add(text)
        else:
            text = str(value)
            if abs(value) >= 10**15:
                self.long_numbers.add(text)
        return text


def _date_text(value) -> str:
    if isinstance(value, dt.datetime):
        if value.time() == dt.time():
            return value.date().isoformat()
        return value.replace(microsecond=0).isoformat(sep=" ")
    if isinstance(value, dt.timedelta):
        return str(value)
    return value.isoformat()


def _number_text(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if value.is_integer():
        return str(int(value))
    # Fifteen significant digits are what Excel keeps and shows; the sixteenth is binary noise (0.30000000000000004).
    return f"{value:.15g}"


def _trim(grid: Grid) -> Grid:
    """Drop empty columns and rows at the end: files by programs and stray formats claim far larger ranges than they fill."""
    while grid.columns and not any(grid.columns[-1]):
        grid.columns.pop()
    height = grid.height
    last = 0
    for column in grid.columns:
        for row in range(height - 1, last - 1, -1):
            if column[row] is not None:
                last = row + 1
                break
    if last < height:
        for column in grid.columns:
            del column[last:]
    return grid


def _name_damage(grid: Grid, texts: _Texts, parts: "package.SheetParts") -> None:
    if texts.long_numbers:
        for c, column in enumerate(grid.columns):
            if texts.long_numbers.isdisjoint(column):
                continue
            for r, text in enumerate(column):
                if text in texts.long_numbers:
                    grid.damaged.append(
                        CellProblem(
                            r,
                            c,
                            text,
                            f"读到数字 {text}，超过 15 位的数字在 Excel 中已丢失末尾几位，不再是原来的号码，不参与比对。",
                            "请把该列设为文本格式，重新录入完整号码后导入；本行其余内容已读入。",
                        )
                    )
    for r, c, raw in parts.errors:
        what = "没有保存计算结果的公式" if raw.startswith("=") else f"错误值 {raw}"
        grid.damaged.append(
            CellProblem(
                r, c, raw, f"单元格是{what}，读不出内容，按空白处理。", "请在 Excel 中改正该单元格并保存后重新导入；本行其余内容已读入。"
            )
        )
