"""An earlier 问题清单 among the ledgers: recognised, read, stored, told apart from a ledger."""

import io

import openpyxl
import pytest

from review.store.database import open_database
from review.vocabulary.terms import read_toml
from review.workbook.bulk import load_many
from review.workbook.earlier_issues import problem_check
from review.workbook.load import load_file
from review.workbook.reading import read_ledger
from review.workbook.undo import undo_import

HEADER = ["序号", "案件编号", "案件名称", "承办单位", "问题类别", "问题名称", "具体表现", "严重程度", "整改要求", "整改情况", "反馈日期"]


def row(problem="问责启动未经审批", unit="甲县纪委监委", progress="已整改", on="2023-06-30", number="甲纪2022-1"):
    return ["1", number, "资金闲置", unit, "程序", problem, "启动审批一栏写否", "严重", "补办手续", progress, on]


def book(*rows, header=HEADER, title="2022年度问题清单", sheet="甲县", more=()) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, lines in ((sheet, rows), *more):
        page = made.create_sheet(name)
        if title:
            page.append([title])
        page.append(header)
        for line in lines:
            page.append(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.fixture
def db(tmp_path):
    database = open_database(tmp_path / "list.duckdb")
    yield database
    database.close()


def issues(db):
    return db.rows('SELECT * FROM earlier_issues ORDER BY sheet, "row"')


def test_a_list_dropped_among_the_ledgers_is_read_as_a_list(db):
    receipt = load_file(db, book(row("P01 启动未经审批"), row("未回访", progress="未整改", on="2023年6月")), "清单.xlsx", actor="赵科")
    assert (receipt.rows, receipt.cases, receipt.respondents, receipt.rejects) == (2, 0, 0, 0)
    first, second = issues(db)
    assert (first["check_id"], first["status"], str(first["feedback_on"]), first["feedback_on_precision"]) == (
        "P01",
        "rectified",
        "2023-06-30",
        "day",
    )
    assert (second["check_id"], second["status"], second["feedback_on_precision"]) == ("U04", "not_rectified", "month")
    assert (first["county"], first["handling_unit"], first["row"]) == ("甲县", "甲县纪委监委", 3)
    assert db.scalar("SELECT ledger_kind FROM imports") == "问题清单"
    assert db.scalar("SELECT count(*) FROM ledger_rows WHERE kind = 'data'") == 2
    assert db.scalar("SELECT count(*) FROM cases") == 0


def test_the_same_bytes_again_change_nothing(db):
    content = book(row())
    load_file(db, content, "清单.xlsx")
    version = db.data_version()
    assert load_file(db, content, "副本.xlsx").already_loaded
    assert db.data_version() == version and len(issues(db)) == 1


def test_a_drop_of_several_takes_it_along_and_undo_takes_it_back(db):
    done = load_many(db, [("清单.xlsx", book(row())), ("另一份.xlsx", book(row(number="甲纪2022-2")))], actor="赵科")
    assert not done.failures and len(issues(db)) == 2
    undo_import(db, done.receipts[0].import_id, "赵科")
    assert [i["case_no"] for i in issues(db)] == ["甲纪2022-2"]


def test_what_cannot_be_used_is_rejected_with_its_cell_and_kept(db):
    load_file(db, book(row("工作作风漂浮"), row("", number="甲纪2022-3"), row("未回访", unit="", on="去年")), "清单.xlsx")
    told = {(r["column"], r["row"]): r["reason"] for r in db.rows("SELECT * FROM rejects")}
    assert "对不上任何一条检查规则" in told["F", 3] and "问题名称空白" in told["F", 4]
    assert "承办单位空白" in told["D", 5] and "去年" in told["K", 5]
    assert [(i["problem"], i["check_id"], i["feedback_on"]) for i in issues(db)][0][:2] == ("工作作风漂浮", None)
    assert len(issues(db)) == 2


def test_totals_notes_and_signatures_are_no_problems():
    reading = read_ledger(book(row(), ["合计", None, None, None, None, "1个"], ["填表人：王某"]), "清单.xlsx")
    assert reading.tables["earlier_issues"].num_rows == 1 and not reading.rejects


def test_one_problem_in_two_sheets_is_one_and_a_contradiction_is_nobody_s(db):
    load_file(
        db,
        book(row(progress="", on=""), row("未回访", progress="已整改"), sheet="全部",
             more=[("甲县", [row(), row("未回访", progress="未整改")])]),
        "清单.xlsx",
    )  # fmt: skip
    filled, contradictory = issues(db)
    assert (filled["status"], str(filled["feedback_on"])) == ("rectified", "2023-06-30")
    assert contradictory["status"] is None
    assert "两处填写不同" in db.scalar("SELECT reason FROM rejects WHERE sheet = '甲县'")


@pytest.mark.parametrize(
    "header",
    [
        ["案件编号", "案件名称", "姓名", "单位及职务", "问责方式", "问题名称", "整改要求", "整改时限", "是否共性"],
        ["案件编号", "案件名称", "姓名", "单位及职务", "责任类型", "整改情况"],
    ],
)
def test_a_ledger_with_a_few_such_columns_is_a_ledger(header):
    reading = read_ledger(
        book(["A1", "资金闲置", "张三", "甲县财政局局长", "诫勉", "资金闲置", "无", "无", "否"][: len(header)], header=header), "台账.xlsx"
    )
    assert reading.case_count == 1 and "earlier_issues" not in reading.tables


@pytest.mark.parametrize(
    "text, status",
    [("已整改", "rectified"), ("未整改到位", "not_rectified"), ("整改中", "rectifying"), ("已销号", "closed"),
     ("无需整改", "not_applicable"), ("基本整改完成", "rectifying"), ("", None), ("详见报告", None)],
)  # fmt: skip
def test_how_far_a_problem_was_put_right(db, text, status):
    load_file(db, book(row(progress=text)), "清单.xlsx")
    assert issues(db)[0]["status"] == status


@pytest.mark.parametrize(
    "name, check",
    [
        ("P01", "P01"),
        ("P01 启动审批缺失", "P01"),
        ("问责启动未经审批", "P01"),
        ("屡查屡犯", "U07"),
        ("P99 不存在", None),
        ("党风问题", None),
    ],
)
def test_names_of_problems(name, check):
    assert problem_check(name) == check


def test_no_name_of_a_problem_stands_for_two_checks():
    words = [word for names in read_toml("issue_list")["problems"].values() for word in names]
    assert len(words) == len(set(words))
