"""Page setup and navigation. Start with ``streamlit run app.py``."""

import streamlit as st

from pages.parts import frame

st.set_page_config(page_title="问责案件评查", page_icon="static/icon.png", layout="wide", initial_sidebar_state=200)
frame.style()
frame.warm_up()
pages = {
    "": [
        st.Page("pages/overview.py", title="总览", icon=":material/dashboard:", default=True),
    ],
    "台账": [
        st.Page("pages/imports.py", title="数据导入", icon=":material/upload_file:"),
    ],
    "检查与核实": [
        st.Page("pages/findings.py", title="问题清单", icon=":material/checklist:"),
        st.Page("pages/case.py", title="案件档案", icon=":material/folder_open:"),
        st.Page("pages/counties.py", title="县区比较", icon=":material/balance:"),
        st.Page("pages/tracking.py", title="影响期跟踪", icon=":material/event_upcoming:"),
    ],
    "评查": [
        st.Page("pages/sampling.py", title="抽样", icon=":material/casino:"),
        st.Page("pages/progress.py", title="评查进度", icon=":material/monitoring:"),
    ],
    "规则与说明": [
        st.Page("pages/rules.py", title="检查规则", icon=":material/rule:"),
        st.Page("pages/help.py", title="帮助", icon=":material/help:"),
    ],
}
# Streamlit's own list would show the file names of the pages until the first run has told their titles.
chosen = st.navigation(pages, position="hidden")
frame.menu(pages, chosen)
with frame.faults_in_words():
    frame.database()
    chosen.run()
