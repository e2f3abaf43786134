"""What could not be judged, and what a county would have to send: columns that its ledger lacks, and columns that are partly blank."""

from collections import defaultdict
from dataclasses import dataclass

from review.checks.engine import catalogue
from review.checks.settings import switched_off
from review.store.database import Database
from review.vocabulary.labels import label
from review.vocabulary.terms import fields

NAMED = 3  # alternatives of a missing column that are told by name


@dataclass(frozen=True)
class MissingColumn:
    """A column that a sheet of a county lacks. county: None where the ledger does not name it; fields: any one of them would do.

    enables: checks that need only it, units: verdicts that these could give (cases or respondents, one a check); with_others: checks
    that need it and a further column that is lacking.
    """

    county: str | None
    import_id: int
    file_name: str
    sheet: str
    fields: tuple[str, ...]
    label: str
    cases: int
    respondents: int
    enables: tuple[str, ...]
    units: int
    with_others: tuple[str, ...]


@dataclass(frozen=True)
class BlankColumn:
    """A column that is there and blank for ``blank`` of ``whole`` cases (unit case) or rows (respondent), which leaves ``checks`` open."""

    county: str | None
    import_id: int
    file_name: str
    sheet: str
    fields: tuple[str, ...]
    label: str
    unit: str
    blank: int
    whole: int
    checks: tuple[str, ...]


def missing_columns(db: Database) -> list[MissingColumn]:
    """Every essential column that a loaded sheet lacks, by county, what would enable most verdicts first. Checks that are switched off
    ask for nothing."""
    sheets = db.rows(
        """
        SELECT s.county, s.import_id, i.file_name, s.sheet, s.cases, coalesce(p.respondents, 0) AS respondents,
            (SELECT list(DISTINCT f.field) FROM import_fields f WHERE f.import_id = s.import_id AND f.sheet = s.sheet) AS fields
        FROM (SELECT county, import_id, sheet, count(*) AS cases FROM cases ANTI JOIN withdrawn_cases USING (case_id) GROUP BY ALL) s
        LEFT JOIN (SELECT c.county, r.import_id, r.sheet, count(*) AS respondents
            FROM respondents r JOIN cases c USING (case_id) ANTI JOIN withdrawn_cases w ON w.case_id = c.case_id GROUP BY ALL) p
            ON p.county IS NOT DISTINCT FROM s.county AND p.import_id = s.import_id AND p.sheet = s.sheet
        JOIN imports i ON i.import_id = s.import_id
        """
    )
    found = [missing for sheet in sheets for missing in _missing_in(sheet, _asking(db))]
    return sorted(found, key=lambda m: (m.county is None, m.county, -m.units, -len(m.with_others), m.import_id, m.sheet, m.fields))


def blank_columns(db: Database) -> list[BlankColumn]:
    """Essential columns that are there and blank in part, by county, the most blanks first. A stroke counts as blank."""
    asking = _asking(db)
    groups = sorted({need for one in asking for need in one.needs})
    known = fields()
    wanted = [{"need": need, "field": name} for need in groups for name in need.split("|")]
    if not wanted:
        return []
    by_case = [need for need in groups if known[need.split("|")[0]].level == "case"]
    rows = db.rows(
        """
        WITH wanted AS (
            SELECT DISTINCT c.import_id, c.sheet, c.position, w.need
            FROM import_columns c JOIN (SELECT unnest($needs) AS need, unnest($fields) AS field) w ON w.field = c.field
            SEMI JOIN current_imports i ON i.import_id = c.import_id
        ), told AS (
            SELECT c.county, l.import_id, l.sheet, w.need, list_contains($by_case, w.need) AS of_case, l.case_id,
                if(list_contains($by_case, w.need), 0, l."row") AS place,
                bool_and(regexp_matches(coalesce(l.raw[w.position], ''), '^[\\s/／\\\\\\-－—?？…]*$')
                    AND NOT coalesce(list_contains(json_keys(l.filled), w.position::VARCHAR), false)) AS blank
            FROM ledger_rows l
            JOIN cases c ON c.case_id = l.case_id AND c.import_id = l.import_id
            JOIN wanted w ON w.import_id = l.import_id AND w.sheet = l.sheet
            ANTI JOIN withdrawn_cases x ON x.case_id = l.case_id
            WHERE l.kind = 'data'
            GROUP BY ALL
        )
        SELECT t.county, t.import_id, i.file_name, t.sheet, t.need, t.of_case, count(*) FILTER (blank) AS blank, count(*) AS whole
        FROM told t JOIN imports i USING (import_id)
        GROUP BY ALL HAVING count(*) FILTER (blank) > 0
        """,
        {"needs": [w["need"] for w in wanted], "fields": [w["field"] for w in wanted], "by_case": by_case},
    )
    found = [
        BlankColumn(
            r["county"], r["import_id"], r["file_name"], r["sheet"], tuple(r["need"].split("|")), either(r["need"].split("|")),
            "case" if r["of_case"] else "respondent", r["blank"], r["whole"], tuple(c.id for c in asking if r["need"] in c.needs),
        )
        for r in rows
    ]  # fmt: skip
    return sorted(found, key=lambda b: (b.county is None, b.county, -b.blank, b.import_id, b.sheet, b.fields))


def either(names: list[str] | tuple[str, ...]) -> str:
    """启动审批 或 审批人: a date column of a step goes without saying beside the step; of many the first are named."""
    words = dict.fromkeys(label("field", n) for n in names if not n.endswith("_on") or n.removesuffix("_on") not in names)
    told = list(words)
    return " 或 ".join(told) if len(told) <= NAMED else f"{'、'.join(told[:NAMED])} 等 {len(told)} 列（有一列即可）"


def _asking(db: Database) -> list:
    off = switched_off(db)
    return [one for one in catalogue() if one.id not in off]


def _missing_in(sheet: dict, asking: list) -> list[MissingColumn]:
    have = set(sheet["fields"] or ())
    enables, others, units = defaultdict(list), defaultdict(list), defaultdict(int)
    for one in asking:
        lacking = [need for need in one.needs if have.isdisjoint(need.split("|"))]
        for need in lacking:
            if len(lacking) > 1:
                others[need].append(one.id)
            else:
                enables[need].append(one.id)
                units[need] += {"county": 1, "respondent": sheet["respondents"]}.get(one.unit, sheet["cases"])
    return [
        MissingColumn(
            sheet["county"], sheet["import_id"], sheet["file_name"], sheet["sheet"], tuple(need.split("|")), either(need.split("|")),
            sheet["cases"], sheet["respondents"], tuple(enables[need]), units[need], tuple(others[need]),
        )
        for need in sorted({*enables, *others})
    ]  # fmt: skip
