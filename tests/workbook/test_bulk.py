"""Many ledgers in one drop: one receipt, the same store as one by one, a bad file named, a cancel that leaves whole files only."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from review.demo import write_demo
from review.errors import LedgerError
from review.store.database import open_database
from review.workbook import bulk, readers
from review.workbook.bulk import Failure, load_many
from review.workbook.columns import LedgerChoices
from review.workbook.load import Decision, load_file, remember
from review.workbook.reading import read_ledger

from . import ledgers

ROOT = Path(__file__).resolve().parents[2]
HEAD = ("案号", "县区", "案由", "姓名", "单位及职务", "问责方式", "是否送达")


def ledger(number: int, name="张三", post="甲县水利局局长") -> bytes:
    return ledgers.sheets(台账=[HEAD, (f"〔2023〕{number}号", "甲县", f"{number}事", name, post, "诫勉", None)])


@pytest.fixture
def db(tmp_path):
    database = open_database(tmp_path / "评查.duckdb")
    yield database
    database.close()


def contents(db) -> dict:
    """All rows of all tables, without the time at which they were written."""
    names = [r["table_name"] for r in db.rows("SELECT table_name FROM duckdb_tables() ORDER BY 1")]
    found = {}
    for name in names:
        columns = [
            r["column_name"]
            for r in db.rows("SELECT column_name FROM duckdb_columns() WHERE table_name = $t AND data_type <> 'TIMESTAMP'", {"t": name})
        ]
        if name not in ("meta", "import_files"):
            found[name] = sorted(map(repr, (tuple(row[c] for c in columns) for row in db.rows(f"SELECT * FROM {name}"))))
    found["bytes"] = db.rows("SELECT file_sha256, packed, length(content::VARCHAR) AS n FROM import_files ORDER BY 1")
    return found


def test_a_drop_is_stored_as_one_file_after_the_other(tmp_path):
    """New ledgers, one that tells more of an earlier one of the drop, the same bytes twice, a text table with rejects."""
    files = write_demo(tmp_path / "市", cases=60).files
    drop, two = [(f.name, f.read_bytes()) for f in files], ledger(2)
    drop += [
        ("一.xlsx", ledger(1)),
        ("二.xlsx", two),
        ("一再报.xlsx", ledger(1, post="甲县林业局局长")),
        ("二又一份.xlsx", two),
    ]
    drop += [("三.csv", "案件名称,姓名,单位及职务,问责方式\n丙事,王五,乙县教育局局长,分别给予诫勉、党内警告\n".encode())]
    one, many = open_database(tmp_path / "一个一个.duckdb"), open_database(tmp_path / "一起.duckdb")
    apart = [load_file(one, data, name, actor="甲") for name, data in drop]
    together = load_many(many, drop, actor="甲")
    assert together.entries == apart and together.failures == []
    assert sum(r.replaced_cases for r in together.new) == 1 and len(together.receipts) - len(together.new) == 1
    assert together.total("respondents") == sum(r.respondents for r in apart if not r.already_loaded)
    before, after = contents(one), contents(many)
    assert list(before) == list(after)
    assert {name: set(before[name]) ^ set(after[name]) for name in before if name != "bytes" and before[name] != after[name]} == {}
    assert before["bytes"] == after["bytes"]
    one.close()
    many.close()


def test_bad_files_are_named_and_do_not_stop_the_others(db):
    found = load_many(db, [("一.xlsx", ledger(1)), ("坏.xlsx", b"%PDF-1.4"), ("空.csv", b""), ("二.xlsx", ledger(2))], actor="甲")
    assert [isinstance(e, Failure) for e in found.entries] == [False, True, True, False]
    assert "坏.xlsx" in found.failures[0].title and "PDF" in found.failures[0].title and found.failures[0].advice
    assert (found.total("cases"), db.scalar("SELECT count(*) FROM cases")) == (2, 2)


def test_three_hundred_ledgers_give_one_receipt(db):
    told = []
    found = load_many(db, [(f"{n}.xlsx", ledger(n)) for n in range(300)], actor="甲", progress=told.append)
    assert len(found.receipts) == 300 and found.total("respondents") == db.scalar("SELECT count(*) FROM respondents") == 300
    assert [told[0].words, told[-1].share] == ["第 1/300 个文件 0.xlsx：读取文件", 1.0]
    shares = [step.share for step in told]
    assert shares == sorted(shares) and max(step.number for step in told) == 300


def test_a_cancel_leaves_whole_files_only(db, monkeypatch):
    monkeypatch.setattr(bulk, "_TOGETHER", 2)
    event = Event()

    def at_the_fourth(step):
        if step.number == 4:
            event.set()

    found = load_many(db, [(f"{n}.xlsx", ledger(n)) for n in range(6)], progress=at_the_fourth, cancelled=event)
    assert [isinstance(e, Failure) for e in found.entries] == [False, False, True, True, True, True]
    assert all(f.cancelled and "取消" in f.title for f in found.failures)
    assert db.scalar("SELECT count(*) FROM imports") == db.scalar("SELECT count(*) FROM cases") == 2


def test_a_cancel_while_several_are_written_leaves_none_of_them(db):
    event = Event()
    version = db.data_version()

    def at_the_end(step):
        if step.stage == "写入数据库":
            event.set()

    found = load_many(db, [(f"{n}.xlsx", ledger(n)) for n in range(3)], progress=at_the_end, cancelled=event)
    assert all(f.cancelled for f in found.failures) and len(found.failures) == 3
    assert db.data_version() == version and db.scalar("SELECT count(*) FROM ledger_rows") == 0


def test_answers_hold_for_all_files_and_remembered_ones_too(db):
    layout = read_ledger(ledger(1), "一.xlsx").sheets[0].layout
    remember(db, [Decision(layout, "案由", "note")], "甲")
    load_many(db, [("一.xlsx", ledger(1)), ("二.xlsx", ledger(2))], LedgerChoices(complete="no", blank={"是否送达": "not_done"}), "甲")
    assert db.rows("SELECT DISTINCT complete, title FROM cases") == [{"complete": "no", "title": None}]
    assert db.scalar("SELECT count(*) FROM steps WHERE status = 'not_done'") == 2


def test_more_files_than_allowed_are_refused_before_any_is_read(db):
    with pytest.raises(LedgerError, match="1001 个文件.*1000 个"):
        load_many(db, [("一.xlsx", b"")] * 1001)


def test_reading_apart_needs_neither_database_nor_pandas():
    """What a process that only reads would load for nothing takes as long as reading dozens of ledgers."""
    script = (
        "import sys\nfrom review.workbook import reading_process\nreading_process._prepare()\n"
        "print(sorted({'duckdb', 'pandas', 'streamlit', 'openpyxl', 'multiprocessing'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each reader is a process of its own from the start")
def test_the_process_that_forks_has_one_thread():
    script = "import os\nfrom review.workbook import reading_process\nreading_process._prepare()\nprint(len(os.listdir('/proc/self/task')))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True, cwd=ROOT, env=os.environ | readers.ONE_THREAD
    )
    assert done.stdout.strip() == "1"


def test_a_drop_read_apart_is_stored_as_one_file_after_the_other(tmp_path, monkeypatch):
    """All tables alike, with files of every kind among them, and no process is left."""
    files = write_demo(tmp_path / "市", cases=24).files
    drop = [(f.name, f.read_bytes()) for f in files] + [(f"{n}.xlsx", ledger(n)) for n in range(8)]
    drop += [("坏.xlsx", b"PK\x03\x04 no"), ("二又一份.xlsx", ledger(2)), ("一再报.xlsx", ledger(1, post="甲县林业局局长"))]
    drop += [("三.csv", "案件名称,姓名,单位及职务,问责方式\n丙事,王五,乙县教育局局长,分别给予诫勉、党内警告\n".encode())]
    one, many = open_database(tmp_path / "一个一个.duckdb"), open_database(tmp_path / "一起.duckdb")
    apart = [load_file(one, data, name, actor="甲") for name, data in drop if name != "坏.xlsx"]
    started = []
    start = readers._start
    monkeypatch.setattr(readers, "FEW", 2)
    monkeypatch.setattr(readers, "_start", lambda workers: started.append(start(workers)) or started[0])
    monkeypatch.setattr(readers.os, "cpu_count", lambda: 2)
    together = load_many(many, drop, actor="甲")
    assert together.receipts == apart and [f.file_name for f in together.failures] == ["坏.xlsx"]
    before, after = contents(one), contents(many)
    assert {name: set(map(str, before[name])) ^ set(map(str, after[name])) for name in before if before[name] != after[name]} == {}
    assert started and all(process.poll() is not None for process in started[0][0])
    one.close()
    many.close()


def test_a_process_that_dies_leaves_its_file_to_this_one(db, monkeypatch):
    monkeypatch.setattr(readers, "FEW", 2)
    monkeypatch.setattr(readers.os, "cpu_count", lambda: 2)
    start = readers._start

    def start_and_die(workers):
        processes, lines = start(workers)
        readers._kill(processes)
        return processes, lines

    monkeypatch.setattr(readers, "_start", start_and_die)
    found = load_many(db, [(f"{n}.xlsx", ledger(n)) for n in range(6)], actor="甲")
    assert len(found.new) == 6 and db.scalar("SELECT count(*) FROM cases") == 6


def test_where_no_process_can_be_started_this_one_reads(db, monkeypatch):
    def refuse(workers):
        raise OSError("not allowed")

    monkeypatch.setattr(readers, "FEW", 2)
    monkeypatch.setattr(readers.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(readers, "_start", refuse)
    assert len(load_many(db, [(f"{n}.xlsx", ledger(n)) for n in range(3)], actor="甲").new) == 3


def test_a_cancel_ends_the_processes_that_read(db, monkeypatch):
    monkeypatch.setattr(readers, "FEW", 2)
    monkeypatch.setattr(readers.os, "cpu_count", lambda: 2)
    started, event, start = [], Event(), readers._start
    monkeypatch.setattr(readers, "_start", lambda workers: started.append(start(workers)) or started[0])
    found = load_many(
        db, [(f"{n}.xlsx", ledger(n)) for n in range(30)], progress=lambda step: step.number == 3 and event.set(), cancelled=event
    )
    assert found.new == [] and all(f.cancelled for f in found.failures)
    assert all(process.poll() is not None for process in started[0][0])


def test_files_are_read_with_answers_of_their_own(monkeypatch):
    """Here and in other processes alike: a file that is no ledger is a fault in its place."""
    files = [(f"{n}.xlsx", ledger(n), LedgerChoices(complete="no" if n % 2 else "yes", ledger_kind=f"第{n}种")) for n in range(6)]
    files.insert(3, ("坏.xlsx", b"%PDF-1.4", LedgerChoices()))
    here = list(bulk.read_many(files))
    monkeypatch.setattr(readers, "FEW", 2)
    monkeypatch.setattr(readers.os, "cpu_count", lambda: 2)
    apart = list(bulk.read_many(files))
    for one, other in zip(here, apart, strict=True):
        if isinstance(one, LedgerError):
            assert (one.title, one.advice) == (other.title, other.advice) and "坏.xlsx" in one.title
        else:
            assert one.tables == other.tables and one.choices == other.choices and one.content == other.content
    assert [getattr(r, "file_name", None) for r in apart] == ["0.xlsx", "1.xlsx", "2.xlsx", None, "3.xlsx", "4.xlsx", "5.xlsx"]
    assert {r.choices.ledger_kind for r in here if not isinstance(r, LedgerError)} == {f"第{n}种" for n in range(6)}


def test_a_reading_that_somebody_made_is_stored_as_it_is(db):
    """With the answers that it was made with; the same bytes again change nothing unless they are to be read anew."""
    made = read_ledger(ledger(1), "一.xlsx", LedgerChoices(complete="no"))
    sources = [bulk.Source(ledger(1), "一.xlsx", lambda watch: made), bulk.Source(ledger(1), "一又一份.xlsx", lambda watch: made)]
    found = load_many(db, [*sources, ("二.xlsx", ledger(2))], actor="甲")
    assert [r.already_loaded for r in found.receipts] == [False, True, False] and found.failures == []
    assert db.scalar("SELECT complete FROM imports WHERE import_id = 1") == "no"
    again = load_many(db, [bulk.Source(ledger(1), "一.xlsx", lambda watch: made, again=True)], actor="甲")
    assert [r.replaces for r in again.receipts] == [1]
