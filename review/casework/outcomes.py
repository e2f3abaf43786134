"""What the reviews of a sample came to, case by case: the result for each check, each aspect and the whole, with what nobody could tell."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from review.casework.reviews import ASPECTS, OTHER, REST
from review.checks.engine import catalogue
from review.store.database import Database

WHOLE, FLAWED, FAILED = "whole", "flawed", "failed"
SUBJECTS = {WHOLE: "任何一类问题", FLAWED: "等次为瑕疵或不合格", FAILED: "等次为不合格"}


@dataclass(frozen=True)
class Outcome:
    """One case of a sample. chance: inclusion probability of the random part, None for a case not open to it; reviewed: every review
    assigned is 评毕; answers: subject -> yes/no/unclear as the reviewers agreed or settled; said: check -> suspect/undetermined of the
    program today; disputed: subjects in which two reviewers differ and that are not settled; aspects: check -> its aspect."""

    case_id: str
    case_no: str
    stratum: str
    county: str | None
    chance: float | None
    picked_by: str
    reviewed: bool
    grade: str | None
    answers: Mapping[str, str]
    said: Mapping[str, str]
    disputed: frozenset[str]
    aspects: Mapping[str, str] = field(repr=False)

    def result(self, subject: str) -> str | None:
        """yes, no or unclear for a check, an aspect, or a key of SUBJECTS; None while the case is not reviewed."""
        if not self.reviewed:
            return None
        if subject in (FLAWED, FAILED):
            return "unclear" if self.grade is None else "yes" if self.grade in ("failed", subject) else "no"
        if subject == WHOLE:
            return _any([self.result(aspect) for aspect in ASPECTS])
        if subject in ASPECTS:
            own = [result for key, result in self.answers.items() if self.aspects.get(key) == subject or key == OTHER + subject]
            return _any([*own, self.answers.get(REST + subject, "unclear")])
        return self.answers.get(subject) or self.answers.get(REST + self.aspects.get(subject, ""), "unclear")


def outcomes(db: Database, sample_id: str) -> list[Outcome]:
    """All cases on the list of a sample, by stratum and ticket."""
    rows = db.rows(
        """SELECT s.case_id, s.case_no, s.stratum, c.county, s.chance, s.picked_by, count(a.part) AS parts,
            count(*) FILTER (r.state = 'reviewed') AS finished
        FROM current_sample_cases s LEFT JOIN cases c USING (case_id)
        LEFT JOIN current_assignments a ON a.sample_id = s.sample_id AND a.case_id = s.case_id
        LEFT JOIN current_case_reviews r ON r.sample_id = a.sample_id AND r.case_id = a.case_id AND r.reviewer_id = a.reviewer_id
        WHERE s.sample_id = $id GROUP BY ALL ORDER BY s.stratum, any_value(s.ticket), s.case_no""",
        {"id": sample_id},
    )
    aspects = aspects_of_checks()
    records, settled, said = _records(db, sample_id), _settled(db, sample_id), _said(db, sample_id)
    found = []
    for row in rows:
        key, parts, finished = row["case_id"], row.pop("parts"), row.pop("finished")
        reviewed = parts > 0 and parts == finished
        answers, disputed = merged([answers for _, answers in records[key]], settled[key], aspects) if reviewed else ({}, frozenset())
        grade, differ = _grade([grade for grade, _ in records[key]], settled[key]) if reviewed else (None, False)
        found.append(
            Outcome(
                **row,
                reviewed=reviewed,
                grade=grade,
                answers=answers,
                said=said[key],
                aspects=aspects,
                disputed=disputed | ({"grade"} if differ else set()),
            )  # fmt: skip
        )
    return found


def merged(
    records: list[Mapping[str, str]], settled: Mapping[str, str], aspects: Mapping[str, str]
) -> tuple[dict[str, str], frozenset[str]]:
    """Answers of one or two reviewers as one, and the subjects that they still differ in (unclear until settled).

    What one reviewer marked by itself and the other only with the rest of its aspect is compared as the other left it there.
    """
    out, disputed = {}, set()
    for subject in {subject for answers in records for subject in answers}:
        results = {told(answers, subject, aspects) for answers in records}
        if subject in settled:
            out[subject] = settled[subject]
        elif len(results) == 1:
            out[subject] = results.pop()
        else:
            out[subject] = "unclear"
            disputed.add(subject)
    # Whoever did not look at everything of an aspect differs from nobody; the pair has not looked at everything.
    return out, frozenset(subject for subject in disputed if not subject.startswith(REST))


def told(answers: Mapping[str, str], subject: str, aspects: Mapping[str, str]) -> str:
    """One reviewer's answer on a subject, taken from the rest of its aspect where it was not marked by itself."""
    if subject in answers:
        return answers[subject]
    aspect = subject.removeprefix(OTHER) if subject.startswith(OTHER) else aspects.get(subject, "")
    return answers.get(REST + aspect, "unclear")


def aspects_of_checks() -> dict[str, str]:
    """Check -> aspect."""
    return {check.id: check.aspect for check in catalogue()}


def _any(results: list[str]) -> str:
    return "yes" if "yes" in results else "unclear" if "unclear" in results or not results else "no"


def _grade(grades: list[str | None], settled: Mapping[str, str]) -> tuple[str | None, bool]:
    if "grade" in settled:
        return settled["grade"], False
    return (grades[0], False) if len(set(grades)) == 1 else (None, True)


def _records(db: Database, sample_id: str) -> dict[str, list[tuple[str | None, dict[str, str]]]]:
    heads = db.rows(
        "SELECT review_id, case_id, grade FROM current_case_reviews WHERE sample_id = $id ORDER BY case_id, part", {"id": sample_id}
    )
    lines = db.rows(
        "SELECT x.* FROM review_results x SEMI JOIN (FROM current_case_reviews WHERE sample_id = $id) r USING (review_id)",
        {"id": sample_id},
    )
    answers: dict[int, dict[str, str]] = defaultdict(dict)
    for line in lines:
        answers[line["review_id"]][line["subject"]] = line["result"]
    out = defaultdict(list)
    for head in heads:
        out[head["case_id"]].append((head["grade"], answers[head["review_id"]]))
    return out


def _settled(db: Database, sample_id: str) -> dict[str, dict[str, str]]:
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for row in db.rows("SELECT case_id, subject, result FROM current_settled_results WHERE sample_id = $id", {"id": sample_id}):
        out[row["case_id"]][row["subject"]] = row["result"]
    return out


def _said(db: Database, sample_id: str) -> dict[str, dict[str, str]]:
    rows = db.rows(
        """SELECT f.case_id, f.check_id, CASE WHEN bool_or(f.verdict = 'suspect') THEN 'suspect' ELSE 'undetermined' END AS said
        FROM findings f SEMI JOIN (FROM current_sample_cases WHERE sample_id = $id) s USING (case_id) GROUP BY ALL""",
        {"id": sample_id},
    )
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        out[row["case_id"]][row["check_id"]] = row["said"]
    return out
