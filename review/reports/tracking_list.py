"""People whose 影响期 ends soon or has ended without a visit, as a workbook."""

from dataclasses import asdict
from datetime import date
from io import BytesIO
from pathlib import Path

from review import __version__
from review.casework.influence import GROUPS, tracked, untold
from review.reports.book import Book, Column, NotesSheet, TableSheet, table_of
from review.reports.output import deliver
from review.store.database import Database, now

TITLE = "影响期跟踪名单"
COLUMNS = (
    Column("seq", "序号", 6, "sequence"),
    Column("state", "情况", 18),
    Column("county", "县区", 10),
    Column("case_key", "案件编号", 18, "identifier"),
    Column("name", "姓名", 9),
    Column("unit_post", "单位及职务", 26),
    Column("measures", "处理", 20),
    Column("ends_on", "影响期至", 14),
    Column("days", "距届满（天）", 9, "number", note="负数为已届满的天数"),
    Column("told_by", "依据", 11, note="台账所写的影响期；台账没有写的按处理方式和决定日期推算"),
    Column("visit", "回访", 10),
    Column("handled", "跟踪情况", 18, "fill"),
)


def write_tracking_list(db: Database, today: date, county: str | None, target: Path | str | BytesIO) -> int:
    """Write the list as of ``today``, of one county or of all for None, as .xlsx to a path or BytesIO; returns how many people."""
    found = tracked(db, today, county)
    rows = [asdict(one) | {"state": GROUPS[one.group]} for one in found]
    counts = {key: sum(one.group == key for one in found) for key in GROUPS}
    lines = (
        ("title", (TITLE,)),
        ("warning", ("影响期由程序按台账推算或照录，是否届满、应否回访以问责决定和本地规定为准。",)),
        ("pair", ("截至", f"{today:%Y-%m-%d}")),
        ("pair", ("县区", county or "全部")),
        *(("pair", (GROUPS[key], f"{n} 人")) for key, n in counts.items()),
        ("pair", ("影响期待核", f"{untold(db, today, county)} 人，处理或日期不明、条文待核对或未设本地标准，没有列入")),
        ("pair", ("导出时间", f"{now():%Y-%m-%d %H:%M}")),
        ("pair", ("程序版本", __version__)),
        ("heading", ("各列含义",)),
        *(("pair", (column.title, column.note)) for column in COLUMNS if column.note),
    )
    table = TableSheet("名单", "people", COLUMNS, printed=len(COLUMNS), frozen=5, heading=TITLE)
    deliver(Book((NotesSheet("说明", lines), table), {"people": table_of(rows, COLUMNS)}), target)
    return len(rows)
