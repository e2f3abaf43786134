"""Files that come by accident or by malice, made from one good ledger."""

import io
import re
import struct
import zipfile
import zlib

from . import ledgers
from .oldfile import old_workbook, record

HEAD = ("案件名称", "县区", "姓名", "单位及职务", "责任类型", "问责方式")
PERSON = ("甲事", "甲县", "张三", "甲县水利局局长", "主要领导责任", "诫勉")
SHEET, STRINGS, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def parts_of(data: bytes | None = None) -> dict[str, bytes]:
    """Parts of a package by path."""
    with zipfile.ZipFile(io.BytesIO(GOOD if data is None else data)) as package:
        return {i.filename: package.read(i) for i in package.infolist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """A package of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def _with_shared_texts() -> bytes:
    """The good ledger; the name of its one person is among the shared texts, as Excel writes it."""
    parts = parts_of(ledgers.sheets(台账=[HEAD, PERSON]))
    sheet, found = re.subn(rb'<c r="C2"[^>]*>.*?</c>', b'<c r="C2" t="s"><v>0</v></c>', parts[SHEET])
    assert found == 1
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = b'<?xml version="1.0"?><sst xmlns="' + space + b'" count="1" uniqueCount="1"><si><t>' + "张三".encode() + b"</t></si></sst>"
    return packed(parts | {SHEET: sheet, STRINGS: strings})


GOOD = _with_shared_texts()


def changed(path: str, change, data: bytes | None = None) -> bytes:
    """The good ledger with one part changed by a function of its bytes."""
    parts = parts_of(data)
    return packed(parts | {path: change(parts.get(path, b""))})


def with_rows(rows: bytes) -> bytes:
    """The good ledger with more XML behind its last row."""
    return changed(SHEET, lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"))


def after_rows(more: bytes) -> bytes:
    """The good ledger with more XML behind the rows."""
    return changed(SHEET, lambda xml: xml.replace(b"</sheetData>", b"</sheetData>" + more))


def text_at(address: str, text: str, row: int) -> bytes:
    """A row with one cell with its text in itself."""
    return f'<row r="{row}"><c r="{address}" t="inlineStr"><is><t>{text}</t></is></c></row>'.encode()


def entity_bomb(path: str) -> bytes:
    """Ten to the ninth laughs declared before the root of a part."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE x [<!ENTITY l0 "哈">{laughs}]>'.encode()

    def change(xml: bytes) -> bytes:
        cut = xml.index(b"?>") + 2 if xml.startswith(b"<?xml") else 0
        return xml[:cut] + declared + xml[cut:].replace("张三".encode(), b"&l9;")

    return changed(path, change)


def lying(path: str, claimed: int) -> bytes:
    """The good ledger with a part of 200 MB of which the table of contents tells only the beginning, check sum and all."""
    parts = parts_of()
    data = packed({n: c for n, c in parts.items() if n != path})
    whole = parts[path] + b" " * (200 * 2**20)
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = squeeze.compress(whole) + squeeze.flush()
    name = path.encode()
    sums = struct.pack("<III", zlib.crc32(whole[:claimed]), len(body), claimed)
    directory = struct.unpack_from("<I", data, len(data) - 6)[0]
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sums + struct.pack("<HH", len(name), 0) + name + body
    entry = b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sums
    entry += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, directory) + name
    entries = data[directory:-22] + entry
    count = len(parts)
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(entries), directory + len(local), 0)
    return data[:directory] + local + entries + end


def crowd(number: int) -> bytes:
    """A package of very many empty parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for n in range(number):
            package.writestr(f"xl/media/{n}", b"")
    return out.getvalue()


def million_formatted_rows() -> bytes:
    """A million rows with two formatted cells each and nothing in them."""
    rows = "".join(f'<row r="{r}" s="1" customFormat="1"><c r="A{r}" s="0"/><c r="D{r}" s="0"/></row>' for r in range(3, 1_000_003))
    return with_rows(rows.encode())


def merged(number: int, rows: int, whole: bool = False) -> bytes:
    """A ledger of some rows with merged ranges beside the table, two cells each, or each over the whole height of column J."""
    cells = "".join(f'<row r="{r}"><c r="J{r}" t="inlineStr"><is><t>x</t></is></c></row>' for r in range(3, rows + 3))
    places = (f"J3:J{rows + 2}" if whole else f"J{2 * n + 3}:J{2 * n + 4}" for n in range(number))
    ranges = "".join(f'<mergeCell ref="{place}"/>' for place in places)
    parts = parts_of()
    sheet = parts[SHEET].replace(b"</sheetData>", cells.encode() + b"</sheetData><mergeCells>" + ranges.encode() + b"</mergeCells>")
    return packed(parts | {SHEET: sheet})


def sheets(number: int) -> bytes:
    """A workbook of so many sheets, each with one case."""
    return ledgers.sheets(**{f"表{n}": [HEAD, (f"第{n}事", *PERSON[1:])] for n in range(number)})


OLD_ROWS = [HEAD, PERSON]
OLD = old_workbook(OLD_ROWS)


def looped_chain() -> bytes:
    """An old workbook whose stream comes back to its own beginning for ever."""
    data = bytearray(OLD)
    struct.pack_into("<I", data, 512 + 4 * 5, 3)
    return bytes(data)


LOCKED_OLD = old_workbook(OLD_ROWS, before=record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48)))
