"""The engine: what a run writes, what it refuses, what is not run, and that nothing is half written."""

import json

import pytest

from review.checks import coverage, engine, results
from review.errors import CheckFileError, UsageError
from review.store.database import open_database
from review.workbook.load import load_file
from review.workbook.reading import LedgerChoices
from tests.checks.ledger import Example, workbook


def ledger(text: str, number: int = 1, **answers) -> tuple[bytes, LedgerChoices]:
    """A workbook; ``number`` tells the case numbers of two ledgers apart."""
    return workbook([Example("X", "台账", "", "suspect", text, number=number)]), LedgerChoices(**answers)


VILLAGE = """
案件名称 | 姓名 | 单位及职务 | 责任类型 | 决定时间
村级道路项目管理混乱 | 张三 | 甲县城关镇河东村党支部书记 | 领导责任 | 2018-05-06
资金闲置 | 李四 | 甲县财政局局长 | 主要领导责任 | 2023-05-06
教育乱收费 | 王五 | 甲县教育局局长 |  | 
"""
FEW = ("O01", "R01", "P01", "D01")


@pytest.fixture
def db(tmp_path):
    database = open_database(tmp_path / "checks.duckdb")
    content, choices = ledger(VILLAGE)
    load_file(database, content, "甲县.xlsx", choices, "test")
    yield database
    database.close()


def findings(db, check_id):
    return db.rows("FROM findings WHERE check_id = $id ORDER BY finding_id", {"id": check_id})


def test_a_run_counts_every_unit_and_writes_the_findings(db):
    summary = engine.run_checks(db, actor="赵科")
    assert summary.checks == len(engine.catalogue())
    assert summary.by_check["R01"] == {"suspect": 1, "clear": 1, "undetermined": 1, "exempt": 0, "not_run": 0}
    assert summary.by_check["P01"] == {"suspect": 0, "clear": 0, "undetermined": 0, "exempt": 0, "not_run": 3}
    (suspect,) = [f for f in findings(db, "R01") if f["verdict"] == "suspect"]
    assert suspect["message"] == (
        "张三（甲县城关镇河东村党支部书记）的责任写为“领导责任”，没有区分主要领导责任和重要领导责任，疑似责任区分不清。"
    )
    assert json.loads(suspect["facts"])["responsibility"] == "领导责任"
    assert set(json.loads(suspect["facts"])) == set(engine.check("R01").fact_labels)
    row = {c["check_id"]: c for c in engine.counts(db)}["R01"]
    assert (row["suspect"], row["clear"], row["undetermined"], row["not_run"]) == (1, 1, 1, 0)
    assert db.scalar("SELECT run_by FROM check_runs") == "赵科"


def test_decisions_before_2019_09_are_told_with_the_basis_open(db):
    engine.run_checks(db, only=FEW)
    notes = {f["verdict"]: json.loads(f["facts"])["basis_note"] for f in findings(db, "R01")}
    assert "2016年条例" in notes["suspect"]
    assert "没有或读不出" in notes["undetermined"]
    (overview,) = [f for f in findings(db, "O01") if f["verdict"] == "suspect"]
    assert "2016年条例" in json.loads(overview["facts"])["basis_note"]


def test_findings_keep_their_ids_and_hashes_over_runs(db):
    engine.run_checks(db, only=FEW)
    first = db.rows("SELECT finding_id, facts_hash, message FROM findings ORDER BY ALL")
    engine.run_checks(db, only=FEW)
    assert db.rows("SELECT finding_id, facts_hash, message FROM findings ORDER BY ALL") == first
    assert len({f["finding_id"] for f in first}) == len(first)


def test_one_check_alone_leaves_the_other_findings(db):
    engine.run_checks(db, only=FEW)
    before = db.rows("SELECT finding_id FROM findings WHERE check_id <> 'R01' ORDER BY ALL")
    engine.run_checks(db, only=["R01"])
    assert db.rows("SELECT finding_id FROM findings WHERE check_id <> 'R01' ORDER BY ALL") == before
    assert {f["run_id"] for f in findings(db, "R01")} == {db.scalar("SELECT max(run_id) FROM check_runs")}


