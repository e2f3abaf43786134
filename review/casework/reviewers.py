"""The roster of reviewers and their recusals: every change is a new version with who and when."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from review.errors import UsageError
from review.sampling.recusal import KINDS, Recusal, Reviewer
from review.store.database import Database, now
from review.vocabulary.labels import label_table
from review.vocabulary.matters import domains
from review.workbook.casewords import is_person_name
from review.workbook.wording import plain, tight

CITY = "市级"
USUAL_CAPACITY = 10
MOST = 999


@dataclass(frozen=True)
class RosterLine:
    """One person as entered. county: None for the city's own people; skills: words of skill_words."""

    name: str
    unit: str
    county: str | None
    skills: tuple[str, ...]
    capacity: int = USUAL_CAPACITY
    active: bool = True


@dataclass(frozen=True)
class RosterReceipt:
    """What an import did: people added, changed, left as they were; remarks: things to look at, in words."""

    added: int
    changed: int
    same: int
    remarks: tuple[str, ...]


def skill_words() -> list[str]:
    """What a reviewer may be good at: the aspects of a review, then the domains."""
    return [aspect for aspect in label_table("aspect") if aspect != "数据质量"] + [name for name in domains() if name != "其他"]


def roster(db: Database, everybody: bool = True) -> list[dict]:
    """Columns of current_reviewers with ``recusals`` (how many hold), by county and name; the active ones only without ``everybody``."""
    return db.rows(
        """SELECT p.*, (SELECT count(*) FROM current_recusals x WHERE x.reviewer_id = p.reviewer_id) AS recusals
        FROM current_reviewers p WHERE p.active OR $everybody
        ORDER BY p.active DESC, p.county COLLATE zh NULLS FIRST, p.name COLLATE zh, p.unit, p.reviewer_id""",
        {"everybody": everybody},
    )


def active_reviewers(db: Database) -> list[Reviewer]:
    """Those who can be assigned to."""
    return [
        Reviewer(r["reviewer_id"], r["name"], r["unit"], r["county"], frozenset(r["skills"]), r["capacity"])
        for r in roster(db, everybody=False)
    ]


def counties_of_cases(db: Database) -> list[str]:
    """Counties that the ledgers name, in name order."""
    return [row["county"] for row in db.rows("SELECT DISTINCT county FROM cases WHERE county IS NOT NULL ORDER BY county COLLATE zh")]


def save_reviewer(db: Database, line: RosterLine, actor: str, reviewer_id: str | None = None) -> str:
    """Add a person, or a new version of one; returns the reviewer_id.

    Raises UsageError for what is missing or makes no sense, and for a person who is on the roster already (same name and unit).
    """
    line = _checked(line)
    actor = _name(actor)
    there = {(row["name"], row["unit"]): row["reviewer_id"] for row in roster(db)}
    if there.get((line.name, line.unit), reviewer_id) != reviewer_id:
        raise UsageError(f"名册中已有{line.unit}的{line.name}。", "请在名册中选中此人修改；确为同名的两人，请在单位中写明科室以便区分。")
    with db.write("save_reviewer", actor, name=line.name, unit=line.unit) as cur:
        reviewer_id = reviewer_id or _identify(line)
        _append(cur, [(reviewer_id, line)], actor)
    return reviewer_id


def save_roster(db: Database, lines: Sequence[RosterLine], actor: str) -> RosterReceipt:
    """Take over a list of people: those of the same name and unit are changed, the others added; nobody is removed.

    Raises UsageError as save_reviewer does, and for a person listed twice; then nothing is stored.
    """
    lines, actor = [_checked(line) for line in lines], _name(actor)
    repeated = {(line.name, line.unit) for line in lines if [(x.name, x.unit) for x in lines].count((line.name, line.unit)) > 1}
    if repeated:
        raise UsageError(
            f"名册中{'、'.join(sorted(f'{unit}的{name}' for name, unit in repeated))}列了不止一行。", "请每人只留一行，再导入。"
        )
    before = {(row["name"], row["unit"]): row for row in roster(db)}
    fresh = [line for line in lines if (line.name, line.unit) not in before]
    changed = [line for line in lines if (row := before.get((line.name, line.unit))) and line != _line(row)]
    remarks = [
        f"{line.name}：名册中另有同名的人（{', '.join(sorted(u for n, u in before if n == line.name))}），已作为另一人加入，请核对。"
        for line in fresh
        if any(name == line.name for name, _ in before)
    ]
    known = counties_of_cases(db)
    strange = sorted({line.county for line in lines if line.county and known and line.county not in known})
    if strange:
        remarks.append(
            f"台账中没有{'、'.join(strange)}的案件；如与台账写法不同（台账为{'、'.join(known[:6])}），县区回避会认不出，请核对。"
        )
    if fresh or changed:
        with db.write("import_roster", actor, added=len(fresh), changed=len(changed)) as cur:
            _append(cur, [(_identify(line), line) for line in fresh], actor)
            _append(cur, [(before[line.name, line.unit]["reviewer_id"], line) for line in changed], actor)
    return RosterReceipt(len(fresh), len(changed), len(lines) - len(fresh) - len(changed), tuple(remarks))


