"""Pairs of M03 with the facts of both side by side."""

from review.casework.pairs import pairs
from review.checks.engine import run_checks
from tests.casework.county_town import spread, write

FIELDS = ("circumstance", "consequence", "responsibility", "measures", "decided_on")


def fill(db, people):
    write(db, people)
    with db.write("t", "t") as cur:
        cur.executemany("INSERT INTO import_fields VALUES (1, '表', ?)", [[f] for f in FIELDS])
        cur.execute("UPDATE cases SET circumstance = 4, consequence = '后果严重'")
        cur.execute("UPDATE respondents SET responsibility_raw = '主要领导责任'")
    run_checks(db, only=["M03"], actor="测试")


def test_two_alone_in_their_group_are_one_pair(empty):
    fill(empty, spread("甲县", "统计", {3: 1}) + spread("乙县", "统计", {7: 1}))
    total, found = pairs(empty)
    assert total == len(found) == 1
    pair = found[0]
    assert {pair.person["county"], pair.other["county"]} == {"甲县", "乙县"} and pair.gap == 4
    told = {what: alike for what, _, _, alike in pair.lines()}
    assert told["责任"] == told["后果"] == told["问责情形或领域"] == "相同" and told["处理"] == told["档次"] == "不同"
    assert told["单位及职务"] == "" and told["从轻减轻情形"] == "看不出" and told["县区"] == ""
    assert "相差4档" in pair.told


def test_pairs_of_a_county_and_of_a_case(empty):
    fill(empty, spread("甲县", "统计", {3: 6}) + spread("乙县", "统计", {7: 1}) + spread("丙县", "统计", {3: 1}))
    total, found = pairs(empty)
    assert [(p.person["county"], p.named) for p in found] == [("乙县", "畸重")] and total == 1
    assert pairs(empty, "甲县") == (0, []) and pairs(empty, "乙县")[0] == 1
    assert pairs(empty, case_id=found[0].person["case_id"])[0] == pairs(empty, case_id=found[0].other["case_id"])[0] == 1
    assert pairs(empty, case_id="c00003")[0] == 0


def test_nothing_run_nothing_shown(empty):
    write(empty, spread("甲县", "统计", {3: 1}))
    assert pairs(empty) == (0, [])
