"""Small sheets that lie on their side: the fields down the left, one case or person beside the other to the right."""

from review.workbook import looks
from review.workbook.grid import Grid
from review.workbook.headers import exact_field, is_kept, without_number
from review.workbook.layout import SheetLayout, Table
from review.workbook.mapping import MEASURE_FIELDS, WHO
from review.workbook.measures import parse_measures
from review.workbook.package import column_letter

# Rows with a label that such a sheet has at least, and the columns that it may begin in.
LEAST, WITHIN = 4, 3


def read_across(grid: Grid) -> SheetLayout | None:
    """Such a sheet as a layout with a table whose columns, one a label, stand behind those of the sheet; None for any other sheet."""
    for left in range(min(WITHIN, len(grid.columns))):
        rows = [r for r, t in enumerate(grid.columns[left]) if t is not None and _field(t)]
        if len(rows) >= LEAST and (right := _cases(grid, left, rows)):
            return _layout(grid, left, rows, right)
    return None


def _field(text: str) -> str | None:
    if len(text) > 20:
        return None
    return exact_field(text) or (exact_field(bare[0]) if (bare := without_number(text)) else None)


def _cases(grid: Grid, left: int, rows: list[int]) -> list[int]:
    """The columns of the cases, none where the sheet is anything else: a form has labels there, a list has its header above."""
    named = {f: r for r in rows if (f := _field(grid.columns[left][r]))}
    if not named.keys() & set(WHO) or not named.keys() & MEASURE_FIELDS:
        return []
    right = []
    for c in range(left + 1, len(grid.columns)):
        texts = [t for r in rows if (t := grid.columns[c][r]) is not None]
        if sum(_field(t) is not None or is_kept(t) for t in texts) > 0.4 * len(texts):
            return []
        if 2 * len(texts) >= len(rows):
            right.append(c)
    if not 2 <= len(right) <= len(rows):
        return []

    def values(*fields: str) -> list[str]:
        return [t for f in fields if f in named for c in right if (t := grid.columns[c][named[f]]) is not None]

    who = looks.like_person_names(values("name"), 0.5) or "name" not in named and looks.like_units(values(*WHO))
    measures = values(*MEASURE_FIELDS)
    return right if who and 2 * sum(bool(parse_measures(t).measures) for t in measures) >= len(measures) > 0 else []


def _layout(grid: Grid, left: int, rows: list[int], right: list[int]) -> SheetLayout:
    width, last = len(grid.columns), max(rows)
    # Labels that nobody knows stand between the known ones; below the last one there are notes.
    fields = [r for r in range(rows[0], last + 1) if grid.columns[left][r] is not None]
    columns: list[list[str | None]] = [[None] * grid.height for _ in range(width + len(fields))]
    kinds = [None if n == 0 else "title" for n in grid.filled()]
    layout = SheetLayout(Grid(grid.name, grid.hidden, columns, [], grid.damaged, None, grid.numeric), kinds, source=grid)
    headers: list[tuple[str, ...]] = [()] * width + [(grid.columns[left][r].strip(" :：\n"),) for r in fields]
    letters = {width + k: column_letter(right[0]) for k in range(len(fields))}
    table = Table(grid.name, [], headers, fields[: len(right)], letters=letters)
    for row, column in zip(table.rows, right, strict=True):
        kinds[row] = "data"
        for k, field in enumerate(fields):
            columns[width + k][row] = grid.columns[column][field]
            layout.places[row, width + k] = field, column
    layout.tables.append(table)
    layout.told.append(f"项目在左、各案并列在右，{column_letter(right[0])}列起每列作为一行读入")
    return layout
