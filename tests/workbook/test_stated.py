"""What a file says of its own blanks."""

import pytest

from review.workbook.grid import read_workbook
from review.workbook.reading import read_ledger
from review.workbook.stated import blank_is_unknown

from . import ledgers

ROWS = [("姓名", "案件名称", "处理方式", "是否送达"), ("张三", "甲事", "诫勉", None)]


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("注：空白表示“不清楚”。", True),
        ("填表说明：1.每人一行；2.空白格表示情况不明；", True),
        ("留空的一律视为未知", True),
        ("注：空白表示未履行。", False),
        ("空白处由县纪委填写，情况不明的请说明", False),
        ("本表不清楚的请联系", False),
    ],
)
def test_only_a_blank_that_means_unknown_is_taken_from_the_file(note, told):
    data = ledgers.sheets(台账=[*ROWS, (note,)])
    assert blank_is_unknown(read_workbook(data, "甲.xlsx").grids) is told
    reading = read_ledger(data, "甲.xlsx")
    assert [q.kind for q in reading.questions if q.kind == "blank"] == ([] if told else ["blank"])
    assert reading.blank_stated is told
