"""Forms of one case, and small sheets that lie on their side."""

import pytest

from review.workbook.reading import read_ledger

from . import ledgers


def read(*rows, name="台账"):
    return read_ledger(ledgers.sheets(**{name: [list(r) for r in rows]}), "甲.xlsx")


def people(reading):
    cases = {c["case_id"]: c["title"] for c in reading.tables["cases"].to_pylist()}
    return [(cases[p["case_id"]], p["name"], p["unit"], p["post"], p["measures_raw"]) for p in reading.tables["respondents"].to_pylist()]


PERSON = (("被问责人", "冯立新", "性别", "男"), ("单位", "甲县水利局", "职务", "局长"), ("处理方式", "诫勉", "决定时间", "2023-1-2"))


@pytest.mark.parametrize(
    "row",
    [
        ("被问责人", "冯立新", "性别", "男"),
        ("被问责人", "冯立新", "出生年月", "1970.1"),
        ("姓名", "冯立新", "性别", "男", "民族", "汉族"),
        ("姓名", "冯立新", "政治面貌", "中共党员", "学历", "大学"),
        ("姓名", "冯立新", "籍贯", "甲县", "入党时间", "1995.6"),
        ("姓名", "冯立新", "内部编组", "第二组"),
    ],
)
def test_the_name_in_a_row_of_personal_details_is_read(row):
    reading = read(("问责登记表",), ("案件名称", "甲事"), row, *PERSON[1:])
    assert people(reading) == [("甲事", "冯立新", "甲县水利局", "局长", "诫勉")]
    unknown = [q.header for q in reading.questions]
    assert unknown == (["内部编组"] if "内部编组" in row else [])
    assert {"header": row[2], "field": "politics" if "政治面貌" in row else None}.items() <= next(
        c for c in reading.tables["import_columns"].to_pylist() if c["header"] == row[2]
    ).items()


def test_several_people_in_one_form_keep_their_own_details():
    second = (
        ("被问责人", "马国强", "性别", "女"),
        ("单位", "甲县林业局", "职务", "副局长"),
        ("处理方式", "党内警告", "决定时间", "2023-1-2"),
    )
    assert people(read(("案件名称", "甲事"), *PERSON, *second)) == [
        ("甲事", "冯立新", "甲县水利局", "局长", "诫勉"),
        ("甲事", "马国强", "甲县林业局", "副局长", "党内警告"),
    ]


def test_a_table_of_people_in_a_form_with_their_details():
    reading = read(
        ("问责案件登记表",),
        ("案件名称", "甲事", "县区", "甲县"),
        ("承办单位", "甲县纪委监委", "办结时间", "2023.6.1"),
        ("姓名", "性别", "单位", "职务", "处理方式"),
        ("冯立新", "男", "甲县水利局", "局长", "诫勉"),
        ("马国强", "女", "甲县林业局", "副局长", "党内警告"),
    )
    assert [p[1:] for p in people(reading)] == [
        ("冯立新", "甲县水利局", "局长", "诫勉"),
        ("马国强", "甲县林业局", "副局长", "党内警告"),
    ]
    assert reading.tables["cases"].to_pylist()[0]["county"] == "甲县" and not reading.questions


ACROSS = (
    ("项目", "案件一", "案件二", "案件三"),
    ("案件名称", "甲事", "乙事", "丙事"),
    ("县区", "甲县", "乙县", "丙县"),
    ("姓名", "张三", "李四", "王五"),
    ("性别", "男", "男", "女"),
    ("单位", "甲县水利局", "乙县水利局", "丙县水利局"),
    ("职务", "局长", "局长", "副局长"),
    ("处理方式", "诫勉", "党内警告", "拖出去"),
    ("决定时间", "2023-1-2", "2023.13.3", "2023-1-4"),
)


def test_a_sheet_on_its_side_is_read_and_its_rejects_name_the_real_cells():
    reading = read(*ACROSS)
    assert [p[:4] for p in people(reading)] == [
        ("甲事", "张三", "甲县水利局", "局长"),
        ("乙事", "李四", "乙县水利局", "局长"),
        ("丙事", "王五", "丙县水利局", "副局长"),
    ]
    assert sorted((r.row, r.column, r.raw) for r in reading.rejects) == [(8, "D", "拖出去"), (9, "C", "2023.13.3")]
    assert "并列在右" in reading.sheets[0].reason and not reading.questions
    rows = reading.tables["ledger_rows"].to_pylist()
    assert rows[3]["raw"] == list(ACROSS[3])


def test_a_case_on_its_side_with_two_people_below_each_other():
    rows = (
        ("案件名称", "甲事", "乙事"),
        ("姓名1", "张三", "李四"),
        ("处理1", "诫勉", "免职"),
        ("姓名2", "王五", None),
        ("处理2", "记过", None),
    )
    assert [(p[1], p[4]) for p in people(read(*rows))] == [("张三", "诫勉"), ("王五", "记过"), ("李四", "免职")]


def test_a_list_of_words_is_no_sheet_on_its_side():
    rows = (("案件名称", "必填", "一句话"), ("姓名", "必填", "全名"), ("处理方式", "必填", "规范用语"), ("决定时间", "选填", "到日"))
    data = ledgers.sheets(台账=[ledgers.HEADERS, (1, *ledgers.row("甲事", "张三"))], 说明=rows)
    assert [s.status for s in read_ledger(data, "甲.xlsx").sheets] == ["read", "skipped"]


@pytest.mark.parametrize("header", ["姓名", "问责对象", "单位"])
def test_bodies_that_are_each_meant(header):
    rows = (("甲县水利局、甲县林业局、甲县财政局", "分别通报"), ("甲县县委、县政府", "书面检查"))
    reading = read(("案件名称", header, "处理方式"), ("甲事", *rows[0]), ("乙事", *rows[1]))
    got = [(p["name"] or p["unit"], p["measures_raw"]) for p in reading.tables["respondents"].to_pylist()]
    assert got[:3] == [(b, "分别通报") for b in ("甲县水利局", "甲县林业局", "甲县财政局")] and got[3:] == [
        ("甲县县委、县政府", "书面检查")
    ]


def test_measures_said_one_for_each():
    reading = read(
        ("案件名称", "姓名", "处理方式", "责任"), ("甲事", "张三、李四", "分别给予诫勉、党内警告", "分别负主要领导责任、重要领导责任")
    )
    read_as = [(p["name"], p["measures_raw"], p["responsibility"]) for p in reading.tables["respondents"].to_pylist()]
    assert read_as == [("张三", "诫勉", "primary_leadership"), ("李四", "党内警告", "important_leadership")] and not reading.rejects
    open_list = read(("案件名称", "姓名", "处理方式"), ("甲事", "张三、李四", "分别给予诫勉、党内警告、免职"))
    assert [p["band"] for p in open_list.tables["respondents"].to_pylist()] == [None, None] and open_list.rejects
