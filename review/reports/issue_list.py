"""The issue list as a workbook: 说明, 全部, then one sheet for each county."""

from collections import Counter
from io import BytesIO
from pathlib import Path

import pyarrow as pa

from review import __version__
from review.casework.findings import LEVELS, FindingFilter, facet_counts
from review.checks.checkfile import ASPECTS
from review.checks.engine import catalogue
from review.reports.book import Book, NotesSheet, TableSheet
from review.reports.issue_rows import COLUMNS, PRINTED, basis_text, issue_table
from review.reports.output import deliver
from review.store.database import Database, now
from review.vocabulary.labels import label

TITLE = "问责案件质量评查问题清单"
_WARNING = "本清单所列均为程序按规则从台账中筛出的疑似问题，不是对任何单位和个人的认定。须核对案卷，经集体会商后方可作出结论。"
_PRINT = f"打印：每张表打印前 {PRINTED} 列（A4 横向，表头逐页重复）；浅黄色各列在屏幕上填写。最后一列隐藏，退回时用来对应原清单。"
_DECISION_WORDS = {"open": "尚未作出", "changed": "作出后事实有变化"}


def write_issue_list(db: Database, wanted: FindingFilter, target: Path | str | BytesIO) -> int:
    """Write the findings of the filter as .xlsx to a path or BytesIO; returns how many there are."""
    table = issue_table(db, wanted)
    names = set(table["group"].unique().to_pylist())
    counties = [county for county in facet_counts(db, wanted)["counties"] if county in names]
    shared = {"table": "issues", "columns": COLUMNS, "printed": PRINTED, "frozen": 3}
    sheets = [
        NotesSheet("说明", tuple(_notes(db, wanted, table, counties))),
        TableSheet("全部", heading=TITLE, **shared),
        *(TableSheet(county, heading=f"{TITLE}　{county}", where=("group", county), **shared) for county in counties),
    ]
    deliver(Book(tuple(sheets), {"issues": table}), target)
    return table.num_rows


def filter_words(db: Database, wanted: FindingFilter) -> str:
    """A filter in one Chinese sentence part; 全部 when nothing is narrowed."""
    titles = {check.id: f"{check.id} {check.title}" for check in catalogue()}
    parts = [
        ("县区", wanted.counties),
        ("问题类别", [ASPECTS.get(aspect, aspect) for aspect in wanted.aspects]),
        ("严重程度", wanted.levels),
        ("检查规则", [titles.get(check, check) for check in wanted.checks]),
        ("系统判断", [label("verdict", verdict) for verdict in wanted.verdicts]),
        ("核实结论", [_DECISION_WORDS.get(wanted.decision) or label("decision", wanted.decision)] if wanted.decision else []),
        ("含有文字", [wanted.text] if wanted.text.strip() else []),
        ("台账", _file_names(db, wanted.import_ids)),
        ("案件", [f"指定的 {len(wanted.case_ids)} 件"] if wanted.case_ids else []),
    ]
    return "；".join(f"{name}：{'、'.join(values)}" for name, values in parts if values) or "全部"


def _file_names(db: Database, import_ids: tuple[int, ...]) -> list[str]:
    if not import_ids:
        return []
    rows = db.rows("SELECT file_name FROM imports WHERE list_contains($ids, import_id) ORDER BY import_id", {"ids": list(import_ids)})
    return [row["file_name"] for row in rows]


