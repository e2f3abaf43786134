"""Text that a spreadsheet can hold: nothing becomes a formula, breaks the file, or disappears.

What Excel allows: 32,767 UTF-16 units a cell, no control characters but tab and line feed, sheet names of 31 units without
[ ] : * ? / \\ and without an apostrophe at either end.
"""

import re
from collections.abc import Iterable

CELL_LIMIT = 32_767
SHEET_NAME_LIMIT = 31
REPLACEMENT = "\ufffd"

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel reads _x0041_ inside a text as the character A; written with the underscore escaped it stays what it was.
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_RESERVED = {"history"}


def clean(text: str) -> tuple[str, int]:
    """``text`` as a cell can hold it, and how many characters had to be replaced by U+FFFD. Line ends become line feeds."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, replaced = _ILLEGAL.subn(REPLACEMENT, text)
    if "_x" in text:
        text = _ESCAPE.sub("_x005F_", text)
    return text, replaced


def units(text: str) -> int:
    """Length as Excel counts it: characters beyond the basic plane count twice."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def pieces(text: str, limit: int = CELL_LIMIT) -> list[str]:
    """``text`` in parts of at most ``limit`` units, none of which splits a character."""
    if units(text) <= limit:
        return [text]
    parts, start, count = [], 0, 0
    for i, character in enumerate(text):
        size = 2 if ord(character) > 0xFFFF else 1
        if count + size > limit:
            parts.append(text[start:i])
            start, count = i, 0
        count += size
    return [*parts, text[start:]]


def sheet_name(wanted: str, used: Iterable[str]) -> str:
    """A name close to ``wanted`` that Excel accepts and that differs from ``used`` (letter case does not count): 甲县, 甲县(2)."""
    taken = {name.casefold() for name in used} | _RESERVED
    cleaned = _NOT_IN_SHEET_NAME.sub("-", clean(wanted)[0].replace("\n", " ").replace("\t", " ")).strip().strip("'").strip()
    base = pieces(cleaned or "未命名", SHEET_NAME_LIMIT)[0]
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        tail = f"({number})"
        name = pieces(base, SHEET_NAME_LIMIT - len(tail))[0] + tail
    return name
