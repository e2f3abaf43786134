"""What each of the other pages is for."""

import json

from pages.parts.address import from_address, to_address
from review.casework.findings import FindingFilter
from tests.pages.conftest import markup


def test_overview_shows_what_was_loaded_and_what_to_do(town, visit):
    at = visit()
    text = markup(at)
    for number, word in ((1, "台账文件"), (3, "案件"), (5, "问责对象"), (2, "疑似问题"), (1, "待核")):
        assert f"<div><b>{number}</b><span>{word}</span></div>" in text
    figure = json.loads(at.get("plotly_chart")[0].proto.spec)
    assert "1/2" in figure["data"][0]["text"] and "甲县" in figure["layout"]["xaxis"]["ticktext"]


def test_overview_before_any_check_shows_no_number_for_findings(town, visit):
    with town.write("test", "测试") as cur:
        cur.execute("DELETE FROM check_runs")
        cur.execute("DELETE FROM findings")
    text = markup(visit())
    for word in ("疑似问题", "待核", "尚未核实"):
        assert f"<div><b>—</b><span>{word}</span></div>" in text


def test_the_case_file_shows_raw_text_with_its_cell(town, visit):
    text = markup(visit("case", case="c-a"))
    for expected in ("问责台账!A3", "2024年4月", "李四", "领导责任", "问责台账!F4", "未履行", "本案疑似只问下不问上"):
        assert expected in text


def test_the_case_page_searches(town, visit):
    at = visit("case")
    at.text_input[0].set_value("三资").run()
    assert list(at.dataframe[0].value["名称"]) == ["三资管理混乱"]


def test_an_unknown_case_leaves_the_search(town, visit):
    at = visit("case", case="c-x")
    assert "c-x" in at.error[0].proto.title.replace("\\", "") and len(at.text_input) == 1


def test_rules_show_counts_of_the_verdicts_and_documentation(town, visit):
    at = visit("rules")
    table = at.dataframe[0].value.set_index("检查")
    row = next(row for name, row in table.iterrows() if name.startswith("R01"))
    assert (row["疑似问题"], row["符合"], row["可判"]) == (1, 1, "2/2")
    assert "问责条例" in markup(at) and "〔" in markup(at).split("句子样式")[1][:200]


def test_imports_list_earlier_ledgers(town, visit):
    at = visit("imports")
    assert list(at.dataframe[0].value["文件"]) == ["甲县台账.xlsx"]


def test_every_filter_survives_its_address():
    for wanted in (
        FindingFilter(),
        FindingFilter(counties=("甲县", "乙县"), levels=("严重",), checks=("O01",), text="污水 直排", decision="open"),
        FindingFilter(verdicts=()),
        FindingFilter(verdicts=("undetermined",), import_ids=(3,)),
        FindingFilter(verdicts=(), in_issue_list=False),
    ):
        address = {name: [value] if isinstance(value, str) else value for name, value in to_address(wanted).items()}
        assert from_address(address, ["O01"], ["程序"]) == (wanted, [])
