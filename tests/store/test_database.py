"""The database under several hands: threads, processes, kills, and statements that must not leave the file."""

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import duckdb
import pytest

from review.errors import StoreBusy, StoreError
from review.store import database
from review.store.database import Database, backup_at_start, open_database

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def db(tmp_path):
    opened = open_database(tmp_path / "review.duckdb")
    yield opened
    opened.close()


def child(code: str, *arguments: str, **options) -> subprocess.Popen:
    """Another Python process of this repository."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        encoding="utf-8", env=environment, **options,
    )  # fmt: skip


def choose(db: Database, layout: str, actor: str = "测试") -> None:
    """A small write that leaves one row."""
    with db.write("choice", actor, layout=layout) as cur:
        cur.execute("INSERT INTO layout_choices VALUES ($l, '姓名', 'name', NULL, $a, now()::TIMESTAMP)", {"l": layout, "a": actor})


def layouts(db: Database) -> list[str]:
    return [row["layout"] for row in db.rows("SELECT layout FROM layout_choices ORDER BY layout")]


# ---- threads ----


def test_many_threads_get_their_own_answers(db):
    answers: dict[int, list] = {}

    def ask(number: int) -> None:
        answers[number] = [
            (db.scalar("SELECT $n * 1000 + $i", {"n": number, "i": i}), db.rows("SELECT $n AS n FROM range(50)", {"n": number})[-1]["n"])
            for i in range(40)
        ]

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: [(n * 1000 + i, n) for i in range(40)] for n in range(8)}


def test_writes_of_many_threads_follow_one_another(db):
    before = db.data_version()
    threads = [threading.Thread(target=lambda n=n: [choose(db, f"{n}-{i}") for i in range(10)]) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(layouts(db)) == 60
    assert db.data_version() == before + 60
    assert db.scalar("SELECT count(DISTINCT audit_id) FROM audit_log") == 60


def test_readers_see_the_old_state_until_the_write_is_done(db):
    with db.write("choice", "甲") as cur:
        cur.execute("INSERT INTO layout_choices VALUES ('新', '姓名', NULL, NULL, '甲', now()::TIMESTAMP)")
        seen: list = []
        reader = threading.Thread(target=lambda: seen.append(layouts(db)))
        reader.start()
        reader.join()
    assert seen == [[]]
    assert layouts(db) == ["新"]


# ---- transactions ----


def test_an_error_inside_a_write_undoes_all_of_it(db):
    choose(db, "旧")
    version = db.data_version()
    with pytest.raises(ZeroDivisionError), db.write("choice", "甲") as cur:
        cur.execute("INSERT INTO layout_choices SELECT '新', '姓名', NULL, NULL, '甲', now()::TIMESTAMP FROM range(5)")
        raise ZeroDivisionError
    assert layouts(db) == ["旧"]
    assert db.data_version() == version
    assert db.scalar("SELECT count(*) FROM audit_log") == 1
    choose(db, "其后")  # the lock was let go
    assert layouts(db) == ["其后", "旧"]


def test_a_write_leaves_who_what_and_details(db):
    with db.write("load", "张三", file="甲县台账.xlsx", rows=3):
        pass
    [line] = db.rows("SELECT actor, action, details FROM audit_log")
    assert (line["actor"], line["action"]) == ("张三", "load")
    assert json.loads(line["details"]) == {"file": "甲县台账.xlsx", "rows": 3}
    assert "甲县" in line["details"]


# ---- one process owns the file ----


def test_a_second_process_is_told_who_holds_the_file(tmp_path):
    path = tmp_path / "review.duckdb"
    holder = child(
        """
        import sys
        from review.store.database import open_database
        open_database(sys.argv[1])
        print("open", flush=True)
        sys.stdin.read()
        """,
        str(path), stdin=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert holder.stdout.readline().strip() == "open"
        with pytest.raises(StoreBusy) as told:
            open_database(path)
        assert str(holder.pid) in told.value.title or os.name == "nt"
        assert "正被另一个程序使用" in told.value.title
        assert "重试" in told.value.advice
    finally:
        holder.communicate("")
    open_database(path).close()


def test_the_same_file_is_one_object_in_a_process(db, tmp_path):
    assert open_database(tmp_path / "." / "review.duckdb") is db


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_kill_inside_a_write_leaves_the_old_state(tmp_path):
    path = tmp_path / "review.duckdb"
    opened = open_database(path)
    choose(opened, "旧")
    version = opened.data_version()
    opened.close()
    writer = child(
        """
        import sys, time
        from review.store.database import open_database
        db = open_database(sys.argv[1])
        with db.write("load", "甲") as cur:
            cur.execute("DELETE FROM layout_choices")
            cur.execute("INSERT INTO layout_choices SELECT '新' || i, '姓名', NULL, NULL, '甲', now()::TIMESTAMP FROM range(200000) t(i)")
            print("written", flush=True)
            time.sleep(60)
        """,
        str(path),
    )  # fmt: skip
    assert writer.stdout.readline().strip() == "written"
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    again = open_database(path)
    try:
        assert layouts(again) == ["旧"]
        assert again.data_version() == version
    finally:
        again.close()


# ---- migrations ----


def test_migrations_run_once(tmp_path):
    path = tmp_path / "review.duckdb"
    columns = "SELECT table_name, column_name, data_type FROM information_schema.columns ORDER BY ALL"
    first = open_database(path)
    choose(first, "旧")
    schema = first.rows(columns)
    number = first.scalar("SELECT value FROM meta WHERE key = 'schema_version'")
    first.close()
    second = open_database(path)
    try:
        assert second.rows(columns) == schema
        assert number == len(list(database.MIGRATIONS.glob("*.sql")))
        assert second.scalar("SELECT value FROM meta WHERE key = 'schema_version'") == number
        assert layouts(second) == ["旧"]
    finally:
        second.close()


def test_a_file_of_a_newer_program_is_left_alone(tmp_path):
    path = tmp_path / "review.duckdb"
    opened = open_database(path)
    with opened.cursor() as cur:
        cur.execute("UPDATE meta SET value = 999 WHERE key = 'schema_version'")
    opened.close()
    with pytest.raises(StoreError, match="更新版本的程序"):
        open_database(path)


def test_a_file_that_is_no_database_is_told_in_words(tmp_path):
    path = tmp_path / "review.duckdb"
    path.write_bytes(b"no database " * 2000)
    with pytest.raises(StoreError) as told:
        open_database(path)
    assert "打不开" in told.value.title and "备份" in told.value.advice
    assert path.read_bytes() == b"no database " * 2000


# ---- backups ----


def test_a_backup_opens_with_the_same_rows_and_never_overwrites(db, tmp_path):
    choose(db, "甲")
    copy = db.backup(tmp_path / "备份" / "一.duckdb")
    choose(db, "乙")
    other = open_database(copy)
    try:
        assert layouts(other) == ["甲"]
    finally:
        other.close()
    with pytest.raises(StoreError, match="已存在"):
        db.backup(copy)
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_carries_on_where_the_original_stood(db, tmp_path):
    choose(db, "甲")
    other = open_database(db.backup(tmp_path / "it's a copy.duckdb"))
    try:
        choose(other, "乙")
        assert [row["audit_id"] for row in other.rows("SELECT audit_id FROM audit_log ORDER BY ALL")] == [1, 2]
        constraints = "SELECT count(*) FROM duckdb_constraints() WHERE database_name = current_database()"
        assert other.scalar(constraints) == db.scalar(constraints)
    finally:
        other.close()


def test_a_backup_does_not_let_go_of_the_file(db, tmp_path):
    """Reading the file itself would: POSIX drops a process's lock when it closes any handle to the file."""
    db.backup(tmp_path / "copy.duckdb")
    code = "import sys\nfrom review.store.database import open_database\nopen_database(sys.argv[1])"
    other = child(code, str(tmp_path / "review.duckdb"))
    _, told = other.communicate()
    assert other.returncode and "StoreBusy" in told


