"""What people set for a check: kept, used, previewed, told; a check that is switched off is not run and its findings leave the list."""

import json

import pytest

from review.casework.decisions import decide
from review.checks import catalogue, engine, results, settings
from review.checks.preview import preview
from review.errors import UsageError
from review.store.database import open_database
from tests.casework.small_town import fill

FEW = tuple(c for c in catalogue.own_checks() if c.id in ("D02", "O01", "R01", "P14"))


@pytest.fixture
def db(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "own_checks", lambda: FEW)
    database = open_database(tmp_path / "x.duckdb")
    fill(database)
    with database.write("test", "test") as cur:
        for table in ("check_runs", "check_results", "findings"):
            cur.execute(f"DELETE FROM {table}")
        for field in ("decided_on", "closed_on", "responsibility", "name", "unit_post"):
            cur.execute("INSERT INTO import_fields VALUES (1, '问责台账', ?)", [field])
    yield database
    database.close()


def suspects(db, check_id: str) -> int:
    return db.scalar("SELECT count(*) FROM findings WHERE check_id = $id AND verdict = 'suspect'", {"id": check_id})


def row(db, check_id: str) -> dict:
    return {r["check_id"]: r for r in engine.counts(db)}[check_id]


def test_a_value_that_was_set_is_used_kept_with_the_run_and_told(db):
    engine.run_checks(db, only=["D02"])
    assert suspects(db, "D02") == 0 and not row(db, "D02")["stale"]
    settings.set_parameter(db, "D02", "first_year", "2025", "本地从2025年起建台账", "赵科")
    assert row(db, "D02")["stale"], "counts of the old value are marked"
    engine.run_checks(db, only=["D02"])
    assert suspects(db, "D02") > 0 and not row(db, "D02")["stale"]
    assert json.loads(db.scalar("SELECT params FROM check_runs ORDER BY run_id DESC LIMIT 1"))["D02"]["first_year"] == 2025
    engine.run_checks(db, only=["D02"], params={"D02": {"first_year": 2012}})
    assert suspects(db, "D02") == 0, "a value given for one run wins"
    (change,) = settings.history(db, "D02")
    assert (change.label, change.before, change.after, change.reason, change.set_by) == (
        "最早年份", "2012 年", "2025 年", "本地从2025年起建台账", "赵科")  # fmt: skip


def test_a_value_can_be_taken_back(db):
    settings.set_parameter(db, "D02", "first_year", 2025, "试一试", "赵科")
    settings.set_parameter(db, "D02", "first_year", None, "还是默认", "钱科")
    assert settings.stored(db) == {} and settings.current(db, engine.check("D02"))["first_year"] == 2012
    assert [(c.before, c.after, c.set_by) for c in settings.history(db, "D02")] == [
        ("2025 年", "2012 年", "钱科"), ("2012 年", "2025 年", "赵科")]  # fmt: skip
    assert db.scalar("SELECT count(*) FROM check_settings") == 2, "nothing is overwritten"
    settings.set_parameter(db, "D02", "today", "2024-12-31", "按年底看", "赵科")
    assert str(settings.current(db, engine.check("D02"))["today"]) == "2024-12-31"
    engine.run_checks(db, only=["D02"])


