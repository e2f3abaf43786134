"""Into the store: all or nothing, the same bytes once, newer ledgers replace and keep."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest

from review.errors import LedgerError, LoadCancelled
from review.store.database import open_database
from review.workbook.columns import NOT_USED, LedgerChoices
from review.workbook.load import Decision, load_file, load_reading, remember, remembered_choices
from review.workbook.reading import read_ledger

from . import ledgers

TABLES = (
    "imports",
    "import_columns",
    "import_fields",
    "ledger_rows",
    "rejects",
    "cases",
    "respondents",
    "measures",
    "steps",
    "superseded_records",
)
HEAD = ("案号", "县区", "案由", "姓名", "单位及职务", "问责方式", "是否送达")


@pytest.fixture
def db(tmp_path):
    database = open_database(tmp_path / "评查.duckdb")
    yield database
    database.close()


def ledger(*rows) -> bytes:
    return ledgers.sheets(台账=[HEAD, *rows])


FIRST = ledger(
    ("〔2023〕1号", "甲县", "甲事", "张三", "甲县水利局局长", "诫勉", "是"),
    ("〔2023〕1号", "甲县", "甲事", "李四", "甲县水利局副局长", "党内警告", None),
    ("〔2023〕2号", "甲县", "乙事", "王五", "甲县林业局局长", "分别给予诫勉、党内警告", "否"),
)


def counts(db) -> dict:
    return {t: db.scalar(f"SELECT count(*) FROM {t}") for t in TABLES}


def test_a_load_fills_every_table_and_hands_back_a_receipt(db):
    receipt = load_file(db, FIRST, "甲县台账.xlsx", actor="评查员")
    assert (receipt.rows, receipt.cases, receipt.respondents, receipt.rejects) == (3, 2, 3, 1)
    assert (receipt.already_loaded, receipt.replaced_cases, receipt.file_name) == (False, 0, "甲县台账.xlsx")
    found = counts(db)
    assert found["respondents"] == 3 and found["steps"] == 3 and found["measures"] == 2 and found["ledger_rows"] == 4
    assert found["import_columns"] == len(HEAD)
    one = db.rows("SELECT * FROM imports")[0]
    assert (one["imported_by"], one["complete"], one["case_count"], one["reject_count"]) == ("评查员", "yes", 2, 1)
    assert json.loads(one["sheets"])[0]["status"] == "read"
    assert db.rows("SELECT address, raw FROM cells WHERE field = 'name' AND kind = 'data' ORDER BY address")[0] == {
        "address": "D2",
        "raw": "张三",
    }


def test_the_same_bytes_change_nothing(db):
    first = load_file(db, FIRST, "甲县台账.xlsx")
    before, version = counts(db), db.data_version()
    again = load_file(db, FIRST, "换了名字.xlsx")
    assert again.already_loaded and (again.import_id, again.cases, again.file_name) == (first.import_id, 2, "甲县台账.xlsx")
    assert counts(db) == before and db.data_version() == version
    assert load_reading(db, read_ledger(FIRST, "甲县台账.xlsx")).already_loaded


def test_a_newer_ledger_replaces_its_cases_and_keeps_the_old_rows(db):
    old = load_file(db, FIRST, "旧.xlsx").import_id
    with db.write("decide", "甲") as cur:
        cur.execute("INSERT INTO decisions VALUES ('f1', 'confirmed', '属实', '甲', now()::TIMESTAMP, 'R01', 'c', 'r', 'm', '{}', 'h')")
    newer = ledger(
        ("〔2023〕1号", "甲县", "甲事", "张三", "甲县水利局局长", "党内严重警告", "是"),
        ("〔2023〕3号", "甲县", "丙事", "赵六", "甲县水利局局长", "诫勉", "是"),
    )
    receipt = load_file(db, newer, "新.xlsx")
    assert (receipt.replaced_cases, receipt.cases) == (1, 2)
    kept = db.rows(
        "SELECT table_name, count(*) AS n, min(import_id) AS i, min(superseded_by) AS s FROM superseded_records GROUP BY 1 ORDER BY 1"
    )
    assert [(k["table_name"], k["n"]) for k in kept] == [("cases", 1), ("measures", 2), ("respondents", 2), ("steps", 2)]
    assert {(k["i"], k["s"]) for k in kept} == {(old, receipt.import_id)} and receipt.superseded == 7
    people = db.rows("SELECT name, measures_raw FROM respondents JOIN cases USING (case_id) WHERE case_no = '〔2023〕1号'")
    assert people == [{"name": "张三", "measures_raw": "党内严重警告"}]
    assert db.scalar("SELECT count(*) FROM cases") == 3
    record = db.rows("SELECT record FROM superseded_records WHERE table_name = 'respondents'")[0]["record"]
    assert json.loads(record)["measures_raw"] in ("诫勉", "党内警告")
    assert db.scalar("SELECT count(*) FROM decisions") == 1


def test_answers_are_kept_with_the_import(db):
    load_file(db, FIRST, "甲.xlsx", LedgerChoices(complete="no", blank={"是否送达": "not_done"}, ledger_kind="处分台账"))
    assert db.rows("SELECT DISTINCT complete, ledger_kind FROM cases") == [{"complete": "no", "ledger_kind": "处分台账"}]
    assert db.scalar("SELECT count(*) FROM steps WHERE blank_counted AND status = 'not_done'") == 1
    assert db.scalar("SELECT blank_means FROM import_columns WHERE field = 'delivery'") == "not_done"


def test_a_remembered_form_needs_no_second_answer(db):
    data = ledgers.sheets(台账=[("案由", "姓名", "单位及职务", "定性", "是否送达"), ("甲事", "张三", "甲县水利局局长", "主要", None)])
    layout = read_ledger(data, "甲.xlsx").sheets[0].layout
    remember(db, [Decision(layout, "定性", "note"), Decision(layout, "是否送达", "delivery")], "甲")
    remember(db, [Decision(layout, "定性", "responsibility")], "甲")
    remember(db, [Decision(layout, "是否送达", blank="not_done")], "甲")
    assert remembered_choices(db) == {(layout, "定性"): ("responsibility", None), (layout, "是否送达"): ("delivery", "not_done")}
    load_file(db, data, "甲.xlsx")
    assert db.rows("SELECT responsibility_raw FROM respondents") == [{"responsibility_raw": "主要"}]
    assert db.scalar("SELECT status FROM steps") == "not_done"


def test_a_column_that_is_not_to_be_read_is_remembered_as_such(db):
    rows = [("案由", "姓名", "单位及职务", "问责方式", "责任类型"), ("甲事", "张三", "甲县水利局局长", "诫勉", "主要领导责任")]
    data = ledgers.sheets(台账=rows)
    remember(db, [Decision(read_ledger(data, "甲.xlsx").sheets[0].layout, "责任类型", NOT_USED)], "甲")
    load_file(db, data, "甲.xlsx")
    assert db.rows("SELECT field, matched_by FROM import_columns WHERE header = '责任类型'") == [{"field": None, "matched_by": "ignored"}]
    remember(db, [Decision(read_ledger(data, "甲.xlsx").sheets[0].layout, "责任类型", "responsibility")], "甲")
    load_file(db, ledgers.sheets(台账=[*rows, ("乙事", "李四", "甲县教育局局长", "诫勉", "主要领导责任")]), "乙.xlsx")
    assert db.scalar("SELECT field FROM import_columns WHERE header = '责任类型' AND import_id = 2") == "responsibility"


def test_an_unreadable_file_leaves_no_trace(db):
    with pytest.raises(LedgerError):
        load_file(db, b"%PDF-1.4", "甲.xlsx")
    assert set(counts(db).values()) == {0}


def test_a_fault_in_the_middle_undoes_all(db):
    reading = read_ledger(FIRST, "甲.xlsx")
    reading.tables["measures"] = reading.tables["measures"].drop_columns(["code"])
    version = db.data_version()
    with pytest.raises(Exception, match="code|NOT NULL"):
        load_reading(db, reading, "甲")
    assert set(counts(db).values()) == {0} and db.data_version() == version
    assert load_file(db, FIRST, "甲.xlsx").cases == 2


def test_progress_is_told_in_order(db):
    told = []
    load_file(db, FIRST, "甲.xlsx", progress=told.append)
    shares = [step.share for step in told]
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert list(dict.fromkeys(step.stage for step in told)) == ["读取文件", "识别和解析", "写入数据库", "完成"]
    assert {"台账", ""} == {step.sheet for step in told} and max(step.rows for step in told) == 3


def test_a_cancelled_load_leaves_the_database_as_it_was(db):
    """Cancelled at every step that is told, one after the other."""
    load_file(db, FIRST, "甲.xlsx")
    newer = ledger(("〔2023〕1号", "甲县", "甲事", "新人", "甲县水利局局长", "诫勉", "是"))
    before, version, steps = counts(db), db.data_version(), 0
    while True:
        event = Event()

        def stop_there(step, left=[steps], event=event):  # noqa: B006
            left[0] -= 1
            if left[0] < 0:
                event.set()

        try:
            load_file(db, newer, "乙.xlsx", progress=stop_there, cancelled=event)
            break
        except LoadCancelled as stopped:
            assert "乙.xlsx" in stopped.advice and "没有留下" in stopped.advice
        assert counts(db) == before and db.data_version() == version
        steps += 1
    assert steps >= 8 and counts(db) != before


KILLED = """
import sys, time
import review.workbook.load as load
from review.store.database import open_database
db = open_database(sys.argv[1])
write = load.write_reading
def slow(cur, reading, actor, again=False):
    receipt = write(cur, reading, actor)
    print("written", flush=True)
    time.sleep(60)
    return receipt
