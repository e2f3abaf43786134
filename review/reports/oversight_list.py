"""提级督办候选 as a workbook: what holds of a whole county after correction, to be verified by people."""

from collections.abc import Sequence
from dataclasses import asdict
from io import BytesIO
from pathlib import Path

from review import __version__
from review.casework.oversight import MIN_JUDGED, MIN_SUSPECTS, Candidate
from review.reports.book import Book, Column, NotesSheet, TableSheet, table_of
from review.reports.output import deliver
from review.store.database import now

TITLE = "提级督办候选"
COLUMNS = (
    Column("seq", "序号", 6, "sequence"),
    Column("county", "县区", 12),
    Column(
        "kind",
        "类别",
        14,
        note="处理尺度：同类相比处理轻重明显不同；占比悬殊：M04、O08；疑似问题集中：某项检查的疑似占比超出 99.8% 界限",
    ),
    Column("matter", "事项", 30),
    Column("told", "依据", 60, note="已按全部比较的次数校正；只是线索，不是结论"),
    Column("verified", "核实情况", 20, "fill", note="按“核数据 → 看案件构成 → 看程序 → 再看人”的顺序核对后填写"),
    Column("decision", "是否提级督办", 13, "fill", choices=("是", "否", "待定")),
)


def write_oversight_list(listed: Sequence[Candidate], counties: Sequence[str], target: Path | str | BytesIO) -> int:
    """Write the candidates as .xlsx to a path or BytesIO; ``counties``: all that were looked at. Returns how many candidates."""
    none = [county for county in counties if not any(c.county == county for c in listed)]
    lines = (
        ("title", (TITLE,)),
        ("warning", ("差异在校正之后仍然成立的才列入，仍只是线索；是否提级督办由人核实后决定。县区按名称排列，不是名次。",)),
        ("pair", ("条数", f"{len(listed)} 条")),
        ("pair", ("比较了的县区", "、".join(counties))),
        ("pair", ("没有列入的县区", "、".join(none) or "无")),
        (
            "pair",
            (
                "列入条件",
                "处理尺度：按最细的条件同类相比，全部时段；占比悬殊：M04、O08 的疑似；"
                f"疑似问题集中：可判至少 {MIN_JUDGED} 项、疑似至少 {MIN_SUSPECTS} 项",
            ),
        ),
        ("pair", ("导出时间", f"{now():%Y-%m-%d %H:%M}")),
        ("pair", ("程序版本", __version__)),
        ("heading", ("各列含义",)),
        *(("pair", (column.title, column.note)) for column in COLUMNS if column.note),
    )
    table = TableSheet("名单", "candidates", COLUMNS, printed=len(COLUMNS), frozen=2, heading=TITLE)
    deliver(Book((NotesSheet("说明", lines), table), {"candidates": table_of([asdict(c) for c in listed], COLUMNS)}), target)
    return len(listed)
