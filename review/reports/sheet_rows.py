"""Rows of large tables as the XML of a worksheet, written beside openpyxl and put into its file afterwards.

openpyxl makes an object of every cell: with borders and wrapping, 100,000 rows of 25 columns take minutes. Here it writes
everything but the rows (styles, widths, filters, print settings, header row); the rows are strings. One tenth of the time
for the same file.
"""

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import closing
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import get_column_letter

_END = b"</sheetData>"
_BUFFER = 1 << 20


class Rows:
    """Rows of one sheet, kept in a temporary file until the workbook is put together."""

    def __init__(self, columns: int):
        self._letters = [get_column_letter(i) for i in range(1, columns + 1)]
        self.file = tempfile.TemporaryFile(buffering=_BUFFER)  # noqa: SIM115  closed by put_together

    def append(self, number: int, height: float, cells: Iterable[tuple[int, str | int | float | None]]) -> None:
        """Row ``number`` (1-based), ``height`` in points; cells are (style id, value), text as :func:`cell_text.clean` leaves it."""
        parts = [f'<row r="{number}" ht="{height}" customHeight="1">']
        for letter, (style, value) in zip(self._letters, cells, strict=True):
            if value is None or value == "":
                parts.append(f'<c r="{letter}{number}" s="{style}"/>')
            elif isinstance(value, str):
                text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                parts.append(f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>')
            else:
                parts.append(f'<c r="{letter}{number}" s="{style}"><v>{value!r}</v></c>')
        parts.append("</row>")
        self.file.write("".join(parts).encode())


def put_together(workbook: BinaryIO, rows: dict[str, Rows], target: BinaryIO) -> None:
    """Copy ``workbook`` (as openpyxl saved it) to ``target`` with ``rows`` (path of the sheet in the package -> rows) at the end of
    their sheets; the temporary files are closed."""
    with ZipFile(workbook) as source, ZipFile(target, "w", ZIP_DEFLATED) as out:
        for item in source.infolist():
            content = source.read(item)
            if item.filename not in rows:
                out.writestr(item, content)
                continue
            before, after = content.split(_END)
            with closing(rows[item.filename].file) as body, out.open(item.filename, "w", force_zip64=True) as part:
                part.write(before)
                body.seek(0)
                shutil.copyfileobj(body, part, _BUFFER)
                part.write(_END + after)
