"""Where in a sheet is the table? Titles and units above it, its header of one to three levels, its rows, and what is no row.

Nothing here knows what the columns mean beyond the header words; a row is a total or a note by its own words.
"""

import hashlib
import re
from dataclasses import dataclass, field
from functools import lru_cache

from review.workbook.counties import county_of_sheet
from review.workbook.grid import Grid
from review.workbook.headers import exact_field, known_texts, plain, similar_field, without_number

HEADER_WITHIN = 30
MAX_LEVELS = 3

# What was decided on a person.
_DECIDED = frozenset(
    ["responsibility", "measures", "measures_organizational", "measures_party", "measures_administrative", "measures_education"]
)
_TOTAL = re.compile(r"^[\u4e00-\u9fff]{0,8}?(?:合计|小计|总计|共计|累计|总数)(?:[:：]?\d+(?:人|件|起|名|人次)?)?[:：]?$")
_NUMERIC = re.compile(r"^[\d.,%\s]*(?:人|件|起|名|次|人次)?$")
_NOTE = re.compile(
    r"^[\s*※]*(?:注|备注|说明|附注|附|填表说明|填报说明|填表人|填报人|填表日期|填报日期|填报时间|填表时间|填报单位|填表单位|制表|制表人|制表日期|制表单位"
    r"|审核人|审核|复核人|审批人|负责人|单位负责人|主要负责人|分管领导|联系人|联系电话|经办人|签字|签名|签章|盖章|单位公章|公章|日期|报送单位|报送时间|打印日期)"
    r"\s*(?:[(（][^)）]{0,12}[)）])?\s*[:：]"
)
_SECTION = re.compile(r"^\s*[(（]?[一二三四五六七八九十]{1,3}[)）、.．]")
_GROUP = re.compile("情况|信息|对象|人员|处理|责任|程序|基本|问责|案件|其他|备注|决定|执行|运用|申诉|线索")
_COLUMN_NUMBER = re.compile(r"[(（]?(?:(\d{1,2})|[甲乙丙丁戊]|栏次|列次)[)）]?$")
_UNIT = re.compile(
    r"^[\s]*(?:填报单位|填表单位|报送单位|单位|填报日期|填报时间|统计时间|统计口径|截止时间|截至|报送时间|制表日期|编制单位|密级)[^。]{0,60}$"
)


@dataclass
class Table:
    """A table: ``headers[c]`` are the header levels of column c, outermost first (empty tuple: no header); rows count from 0."""

    label: str
    header_rows: list[int]
    headers: list[tuple[str, ...]]
    rows: list[int]
    # Texts of rows that divide the table (一、甲县), by row.
    sections: dict[int, str] = field(default_factory=dict)
    # Columns of a form stand behind those of the sheet: the letter under which people find them.
    letters: dict[int, str] = field(default_factory=dict)
    # Columns whose field their place in the sheet tells (None: told by another column), not their header.
    given: dict[int, str | None] = field(default_factory=dict)

    @property
    def layout(self) -> str:
        """Fingerprint of the headers: the same for every ledger of one form."""
        return _fingerprint(tuple(self.headers))


@lru_cache(maxsize=256)
def _fingerprint(headers: tuple[tuple[str, ...], ...]) -> str:
    text = "|".join("/".join(plain(level) for level in levels) for levels in headers)
    return hashlib.sha256(text.rstrip("|").encode()).hexdigest()[:16]


@dataclass
class SheetLayout:
    """What each row of a sheet is (title, unit, header, data, total, note; None: empty) and the tables found."""

    grid: Grid
    kinds: list[str | None]
    tables: list[Table] = field(default_factory=list)
    # The sheet itself where ``grid`` was made from it (a form), and where its cells stand: (row, column) -> (row, column).
    source: Grid | None = None
    places: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    # How cells were read that do not hold a value as they stand, in sentences for people.
    told: list[str] = field(default_factory=list)


def read_layout(grid: Grid) -> SheetLayout:
    """Tables and row kinds of a sheet; without a table every filled row has kind 'skipped'."""
    filled = grid.filled()
    layout = SheetLayout(grid, [None if n == 0 else "skipped" for n in filled])
    spans = _Spans(grid)
    header = _find_header(grid, spans, filled, 0, min(grid.height, HEADER_WITHIN))
    while header is not None:
        first, last = header
        above = layout.tables[-1] if layout.tables else None
        _name_above(layout, above.header_rows[-1] + 1 if above else 0, first, filled, above is None)
        table = Table(grid.name, list(range(first, last + 1)), _headers(grid, spans, first, last), [])
        if above is not None:
            while first > 0 and filled[first - 1] <= 1 and layout.kinds[first - 1] in ("data", None):
                # A line of its own right above a header is the title of what follows.
                first -= 1
                layout.kinds[first] = layout.kinds[first] and "title"
            above.rows = [r for r in above.rows if r < first]
            table.label = f"{grid.name}（第{len(layout.tables) + 1}表）"
        layout.tables.append(table)
        header = _read_rows(layout, table, spans, filled)
    return layout


