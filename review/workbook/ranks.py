"""职务层次 and 职级: read from a cell, or inferred from tier and role where that is certain."""

import re
from functools import lru_cache

from ..vocabulary.units import places, ranks
from .wording import is_not_applicable, is_placeholder, tight
from .wordtrie import alternation


@lru_cache(maxsize=1)
def _matcher() -> tuple[re.Pattern, dict[str, str]]:
    words = {tight(w): r.code for r in ranks().values() for w in r.words}
    return re.compile(alternation(words)), words


def read_rank(raw: str | None) -> str | None:
    """Rank code of a 职级 cell, None when blank or not understood. The highest of several counts (乡科级正职、一级主任科员)."""
    flat = tight(raw)
    if is_placeholder(raw) or is_not_applicable(raw):
        return None
    pattern, words = _matcher()
    codes = [words[w] for w in pattern.findall(flat)]
    return max(codes, key=lambda c: ranks()[c].order) if codes else None


def rank_order(code: str | None) -> int | None:
    """Order number of a rank code (higher number, higher rank), None for None."""
    return ranks()[code].order if code else None


_MAIN = {
    (2, "head"): "department_head",
    (2, "deputy"): "department_deputy",
    (3, "head"): "county_head",
    (3, "deputy"): "county_deputy",
    (4, "head"): "township_head",
    (4, "deputy"): "township_deputy",
}
_DEPARTMENT = {(2, "head"): "county_head", (2, "deputy"): "county_deputy", (3, "head"): "township_head", (3, "deputy"): "township_deputy"}


@lru_cache(maxsize=1)
def _uncertain() -> re.Pattern:
    lists = places()
    names = [f"{n}市" for n in lists["municipalities"] + lists["sub_provincial_cities"]] + list(lists["municipality_districts"])
    return re.compile(alternation(names))


def infer_rank(level: int | None, body: str, role: str, text: str, county: str, zone: bool = False) -> str | None:
    """Rank that goes with a post in an ordinary county, town or prefecture-level city; None where it isn't certain
    (municipalities, 副省级城市, members of a leading group, institutions, development zones: ``zone``)."""
    if role == "village_cadre":
        return "village_cadre"
    if level is None or zone or _uncertain().search(text) or _uncertain().search(county):
        return None
    if body == "main":
        return _MAIN.get((level, role))
    return _DEPARTMENT.get((level, role)) if body == "department" else None
