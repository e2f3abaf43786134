"""Cases that two people reviewed blind: how far they agree, what they have to talk over, what they settled on.

A case enters only when both are 评毕. 看不出 is a missing rating, not a third opinion.
"""

from dataclasses import dataclass

from review.casework.agreement import Agreement, agreement, as_ratings, to_talk_over
from review.casework.outcomes import aspects_of_checks, told
from review.casework.reviews import ASPECTS, GRADES, OTHER, REST, RESULTS, result_label, subject_label
from review.comparison.proportions import share
from review.errors import UsageError
from review.store.database import Database, now

GRADE = "grade"
_ORDER = {grade: number for number, grade in enumerate(reversed(GRADES), 1)}  # 不合格 1 … 优秀 4
_FOUND = {"no": 0.0, "yes": 1.0}


@dataclass(frozen=True)
class SubjectAgreement:
    """Agreement on the grade (alpha ordinal), on all checks together or on one check (nominal). raw_low, raw_high: 95% interval of the raw
    agreement (Wilson); found: ratings among ``agreement.ratings`` that said there is a problem, None for the grade."""

    subject: str
    label: str
    agreement: Agreement
    raw_low: float | None
    raw_high: float | None
    found: int | None


@dataclass(frozen=True)
class Difference:
    """What two reviewers of a case differ in. first, second: (name, answer in words, note); settled: result in words, reason, by, at, or
    None."""

    case_id: str
    case_no: str
    title: str | None
    subject: str
    label: str
    first: tuple[str, str, str]
    second: tuple[str, str, str]
    settled: tuple[str, str, str, object] | None


@dataclass(frozen=True)
class DoubleReviews:
    """assigned: cases with two reviewers; finished: both 评毕; lines: grade, all checks, then each check that anybody marked as a problem;
    differences: those not settled first, the widest in grade before the others."""

    assigned: int
    finished: int
    lines: tuple[SubjectAgreement, ...]
    differences: tuple[Difference, ...]


def double_reviews(db: Database, sample_id: str) -> DoubleReviews:
    """Agreement over a sample; see module docstring."""
    records = _records(db, sample_id)
    pairs = {case: both for case, both in records.items() if len(both) == 2 and all(one["state"] == "reviewed" for one in both)}
    aspects = aspects_of_checks()
    reviewed_checks = [check for check, aspect in aspects.items() if aspect in ASPECTS]
    named = {s for both in pairs.values() for one in both for s, (result, _) in one["answers"].items() if result == "yes"}
    grades = as_ratings([(case, k, _ORDER[one["grade"]]) for case, both in pairs.items() for k, one in enumerate(both) if one["grade"]])
    marks = {check: _ratings(pairs, check, aspects) for check in reviewed_checks}
    lines = [_line(GRADE, "等次", grades, "ordinal")] if pairs else []
    if pairs:
        lines.append(_line("checks", "全部检查", {(c, case): given for c in marks for case, given in marks[c].items()}, "nominal"))
    lines += [_line(check, subject_label(check), marks[check], "nominal") for check in reviewed_checks if check in named]
    return DoubleReviews(
        sum(len(both) == 2 for both in records.values()), len(pairs), tuple(lines), tuple(_differences(db, sample_id, pairs, grades))
    )


def settle(db: Database, sample_id: str, case_id: str, subject: str, result: str, reason: str, actor: str) -> None:
    """Record what two reviewers came to on a subject they differed in; their own records stay as they are.

    Raises UsageError without reason or name, for a result that the subject can't have, and where they don't differ.
    """
    reason, actor = (reason or "").strip(), (actor or "").strip()
    if not actor or not reason:
        raise UsageError("商定的理由和登记人都要填写。", "请写明依据的材料、由谁主持商定，再保存。")
    allowed = GRADES if subject == GRADE else RESULTS
    if result not in allowed or (subject.startswith(REST) and result == "yes"):
        raise UsageError("没有选择商定的结果。", f"可选：{'、'.join(allowed.values())}。")
    if not any(d.case_id == case_id and d.subject == subject for d in double_reviews(db, sample_id).differences):
        raise UsageError("这一项两人没有不一致，或有一人还未评毕。", "请刷新页面后再看。")
    with db.write("settle_review", actor, sample_id=sample_id, case_id=case_id, subject=subject, result=result) as cur:
        cur.execute(
            "INSERT INTO settled_results VALUES ($1, $2, $3, $4, $5, $6, $7)", [sample_id, case_id, subject, result, reason, actor, now()]
        )


