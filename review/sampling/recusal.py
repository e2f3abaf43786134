"""Who may not review which case (回避), with the reason in words. Pure: no database, nothing guessed.

Public practice has reviewers of one unit look at the cases of another; a reviewer must stay away from the cases of the own county or
handling unit, from those whose team, approver or respondents bear the reviewer's name, and from whatever was recorded as a recusal.
Where the ledger does not tell enough to judge, that is a doubt: not a bar, but shown to whoever assigns.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from review.workbook.casewords import is_masked_name
from review.workbook.wording import tight

KINDS = {"case": "案件", "unit": "承办单位", "county": "县区"}
_SUFFIX = re.compile(r"(?:自治县|自治旗|县|区|市|旗)$")
_PLACELESS = re.compile(r"^(?:省|市|县|区|旗)(?=[纪监委直])")
_PLACE = re.compile(r"[\u4e00-\u9fff](?:省|市|县|区|旗|州|盟)")
_LONG_WORDS = (("纪律检查委员会", "纪委"), ("监察委员会", "监委"))
_MASKED = re.compile(r"([\u4e00-\u9fff])[某×xX*＊○〇□●]{1,3}")


class Bar(NamedTuple):
    """Why a reviewer may not take a case. kind: county, unit, name or recorded; told: the reason as a phrase."""

    kind: str
    told: str


@dataclass(frozen=True)
class Reviewer:
    """Somebody who reviews. county: None for the city's own people; skills: domains and aspects; capacity: cases at most."""

    reviewer_id: str
    name: str
    unit: str
    county: str | None
    skills: frozenset[str]
    capacity: int


@dataclass(frozen=True)
class CaseFacts:
    """What decides who may review a case, as the ledger tells it; None or empty: not told. people: names of the respondents;
    aspects: of the program's findings on the case."""

    case_id: str
    case_no: str
    county: str | None = None
    level: str | None = None
    handling_unit: str | None = None
    team: str | None = None
    approver: str | None = None
    people: tuple[str, ...] = ()
    domain: str | None = None
    aspects: frozenset[str] = frozenset()


class Recusal(NamedTuple):
    """A recorded recusal. kind: key of KINDS; target: case_id, name of a unit or of a county."""

    reviewer_id: str
    kind: str
    target: str
    reason: str


def bars(case: CaseFacts, reviewer: Reviewer, recusals: Iterable[Recusal] = ()) -> tuple[Bar, ...]:
    """Every reason why the reviewer may not take the case, () where there is none."""
    found = []
    if case.county and (same_county(case.county, reviewer.county) or tight(case.county) in tight(reviewer.unit)):
        found.append(Bar("county", f"本县区（{case.county}）的案件"))
    if any(same_unit(_placed(unit, case), _own(reviewer)) for unit in _units(case.handling_unit)):
        found.append(Bar("unit", f"本单位（{case.handling_unit}）承办的案件"))
    name = tight(reviewer.name)
    for where, text in (("调查组", case.team), ("审批人", case.approver)):
        if name and name in tight(text):
            found.append(Bar("name", f"{where}一栏有“{reviewer.name}”"))
    if name in {tight(person) for person in case.people}:
        found.append(Bar("name", f"问责对象中有“{reviewer.name}”"))
    for one in recusals:
        if one.reviewer_id == reviewer.reviewer_id and _applies(one, case):
            found.append(Bar("recorded", f"已登记回避（{KINDS[one.kind]}）：{one.reason}"))
    return tuple(found)


def doubts(case: CaseFacts, reviewer: Reviewer) -> tuple[str, ...]:
    """What somebody has to look at before the reviewer takes the case, because the ledger does not tell enough."""
    found = []
    if not case.county and case.level != "city":
        found.append("台账未载明案件县区，请核实是否为评查人本县区的案件")
    if not case.handling_unit:
        found.append("台账未载明承办单位，请核实是否为评查人本单位承办")
    texts = (("调查组", case.team), ("审批人", case.approver), *(("问责对象", person) for person in case.people if is_masked_name(person)))
    for where, text in texts:
        masked = {m[0] for m in _MASKED.finditer(tight(text)) if m[1] == tight(reviewer.name)[:1]}
        found += [f"{where}有“{word}”，与评查人同姓，请核实是否同一人" for word in sorted(masked)]
    return tuple(found)


def same_county(one: str | None, other: str | None) -> bool:
    """Whether two names mean one county: 青禾县 and 青禾 do, 青禾县 and 青禾市 do not, an unknown one is the same as none."""
    a, b = tight(one), tight(other)
    if not a or not b:
        return False
    return a == b or a == _stem(b) or b == _stem(a)


def same_unit(one: str, other: str) -> bool:
    """Whether one unit is the other, a part of it or the whole that it is a part of, by their names alone.

    Cautious: 市纪委监委 and 云岭市纪委监委第二室 may be one house, so they count as one.
    """
    a, b = _unit(one), _unit(other)
    if len(a) < 3 or len(b) < 3:
        return bool(a) and a == b
    return a in b or b in a


def _applies(one: Recusal, case: CaseFacts) -> bool:
    if one.kind == "case":
        return one.target == case.case_id
    if one.kind == "county":
        return same_county(one.target, case.county)
    return any(same_unit(_placed(unit, case), one.target) for unit in _units(case.handling_unit))


def _placed(unit: str, case: CaseFacts) -> str:
    """县纪委监委 of a case of 青禾县 is 青禾县纪委监委: many ledgers leave out what everybody in the county knows."""
    return unit if case.level == "city" else _with_county(unit, case.county)


def _own(reviewer: Reviewer) -> str:
    return _with_county(_unit(reviewer.unit), reviewer.county)


def _with_county(unit: str, county: str | None) -> str:
    bare = _PLACELESS.sub("", unit)
    if not county or unit[:1] == "省" or (unit[:1] == "市" and bare != unit and not tight(county).endswith("市")) or _PLACE.search(bare):
        return unit
    return tight(county) + bare


def _stem(county: str) -> str:
    stem = _SUFFIX.sub("", county)
    return stem if len(stem) > 1 else county


@lru_cache(maxsize=4096)
def _unit(name: str) -> str:
    flat = tight(name)
    for long, short in _LONG_WORDS:
        flat = flat.replace(long, short)
    return flat.replace("纪委、监委", "纪委监委").replace("纪委和监委", "纪委监委")


@lru_cache(maxsize=4096)
def _units(raw: str | None) -> tuple[str, ...]:
    """Units of a cell that may name several; the joint 纪委、监委 of one place is one."""
    joined = _unit(raw or "")
    return tuple(part for part in re.split(r"[、,;]", joined) if part)
