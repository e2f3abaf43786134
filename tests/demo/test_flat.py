"""The long ledger for measurements."""

import zipfile

import pytest
from openpyxl import load_workbook
from python_calamine import load_workbook as load_calamine

from review.demo import flat, write_flat_ledger


@pytest.mark.parametrize("respondents", (1, 2, 999))
def test_as_many_rows_as_asked(tmp_path, respondents):
    cases = write_flat_ledger(tmp_path / "flat.xlsx", respondents)
    rows = list(load_workbook(tmp_path / "flat.xlsx").active.iter_rows(values_only=True))
    assert len(rows) == respondents + 1
    assert len(rows[0]) == 25 and len(set(rows[0])) == 25
    assert rows[-1][0] == cases
    assert [r[1] for r in rows[1:]] == [f"云纪问〔2023〕{r[0]}号" for r in rows[1:]]
    assert load_calamine(tmp_path / "flat.xlsx").get_sheet_by_index(0).to_python()[-1][1] == rows[-1][1]


def test_people_of_a_case_differ(tmp_path):
    write_flat_ledger(tmp_path / "flat.xlsx", 500)
    rows = list(load_workbook(tmp_path / "flat.xlsx").active.iter_rows(values_only=True))[1:]
    pairs = [(r[1], r[9]) for r in rows]
    assert len(set(pairs)) == len(pairs)


def test_seed_decides(tmp_path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        write_flat_ledger(tmp_path / name, 300, seed)
    a, b, c = ((tmp_path / name).read_bytes() for name in "abc")
    assert a == b != c


def test_texts_are_shared_and_sheets_are_split(tmp_path, monkeypatch):
    monkeypatch.setattr(flat, "ROWS_A_SHEET", 100)
    write_flat_ledger(tmp_path / "flat.xlsx", 250)
    book = load_workbook(tmp_path / "flat.xlsx")
    assert [s.max_row for s in book] == [101, 101, 51]
    with zipfile.ZipFile(tmp_path / "flat.xlsx") as package:
        assert b"inlineStr" not in package.read("xl/worksheets/sheet1.xml")
