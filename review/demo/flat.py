"""One long ledger for measurements: any number of respondents, 25 columns, texts that repeat as they do in real ledgers.

Written as XML directly: with shared strings, as office programs save them (openpyxl would write every text inline), and in
constant memory, so that a million respondents take seconds.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.utils import get_column_letter

from review.demo.clean import Maker
from review.demo.clerk import Clerk, date_text
from review.demo.columns import FLAT
from review.demo.model import Case
from review.demo.places import COUNTIES, person_name

FIELDS = (
    "seq", "case_no", "county", "handling_unit", "title", "reason", "circumstance", "domain", "started_on", "name", "unit", "post_then",
    "rank", "politics", "responsibility", "legal_basis", "measures", "decided_on", "start_approval", "discussion", "report",
    "fact_meeting", "announcement", "announcement_on", "closed_on",
)
CASES_EACH, NAMES, ROWS_A_SHEET, CHUNK = 120, 20_000, 1_000_000, 2_000
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class SharedStrings:
    """Numbers for texts, in the order in which they were first used."""

    def __init__(self):
        self.numbers: dict[str, int] = {}

    def __getitem__(self, text: str) -> int:
        return self.numbers.setdefault(text, len(self.numbers))


def _templates(seed: int, strings: SharedStrings) -> list[list[str]]:
    """Rows of a pool of ordinary cases with places for row (#), sequence (@), case number ($) and name (~)."""
    pool = []
    for county in COUNTIES:
        maker, clerk = Maker(county, seed), Clerk(county, seed)
        clerk.date = lambda value: f"{value.year}.{value.month}" if isinstance(value, tuple) else date_text(value, "iso")
        pool += [_case_rows(maker.ordinary(), clerk, strings) for _ in range(CASES_EACH)]
    return pool


def _case_rows(case: Case, clerk: Clerk, strings: SharedStrings) -> list[str]:
    rows = []
    for person in case.people:
        cells = []
        for index, name in enumerate(FIELDS, 1):
            place = {"seq": "@", "case_no": "$", "name": "~" if person.kind == "person" else None}.get(name)
            if place is None:
                text = clerk.cell(name, case, person)
                if text is None:
                    continue
                place = str(strings[text])
            kind = "" if name == "seq" else ' t="s"'
            cells.append(f'<c r="{get_column_letter(index)}#"{kind}><v>{place}</v></c>')
        rows.append(f'<row r="#">{"".join(cells)}</row>')
    return rows


def _rows(respondents: int, seed: int, pool: list[list[str]], first_name: int, first_case: int) -> Iterator[str]:
    """Data rows; case number k (from 0) is the shared string ``first_case + k``."""
    random = Random(f"flat|{seed}")
    written = case = 0
    while written < respondents:
        rows = pool[random.randrange(len(pool))][: respondents - written]
        name = random.randrange(NAMES)
        for position, row in enumerate(rows):
            person = first_name + (name + position) % NAMES
            number = 2 + written % ROWS_A_SHEET
            yield (
                row.replace("#", str(number)).replace("@", str(case + 1)).replace("$", str(first_case + case)).replace("~", str(person))
            )
            written += 1
        case += 1


def write_flat_ledger(path: Path | str, respondents: int, seed: int = 20240101) -> int:
    """Write an .xlsx with ``respondents`` data rows (a new sheet after each million) and return the number of cases."""
    strings = SharedStrings()
    header = {c.field: c.header for c in FLAT}
    head = "".join(f'<c r="{get_column_letter(i)}1" t="s"><v>{strings[header[n]]}</v></c>' for i, n in enumerate(FIELDS, 1))
    pool = _templates(seed, strings)
    names = Random(f"names|{seed}")
    first_name, taken = len(strings.numbers), set(strings.numbers)
    for _ in range(NAMES):
        strings[person_name(names, taken, masked=False)]
    first_case = len(strings.numbers)
    cases, sheets = 0, -(-respondents // ROWS_A_SHEET)
    rows = _rows(respondents, seed, pool, first_name, first_case)
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as book:
        for sheet in range(1, sheets + 1):
            left = min(ROWS_A_SHEET, respondents - (sheet - 1) * ROWS_A_SHEET)
            with book.open(_entry(f"xl/worksheets/sheet{sheet}.xml"), "w", force_zip64=True) as out:
                out.write(f'{XML}<worksheet xmlns="{MAIN}"><sheetData><row r="1">{head}</row>'.encode())
                while left:
                    chunk = [next(rows) for _ in range(min(CHUNK, left))]
                    left -= len(chunk)
                    cases = max(cases, int(chunk[-1].split("<v>", 2)[1].split("<", 1)[0]))
                    out.write("".join(chunk).encode())
                out.write(b"</sheetData></worksheet>")
        with book.open(_entry("xl/sharedStrings.xml"), "w") as out:
            out.write(f'{XML}<sst xmlns="{MAIN}">'.encode())
            out.write("".join(f"<si><t>{escape(text)}</t></si>" for text in strings.numbers).encode())
            for start in range(0, cases, CHUNK):
                numbers = range(start + 1, min(start + CHUNK, cases) + 1)
                out.write("".join(f"<si><t>云纪问〔2023〕{n}号</t></si>" for n in numbers).encode())
            out.write(b"</sst>")
        for name, text in _package(sheets):
            book.writestr(_entry(name), XML + text)
    return cases


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, (2024, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    return entry


def _package(sheets: int) -> Iterator[tuple[str, str]]:
    """The parts of the package that name the others."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/sharedStrings.xml", "sharedStrings")]
    parts += [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)]
    overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}.{what}+xml"/>' for part, what in parts)
    yield "[Content_Types].xml", (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
        f'relationships+xml"/>{overrides}</Types>'
    )
    yield "_rels/.rels", (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>'
    )
    listed = "".join(f'<sheet name="明细{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, sheets + 1))
    yield "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{listed}</sheets></workbook>'
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in range(1, sheets + 1)
    )
    yield "xl/_rels/workbook.xml.rels", (
        f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        f'<Relationship Id="rId{sheets + 1}" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
