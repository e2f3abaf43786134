"""Single-case forms: a label with its value beside it instead of a header with values below. Read as a table of one row a person.

A form may hold its people as blocks of labels that repeat, or as a small table with a header of its own under the labels of the case.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from review.vocabulary.terms import fields
from review.workbook.across import read_across
from review.workbook.grid import Grid
from review.workbook.headers import exact_field, is_kept
from review.workbook.layout import SheetLayout, Table, read_layout
from review.workbook.package import column_letter

# A form is a page or two; a long sheet is a list.
LONGEST, WIDEST = 200, 30
MOST_IN_A_ROW = 9
# Before the words of a label without a field.
_KEPT = "·"
_MATTER = frozenset(("title", "reason", "case_no"))
_WHO = frozenset(("name", "people", "unit_post", "unit", "post_then", "post_now"))
_INLINE = re.compile(r"^\s*([^:：]{1,15})[:：]\s*(\S.*)$", re.S)
# One of these is in every text that _GUIDE finds.
_GUIDE_HINTS = ("填写", "填报", "字段说明", "必填", "选填")
_GUIDE = re.compile("怎样填写|如何填写|填写要求|填写说明|填报要求|字段说明|填报说明|^(?:是否)?(?:必填|选填)项?$")


@dataclass(frozen=True)
class _Pair:
    field: str
    header: str
    row: int
    column: int
    value: str | None


@dataclass
class _Person:
    row: int
    case: dict[str, _Pair]
    facts: dict[str, _Pair] = field(default_factory=dict)


def read_form(grid: Grid) -> SheetLayout | None:
    """A sheet that is a form, as a layout with a table whose columns stand behind those of the sheet; None for any other sheet."""
    if grid.problem or not 2 <= grid.height <= LONGEST or len(grid.columns) > WIDEST:
        return None
    words = "\n".join(filter(None, chain.from_iterable(grid.columns)))
    if any(h in words for h in _GUIDE_HINTS) and any(_GUIDE.search(t) for c in grid.columns for t in c if t and len(t) < 20):
        return None
    if across := read_across(grid):
        return across
    if _side_by_side(grid):
        return None
    pairs, headers = _labels(grid)
    told = {p.field for p in pairs if p.value is not None}
    if not told & _MATTER or not headers and len({p.row for p in pairs}) < 3:
        return None
    if headers:
        return _above_table(grid, pairs)
    return _blocks(grid, pairs) if told & _WHO else None


def _side_by_side(grid: Grid) -> bool:
    """Most labels have several values beside them: a form has one, the others would be lost."""
    labelled = several = 0
    for row in range(grid.height):
        cells = [column[row] for column in grid.columns if column[row] is not None]
        if len(cells) > 1 and _field(cells[0]):
            labelled += 1
            several += len(cells) > 2 and not any(_field(t) or _INLINE.match(t) for t in cells[1:])
    return several >= 3 and 2 * several > labelled


def _labels(grid: Grid) -> tuple[list[_Pair], list[int]]:
    """Labels with their values, and the rows that are headers of a table (labels only)."""
    pairs: list[_Pair] = []
    headers: list[int] = []
    field_of = {t: _field(t) for column in grid.columns for t in set(column) if t is not None}
    labels = {t for t, name in field_of.items() if name or (":" in t or "：" in t)}
    # Most rows of a list hold no label at all.
    rows = {row for column in grid.columns if not labels.isdisjoint(column) for row, t in enumerate(column) if t in labels}
    met: set[tuple] = set()
    for row in sorted(rows):
        cells = [(c, column[row]) for c, column in enumerate(grid.columns) if column[row] is not None]
        known = [field_of[t] for _, t in cells]
        if len(cells) >= 3 and sum(k is not None for k in known) >= max(3, 0.5 * len(cells)) and not _alternate(known):
            headers.append(row)
            continue
        # Many cells in a row, or the same row again, are the header of a list on its next page.
        if len(cells) > MOST_IN_A_ROW or len(cells) > 2 and tuple(cells) in met:
            continue
        met.add(tuple(cells))
        # Below the header of a table only a row that begins with a label is none of its rows.
        if headers and known[0] is None and not _INLINE.match(cells[0][1]):
            continue
        found = list(_pairs(row, cells, known))
        # A word of the list may stand in a data row too (领导责任); a row that begins with a label and goes on in pairs is none.
        begins = known[0] is not None and found and len(cells) in (2, 4, 6)
        pairs += found if begins or 2 * len(found) >= 0.6 * len(cells) else []
    return pairs, headers


def _field(text: str) -> str | None:
    if len(text) > 20:
        return None
    return exact_field(text) or (_KEPT + text.strip(" :：\n") if is_kept(text) else None)


def _level(name: str) -> str:
    return "respondent" if name.startswith(_KEPT) else fields()[name].level


def _alternate(known: list[str | None]) -> bool:
    """Label, value, label, value, …: most values are no labels. One unknown word in a row of headers does not make a form."""
    return all(known[::2]) and 2 * sum(k is not None for k in known[1::2]) <= len(known[1::2]) > 0


def _pairs(row: int, cells: list[tuple[int, str]], known: list[str | None]) -> Iterator[_Pair]:
    n, paired = 0, _alternate(known)
    while n < len(cells):
        column, text = cells[n]
        inline = _INLINE.match(text) if known[n] is None else None
        if known[n] is not None:
            beside = n + 1 < len(cells) and (known[n + 1] is None or len(cells) == 2 or (paired and n % 2 == 0) or _alternate(known[n:]))
            if beside and not (known[n + 1] is None and _INLINE.match(cells[n + 1][1]) and _field(_INLINE.match(cells[n + 1][1])[1])):
                yield _Pair(known[n], text, row, cells[n + 1][0], cells[n + 1][1])
                n += 2
                continue
            yield _Pair(known[n], text, row, column, None)
        elif n >= 2 and n % 2 == 0 and known[0] is not None and n + 1 < len(cells) and len(text.strip()) <= 12 and not inline:
            # A label that nobody knows, in a row of labels and values: kept, and asked about.
            yield _Pair(_KEPT + text.strip(" :：\n"), text, row, cells[n + 1][0], cells[n + 1][1])
            n += 1
        elif inline and (name := _field(inline[1])):
            yield _Pair(name, inline[1], row, column, inline[2])
        n += 1


def _blocks(grid: Grid, pairs: list[_Pair]) -> SheetLayout | None:
    people = _people(pairs)
    told = [p for p in people if any(pair.value is not None for f, pair in p.facts.items() if f in _WHO)]
    if not told:
        return None
    names = list(dict.fromkeys(f for p in told for f in (*p.case, *p.facts)))
    found = {f: next(pair for p in told for pair in [p.case.get(f) or p.facts.get(f)] if pair) for f in names}
    layout = _virtual(grid, [(found[f].header, column_letter(found[f].column)) for f in names])
    table = layout.tables[0]
    last = -1
    for person in told:
        row = last = max(person.row, last + 1)
        table.rows.append(row)
        layout.kinds[row] = "data"
        for k, name in enumerate(names):
            pair = person.facts.get(name) or person.case.get(name)
            if pair is not None and pair.value is not None:
                layout.grid.columns[len(grid.columns) + k][row] = pair.value
                layout.places[row, len(grid.columns) + k] = pair.row, pair.column
    return layout


def _people(pairs: list[_Pair]) -> list[_Person]:
    """People in order; a label that was there already begins the next person, a title or number once more the next case."""
    people: list[_Person] = []
    case: dict[str, _Pair] = {}
    person: _Person | None = None
    for pair in pairs:
        if _level(pair.field) != "respondent":
            if pair.field in _MATTER and pair.field in case:
                case, person = {}, None
            case.setdefault(pair.field, pair)
            continue
        if person is None or pair.field in person.facts:
            person = _Person(pair.row, case)
            people.append(person)
        person.facts[pair.field] = pair
    return people


def _virtual(grid: Grid, added: list[tuple[str, str]]) -> SheetLayout:
    """The sheet with empty columns for what its labels tell; the sheet's own cells are left out of the table."""
    columns: list[list[str | None]] = [[None] * grid.height for _ in range(len(grid.columns) + len(added))]
    known = Grid(grid.name, grid.hidden, columns, [], grid.damaged, None, grid.numeric)
    kinds = [None if n == 0 else "title" for n in grid.filled()]
    layout = SheetLayout(known, kinds, source=grid)
    letters = {len(grid.columns) + k: letter for k, (_, letter) in enumerate(added)}
    headers: list[tuple[str, ...]] = [()] * len(grid.columns) + [(header.strip(" :：\n"),) for header, _ in added]
    layout.tables.append(Table(grid.name, [], headers, [], letters=letters))
    return layout