def test_backups_at_start_keep_the_newest_ten(tmp_path):
    path = tmp_path / "review.duckdb"
    assert backup_at_start(path) is None
    open_database(path).close()
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in range(1, 13):
        (folder / f"review-202301{day:02}-080000.duckdb").write_bytes(b"old")
    kept = backup_at_start(path)
    names = sorted(file.name for file in folder.iterdir())
    assert len(names) == database.KEPT_BACKUPS == 10
    assert names[-1] == kept.name
    assert names[0] == "review-20230104-080000.duckdb"
    assert kept.read_bytes() == path.read_bytes()


# ---- nothing leaves the file ----


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY (SELECT 1) TO 'out.csv'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "EXPORT DATABASE 'folder'",
    ],
)
def test_statements_that_reach_outside_are_refused(db, statement, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(duckdb.Error), db.cursor() as cur:
        cur.execute(statement).fetchall()
    assert not (tmp_path / "out.csv").exists() and not (tmp_path / "folder").exists() and not (tmp_path / "other.duckdb").exists()


def test_python_variables_are_not_tables(db):
    import pandas as pd

    people = pd.DataFrame({"name": ["张三"]})
    with pytest.raises(duckdb.CatalogException):
        db.rows("SELECT * FROM people")
    assert len(people) == 1


def test_older_programs_can_read_the_file(tmp_path):
    opened = open_database(tmp_path / "review.duckdb")
    choose(opened, "甲")
    opened.close()
    assert int.from_bytes((tmp_path / "review.duckdb").read_bytes()[12:20], "little") <= 68  # header number of STORAGE_VERSION v1.5.0
