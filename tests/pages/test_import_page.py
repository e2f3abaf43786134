"""数据导入: from the dropped file to the receipt."""

import threading
import time
from io import BytesIO

import pytest
from openpyxl import Workbook

from pages.parts import import_after, import_jobs
from review.checks.engine import run_checks
from review.vocabulary.terms import steps
from review.workbook.load import load_file
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


@pytest.fixture(autouse=True)
def one_check(monkeypatch):
    """One check instead of all: these tests are about the page."""
    for module in (import_jobs, import_after):
        monkeypatch.setattr(module, "run_checks", lambda db, actor="": run_checks(db, only=["R01"], actor=actor))


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


def see(at, part):
    """One of the parts of an opened file: columns, cells, alike, people, sheets."""
    next(c for c in at.segmented_control if c.key.startswith("part_")).set_value(part).run()


def finish(at):
    """Run the page until the work in the background is done."""
    for _ in range(300):
        if not any(b.label in ("取消", "正在取消……") for b in at.button):
            return at
        time.sleep(0.1)
        at.run()
    raise AssertionError("the load did not end")


def load(at, words="导入 1 个文件并运行检查"):
    field(at, "导入人").set_value("孙某")
    press(at, words).run()
    return finish(at)


def drop(visit, *files, page=None):
    at = page or visit("imports")
    at.file_uploader[0].set_value([(name, data, "application/vnd.ms-excel") for name, data in files])
    return at.run()


def table(at, word):
    """The first selectable table with a column of this name."""
    return next(t for t in at.dataframe if word in t.value.columns)


def test_the_preview_says_what_was_understood(dropped):
    assert not dropped.exception and not dropped.error
    assert "2 名问责对象" in markup(dropped)
    see(dropped, "sheets")
    assert "填表说明" in markup(dropped) and "已跳过" in markup(dropped)
    see(dropped, "people")
    assert "张三" in markup(dropped) and not dropped.exception


def test_every_doubt_has_a_select_box_with_chinese_labels(dropped):
    assert "J列“经办意见”没有认出" in markup(dropped) and "空白表示什么" in markup(dropped)
    labels = [box.options for box in dropped.selectbox]
    assert any("不使用（保留原文）" in options and "备注" in options for options in labels)
    assert any(options == ["未知", "未履行"] for options in labels)


def test_both_of_two_columns_and_years_of_two_digits_can_be_answered(visit):
    rows = (["案件名称", "姓名", "处分", "处分", "处分时间"], ["甲事", "张三", "党内警告", "政务记过", "23.3.15"])
    at = drop(visit, ("甲县.xlsx", workbook(*rows)))
    assert not at.exception and "请确认（2）" in markup(at)
    next(b for b in at.selectbox if "都要（合在一起读）" in b.options).set_value("*").run()
    next(b for b in at.selectbox if "是，都是 20××年" in b.options).set_value("this_century").run()
    assert not at.exception and "请确认" not in markup(at)
    see(at, "people")
    assert "政务记过" in markup(at) and "存疑" not in markup(at).split("决定日期")[1].split("“存疑”")[0]


def test_answers_reach_the_store_and_are_remembered(dropped, db):
    next(b for b in dropped.selectbox if b.options == ["未知", "未履行"]).set_value("not_done").run()
    next(b for b in dropped.selectbox if "备注" in b.options).set_value("note").run()
    dropped.radio[0].set_value("unknown").run()
    load(dropped)
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
    load(at)
    meanings = dict(db.cursor().execute("SELECT header, blank_means FROM import_columns WHERE header LIKE '是否%'").fetchall())
    assert meanings == {"是否集体研究": "not_done", "是否送达": "unknown", "是否宣布": "not_done"}
    assert db.scalar("SELECT count(*) FROM layout_choices") == 3


