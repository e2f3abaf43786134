"""What the fast reader does not tell of an .xlsx: error cells, formulas without a saved result, months shown without a day, the 1904 mark.

The sheet XML is looked through as bytes, once, in pieces; nothing is parsed unless a mark is there.
"""

import io
import re
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from dataclasses import dataclass, field
from datetime import date, timedelta

from review.errors import LedgerError

# Cells of one sheet, empty ones within its used range included: 1.05 million rows × 40 columns. The reader lays out them all
# in memory and ends the process where that fails, so a stray cell in the last corner must be seen before.
MAX_CELLS = 42_000_000
_CHUNK = 1 << 22
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ERROR = re.compile(rb'\bt="e"')
_TEXT = re.compile(rb'\bt="(?!n")')
_STYLE = re.compile(rb'\bs="(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>([^<]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*)</")
_UNSAVED = (b"</f></c>", b"</f><v></v>", b"</f><v/>", b"</f><v />")
_LETTERS = re.compile(rb'<c r="([A-Z]{1,3})\d')
_ROW_END = re.compile(rb"</row>")
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"')
MAX_NAMED_ERRORS = 5_000


@dataclass
class SheetParts:
    """Findings of one sheet; rows and columns count from 0. ``problem``: why the sheet must not be opened at all."""

    errors: list[tuple[int, int, str]] = field(default_factory=list)
    months: list[tuple[int, int, str]] = field(default_factory=list)
    problem: str | None = None


@dataclass
class Inside:
    """Findings of a package, sheets by name."""

    date1904: bool = False
    sheets: dict[str, SheetParts] = field(default_factory=dict)


def look_inside(data: bytes, name: str) -> Inside:
    """Findings of an .xlsx package; an odd but readable package gives empty findings, a broken one raises LedgerError."""
    inside = Inside()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = {n.replace("\\", "/").lower(): n for n in package.namelist()}
            book = _xml(package, entries.get("xl/workbook.xml"))
            links = _xml(package, entries.get("xl/_rels/workbook.xml.rels"))
            if book is None or links is None:
                return inside
            properties = next((e for e in book.iter() if e.tag.endswith("}workbookPr")), None)
            inside.date1904 = properties is not None and properties.get("date1904") in ("1", "true")
            targets = {e.get("Id"): e.get("Target", "") for e in links}
            styles = _month_styles(_xml(package, entries.get("xl/styles.xml")))
            for sheet in book.iter():
                if not sheet.tag.endswith("}sheet"):
                    continue
                link = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
                target = targets.get(link, "").lower()
                path = entries.get(target[1:] if target.startswith("/") else f"xl/{target}")
                if path:
                    inside.sheets[sheet.get("name", "")] = _scan(package, path, styles, inside.date1904)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, OSError, ValueError) as error:
        if "password" in str(error):
            raise LedgerError(f"文件“{name}”的压缩包设有密码，程序读不出内容。", "请取消密码后另存为 .xlsx 再导入。") from None
        raise LedgerError(
            f"文件“{name}”不完整，其中的内容校验不符，可能没有下载完或已损坏。",
            "请重新下载或重新索取该文件；如果 Excel 还能修复打开，请另存为 .xlsx 后导入。",
        ) from None
    except ElementTree.ParseError:
        return Inside()
    return inside


def _xml(package: zipfile.ZipFile, path: str | None) -> ElementTree.Element | None:
    return None if path is None else ElementTree.fromstring(package.read(path))


def _month_styles(styles: ElementTree.Element | None) -> frozenset[bytes]:
    """Indexes of cell styles that show a date as year and month only: a day must not be made up for such a cell."""
    if styles is None:
        return frozenset()
    codes = {e.get("numFmtId"): e.get("formatCode", "") for e in styles.iter() if e.tag.endswith("}numFmt")}
    found = set()
    for block in styles.iter():
        if block.tag.endswith("}cellXfs"):
            for index, style in enumerate(block):
                number = style.get("numFmtId", "0")
                # 17 is mmm-yy; 27, 36, 50, 52 and 57 show year and month in the Chinese editions of Excel.
                if number in codes and _shows_month_only(codes[number]) or number in ("17", "27", "36", "50", "52", "57"):
                    found.add(str(index).encode())
    return frozenset(found)


