"""Cases of a file: what identifies one, its own texts, and its row in the table of cases."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from review.workbook.casewords import parse_admin_level, parse_circumstance, parse_domain
from review.workbook.cells import Cells, Coded, column_of
from review.workbook.dates import ParsedDate, last_day, one_day, parse_date
from review.workbook.flags import parse_flag
from review.workbook.looks import bare_number
from review.workbook.rejects import Rejects
from review.workbook.shortyears import in_full
from review.workbook.slots import said
from review.workbook.spans import Span, parse_span
from review.workbook.teams import parse_team

TEXTS = ("title", "reason", "handling_unit", "deciding_organ", "source", "consequence", "legal_basis", "approver", "rectification")
FLAGS = ("superior_assigned", "leader_instruction", "public_opinion")
DATES = ("started_on", "closed_on", "behaviour_on")
PARSED = {
    "admin_level": (parse_admin_level, pa.string()),
    "circumstance": (parse_circumstance, pa.int32()),
    "domain": (parse_domain, pa.string()),
}
VALUES = (*TEXTS, *FLAGS, *DATES, *PARSED, "team")


@dataclass
class Case:
    """A case of the file. ``row`` and ``last_row`` count from 1; ``values`` are raw texts by field."""

    case_id: str
    case_no: str | None
    county: str | None
    county_origin: str | None
    sheet: str
    row: int
    last_row: int
    values: dict[str, str]
    respondents: int = 0
    decided: tuple[ParsedDate, str] | None = None
    places: dict[str, tuple[Cells, int]] = field(default_factory=dict)

    @property
    def case_key(self) -> str:
        """What tickets are drawn by."""
        return self.case_no or f"无号-{self.case_id[1:9]}"


def digest(*parts: str | int | None, length: int = 12) -> str:
    """First hex digits of SHA-256 over the parts joined by a bar."""
    return hashlib.sha256("|".join(["" if p is None else str(p) for p in parts]).encode()).hexdigest()[:length]


def _first(values: list[str | None], group: list[int]) -> str | None:
    for i in group:
        if values[i] is not None:
            return values[i]
    return None


class CaseBook:
    """All cases of a file in the order met; the same number and county in two places is one case."""

    def __init__(self, date1904: bool, numeric: frozenset[str]):
        self.cases: dict[str, Case] = {}
        self._met: Counter = Counter()
        self._date1904 = date1904
        self._numeric = numeric
        self._dates: dict[str, ParsedDate] = {}

    def date(self, text: str | None) -> ParsedDate:
        """A date cell, parsed once."""
        if text not in self._dates:
            self._dates[text] = parse_date(text, self._date1904, text in self._numeric)
        return self._dates[text]

    def day(self, text: str | None) -> ParsedDate:
        """The cell of something that happened on one day: of a stretch of time only the month or year is sure."""
        return one_day(self.date(text), text)

    def span(self, text: str | None) -> Span:
        """A cell with a stretch of time."""
        return parse_span(text, self._date1904, text in self._numeric)

    def add_all(
        self, cells: Cells, groups: list[list[int]], counties: Sequence[tuple[str | None, str | None]], people: dict[int, str]
    ) -> list[Case]:
        """The case of each group of rows. ``counties``: for each (county of section, sheet or file, origin) where the column says nothing;
        ``people``: who a group is about. A case without a number is told by county, title and people, so that two matters of one
        everyday title in two ledgers stay two cases."""
        columns = [(f, cells.values(f)) for f in VALUES if cells.has(f)]
        return [self._add(cells, group, counties[g], people.get(g, ""), columns) for g, group in enumerate(groups)]

    def _add(self, cells: Cells, group: list[int], county: tuple[str | None, str | None], people: str, columns) -> Case:
        stated = said(_first(cells.values("county"), group))
        place, origin = (stated, "column") if stated else county
        numbers = cells.values("case_no")
        number = next((numbers[i].strip() for i in group if numbers[i] and not bare_number(numbers[i])), None)
        number = said(number)
        values = {f: text for f, column in columns if (text := _first(column, group)) is not None}
        if number:
            case_id = "c" + digest(place, number)
        else:
            told_by = place, (values.get("title") or values.get("reason") or "").strip(), people
            self._met[told_by] += 1
            case_id = "c" + digest(*told_by, self._met[told_by])
        row, last = cells.sheet_row(group[0]), cells.sheet_row(group[-1])
        case = self.cases.get(case_id)
        if case is None:
            case = self.cases[case_id] = Case(case_id, number, place, origin if place else None, cells.label, row, last, values)
        else:
            case.values = values | case.values
            if case.sheet == cells.label:
                case.row, case.last_row = min(case.row, row), max(case.last_row, last)
        return case

    def decided(self, case: Case, text: str | None) -> None:
        """One respondent's decision date: the case takes the single one, else the latest."""
        parsed = self.day(text)
        if parsed.value is None:
            return
        if case.decided is None or (parsed.end or parsed.value) > (case.decided[0].end or case.decided[0].value):
            case.decided = parsed, text

    def table(self, complete: str, ledger_kind: str) -> pa.Table:
        """Rows for the table cases, without import_id."""
        cases = list(self.cases.values())
        out: dict[str, pa.Array] = {
            "case_id": column_of([c.case_id for c in cases], pa.string()),
            "case_key": column_of([c.case_key for c in cases], pa.string()),
            "case_no": column_of([c.case_no for c in cases], pa.string()),
            "sheet": column_of([c.sheet for c in cases], pa.string()),
            "row": column_of([c.row for c in cases], pa.int32()),
            "last_row": column_of([c.last_row for c in cases], pa.int32()),
            "county": column_of([c.county for c in cases], pa.string()),
            "county_origin": column_of([c.county_origin for c in cases], pa.string()),
        }
        for name in TEXTS:
            out[name] = column_of([c.values.get(name) for c in cases], pa.string())
        for name, (parse, kind) in PARSED.items():
            coded = Coded([c.values.get(name) for c in cases])
            out[name] = coded.spread(coded.each(parse), kind)
            out[f"{name}_raw"] = coded.spread(coded.distinct, pa.string())
        for name in FLAGS:
            coded = Coded([c.values.get(name) for c in cases])
            statuses = [parse_flag(t).status for t in coded.distinct]
            out[name] = coded.spread([s if s in ("done", "not_done", "not_applicable") else None for s in statuses], pa.string())
        for name in DATES:
            texts = [c.values.get(name) for c in cases]
            out |= self.date_columns(name, texts)
        behaviour = [self.date(c.values.get("behaviour_on")) for c in cases]
        out["behaviour_end"] = column_of([last_day(p) for p in behaviour], pa.date32())
        coded = Coded([c.values.get("team") for c in cases])
        teams = coded.each(parse_team)
        out["team_raw"] = coded.spread(coded.distinct, pa.string())
        out["team_size"] = coded.spread([t.size for t in teams], pa.int32())
        out["team_told_by"] = coded.spread([t.told_by for t in teams], pa.string())
        out["decided_on"] = column_of([c.decided[0].value if c.decided else None for c in cases], pa.date32())
        out["decided_on_precision"] = column_of([c.decided[0].precision if c.decided else None for c in cases], pa.string())
        out["decided_on_raw"] = column_of([c.decided[1] if c.decided else None for c in cases], pa.string())
        out["complete"] = column_of([complete] * len(cases), pa.string())
        out["ledger_kind"] = column_of([ledger_kind] * len(cases), pa.string())
        out["respondent_count"] = column_of([c.respondents for c in cases], pa.int32())
        return pa.table(out)

    def date_columns(self, name: str, texts: list[str | None]) -> dict[str, pa.Array]:
        """Value, precision and raw text of a date field."""
        coded = Coded(texts)
        parsed = [self._of(name, t) for t in coded.distinct]
        return {
            name: coded.spread([p.value for p in parsed], pa.date32()),
            f"{name}_precision": coded.spread([p.precision for p in parsed], pa.string()),
            f"{name}_raw": coded.spread(coded.distinct, pa.string()),
        }

    def reject_dates(self, cells: Cells, rejects: Rejects, names: tuple[str, ...], shared: dict[int, list[str | None]]) -> None:
        """Dates of a table that can't be read, or only partly, cell by cell as written. ``shared``: by row, the dates of decision that
        one cell holds for several people; with each of them read nothing is open."""
        divided = {i for i, parts in shared.items() if len(parts) > 1 and all(t and self.day(t).problem is None for t in parts)}
        for name in names:
            for column, texts in cells.each_column(name):
                coded = Coded(texts)
                parsed = [self._of(name, t) for t in coded.distinct]
                asked = column.position in cells.asked
                for i in coded.rows_of([p.problem is not None for p in parsed]):
                    text = texts[i]
                    if not (asked and in_full(text)) and not (name == "decided_on" and int(i) in divided):
                        rejects.cell(cells.label, cells.sheet_row(int(i)), column, text, self._of(name, text).problem)

    def _of(self, name: str, text: str | None) -> ParsedDate:
        # When a matter happened may well be a stretch of time; its last day is kept beside it.
        return self.date(text) if name == "behaviour_on" else self.day(text)
