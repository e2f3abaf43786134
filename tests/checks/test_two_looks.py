"""A large store is judged with numbers in place of ids and in two looks; what comes out is what one look over everything gives."""

import shutil

import pytest

from review.checks import engine, narrow
from review.demo import write_demo
from review.store.database import open_database
from review.workbook.load import load_file

LEFT = "SELECT * EXCLUDE (run_id) FROM {} ORDER BY ALL"


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Path of a store with a small demo city, one of whose cases is withdrawn."""
    folder = tmp_path_factory.mktemp("looks")
    db = open_database(folder / "town.duckdb")
    for file in write_demo(folder / "demo", cases=96).files:
        load_file(db, file, actor="test")
    gone = db.scalar("SELECT min(case_id) FROM cases")
    with db.write("test", "test") as cur:
        cur.execute(
            "INSERT INTO withdrawals BY NAME SELECT $id AS case_id, true AS withdrawn, 'test' AS reason, 'test' AS decided_by,"
            " TIMESTAMP '2025-01-01' AS decided_at",
            {"id": gone},
        )
    db.close()
    return folder / "town.duckdb"


def _left(path, target, monkeypatch, worth):
    shutil.copyfile(path, target)
    monkeypatch.setattr(narrow, "WORTH", worth)
    db = open_database(target)
    done = engine.run_checks(db, actor="test")
    left = db.rows(LEFT.format("findings")), db.rows(LEFT.format("check_results"))
    db.close()
    return done.by_check, *left


def test_two_looks_leave_what_one_leaves(town, tmp_path, monkeypatch):
    """Ids, verdicts, sentences, facts and their hashes, and the counts of every county."""
    one = _left(town, tmp_path / "one.duckdb", monkeypatch, 10**9)
    two = _left(town, tmp_path / "two.duckdb", monkeypatch, 0)
    assert sum(row["suspect"] for row in one[2]) > 50
    assert two == one
