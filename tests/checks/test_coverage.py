"""What could not be judged: columns that a county's ledger lacks, columns that are blank in part."""

import pytest

from review.checks import coverage, engine, settings
from review.store.database import open_database
from review.workbook.load import load_file
from review.workbook.reading import LedgerChoices
from tests.checks.ledger import Example, workbook

FIRST = """
县区 | 案件编号 | 案件名称 | 姓名 | 单位及职务 | 责任类型 | 启动审批 | 申诉时间
甲县 | 1 | 资金闲置 | 张三 | 财政局局长 | 主要领导责任 | 是 |
甲县 | 1 |  | 李四 | 财政局副局长 | / |  |
甲县 | 2 | 道路失修 | 王五 | 交通局局长 |  |  |
乙县 | 3 | 学校收费 | 赵六 | 教育局局长 | 领导责任 | 否 | 2023-05-01
"""
SECOND = "县区 | 案件编号 | 案件名称 | 姓名 | 单位及职务\n丙县 | 9 | 资金闲置 | 钱七 | 财政局局长"


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    database = open_database(tmp_path_factory.mktemp("coverage") / "x.duckdb")
    for name, text in (("甲乙.xlsx", FIRST), ("丙县.xlsx", SECOND)):
        load_file(database, workbook([Example("X", "台账", "", "suspect", text)]), name, LedgerChoices(), "test")
    yield database
    database.close()


def missing(db, county: str) -> dict[str, coverage.MissingColumn]:
    return {m.label: m for m in coverage.missing_columns(db) if m.county == county}


def blank(db, county: str) -> dict[str, coverage.BlankColumn]:
    return {b.label: b for b in coverage.blank_columns(db) if b.county == county}


def test_a_lacking_column_is_told_per_county_with_what_it_would_enable(db):
    assert "责任类型" not in missing(db, "甲县")
    one = missing(db, "丙县")["责任类型"]
    assert one.file_name == "丙县.xlsx" and (one.cases, one.respondents) == (1, 1)
    assert "R01" in one.enables and "R02" in one.with_others and "R02" not in one.enables
    assert one.units == len(one.enables), "one case, one person: one verdict a check"


def test_the_gain_is_what_a_run_then_judges(db):
    """Units are those that the checks named count as not run."""
    engine.run_checks(db, only=["R01", "P05"])
    for check_id, count in (("R01", 1), ("P05", 4)):
        (row,) = [r for r in engine.counts(db) if r["check_id"] == check_id]
        lacking = [m for m in coverage.missing_columns(db) if check_id in m.enables]
        unit = engine.check(check_id).unit
        assert row["not_run"] == sum(m.respondents if unit == "respondent" else m.cases for m in lacking)
        assert row["not_run"] <= count


def test_blanks_are_counted_by_case_or_row_as_the_column_tells(db):
    told = blank(db, "甲县")
    assert (told["责任类型"].unit, told["责任类型"].blank, told["责任类型"].whole) == ("respondent", 2, 3), "a stroke is a blank"
    start = next(b for label, b in told.items() if label.startswith("启动审批"))
    assert (start.unit, start.blank, start.whole) == ("case", 1, 2), "told in one row of the case is told"
    assert "P01" in start.checks
    assert "责任类型" not in blank(db, "乙县")
    assert not blank(db, "丙县").get("责任类型"), "what is lacking is not blank as well"


def test_a_check_that_is_off_asks_for_nothing(db):
    one = missing(db, "丙县")["责任类型"]
    settings.switch(db, "R01", True, "本期不查", "赵科")
    assert "R01" not in missing(db, "丙县")["责任类型"].enables
    settings.switch(db, "R01", False, "恢复", "赵科")
    assert missing(db, "丙县")["责任类型"] == one


def test_nothing_loaded_asks_for_nothing(tmp_path):
    database = open_database(tmp_path / "none.duckdb")
    assert coverage.missing_columns(database) == [] and coverage.blank_columns(database) == []
    database.close()


def test_alternatives_are_told_in_short():
    assert coverage.either(["start_approval", "start_approval_on"]) == "启动审批"
    assert coverage.either(["start_approval", "approver"]).startswith("启动审批 或 ")
    assert "等 4 列（有一列即可）" in coverage.either(["name", "unit", "post", "politics"])
