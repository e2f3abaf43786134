"""Cells of a reading that somebody should look at: what could not be read, and what was written but not surely understood.

Cells of one column with the same text and the same doubt are one line, because they are corrected together.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from review.vocabulary.labels import label
from review.workbook.columns import MEASURE_FIELDS
from review.workbook.reading import LedgerReading

_MEASURES = ("measures", *sorted(MEASURE_FIELDS - {"measures"}), "people")
_RETRY = "请改写为台账通常的写法；看不出的不必更正，相应的检查列为待核。"
_LONGEST = 20_000  # doubtful cells that are told one by one


@dataclass(frozen=True)
class Doubt:
    """``rows`` (from 1) of one column hold the same text ``raw`` and raise the same doubt.

    sheet: the table as rejects name it, workbook_sheet: the sheet of the workbook it is on; column: letter, None where the whole row is
    meant and nothing can be corrected; what: what the column tells; rejected: not read at all, else read with doubt; corrected: the
    cells were corrected and are still in doubt.
    """

    sheet: str
    workbook_sheet: str
    column: str | None
    header: str
    what: str
    raw: str
    reason: str
    advice: str
    rows: tuple[int, ...]
    rejected: bool
    corrected: bool = False

    @property
    def address(self) -> str:
        """The first cell, e.g. G3, and how many there are."""
        first = f"{self.column or '第'}{self.rows[0]}{'' if self.column else '行'}"
        return first if len(self.rows) == 1 else f"{first} 等 {len(self.rows)} 格"

    def cells(self, rows: Iterable[int] | None = None) -> list[tuple[str, int, str, str]]:
        """The cells as review.workbook.corrections takes them, all or those of ``rows``."""
        return [(self.workbook_sheet, row, self.column, self.raw) for row in (self.rows if rows is None else rows)] if self.column else []


def doubts(reading: LedgerReading) -> list[Doubt]:
    """Doubtful cells of a reading: what could not be read first, then by sheet, column and row."""
    return _Search(reading).run()


class _Search:
    def __init__(self, reading: LedgerReading):
        self.reading = reading
        self.of_sheet = {s.name: s.of_sheet or s.name for s in reading.sheets}
        self.columns: dict[str, dict[str, list[tuple[int, str, str]]]] = {}
        for c in reading.tables["import_columns"].to_pylist():
            if c["field"]:
                place = c["position"], c["column"], c["header"]
                self.columns.setdefault(c["sheet"], {}).setdefault(c["field"], []).append(place)
        self.field_at = {(s, column): f for s, by in self.columns.items() for f, places in by.items() for _, column, _ in places}
        self.fixed = {(c.sheet, c.row, c.column): c.text for c in reading.corrected}
        self.found: dict[tuple, dict] = {}
        self.told: set[tuple[str, int, str]] = set()

    def run(self) -> list[Doubt]:
        for reject in self.reading.rejects:
            if reject.row is None:
                continue
            self._add(
                reject.sheet, reject.row, reject.column, reject.header or "", reject.raw or "", reject.reason.partition("：")[2],
                reject.advice, True,
            )  # fmt: skip
        for sheet, row, fields, reason, written in self._uncertain():
            cell = self._cell(sheet, row, fields, written)
            if cell and (sheet, cell[0], cell[1]) not in self.told:
                self._add(sheet, *cell, reason, _RETRY, False)
        found = (Doubt(**d | {"rows": tuple(d["rows"])}) for d in self.found.values())
        return sorted(found, key=lambda d: (not d.rejected, d.sheet, len(d.column or ""), d.column or "", d.rows[0]))

    def _add(self, sheet: str, row: int, column: str | None, header: str, raw: str, reason: str, advice: str, rejected: bool) -> None:
        key = sheet, column, raw, reason, rejected
        if column:
            self.told.add((sheet, row, column))
        found = self.found.get(key)
        if found:
            if row not in found["rows"][-1:]:
                found["rows"].append(row)
            return
        name = self.field_at.get((sheet, column))
        self.found[key] = {
            "sheet": sheet, "workbook_sheet": self.of_sheet.get(sheet, sheet), "column": column, "header": header,
            "what": label("field", name) if name else header, "raw": raw, "reason": reason, "advice": advice, "rows": [row],
            "rejected": rejected, "corrected": (sheet, row, column) in self.fixed,
        }  # fmt: skip

    def _uncertain(self) -> Iterable[tuple[str, int, tuple[str, ...], str, str | None]]:
        """(table, row, fields of the columns it may stand in, doubt, text) of every value that was written and not surely understood."""
        people, cases, steps = (self.reading.tables[n] for n in ("respondents", "cases", "steps"))
        unknown = [pc.equal(people[n], "unknown") for n in ("tier", "role")]
        asked = (
            (people, "unit_post_raw", pc.or_(*unknown), ("unit_post", "post_then", "unit", "people"), "没有读出单位的层级或职务的角色"),
            (people, "responsibility_raw", pc.is_in(people["responsibility"], pa.array(["unknown", "other"])),
             ("responsibility", "people"), "没有读出是哪一类责任"),
            (people, "measures_raw", pc.invert(pc.fill_null(people["measures_complete"], False)), _MEASURES, "问责方式没有全部读懂"),
            (people, "decided_on_raw", pc.is_null(people["decided_on"]), ("decided_on", "people"), "没有读出日期"),
            (people, "rank_raw", pc.is_null(people["rank"]), ("rank",), "没有读出职级"),
            (people, "politics_raw", pc.is_null(people["politics"]), ("politics",), "没有读出政治面貌"),
            (people, "period_end_raw", pc.equal(people["period_state"], "unreadable"), ("period_end",), "没有读出影响期"),
            (cases, "circumstance_raw", pc.is_null(cases["circumstance"]), ("circumstance",), "没有读出是哪一项问责情形"),
            (cases, "admin_level_raw", pc.is_null(cases["admin_level"]), ("admin_level",), "没有读出案件层级"),
        )  # fmt: skip
        for table, raw, doubtful, fields, reason in asked:
            hit = table.select(["sheet", "row", raw]).filter(pc.fill_null(pc.and_(pc.is_valid(table[raw]), doubtful), False))
            for sheet, row, written in zip(*(hit[n].to_pylist()[:_LONGEST] for n in ("sheet", "row", raw)), strict=True):
                yield sheet, row, fields, reason, written
        unclear = steps.filter(pc.equal(steps["status"], "unclear"))
        for sheet, row, step in zip(*(unclear[n].to_pylist()[:_LONGEST] for n in ("sheet", "row", "step")), strict=True):
            yield sheet, row, (step, f"{step}_on"), "没有读出是否履行", None

    def _cell(self, sheet: str, row: int, fields: tuple[str, ...], written: str | None) -> tuple[int, str, str, str] | None:
        """(row, letter, header, text) of the cell of these fields that holds the text ``written``, else of the first filled one, over a
        blank that was filled from above. Where a row has columns for several people, only the text tells whose cell is meant."""
        first = None
        line = self._lines().get((sheet, row))
        if line is None:
            return None
        for position, letter, header in (place for name in fields for place in self.columns.get(sheet, {}).get(name, ())):
            origin = json.loads(line["filled"]).get(str(position)) if line["filled"] else None
            raw = self._lines().get((sheet, origin), line)["raw"] if origin else line["raw"]
            at = origin or row
            text = self.fixed.get((sheet, at, letter), raw[position - 1] if position <= len(raw) else None)
            if text is not None and text == written:
                return at, letter, header, text
            if text is not None and first is None:
                first = at, letter, header, text
        return first

    def _lines(self) -> dict[tuple[str, int], dict]:
        """Rows of the ledger by table and row, made when the first doubt asks."""
        if not hasattr(self, "_rows"):
            rows = self.reading.tables["ledger_rows"]
            rows = rows.filter(pc.is_in(rows["kind"], pa.array(["data", "reject"]))).select(["sheet", "row", "raw", "filled"])
            self._rows = {(r["sheet"], r["row"]): r for r in rows.to_pylist()}
        return self._rows
