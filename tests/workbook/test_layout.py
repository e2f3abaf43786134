"""Where the table is in a sheet, and what each row is."""

import openpyxl
import pytest

from review.workbook.forms import read_form
from review.workbook.grid import read_workbook
from review.workbook.layout import read_layout
from review.workbook.reading import read_ledger

from . import ledgers

CASES = [[ledgers.row("甲事", "张三"), ledgers.row("甲事", "李四")], [ledgers.row("乙事", "王五")]]


def layout_of(data: bytes, sheet: int = 0):
    return read_layout(read_workbook(data, "表.xlsx").grids[sheet])


def test_title_unit_header_rows_total_and_notes_are_told_apart():
    layout = layout_of(
        ledgers.ledger(CASES, title="2023年度问责案件台账", unit_row=True, total=True, notes=("注：1.本表一式两份。", "2.由承办单位填报。"))
    )
    assert layout.kinds == ["title", "unit", "header", "data", "data", "data", "total", "note", "note"]
    assert layout.tables[0].rows == [3, 4, 5]


@pytest.mark.parametrize("word", ["合计", "小 计", "总计：3人", "共计", "甲县小计"])
def test_total_words(word):
    rows = [ledgers.HEADERS, (1, *CASES[0][0]), (word, None, None, "3人")]
    assert layout_of(ledgers.sheets(表=rows)).kinds == ["header", "data", "total"]


def test_a_person_whose_matter_speaks_of_a_total_is_no_total():
    rows = [ledgers.HEADERS, (1, "套取资金合计", "甲县", "张三", "甲县水利局", "局长", "主要领导责任", "诫勉", "2023-05-06")]
    assert layout_of(ledgers.sheets(表=rows)).kinds == ["header", "data"]


@pytest.mark.parametrize("word", ["注:本表由承办单位填报。", "备注：无", "填表人：张三", "审核人（签字）：", "制表：李四", "负责人: 王五"])
def test_note_words(word):
    rows = [ledgers.HEADERS, (1, *CASES[0][0]), (word,)]
    assert layout_of(ledgers.sheets(表=rows)).kinds == ["header", "data", "note"]


@pytest.mark.parametrize("merged", [True, False])
def test_two_header_levels(merged):
    data = ledgers.ledger(CASES, two_level=True)
    if not merged:
        top = ("序号", "案件名称", "县区", "被问责对象", None, None, "问责情况", None, None)
        leaf = (None, None, None, "姓名", "工作单位", "时任职务", "责任类型", "问责方式", "决定时间")
        data = ledgers.sheets(表=[top, leaf, (1, *CASES[0][0])])
    layout = layout_of(data)
    assert layout.tables[0].header_rows == [0, 1]
    assert layout.tables[0].headers[1] == ("案件名称",)
    assert layout.tables[0].headers[4] == ("被问责对象", "工作单位")
    assert layout.tables[0].headers[8] == ("问责情况", "决定时间")


def test_three_header_levels():
    book = openpyxl.Workbook()
    rows = [
        ("案件", None, "问责", None, None),
        (None, None, "对象", None, "处理"),
        ("编号", "名称", "姓名", "单位及职务", "问责方式"),
        ("甲〔2023〕1号", "甲事", "张三", "甲县水利局局长", "诫勉"),
    ]
    ledgers.fill(book.active, rows)
    for merged in ("A1:B2", "C1:E1", "C2:D2"):
        book.active.merge_cells(merged)
    layout = layout_of(ledgers.workbook_bytes(book))
    assert layout.tables[0].header_rows[-1] == 2
    assert layout.tables[0].headers[0][0] == "案件" and layout.tables[0].headers[0][-1] == "编号"
    assert layout.tables[0].headers[2] == ("问责", "对象", "姓名")
    assert layout.tables[0].rows == [3]


def test_the_header_repeated_in_the_middle_is_no_row():
    layout = layout_of(ledgers.ledger(CASES, repeat_header=True, blank_rows=True))
    assert layout.kinds.count("header") == 2 and len(layout.tables) == 1
    assert len(layout.tables[0].rows) == 3


def test_a_second_table_below_with_other_headers_is_a_table_of_its_own():
    rows = [
        ledgers.HEADERS,
        (1, *CASES[0][0]),
        (),
        ("二、村级案件",),
        ("案号", "案由", "县区", "被问责人", "单位及职务", "处理结果"),
        ("〔2023〕1号", "丙事", "乙县", "赵六", "乙县丙镇丁村党支部书记", "党内警告"),
    ]
    layout = layout_of(ledgers.sheets(表=rows))
    assert [t.label for t in layout.tables] == ["表", "表（第2表）"]
    assert [t.rows for t in layout.tables] == [[1], [5]]
    assert layout.kinds[3] == "title"


def test_the_header_may_stand_at_row_thirty_but_not_below():
    data = [("说明",)] * 29
    assert layout_of(ledgers.sheets(表=[*data, ledgers.HEADERS, (1, *CASES[0][0])])).tables[0].header_rows == [29]
    assert not layout_of(ledgers.sheets(表=[*data, ("说明",), ledgers.HEADERS, (1, *CASES[0][0])])).tables


OWN = tuple(f"{word}{n}" for n in range(1, 18) for word in ("指标", "科室登记", "内部流转"))


