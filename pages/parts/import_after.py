"""Drawn parts of the import page: the receipt, loaded ledgers, what one of them changed, and the ways back."""

from collections.abc import Callable, Sequence
from io import BytesIO

import streamlit as st

from pages.parts import frame, import_cells, import_changes, pieces
from pages.parts.frame import stamp
from review.casework.withdrawals import NotListed, no_longer_listed, reinstate, withdraw, withdrawn_but_listed
from review.checks.engine import run_checks
from review.errors import ReviewError
from review.reports.rejects import write_rejects
from review.store.database import Database
from review.vocabulary.labels import label
from review.workbook.bulk import JointReceipt
from review.workbook.changes import change_count
from review.workbook.load import read_again
from review.workbook.lookalikes import Lookalike, open_lookalikes
from review.workbook.storing import Receipt
from review.workbook.undo import prompted, undo_import, what_depends


def receipt(done: JointReceipt, checked: str) -> None:
    """What the last load did, file by file, then all together."""
    pieces.section("导入回执")
    figures = ("rows", "cases", "respondents", "rejects", "replaced_cases")
    rows = [
        (e.file_name, _outcome(e), sum(s["status"] == "read" for s in e.sheets), *(getattr(e, n) for n in figures))
        if isinstance(e, Receipt)
        else (e.file_name, f"{'已取消' if e.cancelled else '没有读入'}：{e.title}{e.advice}", *[""] * 6)
        for e in done.entries
    ]
    total = ("合计", f"新导入 {len(done.new)} 个文件", "", *(done.total(n) for n in figures))
    pieces.table(
        ["文件", "结果", "工作表", "数据行", "案件", "问责对象", "未能读入", "更新已有案件"],
        rows,
        numbers=range(2, 8),
        total=total if len(rows) > 1 else None,
    )
    pieces.quiet(checked)
    links = st.container(horizontal=True)
    links.page_link("pages/overview.py", label="看总览", icon=":material/dashboard:")
    links.page_link("pages/findings.py", label="看问题清单", icon=":material/checklist:")
    # What changed is shown at once; a click in the list below shows another ledger.
    changed_by = [r.import_id for r in done.new if r.replaced_cases]
    if changed_by and "import" not in st.query_params:
        st.query_params["import"] = str(changed_by[0])


def _outcome(entry) -> str:
    if entry.already_loaded:
        return "以前已导入，没有改动"
    if entry.replaces is None:
        return "已导入"
    newer = f"；{entry.left_to_newer} 件以后来的台账为准" if entry.left_to_newer else ""
    return f"已按新的回答和更正重新读入{newer}"


def earlier(db: Database, rows: Sequence[dict]) -> dict | None:
    """Loaded ledgers; the one chosen, or that of the address."""
    pieces.section(f"已导入的台账（{len(rows)}）")
    address = st.query_params.get("import")
    wanted = next((i for i, r in enumerate(rows) if str(r["import_id"]) == address), None)
    key = f"imports_{rows[0]['import_id']}_{len(rows)}_{address}"
    if wanted is not None and key not in st.session_state:
        st.session_state[key] = {"selection": {"rows": [wanted], "columns": [], "cells": []}}
    picked = st.dataframe(
        [
            {
                "文件": r["file_name"],
                "导入时间": f"{r['imported_at']:%Y-%m-%d %H:%M}",
                "导入人": r["imported_by"],
                "含全部对象": label("answer", r["complete"]),
                "行": r["row_count"],
                "案件": r["case_count"],
                "人": r["respondent_count"],
                "未能读入": r["reject_count"],
            }
            for r in rows
        ],
        key=key,
        on_select="rerun",
        selection_mode="single-row",
        hide_index=True,
        height=min(38 + 33 * len(rows), 320),
        column_config={"文件": st.column_config.TextColumn(width=380)},
        alt="已导入的台账",
    )
    return rows[picked.selection.rows[0]] if picked.selection.rows and picked.selection.rows[0] < len(rows) else None


def detail(db: Database, row: dict, reopen: Callable[[int], None]) -> None:
    """One loaded ledger: correct or answer anew, what it changed, who is missing from it, undo."""
    number = row["import_id"]
    pieces.section(f"{row['file_name']}（第 {number} 次导入）")
    actions = st.container(horizontal=True)
    if actions.button("更正单元格、改回答", key=f"reopen_{number}", icon=":material/edit_note:"):
        reopen(number)
    if row["reject_count"]:
        reject_button(db, number, f"导出未能读入的 {row['reject_count']} 处（Excel）", actions)
    _undo(db, row, actions)
    _back_again(db, number)
    alike = _alike(db, stamp(db), number)
    if alike:
        pieces.section(f"可能是同一案件（{len(alike)}）")
        if import_cells.same_cases(db, alike, f"after_{number}"):
            _after(db, lambda actor: read_again(db, number, actor), "已按同一案件更新，原来的值仍保存。")
    if change_count(db, number):
        import_changes.changed(db, row)
    for ledger in _left_out(db, stamp(db), number):
        _missing(db, ledger, number)


def reject_button(db: Database, import_id: int | None, words: str, place=st) -> None:
    """Download of the rejects with the original cell addresses."""

    def workbook() -> bytes:
        target = BytesIO()
        write_rejects(db, import_id, target)
        return target.getvalue()

    place.download_button(
        words, data=workbook, file_name="未能读入的内容.xlsx", mime=pieces.EXCEL, on_click="ignore", icon=":material/download:",
        key=f"rejects_{import_id}",
    )  # fmt: skip


