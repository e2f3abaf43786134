"""The case file: values beside raw text and cell, people, steps, timeline, search."""

from datetime import date

import pytest

from review.casework.dossier import case_file, search_cases, show_date, timeline
from review.errors import UsageError
from tests.casework.small_town import ROWS


def test_values_stand_beside_raw_text_and_cell(town):
    facts = {f.label: f for f in case_file(town, "c-a").facts}
    assert (facts["案件编号"].value, facts["案件编号"].address) == ("甲问责〔2024〕1号", "问责台账!A3")
    assert (facts["办结日期"].value, facts["办结日期"].raw) == ("2024年4月", "2024.4")
    assert facts["决定机关"].value == "" and facts["决定机关"].address == ""


def test_a_person_has_its_own_cells(town):
    people = case_file(town, "c-a").people
    second = {f.label: f for f in people[1].facts}
    assert (second["责任类型"].raw, second["责任类型"].address) == ("领导责任", "问责台账!F4")
    assert (second["单位"].raw, second["时任职务"].raw, second["时任职务"].address) == ("城东镇副镇长", "", "问责台账!E4")
    assert people[0].measures[0]["code"] == "admonition"


@pytest.mark.parametrize(("filled", "address"), [(None, ""), ('{"8": 3}', "问责台账!H3")])
def test_a_blank_cell_takes_the_one_above_only_where_the_reader_filled_it_down(town, filled, address):
    with town.write("t", "t") as cur:
        raw = list(ROWS[4])
        raw[7] = None
        cur.execute('UPDATE ledger_rows SET raw = ?, filled = ? WHERE "row" = 4', [raw, filled])
    facts = {f.label: f for f in case_file(town, "c-a").people[1].facts}
    assert facts["决定日期"].address == address


def test_steps_keep_status_date_and_cell(town):
    steps = case_file(town, "c-a").steps
    assert [(s.label, s.person, s.status, s.shown) for s in steps] == [
        ("集体讨论", None, "done", "2024-02-20"), ("集体讨论", "李四", "not_done", ""), ("宣布", "张三", "done", "2024年3月"),
    ]  # fmt: skip
    assert steps[0].address == "问责台账!J3"


def test_a_month_is_a_span_on_the_timeline(town):
    marks = {m.label: m for m in timeline(case_file(town, "c-a"))}
    assert (marks["宣布"].on, marks["宣布"].until) == (date(2024, 3, 1), date(2024, 3, 31))
    assert marks["决定"].on == marks["决定"].until
    assert list(marks) == ["集体讨论", "决定", "宣布", "办结"]


def test_raw_rows_keep_every_column(town):
    rows = case_file(town, "c-a").rows
    assert rows[0]["K 经办意见"] == "同意" and rows[1]["K 经办意见"] == "" and [r["行"] for r in rows] == [3, 4]


def test_findings_of_the_case_include_gaps(town):
    assert [f["finding_id"] for f in case_file(town, "c-b").findings] == ["f-3", "f-4"]


def test_an_unknown_case_is_a_fault_in_words(town):
    with pytest.raises(UsageError) as fault:
        case_file(town, "c-x")
    assert "c-x" in fault.value.title and fault.value.advice


@pytest.mark.parametrize(("words", "expected"), [("李四", ["c-a"]), ("乙县 三资", ["c-b"]), ("无号", ["c-b"]), ("没有这个", []), ("%", [])])
def test_search(town, words, expected):
    assert [row["case_id"] for row in search_cases(town, words)] == expected


def test_blank_search_lists_everything(town):
    rows = search_cases(town, "")
    assert {r["case_id"]: r["findings"] for r in rows} == {"c-a": 2, "c-b": 0, "c-c": 0}
    assert next(r for r in rows if r["case_id"] == "c-a")["people"] == "张三、李四"


@pytest.mark.parametrize(
    ("day", "precision", "shown"),
    [
        (date(2024, 3, 5), "day", "2024-03-05"),
        (date(2024, 3, 1), "month", "2024年3月"),
        (date(2024, 1, 1), "year", "2024年"),
        (None, None, ""),
    ],
)
def test_dates_show_no_more_than_is_known(day, precision, shown):
    assert show_date(day, precision) == shown
