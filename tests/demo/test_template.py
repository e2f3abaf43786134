"""The blank template: every field of the vocabulary, headers that the loader knows, drop-downs, a guide."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from review.demo.template import FILE_NAME, choices, columns, explain, guide, header, write_template
from review.errors import LedgerError
from review.vocabulary.terms import fields
from review.workbook.reading import read_ledger

DATA = Path(__file__).parents[2] / "data"


def test_every_field_has_a_column_or_a_reason():
    named = [field.name for _, field in columns()]
    assert len(named) == len(set(named))
    assert set(named) | set(guide()["left_out"]) == set(fields())
    assert not set(named) & set(guide()["left_out"])


def test_headers_are_words_that_the_loader_knows():
    headers = [header(field) for _, field in columns()]
    assert len(headers) == len(set(headers))
    for _, field in columns():
        assert header(field) in field.synonyms
        assert all(explain(field))


def test_choices_fit_into_a_drop_down():
    for _, field in columns():
        assert len(",".join(choices(field))) < 250
        assert not any("," in choice for choice in choices(field))


def test_committed_template_is_what_the_code_writes(tmp_path):
    write_template(tmp_path / FILE_NAME)
    fresh, committed = load_workbook(tmp_path / FILE_NAME), load_workbook(DATA / FILE_NAME)
    assert fresh.sheetnames == committed.sheetnames == ["问责台账", "填写说明"]
    for sheet in fresh:
        assert [r for r in sheet.iter_rows(values_only=True)] == [r for r in committed[sheet.title].iter_rows(values_only=True)]
    rules = {str(r.sqref): r.formula1 for r in committed["问责台账"].data_validations.dataValidation}
    assert rules == {str(r.sqref): r.formula1 for r in fresh["问责台账"].data_validations.dataValidation}
    assert len(rules) > 30 and committed["问责台账"].freeze_panes == "D3" and committed["问责台账"].max_row == 2


def test_the_filled_template_loads_without_a_question(tmp_path):
    path = tmp_path / FILE_NAME
    write_template(path)
    book = load_workbook(path)
    for position, (_, field) in enumerate(columns(), 1):
        filled = (choices(field) or ["2023.5.16" if field.kind == "date" else "无"])[0]
        book["问责台账"].cell(3, position, guide()["example"].get(field.name) or filled)
    book.save(path)
    reading = read_ledger(path)
    assert not reading.questions and not reading.rejects
    assert (reading.case_count, reading.respondent_count) == (1, 1)
    assert [c.field for s in reading.sheets for c in s.columns] == [field.name for _, field in columns()]


def test_the_blank_template_is_said_to_be_blank(tmp_path):
    write_template(tmp_path / FILE_NAME)
    with pytest.raises(LedgerError, match="没有数据行"):
        read_ledger(tmp_path / FILE_NAME)


def test_blank_step_cells_of_the_template_ask_nothing_as_its_guide_says_what_they_mean(tmp_path):
    path = tmp_path / FILE_NAME
    write_template(path)
    book = load_workbook(path)
    for position, (_, field) in enumerate(columns(), 1):
        if field.step is None:
            filled = (choices(field) or ["2023.5.16" if field.kind == "date" else "无"])[0]
            book["问责台账"].cell(3, position, guide()["example"].get(field.name) or filled)
    book.save(path)
    reading = read_ledger(path)
    assert not reading.questions and not reading.rejects
    assert set(reading.tables["steps"]["status"].to_pylist()) <= {"blank", "unknown"}
    assert any(s.blanks for s in reading.sheets)
    del book["填写说明"]
    book.save(path)
    assert {q.kind for q in read_ledger(path).questions} == {"blank"}
