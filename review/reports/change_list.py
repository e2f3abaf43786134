"""What a newer ledger changed, cell by cell, as a workbook."""

from io import BytesIO
from pathlib import Path

from review import __version__
from review.reports.book import Book, Column, NotesSheet, TableSheet, table_of
from review.reports.output import deliver
from review.store.database import Database, now
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
SAME = "写法不同，含义相同"


def write_changes(db: Database, import_id: int, target: Path | str | BytesIO) -> int:
    """Write what an import changed in cases known before it as .xlsx to a path or BytesIO; returns how many lines there are."""
    found = [vars(c) | {"kind": SAME if c.same_meaning else KINDS[c.kind]} for c in changes(db, import_id)]
    about = db.rows("SELECT file_name, imported_at, imported_by FROM imports WHERE import_id = $id", {"id": import_id})
    lines = (
        ("title", ("新台账改动了什么",)),
        ("text", ("原来的值仍保存在库中；已作出的核实结论保留，事实有变化的标为“资料已更新”。位置是两份台账中的文件、工作表和单元格。",)),
        *(
            ("pair", ("台账", f"{a['file_name']}，{a['imported_at']:%Y-%m-%d %H:%M} 由 {a['imported_by'] or '未署名'} 导入"))
            for a in about
        ),
        ("pair", ("导出时间", f"{now():%Y-%m-%d %H:%M}")),
        ("pair", ("程序版本", __version__)),
        ("pair", ("条数", f"{len(found)} 条")),
    )
    table = TableSheet("改动", "changes", COLUMNS, printed=9, frozen=3, heading="新台账改动了什么")
    deliver(Book((NotesSheet("说明", lines), table), {"changes": table_of(found, COLUMNS)}), target)
    return len(found)
