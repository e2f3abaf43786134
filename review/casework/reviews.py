"""A reviewer's record on a sampled case: per check what was found, per aspect whether everything else was looked at, a grade.

Blind: of a case that two people review neither sees the other's record until both are 评毕.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from review.casework.findings import FindingFilter, list_findings
from review.checks.engine import catalogue
from review.errors import ReviewError, UsageError
from review.store.database import Database, now
from review.vocabulary.labels import label, label_table

GRADES = label_table("grade")
RESULTS = label_table("review_result")
ASPECTS = tuple(aspect for aspect in label_table("aspect") if aspect != "数据质量")
OTHER, REST = "other:", "rest:"
LONGEST = 2000


class ReviewConflict(ReviewError):
    """The record is no longer what the reviewer had on the screen when saving."""


@dataclass(frozen=True)
class Answer:
    """result: yes, no or unclear; note: the reviewer's words."""

    result: str
    note: str = ""


@dataclass(frozen=True)
class Item:
    """A check of which the program found something in the case. said: suspect/undetermined; messages: its sentences."""

    check_id: str
    title: str
    aspect: str
    level: str
    said: str
    messages: tuple[str, ...]


@dataclass(frozen=True)
class Record:
    """One version of a reviewer's record. review_id 0: nothing saved yet."""

    review_id: int
    state: str
    grade: str | None
    comment: str
    answers: dict[str, Answer]
    saved_by: str = ""
    saved_at: object = None


@dataclass(frozen=True)
class ReviewForm:
    """What the form of a case needs. part: the reviewer's; double: whether two people review it; others: (name, record) of the other
    reviewer, only when both are 评毕; items: findings of the program by check, the severe first."""

    case: dict
    part: str
    double: bool
    due_on: object
    items: tuple[Item, ...]
    record: Record
    others: tuple[tuple[str, Record], ...]


def review_form(db: Database, sample_id: str, case_id: str, reviewer_id: str) -> ReviewForm:
    """The form of a case for one reviewer; raises UsageError where the case is not assigned to that person."""
    held = _assigned(db, sample_id, case_id)
    own = next((row for row in held if row["reviewer_id"] == reviewer_id), None)
    if own is None:
        raise UsageError("这件案件没有分配给您。", "请在“我的案件”中打开；如已改派，请与分配人联系。")
    case = db.rows("SELECT * FROM cases WHERE case_id = $id", {"id": case_id})
    if not case:
        raise UsageError("这件案件已不在台账中。", "可能导入被撤销，请与分配人联系，按规定替换。")
    record = _newest(db, sample_id, case_id, reviewer_id)
    others = [(row["name"], _newest(db, sample_id, case_id, row["reviewer_id"])) for row in held if row["reviewer_id"] != reviewer_id]
    open_to_see = record.state == "reviewed" and all(other.state == "reviewed" for _, other in others)
    items = program_items(db, case_id)
    return ReviewForm(case[0], own["part"], len(held) > 1, own["due_on"], items, record, tuple(others) if open_to_see else ())


def program_items(db: Database, case_id: str) -> tuple[Item, ...]:
    """Findings of the program on a case by check; a check with a suspect counts as suspect whatever else it could not tell."""
    found: dict[str, Item] = {}
    for row in list_findings(db, FindingFilter(verdicts=(), case_ids=(case_id,))):
        item = found.get(row["check_id"]) or Item(row["check_id"], row["check_title"], row["aspect"], row["level"], row["verdict"], ())
        said = "suspect" if "suspect" in (item.said, row["verdict"]) else "undetermined"
        found[row["check_id"]] = replace(item, said=said, messages=(*item.messages, row["message"]))
    return tuple(sorted(found.values(), key=lambda item: (item.said != "suspect", list(label_table("aspect")).index(item.aspect))))


