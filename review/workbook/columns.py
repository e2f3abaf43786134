"""Which field is each column? By the header's words, then by what the cells look like; doubts become questions."""

from collections import Counter
from dataclasses import replace

from review.vocabulary.terms import fields
from review.workbook import looks
from review.workbook.grid import Grid
from review.workbook.headers import field_of_levels, is_kept, synonym_rank
from review.workbook.layout import Table
from review.workbook.lying import by_cells, corrected, vetoed
from review.workbook.mapping import (
    JOINED,
    MATTER_FIELDS,
    MEASURE_FIELDS,
    NOT_USED,
    PERSON_FIELDS,
    PERSONAL,
    Column,
    LedgerChoices,
    Question,
    answer_for,
)  # fmt: skip
from review.workbook.persons import numbered, side_by_side_people

__all__ = ["MEASURE_FIELDS", "NOT_USED", "Column", "LedgerChoices", "Question", "is_case_table", "map_columns"]

_NO_QUESTION = frozenset(("note", "seq"))


def map_columns(grid: Grid, table: Table, choices: LedgerChoices) -> tuple[list[Column], list[Question]]:
    """Columns of a table with their fields, and the questions that remain."""
    samples = {}
    columns = []
    headers = ["/".join(_one_line(level) for level in levels) for levels in table.headers]
    shared, met = Counter(headers), Counter()
    numbers = numbered(table.headers)
    for c, levels in enumerate(table.headers):
        values = grid.columns[c]
        samples[c] = looks.sample([values[r] for r in table.rows])
        header = headers[c]
        met[header] += 1
        if not header and not samples[c]:
            continue
        if c in table.given:
            name = table.given[c]
            how, confidence = ("synonym", 0.95) if name else ("none", 0.0)
        else:
            name, how, confidence = field_of_levels(numbers[c][1] if c in numbers else levels)
        key = header if header and shared[header] == 1 else f"{header}#{met[header]}"
        columns.append(Column(c, header, name, how, confidence, "unknown", tuple(samples[c][:3]), key, table.letters.get(c)))
    settled = {}
    columns = [_chosen(column, table, choices, settled) for column in columns]
    columns = _look_at_cells(columns, samples, settled)
    columns = side_by_side_people(columns, grid, table, {c: n for c, (n, _) in numbers.items()})
    columns = _both(columns, settled)
    meant = {column.position for column in columns if column.field}
    columns, questions = _one_column_a_field(columns, table, grid, settled)
    # A column that lost its field to another is asked about once, with the winner.
    lost = {column.position for column in columns if column.field is None} & meant | {c for c, name in table.given.items() if name is None}
    questions += _open_questions([column for column in columns if column.position not in lost], table, samples, settled)
    meanings = [_blank(column, table, choices) for column in columns]
    columns = [c if c.blank_means == m else replace(c, blank_means=m) for c, m in zip(columns, meanings, strict=True)]
    questions += _blank_questions(columns, table, grid)
    return columns, questions


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _chosen(column: Column, table: Table, choices: LedgerChoices, settled: dict) -> Column:
    found, name = answer_for(choices.fields, table.label, column)
    how = "user"
    if not found and (table.layout, column.key) in choices.remembered:
        name = choices.remembered[table.layout, column.key][0]
        found, how = name is not None, "remembered"
        name = None if name == NOT_USED else name
    if not found or (name is not None and name not in fields()):
        return column
    settled[column.position] = how
    return replace(column, field=name, matched_by=how if name else "ignored", confidence=1.0)


def _blank(column: Column, table: Table, choices: LedgerChoices) -> str:
    found, answer = answer_for(choices.blank, table.label, column)
    if not found:
        answer = choices.all_blank or choices.remembered.get((table.layout, column.key), (None, None))[1]
    step = fields()[column.field].step if column.field else None
    return "not_done" if answer == "not_done" and step else "unknown"


def _look_at_cells(columns: list[Column], samples: dict[int, list[str]], settled: dict) -> list[Column]:
    """Let the cells correct headers that are known to lie, and name columns whose header says nothing."""
    have = Counter(c.field for c in columns if c.field)

    def named(column: Column, name: str | None, confidence: float) -> Column:
        have[column.field] -= 1
        have[name] += 1
        return replace(column, field=name, matched_by="values" if name else "none", confidence=confidence if name else 0.0)

    out = []
    for column in columns:
        values = samples[column.position]
        if column.position not in settled and values and column.field:
            name = corrected(column, values, have)
            if name != column.field:
                lied = (column.field, name) == ("unit", "name") or vetoed(column.field, values, bool(have["name"] or have["people"]))
                column = named(column, name, 0.6 if lied else 0.8)
        out.append(column)
    # What no header names is looked at last: a header that lied has left its field free by then.
    for at, column in enumerate(out):
        values = samples[column.position]
        if column.position not in settled and values and column.field is None and (name := by_cells(values, have)):
            out[at] = named(column, name, 0.6)
    return out


