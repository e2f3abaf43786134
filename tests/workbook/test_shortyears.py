"""Years of two digits: one question a column."""

from datetime import date

import pytest

from review.store.database import open_database
from review.workbook.columns import LedgerChoices
from review.workbook.load import load_file
from review.workbook.reading import read_ledger
from review.workbook.shortyears import in_full

from . import ledgers
from .ledgers import row

ROWS = [(n, *row(f"事{n}", f"张{'一二三四'[n]}", decided=d)) for n, d in enumerate(["23.3.15", "23年4月1日", "2023.5.6", "不知道"])]
DATA = ledgers.sheets(台账=[ledgers.HEADERS, *ROWS])


@pytest.mark.parametrize(
    ("text", "full"),
    [("23.3.15", "2023.3.15"), ("23-3-15", "2023-3-15"), ("'23/2/20", "2023/2/20"), ("230220", "2023.02.20"), ("23.3", "2023.3")]
    + [("22.12.30-23.1.5", "2022.12.30-2023.1.5"), ("2022.12.30-23.1.5", "2022.12.30-2023.1.5"), ("23年3月15日", "2023年3月15日")]
    + [(t, None) for t in ("2023.3.15", "15.3.2023", "3/15/23", "99.1.1", "23.13.1", "", "同上", "5.6.7")],
)
def test_years_in_full(text, full):
    assert in_full(text) == full


def test_one_question_and_no_reject_for_each_date():
    reading = read_ledger(DATA, "甲.xlsx")
    (question,) = [q for q in reading.questions if q.kind == "century"]
    assert (question.key, question.column) == ("决定时间", "I") and "2 格" in question.text and "23.3.15" in question.text
    assert [r.raw for r in reading.rejects] == ["不知道"]
    assert [p["decided_on"] for p in reading.tables["respondents"].to_pylist()] == [None, None, date(2023, 5, 6), None]


@pytest.mark.parametrize(
    "choices",
    [{"short_years": {("台账", "决定时间"): "this_century"}}, {"short_years": {"决定时间": "this_century"}}, {"all_short_years": True}],
)
def test_the_answer_is_followed(choices):
    reading = read_ledger(DATA, "甲.xlsx", LedgerChoices(**choices))
    assert [q for q in reading.questions if q.kind == "century"] == []
    assert [p["decided_on"] for p in reading.tables["respondents"].to_pylist()] == [
        date(2023, 3, 15),
        date(2023, 4, 1),
        date(2023, 5, 6),
        None,
    ]


def test_no_as_an_answer_makes_each_a_reject():
    reading = read_ledger(DATA, "甲.xlsx", LedgerChoices(short_years={"决定时间": "unknown"}))
    assert [q for q in reading.questions if q.kind == "century"] == []
    assert [r.raw for r in reading.rejects] == ["23.3.15", "23年4月1日", "不知道"]


def test_another_answer_to_the_same_bytes_is_another_reading(tmp_path):
    db = open_database(tmp_path / "x.duckdb")
    load_file(db, DATA, "甲.xlsx")
    again = load_file(db, DATA, "甲.xlsx", LedgerChoices(all_short_years=True))
    assert not again.already_loaded
    assert db.scalar("SELECT count(decided_on) FROM respondents") == 3
    assert load_file(db, DATA, "甲.xlsx", LedgerChoices(all_short_years=True)).already_loaded
