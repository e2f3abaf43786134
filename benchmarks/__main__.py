"""``python -m benchmarks [--respondents N] [--quick]``: a table of ratios, each side measured in fresh processes in this run.

``python -m benchmarks fuzz``, ``… bulk``, ``… ledgers`` and ``… draw``: see the files of these names.
"""

import json
import platform
import statistics
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path

from benchmarks import county_page
from benchmarks.checks_at_scale import report
from review.demo import write_flat_ledger

ROOT = Path(__file__).resolve().parents[1]


def measure(name: str, *arguments: str) -> dict:
    """One measurement in a fresh process."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.measure", name, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"{name} failed:\n{done.stderr[-3000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def median(runs: list[dict], key: str = "seconds") -> float:
    """Median of one figure over the runs."""
    return statistics.median(run[key] for run in runs)


def compare(folder: Path, respondents: int, rounds: int) -> list[tuple]:
    """Rows of the table: what, against what, the two figures, the ratio, the goal, whether it is met."""
    ledger = folder / "ledger.xlsx"
    cases = write_flat_ledger(ledger, respondents)
    print(f"ledger: {respondents:,} respondents, {cases:,} cases, {ledger.stat().st_size / 2**20:.1f} MB", flush=True)
    read = [measure("calamine", str(ledger)) for _ in range(rounds)]
    slow = [measure("pandas_openpyxl", str(ledger)) for _ in range(rounds)]
    loads = [measure("load", str(ledger), str(folder / f"{n}.duckdb")) for n in range(rounds)]
    database = str(folder / "0.duckdb")
    ours = [measure("checks", database) for _ in range(rounds)]
    theirs = [measure("pandas_checks", database) for _ in range(rounds)]
    town = str(folder / "city.duckdb")
    measure("city", str(folder / "city"), str(max(60, respondents // 20)), town)
    export = [measure("export", town, str(folder / "issues.xlsx")) for _ in range(rounds)]
    plain = [measure("plain_export", town, str(folder / "plain.xlsx")) for _ in range(rounds)]

    print(f"loaded: {loads[0]['respondents']:,} respondents, {loads[0]['cases']:,} cases, {loads[0]['rejects']:,} rejects")
    tell_differences(ours[0]["counts"], theirs[0]["counts"])
    load, peak = median(loads), loads[0]["rss_mb"] and median(loads, "rss_mb")
    lines = [
        ("load, all of it", load, "python-calamine, bare read", median(read), load / median(read), "at most 4x", load <= 4 * median(read)),
        ("load, all of it", load, "pandas+openpyxl, bare read", median(slow), median(slow) / load, "2x faster", median(slow) >= 2 * load),
        ("all checks", median(ours), "the same rules in pandas *", median(theirs), median(theirs) / median(ours), "5x faster",
         median(theirs) >= 5 * median(ours)),
        (f"export, {export[0]['rows']:,} lines", median(export), "openpyxl write-only, no styles", median(plain),
         median(export) / median(plain), "", None),
    ]  # fmt: skip
    print(f"* verdicts only, no sentences, facts or findings written; reading the tables into frames takes another "
          f"{median(theirs, 'read_seconds'):.1f} s, not counted")  # fmt: skip
    if peak:
        print(f"peak memory of a load: {peak:,.0f} MB (goal: under 1,536 MB, {'met' if peak < 1536 else 'not met'})")
    return lines


def tell_differences(ours: dict, theirs: dict) -> None:
    """Whether both ways to write the rules come to the same counts."""
    different = [check for check in ours if check in theirs and ours[check] != theirs[check]]
    missing = sorted(set(ours) - set(theirs))
    print(f"verdict counts: {len(ours) - len(different) - len(missing)} of {len(ours)} checks equal in SQL and pandas")
    for check in different:
        print(f"  {check}: SQL {ours[check]}, pandas {theirs[check]}")
    if missing:
        print(f"  not written in pandas: {', '.join(missing)}")


def main(argv: list[str] | None = None) -> int:
    """Measure and print; the first argument may name a part of its own: ``fuzz``, ``bulk`` or ``ledgers``."""
    argv = sys.argv[1:] if argv is None else argv
    if argv and argv[0] == "counties":
        return county_page.main(argv[1:])
    if argv and argv[0] in ("estimates", "fuzz", "bulk", "truth", "ledgers", "draw"):
        return import_module(f"benchmarks.{argv[0]}").main(argv[1:])
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("all", "checks"), default="all")
    parser.add_argument("--respondents", type=int, help="100,000 if not told, 1,000,000 for checks")
    parser.add_argument("--quick", action="store_true", help="one round instead of the median of three; checks: 100,000 respondents")
    options = parser.parse_args(argv)
    rounds = "1 round" if options.quick else "medians of 3 rounds"
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {rounds}")
    with tempfile.TemporaryDirectory(prefix="review-benchmark-", ignore_cleanup_errors=True) as folder:
        if options.what == "checks":
            people = options.respondents or (100_000 if options.quick else 1_000_000)
            report(Path(folder), people * 3 // 10, people, min(people, 100_000), measure)
            return 0
        lines = compare(Path(folder), options.respondents or 100_000, 1 if options.quick else 3)
    print(f"\n{'what':26} {'s':>8}   {'against':32} {'s':>8} {'ratio':>7}  goal")
    for what, seconds, against, other, ratio, goal, met in lines:
        verdict = "" if met is None else f"{goal}: {'met' if met else 'NOT met'}"
        print(f"{what:26} {seconds:8.2f}   {against:32} {other:8.2f} {ratio:6.2f}x  {verdict}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
