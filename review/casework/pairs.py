"""Two people whom M03 holds against each other, with the facts of both, so that a reader sees what differs and what does not."""

import json
from dataclasses import dataclass

from review.casework.counties import persons
from review.casework.findings import NOT_STATED
from review.store.database import Database

SHOWN = 20
CASE = "案件"
# What is told of both, in this order: name -> key of the facts. Of the last two lines a difference is what the pair is about.
LINES = {
    CASE: "case_key",
    "案件名称": "title",
    "县区": "county",
    "单位及职务": "post",
    "职级": "rank",
    "问责情形或领域": "matter",
    "责任": "responsibility",
    "后果": "consequence",
    "线索来源": "source",
    "从轻减轻情形": "mitigation",
    "从重加重情形": "aggravation",
    "决定日期": "decided",
    "处理": "measures",
    "档次": "band",
}
COMPARED = ("职级", "问责情形或领域", "责任", "后果", "线索来源", "从轻减轻情形", "从重加重情形", "处理", "档次")

_FINDINGS = """
SELECT f.finding_id, f.message, f.facts, f.respondent_id, o.respondent_id AS other_id
FROM findings f
LEFT JOIN cases k ON k.case_key = f.facts ->> 'other_case'
-- The other person of the sentence; of two with one name the facts of either are the same in what counts.
LEFT JOIN respondents o ON o.case_id = k.case_id AND o.band = (f.facts ->> 'other_band')::INTEGER
    AND starts_with(f.facts ->> 'other', coalesce(o.name, '未署名')) AND o.measures_raw IS NOT DISTINCT FROM f.facts ->> 'other_measures'
WHERE f.check_id = 'M03' AND f.verdict = 'suspect' AND ($county IS NULL OR f.county = $county)
    AND ($case IS NULL OR f.case_id = $case OR k.case_id = $case)
QUALIFY row_number() OVER (PARTITION BY f.finding_id ORDER BY o.seq, o.respondent_id) = 1
"""
# Two who are alone in their group are told of each other: one pair.
_PAIRS = f"""
SELECT *, (facts ->> 'gap')::INTEGER AS gap FROM ({_FINDINGS})
QUALIFY row_number() OVER (PARTITION BY least(respondent_id, other_id), greatest(respondent_id, other_id) ORDER BY finding_id) = 1
"""


@dataclass(frozen=True)
class Pair:
    """One finding of M03. person: whom it stands on, other: whom that one is held against (see persons, and the further keys of LINES);
    told: its sentence; named: 畸轻 or 畸重; gap: bands apart."""

    finding_id: str
    person: dict
    other: dict
    told: str
    named: str
    gap: int

    def lines(self) -> list[tuple[str, object, object, str]]:
        """(what, of the person, of the other, 相同 / 不同 / 看不出) in the order of LINES; the last is empty where nothing is compared."""
        return [(what, self.person[key], self.other[key], self._alike(what, key)) for what, key in LINES.items()]

    def _alike(self, what: str, key: str) -> str:
        if what not in COMPARED:
            return ""
        left, right = self.person[key], self.other[key]
        if left in (None, "") or right in (None, ""):
            return "看不出"
        return "相同" if left == right else "不同"


def pairs(db: Database, county: str | None = None, case_id: str | None = None, limit: int = SHOWN) -> tuple[int, list[Pair]]:
    """How many pairs the newest run of M03 found, and the first ``limit`` of them, the widest first; of a county or of a case (either
    side). ``county`` NOT_STATED never has any: a pair needs its place."""
    if county == NOT_STATED:
        return 0, []
    filters = {"county": county, "case": case_id}
    total = db.scalar(f"SELECT count(*) FROM ({_PAIRS})", filters)
    rows = db.rows(f"{_PAIRS} ORDER BY gap DESC, finding_id LIMIT {int(limit)}", filters)
    sides = _sides(db, [i for row in rows for i in (row["respondent_id"], row["other_id"]) if i])
    found = []
    for row in rows:
        facts = json.loads(row["facts"])
        person, other = sides.get(row["respondent_id"]), sides.get(row["other_id"])
        if person and other:
            found.append(Pair(row["finding_id"], person, other, row["message"], facts["named"], int(facts["gap"])))
    return total, found


def _sides(db: Database, ids: list[str]) -> dict[str, dict]:
    further = db.rows(
        """SELECT r.respondent_id, coalesce(r.rank_raw, '') AS rank, coalesce('第七条第' || c.circumstance || '项', c.domain) AS matter,
            r.responsibility_raw AS responsibility, c.consequence, c.source, r.mitigation, r.aggravation
        FROM respondents r JOIN cases c USING (case_id) WHERE r.respondent_id IN (SELECT unnest($ids))""",
        {"ids": ids},
    )
    known = {row["respondent_id"]: row for row in further}
    return {row["respondent_id"]: row | known[row["respondent_id"]] for row in persons(db, ids)}
