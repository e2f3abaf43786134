"""Yes/no cells (domain list 6.4): blank is unknown, "/" does not apply, a negative word is no."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.workbook.flags import parse_flag

TABLE = {
    "done": "是 有 √ ✓ ☑ Y yes 1 TRUE 已归档 已完成 已宣布 2次 两次 3"
    " 无异议 是√ 完成 已签字 见面会1次 维持原决定 全县通报 ☑是□否 有，见卷宗第5页 〔2023〕5号 县委书记批准",
    "not_done": "否 无 × N no 0 false 未归档 未 没有 尚未办理 否，因当事人拒签 0次 □是☑否 无法送达 拒签 未归档（截至2023.5.1） 不公开 ✗",
    "blank": "— - —— … 是/否 □是□否 有/无",
    "not_applicable": "/ 不涉及 不适用 无需 N/A 不需要 ／ 无此项",
    "unclear": "正在办理 办理中 部分归档 拟于下月召开 已宣布未归档 待补 不详 ？ 同上 是，但未签字 其他",
}


@pytest.mark.parametrize(("text", "status"), [(t, s) for s, line in TABLE.items() for t in line.split()])
def test_status(text, status):
    assert parse_flag(text).status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("已听取，本人未提出申辩", "done"),
        ("是（本人放弃陈述申辩）", "done"),
        ("已见面，无申辩意见", "done"),
        ("本人未提出异议，已签字", "done"),
        ("本人未提出申辩", "unclear"),
        ("无申辩意见", "unclear"),
        ("未听取陈述申辩", "not_done"),
        ("没有陈述申辩记录", "not_done"),
        ("本人无异议，未签字", "not_done"),
    ],
)
def test_who_says_nothing_in_defence_was_heard_all_the_same(text, status):
    assert parse_flag(text).status == status


def test_empty_cells_are_blank():
    assert {parse_flag(t).status for t in (None, "", " ", "\u3000", "\n")} == {"blank"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023.5.1", date(2023, 5, 1)),
        ("已归档（2023年5月1日）", date(2023, 5, 1)),
        ("是，2023.5.1", date(2023, 5, 1)),
        ("45047", date(2023, 5, 1)),
        ("√ 2023-05-01", date(2023, 5, 1)),
    ],
)
def test_a_date_tells_when(text, day):
    flag = parse_flag(text)
    assert flag.status == "done"
    assert flag.on.value == day


def test_a_month_keeps_its_precision():
    assert parse_flag("2023年5月").on.precision == "month"


@given(st.one_of(st.none(), st.text(max_size=30), st.text(alphabet="是否有无未已正在办理√×/—0123456789年月日次，（）", max_size=20)))
def test_any_text(text):
    flag = parse_flag(text)
    assert flag.status in TABLE
    assert flag.on is None or (flag.status == "done" and flag.on.state == "date")


@given(st.sampled_from([(t, s) for s, line in TABLE.items() for t in line.split()]), st.sampled_from([" {} ", "\u3000{}", "{}\n", "{}。"]))
def test_white_space_around_changes_nothing(case, form):
    assert parse_flag(form.format(case[0])).status == case[1]
