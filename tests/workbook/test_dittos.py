"""Cells that point at the cell above."""

import pytest

from review.workbook.dittos import resolve
from review.workbook.reading import read_ledger

from . import ledgers
from .ledgers import row


def people(rows):
    reading = read_ledger(ledgers.sheets(台账=[ledgers.HEADERS, *rows]), "甲.xlsx")
    return reading, reading.tables["respondents"].to_pylist()


@pytest.mark.parametrize("word", ["同上", "〃", "同前", "″", "（同上）", "同 上"])
def test_a_cell_takes_what_stands_above_it(word):
    rows = [(1, *row("甲事", "张三")), (2, *row("乙事", "李四", unit=word, post=word, measures=word, decided=word, county=word))]
    reading, (_, second) = people(rows)
    assert (second["unit"], second["post"], second["measures_raw"]) == ("甲县水利局", "局长", "诫勉")
    assert second["decided_on"].isoformat() == "2023-05-06"
    assert reading.tables["cases"].to_pylist()[1]["county"] == "甲县"
    assert not reading.rejects
    assert "“问责方式”有 1 格写“同上”" in reading.sheets[0].reason


def test_marks_one_below_the_other_go_up_to_the_text():
    rows = [(n, *row(f"事{n}", f"张{'一二三'[n]}", measures="诫勉" if n == 0 else "〃")) for n in range(3)]
    assert [p["measures_raw"] for p in people(rows)[1]] == ["诫勉"] * 3


def test_nothing_above_is_a_reject_and_no_name():
    rows = [(1, *row("甲事", "张三", measures=None)), (2, *row("乙事", "李四", measures="同上")), (3, *row("丙事", "同上", unit="〃"))]
    reading, (_, second, third) = people(rows)
    assert second["measures_raw"] is None
    assert third["name"] == "李四" and third["unit"] == "甲县水利局"
    assert [(r.row, r.column, r.raw) for r in reading.rejects] == [(3, "H", "同上")]
    assert "上一格没有内容" in reading.rejects[0].reason
    first = people([(1, *row("甲事", "同上"))])
    assert first[1][0]["name"] is None and first[0].rejects[0].column == "D"


def test_cells_of_a_case_point_over_the_blanks_of_its_rows():
    rows = [(1, *row("甲事", "张三")), (None, None, None, *row("", "李四")[2:]), (2, *row("乙事", "王五", county="同上"))]
    assert [c["county"] for c in people(rows)[0].tables["cases"].to_pylist()] == ["甲县", "甲县"]


def test_the_row_that_was_copied_from_is_kept_beside_the_cell():
    rows = [(1, *row("甲事", "张三")), (2, *row("乙事", "李四", measures="同上"))]
    line = people(rows)[0].tables["ledger_rows"].to_pylist()[2]
    assert line["raw"][7] == "同上" and '"8": 2' in line["filled"]


def test_the_same_unit_points_above():
    assert resolve(["甲县水利局", "同单位", "同一单位"], False)[0] == ["甲县水利局"] * 3
