"""县区比较 on towns whose truth is known."""

import pytest

from review.casework import county_rates, oversight
from review.casework.counties import FINEST, base, behind, compare, exclusions_told, headline, levels, state, state_told, with_mark
from review.casework.decisions import decide
from review.casework.like_cases import LINKS, LikeCases, NoLikeCases, like_cases
from review.casework.overview import heat
from review.casework.withdrawals import withdraw
from review.checks.engine import run_checks
from tests.casework.county_town import results, spread, write

USUAL = {2: 8, 3: 10, 4: 7}


@pytest.fixture
def harsh(empty):
    """甲县 three bands heavier on the same matter than 乙县 and 丙县; 丁县 has six cases, all heavier by one band; 戊县 three people."""
    write(
        empty,
        spread("甲县", "生态环境", {5: 10, 7: 12})
        + spread("乙县", "生态环境", USUAL)
        + spread("丙县", "生态环境", USUAL)
        + spread("丁县", "生态环境", {3: 2, 4: 3, 5: 1})
        + spread("戊县", "生态环境", {7: 3}),
    )
    return empty


@pytest.fixture
def mixed(empty):
    """甲县 has mostly grave matters: more 处分 in all, yet fewer than the others within either matter."""
    write(
        empty,
        spread("甲县", "安全生产", {3: 30, 4: 70})
        + spread("甲县", "统计", {3: 19, 4: 1})
        + spread("乙县", "安全生产", {3: 2, 4: 18})
        + spread("乙县", "统计", {3: 80, 4: 20}),
    )
    return empty


def test_the_harsh_county_is_told_and_the_small_ones_are_not_accused(harsh):
    found = base(harsh)
    view = compare(found)
    assert {d.county for d in view.found.differences if d.holds} == {"甲县"}
    assert view.not_compared == ("戊县",)
    assert [d.county for d in view.listed()] == [c for c in found.counties if c != "戊县"]
    told = headline(view)
    assert "甲县与其他县区的差异成立" in told and "丁县" not in told and "总体上看得出差别" in told
    small = next(d for d in view.listed() if d.county == "丁县")
    assert not small.holds and small.own_n == 6 and state_told(small, 2) in ("看不出差异", "有差异，但不到 2 档，不作为问题")


def test_counties_that_are_alike_are_told_to_be_so(empty):
    write(empty, spread("甲县", "统计", USUAL) + spread("乙县", "统计", USUAL))
    told = headline(compare(base(empty)))
    assert "总体上看不出差别" in told and "没有一个县区的差异" in told


def test_an_empty_town_is_not_compared(empty):
    found = base(empty)
    assert found.counties == () and "不足以比较" in headline(compare(found))


def test_exclusions_are_told_in_words(harsh):
    with harsh.write("t", "t") as cur:
        cur.execute("UPDATE respondents SET responsibility = 'unknown' WHERE respondent_id < 'r00002'")
    view = compare(base(harsh))
    assert exclusions_told(view.compared.exclusions) == "未参加比较 2 人：责任类型不明 2 人。"
    assert view.compared.n == 22 + 25 + 25 + 6 + 3 - 2
    assert compare(base(harsh), ("topic",)).compared.exclusions == {}


def test_quarters_and_levels(harsh):
    with harsh.write("t", "t") as cur:
        cur.execute("UPDATE respondents SET decided_on = '2023-10-01' WHERE case_id IN (SELECT case_id FROM cases WHERE county = '乙县')")
    found = base(harsh)
    assert found.counts.quarters == ("2023年2季度", "2023年4季度")
    assert compare(found, FINEST, ("2023年4季度",)).compared.counties == ("乙县",)
    by = {factors: (groups, counties) for factors, groups, counties in levels(found)}
    assert by[FINEST] == (1, 4)


def test_a_mark_leads_to_its_people(harsh):
    total, rows = behind(harsh, base(harsh), FINEST, "甲县", None, None, 7)
    assert total == len(rows) == 12
    assert {(r["county"], r["band"], r["decided"]) for r in rows} == {("甲县", 7, "2023-05-06")}
    total, rows = behind(harsh, base(harsh), FINEST, "甲县", ("2020年1季度",))
    assert (total, rows) == (0, [])


def test_withdrawn_cases_take_no_part(harsh):
    before = base(harsh)
    withdraw(harsh, [row["case_id"] for row in harsh.rows("SELECT case_id FROM cases WHERE county = '甲县'")], "移送他处办理", "赵科")
    after = base(harsh)
    assert "甲县" in before.counties and "甲县" not in after.counties
    assert after.people.num_rows == before.people.num_rows - 22


