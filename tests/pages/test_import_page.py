"""数据导入: from the dropped file to the receipt."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from tests.pages.conftest import field, markup, press

HEADER = ["案件编号", "案件名称", "县区", "姓名", "单位及职务", "责任类型", "处理方式", "处分时间", "是否集体研究", "经办意见"]
ROWS = [
    ["甲〔2023〕1号", "某镇污水直排监管不力", "甲县", "张三", "甲县城东镇党委书记", "主要领导责任", "诫勉", "2023.5.6", "是", "同意"],
    ["甲〔2023〕2号", "项目推进迟缓", "甲县", "李四", "甲县城东镇副镇长", "领导责任", "党内警告", "2023.13.6", None, "同意"],
]  # fmt: skip


def workbook(*rows):
    book = Workbook()
    sheet = book.active
    sheet.title = "台账"
    for row in rows:
        sheet.append(row)
    book.create_sheet("填表说明").append(["请如实填写"])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture(scope="module")
def ledger():
    return workbook(HEADER, *ROWS)


@pytest.fixture(scope="module")
def ledger_again():
    return workbook(HEADER, *([row[0].replace("号", "0号"), *row[1:]] for row in ROWS))


@pytest.fixture(scope="module")
def many_blanks():
    return workbook([*HEADER[:-1], "是否送达", "是否宣布"], *([*row[:8], None, None, None] for row in ROWS))


@pytest.fixture
def dropped(db, visit, ledger):
    at = visit("imports")
    at.file_uploader[0].set_value([("甲县.xlsx", ledger, "application/vnd.ms-excel")])
    return at.run()


def test_the_preview_says_what_was_understood(dropped):
    text = markup(dropped)
    assert not dropped.exception and not dropped.error
    assert "填表说明" in text and "已跳过" in text and "张三" in text
    assert any("2 名问责对象" in e.label for e in dropped.expander)


def test_every_doubt_has_a_select_box_with_chinese_labels(dropped):
    assert "J列“经办意见”没有认出" in markup(dropped) and "空白表示什么" in markup(dropped)
    labels = [box.options for box in dropped.selectbox]
    assert any("不使用（保留原文）" in options and "备注" in options for options in labels)
    assert any(options == ["未知", "未履行"] for options in labels)


def test_answers_reach_the_store_and_are_remembered(dropped, db):
    next(b for b in dropped.selectbox if b.options == ["未知", "未履行"]).set_value("not_done").run()
    next(b for b in dropped.selectbox if "备注" in b.options).set_value("note").run()
    dropped.radio[0].set_value("unknown").run()
    field(dropped, "导入人").set_value("孙某")
    press(dropped, "导入 1 个文件并运行检查").run()
    assert not dropped.exception and not dropped.error
    assert db.rows("SELECT complete, imported_by FROM imports") == [{"complete": "unknown", "imported_by": "孙某"}]
    assert db.scalar("SELECT blank_means FROM import_columns WHERE header = '是否集体研究'") == "not_done"
    assert db.scalar("SELECT field FROM import_columns WHERE header = '经办意见'") == "note"
    assert db.scalar("SELECT count(*) FROM layout_choices") == 2
    assert db.scalar("SELECT count(*) FROM check_runs") == 1
    assert "导入回执" in markup(dropped)


def test_one_answer_for_all_blanks_and_single_exceptions(db, visit, many_blanks):
    at = visit("imports")
    at.file_uploader[0].set_value([("乙县.xlsx", many_blanks, "application/vnd.ms-excel")])
    at.run()
    assert sum(box.options == ["未知", "未履行"] for box in at.selectbox) == 1
    next(b for b in at.selectbox if b.options == ["未知", "未履行"]).set_value("not_done").run()
    assert at.multiselect[0].label == "哪些列的空白表示“未知”" and at.multiselect[0].value == []
    at.multiselect[0].set_value([("台账", "是否送达")]).run()
    field(at, "导入人").set_value("孙某")
    press(at, "导入 1 个文件并运行检查").run()
    meanings = dict(db.cursor().execute("SELECT header, blank_means FROM import_columns WHERE header LIKE '是否%'").fetchall())
    assert meanings == {"是否集体研究": "not_done", "是否送达": "unknown", "是否宣布": "not_done"}
    assert db.scalar("SELECT count(*) FROM layout_choices") == 3


def test_a_column_not_to_be_used_stays_unused_in_the_next_ledger(dropped, db, visit, ledger_again):
    next(b for b in dropped.selectbox if "备注" in b.options).set_value("note").run()
    key = dropped.data_editor[0].key
    dropped.session_state[key] = {"edited_rows": {9: {"读作": "不使用（保留原文）"}}, "added_rows": [], "deleted_rows": []}
    dropped.run()
    field(dropped, "导入人").set_value("孙某")
    press(dropped, "导入 1 个文件并运行检查").run()
    at = visit("imports")
    at.file_uploader[0].set_value([("甲县续.xlsx", ledger_again, "application/vnd.ms-excel")])
    at.run()
    assert at.data_editor[0].value.set_index("列").loc["J", "把握"] == "未使用"
    assert "经办意见”没有认出" not in markup(at)


def test_a_name_is_asked_for(dropped, db):
    press(dropped, "导入 1 个文件并运行检查").run()
    assert "导入人" in dropped.error[0].proto.title and not db.scalar("SELECT count(*) FROM imports")


def test_a_mapping_is_changed_in_the_table(dropped, db):
    key = dropped.data_editor[0].key
    dropped.session_state[key] = {"edited_rows": {9: {"读作": "备注"}, 8: {"空白表示": "未履行"}}, "added_rows": [], "deleted_rows": []}
    dropped.run()
    table = dropped.data_editor[0].value.set_index("列")
    assert (table.loc["J", "读作"], table.loc["J", "把握"], table.loc["I", "空白表示"]) == ("备注", "人工指定", "未履行")
    assert "J列“经办意见”没有认出" not in markup(dropped)


def test_a_file_that_is_no_ledger_is_refused_in_words(db, visit):
    at = visit("imports")
    at.file_uploader[0].set_value([("照片.xlsx", b"not a workbook", "application/vnd.ms-excel")])
    at.run()
    assert not at.exception and "照片" in at.error[0].proto.title
    assert not any(b.label.startswith("导入 ") for b in at.button)


def test_the_same_file_again_is_named_as_known(dropped, db, visit, ledger):
    field(dropped, "导入人").set_value("孙某")
    press(dropped, "导入 1 个文件并运行检查").run()
    at = visit("imports")
    at.file_uploader[0].set_value([("甲县.xlsx", ledger, "application/vnd.ms-excel")])
    at.run()
    assert "导入过" in at.info[0].value
