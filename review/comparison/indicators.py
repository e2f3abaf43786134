"""Indicators: shares of kinds of people and measures, each with how many are known and how many are not.

People are counted by headcount (经办人员7人 counts seven), organisations never. A share is of those known.
Public figures that they are held against: domain notes 8.1 (萍乡, 泰州, 贵州, 安庆); other places and years, so never thresholds.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import duckdb

from review.store.database import Database

# 层级 of a person by rank, the highest first: label, smallest rank order (ranks.toml).
RANK_GROUPS = {"县处级及以上": 60, "乡科级": 40, "其他": None}
# 四种形态 by the heaviest measure (3.1 of the domain notes): label, smallest band of the severity scale; the fourth is 移送司法.
FORMS = {"第一种形态": 1, "第二种形态": 4, "第三种形态": 7, "第四种形态": None}


@dataclass(frozen=True)
class Share:
    """``part`` of ``known`` people (or cases); ``unknown``: those of whom it can't be told."""

    part: int
    known: int
    unknown: int = 0

    @property
    def share(self) -> Fraction | None:
        """part / known exactly; None where nobody is known."""
        return Fraction(self.part, self.known) if self.known else None

    def percent(self, digits: int = 1) -> Decimal | None:
        """The share in percent, rounded half up as printed statistics are; None where nobody is known."""
        return None if self.share is None else rounded(100 * self.share, digits)


def rounded(value: Fraction, digits: int) -> Decimal:
    """A fraction rounded half up to ``digits`` decimals."""
    return Decimal(int(value * 10 ** (digits + 1))).scaleb(-digits - 1).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def shares(counts: dict[str, int]) -> dict[str, Share]:
    """Counts that make up a whole, each as its share of the sum."""
    whole = sum(counts.values())
    return {name: Share(n, whole) for name, n in counts.items()}


# What is known of every person who was held accountable; band 0 is 不予 or 免予, which is no accountability.
_PEOPLE = """
WITH sanctioned AS (
    SELECT respondent_id,
        bool_or(is_final AND band >= 4 AND code <> 'struck_off' AND track = 'party') AS party,
        bool_or(is_final AND band >= 4 AND track = 'administrative') AS administrative,
        bool_or(is_final AND band >= 4 AND code <> 'struck_off' AND track IN ('party', 'administrative', 'unspecified')) AS disciplined,
        bool_or(code = 'justice_transfer') AS transferred
    FROM measures GROUP BY respondent_id
), people AS (
    SELECT r.respondent_id, r.case_id, r.headcount, r.tier, r.role, r.acting_head, r.rank_order, r.band, r.measures_complete,
        coalesce(s.party, false) AS party,
        coalesce(s.administrative, false) AS administrative, coalesce(s.disciplined, false) AS disciplined,
        coalesce(s.transferred, false) AS transferred
    FROM respondents r JOIN cases c USING (case_id) LEFT JOIN sanctioned s ON s.respondent_id = r.respondent_id
    WHERE r.kind <> 'organization' AND r.band IS DISTINCT FROM 0
        AND ($county IS NULL OR c.county = $county) AND ($domain IS NULL OR c.domain = $domain)
)
"""
_HEAD = "CASE WHEN role = 'head' AND tier <> 'village' OR acting_head THEN true WHEN role <> 'unknown' THEN false END"
_VILLAGE = "CASE WHEN tier = 'village' OR role = 'village_cadre' THEN true WHEN tier <> 'unknown' THEN false END"
_DISCIPLINED = "CASE WHEN disciplined THEN true WHEN measures_complete AND band IS NOT NULL THEN false END"
_RANK_GROUP = """CASE WHEN rank_order >= 60 THEN '县处级及以上' WHEN rank_order >= 40 THEN '乡科级'
    WHEN rank_order < 40 OR tier = 'village' OR role IN ('staff', 'village_cadre') THEN '其他' END"""
_FORM = """CASE WHEN transferred THEN '第四种形态' WHEN band >= 7 THEN '第三种形态' WHEN band >= 4 THEN '第二种形态'
    WHEN band >= 1 THEN '第一种形态' END"""


