"""Everything known of one case: parsed values beside their raw text and cell address, people, steps, findings, decisions."""

from dataclasses import dataclass, field
from datetime import date

from review.casework.decisions import decisions_of_case
from review.casework.findings import FindingFilter, list_findings
from review.casework.withdrawals import withdrawal_history, withdrawn_findings
from review.errors import UsageError
from review.store.database import Database
from review.vocabulary.labels import label
from review.vocabulary.terms import fields, steps
from review.workbook.changes import newest_change

# Fields of a case in the order in which people read them, with the vocabulary of their codes (None: the text itself).
CASE_FIELDS = {
    "case_no": None,
    "title": None,
    "county": None,
    "admin_level": "admin_level",
    "handling_unit": None,
    "deciding_organ": None,
    "source": None,
    "superior_assigned": "status",
    "leader_instruction": "status",
    "public_opinion": "status",
    "circumstance": "circumstance",
    "domain": None,
    "reason": None,
    "consequence": None,
    "legal_basis": None,
    "behaviour_on": None,
    "started_on": None,
    "decided_on": None,
    "closed_on": None,
}
MEASURE_COLUMNS = ("measures", "measures_party", "measures_administrative", "measures_organizational", "measures_education")
PERSON_TEXTS = ("politics", "legal_basis", "mitigation", "aggravation", "outcome", "exempt_clause", "period_end", "note")
_UNTIL = ", ".join(f"last_day_of(c.{n}, c.{n}_precision) AS {n}_until" for n in ("behaviour_on", "started_on", "decided_on", "closed_on"))


@dataclass(frozen=True)
class Fact:
    """One value: label, the value as understood ('' = not known), the raw text and the cells (e.g. Sheet1!B4) it came from.

    correction: what was read instead of the raw text, by whom and when, in words; '' for the ledger's own text.
    """

    label: str
    value: str
    raw: str
    address: str
    correction: str = ""


@dataclass(frozen=True)
class PersonFile:
    """A respondent: row of the table, measures in order, facts with their cells."""

    row: dict
    measures: list[dict]
    facts: list[Fact]


@dataclass(frozen=True)
class StepLine:
    """A step as the ledger tells it; ``person`` is None where it is told for the whole case, ``until`` the last day it may have been."""

    label: str
    position: int
    person: str | None
    status: str
    on: date | None
    until: date | None
    shown: str
    raw: str
    address: str
    blank_counted: bool


@dataclass(frozen=True)
class Mark:
    """Something dated, for the timeline: from ``on`` to ``until`` (the same day where the day is known)."""

    label: str
    position: float
    on: date
    until: date
    shown: str
    hover: str


@dataclass(frozen=True)
class CaseFile:
    """See module docstring; ``rows`` are the ledger rows with the keys 行, 类别 and one per column.

    withdrawals: of this case, newest first (see withdrawals.withdrawal_history), ``withdrawn`` whether it is out of the checks today;
    left_findings: what was found before it was withdrawn; updated_by: the newest import that replaced values of it (or None);
    corrections: cells read with a correction (address, raw, corrected, corrected_by, corrected_at).
    """

    case: dict
    facts: list[Fact]
    people: list[PersonFile]
    steps: list[StepLine]
    findings: list[dict]
    decisions: list[dict]
    rows: list[dict] = field(default_factory=list)
    withdrawals: list[dict] = field(default_factory=list)
    left_findings: list[dict] = field(default_factory=list)
    updated_by: dict | None = None
    corrections: list[dict] = field(default_factory=list)

    @property
    def withdrawn(self) -> bool:
        """Whether the case is out of checks and samples today."""
        return bool(self.withdrawals) and self.withdrawals[0]["withdrawn"]


def show_date(day: date | None, precision: str | None) -> str:
    """2023-05-06, 2023年5月, 2023年 as far as it is known; '' for None."""
    if day is None:
        return ""
    return {"month": f"{day.year}年{day.month}月", "year": f"{day.year}年"}.get(precision or "day", f"{day:%Y-%m-%d}")


