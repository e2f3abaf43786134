"""The state of a review on a few sheets: what was loaded, what each check judged, where the suspected problems lie."""

from io import BytesIO
from pathlib import Path

from review import __version__
from review.casework.findings import NOT_STATED
from review.casework.overview import heat, imports, loaded
from review.checks.engine import counts
from review.checks.results import remark
from review.reports.book import Book, Column, NotesSheet, TableSheet, table_of
from review.reports.output import deliver
from review.store.database import Database, now

TITLE = "问责案件质量检查情况一览"
_NUMBERS = (
    Column("suspect", "疑似", 9, "number", note="须经人工核实的疑似问题"),
    Column("undetermined", "待核", 9, "number", note="台账缺少判断所需的内容，不等于没有问题"),
    Column("clear", "符合", 9, "number", note="按台账所载，没有发现该项问题"),
    Column("exempt", "不适用", 9, "number", note="该项检查对这件案件或这名对象不适用"),
    Column("not_run", "未运行", 9, "number", note="台账没有所需的列，无法检查"),
)
CHECK_COLUMNS = (
    Column("check_id", "编号", 7), Column("title", "检查规则", 40), Column("aspect", "问题类别", 16), Column("level", "程度", 8, "level"),
    *_NUMBERS,
)  # fmt: skip
COUNTY_COLUMNS = (
    Column("county", "县区", 14), Column("aspect", "问题类别", 20), Column("suspect", "疑似", 9, "number"),
    Column("judged", "已判断", 9, "number", note="疑似与符合之和；一件案件或一名对象由几条规则判断的，各算一次"),
    Column("undetermined", "待核", 9, "number"), Column("not_run", "未运行", 9, "number"),
)  # fmt: skip
IMPORT_COLUMNS = (
    Column("file_name", "台账", 36), Column("imported_at", "导入时间", 18), Column("imported_by", "导入人", 14),
    Column("row_count", "数据行", 9, "number"), Column("case_count", "案件", 9, "number"),
    Column("respondent_count", "问责对象", 10, "number"), Column("reject_count", "未能读入", 10, "number"),
)  # fmt: skip


def write_overview(db: Database, target: Path | str | BytesIO) -> int:
    """Write the workbook to a path or BytesIO; returns the number of suspected problems it sums up."""
    state = loaded(db)
    checks = [row | {"title": f"{row['title']}（{told}）" if (told := remark(row)) else row["title"]} for row in counts(db)]
    spread = heat(db)
    rows = [
        {"county": county, "aspect": name, "suspect": cell.suspects, "judged": cell.judged, "undetermined": cell.undetermined,
         "not_run": cell.not_run}
        for county in spread.counties for key, name in spread.rows if (cell := spread.cells.get((key, county)))
    ]  # fmt: skip
    files = [row | {"imported_at": f"{row['imported_at']:%Y-%m-%d %H:%M}"} for row in imports(db)]
    sheets = (
        NotesSheet("说明", tuple(_notes(db, state))),
        TableSheet("检查规则", "checks", CHECK_COLUMNS, printed=len(CHECK_COLUMNS), frozen=2, heading=TITLE),
        TableSheet("县区", "counties", COUNTY_COLUMNS, printed=len(COUNTY_COLUMNS), frozen=1, heading=TITLE, landscape=False),
        TableSheet("台账", "imports", IMPORT_COLUMNS, printed=len(IMPORT_COLUMNS), frozen=1, heading=TITLE),
    )
    tables = {
        "checks": table_of(checks, CHECK_COLUMNS), "counties": table_of(rows, COUNTY_COLUMNS), "imports": table_of(files, IMPORT_COLUMNS),
    }  # fmt: skip
    deliver(Book(sheets, tables), target)
    return state.suspects


def _notes(db: Database, state):
    yield "title", (TITLE,)
    yield "warning", ("本表是系统按台账所载内容作的初步提示，疑似问题须经人工核实；待核、未运行不等于没有问题。",)
    yield "pair", ("台账", f"{state.files} 个，涉及 {state.counties} 个县区（未写明的计入“{NOT_STATED}”）")
    yield "pair", ("案件", f"{state.cases} 件，问责对象 {state.respondents} 个，未能读入 {state.rejects} 处")
    yield "pair", ("疑似问题", f"{state.suspects} 条，其中尚未核实 {state.undecided} 条")
    yield "pair", ("待核", f"{state.undetermined} 条")
    yield "pair", ("检查时间", f"{state.checked_at:%Y-%m-%d %H:%M}" if state.checked_at else "尚未运行检查")
    if state.stale:
        yield "warning", ("有台账在最近一次检查之后导入，下面的数字还不包括它，请先重新运行检查。",)
    yield "pair", ("导出时间", f"{now():%Y-%m-%d %H:%M}")
    yield "pair", ("程序版本", f"{__version__}（数据版本 {db.data_version()}）")
    yield "heading", ("各列含义",)
    for column in (*_NUMBERS, *COUNTY_COLUMNS):
        if column.note:
            yield "pair", (column.title, column.note)