def _notes(db: Database, wanted: FindingFilter, table: pa.Table, counties: list[str]):
    yield "title", (TITLE,)
    yield "warning", (_WARNING,)
    yield "pair", ("条数", f"{table.num_rows} 条")
    yield "pair", ("筛选条件", filter_words(db, wanted))
    yield "pair", ("导出时间", f"{now():%Y-%m-%d %H:%M}")
    yield "pair", ("检查时间", _last_run(db))
    yield "pair", ("程序版本", f"{__version__}（数据版本 {db.data_version()}）")
    yield "pair", ("说明", _PRINT)
    yield "heading", ("已导入的台账",)
    yield "head", ("导入时间", "文件", "导入人", "数据行", "案件", "问责对象", "未能读入", "对象齐全")
    yield from _imports(db)
    yield "heading", ("问题分布（本清单）",)
    yield from _distribution(table, counties)
    yield "heading", ("检查规则及判断结果（全部台账，不受筛选影响；单位：件或人）",)
    yield "head", ("编号", "名称", "疑似问题", "待核", "符合", "不适用", "未运行", "本清单")
    yield from _checks(db, table)
    yield "heading", ("各列含义",)
    for column in COLUMNS:
        if column.note or column.choices:
            choices = f"可选：{'、'.join(column.choices)}" if column.choices else ""
            yield "pair", (column.title, "。".join(part for part in (column.note, choices) if part))
    yield "heading", ("规则说明",)
    shown = set(table["issue"].unique().to_pylist())
    for check in catalogue():
        if f"{check.id} {check.title}" in shown:
            cleared = "；".join(c.text for c in check.cleared_by)
            yield "pair", (f"{check.id} {check.title}", f"{check.looks_for}\n依据：{basis_text(check)}\n常见误报：{cleared or '无'}")


def _last_run(db: Database) -> str:
    runs = db.rows("SELECT run_id, finished_at, run_by FROM check_runs ORDER BY run_id DESC LIMIT 1")
    if not runs:
        return "尚未运行检查"
    by = f"，{runs[0]['run_by']}" if runs[0]["run_by"] else ""
    return f"{runs[0]['finished_at']:%Y-%m-%d %H:%M}（第 {runs[0]['run_id']} 次{by}）"


def _imports(db: Database):
    complete = {"yes": "是", "no": "否", "unknown": "不清楚"}
    rows = db.rows(
        "SELECT imported_at, file_name, imported_by, row_count, case_count, respondent_count, reject_count, complete"
        " FROM current_imports ORDER BY import_id"
    )
    for row in rows:
        when = f"{row['imported_at']:%Y-%m-%d %H:%M}"
        yield "row", (when, *list(row.values())[1:-1], complete.get(row["complete"], row["complete"]))


def _distribution(table: pa.Table, counties: list[str]):
    groups = table["group"].to_pylist()
    counts = Counter(zip(groups, table["level"].to_pylist(), strict=True))
    aspects = Counter(zip(table["aspect"].to_pylist(), table["level"].to_pylist(), strict=True))
    yield "head", ("", "县区", *LEVELS, "合计")
    for county in counties:
        row = [counts[county, level] for level in LEVELS]
        yield "row", ("", county, *row, sum(row))
    yield "head", ("", "问题类别", *LEVELS, "合计")
    for aspect in (name for name in ASPECTS.values() if any(aspects[name, level] for level in LEVELS)):
        row = [aspects[aspect, level] for level in LEVELS]
        yield "row", ("", aspect, *row, sum(row))
    total = [sum(n for (_, name), n in counts.items() if name == level) for level in LEVELS]
    yield "row", ("", "合计", *total, sum(total))


def _checks(db: Database, table: pa.Table):
    listed = Counter(table["issue"].to_pylist())
    newest = {
        row["check_id"]: row
        for row in db.rows(
            "SELECT check_id, sum(suspect)::INTEGER AS suspect, sum(undetermined)::INTEGER AS undetermined, sum(clear)::INTEGER AS clear,"
            " sum(exempt)::INTEGER AS exempt, sum(not_run)::INTEGER AS not_run"
            " FROM newest_results GROUP BY check_id"
        )
    }
    for check in catalogue():
        if check.id in newest:
            counts = list(newest[check.id].values())[1:]
            yield "row", (check.id, check.title, *counts, listed[f"{check.id} {check.title}"])
