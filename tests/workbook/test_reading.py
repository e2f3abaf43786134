"""Rows to cases, people, measures and steps."""

import csv
from collections import defaultdict
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.errors import LedgerError
from review.workbook.columns import LedgerChoices
from review.workbook.counties import county_of_file, county_of_sheet
from review.workbook.reading import read_ledger

from . import ledgers
from .ledgers import row

EXAMPLES = Path(__file__).parent / "examples"


def test_the_example_ledgers_give_every_respondent_once_and_nobody_else():
    with (EXAMPLES / "cases.csv").open(encoding="utf-8-sig") as file:
        matters = {c["case_id"]: c["short_matter"] for c in csv.DictReader(file)}
    wanted = defaultdict(list)
    with (EXAMPLES / "respondents.csv").open(encoding="utf-8-sig") as file:
        for person in csv.DictReader(file):
            wanted[matters[person["case_id"]]].append(person["name_masked"] or None)
    found = defaultdict(list)
    for number in (1, 2, 3):
        reading = read_ledger(EXAMPLES / f"ledger_{number}.xlsx")
        titles = {c["case_id"]: c["title"] for c in reading.tables["cases"].to_pylist()}
        for person in reading.tables["respondents"].to_pylist():
            found[titles[person["case_id"]]].append(person["name"])
    assert found == wanted
    assert sum(map(len, found.values())) == 182


def read(rows, name="表.xlsx", choices=None, sheet="台账", merges=()):
    book = openpyxl.Workbook()
    book.active.title = sheet
    ledgers.fill(book.active, rows)
    for merged in merges:
        book.active.merge_cells(merged)
    return read_ledger(ledgers.workbook_bytes(book), name, choices)


def people(reading) -> list[dict]:
    return reading.tables["respondents"].to_pylist()


def cases(reading) -> list[dict]:
    return reading.tables["cases"].to_pylist()


def steps(reading) -> list[dict]:
    return reading.tables["steps"].to_pylist()


CASES = [
    [
        row("甲事", "张三"),
        row("甲事", "李四", post="副局长", measures="党内警告"),
        row("甲事", None, post="办公室主任", measures="批评教育"),
    ],
    [row("乙事", "王五", county="乙县", unit="乙县林业局")],
    [row("丙事", "赵六", decided="2023年2月"), row("丙事", "钱七", measures="政务记过")],
]
EXPECTED = sorted((p[0], p[1], p[2], p[3], p[6]) for c in CASES for p in c if p[2]) + [("甲事", "甲县", None, "甲县水利局", "批评教育")]

LAYOUTS = st.fixed_dictionaries(
    {
        "title": st.sampled_from([None, "2023年度问责案件台账"]),
        "unit_row": st.booleans(),
        "two_level": st.booleans(),
        "style": st.sampled_from(["first_row", "merged", "repeated"]),
        "order": st.permutations(range(len(ledgers.HEADERS))),
        "total": st.booleans(),
        "notes": st.sampled_from([(), ("注：本表由承办单位填报。",), ("备注：一式两份", "填表人：张三")]),
        "blank_rows": st.booleans(),
        "repeat_header": st.booleans(),
        "stars": st.booleans(),
        "leading_rows": st.integers(0, 4),
        "leading_columns": st.integers(0, 2),
    }
)


@settings(max_examples=60, deadline=None)
@given(LAYOUTS)
def test_the_same_cases_in_any_layout_give_the_same_people(layout):
    reading = read_ledger(ledgers.ledger(CASES, **layout), "表.xlsx")
    assert ledgers.people_of(reading) == sorted(EXPECTED, key=str)
    assert reading.case_count == 3 and reading.row_count == 6


def test_cases_keep_what_identifies_them():
    reading = read_ledger(ledgers.ledger(CASES, style="merged"), "表.xlsx")
    first = cases(reading)[0]
    assert (first["title"], first["county"], first["county_origin"], first["respondent_count"]) == ("甲事", "甲县", "column", 3)
    assert (first["row"], first["last_row"], first["case_no"]) == (2, 4, None)
    assert first["case_id"].startswith("c") and len(first["case_id"]) == 13 and first["case_key"] == "无号-" + first["case_id"][1:9]
    assert [p["seq"] for p in people(reading)] == [1, 2, 3, 1, 1, 2]
    assert len({p["respondent_id"] for p in people(reading)}) == 6
    assert reading.tables["ledger_rows"].to_pylist()[2]["filled"] == '{"2": 2, "3": 2, "1": 2}'