def save_review(
    db: Database,
    sample_id: str,
    case_id: str,
    reviewer_id: str,
    answers: Mapping[str, Answer],
    grade: str | None,
    comment: str,
    done: bool,
    *,
    seen: int,
) -> int:
    """Append a version of the reviewer's record, 在评 or (``done``) 评毕; returns its review_id.

    answers: by subject, see the table review_results. seen: review_id of the version that was on the screen. Raises UsageError for what
    is missing when done and what makes no sense, ReviewConflict when a newer version was saved or the record is 评毕 already.
    """
    form = review_form(db, sample_id, case_id, reviewer_id)
    comment = (comment or "").strip()
    answers = {subject: Answer(a.result, a.note.strip()) for subject, a in answers.items()}
    _check(answers, grade, comment)
    if done:
        _check_complete(form, answers, grade)
    said = {item.check_id: item.said for item in form.items}
    with db.write("save_review", _named(db, reviewer_id), sample_id=sample_id, case_id=case_id, done=done) as cur:
        last = cur.execute(
            "SELECT review_id, state FROM case_reviews WHERE sample_id = $1 AND case_id = $2 AND reviewer_id = $3 ORDER BY review_id DESC",
            [sample_id, case_id, reviewer_id],
        ).fetchone() or (0, "waiting")
        if last[1] == "reviewed":
            raise ReviewConflict("您对本案的评查已经评毕，这次的修改没有保存。", "如需修改，请先退回“在评”并写明理由。")
        if last[0] != seen:
            raise ReviewConflict("本案的评查记录在别处刚刚保存过，这次的修改没有保存。", "请刷新页面，看清新的内容后再改。")
        return _append(cur, sample_id, case_id, reviewer_id, answers, said, done, grade, comment, _named(db, reviewer_id))


def reopen_review(db: Database, sample_id: str, case_id: str, reviewer_id: str, reason: str) -> None:
    """Take a record that is 评毕 back to 在评, contents kept.

    Raises UsageError without a reason, and once the other reviewer of the case is 评毕 too: both records are open to both then, and what
    they differ in is settled, not changed.
    """
    reason = (reason or "").strip()
    form = review_form(db, sample_id, case_id, reviewer_id)
    if form.record.state != "reviewed":
        raise UsageError("本案还没有评毕。", "直接修改保存即可。")
    if form.others:
        raise UsageError("两份评查都已评毕，不能再退回修改。", "两人不一致的，请在“一致性”中登记商定的结果。")
    if not reason:
        raise UsageError("没有写明退回修改的理由。", "请写明理由后再退回。")
    old, said, name = form.record, {item.check_id: item.said for item in form.items}, _named(db, reviewer_id)
    with db.write("reopen_review", name, sample_id=sample_id, case_id=case_id, reason=reason) as cur:
        _append(cur, sample_id, case_id, reviewer_id, old.answers, said, False, old.grade, old.comment, name)


def places_of_case(db: Database, case_id: str) -> list[dict]:
    """Samples on whose list a case stands: sample_id, created_at, reviewer_id, part, name (None: nobody yet), state; newest first."""
    return db.rows(
        """SELECT s.sample_id, m.created_at, a.reviewer_id, a.part, p.name, coalesce(r.state, 'waiting') AS state
        FROM current_sample_cases s JOIN samples m USING (sample_id)
        LEFT JOIN current_assignments a ON a.sample_id = s.sample_id AND a.case_id = s.case_id
        LEFT JOIN current_reviewers p ON p.reviewer_id = a.reviewer_id
        LEFT JOIN current_case_reviews r ON r.sample_id = a.sample_id AND r.case_id = a.case_id AND r.reviewer_id = a.reviewer_id
        WHERE s.case_id = $id ORDER BY m.created_at DESC, s.sample_id, a.part""",
        {"id": case_id},
    )


def subject_label(subject: str) -> str:
    """A subject in words: the check with its title, 其他问题, 其余各项."""
    if subject == "grade":
        return "等次"
    if subject.startswith(OTHER):
        return f"{subject.removeprefix(OTHER)}：检查没有涉及的问题"
    if subject.startswith(REST):
        return f"{subject.removeprefix(REST)}：其余各项"
    return next((f"{check.id} {check.title}" for check in catalogue() if check.id == subject), subject)