def test_what_changes_no_fact_leaves_the_state_alone(harsh):
    was = state(harsh)
    results(harsh, "O01", {"甲县": (1, 1)})
    assert state(harsh) == was
    with harsh.write("load", "t"):
        pass
    assert state(harsh) > was


def test_a_decision_does_not_make_the_page_count_anew(town):
    was = state(town)
    decide(town, "f-1", "dismissed", "已核", "赵科", seen_facts_hash="h-f-1", seen_decisions=0)
    assert state(town) == was


def test_a_reversal_is_seen_and_said(mixed):
    found = base(mixed)
    jia = next(one for one in county_rates.county_odds(found, "disciplined", FINEST) if one.county == "甲县")
    assert (jia.k, jia.n, jia.others_k, jia.others_n) == (71, 120, 38, 120)
    assert jia.together == pytest.approx(71 * 82 / (49 * 38)) and jia.odds.estimate < 1
    assert jia.reversed and "方向相反" in county_rates.odds_told(jia)
    assert not any(one.reversed for one in county_rates.county_odds(found, "disciplined", ()))


def test_heads_are_not_compared_within_their_own_post(empty):
    write(empty, spread("甲县", "统计", {3: 9}) + spread("乙县", "统计", {3: 9}, role="deputy", responsibility="important_leadership"))
    one = county_rates.county_odds(base(empty), "head", FINEST)[0]
    assert (one.n, one.others_n, one.odds.n) == (9, 9, 18)


def test_shares_of_people_count_heads_and_leave_out_the_unknown(harsh):
    with harsh.write("t", "t") as cur:
        cur.execute("UPDATE respondents SET headcount = 7, role = 'staff' WHERE respondent_id = 'r00000'")
        cur.execute("UPDATE respondents SET role = 'unknown' WHERE respondent_id = 'r00001'")
    found = county_rates.person_rates(base(harsh), "head")
    assert found.counts["甲县"] == (20, 27) and found.exclusions == {"角色不明": 1}


def test_rates_of_findings_come_from_the_newest_results(harsh):
    results(harsh, "O01", {"甲县": (5, 15), "乙县": (1, 19)})
    by_check = heat(harsh, "check")
    assert county_rates.finding_rates(by_check, "check:O01").counts == {"甲县": (5, 20), "乙县": (1, 20)}
    assert "check:O01" in county_rates.indicators(by_check) and "check:R01" not in county_rates.indicators(by_check)
    assert [u.name for u in county_rates.rates(base(harsh), by_check, "check:O01").funnel().units] == ["甲县", "乙县"]


def test_a_trend_has_every_quarter_and_tells_the_undated(harsh):
    with harsh.write("t", "t") as cur:
        cur.execute("UPDATE respondents SET decided_on = '2023-12-01' WHERE respondent_id < 'r00010'")
        cur.execute("UPDATE respondents SET decided_on_precision = 'year' WHERE respondent_id = 'r00011'")
    found = county_rates.trend_of(harsh, base(harsh), "disciplined")
    assert [(p.name, p.n) for p in found.periods] == [("2023年2季度", 70), ("2023年3季度", 0), ("2023年4季度", 10)]
    assert found.exclusions["决定日期不明或不够具体"] == 1 and found.runs is None
    assert [p.name for p in county_rates.trend_of(harsh, base(harsh), "disciplined", "year", "乙县").periods] == ["2023年"]
    cases = county_rates.trend_of(harsh, base(harsh), "check:O01", "quarter", "甲县")
    assert [(p.k, p.n) for p in cases.periods] == [(0, 22)]


def test_candidates_hold_after_correction(harsh):
    results(harsh, "O01", {"甲县": (2, 20), "乙县": (30, 20), "丙县": (5, 95), "丁县": (2, 4), "戊县": (3, 0)})
    listed = oversight.candidates(harsh, base(harsh), heat(harsh, "check"))
    assert [(c.county, c.kind, c.check_id) for c in listed if c.kind == "疑似问题集中"] == [("乙县", "疑似问题集中", "O01")]
    assert {c.county for c in listed if c.kind == "处理尺度"} == {"甲县"}
    assert all(c.adjusted <= 0.05 for c in listed)


