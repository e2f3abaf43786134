"""Drawn parts of 评查进度: what the sample says of the rest, how good the checks were, agreement and settling."""

import streamlit as st

from pages.parts import frame, pieces, review_reads
from pages.parts.pieces import Html, text
from review.casework.check_quality import ALL, ENOUGH, Quality
from review.casework.conclusions import Conclusion
from review.casework.double_reviews import GRADE, Difference, DoubleReviews, settle
from review.casework.outcomes import FAILED, FLAWED, WHOLE
from review.casework.reviews import ASPECTS, GRADES, RESULTS
from review.errors import ReviewError
from review.reports.review_results import agreement_row, claim_row, interval
from review.store.database import Database

HEADS = (WHOLE, FLAWED, FAILED)


def conclusions(db: Database, sample_id: str) -> None:
    """The main sentence, all kinds of problems, one kind by county."""
    found = review_reads.conclusions(db, sample_id)
    if not found or not found[0].drawn:
        st.info("这次抽样没有随机抽取的案件，不能推算。", icon=":material/inbox:")
        return
    st.html(f'<p class="sentence"><b>任何一类问题。</b>{text(found[0].sentence)}</p>')
    by_subject = {one.subject: one for one in found}
    _claims([one for one in found if one.subject in (*HEADS, *ASPECTS)], "问题")
    checks = [one for one in found if one.subject not in (*HEADS, *ASPECTS)]
    with st.expander(f"逐项检查规则（{len(checks)}）", icon=":material/rule:"):
        _claims(checks, "检查规则")
    pieces.quiet(
        "只用随机抽取的案件推算；必查案件是挑出来的，另列，不参加推算。随机案件没有评毕或看不出的，不给占比，"
        "只给无论结果如何都成立的范围。“可能有”为 95% 双侧范围，句子里的“至多”为 95% 把握的单侧上限。"
    )
    title, box = st.columns([4, 6], vertical_alignment="center")
    with title:
        pieces.section("各县区")
    subject = box.selectbox(
        "看哪一类问题", list(by_subject), format_func=lambda s: by_subject[s].label, key="about", bind="query-params",
        filter_mode="contains", label_visibility="collapsed",
    )  # fmt: skip
    _claims(review_reads.by_place(db, sample_id, subject), "县区", place=True)


def _claims(found: list[Conclusion], head: str, place: bool = False) -> None:
    rows = [(one, claim_row(one)) for one in found]
    pieces.table(
        [head, "案件", "随机抽取", "评毕", "有此问题", "看不出", "估计占比", "可能有（件）", "必查", "怎么说"],
        [
            (one.place if place else one.label, one.cases, one.drawn, one.reviewed, one.found, one.unclear or "", row["share"] or "—",
             row["range"], row["must"], Html(f'<span class="raw">{text(one.sentence.removeprefix(one.place + "："))}</span>'))
            for one, row in rows
        ],
        numbers=[1, 2, 3, 4, 5, 6, 7, 8],
        widths=["14em", "4em", "5.2em", "4em", "5.2em", "4.5em", "5.5em", "7em", "4em", ""],
    )  # fmt: skip


def quality(db: Database, sample_id: str) -> None:
    """How often a 疑似 was right, how often the program was silent wrongly."""
    found = review_reads.quality(db, sample_id)
    if not found:
        st.info("这次抽样没有随机抽取的案件。", icon=":material/inbox:")
        return
    first = found[0]
    if first.pending:
        st.info(f"随机抽取的案件还有 {first.pending} 件未评毕，下面只列已评部分的件数，不给占比。", icon=":material/hourglass_top:")
    else:
        right = f"程序提示疑似 {first.suspects} 项，评查认定确有问题 {first.right} 项"
        missed = f"评查认定的问题 {first.caught + first.missed} 项中，程序没有任何提示的 {first.missed} 项"
        st.html(f'<p class="sentence">{text(f"{right}；{missed}。")}</p>')
    pieces.table(
        ["检查", "疑似（可判）", "确有问题", "准确率（95%）", "漏报", "漏报率（95%）", "待核", "其中确有问题", "疑似而看不出"],
        [_quality_line(one) for one in found],
        numbers=[1, 2, 3, 4, 5, 6, 7, 8],
        widths=["", "7em", "6em", "11em", "5em", "11em", "5em", "8em", "8em"],
    )
    pieces.quiet(
        f"按案件和检查计项，只用随机抽取并已评毕的案件；涉及不到 {ENOUGH} 件案件的不给占比。准确率低的检查，请看能否调整参数；"
        "漏报多的，请看台账缺不缺需要的列。待核是程序说判断不了，不算提示，也不算漏报。"
    )


