"""影响期 of people: what the ledger says beside what follows from measure and date, and who is due for a visit."""

from dataclasses import dataclass
from datetime import date

from review.casework.dossier import show_date
from review.checks.catalogue import check
from review.checks.influence import create_influence
from review.checks.settings import current
from review.checks.withdrawn import leave_out_withdrawn
from review.store.database import Database
from review.vocabulary.labels import label

# Groups of the list, in the order in which they are worked off.
GROUPS = {
    "ended": "已届满，台账写未回访",
    "ended_open": "已届满，回访情况不明",
    "soon": "30 天内届满",
    "later": "31 至 90 天内届满",
}
SOON, LATER = 30, 90
VISITS = {"not_done": "未回访"}

# One row a person: the end as stated (a coarse date or length gives two days), else as computed.
_PERIODS = """
WITH visits AS (
    SELECT r.respondent_id, list(DISTINCT s.status ORDER BY s.status) AS visits, max(s.done_on) AS visited_on
    FROM steps s JOIN respondents r ON r.case_id = s.case_id AND (s.respondent_id IS NULL OR s.respondent_id = r.respondent_id)
    WHERE s.step = 'visit' GROUP BY r.respondent_id
), told AS (
    SELECT i.*, r.case_id, r.seq, r.name, r.kind, r.measures_raw, r.unit_post_raw, r.period_state, r.period_end_raw,
        c.case_key, c.title, c.county,
        coalesce(v.visits, []) AS visits, v.visited_on,
        i.waits_for_local AND $admonition::INTEGER IS NOT NULL AND i.starts_on IS NOT NULL AS by_local,
        CASE WHEN by_local THEN (i.starts_on + to_months($admonition::INTEGER))::DATE ELSE i.ends_first END AS computed_first,
        CASE WHEN by_local THEN (last_day_of(i.starts_on, i.starts_on_precision) + to_months($admonition::INTEGER))::DATE ELSE i.ends_last
            END AS computed_last,
        CASE r.period_state WHEN 'end' THEN r.period_end
            WHEN 'length' THEN (i.starts_on + to_months(r.period_months))::DATE END AS stated_first,
        CASE r.period_state WHEN 'end' THEN last_day_of(r.period_end, r.period_end_precision)
            WHEN 'length' THEN (last_day_of(i.starts_on, i.starts_on_precision) + to_months(r.period_months))::DATE END AS stated_last
    FROM influence i JOIN respondents r USING (respondent_id) JOIN cases c ON c.case_id = r.case_id
    LEFT JOIN visits v ON v.respondent_id = r.respondent_id
)
"""
_OF_CASE = """
SELECT r.* FROM respondents r SEMI JOIN (
    SELECT DISTINCT r.respondent_id FROM respondents r JOIN respondents o ON o.case_id = $case
        AND (o.respondent_id = r.respondent_id OR o.id_key = r.id_key OR o.name = r.name)
) USING (respondent_id)
"""
_TRACKED = """
, grouped AS (
    SELECT *, coalesce(stated_first, computed_first) AS first_end, coalesce(stated_last, computed_last) AS last_end,
        CASE
            WHEN list_has_any(visits, ['done', 'not_applicable']) THEN NULL
            WHEN last_end < $today THEN if(visits = ['not_done'], 'ended', 'ended_open')
            WHEN last_end <= $today + $soon THEN 'soon'
            WHEN last_end <= $today + $later THEN 'later' END AS "group"
    FROM told WHERE kind = 'person' AND state <> 'exempt'
)
"""


@dataclass(frozen=True)
class PersonPeriod:
    """影响期 of one person. from_on, to_on: as computed, '' where it can't be told; how: the computation or the reason why not;
    stated: what the ledger says; remark: how the two compare."""

    name: str
    from_on: str
    to_on: str
    how: str
    stated: str
    remark: str


@dataclass(frozen=True)
class Tracked:
    """Somebody whose 影响期 ends soon or has ended without a visit. group: key of GROUPS; days: until the end, negative when past;
    told_by: 台账所写 or 按处理推算; visit: 否, 空白 …"""

    group: str
    case_id: str
    case_key: str
    title: str
    county: str
    name: str
    unit_post: str
    measures: str
    ends_on: str
    days: int
    told_by: str
    visit: str