def test_a_column_not_to_be_used_stays_unused_in_the_next_ledger(dropped, db, visit, ledger_again):
    next(b for b in dropped.selectbox if "备注" in b.options).set_value("note").run()
    key = dropped.data_editor[0].key
    dropped.session_state[key] = {"edited_rows": {9: {"读作": "不使用（保留原文）"}}, "added_rows": [], "deleted_rows": []}
    dropped.run()
    load(dropped)
    at = visit("imports")
    at.file_uploader[0].set_value([("甲县续.xlsx", ledger_again, "application/vnd.ms-excel")])
    at.run()
    told = at.data_editor[0].value.set_index("列")
    assert list(told.loc["J", "把握"]) == ["不使用"] and list(told.loc["A", "把握"]) == ["确定"]
    assert "经办意见”没有认出" not in markup(at)


def test_a_name_is_asked_for(dropped, db):
    press(dropped, "导入 1 个文件并运行检查").run()
    assert "导入人" in dropped.error[0].proto.title and not db.scalar("SELECT count(*) FROM imports")


def test_a_mapping_is_changed_in_the_table(dropped, db):
    key = dropped.data_editor[0].key
    dropped.session_state[key] = {"edited_rows": {9: {"读作": "备注"}, 8: {"空白表示": "未履行"}}, "added_rows": [], "deleted_rows": []}
    dropped.run()
    table = dropped.data_editor[0].value.set_index("列")
    assert (table.loc["J", "读作"], list(table.loc["J", "把握"]), table.loc["I", "空白表示"]) == ("备注", ["人工指定"], "未履行")
    assert "J列“经办意见”没有认出" not in markup(dropped)


def test_a_file_that_is_no_ledger_is_refused_in_words(db, visit):
    at = visit("imports")
    at.file_uploader[0].set_value([("照片.xlsx", b"not a workbook", "application/vnd.ms-excel")])
    at.run()
    assert not at.exception and "照片" in at.error[0].proto.title
    assert not any(b.label.startswith("导入 ") for b in at.button)


def test_the_same_file_again_is_named_as_known(dropped, db, visit, ledger):
    load(dropped)
    at = visit("imports")
    at.file_uploader[0].set_value([("甲县.xlsx", ledger, "application/vnd.ms-excel")])
    at.run()
    assert "导入过" in at.info[0].value
    load(at)
    assert "以前已导入，没有改动" in markup(at) and db.scalar("SELECT count(*) FROM imports") == 1


# Corrections


def test_a_doubtful_cell_is_corrected_before_the_load(dropped, db, visit):
    see(dropped, "cells")
    lines = table(dropped, "原文").value
    assert list(lines["原文"]) == ["2023.13.6"] and list(lines.loc[0, "状态"]) == ["未能读入"] and lines.loc[0, "单元格"] == "H3"
    box = next(a for a in dropped.text_area if a.label == "应为")
    box.set_value("2023.12.6")
    field(dropped, "更正人").set_value("赵科")
    press(dropped, "保存更正").run()
    assert not dropped.exception and "没有读不准的格子" in markup(dropped)
    assert db.rows("SELECT corrected, corrected_by FROM corrections") == [{"corrected": "2023.12.6", "corrected_by": "赵科"}]
    load(dropped)
    assert str(db.scalar("SELECT decided_on FROM respondents WHERE name = '李四'")) == "2023-12-06"
    case_id = db.scalar("SELECT case_id FROM respondents WHERE name = '李四'")
    at = visit("case", case=case_id)
    assert "更正为“2023.12.6”（赵科" in markup(at) and "2023.13.6" in markup(at)


def test_a_correction_needs_a_name_and_another_text(dropped, db):
    see(dropped, "cells")
    press(dropped, "保存更正").run()
    assert "姓名" in dropped.error[0].proto.title
    field(dropped, "更正人").set_value("赵科")
    press(dropped, "保存更正").run()
    assert "没有改动" in dropped.error[0].proto.title and not db.scalar("SELECT count(*) FROM corrections")


def test_a_loaded_ledger_is_opened_corrected_and_read_again(dropped, db, visit):
    load(dropped)
    at = visit("imports", **{"import": "1"})
    press(at, "更正单元格、改回答").run()
    see(at, "cells")
    next(a for a in at.text_area if a.label == "应为").set_value("2023.12.6")
    field(at, "更正人").set_value("赵科")
    press(at, "保存更正").run()
    load(at, "按新的回答和更正重新读入并检查")
    assert not at.exception and not at.error and "已按新的回答和更正重新读入" in markup(at)
    assert db.rows("SELECT import_id, replaced_by FROM imports ORDER BY 1") == [
        {"import_id": 1, "replaced_by": 2},
        {"import_id": 2, "replaced_by": None},
    ]
    assert db.scalar("SELECT count(*) FROM rejects WHERE import_id = 2") == 0


