"""What every page stands on: the database, one warm-up at start, the head of a page, faults in words."""

import gc
import importlib
import logging
import os
import traceback
import uuid
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from review.casework.overview import has_cases
from review.errors import ReviewError, UsageError
from review.store.database import Database, open_database

LOG = logging.getLogger("review.pages")
STYLE = Path(__file__).with_name("style.css")
# Two sessions that import one of these at the same moment can meet a half-made module; so all are there before any page runs.
HEAVY = ("pandas", "pyarrow", "plotly.graph_objects", "openpyxl", "python_calamine", "rapidfuzz")


@st.cache_resource(show_spinner=False)
def warm_up() -> None:
    """Import the heavy libraries once and take them out of the garbage collector's rounds."""
    for name in HEAVY:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()


def database() -> Database:
    """The one database of this process; its path comes from REVIEW_DB, else data/review.duckdb."""
    return open_database(os.environ.get("REVIEW_DB") or None)


def stamp(db: Database) -> tuple[str, int]:
    """Key of everything cached: which file, which state of it."""
    return str(db.path), db.data_version()


def head(title: str, purpose: str) -> None:
    """Page title and one sentence that says what the page is for."""
    _through_app()
    st.session_state["arrived"] = st.session_state.get("page_title") != title
    st.session_state["page_title"] = title
    st.html(f'<div class="head"><h1>{title}</h1><p>{purpose}</p></div>')


def menu(groups: Mapping[str, Sequence[st.Page]], current: st.Page) -> None:
    """The side bar: name of the program, then the pages by group, the current one marked."""
    with st.sidebar, st.container(key="menu", gap=None):
        st.html('<div class="menu-name">问责案件评查</div>')
        for group, pages in groups.items():
            if group:
                st.html(f'<div class="menu-group">{group}</div>')
            for page in pages:
                st.container(key="menu_now" if page is current else f"menu_{page.url_path}").page_link(page, width="stretch")


def arrived() -> bool:
    """Whether this run is the first of the page since another one was shown."""
    return st.session_state["arrived"]


def _through_app() -> None:
    # Before st.navigation ran once in a process, Streamlit takes a folder named pages for its older kind of app and runs the page
    # of a deep link without app.py. Then it starts over, the right way.
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


def style() -> None:
    """Our style sheet, and the language of the page for screen readers and line breaking."""
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")
    st.html("<script>document.documentElement.lang = 'zh-CN'</script>", unsafe_allow_javascript=True)


@contextmanager
def faults_in_words():
    """Show a fault that people can mend with its advice; any other as one sentence with a number that leads to the log."""
    try:
        yield
    except ReviewError as fault:
        show_fault(fault)
    except Exception as fault:
        number = uuid.uuid4().hex[:8].upper()
        LOG.error("故障 %s\n%s", number, "".join(traceback.format_exception(fault)))
        st.error(
            f"程序出了故障，编号 {number}，数据没有改动。请重试一次；若仍出现，请把编号和运行日志交给维护人员。", icon=":material/error:"
        )


@contextmanager
def told_here():
    """Show a fault that people can mend where it happened; the rest of the page stays."""
    try:
        yield
    except ReviewError as fault:
        show_fault(fault)


def show_fault(fault: ReviewError) -> None:
    """Title and advice of a fault, where it happened."""
    st.error(plain(fault.advice) or " ", title=plain(fault.title), icon=":material/error:")


def need_name(name: str) -> None:
    """Remember who works here, for the next form of the session; raises UsageError for a blank."""
    if not name.strip():
        raise UsageError("没有填写姓名。", "请填写姓名后再操作，记录会连同姓名和时间一起留存。")
    st.session_state["reviewer"] = name.strip()


def plain(text: str) -> str:
    """Text of a ledger or a fault with nothing in it read as Markdown."""
    return "".join("\\" + sign if sign in "\\`*_{}[]()#+-.!|<>$:~^&" else sign for sign in text)


def need_cases(db: Database) -> None:
    """Stop the page with a way on while nothing was loaded."""
    if not has_cases(db):
        st.info("还没有导入台账，这里暂时没有内容。", icon=":material/inbox:")
        st.page_link("pages/imports.py", label="去导入台账", icon=":material/upload_file:")
        st.stop()
