"""Name cells that tell more or something else than a name."""

import pytest

from review.workbook.reading import read_ledger

from . import ledgers


def read(*names, header=("案件名称", "被问责人", "处理方式")):
    rows = [(f"事{n}", name, "诫勉") for n, name in enumerate(names)]
    reading = read_ledger(ledgers.sheets(台账=[header, *rows]), "甲.xlsx")
    return reading, [(p["name"], p["unit"], p["post"]) for p in reading.tables["respondents"].to_pylist()]


@pytest.mark.parametrize(
    "text",
    ["张三（甲县水利局局长）", "张三\n（甲县水利局局长）", "张三\n甲县水利局局长", "张三，甲县水利局局长", "张三 甲县水利局局长"]
    + ["甲县水利局局长张三", "甲县水利局局长（张三）", "甲县水利局局长：张三", "张  三（甲县水利局局长）"],
)
def test_the_post_beside_a_name(text):
    reading, people = read(text, "李四")
    assert people == [("张三", "甲县水利局", "局长"), ("李四", None, None)] and not reading.rejects


@pytest.mark.parametrize("separator", ["；", "\n"])
def test_several_with_their_posts(separator):
    _, people = read(separator.join(["张三（甲县水利局局长）", "李四（甲县林业局局长）"]))
    assert people == [("张三", "甲县水利局", "局长"), ("李四", "甲县林业局", "局长")]


def test_names_behind_units():
    _, people = read("甲县水利局（张三）", "甲县林业局", header=("案件名称", "单位（姓名）", "处理方式"))
    assert people == [("张三", "甲县水利局", None), (None, "甲县林业局", None)]


def test_a_post_instead_of_a_name_is_nobodys_name():
    _, people = read("甲县水利局局长", "王五")
    assert people[0] == (None, "甲县水利局", "局长")


@pytest.mark.parametrize("text", ["张三等3人", "张三等", "张三等三名同志"])
def test_people_without_a_name_are_told(text):
    reading, people = read(text, "王五")
    assert [p[0] for p in people] == ["张三", "王五"]
    assert [(r.row, r.column, r.raw) for r in reading.rejects] == [(2, "B", text)]


def test_details_of_a_person_and_bodies_are_no_posts():
    _, people = read("甲县水利局党组", "甲镇党委、政府", "县纪委监委", "张三（中共党员）")
    assert [p[0] for p in people] == ["甲县水利局党组", "甲镇党委、政府", "县纪委监委", "张三(中共党员)"]


def test_a_list_with_commas_is_nobodys_until_it_is_told_apart():
    header = ("案件名称", "姓名", "责任类型", "处理方式")
    rows = [
        ("事一", "张三，李四", "主要领导责任，重要领导责任", "党内警告，诫勉"),
        ("事二", "王五、赵六", "重要领导责任", "诫勉，并通报批评"),
    ]
    reading = read_ledger(ledgers.sheets(台账=[header, *rows]), "甲.xlsx")
    found = [(p["name"], p["responsibility"], p["band"]) for p in reading.tables["respondents"].to_pylist()]
    assert [f[:2] for f in found] == [
        ("张三", "unknown"),
        ("李四", "unknown"),
        ("王五", "important_leadership"),
        ("赵六", "important_leadership"),
    ]
    assert [f[2] is None for f in found] == [True, True, False, False]
    assert {r.row for r in reading.rejects} == {2}


@pytest.mark.parametrize("text", ["张三（已故）", "张三(女)", "张三（另案处理）", "张三\n（身份证号略）", "张三（已退休）"])
def test_a_remark_behind_a_name_is_no_part_of_it(text):
    _, people = read(text)
    assert [p[0] for p in people] == ["张三"]


@pytest.mark.parametrize("text", ["（略）", "略", "待定", "不详", "未知", "待查"])
def test_a_word_for_no_name_is_no_name(text):
    header = ("案件名称", "姓名", "单位", "职务", "处理方式")
    reading = read_ledger(ledgers.sheets(台账=[header, ("事一", text, "甲县水利局", "局长", "诫勉")]), "甲.xlsx")
    assert [(p["name"], p["unit"], p["post"]) for p in reading.tables["respondents"].to_pylist()] == [(None, "甲县水利局", "局长")]


@pytest.mark.parametrize("last, rows", [("2023.5.8", []), ("五月", [2])])
def test_dates_shared_out_among_people_are_no_reject(last, rows):
    header = ("案件名称", "姓名", "单位及职务", "处理方式", "决定时间")
    row = ("事一", "张三\n李四", "甲县水利局局长\n甲县水利局副局长", "诫勉\n通报", f"2023.5.6\n{last}")
    reading = read_ledger(ledgers.sheets(台账=[header, row]), "甲.xlsx")
    assert str(reading.tables["respondents"].to_pylist()[0]["decided_on"]) == "2023-05-06"
    assert [r.row for r in reading.rejects] == rows


@pytest.mark.parametrize("header", ["责任人姓名、单位、职务", "姓名及单位职务", "被问责人姓名/单位/职务"])
def test_a_column_of_name_unit_and_post(header):
    texts = ["张三\n甲县水利局局长", "李四（甲县林业局局长）", "王五-甲县民政局局长", "赵六，甲县财政局局长"]
    _, people = read(*texts, header=("案件名称", header, "处理方式"))
    assert people == [
        ("张三", "甲县水利局", "局长"),
        ("李四", "甲县林业局", "局长"),
        ("王五", "甲县民政局", "局长"),
        ("赵六", "甲县财政局", "局长"),
    ]
