"""One measurement in a process of its own: ``python -m benchmarks.measure NAME ARGUMENTS…`` prints one JSON object.

Imports are done before the clock starts, so that every measurement is of the work alone. ``rss_mb`` is the peak of the whole
process (None where the system does not tell).
"""

import json
import os
import sys
import time
from pathlib import Path

REFERENCE = """
SELECT c.county, r.responsibility, m.code, count(*) AS n, count(DISTINCT r.respondent_id) AS respondents,
    count(DISTINCT c.case_id) AS cases, min(c.decided_on) AS first, max(c.decided_on) AS last, avg(m.band) AS band
FROM cases c FULL JOIN respondents r ON r.case_id = c.case_id FULL JOIN measures m ON m.respondent_id = r.respondent_id
GROUP BY ALL"""


def processor_seconds() -> float:
    """Processor time so far, of this process and of those that it started and that have ended; a busy machine does not change it much."""
    return sum(os.times()[:4])


def calamine(ledger: str) -> dict:
    """Every cell of every sheet by python-calamine, nothing done with it."""
    from python_calamine import CalamineWorkbook

    began = time.perf_counter()
    book = CalamineWorkbook.from_path(ledger)
    rows = sum(1 for name in book.sheet_names for _ in book.get_sheet_by_name(name).iter_rows())
    return {"seconds": time.perf_counter() - began, "rows": rows}


def pandas_openpyxl(ledger: str) -> dict:
    """Every sheet by pandas with openpyxl, nothing done with it."""
    import openpyxl  # noqa: F401  (warm)
    import pandas as pd

    began = time.perf_counter()
    sheets = pd.read_excel(ledger, sheet_name=None, header=None, dtype=str, engine="openpyxl")
    return {"seconds": time.perf_counter() - began, "rows": sum(len(sheet) for sheet in sheets.values())}


def load(ledger: str, database: str) -> dict:
    """The whole load: read, find the table, map, parse, write and commit."""
    import pandas  # noqa: F401  (pyarrow looks for it at its first array)

    from review.store.database import open_database
    from review.workbook.load import load_file

    db = open_database(database)
    began = time.perf_counter()
    receipt = load_file(db, Path(ledger), actor="benchmark")
    return {"seconds": time.perf_counter() - began, "respondents": receipt.respondents, "cases": receipt.cases, "rejects": receipt.rejects}


def load_together(folder: str, database: str) -> dict:
    """All ledgers of a folder in one drop: read, parsed, written, committed, one receipt."""
    import pandas  # noqa: F401  (pyarrow looks for it at its first array)

    from review.store.database import open_database
    from review.workbook.bulk import load_many

    db = open_database(database)
    files = sorted(Path(folder).glob("*.xlsx"))
    began, worked = time.perf_counter(), processor_seconds()
    done = load_many(db, files, actor="benchmark")
    return {
        "seconds": time.perf_counter() - began,
        "processor": processor_seconds() - worked,
        "files": len(done.new),
        "respondents": done.total("respondents"),
    }


def open_one_by_one(folder: str) -> dict:
    """Every ledger of a folder by pandas with openpyxl, nothing done with it."""
    import openpyxl  # noqa: F401  (warm)
    import pandas as pd

    files = sorted(Path(folder).glob("*.xlsx"))
    began, worked = time.perf_counter(), processor_seconds()
    rows = 0
    for file in files:
        sheets = pd.read_excel(file, sheet_name=None, header=None, dtype=str, engine="openpyxl")
        rows += sum(len(sheet) for sheet in sheets.values())
    return {"seconds": time.perf_counter() - began, "processor": processor_seconds() - worked, "rows": rows}


def checks(database: str) -> dict:
    """All checks: verdicts, sentences, facts, counts, findings written. ``seconds``: of the processor, all cores together."""
    from review.checks import engine
    from review.store.database import open_database

    db = open_database(database)
    engine.catalogue()
    engine.CLOCK = time.process_time
    began, wall = time.process_time(), time.perf_counter()
    done = engine.run_checks(db, actor="benchmark")
    seconds, wall = time.process_time() - began, time.perf_counter() - wall
    counts = {check: {verdict: numbers[verdict] for verdict in engine.VERDICTS} for check, numbers in done.by_check.items()}
    return {"seconds": seconds, "wall": wall, "counts": counts, "each": done.check_seconds}


