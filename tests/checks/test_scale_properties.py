"""Checks that compare people, cases and counties: what too few can not tell is never told, nor is anybody accused in passing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review.checks.engine import check, verdicts
from review.comparison.multiplicity import benjamini_hochberg
from review.comparison.proportions import share_difference
from review.store.database import open_database
from tests.casework.county_town import spread, write

COUNTIES = ("甲县", "乙县", "丙县", "丁县")
FEW = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def town(tmp_path_factory):
    """town(people): a fresh database with them."""
    opened = []

    def build(people):
        db = open_database(tmp_path_factory.mktemp("town") / "t.duckdb")
        opened.append(db)
        write(db, people)
        with db.write("t", "t") as cur:
            fields = ("measures", "responsibility", "started_on", "decided_on")
            cur.executemany("INSERT INTO import_fields VALUES (1, '表', ?)", [[f] for f in fields])
        return db

    yield build
    for db in opened:
        db.close()


@FEW
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=2, max_size=4), st.sampled_from(["M01", "M04", "O08"]))
def test_a_county_with_too_few_people_is_undetermined(town, sizes, check_id):
    people = []
    for county, (light, heavy) in zip(COUNTIES, sizes, strict=False):
        people += spread(county, "统计", {2: light, 7: heavy}, role="head")
    db = town(people or spread("甲县", "统计", {3: 1}))
    least = {p.name: p.default for p in check(check_id).params}["min_n"]
    n = {county: light + heavy for county, (light, heavy) in zip(COUNTIES, sizes, strict=False)}
    for one in verdicts(db, check_id):
        if n.get(one["county"], 0) < least or sum(n.values()) - n[one["county"]] < least:
            assert one["verdict"] == "undetermined" and "不足" in one["message"] or one["verdict"] == "exempt", one


@FEW
@given(st.lists(st.tuples(st.integers(10, 40), st.integers(0, 40)), min_size=2, max_size=4))
def test_shares_are_corrected_for_all_counties_as_statsmodels_does(town, sizes):
    counts = {c: (min(k, n), n) for c, (n, k) in zip(COUNTIES, sizes, strict=False)}
    people = [p for c, (k, n) in counts.items() for p in spread(c, "统计", {3: n - k, 5: k})]
    found = {v["county"]: v for v in verdicts(town(people), "M04")}
    whole = [sum(pair[i] for pair in counts.values()) for i in (0, 1)]
    tests = [share_difference(k, n, whole[0] - k, whole[1] - n) for k, n in counts.values()]
    # A difference of less than twenty points is no matter of M04, its p counts as 1.
    adjusted = benjamini_hochberg([t.p if abs(t.estimate) >= 0.2 else 1.0 for t in tests], 0.05).adjusted
    for county, test, p in zip(counts, tests, adjusted, strict=True):
        expected = test.estimate >= 0.2 and test.p < 0.01 and p <= 0.05
        assert (found[county]["verdict"] == "suspect") == expected, (counts, county, p)
        if expected:
            assert f"已按{len(counts)}次比较校正" in found[county]["message"]


def test_an_undetermined_length_says_nothing_of_how_long_it_took(town):
    db = town([p | {"decided": "2023-05-06"} for p in spread("甲县", "统计", {3: 25})])
    with db.write("t", "t") as cur:
        cur.execute("UPDATE cases SET started_on = DATE '2023-04-01' + (hash(case_id) % 9)::INTEGER, started_on_precision = 'day'")
        cur.execute("UPDATE cases SET started_on = '2021-04-01' WHERE case_id IN ('c00000', 'c00001')")
        cur.execute(
            """INSERT INTO steps (case_id, step, status, raw, import_id, sheet, "row", "column")
            VALUES ('c00001', 'filing', 'blank', '', 1, '表', 2, 'A')"""
        )
    found = {v["case_id"]: v for v in verdicts(db, "P13")}
    assert found["c00000"]["verdict"] == "suspect" and found["c00000"]["facts"]["median"]
    open_one = found["c00001"]
    assert open_one["verdict"] == "undetermined" and "没有写明" in open_one["message"]
    assert {k for k, v in open_one["facts"].items() if v is not None} == {"title", "started", "decided", "open_question"}
