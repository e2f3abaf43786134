"""评查进度 and the step 分配: from the first look to a finished record."""

from review.casework.assigning import assignments, reassign
from review.casework.reviews import review_form
from tests.casework import sampled_town as t
from tests.pages.conftest import markup, press

CASE = "c-甲县-0"


def one_case_given(db):
    """Five cases, one drawn and given to 李三."""
    t.cases(db, {"甲县": 5})
    t.finding(db, CASE, "R01", "责任区分")
    t.draw(db, {"甲县": 1})
    who = t.person(db, "李三")
    reassign(db, t.SAMPLE, CASE, "first", who, "指定", "分配人")
    return who


def test_every_part_tells_its_state_before_anything_is_reviewed(db, visit):
    who = one_case_given(db)
    for part, words in (
        ("progress", "按评查人（1）"), ("mine", "选好姓名"), ("conclusions", "尚有 1 件未评毕，暂不推算"), ("quality", "<b>全部检查</b>"),
    ):  # fmt: skip
        at = visit("progress", sample=t.SAMPLE, part=part)
        assert not at.exception and not at.error and words in markup(at), part
    assert "没有安排双人评查" in visit("progress", sample=t.SAMPLE, part="agreement").info[0].value
    assert "甲县〔2023〕000号" in markup(visit("progress", sample=t.SAMPLE, part="mine", reviewer=who))
    assert "李三" in markup(visit("case", case=CASE))


def test_a_record_is_refused_while_open_and_taken_when_complete(db, visit):
    who = one_case_given(db)
    at = visit("progress", sample=t.SAMPLE, part="mine", reviewer=who, case=CASE)
    press(at, "评毕并提交").run()
    assert "还没有标注" in at.error[0].value and review_form(db, t.SAMPLE, CASE, who).record.review_id == 0
    for radio in at.radio:
        radio.set_value("qualified" if radio.label == "等次" else "yes" if "R01" in radio.label else "no")
    press(at, "评毕并提交").run()
    record = review_form(db, t.SAMPLE, CASE, who).record
    assert (record.state, record.grade, record.answers["R01"].result) == ("reviewed", "qualified", "yes")
    assert "抽 1 件、发现 1 件，其余 4 件中" in markup(visit("progress", sample=t.SAMPLE, part="conclusions", about="R01"))
    assert len(assignments(db, t.SAMPLE)) == 1
