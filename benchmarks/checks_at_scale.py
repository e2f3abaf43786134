"""``python -m benchmarks checks [--quick]``: every check over a city of a million respondents (quick: 100,000), in multiples of one
reference query. Both sides in seconds of the processor, all cores together, so that a busy machine changes nothing."""

from collections.abc import Callable
from pathlib import Path

TOTAL, LARGEST, FASTER, PEAK_MB = 40, 10, 5, 4096  # goals: times the reference query, times as fast as pandas, MB


def report(folder: Path, cases: int, respondents: int, compared: int, measure: Callable[..., dict]) -> None:
    """Build, measure in fresh processes, print. compared: respondents of the smaller city in which the rules run in pandas as well, where
    all tables have to fit into memory as frames."""
    database = str(folder / "city.duckdb")
    size = measure("big_city", database, str(cases), str(respondents))
    print("city: " + ", ".join(f"{count:,} {name}" for name, count in size.items()), flush=True)
    query = measure("reference", database)
    unit = query["seconds"]
    what = f"cases, respondents and measures in full joins, one GROUP BY, {query['groups']} groups"
    print(f"reference query ({what}): {unit:.2f} s of the processor", flush=True)
    run = measure("checks", database)
    shared = run["seconds"] - sum(run["each"].values())
    print(f"\n{'check':10} {'s':>8} {'x reference':>12}")
    for check, seconds in sorted(run["each"].items(), key=lambda item: -item[1]):
        print(f"{check:10} {seconds:8.2f} {seconds / unit:11.1f}x{'' if seconds <= LARGEST * unit else f'  over {LARGEST}x'}")
    print(f"{'set-up':10} {shared:8.2f} {shared / unit:11.1f}x  tables that all of them look at, commit")
    print(f"by the clock on the wall: {run['wall']:.1f} s against {query['wall']:.2f} s, {run['wall'] / query['wall']:.0f}x")
    largest = max(run["each"].values()) / unit
    print(f"\nall {len(run['each'])} checks: {run['seconds']:.1f} s, {run['seconds'] / unit:.0f}x the reference query"
          f" (goal: at most {TOTAL}x, {_met(run['seconds'] <= TOTAL * unit)})")  # fmt: skip
    print(f"largest single check: {largest:.1f}x (goal: at most {LARGEST}x, {_met(largest <= LARGEST)})")
    if run["rss_mb"]:
        print(f"peak memory: {run['rss_mb']:,.0f} MB (goal: under {PEAK_MB:,} MB, {_met(run['rss_mb'] < PEAK_MB)})")
    _against_pandas(folder, cases * compared // respondents, compared, measure)


def _against_pandas(folder: Path, cases: int, respondents: int, measure: Callable[..., dict]) -> None:
    database = str(folder / "smaller.duckdb")
    measure("big_city", database, str(cases), str(respondents))
    ours, theirs = measure("checks", database), measure("pandas_checks", database)
    both = [check for check in ours["each"] if check in theirs["counts"]]
    different = [check for check in both if ours["counts"][check] != theirs["counts"][check]]
    seconds = sum(ours["each"][check] for check in both)
    ratio = theirs["seconds"] / seconds
    print(f"\nthe {len(both)} checks that are also written in pandas, {respondents:,} respondents:")
    print(f"SQL {seconds:.2f} s with sentences and findings written, pandas {theirs['seconds']:.2f} s for the verdicts alone")
    print(f"{ratio:.1f}x faster (goal: {FASTER}x, {_met(ratio >= FASTER)})")
    print(f"verdict counts equal for {len(both) - len(different)} of {len(both)}{': not for ' + ', '.join(different) if different else ''}")


def _met(goal: bool) -> str:
    return "met" if goal else "NOT met"
