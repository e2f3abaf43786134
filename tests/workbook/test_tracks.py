"""Measures in a column for each track: what is quoted of a person, and what a column that was not used says."""

import pytest

from review.workbook.reading import read_ledger

from . import ledgers

HEAD = ("案件名称", "姓名", "单位及职务", "教育帮助", "组织处理", "党纪处分", "政务处分")


@pytest.mark.parametrize(
    ("cells", "raw", "band"),
    [
        (("/", "—", "党内警告", "无"), "党内警告", 4),
        (("诫勉", None, "党内警告", "/"), "党内警告；诫勉", 4),
        (("/", "/", "/", "/"), "/；/；/；/", None),
        ((None, None, None, None), None, None),
    ],
)
def test_a_track_that_was_not_used_is_not_quoted(cells, raw, band):
    reading = read_ledger(ledgers.sheets(表=[HEAD, ("甲事", "张三", "甲县水利局局长", *cells)]), "表.xlsx")
    person = reading.tables["respondents"].to_pylist()[0]
    assert (person["measures_raw"], person["band"]) == (raw, band)
