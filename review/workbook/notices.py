"""What people should know about a sheet that was read although parts of it can't be seen in Excel."""

from review.workbook.grid import Grid
from review.workbook.package import column_letter


def hidden_parts(grid: Grid) -> list[str]:
    """Sentences about a hidden sheet, hidden rows and hidden columns; all of them are read."""
    out = []
    if grid.hidden:
        out.append("工作表是隐藏的，内容已读入")
    rows = [(a, min(b, grid.height - 1)) for a, b in grid.hidden_rows if a < grid.height]
    if rows:
        out.append(f"隐藏（或被筛选掉）的第 {_listed([_span(str(a + 1), str(b + 1)) for a, b in rows])} 行已读入")
    columns = [(a, min(b, len(grid.columns) - 1)) for a, b in grid.hidden_columns if a < len(grid.columns)]
    if columns:
        out.append(f"隐藏的 {_listed([_span(column_letter(a), column_letter(b)) for a, b in columns])} 列已读入")
    return out


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"


def _listed(spans: list[str]) -> str:
    return "、".join(spans[:8]) + (f" 等 {len(spans)} 处" if len(spans) > 8 else "")