def case_file(db: Database, case_id: str) -> CaseFile:
    """The file of a case; raises UsageError where there is no such case."""
    found = db.rows(
        f"SELECT c.*, i.file_name, {_UNTIL} FROM cases c LEFT JOIN imports i USING (import_id) WHERE c.case_id = $id", {"id": case_id}
    )
    if not found:
        raise UsageError(f"没有编号为 {case_id} 的案件。", "可能台账已更新或地址不完整，请在下面按案件编号、名称或姓名查找。")
    case = found[0]
    place = {"id": case["import_id"], "sheet": case["sheet"], "first": case["row"], "last": case["last_row"]}
    corrections = _corrections(db, place)
    cells = _cells(db, place, {(c["row"], c["column"]): c for c in corrections})
    people = db.rows("SELECT * FROM respondents WHERE case_id = $id ORDER BY seq", {"id": case_id})
    measures = db.rows(
        "SELECT m.* FROM measures m JOIN respondents r USING (respondent_id) WHERE r.case_id = $id ORDER BY m.seq", {"id": case_id}
    )
    return CaseFile(
        case=case,
        facts=_case_facts(case, cells),
        people=[PersonFile(p, [m for m in measures if m["respondent_id"] == p["respondent_id"]], _person_facts(p, cells)) for p in people],
        steps=_steps(db, case_id, {p["respondent_id"]: p["name"] or f"第 {p['seq']} 人" for p in people}),
        findings=list_findings(db, FindingFilter(verdicts=(), case_ids=(case_id,), in_issue_list=None)),
        decisions=decisions_of_case(db, case_id),
        rows=_ledger_rows(db, place),
        withdrawals=withdrawal_history(db, case_id),
        left_findings=withdrawn_findings(db, case_id),
        updated_by=newest_change(db, case_id),
        corrections=corrections,
    )


def timeline(file: CaseFile) -> list[Mark]:
    """Dated steps and case dates in the order in which they should happen; the same day of several people is one mark."""
    place = {name: step.position for name, step in steps().items()}
    dates = {
        "behaviour_on": ("问题发生", -1.0),
        "started_on": ("启动", place["start_approval"] - 0.5),
        "decided_on": ("决定", place["announcement"] - 0.5),
        "closed_on": ("办结", place["visit"] - 0.5),
    }
    marks = [
        Mark(word, at, file.case[name], file.case[f"{name}_until"], shown, f"{word} {shown}")
        for name, (word, at) in dates.items()
        if file.case[name] and (shown := show_date(file.case[name], file.case[f"{name}_precision"]))
    ]
    grouped: dict[tuple, list[str]] = {}
    for line in file.steps:
        if line.on:
            grouped.setdefault((line.label, line.position, line.on, line.until, line.shown), []).append(line.person or "全案")
    marks += [Mark(*key, f"{key[0]} {key[4]}：{'、'.join(who)}") for key, who in grouped.items()]
    return sorted(marks, key=lambda m: (m.position, m.on))


