"""Drawn parts of the case file: how the case stands. Withdrawn or not, updated by a newer ledger, corrected cells."""

import streamlit as st

from pages.parts import frame, pieces
from review.casework.dossier import CaseFile
from review.casework.withdrawals import reinstate, withdraw
from review.checks.engine import run_checks
from review.errors import ReviewError
from review.store.database import Database
from review.vocabulary.labels import label
from review.workbook.changes import changes


def head(db: Database, file: CaseFile) -> None:
    """Number, title and place; grey with the reason for a withdrawn case; a popover to withdraw it or take that back."""
    case = file.case
    grey = ' class="withdrawn"' if file.withdrawn else ""
    named, act = st.columns([10, 2], vertical_alignment="center")
    named.html(
        f'<div{grey}><div class="panel-head"><b>{pieces.text(case["case_key"])}</b>{pieces.text(case["title"])}'
        f"{pieces.tag('已撤销') if file.withdrawn else ''}</div></div>"
    )
    _mark(db, file, act)
    pieces.quiet(f"{case['file_name']}，工作表“{case['sheet']}”第 {case['row']}–{case['last_row']} 行")
    if file.withdrawn:
        last = file.withdrawals[0]
        st.html(
            f'<div class="withdrawn note">本案已撤销：{pieces.text(last["reason"])}（{pieces.text(last["decided_by"])}，'
            f"{last['decided_at']:%Y-%m-%d %H:%M}）。不参加检查、抽样和计数，内容和核实结论都保留。</div>"
        )
    elif file.withdrawals:
        pieces.quiet("本案曾撤销，已恢复：" + "；".join(_told(w) for w in file.withdrawals))
    if file.updated_by:
        _updated(db, file)


def _told(mark: dict) -> str:
    return f"{mark['decided_at']:%Y-%m-%d %H:%M} {mark['decided_by']}{'撤销' if mark['withdrawn'] else '恢复'}，{mark['reason']}"


def _updated(db: Database, file: CaseFile) -> None:
    """What the newest ledger changed in this case."""
    by = file.updated_by
    found = changes(db, by["import_id"], file.case["case_id"])
    real = [c for c in found if not c.same_meaning]
    words = f"资料已更新：“{frame.plain(by['file_name'])}”于 {by['imported_at']:%Y-%m-%d %H:%M} 更新了本案，{len(real)} 处有改动"
    if not real:
        pieces.quiet(f"“{by['file_name']}”于 {by['imported_at']:%Y-%m-%d %H:%M} 重新列出了本案，内容没有改动。")
        return
    with st.expander(words, icon=":material/update:"):
        pieces.table(
            ["对象", "项目", "原来", "现在", "原位置", "新位置"],
            [(c.person or "本案", c.label, c.old, c.new, c.old_place, c.new_place) for c in real],
            widths=["5em", "7em", "", "", "13em", "13em"],
        )


def _mark(db: Database, file: CaseFile, place) -> None:
    words = "恢复本案" if file.withdrawn else "撤销本案"
    with place.popover(words, icon=":material/undo:" if file.withdrawn else ":material/block:"):
        after = "恢复后重新参加检查、抽样和计数。", "撤销的案件不再参加检查、抽样和计数；内容和核实结论保留，随时可以恢复。"
        pieces.quiet(after[0] if file.withdrawn else after[1])
        case_id = file.case["case_id"]
        reason = st.text_input("理由", placeholder="如：经核实已并入另案", key=f"mark_why_{case_id}")
        name = st.text_input("办理人", value=st.session_state.get("reviewer", ""), placeholder="姓名", key=f"mark_by_{case_id}")
        if st.button(f"确认{words}", type="primary"):
            try:
                frame.need_name(name)
                (reinstate if file.withdrawn else withdraw)(db, [case_id], reason, name)
                with st.spinner("正在重新检查……"):
                    run_checks(db, actor=name.strip())
            except ReviewError as fault:
                frame.show_fault(fault)
            else:
                st.rerun()


def left_findings(file: CaseFile) -> None:
    """What was found before the case was withdrawn."""
    names = {p.row["respondent_id"]: p.row["name"] for p in file.people}
    pieces.table(
        ["检查", "程度", "判断", "对象", "内容"],
        [
            (f["check_id"], f["level"], label("verdict", f["verdict"]), names.get(f["respondent_id"]) or "本案", f["message"])
            for f in file.left_findings
        ],
        widths=["4em", "4em", "4em", "5em", ""],
    )
    pieces.quiet("以上是撤销前的检查结果，现在不列入清单和计数。")


def corrections(file: CaseFile) -> None:
    """Cells of the case that were read with a correction."""
    if not file.corrections:
        return
    pieces.section(f"更正过的单元格（{len(file.corrections)}）")
    pieces.table(
        ["单元格", "台账原文", "更正为", "更正人", "时间"],
        [(c["address"], c["raw"], c["corrected"], c["corrected_by"], f"{c['corrected_at']:%Y-%m-%d %H:%M}") for c in file.corrections],
        widths=["10em", "", "", "7em", "10em"],
    )
