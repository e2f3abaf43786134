"""The checks against the truth of the demo city: every planted defect found, no look-alike flagged, 待核 exactly where it belongs."""

import json
from contextlib import closing

import pytest

from review.checks.engine import catalogue, run_checks
from review.demo import write_demo
from review.store.database import open_database
from review.workbook.load import load_file

FOUND = """
    SELECT i.file_name, coalesce(r.sheet, c.sheet) AS sheet, coalesce(r."row", c."row") AS "row",
        if(r.kind = 'organization', coalesce(r.name, r.unit), r.name) AS name, f.county, f.check_id, f.verdict, f.message
    FROM findings f LEFT JOIN cases c USING (case_id) LEFT JOIN imports i USING (import_id) LEFT JOIN respondents r USING (respondent_id)
"""
RESULTS = """
    SELECT check_id, county, sum(not_run) AS not_run, sum(suspect + clear + undetermined + exempt) AS judged
    FROM check_results GROUP BY ALL
"""
# Scenarios with a cell that can't be read: each is listed among the rejects too.
UNREADABLE = ("thirteenth_month", "handling_without_measure")


def place(file, sheet, row, name, county):
    """Where a verdict stands: a county, a case (first row) or a respondent (row and name)."""
    if file is None:
        return county
    return (file, None if file.endswith(".csv") else sheet, row, name)


def judge(tmp_path, cases: int, seed: int = 20240101):
    """Write, load and check a city; returns summary, truth, receipts, found verdicts and results by county."""
    summary = write_demo(tmp_path / "city", cases=cases, seed=seed)
    truth = json.loads(summary.truth.read_text(encoding="utf-8"))
    with closing(open_database(tmp_path / "city.duckdb")) as db:
        receipts = [load_file(db, path, actor="测试") for path in summary.files]
        here = {c.id for c in catalogue()}
        run_checks(db, actor="测试", params={check: values for check, values in truth["params"].items() if check in here})
        truth["verdicts"] = [v for v in truth["verdicts"] if v["check"] in here]
        found = {(f.check_id, place(f.file_name, f.sheet, f.row, f.name, f.county)): (f.verdict, f.message) for f in records(db, FOUND)}
        results = {(r.check_id, r.county): r for r in records(db, RESULTS)}
    return summary, truth, receipts, found, results


def records(db, query: str):
    """Rows of a query with names."""
    return list(db.frame(query).astype(object).where(lambda d: d.notna(), None).itertuples())


def differences(truth: dict, found: dict) -> list[str]:
    """Every verdict that is not as the truth file says, in words."""
    expected = {(v["check"], place(v["file"], v["sheet"], v["row"], v["name"], v["county"])): v for v in truth["verdicts"]}
    wrong = []
    for key, v in expected.items():
        verdict = found.get(key, ("clear or exempt", ""))
        wanted = v["expect"] if v["expect"] in ("suspect", "undetermined") else "clear or exempt"
        if verdict[0] != wanted:
            wrong.append(f"{key} {v['scenario']}: wanted {wanted} ({v['why']}), found {verdict}")
    small = {(r["check"], r["file"].split("2023")[0]) for r in truth["files"] if r["expect_all"] == "clear_or_undetermined"}
    for key, verdict in found.items():
        if key in small and verdict[0] == "undetermined":
            continue
        if key not in expected:
            wrong.append(f"{key}: not planted, found {verdict}")
    return wrong


@pytest.mark.parametrize(("cases", "seed"), [(60, 20240101), (600, 20240101), (600, 7)])
def test_findings_are_the_truth(tmp_path, cases, seed):
    summary, truth, receipts, found, results = judge(tmp_path, cases, seed)
    assert sum(r.cases for r in receipts) == summary.cases
    unreadable = [v for v in truth["verdicts"] if v["scenario"] in UNREADABLE and v["check"] in ("D02", "D05")]
    assert sum(r.rejects for r in receipts) == len(unreadable)
    assert differences(truth, found) == []
    rules = {(r["file"].split("2023")[0], r["check"]) for r in truth["files"] if r["expect_all"] == "not_run"}
    for (check, county), result in results.items():
        if (county, check) in rules:
            assert result.not_run > 0 and result.judged == 0, (check, county)
        else:
            assert result.not_run == 0, (check, county)
