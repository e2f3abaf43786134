"""What must hold for every check whatever the ledger: order does not matter, cases do not touch each other, a blank never accuses."""

import re

import pytest

from review.checks import engine
from review.checks.influence import STATEMENT
from review.store.database import open_database
from review.vocabulary.terms import steps
from tests.checks.corpus import build, judge, shared

TABLES = ("imports", "import_columns", "import_fields", "ledger_rows", "rejects", "cases", "respondents", "measures", "steps",
          "superseded_records", "earlier_issues", "findings")  # fmt: skip
STEPS = tuple(steps())
# What these say rests on who a person is; a masked name may leave that open.
BY_NAME = ("D01", "D03", "D04", "M05", "U05", "U07")
# Checks of counties, and these, compare with others: another case, or one value less of somebody else, may rightly change them.
COMPARING = ("M03", "M09", "P13")
OF_ONE_CASE = tuple(c.id for c in engine.catalogue() if c.unit != "county" and c.id not in COMPARING)

# A cell of a ledger and the columns that are read from it.
CELLS = {
    "name": ("respondents", "name = NULL, name_masked = NULL", "kind = 'person'"),
    "unit_post": (
        "respondents",
        """unit = NULL, unit_key = NULL, place_key = NULL, unit_post_raw = NULL, post = NULL, tier = 'unknown', role = 'unknown',
        is_deputy_post = NULL, acting_head = NULL, rank_order = if(rank_raw IS NULL, NULL, rank_order)""",
        "kind = 'person'",
    ),
    "post": (
        "respondents",
        """post = NULL, unit_post_raw = replace(unit_post_raw, ltrim(post, '村'), ''), role = 'unknown', is_deputy_post = NULL,
        acting_head = NULL,
        rank_order = if(rank_raw IS NULL, NULL, rank_order)""",
        "kind = 'person'",
    ),
    "rank": ("respondents", "rank = NULL, rank_order = NULL, rank_raw = NULL", "true"),
    "politics": ("respondents", "politics = NULL, politics_raw = NULL", "true"),
    "legal_basis": ("respondents", "legal_basis = NULL, legal_basis_raw = NULL", "true"),
    "responsibility": ("respondents", "responsibility = 'unknown', responsibility_words = [], responsibility_raw = NULL", "true"),
    "measures": ("respondents", "measures_raw = NULL, band = NULL, organization_band = NULL, measures_complete = NULL", "true"),
    "decided_on": ("respondents", "decided_on = NULL, decided_on_precision = NULL, decided_on_raw = NULL", "true"),
    "reasons": ("respondents", "mitigation = NULL, aggravation = NULL", "true"),
    "note": ("respondents", "note = NULL, outcome = NULL, exempt_clause = NULL", "true"),
    "started_on": ("cases", "started_on = NULL, started_on_precision = NULL, started_on_raw = NULL", "true"),
    "closed_on": ("cases", "closed_on = NULL, closed_on_precision = NULL, closed_on_raw = NULL", "true"),
    "behaviour_on": ("cases", "behaviour_on = NULL, behaviour_on_precision = NULL, behaviour_on_raw = NULL, behaviour_end = NULL", "true"),
    "case_text": ("cases", "title = NULL, reason = NULL, domain = NULL, domain_raw = NULL", "true"),
    "circumstance": ("cases", "circumstance = NULL, circumstance_raw = NULL", "true"),
    "case_no": ("cases", "case_no = NULL", "true"),
    "period": (
        "respondents",
        "period_end_raw = NULL, period_state = 'blank', period_end = NULL, period_end_precision = NULL, period_months = NULL",
        "true",
    ),
    "promotion": ("respondents", "promotion_on = NULL, promotion_on_precision = NULL, promotion_on_raw = NULL, new_post = NULL", "true"),
    "identity": ("respondents", "identity = NULL", "true"),
    "id_number": ("respondents", "id_key = NULL", "true"),
    "organs": ("cases", "handling_unit = NULL, deciding_organ = NULL", "true"),
    "approver": ("cases", "approver = NULL", "true"),
    "admin_level": ("cases", "admin_level = NULL, admin_level_raw = NULL", "true"),
    "team": ("cases", "team_raw = NULL, team_size = NULL, team_told_by = NULL", "true"),
    "key_flags": ("cases", "superior_assigned = NULL, leader_instruction = NULL, public_opinion = NULL", "true"),
    "term": (
        "respondents",
        """term_raw = NULL, term_from = NULL, term_from_precision = NULL, term_to = NULL, term_to_precision = NULL, term_open = NULL""",
        "true",
    ),
    "appeal_kind": ("respondents", "appeal_kind = NULL", "true"),
} | {
    step: ("steps", "status = 'blank', done_on = NULL, done_on_precision = NULL, raw = NULL, blank_counted = false", f"step = '{step}'")
    for step in STEPS
}  # fmt: skip
PARTS = {"all": "true", "half": "hash({key}) % 2 = 0"}
# Cells of steps are alike: half of them are blanked together, so that rows of one case differ.
CELLS["steps"] = ("steps", CELLS[STEPS[0]][1], 'hash(step, "row") % 2 = 0')
BLANKS = [(cell, part) for cell in CELLS for part in PARTS if part == "all" or cell not in STEPS]


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return build(tmp_path_factory.mktemp("properties") / "town.duckdb", shared())


@pytest.fixture(scope="module")
def before(town):
    return judge(town)


def test_the_town_shows_every_verdict_of_every_check(before):
    seen = {}
    for (check, *_), (verdict, _) in before.items():
        seen.setdefault(check, set()).add(verdict)
    for check in engine.catalogue():
        if check.unit != "county" and check.id != "D01":
            assert {"suspect", "clear", "undetermined"} <= seen[check.id], check.id


