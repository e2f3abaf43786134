"""评查进度: how far the review of a sample is, my cases and their forms, and what came of it."""

from datetime import date
from io import BytesIO

import streamlit as st

from pages.parts import conclusion_parts, frame, pieces, progress_parts, review_parts, review_reads
from review.casework.reviews import review_form
from review.errors import ReviewError
from review.reports.review_results import write_review_results
from review.sampling.draw import samples

PARTS = {"progress": "进度", "mine": "我的案件", "conclusions": "从样本看全部", "quality": "检查准不准", "agreement": "一致性"}

db = frame.database()
frame.head("评查进度", "谁评到哪里了；打开自己的案件逐项评查；评毕之后，从样本看全部案件、看检查准不准、看两人评得一不一致。")
frame.need_cases(db)
drawn = {row["sample_id"]: row for row in samples(db)}
if not drawn:
    st.info("还没有抽样。先抽取样本、分配评查人，这里才有内容。", icon=":material/casino:")
    st.page_link("pages/sampling.py", label="去抽样", icon=":material/casino:")
    st.stop()
which, day, out = st.columns([6, 2, 3], vertical_alignment="bottom")
asked = st.query_params.get("sample")
if asked and asked not in drawn:
    st.warning(frame.plain(f"没有编号为“{asked}”的抽样，已改为最近一次。"), icon=":material/help:")
sample_id = which.selectbox(
    "哪一次抽样",
    list(drawn),
    index=list(drawn).index(asked) if asked in drawn else 0,
    format_func=lambda key: f"{drawn[key]['created_at']:%Y-%m-%d} 抽取，{drawn[key]['period_from']} 至 {drawn[key]['period_to']}（{key}）",
    filter_mode=None,
)
st.query_params["sample"] = sample_id
today = day.date_input("截至哪一天", date.today(), format="YYYY-MM-DD", min_value=date(2016, 1, 1), max_value=date(2100, 12, 31))


def workbook() -> bytes:
    """Everything of this page as an Excel file."""
    target = BytesIO()
    write_review_results(db, sample_id, today, target)
    return target.getvalue()


out.download_button(
    "导出评查结果（Excel）", data=workbook, file_name=f"评查结果_{sample_id}.xlsx", mime=pieces.EXCEL, on_click="ignore",
    icon=":material/download:", width="stretch",
)  # fmt: skip
found = review_reads.progress(db, sample_id, today)
if not found.rows:
    st.info("这次抽样还没有分配给任何人。", icon=":material/assignment_ind:")
    st.page_link("pages/sampling.py", label="去分配", icon=":material/assignment_ind:", query_params={"sample": sample_id})
    st.stop()
asked_part = st.query_params.get("part", "progress")
part = st.segmented_control(
    "看什么", list(PARTS), format_func=PARTS.get, default=asked_part if asked_part in PARTS else "progress", required=True,
    label_visibility="collapsed", key=f"part_{asked_part}",
)  # fmt: skip
if part != asked_part:
    st.query_params["part"] = part
    st.query_params.pop("case", None)
    st.rerun()

if part == "progress":
    progress_parts.figures(found)
    if found.barred:
        st.error(f"有 {found.barred} 份按现在的登记应当回避，请到“抽样”的“分配”一步改派。", icon=":material/block:")
    progress_parts.tables(found, sample_id)
elif part == "mine":
    people = {one.key: f"{one.name}（{one.unit}）" for one in found.reviewers}
    me = st.query_params.get("reviewer")
    box, back = st.columns([5, 6], vertical_alignment="bottom")
    chosen = box.selectbox(
        "我是", list(people), index=list(people).index(me) if me in people else None, format_func=people.get, placeholder="请选择姓名",
        filter_mode="contains",
    )  # fmt: skip
    if chosen and chosen != me:
        st.query_params["reviewer"] = chosen
        st.query_params.pop("case", None)
        st.rerun()
    if not chosen:
        pieces.quiet("选好姓名，就能看到分配给您的案件。")
    elif "case" in st.query_params:
        back.button("回到我的案件", icon=":material/arrow_back:", on_click=lambda: st.query_params.pop("case"))
        try:
            review_parts.draw(db, sample_id, review_form(db, sample_id, st.query_params["case"], chosen), chosen)
        except ReviewError as fault:
            frame.show_fault(fault)
    else:
        progress_parts.mine(found, sample_id, chosen)
elif part == "conclusions":
    conclusion_parts.conclusions(db, sample_id)
elif part == "quality":
    conclusion_parts.quality(db, sample_id)
else:
    conclusion_parts.agreement(db, sample_id)
