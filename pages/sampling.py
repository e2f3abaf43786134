"""抽样: frame, allocation, draw, list, verification."""

from datetime import date
from io import BytesIO

import streamlit as st

from pages.parts import frame, pieces, reads, sample_parts
from review.casework.periods import last_full_year
from review.errors import ReviewError
from review.reports.sample_list import write_sample_list
from review.sampling.draw import draw_sample, sample, samples, verify
from review.sampling.frame import LEVELS, STRATA
from review.sampling.must_review import DEFAULT_RULES, RULES

db = frame.database()
frame.head("抽样", "从同期办结的案件中抽取不少于 20% 供评查；种子公开，任何人都能用一份名单重算出同样的结果。")
frame.need_cases(db)
earlier = samples(db)
shown = None
if "sample" in st.query_params:
    try:
        shown = sample(db, st.query_params["sample"])
    except ReviewError as fault:
        frame.show_fault(fault)


def workbook() -> bytes:
    """The sample as an Excel file."""
    target = BytesIO()
    write_sample_list(db, shown.sample_id, target)
    return target.getvalue()


if shown:
    bar = st.container(horizontal=True, vertical_alignment="center")
    bar.button("新的抽样", icon=":material/add:", on_click=lambda: st.query_params.pop("sample"))
    bar.download_button(
        "导出样本名单（Excel）",
        data=workbook,
        file_name=f"样本名单_{shown.sample_id}.xlsx",
        mime=pieces.EXCEL,
        on_click="ignore",
        icon=":material/download:",
    )
    if bar.button("验证：重新抽取并比对", icon=":material/verified:"):
        sample_parts.verification(verify(db, shown.sample_id))
    sample_parts.result(db, shown)
else:
    start, end = last_full_year(db)
    scope, rest = st.columns([5, 7], gap="medium")
    with scope:
        pieces.section("范围")
        period = st.date_input(
            "办结期间（起、止）", (start, end), format="YYYY-MM-DD", min_value=date(2000, 1, 1), max_value=date(2100, 12, 31)
        )
        ratio = st.number_input("抽样比例（%，不低于 20）", 20, 100, 20, step=1)
        by = st.multiselect(
            "分层", list(STRATA), ["county"], format_func=STRATA.get, placeholder="请选择", select_all=False, filter_mode=None
        )
        levels = st.multiselect(
            "案件层级", list(LEVELS), list(LEVELS), format_func=LEVELS.get, placeholder="请选择", select_all=False, filter_mode=None
        )
        names = {rule.code: rule.label for rule in RULES}
        must = st.multiselect(
            "必查（另加，不占随机名额）",
            list(names),
            DEFAULT_RULES,
            format_func=names.get,
            placeholder="不设必查",
            select_all=False,
            filter_mode=None,
            wrap=True,
        )
        undated = st.toggle("办结期间不明的案件也列入", value=False)
    if len(period) < 2 or not by or not levels:
        st.info("请选好办结期间的起止日期、至少一种分层和至少一个案件层级。", icon=":material/info:")
        st.stop()
    box = reads.frame(db, period[0], period[1], tuple(levels), "include" if undated else "apart", "+".join(by))
    with rest:
        pieces.section("可抽案件与名额")
        sample_parts.frame_counts(box)
        if box.size:
            sample_parts.allocation_preview(box, f"{ratio}%", must)
    pieces.section("抽取")
    seed_box, who_box, go = st.columns([6, 3, 2], vertical_alignment="bottom")
    seed = seed_box.text_input("随机种子（公开约定的一句话或一个号码）", placeholder="例如：2024年第12期开奖号码 03 08 17 21 26 30 + 05")
    who = who_box.text_input("抽取人", value=st.session_state.get("reviewer", ""), placeholder="姓名")
    pieces.quiet(
        "随机种子好比摇奖的号码：请在看到名单之前约定并公开，最好取事先无人能知的号码。同一种子、同一批案件，抽出的名单永远相同；"
        "换种子重抽会留下记录。"
    )
    with st.expander("名单是怎样算出来的（供复核）", icon=":material/calculate:"):
        pieces.quiet(
            "每件案件的票号 = SHA-256(“种子|案件编号”) 的前 13 位十六进制数 ÷ 16^13。各层内按票号由小到大排列，取够名额为止。"
            "只要有种子和全部案件编号，任何人不用本系统也能算出同一份名单。"
        )
    if go.button("抽取样本", type="primary", width="stretch", disabled=not box.size):
        frame.need_name(who)
        st.query_params["sample"] = draw_sample(
            db, period[0], period[1], f"{ratio}%", seed, "+".join(by), must, who.strip(), levels, undated="include" if undated else "apart"
        )
        st.rerun()
    sample_parts.left_out(box)
sample_parts.earlier(earlier)
