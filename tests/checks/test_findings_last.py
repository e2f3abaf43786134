"""What a finding keeps over time: a day later it is the same finding, and its level follows from its facts."""

from datetime import date

import pytest

from review.checks import engine
from review.store.database import open_database
from review.workbook.load import load_file
from tests.checks.ledger import Example, workbook

LEDGER = """
案件名称 | 姓名 | 单位及职务 | 问责方式 | 决定时间 | 手续办结时间 | 手续是否办结 | 是否申诉 | 申诉时间 | 申诉答复
资金闲置 | 张三 | 甲县财政局局长 | 免职 | 2023-05-06 | 2023-07-06 |  | 否 |  |
道路失修 | 李四 | 甲县交通局局长 | 免职 | 2023-05-06 | 2024-01-06 |  | 否 |  |
渠道失修 | 王五 | 甲县水利局局长 | 免职 | 2023-05-06 |  | 否 | 是 | 2023-05-10 | 未答复
"""


@pytest.fixture
def db(tmp_path):
    db = open_database(tmp_path / "town.duckdb")
    load_file(db, workbook([Example("P09", "手续", "", "suspect", LEDGER, number=1)]), "台账.xlsx", actor="测试")
    return db


def _run_on(db, monkeypatch, day: date) -> dict:
    """Check, level and hash of every finding of P09 and P12 on that day."""

    class Day(date):
        @classmethod
        def today(cls):
            return day

    monkeypatch.setattr(engine, "date", Day)
    engine.run_checks(db, only=["P09", "P12"], actor="测试")
    rows = db.rows("SELECT f.check_id, c.title, f.level, f.message, f.facts_hash FROM findings f JOIN cases c USING (case_id)")
    return {(r["check_id"], r["title"]): r for r in rows}


def test_formalities_are_grave_after_six_months(db, monkeypatch):
    found = _run_on(db, monkeypatch, date(2024, 3, 1))
    levels = {title: r["level"] for (check, title), r in found.items() if check == "P09"}
    assert levels == {"资金闲置": "一般", "道路失修": "严重", "渠道失修": "严重"}
    assert "已超过6个月" in found["P09", "道路失修"]["message"]


def test_a_day_later_the_facts_are_the_same(db, monkeypatch):
    first, next_day = _run_on(db, monkeypatch, date(2024, 3, 1)), _run_on(db, monkeypatch, date(2024, 3, 2))
    told = ("P12", "渠道失修"), ("P09", "渠道失修")
    assert all("2024-03-02" in next_day[key]["message"] for key in told), "the sentence tells the day"
    assert {k: r["facts_hash"] for k, r in first.items()} == {k: r["facts_hash"] for k, r in next_day.items()}
    half_a_year_before = _run_on(db, monkeypatch, date(2023, 8, 1))
    key = "P09", "渠道失修"
    assert half_a_year_before[key]["level"] == "一般" and half_a_year_before[key]["facts_hash"] != first[key]["facts_hash"]
