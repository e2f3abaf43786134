"""Text of cells and names of sheets: anything in, something Excel accepts out."""

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from review.reports.book import Book, Column, NotesSheet, TableSheet, table_of
from review.reports.cell_text import CELL_LIMIT, clean, pieces, sheet_name, units
from review.reports.render import render

COLUMNS = (Column("a", "甲", 20), Column("b", "乙", 20, "identifier"))
any_text = st.text(st.characters(codec="utf-8", exclude_categories=[]), max_size=40)


def book_of(rows, name="表"):
    sheet = TableSheet(name, "rows", COLUMNS, printed=2)
    return Book((NotesSheet("说明", (("title", ("标题",)),)), sheet), {"rows": table_of(rows, COLUMNS)})


def rendered(book, **options):
    target = BytesIO()
    render(book, target, **options)
    return load_workbook(target)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_any_text_survives_or_is_replaced_visibly(texts):
    sheet = rendered(book_of([{"a": text, "b": text} for text in texts]))["表"]
    for row, text in zip(sheet.iter_rows(min_row=2), texts, strict=True):
        for cell in row:
            assert (cell.value or "") == clean(text)[0]
            assert cell.data_type == ("s" if text else "n")


@pytest.mark.parametrize(
    ("raw", "cleaned", "replaced"),
    [
        ("=1+1", "=1+1", 0),
        ("a\x01b\x0bc", "a\ufffdb\ufffdc", 2),
        ("一\r\n二\r三", "一\n二\n三", 0),
        ("\ud800", "\ufffd", 1),
        ("\uffff", "\ufffd", 1),
        ("_x0041_", "_x005F_x0041_", 0),
        ("_xyz_", "_xyz_", 0),
        ("\t制表", "\t制表", 0),
    ],
)
def test_clean(raw, cleaned, replaced):
    assert clean(raw) == (cleaned, replaced)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "530102199001011234", "007", "1E5", "TRUE", "2023-05-06", "#N/A", " 前 "])
def test_text_never_becomes_formula_number_or_date(text):
    cell = rendered(book_of([{"a": text, "b": text}]))["表"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_long_digits_are_in_text_format_in_any_column():
    sheet = rendered(book_of([{"a": "530102199001011234", "b": "普通"}, {"a": "普通", "b": "x"}]))["表"]
    assert (sheet["A2"].number_format, sheet["A3"].number_format, sheet["B3"].number_format) == ("@", "General", "@")


@pytest.mark.parametrize("character", ["字", "𠮷"])
def test_text_over_the_limit_goes_on_elsewhere_and_nothing_is_lost(character):
    text = "".join(f"{i:05}{character}" for i in range(12_000))
    book = rendered(book_of([{"a": "短", "b": "短"}, {"a": text, "b": "短"}]))
    cell = book["表"]["A3"].value
    assert units(cell) <= CELL_LIMIT
    begin, reference = cell.split("……")
    assert text.startswith(begin) and reference == "（未完，全文见“长文本”第 2 行起）"
    parts = list(book["长文本"].iter_rows(min_row=2, values_only=True))
    assert all(units(part[4]) <= CELL_LIMIT for part in parts)
    assert "".join(part[4] for part in parts) == text
    assert parts[0][:4] == ("表", "A3", "甲", f"1/{len(parts)}")
    assert any("超过 32,767 字" in str(row[0]) for row in book["说明"].values)


@given(st.text(max_size=60), st.integers(2, 9))
def test_pieces_are_short_and_make_up_the_whole(text, limit):
    parts = pieces(text, limit)
    assert "".join(parts) == text
    assert all(units(part) <= limit for part in parts)


def test_rows_beyond_a_sheet_go_on_in_numbered_sheets():
    book = rendered(book_of([{"a": str(i), "b": None} for i in range(25)]), max_rows=11)
    assert book.sheetnames == ["说明", "表", "表(2)", "表(3)"]
    assert [sheet.max_row for sheet in book.worksheets[1:]] == [11, 11, 6]
    rows = [row[0] for sheet in book.worksheets[1:] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert rows == [str(i) for i in range(25)]
    assert [book[name]["A1"].value for name in book.sheetnames[1:]] == ["甲"] * 3
    assert "“表”共 25 行，超出一张工作表的上限，分在：表、表(2)、表(3)。" in [row[0] for row in book["说明"].values]


@given(st.lists(st.text(max_size=50), min_size=1, max_size=12))
def test_sheet_names_are_legal_and_differ(wanted):
    names = []
    for text in wanted:
        names.append(sheet_name(text, names))
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 1 <= units(name) <= 31
        assert not set(name) & set("[]:*?/\\\n\t")
        assert not name.startswith("'") and not name.endswith("'")
        assert name.casefold() != "history"


def test_equal_names_are_numbered_within_the_limit():
    long = "某某市某某县纪律检查委员会监察委员会党风政风监督室二〇二三年度"
    first = sheet_name(long, [])
    assert len(first) == 31
    assert sheet_name(long, [first]) == first[:28] + "(2)"
    assert sheet_name("ABC", ["abc"]) == "ABC(2)"
    assert sheet_name("甲/乙", []) == "甲-乙"
    assert sheet_name(" '' ", []) == "未命名"