def test_the_latest_decision_is_the_date_of_the_case():
    last = cases(
        read_ledger(ledgers.ledger([[row("甲事", "张三", decided="2023-05-06"), row("甲事", "李四", decided="2023年6月")]]), "表.xlsx")
    )[0]
    assert (str(last["decided_on"]), last["decided_on_precision"], last["decided_on_raw"]) == ("2023-06-01", "month", "2023年6月")


def test_a_case_number_in_two_counties_is_two_cases_and_scattered_rows_of_one_are_one():
    head = ("案号", "县区", "案由", "姓名", "单位及职务", "处理结果")
    rows = [
        head,
        ("〔2023〕1号", "甲县", "甲事", "张三", "甲县水利局局长", "诫勉"),
        ("〔2023〕1号", "乙县", "乙事", "李四", "乙县水利局局长", "诫勉"),
        ("〔2023〕1号", "甲县", "甲事", "王五", "甲县水利局副局长", "诫勉"),
    ]
    reading = read(rows)
    assert [(c["county"], c["respondent_count"]) for c in cases(reading)] == [("甲县", 2), ("乙县", 1)]


def test_bare_numbers_under_a_case_number_start_again_in_each_sheet_and_name_no_case():
    head = ("案件编号", "案由", "姓名", "单位及职务", "处理结果")
    one = [head, (1, "甲事", "张三", "甲县水利局局长", "诫勉"), (2, "乙事", "李四", "甲县水利局局长", "诫勉")]
    two = [head, (1, "丙事", "王五", "甲县水利局局长", "诫勉")]
    reading = read_ledger(ledgers.sheets(上半年=one, 下半年=two), "表.xlsx")
    assert [c["case_no"] for c in cases(reading)] == [None] * 3


def test_a_county_merged_over_cases_does_not_glue_them():
    head = ("县区", "案由", "姓名", "单位及职务", "处理结果")
    rows = [head, ("甲县", "甲事", "张三", "局长", "诫勉"), (None, "乙事", "李四", "局长", "诫勉"), (None, None, "王五", "副局长", "诫勉")]
    reading = read(rows, merges=["A2:A4"])
    assert [(c["title"], c["county"], c["respondent_count"]) for c in cases(reading)] == [("甲事", "甲县", 1), ("乙事", "甲县", 2)]


def test_a_blank_county_is_unknown_and_not_that_of_the_case_above():
    rows = [("序号", "案由", "县区", "姓名", "问责方式"), (1, "甲事", "甲县", "张三", "诫勉"), (2, "乙事", None, "李四", "诫勉")]
    assert [c["county"] for c in cases(read(rows))] == ["甲县", None]


@pytest.mark.parametrize(
    ("sheet", "name", "county", "origin"),
    [
        ("甲县", "乙县2023台账.xlsx", "甲县", "sheet"),
        ("台账", "乙县2023年问责台账.xlsx", "乙县", "file"),
        ("台账", "各县区台账.xlsx", None, None),
    ],
)
def test_county_from_sheet_then_file(sheet, name, county, origin):
    reading = read([("案由", "姓名", "问责方式"), ("甲事", "张三", "诫勉")], name, sheet=sheet)
    assert (cases(reading)[0]["county"], cases(reading)[0]["county_origin"]) == (county, origin)
    assert ("county" in reading.tables["import_fields"]["field"].to_pylist()) == bool(county)


@pytest.mark.parametrize(
    ("name", "county"),
    [("开发区.xls", "开发区"), ("平顶山市叶县2023.xlsx", "叶县"), ("全市台账.xlsx", None), ("甲县乙县.xlsx", None), ("社区.csv", None)],
)
def test_county_of_a_file_name(name, county):
    assert county_of_file(name) == county


def test_a_sheet_may_be_a_city_without_counties():
    assert county_of_sheet("汝州市") == "汝州市" and county_of_file("汝州市.xlsx") is None


HEAD = ("序号", "案由", "姓名", "工作单位", "时任职务", "责任类型", "问责方式")


