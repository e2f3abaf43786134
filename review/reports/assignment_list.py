"""Who reviews what, as a workbook: all of it, then a sheet for each reviewer to work from; and the roster, which is also its template."""

from io import BytesIO
from pathlib import Path

from review import __version__
from review.casework.assigning import assignments, unassigned
from review.casework.reviewers import CITY, USUAL_CAPACITY, recusals, roster, skill_words
from review.reports.book import Book, Column, NotesSheet, TableSheet, table_of
from review.reports.output import deliver
from review.sampling.recusal import KINDS
from review.store.database import Database, now
from review.vocabulary.labels import label

TITLE = "评查任务分配表"
_CASE = (
    Column("case_no", "案件编号", 20, "identifier"),
    Column("title", "案件名称", 36),
    Column("county", "县区", 10),
    Column("handling_unit", "承办单位", 22),
    Column("part", "份", 8),
    Column("due", "评查时限", 11),
    Column("state", "状态", 8),
)
ALL_COLUMNS = (
    Column("seq", "序号", 6, "sequence"),
    Column("name", "评查人", 9),
    Column("unit", "评查人单位", 22),
    *_CASE,
    Column("made_by", "分配方式", 10),
    Column("reason", "理由", 20),
    Column("look", "须核实或回避", 40, note="按现有台账和登记的回避判断；台账未载明的要由人核实"),
)
OWN_COLUMNS = (
    Column("seq", "序号", 6, "sequence"),
    *_CASE,
    Column("result", "评查等次（手填）", 16, "fill"),
    Column("remark", "备注", 24, "fill"),
)
LEFT_COLUMNS = (
    Column("seq", "序号", 6, "sequence"),
    Column("case_no", "案件编号", 20, "identifier"),
    Column("county", "县区", 10),
    Column("title", "案件名称", 40),
)
ROSTER_COLUMNS = (
    Column("name", "姓名", 10),
    Column("unit", "单位", 28),
    Column("county", "县区", 12),
    Column("skills", "熟悉的领域和方面", 36),
    Column("capacity", "承担件数", 10, "number"),
    Column("active", "是否在任", 10, choices=("是", "否")),
)
RECUSAL_COLUMNS = (
    Column("name", "姓名", 10),
    Column("unit", "单位", 28),
    Column("kind", "回避对象", 12),
    Column("shown", "对哪一个", 28),
    Column("reason", "理由", 36),
    Column("set_by", "登记人", 10),
)


def write_assignment_list(db: Database, sample_id: str, target: Path | str | BytesIO) -> int:
    """Write the assignments of a sample as .xlsx, one sheet for all and one for each reviewer; returns how many reviews there are.

    A second review looks like any other on the sheet of its reviewer: who reviews blind is not to know of the other.
    """
    rows = [_row(row) for row in assignments(db, sample_id)]
    left = unassigned(db, sample_id)
    people = {row["reviewer_id"]: row["name"] for row in rows}
    tables = {
        "all": table_of(rows, (*ALL_COLUMNS, Column("reviewer_id", "", 1))),
        "own": table_of([row | {"part": None} for row in rows], (*OWN_COLUMNS, Column("reviewer_id", "", 1))),
        "left": table_of(left, LEFT_COLUMNS),
    }
    own = tuple(column for column in OWN_COLUMNS if column.key != "part")
    lines = (
        ("title", (TITLE,)),
        ("pair", ("抽样编号", sample_id)),
        ("pair", ("评查任务", f"{len(rows)} 份，评查人 {len(people)} 人")),
        ("pair", ("尚未分配", f"{len(left)} 件")),
        ("pair", ("须回避", f"{sum(bool(row['barred']) for row in rows)} 份按现有登记应回避，须改派")),
        ("pair", ("导出时间", f"{now():%Y-%m-%d %H:%M}")),
        ("pair", ("程序版本", __version__)),
        ("text", ("发给评查人时，请只发其本人的一张表：双人评查的案件两人互不知情。",)),
    )
    sheets = (
        NotesSheet("说明", lines),
        TableSheet("全部任务", "all", ALL_COLUMNS, printed=10, frozen=4, heading=TITLE),
        TableSheet("尚未分配", "left", LEFT_COLUMNS, printed=len(LEFT_COLUMNS), heading=f"{TITLE}　尚未分配"),
        *(
            TableSheet(name, "own", own, printed=len(own), frozen=2, where=("reviewer_id", key), heading=f"评查任务　{name}")
            for key, name in people.items()
        ),
    )
    deliver(Book(sheets, tables), target)
    return len(rows)


def write_roster(db: Database, target: Path | str | BytesIO) -> int:
    """Write the roster with its recusals as .xlsx, in the form that an import takes; returns how many people. Empty: the template."""
    people = [
        row | {"county": row["county"] or "", "skills": "、".join(row["skills"]), "active": "是" if row["active"] else "否"}
        for row in roster(db)
    ]
    lines = (
        ("title", ("评查人名册",)),
        ("text", ("在“名册”表中每人一行，改好后在分配页面导入。姓名和单位相同的视为同一人并更新，其余的新增；不会删除任何人。",)),
        ("pair", ("单位", "写全称，到科室更好：用于承办单位回避")),
        ("pair", ("县区", f"所属县区，与台账写法一致；{CITY}人员留空：用于本县区回避")),
        ("pair", ("熟悉的领域和方面", f"可留空，几项用顿号隔开，可选：{'、'.join(skill_words())}")),
        ("pair", ("承担件数", f"一次抽样最多评查几件，留空为 {USUAL_CAPACITY}")),
        ("pair", ("是否在任", "是、否；留空为是。否的不再分配")),
        ("text", ("“回避”表只供查看，登记和撤回请在分配页面办理。",)),
        ("pair", ("导出时间", f"{now():%Y-%m-%d %H:%M}")),
    )
    held = [row | {"kind": KINDS[row["kind"]]} for row in recusals(db)]
    sheets = (
        TableSheet("名册", "people", ROSTER_COLUMNS, printed=len(ROSTER_COLUMNS), frozen=1, heading="评查人名册"),
        NotesSheet("说明", lines),
        TableSheet("回避", "recusals", RECUSAL_COLUMNS, printed=len(RECUSAL_COLUMNS), frozen=1, heading="登记的回避"),
    )
    deliver(Book(sheets, {"people": table_of(people, ROSTER_COLUMNS), "recusals": table_of(held, RECUSAL_COLUMNS)}), target)
    return len(people)


def _row(row: dict) -> dict:
    look = "；".join(([f"应回避：{row['barred']}"] if row["barred"] else []) + list(row["doubts"]))
    return row | {
        "part": label("assignment_part", row["part"]),
        "due": f"{row['due_on']:%Y-%m-%d}" if row["due_on"] else "",
        "state": label("review_state", row["state"]),
        "made_by": label("made_by", row["made_by"]),
        "look": look,
        "result": None,
        "remark": None,
    }
