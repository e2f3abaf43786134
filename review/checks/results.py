"""What the newest runs say by county, and what could not be judged: which column a ledger lacks and which checks it would enable."""

from dataclasses import dataclass

from review.checks.engine import VERDICTS, catalogue
from review.checks.params import NOT_SET
from review.store.database import Database
from review.vocabulary.labels import label


@dataclass(frozen=True)
class MissingField:
    """A column that a sheet lacks. fields: any one of them would do; blocks: checks that need it; enables: checks that need only it."""

    import_id: int
    file_name: str
    sheet: str
    counties: tuple[str, ...]
    cases: int
    respondents: int
    fields: tuple[str, ...]
    label: str
    blocks: tuple[str, ...]
    enables: tuple[str, ...]


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


def missing_fields(db: Database) -> list[MissingField]:
    """Every essential column that a loaded sheet lacks, those that would enable most checks first."""
    sheets = db.rows(
        """
        SELECT s.import_id, i.file_name, s.sheet, s.respondents, s.cases, s.counties,
            coalesce(list(DISTINCT f.field) FILTER (WHERE f.field IS NOT NULL), []) AS fields
        FROM (SELECT r.import_id, r.sheet, count(*) AS respondents, count(DISTINCT r.case_id) AS cases,
                coalesce(list(DISTINCT county ORDER BY county) FILTER (WHERE county IS NOT NULL), []) AS counties
              FROM respondents r JOIN cases c USING (case_id) GROUP BY ALL) s
        JOIN imports i USING (import_id)
        LEFT JOIN import_fields f ON f.import_id = s.import_id AND f.sheet = s.sheet
        GROUP BY ALL ORDER BY s.import_id, s.sheet
        """
    )
    found = [m for sheet in sheets for m in _missing_in(sheet)]
    return sorted(found, key=lambda m: (-len(m.enables), -len(m.blocks), m.import_id, m.sheet, m.fields))


def _missing_in(sheet: dict) -> list[MissingField]:
    have = set(sheet["fields"])
    lacks = {c.id: [n for n in c.needs if have.isdisjoint(n.split("|"))] for c in catalogue()}
    return [
        MissingField(
            sheet["import_id"],
            sheet["file_name"],
            sheet["sheet"],
            tuple(sheet["counties"]),
            sheet["cases"],
            sheet["respondents"],
            tuple(need.split("|")),
            "或".join(dict.fromkeys(label("field", name) for name in need.split("|"))),
            tuple(c for c, lacking in lacks.items() if need in lacking),
            tuple(c for c, lacking in lacks.items() if lacking == [need]),
        )
        for need in sorted({n for lacking in lacks.values() for n in lacking})
    ]
