"""Cells about the inquiry team: a number of people, or their names."""

import re
from dataclasses import dataclass

from review.workbook.casewords import is_person_name, split_names
from review.workbook.wording import is_not_applicable, is_placeholder, plain, tight


@dataclass(frozen=True)
class Team:
    """size: people of the team, None where the cell does not tell; told_by: number or names, None with size."""

    size: int | None
    told_by: str | None


_UNTOLD = Team(None, None)
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2}
_COUNT = re.compile(r"(?:共|计|等|由|组成)?\s*(\d{1,2}|[一二两三四五六七八九]|十[一二三四五六七八九]?)\s*(?:人|名|位)")
_OFFICE = re.compile(r"[室组科处局委所办队院站]$")
_ROLE = re.compile(r"(?:副?组长|主办人?|协办人?|承办人|成员|组员|办案人员|调查人员|记录人?|联络员)\s*(?:为|是)?\s*[:：]?")


def parse_team(raw: str | None) -> Team:
    """How many people the cell tells of: "3", "3人", "张某、李某等3人", "组长：张某；成员：李某、王某"; never raises on text."""
    if raw is None or not tight(raw) or is_placeholder(raw) or is_not_applicable(raw):
        return _UNTOLD
    flat = tight(raw)
    if re.fullmatch(r"\d{1,2}(?:\.0)?", flat):
        return Team(int(float(flat)), "number")
    counts = {_value(m[1]) for m in _COUNT.finditer(flat)}
    if len(counts) == 1:
        return Team(counts.pop(), "number")
    if counts:
        return _UNTOLD
    listed = _ROLE.sub("、", plain(re.sub(r"[(（][^)）]*[)）]", "", raw)))
    names = split_names("、".join(p for p in re.split(r"[;；,，、\s]+", listed) if p))
    people = [n for n in names if is_person_name(n) and not _OFFICE.search(n)]
    return Team(len(people), "names") if people and len(people) == len(names) else _UNTOLD


def _value(text: str) -> int:
    if text.isdigit():
        return int(text)
    return 10 + _DIGITS.get(text[1:], 0) if text.startswith("十") else _DIGITS[text]