@pytest.mark.parametrize("first", [0, 30, len(OWN)], ids=["own behind", "own around", "own before"])
def test_many_columns_of_their_own_do_not_hide_a_ledger(first):
    head = (*OWN[:first], *ledgers.HEADERS, *OWN[first:])
    rows = [(*("x" * first), 1, *CASES[0][k], *("x" * (len(OWN) - first))) for k in (0, 1)]
    data = ledgers.sheets(台账=[("2023年度问责案件台账",), head, *rows])
    assert len(head) == 60
    layout = layout_of(data)
    assert [t.header_rows for t in layout.tables] == [[1]]
    assert layout.kinds == ["title", "header", "data", "data"]
    reading = read_ledger(data, "台账.xlsx")
    assert [(p["name"], p["measures_raw"]) for p in reading.tables["respondents"].to_pylist()] == [("张三", "诫勉"), ("李四", "诫勉")]


@pytest.mark.parametrize("merged", [True, False])
def test_many_columns_of_their_own_under_two_header_levels(merged):
    top = ("序号", "案件名称", "县区", "被问责对象", None, None, "问责情况", None, None, "其他情况", *(None for _ in OWN[1:]))
    leaf = (None, None, None, "姓名", "工作单位", "时任职务", "责任类型", "问责方式", "决定时间", *OWN)
    book = openpyxl.Workbook()
    ledgers.fill(book.active, [top, leaf, (1, *CASES[0][0], *("x" for _ in OWN))])
    for span in ("A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:I1", "J1:BH1") if merged else ():
        book.active.merge_cells(span)
    layout = layout_of(ledgers.workbook_bytes(book))
    assert layout.tables[0].header_rows == [0, 1] and layout.tables[0].rows == [2]
    assert layout.tables[0].headers[1] == ("案件名称",)


@pytest.mark.parametrize(
    "known",
    [
        ("序号", "姓名", "工作单位", "时任职务", "政治面貌", "职级", "县区"),
        ("序号", "县区", "党纪处分", "政务处分", "组织处理", "案件数", "诫勉"),
        ("姓名", "问责方式"),
    ],
    ids=["a list of staff", "figures by county", "two words alone"],
)
def test_a_wide_sheet_that_is_no_ledger_is_none(known):
    rows = [(*known, *OWN), tuple("x" for _ in (*known, *OWN))]
    assert not layout_of(ledgers.sheets(表=rows)).tables


def test_a_wide_row_of_long_texts_is_no_header():
    said = "本表各栏由承办单位填写，姓名写全，责任类型按决定书填写，处理方式写明每一种处理，决定时间写到日，不得空白。"
    rows = [("姓名", "工作单位", "责任类型", "问责方式", "决定时间", *(f"{said}{n}" for n in range(30)))]
    assert not layout_of(ledgers.sheets(说明=rows)).tables


def test_layout_is_the_same_for_headers_spelled_with_stars_and_breaks():
    plain, starred = layout_of(ledgers.ledger(CASES)), layout_of(ledgers.ledger(CASES, stars=True))
    assert plain.tables[0].layout == starred.tables[0].layout
    assert plain.tables[0].layout != layout_of(ledgers.ledger(CASES, order=[0, 2, 1, 3, 4, 5, 6, 7, 8])).tables[0].layout


def test_a_short_ledger_with_one_unknown_header_is_no_form():
    head = ("案件编号", "案件名称", "县区", "姓名", "单位及职务", "责任类型", "处理方式", "处分时间", "是否集体研究", "经办意见")
    row = ("甲〔2023〕1号", "某案", "甲县", "张三", "甲县城东镇党委书记", "主要领导责任", "诫勉", "2023.5.6", "是", "同意")
    assert read_form(read_workbook(ledgers.sheets(台账=[head, row]), "甲.xlsx").grids[0]) is None


@pytest.mark.parametrize("numbers", [("1", "2", "3", "4"), ("(1)", "(2)", "(3)", "(4)"), ("甲", "乙", "1", "2"), (1, 2, 3, 4)])
def test_a_row_that_counts_the_columns_is_no_row(numbers):
    numbers = (*numbers, *((3,) if numbers[0] == "甲" else ()))
    header = ("案件名称", "姓名", "单位及职务", "处理方式", "备注")[: len(numbers)]
    layout = layout_of(ledgers.sheets(台账=[header, numbers, ("事一", "张三", "甲县水利局局长", "诫勉")]))
    assert layout.tables[0].rows == [2] and layout.kinds[1] == "header"


def test_numbers_that_do_not_count_are_a_row():
    layout = layout_of(ledgers.sheets(台账=[("序号", "案件名称", "姓名", "处理方式"), (1, 2, 2, 4)]))
    assert layout.tables[0].rows == [1]


def test_a_row_that_says_how_to_fill_in_is_no_part_of_the_header():
    rows = [
        ("案件名称", "姓名", "单位职务", "处理方式", "时间", None),
        (None, None, None, None, "启动", "决定"),
        (None, None, None, None, "（年月日）", "（年月日）"),
        ("事一", "张三", "甲县水利局局长", "诫勉", "2023-02-01", "2023-05-06"),
    ]
    book = openpyxl.Workbook()
    ledgers.fill(book.active, rows)
    for place in ("A1:A3", "B1:B3", "C1:C3", "D1:D3", "E1:F1"):
        book.active.merge_cells(place)
    reading = read_ledger(ledgers.workbook_bytes(book), "甲.xlsx")
    (case,), (person,) = reading.tables["cases"].to_pylist(), reading.tables["respondents"].to_pylist()
    assert (str(case["started_on"]), str(person["decided_on"])) == ("2023-02-01", "2023-05-06") and not reading.questions
