"""The issue list, re-opened: cells, types, freeze, filter, drop-downs, print settings, and the whole as text."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from review.casework.findings import FindingFilter
from review.reports import issue_list, issue_rows, output
from review.reports.issue_list import filter_words, write_issue_list
from review.reports.issue_rows import COLUMNS, PRINTED, finding_key
from tests.reports.fixed_checks import CHECKS

ALL = FindingFilter(verdicts=())
SNAPSHOT = Path(__file__).parent / "issue_list.txt"
TITLES = [column.title for column in COLUMNS]


def exported(db, wanted=ALL):
    target = BytesIO()
    write_issue_list(db, wanted, target)
    return load_workbook(target)


def column(sheet, title):
    return [row[TITLES.index(title)] for row in sheet.iter_rows(min_row=2)]


def test_sheets_are_notes_all_and_one_a_county(reviewed):
    book = exported(reviewed.db)
    assert book.sheetnames[:2] == ["说明", "全部"]
    assert set(book.sheetnames[2:]) == {"甲县", "乙-区", "未注明"}
    assert [cell.value for cell in book["全部"][1]] == TITLES
    assert [sheet.max_row - 1 for sheet in book][1:] == [5, *(sheet.max_row - 1 for sheet in book.worksheets[2:])]
    assert sum(sheet.max_row - 1 for sheet in book.worksheets[2:]) == 5
    assert [cell.value for cell in column(book["甲县"], "序号")] == [1, 2, 3]


def test_text_stays_text(reviewed):
    sheet = exported(reviewed.db)["全部"]
    numbers = {cell.value: cell for cell in column(sheet, "案件编号")}
    assert {"=2+3", "530102199001011234", "2023001", "无号-1a2b3c4d"} == set(numbers)
    assert {cell.data_type for cell in numbers.values()} == {"s"}
    assert {cell.number_format for cell in numbers.values()} == {"@"}
    message = next(cell for cell in column(sheet, "具体表现") if "HYPERLINK" in cell.value)
    assert (message.value, message.data_type) == ('=HYPERLINK("http://x")\ufffd 开头的文字。', "s")


def test_replaced_characters_are_counted_on_the_notes_sheet(reviewed):
    told = [row[0] for row in exported(reviewed.db)["说明"].values if row[0] and "控制字符" in row[0]]
    assert told == ["有 2 个不能写入表格的控制字符已换成“\ufffd”（同一文字出现在几张表上的，分别计数）。"]  # once on 全部, once on 甲县


def test_sheet_is_ready_for_work_and_print(reviewed):
    sheet = exported(reviewed.db)["甲县"]
    last = sheet.cell(1, len(COLUMNS)).column_letter
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == f"A1:{last}4"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_area == f"'甲县'!$A$1:${sheet.cell(1, PRINTED).column_letter}$4"
    assert (sheet.page_setup.orientation, int(sheet.page_setup.paperSize)) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (1, 0, True)
    assert sheet.oddHeader.center.text == "问责案件质量评查问题清单　甲县"
    assert sheet["A2"].alignment.wrap_text
    assert sheet.column_dimensions[last].hidden
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert rules[f"{letter('核实结论')}2:{letter('核实结论')}4"] == '"属实,不属实,待进一步核实"'
    assert rules[f"{letter('整改状态')}2:{letter('整改状态')}4"] == '"未整改,整改中,已整改,已销号"'


def letter(title):
    return get_column_letter(TITLES.index(title) + 1)


def test_printed_columns_fit_an_a4_page():
    assert sum(c.width for c in COLUMNS[:PRINTED]) <= 170


def test_decision_comes_along_and_unknown_things_stay_blank(reviewed):
    sheet = exported(reviewed.db)["全部"]
    lines = {row[-1].value.split("-")[0]: row for row in sheet.iter_rows(min_row=2)}
    value = lambda finding, title: lines[finding][TITLES.index(title)].value  # noqa: E731
    assert value("f1", "核实结论") == "属实"
    assert value("f1", "复核意见") == "案卷第 12 页属实（李四 2024-03-01）\n作出结论后事实有变化，请重新核实。"
    assert value("f1", "被问责对象") == "（全案）"
    assert value("f4", "被问责对象") == "李某（甲县某局副局长）"
    for title in ("核实结论", "扣分", "是否重复问题", "整改要求", "整改时限", "承办单位反馈", "整改情况", "整改状态", "复核意见"):
        assert value("f2", title) is None
    assert value("f5", "县区") is None


def test_common_means_three_handling_units(reviewed):
    def common(finding):
        rows = exported(reviewed.db)["全部"].iter_rows(min_row=2, values_only=True)
        return {row[-1].split("-")[0]: row[TITLES.index("是否共性")] for row in rows}[finding]

    assert [common(f) for f in ("f1", "f2", "f4", "f5")] == ["是", "是", "否", None]  # f5 is undetermined
    reviewed.decision("f3", "dismissed", "不属实")
    assert [common(f) for f in ("f1", "f3")] == ["否", None]


def test_common_stays_blank_while_a_unit_is_unknown(reviewed):
    case_id = reviewed.case("x", None)
    reviewed.finding("f6", "O02", case_id, None, "表现。")
    rows = exported(reviewed.db)["全部"].iter_rows(min_row=2, values_only=True)
    assert {row[TITLES.index("是否共性")] for row in rows if row[-1].startswith(("f4", "f6"))} == {None}


def test_filter_is_told_in_words_and_obeyed(reviewed):
    wanted = FindingFilter(counties=("甲县",), levels=("严重",), decision="open", text="开头", import_ids=(1,))
    book = exported(reviewed.db, wanted)
    assert [row[-1][:2] for row in book["全部"].iter_rows(min_row=2, values_only=True)] == ["f2"]
    words = "县区：甲县；严重程度：严重；系统判断：疑似问题；核实结论：尚未作出；含有文字：开头；台账：甲县台账.xlsx"
    assert filter_words(reviewed.db, wanted) == words
    assert words in [row[1] for row in book["说明"].values]


def test_empty_list_is_a_workbook_too(store):
    book = exported(store.db)
    assert book.sheetnames == ["说明", "全部"]
    assert book["全部"].max_row == 1
    assert "尚未运行检查" in [row[1] for row in book["说明"].values]


def test_key_shows_whether_a_returned_line_was_changed():
    assert finding_key("f1", "1", "甲") != finding_key("f1", "1", "乙")
    assert finding_key("f1", "1", "甲").startswith("f1-")


def test_long_list_is_rendered_by_another_process_with_the_same_result(reviewed, monkeypatch):
    monkeypatch.setattr(issue_list, "now", lambda: datetime(2024, 3, 2))
    here = exported(reviewed.db)
    monkeypatch.setattr(output, "render", None)  # only the other process can render now
    monkeypatch.setattr(output.deliver, "__defaults__", (0,))
    there = exported(reviewed.db)
    assert as_text(there) == as_text(here)


def test_file_appears_whole_or_not_at_all(reviewed, tmp_path):
    path = tmp_path / "new" / "清单.xlsx"
    assert write_issue_list(reviewed.db, ALL, path) == 5
    assert load_workbook(path).sheetnames[0] == "说明"
    assert [p.name for p in path.parent.iterdir()] == ["清单.xlsx"]
    with pytest.raises(output.OutputError) as told:
        write_issue_list(reviewed.db, ALL, path.parent)
    assert "写不进去" in told.value.title
    assert [p.name for p in path.parent.iterdir()] == ["清单.xlsx"]


def as_text(book):
    lines = []
    for sheet in book:
        lines.append(f"=== {sheet.title}")
        for row in sheet.values:
            cells = ["" if value is None else str(value).replace("\n", "⏎") for value in row]
            lines.append(" | ".join(cells).rstrip(" |"))
    return "\n".join(lines) + "\n"


def test_whole_workbook_as_text(reviewed, monkeypatch):
    """Snapshot; after a wanted change delete issue_list.txt, run once, and read the difference before committing it."""
    moment = datetime(2024, 3, 2, 8, 5)
    monkeypatch.setattr(issue_list, "now", lambda: moment)
    monkeypatch.setattr(issue_list, "__version__", "测试")
    for module in (issue_list, issue_rows):
        monkeypatch.setattr(module, "catalogue", lambda: CHECKS)
    text = as_text(exported(reviewed.db))
    if not SNAPSHOT.exists():
        SNAPSHOT.write_text(text, encoding="utf-8")
        pytest.fail("issue_list.txt was missing and has been written: read it, then run again")
    assert text == SNAPSHOT.read_text(encoding="utf-8")
