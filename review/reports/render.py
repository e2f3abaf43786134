"""A Book becomes an .xlsx file, streamed row by row; nothing is cut silently."""

import math
import re
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from review.reports.book import Book, Column, NotesSheet, TableSheet, rows_of
from review.reports.cell_text import CELL_LIMIT, clean, pieces, sheet_name, units
from review.reports.sheet_rows import Rows, put_together
from review.reports.workbook_style import STYLES, Cells, set_up_page

MAX_ROWS = 1_048_576  # of a sheet, header included
LONG_TEXTS = "长文本"
_NOTE_WIDTHS = (20, 34, 14, 14, 12, 12, 12, 12)
_LINE = 16  # points
_TALLEST = 409  # Excel's limit
_HEADING = 32  # two lines of a header, or a heading with air above
_LONG_COLUMNS = (
    Column("sheet", "工作表", 16),
    Column("address", "单元格", 10),
    Column("title", "列", 14),
    Column("part", "段", 8),
    Column("text", "全文（按段）", 100),
)
# Excel shows long numbers of digits as text only if the cell says so; leading zeros and 18 digits stay.
_DIGITS = re.compile(r"[+-]?[0-9.,]+")
_DIGIT = frozenset("+-0123456789")
_COLOURED = ("level", "verdict")  # styles of their own for some values
_BATCH = 2_000


def render(book: Book, target: BinaryIO, max_rows: int = MAX_ROWS) -> None:
    """Write ``book`` as .xlsx into ``target``. Sheets of more than ``max_rows`` rows go on in numbered ones."""
    _Renderer(book, max_rows).save(target)


