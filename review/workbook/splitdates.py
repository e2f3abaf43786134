"""Dates whose year, month and day stand in columns of their own (处分时间: 年 | 月 | 日), put together into one; dates that stand in the
cell of the measures (处理方式及时间)."""

import re
from dataclasses import replace

from review.workbook.grid import Grid
from review.workbook.headers import exact_field, plain
from review.workbook.layout import SheetLayout, Table
from review.workbook.package import column_letter

PARTS = ("年", "月", "日")
_MEASURES_AND_DATE = re.compile(r"(?:处理|处分|问责|追责|方式|结果|情况|种类|决定)\s*(?:[及和与、/]|以及)\s*(?:时间|日期)$")
_DATE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:\s*[-./]\s*\d{1,2}(?:\s*[-./]\s*\d{1,2})?|年\s*\d{1,2}月(?:\s*\d{1,2}[日号])?)(?![\d号])")


def gather_dates(layout: SheetLayout) -> list[str]:
    """Put the parts of each date into its first column; returns a sentence for each. The sheet itself stays as ``source``."""
    sentences = []
    for table in layout.tables:
        leaves = [plain(levels[-1]) if levels else "" for levels in table.headers]
        for c in range(len(leaves) - 2):
            name = exact_field(table.headers[c][-2]) if len(table.headers[c]) > 1 else None
            if tuple(leaves[c : c + 3]) == PARTS and name and name not in table.given.values():
                layout.source = layout.source or layout.grid
                layout.grid = _together(layout.grid, table, c)
                table.given |= {c: name, c + 1: None, c + 2: None}
                sentences.append(f"{column_letter(c)}至{column_letter(c + 2)}列的年、月、日合在一起读作一个日期")
        both = [c for c, levels in enumerate(table.headers) if levels and _MEASURES_AND_DATE.search(levels[-1].strip())]
        if len(both) == 1 and "decided_on" not in {exact_field(levels[-1]) for levels in table.headers if levels} | {*table.given.values()}:
            _beside_measures(layout, table, both[0])
            sentences.append(f"{column_letter(both[0])}列里的日期读作“决定日期”")
    return sentences


def _beside_measures(layout: SheetLayout, table: Table, column: int) -> None:
    """A further column with the dates that the cells of ``column`` tell beside the measures."""
    grid, place = layout.grid, len(layout.grid.columns)
    dates: list[str | None] = [None] * grid.height
    for row in table.rows:
        dates[row] = "；".join(dict.fromkeys(_DATE.findall(grid.columns[column][row] or ""))) or None
    layout.source = layout.source or grid
    layout.grid = replace(grid, columns=[*grid.columns, dates])
    layout.places |= {(row, place): (row, column) for row in table.rows}
    table.headers = [*table.headers, *[()] * (place - len(table.headers)), (*table.headers[column], "时间")]
    table.letters[place] = column_letter(column)
    table.given |= {place: "decided_on"}


def _together(grid: Grid, table: Table, first: int) -> Grid:
    columns = list(grid.columns)
    columns[first] = list(columns[first])
    for row in table.rows:
        parts = [t.strip().rstrip(sign) if (t := grid.columns[first + n][row]) else None for n, sign in enumerate(PARTS)]
        # A whole date or a word in the first of the three stays as it stands.
        if parts[0] and parts[0].isdigit() and len(parts[0]) <= 4:
            told = [f"{p}{sign}" for p, sign in zip(parts, PARTS, strict=True) if p]
            # A day without its month says nothing but the year.
            columns[first][row] = "".join(told if parts[1] else told[:1])
    return replace(grid, columns=columns)
