"""Dates in three columns."""

from datetime import date

from review.workbook.reading import read_ledger

from . import ledgers

TOP = ("案件名称", "姓名", "处理方式", "处分时间", None, None)
LEAF = (None, None, None, "年", "月", "日")


def dates(*parts):
    rows = [(f"事{n}", f"张{'一二三四'[n]}", "诫勉", *p) for n, p in enumerate(parts)]
    reading = read_ledger(ledgers.sheets(台账=[TOP, LEAF, *rows]), "甲.xlsx")
    return reading, [(p["decided_on"], p["decided_on_precision"]) for p in reading.tables["respondents"].to_pylist()]


def test_year_month_and_day_are_one_date_as_far_as_they_are_told():
    reading, found = dates((2023, 5, 6), ("2023年", "5月", "6日"), (2023, 5, None), (2023, None, 6))
    assert found == [(date(2023, 5, 6), "day")] * 2 + [(date(2023, 5, 1), "month"), (date(2023, 1, 1), "year")]
    assert not reading.questions and not reading.rejects and "合在一起读作一个日期" in reading.sheets[0].reason


def test_what_is_no_date_is_a_reject_and_a_short_year_a_question():
    reading, found = dates((2023, 13, 6), (23, 5, 6), (None, None, None))
    assert [f[0] for f in found] == [None, None, None]
    assert [(r.row, r.column) for r in reading.rejects] == [(3, "D")]
    assert [q.kind for q in reading.questions] == ["century"]
