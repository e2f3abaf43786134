"""帮助: the manual with its table of contents."""

from pathlib import Path

import streamlit as st

from pages.parts import frame, manual

MANUAL = Path(__file__).resolve().parents[1] / "docs" / "manual.md"

frame.head("帮助", "使用手册：从导入台账到导出问题清单的每一步，以及各种词的含义。")
if not MANUAL.exists():
    st.info("没有找到使用手册 docs/manual.md，请检查程序文件是否完整。", icon=":material/menu_book:")
    st.stop()
chapters = manual.chapters(MANUAL.read_text(encoding="utf-8"))
contents, body = st.columns([3, 9], gap="medium")
titles = [title for title, _ in chapters]
asked = st.query_params.get("chapter")
with contents:
    number = st.radio("目录", range(len(titles)), index=titles.index(asked) if asked in titles else 0, format_func=titles.__getitem__)
with body:
    manual.draw(chapters[number][1], MANUAL.parent)
