"""Drawn parts of the import page: doubtful cells with their corrections, and cases that may be known ones."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import frame, pieces
from pages.parts.drafts import Draft
from review.errors import UsageError
from review.store.database import Database
from review.workbook.corrections import correction_list, save_corrections, take_back
from review.workbook.doubts import Doubt
from review.workbook.lookalikes import Lookalike, answer_same

STATES = {"未能读入": "#B3261E", "存疑": "#B26A00", "更正后仍存疑": "#6B5B95"}
SHOWN = 20
ANSWERS = {True: "是同一案件", False: "不是，是另一件", None: "暂不确定"}


def cells(db: Database, draft: Draft, found: Sequence[Doubt]) -> None:
    """The doubtful cells on the left, the correction of the chosen one on the right, corrections made below."""
    if found:
        left, right = st.columns([7, 5], gap="medium")
        with left:
            doubt = _list(draft, found)
        with right:
            _correct(db, draft, doubt)
    else:
        pieces.quiet("没有读不准的格子。")
    _made(db, draft)


def _list(draft: Draft, found: Sequence[Doubt]) -> Doubt:
    picked = st.dataframe(
        [
            {"状态": [_state(d)], "单元格": d.address, "项目": d.what, "原文": d.raw, "工作表": d.sheet, "原因": d.reason}
            for d in found
        ],
        key=f"doubts_{draft.sha256[:12]}_{hash(tuple(found))}",
        on_select="rerun",
        selection_mode="single-row-required",
        hide_index=True,
        height=min(38 + 33 * len(found), 420),
        column_config={
            "状态": st.column_config.MultiselectColumn(options=list(STATES), color=list(STATES.values()), width=86),
            "单元格": st.column_config.TextColumn(width=92),
            "项目": st.column_config.TextColumn(width=88),
            "原文": st.column_config.TextColumn(width=150),
            "工作表": st.column_config.TextColumn(width=70) if len({d.sheet for d in found}) > 1 else None,
        },
        alt="读不准的格子",
    )
    pieces.quiet("同一列里内容相同的格子合成一行，一次更正。不更正也可以导入：读不准的地方，相应的检查列为待核。")
    return found[min(next(iter(picked.selection.rows), 0), len(found) - 1)]


def _state(doubt: Doubt) -> str:
    return "更正后仍存疑" if doubt.corrected else "未能读入" if doubt.rejected else "存疑"


def _correct(db: Database, draft: Draft, doubt: Doubt) -> None:
    """What the cell says, why it is in doubt, what it should say."""
    place = f"{doubt.sheet}!{doubt.address}"
    st.html(f'<div class="panel-head"><b>{pieces.text(place)}</b>{pieces.text(doubt.header or doubt.what)}</div>')
    st.html(f'<p class="sentence"><span class="doubt">{pieces.text(doubt.raw)}</span></p>')
    reason = doubt.reason.rstrip("。")
    if not doubt.column:
        pieces.quiet(f"{reason}。这一处是整行的问题，请在原台账中改正后重新导入。")
        return
    pieces.quiet(f"{reason}。请写明这一格应有的内容，台账原文和更正一并保留；看不出的不必更正，相应的检查列为待核。")
    with st.form(f"correct_{draft.sha256[:12]}_{place}_{hash(doubt.raw)}", enter_to_submit=False, border=False):
        said = st.text_area("应为", value=doubt.raw, height=80)
        rows = st.multiselect(
            "更正哪几行", doubt.rows, doubt.rows, format_func=lambda row: f"第 {row} 行", wrap=True, select_all=False,
            filter_mode="contains", placeholder="没有选行",
        ) if len(doubt.rows) > 1 else doubt.rows  # fmt: skip
        who, save = st.columns([1, 1], vertical_alignment="bottom")
        name = who.text_input("更正人", value=st.session_state.get("reviewer", ""), placeholder="姓名")
        if save.form_submit_button("保存更正", type="primary", icon=":material/edit:"):
            try:
                frame.need_name(name)
                if said.strip() == doubt.raw:
                    raise UsageError("内容没有改动。", "请在“应为”中写明这一格应有的内容，再保存。")
                count = save_corrections(db, draft.sha256, doubt.cells(rows), said, name)
            except UsageError as fault:
                frame.show_fault(fault)
            else:
                st.toast(f"已更正 {count} 格，原文保留。")
                st.rerun()


def _made(db: Database, draft: Draft) -> None:
    """Corrections in force, each with who and when; they can be taken back."""
    rows = correction_list(db, draft.sha256)
    if not rows:
        return
    with st.expander(f"已更正的格子（{len(rows)}）", icon=":material/history_edu:"):
        picked = st.dataframe(
            [
                {"单元格": f"{r['sheet']}!{r['column']}{r['row']}", "原文": r["raw"] or "", "更正为": r["corrected"],
                 "更正人": r["corrected_by"], "时间": f"{r['corrected_at']:%Y-%m-%d %H:%M}"}
                for r in rows
            ],
            key=f"made_{draft.sha256[:12]}_{len(rows)}",
            on_select="rerun",
            selection_mode="multi-row",
            hide_index=True,
            height=min(38 + 33 * len(rows), 300),
            alt="已更正的格子",
        )  # fmt: skip
        chosen = [rows[i] for i in picked.selection.rows if i < len(rows)]
        who, go = st.columns([3, 9], vertical_alignment="bottom")
        name = who.text_input("办理人", value=st.session_state.get("reviewer", ""), placeholder="姓名", key=f"back_{draft.sha256[:12]}")
        if go.button(f"取消所选的 {len(chosen)} 处更正，恢复台账原文", disabled=not chosen, icon=":material/undo:"):
            try:
                frame.need_name(name)
                take_back(db, draft.sha256, [(r["sheet"], r["row"], r["column"], r["raw"]) for r in chosen], name)
            except UsageError as fault:
                frame.show_fault(fault)
            else:
                st.rerun()


def same_cases(db: Database, found: Sequence[Lookalike], key: str) -> bool:
    """Pairs of cases with the question whether they are one; returns whether a yes was just saved."""
    pieces.quiet(
        "下面的案件与已导入的案件相像，但编号、名称或人员不完全一致，系统不自行合并。选“是”后按同一案件更新、核实结论跟着案件走；"
        "选“不是”或暂不确定，就是两件案件。回答会记住，下次不再问。"
    )
    with st.form(f"{key}_{hash(tuple(found[:SHOWN]))}", enter_to_submit=False):
        answers = {}
        for number, pair in enumerate(found[:SHOWN]):
            told, answer = st.columns([9, 3], vertical_alignment="center")
            with told:
                pieces.table(
                    ["", "编号", "案件名称", "问责对象", "位置"],
                    [
                        (word, c.case_no, c.title, pieces.some(c.people, "人", 6), c.place)
                        for word, c in (("新", pair.new), ("已有", pair.known))
                    ],
                    widths=["3em", "11em", "", "11em", "14em"],
                )
                pieces.quiet(pair.why)
            answers[pair] = answer.radio(
                "同一案件？", list(ANSWERS), index=2, format_func=ANSWERS.get, key=f"{key}_{number}_{pair.new.case_id}",
            )  # fmt: skip
        if len(found) > SHOWN:
            pieces.quiet(f"先列出最相像的 {SHOWN} 对，保存后再列其余 {len(found) - SHOWN} 对。")
        who, save = st.columns([3, 9], vertical_alignment="bottom")
        name = who.text_input("确认人", value=st.session_state.get("reviewer", ""), placeholder="姓名")
        if not save.form_submit_button("保存回答", type="primary", icon=":material/save:"):
            return False
    told = [(pair.new.case_id, pair.known.case_id, same) for pair, same in answers.items() if same is not None]
    try:
        frame.need_name(name)
        if not told:
            raise UsageError("没有选择“是”或“不是”。", "暂不确定的可以不答，案件先按两件保留。")
        answer_same(db, told, name)
    except UsageError as fault:
        frame.show_fault(fault)
        return False
    if not any(same for *_, same in told):
        st.rerun()
    return True
