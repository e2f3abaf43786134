"""What the documents say is what the program has."""

import re
from pathlib import Path

import pytest

from review import cli
from review.checks.checkfile import read_check
from review.checks.prelude import prepare
from review.store.database import open_database

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_every_table_and_column_is_described_in_order_with_its_type(tmp_path):
    db = open_database(tmp_path / "review.duckdb")
    try:
        rows = db.rows(
            "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'main'"
            " ORDER BY table_name, ordinal_position"
        )
    finally:
        db.close()
    schema: dict[str, list] = {}
    for row in rows:
        schema.setdefault(row["table_name"], []).append((row["column_name"], row["data_type"]))
    told: dict[str, list] = {}
    for line in (ROOT / "docs" / "tables.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            table = told.setdefault(line[4:], [])
        elif found := re.fullmatch(r"\| (\w+) \| ([A-Z]+(?:\[\])?) \| \S.* \|", line):
            table.append(found.groups())
    assert told == schema


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_and_paths_lead_somewhere(document):
    text = document.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    assert [link for link in links if not (document.parent / link).exists()] == []
    named = re.findall(r"`((?:review|pages|tests|docs|data|benchmarks)/[A-Za-z0-9_./-]+)`", text)
    made_later = {"data/review.duckdb", "data/backups/", "data/backups", "data/logs/", "data/logs"}
    assert [name for name in named if name not in made_later and not (ROOT / name).exists()] == []


def test_readme_shows_every_command_and_no_other():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = next(action.choices for action in cli.parser()._actions if action.dest == "command")
    assert set(re.findall(r"python -m review (?:--\S+ )*([a-z]+)", text)) == set(commands)


def test_the_redraw_script_is_the_same_in_both_places():
    scripts = [re.search(r"```python\n(import sys.*?)```", path.read_text(encoding="utf-8"), re.S) for path in (
        ROOT / "README.md", ROOT / "docs" / "redraw.md")]  # fmt: skip
    assert scripts[0] and scripts[0].group(1) == scripts[1].group(1)


@pytest.mark.parametrize("document", [ROOT / "docs" / "manual.md"], ids=["manual"])
def test_the_manual_explains_each_page_and_each_verdict(document):
    text = document.read_text(encoding="utf-8")
    titles = re.findall(r'st\.Page\([^)]*title="(\w+)"', (ROOT / "app.py").read_text(encoding="utf-8"))
    assert [title for title in titles if f"**{title}**" not in text] == []
    assert [word for word in ("疑似", "待核", "不适用", "未运行", "空白") if f"**{word}" not in text] == []


def test_the_example_of_a_new_check_is_a_check_that_runs(tmp_path):
    """Whoever starts from the example starts from something that works."""
    text = (ROOT / "docs" / "add-a-check.md").read_text(encoding="utf-8")
    file = tmp_path / "data" / "D99_handling_unit_missing.sql"
    file.parent.mkdir()
    file.write_text(re.search(r"```sql\n(.*?)```", text, re.S).group(1), encoding="utf-8")
    check = read_check(file)
    db = open_database(tmp_path / "review.duckdb")
    try:
        with db.cursor() as cur:
            prepare(cur)
            assert cur.execute(check.sql).fetchall() == []
    finally:
        db.close()
