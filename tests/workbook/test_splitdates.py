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


def test_a_date_beside_the_measures_of_a_cell():
    rows = [
        ("案件名称", "姓名", "单位职务", "处理方式及时间"),
        ("事一", "张三", "甲县水利局局长", "党内警告（2023.3.15）"),
        ("事二", "李四", "甲县林业局局长", "2023年5月给予诫勉"),
        ("事三", "王五", "甲县民政局局长", "诫勉2023.5.6，免职2023.6.7"),
        ("事四", "赵六", "甲县财政局局长", "通报"),
    ]
    reading = read_ledger(ledgers.sheets(台账=rows), "甲.xlsx")
    people = reading.tables["respondents"].to_pylist()
    assert [str(p["decided_on"]) for p in people[:2]] == ["2023-03-15", "2023-05-01"] and people[3]["decided_on"] is None
    assert [(r.row, r.column) for r in reading.rejects] == [(4, "D")]
    assert all(p["measures_complete"] for p in people) and "D列里的日期" in reading.sheets[0].reason
    dated = [(*rows[0], "决定时间"), (*rows[1], "2023.3.16")]
    (person,) = read_ledger(ledgers.sheets(台账=dated), "甲.xlsx").tables["respondents"].to_pylist()
    assert str(person["decided_on"]) == "2023-03-16"
