"""What another threshold would change, before anybody saves it: nothing is stored."""

from dataclasses import dataclass

from review.checks.catalogue import check
from review.checks.engine import parameters
from review.checks.judging import VERDICTS, judge, message_sql
from review.checks.prelude import prepare
from review.checks.settings import stored
from review.store.database import Database

LISTED = 1_000
_TABLES = ("judged_now", "judged_then")
_UNIT = "concat_ws('|', coalesce(case_id, ''), coalesce(respondent_id, ''), if(case_id IS NULL, coalesce(county, ''), ''))"


@dataclass(frozen=True)
class Preview:
    """before, after: verdict -> units, with the present and the proposed values. changed: how many units get another verdict;
    units: the first LISTED of them, new suspects first, as dicts of case_id, case_no, title, county, name (None: the whole case),
    before, after (None: judged no more, or not judged before), message (sentence of the new verdict, else of the old one)."""

    check_id: str
    before: dict[str, int]
    after: dict[str, int]
    changed: int
    units: list[dict]


def preview(db: Database, check_id: str, params: dict) -> Preview:
    """Judge a check with the values in force and with ``params`` (name -> value as typed, None or blank: default or not set) over them.

    Raises UsageError for unknown parameters and values of a wrong kind or out of range.
    """
    one = check(check_id)
    defaults = {p.name: p.default for p in one.params}
    proposed = {name: defaults.get(name) if value is None or not str(value).strip() else value for name, value in params.items()}
    kept = stored(db)
    now, then = (parameters((one,), {check_id: given}, kept)[check_id] for given in ({}, proposed))
    with db.cursor() as cur:
        prepare(cur)
        for values, table in zip((now, then), _TABLES, strict=True):
            judge(cur, one, values, into=table)
        counted = [dict(cur.execute(f"SELECT verdict, count(*) FROM {t} GROUP BY verdict").fetchall()) for t in _TABLES]
        told = [f"SELECT *, {_UNIT} AS unit, {message_sql(cur, one, t)} AS message FROM {t}" for t in _TABLES]
        cur.execute(
            f"""CREATE OR REPLACE TEMP TABLE judged_changes AS
            SELECT coalesce(n.case_id, t.case_id) AS case_id, coalesce(n.respondent_id, t.respondent_id) AS respondent_id,
                coalesce(n.county, t.county) AS county, n.verdict AS before, t.verdict AS after, coalesce(t.message, n.message) AS message
            FROM ({told[0]}) n
            FULL JOIN ({told[1]}) t
                ON n.unit = t.unit
            WHERE n.verdict IS DISTINCT FROM t.verdict"""
        )
        changed = cur.execute("SELECT count(*) FROM judged_changes").fetchone()[0]
        result = cur.execute(
            f"""SELECT j.case_id, c.case_no, c.title, coalesce(j.county, c.county) AS county, r.name, j.before, j.after, j.message
            FROM judged_changes j LEFT JOIN cases c ON c.case_id = j.case_id LEFT JOIN respondents r ON r.respondent_id = j.respondent_id
            ORDER BY CASE WHEN j.after = 'suspect' THEN 1 WHEN j.before = 'suspect' THEN 2 ELSE 3 END,
                county COLLATE zh NULLS LAST, c.case_key, r.seq
            LIMIT {LISTED}"""
        )
        names = [d[0] for d in result.description]
        units = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    before, after = ({v: found.get(v, 0) for v in VERDICTS} for found in counted)
    return Preview(check_id, before, after, changed, units)
