"""Several people in one row: numbered columns (责任人1 处理1 责任人2 处理2) and columns that repeat (姓名 职务 处理 姓名 职务 处理)."""

import re
from collections import defaultdict
from dataclasses import replace

from review.vocabulary.terms import fields
from review.workbook.casewords import is_masked_name
from review.workbook.grid import Grid
from review.workbook.headers import plain, without_number
from review.workbook.layout import Table
from review.workbook.mapping import JOINED, MEASURE_FIELDS, PERSONAL, WHO, Column

# Two columns of one person more often than not, when this share of their rows says the same.
_SAME = 0.5
_OF_BODIES = re.compile("党组织|组织|班子|集体|单位")


def numbered(headers: list[tuple[str, ...]]) -> dict[int, tuple[int, tuple[str, ...]]]:
    """{position: (number, header levels without it)} of columns that only their number tells from another column."""
    found: dict[tuple[str, ...], dict[int, int]] = defaultdict(dict)
    levels_of: dict[int, tuple[str, ...]] = {}
    twice = set()
    for position, levels in enumerate(headers):
        for at, level in enumerate(levels):
            if split := without_number(level):
                bare = (*levels[:at], split[0], *levels[at + 1 :])
                key = tuple(plain(t) for t in bare)
                twice |= {key} if split[1] in found[key] else set()
                found[key][split[1]] = position
                levels_of[position] = bare
                break
    for position, levels in enumerate(headers):
        key = tuple(plain(t) for t in levels)
        if key in found and position not in levels_of:
            # 责任人, 责任人2: the first one bears no number.
            twice |= {key} if 1 in found[key] else set()
            found[key][1] = position
            levels_of[position] = levels
    return {p: (n, levels_of[p]) for key, by in found.items() if len(by) > 1 and key not in twice for n, p in by.items()}


def side_by_side_people(columns: list[Column], grid: Grid, table: Table, numbers: dict[int, int]) -> list[Column]:
    """The columns with their ``person`` set, and further columns of one text (处理1, 处理2 of one person) marked to be joined.

    ``numbers``: the number in the header of a column by its position.
    """
    columns = _alike(columns, numbers)
    by_number = _by_numbers(columns, grid, table, numbers)
    if by_number:
        return [replace(c, person=by_number.get(c.position, c.person)) for c in columns]
    if any(c.position in numbers for c in columns):
        joined = _to_join(columns, numbers)
        return [replace(c, joined=c.position in joined) for c in columns]
    repeated = _by_repeats(columns, grid, table) or _bodies_and_people(columns, grid, table)
    return [replace(c, person=repeated[c.position]) if c.position in repeated else c for c in columns]


def _alike(columns: list[Column], numbers: dict[int, int]) -> list[Column]:
    """What the cells showed of one column holds for the others of the same words: 职务1 and 职务2 both hold unit and post."""
    shown = {_words(c, numbers): c for c in columns if c.matched_by == "values" and c.field == "unit_post"}
    return [
        replace(c, field="unit_post", matched_by="values", confidence=first.confidence)
        if c.field in ("post_now", "post_then") and (first := shown.get(_words(c, numbers))) and c.matched_by != "user"
        else c
        for c in columns
    ]


def _words(column: Column, numbers: dict[int, int]) -> str:
    leaf = column.header.rsplit("/", 1)[-1]
    bare = without_number(leaf) if column.position in numbers else None
    return plain(bare[0] if bare else leaf)


def _by_numbers(columns: list[Column], grid: Grid, table: Table, numbers: dict[int, int]) -> dict[int, int]:
    mine = [c for c in columns if c.position in numbers and c.field in PERSONAL]
    anchor = _anchor(columns, mine)
    if anchor is None:
        return {}
    firsts = {numbers[c.position]: c for c in mine if c.field == anchor}
    if len(firsts) < 2 or len(firsts) < sum(c.field == anchor for c in columns) or _same_people(list(firsts.values()), grid, table):
        return {}
    rank = {n: k for k, n in enumerate(sorted(firsts), 1)}
    found = {c.position: rank[numbers[c.position]] for c in mine if numbers[c.position] in rank}
    return found | _behind([c for c in columns if c.position not in numbers], [firsts[n].position for n in sorted(firsts)])


