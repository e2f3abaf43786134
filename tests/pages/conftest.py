"""Pages run in AppTest on a database of their own, empty or with the small town."""

from pathlib import Path

import pytest
from streamlit.runtime.pages_manager import PagesManager
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
def visit(monkeypatch):
    """visit("findings", county="甲县") -> the page as AppTest after one run."""
    # AppTest forgets before each run that app.py calls st.navigation and would take the folder for an app of the older kind.
    made = PagesManager.__init__

    def make(self, *args, **options):
        made(self, *args, **options)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", make)

    def run(name="overview", /, **params):
        at = AppTest.from_file(str(APP), default_timeout=30)
        at.run()
        for key, value in params.items():
            at.query_params[key] = value
        if name != "overview":
            at.switch_page(f"pages/{name}.py")
        return at.run() if name != "overview" or params else at

    return run


def markup(at):
    """All markup on the page as one text."""
    return "\n".join(element.proto.body for element in at.get("html"))


def press(at, words):
    """The button with these words, clicked."""
    return next(b for b in at.button if b.label == words).click()


def field(at, words):
    """The text field with this label."""
    return next(f for f in at.text_input if f.label == words)
