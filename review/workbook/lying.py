"""Headers that lie: what the cells of a column show where its header says otherwise or nothing."""

import re
from collections import Counter
from collections.abc import Callable

from review.workbook import looks
from review.workbook.mapping import MEASURE_FIELDS, Column

_OF_PEOPLE = re.compile("对象|人员|责任人|问责人|人$|者")
_STATED = (looks.like_plain_responsibility, looks.like_dates, looks.like_plain_measures)
# Cells that no column of the field can hold: the header word is overruled.
_NEVER: dict[str, tuple[Callable[[list[str]], bool], ...]] = (
    dict.fromkeys(("unit", "unit_post", "post_then", "post_now", "county"), _STATED)
    | dict.fromkeys(MEASURE_FIELDS, (looks.like_plain_responsibility,))
    | {"name": (*_STATED, looks.like_counts), "responsibility": (looks.like_dates, looks.like_plain_measures)}
)
# Where no column names anybody, names under these headers are the respondents. A place may be written like a name (汤阴).
_NO_NAMES = MEASURE_FIELDS | {"unit_post", "post_then", "post_now", "responsibility"}
# What vetoed cells are then, if no other column is that.
_SHOWN: tuple[tuple[str, Callable[[list[str]], bool]], ...] = (
    ("responsibility", looks.like_plain_responsibility),
    ("measures", looks.like_plain_measures),
    ("name", looks.like_person_names),
)


def vetoed(field: str, values: list[str], named: bool) -> bool:
    """Are the cells of a column something that the field never is? ``named``: another column holds the names."""
    return any(test(values) for test in _NEVER.get(field, ())) or not named and field in _NO_NAMES and looks.like_person_names(values)


def corrected(column: Column, values: list[str], have: Counter) -> str | None:
    """The field that the cells of a column show, its own where they fit it, None where they are something that no field is free for.

    ``have``: how many columns each field has."""
    name = column.field
    named = bool(have["name"] or have["people"])
    if vetoed(name, values, named):
        return next((other for other, shown in _SHOWN if shown(values) and not have[other] and other != name), None)
    if (
        name == "unit"
        and not have["name"]
        and not have["people"]
        and _OF_PEOPLE.search(column.header)
        and looks.like_person_names(values, 0.3)
    ):
        return "name"
    no_post = not (have["unit_post"] or have["post_then"] or have["post_now"])
    if name == "seq" and not have["case_no"] and "序" not in column.header and looks.like_case_numbers(values):
        return "case_no"
    if name == "name" and not have["people"] and looks.like_people(values):
        return "people"
    if name == "people" and not looks.like_people(values) and not looks.like_named_people(values):
        if looks.like_measures(values) and not have["measures"]:
            return "measures"
        if looks.like_names(values) and not have["name"]:
            return "name"
    # With the names in a column of their own this text tells about that one person.
    if name == "people" and have["name"] and not have["measures"] and looks.like_measures(values):
        return "measures"
    if name == "circumstance" and not any(have[f] for f in MEASURE_FIELDS) and looks.like_measures(values):
        return "measures"
    if name == "measures" and looks.like_people(values) and not have["people"] and not have["name"]:
        return "people"
    if name == "measures" and not have["people"] and looks.like_dates(values) and not have["decided_on"]:
        return "decided_on"
    if name == "unit" and no_post and looks.like_units_with_posts(values):
        return "unit_post"
    if name in ("post_now", "post_then") and not have["unit"] and not have["unit_post"] and looks.like_units_with_posts(values):
        return "unit_post"
    return name


def by_cells(values: list[str], have: Counter) -> str | None:
    """The field that the cells of a column without one show, if it is still free."""
    free = [
        ("people", not have["people"] and not have["name"] and looks.like_people(values)),
        (
            "name",
            not have["name"]
            and not have["people"]
            and looks.like_names(values)
            and not looks.like_counties(values)
            and not looks.like_responsibility(values),
        ),
        ("responsibility", not have["responsibility"] and looks.like_responsibility(values)),
        ("measures", not any(have[f] for f in MEASURE_FIELDS) and not have["people"] and looks.like_measures(values)),
        ("county", not have["county"] and len(values) > 1 and looks.like_counties(values)),
        (
            "unit_post",
            not (have["unit"] or have["unit_post"] or have["post_then"] or have["post_now"]) and looks.like_units_with_posts(values),
        ),
    ]
    return next((name for name, fits in free if fits), None)


def _may_be_names(values: list[str]) -> bool:
    return looks.like_names(values) and not looks.like_counties(values) and not looks.like_responsibility(values)