def _quality_line(one: Quality) -> tuple:
    name = Html(f"<b>{text(one.label)}</b>") if one.key == ALL or one.key in ASPECTS else one.label
    shares = interval(one.precision) or "—", interval(one.miss_rate) or "—"
    return name, one.suspects, one.right, shares[0], one.missed, shares[1], one.undetermined, one.undetermined_real, one.unclear


def agreement(db: Database, sample_id: str) -> None:
    """How far two reviewers agree, and what is to be talked over."""
    found = review_reads.doubles(db, sample_id)
    if not found.assigned:
        st.info("这次抽样没有安排双人评查。可在“抽样”的“分配”一步设双人评查比例，或为某件案件指定第二份。", icon=":material/group:")
        return
    pieces.figures(
        [
            ("双人评查（件）", found.assigned),
            ("两份都评毕", found.finished),
            ("未商定的不一致", sum(d.settled is None for d in found.differences)),
        ]
    )
    if not found.finished:
        st.info("还没有两份都评毕的案件。评毕之前两人互不可见，这里也不显示。", icon=":material/visibility_off:")
        return
    pieces.table(
        ["项目", "可比", "一致比例（95%）", "α 系数", "AC1（95%）", "认为有问题的次数"],
        [
            (
                Html(f"<b>{text(line.label)}</b>") if line.subject in (GRADE, "checks") else line.label,
                *list(agreement_row(line).values())[1:],
            )
            for line in found.lines
        ],
        numbers=[1, 2, 3, 4, 5],
        widths=["", "6em", "13em", "10em", "16em", "10em"],
    )
    pieces.quiet(
        "α 和 AC1：1 为完全一致，0 为与碰巧无异；问题很少时 α 会偏低，请与 AC1 一起看；可比的不到 5 件的不算。"
        "等次按顺序计算，差两级比差一级更不一致。看不出不计入。"
    )
    _differences(db, sample_id, found)


def _differences(db: Database, sample_id: str, found: DoubleReviews) -> None:
    pieces.section(f"需要商定的（{sum(d.settled is None for d in found.differences)}）")
    if not found.differences:
        pieces.quiet("两人没有不一致的项目。")
        return
    pieces.table(
        ["案件", "项目", "第一人", "第二人", "商定结果"],
        [(d.case_no, d.label, _side(d.first), _side(d.second), _settled(d)) for d in found.differences],
        widths=["13em", "16em", "", "", "16em"],
    )
    open_ = {f"{d.case_no}　{d.label}": d for d in found.differences}
    turn = st.session_state.get("settled", 0)
    which = st.selectbox("登记哪一项", list(open_), key=f"settle_{turn}", filter_mode="contains")
    one: Difference = open_[which]
    choices = GRADES if one.subject == GRADE else RESULTS
    with st.form(f"settle_form_{which}_{turn}", enter_to_submit=False):
        result = st.radio("商定为", list(choices), index=None, format_func=choices.get, horizontal=True)
        why, who, save = st.columns([6, 3, 2], vertical_alignment="bottom")
        reason = why.text_input("理由", placeholder="依据的材料、由谁主持商定")
        actor = who.text_input("登记人", value=st.session_state.get("reviewer", ""), placeholder="姓名")
        sent = save.form_submit_button("保存", type="primary", width="stretch")
    if sent:
        try:
            settle(db, sample_id, one.case_id, one.subject, result, reason, actor)
        except ReviewError as fault:
            frame.show_fault(fault)
            return
        st.session_state.update(reviewer=actor.strip(), settled=turn + 1)
        st.rerun()


def _side(side: tuple[str, str, str]) -> Html:
    note = f"<br><span class=raw>{text(side[2])}</span>" if side[2] else ""
    return Html(f"{text(side[0])}：<b>{text(side[1])}</b>{note}")


def _settled(one: Difference) -> str | Html:
    if one.settled is None:
        return Html(str(pieces.tag("未商定", "open")))
    return Html(f"<b>{text(one.settled[0])}</b><br><span class=raw>{text(one.settled[1])}（{text(one.settled[2])}）</span>")
