"""The list of what could not be read, to be sent back to whoever filled the ledger in."""

from io import BytesIO
from pathlib import Path

from review import __version__
from review.reports.book import Book, Column, NotesSheet, TableSheet, table_of
from review.reports.output import deliver
from review.store.database import Database, now

COLUMNS = (
    Column("seq", "序号", 6, "sequence"),
    Column("file_name", "文件", 18),
    Column("sheet", "工作表", 12),
    Column("address", "单元格", 9),
    Column("header", "表头", 12),
    Column("raw", "原文", 24, "identifier"),
    Column("reason", "未能读入的原因", 38),
    Column("advice", "建议", 28),
    Column("handled", "处理情况", 14, "fill"),
)


def write_rejects(db: Database, import_id: int | None, target: Path | str | BytesIO) -> int:
    """Write the rejects of one load, or of all loads for None, as .xlsx to a path or BytesIO; returns how many there are.

    Cell addresses are those of the original file, so that the clerk finds the cell at once.
    """
    rows = db.rows(
        """
        SELECT i.file_name, r.sheet, coalesce(r."column", '') || coalesce(CAST(r."row" AS VARCHAR), '') AS address,
            r.header, r.raw, r.reason, r.advice
        FROM rejects AS r JOIN imports AS i USING (import_id)
        WHERE if($id IS NULL, i.replaced_by IS NULL, r.import_id = $id)
        ORDER BY r.import_id, r.sheet, r."row" NULLS FIRST, r.reject_id
        """,
        {"id": import_id},
    )
    for row in rows:
        if row["address"].isdigit():
            row["address"] = f"第{row['address']}行"
    files = db.rows(
        "SELECT file_name, row_count, case_count, respondent_count, reject_count FROM imports"
        " WHERE if($id IS NULL, replaced_by IS NULL, import_id = $id) ORDER BY import_id",
        {"id": import_id},
    )
    lines = (
        ("title", ("未能读入的内容",)),
        ("text", ("单元格地址是原台账中的位置。请在原台账中改正后重新导入；同一行其余能读的内容已经保留。",)),
        ("pair", ("导出时间", f"{now():%Y-%m-%d %H:%M}")),
        ("pair", ("程序版本", __version__)),
        ("pair", ("条数", f"{len(rows)} 条")),
        ("heading", ("台账",)),
        ("head", ("", "文件", "数据行", "案件", "问责对象", "未能读入")),
        *(("row", ("", *file.values())) for file in files),
    )
    table = TableSheet("未能读入", "rejects", COLUMNS, printed=len(COLUMNS), frozen=4, heading="台账未能读入的内容")
    deliver(Book((NotesSheet("说明", lines), table), {"rejects": table_of(rows, COLUMNS)}), target)
    return len(rows)
