"""问题清单: filter, read, decide, export."""

from io import BytesIO

import streamlit as st

from pages.parts import filters, finding_panel, frame, pieces
from review.casework.findings import count_findings, finding, list_findings
from review.reports.issue_list import write_issue_list
from review.vocabulary.labels import label

PAGE = 50

db = frame.database()
frame.head("问题清单", "逐条查看系统提示的疑似问题，核对事实后写下核实结论；系统只提示疑似，不作结论。")
frame.need_cases(db)
wanted = filters.current()
filters.choosers(db, wanted)
total = count_findings(db, wanted)


def workbook() -> bytes:
    """The list as shown, as an Excel file; runs on its own thread, so it only uses what it closes over."""
    target = BytesIO()
    write_issue_list(db, wanted, target)
    return target.getvalue()


bar = st.container(horizontal=True, vertical_alignment="center")
bar.markdown(f"**共 {total} 条**　{frame.plain(filters.as_words(wanted))}", width="stretch")
bar.download_button(
    "导出当前清单（Excel）",
    data=workbook,
    file_name="问题清单.xlsx",
    mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    on_click="ignore",
    icon=":material/download:",
    disabled=not total,
)
linked = finding(db, st.query_params.get("finding", ""))
if "finding" in st.query_params and linked is None:
    st.warning("地址所指的疑似问题在最近一次检查后已不存在。", icon=":material/link_off:")
if not total and linked is None:
    st.info("没有符合筛选条件的条目。没有列出不等于没有问题：请同时查看“待核”和总览页的“未能判断”。", icon=":material/filter_alt_off:")
    st.stop()

left, right = st.columns([11, 9], gap="medium")
with left:
    number = st.pagination(max(1, -(-total // PAGE)), key="page", bind="query-params") if total > PAGE else 1
    rows = list_findings(db, wanted, (number - 1) * PAGE, PAGE)
    lines = [
        {
            "级别": [row["level"] if row["verdict"] == "suspect" else "待核"],
            "县区": row["county"] or "未注明",
            "案件与对象": " ".join(p for p in (row["name"], row["case_key"]) if p) or "全县区",
            "问题": f"{row['check_title']}：{row['message']}",
            "核实": label("decision", row["decision"]) if row["decision"] else "",
        }
        for row in rows
    ]
    key = f"findings_rows_{hash((wanted, number))}"
    if st.session_state.get("findings_next", (None,))[0] == key:
        st.session_state[key] = {"selection": {"rows": [st.session_state.pop("findings_next")[1]], "columns": [], "cells": []}}
    picked = (
        st.dataframe(
            lines,
            key=key,
            on_select="rerun",
            selection_mode="single-row-required",
            row_height=58,
            height=min(38 + 58 * len(rows), 620),
            hide_index=True,
            placeholder="",
            column_config={
                "级别": st.column_config.MultiselectColumn(
                    options=[*pieces.LEVEL_CLASS, "待核"], color=[*pieces.LEVEL_COLOURS, "#B8C1CB"], width=58
                ),
                "县区": st.column_config.TextColumn(width=76),
                "案件与对象": st.column_config.TextColumn(width=120),
                "问题": st.column_config.TextColumn(width=330),
                "核实": st.column_config.TextColumn(width=64),
            },
            alt="疑似问题列表",
        )
        if rows
        else None
    )
with right:
    chosen = next(iter(picked.selection.rows), 0) if picked else 0
    shown = linked or rows[min(chosen, len(rows) - 1)]
    if linked:
        st.button("回到清单选中的条目", on_click=lambda: st.query_params.pop("finding"), icon=":material/close:", type="tertiary")
    finding_panel.draw(db, shown, next_row=None if linked else (key, chosen + (wanted.decision is None), len(rows)))