def _shows_month_only(code: str) -> bool:
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code.split(";")[0]).lower()
    return "y" in plain and "m" in plain and not re.search(r"[dhs]", plain)


def _scan(package: zipfile.ZipFile, path: str, month_styles: frozenset[bytes], date1904: bool) -> SheetParts:
    parts = SheetParts()
    marks = tuple(b's="' + s + b'"' for s in month_styles)
    far, last_row, rest, more = b"", 0, b"", True
    with package.open(path) as stream:
        while more:
            chunk = stream.read(_CHUNK)
            more = bool(chunk)
            block = rest + chunk
            cut = block.rfind(b"</row>") + 6 if more else len(block)
            block, rest = (block[:cut], block[cut:]) if cut > 6 or not more else (b"", block)
            far = max(far, _farthest_column(block))
            row = block.rfind(b"<row ")
            if row >= 0 and (number := _ROW.match(block, row)):
                last_row = max(last_row, int(number.group(1)))
            if b't="e"' in block or (b"<f" in block and any(u in block for u in _UNSAVED)) or any(m in block for m in marks):
                _read_marked(block, parts, month_styles, date1904)
    width = column_index(far.decode().strip()) + 1
    if width * last_row > MAX_CELLS:
        parts.problem = too_large(last_row, width)
    return parts


def too_large(height: int, width: int) -> str:
    """Why a sheet of this size is not opened."""
    return f"表格范围异常（{height} 行 × {width} 列），多半是远处误填了内容或格式；请删除空白行列后重新导入"


def _farthest_column(block: bytes) -> bytes:
    """Letters of the farthest column, three wide. Only the last cell of each row is looked at, which keeps this cheap."""
    far = b""
    for end in _ROW_END.finditer(block):
        cell = block.rfind(b'<c r="', max(0, end.start() - 2_000), end.start())
        if cell >= 0 and (letters := _LETTERS.match(block, cell)):
            far = max(far, letters.group(1).rjust(3))
    return far


def _read_marked(block: bytes, parts: SheetParts, month_styles: frozenset[bytes], date1904: bool) -> None:
    for cell in _CELL.finditer(block):
        attributes, content = cell.group(1), cell.group(2) or b""
        place = _PLACE.search(attributes)
        if place is None:
            continue
        row, column = int(place.group(2)) - 1, column_index(place.group(1).decode())
        value = _VALUE.search(content)
        if _ERROR.search(attributes):
            if len(parts.errors) < MAX_NAMED_ERRORS:
                parts.errors.append((row, column, value.group(1).decode() if value else "#N/A"))
        elif b"<f" in content and (value is None or not value.group(1)) and b"<is>" not in content:
            formula = _FORMULA.search(content)
            if formula and b't="str"' not in attributes and len(parts.errors) < MAX_NAMED_ERRORS:
                parts.errors.append((row, column, "=" + formula.group(1).decode("utf-8", "backslashreplace")))
        elif (style := _STYLE.search(attributes)) and style.group(1) in month_styles and not _TEXT.search(attributes) and value:
            text = _month_text(value.group(1), date1904)
            if text:
                parts.months.append((row, column, text))


def _month_text(serial: bytes, date1904: bool) -> str | None:
    try:
        days = float(serial)
    except ValueError:
        return None
    if not 1 <= days <= 200_000:
        return None
    return f"{date(1904, 1, 1) + timedelta(days) if date1904 else date(1899, 12, 30) + timedelta(days):%Y-%m}"


def column_index(letters: str) -> int:
    """Column letters to a number from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letter(index: int) -> str:
    """Number from 0 to column letters: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
