"""Sheets of cells and how they become files: .xlsx with merges, hidden parts, filters and formulas, .csv in three encodings."""

import csv
import io
import random
import re
import zipfile
from dataclasses import dataclass, field
from datetime import datetime

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904


@dataclass
class Sheet:
    """Cells by (row, column) from 0."""

    name: str
    cells: dict[tuple[int, int], object] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    filter_on: bool = False

    def put(self, row: int, column: int, values) -> None:
        """Write values from a cell on to the right; None leaves a cell empty."""
        for c, value in enumerate(values):
            if value is not None:
                self.cells[row, column + c] = value

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a range of more than one cell."""
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))

    @property
    def height(self) -> int:
        return max((r for r, _ in self.cells), default=-1) + 1

    @property
    def width(self) -> int:
        return max((c for _, c in self.cells), default=-1) + 1


def xlsx(sheets: list[Sheet], rng: random.Random, date1904: bool = False, formulas: bool = False) -> bytes:
    """An .xlsx file; ``formulas``: some cells are formulas with their saved result."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    if date1904:
        book.epoch = CALENDAR_MAC_1904
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for (row, column), value in sheet.cells.items():
            cell = page.cell(row + 1, column + 1, value)
            if isinstance(value, datetime):
                cell.number_format = "yyyy-mm-dd"
        for top, left, bottom, right in sheet.merges:
            page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for row in sheet.hidden_rows:
            page.row_dimensions[row + 1].hidden = True
        for column in sheet.hidden_columns:
            page.column_dimensions[get_column_letter(column + 1)].hidden = True
        if sheet.filter_on:
            page.auto_filter.ref = page.dimensions
        page.sheet_state = "hidden" if sheet.hidden else "visible"
    if all(s.hidden for s in sheets):
        book.create_sheet("封面")["A1"] = "问责案件材料"
    out = io.BytesIO()
    book.save(out)
    return with_formulas(out.getvalue(), rng) if formulas else out.getvalue()


_TEXT = re.compile(r'<c r="([A-Z]+\d+)"((?: s="\d+")?) t="inlineStr"><is><t[^>]*>([^<]*)</t></is></c>')
_NUMBER = re.compile(r'<c r="([A-Z]+\d+)"((?: s="\d+")?)(?: t="n")?><v>([^<]*)</v></c>')


def with_formulas(data: bytes, rng: random.Random, share: float = 0.15) -> bytes:
    """The file with some of its cells as formulas whose results are saved, as Excel saves them."""

    def formula(match: re.Match) -> str:
        place, style, value = match.groups()
        if rng.random() >= share:
            return match[0]
        if match.re is _TEXT:
            return f'<c r="{place}"{style} t="str"><f>IF(1=1,T(Z1),"")</f><v>{value}</v></c>'
        return f'<c r="{place}"{style}><f>Z1+0</f><v>{value}</v></c>'

    out = io.BytesIO()
    made = 0
    source = zipfile.ZipFile(io.BytesIO(data))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = _NUMBER.sub(formula, _TEXT.sub(formula, content.decode())).encode()
                made += content.count(b"<f>")
            target.writestr(name, content)
    assert made, "no cell became a formula"
    return out.getvalue()


def csv_bytes(sheet: Sheet, encoding: str) -> bytes:
    """A .csv file; merged cells keep their text in the first cell only, dates become the text that Excel shows."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in range(sheet.height):
        values = (sheet.cells.get((row, column), "") for column in range(sheet.width))
        writer.writerow([f"{v:%Y/%m/%d}" if isinstance(v, datetime) else v for v in values])
    return out.getvalue().encode(encoding, "ignore" if encoding == "gb18030" else "strict")
