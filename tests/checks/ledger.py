"""Ledgers for the case tables: text with | between the cells becomes a workbook, is read and loaded like any other ledger."""

import io
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl

FOLDER = Path(__file__).parent
COUNTY, NUMBER = "县区", "案件编号"
HEADER_OF_LIST = ["县区", "案件编号", "承办单位", "问题类别", "问题名称", "系统判断", "核实结论", "整改状态", "整改情况", "反馈日期"]


@dataclass(frozen=True)
class Example:
    """One case of a table. expect: a verdict for all units, or by respondent name, case title (案件: every case) or county.

    params: thresholds and local standards that this example sets; the others keep their defaults. before: the same cases as an
    earlier ledger told them, loaded first. earlier: lines of a 问题清单 of an earlier review (HEADER_OF_LIST); run: checks that
    have run before.
    """

    check: str
    name: str
    why: str
    expect: str | dict[str, str]
    ledger: str
    complete: str = "yes"
    blank: tuple[str, ...] = ()
    says: str | None = None
    alone: bool = False
    params: dict = field(default_factory=dict)
    before: str = ""
    earlier: str = ""
    run: tuple[str, ...] = ()
    number: int = field(default=0, compare=False)

    @property
    def sheet(self) -> str:
        """Name of its sheet."""
        return f"{self.check}-{self.number:02d}{self.name}"[:31]

    @property
    def verdicts(self) -> set[str]:
        """Verdicts expected in this example."""
        return {self.expect} if isinstance(self.expect, str) else set(self.expect.values())

    def rows(self) -> list[list[str]]:
        """Header and rows, with the county and a case number of this example where the table does not give them."""
        lines = [line for line in self.ledger.strip("\n").split("\n") if line.strip()]
        header, rows = _cells(lines[0]), []
        for line in lines[1:]:
            repeated = re.match(r"(\d+)× ", line)
            count, text = (int(repeated[1]), line[repeated.end() :]) if repeated else (1, line)
            rows += [_cells(text.replace("{n}", str(len(rows) + n + 1))) for n in range(count)]
        if COUNTY not in header:
            header, rows = [COUNTY, *header], [["甲县", *row] for row in rows]
        if NUMBER not in header:
            title = header.index("案件名称")
            numbers, last = [], 0
            for position, row in enumerate(rows):
                last = last + 1 if row[title] or position == 0 else last
                numbers.append(f"{self.check}-{self.number:02d}-{last:02d}")
            header, rows = [NUMBER, *header], [[n, *row] for n, row in zip(numbers, rows, strict=True)]
        return [header, *rows]


def examples(check_id: str) -> list[Example]:
    """The examples of tests/checks/<id>.toml."""
    table = tomllib.loads((FOLDER / f"{check_id}.toml").read_text(encoding="utf-8"))
    return [
        Example(check_id, number=n, **(case | {k: tuple(case.get(k, ())) for k in ("blank", "run")}))
        for n, case in enumerate(table["case"], start=1)
    ]


def workbook(chosen: list[Example]) -> bytes:
    """An .xlsx file with one sheet an example."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for example in chosen:
        sheet = book.create_sheet(example.sheet)
        for row in example.rows():
            sheet.append([cell or None for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def issue_list(chosen: list[Example]) -> bytes:
    """An .xlsx file with the earlier problems of the examples."""
    book = openpyxl.Workbook()
    book.active.append(HEADER_OF_LIST)
    for example in chosen:
        for line in example.earlier.strip("\n").split("\n"):
            book.active.append([cell or None for cell in _cells(line)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]
