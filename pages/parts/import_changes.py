"""Drawn part of the import page: what a newer ledger changed in known cases, and what followed from it; the same as a workbook."""

from io import BytesIO

import streamlit as st

from pages.parts import pieces
from pages.parts.frame import stamp
from review.casework import reassessed
from review.reports.change_list import MOVED, SAME, write_changes
from review.store.database import Database
from review.vocabulary.labels import label
from review.workbook.changes import KINDS, Change, change_count, changes

SHOWN = 500  # lines on the screen; the workbook holds all
COLOURS = {"内容变更": "#1F3A5F", "新增": "#B26A00", "不再列出": "#B3261E", SAME: "#B8C1CB"}
CASES = {"新列入": "#B26A00", "已撤销": "#B3261E", "已恢复": "#1F3A5F"}
FINDINGS = {"新增": "#B3261E", "消失": "#5B7083", "事实变化": "#B26A00"}


def changed(db: Database, row: dict) -> None:
    """Changed cells with both places, cases that came or were withdrawn, findings judged anew; all of it as a workbook."""
    number = row["import_id"]
    found, moved, anew = _everything(db, stamp(db), number)
    real = [c for c in found if not c.same_meaning]
    pieces.section(f"改动清单（{len(real)} 处）")
    pieces.quiet(
        f"{change_count(db, number)} 件已有案件重新列出，其中 {len({c.case_id for c in real})} 件有改动；"
        f"新列入 {sum(m.kind == 'new' for m in moved)} 件。原来的值仍保存；核实结论保留，事实有变化的在问题清单中标为“资料已更新”。"
    )
    parts = {
        "cells": f"改动的格子（{len(found)}）",
        "cases": f"新列入、撤销的案件（{len(moved)}）",
        "findings": "受影响的问题" + ("" if anew is None else f"（{len(anew)}）"),
    }
    part = st.segmented_control(
        "看哪些改动", list(parts), format_func=parts.get, default="cells", required=True, key=f"changed_{number}",
        label_visibility="collapsed",
    )  # fmt: skip
    if part == "cases":
        _cases(moved, number)
    elif part == "findings":
        _findings(anew, number)
    else:
        _cells(found, row)

    def workbook() -> bytes:
        target = BytesIO()
        write_changes(db, number, target)
        return target.getvalue()

    lines = len(found) + len(moved) + len(anew or ())
    st.download_button(
        f"导出改动清单（Excel，{lines} 处）", data=workbook, file_name="改动清单.xlsx", mime=pieces.EXCEL, on_click="ignore",
        icon=":material/download:", key=f"changes_out_{number}",
    )  # fmt: skip


def _cells(found: list[Change], row: dict) -> None:
    if not found:
        pieces.quiet("重列的案件内容与原来相同，没有改动。")
        return
    # All new places are in this file, so its name would only push the cell out of sight.
    own = f"{row['file_name']} "
    _table(
        [
            {"变化": [SAME if c.same_meaning else KINDS[c.kind]], "案件": c.case_key, "对象": c.person, "项目": c.label, "原来": c.old,
             "现在": c.new, "新位置": c.new_place.removeprefix(own), "原位置": c.old_place}
            for c in sorted(found, key=lambda c: c.same_meaning)
        ],
        COLOURS, {"案件": 138, "对象": 62, "项目": 80, "原来": 140, "现在": 140, "新位置": 120}, f"changes_{row['import_id']}", "改动清单",
    )  # fmt: skip


def _cases(moved: list[reassessed.Moved], number: int) -> None:
    if not moved:
        pieces.quiet("没有新列入的案件，也没有因这份台账撤销或恢复的案件。")
        return
    _table(
        [
            {"变化": [MOVED[m.kind]], "案件": m.case_key, "名称": m.title, "县区": m.county, "问责对象": m.people, "理由": m.why}
            for m in moved
        ],
        CASES, {"案件": 150, "名称": 260, "县区": 80, "问责对象": 160}, f"moved_{number}", "新列入、撤销的案件",
    )  # fmt: skip


def _findings(anew: list[reassessed.Reassessed] | None, number: int) -> None:
    if not anew:
        told = "导入后还没有运行检查，问题有没有变化还不知道。" if anew is None else "重列的案件的问题没有变化。"
        pieces.quiet(told + ("" if anew is None else "（与其他案件相互比较的问题，变化见问题清单。）"))
        return
    _table(
        [
            {"变化": [reassessed.KINDS[a.kind]], "检查": a.check_id, "案件": a.case_key, "原来": a.old, "现在": a.new,
             "核实结论": label("decision", a.decision) if a.decision else ""}
            for a in anew
        ],
        FINDINGS, {"检查": 56, "案件": 138, "原来": 270, "现在": 270}, f"anew_{number}", "受影响的问题",
    )  # fmt: skip


def _table(lines: list[dict], colours: dict[str, str], widths: dict[str, int], key: str, name: str) -> None:
    st.dataframe(
        lines[:SHOWN],
        key=key,
        hide_index=True,
        placeholder="",
        height=min(38 + 33 * len(lines), 400),
        column_config={
            "变化": st.column_config.MultiselectColumn(options=list(colours), color=list(colours.values()), width=112),
            **{column: st.column_config.TextColumn(width=width) for column, width in widths.items()},
        },
        alt=name,
    )
    if len(lines) > SHOWN:
        pieces.quiet(f"这里列出前 {SHOWN} 处，全部 {len(lines)} 处见导出的清单。")


@st.cache_resource(max_entries=8, show_spinner=False)
def _everything(
    _db: Database, state: tuple, import_id: int
) -> tuple[list[Change], list[reassessed.Moved], list[reassessed.Reassessed] | None]:
    return changes(_db, import_id), reassessed.moved_cases(_db, import_id), reassessed.reassessed(_db, import_id)
