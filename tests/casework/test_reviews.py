"""The reviewer's record: complete before 评毕, append-only, blind."""

import pytest

from review.casework.assigning import reassign
from review.casework.review_progress import review_progress
from review.casework.reviewers import RosterLine, recusals, recuse, roster, save_reviewer, save_roster
from review.casework.reviews import ASPECTS, REST, Answer, ReviewConflict, places_of_case, reopen_review, review_form, save_review
from review.casework.roster_file import read_roster
from review.errors import UsageError
from review.reports.assignment_list import write_assignment_list, write_roster
from review.reports.review_results import write_review_results
from tests.casework import sampled_town as t

CASE = "c-甲县-0"


@pytest.fixture
def db(tmp_path):
    database = t.town(tmp_path)
    t.cases(database, {"甲县": 5})
    t.finding(database, CASE, "R01", "责任区分")
    t.draw(database, {"甲县": 2})
    yield database
    database.close()


@pytest.fixture
def two(db):
    people = [t.person(db, "李三"), t.person(db, "周四")]
    for part, who in zip(("first", "second"), people, strict=True):
        reassign(db, t.SAMPLE, CASE, part, who, "双评", "分配人")
    return people


def test_the_form_lists_what_the_program_found(db, two):
    form = review_form(db, t.SAMPLE, CASE, two[0])
    assert [(i.check_id, i.said) for i in form.items] == [("R01", "suspect")]
    assert (form.part, form.double, form.record.state) == ("first", True, "waiting")


def test_a_record_is_not_finished_while_anything_is_open(db, two):
    with pytest.raises(UsageError, match="R01.*还没有标注.*其余各项.*等次"):
        save_review(db, t.SAMPLE, CASE, two[0], {}, None, "", True, seen=0)
    rest = {REST + a: Answer("no") for a in ASPECTS}
    with pytest.raises(UsageError, match="还没有标注"):
        save_review(db, t.SAMPLE, CASE, two[0], rest, "qualified", "", True, seen=0)
    with pytest.raises(UsageError, match="没有写明是什么问题"):
        save_review(db, t.SAMPLE, CASE, two[0], {"other:程序": Answer("yes")}, None, "", False, seen=0)
    assert db.scalar("SELECT count(*) FROM case_reviews") == 0
    assert save_review(db, t.SAMPLE, CASE, two[0], {"R01": Answer("unclear")}, None, "先看一半", False, seen=0) == 1
    assert review_form(db, t.SAMPLE, CASE, two[0]).record.state == "reviewing"


def test_every_version_is_kept_and_an_older_screen_overwrites_nothing(db, two):
    first = save_review(db, t.SAMPLE, CASE, two[0], {"R01": Answer("yes", "见笔录")}, None, "", False, seen=0)
    with pytest.raises(ReviewConflict, match="别处刚刚保存"):
        save_review(db, t.SAMPLE, CASE, two[0], {"R01": Answer("no")}, None, "", False, seen=0)
    save_review(db, t.SAMPLE, CASE, two[0], {"R01": Answer("no")}, None, "", False, seen=first)
    assert [r["result"] for r in db.rows("SELECT result FROM review_results ORDER BY review_id")] == ["yes", "no"]
    assert db.scalar("SELECT program FROM review_results LIMIT 1") == "suspect"


def test_neither_sees_the_other_before_both_are_finished(db, two):
    t.review(db, CASE, two[0], R01="yes")
    assert review_form(db, t.SAMPLE, CASE, two[0]).others == () == review_form(db, t.SAMPLE, CASE, two[1]).others
    t.review(db, CASE, two[1], grade="flawed")
    (other,) = review_form(db, t.SAMPLE, CASE, two[0]).others
    assert (other[0], other[1].grade) == ("周四", "flawed")
    with pytest.raises(UsageError, match="两份评查都已评毕"):
        reopen_review(db, t.SAMPLE, CASE, two[0], "改一下")


def test_a_finished_record_goes_back_only_with_a_reason_and_keeps_its_contents(db, two):
    t.review(db, CASE, two[0], R01="yes")
    with pytest.raises(ReviewConflict, match="已经评毕"):
        save_review(db, t.SAMPLE, CASE, two[0], {}, None, "", False, seen=1)
    with pytest.raises(UsageError, match="理由"):
        reopen_review(db, t.SAMPLE, CASE, two[0], " ")
    reopen_review(db, t.SAMPLE, CASE, two[0], "漏看笔录")
    record = review_form(db, t.SAMPLE, CASE, two[0]).record
    assert (record.state, record.answers["R01"].result) == ("reviewing", "yes")


def test_a_case_that_is_not_ones_own_can_not_be_reviewed(db, two):
    stranger = t.person(db, "吴五")
    with pytest.raises(UsageError, match="没有分配给您"):
        review_form(db, t.SAMPLE, CASE, stranger)
    assert {(p["name"], p["part"], p["state"]) for p in places_of_case(db, CASE)} == {
        ("李三", "first", "waiting"),
        ("周四", "second", "waiting"),
    }


