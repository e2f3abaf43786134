"""Which cells somebody should look at, and how they are corrected together."""

import pytest

from review.store.database import open_database
from review.workbook.columns import LedgerChoices
from review.workbook.corrections import corrections_of, save_corrections
from review.workbook.doubts import doubts
from review.workbook.reading import read_ledger

from . import ledgers

HEAD = ("案号", "案由", "姓名", "单位及职务", "责任类型", "问责方式", "决定时间", "是否送达")
GOOD = ("〔2023〕1号", "甲事", "张三", "甲县水利局局长", "主要领导责任", "诫勉", "2023.5.6", "是")


def row(number, **values):
    return (f"〔2023〕{number}号", *(values.get(h, v) for h, v in zip(HEAD[1:], GOOD[1:], strict=True)))


def read(*rows, **choices):
    return read_ledger(ledgers.sheets(台账=[HEAD, *rows]), "甲.xlsx", LedgerChoices(**choices))


def test_a_clean_ledger_raises_no_doubt():
    assert doubts(read(GOOD)) == []


def test_every_doubt_names_its_cell_what_it_tells_and_why():
    found = doubts(read(GOOD, row(2, 决定时间="2023.13.6"), row(3, 责任类型="有点责任"), row(4, 问责方式="某种措施"),
                        row(5, 是否送达="见附件三"), row(6, 单位及职务="某处办理人")))  # fmt: skip
    told = {(d.address, d.what): d for d in found}
    assert {"G3", "E4", "F5"} <= {a for a, _ in told}
    date = told["G3", "决定日期"]
    assert date.rejected and date.raw == "2023.13.6" and "13" in date.reason and not date.reason.startswith("表")
    assert found[0].rejected, "what could not be read comes first"
    assert told["E4", "责任类型"].raw == "有点责任" and not told["E4", "责任类型"].rejected


def test_equal_cells_of_a_column_are_one_line_and_are_corrected_together(tmp_path):
    rows = [row(1, 责任类型="有点责任"), row(2, 责任类型="有点责任"), row(3, 责任类型="有点责任"), row(4)]
    reading = read(*rows)
    [doubt] = doubts(reading)
    assert (doubt.rows, doubt.address) == ((2, 3, 4), "E2 等 3 格")
    assert doubt.cells([3]) == [("台账", 3, "E", "有点责任")] and len(doubt.cells()) == 3
    db = open_database(tmp_path / "a.duckdb")
    try:
        save_corrections(db, reading.sha256, doubt.cells(), "重要领导责任", "赵科")
        again = read(*rows, corrections=corrections_of(db, reading.sha256))
    finally:
        db.close()
    assert doubts(again) == []
    assert again.tables["respondents"]["responsibility"].to_pylist()[:3] == ["important_leadership"] * 3
    assert len(again.corrected) == 3


def test_a_correction_that_still_cannot_be_read_stays_in_the_list():
    [doubt] = doubts(read(row(1, 责任类型="有点责任"), corrections={("台账", 2, "E"): "还是有点"}))
    assert (doubt.raw, doubt.corrected) == ("还是有点", True)


def test_a_value_filled_down_is_doubted_where_it_stands():
    data = ledgers.sheets(台账=[HEAD, row(1, 单位及职务="某处办理人"), (None, None, "李四", *GOOD[3:])])
    assert [d.rows for d in doubts(read_ledger(data, "甲.xlsx")) if d.column == "D"] == [(2,)]


@pytest.mark.parametrize("second", [True, False])
def test_cells_of_a_second_table_are_found_in_the_workbook(second):
    rows = [HEAD, GOOD, *([(None,) * 8, HEAD, row(2, 决定时间="2023.13.6")] if second else [])]
    reading = read_ledger(ledgers.sheets(台账=rows), "甲.xlsx")
    cells = [c for d in doubts(reading) for c in d.cells()]
    assert cells == ([("台账", 5, "G", "2023.13.6")] if second else [])


def test_a_correction_in_the_second_of_two_tables_side_by_side_keeps_the_raw_text():
    other = row(2, 责任类型="有点责任")
    data = ledgers.sheets(台账=[(*HEAD, None, *HEAD), (*GOOD, None, *other)])
    [doubt] = doubts(read_ledger(data, "甲.xlsx"))
    [(sheet, at, column, _)] = doubt.cells()
    assert (sheet, at, column) == ("台账", 2, "N")
    again = read_ledger(data, "甲.xlsx", LedgerChoices(corrections={(sheet, at, column): "重要领导责任"}))
    assert doubts(again) == [] and [c.raw for c in again.corrected] == ["有点责任"]
    kept = [r["raw"] for r in again.tables["ledger_rows"].to_pylist() if r["kind"] == "data"]
    assert any("有点责任" in raw for raw in kept) and not any("重要领导责任" in raw for raw in kept)
