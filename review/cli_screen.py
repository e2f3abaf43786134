"""What the command line prints: tables that line up with Chinese text, and values as JSON keeps them."""

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

WIDEST = 48  # columns of a terminal that one cell of a table may take


def table(rows: Sequence[dict], titles: dict[str, str] | None = None) -> str:
    """Rows under a head line. ``titles``: key -> word of the head, which also chooses and orders the columns; all keys without it."""
    if not rows:
        return "（没有内容）"
    titles = titles or {key: key for key in rows[0]}
    lines = [list(titles.values()), *([_cell(row[key]) for key in titles] for row in rows)]
    numeric = [all(isinstance(row[key], int | float | Decimal | None) for row in rows) for key in titles]
    widths = [max(_width(line[i]) for line in lines) for i in range(len(titles))]
    return "\n".join(
        "  ".join(_pad(text, width, right) for text, width, right in zip(line, widths, numeric, strict=True)).rstrip() for line in lines
    )


def to_json(value: object) -> str:
    """One JSON document: Chinese as it is, dates in ISO form, records as objects."""
    return json.dumps(_plain(value), ensure_ascii=False, indent=2)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if hasattr(value, "_asdict"):  # named tuples are records, not lists
        return _plain(value._asdict())
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Path | Fraction | timedelta):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, float) and value != value:
        return None
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, bool):
        value = "是" if value else "否"
    text = " ".join((value if isinstance(value, str) else str(_plain(value))).split())
    if _width(text) <= WIDEST:
        return text
    kept, used = "", 0
    for sign in text:
        used += _width(sign)
        if used > WIDEST - 2:
            break
        kept += sign
    return kept + "…"


def _pad(text: str, width: int, right: bool) -> str:
    gap = " " * (width - _width(text))
    return gap + text if right else text + gap


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text if not unicodedata.combining(sign))
