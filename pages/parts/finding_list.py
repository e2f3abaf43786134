"""A page of the list of findings, one of them always selected."""

import re

import streamlit as st

from pages.parts import pieces
from review.casework.findings import NOT_STATED
from review.vocabulary.labels import label

NEXT = "findings_next"
ROW, HEAD, TALLEST = 80, 36, 680
# Characters that fill the four lines of a row at 1280 pixels; the panel beside the list has the whole sentence.
SENTENCE, TITLE = 50, 18
# Unit and post behind a name, with one bracket inside: they fill a row before the sentence says anything.
_LONG_BRACKET = re.compile(r"（(?:[^（）]|（[^（）]*）){9,}）")


def draw(rows: list[dict], key: str) -> int:
    """The table; returns which row is selected."""
    if st.session_state.get(NEXT, (None,))[0] == key:
        st.session_state[key] = {"selection": {"rows": [st.session_state.pop(NEXT)[1]], "columns": [], "cells": []}}
    lines = [
        {
            "级别": [row["level"] if row["verdict"] == "suspect" else "待核"],
            "案件与对象": "\n".join(
                part for part in (row["county"] or NOT_STATED, row["name"], row["case_no"] or pieces.cut(row["case_title"], TITLE)) if part
            ),
            "疑似问题": pieces.cut(f"【{row['check_title']}】{_LONG_BRACKET.sub('', row['message'])}", SENTENCE),
            "核实": (label("decision", row["decision"]) if row["decision"] else "")
            + ("\n资料已更新" if row["changed_since_decision"] else ""),
        }
        for row in rows
    ]
    picked = st.dataframe(
        lines,
        key=key,
        on_select="rerun",
        selection_mode="single-row-required",
        row_height=ROW,
        height=min(HEAD + 2 + ROW * len(rows), TALLEST),
        hide_index=True,
        placeholder="",
        column_config={
            "级别": st.column_config.MultiselectColumn(
                options=[*pieces.LEVEL_CLASS, "待核"], color=[*pieces.LEVEL_COLOURS, "#B8C1CB"], width=58
            ),
            "案件与对象": st.column_config.TextColumn(width=142),
            "疑似问题": st.column_config.TextColumn(width=245),
            "核实": st.column_config.TextColumn(width=62),
        },
        alt="疑似问题列表",
    )
    return min(next(iter(picked.selection.rows), 0), len(rows) - 1)
