"""``python -m benchmarks truth [--cases N] [--seed S]``: the checks against the truth of a demo city, of any size."""

import json
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter, defaultdict
from contextlib import closing
from pathlib import Path

from review.checks.engine import catalogue, run_checks
from review.demo import DemoSummary, write_demo
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


class Judged:
    """A demo city written, loaded and checked: ``truth`` as told, verdicts ``found``, ``results`` by county, ``seconds`` by stage."""

    def __init__(self, folder: Path, cases: int, seed: int):
        clock = time.perf_counter()
        self.summary: DemoSummary = write_demo(folder / "city", cases=cases, seed=seed)
        self.seconds = {"write": time.perf_counter() - clock}
        self.truth = json.loads(self.summary.truth.read_text(encoding="utf-8"))
        here = {c.id for c in catalogue()}
        self.truth["verdicts"] = [v for v in self.truth["verdicts"] if v["check"] in here]
        with closing(open_database(folder / "city.duckdb")) as db:
            clock = time.perf_counter()
            self.receipts = [load_file(db, path, actor="测试") for path in self.summary.files]
            self.seconds["load"] = time.perf_counter() - clock
            clock = time.perf_counter()
            run_checks(db, actor="测试", params={check: given for check, given in self.truth["params"].items() if check in here})
            self.seconds["check"] = time.perf_counter() - clock
            self.found = {
                (f.check_id, place(f.file_name, f.sheet, f.row, f.name, f.county)): (f.verdict, f.message) for f in records(db, FOUND)
            }
            self.results = {(r.check_id, r.county): r for r in records(db, RESULTS)}

    def differences(self) -> list[str]:
        """Every verdict that is not as the truth file says, in words."""
        expected = {(v["check"], place(v["file"], v["sheet"], v["row"], v["name"], v["county"])): v for v in self.truth["verdicts"]}
        wrong = []
        for key, v in expected.items():
            verdict = self.found.get(key, ("clear or exempt", ""))
            wanted = v["expect"] if v["expect"] in ("suspect", "undetermined") else "clear or exempt"
            if verdict[0] != wanted:
                wrong.append(f"{key} {v['scenario']}: wanted {wanted} ({v['why']}), found {verdict}")
        small = {(r["check"], r["file"].split("2023")[0]) for r in self.truth["files"] if r["expect_all"] == "clear_or_undetermined"}
        for key, verdict in self.found.items():
            if key not in expected and not (key in small and verdict[0] == "undetermined"):
                wrong.append(f"{key}: not planted, found {verdict}")
        return wrong


def place(file, sheet, row, name, county):
    """Where a verdict stands: a county, a case (first row) or a respondent (row and name)."""
    if file is None:
        return county
    return (file, None if file.endswith(".csv") else sheet, row, name)


def records(db, query: str) -> list:
    """Rows of a query with names."""
    return list(db.frame(query).astype(object).where(lambda d: d.notna(), None).itertuples())


def main(argv: list[str]) -> int:
    """Judge one city and print what was found; 0 if everything is as planted."""
    parser = ArgumentParser(prog="python -m benchmarks truth", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=20240101)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="review-truth-", ignore_cleanup_errors=True) as folder:
        city = Judged(Path(folder), options.cases, options.seed)
    planted = Counter(v["expect"] for v in city.truth["verdicts"])
    wrong = defaultdict(list)
    for told in city.differences():
        wrong[told[2:5]].append(told)
    print(f"{city.summary.cases:,} cases, {city.summary.respondents:,} respondents, {len(city.summary.files)} files, seed {options.seed}")
    print(", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in city.seconds.items()))
    print(f"{len({v['check'] for v in city.truth['verdicts']})} of {len(catalogue())} checks planted: "
          + ", ".join(f"{n:,} {verdict}" for verdict, n in sorted(planted.items())))  # fmt: skip
    for check, told in sorted(wrong.items()):
        print(f"{check}: {len(told)} not as planted, e.g. {told[0][:400]}")
    print("every verdict as planted" if not wrong else f"{sum(map(len, wrong.values())):,} verdicts NOT as planted")
    return 1 if wrong else 0
