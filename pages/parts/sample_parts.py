"""The step 核验 and the history of frames and samples."""

from collections.abc import Sequence
from io import BytesIO

import streamlit as st

from pages.parts import pieces
from pages.parts.frame import plain
from review.reports.sample_list import write_sample_list
from review.sampling.draw import Sample, verify
from review.sampling.frozen import FrozenFrame, frozen
from review.sampling.verification import Verification
from review.store.database import Database


def export(db: Database, drawn: Sample, place) -> None:
    """The button that hands over the sample as a workbook."""

    def workbook() -> bytes:
        target = BytesIO()
        write_sample_list(db, drawn.sample_id, target)
        return target.getvalue()

    place.download_button(
        "导出样本名单（Excel）", data=workbook, file_name=f"样本名单_{drawn.sample_id}.xlsx", mime=pieces.EXCEL, on_click="ignore",
        icon=":material/download:",
    )  # fmt: skip


def verifying(db: Database, drawn: Sample) -> None:
    """Draw again and compare; how an outsider does the same."""
    bar = st.container(horizontal=True, vertical_alignment="center")
    asked = bar.button("验证：重新抽取并比对", icon=":material/verified:", type="primary")
    export(db, drawn, bar)
    if asked:
        verification(verify(db, drawn.sample_id))
    left, right = st.columns(2, gap="medium")
    with left:
        pieces.section("系统怎样核验")
        pieces.quiet(
            "用登记的种子把每件案件的票号重算一遍，重新分层、分名额、排次序，再把抽取之后的每次变动（扩大、替换、迟到）照样重做，"
            "与存下的抽样框、票号、名额、概率、名单逐项比较。名单由数据库算出，核验由另一段程序重算。"
        )
        pieces.section("别人怎样核验")
        pieces.quiet(
            "导出的 Excel 含种子、整个抽样框、票号、名额、变动和概率。不用本系统，按 docs/redraw.md 所印的十行程序，"
            "或在 Excel 中按票号排序、数名额，就能重算；票号可用电脑自带的命令抽查，写法也在里面。"
        )
    with right:
        pieces.section("先后次序")
        pieces.facts(_times(db, drawn))


def verification(found: Verification) -> None:
    """What drawing again showed, in words."""
    if found.ok:
        st.info("按登记的种子和抽样框重新抽取，名单、票号、名额与登记的完全一致。", icon=":material/verified:")
    else:
        st.error(plain("\n\n".join(found.differences)), title="重新抽取的结果与登记的不一致", icon=":material/report:")
    for line in found.today:
        pieces.quiet(line)


def _times(db: Database, drawn: Sample) -> list[tuple[str, object]]:
    steps = []
    if drawn.frame_id:
        found = frozen(db, drawn.frame_id)
        steps = [("抽样框冻结", found.created_at, found.created_by), ("抽样框确认", found.confirmed_at, found.confirmed_by),
                 ("种子登记", drawn.seed_entered_at, drawn.seed_entered_by)]  # fmt: skip
    steps += [("抽取", drawn.created_at, drawn.created_by)]
    steps += [(f"第 {k} 次变动", c.changed_at, c.changed_by) for k, c in enumerate(drawn.changes, 1)]
    return [(name, f"{at:%Y-%m-%d %H:%M:%S} {by}") for name, at, by in steps]


def history(rows: Sequence[dict], frames: Sequence[FrozenFrame]) -> None:
    """All samples and the frames that nothing was drawn from yet, each with its address."""
    used = {row["frame_id"] for row in rows}
    waiting = [one for one in frames if one.frame_id not in used]
    if rows:
        pieces.section(f"已有的抽样（{len(rows)}）")
        pieces.table(
            ["样本", "抽样框", "期间", "种子", "比例", "案件", "随机", "必查", "变动", "种子登记", "抽取"],
            [
                (_link("sample", r["sample_id"]), r["frame_name"] or "（早先的程序）", f"{r['period_from']} 至 {r['period_to']}", r["seed"],
                 r["ratio"], r["frame_size"], r["random_count"], r["must_count"], r["change_count"],
                 f"{r['seed_entered_at']:%Y-%m-%d %H:%M}" if r["seed_entered_at"] else "",
                 f"{r['created_at']:%Y-%m-%d %H:%M} {r['created_by']}")
                for r in rows
            ],
            numbers=[5, 6, 7, 8],
        )  # fmt: skip
    if waiting:
        pieces.section(f"已冻结、尚未抽取的抽样框（{len(waiting)}）")
        pieces.table(
            ["抽样框", "名称", "期间", "案件", "冻结", "确认"],
            [
                (_link("frame", f.frame_id), f.name, f"{f.period_from} 至 {f.period_to}", f.size,
                 f"{f.created_at:%Y-%m-%d %H:%M} {f.created_by}",
                 f"{f.confirmed_at:%Y-%m-%d %H:%M} {f.confirmed_by}" if f.confirmed_at else "尚未确认")
                for f in waiting
            ],
            numbers=[3],
        )  # fmt: skip


def _link(name: str, key: str) -> pieces.Html:
    return pieces.Html(f'<a href="sampling?{name}={pieces.text(key)}" target="_self">{pieces.text(key)}</a>')
