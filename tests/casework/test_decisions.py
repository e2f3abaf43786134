"""Decisions are appended, need their reason, and never overwrite somebody else's."""

import pytest

from review.casework.decisions import DecisionConflict, decide, decisions_of_case, history
from review.casework.findings import FindingFilter, count_findings, finding
from review.errors import UsageError

SEEN = {"seen_facts_hash": "h-f-1", "seen_decisions": 0}


def test_a_decision_is_kept_with_name_and_facts(town):
    decide(town, "f-1", "confirmed", " 会议纪要第3页 ", "钱某", **SEEN)
    row = finding(town, "f-1")
    assert (row["decision"], row["decision_reason"], row["decided_by"]) == ("confirmed", "会议纪要第3页", "钱某")
    assert history(town, "f-1")[0]["facts"] == {"case_title": "某镇污水直排"}
    assert count_findings(town, FindingFilter(decision="confirmed")) == 1


def test_a_second_decision_is_appended(town):
    decide(town, "f-1", "pending", "", "钱某", **SEEN)
    decide(town, "f-1", "dismissed", "上级已另案处理", "孙某", seen_facts_hash="h-f-1", seen_decisions=1)
    assert [d["verdict"] for d in history(town, "f-1")] == ["dismissed", "pending"]
    assert finding(town, "f-1")["decision"] == "dismissed"


@pytest.mark.parametrize(
    ("verdict", "reason", "name"),
    [("confirmed", "  ", "钱某"), ("dismissed", "", "钱某"), ("pending", "", " "), (None, "x", "钱某"), ("yes", "x", "钱某")],
)
def test_incomplete_decisions_are_refused(town, verdict, reason, name):
    with pytest.raises(UsageError) as fault:
        decide(town, "f-1", verdict, reason, name, **SEEN)
    assert fault.value.advice and not history(town, "f-1")


@pytest.mark.parametrize(
    ("finding_id", "seen"),
    [("gone", SEEN), ("f-1", {"seen_facts_hash": "old", "seen_decisions": 0}), ("f-1", {"seen_facts_hash": "h-f-1", "seen_decisions": 3})],
)
def test_a_decision_on_something_else_than_what_was_seen_is_refused(town, finding_id, seen):
    with pytest.raises(DecisionConflict):
        decide(town, finding_id, "confirmed", "理由", "钱某", **seen)
    assert town.scalar("SELECT count(*) FROM decisions") == 0
    assert town.scalar("SELECT count(*) FROM audit_log WHERE action = 'decide'") == 0


def test_decisions_survive_the_finding_and_tell_of_changed_facts(town):
    decide(town, "f-1", "confirmed", "理由", "钱某", **SEEN)
    with town.write("t", "t") as cur:
        cur.execute("UPDATE findings SET facts_hash = 'new' WHERE finding_id = 'f-1'")
    assert finding(town, "f-1")["changed_since_decision"] and decisions_of_case(town, "c-a")[0]["changed"]
    assert count_findings(town, FindingFilter(decision="changed")) == 1
    with town.write("t", "t") as cur:
        cur.execute("DELETE FROM findings WHERE finding_id = 'f-1'")
    assert decisions_of_case(town, "c-a")[0]["still_found"] is False