def test_several_names_share_one_value_or_pair_up():
    rows = [
        HEAD,
        (1, "甲事", "张三、李四", "甲县水利局", "副局长", "重要领导责任", "诫勉"),
        (2, "乙事", "王五\n赵六", "甲县水利局", "局长\n副局长", "主要领导责任\n重要领导责任", "党内警告\n诫勉"),
    ]
    reading = read(rows)
    found = [(p["name"], p["post"], p["responsibility"], p["measures_raw"]) for p in people(reading)]
    assert found == [
        ("张三", "副局长", "important_leadership", "诫勉"),
        ("李四", "副局长", "important_leadership", "诫勉"),
        ("王五", "局长", "primary_leadership", "党内警告"),
        ("赵六", "副局长", "important_leadership", "诫勉"),
    ]
    assert not reading.rejects


def test_an_item_of_an_article_is_no_list_for_two():
    article = "《中国共产党问责条例》第七条第（十）项"
    reading = read([(*HEAD, "问责依据"), (1, "甲事", "张三、李四", "甲县水利局", "副局长", "重要领导责任", "诫勉", article)])
    assert [p["legal_basis_raw"] for p in people(reading)] == [article, article]


def test_what_cannot_be_shared_out_is_one_reject_and_stays_unknown():
    reading = read([HEAD, (1, "甲事", "张三、李四", "甲县水利局", "副局长", "重要领导责任", "党内警告、诫勉")])
    assert [(p["name"], p["band"], p["measures_raw"], p["measures_complete"]) for p in people(reading)] == [
        ("张三", None, "党内警告、诫勉", False),
        ("李四", None, "党内警告、诫勉", False),
    ]
    assert reading.tables["measures"].num_rows == 0
    assert len(reading.rejects) == 1
    reject = reading.rejects[0]
    assert (reject.row, reject.column, reject.header, reject.raw) == (2, "C", "姓名", "张三、李四")
    assert "2 个姓名" in reject.reason and reject.advice.startswith("请")


def test_one_row_a_measure_is_one_person_with_both():
    rows = [
        HEAD,
        (1, "甲事", "张三", "甲县水利局", "局长", "主要领导责任", "党内警告"),
        (None, None, "张三", "甲县水利局", "局长", None, "政务记过"),
    ]
    reading = read(rows)
    assert [(p["name"], p["measures_raw"], p["responsibility"]) for p in people(reading)] == [
        ("张三", "党内警告；政务记过", "primary_leadership")
    ]
    assert [m["track"] for m in reading.tables["measures"].to_pylist()] == ["party", "administrative"]


@pytest.mark.parametrize(
    ("name", "responsibility", "measure"),
    [
        ("张三", "主要领导责任", "党内严重警告"),
        ("张三", "重要领导责任", "政务记过"),
        ("张某", "主要领导责任", "政务记过"),
        ("张三", "主要领导责任", "党内警告"),
    ],
)
def test_rows_that_contradict_or_are_masked_stay_two_people(name, responsibility, measure):
    rows = [
        HEAD,
        (1, "甲事", name, "甲县水利局", "局长", "主要领导责任", "党内警告"),
        (None, None, name, "甲县水利局", "局长", responsibility, measure),
    ]
    assert len(people(read(rows))) == 2


def test_a_name_merged_over_two_rows_is_one_person_with_two_measures():
    rows = [HEAD, (1, "甲事", "张某某", "甲县水利局", "局长", "主要领导责任", "党内警告"), (None, None, None, None, None, None, "政务记过")]
    reading = read(rows, merges=["A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3"])
    assert [(p["name"], p["measures_raw"]) for p in people(reading)] == [("张某某", "党内警告；政务记过")]


def test_four_measure_columns_are_one_person():
    rows = [("案由", "姓名", "单位及职务", "组织处理", "党纪处分", "政务处分"), ("甲事", "张三", "甲县水利局局长", "免职", "警告", "记过")]
    reading = read(rows)
    found = {(m["track"], m["raw"]) for m in reading.tables["measures"].to_pylist()}
    assert {t for t, _ in found} == {"organizational", "party", "administrative"}
    assert people(reading)[0]["measures_raw"] == "免职；警告；记过"


