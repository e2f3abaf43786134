"""A ledger file as tidy tables: sheets, columns, cases, respondents, measures, steps, rejects. Nothing is written to the database here."""

import gc
import json
import re
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
import pyarrow as pa

from review.errors import LedgerError
from review.settings import ImportLimits, load_settings
from review.vocabulary.terms import fields
from review.workbook.blocks import side_by_side
from review.workbook.cases import DATES, CaseBook
from review.workbook.cells import Cells, column_of
from review.workbook.codes import CodeList, code_lists, decode
from review.workbook.columns import MEASURE_FIELDS, Column, LedgerChoices, Question, is_case_table, map_columns
from review.workbook.corrections import Corrected, as_written, correct
from review.workbook.counties import counties_of_rows, county_of_file, county_of_sheet
from review.workbook.files import read_file
from review.workbook.forms import read_form
from review.workbook.grid import Grid, read_workbook
from review.workbook.grouping import group_rows
from review.workbook.kept import column_table, filled_down
from review.workbook.layout import SheetLayout, Table, read_layout
from review.workbook.notices import hidden_parts
from review.workbook.persons import people_notice
from review.workbook.preview import first_people
from review.workbook.procedure import SCHEMA as STEPS_SCHEMA
from review.workbook.procedure import tabulate_steps
from review.workbook.progress import PARSING, Cancelled, Progress, Watch
from review.workbook.rejects import KEPT, Reject, Rejects
from review.workbook.respondents import tabulate
from review.workbook.shortyears import short_years
from review.workbook.slots import find_people, people_of_groups
from review.workbook.splitdates import gather_dates
from review.workbook.stated import blank_is_unknown
from review.workbook.ticks import gather_ticks

__all__ = ["LedgerChoices", "LedgerReading", "SheetReport", "read_ledger"]

# Rows whose cells are laid out for the store at a time.
_ROWS_AT_ONCE = 50_000
_GUIDES = re.compile(r"填表说明|填报说明|填写说明|示例|样例|样表|封面|目录|代码|字典|码表|下拉|选项|通讯录")
# Facts that a column also tells, although another column is the usual place.
_ALSO = {
    "unit_post": ("unit", "post"),
    "unit": ("unit_post",),
    "post_then": ("unit_post", "post"),
    "post_now": ("unit_post", "post"),
    **{f: ("measures",) for f in MEASURE_FIELDS},
    "people": ("name", "unit_post", "unit", "post", "measures"),
}


@dataclass(frozen=True)
class SheetReport:
    """A sheet (or one of several tables in it). status: read or skipped, with the reason; header_rows count from 1;
    blanks: {key of a step column: empty cells}; of_sheet: the workbook's name of the sheet that a read table is on."""

    name: str
    hidden: bool
    status: str
    reason: str
    rows: int
    header_rows: tuple[int, ...] = ()
    layout: str = ""
    columns: tuple[Column, ...] = ()
    cases: int = 0
    respondents: int = 0
    totals: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    blanks: dict[str, int] = field(default_factory=dict)
    of_sheet: str = ""


@dataclass
class LedgerReading:
    """Everything that a file says, ready for a preview and for the store.

    tables: pyarrow tables cases, respondents, measures, steps, ledger_rows, import_columns, import_fields without import_id.
    corrected: cells that were read with a correction (``choices.corrections``); content: the bytes of the file.
    blank_stated: the file itself says that a blank means unknown.
    """

    file_name: str
    sha256: str
    size: int
    choices: LedgerChoices
    sheets: list[SheetReport]
    tables: dict[str, pa.Table]
    rejects: list[Reject]
    questions: list[Question]
    row_count: int
    corrected: list[Corrected] = field(default_factory=list)
    content: bytes = b""
    blank_stated: bool = False

    @cached_property
    def first_rows(self) -> list[dict]:
        """The first twenty respondents for the preview, ``doubtful`` naming what was written but not understood."""
        return first_people(self.tables)

    @property
    def case_count(self) -> int:
        return self.tables["cases"].num_rows

    @property
    def respondent_count(self) -> int:
        return self.tables["respondents"].num_rows

    @property
    def reject_count(self) -> int:
        return len(self.rejects)


