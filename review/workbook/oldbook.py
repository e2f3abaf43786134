"""Is it safe to hand an old workbook (.xls, .et) to the fast reader? It believes the sizes and chains that the file claims.

An old workbook is a small file system (compound file: sectors, chained by a table) with a stream of records in it. Claims
that the file can't keep would make the reader reserve memory without end, and end the process; they are found out here.
On the way the error cells are noted, which the fast reader gives as blanks.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from review.errors import LedgerError
from review.settings import ImportLimits
from review.workbook.package import MAX_NAMED_ERRORS, Inside, SheetParts, column_letter

_END, _RESERVED = 0xFFFFFFFE, 0xFFFFFFFA
# The reader keeps all sheets of an old workbook at once, every cell up to the farthest one, and its formula too.
MAX_OLD_CELLS = 12_000_000
_CELL_RECORDS = frozenset((0x0006, 0x00BD, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E))
# What a cell that is true, false or an error, and the saved result of a formula, say of an error.
_TRUE_OR_ERROR, _FORMULA = 0x0205, 0x0006
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_MULTIPLE, _SHEET, _STRINGS, _END_OF_SHEET, _PASSWORD, _DIMENSIONS, _DATES = 0x00BD, 0x0085, 0x00FC, 0x000A, 0x002F, 0x0200, 0x0022


class _Broken(Exception):
    """The file contradicts itself."""


@dataclass
class _Files:
    """The compound file: sectors of ``size`` bytes, ``table``: sector -> next sector, and the same for the small streams in it."""

    data: bytes
    size: int
    table: np.ndarray
    small: bytes = b""
    small_table: np.ndarray = field(default_factory=lambda: np.zeros(0, np.uint32))

    def chain(self, start: int, length: int | None = None) -> bytes:
        return _chain(self.data, 512 if self.size == 512 else self.size, self.size, self.table, start, length)

    def small_chain(self, start: int, length: int) -> bytes:
        return _chain(self.small, 0, 64, self.small_table, start, length)


def _chain(data: bytes, begin: int, size: int, table: np.ndarray, start: int, length: int | None) -> bytes:
    parts, seen = [], 0
    while start != _END:
        seen += 1
        at = begin + start * size
        if start >= len(table) or at >= len(data) or seen > len(table):
            raise _Broken
        parts.append(data[at : at + size])
        start = int(table[start])
    whole = b"".join(parts)
    if length is not None and length > len(whole):
        raise _Broken
    return whole if length is None else whole[:length]


def check_old_book(data: bytes, name: str, limits: ImportLimits) -> Inside:
    """Whether the dates of an old workbook count from 1904, and the error cells of its sheets.

    Raises LedgerError for one that is damaged, locked, or reaches too far.
    """
    try:
        stream = _workbook(data)
        return _check_records(stream, name, limits)
    except (_Broken, struct.error, IndexError, ValueError, OverflowError):
        raise LedgerError(
            f"文件“{name}”已损坏，内部结构前后矛盾，按 .xls 格式读不出内容。",
            "请用 Excel 或 WPS 打开该文件，另存为“Excel 工作簿（*.xlsx）”后重新导入；如果也打不开，请重新索取该文件。",
        ) from None


def _workbook(data: bytes) -> bytes:
    """The stream of records. Every other stream is followed to its end too: the reader may open it."""
    version, shift, mini_shift = struct.unpack_from("<H2xHH", data, 26)
    if shift not in (9, 12) or mini_shift != 6:
        raise _Broken
    size = 1 << shift
    sectors = (len(data) + size - 1) // size
    directories, tables, first_directory = struct.unpack_from("<III", data, 40)
    first_small, small_tables, first_more, _ = struct.unpack_from("<IIII", data, 60)
    if max(directories, tables, small_tables) > sectors:
        raise _Broken
    numbers = list(struct.unpack_from("<109I", data, 76))
    for _ in range(sectors + 1):
        if first_more >= _RESERVED:
            break
        at = (first_more + 1) * size
        more = struct.unpack_from(f"<{size // 4}I", data, at)
        numbers += more[:-1]
        first_more = more[-1]
    else:
        raise _Broken
    numbers = [n for n in numbers if n < 0xFFFFFFFC]
    if len(numbers) > sectors or any(n >= sectors for n in numbers):
        raise _Broken
    pieces = [data[(n + 1) * size : (n + 2) * size] for n in numbers]
    table = np.frombuffer(b"".join(p[: len(p) // 4 * 4] for p in pieces), "<u4")
    files = _Files(data, size, table)
    folder = files.chain(first_directory)
    entries = [folder[i : i + 128] for i in range(0, len(folder) - 127, 128)]
    if not entries:
        raise _Broken
    streams = {}
    for number, entry in enumerate(entries):
        start = struct.unpack_from("<I", entry, 116)[0]
        length = struct.unpack_from("<I" if size == 512 else "<Q", entry, 120)[0]
        if number == 0:
            if small_tables:
                files.small = files.chain(start)
                chained = files.chain(first_small)
                files.small_table = np.frombuffer(chained[: len(chained) // 4 * 4], "<u4")
            if length > len(data):
                raise _Broken
            continue
        # Kind 2 is a stream; folders have no content.
        if entry[66] != 2 or not length:
            if length > len(data):
                raise _Broken
            continue
        label = entry[:64].decode("utf-16-le", "replace").split("\0")[0]
        streams[label] = files.small_chain(start, length) if length < 4096 else files.chain(start, length)
    stream = streams.get("Workbook", streams.get("Book"))
    if stream is None:
        raise _Broken
    return stream


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of each record from ``at`` on."""
    end = len(stream)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > end:
            raise _Broken
        yield kind, at + 4, length
        at += 4 + length