def _behind(columns: list[Column], starts: list[int]) -> dict[int, int]:
    """Columns without a number that repeat behind the numbered names: 责任人1 单位职务 处理 责任人2 单位职务 处理."""
    if starts != sorted(starts):
        return {}
    groups = defaultdict(list)
    for c in columns:
        if c.field in PERSONAL:
            groups[c.field, plain(c.header.rsplit("/", 1)[-1])].append(c.position)
    found: dict[int, int] = {}
    for same in groups.values():
        of = [sum(start < p for start in starts) for p in same]
        if len(same) > 1 and all(of) and len(set(of)) == len(of):
            found |= dict(zip(same, of, strict=True))
    return found


def _anchor(columns: list[Column], among: list[Column]) -> str | None:
    """What tells the people apart: their names, without any name column their posts or units."""
    named = any(c.field == "name" for c in columns)
    return next((f for f in WHO if sum(c.field == f for c in among) > 1 and (f == "name" or not named)), None)


def _to_join(columns: list[Column], numbers: dict[int, int]) -> set[int]:
    by_field = defaultdict(list)
    for c in columns:
        if c.field in JOINED and c.position in numbers:
            by_field[c.field].append(c.position)
    return {p for some in by_field.values() if len(some) > 1 for p in some}


def _by_repeats(columns: list[Column], grid: Grid, table: Table) -> dict[int, int]:
    groups = defaultdict(list)
    for c in columns:
        if c.field in PERSONAL:
            groups[c.field, plain(c.header.rsplit("/", 1)[-1])].append(c)
    anchors = [cs for (f, _), cs in groups.items() if f == "name" and len(cs) > 1]
    if len(anchors) != 1 or sum(c.field == "name" for c in columns) != len(anchors[0]) or _same_people(anchors[0], grid, table):
        return {}
    count = len(anchors[0])
    repeated = [cs for cs in groups.values() if len(cs) == count]
    # A name alone twice may be anything; each group must stand by itself, one behind the other.
    if len(repeated) < 2:
        return {}
    starts = [min(cs[k].position for cs in repeated) for k in range(count)]
    ends = [max(cs[k].position for cs in repeated) for k in range(count)]
    if any(end >= start for end, start in zip(ends, starts[1:], strict=False)):
        return {}
    return {c.position: k for cs in repeated for k, c in enumerate(cs, 1)}


def _bodies_and_people(columns: list[Column], grid: Grid, table: Table) -> dict[int, int]:
    """A column for bodies and one for people (被问责党组织 处理方式 被问责人 处理方式): two respondents of a row, if each has measures of
    its own or no row names both."""
    names = [c for c in columns if c.field == "name"]
    if len(names) != 2 or sum(bool(_OF_BODIES.search(c.header)) for c in names) != 1:
        return {}
    one, other = (grid.columns[c.position] for c in names)
    measures = [c for c in columns if c.field in MEASURE_FIELDS]
    apart = len(measures) == 2 and measures[0].field == measures[1].field and names[0].position < measures[0].position < names[1].position
    if not apart and any(one[r] is not None and other[r] is not None for r in table.rows):
        return {}
    again = measures if apart and measures[1].position > names[1].position else []
    return {c.position: n for same in (names, again) for n, c in enumerate(same, 1)}


def _same_people(columns: list[Column], grid: Grid, table: Table) -> bool:
    one, other = (grid.columns[c.position] for c in columns[:2])
    # Two people of one case may well be written alike when their names are masked.
    both = [r for r in table.rows if one[r] is not None and other[r] is not None and not is_masked_name(one[r])]
    return bool(both) and sum(one[r].strip() == other[r].strip() for r in both) > _SAME * len(both)


def people_notice(columns: list[Column]) -> list[str]:
    """A sentence for people where a row of the sheet holds several of them, or several columns were put together."""
    out = []
    most = max((c.person for c in columns), default=1)
    if most > 1:
        groups = ["、".join(c.letter for c in columns if c.person == n and c.field) for n in range(2, most + 1)]
        out.append(f"一行写有 {most} 名问责对象，{'；'.join(g + '列' for g in groups if g)}作为另外的人读入")
    for field in dict.fromkeys(c.field for c in columns if c.joined and c.field):
        same = [c for c in columns if c.joined and c.field == field]
        out.append(f"{'、'.join(c.letter for c in same)}列合在一起读作“{fields()[field].label}”")
    return out