def periods_of_case(db: Database, case_id: str) -> list[PersonPeriod]:
    """影响期 of every person of a case in the order of the ledger; sanctions of the same people in other cases count in."""
    with db.cursor() as cur:
        leave_out_withdrawn(cur)
        create_influence(cur, _OF_CASE, {"case": case_id})
        rows = _rows(cur, _PERIODS + "SELECT * FROM told WHERE case_id = $case ORDER BY seq", {"case": case_id, **_local(db)})
    return [_period(row) for row in rows if row["kind"] != "organization"]


def tracked(db: Database, today: date, county: str | None = None) -> list[Tracked]:
    """People whose 影响期 ended before ``today`` without a visit or ends within 90 days, most overdue first.

    The end is the one stated in the ledger, else the computed one; who was visited or needs no visit is left out.
    """
    rows = _tracked_rows(db, today, 'SELECT * FROM grouped WHERE "group" IS NOT NULL AND ($county IS NULL OR county = $county)'
                         " ORDER BY last_end, county, case_key, seq", county=county)  # fmt: skip
    return [
        Tracked(
            group=row["group"],
            case_id=row["case_id"],
            case_key=row["case_key"],
            title=row["title"] or "",
            county=row["county"] or "县区不明",
            name=row["name"] or "（未写姓名）",
            unit_post=row["unit_post_raw"] or "",
            measures=row["measures_raw"] or "",
            ends_on=_span(row["first_end"], row["last_end"]),
            days=(row["last_end"] - today).days,
            told_by="台账所写" if row["stated_last"] else "按处理推算",
            visit="、".join(VISITS.get(s) or label("status", s) for s in row["visits"]) or "没有这一列",
        )
        for row in rows
    ]


def untold(db: Database, today: date, county: str | None = None) -> int:
    """How many people have a measure with an 影响期, or one that may have, but no end can be told: they are in no group."""
    sql = (
        """SELECT count(*) AS n FROM grouped WHERE last_end IS NULL AND state = 'undetermined' AND ($county IS NULL OR county = $county)"""
    )
    return _tracked_rows(db, today, sql, county=county)[0]["n"]


def _tracked_rows(db: Database, today: date, sql: str, **params) -> list[dict]:
    with db.cursor() as cur:
        leave_out_withdrawn(cur)
        create_influence(cur)
        return _rows(cur, _PERIODS + _TRACKED + sql, {"today": today, "soon": SOON, "later": LATER, **_local(db), **params})


def _rows(cur, sql: str, params: dict) -> list[dict]:
    used = {name: value for name, value in params.items() if f"${name}" in sql}
    result = cur.execute(sql, used)
    names = [d[0] for d in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _local(db: Database) -> dict:
    return {"admonition": current(db, check("M05"))["admonition_months"]}


def _period(row: dict) -> PersonPeriod:
    known = row["computed_last"] is not None
    how = row["basis"] if not row["by_local"] else "诫勉，按本地标准，自决定之日起算"
    return PersonPeriod(
        name=row["name"] or "（未写姓名）",
        from_on=show_date(row["starts_on"], row["starts_on_precision"]) if known else "",
        to_on=_span(row["computed_first"], row["computed_last"]),
        how=(how if known or row["state"] in ("none", "exempt") else f"待核：{row['reason']}") or "不适用",
        stated=_stated(row),
        remark=_remark(row),
    )


def _stated(row: dict) -> str:
    if row["period_state"] in ("end", "length"):
        return f"至 {_span(row['stated_first'], row['stated_last'])}" if row["stated_last"] else row["period_end_raw"]
    words = {"none": "无", "exists": "有，没有写到什么时候", "not_applicable": "不适用", "unreadable": row["period_end_raw"]}
    return words.get(row["period_state"], "")


def _remark(row: dict) -> str:
    if row["has_namesake"]:
        return "有同名的人先受过处分，是否同一人、应否累加请核对"
    if row["stated_last"] is None or row["computed_last"] is None:
        return ""
    if row["stated_last"] >= row["computed_first"] and row["stated_first"] <= row["computed_last"]:
        return "一致"
    longer = row["stated_first"] > row["computed_last"]
    days = (row["stated_first"] - row["computed_last"] if longer else row["computed_first"] - row["stated_last"]).days
    return f"台账{'长' if longer else '短'} {days} 天"


def _span(first: date | None, last: date | None) -> str:
    if last is None:
        return ""
    return f"{last:%Y-%m-%d}" if first == last else f"{first:%Y-%m-%d} 至 {last:%Y-%m-%d} 之间"
