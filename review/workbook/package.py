"""What the fast reader does not tell of an .xlsx: error cells, formulas without a saved result, months shown without a day, the 1904 mark.

The sheet XML is looked through as bytes, once, in pieces; nothing is parsed unless a mark is there. On the way every part
that the fast reader will open is checked: its true size, entities, and how far the cells of a sheet reach.
"""

import html
import re
import xml.etree.ElementTree as ElementTree
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from zipfile import BadZipFile

from review.errors import LedgerError
from review.settings import ImportLimits
from review.workbook.progress import READING, UNWATCHED, Watch
from review.workbook.sheetscan import Extent, extent, filled_extent
from review.workbook.unpack import Package, damaged, open_package

_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_ERROR = re.compile(rb'\bt="e"')
_TEXT = re.compile(rb'\bt="(?!n")')
_STYLE = re.compile(rb'\bs="(\d+)"')
_VALUE = re.compile(rb"<v[^<>]*>([^<]*)</")
_FORMULA = re.compile(rb"<f\b[^<>]*>([^<]*)</")
_STYLE_PART = re.compile(rb"<(/?)(?:\w{1,20}:)?(numFmt|cellXfs|xf)\b([^<>]*)>")
_ATTRIBUTE = re.compile(rb"""\b(numFmtId|formatCode)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DATE1904 = re.compile(rb"""<(?:\w{1,20}:)?workbookPr\b[^<>]*\bdate1904\s*=\s*["'](?:1|true)["']""")
_HIDDEN = re.compile(rb'<(row|col)\b([^<>]*\bhidden="(?:1|true)"[^<>]*)>')
_ROW_NUMBER = re.compile(rb'\br="(\d{1,7})"')
_SPAN = re.compile(rb'\b(min|max)="(\d{1,5})"')
_UNSAVED = (b"</f></c>", b"</f><v></v>", b"</f><v/>", b"</f><v />")
_PREFIX = re.compile(rb"<(\w{1,20}):worksheet\b")
MAX_NAMED_ERRORS = 5_000
# One row of XML longer than this holds a cell that no ledger has.
LONGEST_ROW = 48 * 2**20
# What follows the rows is not cut; merged ranges stand within so much of its end.
_TAIL = 1 << 16
# Beyond so many styles every cell is looked at instead of looking for each style.
_FEW_MARKS = 16
# The reader lays out empty cells too: beyond this many, one in ten must be filled.
FREE_CELLS = 3_000_000
EMPTY_CELLS_EACH = 10


@dataclass
class SheetParts:
    """Findings of one sheet; rows and columns count from 0. ``problem``: why the file must not be opened at all."""

    errors: list[tuple[int, int, str]] = field(default_factory=list)
    months: list[tuple[int, int, str]] = field(default_factory=list)
    problem: str | None = None
    # First and last of each run.
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Inside:
    """Findings of a package, sheets by name."""

    date1904: bool = False
    sheets: dict[str, SheetParts] = field(default_factory=dict)


def look_inside(data: bytes, name: str, limits: ImportLimits | None = None, watch: Watch = UNWATCHED) -> Inside:
    """Findings of an .xlsx package; an odd but readable package gives empty findings, a broken one raises LedgerError."""
    limits = limits or ImportLimits()
    inside = Inside()
    package = open_package(data, name, limits)
    try:
        book, links, styles = (package.part(path) for path in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"))
        _check_strings(package, watch)
        sheets = {path: "" for path in package.entries if "/worksheets/" in path and not path.endswith((".rels", ".vml"))}
        names = _sheet_names(book, links)
        month_styles = frozenset()
        if book is not None:
            inside.date1904 = bool(_DATE1904.search(book))
            month_styles = _month_styles(styles or b"")
        sheets |= {path: "" for path in names.values() if path in package.entries}
        found = {}
        for number, path in enumerate(sheets):
            watch.tell(READING, 0.5 * number / len(sheets))
            found[path] = _scan(package, path, month_styles, inside.date1904, limits, watch)
            if found[path].problem:
                # Not only its own sheet: names and links can be written so that the fast reader opens another part than they tell.
                sheet = next((s for s, p in names.items() if p == path), path)
                what, _, advice = found[path].problem.partition("；")
                raise LedgerError(f"文件“{name}”的工作表“{sheet}”{what}。", f"整个文件没有读入，{advice}。")
        inside.sheets = {sheet: found[path] for sheet, path in names.items() if path in found}
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError):
        raise damaged(name) from None
    return inside


def _check_strings(package: Package, watch: Watch) -> None:
    """Unpack the shared texts once: the fast reader would take all of them, however many the part holds."""
    path, last = "xl/sharedstrings.xml", b""
    if path not in package.entries:
        return
    for piece in package.pieces(path):
        watch.check()
        package.refuse_entities(path, last + piece[: 1 << 16])
        last = piece[-16:]


def _xml(data: bytes | None) -> ElementTree.Element | None:
    """A part as a tree; None where there is none or it is no XML: the fast reader is less strict and may still read the file."""
    try:
        return None if data is None else ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError):
        return None


def _sheet_names(book: bytes | None, links: bytes | None) -> dict[str, str]:
    """Sheet name -> path of its part, as the fast reader resolves it."""
    workbook, relations = _xml(book), _xml(links)
    if workbook is None or relations is None:
        return {}
    targets = {e.get("Id"): e.get("Target", "") for e in relations}
    names = {}
    for sheet in workbook.iter():
        if sheet.tag.endswith("}sheet"):
            link = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), None)
            target = targets.get(link, "").replace("\\", "/").lower()
            names[sheet.get("name", "")] = (
                target[1:] if target.startswith("/xl/") else target if target.startswith("xl/") else f"xl/{target}"
            )
    return names


