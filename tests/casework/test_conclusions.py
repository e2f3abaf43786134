"""From reviewed cases to the frame: the sentence of the issue, what is missing, doubles, must-review cases apart, precision and misses."""

import pytest

from review.casework.check_quality import ALL, check_quality
from review.casework.conclusions import body, by_place, conclude, subjects
from review.casework.double_reviews import double_reviews, settle
from review.casework.outcomes import WHOLE
from review.errors import UsageError
from tests.casework import sampled_town as t


@pytest.fixture
def db(tmp_path):
    database = t.town(tmp_path)
    yield database
    database.close()


def hundred(db, must=()):
    """100 cases in one stratum, 20 of them drawn and given to one reviewer."""
    t.cases(db, {"甲县": 100})
    t.draw(db, {"甲县": 20}, must)
    who = t.person(db, "李三")
    t.give(db, who, [*(f"c-甲县-{i}" for i in range(20)), *must])
    return who


def reviewed(db, who, marks=None, count=20, **more):
    """The first cases reviewed, free of problems but for ``marks``: number -> what was found."""
    t.write_reviews(db, who, {f"c-甲县-{i}": (marks or {}).get(i, {}) for i in range(count)}, **more)


def test_twenty_of_a_hundred_and_nothing_found(db):
    who = hundred(db)
    reviewed(db, who)
    found = conclude(body(db, t.SAMPLE), "R01")
    assert found.sentence == "抽 20 件、未发现问题，其余 80 件中仍可能有至多 12 件有同类问题（95% 把握）。"
    assert (found.share, found.low, found.complete) == (0.0, 0, True)


def test_one_case_not_reviewed_is_not_left_out_and_nothing_is_estimated(db):
    who = hundred(db)
    reviewed(db, who, count=19)
    found = conclude(body(db, t.SAMPLE), "R01")
    assert found.share is None and not found.complete
    assert "尚有 1 件未评毕，暂不推算" in found.sentence
    clean, with_one = 12, 1
    assert found.high >= clean + with_one and found.low == 0


def test_what_nobody_could_tell_widens_the_bounds(db):
    who = hundred(db)
    reviewed(db, who, {0: {"R01": "unclear"}, 1: {"R01": "unclear"}})
    found = conclude(body(db, t.SAMPLE), "R01")
    assert (found.reviewed, found.unclear, found.share) == (20, 2, None)
    assert "2 件看不出" in found.sentence
    assert conclude(body(db, t.SAMPLE), "R02").share == 0.0


def test_must_review_cases_never_enter_the_estimate(db):
    must = ("c-甲县-50", "c-甲县-51")
    who = hundred(db, must)
    reviewed(db, who)
    before = conclude(body(db, t.SAMPLE), WHOLE)
    t.write_reviews(db, who, {case: {"R01": "yes"} for case in must}, grade="failed")
    after = conclude(body(db, t.SAMPLE), WHOLE)
    assert (after.low, after.high, after.most_left, after.drawn) == (before.low, before.high, before.most_left, 20)
    assert (after.must_found, after.must_reviewed) == (2, 2)


def test_an_aspect_and_the_whole_have_a_problem_when_one_check_or_other_matter_has(db):
    who = hundred(db)
    reviewed(db, who, {0: {"R01": "yes"}, 1: {"程序": "yes"}})
    found = body(db, t.SAMPLE)
    assert [conclude(found, s).found for s in ("R01", "责任区分", "程序", WHOLE)] == [1, 1, 1, 2]
    assert "R01" in subjects(found)


def test_counties_add_up_and_each_has_its_own_exact_bounds(db):
    t.cases(db, {"甲县": 30, "乙县": 10})
    t.draw(db, {"甲县": 6, "乙县": 2})
    who = t.person(db, "李三")
    cases = [f"c-甲县-{i}" for i in range(6)] + [f"c-乙县-{i}" for i in range(2)]
    t.give(db, who, cases)
    t.write_reviews(db, who, dict.fromkeys(cases, {}))
    lines = by_place(body(db, t.SAMPLE), "R01")
    assert {line.place: (line.cases, line.drawn, line.most_left) for line in lines} == {"甲县": (30, 6, 10), "乙县": (10, 2, 7)}
    assert conclude(body(db, t.SAMPLE), "R01").method == "各层合并的精确界限"


def test_precision_and_misses(db):
    for i in range(10):
        t.finding(db, f"c-甲县-{i}", "R01", "责任区分")
    t.finding(db, "c-甲县-11", "P01", "程序", "undetermined")
    who = hundred(db)
    reviewed(db, who, {i: {"R01": "yes"} for i in (*range(8), 15)} | {11: {"P01": "yes"}})
    lines = {q.key: q for q in check_quality(body(db, t.SAMPLE))}
    one = lines["R01"]
    assert (one.suspects, one.right, one.caught, one.missed) == (10, 8, 8, 1)
    assert one.precision.estimate == pytest.approx(0.8) and one.precision.low < 0.8 < one.precision.high
    assert one.miss_rate.estimate == pytest.approx(1 / 9)
    assert (lines["P01"].suspects, lines["P01"].undetermined, lines["P01"].undetermined_real, lines["P01"].missed) == (0, 1, 1, 0)
    assert lines[ALL].suspects == 10 and lines[ALL].pending == 0


def test_two_reviewers_who_differ_are_unclear_until_they_settle(db):
    first = hundred(db)
    second = t.person(db, "周四")
    t.give(db, second, ["c-甲县-0"], "second")
    reviewed(db, first, {0: {"R01": "yes"}})
    assert conclude(body(db, t.SAMPLE), "R01").reviewed == 19
    reviewed(db, second, count=1, grade="flawed")
    found = double_reviews(db, t.SAMPLE)
    assert {(d.subject, d.first[1], d.second[1]) for d in found.differences} == {
        ("grade", "合格", "瑕疵"), ("R01", "有此问题", "无此问题")}  # fmt: skip
    assert conclude(body(db, t.SAMPLE), "R01").unclear == 1
    with pytest.raises(UsageError, match="理由"):
        settle(db, t.SAMPLE, "c-甲县-0", "R01", "yes", "", "组长")
    settle(db, t.SAMPLE, "c-甲县-0", "R01", "yes", "调卷确认", "组长")
    settle(db, t.SAMPLE, "c-甲县-0", "grade", "flawed", "调卷确认", "组长")
    done = conclude(body(db, t.SAMPLE), "R01")
    assert (done.found, done.unclear) == (1, 0)
    assert all(d.settled for d in double_reviews(db, t.SAMPLE).differences)
    with pytest.raises(UsageError, match="没有不一致"):
        settle(db, t.SAMPLE, "c-甲县-0", "O01", "yes", "无", "组长")


def test_agreement_counts_only_pairs_that_are_finished_and_leaves_unclear_out(db):
    first = hundred(db)
    second = t.person(db, "周四")
    t.give(db, second, [f"c-甲县-{i}" for i in range(6)], "second")
    reviewed(db, first, {i: {"R01": "yes"} for i in range(3)})
    reviewed(db, second, {0: {"R01": "yes"}, 1: {"R01": "yes"}, 2: {"R01": "unclear"}}, count=5)
    found = double_reviews(db, t.SAMPLE)
    assert (found.assigned, found.finished) == (6, 5)
    line = next(line for line in found.lines if line.subject == "R01")
    assert (line.agreement.units, line.agreement.raw) == (4, 1.0)
    assert line.raw_low < 1.0 and line.agreement.exclusions == {"只有一人评查": 1}