def _above_table(grid: Grid, pairs: list[_Pair]) -> SheetLayout | None:
    """A table of people under the labels of their case: what the labels tell holds for every row."""
    layout = read_layout(grid)
    if len(layout.tables) != 1:
        return None
    table = layout.tables[0]
    have = {exact_field(levels[-1]) for levels in table.headers if levels}
    labelled = {p.row for p in pairs if p.value is not None}
    facts = {p.field: p for p in pairs if p.value is not None and p.field not in have and _level(p.field) != "respondent"}
    if not facts or not facts.keys() & _MATTER or labelled & set(table.header_rows):
        return None
    for row in labelled:
        if row in table.rows:
            table.rows.remove(row)
            layout.kinds[row] = "title"
    if not table.rows:
        return None
    width = len(grid.columns)
    added = []
    for pair in facts.values():
        column: list[str | None] = [None] * grid.height
        for row in table.rows:
            column[row] = pair.value
        added.append(column)
    layout.source = grid
    table.letters = {width + k: column_letter(p.column) for k, p in enumerate(facts.values())}
    layout.places = {(row, width + k): (p.row, p.column) for k, p in enumerate(facts.values()) for row in table.rows}
    layout.grid = Grid(grid.name, grid.hidden, grid.columns + added, grid.merges, grid.damaged, None, grid.numeric)
    table.headers = table.headers + [(p.header.strip(" :：\n"),) for p in facts.values()]
    return layout
