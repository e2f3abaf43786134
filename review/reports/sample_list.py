"""A sample as a workbook that holds everything needed to draw it again without this program."""

from fractions import Fraction
from io import BytesIO
from pathlib import Path

from review import __version__
from review.reports.book import Book, Column, NotesSheet, TableSheet, table_of
from review.reports.output import deliver
from review.sampling.draw import Sample, frame_rows, left_out_rows, sample, sample_rows
from review.sampling.frame import LEVELS, strata_label
from review.sampling.must_review import labels
from review.store.database import Database, now
from review.vocabulary.labels import label

TITLE = "问责案件质量评查抽样名单"
_NUMBER = Column("case_no", "案件编号", 20, "identifier")
_STRATUM = Column("stratum", "层", 16)
_POSITION = Column("position", "次序", 7, "number")
_TICKET_TEXT = Column("ticket_text", "票号（文字）", 22, "identifier")
_TICKET = Column("ticket", "票号（数值）", 20, "ticket")
_PICKED = Column("picked_by", "抽中方式", 10)
LIST_COLUMNS = (
    Column("seq", "序号", 6, "sequence"), _NUMBER, Column("case_title", "案件名称", 36), Column("county", "县区", 10),
    Column("handling_unit", "承办单位", 22), _STRATUM, _PICKED, Column("must_reason", "必查原因", 18), _POSITION, _TICKET_TEXT, _TICKET,
)  # fmt: skip
SHARE_COLUMNS = (
    _STRATUM, Column("cases", "案件数", 10, "number"), Column("quota", "随机名额", 10, "number"),
    Column("random", "随机抽中", 10, "number"), Column("must", "必查增加", 10, "number"), Column("total", "合计", 10, "number"),
    Column("percent", "占比", 10),
)  # fmt: skip
FRAME_COLUMNS = (_NUMBER, _STRATUM, _POSITION, _TICKET_TEXT, _TICKET, _PICKED)
LEFT_OUT_COLUMNS = (
    Column("seq", "序号", 6, "sequence"), _NUMBER, Column("title", "案件名称", 36), Column("county", "县区", 10),
    Column("kind", "情况", 18), Column("reason", "原因", 56),
)  # fmt: skip
_KINDS = {"undated": "是否属于本期不明", "excluded": "不在本次范围"}
_METHOD = (
    "每件案件的票号 u：把“种子|案件编号”按 UTF-8 编码求 SHA-256，取十六进制结果的前 13 位，作为整数除以 16 的 13 次方。",
    "每一层内按票号从小到大排列（票号相同的按案件编号），取前“随机名额”件。票号只由种子和编号决定，迟到的案件不改变其他案件的票号。",
    "名额：总数不少于 比例×案件数（向上取整），按各层案件数用最大余数法分配；余数相同的，案件多的层在先，再按层名的字符编码；"
    "有案件而未分到的层另给 1 件。",
    "必查案件另行加入，不影响随机抽取；既随机抽中又属必查的，记为随机抽取并写明必查原因。",
    "重新抽取：用“抽样框”表的案件编号和层、“各层名额”表的随机名额、上面的随机种子，按以上方法再算一遍；"
    "程序和在 Excel 中的步骤见 docs/redraw.md。",
    "抽样框指纹：把每件案件写成“案件编号|层”，按字符编码排序，以换行符相连，求 SHA-256。",
)


