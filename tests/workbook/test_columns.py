"""Header words to fields, and what the cells say where a header lies."""

import pytest

from review.workbook.columns import NOT_USED, LedgerChoices
from review.workbook.headers import exact_field, field_of_levels
from review.workbook.reading import read_ledger

from . import ledgers


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("序号", "seq"),
        ("*姓 名", "name"),
        ("县（市、区）", "county"),
        ("处分 时间\n（年月日）", "decided_on"),
        ("1.案件名称", "title"),
        ("（三）问责方式", "measures"),
        ("是否送达", "delivery"),
        ("送达时间：", "delivery_on"),
        ("单位和职务", "unit_post"),
        ("职务", "post_now"),
        ("时任职务", "post_then"),
        ("被问责人工作单位", "unit"),
        ("党纪处分情况", "measures_party"),
        ("备注", "note"),
        ("承办单位名称", "handling_unit"),
        ("批准机关名称", "deciding_organ"),
        ("问责情形", "circumstance"),
        ("ＩＤ", "seq"),
    ],
)
def test_header_words(header, field):
    assert exact_field(header) == field


@pytest.mark.parametrize("word", ["", "联系电话", "金额", "时间", "民族", "性别"])
def test_words_that_name_no_field(word):
    assert field_of_levels((word,))[0] is None


@pytest.mark.parametrize(
    ("levels", "field"),
    [
        (("被问责对象", "姓名"), "name"),
        (("问责情况", "问责方式"), "measures"),
        (("问责情况", "时间"), "decided_on"),
        (("送达情况", "时间"), "delivery_on"),
        (("送达", "是否"), "delivery"),
        (("归档情况", "日期"), "archive_on"),
        (("案件", "编号"), "case_no"),
        (("承办单位", "名称"), "handling_unit"),
        (("调查组", "职务"), None),
        (("处理方式", "党纪处分"), "measures_party"),
        (("启动", "时间"), "started_on"),
        (("问责结果", "时间"), "decided_on"),
        (("送达人", "时间"), None),
    ],
)
def test_header_levels(levels, field):
    assert field_of_levels(levels)[0] == field


@pytest.mark.parametrize(
    ("header", "field"), [("问责处理的方式", "measures"), ("问责对象职务", "post_now"), ("问责决定书送达时间", "delivery_on")]
)
def test_near_words(header, field):
    assert field_of_levels((header,))[0] == field


def test_similarity_never_takes_a_short_word_or_another_head_noun():
    assert field_of_levels(("问责单",))[0] is None
    assert field_of_levels(("问责对象电话",))[0] is None


def mapping(rows, choices=None) -> dict:
    reading = read_ledger(ledgers.sheets(表=rows), "表.xlsx", choices)
    return {c.header: (c.field, c.matched_by) for s in reading.sheets for c in s.columns}


PERSON = ("张三", "甲县水利局局长", "诫勉")


def test_the_number_column_is_a_case_number_only_if_it_looks_like_one():
    head = ("编号", "案件名称", "姓名", "单位及职务", "问责方式")
    assert mapping([head, (1, "甲事", *PERSON), (2, "乙事", *PERSON)])["编号"][0] == "seq"
    assert mapping([head, ("甲纪问〔2023〕1号", "甲事", *PERSON), ("甲纪问〔2023〕2号", "乙事", *PERSON)])["编号"] == ("case_no", "values")


def test_a_circumstance_column_of_measures_is_read_as_measures_under_its_own_header():
    found = mapping([("案件名称", "姓名", "单位及职务", "问责情形"), ("甲事", *PERSON), ("乙事", *PERSON[:2], "党内警告")])
    assert found["问责情形"] == ("measures", "values")


def test_an_object_column_of_whole_sentences_holds_people():
    text = "张三（甲县水利局局长）负主要领导责任，诫勉；李四（甲县水利局副局长），党内警告"
    assert mapping([("案件名称", "县区", "问责对象"), ("甲事", "甲县", text)])["问责对象"] == ("people", "values")


def test_a_handling_column_beside_names_holds_measures():
    assert mapping([("案件名称", "姓名", "单位及职务", "问责处理情况"), ("甲事", *PERSON)])["问责处理情况"][0] == "measures"


def test_columns_without_a_header_are_named_by_their_cells_and_asked_about():
    rows = [("案件名称", "姓名", "单位及职务", None, None), ("甲事", "张三", "甲县水利局局长", "主要领导责任", "诫勉")]
    reading = read_ledger(ledgers.sheets(表=rows), "表.xlsx")
    assert [c.field for c in reading.sheets[0].columns] == ["title", "name", "unit_post", "responsibility", "measures"]
    assert [q.kind for q in reading.questions] == ["guessed", "guessed"]