def _both(columns: list[Column], settled: dict) -> list[Column]:
    """Several columns that the user gave one meaning: further people where it is the name (and what else there is once for each of
    them), texts to be read together otherwise."""
    given: dict[str, list[Column]] = {}
    for column in columns:
        if column.field and column.position in settled and column.person == 1:
            given.setdefault(column.field, []).append(column)
    people = len(given.get("name", ()))
    person, joined = {}, set()
    for name, same in given.items():
        if len(same) < 2:
            continue
        if people > 1 and name in PERSONAL and len(same) == people:
            person |= {c.position: n for n, c in enumerate(same, 1)}
        elif name in JOINED:
            joined |= {c.position for c in same}
    if not person and not joined:
        return columns
    return [replace(c, person=person.get(c.position, c.person), joined=c.joined or c.position in joined) for c in columns]


def _one_column_a_field(columns: list[Column], table: Table, grid: Grid, settled: dict) -> tuple[list[Column], list[Question]]:
    groups: dict[tuple[str, int], list[Column]] = {}
    for column in columns:
        if column.field and not column.joined:
            groups.setdefault((column.field, column.person), []).append(column)
    losers: dict[int, Column] = {}
    questions = []
    for (name, _), same in groups.items():
        if len(same) < 2:
            continue
        filled = {c.position: sum(1 for r in table.rows if grid.columns[c.position][r] is not None) for c in same}
        weights = {c.position: _weight(c, filled[c.position], c.position in settled) for c in same}
        best = max(same, key=lambda c: weights[c.position])
        others = [c for c in same if c is not best]
        losers.update({c.position: c for c in others})
        if name not in _NO_QUESTION:
            label = fields()[name].label
            listed = "、".join(f"{c.letter}列“{c.header}”（{filled[c.position]} 格有内容）" for c in same)
            questions.append(
                Question(
                    "duplicate",
                    table.label,
                    best.header,
                    best.key,
                    best.letter,
                    f"{listed} 都像“{label}”。现按 {best.letter}列“{best.header}”读取，其余作为附加内容保留。请确认用哪一列。",
                    tuple(c.key for c in same),
                )
            )
    kept = [replace(c, field=None, matched_by="none", confidence=0.0) if c.position in losers else c for c in columns]
    return kept, questions


def _weight(column: Column, filled: int, settled: bool) -> tuple:
    """Which of several columns of one field is taken: the user's, one found by its header, the surer header, the better filled one."""
    by_header = column.matched_by != "values"
    return settled, by_header, filled > 0, round(column.confidence, 1), filled, -synonym_rank(column.field, column.header), -column.position


def _open_questions(columns: list[Column], table: Table, samples: dict, settled: dict) -> list[Question]:
    questions = []
    for column in columns:
        if column.position in settled or not samples[column.position]:
            continue
        if column.field is None and is_kept(column.header.rsplit("/", 1)[-1]):
            continue
        title = f"{column.letter}列“{column.header or '（没有表头）'}”"
        if column.field is None:
            questions.append(
                Question(
                    "unmapped",
                    table.label,
                    column.header,
                    column.key,
                    column.letter,
                    f"{title}没有认出是什么内容，现作为附加内容保留。如果有用，请选择对应的项目。",
                )
            )
        elif column.matched_by == "values" or column.confidence < 0.9:
            label = fields()[column.field].label
            basis = "内容" if column.matched_by == "values" else "表头近似"
            words = f"{title}按{basis}认作“{label}”，请确认。"
            questions.append(Question("guessed", table.label, column.header, column.key, column.letter, words, (column.field,)))
    return questions


def _blank_questions(columns: list[Column], table: Table, grid: Grid) -> list[Question]:
    questions = []
    for column in columns:
        if column.field is None or fields()[column.field].step is None or column.blank_means != "unknown":
            continue
        values = grid.columns[column.position]
        blanks = sum(1 for r in table.rows if values[r] is None)
        if blanks:
            questions.append(
                Question(
                    "blank",
                    table.label,
                    column.header,
                    column.key,
                    column.letter,
                    f"{column.letter}列“{column.header}”有 {blanks} 格空白。空白表示什么？",
                    ("unknown", "not_done"),
                )
            )
    return questions


def is_case_table(columns: list[Column], grid: Grid, table: Table) -> str | None:
    """None for a table of cases and people; else the reason why it is none."""
    have = {c.field: c for c in columns if c.field}

    def counts(name: str) -> bool:
        values = grid.columns[have[name].position]
        return looks.like_counts(looks.sample([values[r] for r in table.rows]))

    if not table.rows:
        return "有表头但没有数据行"
    people = [f for f in have if f in PERSON_FIELDS and f != "unit" and not counts(f)]
    measures = [f for f in have if f in MEASURE_FIELDS]
    if not people and measures and all(counts(f) for f in measures):
        return "是汇总统计表（各列为数量），不是逐人逐案的台账"
    if not people and not ("unit" in have and measures):
        return "没有姓名、单位职务或人员处理情况的列，不是问责台账"
    if not MATTER_FIELDS & have.keys():
        return "没有案件、事由、责任或处理方式的列，不是问责台账"
    return None
