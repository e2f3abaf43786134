"""Ledgers at random, read and compared respondent by respondent; `python -m benchmarks ledgers` reads a thousand of them."""

import pytest

from review.workbook.reading import read_ledger

from .making import LAYOUTS, make
from .score import Score, score

SEEDS = range(100)


@pytest.fixture(scope="module")
def total() -> Score:
    """The score over all seeds."""
    out = Score()
    for seed in SEEDS:
        out.add(score(make(seed)))
    return out


def test_every_ledger_is_read(total):
    assert not total.unread, total.examples[:10]


def test_nearly_every_respondent_is_found(total):
    assert total.found_share >= 0.995, total.examples[:10]


def test_decisive_fields_are_right_or_said_to_be_unclear(total):
    assert total.right_share >= 0.99, total.examples[:10]
    assert total.wrong_share <= 1 / 2000, total.examples[:10]


def test_tier_role_and_county_are_right(total):
    for name in ("tier", "role", "county", "case"):
        right, asked = total.count("right", (name,)), sum(total.count(v, (name,)) for v in ("right", "unclear", "wrong"))
        assert asked > 800 and right >= 0.97 * asked, name


@pytest.mark.parametrize("layout", [name for name, _ in LAYOUTS])
def test_every_layout_is_read_whole(layout):
    out = score(make(10_000, layout))
    assert not out.unread and out.found == out.respondents and not out.invented, out.examples


def test_hidden_parts_are_mentioned():
    told = {what: ledger for seed in range(30) for ledger in [make(seed, "hidden")] for what in ledger.hidden}
    assert told.keys() == {"rows", "columns", "sheet"}
    for ledger in told.values():
        report = next(s for s in read_ledger(ledger.data, ledger.name).sheets if s.status == "read")
        assert "隐藏" in report.reason


def test_a_seed_gives_the_same_cells_each_time():
    one, other = make(3), make(3)
    assert [c.seen for c in one.cases] == [c.seen for c in other.cases] and one.dimensions == other.dimensions