def test_measures_without_anybody_are_a_reject_and_a_running_number_is_nothing():
    rows = [HEAD, (1, "甲事", "张三", "甲县水利局", "局长", "主要领导责任", "诫勉"), (None, None, None, None, None, None, "党内警告"), (2,)]
    reading = read(rows)
    assert [p["name"] for p in people(reading)] == ["张三"]
    assert [r.row for r in reading.rejects] == [3]
    assert [r["kind"] for r in reading.tables["ledger_rows"].to_pylist()] == ["header", "data", "reject", "data"]


def test_a_case_without_people_is_still_a_case():
    reading = read([HEAD, (1, "甲事"), (2, "乙事", "张三", "甲县水利局", "局长", None, "诫勉")])
    assert [(c["title"], c["respondent_count"]) for c in cases(reading)] == [("甲事", 0), ("乙事", 1)]


def test_rows_without_case_columns_are_a_matter_each():
    rows = [("序号", "姓名", "单位", "职务", "问责情况"), (1, "张三", "甲局", "局长", "诫勉"), (2, "李四", "乙局", "局长", "诫勉")]
    reading = read(rows)
    assert len(cases(reading)) == 2
    other = read([rows[0], (1, "王五", "丙局", "局长", "诫勉")])
    assert not {c["case_id"] for c in cases(reading)} & {c["case_id"] for c in cases(other)}


def test_people_cells_give_each_person_with_the_place_of_the_cell():
    text = "张三（甲县水利局局长）负主要领导责任，诫勉；李四（甲县水利局副局长），党内警告"
    reading = read([("案号", "案由", "县区", "问责人员及处理情况"), ("〔2023〕1号", "甲事", "甲县", text)])
    found = [(p["name"], p["post"], p["responsibility"], p["measures_raw"], p["row"]) for p in people(reading)]
    assert found == [("张三", "局长", "primary_leadership", "诫勉", 2), ("李四", "副局长", "unknown", "党内警告", 2)]
    assert {"name", "unit_post", "responsibility", "measures", "people"} <= set(reading.tables["import_fields"]["field"].to_pylist())


STEP_HEAD = ("序号", "案由", "姓名", "单位及职务", "问责方式", "集体讨论", "集体讨论时间", "是否送达", "送达时间")


def step_rows(*rest) -> list[tuple]:
    return [STEP_HEAD, *[((1, "甲事") if n == 0 else (None, None)) + r for n, r in enumerate(rest)]]


def test_steps_of_the_case_are_told_once_and_those_of_people_for_each():
    reading = read(
        step_rows(
            ("张三", "甲县水利局局长", "诫勉", "是", "2023-05-01", "是", "2023-06-01"),
            ("李四", "甲县水利局副局长", "诫勉", None, None, "否", None),
        )
    )
    found = [
        (s["step"], s["respondent_id"] is None, s["status"], s["done_on"] and str(s["done_on"]), s["raw"], s["column"])
        for s in steps(reading)
    ]
    assert found == [
        ("discussion", True, "done", "2023-05-01", "是；2023-05-01", "F"),
        ("delivery", False, "done", "2023-06-01", "是；2023-06-01", "H"),
        ("delivery", False, "not_done", None, "否", "H"),
    ]


def test_a_case_step_that_differs_between_people_is_kept_for_each():
    reading = read(
        step_rows(("张三", "甲县水利局局长", "诫勉", "是", None, None, None), ("李四", "甲县水利局副局长", "诫勉", "否", None, None, None))
    )
    assert [(s["respondent_id"] is None, s["status"]) for s in steps(reading) if s["step"] == "discussion"] == [
        (False, "done"),
        (False, "not_done"),
    ]


@pytest.mark.parametrize(
    ("flag", "on", "status", "day"),
    [
        (None, None, "blank", None),
        (None, "2023-06-01", "done", "2023-06-01"),
        ("2023年6月", None, "done", "2023-06-01"),
        ("/", None, "not_applicable", None),
        ("否", "2023-06-01", "unclear", "2023-06-01"),
        (None, "否", "not_done", None),
        ("未", None, "not_done", None),
        (None, "未送达", "not_done", None),
    ],
)
def test_a_step_from_its_two_cells(flag, on, status, day):
    reading = read(step_rows(("张三", "甲县水利局局长", "诫勉", None, None, flag, on)))
    found = next(s for s in steps(reading) if s["step"] == "delivery")
    assert (found["status"], found["done_on"] and str(found["done_on"]), found["blank_counted"]) == (status, day, False)


