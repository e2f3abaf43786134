"""Every example of the case tables gets the verdict that its table says."""

from functools import cache

import pytest

from review.checks import engine
from tests.checks.corpus import build, shared
from tests.checks.ledger import Example, examples

EXAMPLES = [e for check in engine.catalogue() for e in examples(check.id)]


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """verdicts(example): what its check says of its sheet. Examples with the same answers share one database."""
    folder = tmp_path_factory.mktemp("tables")

    @cache
    def database(complete: str, blank: tuple[str, ...], alone: str | None):
        chosen = [e for e in (EXAMPLES if alone else shared()) if (e.complete, e.blank) == (complete, blank) and alone in (None, e.sheet)]
        return build(folder / f"{complete}{len(blank)}{alone}.duckdb", chosen, complete, blank)

    @cache
    def verdicts_of(complete: str, blank: tuple[str, ...], alone: str | None, check_id: str, params: tuple) -> list[dict]:
        return engine.verdicts(database(complete, blank, alone), check_id, dict(params))

    def verdicts(example: Example) -> list[dict]:
        key = (example.complete, example.blank, example.sheet if example.alone else None)
        found = verdicts_of(*key, example.check, tuple(sorted(example.params.items())))
        db = database(*key)
        titles = {r["case_id"]: r["title"] for r in db.rows("SELECT case_id, title FROM cases WHERE sheet = $s", {"s": example.sheet})}
        assert titles, f"表“{example.sheet}”没有读出案件"
        names = {r["respondent_id"]: r["name"] for r in db.rows("SELECT respondent_id, name FROM respondents")}

        def called(verdict: dict) -> set:
            if verdict["case_id"] is None:
                return {verdict["county"]}
            title = titles[verdict["case_id"]]
            return {names.get(verdict["respondent_id"]), title} if verdict["respondent_id"] else {"案件", title}

        return [v | {"unit": called(v)} for v in found if example.alone or v["case_id"] in titles]

    return verdicts


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e.check}-{e.name}" for e in EXAMPLES])
def test_example(judged, example: Example):
    found = judged(example)
    told = "\n".join(f"{v['unit']}: {v['verdict']} {v['message']} {v['facts']}" for v in found)
    if isinstance(example.expect, str):
        assert {v["verdict"] for v in found} == {example.expect}, f"{example.why}\n{told}"
    else:
        for unit, verdict in example.expect.items():
            assert {v["verdict"] for v in found if unit in v["unit"]} == {verdict}, f"{unit}: {example.why}\n{told}"
    if example.says:
        assert any(example.says in (v["message"] or "") for v in found), told
    for verdict in found:
        if verdict["verdict"] in ("suspect", "undetermined"):
            assert "未载明" not in verdict["message"], verdict["message"]