def write_sample_list(db: Database, sample_id: str, target: Path | str | BytesIO) -> int:
    """Write a stored sample as .xlsx to a path or BytesIO; returns how many cases were drawn.

    Sheets: 说明, 抽样名单, 各层名额, 抽样框 (the whole frame with strata and tickets), 未列入. Raises SampleError for an unknown id.
    """
    stored = sample(db, sample_id)
    picked = {pick.case_id: label("picked_by", pick.picked_by) for pick in stored.cases}
    tables = {
        "list": table_of([_list_row(row) for row in sample_rows(db, sample_id)], LIST_COLUMNS),
        "shares": table_of([_share_row(share._asdict()) for share in stored.allocation], SHARE_COLUMNS),
        "frame": table_of(
            [t._asdict() | {"ticket_text": repr(t.ticket), "picked_by": picked.get(t.case_id)} for t in frame_rows(db, sample_id)],
            FRAME_COLUMNS,
        ),
        "left_out": table_of([x._asdict() | {"kind": _KINDS[x.kind]} for x in left_out_rows(db, sample_id)], LEFT_OUT_COLUMNS),
    }
    sheets = (
        NotesSheet("说明", tuple(_notes(stored, tables["left_out"].num_rows))),
        TableSheet("抽样名单", "list", LIST_COLUMNS, printed=8, frozen=2, heading=TITLE),
        TableSheet("各层名额", "shares", SHARE_COLUMNS, printed=len(SHARE_COLUMNS), heading=f"{TITLE}　各层名额", landscape=False),
        TableSheet("抽样框", "frame", FRAME_COLUMNS, printed=len(FRAME_COLUMNS), frozen=1, heading=f"{TITLE}　抽样框", landscape=False),
        TableSheet("未列入", "left_out", LEFT_OUT_COLUMNS, printed=len(LEFT_OUT_COLUMNS), frozen=2, heading=f"{TITLE}　未列入抽样框的案件"),
    )
    deliver(Book(sheets, tables), target)
    return len(stored.cases)


def percent(share: Fraction) -> str:
    """A share with two decimals, rounded down, so that 19.996% never reads 20%."""
    hundredths = share.numerator * 10_000 // share.denominator
    return f"{hundredths // 100}.{hundredths % 100:02}%"


def _list_row(row: dict) -> dict:
    return row | {"case_title": row["title"], "picked_by": label("picked_by", row["picked_by"]), "ticket_text": repr(row["ticket"])}


def _share_row(share: dict) -> dict:
    total = share["random"] + share["must"]
    return share | {"total": total, "percent": percent(Fraction(total, share["cases"]))}


def _notes(stored: Sample, left_out: int):
    random = sum(pick.picked_by == "random" for pick in stored.cases)
    both = sum(pick.picked_by == "random" and pick.must_reason is not None for pick in stored.cases)
    scope = stored.scope
    yield "title", (TITLE,)
    yield "pair", ("抽样编号", stored.sample_id)
    yield "pair", ("随机种子", stored.seed)
    yield "pair", ("抽样比例", stored.ratio)
    yield "pair", ("评查期间", f"{stored.period_from} 至 {stored.period_to}（办结日期，含首尾两日）")
    yield "pair", ("案件层级", "、".join(LEVELS[level] for level in scope["levels"]))
    yield "pair", ("县区范围", "、".join(scope["counties"]) if scope["counties"] else "全部")
    yield "pair", ("分层", strata_label(stored.stratified_by))
    yield "pair", ("抽样框", f"{stored.frame_size} 件（其中未载明案件层级 {scope['unknown_level']} 件，予以保留）")
    yield "pair", ("抽样框指纹", stored.frame_hash)
    yield "pair", ("未列入", f"{left_out} 件，其中是否属于本期不明 {stored.undated_count} 件；确定不在本期办结的 {scope['outside']} 件不列")
    yield "pair", ("必查规则", labels(stored.must_rules) or "未启用")
    yield "pair", ("随机抽取", f"{random} 件，占抽样框 {percent(stored.random_share)}（其中 {both} 件同时属必查）")
    yield "pair", ("必查增加", f"{len(stored.cases) - random} 件")
    yield "pair", ("名单合计", f"{len(stored.cases)} 件，占抽样框 {percent(stored.total_share)}")
    yield "pair", ("抽样时间", f"{stored.created_at:%Y-%m-%d %H:%M:%S}" + (f"，{stored.created_by}" if stored.created_by else ""))
    yield "pair", ("导出时间", f"{now():%Y-%m-%d %H:%M}")
    yield "pair", ("程序版本", f"{__version__}（抽样方法 {stored.method}）")
    yield "heading", ("方法",)
    for sentence in _METHOD:
        yield "text", (sentence,)
    yield "text", ("案件名称、县区、承办单位为导出时台账所载；编号、层、票号为抽样时所存。",)
