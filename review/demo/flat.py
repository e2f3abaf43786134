"""One long ledger for measurements: any number of respondents, 25 columns, texts that repeat as they do in real ledgers.

A pool of ordinary cases is rendered once; each row then only gets its numbers and its name, so that a million respondents take seconds.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random

from openpyxl.utils import get_column_letter

from review.demo.clean import Maker
from review.demo.clerk import Clerk
from review.demo.columns import FLAT
from review.demo.model import Case
from review.demo.places import COUNTIES, person_name
from review.demo.sheetfile import HEADER, Book

FIELDS = (
    "seq", "case_no", "county", "handling_unit", "title", "reason", "circumstance", "domain", "started_on", "name", "unit", "post_then",
    "rank", "politics", "responsibility", "legal_basis", "measures", "decided_on", "start_approval", "discussion", "report",
    "fact_meeting", "announcement", "announcement_on", "closed_on",
)
CASES_EACH, NAMES, ROWS_A_SHEET = 120, 20_000, 1_000_000


def _templates(seed: int, book: Book) -> list[list[str]]:
    """Rows of a pool of ordinary cases with places for row (#), sequence (@), case number ($) and name (~)."""
    pool = []
    for county in COUNTIES:
        maker, clerk = Maker(county, seed), Clerk(county, seed)
        clerk.dates = ("iso",)
        pool += [_case_rows(maker.ordinary(), clerk, book) for _ in range(CASES_EACH)]
    return pool


def _case_rows(case: Case, clerk: Clerk, book: Book) -> list[str]:
    rows = []
    for person in case.people:
        cells = []
        for index, name in enumerate(FIELDS, 1):
            place = {"seq": "@", "case_no": "$", "name": "~" if person.kind == "person" else None}.get(name)
            if place is None:
                text = clerk.cell(name, case, person)
                if text is None:
                    continue
                place = str(book.text(text))
            kind = "" if name == "seq" else ' t="s"'
            cells.append(f'<c r="{get_column_letter(index)}#"{kind}><v>{place}</v></c>')
        rows.append(f'<row r="#">{"".join(cells)}</row>')
    return rows


def _rows(respondents: int, seed: int, pool: list[list[str]], book: Book) -> Iterator[tuple[str, int]]:
    """Data rows, still without their row number, each with the sequence number of its case."""
    random, taken = Random(f"flat|{seed}"), set()
    names = [str(book.text(person_name(random, taken, masked=False))) for _ in range(NAMES)]
    left, case = respondents, 0
    while left:
        case += 1
        rows = pool[random.randrange(len(pool))][:left]
        name, number = random.randrange(NAMES), str(book.text(f"云纪问〔2023〕{case}号"))
        for position, row in enumerate(rows):
            yield row.replace("@", str(case)).replace("$", number).replace("~", names[(name + position) % NAMES]), case
        left -= len(rows)


def write_flat_ledger(path: Path | str, respondents: int, seed: int = 20240101) -> int:
    """Write an .xlsx with ``respondents`` data rows (a new sheet after each million) and return the number of cases."""
    book = Book()
    headers = {c.field: c.header for c in FLAT}
    pool = _templates(seed, book)
    sheet, cases = None, 0
    for number, (row, case) in enumerate(_rows(respondents, seed, pool, book)):
        if number % ROWS_A_SHEET == 0:
            sheet = book.sheet(f"明细{len(book.sheets) + 1}")
            sheet.write([headers[name] for name in FIELDS], HEADER)
        sheet.write_xml(row.replace("#", str(sheet.row + 1)))
        cases = case
    book.save(path)
    return cases
