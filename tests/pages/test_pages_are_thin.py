"""Pages read widgets, call review and draw. Rules, SQL and table work live in review."""

import re
from pathlib import Path

import pytest
from streamlit import config

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted((ROOT / "pages").glob("*.py"))
ALL = sorted([*(ROOT / "pages").rglob("*.py"), ROOT / "app.py"])
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|GROUP BY)\b")


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_a_page_is_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120


@pytest.mark.parametrize("path", ALL, ids=lambda p: p.stem)
def test_no_sql_and_no_table_work(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"^\s*(import|from) (duckdb|pandas|numpy|pyarrow|openpyxl)\b", text, re.M)
    if path.stem != "frame":  # asks once whether there are cases at all
        assert not SQL.search(text)
        assert ".rows(" not in text and ".frame(" not in text.replace("reads.frame(", "")


def test_every_page_is_registered():
    app = (ROOT / "app.py").read_text(encoding="utf-8")
    assert {f"pages/{p.name}" for p in PAGES} == set(re.findall(r'"(pages/\w+\.py)"', app))


def test_settings_that_the_look_and_the_speed_depend_on_still_exist():
    assert config.get_option("runner.postScriptGC") is not None
    text = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    for line in ("gatherUsageStats = false", 'showErrorDetails = "none"', "postScriptGC = false", 'toolbarMode = "minimal"'):
        assert line in text
