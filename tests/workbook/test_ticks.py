"""Columns of choices of which a row ticks some."""

import openpyxl
import pytest

from review.workbook.reading import read_ledger
from review.workbook.ticks import choice_of

from . import ledgers

CASE = ("序号", "案件名称", "姓名", "单位职务")
WHO = ((1, "甲事", "张三", "甲县水利局局长"), (2, "乙事", "李四", "甲县林业局局长"), (3, "丙事", "王五", "甲县财政局局长"))


def read(*rows):
    return read_ledger(ledgers.sheets(台账=list(rows)), "甲.xlsx")


def codes(reading):
    out = {p["respondent_id"]: [] for p in reading.tables["respondents"].to_pylist()}
    for m in reading.tables["measures"].to_pylist():
        out[m["respondent_id"]].append(m["code"])
    return list(out.values())


@pytest.mark.parametrize("sign", ["√", "✓", "1", "是", "■", "●"])
@pytest.mark.parametrize("parent", [None, "处理方式"])
def test_a_tick_means_the_measure_above_it(sign, parent):
    leaves = ("党内警告", "诫勉", "通报批评")
    head = [(*CASE, *leaves)] if parent is None else [(*CASE, parent, None, None), (None, None, None, None, *leaves)]
    reading = read(*head, (*WHO[0], sign, None, None), (*WHO[1], None, sign, sign), (*WHO[2], None, None, None))
    assert codes(reading) == [["party_warning"], ["admonition", "circular"], []]
    assert [p["measures_complete"] for p in reading.tables["respondents"].to_pylist()] == [True, True, None]
    assert not reading.rejects and not reading.questions and "打勾" in reading.sheets[0].reason
    raw = [r["raw"] for r in reading.tables["ledger_rows"].to_pylist() if r["kind"] == "data"]
    assert raw[0][4:] == [sign, None, None]


def test_no_sign_is_no_measure_and_other_words_are_kept():
    reading = read((*CASE, "留党察看", "免职"), (*WHO[0], "一年", "×"), (*WHO[1], "/", "√"), (*WHO[2], "√", "否"))
    assert codes(reading) == [["party_probation"], ["removal"], ["party_probation"]]
    assert [p["measures_raw"] for p in reading.tables["respondents"].to_pylist()] == ["留党察看（一年）", "免职", "留党察看"]


def test_a_ring_beside_ticks_may_be_a_no():
    reading = read((*CASE, "党内警告", "政务记过"), (*WHO[0], "√", None), (*WHO[1], "✓", "○"), (*WHO[2], None, "√"))
    assert codes(reading) == [["party_warning"], ["party_warning"], ["admin_demerit"]]
    assert [p["measures_complete"] for p in reading.tables["respondents"].to_pylist()] == [True, False, True]
    assert [r.row for r in reading.rejects] == [3] and "F列的记号" in reading.rejects[0].reason
    rings = read((*CASE, "党内警告", "政务记过"), (*WHO[0], "○", None), (*WHO[1], None, "○"))
    assert codes(rings) == [["party_warning"], ["admin_demerit"]] and not rings.rejects


def test_responsibility_by_ticks():
    reading = read((*CASE, "主要领导责任", "重要领导责任", "处理方式"), (*WHO[0], "√", None, "诫勉"), (*WHO[1], None, "√", "诫勉"))
    assert [p["responsibility"] for p in reading.tables["respondents"].to_pylist()] == ["primary_leadership", "important_leadership"]


def test_steps_and_statistics_are_no_ticks():
    reading = read((*CASE, "处理方式", "是否通报"), (*WHO[0], "诫勉", "是"), (*WHO[1], "诫勉", "否"))
    assert codes(reading) == [["admonition"], ["admonition"]]
    counted = [("县区", "案件数", "诫勉", "党内警告"), ("甲县", 3, 1, 1), ("乙县", 4, 1, 0)]
    data = ledgers.sheets(汇总=counted, 台账=[(*CASE, "处理方式"), (*WHO[0], "诫勉")])
    assert [s.status for s in read_ledger(data, "甲.xlsx").sheets] == ["skipped", "read"]


def test_one_header_printed_over_each_of_its_columns():
    head = (*CASE, "处理情况", "处理情况", "处理情况")
    reading = read(head, (None, None, None, None, "党纪", "政务", "其他"), (*WHO[0], "警告", "记过", None), (*WHO[1], None, None, "诫勉"))
    assert codes(reading) == [["party_warning", "admin_demerit"], ["admonition"]]
    assert [p["name"] for p in reading.tables["respondents"].to_pylist()] == ["张三", "李四"]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("党内警告", "measures"),
        ("诫勉谈话", "measures"),
        ("是否诫勉", "measures"),
        ("主要领导责任", "responsibility"),
        ("正科级", "rank"),
    ]
    + [(h, None) for h in ("姓名", "处理方式", "党纪处分", "责任类型", "送达时间", "其他", "备注", "立案时间")],
)
def test_headers_that_are_choices(header, field):
    assert choice_of(header) == field


def test_codes_under_a_header_that_says_so():
    rows = [(*CASE, "处理方式代码"), (*WHO[0], "01"), (*WHO[1], "02")]
    listed = [("代码", "名称"), ("01", "诫勉"), ("02", "党内警告")]
    told = read_ledger(ledgers.sheets(台账=rows, 代码表=listed), "甲.xlsx")
    assert codes(told) == [["admonition"], ["party_warning"]] and not told.questions
    alone = read_ledger(ledgers.sheets(台账=rows), "甲.xlsx")
    assert codes(alone) == [[], []] and [q.kind for q in alone.questions] == ["codes"]
    assert "“01”" in alone.questions[0].text and "代码表" in alone.questions[0].text
    assert [c.field for c in alone.sheets[0].columns if "单位" in c.header] == ["unit_post"]


def test_ticks_under_merged_headers_of_a_track():
    book = openpyxl.Workbook()
    sheet = book.active
    ledgers.fill(
        sheet,
        [("案件名称", "姓名", "党纪处分", None, "政务处分", None, "处分时间"), (None, None, "警告", "严重警告", "警告", "记过", None)],
    )
    ledgers.fill(sheet, [("甲事", "张三", "√", None, None, "√", "2023.5.6"), ("乙事", "李四", None, None, "√", None, "2023.5.7")])
    for merged in ("A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2"):
        sheet.merge_cells(merged)
    reading = read_ledger(ledgers.workbook_bytes(book), "甲.xlsx")
    assert codes(reading) == [["party_warning", "admin_demerit"], ["admin_warning"]] and not reading.questions