def test_two_columns_of_one_meaning_are_asked_about_and_the_fuller_one_is_read():
    rows = [
        ("案件名称", "姓名", "单位及职务", "问责方式", "处理结果"),
        ("甲事", *PERSON[:2], None, "诫勉"),
        ("乙事", "李四", PERSON[1], "警告", "党内警告"),
    ]
    reading = read_ledger(ledgers.sheets(表=rows), "表.xlsx")
    assert [q.kind for q in reading.questions if q.kind != "unmapped"] == ["duplicate"]
    assert {c.header: c.field for c in reading.sheets[0].columns}["处理结果"] == "measures"
    assert [p["measures_raw"] for p in reading.tables["respondents"].to_pylist()] == ["诫勉", "党内警告"]
    kept = reading.tables["ledger_rows"].to_pylist()[2]["raw"]
    assert kept[3] == "警告"


def test_the_user_decides_and_the_form_remembers():
    rows = [("案件名称", "姓名", "单位及职务", "定性", "问责方式"), ("甲事", "张三", "甲县水利局局长", "主要", "诫勉")]
    assert mapping(rows)["定性"] == (None, "none")
    chosen = LedgerChoices(fields={("表", "定性"): "responsibility", "问责方式": None})
    assert mapping(rows, chosen) == mapping(rows) | {"定性": ("responsibility", "user"), "问责方式": (None, "ignored")}
    layout = read_ledger(ledgers.sheets(表=rows), "表.xlsx").sheets[0].layout
    remembered = LedgerChoices(remembered={(layout, "定性"): ("responsibility", None)})
    assert mapping(rows, remembered)["定性"] == ("responsibility", "remembered")


def test_columns_with_one_header_are_answered_each_for_itself():
    rows = [("案件名称", "姓名", "单位及职务", "问责方式", "情况", "情况"), ("甲事", "张三", "甲县水利局局长", "诫勉", "主要", "已改")]

    def read(**fields):
        reading = read_ledger(ledgers.sheets(表=rows), "表.xlsx", LedgerChoices(**fields))
        return [c.field for c in reading.sheets[0].columns[4:]], [q.key for q in reading.questions if q.kind == "unmapped"]

    assert read() == ([None, None], ["情况#1", "情况#2"])
    assert read(fields={("表", "情况#2"): "note"}) == ([None, "note"], ["情况#1"])
    layout = read_ledger(ledgers.sheets(表=rows), "表.xlsx").sheets[0].layout
    assert read(remembered={(layout, "情况#2"): ("note", None)}) == ([None, "note"], ["情况#1"])
    assert read(remembered={(layout, "情况#1"): (NOT_USED, None)}) == ([None, None], ["情况#2"])
    assert read(fields={"情况": None}) == ([None, None], []), "the header alone means all columns that bear it"


def test_one_answer_says_what_a_blank_means_in_every_step_column():
    header = ("案件名称", "姓名", "单位及职务", "问责方式", "是否送达", "是否集体研究")
    rows = [header, ("甲事", "张三", "甲县水利局局长", "诫勉", None, None)]
    reading = read_ledger(ledgers.sheets(表=rows), "表.xlsx", LedgerChoices(all_blank="not_done", blank={"是否送达": "unknown"}))
    assert [c.blank_means for c in reading.sheets[0].columns] == ["unknown"] * 5 + ["not_done"]


@pytest.mark.parametrize(
    ("sheet", "reason"),
    [
        ([("县区", "案件数", "党纪处分", "政务处分", "单位"), ("甲县", 3, 2, 1, "甲"), ("乙县", 4, 2, 2, "乙")], "汇总统计"),
        ([("姓名", "单位", "职务", "联系电话"), ("张三", "甲局", "局长", "123")], "没有案件"),
        ([("代码", "名称"), ("01", "诫勉")], "没有认出"),
        ([("县区", "案件名称", "姓名", "单位")], "没有数据行"),
    ],
)
def test_sheets_without_cases_are_skipped_with_the_reason(sheet, reason):
    data = ledgers.sheets(台账=[ledgers.HEADERS, (1, *ledgers.row("甲事", "张三"))], 其他=sheet)
    reading = read_ledger(data, "表.xlsx")
    assert [s.status for s in reading.sheets] == ["read", "skipped"]
    assert reason in reading.sheets[1].reason
    assert {r["kind"] for r in reading.tables["ledger_rows"].to_pylist() if r["sheet"] == "其他"} == {"skipped"}
