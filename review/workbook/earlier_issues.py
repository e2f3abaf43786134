"""An earlier 问题清单 dropped in among the ledgers: recognised by its headers and read as problems of an earlier review."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa

from review.vocabulary.terms import read_toml
from review.workbook.columns import LedgerChoices
from review.workbook.counties import county_of_file, county_of_sheet
from review.workbook.dates import ParsedDate, parse_date
from review.workbook.grid import Grid, Workbook
from review.workbook.headers import exact_field, plain, quick_test
from review.workbook.reading import LedgerReading, SheetReport, read_ledger
from review.workbook.rejects import Rejects
from review.workbook.slots import said

KIND = "问题清单"
HEADER_WITHIN = 30
OWN_AT_LEAST = 3
_CODE = re.compile(r"^\s*([ORPMUTD]\d{2})(?![0-9A-Za-z])")
_TOTAL = re.compile(r"^[合小总共]计[:：]?\d*[条项个件]?$")
_MARKS = re.compile(r"[^\w]+|_")
# A ledger with a column or two about problems is still a ledger: it tells what was done to people.
_OF_LEDGERS = ("measures", "people", "measures_party", "measures_administrative")
_TEXTS = ("case_no", "case_title", "county", "handling_unit", "respondent", "aspect", "problem", "issue_key")


@dataclass
class _Table:
    """A list in a sheet: row of its header (from 0) and the position of each field."""

    grid: Grid
    header: int
    at: dict[str, int]

    def text(self, row: int, name: str) -> str | None:
        """What a cell says, None for an empty one and for signs that state nothing."""
        return said(self.grid.columns[self.at[name]][row]) if name in self.at else None


@dataclass
class _Issue:
    sheet: str
    row: int
    texts: dict[str, str | None]
    status: str | None
    status_raw: str | None
    feedback: ParsedDate
    feedback_raw: str | None
    verdict: str | None
    conclusion: str | None

    @property
    def told_by(self) -> tuple:
        """The same problem in another sheet of the file is told by its check code, else by what it says."""
        return (self.texts["issue_key"],) if self.texts["issue_key"] else tuple(v for k, v in self.texts.items() if k != "county")


def is_issue_list(book: Workbook) -> bool:
    """Does a visible sheet have the headers of a 问题清单?"""
    return any(_find(grid) for grid in book.grids if not grid.hidden)


def read_issue_list(book: Workbook, choices: LedgerChoices, content: bytes = b"") -> LedgerReading:
    """A file that is_issue_list holds of, as a reading without cases: tables["earlier_issues"] has its problems, one a row.

    The same problem in two sheets (全部 and that of a county) is one; where both were filled in otherwise neither is believed and
    the cells are rejected.
    """
    rejects = Rejects()
    found: dict[tuple, _Issue] = {}
    sheets, rows, count = [], [], 0
    for grid in book.grids:
        table = None if grid.hidden else _find(grid)
        filled = grid.filled()
        kinds = {r: "skipped" for r, n in enumerate(filled) if n}
        if table is None:
            reason = "工作表是隐藏的" if grid.hidden else "没有问题清单的表头" if kinds else "空工作表"
            sheets.append(SheetReport(grid.name, grid.hidden, "skipped", reason, len(kinds)))
        else:
            kinds |= {r: "title" if r < table.header else "header" for r in kinds if r <= table.header}
            data = [r for r in kinds if r > table.header and _is_data(table, r, filled[r])]
            kinds |= dict.fromkeys(data, "data")
            for r in data:
                issue = _read(table, r, book, rejects)
                if issue is None:
                    kinds[r] = "reject"
                elif issue.told_by in found:
                    _join(found[issue.told_by], issue, table, rejects)
                else:
                    found[issue.told_by] = issue
            count += len(data)
            sheets.append(SheetReport(grid.name, grid.hidden, "read", "", len(data), (table.header + 1,)))
        rows += [(grid.name, r + 1, kind, grid.row(r)) for r, kind in kinds.items()]
    tables = _empty_tables() | {"ledger_rows": _row_table(rows), "earlier_issues": _issue_table(list(found.values()))}
    told = LedgerChoices(complete=choices.complete, ledger_kind=KIND)
    return LedgerReading(book.name, book.sha256, book.size, told, sheets, tables, rejects.all(), [], count, content=content)


def problem_check(name: str) -> str | None:
    """Check that looks for a problem of this name: by a code before it, by the title of the check, by a name in use; None unknown."""
    code = _CODE.match(name)
    if code and code[1] in read_problems():
        return code[1]
    return _problem_names().get(_bare(name))


@lru_cache(maxsize=1)
def _words() -> dict:
    return read_toml("issue_list")


@lru_cache(maxsize=1)
def read_problems() -> dict[str, list[str]]:
    """Names of problems by check id, the title of the check first."""
    return _words()["problems"]


@lru_cache(maxsize=1)
def _problem_names() -> dict[str, str]:
    return {_bare(word): check_id for check_id, words in read_problems().items() for word in words}


def _bare(text: str) -> str:
    return _MARKS.sub("", plain(_CODE.sub("", text)))


@lru_cache(maxsize=1)
def _headers() -> dict[str, str]:
    return {plain(word): name for name, words in _words()["headers"].items() for word in words}


@lru_cache(maxsize=1)
def _may_be_problem() -> Callable[[str], bool]:
    return quick_test(word for word, name in _headers().items() if name == "problem")


def _find(grid: Grid) -> _Table | None:
    own, headers = set(_words()["own"]["fields"]), _headers()
    texts = filter(_may_be_problem(), filter(None, {t for column in grid.columns for t in column[:HEADER_WITHIN]}))
    if not any(headers.get(plain(t)) == "problem" for t in texts if len(t) <= 40):
        return None
    for row in range(min(grid.height, HEADER_WITHIN)):
        at: dict[str, int] = {}
        others = []
        for position, column in enumerate(grid.columns):
            text = column[row]
            if text is None or len(text) > 40:
                continue
            name = headers.get(plain(text))
            if name:
                at.setdefault(name, position)
            else:
                others.append(text)
        if "problem" in at and len(own & at.keys()) >= OWN_AT_LEAST and not any(exact_field(t) in _OF_LEDGERS for t in others):
            return _Table(grid, row, at)
    return None


def _is_data(table: _Table, row: int, filled: int) -> bool:
    texts = [t for t in table.grid.row(row) if t is not None]
    if _TOTAL.match(re.sub(r"\s", "", texts[0])) or all(_headers().get(plain(t)) for t in texts):
        return False
    # A note or a signature below the table stands alone in its row.
    return filled > 1 or any(table.text(row, name) for name in ("problem", "case_no"))


def _read(table: _Table, row: int, book: Workbook, rejects: Rejects) -> _Issue | None:
    texts = {name: table.text(row, name) for name in _TEXTS if name != "issue_key"} | {"issue_key": table.text(row, "key")}
    if texts["problem"] is None:
        _reject(table, row, "problem", rejects, "问题名称空白，这一行没有读入", "请补填问题名称后重新导入；其他各行已读入。")
        return None
    texts["county"] = texts["county"] or county_of_sheet(table.grid.name) or county_of_file(book.name)
    if problem_check(texts["problem"]) is None:
        _reject(
            table, row, "problem", rejects,
            f"读到“{texts['problem']}”，对不上任何一条检查规则，已按原文保留，但不能用来判断问题是否再次出现",
            "如与某条规则是同一问题，请在问题名称前写上规则编号（如“P01 ”）后重新导入。",
        )  # fmt: skip
    if texts["handling_unit"] is None:
        advice = "请补填承办单位后重新导入；本行其余内容已读入。"
        _reject(table, row, "handling_unit", rejects, "承办单位空白，不知道是哪个单位的问题", advice)
    raw = table.text(row, "feedback_on")
    feedback = parse_date(raw, book.date1904, raw in table.grid.numeric)
    if feedback.problem:
        _reject(table, row, "feedback_on", rejects, feedback.problem, "请写成 2024-03-05 的样子后重新导入；本行其余内容已读入。")
    said_status = [t for name in ("status", "progress") if (t := table.text(row, name))]
    if (closed := table.text(row, "closed")) and parse_date(closed, book.date1904).value:
        said_status.append(f"销号 {closed}")
    status = next((s for t in said_status if (s := _status(t))), None)
    return _Issue(
        table.grid.name, row + 1, texts, status, "；".join(said_status) or None, feedback, raw,
        {"疑似问题": "suspect", "待核": "undetermined"}.get(table.text(row, "verdict") or ""), _conclusion(table.text(row, "conclusion")),
    )  # fmt: skip


def _status(text: str) -> str | None:
    flat = re.sub(r"\s", "", text)
    if flat in ("否", "未", "无"):
        return "not_rectified"
    if flat in ("是", "已"):
        return "rectified"
    entries = _words()["status"]
    return next((e["name"] for e in entries if any(word in flat for word in e["words"])), None)


def _conclusion(text: str | None) -> str | None:
    words = _words()["conclusion"]
    return next((name for name in words if text in words[name]), None)


def _join(known: _Issue, again: _Issue, table: _Table, rejects: Rejects) -> None:
    """One problem in two sheets: what only one of them tells holds; what they tell otherwise is known to nobody."""
    for name, mine, theirs in (("status", known.status, again.status), ("feedback_on", known.feedback.value, again.feedback.value)):
        if mine is None or theirs is None or mine == theirs:
            continue
        place = name if name in table.at else "progress"
        _reject(
            table, again.row - 1, place, rejects,
            f"与表“{known.sheet}”第{known.row}行是同一个问题，而两处填写不同，按不清楚处理", "请把两处改成一样后重新导入。",
        )  # fmt: skip
        if name == "status":
            known.status = again.status = None
        else:
            known.feedback = again.feedback = ParsedDate(None, None, None, "unreadable", None)
    if known.status_raw is None:
        known.status, known.status_raw = again.status, again.status_raw
    if known.feedback_raw is None:
        known.feedback, known.feedback_raw = again.feedback, again.feedback_raw
    known.conclusion = known.conclusion or again.conclusion


def _reject(table: _Table, row: int, name: str, rejects: Rejects, reason: str, advice: str) -> None:
    position = table.at.get(name, table.at["problem"])
    header = table.grid.columns[position][table.header]
    rejects.address(table.grid.name, row + 1, position, header, table.grid.columns[position][row] or "", reason, advice)


def _issue_table(issues: list[_Issue]) -> pa.Table:
    columns = {
        "sheet": [i.sheet for i in issues],
        **{name: [i.texts[name] for i in issues] for name in _TEXTS},
        "check_id": [problem_check(i.texts["problem"]) for i in issues],
        "verdict": [i.verdict for i in issues],
        "conclusion": [i.conclusion for i in issues],
        "status": [i.status for i in issues],
        "status_raw": [i.status_raw for i in issues],
        "feedback_on_precision": [i.feedback.precision for i in issues],
        "feedback_on_raw": [i.feedback_raw for i in issues],
    }
    return pa.table(
        {name: pa.array(values, pa.string()) for name, values in columns.items()}
        | {"row": pa.array([i.row for i in issues], pa.int32()), "feedback_on": pa.array([i.feedback.value for i in issues], pa.date32())}
    )


def _row_table(rows: list[tuple]) -> pa.Table:
    return pa.table(
        {
            "sheet": pa.array([r[0] for r in rows], pa.string()),
            "row": pa.array([r[1] for r in rows], pa.int32()),
            "kind": pa.array([r[2] for r in rows], pa.string()),
            "case_id": pa.nulls(len(rows), pa.string()),
            "raw": pa.array([r[3] for r in rows], pa.list_(pa.string())),
            "filled": pa.nulls(len(rows), pa.string()),
        }
    )


# The smallest ledger: whatever columns the reader comes to fill, the tables without its one row have them all.
_SMALLEST = "案件名称,姓名,单位及职务,问责方式\n资金闲置,张三,财政局局长,诫勉\n".encode()


@lru_cache(maxsize=1)
def _empty_tables() -> dict[str, pa.Table]:
    """The tables of a ledger without a row: whoever stores or previews a reading finds all of them."""
    return {name: table.slice(0, 0) for name, table in read_ledger(_SMALLEST, "空.csv").tables.items()}