def test_a_blank_counts_as_not_done_only_where_the_user_said_so():
    choices = LedgerChoices(blank={"是否送达": "not_done"})
    reading = read(step_rows(("张三", "甲县水利局局长", "诫勉", None, None, None, None)), choices=choices)
    found = {s["step"]: (s["status"], s["blank_counted"]) for s in steps(reading)}
    assert found == {"discussion": ("blank", False), "delivery": ("not_done", True)}
    assert [q.header for q in reading.questions if q.kind == "blank"] == ["集体讨论", "集体讨论时间", "送达时间"]


def test_an_unreadable_date_is_a_reject_with_its_address_and_the_row_stays():
    reading = read_ledger(ledgers.ledger([[row("甲事", "张三", decided="2023.13.6")]]), "表.xlsx")
    reject = reading.rejects[0]
    assert (reject.sheet, reject.row, reject.column, reject.header, reject.raw) == ("台账", 2, "I", "决定时间", "2023.13.6")
    assert reject.reason.startswith("表“台账”第2行“决定时间”列") and "13" in reject.reason
    assert (people(reading)[0]["decided_on"], people(reading)[0]["decided_on_raw"]) == (None, "2023.13.6")


def test_every_filled_row_is_kept_as_it_stood():
    reading = read_ledger(ledgers.ledger(CASES, title="台账", unit_row=True, total=True, notes=("注：无",), style="merged"), "表.xlsx")
    rows = reading.tables["ledger_rows"].to_pylist()
    assert [r["kind"] for r in rows] == ["title", "unit", "header"] + ["data"] * 6 + ["total", "note"]
    assert rows[4]["raw"][:4] == [None, None, None, "李四"] and rows[4]["case_id"] == cases(reading)[0]["case_id"]


def test_the_preview_holds_samples_and_doubts():
    reading = read_ledger(ledgers.ledger([[row("甲事", "张三", measures="组织处理", responsibility="工作责任")]]), "表.xlsx")
    first = reading.first_rows[0]
    assert (first["name"], first["title"], first["county"]) == ("张三", "甲事", "甲县")
    assert "measures" in first["doubtful"] and "responsibility" in first["doubtful"]
    assert reading.sheets[0].columns[3].samples == ("张三",)


def test_a_file_without_any_ledger_says_what_each_sheet_is():
    with pytest.raises(LedgerError) as refused:
        read_ledger(ledgers.sheets(封面=[("问责台账",)], 空=[]), "某县.xlsx")
    assert "“封面”" in refused.value.title and "空工作表" in refused.value.title


def test_example_sheets_are_left_out_and_hidden_ones_read_and_mentioned():
    book = openpyxl.Workbook()
    for name in ("台账", "填写示例", "旧台账"):
        ledgers.fill(book.create_sheet(name), [ledgers.HEADERS, (1, *row("甲事", "张三"))])
    book.remove(book.worksheets[0])
    book["旧台账"].sheet_state = "hidden"
    reading = read_ledger(ledgers.workbook_bytes(book), "表.xlsx")
    assert [(s.name, s.status) for s in reading.sheets] == [("台账", "read"), ("填写示例", "skipped"), ("旧台账", "read")]
    assert "隐藏" in reading.sheets[2].reason and len(people(reading)) == 2


def test_a_row_without_a_name_stands_for_as_many_as_it_says(tmp_path):
    head = ("案由", "县区", "姓名", "工作单位", "职务", "问责方式")
    data = ledgers.sheets(
        台账=[
            head,
            ("甲事", "甲县", None, "甲县安监局等", "五位主要负责人", "免职"),
            ("乙事", "甲县", "张三", "甲县安监局", "三位副局长之一", "免职"),
        ]
    )
    people = read_ledger(data, "甲.xlsx").tables["respondents"].to_pylist()
    assert [(p["name"], p["headcount"], p["role"]) for p in people] == [(None, 5, "head"), ("张三", 1, "deputy")]
