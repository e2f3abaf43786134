"""A case that arrives again keeps its id, and so do its people: decisions on them survive a newer ledger.

A case is known by county and number, or by county, title and people (its id is made of these). Where a newer ledger words them
otherwise, somebody said that it is the same case (case_matches), or it stands in the same row of the same file read anew.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pyarrow as pa
from rapidfuzz import fuzz

from review.workbook.cases import digest

_WITH_CASES = ("cases", "respondents", "steps", "ledger_rows")
_WITH_PEOPLE = ("respondents", "measures", "steps")
_ALIKE = 50  # of 100: two spellings of one name, not two names


@dataclass
class Settled:
    """Tables of a reading with the ids that hold in the store. ``told``: case ids as the ledger's own words give them;
    ``same_row``: {id by the words: id kept} of cases told by their row in a file that is read again."""

    tables: dict[str, pa.Table]
    told: list[str]
    same_row: dict[str, str] = field(default_factory=dict)


def settle(cur, tables: dict[str, pa.Table], rereading: int | None = None) -> Settled:
    """Give arriving cases and people the ids under which the store knows them. ``rereading``: the import that is read anew."""
    told = tables["cases"]["case_id"].to_pylist()
    same_row = _same_rows(cur, tables["cases"], rereading) if rereading is not None else {}
    kept = known_as(cur, told, same_row)
    if kept:
        tables = _rename_cases(cur, tables, kept)
    return Settled(_keep_people(cur, tables), told, {new: kept[new] for new in same_row if new in kept})


def known_as(cur, told: list[str], same_row: dict[str, str] | None = None) -> dict[str, str]:
    """{case id by the ledger's words: id in the store} for arriving cases that are known under another id, each known case once."""
    answers: dict[str, list[str]] = defaultdict(list)
    for case_id, known in cur.execute(
        "SELECT case_id, known_case_id FROM current_case_matches WHERE same ORDER BY decided_at DESC, known_case_id"
    ).fetchall():
        answers[case_id].append(known)
    if not answers and not same_row:
        return {}
    stored = {r[0] for r in cur.execute("SELECT case_id FROM cases").fetchall()}
    out, taken = {}, set(told)
    for case_id in told:
        by_row = (same_row or {}).get(case_id)
        known = _follow(by_row or case_id, answers, stored) or by_row
        if known and known not in taken:
            out[case_id] = known
            taken.add(known)
    return out


def _follow(case_id: str, answers: dict[str, list[str]], stored: set[str]) -> str | None:
    """The stored case that answers lead to, over cases that were merged themselves."""
    seen, ahead = {case_id}, list(answers.get(case_id, ()))
    while ahead:
        known = ahead.pop(0)
        if known in stored:
            return known
        if known not in seen:
            seen.add(known)
            ahead += answers.get(known, ())
    return None


def _same_rows(cur, cases: pa.Table, rereading: int) -> dict[str, str]:
    """Cases whose words changed by a correction or an answer: the same first row of the same file was another id before."""
    held = cur.execute('SELECT case_id, sheet, "row" FROM cases WHERE import_id = $id', {"id": rereading}).fetchall()
    before = {(sheet, row): case_id for case_id, sheet, row in held}
    now = zip(cases["case_id"].to_pylist(), cases["sheet"].to_pylist(), cases["row"].to_pylist(), strict=True)
    found = {case_id: before.get((sheet, row)) for case_id, sheet, row in now}
    return {case_id: known for case_id, known in found.items() if known and known != case_id}


def _rename_cases(cur, tables: dict[str, pa.Table], kept: dict[str, str]) -> dict[str, pa.Table]:
    keys = dict(
        cur.execute("SELECT case_id, case_key FROM cases WHERE list_contains($ids, case_id)", {"ids": list(kept.values())}).fetchall()
    )
    cases = tables["cases"]
    # A case without a number draws its tickets by the key that it had.
    key = [
        mine if number is not None else keys.get(kept.get(case_id), mine)
        for case_id, number, mine in zip(*(cases[n].to_pylist() for n in ("case_id", "case_no", "case_key")), strict=True)
    ]
    cases = cases.set_column(cases.schema.get_field_index("case_key"), "case_key", pa.array(key, pa.string()))
    return {name: _renamed(t, "case_id", kept) if name in _WITH_CASES else t for name, t in (tables | {"cases": cases}).items()}


def _renamed(table: pa.Table, column: str, names: dict[str, str]) -> pa.Table:
    values = [names.get(v, v) for v in table[column].to_pylist()]
    return table.set_column(table.schema.get_field_index(column), column, pa.array(values, pa.string()))


def _keep_people(cur, tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """People of cases that are in the store keep their ids."""
    cur.register("settled_ids", tables["cases"].select(["case_id"]))
    rows = cur.execute(
        """SELECT respondent_id, case_id, name, unit, post, seq FROM respondents
        WHERE case_id IN (SELECT case_id FROM settled_ids) ORDER BY case_id, seq"""
    ).fetchall()
    cur.unregister("settled_ids")
    if not rows:
        return tables
    before: dict[str, list[Person]] = defaultdict(list)
    for row in rows:
        before[row[1]].append(Person(row[0], *row[2:]))
    arriving: dict[str, list[Person]] = defaultdict(list)
    people = tables["respondents"]
    for row in zip(*(people[n].to_pylist() for n in ("respondent_id", "case_id", "name", "unit", "post", "seq")), strict=True):
        if row[1] in before:
            arriving[row[1]].append(Person(row[0], *row[2:]))
    ids: dict[str, str] = {}
    for case_id, new in arriving.items():
        ids |= match_people(before[case_id], new)
    ids = {new: kept for new, kept in ids.items() if new != kept}
    return {n: _renamed(t, "respondent_id", ids) if n in _WITH_PEOPLE else t for n, t in tables.items()} if ids else tables


@dataclass(frozen=True)
class Person:
    """What one respondent of a case is told by; ``seq`` is the place in the case."""

    respondent_id: str
    name: str | None
    unit: str | None
    post: str | None
    seq: int


def match_people(before: list[Person], arriving: list[Person]) -> dict[str, str]:
    """{id of an arriving respondent: id to keep}, unchanged ids included.

    By name, unit and post; by a name that only one has on either side; by unit and post that only one has, if the names may be two
    spellings of one; by the same place in the list with a name, unit or post in common. Nobody else takes over an id.
    """
    if {p.respondent_id for p in before} == {p.respondent_id for p in arriving}:
        return {}
    pairs: dict[str, str] = {}
    _pair(before, arriving, pairs, lambda p: (p.name, p.unit, p.post), in_order=True)
    _pair(before, arriving, pairs, lambda p: p.name)
    _pair(before, arriving, pairs, lambda p: (p.unit, p.post) if p.unit and p.post else None, fits=_one_name)
    _pair(before, arriving, pairs, lambda p: p.seq, fits=_something_in_common)
    out, used = {}, set(pairs.values())
    for person in arriving:
        keep = pairs.get(person.respondent_id)
        if keep is None:
            # Somebody new whose words are those that another one had before.
            keep, n = person.respondent_id, 1
            while keep in used:
                n += 1
                keep = "r" + digest(person.respondent_id, n)
            used.add(keep)
        out[person.respondent_id] = keep
    return out


def _pair(
    before: Iterable[Person],
    arriving: Iterable[Person],
    pairs: dict[str, str],
    key: Callable,
    in_order: bool = False,
    fits: Callable = lambda a, b: True,
) -> None:
    """Pair those that are free and alike by ``key``: only where one on each side has it, or one after the other with ``in_order``."""
    taken = set(pairs.values())
    old, new = defaultdict(list), defaultdict(list)
    for person in before:
        if person.respondent_id not in taken and key(person) is not None:
            old[key(person)].append(person)
    for person in arriving:
        if person.respondent_id not in pairs and key(person) is not None:
            new[key(person)].append(person)
    for value, these in new.items():
        those = old.get(value, [])
        if in_order or len(these) == len(those) == 1:
            for a, b in zip(those, these, strict=False):
                if fits(a, b):
                    pairs[b.respondent_id] = a.respondent_id


def _one_name(a: Person, b: Person) -> bool:
    return a.name is None or b.name is None or a.name[:1] == b.name[:1] or fuzz.ratio(a.name, b.name) >= _ALIKE


def _something_in_common(a: Person, b: Person) -> bool:
    if a.name and b.name and not _one_name(a, b):
        return False
    return any(x is not None and x == y for x, y in ((a.name, b.name), (a.unit, b.unit), (a.post, b.post)))
