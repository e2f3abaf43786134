"""Columns with one choice each (党内警告 | 诫勉 | 通报批评) of which a row ticks some: read as one column that names what was ticked."""

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from review.vocabulary.terms import fields
from review.workbook.casewords import parse_politics
from review.workbook.grid import Grid
from review.workbook.headers import exact_field, plain
from review.workbook.layout import SheetLayout, Table
from review.workbook.mapping import MEASURE_FIELDS, WHO
from review.workbook.measures import parse_measures
from review.workbook.package import column_letter
from review.workbook.ranks import read_rank
from review.workbook.responsibility import parse_responsibility

_YES = frozenset("√✓✔☑■●★▲◆○vV对是有1yY〇✅Ⅴ") | {"1.0", "TRUE", "true", "是的", "打勾", "√√", "⊙", "◎"}
# A ring beside ticks may be a no as well as a yes.
_RINGS = frozenset("○〇◯")
_TICKS = frozenset("√✓✔☑✅Ⅴ") | {"√√"}
_NO = frozenset("×✗✘☐□否无0nN/\\-—－xX") | {"0.0", "FALSE", "false", "——", "--", "不涉及", "不适用", "没有"}
# A header that asks for more than a tick.
_ASKS = re.compile(r"(?:时间|日期|年月|文号|情况|机关|单位|部门|人数|人员|人|数|期限|依据|原因|内容|结果|类型|种类|方式)$")
_PERIOD = re.compile(r"[一二两半\d]+(?:年|个?月)半?")
# Of the filled cells of a column so many must be signs.
_MOST = 0.7


@lru_cache(maxsize=5_000)
def choice_of(header: str) -> str | None:
    """The field of which a header names one value: 党内警告, 主要领导责任, 县处级; None for any other header."""
    if not 2 <= len(plain(header)) <= 14 or _ASKS.search(plain(header)):
        return None
    text = re.sub(r"[(（].*[)）]\s*$|^是否", "", unicodedata.normalize("NFKC", header).strip())
    measures = parse_measures(text)
    if measures.measures and measures.complete and measures.problem is None:
        return "measures"
    if "责任" in text and parse_responsibility(text).kind not in ("unknown", "other", "several"):
        return "responsibility"
    if re.search(r"(?:级|科员)$", text) and read_rank(text) is not None:
        return "rank"
    return "politics" if parse_politics(text) is not None and re.search("党员|群众|团员", text) else None


def gather_ticks(layout: SheetLayout) -> list[str]:
    """Put what is ticked into the first column of each set of choices; returns a sentence for each. The sheet stays as ``source``."""
    sentences = []
    for table in layout.tables:
        if not any(exact_field(levels[-1]) in WHO for levels in table.headers if levels):
            # Counts in a table of statistics.
            continue
        for name, columns in _choices(layout.grid, table).items():
            layout.source = layout.source or layout.grid
            layout.grid = _gathered(layout.grid, table, columns)
            table.given |= dict.fromkeys(columns) | {columns[0]: name}
            letters = "、".join(column_letter(c) for c in columns)
            sentences.append(f"{letters}列各是一种选择，打勾的读作“{fields()[name].label}”")
    return sentences


def _choices(grid: Grid, table: Table) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for c, levels in enumerate(table.headers):
        # 通报 and 诫勉 alone may be a step or a column of texts: the cells decide.
        name = choice_of(levels[-1]) if levels else None
        known = exact_field(levels[-1]) if name else None
        # 是否通报 is a step of the procedure, and so is 通报 alone.
        step = known is not None and known not in fields_of_choices() and (levels[-1].startswith(("是否", "有无")) or len(levels) == 1)
        if name == "measures" and len(levels) > 1 and exact_field(levels[-2]) in MEASURE_FIELDS:
            # 警告 under 党纪处分 is another measure than under 政务处分.
            name = exact_field(levels[-2])
        if name and not step and _ticked(grid, table, c):
            found.setdefault(name, []).append(c)
    # A column that another header already fills (姓名 | 职级 | 县处级) is not doubled.
    return {
        name: columns
        for name, columns in found.items()
        if any(grid.columns[c][r] is not None for c in columns for r in table.rows)
        and (len(columns) > 1 or not _told_elsewhere(table, name, columns))
    }


def fields_of_choices() -> frozenset[str]:
    """Fields whose values may stand as headers of their own."""
    return MEASURE_FIELDS | {"responsibility", "rank", "politics"}


def _told_elsewhere(table: Table, name: str, columns: list[int]) -> bool:
    return any(levels and c not in columns and exact_field(levels[-1]) == name for c, levels in enumerate(table.headers))


def _ticked(grid: Grid, table: Table, column: int) -> bool:
    values = [t.strip() for r in table.rows if (t := grid.columns[column][r]) is not None]
    return not values or sum(v in _YES or v in _NO or _PERIOD.fullmatch(v) is not None for v in values) >= _MOST * len(values)


def _gathered(grid: Grid, table: Table, columns: list[int]) -> Grid:
    headers = {c: table.headers[c][-1].strip() for c in columns}
    told = list(grid.columns[columns[0]])
    used = {t.strip() for c in columns for r in table.rows if (t := grid.columns[c][r]) is not None}
    unsure = _RINGS if used & _TICKS else frozenset()
    for row in table.rows:
        words = [
            w
            for c in columns
            if (t := grid.columns[c][row]) is not None
            and (w := f"{column_letter(c)}列的记号“{t.strip()}”" if t.strip() in unsure else _word(headers[c], t.strip()))
        ]
        told[row] = "、".join(words) or None
    everything = list(grid.columns)
    everything[columns[0]] = told
    return replace(grid, columns=everything)


def _word(header: str, text: str) -> str | None:
    if text in _NO:
        return None
    if text in _YES or plain(text) == plain(header):
        return header
    # 留党察看 | 一年; a word of its own stands beside its header.
    return text if choice_of(text) else f"{header}（{text}）"
