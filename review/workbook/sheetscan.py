"""How far does a sheet reach, and how much of that is filled? Told from its XML as bytes, before anything lays out its cells.

The fast reader lays out every cell between the first and the farthest one and ends the process where that fails, so the
answer must hold for any XML that it would take: cells in any order, with a prefix, with odd spacing, without an address.
"""

import re
from dataclasses import dataclass

import numpy as np

_ADDRESS = re.compile(rb"""\br\s*=\s*["']([^"'<>]{0,40})""")
_CELL_OR_ROW = re.compile(rb"\s*([A-Za-z]{0,3})(\d{1,7})\s*")
# What the reader makes of an address that is none cannot be known.
_NOWHERE = 2**31
# A cell as office programs write it goes on with ‹ r="›; one that goes on with a blank or an end otherwise has no plain address.
_PLAIN = int.from_bytes(b' r="', "little")
_ODD = np.isin(np.arange(256), (9, 10, 13, 32, 47, 62))
# Any cell that is not certainly empty: nothing but plain attributes, and an end at once.
_FILLED = re.compile(rb"""<c r="([A-Z]{1,3})(\d{1,7})"(?!(?: \w{1,20}="[^"<>/]*")*\s*(?:/>|>\s*</c>))""")


@dataclass
class Extent:
    """Rows and columns count from 1; ``regular``: every cell had a plain address, so that the figures are exact."""

    rows: int = 0
    columns: int = 0
    cells: int = 0
    regular: bool = True

    def add(self, other: "Extent") -> None:
        """Take the next piece of the same sheet in."""
        self.rows, self.columns = max(self.rows, other.rows), max(self.columns, other.columns)
        self.cells += other.cells
        self.regular &= other.regular


def extent(block: bytes, rows_before: int = 0) -> Extent:
    """Extent of a piece of sheet XML. ``rows_before``: rows already seen, for cells that have no address and count on."""
    data = np.frombuffer(block, np.uint8)
    starts = _positions(data, b"<c")
    if len(starts) and starts.max() > len(data) - 17 or len(_positions(data, b":c")):
        return _irregular(block, rows_before)
    follows = _words(data, "<u4")[starts + 2]
    plain = follows == _PLAIN
    if not plain.all():
        if _ODD[follows[~plain] & 255].any():
            return _irregular(block, rows_before)
        starts = starts[plain]
    if not len(starts):
        return Extent()
    eights = _words(data, "<u8")
    letters = eights[starts + 6]
    first, second, third = (((letters >> np.uint64(shift)) & np.uint64(255)).astype(np.int32) - 64 for shift in (0, 8, 16))
    two = second >= 1
    three = two & (third >= 1)
    column = np.where(two, first * 26 + second, first)
    if three.any():
        column = np.where(three, column * 26 + third, column)
    # The digits after the letters and the quote behind them as one number: equal within a row, so few are left to read.
    digits = eights[starts + 6 + 1 + two + three]
    rows = _rows(digits[np.flatnonzero(np.concatenate(([True], digits[1:] != digits[:-1])))])
    if rows is None or first.min() < 1 or max(first.max(), second.max()) > 26 or (three.any() and third[three].max() > 26):
        return _irregular(block, rows_before)
    return Extent(rows, int(column.max()), len(starts))


def _words(data: np.ndarray, kind: str) -> np.ndarray:
    """The word that begins at every byte."""
    return np.ndarray((len(data) - np.dtype(kind).itemsize + 1,), kind, data, strides=(1,))


def _positions(data: np.ndarray, pair: bytes) -> np.ndarray:
    """Where two bytes stand, in no order."""
    number = int.from_bytes(pair, "little")
    found = []
    for offset in (0, 1):
        words = np.frombuffer(data, "<u2", count=(len(data) - offset) // 2, offset=offset)
        found.append(np.flatnonzero(words == number) * 2 + offset)
    return np.concatenate(found)


def _rows(words: np.ndarray) -> int | None:
    """Largest row of addresses cut to eight bytes; None when one of them is no plain number with a quote behind it."""
    number = np.zeros(len(words), np.int64)
    open_ = np.ones(len(words), bool)
    for shift in range(0, 64, 8):
        byte = ((words >> np.uint64(shift)) & np.uint64(255)).astype(np.int64)
        digit = open_ & (byte >= 48) & (byte <= 57)
        number = np.where(digit, number * 10 + byte - 48, number)
        if (open_ & ~digit & (byte != 34)).any():
            return None
        open_ = digit
    return None if open_.any() else int(number.max())


def _irregular(block: bytes, rows_before: int) -> Extent:
    """An upper bound for XML that is not written as office programs write it."""
    rows = columns = 0
    for address in _ADDRESS.findall(block):
        found = _CELL_OR_ROW.fullmatch(address)
        if found is None:
            rows = columns = _NOWHERE
            break
        number = 0
        for letter in found.group(1).upper():
            number = number * 26 + letter - 64
        rows, columns = max(rows, int(found.group(2))), max(columns, number)
    lines = block.split(b"row")
    # Cells without an address stand one behind the other, rows without one below the last.
    run_on = max(len(line.split(b"<c")) + line.count(b":c") for line in lines) if b"<c" in block or b":c" in block else 0
    return Extent(max(rows, rows_before) + block.count(b"row") // 2, columns + run_on, block.count(b"v>") // 2, False)


def filled_extent(block: bytes) -> Extent:
    """Extent of the cells with content only, of a piece of regular XML. Slow: for sheets that would be too large with all cells."""
    found = Extent()
    for letters, digits in _FILLED.findall(block):
        number = 0
        for letter in letters:
            number = number * 26 + letter - 64
        found.rows, found.columns = max(found.rows, int(digits)), max(found.columns, number)
        found.cells += 1
    return found
