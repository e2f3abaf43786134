"""Tables that stand side by side on one sheet, each as a grid of its own with every cell still in its place."""

from dataclasses import replace

from review.workbook.grid import Grid
from review.workbook.headers import exact_field, similar_field
from review.workbook.layout import HEADER_WITHIN, MAX_LEVELS

# Fields that two tables must share to be two ledgers and not one with an empty column in it.
SHARED = 3
# Without one of these a part holds further people of the cases on its left (案件名称 姓名 处理 | 姓名 处理).
_CASE = frozenset(("title", "case_no", "reason"))


def side_by_side(grid: Grid) -> list[Grid]:
    """The grid, or one grid for each of the tables that stand beside each other in it.

    Tables are divided at an empty column where the same header words follow again, or where the header repeats without any gap.
    """
    if grid.problem or len(grid.columns) < 2 * SHARED:
        return [grid]
    texts = {t for column in grid.columns for t in column[:HEADER_WITHIN]}
    exact = {t: exact_field(t) for t in texts if t is not None and len(t) <= 40}
    for row in range(min(grid.height, HEADER_WITHIN)):
        named = [exact.get(column[row]) for column in grid.columns]
        if len(named) - named.count(None) >= SHARED:
            near = [similar_field(t) if f is None and (t := column[row]) else None for f, column in zip(named, grid.columns, strict=True)]
            named = [f or (n[0] if n else None) for f, n in zip(named, near, strict=True)]
        told = [f for f in named if f]
        if len(told) >= 2 * SHARED and len(told) - len(set(told)) >= SHARED:
            starts = _starts(grid, row, named)
            if starts:
                return _divided(grid, row, starts)
    return [grid]


def _starts(grid: Grid, row: int, named: list[str | None]) -> list[int]:
    """First columns of the second and further tables."""
    width = len(named)
    first = max(0, row - MAX_LEVELS + 1)
    empty = [c for c, column in enumerate(grid.columns) if column[row] is None and not any(t is not None for t in column[first:])]
    cuts = [c + 1 for c in empty if c + 1 < width and c + 1 not in empty]
    bounds = [0, *cuts, width]
    parts = [{f for f in named[a:b] if f} for a, b in zip(bounds, bounds[1:], strict=False)]
    if cuts and all(len(parts[0] & part) >= SHARED and not (parts[0] & _CASE and not part & _CASE) for part in parts[1:]):
        return cuts
    # 序号 姓名 … 序号 姓名 …: the whole header once more.
    texts = [column[row] for column in grid.columns]
    if width % 2 == 0 and texts[: width // 2] == texts[width // 2 :] and None not in texts:
        return [width // 2]
    return []


def _divided(grid: Grid, row: int, starts: list[int]) -> list[Grid]:
    bounds = [0, *starts, len(grid.columns)]
    out = []
    nothing: list[str | None] = [None] * grid.height
    for number, (left, right) in enumerate(zip(bounds, bounds[1:], strict=False), 1):
        # What stands above the header is the title of all of them and stays with the first.
        columns = [nothing] * left + grid.columns[left:right]
        if number > 1:
            columns = [nothing] * left + [[None] * max(0, row - MAX_LEVELS + 1) + c[max(0, row - MAX_LEVELS + 1) :] for c in columns[left:]]
        merges = [(t, a, b, min(z, right - 1)) for t, a, b, z in grid.merges if left <= a < right and (number == 1 or t > row - MAX_LEVELS)]
        damaged = [d for d in grid.damaged if left <= d.column < right]
        name = grid.name if number == 1 else f"{grid.name}（第{number}表）"
        out.append(replace(grid, name=name, columns=columns, merges=merges, damaged=damaged))
    return out
