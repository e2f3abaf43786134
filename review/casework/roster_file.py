"""A roster as a small Excel file: found by its header, read row by row, every row that can't be taken named with its cell."""

import re
from dataclasses import dataclass

from review.casework.reviewers import MOST, USUAL_CAPACITY, RosterLine, skill_words
from review.errors import UsageError
from review.workbook.casewords import is_person_name
from review.workbook.grid import Grid, read_workbook
from review.workbook.wording import plain, tight

HEADERS = {
    "name": ("姓名", "评查人", "评查人姓名", "人员姓名"),
    "unit": ("单位", "工作单位", "所在单位", "单位名称"),
    "county": ("县区", "县市区", "所属县区", "所在县区", "县(市、区)"),
    "skills": ("熟悉的领域和方面", "熟悉领域", "专长", "擅长领域", "业务专长"),
    "capacity": ("承担件数", "最多承担件数", "件数", "承担案件数"),
    "active": ("是否在任", "在任", "是否参加"),
}
_LOOKED_AT = 15


@dataclass(frozen=True)
class RosterFile:
    """lines: people that could be read; problems: rows that could not, each a sentence with the cell."""

    lines: tuple[RosterLine, ...]
    problems: tuple[str, ...]


def read_roster(content: bytes, name: str) -> RosterFile:
    """People of a roster file (.xlsx, .xls, .csv). Blank county: of the city; blank number of cases: the usual one; blank 在任: yes.

    Raises LedgerError for a file that can't be read, UsageError where no sheet has the columns 姓名 and 单位.
    """
    for grid in read_workbook(content, name).grids:
        found = _header(grid)
        if found:
            return _rows(grid, *found)
    raise UsageError(f"文件“{name}”中没有同时有“姓名”和“单位”两列的表。", "请下载名册模板，按模板填写后再导入。")


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    for row in range(min(_LOOKED_AT, grid.height)):
        cells = [tight(text) for text in grid.row(row)]
        places = {key: next((i for i, text in enumerate(cells) if text in words), None) for key, words in HEADERS.items()}
        if places["name"] is not None and places["unit"] is not None:
            return row, {key: place for key, place in places.items() if place is not None}
    return None


def _rows(grid: Grid, header: int, places: dict[str, int]) -> RosterFile:
    lines, problems = [], []
    for row in range(header + 1, grid.height):
        cells = grid.row(row)
        texts = {key: plain(cells[place]) if place < len(cells) else "" for key, place in places.items()}
        if not any(texts.values()):
            continue
        problem = _problem(texts)
        if problem:
            problems.append(f"{grid.name} 第 {row + 1} 行（{texts['name'] or '无姓名'}）：{problem}")
            continue
        capacity = int(float(texts.get("capacity") or USUAL_CAPACITY))
        lines.append(
            RosterLine(texts["name"], texts["unit"], texts.get("county") or None, _skills(texts), capacity, _active(texts) is not False)
        )
    return RosterFile(tuple(lines), tuple(problems))


def _problem(texts: dict[str, str]) -> str:
    if not texts["name"] or not texts["unit"]:
        return "姓名、单位要填全。"
    if not is_person_name(texts["name"]):
        return "姓名一栏不像一个人的姓名，请每人一行。"
    number = texts.get("capacity")
    if number and not (re.fullmatch(r"\d{1,3}(?:\.0)?", number) and 1 <= float(number) <= MOST):
        return f"承担件数“{number}”不是 1 到 {MOST} 的整数。"
    unknown = [word for word in _skills(texts) if word not in skill_words()]
    if unknown:
        return f"“{'、'.join(unknown)}”不在可选的领域和方面中。"
    if _active(texts) is None:
        return f"在任一栏写的是“{texts['active']}”，请写是或否。"
    return ""


def _skills(texts: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in re.split(r"[、,;/\s]+", texts.get("skills") or "") if word))


def _active(texts: dict[str, str]) -> bool | None:
    told = tight(texts.get("active"))
    return True if told in ("", "是", "在任", "√") else False if told in ("否", "不在任", "×", "x") else None
