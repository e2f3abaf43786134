"""The checks against the truth of the demo city: every planted defect found, no look-alike flagged, 待核 exactly where it belongs.

``python -m benchmarks truth`` does the same with 20,000 cases.
"""

import pytest

from benchmarks.truth import Judged


@pytest.mark.parametrize(("cases", "seed"), [(60, 20240101), (600, 20240101), (600, 7)])
def test_findings_are_the_truth(tmp_path, cases, seed):
    city = Judged(tmp_path, cases, seed)
    first = [r for r, path in zip(city.receipts, city.summary.files, strict=True) if path in city.summary.ledgers]
    assert sum(r.cases for r in first) == city.summary.cases
    assert sum(r.rejects for r in city.receipts) == city.truth["rejects"]
    assert city.differences() == []
    rules = {(r["file"].split("2023")[0], r["check"]) for r in city.truth["files"] if r["expect_all"] == "not_run"}
    for (check, county), result in city.results.items():
        if (county, check) in rules:
            assert result.not_run > 0 and result.judged == 0, (check, county)
        else:
            assert result.not_run == 0, (check, county)