class _Spans:
    """Merged ranges by their top-left cell, and which cell covers a cell."""

    def __init__(self, grid: Grid):
        self.width = len(grid.columns)
        self.at = {(top, left): (bottom, right) for top, left, bottom, right in grid.merges}
        self.cover: dict[tuple[int, int], tuple[int, int]] = {}
        for top, left, bottom, right in grid.merges:
            # A title across the sheet or a long column merge need not be spelled out cell by cell.
            if (bottom - top + 1) * (right - left + 1) <= 4_000:
                for r in range(top, bottom + 1):
                    for c in range(left, right + 1):
                        self.cover[r, c] = (top, left)

    def text(self, grid: Grid, row: int, column: int) -> str | None:
        r, c = self.cover.get((row, column), (row, column))
        return grid.columns[c][r]


@lru_cache(maxsize=20_000)
def _named(text: str) -> str | None:
    name = exact_field(text) or (similar_field(text) or (None,))[0]
    if name is None and (bare := without_number(text)):
        # 责任人1, 处理1.
        return exact_field(bare[0])
    return name


def _hits(grid: Grid, row: int) -> tuple[set[str], int, int]:
    """Fields that the cells of a row name, cells that name one, filled cells."""
    cells = [text for column in grid.columns if (text := column[row]) is not None]
    named = [name for text in cells if len(text) <= 40 and (name := _named(text))]
    return set(named), len(named), len(cells)


def _names_a_ledger(grid: Grid, row: int) -> bool:
    """A row that heads a ledger however many columns of their own a county added: it names the person, what was decided on them
    and more, each in the very words of the vocabulary, and holds no text longer than a header."""
    cells = [column[row] for column in grid.columns if column[row] is not None]
    if any(len(text) > 40 for text in cells):
        return False
    named = {exact_field(text) for text in cells} - {None}
    return len(named) >= 5 and "name" in named and not named.isdisjoint(_DECIDED)


def _find_header(grid: Grid, spans: _Spans, filled: list[int], start: int, end: int) -> tuple[int, int] | None:
    best, best_score = None, 0
    for row in range(start, end):
        if filled[row] < 2:
            continue
        found, count, cells = _hits(grid, row)
        # The first of equal rows: a repeated header further down is no better.
        if len(found) >= 2 and len(found) > best_score and (count >= 0.4 * cells or _names_a_ledger(grid, row)):
            best, best_score = row, len(found)
    if best is None:
        return None
    first = last = best
    while first > start and last - first + 1 < MAX_LEVELS and _is_upper_level(grid, spans, first - 1, filled):
        first -= 1
    while last + 1 < grid.height and last - first + 1 < MAX_LEVELS and _is_lower_level(grid, spans, first, last + 1, filled):
        last += 1
    return first, last


def _is_upper_level(grid: Grid, spans: _Spans, row: int, filled: list[int]) -> bool:
    """A row above the header that groups its columns: merged over some columns or down into the header."""
    if filled[row] < 2:
        return False
    for (top, left), (bottom, right) in spans.at.items():
        if top == row and grid.columns[left][row] is not None and (bottom > row or (right > left and right - left + 1 < 0.8 * spans.width)):
            text = grid.columns[left][row]
            return len(text) <= 30 and not _UNIT.match(text)
    # Not merged: words for groups of columns, each over the first column of its group or over all of them.
    texts = [(c, column[row]) for c, column in enumerate(grid.columns) if column[row] is not None]
    runs = sum(1 for n, (_, t) in enumerate(texts) if n == 0 or texts[n - 1][1].strip() != t.strip())
    if filled[row + 1] >= 2 * runs and all(
        len(t) <= 16 and _GROUP.search(t) and not _UNIT.match(t) and ":" not in t and "：" not in t and grid.columns[c][row + 1] is not None
        for c, t in texts
    ):
        return True
    # Not merged: a known word stands where the row below is empty.
    return any(
        column[row] is not None and column[row + 1] is None and exact_field(column[row]) is not None and not _UNIT.match(column[row])
        for column in grid.columns
    )


