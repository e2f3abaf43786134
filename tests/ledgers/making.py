"""A whole ledger file from a seed, with what it says."""

import random
from dataclasses import dataclass, field

from . import columns, layouts
from .form import some_form
from .known import Case, known_cases
from .sheets import Sheet, csv_bytes, xlsx

LAYOUTS = (
    ("rows", 30), ("people_cell", 16), ("parallel", 7), ("several_sheets", 8), ("side_by_side", 6), ("printed", 8), ("sections", 8),
    ("forms", 7),
    ("codes", 5), ("hidden", 5), ("people_columns", 7), ("ticks", 6), ("across", 4),
)  # fmt: skip
ENCODINGS = {"csv utf-8": "utf-8", "csv utf-8 bom": "utf-8-sig", "csv gb18030": "gb18030"}


@dataclass
class Ledger:
    """A file with the cases that it tells of; ``dimensions``: what it was made by."""

    seed: int
    name: str
    data: bytes
    cases: list[Case]
    dimensions: dict[str, str]
    county_told: bool = True
    hidden: list[str] = field(default_factory=list)


def make(seed: int, layout: str | None = None) -> Ledger:
    """The ledger of a seed: the same bytes each time. ``layout`` fixes the layout."""
    rng = random.Random(seed)
    layout = layout or rng.choices([n for n, _ in LAYOUTS], [w for _, w in LAYOUTS])[0]
    kind = (
        rng.choice(("xlsx", "xlsx", "xlsx", "xlsx", "xlsx formulas", "xlsx filter", *ENCODINGS))
        if layout in ("rows", "printed", "parallel")
        else "xlsx"
    )
    if layout == "people_cell" and rng.random() < 0.3:
        kind = rng.choice(list(ENCODINGS))
    form = some_form(rng)
    if kind.startswith("csv"):
        if form.taste["dates"] in ("cell_1904", "cell", "cell_time"):
            form.taste["dates"] = "slashes"
        if form.taste["levels"] in ("2", "3"):
            form.taste["levels"] = "1"
    counties = rng.randint(2, 4) if layout in ("several_sheets", "sections") else rng.choice((1, 1, 2, 3))
    cases = known_cases(rng, rng.randint(8, 30), counties)
    ledger = Ledger(seed, f"ledger_{seed}.{'csv' if kind.startswith('csv') else 'xlsx'}", b"", cases, {})
    sheets = _sheets(rng, layout, form, ledger)
    date1904 = form.taste["dates"] == "cell_1904"
    ledger.dimensions = {"layout": layout, "format": "xlsx 1904" if date1904 else kind} | form.taste | ledger.dimensions
    if layout in ("people_cell", "forms", "parallel", "people_columns", "ticks", "across"):
        # What these layouts do not use says nothing about them.
        unused = {"people_cell": ("cells", "levels", "tracks", "dates"), "forms": ("cells", "levels"), "parallel": ("cells", "levels")}
        for name in unused.get(layout, ("cells", "levels", "dress", "tracks")):
            ledger.dimensions.pop(name, None)
    if kind.startswith("csv"):
        ledger.data = csv_bytes(sheets[0], ENCODINGS[kind])
    else:
        sheets[0].filter_on = kind == "xlsx filter"
        ledger.data = xlsx(sheets, rng, date1904, kind == "xlsx formulas")
    return ledger


def _sheets(rng: random.Random, layout: str, form, ledger: Ledger) -> list[Sheet]:
    cases = ledger.cases
    if layout == "people_cell":
        sheet, pattern = layouts.people_cells(rng, form, cases)
        ledger.dimensions["sentence"] = pattern
        return [sheet]
    if layout == "parallel":
        return [layouts.parallel(rng, form, cases)]
    if layout == "forms":
        sheets = layouts.forms(rng, form, cases[:8])
        ledger.cases = cases[:8]
        return sheets
    if layout == "people_columns":
        sheet, ledger.dimensions["groups"] = columns.beside_each_other(rng, form, cases)
        return [sheet]
    if layout == "ticks":
        ledger.cases = columns.persons_only(cases)
        sheet, ledger.dimensions["ticks"] = columns.ticked(rng, form, ledger.cases)
        return [sheet]
    if layout == "across":
        ledger.cases = columns.persons_only(cases, 1)[: rng.randint(2, 6)]
        return [columns.across(rng, form, ledger.cases)]
    if layout == "codes":
        return layouts.with_codes(rng, form, cases)
    if layout == "side_by_side":
        half = len(cases) // 2 or 1
        ledger.county_told = "county" in form.fields
        return [layouts.side_by_side(rng, form, cases[:half], cases[half:])] if cases[half:] else [layouts.rows(rng, form, cases)]
    if layout == "printed":
        return [layouts.rows(rng, form, cases, pages=rng.randint(4, 9))]
    if layout == "sections":
        form.fields = [f for f in form.fields if f not in ("county", "seq", "handling_unit")]
        return [layouts.rows(rng, form, cases, sections=True)]
    if layout == "several_sheets":
        return _by_county(rng, form, ledger)
    sheet = layouts.rows(rng, form, cases)
    if layout == "hidden":
        _hide(rng, sheet, ledger)
    return [sheet]


def _by_county(rng: random.Random, form, ledger: Ledger) -> list[Sheet]:
    """A sheet a county; the case numbers may start again in each."""
    if rng.random() < 0.5:
        form.fields = [f for f in form.fields if f not in ("county", "handling_unit")]
    again = rng.random() < 0.5
    sheets = []
    for county in dict.fromkeys(c.county for c in ledger.cases):
        own = [c for c in ledger.cases if c.county == county]
        for n, case in enumerate(own, 1):
            case.number = str(n) if again else case.number
        sheets.append(layouts.rows(rng, form, own, name=county))
    if rng.random() < 0.5:
        sheets.append(layouts.statistics(rng, ledger.cases))
    if rng.random() < 0.4:
        cover = Sheet("填表说明")
        cover.put(0, 0, ["填表说明"])
        cover.put(1, 0, ["一、本表由各县区纪委监委填报。"])
        sheets.insert(rng.choice((0, len(sheets))), cover)
    return sheets


def _hide(rng: random.Random, sheet: Sheet, ledger: Ledger) -> None:
    what = rng.choice(("rows", "columns", "sheet"))
    if what == "rows":
        sheet.hidden_rows = sorted(rng.sample(range(sheet.height // 2, sheet.height), max(sheet.height // 6, 1)))
    elif what == "columns":
        sheet.hidden_columns = sorted(rng.sample(range(sheet.width), 2))
    else:
        sheet.hidden = True
    ledger.hidden = [what]
