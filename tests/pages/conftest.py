"""Pages run in AppTest on a database of their own, empty or with the small town."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from review.store.database import open_database
from tests.casework.small_town import fill

APP = Path(__file__).resolve().parents[2] / "app.py"


@pytest.fixture
def db(tmp_path, monkeypatch):
    monkeypatch.setenv("REVIEW_DB", str(tmp_path / "t.duckdb"))
    database = open_database(tmp_path / "t.duckdb")
    yield database
    database.close()


@pytest.fixture
def town(db):
    fill(db)
    return db


@pytest.fixture
def visit():
    """visit("findings", county="甲县") -> the page as AppTest after one run."""

    def run(page="overview", **params):
        at = AppTest.from_file(str(APP), default_timeout=30)
        at.run()
        for name, value in params.items():
            at.query_params[name] = value
        if page != "overview":
            at.switch_page(f"pages/{page}.py")
        return at.run() if page != "overview" or params else at

    return run
