"""A person in a text: where the name stands behind a post or a unit, and what is known of one."""

import re
from dataclasses import dataclass

from ..vocabulary.units import surnames
from .casewords import has_surname, is_person_name
from .measures import mentions_measure
from .offices import post_pattern


@dataclass(frozen=True)
class Person:
    """One respondent of a people cell; each part as written, None where the cell doesn't give it. headcount: how many people
    the entry stands for ("经办人员7人")."""

    name: str | None
    unit_post: str | None
    responsibility_raw: str | None
    measures_raw: str | None
    headcount: int
    raw: str


LEAD = re.compile(
    r"^(?:给予|决定给予|决定对|对|其中|责令|以及|及|和|同时对|并对|并(?=给予|责令)|由|另外?(?=对|给予|[,、])|此外|还(?=对|给予)|经研究,?|会议决定|决定(?=对|给予)|(?:已经?|现)(?=对|给予)|[,、])+"
)
# A masked name that ends a piece or stands before its measure: 李某某, 王××, not the 某 of 某村.
_SINGLE, _DOUBLE = surnames()
# Not 长孙: in 副局长孙某 the 长 belongs to the post.
_MASKED = (
    rf"(?:{'|'.join(sorted(_DOUBLE - {'长孙'}))}|[{''.join(sorted(_SINGLE))}])"
    r"(?:某{1,2}|[×xX*○□]{1,2})(?![\u4e00-\u9fff]?[村镇乡县市区局厅委院所站校企司部])"
)
MASKED_NAME = re.compile(_MASKED)
DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def name_behind_post(text: str) -> tuple[str, str] | None:
    """("县林业局局长", "张三") of "县林业局局长张三"; None when nothing that looks like a name follows the post."""
    masked = name_at_end(text)
    if masked and masked[0]:
        return masked
    end = max((m.end() for m in post_pattern()[0].finditer(text)), default=0)
    rest = text[end:]
    return (
        (text[:end], rest)
        if end and 2 <= len(rest) <= 4 and is_person_name(rest) and has_surname(rest) and not mentions_measure(rest)
        else None
    )


def name_at_end(text: str) -> tuple[str, str] | None:
    """("县林业局局长(主持工作)", "张某") of a text that ends in a masked name; the name begins with a surname."""
    match = next((m for m in MASKED_NAME.finditer(text) if m.end() == len(text)), None)
    return (text[: match.start()], match[0]) if match else None


def has_post(text: str) -> bool:
    """Does the text name a post?"""
    return bool(post_pattern()[0].search(text))
