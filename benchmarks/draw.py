"""``python -m benchmarks draw [--cases N]``: a draw against hashing and sorting the case numbers alone, both by DuckDB.

Processor seconds of one thread, not wall time; medians of the rounds. "draw" is everything from the confirmed frame and the registered
plan to the list: tickets, strata, allocation, order, chances, must-review cases, fingerprint. Storing the frame with its tickets and
the list in one transaction is measured apart.
"""

import os
import statistics
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path

from review.sampling import draw
from review.sampling.design import Design
from review.store.database import Database, now

SEED = "第2023123期 03 08 17 21 26 30 + 05"
LIMIT = 3.0
_ALONE = "CREATE OR REPLACE TEMP TABLE sorted AS SELECT case_no, sha256($seed || '|' || case_no) AS hash FROM frame_cases ORDER BY hash"


def build(path: Path, cases: int) -> Database:
    """A database with a confirmed frame of that many cases in a hundred counties."""
    db = Database(path)
    day = date(2023, 1, 1), date(2023, 12, 31)
    with db.write("benchmark", "benchmark") as cur:
        cur.execute(
            """INSERT INTO frames VALUES ('f', '基准', $at, '甲', $at, '乙', $start, $end,
            '{"levels": ["city", "county"], "counties": null, "undated": "apart", "exclusions": {}, "outside": 0, "unknown_level": 0}',
            $n, 0, 0, '基准')""",
            {"at": now(), "start": day[0], "end": day[1], "n": cases},
        )
        cur.execute(
            """INSERT INTO frame_cases SELECT 'f', 'c' || lpad(hash(i)::VARCHAR, 20, '0'), '县' || i % 100 || '纪问〔2023〕' || i || '号',
                '某案', '县' || i % 100, 'county', '领域' || i % 7, (i % 9)::INTEGER, '县' || i % 100 || '纪委监委',
                ['严重', '一般', '提示', '无'][1 + (hash(i) % 4)::INTEGER], (hash(i) % 5)::INTEGER,
                CASE WHEN i % 50 = 0 THEN ['superior_assigned'] ELSE []::VARCHAR[] END FROM range($n) AS t(i)""",
            {"n": cases},
        )
    db.checkpoint()
    return db


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of a piece of work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def main(argv: list[str] | None = None) -> int:
    """Measure and print; 1 where the limit is not kept."""
    parser = ArgumentParser(prog="python -m benchmarks draw", description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(argv)
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}) if hasattr(os, "sched_setaffinity") else None
    worst = 0.0
    with tempfile.TemporaryDirectory(prefix="review-draw-", ignore_cleanup_errors=True) as folder:
        db = build(Path(folder) / "frame.duckdb", options.cases)
        designs = {"simple": Design(), "risk-weighted": Design(method="pareto")}
        plans = {name: draw.register(db, "f", "0.2", SEED, actor="甲", design=design) for name, design in designs.items()}
        alone, drawn, stored = [], {name: [] for name in designs}, {}
        for _ in range(options.rounds):
            with db.cursor() as cur:
                alone.append(seconds(lambda cur=cur: cur.execute(_ALONE, {"seed": SEED}).fetchall()))
            for name, plan_id in plans.items():
                with db.cursor() as cur:
                    drawn[name].append(seconds(lambda cur=cur, plan_id=plan_id: draw.rehearse(cur, draw.plan_of(db, plan_id))))
        for name, plan_id in plans.items():
            stored[name] = seconds(lambda plan_id=plan_id: draw.draw_plan(db, plan_id, "甲"))
        base = statistics.median(alone)
        print(f"{options.cases:,} cases, processor seconds of one thread, medians of {options.rounds}")
        print(f"hash and sort the numbers alone: {base:.2f} s")
        for name in designs:
            median = statistics.median(drawn[name])
            worst = max(worst, median / base)
            print(f"draw, {name}: {median:.2f} s, {median / base:.2f}x (at most {LIMIT:.0f}x)")
            print(f"  drawn and stored with the whole frame, once: {stored[name]:.2f} s, {stored[name] / base:.2f}x")
        db.close()
    return 0 if worst <= LIMIT else 1
