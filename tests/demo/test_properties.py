"""What must not matter does not: the order of files, cases, people and columns, the names, a case beside all others."""

from collections import Counter
from contextlib import closing
from copy import deepcopy
from random import Random

import pytest

from benchmarks.truth import records
from review.checks.engine import run_checks
from review.demo import layouts
from review.demo.clean import Maker
from review.demo.columns import COLUMNS, SECOND_HALF
from review.demo.ledgers import PARAMS, invent
from review.store.database import open_database
from review.workbook.load import load_file

CASES, COUNTIES, SEED = 60, 5, 20240101
FOUND = """
    SELECT f.check_id, f.county, c.title, r.name, f.verdict
    FROM findings f LEFT JOIN cases c USING (case_id) LEFT JOIN respondents r USING (respondent_id)
"""
COUNTED = "SELECT unit, check_id, county, suspect, clear, undetermined, exempt, not_run FROM check_results WHERE unit <> 'county'"
# Checks that hold a person's name against that of another row.
BY_NAME = {"D03", "D06", "M05"}


@pytest.fixture(scope="module")
def city():
    """Cases of five counties with five layouts, whole."""
    return {county: list(cases) for county, cases in invent(CASES, SEED, COUNTIES)}


@pytest.fixture(scope="module")
def plain(city, tmp_path_factory):
    """What the checks say of the city as it is."""
    return judged(city, tmp_path_factory.mktemp("plain"))


def judged(city, folder, order=lambda paths: paths):
    """Findings by check, county, case and person, and how many units of each verdict there are."""
    paths = []
    for county, cases in city.items():
        paths.append(folder / f"{county.name}2023年问责案件台账.{'csv' if county.as_csv else 'xlsx'}")
        layouts.write_ledger(paths[-1], county, cases, SEED, lambda *_: None)
    with closing(open_database(folder / "city.duckdb")) as db:
        for path in order(paths):
            load_file(db, path, actor="测试")
        run_checks(db, actor="测试", params=PARAMS)
        found = Counter((f.check_id, f.county, f.title, f.name, f.verdict) for f in records(db, FOUND))
        counted = {tuple(r)[1:4]: tuple(r)[4:] for r in records(db, COUNTED)}
    return found, counted


def shuffled(items, random):
    return random.sample(items, len(items))


def test_order_of_files_cases_people_and_columns(city, plain, tmp_path, monkeypatch):
    random = Random(5)
    turned = {county: shuffled(deepcopy(cases), random) for county, cases in city.items()}
    for case in (case for cases in turned.values() for case in cases):
        case.people = shuffled(case.people, random)
    for name, columns in {**COLUMNS, "second_half": SECOND_HALF}.items():
        where = {"several_sheets": "FIRST_HALF"}.get(name, name.upper())
        groups = dict.fromkeys(c.header.split("/")[0] if "/" in c.header else None for c in columns)
        # The first column numbers the cases; columns under one parent stay beside each other.
        moved = [c for group in shuffled(list(groups), random) for c in shuffled([
            c for c in columns[1:] if (c.header.split("/")[0] if "/" in c.header else None) == group], random)]  # fmt: skip
        monkeypatch.setattr(layouts, where, (columns[0], *moved))
    assert judged(turned, tmp_path, order=lambda paths: shuffled(paths, random)) == plain


def test_masked_names(city, plain, tmp_path):
    masked = deepcopy(city)
    for case in (case for cases in masked.values() for case in cases):
        for person in case.persons():
            if person.name and "、" not in person.name:
                person.name = person.name[0] + "某" * (len(person.name) - 1)
    found, counted = judged(masked, tmp_path)

    def nameless(told):
        return Counter((check, county, title, verdict) for check, county, title, _, verdict in told.elements() if check not in BY_NAME)

    assert nameless(found) == nameless(plain[0])
    # Two rows of one person, a measure each, are joined by the name: with masked names they stay two people, so only cases are counted.
    assert {k: v for k, v in counted.items() if k[0] == "case"} == {k: v for k, v in plain[1].items() if k[0] == "case"}


def test_a_case_that_has_nothing_to_do_with_the_others(city, plain, tmp_path):
    more = {county: list(cases) for county, cases in city.items()}
    county = list(more)[3]
    maker = Maker(county, SEED)
    maker.made = 900
    added = maker.ordinary()
    more[county].insert(3, added)
    found, _ = judged(more, tmp_path)

    def of_cases(told):
        return Counter({key: n for key, n in told.items() if key[2] not in (None, added.title)})

    assert of_cases(found) == of_cases(plain[0])
    assert added.title not in {case.title for case in city[county]}
