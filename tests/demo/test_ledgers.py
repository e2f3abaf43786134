"""The demo city: five layouts, every check planted, and the same seed always gives the same cells."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from review.demo import write_demo
from review.demo.clerk import DATE_HABITS, date_text
from review.demo.columns import FIRST_HALF, SECOND_HALF, offered
from review.demo.ledgers import NOT_RUN
from review.demo.places import COUNTIES
from review.demo.scenarios import SCENARIOS
from review.vocabulary.terms import fields

# What single cases can show; M01, M04 and O08 compare counties, D01 only ever counts.
CHECKS = {s.check for s in SCENARIOS} - {"D01"}
COMPARING = {"M01": "星桥区", "M04": "枫林县", "O08": "禾川县"}


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    summary = write_demo(tmp_path_factory.mktemp("city"))
    return summary, json.loads(summary.truth.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def books(city):
    """Every workbook of the city, opened once."""
    return {p.name: load_workbook(p) for p in city[0].files if p.suffix == ".xlsx"}


def cells(folder: Path) -> dict:
    """Every cell value of every ledger in a folder."""
    out = {}
    for path in sorted(folder.glob("*.xlsx")):
        book = load_workbook(path)
        for sheet in book:
            out[path.name, sheet.title] = [list(row) for row in sheet.iter_rows(values_only=True)]
            out[path.name, sheet.title, "merged"] = sorted(str(r) for r in sheet.merged_cells.ranges)
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="gb18030", newline="") as file:
            out[path.name] = list(csv.reader(file))
    return out


def test_a_year_of_the_city(city):
    summary, _ = city
    assert len(summary.ledgers) == 10 and summary.files == (*summary.ledgers, *summary.corrections, summary.earlier_issues)
    assert [p.name[:3] for p in summary.corrections] == [c.name for c in COUNTIES if c.corrects]
    assert 600 <= summary.cases <= 640
    assert 1200 <= summary.respondents <= 1900
    assert {c.layout for c in COUNTIES} == {"first_row", "merged", "one_cell", "several_sheets", "flat"}


def test_every_check_is_planted_with_as_many_look_alikes(city):
    _, truth = city
    found = Counter((v["check"], "suspect" if v["expect"] == "suspect" else "other") for v in truth["verdicts"])
    for check in CHECKS:
        assert found[check, "suspect"] >= 3, check
        assert found[check, "other"] >= 3, check
    undetermined = {v["check"] for v in truth["verdicts"] if v["expect"] == "undetermined"}
    # A date can be read or not, a cell of several people divided or not: nothing stays open there.
    assert CHECKS - undetermined == {"D02", "D04"}
    for check, county in COMPARING.items():
        assert [v["county"] for v in truth["verdicts"] if v["check"] == check and v["expect"] == "suspect"] == [county]
        assert len([v for v in truth["verdicts"] if v["check"] == check]) == len(COUNTIES)


def test_truth_points_at_the_cells(city, books):
    _, truth = city
    seen = 0
    for entry in truth["verdicts"]:
        if entry["file"] not in books:
            continue
        row = [c.value for c in books[entry["file"]][entry["sheet"]][entry["row"]]]
        texts = " ".join(str(v) for v in row if v is not None)
        assert entry["name"] is None or entry["name"] in texts
        if entry["name"] is None:
            assert entry["title"] in texts
            assert entry["case_no"] is None or entry["case_no"] in texts
        seen += 1
    assert seen > 300


def test_ledgers_that_lack_a_column_say_so(city):
    summary, truth = city
    rules = {(r["file"], r["check"]) for r in truth["files"] if r["expect_all"] == "not_run"}
    by_county = {p.name.split("2023")[0]: p for p in summary.ledgers}
    again = [c for c in COUNTIES for p in summary.corrections if p.name.startswith(c.name)]
    expected = {(by_county[c.name].name, check) for c in COUNTIES for check in NOT_RUN[c.layout]}
    expected |= {(f"{by_county[c.name].stem}（更正）.xlsx", check) for c in again for check in NOT_RUN[c.layout]}
    assert rules == expected
    assert not [v for v in truth["verdicts"] if (v["file"], v["check"]) in rules]


def test_same_seed_same_cells_other_seed_other_cells(tmp_path):
    for name, seed in (("one", 7), ("two", 7), ("three", 8)):
        write_demo(tmp_path / name, cases=60, seed=seed, counties=7)
    one, two, three = (cells(tmp_path / name) for name in ("one", "two", "three"))
    assert one == two
    assert one != three
    assert (tmp_path / "one/truth.json").read_text("utf-8") == (tmp_path / "two/truth.json").read_text("utf-8")


def test_few_cases_still_plant_every_check_once(tmp_path):
    truth = json.loads(write_demo(tmp_path, cases=96).truth.read_text("utf-8"))
    assert {v["check"] for v in truth["verdicts"] if v["expect"] == "suspect"} >= CHECKS


def test_ugly_as_real(city, books):
    sheets = {(p.name[:3], s.title): s for p in city[0].ledgers if p.suffix == ".xlsx" for s in books[p.name]}
    first = [r[0] for r in sheets["青禾县", "台账"].iter_rows(values_only=True)]
    assert first[0].endswith("问责案件台账") and first[-2] == "合计" and first[-1].startswith("注：") and first.count(None) > 30
    assert len(sheets["禾川县", "Sheet1"].merged_cells.ranges) > 200
    assert {t for c, t in sheets if c == "松涧县"} == {"封面", "填表说明", "代码表", "上半年 ", "下半年"}
    long = [r[0] for r in sheets["澜湖区", "明细"].iter_rows(values_only=True)]
    assert long.count("序号") > 2 and long.count("小计") > 1 and long.count(None) > 1
    assert {c.header for c in FIRST_HALF} & {c.header for c in SECOND_HALF} == {"党纪处分", "政务处分"}


@pytest.mark.parametrize("habit", sorted({h for habits in DATE_HABITS.values() for h in habits}))
def test_every_way_of_writing_a_date(habit):
    said = date_text(date(2023, 5, 6), habit)
    expected = {
        "dots": "2023.5.6", "padded": "2023.05.06", "chinese": "2023年5月6日", "compact": "20230506", "serial": "45052",
        "full_width": "２０２３．５．６", "slashes": "2023/5/6", "timestamp": "2023-05-06 00:00:00", "iso": "2023-05-06",
    }
    assert said == expected[habit] if habit != "cell" else said.date() == date(2023, 5, 6)


def test_every_column_stands_for_a_known_field():
    known = set(fields()) | {"rows", "corrections"}
    for county in COUNTIES:
        assert offered(county) <= known, county.name


def test_one_cell_names_each_person_once(books):
    book = next(book for name, book in books.items() if name.startswith("白石县"))
    texts = [r[4] for r in list(book.active.iter_rows(values_only=True))[1:]]
    assert all(text.count("（") >= 1 for text in texts)
    assert max(text.count("；") for text in texts) >= 3
