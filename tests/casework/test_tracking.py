"""影响期 on the case page and in the list of people to be followed up."""

import io
from datetime import date

import openpyxl
import pytest

from review.casework.influence import GROUPS, periods_of_case, tracked, untold
from review.checks.settings import set_parameter
from review.reports.tracking_list import write_tracking_list
from review.store.database import open_database
from review.workbook.load import load_file
from review.workbook.reading import LedgerChoices

HEADER = ["县区", "案件编号", "案件名称", "姓名", "单位及职务", "问责方式", "决定时间", "影响期截止", "是否回访"]
ROWS = [
    ["甲县", "A01", "案一", "张一", "甲县财政局局长", "党内警告", "2023-05-06", "2024-05-06", "否"],
    ["甲县", "A01", "案一", "张二", "甲县财政局副局长", "党内严重警告", "2023-05-06", None, None],
    ["甲县", "A02", "案二", "张三", "甲县民政局局长", "政务记过", "2023-06-20", "2024-09-20", "否"],
    ["乙县", "B01", "案三", "李一", "乙县财政局局长", "党内警告", "2023-07-01", None, "是"],
    ["乙县", "B02", "案四", "李二", "乙县财政局局长", "诫勉", "2023-07-01", None, "否"],
    ["乙县", "B03", "案五", "李三", "乙县民政局局长", "通报", "2023-07-01", None, "否"],
    ["乙县", "B04", "案六", "李四", "乙县教育局局长", "党内警告", "2023年6月", None, "未回访"],
    ["乙县", "B05", "案七", "乙县教育局党组", None, "通报", "2023-07-01", None, None],
]


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    book = openpyxl.Workbook()
    for row in (HEADER, *ROWS):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    db = open_database(tmp_path_factory.mktemp("influence") / "t.duckdb")
    load_file(db, out.getvalue(), "例子.xlsx", LedgerChoices(complete="yes"), "test")
    return db


def case(db, number: str) -> list:
    return periods_of_case(db, db.scalar("SELECT case_id FROM cases WHERE case_no = $n", {"n": number}))


def people(db, day: str, county: str | None = None) -> dict[str, str]:
    return {one.name: one.group for one in tracked(db, date.fromisoformat(day), county)}


def test_a_case_tells_from_when_to_when_and_how(db):
    first, second = case(db, "A01")
    assert (first.from_on, first.to_on, first.stated, first.remark) == ("2023-05-06", "2024-05-06", "至 2024-05-06", "一致")
    assert "党内警告12个月" in first.how
    assert (second.to_on, second.stated, second.remark) == ("2024-11-06", "", "")


def test_a_case_tells_how_far_the_ledger_is_off(db):
    (third,) = case(db, "A02")
    assert (third.to_on, third.remark) == ("2024-06-20", "台账长 92 天")


def test_what_is_not_known_is_said(db):
    (warned,) = case(db, "B02")
    assert (warned.from_on, warned.to_on) == ("", "")
    assert warned.how == "待核：诫勉的影响期各地规定不一，未设本地标准"
    (coarse,) = case(db, "B04")
    assert coarse.to_on == "2024-06-01 至 2024-06-30 之间"
    assert case(db, "B05") == []


@pytest.mark.parametrize(
    "day, groups",
    [
        ("2024-02-01", {}),
        ("2024-02-06", {"张一": "later"}),
        ("2024-04-06", {"张一": "soon", "李四": "later"}),
        ("2024-05-06", {"张一": "soon", "李四": "later"}),
        ("2024-05-07", {"张一": "ended", "李四": "later"}),
        ("2024-06-30", {"张一": "ended", "李四": "soon", "张三": "later"}),
        ("2024-11-07", {"张一": "ended", "李四": "ended", "张三": "ended", "张二": "ended_open"}),
    ],
)
def test_who_is_due_on_a_day(db, day, groups):
    assert people(db, day) == groups


def test_one_county_and_the_order(db):
    found = tracked(db, date(2024, 11, 7), "甲县")
    assert [(one.name, one.days, one.told_by, one.visit) for one in found] == [
        ("张一", -185, "台账所写", "未回访"),
        ("张三", -48, "台账所写", "未回访"),
        ("张二", -1, "按处理推算", "空白"),
    ]
    assert untold(db, date(2024, 11, 7)) == 1
    assert untold(db, date(2024, 11, 7), "甲县") == 0


def test_the_workbook_holds_the_same_people(db):
    out = io.BytesIO()
    assert write_tracking_list(db, date(2024, 11, 7), None, out) == 4
    book = openpyxl.load_workbook(out)
    cells = [[cell for cell in row if cell is not None] for row in book["名单"].iter_rows(values_only=True)]
    names = [row[4] for row in cells if row and row[0] in (1, 2, 3, 4)]
    assert names == ["张一", "李四", "张三", "张二"]
    told = {row[0]: row[1] for row in book["说明"].iter_rows(values_only=True, max_col=2) if row[0]}
    assert told[GROUPS["ended"]] == "3 人" and told["影响期待核"].startswith("1 人")


def test_a_local_standard_for_admonitions_puts_them_on_the_list(db):
    set_parameter(db, "M05", "admonition_months", 6, "本市规定", "test")
    try:
        (warned,) = case(db, "B02")
        assert (warned.from_on, warned.to_on) == ("2023-07-01", "2024-01-01")
        assert people(db, "2024-02-01") == {"李二": "ended"}
    finally:
        set_parameter(db, "M05", "admonition_months", None, "恢复", "test")
