"""请补充以下列: what the counties' ledgers lack, on screen and as a list to send back."""

from io import BytesIO

import streamlit as st

from pages.parts import pieces
from review.reports.column_requests import request_rows, write_column_requests
from review.store.database import Database

ALL = "全部县区"
HEIGHT = 600


def draw(db: Database) -> None:
    """The list for one county or all, with its Excel file."""
    rows = request_rows(db)
    if not rows:
        st.info("各项检查所需的列台账里都有，也没有空白。", icon=":material/task_alt:")
        return
    counties = list(dict.fromkeys(row["county"] for row in rows))
    choose, told, save = st.columns([3, 6, 3], vertical_alignment="center")
    county = choose.selectbox("县区", [ALL, *counties], label_visibility="collapsed", key="requests_county")
    wanted = None if county == ALL else county
    shown = [row for row in rows if wanted in (None, row["county"])]

    def workbook() -> bytes:
        """Runs on its own thread, so it only uses what it closes over."""
        target = BytesIO()
        write_column_requests(db, target, wanted)
        return target.getvalue()

    with told:
        pieces.quiet(
            f"没有的列 {sum(r['kind'] == 'missing' for r in shown)} 处，部分空白的列 {sum(r['kind'] == 'blank' for r in shown)} 处。"
        )
    save.download_button(
        "导出退回清单（Excel）", data=workbook, file_name=f"请补充以下列{'' if wanted is None else f'（{wanted}）'}.xlsx",
        mime=pieces.EXCEL, on_click="ignore", icon=":material/download:", width="stretch",
    )  # fmt: skip
    st.dataframe(
        [
            {"县区": r["county"], "请补充的列": r["column"], "现状": r["state"], "补上后可以判断的检查": r["checks"],
             "还要补别的列": r["others"], "最多可多判断": r["units"], "台账": r["ledger"].replace("\n", "　")}
            for r in shown
        ],
        key=f"requests_{county}",
        hide_index=True,
        height=min(38 + 35 * len(shown), HEIGHT),
        column_config={
            "县区": st.column_config.TextColumn(width=76),
            "请补充的列": st.column_config.TextColumn(width=160),
            "现状": st.column_config.TextColumn(width=156),
            "补上后可以判断的检查": st.column_config.TextColumn(width=300),
            "还要补别的列": st.column_config.TextColumn(width=100),
            "最多可多判断": st.column_config.NumberColumn(width=96),
        },
        alt="请补充的列",
    )  # fmt: skip
    pieces.quiet(
        "“最多可多判断”是补上这一列后能多作出的判断数的上限；一件案件或一名对象由几条规则判断的，各算一次。空白不等于“否”：没有履行的请如实填“否”。"
    )