def big_city(database: str, cases: str, respondents: str) -> dict:
    """Not a measurement: a database of that size to measure in."""
    from benchmarks.big_city import build

    db = build(database, int(cases), int(respondents))
    return {table: db.scalar(f"SELECT count(*) FROM {table}") for table in ("cases", "respondents", "measures", "steps")}


def reference(database: str) -> dict:
    """The query that the checks are held against: everything joined in full, one grouping. Medians of seven, processor and wall."""
    from statistics import median

    from review.store.database import open_database

    db, times, walls = open_database(database), [], []
    for _ in range(7):
        began, wall = time.process_time(), time.perf_counter()
        groups = len(db.rows(REFERENCE))
        times.append(time.process_time() - began)
        walls.append(time.perf_counter() - wall)
    return {"seconds": median(times), "wall": median(walls), "groups": groups}


def pandas_checks(database: str) -> dict:
    """The same rules in pandas over frames in memory: verdicts only. Reading the tables into frames is told apart."""
    from benchmarks import pandas_rules
    from benchmarks.pandas_tables import Tables
    from review.store.database import open_database

    db = open_database(database)
    began = time.perf_counter()
    tables = Tables.read(db)
    read = time.perf_counter() - began
    began = time.process_time()
    counts = pandas_rules.run(tables)
    return {"seconds": time.process_time() - began, "read_seconds": read, "counts": counts}


def city(folder: str, cases: str, database: str) -> dict:
    """Not a measurement: a demo city with planted problems, loaded and checked, so that there is something to export."""
    from review.checks.engine import run_checks
    from review.demo import write_demo
    from review.store.database import open_database
    from review.workbook.load import load_file

    db = open_database(database)
    for file in write_demo(Path(folder), cases=int(cases)).files:
        load_file(db, file, actor="benchmark")
    return {"suspect": run_checks(db, actor="benchmark").suspect}


def _everything():
    from review.casework.findings import FindingFilter

    return FindingFilter(verdicts=("suspect", "undetermined"), in_issue_list=None)


def export(database: str, target: str) -> dict:
    """The list of all suspected and open items as the product writes it."""
    from review.reports.issue_list import write_issue_list
    from review.store.database import open_database

    db = open_database(database)
    began = time.perf_counter()
    rows = write_issue_list(db, _everything(), target)
    return {"seconds": time.perf_counter() - began, "rows": rows}


def plain_export(database: str, target: str) -> dict:
    """The same rows on the same sheets by openpyxl in write-only mode, without styles; the rows lie ready in memory."""
    import openpyxl

    from review.reports.issue_list import COLUMNS, issue_table
    from review.store.database import open_database

    table = issue_table(open_database(database), _everything())
    keys = [column.key for column in COLUMNS if column.key in table.column_names]
    rows = list(zip(*(table[key].to_pylist() for key in keys), strict=True))
    groups = table["group"].to_pylist()
    began = time.perf_counter()
    book = openpyxl.Workbook(write_only=True)
    for name in ("全部", *sorted(set(groups))):
        sheet = book.create_sheet(name[:31])
        sheet.append(keys)
        for row, group in zip(rows, groups, strict=True):
            if name in ("全部", group):
                sheet.append(row)
    book.save(target)
    return {"seconds": time.perf_counter() - began, "rows": len(rows)}


def own_peak_mb() -> float | None:
    """The most memory that this program has held, in MB; None where the system does not tell.

    Linux's own mark is preferred: ``ru_maxrss`` also counts what the process that started this one held before.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) / 2**10 for line in lines if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        pass
    try:
        import resource
    except ImportError:
        return None
    scale = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


if __name__ == "__main__":
    measured = globals()[sys.argv[1]](*sys.argv[2:])
    print(json.dumps({**measured, "rss_mb": own_peak_mb()}))
