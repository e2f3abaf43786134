"""``python -m benchmarks counties [--respondents N]``: what 县区比较 costs when first opened and when a choice is changed.

First view: the people read and counted, the counties compared by the finest groups, one funnel of findings. A further
view has what was read already and works out only what the new choice touches; that is what the page keeps in its cache.
Seconds are processor time, so that a busy machine tells the same.
"""

import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from benchmarks.big_city import build
from review.casework.counties import FINEST, Base, base, compare, headline, levels
from review.casework.county_rates import county_odds, person_rates, rates, trend_of
from review.casework.overview import heat
from review.checks.engine import run_checks
from review.comparison.grouping import COARSENING
from review.store.database import Database

GOAL = 0.2


def main(argv: list[str] | None = None) -> int:
    """Build, measure, print."""
    parser = ArgumentParser(prog="python -m benchmarks counties", description=__doc__)
    parser.add_argument("--respondents", type=int, default=100_000)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="review-counties-", ignore_cleanup_errors=True) as folder:
        people = options.respondents
        db = build(Path(folder) / "city.duckdb", people * 3 // 10, people, min(2_000, people * 3 // 10))
        run_checks(db, only=["O01", "R01", "P01"], actor="benchmark")
        measure(db)
        db.close()
    return 0


def measure(db: Database) -> float:
    """Print first view, changed choices and their ratios; the worst ratio of all changed choices."""
    started = time.process_time()
    found = base(db)
    read = time.process_time() - started
    _first(db, found)
    first = time.process_time() - started
    print(f"{found.people.num_rows:,} people of {len(found.counties)} counties; first view {first:.2f} s, {read:.2f} s of it reading")
    worst = 0.0
    for what, work in _changes(db, found).items():
        seconds = _timed(work)
        worst = max(worst, seconds / first)
        print(f"  {what:44} {seconds:7.3f} s   {seconds / first:5.2f} of the first view")
    print(f"a changed choice costs at most {worst:.2f} of the first view (goal: {GOAL}, {'met' if worst <= GOAL else 'NOT met'})")
    return worst


def _first(db: Database, found: Base) -> None:
    headline(compare(found))
    levels(found)
    rates(found, heat(db, "check"), "check:O01").funnel()


def _changes(db: Database, found: Base) -> dict[str, Callable[[], object]]:
    some = found.counts.quarters[-2:]
    return {
        "coarser groups": lambda: headline(compare(found, COARSENING[1])),
        "two quarters only": lambda: headline(compare(found, FINEST, some)),
        "another indicator, funnel": lambda: person_rates(found, "head").funnel(),
        "like with like beside the total": lambda: county_odds(found, "disciplined", FINEST),
        "trend of people": lambda: trend_of(db, found, "disciplined"),
        "trend of findings": lambda: trend_of(db, found, "check:O01"),
    }


def _timed(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    sys.exit(main())
