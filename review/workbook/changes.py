"""What a newer ledger changed, cell by cell: from the records that it replaced and the values that it brought."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from review.store.database import Database
from review.vocabulary.labels import label
from review.workbook.changeplaces import Places, columns_of

# Compared fields in the order of reading: column of the table -> (field whose label it bears, columns with its meaning, list of words).
CASE_FIELDS = {
    "case_no": ("case_no", (), None),
    "title": ("title", (), None),
    "county": ("county", (), None),
    "admin_level_raw": ("admin_level", ("admin_level",), None),
    "handling_unit": ("handling_unit", (), None),
    "deciding_organ": ("deciding_organ", (), None),
    "source": ("source", (), None),
    "superior_assigned": ("superior_assigned", (), "status"),
    "leader_instruction": ("leader_instruction", (), "status"),
    "public_opinion": ("public_opinion", (), "status"),
    "circumstance_raw": ("circumstance", ("circumstance",), None),
    "domain_raw": ("domain", ("domain",), None),
    "reason": ("reason", (), None),
    "consequence": ("consequence", (), None),
    "legal_basis": ("legal_basis", (), None),
    "approver": ("approver", (), None),
    "team_raw": ("team", ("team_size",), None),
    "behaviour_on_raw": ("behaviour_on", ("behaviour_on", "behaviour_on_precision", "behaviour_end"), None),
    "started_on_raw": ("started_on", ("started_on", "started_on_precision"), None),
    "closed_on_raw": ("closed_on", ("closed_on", "closed_on_precision"), None),
    "rectification": ("rectification", (), None),
}
PERSON_FIELDS = {
    "name": ("name", (), None),
    "unit": ("unit", ("unit_key",), None),
    "post": ("post_then", (), None),
    "post_now": ("post_now", (), None),
    "rank_raw": ("rank", ("rank",), None),
    "politics_raw": ("politics", ("politics",), None),
    "identity": ("identity", (), None),
    "id_key": ("id_number", (), None),
    "term_raw": ("term", ("term_from", "term_to", "term_open"), None),
    "responsibility_raw": ("responsibility", ("responsibility", "responsibility_words"), None),
    "measures_raw": ("measures", ("codes",), None),
    "decided_on_raw": ("decided_on", ("decided_on", "decided_on_precision"), None),
    "doc_no": ("doc_no", (), None),
    "legal_basis_raw": ("legal_basis", ("legal_basis",), None),
    "mitigation": ("mitigation", (), None),
    "aggravation": ("aggravation", (), None),
    "outcome": ("outcome", (), None),
    "exempt_clause": ("exempt_clause", (), None),
    "period_end_raw": ("period_end", ("period_end", "period_end_precision", "period_months", "period_state"), None),
    "sign_note": ("sign_note", (), None),
    "appeal_kind": ("appeal_kind", (), None),
    "promotion_on_raw": ("promotion_on", ("promotion_on", "promotion_on_precision"), None),
    "new_post": ("new_post", (), None),
    "note": ("note", (), None),
}
HIDDEN = "（不显示）"
KINDS = {"value": "内容变更", "added": "新增", "gone": "不再列出"}


@dataclass(frozen=True)
class Change:
    """One cell that reads otherwise, or somebody or something that is new or no longer listed.

    kind: value/added/gone; person: name of the respondent, '' for the case itself; label: what the cell tells; old and new: its texts,
    '' for a blank; places: file, sheet and cell; same_meaning: only written otherwise (2023.5.6 and 2023-05-06).
    """

    case_id: str
    case_key: str
    title: str
    county: str
    respondent_id: str | None
    person: str
    kind: str
    label: str
    old: str
    new: str
    old_place: str
    new_place: str
    same_meaning: bool = False


def changes(db: Database, import_id: int, case_id: str | None = None) -> list[Change]:
    """What this import changed in cases that were known before it, in order of case, person and field; of one case with ``case_id``.

    Cases that it brought for the first time are not changes. Values are those of the import itself, whatever replaced them later.
    """
    old, new = _records(db, import_id, case_id)
    if not old:
        return []
    places = Places(db)
    found: list[Change] = []
    for key in sorted(old["cases"], key=lambda k: (old["cases"][k]["case_key"], k)):
        before, after = old["cases"][key], new["cases"].get(key)
        if after is None:
            found.append(_told(before, None, "gone", "案件", before["case_key"], "", places.row(before), ""))
            continue
        found += _values(after, None, before, after, CASE_FIELDS, places)
        found += _people(after, old["respondents"].get(key, []), new["respondents"].get(key, []), places)
        found += _steps(after, old, new, key, places)
    return places.name(found)


def change_count(db: Database, import_id: int) -> int:
    """How many cases that were known before an import it told of again."""
    return db.scalar("SELECT count(*) FROM superseded_records WHERE superseded_by = $id AND table_name = 'cases'", {"id": import_id})


def newest_change(db: Database, case_id: str) -> dict | None:
    """The newest import that replaced values of a case: import_id, file_name, imported_at, imported_by; None where none did."""
    rows = db.rows(
        """SELECT DISTINCT i.import_id, i.file_name, i.imported_at, i.imported_by FROM superseded_records r
        JOIN imports i ON i.import_id = r.superseded_by WHERE r.case_id = $id ORDER BY i.import_id DESC LIMIT 1""",
        {"id": case_id},
    )
    return rows[0] if rows else None


def _records(db: Database, import_id: int, case_id: str | None) -> tuple[dict, dict]:
    """Old and new rows as {table: {case: row or rows}}; cases whose rows are equal but for their places are left out."""
    asked = {"id": import_id, "case": case_id}
    rows = db.rows(
        """SELECT table_name, case_id, record, 'old' AS side FROM superseded_records
        WHERE superseded_by = $id AND ($case IS NULL OR case_id = $case)
        ORDER BY rowid""",
        asked,
    )
    if not rows:
        return {}, {}
    affected = sorted({r["case_id"] for r in rows})
    current = {
        "cases": "SELECT * FROM cases",
        "respondents": "SELECT * FROM respondents ORDER BY seq",
        "measures": "SELECT m.*, r.case_id, r.import_id FROM measures m JOIN respondents r USING (respondent_id) ORDER BY m.seq",
        "steps": "SELECT * FROM steps",
    }
    union = " UNION ALL ".join(
        f"SELECT '{name}' AS table_name, o.case_id, to_json(o) AS record, 'new' AS side FROM ({query}) AS o "
        "WHERE o.import_id = $id AND list_contains($cases, o.case_id)"
        for name, query in current.items()
    )
    asked = {"id": import_id, "cases": affected}
    rows += db.rows(union, asked)
    rows += db.rows(
        """SELECT table_name, case_id, record, 'new' AS side FROM superseded_records
        WHERE import_id = $id AND list_contains($cases, case_id) ORDER BY rowid""",
        asked,
    )
    sides = {side: {name: defaultdict(list) for name in current} for side in ("old", "new")}
    for row in rows:
        sides[row["side"]][row["table_name"]][row["case_id"]].append(json.loads(row["record"]))
    for side in sides.values():
        side["cases"] = {case: records[0] for case, records in side["cases"].items()}
        codes = defaultdict(list)
        for records in side["measures"].values():
            for record in records:
                codes[record["respondent_id"]].append((record["code"], record["is_final"]))
        for people in side["respondents"].values():
            for person in people:
                person["codes"] = codes[person["respondent_id"]]
    return sides["old"], sides["new"]


def _people(case: dict, old: list[dict], new: list[dict], places: Places) -> Iterable[Change]:
    before = {p["respondent_id"]: p for p in old}
    for person in sorted(new, key=lambda p: p["seq"]):
        known = before.pop(person["respondent_id"], None)
        if known is None:
            yield _told(case, person, "added", "问责对象", "", _in_short(person), "", places.row(person))
        else:
            yield from _values(case, person, known, person, PERSON_FIELDS, places)
    for person in before.values():
        yield _told(case, person, "gone", "问责对象", _in_short(person), "", places.row(person), "")


def _values(case: dict, person: dict | None, before: dict, after: dict, compared: dict, places: Places) -> Iterable[Change]:
    for column, (name, meaning, words) in compared.items():
        if column not in before or before[column] == after[column]:
            continue
        fields = columns_of(column, name)
        old_place, new_place = places.cell(before, fields), places.cell(after, fields)
        if before[column] is None and old_place.text is not None and old_place.text == after[column]:
            # The cell always said so; only an earlier program did not read it.
            continue
        old, new = (_shown(value, column, words) for value in (before[column], after[column]))
        alike = bool(meaning) and all(before.get(m) == after.get(m) for m in meaning) and any(after.get(m) is not None for m in meaning)
        yield _told(case, person, "value", label("field", name), old, new, old_place.key, new_place.key, alike)


def _steps(case: dict, old: dict, new: dict, key: str, places: Places) -> Iterable[Change]:
    names = {p["respondent_id"]: p for side in (old, new) for p in side["respondents"].get(key, ())}
    kept = [{p["respondent_id"] for p in side["respondents"].get(key, ())} for side in (old, new)]
    before, after = (_by_step(side["steps"].get(key, ())) for side in (old, new))
    for place in sorted(before.keys() | after.keys(), key=lambda k: (k[0] or "", k[1])):
        person, step = place
        if person is not None and not (person in kept[0] and person in kept[1]):
            continue
        a, b = before.get(place, ()), after.get(place, ())
        old_text, new_text = _step_text(a), _step_text(b)
        if old_text == new_text and _step_state(a) == _step_state(b):
            continue
        yield _told(
            case, names.get(person), "value", label("step", step), old_text, new_text,
            places.step(a), places.step(b), bool(a and b) and _step_state(a) == _step_state(b),
        )  # fmt: skip


def _by_step(rows: Iterable[dict]) -> dict[tuple, list[dict]]:
    out = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r["sheet"], r["row"], len(r["column"]), r["column"])):
        out[row["respondent_id"], row["step"]].append(row)
    return out


def _step_text(rows: Iterable[dict]) -> str:
    return "；".join(dict.fromkeys(r["raw"] for r in rows if r["raw"] is not None))


def _step_state(rows: Iterable[dict]) -> set[tuple]:
    return {(r["status"], r["done_on"], r["done_on_precision"]) for r in rows}


def _told(
    case: dict, person: dict | None, kind: str, what: str, old: str, new: str, old_place: str, new_place: str, alike: bool = False
) -> Change:
    who = (person["name"] or person["unit"] or f"第{person['seq']}人") if person else ""
    return Change(
        case["case_id"], case["case_key"], case["title"] or case["reason"] or "", case["county"] or "",
        person["respondent_id"] if person else None, who, kind, what, old, new, old_place, new_place, alike,
    )  # fmt: skip


def _in_short(person: dict) -> str:
    return "，".join(str(person[n]) for n in ("name", "unit", "post", "measures_raw") if person.get(n))


def _shown(value, column: str, words: str | None) -> str:
    if value is None:
        return ""
    if column == "id_key":
        return HIDDEN
    return label(words, value) if words else str(value)
