"""Every example of the case tables gets the verdict that its table says."""

from functools import cache

import pytest

from review.checks import engine
from review.store.database import Database, open_database
from review.workbook.load import load_file
from review.workbook.reading import LedgerChoices
from tests.checks.ledger import Example, examples, workbook

EXAMPLES = [e for check in engine.catalogue() for e in examples(check.id)]


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """verdicts(example): what its check says of its sheet. Examples with the same answers share one database."""
    folder = tmp_path_factory.mktemp("tables")

    @cache
    def database(check_id: str, complete: str, blank: tuple[str, ...], only: str | None) -> tuple[Database, list[dict]]:
        chosen = [
            e for e in examples(check_id)
            if (e.complete, e.blank) == (complete, blank) and (e.name == only if only else not e.alone)
        ]  # fmt: skip
        db = open_database(folder / f"{check_id}{complete}{len(blank)}{only}.duckdb")
        choices = LedgerChoices(complete=complete, blank=dict.fromkeys(blank, "not_done"))
        load_file(db, workbook(chosen), f"{check_id}.xlsx", choices, "test")
        return db, engine.verdicts(db, check_id)

    def verdicts(example: Example) -> list[dict]:
        db, found = database(example.check, example.complete, example.blank, example.name if example.alone else None)
        if example.alone:
            return [v | {"unit": v["county"]} for v in found]
        sheet = f"{example.number:02d}{example.name}"[:31]
        cases = {r["case_id"] for r in db.rows("SELECT case_id FROM cases WHERE sheet = $sheet", {"sheet": sheet})}
        assert cases, f"表“{sheet}”没有读出案件"
        names = {r["respondent_id"]: r["name"] for r in db.rows("SELECT respondent_id, name FROM respondents")}
        return [v | {"unit": names.get(v["respondent_id"]) or "案件"} for v in found if v["case_id"] in cases]

    return verdicts


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e.check}-{e.name}" for e in EXAMPLES])
def test_example(judged, example: Example):
    found = judged(example)
    told = "\n".join(f"{v['unit']}: {v['verdict']} {v['message']} {v['facts']}" for v in found)
    if isinstance(example.expect, str):
        assert {v["verdict"] for v in found} == {example.expect}, f"{example.why}\n{told}"
    else:
        for unit, verdict in example.expect.items():
            assert {v["verdict"] for v in found if v["unit"] == unit} == {verdict}, f"{unit}: {example.why}\n{told}"
    if example.says:
        assert any(example.says in (v["message"] or "") for v in found), told
    for verdict in found:
        if verdict["verdict"] in ("suspect", "undetermined"):
            assert "未载明" not in verdict["message"], verdict["message"]