def _undo(db: Database, row: dict, place) -> None:
    number = row["import_id"]
    with place.popover("撤销这次导入", icon=":material/undo:"):
        reasons = what_depends(db, number)
        if reasons:
            st.warning("".join(reasons), title="现在不能撤销", icon=":material/lock:")
            return
        back, chosen = change_count(db, number), prompted(db, number)
        pieces.quiet(
            f"将去掉这次导入的 {row['case_count']} 件案件、{row['respondent_count']} 名问责对象"
            f"{f'，其中 {back} 件恢复为导入前的内容' if back else ''}。"
            f"{_taken_back(chosen)}文件原件、更正和回答仍保留，撤销会记入日志。"
        )
        name = st.text_input("撤销人", value=st.session_state.get("reviewer", ""), placeholder="姓名", key=f"undo_by_{number}")
        if st.button("确认撤销", type="primary", key=f"undo_{number}"):
            _after(db, lambda actor: undo_import(db, number, actor), f"“{row['file_name']}”的导入已撤销。", name)


def _taken_back(chosen: list[dict]) -> str:
    """Withdrawals chosen in the change list of an import go back with it: said before somebody confirms."""
    if not chosen:
        return ""
    named = "、".join(c["case_key"] for c in chosen[:5]) + (f"等 {len(chosen)} 件" if len(chosen) > 5 else "")
    return frame.plain(f"在它的改动清单里办理的撤销或恢复也一并收回（{named}），并记下理由。")


def _missing(db: Database, ledger: NotListed, number: int) -> None:
    """Cases that this ledger leaves out: withdraw the chosen ones, the others stay."""
    place, open_now = f"{number}_{ledger.import_id}", ledger.relisted >= len(ledger.cases)
    with st.expander(f"新台账未再列出的案件（{len(ledger.cases)}）：撤销还是保留？", expanded=open_now, icon=":material/rule:"):
        pieces.quiet(
            f"“{ledger.file_name}”的案件中，{ledger.relisted} 件在本台账中重新列出，下面 {len(ledger.cases)} 件没有。"
            "不选就是保留。撤销的案件不再参加检查、抽样和计数，原有内容和核实结论都保留，随时可以恢复。"
        )
        picked = st.dataframe(
            [{"案件": c["case_key"], "名称": c["title"] or "", "县区": c["county"] or "", "问责对象": c["people"] or "", "位置": c["place"]}
             for c in ledger.cases],
            key=f"missing_{place}_{len(ledger.cases)}",
            on_select="rerun",
            selection_mode="multi-row",
            hide_index=True,
            height=min(38 + 33 * len(ledger.cases), 300),
            alt="新台账未再列出的案件",
        )  # fmt: skip
        chosen = [ledger.cases[i]["case_id"] for i in picked.selection.rows if i < len(ledger.cases)]
        why, who, go = st.columns([6, 2, 3], vertical_alignment="bottom")
        reason = why.text_input("理由", placeholder="如：经核实已并入另案", key=f"why_{place}")
        name = who.text_input("办理人", value=st.session_state.get("reviewer", ""), placeholder="姓名", key=f"who_{place}")
        if go.button(f"撤销所选的 {len(chosen)} 件", disabled=not chosen, key=f"withdraw_{place}"):
            _after(db, lambda actor: withdraw(db, chosen, reason, actor, number), f"已撤销 {len(chosen)} 件案件。", name)


def _back_again(db: Database, number: int) -> None:
    """Withdrawn cases that this ledger lists again."""
    cases = withdrawn_but_listed(db, number)
    if not cases:
        return
    with st.container(border=True):
        pieces.quiet(f"{len(cases)} 件已撤销的案件又出现在本台账中，目前仍按撤销处理：")
        pieces.table(
            ["案件", "名称", "撤销理由", "撤销人"],
            [(c["case_key"], c["title"], c["reason"], f"{c['decided_by']} {c['decided_at']:%Y-%m-%d}") for c in cases],
        )
        who, go = st.columns([3, 9], vertical_alignment="bottom")
        name = who.text_input("办理人", value=st.session_state.get("reviewer", ""), placeholder="姓名", key=f"again_by_{number}")
        if go.button(f"恢复这 {len(cases)} 件", key=f"again_{number}", icon=":material/restore:"):
            ids = [c["case_id"] for c in cases]
            _after(db, lambda actor: reinstate(db, ids, "新台账重新列出", actor, number), f"已恢复 {len(cases)} 件案件。", name)


def _after(db: Database, work: Callable[[str], object], said: str, name: str | None = None) -> None:
    """Do it, judge anew, show the page as it is then; a fault is told in its place."""
    try:
        frame.need_name(st.session_state.get("reviewer", "") if name is None else name)
        with st.spinner("正在处理并重新检查……"):
            work(st.session_state["reviewer"])
            run_checks(db, actor=st.session_state["reviewer"])
    except ReviewError as fault:
        frame.show_fault(fault)
        return
    st.session_state["said"] = said
    st.rerun()


@st.cache_resource(max_entries=8, show_spinner=False)
def _alike(_db: Database, state: tuple, import_id: int) -> list[Lookalike]:
    return open_lookalikes(_db, import_id)


@st.cache_resource(max_entries=8, show_spinner=False)
def _left_out(_db: Database, state: tuple, import_id: int) -> list[NotListed]:
    return no_longer_listed(_db, import_id)
