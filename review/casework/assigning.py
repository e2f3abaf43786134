"""Assignments of a sample's cases: worked out, stored, changed by hand under the same rules, listed with their state."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from review.casework.reviewers import active_reviewers, held_recusals, roster
from review.errors import SampleError, UsageError
from review.sampling.assignment import PARTS, Place, Plan, assign
from review.sampling.recusal import CaseFacts, Reviewer, bars, doubts
from review.store.database import Database, now
from review.vocabulary.labels import label


@dataclass(frozen=True)
class Candidate:
    """Somebody who could take one part of a case. load: cases of this sample that the person has; barred: why not ('' = may);
    doubts: what to look at first."""

    reviewer_id: str
    name: str
    unit: str
    load: int
    capacity: int
    barred: str
    doubts: tuple[str, ...]


def facts_of_cases(db: Database, sample_id: str) -> list[CaseFacts]:
    """What decides who may review the cases on the list of a sample, as the ledgers know it now."""
    rows = db.rows(
        """SELECT s.case_id, s.case_no, c.county, c.admin_level AS level, c.handling_unit, c.team_raw AS team, c.approver, c.domain,
            (SELECT list(name ORDER BY seq) FILTER (name IS NOT NULL) FROM respondents r WHERE r.case_id = s.case_id) AS people,
            (SELECT list(DISTINCT f.aspect) FROM findings f WHERE f.case_id = s.case_id AND f.verdict = 'suspect') AS aspects
        FROM current_sample_cases s LEFT JOIN cases c USING (case_id)
        WHERE s.sample_id = $id ORDER BY s.case_no, s.case_id""",
        {"id": sample_id},
    )
    return [CaseFacts(**row | {"people": tuple(row["people"] or ()), "aspects": frozenset(row["aspects"] or ())}) for row in rows]


def plan(db: Database, sample_id: str, double_percent: int = 0, cross: bool = False, anew: bool = False) -> Plan:
    """Work out who reviews what; nothing is stored. See review.sampling.assignment.assign.

    What was assigned stays, unless the person left or has to stay away and has not begun. anew: only what somebody began or was fixed by
    hand stays. Raises SampleError for an unknown sample, UsageError without anybody on the roster.
    """
    seed = db.scalar("SELECT seed FROM samples WHERE sample_id = $id", {"id": sample_id})
    if seed is None:
        raise SampleError(f"没有编号为“{sample_id}”的抽样。", "请在抽样页面查看已有的编号。")
    people = active_reviewers(db)
    if not people:
        raise UsageError("名册中还没有在任的评查人。", "请先在名册中加入评查人，或下载模板填好后导入。")
    if not 0 <= double_percent <= 100:
        raise UsageError(f"双人评查的比例为 {double_percent}%。", "请填 0 到 100 之间的整数。")
    cases = facts_of_cases(db, sample_id)
    kept = [Place(r["case_id"], r["part"], r["reviewer_id"]) for r in assignments(db, sample_id) if _stays(r, anew)]
    return assign(cases, people, held_recusals(db), seed=seed, double_share=Fraction(double_percent, 100), cross=cross, kept=kept)


def store_plan(db: Database, sample_id: str, made: Plan, due_on: date | None, actor: str, anew: bool = False) -> int:
    """Store a plan as worked out just before; returns how many reviews were newly assigned.

    Raises UsageError without a name, and where somebody assigned, recused or edited the roster in the meantime so that it no longer holds.
    """
    actor = _name(actor)
    before = assignments(db, sample_id)
    cases, people = {c.case_id: c for c in facts_of_cases(db, sample_id)}, {r.reviewer_id: r for r in active_reviewers(db)}
    recusals, now_held = held_recusals(db), {(r["case_id"], r["part"]): r for r in before if _stays(r, anew)}
    for place in made.places:
        gone = place.reviewer_id not in people or place.case_id not in cases or (place.case_id, place.part) in now_held
        if gone or bars(cases[place.case_id], people[place.reviewer_id], recusals):
            raise UsageError("名册、回避或分配刚刚有变动，这次的分配没有保存。", "请重新试排一次，再保存。")
    placed = {(place.case_id, place.part) for place in made.places}
    dropped = [r for r in before if not _stays(r, anew) and (r["case_id"], r["part"]) not in placed]
    with db.write("assign_cases", actor, sample_id=sample_id, places=len(made.places), withdrawn=len(dropped)) as cur:
        for place in made.places:
            _append(cur, sample_id, place, "program", "按容量均衡分配", due_on, actor)
        for row in dropped:
            _append(cur, sample_id, Place(row["case_id"], row["part"], None), "program", "重新分配", None, actor)
    return len(made.places)


def assignments(db: Database, sample_id: str) -> list[dict]:
    """Who has what: sample_id, case_id, part, reviewer_id, made_by, reason, due_on, assigned_by, assigned_at, name, unit, active,
    case_no, title, county, handling_unit, state (waiting/reviewing/reviewed), reviewed_at, barred (why the person has to stay away by
    what is known now, '' for no reason), doubts (tuple); by case and part."""
    rows = db.rows(
        """SELECT a.*, p.name, p.unit, p.active, s.case_no, s.stratum, s.picked_by, c.title, c.county, c.handling_unit,
            coalesce(r.state, 'waiting') AS state, CASE WHEN r.state = 'reviewed' THEN r.saved_at END AS reviewed_at
        FROM current_assignments a JOIN current_reviewers p USING (reviewer_id)
        JOIN current_sample_cases s ON s.sample_id = a.sample_id AND s.case_id = a.case_id
        LEFT JOIN cases c ON c.case_id = a.case_id
        LEFT JOIN current_case_reviews r ON r.sample_id = a.sample_id AND r.case_id = a.case_id AND r.reviewer_id = a.reviewer_id
        WHERE a.sample_id = $id ORDER BY c.county COLLATE zh, s.case_no, a.case_id, a.part""",
        {"id": sample_id},
    )
    cases = {c.case_id: c for c in facts_of_cases(db, sample_id)}
    people = {r["reviewer_id"]: _reviewer(r) for r in roster(db)}
    recusals = held_recusals(db)
    for row in rows:
        pair = cases[row["case_id"]], people[row["reviewer_id"]]
        row["barred"] = "；".join(bar.told for bar in bars(*pair, recusals))
        row["doubts"] = doubts(*pair)
    return rows


def candidates(db: Database, sample_id: str, case_id: str, part: str) -> list[Candidate]:
    """Everybody active on the roster for one part of a case, those who may take it first, the least loaded before the others."""
    case = _case_on_list(db, sample_id, case_id)
    rows = assignments(db, sample_id)
    recusals = held_recusals(db)
    other = {r["reviewer_id"] for r in rows if r["case_id"] == case_id and r["part"] != part}
    found = []
    for one in active_reviewers(db):
        told = [bar.told for bar in bars(case, one, recusals)] + (["已评查本案的另一份"] if one.reviewer_id in other else [])
        load = sum(r["reviewer_id"] == one.reviewer_id for r in rows)
        found.append(Candidate(one.reviewer_id, one.name, one.unit, load, one.capacity, "；".join(told), doubts(case, one)))
    return sorted(found, key=lambda c: (bool(c.barred), c.load / c.capacity))


def reassign(
    db: Database, sample_id: str, case_id: str, part: str, reviewer_id: str | None, reason: str, actor: str, due_on: date | None = None
) -> None:
    """Give one part of a case to somebody by hand, or take it back (None).

    Raises UsageError where a rule of recusal speaks against it, for a part that was reviewed already, and without reason or name.
    """
    reason, actor = (reason or "").strip(), _name(actor)
    if not reason:
        raise UsageError("没有写明理由。", "人工指定、改派或撤回都要写明理由，例如“原评查人出差”。")
    if part not in PARTS:
        raise UsageError(f"没有名为“{part}”的一份。", "请选择第一份或第二份。")
    held = next((r for r in assignments(db, sample_id) if r["case_id"] == case_id and r["part"] == part), None)
    if held and held["state"] == "reviewed":
        raise UsageError(f"{held['name']}已评毕本案的{label('assignment_part', part)}，不能改派。", "如需另一人再评，请指定第二份。")
    if reviewer_id is None and not held:
        raise UsageError("这一份还没有分配。", "没有可以撤回的。")
    if reviewer_id is not None:
        one = next((c for c in candidates(db, sample_id, case_id, part) if c.reviewer_id == reviewer_id), None)
        if one is None:
            raise UsageError("此人不在名册中或已不在任。", "请刷新页面后再选。")
        if one.barred:
            raise UsageError(f"{one.name}须回避，没有保存。", f"原因：{one.barred}。请改选其他人。")
    due = due_on or (held["due_on"] if held else None)
    with db.write("assign_by_hand", actor, sample_id=sample_id, case_id=case_id, part=part, reviewer_id=reviewer_id, reason=reason) as cur:
        _append(cur, sample_id, Place(case_id, part, reviewer_id), "hand", reason, due if reviewer_id else None, actor)


def unassigned(db: Database, sample_id: str) -> list[dict]:
    """Cases on the list that nobody has: case_id, case_no, county, title."""
    return db.rows(
        """SELECT s.case_id, s.case_no, c.county, c.title FROM current_sample_cases s LEFT JOIN cases c USING (case_id)
        WHERE s.sample_id = $id AND NOT EXISTS (
            SELECT 1 FROM current_assignments a WHERE a.sample_id = s.sample_id AND a.case_id = s.case_id AND a.part = 'first')
        ORDER BY c.county COLLATE zh, s.case_no, s.case_id""",
        {"id": sample_id},
    )


def assignment_history(db: Database, sample_id: str) -> list[dict]:
    """Every assignment, change and taking back of a sample, newest first, with name and case_no."""
    return db.rows(
        """SELECT a.*, p.name, s.case_no FROM assignments a LEFT JOIN current_reviewers p USING (reviewer_id)
        LEFT JOIN sample_frame s ON s.sample_id = a.sample_id AND s.case_id = a.case_id
        WHERE a.sample_id = $id ORDER BY a.assigned_at DESC, a.rowid DESC""",
        {"id": sample_id},
    )


def _stays(row: dict, anew: bool) -> bool:
    """Whether an assignment is none of the program's business: begun work always, else what still holds and is not to be made anew."""
    if row["state"] != "waiting":
        return True
    return bool(row["active"]) and not row["barred"] and (not anew or row["made_by"] == "hand")


def _case_on_list(db: Database, sample_id: str, case_id: str) -> CaseFacts:
    found = next((case for case in facts_of_cases(db, sample_id) if case.case_id == case_id), None)
    if found is None:
        raise UsageError("这件案件不在抽样名单上。", "可能已被替换，请刷新页面后再看。")
    return found


def _reviewer(row: dict) -> Reviewer:
    return Reviewer(row["reviewer_id"], row["name"], row["unit"], row["county"], frozenset(row["skills"]), row["capacity"])


def _name(actor: str) -> str:
    if not (actor or "").strip():
        raise UsageError("没有填写分配人。", "请填写姓名后再保存，记录会连同姓名和时间一起留存。")
    return actor.strip()


def _append(cur, sample_id: str, place: Place, made_by: str, reason: str, due_on: date | None, actor: str) -> None:
    cur.execute(
        "INSERT INTO assignments VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        [sample_id, place.case_id, place.part, place.reviewer_id, made_by, reason, due_on, actor, now()],
    )
