"""A streaming writer of .xlsx for demo ledgers: texts shared between cells, as office programs save them, in little memory.

openpyxl writes every text inline (no office program does) and needs five times as long; for a million respondents both matter. Only what
the demo needs is here: texts, whole numbers, dates, merged cells, column widths and three styles. The same cells give the same bytes.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.utils import get_column_letter

PLAIN, DATE, TITLE, HEADER = range(4)
FLUSH_ROWS, IN_MEMORY = 500, 8_000_000
EPOCH = date(1899, 12, 30)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="3"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="宋体"/></font>'
    '<font><b/><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFD9E2F0"/></patternFill></fill></fills>'
    "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
    '<cellXfs count="4"><xf/><xf numFmtId="164" applyNumberFormat="1"/>'
    '<xf fontId="1" applyFont="1" applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf>'
    '<xf fontId="2" fillId="2" applyFont="1" applyFill="1" applyAlignment="1">'
    '<alignment horizontal="center" vertical="center" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class Sheet:
    """One sheet of a ``Book``; knows the number of the row it wrote last."""

    def __init__(self, book: "Book", title: str, widths: Iterable[int]):
        self.book, self.title, self.row = book, title, 0
        self.merged: list[str] = []
        self._pending: list[str] = []
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (lives until the book is saved)
        widths = list(widths)
        columns = "".join(f'<col min="{i}" max="{i}" width="{w}" customWidth="1"/>' for i, w in enumerate(widths, 1))
        self._file.write(f'{XML}<worksheet xmlns="{MAIN}">{f"<cols>{columns}</cols>" if columns else ""}<sheetData>'.encode())

    def write(self, values: Iterable, style: int = PLAIN) -> int:
        """Append a row and return its number; None leaves a cell empty."""
        row = self.row + 1
        cells = []
        for index, value in enumerate(values, 1):
            if value is not None:
                cells.append(self._cell(f"{get_column_letter(index)}{row}", value, style))
        return self.write_xml(f'<row r="{row}">{"".join(cells)}</row>')

    def write_xml(self, row: str) -> int:
        """Append a row that is XML already and return its number."""
        self.row += 1
        self._pending.append(row)
        if len(self._pending) == FLUSH_ROWS:
            self._flush()
        return self.row

    def merge(self, column: int, row: int, last_column: int, last_row: int) -> None:
        """Merge a block of cells; a single cell stays as it is."""
        if (column, row) != (last_column, last_row):
            self.merged.append(f"{get_column_letter(column)}{row}:{get_column_letter(last_column)}{last_row}")

    def copy_to(self, target) -> None:
        """Finish the sheet and copy its XML into ``target``."""
        self._flush()
        blocks = "".join(f'<mergeCell ref="{m}"/>' for m in self.merged)
        merged = f'<mergeCells count="{len(self.merged)}">{blocks}</mergeCells>' if blocks else ""
        self._file.write(f"</sheetData>{merged}</worksheet>".encode())
        self._file.seek(0)
        copyfileobj(self._file, target)
        self._file.close()

    def _cell(self, address: str, value, style: int) -> str:
        if isinstance(value, datetime):
            return f'<c r="{address}" s="{DATE}"><v>{(value.date() - EPOCH).days}</v></c>'
        look = f' s="{style}"' if style else ""
        if isinstance(value, int):
            return f'<c r="{address}"{look}><v>{value}</v></c>'
        return f'<c r="{address}"{look} t="s"><v>{self.book.text(value)}</v></c>'

    def _flush(self) -> None:
        self._file.write("".join(self._pending).encode())
        self._pending.clear()


class Book:
    """A workbook in the making; ``save`` writes it."""

    def __init__(self):
        self.sheets: list[Sheet] = []
        self._texts: dict[str, int] = {}

    def sheet(self, title: str, widths: Iterable[int] = ()) -> Sheet:
        """Add a sheet. Sheets may be written in turn."""
        self.sheets.append(Sheet(self, title, widths))
        return self.sheets[-1]

    def text(self, text: str) -> int:
        """Number of a shared text."""
        return self._texts.setdefault(text, len(self._texts))

    def save(self, path: Path | str) -> None:
        """Write the file; the book can't be used afterwards."""
        with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as package:
            for number, sheet in enumerate(self.sheets, 1):
                with package.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as out:
                    sheet.copy_to(out)
            with package.open(_entry("xl/sharedStrings.xml"), "w", force_zip64=True) as out:
                out.write(f'{XML}<sst xmlns="{MAIN}">'.encode())
                for text in self._texts:
                    out.write(f'<si><t xml:space="preserve">{escape(text)}</t></si>'.encode())
                out.write(b"</sst>")
            for name, text in self._parts():
                package.writestr(_entry(name), XML + text)

    def _parts(self) -> Iterator[tuple[str, str]]:
        """The parts of the package that name the others."""
        parts = [(f"worksheets/sheet{n}.xml", "worksheet") for n in range(1, len(self.sheets) + 1)]
        parts += [("sharedStrings.xml", "sharedStrings"), ("styles.xml", "styles")]
        named = [("workbook.xml", "sheet.main"), *parts]
        overrides = "".join(f'<Override PartName="/xl/{part}" ContentType="{CONTENT}.{kind}+xml"/>' for part, kind in named)
        yield "[Content_Types].xml", (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>'
        )
        yield "_rels/.rels", _relations([("xl/workbook.xml", "officeDocument")])
        listed = "".join(f'<sheet name="{escape(s.title)}" sheetId="{n}" r:id="rId{n}"/>' for n, s in enumerate(self.sheets, 1))
        yield "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
        yield "xl/_rels/workbook.xml.rels", _relations(parts)
        yield "xl/styles.xml", STYLES


def _relations(targets: list[tuple[str, str]]) -> str:
    links = "".join(f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{part}"/>' for n, (part, kind) in enumerate(targets, 1))
    return f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>'


def _entry(name: str) -> ZipInfo:
    """A package entry with a fixed date, so that the bytes depend on nothing but the cells."""
    entry = ZipInfo(name, (2024, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry
