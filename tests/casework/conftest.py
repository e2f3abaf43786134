import pytest

from review.store.database import open_database
from tests.casework.small_town import fill


@pytest.fixture
def empty(tmp_path):
    db = open_database(tmp_path / "t.duckdb")
    yield db
    db.close()


@pytest.fixture
def town(empty):
    fill(empty)
    return empty
