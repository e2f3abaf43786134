"""What a newer ledger changed, cell by cell."""

from io import BytesIO

import openpyxl
import pytest

from review.reports.change_list import write_changes
from review.store.database import open_database
from review.workbook.changes import change_count, changes, newest_change
from review.workbook.columns import LedgerChoices
from review.workbook.corrections import save_corrections
from review.workbook.load import load_file, read_again

from . import ledgers

HEAD = ("案号", "县区", "案由", "姓名", "单位及职务", "责任类型", "问责方式", "决定时间", "是否送达")
ONE = ("〔2023〕1号", "甲县", "河道非法采砂失管案", "张三", "甲县水利局局长", "主要领导责任", "诫勉", "2023.5.6", "是")
TWO = ("〔2023〕1号", "甲县", "河道非法采砂失管案", "李四", "甲县水利局副局长", "领导责任", "党内警告", "2023.5.6", None)


@pytest.fixture
def db(tmp_path):
    database = open_database(tmp_path / "评查.duckdb")
    yield database
    database.close()


def ledger(*rows, head=HEAD) -> bytes:
    return ledgers.sheets(台账=[head, *rows])


def row(base, **values) -> tuple:
    return tuple(values.get(h, v) for h, v in zip(HEAD, base, strict=True))


def short(found) -> list[tuple]:
    return [(c.person, c.kind, c.label, c.old, c.new, c.same_meaning) for c in found]


def test_every_changed_cell_is_listed_with_both_places(db):
    load_file(db, ledger(ONE, TWO), "旧.xlsx")
    newer = row(ONE, 案由="河道非法采砂失管失察案", 问责方式="政务警告", 决定时间="2023-05-06", 是否送达="否")
    receipt = load_file(db, ledger(newer, row(TWO, 案由=newer[2], 是否送达="是")), "新.xlsx")
    found = changes(db, receipt.import_id)
    assert sorted(short(found)) == sorted([
        ("", "value", "案件名称", "河道非法采砂失管案", "河道非法采砂失管失察案", False),
        ("张三", "value", "问责方式", "诫勉", "政务警告", False),
        ("张三", "value", "决定日期", "2023.5.6", "2023-05-06", True),
        ("张三", "value", "送达", "是", "否", False),
        ("李四", "value", "送达", "", "是", False),
    ])  # fmt: skip
    [measure] = [c for c in found if c.label == "问责方式"]
    assert (measure.old_place, measure.new_place, measure.county) == ("旧.xlsx 台账!G2", "新.xlsx 台账!G2", "甲县")
    assert change_count(db, receipt.import_id) == 1 and changes(db, 1) == []
    assert newest_change(db, found[0].case_id)["file_name"] == "新.xlsx"


def test_people_who_came_and_went_are_listed(db):
    load_file(db, ledger(ONE, TWO), "旧.xlsx")
    receipt = load_file(db, ledger(ONE, row(TWO, 姓名="王五", 单位及职务="甲县林业局科员")), "新.xlsx")
    assert [(c.person, c.kind) for c in changes(db, receipt.import_id)] == [("王五", "added"), ("李四", "gone")]


def test_the_same_values_in_another_layout_are_no_change(db):
    load_file(db, ledger(ONE, TWO), "旧.xlsx")
    order = (3, 0, 1, 2, 7, 4, 5, 6, 8)
    rows = [tuple(r[i] for i in order) for r in (TWO, ONE)]
    receipt = load_file(db, ledger(*rows, head=tuple(HEAD[i] for i in order)), "新.xlsx")
    assert receipt.replaced_cases == 1 and changes(db, receipt.import_id) == []


def test_changes_of_an_import_stay_what_they_were(db):
    load_file(db, ledger(ONE), "一.xlsx")
    second = load_file(db, ledger(row(ONE, 问责方式="政务警告")), "二.xlsx")
    before = changes(db, second.import_id)
    third = load_file(db, ledger(row(ONE, 问责方式="政务记过")), "三.xlsx")
    assert changes(db, second.import_id) == before and short(before)[0][3:5] == ("诫勉", "政务警告")
    assert short(changes(db, third.import_id)) == [("张三", "value", "问责方式", "政务警告", "政务记过", False)]
    assert changes(db, third.import_id, "cnothing") == []


def test_a_correction_is_a_change_of_its_cell(db):
    first = load_file(db, ledger(row(ONE, 决定时间="2023.13.6")), "甲.xlsx")
    save_corrections(db, db.scalar("SELECT file_sha256 FROM imports"), [("台账", 2, "H", "2023.13.6")], "2023.12.6", "赵科")
    again = read_again(db, first.import_id, "赵科")
    assert short(changes(db, again.import_id)) == [("张三", "value", "决定日期", "2023.13.6", "2023.12.6", False)]
    other = read_again(db, again.import_id, "赵科", LedgerChoices(fields={"责任类型": None}))
    assert short(changes(db, other.import_id)) == [("张三", "value", "责任类型", "主要领导责任", "", False)]


def test_a_value_that_an_earlier_program_did_not_read_is_no_change(db):
    data = ledger((*ONE, "2019.1至今"), head=(*HEAD, "任职时间"))
    load_file(db, data, "旧.xlsx")
    assert db.scalar("SELECT term_raw FROM respondents") == "2019.1至今"
    with db.write("test", "") as cur:
        cur.execute("UPDATE respondents SET term_raw = NULL, term_from = NULL")
    receipt = load_file(db, ledger((*row(ONE, 问责方式="政务警告"), "2019.1至今"), head=(*HEAD, "任职时间")), "新.xlsx")
    assert [c.label for c in changes(db, receipt.import_id)] == ["问责方式"]


def test_the_list_goes_to_excel(db):
    load_file(db, ledger(ONE), "旧.xlsx")
    receipt = load_file(db, ledger(row(ONE, 问责方式="政务警告", 决定时间="2023-05-06")), "新.xlsx", actor="赵科")
    target = BytesIO()
    assert write_changes(db, receipt.import_id, target) == 2
    book = openpyxl.load_workbook(target)
    lines = [tuple(r) for r in book["改动"].iter_rows(min_row=2, values_only=True)]
    assert ("内容变更", "问责方式", "诫勉", "政务警告", "旧.xlsx 台账!G2", "新.xlsx 台账!G2") in {r[5:11] for r in lines}
    assert "写法不同，含义相同" in {r[5] for r in lines}
    assert any("赵科" in str(c) for r in book["说明"].iter_rows(values_only=True) for c in r)
