"""A withdrawn case leaves checks, samples and lists, and comes back whole."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from review.casework.decisions import decide, decisions_of_case
from review.casework.dossier import case_file, search_cases
from review.casework.findings import FindingFilter, count_findings, list_findings
from review.casework.overview import loaded
from review.casework.reassessed import moved_cases, reassessed
from review.casework.withdrawals import (
    no_longer_listed,
    reinstate,
    withdraw,
    withdrawal_history,
    withdrawn_but_listed,
    withdrawn_findings,
)
from review.checks.engine import run_checks, verdicts
from review.errors import UsageError
from review.reports.change_list import write_changes
from review.sampling.frame import build_frame
from review.workbook.load import load_file
from review.workbook.undo import prompted, undo_import
from tests.workbook import ledgers

HEAD = ("案号", "县区", "案由", "姓名", "单位及职务", "责任类型", "问责方式", "决定时间", "办结时间")
CASES = {n: (f"〔2023〕{n}号", "甲县", f"第{n}件失管案", name, f"甲县水利局{post}", "领导责任", "诫勉", "2023.5.6", "2023.6.1")
         for n, name, post in ((1, "张三", "局长"), (2, "李四", "副局长"), (3, "王五", "科长"))}  # fmt: skip
OTHER = ("〔2023〕9号", "乙县", "乙县的案件", "孙七", "乙县水利局局长", "领导责任", "诫勉", "2023.5.6", "2023.6.1")


def ledger(*rows) -> bytes:
    return ledgers.sheets(台账=[HEAD, *rows])


@pytest.fixture
def city(empty):
    load_file(empty, ledger(*CASES.values(), OTHER), "旧.xlsx")
    run_checks(empty, only=["R01"])
    return empty


def case_of(db, number) -> str:
    return db.scalar("SELECT case_id FROM cases WHERE case_no = $n", {"n": f"〔2023〕{number}号"})


def test_a_newer_ledger_names_what_it_no_longer_lists(city):
    receipt = load_file(city, ledger(CASES[1], CASES[2][:6] + ("党内警告",) + CASES[2][7:]), "新.xlsx")
    [left] = no_longer_listed(city, receipt.import_id)
    assert (left.file_name, left.relisted) == ("旧.xlsx", 2)
    # The case of the other county is none of this ledger's business.
    assert [(c["case_key"], c["people"], c["place"]) for c in left.cases] == [("〔2023〕3号", "王五", "台账 第4行")]
    withdraw(city, [left.cases[0]["case_id"]], "并入另案", "赵科")
    assert no_longer_listed(city, receipt.import_id) == []


def test_a_ledger_of_other_cases_leaves_nothing_out(city):
    receipt = load_file(city, ledger(("〔2024〕1号", *CASES[1][1:])), "明年.xlsx")
    assert no_longer_listed(city, receipt.import_id) == []


def test_a_withdrawn_case_is_out_of_checks_samples_and_lists_and_its_record_stays(city):
    case_id = case_of(city, 3)
    found = list_findings(city, FindingFilter(case_ids=(case_id,)))
    assert found, "the case needs a finding for this test"
    decide(city, found[0]["finding_id"], "confirmed", "属实", "孙某", seen_facts_hash=found[0]["facts_hash"], seen_decisions=0)
    everybody = loaded(city)
    assert withdraw(city, [case_id], "经核实已并入另案", "赵科") == 1
    assert loaded(city).stale
    run_checks(city, only=["R01"])
    assert not count_findings(city, FindingFilter(verdicts=(), case_ids=(case_id,), in_issue_list=None))
    assert all(v["case_id"] != case_id for v in verdicts(city, "R01"))
    assert city.scalar("SELECT sum(suspect + clear + undetermined + exempt) FROM check_results WHERE check_id = 'R01' AND run_id = 2") == 3
    frame = build_frame(city, date(2023, 1, 1), date(2023, 12, 31))
    assert case_id not in {e.case_id for e in frame.entries}
    assert [(x.case_id, x.reason) for x in frame.excluded] == [(case_id, "案件已撤销：经核实已并入另案")]
    now = loaded(city)
    assert (now.cases, now.respondents) == (everybody.cases - 1, everybody.respondents - 1)
    assert case_id not in {r["case_id"] for r in search_cases(city, "")}
    assert [r["case_id"] for r in search_cases(city, "", withdrawn=True)] == [case_id]
    file = case_file(city, case_id)
    assert file.withdrawn and file.withdrawals[0]["reason"] == "经核实已并入另案" and len(file.people) == 1
    assert {f["check_id"] for f in file.left_findings} >= {found[0]["check_id"]} and len(decisions_of_case(city, case_id)) == 1


def test_a_case_that_comes_back_is_as_before(city):
    case_id = case_of(city, 3)
    before = city.rows("SELECT * FROM findings ORDER BY finding_id")
    withdraw(city, [case_id], "误撤", "赵科")
    assert len(withdrawn_findings(city, case_id)) == sum(r["case_id"] == case_id for r in before)
    reinstate(city, [case_id], "撤错了", "赵科")
    assert city.rows("SELECT * FROM findings ORDER BY finding_id") == before and not withdrawn_findings(city, case_id)
    assert [h["withdrawn"] for h in withdrawal_history(city, case_id)] == [False, True]
    assert not case_file(city, case_id).withdrawn
    assert [r["action"] for r in city.rows("SELECT action FROM audit_log ORDER BY audit_id")][-2:] == ["withdraw_cases", "reinstate_cases"]


def test_a_withdrawn_case_in_a_newer_ledger_is_named(city):
    case_id = case_of(city, 1)
    withdraw(city, [case_id], "误撤", "赵科")
    receipt = load_file(city, ledger(CASES[1][:6] + ("党内警告",) + CASES[1][7:]), "新.xlsx")
    assert [r["case_id"] for r in withdrawn_but_listed(city, receipt.import_id)] == [case_id]
    assert case_file(city, case_id).withdrawn, "nobody took it back yet"


@pytest.mark.parametrize(("reason", "actor", "cases"), [("", "赵科", 1), ("并案", " ", 1), ("并案", "赵科", 0)])
def test_reason_name_and_cases_are_needed(city, reason, actor, cases):
    with pytest.raises(UsageError):
        withdraw(city, [case_of(city, 1)] * cases, reason, actor)
    with pytest.raises(UsageError, match="不在库中"):
        withdraw(city, ["cnothing"], "并案", "赵科")
    assert not city.scalar("SELECT count(*) FROM withdrawals")


def test_an_undo_takes_back_the_withdrawals_that_the_import_prompted(city):
    """By a line of its own with who, when and why; what somebody withdrew for another reason stays."""
    before = city.rows("SELECT finding_id FROM findings ORDER BY 1")
    receipt = load_file(city, ledger(CASES[1]), "新.xlsx")
    left = no_longer_listed(city, receipt.import_id)[0].cases
    withdraw(city, [left[0]["case_id"]], "新台账未再列出", "赵科", prompted_by=receipt.import_id)
    withdraw(city, [left[1]["case_id"]], "并入另案", "赵科")
    assert [c["case_id"] for c in prompted(city, receipt.import_id)] == [left[0]["case_id"]]
    done = undo_import(city, receipt.import_id, "钱主任")
    assert done.taken_back == 1
    assert [r["case_id"] for r in city.rows("SELECT case_id FROM withdrawn_cases")] == [left[1]["case_id"]]
    newest, first = withdrawal_history(city, left[0]["case_id"])
    assert (newest["withdrawn"], newest["decided_by"], first["withdrawn"]) == (False, "钱主任", True)
    assert "第 2 次，新.xlsx" in newest["reason"] and "已撤销" in newest["reason"]
    reinstate(city, [left[1]["case_id"]], "误撤", "赵科")
    assert city.rows("SELECT finding_id FROM findings ORDER BY 1") == before


def test_an_undo_takes_back_a_reinstatement_that_the_import_prompted(city):
    withdraw(city, [case_of(city, 3)], "误立", "赵科")
    receipt = load_file(city, ledger(*CASES.values()), "新.xlsx")
    reinstate(city, [case_of(city, 3)], "新台账重新列出", "赵科", prompted_by=receipt.import_id)
    assert undo_import(city, receipt.import_id, "钱主任").taken_back == 1
    assert [r["case_id"] for r in city.rows("SELECT case_id FROM withdrawn_cases")] == [case_of(city, 3)]
    assert not city.scalar("SELECT count(*) FROM findings WHERE case_id = $id", {"id": case_of(city, 3)})


def test_what_was_decided_anew_after_the_prompt_stays_when_the_import_goes(city):
    receipt = load_file(city, ledger(CASES[1], CASES[2]), "新.xlsx")
    withdraw(city, [case_of(city, 3)], "新台账未再列出", "赵科", prompted_by=receipt.import_id)
    reinstate(city, [case_of(city, 3)], "误撤", "赵科")
    assert prompted(city, receipt.import_id) == [] and undo_import(city, receipt.import_id, "钱主任").taken_back == 0
    assert [w["reason"] for w in withdrawal_history(city, case_of(city, 3))] == ["误撤", "新台账未再列出"]


def with_responsibility(number, words) -> tuple:
    return (*CASES[number][:5], words, *CASES[number][6:])


def test_a_newer_ledger_names_new_and_withdrawn_cases_and_the_findings_judged_anew(city):
    """R01 asks which kind of leader's responsibility it is: answered in case 1, no longer told in case 2."""
    newer = [with_responsibility(1, "主要领导责任"), with_responsibility(2, ""), ("〔2024〕5号", *CASES[1][1:])]
    number = load_file(city, ledger(*newer), "新.xlsx").import_id
    assert reassessed(city, number) is None, "no check ran after it"
    withdraw(city, [case_of(city, 3)], "新台账未再列出", "赵科", prompted_by=number)
    run_checks(city, only=["R01"])
    new, gone = moved_cases(city, number)
    assert (new.kind, new.case_key, new.people) == ("new", "〔2024〕5号", "张三")
    assert (gone.kind, gone.case_key) == ("withdrawn", "〔2023〕3号") and "赵科" in gone.why
    told = reassessed(city, number)
    assert [(f.kind, f.check_id, f.case_key) for f in told] == [("gone", "R01", "〔2023〕1号"), ("facts", "R01", "〔2023〕2号")]
    assert told[0].new == "" and "张三" in told[0].old and "责任类型空白" in told[1].new

    # The next ledger has a list of its own, and leaves this one as it is.
    third = load_file(city, ledger(CASES[1]), "再报.xlsx").import_id
    run_checks(city, only=["R01"])
    assert reassessed(city, number) == told
    assert [(f.kind, f.old, f.case_key) for f in reassessed(city, third)] == [("added", "", "〔2023〕1号")]
    target = BytesIO()
    lines = write_changes(city, number, target)
    book = load_workbook(target)
    assert [sheet.title for sheet in book] == ["说明", "改动", "案件增减", "受影响的问题"]
    assert sum(sheet.max_row - 1 for sheet in book.worksheets[1:]) == lines
    assert {row[5] for row in book["案件增减"].iter_rows(min_row=2, values_only=True)} == {"新列入", "已撤销"}
    assert [row[3] for row in book["受影响的问题"].iter_rows(min_row=2, values_only=True)] == ["消失", "事实变化"]

    undo_import(city, third, "赵科")
    assert not city.scalar("SELECT count(*) FROM findings_before WHERE import_id = $n", {"n": third})