def search_cases(db: Database, text: str, limit: int = 50, withdrawn: bool = False) -> list[dict]:
    """Cases whose number, title, unit or people hold every word of ``text``; those with most suspects first, then the newest;
    blank text lists all. Withdrawn cases only, with ``withdrawn``; without, none of them.

    Keys: case_id, case_key, title, county, handling_unit, decided_on (text), people (the first names and how many there are),
    findings (suspects in the issue list).
    """
    words = {f"word{i}": word.lower() for i, word in enumerate(text.split())}
    where = "".join(f" AND contains(hay, ${name})" for name in words)
    rows = db.rows(
        f"""WITH named AS (
            SELECT case_id, list(name ORDER BY seq) FILTER (name IS NOT NULL) AS names, count(*) AS persons
            FROM respondents GROUP BY case_id),
        found AS (
            SELECT c.case_id, c.case_key, c.title, c.county, c.handling_unit, c.decided_on, c.decided_on_precision, n.names, n.persons,
                lower(concat_ws(' ', c.case_key, c.title, c.county, c.handling_unit, array_to_string(n.names, ' '))) AS hay
            FROM cases c LEFT JOIN named n USING (case_id) {"SEMI" if withdrawn else "ANTI"} JOIN withdrawn_cases w USING (case_id))
        SELECT f.* EXCLUDE (hay), (SELECT count(*) FROM findings x
            WHERE x.case_id = f.case_id AND x.verdict = 'suspect' AND x.in_issue_list) AS findings
        FROM found f WHERE true{where} ORDER BY findings DESC, f.decided_on DESC NULLS LAST, f.case_key LIMIT {int(limit)}""",
        words,
    )
    return [
        row
        | {"decided_on": show_date(row["decided_on"], row.pop("decided_on_precision"))}
        | {"people": _in_short(row.pop("names") or [], row.pop("persons") or 0)}
        for row in rows
    ]


def _in_short(names: list[str], persons: int) -> str:
    """甲、乙、丙 等 8 人; 4 人，未写姓名."""
    if not names:
        return f"{persons} 人，未写姓名" if persons else ""
    return "、".join(names[:3]) + (f" 等 {persons} 人" if persons > min(len(names), 3) else "")


def _case_facts(case: dict, cells: list[dict]) -> list[Fact]:
    facts = []
    for name, kind in CASE_FIELDS.items():
        source = next((c for c in cells if c["field"] == name), None)
        value = case.get(name)
        if name.endswith("_on"):
            shown = show_date(value, case[f"{name}_precision"])
        elif kind and value is not None:
            shown = label(kind, value)
        else:
            shown = value or ""
        raw, address = (source["raw"] or "", f"{case['sheet']}!{source['address']}") if source else ("", "")
        correction = source["correction"] if source else ""
        if name == "county" and case["county_origin"] in ("sheet", "file"):
            raw, address = f"取自{label('county_origin', case['county_origin'])}", ""
        facts.append(Fact(fields()[name].label, str(shown), raw or "", address, correction))
    return facts


def _person_facts(person: dict, cells: list[dict]) -> list[Fact]:
    """Values of one respondent from the cells of its row, those that the reader filled down included, never those of another person."""

    told: set[str] = set()

    def cell(*names: str) -> tuple[str, str, str]:
        found = next((c for name in names for c in cells if c["field"] == name and c["row"] == person["row"]), None)
        if found is None:
            return "", "", ""
        # A cell that tells several things is quoted once.
        raw = "" if found["address"] in told else found["raw"]
        told.add(found["address"])
        return raw or "", f"{person['sheet']}!{found['address']}", found["correction"]

    facts = [
        Fact("问责方式", "", *cell(*MEASURE_COLUMNS, "people")),
        Fact("单位", person["unit"] or "", *cell("unit", "unit_post", "people", "name")),
        Fact("时任职务", person["post"] or "", *cell("post_then", "unit_post", "post_now", "people", "name")),
        Fact("现任职务", person["post_now"] or "", *cell("post_now")),
        Fact("职级", label("rank", person["rank"]) if person["rank"] else "", *cell("rank")),
        Fact("层级", label("tier", person["tier"]), "", ""),
        Fact("角色", label("role", person["role"]), "", ""),
        Fact(
            "责任类型",
            label("responsibility", person["responsibility"]),
            person["responsibility_raw"] or "",
            *cell("responsibility", "people")[1:],
        ),
        Fact("决定日期", show_date(person["decided_on"], person["decided_on_precision"]), *cell("decided_on")),
    ]
    for name in PERSON_TEXTS:
        raw, address, correction = cell(name)
        value = person.get(name) if name in person else person.get(f"{name}_raw")
        if name == "politics" and value:
            value = label("politics", value)
        if name == "legal_basis" and value:
            value = label("legal_basis", value)
        facts.append(Fact(fields()[name].label, value or "", raw, address, correction))
    return [f for f in facts if f.value or f.raw or f.label in ("单位", "时任职务", "责任类型", "决定日期")]


