"""Numbers of the first page and what it advises."""

from datetime import date, datetime

from review.casework.overview import Cell, heat, imports, loaded, next_actions, not_judged
from review.casework.periods import last_full_year


def test_numbers(town):
    state = loaded(town)
    assert (state.files, state.cases, state.respondents, state.rejects) == (1, 3, 5, 1)
    assert (state.suspects, state.undetermined, state.undecided, state.stale) == (2, 1, 2, False)


def test_an_empty_database_has_no_times(empty):
    state = loaded(empty)
    assert state.files == 0 and state.loaded_at is None and not state.stale and next_actions(state) == []


def test_heat_by_aspect_and_by_check(town):
    by_aspect = heat(town)
    assert by_aspect.counties == ["甲县", "乙县"] or by_aspect.counties == sorted(by_aspect.counties)
    assert by_aspect.cells["责任区分", "甲县"] == Cell(1, 2, 0, 0)
    assert by_aspect.cells["程序", "乙县"] == Cell(0, 1, 1, 0)
    by_check = heat(town, "check", "严重")
    assert ("O01", "甲县") in by_check.cells and not any(key == "R01" and level for key, level in by_check.cells if key == "P01")
    assert all(key != "D01" for key, _ in by_check.rows)


def test_only_the_newest_result_of_a_check_counts(town):
    with town.write("t", "t") as cur:
        cur.execute("INSERT INTO check_results VALUES (2, 'O01', 'case', '甲县', 0, 1, 0, 0, 0)")
    assert heat(town, "check").cells["O01", "甲县"] == Cell(0, 1, 0, 0)
    assert heat(town, "check").cells["R01", "甲县"] == Cell(1, 2, 0, 0)


def test_next_actions_put_a_stale_check_first(town):
    assert next_actions(loaded(town))[0][0] == "findings"
    with town.write("t", "t") as cur:
        cur.execute("UPDATE imports SET imported_at = ?", [datetime(2025, 1, 1)])
    assert next_actions(loaded(town))[0][0] == "rules"


def test_imports_are_listed(town):
    assert imports(town)[0]["file_name"] == "甲县台账.xlsx"


def test_the_default_period_is_the_last_full_year_with_closed_cases(town):
    assert last_full_year(town) == (date(2024, 1, 1), date(2024, 12, 31))


def test_a_missing_column_is_named_with_the_checks_it_stops(town):
    with town.write("t", "t") as cur:
        cur.execute("INSERT INTO import_fields SELECT 1, '问责台账', unnest(['name', 'unit_post', 'responsibility', 'measures'])")
    gap = next(gap for gap in not_judged(town) if "P01" in gap.checks)
    assert "启动审批" in gap.missing and (set(gap.counties), gap.cases) == ({"甲县", "乙县"}, 3)
    assert not any("R01" in gap.checks for gap in not_judged(town))
    assert max(len(gap.missing) for gap in not_judged(town)) < 90, "of many columns that would do only the first are named"
