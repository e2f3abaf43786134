"""``python -m benchmarks bulk [--files 300] [--rows 60]``: many small ledgers in one drop, against opening them one by one.

The other side only opens and reads: pandas.read_excel with openpyxl, all sheets, nothing done with them.
"""

import statistics
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from python_calamine import CalamineWorkbook

from review.demo import write_flat_ledger
from review.demo.sheetfile import HEADER, Book


def write_ledgers(folder: Path, files: int, rows: int) -> list[Path]:
    """So many ledgers of about ``rows`` respondents and 25 columns, each with cases of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "whole.xlsx"
    write_flat_ledger(whole, files * (rows + 5))
    head, *lines = CalamineWorkbook.from_path(str(whole)).get_sheet_by_index(0).to_python()
    whole.unlink()
    number = head.index("案件编号") if "案件编号" in head else 1
    paths, start = [], 0
    while start < len(lines) and len(paths) < files:
        end = min(len(lines), start + rows)
        while end < len(lines) and lines[end][number] == lines[end - 1][number]:
            end += 1
        book = Book()
        sheet = book.sheet("台账")
        sheet.write(head, HEADER)
        for line in lines[start:end]:
            sheet.write([str(int(v)) if isinstance(v, float) else v or None for v in line])
        paths.append(folder / f"{len(paths) + 1:03}号单位问责台账.xlsx")
        book.save(paths[-1])
        start = end
    return paths


def main(argv: list[str]) -> int:
    """Measure and print."""
    from benchmarks.__main__ import measure

    parser = ArgumentParser(prog="python -m benchmarks bulk", description=__doc__)
    parser.add_argument("--files", type=int, default=300)
    parser.add_argument("--rows", type=int, default=60)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="review-bulk-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        paths = write_ledgers(folder / "ledgers", options.files, options.rows)
        print(f"{len(paths)} ledgers of about {options.rows} respondents, {sum(p.stat().st_size for p in paths) / 2**20:.1f} MB")
        ours, theirs = [], []
        for number in range(options.rounds):
            theirs.append(measure("open_one_by_one", str(folder / "ledgers")))
            ours.append(measure("load_together", str(folder / "ledgers"), str(folder / f"{number}.duckdb")))
        here, there = (statistics.median(run["seconds"] for run in runs) for runs in (ours, theirs))
        print(f"loaded: {ours[0]['files']} files, {ours[0]['respondents']:,} respondents, one receipt")
        print(f"load, all of it {here:.2f} s, pandas+openpyxl one by one, bare read {there:.2f} s: {there / here:.2f}x", end="")
        print(f"  at least 3x: {'met' if there >= 3 * here else 'NOT met'}")
        mine, other = (statistics.median(run["processor"] for run in runs) for runs in (ours, theirs))
        print(f"processor time, all processes: load {mine:.2f} s, pandas+openpyxl {other:.2f} s: {other / mine:.2f}x")
    return 0
