"""Cases of a newer ledger that may be known ones under another number, title or list of people: shown to somebody, never decided here."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from review.errors import UsageError
from review.store.database import Database, now
from review.workbook.matching import known_as
from review.workbook.reading import LedgerReading

_TITLES_ALIKE = 70  # of 100, with people in common
_SAME_TITLE = 95  # of 100: when both have a number, only this and the very same people make one ask
_SHARED_BY_MANY = 50  # cases with one word in common: 李某 tells nothing among more


@dataclass(frozen=True)
class Told:
    """A case as a ledger tells it; ``place`` is file, sheet and row in words, ``people`` names, or unit and post of the nameless."""

    case_id: str
    case_no: str | None
    title: str
    county: str | None
    people: tuple[str, ...]
    place: str


@dataclass(frozen=True)
class Lookalike:
    """``new`` may be ``known``; ``why`` says in Chinese what speaks for it and what differs, ``likeness`` 0 to 1 orders the list."""

    new: Told
    known: Told
    why: str
    likeness: float


def lookalikes(db: Database, reading: LedgerReading) -> list[Lookalike]:
    """Open questions of a file that is not loaded yet, most alike first; cases known by their own words and answered pairs are left out."""
    cases, people = reading.tables["cases"], reading.tables["respondents"]
    with db.cursor() as cur:
        told = cases["case_id"].to_pylist()
        names = known_as(cur, told)
        stored = {r[0] for r in cur.execute("SELECT case_id FROM cases").fetchall()}
        if not stored:
            return []
        held = cur.execute(
            "SELECT case_id FROM cases JOIN current_imports USING (import_id) WHERE file_sha256 = $h", {"h": reading.sha256}
        ).fetchall()
    arriving = {names.get(case_id, case_id) for case_id in told}
    who: dict[str, list[str]] = defaultdict(list)
    for row in zip(*(people[n].to_pylist() for n in ("case_id", "name", "unit", "post")), strict=True):
        who[row[0]].append(_person(*row[1:]))
    new = [
        Told(c["case_id"], c["case_no"], c["title"] or c["reason"] or "", c["county"], tuple(who[c["case_id"]]),
             f"{reading.file_name} {c['sheet']} 第{c['row']}行")
        for c in cases.select(["case_id", "case_no", "title", "reason", "county", "sheet", "row"]).to_pylist()
        if names.get(c["case_id"], c["case_id"]) not in stored
    ]  # fmt: skip
    known = [c for c in _stored(db) if c.case_id not in arriving and c.case_id not in {h[0] for h in held}] if new else []
    return _pairs(new, known, _answered(db))


def open_lookalikes(db: Database, import_id: int) -> list[Lookalike]:
    """The same for a loaded ledger: its cases that nobody knew before against those of other ledgers."""
    fresh = {
        r["case_id"]
        for r in db.rows(
            """SELECT case_id FROM cases WHERE import_id = $id AND case_id NOT IN
            (SELECT case_id FROM superseded_records r JOIN imports i ON i.import_id = r.import_id
             WHERE r.superseded_by = $id AND i.replaced_by IS NULL)""",
            {"id": import_id},
        )
    }
    if not fresh:
        return []
    mine = {r["case_id"] for r in db.rows("SELECT case_id FROM cases WHERE import_id = $id", {"id": import_id})}
    stored = _stored(db)
    return _pairs([c for c in stored if c.case_id in fresh], [c for c in stored if c.case_id not in mine], _answered(db))


def answer_same(db: Database, pairs: Iterable[tuple[str, str, bool]], actor: str) -> None:
    """Keep answers to 同一案件？ as (case id of the newer ledger, known case id, yes or no). Raises UsageError for a missing name."""
    if not actor.strip():
        raise UsageError("没有填写确认人。", "请填写姓名后再确认，记录会连同姓名和时间一起留存。")
    rows = [{"id": a, "known": b, "same": same, "actor": actor.strip(), "at": now()} for a, b, same in pairs]
    with db.write("match_cases", actor.strip(), answers=[[r["id"], r["known"], r["same"]] for r in rows]) as cur:
        cur.executemany("INSERT INTO case_matches VALUES ($id, $known, $same, 'confirmed', $actor, $at)", rows)


def _person(name: str | None, unit: str | None, post: str | None) -> str:
    return name or "".join(part for part in (unit, post) if part) or "未署名"


def _stored(db: Database) -> list[Told]:
    rows = db.rows(
        """SELECT c.case_id, c.case_no, coalesce(c.title, c.reason, '') AS title, c.county,
            coalesce(p.people, []) AS people, i.file_name || ' ' || c.sheet || ' 第' || c."row" || '行' AS place
        FROM cases c JOIN imports i USING (import_id) LEFT JOIN (
            SELECT case_id, list(coalesce(name, nullif(concat(unit, post), ''), '未署名') ORDER BY seq) AS people
            FROM respondents GROUP BY case_id) p USING (case_id)
        ORDER BY c.case_key, c.case_id"""
    )
    return [Told(**row | {"people": tuple(row["people"])}) for row in rows]


def _answered(db: Database) -> set[tuple[str, str]]:
    return {(r["case_id"], r["known_case_id"]) for r in db.rows("SELECT case_id, known_case_id FROM current_case_matches")}


def _pairs(new: list[Told], known: list[Told], answered: set[tuple[str, str]]) -> list[Lookalike]:
    words: dict[str, list[Told]] = defaultdict(list)
    for case in known:
        for word in _words(case):
            words[word].append(case)
    found = []
    for case in new:
        near = {k.case_id: k for word in _words(case) if len(words[word]) <= _SHARED_BY_MANY for k in words[word]}
        pairs = [_compare(case, k) for k in near.values() if (case.case_id, k.case_id) not in answered]
        best = max((p for p in pairs if p), key=lambda p: (p.likeness, p.known.case_id), default=None)
        if best:
            found.append(best)
    return sorted(found, key=lambda p: (-p.likeness, p.new.place))


def _words(case: Told) -> set[str]:
    """What two tellings of one case share: a person, or the number in another spelling."""
    number = _number(case.case_no)
    return {*case.people, *([f"№{number}"] if number else [])}


def _number(text: str | None) -> str:
    """A case number without brackets, blanks and width: 甲〔2023〕1号 and 甲[2023] 1 号 are one."""
    return "".join(c for c in unicodedata.normalize("NFKC", text or "") if c.isalnum())


def _compare(new: Told, known: Told) -> Lookalike | None:
    if new.county and known.county and new.county != known.county:
        return None
    title = fuzz.ratio(new.title, known.title)
    a, b = Counter(new.people), Counter(known.people)
    people = sum((a & b).values()) / max(sum((a | b).values()), 1)
    same_number = bool(_number(new.case_no)) and _number(new.case_no) == _number(known.case_no)
    both_numbered = bool(new.case_no and known.case_no)
    if both_numbered and not same_number:
        if title < _SAME_TITLE or people < 1:
            return None
    elif not same_number and (title < _TITLES_ALIKE or not people):
        return None
    return Lookalike(new, known, _why(new, known, title, a, b), (title / 100 + people + same_number) / 3)


def _why(new: Told, known: Told, title: float, a: Counter, b: Counter) -> str:
    parts = ["案件名称相同" if title == 100 else f"案件名称相近（{title:.0f}%）" if title >= _TITLES_ALIKE else "案件名称不同"]
    if not a - b and not b - a:
        parts.append("问责对象相同")
    else:
        more, less = "、".join((a - b).elements()), "、".join((b - a).elements())
        parts.append("、".join(p for p in (more and f"新台账多 {more}", less and f"新台账少 {less}") if p))
    if new.case_no != known.case_no:
        parts.append(f"编号原为{known.case_no or '空'}，现为{new.case_no or '空'}")
    return "；".join(parts)
