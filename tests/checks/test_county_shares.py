"""M04 and O08: what is unknown is counted against the finding, so that emptying any cell never makes one, anywhere."""

import pytest

from tests.checks.corpus import build, judge
from tests.checks.ledger import examples

BLANKS = {
    "M04": """UPDATE respondents SET measures_raw = NULL, band = NULL, measures_complete = NULL WHERE {0};
        DELETE FROM measures WHERE {0}""",
    "O08": """UPDATE respondents SET unit = NULL, unit_key = NULL, unit_post_raw = NULL, post = NULL, tier = 'unknown', role = 'unknown',
        rank = NULL, rank_order = NULL, rank_raw = NULL WHERE {0}""",
}
PARTS = [f"hash(respondent_id || '{salt}') % {whole} < {part}" for salt in "ab" for whole, part in ((10, 1), (10, 3), (10, 5), (10, 8))]


@pytest.mark.parametrize("check", BLANKS)
def test_a_blank_never_accuses_a_county(check, tmp_path):
    town = build(tmp_path / "counties.duckdb", [e for e in examples(check) if e.name in ("三县中一县偏高", "三县中一县偏低")])
    before = {key[3]: verdict for key, (verdict, _) in judge(town, checks=(check,)).items()}
    assert sorted(before.values()) == ["clear", "clear", "suspect"]
    lost = 0
    for part in PARTS:
        changes = BLANKS[check].format(part).split(";")
        after = {key[3]: verdict for key, (verdict, _) in judge(town, *changes, checks=(check,)).items()}
        assert all(before[county] == "suspect" for county, verdict in after.items() if verdict == "suspect"), part
        lost += after != before
    assert lost, "the blanks must have reached something"
