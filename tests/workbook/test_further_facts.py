"""Team, approver, terms, 影响期, promotion, identity: parsed beside their raw text; what can't be read is a reject."""

from datetime import date

import duckdb
import pytest

from review.store import database
from review.store.database import open_database
from review.workbook.load import load_file

from . import ledgers

HEAD = ("案号", "县区", "案由", "问题发生时间", "审批人", "调查组人数", "姓名", "单位及职务", "问责方式", "任职起止", "影响期", "提拔时间",
        "新任职务", "身份证号", "人员身份", "整改措施")  # fmt: skip


def row(no, name, behaviour="2022-05", team="3人", term="2019.3-2022.5", period="12个月", promoted=None, number="110101199003070012"):
    person = (name, "甲县水利局局长", "党内警告", term, period, promoted, None, number, "公务员")
    return (no, "甲县", "甲事", behaviour, "县委书记", team, *person, "建章立制")


@pytest.fixture
def db(tmp_path):
    content = ledgers.sheets(
        台账=[
            HEAD,
            row("1号", "张三"),
            row("2号", "李四", behaviour="2021.3-2021.6", team="王某、赵某", term="2020年1月至今", period="2024-01-14"),
            row("3号", "王五", term="任期内", period="无", promoted="2024.5", number="110101199003070000"),
            row("4号", "赵六", team="第一室", period="一直", term=None, number=None),
        ]
    )
    store = open_database(tmp_path / "评查.duckdb")
    load_file(store, content, "甲县.xlsx")
    yield store
    store.close()


def people(db, *columns) -> dict:
    return {r["name"]: tuple(r[c] for c in columns) for r in db.rows(f"SELECT name, {', '.join(columns)} FROM respondents")}


def test_facts_of_cases(db):
    found = {r["case_no"]: r for r in db.rows("SELECT * FROM cases")}
    assert [found[f"{n}号"]["team_size"] for n in range(1, 5)] == [3, 2, 3, None]
    assert [found[f"{n}号"]["team_told_by"] for n in range(1, 5)] == ["number", "names", "number", None]
    assert found["4号"]["team_raw"] == "第一室"
    assert found["1号"]["behaviour_end"] == date(2022, 5, 31)
    assert found["2号"]["behaviour_end"] == date(2021, 6, 30)
    assert {c["approver"] for c in found.values()} == {"县委书记"}
    assert {c["rectification"] for c in found.values()} == {"建章立制"}


def test_terms_of_office(db):
    found = people(db, "term_from", "term_from_precision", "term_to", "term_to_precision", "term_open")
    assert found["张三"] == (date(2019, 3, 1), "month", date(2022, 5, 1), "month", False)
    assert found["李四"] == (date(2020, 1, 1), "month", None, None, True)
    assert found["王五"] == (None, None, None, None, None)


def test_influence_periods(db):
    found = people(db, "period_state", "period_end", "period_end_precision", "period_months")
    assert found == {
        "张三": ("length", None, None, 12),
        "李四": ("end", date(2024, 1, 14), "day", None),
        "王五": ("none", None, None, None),
        "赵六": ("unreadable", None, None, None),
    }


def test_what_cannot_be_read_is_a_reject_with_its_cell(db):
    found = {(r["row"], r["header"]): r["raw"] for r in db.rows("SELECT * FROM rejects")}
    assert found == {(4, "任职起止"): "任期内", (5, "影响期"): "一直"}


def test_promotion_and_identity(db):
    assert people(db, "promotion_on", "promotion_on_precision", "identity")["王五"] == (date(2024, 5, 1), "month", "公务员")


def test_only_whole_id_numbers_tell_a_person(db):
    found = people(db, "id_key")
    assert found["张三"] == found["李四"] and found["张三"][0]
    assert found["王五"] == (None,), "the last three digits are lost when Excel takes the number for a number"
    assert found["赵六"] == (None,)


def test_an_older_database_is_filled_from_its_kept_cells(tmp_path, monkeypatch):
    only_first = tmp_path / "migrations"
    only_first.mkdir()
    first = database.MIGRATIONS / "001_tables.sql"
    (only_first / first.name).write_text(first.read_text(encoding="utf-8"), encoding="utf-8")
    path = tmp_path / "旧.duckdb"
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", only_first)
        old = open_database(path)
        old.close()
    with duckdb.connect(str(path)) as con:
        con.execute("INSERT INTO import_columns VALUES (1, '表', 1, 'A', '审批人', 'approver', 'synonym', 1, 'unknown', 'x')")
        con.execute("INSERT INTO ledger_rows VALUES (1, '表', 2, 'data', 'c1', ['县委书记'], NULL)")
        con.execute(
            """INSERT INTO cases BY NAME SELECT 'c1' AS case_id, 'c1' AS case_key, 1 AS import_id, '表' AS sheet, 2 AS "row", 2 AS last_row,
            'yes' AS complete, '问责台账' AS ledger_kind, 1 AS respondent_count,
            DATE '2023-02-01' AS behaviour_on, 'month' AS behaviour_on_precision"""
        )
    renewed = open_database(path)
    assert renewed.rows("SELECT approver, behaviour_end FROM cases") == [{"approver": "县委书记", "behaviour_end": date(2023, 2, 28)}]
    renewed.close()
