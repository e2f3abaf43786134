"""Responsibility cells (domain list 7.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.vocabulary.responsibilities import responsibility_kinds
from review.workbook.reading import read_ledger
from review.workbook.responsibility import parse_responsibility

from . import ledgers

TABLE = {
    "overall_leadership": ["全面领导责任", "负全面领导责任", "负有全面领导责任"],
    "primary_leadership": [
        "主要领导责任",
        "负主要领导责任",
        "负有主要领导责任",
        "主要领导责任者",
        "负直接领导责任",
        "主要领导",
        "主 要 领 导 责 任",
        "落实主体责任不力，负主要领导责任",
        "工作失职，负主要领导责任",
        "直接责任、主要领导责任",
        "不负重要领导责任，负主要领导责任",
    ],
    "important_leadership": ["重要领导责任", "负有重要领导责任", "次要领导责任", "重要领导责任者", "重要领导责任和监督责任"],
    "undifferentiated_leadership": [
        "领导责任",
        "负领导责任",
        "负有领导责任",
        "负有不可推卸的领导责任",
        "分管领导责任",
        "负分管责任",
        "负一定领导责任",
        "主管领导责任",
        "负有领导和监管责任",
        "没有尽到领导责任",
    ],
    "direct": ["直接责任", "负直接责任", "直接责任人", "直接责任者", "负有直接的责任"],
    "supervisory": ["监管责任", "负有监管责任", "监督责任", "履行监督责任不力"],
    "main_body": ["主体责任", "落实防灭火主体责任不力", "扶贫监督主体责任落实不到位"],
    "other": [
        "管理责任",
        "没有认真履行属地管理责任",
        "执行责任",
        "决策责任",
        "失管失察责任",
        "工作责任",
        "履责不力",
        "负有不可推卸的责任",
        "工作失职失责",
    ],
    "none": ["无责任", "不承担责任"],
    "unknown": [
        "",
        "/",
        "—",
        "无",
        "不详",
        "主要领导责任和重要领导责任",
        "主要、重要领导责任",
        "主要领导责任/重要领导责任",
        "分别负主要领导责任和重要领导责任",
        "主要",
        "1",
    ],
}


@pytest.mark.parametrize(("text", "kind"), [(t, k) for k, texts in TABLE.items() for t in texts])
def test_kind(text, kind):
    assert parse_responsibility(text).kind == kind


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("落实主体责任不力，负主要领导责任", ("主体责任", "主要领导责任")),
        ("负有领导和监管责任", ("领导责任", "监管责任")),
        ("没有认真履行属地管理责任", ("属地管理责任",)),
        ("主要领导责任和重要领导责任", ("主要领导责任", "重要领导责任")),
        ("负直接领导责任", ("直接领导责任",)),
        ("履责不力", ()),
    ],
)
def test_all_words_are_kept(text, words):
    assert parse_responsibility(text).words == words


@pytest.mark.parametrize("text", ["主要领导责任和重要领导责任", "主要、重要领导责任", "主要"])
def test_unknown_with_text_has_a_problem(text):
    assert "领导责任" in parse_responsibility(text).problem


def test_blank_has_no_problem():
    assert {parse_responsibility(t).problem for t in (None, "", "/", "—")} == {None}


@given(st.one_of(st.none(), st.text(max_size=40), st.text(alphabet="全面主要重直接领导责任监管督负有和、不", max_size=24)))
def test_any_text(text):
    parsed = parse_responsibility(text)
    assert parsed.kind in responsibility_kinds()
    assert len(set(parsed.words)) == len(parsed.words)


@given(
    st.sampled_from(["主要领导责任", "重要领导责任", "全面领导责任", "领导责任", "直接责任", "监管责任"]),
    st.sampled_from(["负{}", "负有{}。", "  {}", "工作不力，负{}"]),
)
def test_the_words_around_change_nothing(word, form):
    assert parse_responsibility(form.format(word)).kind == parse_responsibility(word).kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("由主要领导责任变更为重要领导责任", "important_leadership"),
        ("主要领导责任（后变更为重要领导责任）", "important_leadership"),
        ("未认定主要领导责任，认定重要领导责任", "important_leadership"),
        ("非主要领导责任", "other"),
        ("领导责任，非主要领导责任", "undifferentiated_leadership"),
        ("免除直接责任，承担领导责任", "undifferentiated_leadership"),
        ("领导责任（主要）", "primary_leadership"),
        ("主要（重要）领导责任", "unknown"),
        ("原认定主要领导责任，现认定重要领导责任", "unknown"),
        ("待认定", "unknown"),
    ],
)
def test_what_is_denied_or_changed_is_not_the_label(text, kind):
    assert parse_responsibility(text).kind == kind


@pytest.mark.parametrize("header, kinds", [("领导责任类别", ["primary_leadership", "important_leadership"]), ("责任类型", ["unknown"] * 2)])
def test_half_a_name_is_whole_under_a_header_that_says_the_rest(header, kinds):
    rows = [("案件名称", "姓名", header, "处理方式"), ("事一", "张三", "主要", "诫勉"), ("事二", "李四", "重要", "诫勉")]
    reading = read_ledger(ledgers.sheets(台账=rows), "甲.xlsx")
    people = reading.tables["respondents"].to_pylist()
    assert [(p["responsibility"], p["responsibility_raw"]) for p in people] == list(zip(kinds, ["主要", "重要"], strict=True))
