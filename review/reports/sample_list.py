"""A sample as a workbook that holds everything needed to draw it again without this program."""

from fractions import Fraction
from io import BytesIO
from pathlib import Path

from review import __version__
from review.reports.book import Book, Column, NotesSheet, TableSheet, table_of
from review.reports.output import deliver
from review.sampling.draw import SEED_SOURCES, Sample, frame_rows, left_out_rows, plan_of, sample, sample_rows
from review.sampling.frame import LEVELS, strata_label
from review.sampling.frozen import frozen, frozen_cases
from review.sampling.must_review import labels
from review.sampling.pareto import WEIGHTS
from review.sampling.stored import CHANGES, replacement_rows
from review.store.database import Database, now
from review.vocabulary.labels import label

TITLE = "问责案件质量评查抽样名单"
_NUMBER = Column("case_no", "案件编号", 20, "identifier")
_STRATUM = Column("stratum", "层", 16)
_POSITION = Column("position", "次序", 7, "number")
_TICKET_TEXT = Column("ticket_text", "票号（文字）", 22, "identifier")
_TICKET = Column("ticket", "票号（数值）", 20, "ticket")
_PICKED = Column("picked_by", "抽中方式", 10)
_CHANCE = Column("chance", "入选概率", 20, "ticket")
LIST_COLUMNS = (
    Column("seq", "序号", 6, "sequence"), _NUMBER, Column("case_title", "案件名称", 36), Column("county", "县区", 10),
    Column("handling_unit", "承办单位", 22), _STRATUM, _PICKED, Column("must_reason", "必查原因", 18), _POSITION, _TICKET_TEXT, _TICKET,
    _CHANCE, Column("change", "列入", 14),
)  # fmt: skip
SHARE_COLUMNS = (
    _STRATUM, Column("cases", "案件数", 10, "number"), Column("quota", "随机名额", 10, "number"),
    Column("random", "随机抽中", 10, "number"), Column("must", "必查增加", 10, "number"), Column("total", "合计", 10, "number"),
    Column("percent", "占比", 10), Column("quota_then", "抽取时名额", 11, "number"), Column("open", "参加随机抽取", 13, "number"),
    Column("due", "应得名额（未取整）", 18), Column("deviation", "疑似问题数标准差", 18),
)  # fmt: skip
FRAME_COLUMNS = (
    _NUMBER, _STRATUM, _POSITION, _TICKET_TEXT, _TICKET, _PICKED, Column("open", "参加随机抽取", 16),
    Column("weight", "风险权重", 10, "number"), Column("target", "目标概率", 20, "ticket"), _CHANCE, Column("county", "县区", 10),
    Column("level", "案件层级", 10), Column("domain", "领域", 12), Column("band", "处理档次", 10),
    Column("finding_level", "疑似问题程度", 14),
    Column("findings", "疑似问题数", 12, "number"),
    Column("must", "符合的必查条件", 24),
)  # fmt: skip
CHANGE_COLUMNS = (
    Column("seq", "序号", 6, "sequence"), Column("kind", "变动", 14), Column("changed_at", "时间", 18), Column("changed_by", "经办人", 12),
    Column("reason", "原因", 36), Column("out", "换下的案件", 20, "identifier"), Column("new", "接替的案件", 20, "identifier"),
    Column("ratio", "变动后比例", 12),
)  # fmt: skip
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
    "程序和在 Excel 中的步骤见 docs/redraw.md。换下的案件跳过，由本层下一个票号接替。",
    "风险加权抽取（抽样框有“目标概率”的）：同一票号 u 和目标概率 p 算出 u×(1-p)÷(p×(1-u))，按它由小到大排列；p 为 1 的排在最前。"
    f"风险权重按疑似问题的最高程度：{'、'.join(f'{level} {weight}' for level, weight in WEIGHTS.items())}；"
    "p 与权重成比例，各层 p 之和等于名额。",
    "入选概率是推算总体时用的概率：简单抽取为 名额÷参加随机抽取的案件数；风险加权抽取为按目标概率积分算出的精确概率"
    "（2,000 件以上的层用目标概率）。",
    "抽样框指纹：把每件案件写成“案件编号|层”，按字符编码排序，以换行符相连，求 SHA-256。",
)


def write_sample_list(db: Database, sample_id: str, target: Path | str | BytesIO) -> int:
    """Write a stored sample as .xlsx to a path or BytesIO; returns how many cases were drawn.

    Sheets: 说明, 抽样名单 (as it stands), 各层名额, 抽样框 (the whole frame with strata, tickets, chances and the facts it was made
    of), 变动, 未列入. Raises SampleError for an unknown id.
    """
    stored = sample(db, sample_id)
    picked = {pick.case_id: label("picked_by", pick.picked_by) for pick in stored.cases}
    tables = {
        "list": table_of([_list_row(row) for row in sample_rows(db, sample_id)], LIST_COLUMNS),
        "shares": table_of(_share_rows(stored), SHARE_COLUMNS),
        "frame": table_of(_frame_rows(db, stored, picked), FRAME_COLUMNS),
        "changes": table_of(_change_rows(db, stored), CHANGE_COLUMNS),
        "left_out": table_of([x._asdict() | {"kind": _KINDS[x.kind]} for x in left_out_rows(db, sample_id)], LEFT_OUT_COLUMNS),
    }
    sheets = (
        NotesSheet("说明", tuple(_notes(db, stored, tables["left_out"].num_rows))),
        TableSheet("抽样名单", "list", LIST_COLUMNS, printed=8, frozen=2, heading=TITLE),
        TableSheet("各层名额", "shares", SHARE_COLUMNS, printed=7, heading=f"{TITLE}　各层名额", landscape=False),
        TableSheet("抽样框", "frame", FRAME_COLUMNS, printed=6, frozen=1, heading=f"{TITLE}　抽样框", landscape=False),
        TableSheet("变动", "changes", CHANGE_COLUMNS, printed=len(CHANGE_COLUMNS), frozen=2, heading=f"{TITLE}　抽取之后的变动"),
        TableSheet("未列入", "left_out", LEFT_OUT_COLUMNS, printed=len(LEFT_OUT_COLUMNS), frozen=2, heading=f"{TITLE}　未列入抽样框的案件"),
    )
    deliver(Book(sheets, tables), target)
    return len(stored.cases)