def _month_styles(styles: bytes) -> frozenset[bytes]:
    """Indexes of cell styles that show a date as year and month only: a day must not be made up for such a cell."""
    codes, found, index = {}, set(), None
    for end, tag, attributes in _STYLE_PART.findall(styles):
        if tag == b"cellXfs":
            index = None if end else 0
            continue
        values = {name: double or single for name, double, single in _ATTRIBUTE.findall(attributes)}
        number = values.get(b"numFmtId", b"0")
        if tag == b"numFmt":
            codes[number] = html.unescape(values.get(b"formatCode", b"").decode("utf-8", "replace")[:255])
        elif index is not None and not end:
            # 17 is mmm-yy; 27, 36, 50, 52 and 57 show year and month in the Chinese editions of Excel.
            if number in codes and _shows_month_only(codes[number]) or number in (b"17", b"27", b"36", b"50", b"52", b"57"):
                found.add(str(index).encode())
            index += 1
    return frozenset(found)


def _shows_month_only(code: str) -> bool:
    plain = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code.split(";")[0]).lower()
    return "y" in plain and "m" in plain and not re.search(r"[dhs]", plain)


def _blocks(package: Package, path: str, watch: Watch) -> Iterator[bytes]:
    """A sheet in pieces that end with a row, without a name prefix; what follows the last row, and a row too long for one, as it comes."""
    rest, prefix = b"", None
    for piece in package.pieces(path):
        watch.check()
        block = rest + piece if rest else piece
        if prefix is None:
            package.refuse_entities(path, block)
            found = _PREFIX.search(block[:4096])
            prefix = found.group(1) + b":" if found else b""
            end, last = b"</" + prefix + b"row>", b"</" + prefix + b"sheetData>"
        cut = block.rfind(end)
        if cut >= 0:
            cut += len(end)
        elif len(block) >= LONGEST_ROW or last in block:
            cut = len(block)
        else:
            rest = block
            continue
        block, rest = block[:cut], block[cut:]
        yield _without(prefix, block)
    if rest:
        yield _without(prefix, rest)


def _without(prefix: bytes, block: bytes) -> bytes:
    return block.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</") if prefix else block


