"""提级督办候选 as a workbook: what is on the sheet, and that a county without a finding is named as looked at."""

from io import BytesIO

from openpyxl import load_workbook

from review.casework.oversight import Candidate
from review.reports.oversight_list import COLUMNS, write_oversight_list

LISTED = [
    Candidate("甲县", "处理尺度", "各可比组合计", "甲县同类可比 14 人…", 0.003),
    Candidate("甲县", "疑似问题集中", "O01 只问下不问上", "=甲县可判 50 项中疑似 30 项", 0.01, "O01"),
]


def test_the_sheet_holds_the_list_in_its_order(tmp_path):
    path = tmp_path / "候选.xlsx"
    assert write_oversight_list(LISTED, ("甲县", "乙县"), path) == 2
    book = load_workbook(path)
    rows = list(book["名单"].iter_rows(values_only=True))
    assert list(rows[0]) == [c.title for c in COLUMNS]
    assert [row[:4] for row in rows[1:]] == [(1, "甲县", "处理尺度", "各可比组合计"), (2, "甲县", "疑似问题集中", "O01 只问下不问上")]
    assert rows[2][4] == "=甲县可判 50 项中疑似 30 项" and book["名单"]["E3"].data_type == "s"
    assert rows[1][5:] == (None, None)
    notes = {row[0]: row[1] for row in book["说明"].iter_rows(values_only=True, max_col=2)}
    assert notes["没有列入的县区"] == "乙县" and notes["比较了的县区"] == "甲县、乙县"


def test_an_empty_list_says_who_was_looked_at():
    target = BytesIO()
    assert write_oversight_list([], ("甲县",), target) == 0
    notes = {row[0]: row[1] for row in load_workbook(target)["说明"].iter_rows(values_only=True, max_col=2)}
    assert notes["条数"] == "0 条" and notes["没有列入的县区"] == "甲县"
