"""Steps of the procedure as a table: a yes/no column and the date column of one step are one step."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from review.vocabulary.terms import Step, steps
from review.workbook.cases import Case, CaseBook
from review.workbook.cells import Cells, Coded, combine
from review.workbook.dates import ParsedDate
from review.workbook.flags import parse_flag
from review.workbook.rejects import Rejects
from review.workbook.shortyears import in_full
from review.workbook.slots import Slots

SCHEMA = pa.schema(
    [
        ("case_id", pa.string()), ("respondent_id", pa.string()), ("step", pa.string()), ("status", pa.string()), ("done_on", pa.date32()),
        ("done_on_precision", pa.string()), ("raw", pa.string()), ("blank_counted", pa.bool_()), ("sheet", pa.string()),
        ("row", pa.int32()), ("column", pa.string()),
    ]
)  # fmt: skip


@dataclass(frozen=True)
class _State:
    status: str
    on: ParsedDate | None
    raw: str | None
    blank_counted: bool = False
    problem: str | None = None


def tabulate_steps(
    cells: Cells, slots: Slots, groups: list[list[int]], cases: list[Case], ids: list[str], book: CaseBook, rejects: Rejects
) -> list[pa.Table]:
    """The steps that the sheet tells of, none or one table. ``cases[g]`` is the case of group g, ``ids[k]`` the id of slot k."""
    if not groups:
        return []
    present = [s for s in steps().values() if cells.has(s.name) or cells.has(f"{s.name}_on")]
    if not present:
        return []
    slots_of: list[list[int]] = [[] for _ in groups]
    for k, g in enumerate(slots.case):
        slots_of[g].append(k)
    readers = [_Reader(cells, step, book, rejects) for step in present]
    return [_table(cells, readers, [one.rows(slots, groups, cases, ids, slots_of) for one in readers])]


def _table(cells: Cells, readers: list["_Reader"], rows: list[tuple[list[int], list[str], list[str | None]]]) -> pa.Table:
    """The rows of all steps as one table: a short ledger would spend most of its time on a table a step."""
    states, codes = [], []
    for one, (row, _, _) in zip(readers, rows, strict=True):
        codes.append(one.codes[np.asarray(row, dtype=np.int64)] + len(states))
        states += one.states
    counts = [len(row) for row, _, _ in rows]
    at = pa.array(np.concatenate(codes))
    step = pa.array(np.repeat(np.arange(len(readers)), counts))
    return pa.table(
        [
            pa.array([c for _, case, _ in rows for c in case], pa.string()),
            pa.array([p for _, _, person in rows for p in person], pa.string()),
            pa.array([one.step.name for one in readers], pa.string()).take(step),
            pa.array([s.status for s in states], pa.string()).take(at),
            pa.array([s.on.value if s.on else None for s in states], pa.date32()).take(at),
            pa.array([s.on.precision if s.on else None for s in states], pa.string()).take(at),
            pa.array([s.raw for s in states], pa.string()).take(at),
            pa.array([s.blank_counted for s in states], pa.bool_()).take(at),
            pa.array([cells.label] * sum(counts), pa.string()),
            pa.array([cells.sheet_row(i) for row, _, _ in rows for i in row], pa.int32()),
            pa.array([(one.flag or one.date).letter for one in readers], pa.string()).take(step),
        ],
        schema=SCHEMA,
    )


class _Reader:
    def __init__(self, cells: Cells, step: Step, book: CaseBook, rejects: Rejects):
        self.cells, self.step, self.book = cells, step, book
        self.flag = cells.columns.get(step.name)
        self.date = cells.columns.get(f"{step.name}_on")
        self.asked = self.date is not None and self.date.position in cells.asked
        self.blank_is_no = any(c is not None and c.blank_means == "not_done" for c in (self.flag, self.date))
        flags, dates = cells.values(step.name), cells.values(f"{step.name}_on")
        # Row by row: number of the distinct pair of texts.
        first, self.codes = combine([Coded(flags).codes, Coded(dates).codes])
        known = [(flags[i], dates[i]) for i in first]
        self.states = [self._state(flag, on) for flag, on in known]
        self.blank = known.index((None, None)) if (None, None) in known else -1
        self._reject(rejects)

    def _state(self, flag: str | None, on: str | None) -> _State:
        raw = "；".join(t for t in (flag, on) if t is not None) or None
        said = parse_flag(flag)
        dated = self.book.date(on)
        # A date column is also used for 否, √ or 已送达.
        word = parse_flag(on) if dated.state == "unreadable" else None
        day = self.book.day(on)
        found = day if day.value else said.on if said.on and said.on.value else word.on if word and word.on and word.on.value else None
        problem = None
        if dated.state == "unreadable" and word.status not in ("done", "not_done", "not_applicable") or dated.state == "date":
            problem = None if self.asked and in_full(on) else day.problem
        status = said.status
        if status == "blank":
            status = {"date": "done", "unreadable": word.status if word else "unclear"}.get(dated.state, dated.state)
            status = "unclear" if status == "blank" and raw is not None and dated.state == "unreadable" else status
        elif status == "not_done" and dated.value:
            status = "unclear"
        elif status == "unclear" and dated.value:
            status = "done"
        if status == "blank" and self.blank_is_no:
            return _State("not_done", None, raw, True)
        return _State(status, found, raw, False, problem)

    def _reject(self, rejects: Rejects) -> None:
        bad = np.asarray([s.problem is not None for s in self.states])
        if self.date is None or not bad.any():
            return
        raw = self.cells.raw[self.date.field]
        for i in np.flatnonzero(bad[self.codes]):
            if raw[i] is not None:
                rejects.cell(self.cells.label, self.cells.sheet_row(int(i)), self.date, raw[i], self.states[self.codes[i]].problem)

    def rows(self, slots: Slots, groups, cases: list[Case], ids: list[str], slots_of) -> tuple[list[int], list[str], list[str | None]]:
        """Row, case and respondent of every row of the step: None for the whole case where it is told once."""
        if self.step.scope == "respondent" and all(slots_of):
            return slots.row, [cases[g].case_id for g in slots.case], ids
        order = np.fromiter((i for rows in groups for i in rows), dtype=np.int64)
        starts = np.concatenate(([0], np.cumsum([len(rows) for rows in groups])[:-1])).astype(np.int64)
        codes = self.codes[order]
        told = codes != self.blank
        lowest = np.minimum.reduceat(np.where(told, codes, len(self.states)), starts)
        highest = np.maximum.reduceat(np.where(told, codes, -1), starts)
        first = np.minimum.reduceat(np.where(told, np.arange(len(order)), len(order)), starts)
        place = order[np.where(first < len(order), first, starts)]
        once = (highest <= lowest) & (self.step.scope == "case")
        row: list[int] = []
        case: list[str] = []
        person: list[str | None] = []
        for g, (alone, at) in enumerate(zip(once.tolist(), place.tolist(), strict=True)):
            people = () if alone else slots_of[g]
            row += [slots.row[k] for k in people] or [at]
            case += [cases[g].case_id] * (len(people) or 1)
            person += [ids[k] for k in people] or [None]
        return row, case, person