load.write_reading = slow
load.load_file(db, sys.argv[2])
"""


def test_a_process_killed_in_the_middle_leaves_the_database_as_before(tmp_path):
    path, one, two = tmp_path / "评查.duckdb", tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    one.write_bytes(FIRST)
    two.write_bytes(ledger(("〔2023〕1号", "甲县", "甲事", "新人", "甲县水利局局长", "诫勉", "是")))
    db = open_database(path)
    load_file(db, one)
    before, version = counts(db), db.data_version()
    db.close()
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(path), str(two)], cwd=root, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "written\n"
        process.send_signal(signal.SIGKILL) if hasattr(signal, "SIGKILL") else process.kill()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    time.sleep(0.1)
    db = open_database(path)
    try:
        assert counts(db) == before and db.data_version() == version
        assert load_file(db, two).replaced_cases == 1
    finally:
        db.close()


def test_cases_without_number_are_told_apart_by_their_people(db):
    head = ("案由", "县区", "姓名", "单位及职务", "问责方式")
    load_file(db, ledgers.sheets(台账=[head, ("违规吃喝", "甲县", "张三", "甲县水利局局长", "诫勉")]), "一.xlsx", actor="t")
    second = load_file(db, ledgers.sheets(台账=[head, ("违规吃喝", "甲县", "李四", "甲县林业局局长", "诫勉")]), "二.xlsx", actor="t")
    assert second.replaced_cases == 0
    assert db.scalar("SELECT count(DISTINCT case_id) FROM cases") == 2


def test_case_without_number_keeps_its_id_when_the_order_of_people_changes(db):
    head = ("序号", "案由", "县区", "姓名", "单位及职务", "问责方式")
    people = [("张三", "甲县水利局局长", "诫勉"), ("李四", "甲县水利局副局长", "警示谈话")]
    for name, order in (("一.xlsx", people), ("二.xlsx", people[::-1])):
        rows = [(1 if i == 0 else None, "违规吃喝" if i == 0 else None, "甲县", *person) for i, person in enumerate(order)]
        receipt = load_file(db, ledgers.sheets(台账=[head, *rows]), name, actor="t")
    assert receipt.replaced_cases == 1
    assert db.scalar("SELECT count(*) FROM cases") == 1
