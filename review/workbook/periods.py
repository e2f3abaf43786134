"""Columns of the table respondents that tell stretches of time: terms of office and 影响期."""

from datetime import date

import pyarrow as pa

from review.workbook.cases import CaseBook
from review.workbook.cells import Cells, Coded
from review.workbook.rejects import Rejects
from review.workbook.slots import Slots
from review.workbook.spans import Span


def span_columns(cells: Cells, slots: Slots, book: CaseBook, rejects: Rejects) -> dict[str, pa.Array]:
    """term_* and period_* of every slot; a cell that can't be read becomes a reject and stays as raw text."""
    columns: dict[str, pa.Array] = {}
    coded, spans = _read(cells, slots, book, rejects, "term")
    starts = [(s.start, s.start_precision) for s in spans]
    columns["term_raw"] = coded.spread(coded.distinct, pa.string())
    columns |= _dates(coded, "term_from", starts)
    columns |= _dates(coded, "term_to", [(s.end, s.end_precision) for s in spans])
    columns["term_open"] = coded.spread([s.open_end if s.state == "dates" else None for s in spans], pa.bool_())
    coded, spans = _read(cells, slots, book, rejects, "period_end")
    ends = [(s.start, s.start_precision) if s.only else (s.end, s.end_precision) for s in spans]
    states = ["end" if end[0] else ("length" if s.months is not None else "exists") if s.state == "dates" else s.state
              for s, end in zip(spans, ends, strict=True)]  # fmt: skip
    columns["period_end_raw"] = coded.spread(coded.distinct, pa.string())
    columns["period_state"] = coded.spread(states, pa.string())
    columns |= _dates(coded, "period_end", ends)
    columns["period_months"] = coded.spread([s.months for s in spans], pa.int32())
    return columns


def _read(cells: Cells, slots: Slots, book: CaseBook, rejects: Rejects, field: str) -> tuple[Coded, list[Span]]:
    coded = Coded(slots.texts(cells, field))
    spans = [book.span(t) for t in coded.distinct]
    for k in coded.rows_of([s.problem is not None for s in spans]):
        span = spans[coded.codes[k]]
        rejects.cell(cells.label, cells.sheet_row(slots.row[k]), cells.columns.get(field), coded.distinct[coded.codes[k]], span.problem)
    return coded, spans


def _dates(coded: Coded, name: str, values: list[tuple[date | None, str | None]]) -> dict[str, pa.Array]:
    return {
        name: coded.spread([v for v, _ in values], pa.date32()),
        f"{name}_precision": coded.spread([p for _, p in values], pa.string()),
    }
