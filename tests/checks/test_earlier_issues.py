"""Rounds of review: the list that the program wrote comes back filled in, and the same problem afterwards is told."""

import io
import json

import openpyxl
import pytest

from review.casework.decisions import decide
from review.casework.findings import FindingFilter
from review.checks import engine
from review.reports.issue_list import write_issue_list
from review.store.database import open_database
from review.workbook.earlier_issues import problem_check
from review.workbook.load import load_file
from tests.checks.ledger import Example, workbook


def ledger(number: int, started: str) -> bytes:
    text = (
        f"案件名称 | 姓名 | 单位及职务 | 承办单位 | 启动时间 | 启动审批\n资金闲置 | 张三 | 甲县财政局局长 | 甲县纪委监委 | {started} | 否"
    )
    return workbook([Example("X", "台账", "", "suspect", text, number=number)])


@pytest.fixture
def db(tmp_path):
    database = open_database(tmp_path / "rounds.duckdb")
    load_file(database, ledger(1, "2022-03-01"), "2022.xlsx")
    engine.run_checks(database, only=["P01", "U07"])
    yield database
    database.close()


def u07(db) -> dict[str, dict]:
    engine.run_checks(db, only=["U07", "P01"])
    rows = db.rows("SELECT c.case_no, f.* FROM findings f JOIN cases c USING (case_id) WHERE check_id = 'U07'")
    return {r["case_no"]: r for r in rows}


def returned(db, **filled: str) -> bytes:
    """The exported list with these columns filled in for every line of its first table."""
    out = io.BytesIO()
    write_issue_list(db, FindingFilter(checks=("P01",)), out)
    book = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    sheet = book["全部"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        for title, value in filled.items():
            sheet.cell(row, at[title], value)
    back = io.BytesIO()
    book.save(back)
    return back.getvalue()


def test_every_check_is_found_by_its_title():
    titles = {c.id: c.title for c in engine.catalogue() if not c.custom}
    assert {check_id: problem_check(title) for check_id, title in titles.items()} == {check_id: check_id for check_id in titles}


def test_our_own_list_comes_back_and_the_same_problem_afterwards_is_told(db):
    load_file(db, returned(db, 整改状态="已整改", 反馈日期="2022-12-30"), "问题清单（已反馈）.xlsx")
    (line,) = db.rows("SELECT * FROM earlier_issues")
    assert (line["check_id"], line["status"], str(line["feedback_on"]), line["verdict"]) == ("P01", "rectified", "2022-12-30", "suspect")
    assert line["issue_key"].startswith("f")
    load_file(db, ledger(2, "2023-03-01"), "2023.xlsx")
    found = u07(db)
    assert set(found) == {"X-02-01"}, "the earlier case itself is no repetition"
    assert found["X-02-01"]["verdict"] == "suspect" and "反馈2022-12-30，已整改" in found["X-02-01"]["message"]
    assert json.loads(found["X-02-01"]["facts"])["earlier_cases"] == ["X-01-01"]


def test_a_newer_copy_of_the_list_tells_how_a_problem_stands(db):
    load_file(db, returned(db, 整改状态="已整改", 反馈日期="2022-12-30"), "一.xlsx")
    load_file(db, returned(db, 整改状态="已整改", 反馈日期="2022-12-30", 核实结论="不属实"), "二.xlsx")
    load_file(db, ledger(2, "2023-03-01"), "2023.xlsx")
    assert u07(db) == {}


def test_a_line_that_nobody_confirmed_or_fed_back_is_no_earlier_problem(db):
    load_file(db, returned(db), "未填.xlsx")
    load_file(db, ledger(2, "2023-03-01"), "2023.xlsx")
    assert u07(db) == {}


def test_what_was_confirmed_in_the_program_leaves_a_later_case_open(db):
    (found,) = db.rows("SELECT finding_id, facts_hash FROM findings WHERE check_id = 'P01'")
    reason = "审批表缺失，见卷宗第3页"
    decide(db, found["finding_id"], "confirmed", reason, "赵科", seen_facts_hash=found["facts_hash"], seen_decisions=0)
    load_file(db, ledger(2, "2098-03-01"), "以后.xlsx")
    found = u07(db)
    assert found["X-02-01"]["verdict"] == "undetermined" and "没有反馈日期和整改状态" in found["X-02-01"]["message"]


def test_the_full_run_judges_it_after_the_others(db):
    load_file(db, returned(db, 整改状态="未整改", 反馈日期="2022-12-30"), "清单.xlsx")
    load_file(db, ledger(2, "2023-03-01"), "2023.xlsx")
    engine.run_checks(db)
    assert db.scalar("SELECT count(*) FROM findings WHERE check_id = 'U07' AND verdict = 'suspect'") == 1
