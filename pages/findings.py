"""问题清单: filter, read, decide, export."""

from io import BytesIO

import streamlit as st

from pages.parts import filters, finding_list, finding_panel, frame, pieces
from review.casework.findings import count_findings, finding, list_findings
from review.reports.issue_list import write_issue_list

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
number = bar.pagination(-(-total // PAGE), key="page", bind="query-params") if total > PAGE else 1
bar.download_button(
    "导出当前清单（Excel）",
    data=workbook,
    file_name="问题清单.xlsx",
    mime=pieces.EXCEL,
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

rows = list_findings(db, wanted, (number - 1) * PAGE, PAGE)
left, right = st.columns([11, 9], gap="medium")
key = f"findings_rows_{hash((wanted, number))}"
with left:
    chosen = finding_list.draw(rows, key) if rows else 0
with right:
    if linked:
        st.button("回到清单选中的条目", on_click=lambda: st.query_params.pop("finding"), icon=":material/close:", type="tertiary")
    # A decided finding leaves a list that is filtered by decision, and the next one takes its place.
    following = None if linked else (key, chosen + (wanted.decision is None), len(rows))
    finding_panel.draw(db, linked or rows[chosen], following)
