"""What is kept of a sheet beside what was read from it: its columns, and where the value of an empty cell was taken from."""

from collections.abc import Sequence

import pyarrow as pa

from review.workbook.cases import VALUES
from review.workbook.cells import Cells
from review.workbook.columns import Column


def column_table(columns: Sequence[tuple[str, Column, str]]) -> pa.Table:
    """Rows for the table import_columns, without import_id. ``columns``: (sheet, column, fingerprint of the form)."""

    def text(values) -> pa.Array:
        return pa.array(list(values), pa.string())

    return pa.table(
        {
            "sheet": text(s for s, _, _ in columns),
            "position": pa.array([c.position + 1 for _, c, _ in columns], pa.int32()),
            "column": text(c.letter for _, c, _ in columns),
            "header": text(c.header for _, c, _ in columns),
            "field": text(c.field for _, c, _ in columns),
            "matched_by": text(c.matched_by for _, c, _ in columns),
            "confidence": pa.array([c.confidence for _, c, _ in columns], pa.float64()),
            "blank_means": text(c.blank_means for _, c, _ in columns),
            "layout": text(layout for _, _, layout in columns),
        }
    )


def filled_down(cells: Cells, groups: list[list[int]]) -> dict[int, dict[str, int]]:
    """Row of the sheet (from 0) -> {position from 1 of a cell that is empty or says 同上: row (from 1) that its value was taken from}."""
    out: dict[int, dict[str, int]] = {}
    case_fields = [f for f in (*VALUES, "case_no", "county", "seq") if cells.has(f)]
    for group in groups:
        if len(group) < 2:
            continue
        for name in case_fields:
            raw = cells.raw[name]
            origin = None
            for i in group:
                if raw[i] is not None:
                    origin = i
                elif origin is not None:
                    out.setdefault(cells.rows[i], {})[str(cells.columns[name].position + 1)] = cells.sheet_row(origin)
    for position, taken in cells.taken.items():
        for i, top in taken.items():
            out.setdefault(cells.rows[i], {})[str(position + 1)] = cells.sheet_row(top)
    for name, cover in cells.covered.items():
        for i, top in cover.items():
            if cells.raw[name][i] is None and cells.raw[name][top] is not None:
                out.setdefault(cells.rows[i], {})[str(cells.columns[name].position + 1)] = cells.sheet_row(top)
    return out