def test_a_share_far_from_the_others_is_a_candidate(empty):
    write(empty, spread("甲县", "统计", {4: 20}) + spread("乙县", "统计", {3: 18, 4: 2}) + spread("丙县", "统计", {3: 18, 4: 2}))
    with empty.write("t", "t") as cur:
        cur.execute("INSERT INTO import_fields VALUES (1, '表', 'measures')")
    run_checks(empty, only=["M04"], actor="测试")
    listed = oversight.candidates(empty, base(empty), heat(empty, "check"))
    assert [(c.county, c.kind, c.check_id) for c in listed] == [("甲县", "占比悬殊", "M04")]
    assert "已按3次比较校正" in listed[0].told


def test_findings_per_case_and_what_stands_behind_a_period(harsh):
    with harsh.write("t", "t") as cur:
        cur.execute("INSERT INTO import_fields VALUES (1, '表', 'responsibility'), (1, '表', 'measures')")
    results(harsh, "O01", {"甲县": (5, 15), "乙县": (1, 19)})
    found = county_rates.rates(base(harsh), heat(harsh, "check"), county_rates.PER_CASE)
    assert found.counts["甲县"] == (5, 22) and found.counts["戊县"] == (0, 3) and found.funnel().law == "poisson"
    assert county_rates.cases_of_period(harsh, county_rates.PER_CASE, "2023年2季度") == (0, [])
    heads, rows = with_mark(harsh, base(harsh), "disciplined", "甲县", None, "2023年")
    assert heads == len(rows) == 22 and {r["county"] for r in rows} == {"甲县"}
    assert with_mark(harsh, base(harsh), "disciplined", "甲县", ("2020年1季度",)) == (0, [])


def test_like_cases_are_closer_where_the_ledger_tells_more_and_say_what_is_unclear(empty):
    write(empty, spread("甲县", "统计", {3: 8}) + spread("乙县", "统计", {4: 6}))
    with empty.write("t", "t") as cur:
        cur.execute("UPDATE cases SET consequence = if(county = '甲县', '后果严重', '后果一般')")
        cur.execute("UPDATE cases SET consequence = NULL WHERE case_id = 'c00007'")
    one = like_cases(empty, base(empty), "c00000")[0]
    assert one.factors == ("topic", "responsibility", "post", "consequence") and one.bands == {3: 6}
    assert (one.own_county, one.unclear, one.unclear_share) == (6, 1, 1 / 7)
    other = like_cases(empty, base(empty), "c00008")[0]
    assert other.factors[-1] == "consequence" and other.bands == {4: 5}


def test_nothing_is_a_candidate_where_counties_are_alike(empty):
    write(empty, spread("甲县", "统计", USUAL) + spread("乙县", "统计", USUAL))
    results(empty, "O01", {"甲县": (5, 45), "乙县": (6, 44)})
    assert oversight.candidates(empty, base(empty), heat(empty, "check")) == []


def test_like_cases_are_of_other_cases_and_say_where_one_stands(harsh):
    with harsh.write("t", "t") as cur:
        cur.execute("UPDATE respondents SET case_id = 'c00000' WHERE respondent_id = 'r00001'")
    first, second = like_cases(harsh, base(harsh), "c00000")
    assert isinstance(first, LikeCases) and first.n == 79 and second.n == 79
    assert (first.lighter, first.same, first.heavier) == (55, 9, 15)
    assert list(first.bands) == sorted(first.bands)
    assert len(first.nearest) == LINKS and all(r["case_id"] != "c00000" for r in first.nearest)


def test_without_five_others_nothing_is_compared(empty):
    write(empty, spread("甲县", "统计", {3: 5}) + spread("甲县", "财政", {3: 1}, responsibility="direct"))
    one = like_cases(empty, base(empty), "c00000")[0]
    assert isinstance(one, NoLikeCases) and one.n == 4 and "无足够可比案件" in one.reason
    alone = like_cases(empty, base(empty), "c00005")[0]
    assert (alone.n, "无足够可比案件" in alone.reason) == (0, True)


def test_responsibility_is_given_up_before_the_matter_or_the_post(empty):
    write(empty, spread("甲县", "统计", {3: 1}) + spread("乙县", "统计", {4: 6}, responsibility="undifferentiated_leadership"))
    one = like_cases(empty, base(empty), "c00000")[0]
    assert isinstance(one, LikeCases) and one.by == "问责情形或领域·层级职务" and one.bands == {4: 6}


def test_somebody_who_cannot_be_placed_is_told_so(empty):
    write(empty, spread("甲县", "统计", {3: 8}))
    with empty.write("t", "t") as cur:
        cur.execute("UPDATE respondents SET tier = 'unknown' WHERE respondent_id = 'r00000'")
    one = like_cases(empty, base(empty), "c00000")[0]
    assert isinstance(one, NoLikeCases) and one.n is None and "不明" in one.reason