def _is_lower_level(grid: Grid, spans: _Spans, first: int, row: int, filled: list[int]) -> bool:
    if filled[row] == 0:
        return False
    reaching = any(first <= top < row <= bottom for (top, _), (bottom, _) in spans.at.items())
    texts = [column[row] for column in grid.columns if column[row] is not None]
    if any(len(t) > 30 or re.fullmatch(r"\d[\d.\-/年月日]*", t) for t in texts):
        return False
    words = sum(1 for t in texts if exact_field(t) or (similar_field(t) is not None))
    known = words + sum(
        1 for t in texts if plain(t) in ("时间", "日期", "是否", "情况", "结果", "类型", "方式", "名称", "人数", "内容", "种类", *"年月日")
    )
    choices = _are_choices(grid, row, texts)
    if reaching:
        return known >= 1 or choices or all(re.fullmatch(r"\s*[(（][^()（）]+[)）]\s*", t) for t in texts)
    # Not merged: the words must stand under a header that is empty, wide or repeated, and hardly anything else may stand in the row.
    under_blank = sum(1 for column in grid.columns if column[row] is not None and column[row - 1] is None)
    wide = any(top == row - 1 and right > left for (top, left), (_, right) in spans.at.items()) or _under_repeated(grid, row)
    if choices and (under_blank or wide):
        return True
    if known < max(1, 0.7 * len(texts)) and not _names_a_ledger(grid, row):
        return False
    return (under_blank >= 1 or wide) and len(texts) < filled[row - 1] + under_blank + 1


def _under_repeated(grid: Grid, row: int) -> bool:
    """Every word of the row stands under a header that is printed over several columns (处理情况 处理情况 over 党纪 政务)."""
    above = [column[row - 1] for column in grid.columns]
    under = [a for a, column in zip(above, grid.columns, strict=True) if column[row] is not None]
    return all(a is not None and above.count(a) > 1 for a in under) and len(under) < len(above) - above.count(None)


def _are_choices(grid: Grid, row: int, texts: list[str]) -> bool:
    """A row of nothing but values to tick (党内警告 诫勉 通报批评), beside headers that reach down over it."""
    if len(texts) < 2 or not all(_is_choice(t) for t in texts):
        return False
    places = [c for c, column in enumerate(grid.columns) if column[row] is not None]
    return any(grid.columns[c][row - 1] is not None for c in range(len(grid.columns)) if c not in places) and len(set(texts)) > 1


def _is_choice(text: str) -> bool:
    # What one is must be known where measures are read; the layout is known before that.
    from review.workbook.ticks import choice_of

    return choice_of(text) is not None or plain(text) in ("其他", "其它", "其他处理")


def _headers(grid: Grid, spans: _Spans, first: int, last: int) -> list[tuple[str, ...]]:
    out = []
    for c in range(len(grid.columns)):
        levels: list[str] = []
        for r in range(first, last + 1):
            text = spans.text(grid, r, c)
            if text is None and r < last and (r, c) not in spans.cover:
                # A group header that was not merged reaches over the empty cells to its right, if the next level has words there.
                text = _group_to_the_left(grid, spans, r, c, last)
            if text is not None and (not levels or levels[-1] != text.strip()):
                levels.append(text.strip())
        out.append(tuple(levels))
    return out


def _group_to_the_left(grid: Grid, spans: _Spans, row: int, column: int, last: int) -> str | None:
    if all(grid.columns[column][r] is None for r in range(row + 1, last + 1)):
        return None
    for c in range(column - 1, -1, -1):
        text = spans.text(grid, row, c)
        if text is not None:
            below = any(grid.columns[c][r] is not None for r in range(row + 1, last + 1))
            return text if below and (row, c) not in spans.cover else None
    return None


def _name_above(layout: SheetLayout, start: int, header: int, filled: list[int], first_table: bool) -> None:
    for row in range(start, header):
        if layout.kinds[row] == "skipped" and (first_table or filled[row] <= 2):
            text = next(column[row] for column in layout.grid.columns if column[row] is not None)
            layout.kinds[row] = "unit" if _UNIT.match(text) and not first_row_title(text) else "title"


def first_row_title(text: str) -> bool:
    """A line that names the ledger itself, not who filled it in."""
    return bool(re.search(r"(台账|一览表|统计表|登记表|汇总表|明细表|情况表|清单)\s*$", text))