# The second time


def newer(**values):
    row = list(ROWS[0])
    for name, value in values.items():
        row[HEADER.index(name)] = value
    return workbook(HEADER, row)


@pytest.fixture
def twice(db, visit, ledger):
    """The page after a newer ledger that changes one cell and leaves one case out."""
    load_file(db, ledger, "旧.xlsx", actor="孙某")
    load_file(db, newer(处理方式="政务警告"), "新.xlsx", actor="孙某")
    return visit("imports", **{"import": "2"})


def test_what_a_newer_ledger_changed_is_listed(twice):
    assert not twice.exception and "改动清单（1 处）" in markup(twice)
    line = table(twice, "新位置").value.iloc[0]
    assert (line["原来"], line["现在"], line["新位置"]) == ("诫勉", "政务警告", "台账!G2")
    assert line["原位置"] == "旧.xlsx 台账!G2"
    assert any(b.label.startswith("导出改动清单") for b in twice.download_button)


def test_new_cases_and_findings_judged_anew_stand_beside_the_changed_cells(db, visit, ledger):
    load_file(db, ledger, "旧.xlsx", actor="孙某")
    run_checks(db, only=["R01"])
    cleared = [*ROWS[1][:5], "重要领导责任", *ROWS[1][6:]]
    load_file(db, workbook(HEADER, cleared, ["甲〔2024〕3号", *ROWS[0][1:]]), "新.xlsx", actor="孙某")
    at = visit("imports", **{"import": "2"})
    control = next(c for c in at.segmented_control if c.key == "changed_2")
    assert control.options[2] == "受影响的问题"
    control.set_value("findings").run()
    assert "导入后还没有运行检查" in markup(at)
    run_checks(db, only=["R01"])
    at.run()
    assert list(table(at, "核实结论").value["案件"]) == ["甲〔2023〕2号"]
    next(c for c in at.segmented_control if c.key == "changed_2").set_value("cases").run()
    assert list(table(at, "名称").value["案件"]) == ["甲〔2024〕3号"] and not at.exception


def test_a_case_that_is_no_longer_listed_is_withdrawn_from_the_page(twice, db, visit):
    box = next(e for e in twice.expander if e.label.startswith("新台账未再列出"))
    key = next(t.key for t in box.dataframe) if hasattr(box.dataframe[0], "key") else None
    key = key or next(k for k in twice.session_state.filtered_state if str(k).startswith("missing_"))
    twice.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    twice.run()
    field(twice, "理由").set_value("并入另案")
    field(twice, "办理人").set_value("赵科")
    press(twice, "撤销所选的 1 件").run()
    assert not twice.exception and not twice.error
    assert db.rows("SELECT reason, decided_by, prompted_by FROM withdrawn_cases") == [
        {"reason": "并入另案", "decided_by": "赵科", "prompted_by": 2}
    ]
    at = visit("case", case=db.scalar("SELECT case_id FROM withdrawn_cases"))
    assert "本案已撤销" in markup(at) and "并入另案" in markup(at)
    # The way back says so before, and takes it back.
    at = visit("imports", **{"import": "2"})
    assert "在它的改动清单里办理的撤销或恢复也一并收回" in markup(at)
    field(at, "撤销人").set_value("赵科")
    press(at, "确认撤销").run()
    assert not at.exception and not at.error and not db.rows("SELECT case_id FROM withdrawn_cases")


def test_an_import_is_taken_back_after_a_confirmation(twice, db):
    field(twice, "撤销人").set_value("赵科")
    press(twice, "确认撤销").run()
    assert not twice.exception and not twice.error
    assert db.scalar("SELECT max(import_id) FROM imports") == 1
    assert db.scalar("SELECT measures_raw FROM respondents WHERE name = '张三'") == "诫勉"


def test_an_import_that_others_depend_on_says_why_it_stays(twice, visit):
    at = visit("imports", **{"import": "1"})
    assert "更新了其中 1 件案件" in at.warning[0].value and not any(b.label == "确认撤销" for b in at.button)