def history(db: Database, reviewer_id: str) -> list[dict]:
    """All versions of a person, newest first."""
    return db.rows("SELECT * FROM reviewers WHERE reviewer_id = $id ORDER BY set_at DESC, rowid DESC", {"id": reviewer_id})


def recuse(db: Database, reviewer_id: str, kind: str, target: str, reason: str, actor: str, lifted: bool = False) -> None:
    """Record that a reviewer stays away from a case (its case_id or number), a unit or a county, or take that back (``lifted``).

    Raises UsageError for an unknown person or case, and without target, reason or name.
    """
    target, reason, actor = (target or "").strip(), (reason or "").strip(), _name(actor)
    if kind not in KINDS:
        raise UsageError(f"不能按“{kind}”登记回避。", f"可按{'、'.join(KINDS.values())}登记。")
    if not target or not reason:
        raise UsageError("没有写明回避的对象或理由。", "请写明对哪一案件、单位或县区回避，以及为什么，例如“曾在该单位任职”。")
    if not db.scalar("SELECT count(*) FROM current_reviewers WHERE reviewer_id = $id", {"id": reviewer_id}):
        raise UsageError("名册中没有这个人。", "请刷新页面后再选。")
    if kind == "case":
        target = _case(db, target)
    with db.write("lift_recusal" if lifted else "recuse", actor, reviewer_id=reviewer_id, kind=kind, target=target) as cur:
        cur.execute("INSERT INTO recusals VALUES ($1, $2, $3, $4, $5, $6, $7)", [reviewer_id, kind, target, lifted, reason, actor, now()])


def recusals(db: Database) -> list[dict]:
    """Recusals that hold: columns of current_recusals, name of the reviewer, ``shown`` (the target as people know it)."""
    return db.rows(
        """SELECT x.*, p.name, p.unit, coalesce(c.case_key, x.target) AS shown
        FROM current_recusals x JOIN current_reviewers p USING (reviewer_id) LEFT JOIN cases c ON x.kind = 'case' AND c.case_id = x.target
        ORDER BY p.name COLLATE zh, x.kind, shown"""
    )


def held_recusals(db: Database) -> list[Recusal]:
    """The same as the assignment takes them."""
    return [Recusal(r["reviewer_id"], r["kind"], r["target"], r["reason"]) for r in recusals(db)]


def _case(db: Database, wanted: str) -> str:
    # However the brackets of the number are typed.
    found = [
        row for row in db.rows("SELECT case_id, case_key FROM cases") if wanted == row["case_id"] or plain(wanted) == plain(row["case_key"])
    ]
    if len(found) != 1:
        many = f"有 {len(found)} 件" if found else "没有"
        raise UsageError(f"台账中{many}编号为“{wanted}”的案件。", "请写台账中的案件编号；几件同号的，请从案件档案的地址中取案件标识。")
    return found[0]["case_id"]


def _checked(line: RosterLine) -> RosterLine:
    name, unit, county = tight(line.name), tight(line.unit), tight(line.county)
    if not name or not unit:
        raise UsageError("姓名和单位都要填写。", "回避要靠姓名和单位判断，缺一项就判断不了。")
    if not is_person_name(name):
        raise UsageError(f"“{name}”不像一个人的姓名。", "请每人一行，姓名写全名，不带职务。")
    if not 1 <= line.capacity <= MOST:
        raise UsageError(f"{name}的承担件数为 {line.capacity}。", f"请填 1 到 {MOST} 之间的整数；暂不参加评查的，请改为不在任。")
    unknown = [word for word in line.skills if word not in skill_words()]
    if unknown:
        raise UsageError(f"{name}的熟悉领域“{'、'.join(unknown)}”不在可选范围。", f"可选：{'、'.join(skill_words())}。")
    return RosterLine(
        name, unit, None if county in ("", CITY, "市本级", "市直") else county, tuple(line.skills), line.capacity, line.active
    )


def _line(row: dict) -> RosterLine:
    return RosterLine(row["name"], row["unit"], row["county"], tuple(row["skills"]), row["capacity"], row["active"])


def _identify(line: RosterLine) -> str:
    return "p" + hashlib.sha256(f"{line.name}|{line.unit}|{now().isoformat()}".encode()).hexdigest()[:10]


def _name(actor: str) -> str:
    if not (actor or "").strip():
        raise UsageError("没有填写登记人。", "请填写姓名后再保存，记录会连同姓名和时间一起留存。")
    return actor.strip()


def _append(cur, entries: Iterable[tuple[str, RosterLine]], actor: str) -> None:
    rows = [(key, x.name, x.unit, x.county, list(x.skills), x.capacity, x.active, actor, now()) for key, x in entries]
    if rows:
        cur.executemany("INSERT INTO reviewers VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)", rows)
