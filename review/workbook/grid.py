"""A file as plain grids of text: one grid a sheet, each cell as a person would see it, with merged ranges and damaged cells named.

Excel files are read by python-calamine. Columns, not rows, are kept: everything later works on whole columns and looks
at each distinct text once.
"""

import csv
import datetime as dt
import hashlib
import io
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from review.errors import LedgerError
from review.workbook import package
from review.workbook.files import SAVE_AS, decode_text, locked, recognise

MAX_COLUMNS = 2_000
MAX_MERGES = 300_000


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

    def filled(self) -> list[int]:
        """Number of filled cells of each row."""
        counts = np.zeros(self.height, dtype=np.int64)
        for column in self.columns:
            counts += pa.array(column, pa.string()).is_valid().to_numpy(zero_copy_only=False)
        return counts.tolist()

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


def read_workbook(source: Path | str | bytes, name: str | None = None) -> Workbook:
    """All sheets of a ledger file. ``name`` is the file name to show. Raises LedgerError for anything that is no readable table."""
    if isinstance(source, bytes):
        data, name = source, name or "台账"
    else:
        path = Path(source)
        name = name or path.name
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise LedgerError(f"找不到文件“{path}”。", "请检查路径和文件名是否正确。") from None
        except OSError as error:
            raise LedgerError(f"文件“{name}”打不开：{error.strerror or error}。", "请关闭占用它的程序，或检查是否有读取权限。") from None
    kind = recognise(data, name)
    book = Workbook(name, hashlib.sha256(data).hexdigest(), len(data), [])
    if kind == "csv":
        book.grids.append(_read_csv(data, name))
    else:
        _read_excel(data, kind, book)
    return book


def _read_excel(data: bytes, kind: str, book: Workbook) -> None:
    inside = package.look_inside(data, book.name) if kind == "xlsx" else package.Inside()
    book.date1904 = inside.date1904
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for meta in workbook.sheets_metadata:
                if meta.typ in (SheetTypeEnum.WorkSheet,):
                    book.grids.append(_read_sheet(workbook, meta, inside, kind))
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


def _read_sheet(workbook: CalamineWorkbook, meta, inside: "package.Inside", kind: str) -> Grid:
    grid = Grid(meta.name, meta.visible != SheetVisibleEnum.Visible, [])
    parts = inside.sheets.get(meta.name, package.SheetParts())
    if parts.problem:
        grid.problem = parts.problem
        return grid
    sheet = workbook.get_sheet_by_name(meta.name)
    if sheet.end is None:
        return grid
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    if width > MAX_COLUMNS or height * width > package.MAX_CELLS:
        grid.problem = package.too_large(height, width)
        return grid
    ranges = sheet.merged_cell_ranges or []
    if len(ranges) > MAX_MERGES:
        grid.problem = f"合并单元格过多（{len(ranges)} 处），请取消合并后重新导入"
        return grid
    texts = _Texts()
    read = texts.__getitem__
    # Row by row, so that never two copies of all texts are in memory.
    rows = [list(map(read, row)) for row in sheet.iter_rows()]
    # The reader starts at row 1 but at the first filled column: A has to stay A.
    columns = list(map(list, zip(*rows, strict=True)))
    grid.columns = [[None] * len(rows) for _ in range(sheet.start[1])] + columns
    del rows
    _trim(grid)
    height, width = grid.height, len(grid.columns)
    grid.merges = [
        (top, left, min(bottom, height - 1), min(right, width - 1))
        for (top, left), (bottom, right) in ranges
        if top < height and left < width and (top, left) != (bottom, right)
    ]
    for row, column, text in parts.months:
        if row < height and column < width and grid.columns[column][row] is not None:
            grid.columns[column][row] = text
    grid.numeric = frozenset(texts.short_months)
    _name_damage(grid, texts, parts)
    return grid


class _Texts(dict):
    """Cell value -> text, remembered for texts and dates only: 1, 1.0 and True would share one entry."""

    def __init__(self):
        super().__init__({"": None})
        self.long_numbers: set[str] = set()
        self.short_months: set[str] = set()

    def __missing__(self, value):
        if isinstance(value, str):
            text = self[value] = value if value.strip() else None
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


def _trim(grid: Grid) -> None:
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


def _delimiter(head: str) -> str:
    """The sign that cuts most rows into equally many fields: long texts are full of commas, but never evenly."""

    def evenness(sign: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=sign) if row)
        return max((n for width, n in widths.items() if width > 1), default=0), head.count(sign)

    return max(",\t;，", key=evenness)


def _read_csv(data: bytes, name: str) -> Grid:
    text = decode_text(data, name)
    csv.field_size_limit(10_000_000)
    delimiter = _delimiter(text[:20_000])
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise LedgerError(f"文件“{name}”不是完整的 CSV 表格：{error}。", SAVE_AS) from None
    width = max((len(row) for row in rows), default=0)
    if width > MAX_COLUMNS or width * len(rows) > package.MAX_CELLS:
        raise LedgerError(f"文件“{name}”的范围异常（{len(rows)} 行 × {width} 列）。", "请确认分隔符是逗号，并拆成较小的文件后导入。")
    grid = Grid(Path(name).stem, False, [[] for _ in range(width)])
    for row in rows:
        cells = [cell if cell.strip() else None for cell in row]
        cells += [None] * (width - len(cells))
        for column, cell in zip(grid.columns, cells, strict=True):
            column.append(cell)
    _trim(grid)
    return grid
