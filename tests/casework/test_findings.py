"""The list of findings: filters, order, counts, paging."""

import pytest

from review.casework.findings import FindingFilter, count_findings, facet_counts, finding, list_findings


def ids(db, **wanted):
    return [row["finding_id"] for row in list_findings(db, FindingFilter(**wanted))]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["f-1", "f-2"]),
        ({"verdicts": ()}, ["f-1", "f-2", "f-3"]),
        ({"verdicts": (), "in_issue_list": False}, ["f-4"]),
        ({"verdicts": (), "in_issue_list": None}, ["f-1", "f-2", "f-3", "f-4"]),
        ({"counties": ("乙县",), "verdicts": ()}, ["f-3"]),
        ({"levels": ("一般",)}, ["f-2"]),
        ({"checks": ("O01", "P01")}, ["f-1"]),
        ({"aspects": ("程序",), "verdicts": ("undetermined",)}, ["f-3"]),
        ({"text": "李四 未区分"}, ["f-2"]),
        ({"text": "李四 不存在的词"}, []),
        ({"text": "污水"}, ["f-1", "f-2"]),
        ({"import_ids": (1,)}, ["f-1", "f-2"]),
        ({"import_ids": (2,)}, []),
        ({"case_ids": ("c-b",), "verdicts": ()}, ["f-3"]),
        ({"decision": "open"}, ["f-1", "f-2"]),
        ({"decision": "confirmed"}, []),
        ({"text": "100%_'; DROP TABLE findings"}, []),
    ],
)
def test_filter(town, wanted, expected):
    assert ids(town, **wanted) == expected
    assert count_findings(town, FindingFilter(**wanted)) == len(expected)


def test_row_tells_person_source_and_facts(town):
    row = list_findings(town, FindingFilter(checks=("R01",)))[0]
    assert (row["name"], row["unit"], row["post"]) == ("李四", "城东镇人民政府", "副镇长")
    assert (row["file_name"], row["sheet"], row["row"]) == ("甲县台账.xlsx", "问责台账", 4)
    assert row["facts"] == {"name": "李四"} and row["check_title"] != row["check_id"]
    assert row["decision"] is None and row["changed_since_decision"] is False


def test_pages_join_to_the_whole(town):
    wanted = FindingFilter(verdicts=(), in_issue_list=None)
    pages = [row["finding_id"] for start in range(0, 4, 3) for row in list_findings(town, wanted, start, 3)]
    assert pages == [row["finding_id"] for row in list_findings(town, wanted)]


def test_counts_beside_a_choice_leave_out_the_choice_itself(town):
    counts = facet_counts(town, FindingFilter(counties=("甲县",), verdicts=()))
    assert counts["counties"] == {"甲县": 2, "乙县": 1}
    assert counts["aspects"] == {"问责对象": 1, "责任区分": 1}
    assert counts["decision"] == {"open": 2}


def test_every_count_is_the_number_that_choosing_gives(town):
    counts = facet_counts(town, FindingFilter(verdicts=()))
    for check, n in counts["checks"].items():
        assert len(ids(town, checks=(check,), verdicts=())) == n
    for county, n in counts["counties"].items():
        assert len(ids(town, counties=(county,), verdicts=())) == n


def test_a_county_that_is_not_stated_can_be_chosen(town):
    with town.write("t", "t") as cur:
        cur.execute("UPDATE findings SET county = NULL WHERE finding_id = 'f-1'")
    assert ids(town, counties=("未注明",)) == ["f-1"]


def test_one_finding(town):
    assert finding(town, "f-3")["message"] == "启动审批空白，待核。"
    assert finding(town, "nothing") is None