def _scan(package: Package, path: str, month_styles: frozenset[bytes], date1904: bool, limits: ImportLimits, watch: Watch) -> SheetParts:
    parts, reach, merged = SheetParts(), Extent(), 0
    marks = tuple(b's="' + s + b'"' for s in month_styles)
    for block in _blocks(package, path, watch):
        reach.add(extent(block, reach.rows))
        if b'hidden="' in block:
            _read_hidden(block, parts)
        if b"<mergeCell" in block[-_TAIL:]:
            merged += block.count(b"<mergeCell ")
        if len(block) >= LONGEST_ROW and b"<row" in block:
            parts.problem = f"第 {reach.rows} 行附近的一行有 {len(block) // 2**20} MB 内容，不像台账；请删除这一行的多余内容后重新导入"
            return parts
        if (
            b't="e"' in block
            or (b"<f" in block and any(u in block for u in _UNSAVED))
            or (len(marks) > _FEW_MARKS or any(m in block for m in marks))
        ):
            _read_marked(block, parts, month_styles, date1904)
    if merged > limits.merged_ranges:
        parts.problem = too_many_merges(merged, limits)
    elif unfit(reach, limits):
        if reach.regular:
            # Most likely formats without content, which the reader skips: how far does the content reach?
            reach = Extent()
            for block in _blocks(package, path, watch):
                if b"</c>" in block:
                    reach.add(filled_extent(block))
        parts.problem = unfit(reach, limits)
    return parts


def unfit(reach: Extent, limits: ImportLimits) -> str | None:
    """Why a sheet that reaches so far is not opened, None when it can be."""
    area = reach.rows * reach.columns
    advice = "多半是远处误填了内容；请删除有用内容以外的行和列后重新导入"
    if not reach.regular and (
        reach.rows > limits.rows
        or reach.columns > limits.columns
        or area > min(limits.cells, max(FREE_CELLS, EMPTY_CELLS_EACH * reach.cells))
    ):
        return f"表格范围异常，单元格的地址写法不规范，内容可能在很远的行和列（上限 {limits.rows} 行、{limits.columns} 列），{advice}"
    if reach.rows > limits.rows:
        return f"有 {reach.rows} 行，超过了 {limits.rows} 行的上限；请按年度或县区拆成几个文件后重新导入"
    if reach.columns > limits.columns:
        return f"表格范围异常，最远的内容在 {column_letter(reach.columns - 1)} 列，超过了 {limits.columns} 列的上限，{advice}"
    if area > max(FREE_CELLS, EMPTY_CELLS_EACH * reach.cells):
        return (
            f"表格范围异常，最远的内容在第 {reach.rows} 行、{column_letter(reach.columns - 1)} 列，"
            f"其中有内容的只有 {reach.cells} 格，{advice}"
        )
    if area > limits.cells:
        return f"有 {reach.rows} 行 × {reach.columns} 列，超过了 {limits.cells} 格的上限；请按年度或县区拆成几个文件后重新导入"
    return None


def too_many_merges(number: int, limits: ImportLimits) -> str:
    """Why a sheet with so many merged ranges is not opened."""
    return f"合并单元格有 {number} 处，超过了 {limits.merged_ranges} 处的上限；请取消合并后重新导入"


def _read_hidden(block: bytes, parts: SheetParts) -> None:
    for kind, attributes in _HIDDEN.findall(block):
        if kind == b"row" and (place := _ROW_NUMBER.search(attributes)):
            row = int(place.group(1)) - 1
            if parts.hidden_rows and parts.hidden_rows[-1][1] == row - 1:
                parts.hidden_rows[-1] = (parts.hidden_rows[-1][0], row)
            else:
                parts.hidden_rows.append((row, row))
        elif kind == b"col" and (span := dict(_SPAN.findall(attributes))).keys() == {b"min", b"max"}:
            parts.hidden_columns.append((int(span[b"min"]) - 1, int(span[b"max"]) - 1))


def _read_marked(block: bytes, parts: SheetParts, month_styles: frozenset[bytes], date1904: bool) -> None:
    # Cut at each cell, not searched for its end: cells without end would make that quadratic.
    for cell in block.split(b"<c ")[1:]:
        attributes, _, content = cell.partition(b">")
        place = _PLACE.search(attributes)
        if place is None:
            continue
        row, column = int(place.group(2)) - 1, column_index(place.group(1).decode())
        value = _VALUE.search(content)
        if _ERROR.search(attributes):
            if len(parts.errors) < MAX_NAMED_ERRORS:
                parts.errors.append((row, column, value.group(1).decode("utf-8", "backslashreplace") if value else "#N/A"))
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
