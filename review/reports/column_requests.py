"""请补充以下列: what each county's ledger lacks for the checks, as a list to send back."""

from io import BytesIO
from pathlib import Path

from review import __version__
from review.casework.findings import NOT_STATED
from review.checks.coverage import BlankColumn, MissingColumn, blank_columns, missing_columns
from review.checks.engine import catalogue
from review.reports.book import Book, Column, NotesSheet, TableSheet, table_of
from review.reports.output import deliver
from review.store.database import Database, now

TITLE = "请补充以下列"
_UNITS = "补上这一列或填满空白后最多能多作出的判断；一件案件或一名对象由几条规则判断的，各算一次"
COLUMNS = (
    Column("seq", "序号", 6, "sequence"),
    Column("ledger", "台账和工作表", 24),
    Column("column", "列", 22),
    Column("state", "现状", 16),
    Column("checks", "补上后可以判断的检查", 44),
    Column("others", "还要补别的列才能判断的检查", 24),
    Column("units", "最多可多判断", 13, "number", note=_UNITS),
    Column("handled", "办理情况", 16, "fill"),
    Column("county", "县区", 12),
)
PRINTED = len(COLUMNS) - 1
_ASK = (
    "下列各列是评查所需而台账没有，或有而部分空白的。请在原台账中补上列或补填空白后重新报送；"
    "没有履行的如实填“否”，不适用的填“不适用”，不清楚的留空。"
)


def request_rows(db: Database, county: str | None = None) -> list[dict]:
    """The list as rows with the keys of COLUMNS and kind (missing/blank), for one county (as written, or NOT_STATED) or for all."""
    titles = {c.id: f"{c.id} {c.title}" for c in catalogue()}
    rows = [_missing(m, titles) for m in missing_columns(db)] + [_blank(b, titles) for b in blank_columns(db)]
    rows = [row for row in rows if county in (None, row["county"])]
    order = {name: n for n, name in enumerate(dict.fromkeys(row["county"] for row in rows if row["county"] != NOT_STATED))}
    return sorted(rows, key=lambda row: order.get(row["county"], len(order)))


def write_column_requests(db: Database, target: Path | str | BytesIO, county: str | None = None) -> int:
    """Write the list as .xlsx to a path or BytesIO, one sheet a county; returns how many columns are asked for."""
    rows = request_rows(db, county)
    counties = list(dict.fromkeys(row["county"] for row in rows))
    lines = (
        ("title", (TITLE,)),
        ("text", (_ASK,)),
        ("pair", ("导出时间", f"{now():%Y-%m-%d %H:%M}")),
        ("pair", ("程序版本", __version__)),
        ("pair", ("条数", f"{len(rows)} 条")),
        ("heading", ("县区",)),
        ("head", ("", "县区", "没有的列", "部分空白的列")),
        *(("row", ("", name, *(sum(r["county"] == name and r["kind"] == kind for r in rows) for kind in ("missing", "blank"))))
          for name in counties),
        ("heading", ("各列含义",)),
        *(("pair", (column.title, column.note)) for column in COLUMNS if column.note),
    )  # fmt: skip
    shared = {"table": "requests", "columns": COLUMNS, "printed": PRINTED, "frozen": 3}
    sheets = [TableSheet(name, heading=f"{TITLE}　{name}", where=("county", name), **shared) for name in counties]
    deliver(Book((NotesSheet("说明", lines), *sheets), {"requests": table_of(rows, COLUMNS)}), target)
    return len(rows)


def _missing(one: MissingColumn, titles: dict[str, str]) -> dict:
    return _row(one) | {
        "kind": "missing", "state": "没有这一列", "units": one.units,
        "checks": "；".join(titles[c] for c in one.enables), "others": "、".join(one.with_others),
    }  # fmt: skip


def _blank(one: BlankColumn, titles: dict[str, str]) -> dict:
    word = "件案件" if one.unit == "case" else "行"
    return _row(one) | {
        "kind": "blank", "state": f"{one.whole} {word}中 {one.blank} {word}空白", "units": one.blank * len(one.checks),
        "checks": "；".join(titles[c] for c in one.checks), "others": "",
    }  # fmt: skip


def _row(one: MissingColumn | BlankColumn) -> dict:
    return {"county": one.county or NOT_STATED, "ledger": f"{one.file_name}\n{one.sheet}", "column": one.label}
