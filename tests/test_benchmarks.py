"""The benchmark program works, and two independent ways to write the rules agree on the demo city."""

from benchmarks import pandas_rules
from benchmarks.__main__ import main
from benchmarks.pandas_tables import Tables
from review.checks.engine import VERDICTS, run_checks
from review.demo import write_demo
from review.store.database import open_database
from review.workbook.load import load_file


def test_the_program_prints_its_ratios(capsys):
    assert main(["--respondents", "400", "--quick"]) == 0
    out = capsys.readouterr().out
    for part in ("python-calamine", "pandas+openpyxl", "the same rules in pandas", "write-only", "peak memory", "loaded: 400 respondents"):
        assert part in out


def test_the_checks_are_held_against_one_query(capsys):
    assert main(["checks", "--respondents", "400"]) == 0
    out = capsys.readouterr().out
    for part in ("reference query", "x reference", "largest single check", "peak memory", "faster", "O01"):
        assert part in out


def test_a_changed_choice_is_held_against_the_first_view(capsys):
    assert main(["counties", "--respondents", "400"]) == 0
    out = capsys.readouterr().out
    for part in ("first view", "coarser groups", "two quarters only", "a changed choice costs at most"):
        assert part in out


def test_rules_in_sql_and_in_pandas_judge_alike(tmp_path):
    """Written twice by different means: where they differ, one of them is wrong. A check without a twin in pandas is left out."""
    db = open_database(tmp_path / "review.duckdb")
    for file in write_demo(tmp_path / "demo", cases=200).files:
        load_file(db, file)
    ours = {check: {verdict: counts[verdict] for verdict in VERDICTS} for check, counts in run_checks(db).by_check.items()}
    theirs = pandas_rules.run(Tables.read(db))
    db.close()
    assert len(theirs) >= 24
    assert {check: ours[check] for check in theirs} == theirs
