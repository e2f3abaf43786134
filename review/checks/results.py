"""What the newest runs say, by county and in words."""

from review.checks.engine import VERDICTS, catalogue
from review.checks.params import NOT_SET
from review.store.database import Database


def by_county(db: Database) -> list[dict]:
    """Rows of check_id, unit, county (None: not stated), suspect, clear, undetermined, exempt, not_run: newest run of each check."""
    sums = ", ".join(f"sum({v})::BIGINT AS {v}" for v in (*VERDICTS, "not_run"))
    rows = db.rows(
        f"SELECT check_id, unit, county, {sums} FROM newest_results GROUP BY ALL ORDER BY check_id, unit DESC, county NULLS LAST"
    )
    known = {c.id for c in catalogue()}  # a check of the office may be gone from its folder
    return [row for row in rows if row["check_id"] in known]


def judged_share(db: Database) -> list[dict]:
    """Rows of county, judged (suspect + clear), undetermined, not_run over all checks but D01: how far the ledgers allow a verdict."""
    return db.rows(
        """SELECT county, sum(suspect + clear)::BIGINT AS judged, sum(undetermined)::BIGINT AS undetermined,
            sum(not_run)::BIGINT AS not_run
        FROM newest_results WHERE check_id <> 'D01' GROUP BY county ORDER BY county NULLS LAST"""
    )


def blank_fields(db: Database) -> list[dict]:
    """Rows of county, field (Chinese label), respondents: how often a key field is blank (D01), the most frequent first."""
    return db.rows(
        """SELECT county, field, count(*) AS respondents
        FROM (SELECT county, unnest(CAST(facts->'blank' AS VARCHAR[])) AS field FROM findings WHERE check_id = 'D01')
        GROUP BY ALL ORDER BY respondents DESC, county NULLS LAST, field"""
    )


def remark(row: dict) -> str:
    """What must be said beside the numbers of a row of engine.counts: 已停用 and why, 自定义, 未设本地标准, a parameter set since."""
    parts = ["自定义"] if row["custom"] else []
    if row["off"] is not None:
        return "；".join([*parts, f"已停用：{row['off']}"])
    if row["not_set"]:
        parts.append(f"{NOT_SET}：{'、'.join(row['not_set'])}")
    if row["stale"]:
        parts.append("改过参数，还没有重新运行")
    return "；".join(parts)