def test_progress_counts_states_and_what_is_overdue(db, two):
    from datetime import date

    reassign(db, t.SAMPLE, "c-甲县-1", "first", two[0], "指定", "分配人", due_on=date(2024, 1, 31))
    t.review(db, CASE, two[0])
    t.review(db, CASE, two[1], done=False)
    found = review_progress(db, t.SAMPLE, date(2024, 2, 1))
    total = found.total
    assert (total.assigned, total.waiting, total.reviewing, total.reviewed, total.overdue) == (3, 1, 1, 1, 1)
    assert {(one.name, one.assigned, one.reviewed) for one in found.reviewers} == {("李三", 2, 1), ("周四", 1, 0)}
    assert review_progress(db, t.SAMPLE, date(2024, 1, 31)).total.overdue == 0


def test_the_roster_keeps_versions_and_refuses_the_same_person_twice(db):
    key = t.person(db, "李三", county=None)
    with pytest.raises(UsageError, match="已有"):
        t.person(db, "李三")
    save_reviewer(db, RosterLine("李三", "云岭市纪委监委第一室", "甲县", ("程序",), 3), "管理员", key)
    (now,) = roster(db)
    assert (now["county"], now["capacity"], now["skills"]) == ("甲县", 3, ["程序"])
    assert db.scalar("SELECT count(*) FROM reviewers") == 2
    for bad in (RosterLine("", "单位", None, ()), RosterLine("某某", "单位", None, (), 0), RosterLine("李六", "单位", None, ("钓鱼",))):
        with pytest.raises(UsageError):
            save_reviewer(db, bad, "管理员")
    with pytest.raises(UsageError, match="登记人"):
        save_reviewer(db, RosterLine("李六", "单位", None, ()), " ")


def test_a_recusal_is_recorded_by_case_number_and_taken_back(db):
    key = t.person(db, "李三")
    recuse(db, key, "case", "甲县〔2023〕000号", "近亲属", "管理员")
    assert [(r["shown"], r["target"]) for r in recusals(db)] == [("甲县〔2023〕000号", CASE)]
    recuse(db, key, "case", CASE, "查明无关", "管理员", lifted=True)
    assert recusals(db) == [] and db.scalar("SELECT count(*) FROM recusals") == 2
    with pytest.raises(UsageError, match="没有编号"):
        recuse(db, key, "case", "没有这一号", "x", "管理员")


def test_the_exported_roster_comes_back_unchanged_and_bad_rows_are_named(db, tmp_path):
    t.person(db, "李三", skills=("程序", "财政"))
    t.person(db, "周四", "甲县纪委监委", "甲县", 3)
    file = tmp_path / "名册.xlsx"
    assert write_roster(db, file) == 2
    read = read_roster(file.read_bytes(), file.name)
    assert read.problems == ()
    done = save_roster(db, read.lines, "管理员")
    assert (done.added, done.changed, done.same) == (0, 0, 2)
    rows = ("王一,乙县纪委监委,乙县,5,否", ",缺姓名单位,,,", "钱二,甲县纪委监委,甲县,很多,", "孙三,甲县纪委监委,甲县,,也许")
    text = "\n".join(("姓名,单位,县区,承担件数,是否在任", *rows))
    read = read_roster(text.encode("utf-8-sig"), "名册.csv")
    assert [(line.name, line.capacity, line.active) for line in read.lines] == [("王一", 5, False)]
    assert ["第 3 行" in read.problems[0], "很多" in read.problems[1], "也许" in read.problems[2]] == [True] * 3
    assert "乙县" in save_roster(db, read.lines, "管理员").remarks[0]  # no case of that county: a typing error would break the recusal
    with pytest.raises(UsageError, match="姓名"):
        read_roster("案件,数量\n1,2\n".encode(), "x.csv")


def test_exports_hold_a_sheet_for_each_reviewer_and_all_results(db, two, tmp_path):
    from datetime import date

    from openpyxl import load_workbook

    t.review(db, CASE, two[0], R01="yes")
    t.review(db, CASE, two[1], grade="flawed")
    assert write_assignment_list(db, t.SAMPLE, tmp_path / "a.xlsx") == 2
    book = load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["说明", "全部任务", "尚未分配", "李三", "周四"]
    assert "份" not in [cell.value for cell in book["李三"][1]]  # a blind reviewer is not told
    assert write_review_results(db, t.SAMPLE, date(2024, 2, 1), tmp_path / "r.xlsx") > 8
    book = load_workbook(tmp_path / "r.xlsx")
    assert [row[2].value for row in book["需要商定的"].iter_rows(min_row=2)] == ["等次", "R01 领导责任未区分主要与重要"]
