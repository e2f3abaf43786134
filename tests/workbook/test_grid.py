"""Files as plain text grids; everything that is no table is refused in words."""

import csv
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.errors import LedgerError
from review.workbook.grid import read_workbook
from review.workbook.reading import read_ledger

from . import ledgers


def grid_of(rows) -> list[list]:
    return read_workbook(ledgers.sheets(表=rows), "表.xlsx").grids[0].columns


def test_cells_read_as_a_person_sees_them():
    columns = grid_of([["文", 3, 2.5, True, date(2023, 2, 1), datetime(2023, 2, 1, 8, 30), 0.1 + 0.2, " "]])
    assert [c[0] for c in columns] == ["文", "3", "2.5", "TRUE", "2023-02-01", "2023-02-01 08:30:00", "0.3"]


def test_trailing_empty_rows_and_columns_are_dropped_but_rows_keep_their_numbers():
    grid = read_workbook(ledgers.sheets(表=[[], [], [None, "甲", None, " "], [None, " "]]), "表.xlsx").grids[0]
    assert grid.height == 3 and len(grid.columns) == 2
    assert grid.columns[1][2] == "甲"


def test_a_date_shown_as_year_and_month_keeps_no_day():
    book = openpyxl.Workbook()
    cell = book.active["A1"]
    cell.value, cell.number_format = date(2023, 2, 1), 'yyyy"年"m"月"'
    book.active["B1"] = date(2023, 2, 1)
    columns = read_workbook(ledgers.workbook_bytes(book), "表.xlsx").grids[0].columns
    assert (columns[0][0], columns[1][0]) == ("2023-02", "2023-02-01")


def test_damaged_numbers_error_cells_and_unsaved_formulas_are_named():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = 410105199001011234
    sheet["B1"] = "#N/A"
    sheet["B1"].data_type = "e"
    sheet["C1"] = "=A1&1"
    sheet["D1"] = "完"
    damaged = read_workbook(ledgers.workbook_bytes(book), "表.xlsx").grids[0].damaged
    assert [(d.row, d.column) for d in damaged] == [(0, 0), (0, 1), (0, 2)]
    assert "15 位" in damaged[0].reason and "#N/A" in damaged[1].reason and "公式" in damaged[2].reason


def test_1904_dates_and_hidden_sheets_are_told():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A1"] = "甲"
    book.create_sheet("藏").sheet_state = "hidden"
    read = read_workbook(ledgers.workbook_bytes(book), "表.xlsx")
    assert read.date1904 and [g.hidden for g in read.grids] == [False, True]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_csv_in_the_encodings_that_offices_use(encoding, delimiter):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([["姓名", "单位"], ["张三", "甲县\n水利局，乙"], ["", "镕基"]])
    columns = read_workbook(out.getvalue().encode(encoding), "表.csv").grids[0].columns
    assert columns == [["姓名", "张三", None], ["单位", "甲县\n水利局，乙", "镕基"]]


def test_commas_of_long_texts_separate_no_cells():
    rows = [["姓名", "整改情况"], *([f"张{n}", "召开会议，逐条认领，" * 9 + "；" * n] for n in range(1, 9))]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    columns = read_workbook(out.getvalue().encode("gb18030"), "表.csv").grids[0].columns
    assert columns == [list(column) for column in zip(*rows, strict=True)]


def test_content_decides_and_not_the_name():
    data = ledgers.sheets(表=[["姓名"]])
    for name in ("表.et", "表.xls", "表.xlsx", "无扩展名"):
        assert read_workbook(data, name).grids[0].columns == [["姓名"]]


def zipped(**files) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in files.items():
            package.writestr(name.replace("__", "/"), text)
    return out.getvalue()


WHOLE = ledgers.ledger([[ledgers.row("甲事", "张三")]])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REFUSED = {
    "空": (b"", "空的"),
    "零": (b"\x00" * 500, "空的"),
    "截断": (WHOLE[: len(WHOLE) // 2], "不完整"),
    "加密": (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "坏xls": (OLE + b"\x00" * 2000, "已损坏"),
    "PDF": (b"%PDF-1.7 ...", "PDF"),
    "图片": (b"\x89PNG\r\n", "图片"),
    "网页": (b"<html><table></table></html>", "网页"),
    "Word": (zipped(word__document="x"), "Word"),
    "压缩包": (zipped(a="x"), "压缩包"),
    "乱码": (bytes(range(128, 256)), "不是 Excel"),
    "坏包": (zipped(xl__workbook="x"), "已损坏"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_refusals_name_the_file_what_was_found_and_what_to_do(kind):
    data, word = REFUSED[kind]
    with pytest.raises(LedgerError) as refused:
        read_workbook(data, "某县台账.xlsx")
    assert "某县台账.xlsx" in refused.value.title and word in refused.value.title and refused.value.advice.startswith("请")


def test_missing_file_is_named(tmp_path):
    with pytest.raises(LedgerError, match="找不到文件"):
        read_workbook(tmp_path / "没有.xlsx")


def test_a_stray_cell_far_away_is_refused_before_it_fills_the_memory():
    book = openpyxl.Workbook()
    book.active["A1"] = "姓名"
    book.active["XFD1048576"] = "x"
    with pytest.raises(LedgerError, match="“Sheet”表格范围异常.*XFD 列"):
        read_workbook(ledgers.workbook_bytes(book), "表.xlsx")


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["表.csv", "表.xlsx", "表.xls", "表.txt"]),
    st.sampled_from([b"", b"PK\x03\x04", OLE, b"\xef\xbb\xbf"]),
)
def test_garbage_is_refused_and_never_breaks(data, name, start):
    with pytest.raises(LedgerError):
        read_ledger(start + data, name)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255), st.booleans())
def test_a_damaged_workbook_is_read_or_refused(position, change, cut):
    data = bytearray(WHOLE)
    data[position] ^= change
    try:
        read_ledger(bytes(data[:position] if cut else data), "表.xlsx")
    except LedgerError as refused:
        assert refused.advice