def percent(share: Fraction) -> str:
    """A share with two decimals, rounded down, so that 19.996% never reads 20%."""
    hundredths = share.numerator * 10_000 // share.denominator
    return f"{hundredths // 100}.{hundredths % 100:02}%"


def _list_row(row: dict) -> dict:
    came = CHANGES[row["change_kind"]] if row["change_kind"] else "抽取"
    told = {
        "case_title": row["title"],
        "picked_by": label("picked_by", row["picked_by"]),
        "ticket_text": repr(row["ticket"]),
        "change": came,
    }
    return row | told


def _share_rows(stored: Sample) -> list[dict]:
    then = {share.stratum: share for share in stored.allocation}
    rows = []
    for share in stored.shares_now:
        random = sum(p.stratum == share.stratum and p.picked_by == "random" for p in stored.cases)
        total = sum(p.stratum == share.stratum for p in stored.cases)
        first = then.get(share.stratum)
        rows.append(share._asdict() | {
            "random": random, "must": total - random, "total": total, "percent": percent(Fraction(total, share.cases)),
            "quota_then": first.quota if first else 0, "due": first.due if first else None,
            "deviation": None if share.deviation is None else repr(share.deviation),
        })  # fmt: skip
    return rows


def _frame_rows(db: Database, stored: Sample, picked: dict[str, str]) -> list[dict]:
    facts = {e.case_id: e._asdict() for e in frozen_cases(db, stored.frame_id)} if stored.frame_id else {}
    out = {row["case_id"] for row in replacement_rows(db, stored.sample_id)}
    rows = []
    for t in frame_rows(db, stored.sample_id):
        known = facts.get(t.case_id, {})
        rows.append(known | t._asdict() | {
            "ticket_text": repr(t.ticket), "picked_by": picked.get(t.case_id), "must": labels(known.get("must", ())),
            "open": "已替换" if t.case_id in out else "否（必查先列入）" if t.chance is None else "是",
            "level": LEVELS.get(known.get("level"), known.get("level")), "band": None if known.get("band") is None else str(known["band"]),
        })  # fmt: skip
    return rows


def _change_rows(db: Database, stored: Sample) -> list[dict]:
    swaps = {row["change_id"]: row for row in replacement_rows(db, stored.sample_id)}
    return [
        {
            "kind": CHANGES[c.kind], "changed_at": f"{c.changed_at:%Y-%m-%d %H:%M:%S}", "changed_by": c.changed_by, "reason": c.reason,
            "ratio": c.details.get("ratio"), "out": swaps[c.change_id]["case_no"] if c.change_id in swaps else None,
            "new": swaps[c.change_id]["new_case_no"] if c.change_id in swaps else "、".join(c.details.get("cases", ())) or None,
        }
        for c in stored.changes
    ]  # fmt: skip


def _steps(db: Database, stored: Sample):
    """Who did what when before the list was there."""
    if stored.frame_id is None:
        return
    frame, plan = frozen(db, stored.frame_id), plan_of(db, stored.plan_id)
    moment = "{:%Y-%m-%d %H:%M:%S}，{}".format
    yield "pair", ("抽样框名称", f"{frame.name}（{frame.frame_id}）")
    yield "pair", ("抽样框冻结", moment(frame.created_at, frame.created_by))
    yield "pair", ("抽样框确认", moment(frame.confirmed_at, frame.confirmed_by))
    yield "pair", ("冻结框指纹", frame.hash)
    yield "pair", ("种子来源", SEED_SOURCES[plan.seed_source])
    yield "pair", ("种子登记", moment(stored.seed_entered_at, stored.seed_entered_by or "未署名"))
    yield "pair", ("抽样设定", stored.design.words)


def _notes(db: Database, stored: Sample, left_out: int):
    random = sum(pick.picked_by == "random" for pick in stored.cases)
    both = sum(pick.picked_by == "random" and pick.must_reason is not None for pick in stored.cases)
    scope = stored.scope
    yield "title", (TITLE,)
    yield "pair", ("抽样编号", stored.sample_id)
    yield "pair", ("随机种子", stored.seed)
    yield "pair", ("抽样比例", stored.ratio)
    yield from _steps(db, stored)
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
    if stored.changes:
        yield "pair", ("抽取后变动", f"{len(stored.changes)} 次，见“变动”表；现在的比例 {stored.ratio_now}，抽样框 {stored.frame_now} 件")
    yield "pair", ("导出时间", f"{now():%Y-%m-%d %H:%M}")
    yield "pair", ("程序版本", f"{__version__}（抽样方法 {stored.method}）")
    yield "heading", ("方法",)
    for sentence in _METHOD:
        yield "text", (sentence,)
    yield (
        "text",
        (
            "冻结框指纹：把每件案件写成“案件编号|县区|案件层级代码|领域|处理档次|疑似问题程度|疑似问题数|必查条件代码（以+相连）”，"
            "未载明的留空，按字符编码排序，以换行符相连，求 SHA-256。",
        ),
    )
    yield "text", ("抽样名单的案件名称、县区、承办单位为导出时台账所载；编号、层、票号和抽样框所列为抽样时所存。",)
