"""Cells of the demo ledgers are emptied as a clerk might leave them: what was clear or open does not become suspect for it."""

from contextlib import closing
from random import Random

import openpyxl
import pytest

from review.checks.engine import catalogue
from review.demo import layouts
from review.demo.ledgers import invent
from review.store.database import open_database
from review.workbook.load import load_file
from tests.checks.corpus import judge

CASES, COUNTIES, SEED = 60, 5, 20240101
# Another's value is the measure of these.
COMPARING = ("M03", "M09", "P13")
CHECKS = tuple(c.id for c in catalogue() if c.unit != "county" and c.id not in COMPARING)
BY_CASE = tuple(c.id for c in catalogue() if "|" in c.unit)
SHARE = 3  # of so many columns one is emptied, in half of its rows


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory):
    """The workbooks of a small city, one a layout."""
    folder, written = tmp_path_factory.mktemp("city"), []
    for county, cases in invent(CASES, SEED, COUNTIES):
        if not county.as_csv:
            written.append(folder / f"{county.name}2023年问责案件台账.xlsx")
            layouts.write_ledger(written[-1], county, list(cases), SEED, lambda *_: None)
    return written


def judged(paths, folder) -> tuple[dict, dict]:
    """Verdicts by check, file, sheet and row; the rows and columns of data by file and sheet."""
    with closing(open_database(folder / "city.duckdb")) as db:
        for path in paths:
            load_file(db, path, actor="测试")
        place = {r["id"]: (r["file_name"], r["sheet"], r["row"]) for r in db.rows(
            """SELECT case_id AS id, file_name, sheet, "row" FROM cases JOIN imports USING (import_id)
            UNION ALL SELECT respondent_id, file_name, sheet, "row" FROM respondents JOIN imports USING (import_id)""")}  # fmt: skip
        verdicts: dict = {}
        for (check, case, respondent, _), (verdict, _) in judge(db, checks=CHECKS).items():
            where = place[case if respondent is None or check in BY_CASE else respondent]
            verdicts.setdefault((check, respondent is None or check in BY_CASE, *where), set()).add(verdict)
        spans = {(r["file_name"], r["sheet"]): (r["columns"], r["top"], r["bottom"]) for r in db.rows(
            """SELECT i.file_name, l.sheet, list(DISTINCT c."column") AS columns, min(l."row") AS top, max(l."row") AS bottom
            FROM ledger_rows l JOIN imports i USING (import_id) JOIN import_columns c ON c.import_id = l.import_id AND c.sheet = l.sheet
            WHERE l.kind = 'data' GROUP BY ALL""")}  # fmt: skip
    return verdicts, spans


@pytest.mark.parametrize("seed", [1, 2])
def test_a_blank_cell_of_a_ledger_never_accuses(ledgers, tmp_path, seed):
    (tmp_path / "before").mkdir()
    before, spans = judged(ledgers, tmp_path / "before")
    random, emptied, holes = Random(seed), [], 0
    for path in ledgers:
        book = openpyxl.load_workbook(path)
        for sheet in book:
            columns, top, bottom = spans.get((path.name, sheet.title), ((), 1, 0))
            for column in random.sample(sorted(columns), len(columns) // SHARE):
                for row in range(top, bottom + 1):
                    cell = sheet[f"{column}{row}"]
                    if type(cell).__name__ == "Cell" and cell.value is not None and random.random() < 0.5:
                        cell.value, holes = None, holes + 1
        emptied.append(tmp_path / path.name)
        book.save(emptied[-1])
    after, _ = judged(emptied, tmp_path)
    assert holes > 500
    for unit, verdicts in after.items():
        if "suspect" in verdicts:
            assert before.get(unit, set()) & {"suspect", "exempt"}, (unit, before.get(unit))