def test_a_lookalike_is_asked_about_before_and_after_the_load(db, visit):
    bare = [h for h in HEADER if h != "案件编号"]
    load_file(db, workbook(bare, ROWS[0][1:]), "旧.xlsx", actor="孙某")
    more = [*ROWS[0][1:]]
    more[2], more[3] = "王五", "甲县城东镇副镇长"
    at = drop(visit, ("新.xlsx", workbook(bare, ROWS[0][1:], more)))
    see(at, "alike")
    assert "新台账多 王五" in markup(at)
    load(at)
    assert db.scalar("SELECT count(*) FROM cases") == 2
    at = visit("imports", **{"import": "2"})
    next(r for r in at.radio if r.label == "同一案件？").set_value(True)
    field(at, "确认人").set_value("赵科")
    press(at, "保存回答").run()
    assert not at.exception and not at.error
    assert db.scalar("SELECT count(*) FROM cases") == 1 and db.scalar("SELECT count(*) FROM respondents") == 2


# Many at once


def test_many_files_are_listed_first_and_one_is_opened(db, visit):
    files = [(f"县{n:02}.xlsx", workbook(HEADER, [f"县{n}〔2023〕1号", *ROWS[0][1:]])) for n in range(10)]
    at = finish(drop(visit, *files))
    assert not at.exception
    lines = table(at, "待确认").value
    assert len(lines) == 10 and list(lines.columns)[:7] == ["文件", "状态", "表", "行", "案件", "人", "待确认"]
    assert len(at.data_editor) == 1, "only the chosen file is drawn"
    load(at, "导入 10 个文件并运行检查")
    assert "新导入 10 个文件" in markup(at) and db.scalar("SELECT count(*) FROM cases") == 10


def test_a_bad_file_among_good_ones_is_named_and_stops_nobody(db, visit, ledger):
    at = drop(visit, ("甲县.xlsx", ledger), ("照片.xlsx", b"not a workbook"))
    assert "照片" in at.error[0].proto.title and list(table(at, "待确认").value["状态"].map(lambda s: s[0])) == ["要看一看", "不能读入"]
    load(at)
    assert db.scalar("SELECT count(*) FROM imports") == 1


def test_sixty_columns_stay_usable(db, visit):
    known = [step.label for step in steps().values() if step.name != "discussion"][:31]
    header = [*HEADER[:9], *known, *(f"附加栏目{n}" for n in range(51 - len(known)))]
    at = drop(visit, ("宽表.xlsx", workbook(header, [*ROWS[0][:9], *("是" for _ in known), *(f"内容{n}" for n in range(51 - len(known)))])))
    assert len(at.data_editor[0].value) == 60
    assert len([b for b in at.selectbox if "备注" in b.options]) <= 8 and "列要核对" in markup(at)
    next(c for c in at.segmented_control if c.key.endswith("_which")).set_value("unused").run()
    assert len(at.data_editor[0].value) == 51 - len(known) and not at.exception


def test_a_running_load_shows_its_bar_and_a_reload_finds_it(db, visit, monkeypatch):
    go = threading.Event()
    real = import_jobs.load_all

    def slow(db, drafts, job):
        job.tell(0.3, "1/1 慢文件")
        go.wait(20)
        return real(db, drafts, job)

    monkeypatch.setattr(import_jobs, "load_all", slow)
    at = drop(visit, ("甲县.xlsx", workbook(HEADER, *ROWS)))
    field(at, "导入人").set_value("孙某")
    press(at, "导入 1 个文件并运行检查").run()
    assert any(b.label == "取消" for b in at.button) and not db.scalar("SELECT count(*) FROM imports")
    key = at.query_params["load"]
    again = visit("imports", load=key[0] if isinstance(key, list) else key)
    assert any(b.label == "取消" for b in again.button)
    other = visit("imports")
    assert "孙某正在导入 1 个文件" in markup(other) and other.file_uploader
    press(again, "取消").run()
    go.set()
    finish(again)
    assert "已取消" in markup(again) and not db.scalar("SELECT count(*) FROM imports")
