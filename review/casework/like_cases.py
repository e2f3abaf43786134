"""类案: how people in a like position were treated in other cases."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from review.casework.counties import Base, factor_words, persons
from review.comparison.grouping import COARSENING, FACTORS
from review.store.database import Database

ENOUGH = 5
UNPLACED = "情形或领域、层级职务或处理档次不明，无法找同类"
LINKS = 10
# From the closest likeness that the ledger can tell down to topic and post: coarser than that nobody is like enough for the word 类案.
# The first level with enough people serves.
LEVELS = (
    ("topic", "responsibility", "post", "consequence", "extenuation"),
    ("topic", "responsibility", "post", "consequence"),
    *COARSENING[:2],
)
CLOSER = ("responsibility", "consequence", "source", "extenuation")


@dataclass(frozen=True)
class LikeCases:
    """Comparable people of other cases. factors: what they have in common, by: that in words; group: of this person; bands: band -> how
    many; lighter, same, heavier: how many were treated more lightly and so on than this person; own_county: how many of them are of the
    same county; unclear: others that might be alike, but something of them is not known; nearest: up to LINKS of them, see persons."""

    respondent_id: str
    name: str
    band: int
    factors: tuple[str, ...]
    group: str
    bands: dict[int, int]
    own_county: int
    unclear: int
    nearest: tuple[dict, ...]

    @property
    def by(self) -> str:
        """问责情形或领域·层级职务."""
        return factor_words(self.factors)

    @property
    def unclear_share(self) -> float:
        """Share of the unclear among all that are or might be alike."""
        return self.unclear / (self.unclear + self.n)

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
    return [_of(db, found.people, row["respondent_id"], row["name"]) for row in rows]


def _of(db: Database, people: pa.Table, respondent_id: str, name: str) -> LikeCases | NoLikeCases:
    own, most = people.filter(pc.equal(people["respondent_id"], respondent_id)).to_pylist(), None
    if not own or not own[0]["comparable"]:
        return NoLikeCases(respondent_id, name, UNPLACED, None)
    own, others = own[0], people.filter(pc.not_equal(people["case_id"], own[0]["case_id"]))
    for factors in LEVELS:
        values = [own[FACTORS[f][1]] for f in factors]
        if None in values:
            continue
        # NULL where it can't be told, true or false where it can.
        alike = others["comparable"]
        for factor, value in zip(factors, values, strict=True):
            alike = pc.and_kleene(alike, pc.equal(others[FACTORS[factor][1]], value))
        like = others.filter(alike)
        most = like.num_rows
        if most >= ENOUGH:
            bands = dict(sorted((row["values"], row["counts"]) for row in pc.value_counts(like["band"]).to_pylist()))
            at_home = int(pc.sum(pc.equal(like["county"], own["county"])).as_py() or 0)
            near = persons(db, _nearest(own, like))
            return LikeCases(respondent_id, name, own["band"], factors, "·".join(values), bands, at_home, alike.null_count, tuple(near))
    if most is None:
        return NoLikeCases(respondent_id, name, UNPLACED, None)
    return NoLikeCases(respondent_id, name, f"无足够可比案件（同情形同职务的其他案件只有 {most} 人，不足 {ENOUGH} 人）", most)


def _nearest(own: dict, others: pa.Table) -> list[str]:
    """Those that share most of the finer circumstances, the latest first."""
    columns = [FACTORS[f][1] for f in CLOSER]
    rows = others.select(["respondent_id", "at_quarter", *columns]).to_pylist()

    def nearness(row: dict) -> tuple:
        shared = sum(own[c] is not None and own[c] == row[c] for c in columns)
        return shared, row["at_quarter"] or "", row["respondent_id"]

    return [row["respondent_id"] for row in sorted(rows, key=nearness, reverse=True)[:LINKS]]