def _check_records(stream: bytes, name: str, limits: ImportLimits) -> Inside:
    sheets, inside = [], Inside()
    for kind, at, length in _records(stream, 0):
        if kind == _PASSWORD and length >= 2 and struct.unpack_from("<H", stream, at)[0]:
            raise LedgerError(
                f"文件“{name}”设有打开密码，程序读不出内容。", "请用 Excel 或 WPS 输入密码打开，取消密码后另存为 .xlsx 再导入。"
            )
        if kind == _SHEET:
            place, _, _, letters, flags = struct.unpack_from("<IBBBB", stream, at)
            text = stream[at + 8 : at + length]
            sheets.append(
                (place, (text[: 2 * letters].decode("utf-16-le", "replace") if flags & 1 else text[:letters].decode("gb18030", "replace")))
            )
        elif kind == _DATES and length >= 2:
            inside.date1904 = struct.unpack_from("<H", stream, at)[0] == 1
        elif kind == _STRINGS and not 0 <= struct.unpack_from("<i", stream, at + 4)[0] <= len(stream) // 3:
            raise _Broken
        elif kind == _END_OF_SHEET:
            break
    if len(sheets) > limits.sheets:
        raise LedgerError(f"文件“{name}”有 {len(sheets)} 个工作表，超过了 {limits.sheets} 个的上限。", "请拆成几个文件后导入。")
    known: dict[int, tuple[int, int, SheetParts]] = {}
    total = 0
    for place, sheet in sheets:
        if place >= len(stream):
            raise _Broken
        if place not in known:
            known[place] = _reach(stream, place)
        rows, columns, inside.sheets[sheet] = known[place]
        total += rows * columns
        if total > MAX_OLD_CELLS or columns > limits.columns or rows > limits.rows:
            raise LedgerError(
                f"文件“{name}”的工作表“{sheet}”表格范围异常，最远的内容在第 {rows} 行、{column_letter(columns - 1)} 列。",
                "请删除有用内容以外的行和列；内容确实很多的，请另存为 .xlsx 后导入。",
            )
    return inside


def _reach(stream: bytes, place: int) -> tuple[int, int, SheetParts]:
    """Rows and columns up to the farthest cell of the sheet whose records begin at ``place``, and its error cells."""
    rows = columns = 0
    parts = SheetParts()
    unpack = struct.Struct("<HH").unpack_from
    for kind, at, length in _records(stream, place):
        if kind in _CELL_RECORDS and length >= 4:
            row, column = unpack(stream, at)
            if kind == _MULTIPLE:
                column = max(column, struct.unpack_from("<H", stream, at + length - 2)[0])
            if row >= rows:
                rows = row + 1
            if column >= columns:
                columns = column + 1
            told = _error(kind, stream[at : at + length]) if kind in (_TRUE_OR_ERROR, _FORMULA) else None
            if told and len(parts.errors) < MAX_NAMED_ERRORS:
                parts.errors.append((row, column, told))
        elif kind == _DIMENSIONS:
            # The reader reserves memory for what is claimed here.
            first, last, left, right = struct.unpack_from("<IIHH" if length == 14 else "<HHHH", stream, at)
            if last > 65_536 or right > 256 + 1 or (last and last <= first) or (right and right <= left):
                raise _Broken
        elif kind == _END_OF_SHEET:
            break
    return rows, columns, parts


def _error(kind: int, cell: bytes) -> str | None:
    """The error that a cell shows, None for a cell that shows none."""
    if kind == _TRUE_OR_ERROR:
        return _ERRORS.get(cell[6], "#N/A") if len(cell) >= 8 and cell[7] == 1 else None
    result = cell[6:14]
    return _ERRORS.get(result[2], "#N/A") if len(result) == 8 and result[0] == 2 and result[6:] == b"\xff\xff" else None