@pytest.mark.parametrize(
    "name, value, reason, told",
    [
        ("first_year", "二〇二五", "理由", "读不成整数"),
        ("first_year", "-3", "理由", "超出范围"),
        ("first_year", "2012", "理由", "没有变化"),
        ("first_year", "", "理由", "没有变化"),
        ("first_year", "2025", "  ", "理由"),
        ("last_year", "2025", "理由", "没有参数"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(db, name, value, reason, told):
    before = db.data_version()
    with pytest.raises(UsageError, match=told):
        settings.set_parameter(db, "D02", name, value, reason, "赵科")
    assert db.data_version() == before and settings.history(db, "D02") == []


def test_a_local_standard_starts_empty_and_is_told(db):
    (local,) = [p for p in engine.check("P14").params if p.local][:1]
    assert settings.current(db, engine.check("P14"))[local.name] is None
    assert local.label in row(db, "P14")["not_set"] and row(db, "O01")["not_set"] == []
    value = {"flag": True, "integer": 6}[local.kind]
    settings.set_parameter(db, "P14", local.name, value, "本地办法第三条", "赵科")
    assert local.label not in row(db, "P14")["not_set"]
    assert settings.history(db, "P14")[0].before == "未设本地标准"


def test_a_preview_tells_what_would_change_and_stores_nothing(db):
    engine.run_checks(db, only=["D02"])
    before = db.data_version()
    seen = preview(db, "D02", {"first_year": "2025"})
    assert db.data_version() == before and settings.history(db, "D02") == []
    assert seen.before["suspect"] == 0 and seen.after["suspect"] == seen.changed == len(seen.units) > 0
    unit = seen.units[0]
    assert (unit["before"], unit["after"]) == ("clear", "suspect") and "疑似" in unit["message"] and unit["county"] and unit["title"]
    settings.set_parameter(db, "D02", "first_year", 2025, "试一试", "赵科")
    assert preview(db, "D02", {"first_year": 2025}).changed == 0, "the value in force is what it is held against"
    assert preview(db, "D02", {"first_year": None}).after["suspect"] == 0, "None is the default"
    engine.run_checks(db, only=["D02"])
    assert suspects(db, "D02") == seen.after["suspect"]
    with pytest.raises(UsageError, match="读不成整数"):
        preview(db, "D02", {"first_year": "多少"})
    with pytest.raises(UsageError, match="没有参数"):
        preview(db, "D02", {"last_year": 3})


def test_a_check_switched_off_is_not_run_and_leaves_the_list_but_decisions_stay(db):
    engine.run_checks(db)
    finding = db.rows("FROM findings WHERE check_id = 'R01' AND verdict = 'suspect' LIMIT 1")[0]
    decide(db, finding["finding_id"], "confirmed", "属实", "钱科", seen_facts_hash=finding["facts_hash"], seen_decisions=0)
    settings.switch(db, "R01", True, "本期不查", "赵科")
    assert suspects(db, "R01") == 0
    assert (row(db, "R01")["off"], row(db, "R01")["run_at"], row(db, "R01")["suspect"]) == ("本期不查", None, 0)
    assert "R01" not in {r["check_id"] for r in results.by_county(db)}
    summary = engine.run_checks(db)
    assert summary.off == {"R01": "本期不查"} and "R01" not in summary.by_check and suspects(db, "R01") == 0
    assert db.rows("SELECT check_id, state, reason FROM check_skips") == [{"check_id": "R01", "state": "off", "reason": "本期不查"}]
    assert engine.run_checks(db, only=["R01"]).by_check == {}
    assert db.scalar("SELECT count(*) FROM decisions") == 1
    with pytest.raises(UsageError, match="已经停用"):
        settings.switch(db, "R01", True, "再停一次", "赵科")
    settings.switch(db, "R01", False, "恢复", "赵科")
    assert row(db, "R01")["off"] is None and row(db, "R01")["run_at"] is None, "old counts do not come back before a new run"
    engine.run_checks(db, only=["R01"])
    assert suspects(db, "R01") > 0 and row(db, "R01")["suspect"] > 0
    assert db.scalar("SELECT verdict FROM current_decisions") == "confirmed"
    assert [(c.before, c.after) for c in settings.history(db, "R01")] == [("已停用", "在用"), ("在用", "已停用")]


def test_a_switch_asks_for_a_reason(db):
    with pytest.raises(UsageError, match="理由"):
        settings.switch(db, "R01", True, " ", "赵科")
    with pytest.raises(UsageError, match="X99"):
        settings.switch(db, "X99", True, "不查", "赵科")
