"""Dates with a year of two digits (23.3.15): whether they mean 2023 is asked once for a column, not cell by cell."""

import re

from review.vocabulary.terms import fields
from review.workbook import looks
from review.workbook.columns import Column, LedgerChoices, Question, answer_for
from review.workbook.dates import parse_date
from review.workbook.grid import Grid
from review.workbook.layout import Table

_YEAR_FIRST = re.compile(r"(?<![\d.\-/年])'?(\d{2})(?=\s*(?:年\s*\d{1,2}\s*月|([-./。])\s*\d{1,2}\s*(?:\2|[-./。])\s*\d{1,2}(?!\d)))")
# The second date of 22.12.30-23.1.5, whose parts no dash divides.
_YEAR_LAST = re.compile(r"(?<=[-—–~至到])\s*(\d{2})(?=\s*(?:([./])\s*\d{1,2}\s*\2\s*\d{1,2}(?!\d)|年\s*\d{1,2}\s*月))")
_MONTH = re.compile(r"^\s*'?(\d{2})(?=\s*[-./]\s*\d{1,2}\s*$)")
# Nobody writes 2099 as 99.
_LAST_YEAR = 2050
_SIX = re.compile(r"^\s*(\d{2})(\d{2})(\d{2})\s*$")


def in_full(text: str) -> str | None:
    """The date with its years in this century; None where no year of two digits stands first, or where that makes no date."""
    if parse_date(text).state != "unreadable":
        return None
    full = (
        _SIX.sub(r"20\1.\2.\3", text) if _SIX.match(text) else _YEAR_LAST.sub(r"20\1", _YEAR_FIRST.sub(r"20\1", _MONTH.sub(r"20\1", text)))
    )
    full = full.replace("'", "")
    read = parse_date(full) if full != text else None
    return full if read and read.state == "date" and read.value.year < _LAST_YEAR else None


def short_years(
    grid: Grid, table: Table, columns: list[Column], choices: LedgerChoices
) -> tuple[dict[int, dict[str, str]], list[Question], frozenset[int]]:
    """({position: {cell: the date in full}} where the user said that years are of this century, the questions still open, and
    the positions of their columns)."""
    full: dict[int, dict[str, str]] = {}
    questions, asked = [], set()
    for column in columns:
        if column.field is None or fields()[column.field].kind != "date":
            continue
        short = {t: f for t in looks.distinct(grid.columns[column.position], table.rows) if (f := in_full(t)) is not None}
        if not short:
            continue
        found, answer = answer_for(choices.short_years, table.label, column)
        if answer == "this_century" or not found and choices.all_short_years:
            full[column.position] = short
        elif not found:
            asked.add(column.position)
            count = sum(1 for r in table.rows if grid.columns[column.position][r] in short)
            one, meant = next(iter(short.items()))
            words = f"{column.letter}列“{column.header}”有 {count} 格的年份只写了两位，如“{one}”。是不是 20××年（“{meant}”）？"
            questions.append(
                Question(
                    "century",
                    table.label,
                    column.header,
                    column.key,
                    column.letter,
                    words + "回答以前这些日期按未知处理。",
                    ("this_century", "unknown"),
                )
            )
    return full, questions, frozenset(asked)