class _Renderer:
    def __init__(self, book: Book, max_rows: int):
        self.book = book
        self.max_rows = max_rows
        self.workbook = Workbook(write_only=True)
        self.names: list[str] = []
        self.replaced = 0
        self.long_texts: list[tuple[str, ...]] = []
        self.remarks: list[str] = []
        self.rows: list[tuple[WriteOnlyWorksheet, Rows]] = []

    def save(self, target: BinaryIO) -> None:
        # Notes come first in the file but are written last: they tell what happened to the rest.
        waiting = []
        for sheet in self.book.sheets:
            if isinstance(sheet, NotesSheet):
                waiting.append((self._new_sheet(sheet.name), sheet))
            else:
                self._table(sheet)
        if self.long_texts:
            self._long_texts()
        if self.replaced:
            self.remarks.append(f"有 {self.replaced} 个不能写入表格的控制字符已换成“\ufffd”（同一文字出现在几张表上的，分别计数）。")
        for i, (target_sheet, notes) in enumerate(waiting):
            self._notes(target_sheet, notes, self.remarks if i == 0 else [])
        template = BytesIO()
        self.workbook.save(template)
        put_together(template, {sheet.path.lstrip("/"): rows for sheet, rows in self.rows}, target)

    def _new_sheet(self, wanted: str):
        name = sheet_name(wanted, self.names)
        self.names.append(name)
        sheet = self.workbook.create_sheet(name)
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties()
        return sheet

    def _text(self, value: str) -> str:
        text, replaced = clean(value)
        self.replaced += replaced
        return text

    # -- tables

    def _table(self, wanted: TableSheet) -> None:
        rows = rows_of(self.book.tables[wanted.table], wanted.where)
        first, room = 0, self.max_rows - 1
        names = []
        while first == 0 or first < rows.num_rows:
            part = rows.slice(first, room)
            sheet = self._new_sheet(wanted.name)
            names.append(sheet.title)
            self._write_table(sheet, wanted, part, first)
            first += room
        if len(names) > 1:
            self.remarks.append(f"“{wanted.name}”共 {rows.num_rows} 行，超出一张工作表的上限，分在：{'、'.join(names)}。")

    def _write_table(self, sheet, wanted: TableSheet, rows, first: int) -> None:
        columns = wanted.columns
        last = get_column_letter(len(columns))
        for i, column in enumerate(columns, 1):
            dimension = sheet.column_dimensions[get_column_letter(i)]
            dimension.width = column.width
            dimension.hidden = column.kind == "key"
        sheet.freeze_panes = f"{get_column_letter(wanted.frozen + 1)}2"
        set_up_page(sheet, wanted.heading or wanted.name, wanted.landscape)
        cells = Cells(sheet)
        sheet.row_dimensions[1].height = _HEADING
        sheet.append([cells("header", column.title) for column in columns])
        styles = {name: cells(name).style_id for name in STYLES}
        body = Rows(len(columns))
        for number, values in enumerate(_values(rows, columns, first), 2):
            row = zip(columns, values, strict=True)
            line = [self._cell(styles, column, value, sheet.title, i, number) for i, (column, value) in enumerate(row, 1)]
            body.append(number, _height(columns, line), line)
        self.rows.append((sheet, body))
        bottom = rows.num_rows + 1
        sheet.auto_filter.ref = f"A1:{last}{bottom}"
        sheet.print_area = f"A1:{get_column_letter(wanted.printed)}{bottom}"
        if rows.num_rows:
            self._drop_downs(sheet, columns, bottom)

    def _cell(self, styles: dict[str, int], column: Column, value, sheet: str, position: int, row: int) -> tuple:
        kind = column.kind
        if not isinstance(value, str):
            return styles[kind], value
        text = self._text(value)
        if kind in _COLOURED:
            return styles.get(f"{kind}:{text}", styles[kind]), text
        if len(text) * 2 > CELL_LIMIT and units(text) > CELL_LIMIT:
            text = self._begin_of(text, sheet, f"{get_column_letter(position)}{row}", column.title)
        if kind == "text" and text[:1] in _DIGIT and _DIGITS.fullmatch(text):
            kind = "identifier"
        return styles[kind], text

    def _begin_of(self, text: str, sheet: str, address: str, title: str) -> str:
        parts = pieces(text)
        reference = f"……（未完，全文见“{LONG_TEXTS}”第 {len(self.long_texts) + 2} 行起）"
        self.long_texts += [(sheet, address, title, f"{i}/{len(parts)}", part) for i, part in enumerate(parts, 1)]
        return pieces(text, CELL_LIMIT - units(reference))[0] + reference

    def _long_texts(self) -> None:
        sheet = self._new_sheet(LONG_TEXTS)
        for i, column in enumerate(_LONG_COLUMNS, 1):
            sheet.column_dimensions[get_column_letter(i)].width = column.width
        sheet.freeze_panes = "A2"
        set_up_page(sheet, LONG_TEXTS)
        cells = Cells(sheet)
        sheet.append([cells("header", column.title) for column in _LONG_COLUMNS])
        for entry in self.long_texts:
            sheet.append([cells("identifier", text) for text in entry])
        cut = len({entry[:2] for entry in self.long_texts})
        self.remarks.append(f"有 {cut} 个单元格的文字超过 {CELL_LIMIT:,} 字，单元格内只放开头，全文在“{LONG_TEXTS}”表。")

    @staticmethod
    def _drop_downs(sheet, columns: tuple[Column, ...], bottom: int) -> None:
        for i, column in enumerate(columns, 1):
            if not column.choices:
                continue
            rule = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
            rule.errorTitle, rule.error = "请从列表中选择", f"“{column.title}”只能填：{'、'.join(column.choices)}。"
            rule.showErrorMessage = True
            letter = get_column_letter(i)
            rule.add(f"{letter}2:{letter}{bottom}")
            sheet.data_validations.append(rule)

    # -- notes

    def _notes(self, sheet, notes: NotesSheet, remarks: list[str]) -> None:
        lines = list(notes.lines)
        if remarks:
            lines += [("heading", ("导出时的处理",)), *(("text", (remark,)) for remark in remarks)]
        for i, width in enumerate(_NOTE_WIDTHS, 1):
            sheet.column_dimensions[get_column_letter(i)].width = width
        set_up_page(sheet, "", repeat_header=False)
        cells = Cells(sheet)
        for number, (kind, values) in enumerate(lines, 1):
            from_column = {"text": 0, "warning": 0, "pair": 1}.get(kind)
            if from_column is not None:
                # Merged cells don't grow with their text: the height is worked out here.
                room = sum(_NOTE_WIDTHS[from_column:])
                sheet.row_dimensions[number].height = min(_TALLEST, _LINE * _lines(str(values[from_column]), room))
                sheet.merged_cells.add(f"{get_column_letter(from_column + 1)}{number}:{get_column_letter(len(_NOTE_WIDTHS))}{number}")
            elif kind in ("title", "heading"):
                sheet.row_dimensions[number].height = _HEADING
            sheet.append(self._note_row(cells, kind, values))

    def _note_row(self, cells: Cells, kind: str, values: tuple) -> list:
        styles = {"head": "header", "row": "text", "text": "plain", "pair": "plain"}
        row = []
        for i, value in enumerate(values):
            style = "label" if kind == "pair" and i == 0 else styles.get(kind, kind)
            if kind == "row" and isinstance(value, int):
                style = "number"
            row.append(cells(style, pieces(self._text(value))[0] if isinstance(value, str) else value))
        return row


def _values(rows, columns: tuple[Column, ...], first: int) -> Iterator[tuple]:
    done = first
    for batch in rows.to_batches(max_chunksize=_BATCH):
        size = batch.num_rows
        count = range(done + 1, done + size + 1)
        yield from zip(*(count if c.kind == "sequence" else batch.column(c.key).to_pylist() for c in columns), strict=True)
        done += size


def _height(columns: tuple[Column, ...], line: list[tuple]) -> float:
    # Spreadsheets open a row at the default height, which hides all but the first line of a wrapped text.
    lines = 1
    for column, (_, value) in zip(columns, line, strict=True):
        if isinstance(value, str) and (len(value) * 2 >= column.width - 1 or "\n" in value) and column.kind != "key":
            lines = max(lines, _lines(value, column.width))
    return min(_TALLEST, _LINE * lines)


def _lines(text: str, room: float) -> int:
    """Lines that ``text`` takes in ``room`` columns; a Chinese character is two columns wide, one column is lost to the edges."""
    return sum(max(1, math.ceil(_columns(line) / (room - 1))) for line in text.split("\n"))


def _columns(text: str) -> int:
    # Counting bytes is many times faster than looking at each character: Chinese ones take three.
    return len(text) if text.isascii() else (len(text) + len(text.encode("utf-8", "replace"))) // 2
