"""What a newer ledger changed, cell by cell, as a workbook."""

from io import BytesIO
from pathlib import Path

from review import __version__
from review.casework.reassessed import KINDS as JUDGED
from review.casework.reassessed import moved_cases, reassessed
from review.reports.book import Book, Column, NotesSheet, TableSheet, table_of
from review.reports.output import deliver
from review.store.database import Database, now
from review.vocabulary.labels import label
from review.workbook.changes import KINDS, changes

COLUMNS = (
    Column("seq", "序号", 6, "sequence"),
    Column("county", "县区", 9),
    Column("case_key", "案件", 16, "identifier"),
    Column("title", "案件名称", 24),
    Column("person", "问责对象", 10),
    Column("kind", "变化", 9),
    Column("label", "项目", 12),
    Column("old", "原来", 24, "identifier"),
    Column("new", "现在", 24, "identifier"),
    Column("old_place", "原位置", 24),
    Column("new_place", "新位置", 24),
)
CASE_COLUMNS = (
    Column("seq", "序号", 6, "sequence"),
    Column("county", "县区", 9),
    Column("case_key", "案件", 16, "identifier"),
    Column("title", "案件名称", 32),
    Column("people", "问责对象", 24),
    Column("kind", "变化", 9),
    Column("why", "理由", 36),
)
FINDING_COLUMNS = (
    Column("seq", "序号", 6, "sequence"),
    Column("county", "县区", 9),
    Column("case_key", "案件", 16, "identifier"),
    Column("kind", "变化", 9),
    Column("check_id", "检查", 7),
    Column("level", "等级", 7, "level"),
    Column("old", "原来的问题", 44),
    Column("new", "现在的问题", 44),
    Column("decision", "核实结论", 10),
)
SAME = "写法不同，含义相同"
MOVED = {"new": "新列入", "withdrawn": "已撤销", "reinstated": "已恢复"}


def write_changes(db: Database, import_id: int, target: Path | str | BytesIO) -> int:
    """Write what an import changed as .xlsx to a path or BytesIO: cells of known cases, cases that came or were withdrawn, findings
    judged anew; returns how many lines there are."""
    found = [vars(c) | {"kind": SAME if c.same_meaning else KINDS[c.kind]} for c in changes(db, import_id)]
    moved = [vars(m) | {"kind": MOVED[m.kind]} for m in moved_cases(db, import_id)]
    judged = reassessed(db, import_id)
    findings = [vars(f) | {"kind": JUDGED[f.kind], "decision": label("decision", f.decision) if f.decision else ""} for f in judged or ()]
    about = db.rows("SELECT file_name, imported_at, imported_by FROM imports WHERE import_id = $id", {"id": import_id})
    lines = (
        ("title", ("新台账改动了什么",)),
        ("text", ("原来的值仍保存在库中；已作出的核实结论保留，事实有变化的标为“资料已更新”。位置是两份台账中的文件、工作表和单元格。",)),
        *(("pair", ("台账", f"{a['file_name']}，{a['imported_at']:%Y-%m-%d %H:%M} 由 {a['imported_by'] or '未署名'} 导入")) for a in about),
        ("pair", ("导出时间", f"{now():%Y-%m-%d %H:%M}")),
        ("pair", ("程序版本", __version__)),
        ("pair", ("改动的格子", f"{len(found)} 处")),
        ("pair", ("新列入、撤销的案件", f"{len(moved)} 件")),
        ("pair", ("受影响的问题", "导入后还没有运行检查" if judged is None else f"{len(judged)} 条")),
    )
    sheets = (
        TableSheet("改动", "changes", COLUMNS, printed=9, frozen=3, heading="新台账改动了什么"),
        TableSheet("案件增减", "moved", CASE_COLUMNS, printed=7, frozen=3, heading="新列入、撤销的案件"),
        TableSheet("受影响的问题", "findings", FINDING_COLUMNS, printed=8, frozen=3, heading="受影响的问题"),
    )
    tables = {
        "changes": table_of(found, COLUMNS),
        "moved": table_of(moved, CASE_COLUMNS),
        "findings": table_of(findings, FINDING_COLUMNS),
    }
    deliver(Book((NotesSheet("说明", lines), *sheets), tables), target)
    return len(found) + len(moved) + len(findings)
