"""Old workbooks (.xls, .et) made by hand, so that any of their claims can be falsified."""

import struct

_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind: int, data: bytes) -> bytes:
    """One record of the workbook stream."""
    return struct.pack("<HH", kind, len(data)) + data


def text_cell(row: int, column: int, text: str) -> bytes:
    """A cell with its text in itself."""
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def number_cell(row: int, column: int, number: float) -> bytes:
    """A cell with a number."""
    return record(0x0203, struct.pack("<HHHd", row, column, 0, number))


ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}


def error_cell(row: int, column: int, error: str, by_formula: bool = False) -> bytes:
    """A cell that shows an error, typed in or left by a formula."""
    if not by_formula:
        return record(0x0205, struct.pack("<HHHBB", row, column, 0, ERRORS[error], 1))
    result = bytes([2, 0, ERRORS[error], 0, 0, 0, 0xFF, 0xFF])
    return record(0x0006, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", 0, 0, 0))


def cell_format(number: int) -> bytes:
    """The format of all cells, one of Excel's own by its number: 14 shows a date."""
    return record(0x00E0, struct.pack("<HHH", 0, number, 0) + bytes(14))


def old_workbook(rows, *, name="台账", before=b"", extra=b"", dimensions=None, strings=None, date1904=False) -> bytes:
    """A workbook of one sheet. ``before``: records put first into the globals; ``extra``: records at the end of the sheet;
    ``dimensions``: claimed (first row, last row + 1, first column, last column + 1); ``strings``: claimed number of shared texts."""
    head = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + before + record(0x0042, struct.pack("<H", 1200))
    head += record(0x0022, struct.pack("<H", date1904))
    if strings is not None:
        head += record(0x00FC, struct.pack("<ii", strings, strings))
    label = struct.pack("<BBBB", 0, 0, len(name), 1) + name.encode("utf-16-le")
    size = len(head) + 4 + 4 + len(label) + 4
    head += record(0x0085, struct.pack("<I", size) + label) + record(0x000A, b"")
    claimed = dimensions or (0, len(rows), 0, max((len(r) for r in rows), default=0))
    body = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0)) + record(0x0200, struct.pack("<IIHHH", *claimed, 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if value is not None:
                body += text_cell(r, c, value) if isinstance(value, str) else number_cell(r, c, value)
    return compound_file(head + body + extra + record(0x000A, b""))


def compound_file(stream: bytes, name: str = "Workbook") -> bytes:
    """A compound file that holds one stream of at least 4,096 bytes."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    tables = 1
    while tables * 128 < sectors + 1 + tables:
        tables += 1
    chain = [_TABLE] * tables + [_END] + [tables + 2 + n for n in range(sectors - 1)] + [_END]
    chain += [_FREE] * (tables * 128 - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, tables, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *range(tables), *([_FREE] * (109 - tables)))
    folder = _entry("Root Entry", 5, _END, 0) + _entry(name, 2, tables + 1, len(stream))
    return header + struct.pack(f"<{len(chain)}I", *chain) + folder.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, start: int, length: int) -> bytes:
    label = name.encode("utf-16-le")
    links = struct.pack("<III", _FREE, _FREE, 1 if kind == 5 else _FREE)
    return (
        label.ljust(64, b"\0")
        + struct.pack("<HBB", len(label) + 2, kind, 1)
        + links
        + bytes(36)
        + struct.pack("<II", start, length)
        + bytes(4)
    )
