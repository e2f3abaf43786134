"""Old workbooks (.xls, .et): what Excel shows as an error is named with its cell, and days are the same in both date systems."""

from datetime import date

import pytest

from review.workbook import oldbook
from review.workbook.reading import read_ledger

from .oldfile import ERRORS, cell_format, error_cell, old_workbook, record

HEAD = ("案件名称", "姓名", "单位及职务", "责任类型", "问责方式", "决定时间")
PERSON = ("甲事", "张三", "甲县水利局局长", "领导责任", "诫勉", "2023.5.6")


@pytest.mark.parametrize("by_formula", [False, True], ids=["typed", "formula"])
@pytest.mark.parametrize("error", ERRORS)
def test_an_error_cell_is_a_reject_with_its_address_and_no_blank(error, by_formula):
    data = old_workbook(
        [HEAD, PERSON, ("乙事", "李四", "乙县水利局局长", "领导责任", None, None)], extra=error_cell(2, 4, error, by_formula)
    )
    reading = read_ledger(data, "台账.xls")
    [reject] = reading.rejects
    assert (reject.sheet, reject.row, reject.column, reject.header, reject.raw) == ("台账", 3, "E", "问责方式", error)
    assert f"错误值 {error}" in reject.reason and "改正" in reject.advice
    assert reading.tables["respondents"]["measures_raw"].to_pylist() == ["诫勉", None]


def test_true_false_and_plain_results_of_formulas_are_no_errors():
    no = record(0x0205, (2).to_bytes(2, "little") + (5).to_bytes(2, "little") + bytes([0, 0, 0x2A, 0]))
    text = error_cell(2, 4, "#N/A", True).replace(bytes([2, 0, 0x2A]), bytes([0, 0, 0x2A]))
    data = old_workbook([HEAD, PERSON, ("乙事", "李四", "乙县水利局局长", "领导责任", None, None)], extra=no + text)
    assert not [r for r in read_ledger(data, "台账.et").rejects if "错误值" in r.reason]


@pytest.mark.parametrize("shown_as_date", [False, True], ids=["number", "date"])
@pytest.mark.parametrize(("date1904", "serial"), [(False, 45_052.0), (True, 43_590.0)], ids=["1900", "1904"])
def test_a_day_is_the_same_in_both_date_systems(date1904, serial, shown_as_date):
    rows = [HEAD, (*PERSON[:5], serial)]
    data = old_workbook(rows, date1904=date1904, before=cell_format(14) if shown_as_date else b"")
    reading = read_ledger(data, "台账.xls")
    assert reading.tables["respondents"]["decided_on"].to_pylist() == [date(2023, 5, 6)] and not reading.rejects


def test_errors_without_end_are_named_up_to_a_limit_only(monkeypatch):
    monkeypatch.setattr(oldbook, "MAX_NAMED_ERRORS", 5)
    cells = b"".join(error_cell(row, 4, "#REF!") for row in range(2, 12))
    rows = [HEAD, PERSON, *((f"{n}事", f"李{n}", "乙县水利局局长", "领导责任") for n in range(10))]
    reading = read_ledger(old_workbook(rows, extra=cells), "台账.xls")
    assert [r.row for r in reading.rejects if "#REF!" in (r.raw or "")] == [3, 4, 5, 6, 7]
