"""Assignments in the store: planned, kept, changed by hand under the rules, never lost."""

from datetime import date

import pytest

from review.casework.assigning import assignment_history, assignments, candidates, plan, reassign, store_plan, unassigned
from review.casework.reviewers import recuse
from review.errors import SampleError, UsageError
from tests.casework import sampled_town as t


@pytest.fixture
def db(tmp_path):
    database = t.town(tmp_path)
    t.cases(database, {"甲县": 10, "乙县": 10})
    t.draw(database, {"甲县": 3, "乙县": 3}, must=("c-甲县-7",))
    yield database
    database.close()


@pytest.fixture
def people(db):
    return {name: t.person(db, name, unit, county) for name, unit, county in (
        ("钱一", "甲县纪委监委", "甲县"), ("孙二", "乙县纪委监委", "乙县"), ("李三", "云岭市纪委监委第一室", None))}  # fmt: skip


def test_nobody_gets_a_case_of_the_own_county_and_all_cases_are_placed(db, people):
    made = plan(db, t.SAMPLE, double_percent=30)
    assert store_plan(db, t.SAMPLE, made, date(2024, 3, 1), "分配人") == 7 + 3
    rows = assignments(db, t.SAMPLE)
    assert len(rows) == 10 and not unassigned(db, t.SAMPLE)
    assert not [r for r in rows if (r["name"], r["county"]) in {("钱一", "甲县"), ("孙二", "乙县")}]
    assert not [r for r in rows if r["barred"]]
    assert {r["due_on"] for r in rows} == {date(2024, 3, 1)} and {r["made_by"] for r in rows} == {"program"}
    loads = sorted(sum(r["name"] == name for r in rows) for name in people)
    assert loads[-1] - loads[0] <= 1


def test_the_same_roster_gives_the_same_plan_and_a_second_one_has_nothing_to_do(db, people):
    first = plan(db, t.SAMPLE, 30)
    assert plan(db, t.SAMPLE, 30) == first
    store_plan(db, t.SAMPLE, first, None, "分配人")
    assert plan(db, t.SAMPLE, 30).places == ()


def test_a_plan_that_was_overtaken_is_not_stored(db, people):
    made = plan(db, t.SAMPLE)
    case = next(p for p in made.places if p.reviewer_id == people["李三"]).case_id
    recuse(db, people["李三"], "case", case, "近亲属为当事人", "管理员")
    with pytest.raises(UsageError, match="重新试排"):
        store_plan(db, t.SAMPLE, made, None, "分配人")
    assert assignments(db, t.SAMPLE) == []


def test_a_recusal_that_comes_later_is_shown_and_the_next_plan_moves_the_case(db, people):
    store_plan(db, t.SAMPLE, plan(db, t.SAMPLE), None, "分配人")
    held = next(r for r in assignments(db, t.SAMPLE) if r["reviewer_id"] == people["李三"])
    recuse(db, people["李三"], "county", held["county"], "曾在该县任职", "管理员")
    assert "曾在该县任职" in next(r for r in assignments(db, t.SAMPLE) if r["case_id"] == held["case_id"])["barred"]
    store_plan(db, t.SAMPLE, plan(db, t.SAMPLE), None, "分配人")
    now = next(r for r in assignments(db, t.SAMPLE) if r["case_id"] == held["case_id"])
    assert now["reviewer_id"] != people["李三"] and not now["barred"]
    assert len([r for r in assignment_history(db, t.SAMPLE) if r["case_id"] == held["case_id"]]) == 2


def test_begun_work_stays_whatever_is_planned_anew(db, people):
    store_plan(db, t.SAMPLE, plan(db, t.SAMPLE), None, "分配人")
    held = next(r for r in assignments(db, t.SAMPLE) if r["reviewer_id"] == people["李三"])
    t.review(db, held["case_id"], people["李三"], done=False)
    store_plan(db, t.SAMPLE, plan(db, t.SAMPLE, anew=True), None, "分配人", anew=True)
    assert (held["case_id"], people["李三"], "reviewing") in {
        (r["case_id"], r["reviewer_id"], r["state"]) for r in assignments(db, t.SAMPLE)
    }


def test_by_hand_the_rule_holds_too(db, people):
    with pytest.raises(UsageError, match="须回避.*本县区"):
        reassign(db, t.SAMPLE, "c-甲县-0", "first", people["钱一"], "指定", "分配人")
    reassign(db, t.SAMPLE, "c-甲县-0", "first", people["孙二"], "熟悉该领域", "分配人")
    with pytest.raises(UsageError, match="另一份"):
        reassign(db, t.SAMPLE, "c-甲县-0", "second", people["孙二"], "再评", "分配人")
    with pytest.raises(UsageError, match="理由"):
        reassign(db, t.SAMPLE, "c-甲县-0", "first", people["李三"], " ", "分配人")
    (row,) = assignments(db, t.SAMPLE)
    assert (row["name"], row["made_by"], row["reason"]) == ("孙二", "hand", "熟悉该领域")
    reassign(db, t.SAMPLE, "c-甲县-0", "first", None, "出差", "分配人")
    assert assignments(db, t.SAMPLE) == [] and len(assignment_history(db, t.SAMPLE)) == 2


def test_a_reviewed_part_is_not_given_to_somebody_else(db, people):
    reassign(db, t.SAMPLE, "c-甲县-0", "first", people["孙二"], "指定", "分配人")
    t.review(db, "c-甲县-0", people["孙二"])
    with pytest.raises(UsageError, match="已评毕"):
        reassign(db, t.SAMPLE, "c-甲县-0", "first", people["李三"], "改派", "分配人")


def test_candidates_say_why_not(db, people):
    found = {c.name: c for c in candidates(db, t.SAMPLE, "c-甲县-0", "first")}
    assert found["李三"].barred == "" and "本县区" in found["钱一"].barred


def test_no_roster_and_no_sample_are_told(db):
    with pytest.raises(UsageError, match="没有在任的评查人"):
        plan(db, t.SAMPLE)
    with pytest.raises(SampleError):
        plan(db, "s-none")
