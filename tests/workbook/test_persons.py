"""Several people in one row, each in columns of its own."""

import pytest

from review.workbook.columns import LedgerChoices
from review.workbook.doubts import doubts
from review.workbook.persons import numbered
from review.workbook.reading import read_ledger

from . import ledgers

CASE = ("序号", "案件名称", "县区")


def read(header, *rows, choices=None):
    data = ledgers.sheets(台账=[(*CASE, *header), *((n, f"事{n}", "甲县", *r) for n, r in enumerate(rows, 1))])
    return read_ledger(data, "甲.xlsx", choices)


def people(reading):
    return [(p["row"], p["name"], p["unit"], p["post"], p["measures_raw"]) for p in reading.tables["respondents"].to_pylist()]


@pytest.mark.parametrize(
    "header",
    [
        ("责任人1", "职务1", "处理1", "责任人2", "职务2", "处理2"),
        ("责任人一", "职务一", "处理一", "责任人二", "职务二", "处理二"),
        ("责任人（1）", "职务（1）", "处理（1）", "责任人（2）", "职务（2）", "处理（2）"),
        ("责任人①", "职务①", "处理①", "责任人②", "职务②", "处理②"),
        ("责任人1姓名", "责任人1职务", "责任人1处理", "责任人2姓名", "责任人2职务", "责任人2处理"),
        ("责任人", "职务", "处理", "责任人2", "职务2", "处理2"),
        ("第一责任人", "职务1", "处理1", "第二责任人", "职务2", "处理2"),
        ("姓名", "职务", "处理", "姓名", "职务", "处理"),
    ],
)
def test_each_group_is_a_person_of_its_own(header):
    reading = read(
        (*header, "单位"),
        ("张三", "局长", "诫勉", "李四", "副局长", "党内警告", "甲县水利局"),
        ("王五", "镇长", "免职", None, None, None, "甲县新桥镇"),
    )
    assert people(reading) == [
        (2, "张三", "甲县水利局", "局长", "诫勉"),
        (2, "李四", "甲县水利局", "副局长", "党内警告"),
        (3, "王五", "甲县新桥镇", "镇长", "免职"),
    ]
    assert not reading.questions and not reading.rejects and "2 名问责对象" in reading.sheets[0].reason


def test_only_the_names_are_numbered():
    reading = read(
        ("责任人1", "单位职务", "处理", "责任人2", "单位职务", "处理", "责任人3", "单位职务", "处理"),
        ("张三", "甲县水利局局长", "诫勉", "李四", "甲县水利局副局长", "党内警告", "王五", "甲县新桥镇镇长", "免职"),
        ("赵六", "甲县民政局局长", "诫勉", None, None, None, "钱七", "甲县民政局副局长", "通报"),
    )
    assert people(reading) == [
        (2, "张三", "甲县水利局", "局长", "诫勉"),
        (2, "李四", "甲县水利局", "副局长", "党内警告"),
        (2, "王五", "甲县新桥镇", "镇长", "免职"),
        (3, "赵六", "甲县民政局", "局长", "诫勉"),
        (3, "钱七", "甲县民政局", "副局长", "通报"),
    ]
    assert not reading.questions and not reading.rejects


def test_names_beside_each_other_with_their_measures_behind():
    reading = read(("被问责人一", "被问责人二", "处理一", "处理二"), ("张三", "李四", "诫勉", "党内警告"))
    assert [(p[1], p[4]) for p in people(reading)] == [("张三", "诫勉"), ("李四", "党内警告")]


def test_a_measure_that_may_be_anybodys_is_a_reject():
    reading = read(
        ("责任人1", "责任人2", "处理方式"), ("张三", "李四", "诫勉、党内警告"), ("王五", "赵六", "均诫勉"), ("孙七", None, "诫勉、免职")
    )
    read_as = {p["name"]: (p["measures_raw"], p["measures_complete"], p["band"]) for p in reading.tables["respondents"].to_pylist()}
    assert read_as["张三"] == read_as["李四"] == ("诫勉、党内警告", False, None)
    assert read_as["王五"][:2] == read_as["赵六"][:2] == ("均诫勉", True)
    assert read_as["孙七"][1] is True
    assert [(r.row, r.column) for r in reading.rejects] == [(2, "D")] and "不能逐一对应" in reading.rejects[0].reason


def test_groups_under_a_header_of_their_own():
    top = (*CASE, "责任人一", None, "责任人二", None)
    leaf = (None, None, None, "姓名", "处理", "姓名", "处理")
    reading = read_ledger(ledgers.sheets(台账=[top, leaf, (1, "甲事", "甲县", "张三", "诫勉", "李四", "免职")]), "甲.xlsx")
    assert [(p[1], p[4]) for p in people(reading)] == [("张三", "诫勉"), ("李四", "免职")]


def test_two_numbered_measures_of_one_person_are_read_together():
    reading = read(("姓名", "处分1", "处分2"), ("张三", "党内警告", "政务记过"), ("李四", None, "免职"))
    codes = [m["code"] for m in reading.tables["measures"].to_pylist()]
    assert codes == ["party_warning", "admin_demerit", "removal"] and len(people(reading)) == 2
    assert "合在一起" in reading.sheets[0].reason and not reading.questions