def _ratings(pairs: dict, check: str, aspects: dict[str, str]) -> dict:
    rows = [
        (case, k, _FOUND.get(told({s: r for s, (r, _) in one["answers"].items()}, check, aspects)))
        for case, both in pairs.items()
        for k, one in enumerate(both)
    ]
    return as_ratings(rows)


def _line(subject: str, label: str, ratings: dict, level: str) -> SubjectAgreement:
    found = agreement(ratings, level)
    agreed = sum(len(set(given.values())) == 1 for given in ratings.values() if len(given) > 1)
    raw = share(agreed, found.units) if found.units else None
    marked = None if subject == GRADE else int(sum(sum(given.values()) for given in ratings.values()))
    return SubjectAgreement(subject, label, found, raw and raw.low, raw and raw.high, marked)


def _differences(db: Database, sample_id: str, pairs: dict, grades: dict) -> list[Difference]:
    settled = {
        (row["case_id"], row["subject"]): (result_label(row["subject"], row["result"]), row["reason"], row["settled_by"], row["settled_at"])
        for row in db.rows("SELECT * FROM current_settled_results WHERE sample_id = $id", {"id": sample_id})
    }
    aspects, widest = aspects_of_checks(), to_talk_over(grades)
    found = []
    for case in sorted(pairs, key=lambda case: (widest.index(case) if case in widest else len(widest), pairs[case][0]["case_no"])):
        first, second = pairs[case]
        if first["grade"] != second["grade"]:
            found.append(_difference(case, GRADE, first, second, (first["grade"], ""), (second["grade"], ""), settled))
        plain = [{s: r for s, (r, _) in one["answers"].items()} for one in (first, second)]
        for subject in sorted({s for one in plain for s in one if not s.startswith(REST)}, key=lambda s: (s.startswith(OTHER), s)):
            answers = [
                one["answers"].get(subject, (told(mine, subject, aspects), "")) for one, mine in zip((first, second), plain, strict=True)
            ]
            if answers[0][0] != answers[1][0]:
                found.append(_difference(case, subject, first, second, *answers, settled))
    return sorted(found, key=lambda d: d.settled is not None)


def _difference(case: str, subject: str, first: dict, second: dict, one: tuple, other: tuple, settled: dict) -> Difference:
    sides = [(side["name"], result_label(subject, answer[0]), answer[1]) for side, answer in ((first, one), (second, other))]
    return Difference(case, first["case_no"], first["title"], subject, subject_label(subject), *sides, settled.get((case, subject)))


def _records(db: Database, sample_id: str) -> dict[str, list[dict]]:
    """Both parts of every case with two reviewers: name, state, grade, answers (subject -> (result, note)), case_no, title."""
    rows = db.rows(
        """SELECT a.case_id, a.part, p.name, r.review_id, coalesce(r.state, 'waiting') AS state, r.grade, s.case_no, c.title
        FROM current_assignments a JOIN current_reviewers p USING (reviewer_id)
        JOIN current_sample_cases s ON s.sample_id = a.sample_id AND s.case_id = a.case_id
        LEFT JOIN cases c ON c.case_id = a.case_id
        LEFT JOIN current_case_reviews r ON r.sample_id = a.sample_id AND r.case_id = a.case_id AND r.reviewer_id = a.reviewer_id
        WHERE a.sample_id = $id ORDER BY s.case_no, a.case_id, a.part""",
        {"id": sample_id},
    )
    lines = db.rows(
        "SELECT x.review_id, x.subject, x.result, x.note FROM review_results x"
        " SEMI JOIN (FROM current_case_reviews WHERE sample_id = $id) r USING (review_id)",
        {"id": sample_id},
    )
    answers: dict[int, dict] = {}
    for line in lines:
        answers.setdefault(line["review_id"], {})[line["subject"]] = line["result"], line["note"]
    found: dict[str, list[dict]] = {}
    for row in rows:
        found.setdefault(row["case_id"], []).append(row | {"answers": answers.get(row["review_id"], {})})
    return {case: both for case, both in found.items() if len(both) == 2}