def read_ledger(
    source: Path | str | bytes,
    name: str | None = None,
    choices: LedgerChoices | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> LedgerReading:
    """Read a ledger file. ``name``: the file name to show (that of the path by default); ``choices``: what the user answered;
    ``progress`` and ``cancelled``: see review.workbook.progress.

    Raises LedgerError when the file is no readable workbook or holds no table of cases; the message says what was found in each sheet;
    LoadCancelled when ``cancelled`` says so.
    """
    watch = Watch(progress, cancelled)
    watch.file(name or ("台账" if isinstance(source, bytes) else Path(source).name))
    return read_watched(source, name, choices, watch)


def read_watched(
    source: Path | str | bytes, name: str | None, choices: LedgerChoices | None, watch: Watch, limits: ImportLimits | None = None
) -> LedgerReading:
    """read_ledger for a watch that goes on watching after the reading."""
    limits = limits or load_settings().import_limits
    with _no_collection():
        content, name = read_file(source, name, limits)
        book = read_workbook(content, name, limits, watch)
        # It makes a LedgerReading itself, so it can't be imported before there is one.
        from review.workbook.earlier_issues import is_issue_list, read_issue_list

        if is_issue_list(book):
            return read_issue_list(book, choices or LedgerChoices(), content)
        return replace(_Reader(book, choices or LedgerChoices(), watch).read(), content=content)


@contextmanager
def _no_collection():
    """Millions of new cells that all stay make the cycle collector run for nothing: a tenth of the time of a long ledger."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Reader:
    def __init__(self, book, choices: LedgerChoices, watch: Watch):
        self.choices, self.watch = choices, watch
        self.book, self.corrections = correct(book, choices.corrections)
        self.of_sheet: dict[str, str] = {}  # part of a sheet -> the workbook's name of the sheet
        self.corrected: list[Corrected] = []
        self.rejects = Rejects()
        self.cases = CaseBook(book.date1904, frozenset().union(*(g.numeric for g in book.grids)))
        self.codes: list[CodeList] = []
        self.equal: Counter = Counter()
        self.parts: dict[str, list[pa.Table]] = {n: [] for n in ("respondents", "measures", "steps", "ledger_rows")}
        self.sheets: list[SheetReport] = []
        self.questions: list[Question] = []
        self.fields: dict[tuple[str, str], None] = {}
        self.columns: list[tuple[str, Column, str]] = []
        self.row_count = 0
        self.blank_stated = False

    def read(self) -> LedgerReading:
        found = []
        for number, grid in enumerate(self.book.grids):
            self.watch.tell(PARSING, 0.2 * number / len(self.book.grids), grid.name)
            for part in side_by_side(grid):
                self.of_sheet[part.name] = grid.name
                found.append(self._look(part))
        self.codes = code_lists(self.book.grids)
        ledgers = [g.name for g, _, tables, _ in found if tables]
        plain = [n for n in ledgers if not _GUIDES.search(n)]
        # A blank ledger beside its guide is a blank ledger, and the guide no ledger.
        plain = plain or [g.name for g, layout, _, _ in found if layout.tables and not _GUIDES.search(g.name)]
        self.blank_stated = blank_is_unknown(self.book.grids)
        for grid, layout, tables, reason in found:
            if tables and plain and grid.name not in plain:
                tables, reason = [], f"工作表名为“{grid.name}”，按填表说明或示例处理，没有读入"
            if tables:
                self._read_sheet(layout, tables)
            else:
                self._skip(grid, layout, reason)
        if not any(s.status == "read" for s in self.sheets):
            seen = "；".join(f"“{s.name}”：{s.reason}" for s in self.sheets)
            raise LedgerError(
                f"文件“{self.book.name}”里没有找到问责台账的表格（{seen}）。",
                "台账应有一行表头（如 案件名称、姓名、单位及职务、问责方式），表头在前 30 行之内。请检查后重新导入，或下载空白模板填写。",
            )
        self.watch.tell(PARSING, 1.0)
        tables = {n: pa.concat_tables(p) if p else None for n, p in self.parts.items()}
        tables["steps"] = tables["steps"] if tables["steps"] is not None else STEPS_SCHEMA.empty_table()
        tables["cases"] = self.cases.table(self.choices.complete, self.choices.ledger_kind)
        tables["import_columns"] = column_table(self.columns)
        tables["import_fields"] = pa.table(
            {"sheet": pa.array([s for s, _ in self.fields], pa.string()), "field": pa.array([f for _, f in self.fields], pa.string())}
        )
        return LedgerReading(
            self.book.name,
            self.book.sha256,
            self.book.size,
            self.choices,
            self.sheets,
            tables,
            self.rejects.all(),
            self.questions,
            self.row_count,
            self.corrected,
            blank_stated=self.blank_stated,
        )

    def _look(self, grid: Grid) -> tuple[Grid, SheetLayout, list[tuple[Table, list[Column], list[Question]]], str]:
        layout = read_form(grid) or read_layout(grid)
        grid = layout.grid
        if grid.problem:
            return grid, layout, [], grid.problem
        if not grid.height:
            return grid, layout, [], "空工作表"
        tables, reasons = [], []
        layout.told += gather_ticks(layout) + gather_dates(layout)
        grid = layout.grid
        for table in layout.tables:
            columns, questions = map_columns(grid, table, self.choices)
            reason = is_case_table(columns, grid, table)
            if reason is None:
                tables.append((table, columns, questions))
            else:
                reasons.append(reason)
                for row in table.rows:
                    layout.kinds[row] = "skipped"
        if not layout.tables:
            reasons.append("前 30 行内没有认出台账的表头")
        return grid, layout, tables, "；".join(dict.fromkeys(reasons))

    def _skip(self, grid: Grid, layout: SheetLayout, reason: str) -> None:
        kinds = [k and "skipped" for k in layout.kinds]
        self.sheets.append(SheetReport(grid.name, grid.hidden, "skipped", reason, sum(k is not None for k in kinds)))
        self._keep_rows(grid, grid.name, kinds, 0, grid.height, {}, {})

    def _read_sheet(self, layout: SheetLayout, tables) -> None:
        grid = layout.grid
        for n, (table, columns, questions) in enumerate(tables):
            start = 0 if n == 0 else table.header_rows[0]
            end = tables[n + 1][0].header_rows[0] if n + 1 < len(tables) else grid.height
            label = table.label = grid.name if n == 0 else table.label
            self._read_table(layout, table, columns, (start, end))
            self.questions += [q for q in questions if q.kind != "blank" or not self.blank_stated]
            self.columns += [(label, column, table.layout) for column in columns]
            self._damaged(grid, columns, label, start, end)

    def _read_table(self, layout: SheetLayout, table: Table, columns: list[Column], span: tuple[int, int]) -> None:
        grid, label, kinds = layout.grid, table.label, layout.kinds
        codes, notices, asked_codes = decode(grid, table, columns, self.codes, label)
        full, questions, asked = short_years(grid, table, columns, self.choices)
        self.questions += asked_codes + questions
        self.rejects.places |= {(label, *cell): place for cell, place in layout.places.items()}
        cells = Cells(grid, table, columns, label, codes | full)
        cells.asked = asked
        notices += (layout.told if table is layout.tables[0] else []) + people_notice(columns) + self._dittos(cells, columns)
        groups = group_rows(cells)
        self._tell(label, 0.1)
        slots = find_people(cells, groups, self.rejects)
        self._tell(label, 0.3, cells.count)
        place = (county_of_sheet(grid.name), "sheet") if county_of_sheet(grid.name) else (county_of_file(self.book.name), "file")
        people: dict[int, str] = {}
        if not cells.has("case_no") or None in cells.values("case_no"):
            people = people_of_groups(cells, slots)
        cases = self.cases.add_all(cells, groups, counties_of_rows(table.sections, [table.rows[g[0]] for g in groups], place), people)
        found = tabulate(cells, slots, [cases[g] for g in slots.case], self.cases, self.equal, self.rejects)
        self._tell(label, 0.7, cells.count)
        self.parts["respondents"].append(found.respondents)
        self.parts["measures"].append(found.measures)
        self.parts["steps"] += tabulate_steps(cells, slots, groups, cases, found.ids, self.cases, self.rejects)
        self.cases.reject_dates(cells, self.rejects, (*DATES, "decided_on", "promotion_on"), slots.shared("decided_on"))
        for i in slots.rejected - set(slots.row):
            kinds[table.rows[i]] = "reject"
        owner = {table.rows[i]: cases[g].case_id for g, group in enumerate(groups) for i in group}
        self._keep_rows(layout.source or grid, label, kinds, *span, owner, {} if layout.places else filled_down(cells, groups))
        self.row_count += cells.count
        self._tell_fields(cells, slots, place, bool(table.sections))
        steps = {c.key: sum(1 for t in cells.raw[f] if t is None) for f, c in cells.columns.items() if _is_step(f)}
        rows = range(*span)
        self.sheets.append(
            SheetReport(
                label,
                grid.hidden,
                "read",
                "；".join(hidden_parts(layout.source or grid) + notices),
                cells.count,
                tuple(r + 1 for r in table.header_rows),
                table.layout,
                tuple(columns),
                len({c.case_id for c in cases}),
                len(slots.row),
                tuple(r + 1 for r in rows if kinds[r] == "total"),
                tuple(r + 1 for r in rows if kinds[r] == "note"),
                {h: n for h, n in steps.items() if n},
                self.of_sheet[grid.name],
            )
        )

    def _dittos(self, cells: Cells, columns: list[Column]) -> list[str]:
        """Cells that only say 同上: those with nothing above are rejects, the others are mentioned column by column."""
        for column, i, text in cells.pointless:
            words = f"写的是“{text.strip()}”，但上一格没有内容，不知道是什么，按未知处理"
            self.rejects.cell(cells.label, cells.sheet_row(i), column, text, words, "请写出这一格应有的内容后重新导入；" + KEPT)
        headed = {c.position: c for c in columns}
        return [
            f"{headed[position].letter}列“{headed[position].header}”有 {len(taken)} 格写“同上”，按上一格的内容读入"
            for position, taken in cells.taken.items()
        ]

    def _tell(self, label: str, part: float, rows: int = 0) -> None:
        """A step of the table at hand; one table counts as much as another, whatever its length."""
        done = sum(s.status == "read" for s in self.sheets)
        self.watch.tell(PARSING, 0.2 + 0.8 * (done + part) / max(len(self.book.grids), done + 1), label, rows)

    def _damaged(self, grid: Grid, columns: list[Column], label: str, start: int, end: int) -> None:
        headers = {c.position: c.header for c in columns}
        for cell in grid.damaged:
            if start <= cell.row < end:
                self.rejects.address(label, cell.row + 1, cell.column, headers.get(cell.column), cell.raw, cell.reason, cell.advice)

    def _tell_fields(self, cells: Cells, slots, place: tuple[str | None, str], in_sections: bool) -> None:
        told = set(cells.columns)
        for name in cells.columns:
            told.update(_ALSO.get(name, ()))
            if name.endswith("_on") and _is_step(name):
                told.add(name[:-3])
        if slots.responsibility_in_text:
            told.add("responsibility")
        if place[0] or in_sections:
            told.add("county")
        self.fields.update(dict.fromkeys((cells.label, f) for f in sorted(told)))

    def _keep_rows(
        self, grid: Grid, label: str, kinds, start: int, end: int, owner: dict[int, str], filled: dict[int, dict[str, int]]
    ) -> None:
        kept = [r for r in range(start, end) if kinds[r] is not None]
        here, columns = as_written(grid, self.corrections, self.of_sheet[grid.name], start, end) if kept else ([], [])
        self.corrected += [replace(c, sheet=label) for c in here]
        for first in range(0, len(kept), _ROWS_AT_ONCE):
            rows = kept[first : first + _ROWS_AT_ONCE]
            whole = rows[-1] - rows[0] + 1 == len(rows)
            cells = [column[rows[0] : rows[-1] + 1] if whole else [column[r] for r in rows] for column in columns]
            flat = pa.array(list(chain.from_iterable(zip(*cells, strict=True))), pa.string())
            ends = np.arange(len(rows) + 1, dtype=np.int32) * len(columns)
            self.parts["ledger_rows"].append(
                pa.table(
                    {
                        "sheet": pa.array([label] * len(rows), pa.string()),
                        "row": pa.array([r + 1 for r in rows], pa.int32()),
                        "kind": pa.array([kinds[r] for r in rows], pa.string()),
                        "case_id": column_of([owner.get(r) for r in rows], pa.string()),
                        "raw": pa.ListArray.from_arrays(pa.array(ends), flat),
                        "filled": column_of([json.dumps(filled[r]) if r in filled else None for r in rows], pa.string()),
                    }
                )
            )


def _is_step(name: str) -> bool:
    return fields()[name].step is not None