def heads(db: Database, county: str | None = None, domain: str | None = None) -> Share:
    """一把手: heads of an office, body or town (or acting for one) among people whose role is known; village heads are village cadres."""
    return _share(db, _HEAD, county, domain)


def village_cadres(db: Database, county: str | None = None, domain: str | None = None) -> Share:
    """People of a village or community among those whose level is known."""
    return _share(db, _VILLAGE, county, domain)


def disciplined(db: Database, county: str | None = None, domain: str | None = None) -> Share:
    """People with a 党纪 or 政务处分, alone or beside other measures, among those whose measures are understood whole."""
    return _share(db, _DISCIPLINED, county, domain)


def create_person_marks(cur: duckdb.DuckDBPyConnection) -> None:
    """TEMP TABLE person_marks on this cursor: respondent_id, headcount, head, village, disciplined of everybody held accountable.

    Each mark is what heads, village_cadres and disciplined count; NULL where it can't be told.
    """
    cur.execute(
        "CREATE OR REPLACE TEMP TABLE person_marks AS "
        + _PEOPLE
        + f"SELECT respondent_id, headcount, {_HEAD} AS head, {_VILLAGE} AS village, {_DISCIPLINED} AS disciplined FROM people",
        {"county": None, "domain": None},
    )


def rank_groups(db: Database, county: str | None = None, domain: str | None = None, sanctioned: bool = False) -> dict[str, Share]:
    """Shares of RANK_GROUPS among people whose level is known; ``sanctioned``: only of those with a 处分."""
    return _groups(db, _RANK_GROUP, list(RANK_GROUPS), county, domain, "disciplined" if sanctioned else "true")


def four_forms(db: Database, county: str | None = None, domain: str | None = None) -> dict[str, Share]:
    """Shares of the 四种形态 by the heaviest measure of each person among people whose measure is known."""
    return _groups(db, _FORM, list(FORMS), county, domain)


def sanction_tracks(db: Database, county: str | None = None, domain: str | None = None) -> dict[str, int]:
    """People with a 处分 and how many of them have one of each track; both tracks at once count in both."""
    sql = (
        _PEOPLE
        + """SELECT coalesce(sum(headcount), 0)::BIGINT AS people, coalesce(sum(headcount) FILTER (WHERE party), 0)::BIGINT AS party,
        coalesce(sum(headcount) FILTER (WHERE administrative), 0)::BIGINT AS administrative,
        coalesce(sum(headcount) FILTER (WHERE party AND administrative), 0)::BIGINT AS both FROM people WHERE disciplined"""
    )
    return db.rows(sql, {"county": county, "domain": domain})[0]


def persons_per_case(db: Database, county: str | None = None, domain: str | None = None) -> Fraction | None:
    """People held accountable for each case that has any; None without cases."""
    row = db.rows(
        _PEOPLE + "SELECT sum(headcount)::BIGINT AS people, count(DISTINCT case_id) AS cases FROM people",
        {"county": county, "domain": domain},
    )[0]
    return Fraction(row["people"], row["cases"]) if row["cases"] else None


def _share(db: Database, mark: str, county: str | None, domain: str | None) -> Share:
    row = db.rows(
        _PEOPLE
        + f"""SELECT coalesce(sum(headcount) FILTER (WHERE {mark}), 0)::BIGINT AS part,
            coalesce(sum(headcount) FILTER (WHERE ({mark}) IS NOT NULL), 0)::BIGINT AS known,
            coalesce(sum(headcount) FILTER (WHERE ({mark}) IS NULL), 0)::BIGINT AS unknown FROM people""",
        {"county": county, "domain": domain},
    )[0]
    return Share(**row)


def _groups(db: Database, group: str, names: list[str], county: str | None, domain: str | None, where: str = "true") -> dict[str, Share]:
    rows = db.rows(
        _PEOPLE + f'SELECT {group} AS "group", sum(headcount)::BIGINT AS n FROM people WHERE {where} GROUP BY 1',
        {"county": county, "domain": domain},
    )
    counts = {row["group"]: row["n"] for row in rows}
    unknown = counts.pop(None, 0)
    return {name: Share(counts.get(name, 0), sum(counts.values()), unknown) for name in names}