def test_parameters_are_used_kept_and_refused_by_name(db):
    engine.run_checks(db, only=["D02"], params={"D02": {"first_year": 2024}})
    assert findings(db, "D02"), "2018 and 2023 are now too early"
    assert json.loads(db.scalar("SELECT params FROM check_runs"))["D02"]["first_year"] == 2024
    with pytest.raises(UsageError, match="first_year"):
        engine.run_checks(db, params={"D02": {"year": 2024}})
    with pytest.raises(UsageError, match="X99"):
        engine.run_checks(db, only=["X99"])


def test_a_check_that_does_not_run_leaves_everything_as_it_was(db, monkeypatch):
    engine.run_checks(db, only=FEW)
    before = db.rows("FROM findings ORDER BY ALL"), db.data_version()
    broken = engine.check("R01").__class__(**{**vars(engine.check("R01")), "sql": "SELECT no_such_column FROM people"})
    monkeypatch.setattr(engine, "catalogue", lambda: (*(c for c in _CATALOGUE if c.id != "R01"), broken))
    with pytest.raises(CheckFileError, match="R01"):
        engine.run_checks(db)
    assert (db.rows("FROM findings ORDER BY ALL"), db.data_version()) == before


def test_facts_that_the_header_does_not_name_are_refused(db, monkeypatch):
    one = engine.check("R01")
    broken = one.__class__(**{**vars(one), "own_facts": {"person": "被问责人员"}})
    monkeypatch.setattr(engine, "catalogue", lambda: (broken,))
    with pytest.raises(CheckFileError, match="facts"):
        engine.run_checks(db)


def test_not_run_is_counted_per_sheet_and_the_lacking_column_is_told(db):
    content, choices = ledger(
        "案件名称 | 姓名 | 单位及职务 | 启动审批\n资金闲置 | 赵六 | 甲县财政局局长 | 是", number=2, complete="unknown"
    )
    load_file(db, content, "乙县.xlsx", choices, "test")
    summary = engine.run_checks(db, only=FEW)
    assert summary.by_check["P01"] == {"suspect": 0, "clear": 1, "undetermined": 0, "exempt": 0, "not_run": 3}
    assert summary.by_check["R01"]["not_run"] == 1
    lacking = [m for m in coverage.missing_columns(db) if m.file_name == "乙县.xlsx" and m.fields == ("responsibility",)]
    assert lacking[0].label == "责任类型"
    assert "R01" in lacking[0].enables and "R02" in lacking[0].with_others and "R02" not in lacking[0].enables


def test_coverage_by_county(db):
    engine.run_checks(db, only=FEW)
    r01 = [r for r in results.by_county(db) if r["check_id"] == "R01"]
    assert [(r["county"], r["suspect"]) for r in r01] == [("甲县", 1)]
    assert {"county": "甲县", "field": "责任类型", "respondents": 1} in results.blank_fields(db)
    (share,) = results.judged_share(db)
    assert share["judged"] > 0 and share["not_run"] > 0


def test_a_check_with_nothing_in_scope_has_a_newest_result_of_zero(db):
    engine.run_checks(db, only=["O04"])
    assert db.scalar("SELECT count(*) FROM check_results WHERE check_id = 'O04'") == 1
    assert not findings(db, "O04")


def test_people_that_could_not_be_read_leave_the_case_open(db):
    """A cell of several people that was rejected may hold the leader whom O01 misses."""
    with db.write("test", "test") as cur:
        cur.execute(
            """INSERT INTO rejects SELECT nextval('reject_ids'), import_id, sheet, "row", NULL, NULL, '李某等三人', '读不出', '请分行'
            FROM cases WHERE title LIKE '村级道路%'"""
        )
    engine.run_checks(db, only=["O01"])
    (finding,) = findings(db, "O01")
    assert finding["verdict"] == "undetermined" and "未能读入" in finding["message"]


def test_blank_county_is_kept_apart(tmp_path):
    database = open_database(tmp_path / "none.duckdb")
    content, choices = ledger("县区 | 案件名称 | 姓名 | 单位及职务 | 责任类型\n | 资金闲置 | 李四 | 财政局局长 | 领导责任")
    load_file(database, content, "台账.xlsx", choices, "test")
    engine.run_checks(database, only=["R01"])
    assert [r["county"] for r in results.by_county(database) if r["check_id"] == "R01"] == [None]


_CATALOGUE = engine.catalogue()