def test_what_is_no_second_person_stays_a_question():
    same = read(("姓名", "职务", "处理", "姓名", "职务", "处理"), ("张三", "局长", "诫勉", "张三", "局长", "免职"))
    assert {q.kind for q in same.questions} == {"duplicate"} and len(people(same)) == 1
    alone = read(("姓名", "姓名", "处理"), ("张三", "李四", "诫勉"))
    assert [q.kind for q in alone.questions] == ["duplicate"]


def test_the_answer_both_makes_two_people_of_two_names_and_one_text_of_two():
    both = LedgerChoices(fields={("台账", "姓名#1"): "name", ("台账", "姓名#2"): "name"})
    reading = read(("姓名", "姓名", "处理"), ("张三", "李四", "诫勉"), choices=both)
    assert [(p[1], p[4]) for p in people(reading)] == [("张三", "诫勉"), ("李四", "诫勉")] and not reading.questions
    both = LedgerChoices(fields={("台账", "处分#1"): "measures", ("台账", "处分#2"): "measures"})
    reading = read(("姓名", "处分", "处分"), ("张三", "党内警告", "政务记过"), choices=both)
    assert {m["code"] for m in reading.tables["measures"].to_pylist()} == {"party_warning", "admin_demerit"} and not reading.questions


def test_rejects_and_doubts_name_the_cell_of_the_person():
    header = ("责任人1", "处理1", "处分时间1", "责任人2", "处理2", "处分时间2")
    reading = read(header, ("张三", "诫勉", "2023.5.6", "李四", "拖出去", "2023.13.6"))
    assert {(r.column, r.raw) for r in reading.rejects} == {("H", "拖出去"), ("I", "2023.13.6")}
    one = read(("责任人1", "单位职务1", "责任人2", "单位职务2", "处理"), ("张三", "甲县水利局局长", "李四", "某某咨询室客座", "均诫勉"))
    assert [(d.column, d.raw) for d in doubts(one)] == [("G", "某某咨询室客座")]
    lost = read(("责任人1", "处理1", "责任人2", "处理2"), ("张三", "诫勉", None, "免职"), ("张三", "诫勉", "李四", "免职"))
    assert [(r.row, r.column) for r in lost.rejects] == [(2, "G")]


@pytest.mark.parametrize("header", [("姓名①", "处理方式②"), ("2022年度", "2023年度"), ("问责方式", "第2次问责时间"), ("附件1", "说明")])
def test_a_number_alone_divides_nothing(header):
    assert numbered([(h,) for h in header]) == {}


def test_a_group_behind_a_gap_belongs_to_the_cases_on_its_left():
    rows = [
        ("案件名称", "姓名", "职务", "处理", None, "姓名", "职务", "处理"),
        ("甲事", "张三", "甲县水利局局长", "诫勉", None, "李四", "甲县林业局局长", "免职"),
    ]
    reading = read_ledger(ledgers.sheets(台账=rows), "甲.xlsx")
    assert people(reading) == [(2, "张三", "甲县水利局", "局长", "诫勉"), (2, "李四", "甲县林业局", "局长", "免职")]
    assert reading.case_count == 1


def test_one_header_printed_over_unequal_words():
    top, leaf = (*CASE, "被问责人", "被问责人", "处理", "处理"), (None, None, None, "姓名", "职务", "方式", "时间")
    reading = read_ledger(ledgers.sheets(台账=[top, leaf, (1, "甲事", "甲县", "张三", "甲县水利局局长", "诫勉", "2023.5.6")]), "甲.xlsx")
    assert people(reading) == [(3, "张三", "甲县水利局", "局长", "诫勉")]
    assert reading.tables["respondents"].to_pylist()[0]["decided_on"].isoformat() == "2023-05-06"


def test_a_body_and_a_person_of_one_row():
    header = ("案件名称", "被问责党组织", "处理方式", "被问责人", "单位职务", "处理方式")
    rows = [("甲事", "甲县水利局党组", "通报", "张三", "甲县水利局局长", "诫勉"), ("乙事", None, None, "李四", "甲县林业局局长", "免职")]
    reading = read_ledger(ledgers.sheets(台账=[header, *rows]), "甲.xlsx")
    assert people(reading) == [
        (2, "甲县水利局党组", "甲县水利局党组", None, "通报"),
        (2, "张三", "甲县水利局", "局长", "诫勉"),
        (3, "李四", "甲县林业局", "局长", "免职"),
    ]
    either = [
        ("案件名称", "被问责党组织", "被问责人", "处理方式"),
        ("甲事", "甲县水利局党组", None, "通报"),
        ("乙事", None, "李四", "免职"),
    ]
    assert [(p[1], p[4]) for p in people(read_ledger(ledgers.sheets(台账=either), "甲.xlsx"))] == [
        ("甲县水利局党组", "通报"),
        ("李四", "免职"),
    ]
    both = [*either[:1], ("甲事", "甲县水利局党组", "李四", "诫勉")]
    assert "duplicate" in {q.kind for q in read_ledger(ledgers.sheets(台账=both), "甲.xlsx").questions}