def test_the_order_of_rows_changes_nothing(town, before, tmp_path):
    shuffled = open_database(tmp_path / "shuffled.duckdb")
    for table in TABLES:
        with shuffled.cursor() as target, town.cursor() as source:
            target.register("shuffled_rows", source.sql(f"FROM {table} ORDER BY hash({table})").to_arrow_table())
            target.execute(f"INSERT INTO {table} FROM shuffled_rows")
    assert judge(shuffled) == before


def test_another_case_changes_no_other(town, before):
    case = next(iter(k[1] for k in before if k[0] == "O05"))
    new = {"cases": "case_id", "respondents": "case_id, respondent_id", "steps": "case_id, respondent_id", "measures": "respondent_id"}
    changes = []
    for table, keys in new.items():
        replaced = ", ".join(f"'z' || {k} AS {k}" for k in keys.split(", "))
        where = (
            "respondent_id IN (SELECT respondent_id FROM respondents WHERE case_id = '{0}')" if table == "measures" else "case_id = '{0}'"
        )
        changes.append(f"INSERT INTO {table} SELECT * REPLACE ({replaced}) FROM {table} WHERE {where.format(case)}")
    after = judge(town, *changes, checks=OF_ONE_CASE)
    assert len(after) > sum(k[0] in OF_ONE_CASE for k in before) - 50
    assert {k: v for k, v in after.items() if not (k[1] or "").startswith("z")} == {k: v for k, v in before.items() if k[0] in OF_ONE_CASE}


@pytest.mark.parametrize("cell, part", BLANKS, ids=[f"{cell}-{part}" for cell, part in BLANKS])
def test_a_blank_never_accuses(town, before, cell, part):
    """What was clear or open does not become suspect because a cell is empty."""
    table, columns, where = CELLS[cell]
    key = {"respondents": "respondent_id", "cases": "case_id", "steps": "case_id"}[table]
    chosen = f"{where} AND {PARTS[part].format(key=key)}"
    changes = [f"UPDATE {table} SET {columns} WHERE {chosen}"]
    if cell == "measures":
        changes.append(f"DELETE FROM measures WHERE {PARTS[part].format(key='respondent_id')}")
    if cell == "decided_on":
        changes.append(
            f"""UPDATE cases SET decided_on = NULL, decided_on_precision = NULL, decided_on_raw = NULL
            WHERE case_id IN (SELECT case_id FROM respondents WHERE {chosen})"""
        )
    checks = _looking_at(cell)
    after = judge(town, *changes, checks=checks)
    if part == "all":
        assert after != {k: v for k, v in before.items() if k[0] in checks}, "the blank must have reached something"
    old, new = _by_unit(before), _by_unit(after)
    for unit, verdicts in new.items():
        if "suspect" in verdicts:
            assert old.get(unit, set()) & {"suspect", "exempt"}, unit


def test_a_masked_name_changes_only_what_rests_on_names(town, before):
    others = tuple(c.id for c in engine.catalogue() if c.id not in BY_NAME)
    masked = "name = left(name, 1) || '某', name_masked = true"
    after = judge(town, f"UPDATE respondents SET {masked} WHERE kind = 'person' AND name IS NOT NULL", checks=others)
    assert {k: v[0] for k, v in after.items()} == {k: v[0] for k, v in before.items() if k[0] in others}


@pytest.mark.parametrize("check", COMPARING)
def test_ones_own_blank_never_accuses(town, before, check):
    """Where others are the measure, an empty cell of one's own still does not accuse."""
    unit = next(k for k, (verdict, _) in before.items() if k[0] == check and verdict == "clear")
    reached = 0
    for cell in ("unit_post", "responsibility", "measures", "decided_on", "circumstance", "case_text", "started_on"):
        table, columns, where = CELLS[cell]
        if table == "respondents" and not unit[2]:
            table, where = ("cases", "true") if cell == "decided_on" else (None, None)
        if table:
            mine = f"respondent_id = '{unit[2]}'" if table == "respondents" else f"case_id = '{unit[1]}'"
            after = judge(town, f"UPDATE {table} SET {columns} WHERE {where} AND {mine}", checks=(check,))
            assert after[unit][0] != "suspect", cell
            reached += after[unit] != before[unit]
    assert reached


def _looking_at(cell: str) -> tuple[str, ...]:
    """Checks whose SQL names a column of the cell, or what the shared tables derive from it."""
    names = set(re.findall(r"(\w+) =", CELLS[cell][1])) | {"measures"} & {cell}
    if CELLS[cell][0] == "steps":
        names = set(STEPS) if cell == "steps" else {cell}
    if names & {"role", "rank_order"}:
        names.add("leader")
    return tuple(c.id for c in engine.catalogue() if c.id in OF_ONE_CASE and names & _words(c.sql))


def _words(sql: str) -> set[str]:
    """Words of a check's SQL, with those of the view of the 影响期 where it looks at that."""
    words = set(re.findall(r"\w+", sql))
    return words | set(re.findall(r"\w+", STATEMENT.read_text(encoding="utf-8"))) if "influence" in words else words


def _by_unit(verdicts: dict) -> dict[tuple, set[str]]:
    """Verdicts by check and unit; where a date may stand on a case or on a person, by case."""
    units = {c.id: c.unit for c in engine.catalogue()}
    out: dict[tuple, set[str]] = {}
    for (check, case, respondent, _), (verdict, _) in verdicts.items():
        out.setdefault((check, case, None if "|" in units[check] else respondent), set()).add(verdict)
    return out