def _read_rows(layout: SheetLayout, table: Table, spans: _Spans, filled: list[int]) -> tuple[int, int] | None:
    """Set kinds and rows below a header; where another header begins, return its rows."""
    grid, kinds = layout.grid, layout.kinds
    first, last = table.header_rows[0], table.header_rows[-1]
    for row in range(first, last + 1):
        kinds[row] = "header"
    totals = _rows_with(grid, last + 1, lambda t: "计" in t or "数" in t and "总数" in t, _TOTAL)
    header_like = _header_like_rows(grid, first, last + 1, filled)
    repeated = {r: tuple(grid.row(r)) for r in range(first, last + 1)}
    repeated_rows = set(repeated.values())
    # A header of two words over its groups, printed again on the next page.
    short = {r: next(c for c, column in enumerate(grid.columns) if column[r] is not None) for r in repeated if 2 <= filled[r] <= 4}
    in_notes = False
    row = last + 1
    while row < grid.height:
        if filled[row] == 0:
            row += 1
            continue
        again = any(filled[row] == filled[r] and grid.columns[c][row] == grid.columns[c][r] for r, c in short.items())
        if again and tuple(grid.row(row)) in repeated_rows:
            kinds[row] = "header"
            row += 1
            continue
        if row in header_like:
            cells = tuple(grid.row(row))
            if cells in repeated_rows:
                kinds[row] = "header"
                row += 1
                continue
            again = _find_header(grid, spans, filled, row, min(row + 1, grid.height))
            if again is not None:
                start = row
                while start - 1 > last and row - start + 1 < MAX_LEVELS and _is_upper_level(grid, spans, start - 1, filled):
                    start -= 1
                if tuple(grid.row(start)) not in repeated_rows:
                    return start, again[1]
        if row == last + 1 and _numbers_columns(grid, row):
            kinds[row] = "header"
        elif row in totals and _is_total(grid, row):
            kinds[row] = "total"
        elif filled[row] <= 4 and _is_note(grid, row, filled[row], in_notes):
            kinds[row] = "note"
            in_notes = filled[row] <= 2
        elif filled[row] == 1 and _is_section(grid, spans, row):
            kinds[row] = "title"
            table.sections[row] = next(column[row] for column in grid.columns if column[row] is not None)
        else:
            kinds[row] = "data"
            in_notes = False
            table.rows.append(row)
        row += 1
    return None


def _rows_with(grid: Grid, start: int, cheap, pattern: re.Pattern) -> set[int]:
    rows = set()
    for column in grid.columns[:6]:
        wanted = {t for t in set(column) if t is not None and len(t) <= 20 and cheap(t) and pattern.match(re.sub(r"\s", "", t))}
        if wanted:
            rows.update(r for r, t in enumerate(column) if t in wanted and r >= start)
    return rows


def _header_like_rows(grid: Grid, first: int, start: int, filled: list[int]) -> set[int]:
    known = known_texts() | {c[r] for c in grid.columns for r in range(first, start) if c[r] is not None}
    counts: dict[int, int] = {}
    for column in grid.columns:
        wanted = known.intersection(column)
        if wanted:
            for row in range(start, grid.height):
                if column[row] in wanted:
                    counts[row] = counts.get(row, 0) + 1
    rows = {r for r, n in counts.items() if n >= 3 and n >= 0.6 * filled[r]}
    # After a break the words may be spelled otherwise; only those few rows are looked at closely.
    for row in range(start + 1, grid.height):
        if filled[row] >= 3 and (filled[row - 1] == 0 or filled[row - 1] == 1) and row not in rows:
            cells = [c[row] for c in grid.columns if c[row] is not None]
            if all(len(t) <= 30 for t in cells):
                found, count, n = _hits(grid, row)
                if len(found) >= 3 and count >= 0.6 * n:
                    rows.add(row)
    return rows


def _numbers_columns(grid: Grid, row: int) -> bool:
    """A row under the header that only counts the columns: (1) (2) (3), also behind 甲 乙 or 栏次."""
    cells = [_COLUMN_NUMBER.match(column[row].strip()) for column in grid.columns if column[row] is not None]
    if len(cells) < 3 or None in cells:
        return False
    numbers = [int(c[1]) for c in cells if c[1]]
    return len(numbers) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _is_total(grid: Grid, row: int) -> bool:
    cells = [column[row] for column in grid.columns if column[row] is not None]
    others = [t for t in cells if not _TOTAL.match(re.sub(r"\s", "", t))]
    return all(_NUMERIC.match(t.strip()) for t in others) or len(others) <= 1


def _is_note(grid: Grid, row: int, count: int, in_notes: bool) -> bool:
    cells = [column[row] for column in grid.columns if column[row] is not None]
    if _NOTE.match(cells[0]):
        return True
    # "2.本表一式两份" under a note: one long text that stands at the left.
    return in_notes and count == 1 and any(column[row] is not None for column in grid.columns[:2]) and len(cells[0]) > 6


def _is_section(grid: Grid, spans: _Spans, row: int) -> bool:
    """A text that divides the rows: merged across most of the table, or numbered like 一、市级案件."""
    column = next(c for c, texts in enumerate(grid.columns) if texts[row] is not None)
    text = grid.columns[column][row]
    if column < 2 and (_SECTION.match(text) or county_of_sheet(text) == text.strip()):
        return True
    bottom, right = spans.at.get((row, column), (row, column))
    return bottom == row and right - column + 1 >= max(3, 0.6 * spans.width)
