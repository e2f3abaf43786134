"""类案: how people in a like position were treated in other cases."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from review.casework.counties import Base, comparable, factor_words, persons
from review.comparison.grouping import COARSENING, FACTORS
from review.store.database import Database

ENOUGH = 5
LINKS = 10
# Coarser than topic and post nobody is like enough for the word 类案.
LEVELS = COARSENING[:2]
CLOSER = ("responsibility", "consequence", "source", "extenuation")


@dataclass(frozen=True)
class LikeCases:
    """Comparable people of other cases. by: what they have in common in words, group: of this person; bands: band -> how many;
    lighter, same, heavier: how many were treated more lightly and so on than this person; nearest: up to LINKS of them, see persons."""

    respondent_id: str
    name: str
    band: int
    by: str
    group: str
    bands: dict[int, int]
    nearest: tuple[dict, ...]

    @property
    def n(self) -> int:
        """How many others."""
        return sum(self.bands.values())

    @property
    def lighter(self) -> int:
        """Others with a lower band."""
        return sum(n for band, n in self.bands.items() if band < self.band)

    @property
    def heavier(self) -> int:
        """Others with a higher band."""
        return sum(n for band, n in self.bands.items() if band > self.band)

    @property
    def same(self) -> int:
        """Others with the same band."""
        return self.bands.get(self.band, 0)


@dataclass(frozen=True)
class NoLikeCases:
    """Why there is nothing to compare a person with; n: comparable others at the coarsest level (None: the person can't be placed)."""

    respondent_id: str
    name: str
    reason: str
    n: int | None


def like_cases(db: Database, found: Base, case_id: str) -> list[LikeCases | NoLikeCases]:
    """For every person of a case the like cases, in the order of the case; organisations and 不予、免予 are left out."""
    rows = db.rows(
        """SELECT respondent_id, coalesce(name, '未署名') AS name FROM respondents
        WHERE case_id = $id AND kind = 'person' AND band IS DISTINCT FROM 0 ORDER BY seq""",
        {"id": case_id},
    )
    people = [comparable(found.people, factors) for factors in LEVELS]
    return [_of(db, people, row["respondent_id"], row["name"], case_id) for row in rows]


def _of(db: Database, people: list[pa.Table], respondent_id: str, name: str, case_id: str) -> LikeCases | NoLikeCases:
    most = None
    for factors, level in zip(LEVELS, people, strict=True):
        own = level.filter(pc.equal(level["respondent_id"], respondent_id)).to_pylist()
        if not own:
            continue
        others = level.filter(pc.and_(pc.equal(level["group"], own[0]["group"]), pc.not_equal(level["case_id"], case_id)))
        most = others.num_rows
        if most >= ENOUGH:
            counted = dict(sorted((row["values"], row["counts"]) for row in pc.value_counts(others["band"]).to_pylist()))
            near = persons(db, _nearest(own[0], others))
            return LikeCases(respondent_id, name, own[0]["band"], factor_words(factors), own[0]["group"], counted, tuple(near))
    if most is None:
        return NoLikeCases(respondent_id, name, "情形或领域、层级职务或处理档次不明，无法找同类", None)
    return NoLikeCases(respondent_id, name, f"无足够可比案件（同情形同职务的其他案件只有 {most} 人，不足 {ENOUGH} 人）", most)


def _nearest(own: dict, others: pa.Table) -> list[str]:
    """Those that share most of the finer circumstances, the latest first."""
    columns = [FACTORS[f][1] for f in CLOSER]
    rows = others.select(["respondent_id", "at_quarter", *columns]).to_pylist()

    def nearness(row: dict) -> tuple:
        shared = sum(own[c] is not None and own[c] == row[c] for c in columns)
        return shared, row["at_quarter"] or "", row["respondent_id"]

    return [row["respondent_id"] for row in sorted(rows, key=nearness, reverse=True)[:LINKS]]
