"""What the loader reads of the demo ledgers is what the generator wrote: every case and person, none twice, none invented, dates kept."""

from contextlib import closing
from datetime import date

import pytest
from openpyxl import load_workbook

from review.demo.clean import Maker
from review.demo.layouts import write_ledger
from review.demo.model import Month
from review.demo.places import COUNTIES
from review.demo.template import columns, header, write_template
from review.store.database import open_database
from review.workbook.load import load_file
from review.workbook.reading import read_ledger

SEED, CASES = 11, 45


def known(value):
    """Date and precision as the store keeps them."""
    if isinstance(value, Month):
        return date(value.year, value.month, 1), "month"
    return (value, "day") if isinstance(value, date) else (None, None)


@pytest.fixture(scope="module", params=COUNTIES, ids=lambda c: f"{c.name}-{c.layout}")
def county(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    maker, written = Maker(request.param, SEED), []
    path = folder / f"{request.param.name}2023年问责案件台账.{'csv' if request.param.as_csv else 'xlsx'}"
    cases = [maker.ordinary() for _ in range(CASES)]
    write_ledger(path, request.param, cases, SEED, lambda case, sheet, first, rows: written.append((case, sheet, first, rows)))
    with closing(open_database(folder / "county.duckdb")) as db:
        receipt = load_file(db, path, actor="测试")
        yield request.param, written, receipt, db


def test_every_case_once(county):
    place, written, receipt, db = county
    rows = db.rows('SELECT * FROM cases ORDER BY sheet, "row"')
    assert receipt.cases == CASES and receipt.rejects == 0
    assert {(r["row"], r["case_no"], r["title"], r["county"]) for r in rows} == {
        (first, case.number if place.numbered else None, case.title, place.name) for case, _, first, _ in written
    }


def test_every_person_once(county):
    _, written, receipt, db = county
    rows = db.rows('SELECT "row", if(kind = \'organization\', coalesce(name, unit), name) AS name, kind FROM respondents')
    expected = sorted((row, p.name, p.kind) for case, _, _, rows in written for row, p in zip(rows, case.people, strict=True))
    assert sorted((r["row"], r["name"], r["kind"]) for r in rows) == expected
    assert receipt.respondents == len(expected)


def test_dates_as_written(county):
    place, written, _, db = county
    cases = {(r["sheet"] if not place.as_csv else None, r["row"]): r for r in db.rows("SELECT * FROM cases")}
    for case, sheet, first, _ in written:
        read = cases[None if place.as_csv else sheet, first]
        assert (read["started_on"], read["started_on_precision"]) == known(case.started_on)
        assert (read["closed_on"], read["closed_on_precision"]) == known(case.closed_on)
        assert (read["decided_on"], read["decided_on_precision"]) == known(case.people[0].decided_on)


def test_leaders_and_bands(county):
    place, written, _, db = county
    rows = {(None if place.as_csv else r["sheet"], r["row"], r["seq"]): r for r in db.rows("SELECT * FROM respondents")}
    for case, sheet, _, places in written:
        for seq, (row, person) in enumerate(zip(places, case.people, strict=True), 1):
            read = rows[None if place.as_csv else sheet, row, seq]
            assert read["measures_complete"], person.measures_text
            assert (read["band"] is None) == (person.kind == "organization")
            if person.kind == "person":
                leader = "deputy" if "副" in person.post else "head"
                wanted = {"科员": "staff", "村干部": "village_cadre"}.get(person.rank, leader)
                assert read["role"] == wanted, person.post


def test_filled_template_loads_without_questions(tmp_path):
    write_template(tmp_path / "空.xlsx")
    book = load_workbook(tmp_path / "空.xlsx")
    filled = {
        "case_no": "1号", "title": "新禾镇低保对象审核把关不严", "county": "青禾县", "object_type": "个人", "name": "张三",
        "unit": "青禾县民政局", "post_then": "党组书记、局长", "rank": "乡科级正职", "politics": "中共党员",
        "responsibility": "主要领导责任", "measures_education": "诫勉", "measures_party": "/", "decided_on": "2023.5.16",
        "start_approval": "是", "announcement": "否", "announcement_on": "",
    }
    sheet = book["问责台账"]
    for row in (3, 4):
        for index, (_, field) in enumerate(columns(), 1):
            sheet.cell(row, index).value = filled.get(field.name)
    sheet.cell(4, [f.name for _, f in columns()].index("name") + 1).value = "李四"
    book.save(tmp_path / "报.xlsx")
    reading = read_ledger(tmp_path / "报.xlsx", "报.xlsx")
    read = [s for s in reading.sheets if s.status == "read"]
    assert [s.name for s in read] == ["问责台账"] and [s.name for s in reading.sheets if s.status == "skipped"] == ["填写说明"]
    assert [c.field for c in read[0].columns] == [f.name for _, f in columns()]
    assert all(c.matched_by == "synonym" for c in read[0].columns), [header(f) for _, f in columns()]
    assert (reading.case_count, reading.respondent_count) == (1, 2)
    assert not reading.rejects
    assert {q.kind for q in reading.questions} <= {"blank"}  # what a blank means is asked of every ledger
