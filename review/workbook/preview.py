"""The first respondents of a reading, as the preview page shows them."""

import pyarrow as pa

FIRST = 20
_SHOWN = (
    "sheet", "row", "case_id", "name", "kind", "unit", "post", "unit_post_raw", "tier", "role", "responsibility", "responsibility_raw",
    "measures_raw", "band", "organization_band", "measures_complete", "decided_on", "decided_on_precision", "decided_on_raw",
)  # fmt: skip


def first_people(tables: dict[str, pa.Table]) -> list[dict]:
    """The first twenty respondents with number, title and county of their case; ``doubtful``: fields with text but no sure value."""
    people = tables["respondents"].slice(0, FIRST).select(_SHOWN).to_pylist()
    wanted = {p["case_id"] for p in people}
    columns = tables["cases"].select(("case_id", "case_no", "title", "county"))
    cases = {c["case_id"]: c for c in columns.slice(0, 5 * FIRST).to_pylist() if c["case_id"] in wanted}
    for person in people:
        case = cases.get(person["case_id"], {})
        person |= {name: case.get(name) for name in ("case_no", "title", "county")}
        person["doubtful"] = _doubtful(person)
    return people


def _doubtful(person: dict) -> list[str]:
    doubts = []
    if person["unit_post_raw"] and (person["tier"] == "unknown" or person["role"] == "unknown"):
        doubts.append("unit_post")
    if person["responsibility_raw"] and person["responsibility"] in ("unknown", "other"):
        doubts.append("responsibility")
    if person["measures_raw"] and person["measures_complete"] is not True:
        doubts.append("measures")
    if person["decided_on_raw"] and person["decided_on"] is None:
        doubts.append("decided_on")
    return doubts