def _steps(db: Database, case_id: str, names: dict[str, str]) -> list[StepLine]:
    rows = db.rows("SELECT *, last_day_of(done_on, done_on_precision) AS until FROM steps WHERE case_id = $id", {"id": case_id})
    known = steps()
    lines = [
        StepLine(
            label=known[row["step"]].label,
            position=known[row["step"]].position,
            person=names.get(row["respondent_id"]) if row["respondent_id"] else None,
            status=row["status"],
            on=row["done_on"],
            until=row["until"],
            shown=show_date(row["done_on"], row["done_on_precision"]),
            raw=row["raw"] or "",
            address=f"{row['sheet']}!{row['column']}{row['row']}",
            blank_counted=row["blank_counted"],
        )
        for row in rows
        if row["step"] in known
    ]
    order = list(names.values())
    return sorted(lines, key=lambda s: (s.position, s.on or date.max, order.index(s.person) if s.person in order else -1))


def _corrections(db: Database, place: dict) -> list[dict]:
    rows = db.rows(
        """SELECT sheet, "row", "column", raw, corrected, corrected_by, corrected_at FROM applied_corrections
        WHERE import_id = $id AND sheet = $sheet AND "row" BETWEEN $first AND $last ORDER BY "row", length("column"), "column" """,
        place,
    )
    return [row | {"address": f"{row['sheet']}!{row['column']}{row['row']}"} for row in rows]


def _cells(db: Database, place: dict, corrected: dict[tuple[int, str], dict]) -> list[dict]:
    """Cells with a field on the rows of a case: field, row, raw, address, correction ('' for none).

    A blank that the reader filled down has the address it came from."""
    found = db.rows(
        """WITH cell AS (
            SELECT c.field, r."row", coalesce((r.filled ->> c.position::VARCHAR)::INTEGER, r."row") AS origin, c.position, c."column"
            FROM ledger_rows r JOIN import_columns c USING (import_id, sheet)
            WHERE import_id = $id AND sheet = $sheet AND r."row" BETWEEN $first AND $last AND c.field IS NOT NULL)
        SELECT cell.field, cell."row", cell.origin, cell."column", o.raw[cell.position] AS raw, cell."column" || cell.origin AS address
        FROM cell JOIN ledger_rows o ON o.import_id = $id AND o.sheet = $sheet AND o."row" = cell.origin
        ORDER BY cell."row", cell.position""",
        place,
    )
    for cell in found:
        made = corrected.get((cell["origin"], cell["column"]))
        cell["correction"] = (
            f"更正为“{made['corrected']}”（{made['corrected_by']}，{made['corrected_at']:%Y-%m-%d %H:%M}）" if made else ""
        )
    return [cell for cell in found if cell["raw"] is not None or cell["correction"]]


def _ledger_rows(db: Database, place: dict) -> list[dict]:
    columns = db.rows(
        'SELECT position, "column", header FROM import_columns WHERE import_id = $id AND sheet = $sheet ORDER BY position',
        {"id": place["id"], "sheet": place["sheet"]},
    )
    rows = db.rows(
        'SELECT "row", kind, raw FROM ledger_rows WHERE import_id = $id AND sheet = $sheet AND "row" BETWEEN $first AND $last'
        ' ORDER BY "row"',
        place,
    )
    return [
        {"行": row["row"], "类别": label("row_kind", row["kind"])}
        | {
            f"{c['column']} {c['header']}": (row["raw"][c["position"] - 1] or "") if c["position"] <= len(row["raw"]) else ""
            for c in columns
        }
        for row in rows
    ]