def result_label(subject: str, result: str) -> str:
    """An answer in words as its subject has them."""
    if subject == "grade":
        return label("grade", result)
    if subject.startswith(REST):
        return {"no": "已逐项看过，没有问题", "unclear": "没有看全"}.get(result, result)
    return label("review_result", result)


def _check(answers: Mapping[str, Answer], grade: str | None, comment: str) -> None:
    known = {check.id for check in catalogue()} | {kind + aspect for kind in (OTHER, REST) for aspect in ASPECTS}
    for subject, answer in answers.items():
        if subject not in known or answer.result not in RESULTS or (subject.startswith(REST) and answer.result == "yes"):
            raise UsageError(f"读不懂对“{subject}”的回答。", "请刷新页面后再填。")
        if subject.startswith(OTHER) and answer.result == "yes" and not answer.note:
            raise UsageError(f"{subject_label(subject)}没有写明是什么问题。", "请写明问题和依据的材料，再保存。")
    if grade is not None and grade not in GRADES:
        raise UsageError(f"没有名为“{grade}”的等次。", f"可选：{'、'.join(GRADES.values())}。")
    longest = max([comment, *(answer.note for answer in answers.values())], key=len)
    if len(longest) > LONGEST:
        raise UsageError(f"有一处文字共 {len(longest)} 字，超过 {LONGEST} 字。", "请精简后再保存。")


def _check_complete(form: ReviewForm, answers: Mapping[str, Answer], grade: str | None) -> None:
    open_items = [item.check_id for item in form.items if item.check_id not in answers]
    open_aspects = [aspect for aspect in ASPECTS if REST + aspect not in answers]
    lacking = [f"程序提示的 {'、'.join(open_items)} 还没有标注"] if open_items else []
    lacking += [f"{'、'.join(open_aspects)}的“其余各项”还没有选"] if open_aspects else []
    lacking += ["还没有评定等次"] if grade is None else []
    if lacking:
        raise UsageError(
            "还不能评毕，没有保存。", f"{'；'.join(lacking)}。没有看完的可以先“保存，继续评”；看不出的请标“看不出”，不要空着。"
        )


def _assigned(db: Database, sample_id: str, case_id: str) -> list[dict]:
    return db.rows(
        """SELECT a.part, a.reviewer_id, a.due_on, p.name FROM current_assignments a JOIN current_reviewers p USING (reviewer_id)
        WHERE a.sample_id = $sample AND a.case_id = $case ORDER BY a.part""",
        {"sample": sample_id, "case": case_id},
    )


def _newest(db: Database, sample_id: str, case_id: str, reviewer_id: str) -> Record:
    found = db.rows(
        "SELECT review_id, state, grade, comment, saved_by, saved_at FROM case_reviews"
        " WHERE sample_id = $s AND case_id = $c AND reviewer_id = $r ORDER BY review_id DESC LIMIT 1",
        {"s": sample_id, "c": case_id, "r": reviewer_id},
    )
    if not found:
        return Record(0, "waiting", None, "", {})
    rows = db.rows("SELECT subject, result, note FROM review_results WHERE review_id = $id", {"id": found[0]["review_id"]})
    return Record(**found[0], answers={row["subject"]: Answer(row["result"], row["note"]) for row in rows})


def _named(db: Database, reviewer_id: str) -> str:
    return db.scalar("SELECT name FROM current_reviewers WHERE reviewer_id = $id", {"id": reviewer_id})


def _append(cur, sample_id, case_id, reviewer_id, answers, said, done: bool, grade, comment, name: str) -> int:
    number = cur.execute("SELECT nextval('review_ids')").fetchone()[0]
    state = "reviewed" if done else "reviewing"
    cur.execute(
        "INSERT INTO case_reviews VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        [number, sample_id, case_id, reviewer_id, state, grade, comment, name, now()],
    )
    rows = [(number, subject, a.result, said.get(subject, "silent"), a.note) for subject, a in answers.items()]
    if rows:
        cur.executemany("INSERT INTO review_results VALUES ($1, $2, $3, $4, $5)", rows)
    return number
