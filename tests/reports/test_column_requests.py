"""请补充以下列: one sheet a county, missing columns and partly blank ones, ready to be sent back."""

from io import BytesIO

from openpyxl import load_workbook

from review.checks import coverage
from review.reports.column_requests import COLUMNS, request_rows, write_column_requests
from review.store.database import open_database
from tests.casework.small_town import fill


def filled(tmp_path):
    db = open_database(tmp_path / "x.duckdb")
    fill(db)
    with db.write("test", "test") as cur:
        for field in ("title", "name", "unit_post", "responsibility", "measures", "discussion"):
            cur.execute("INSERT INTO import_fields VALUES (1, '问责台账', ?)", [field])
    return db


def test_each_county_gets_its_own_sheet_and_no_other_countys_columns(tmp_path):
    db = filled(tmp_path)
    target = BytesIO()
    count = write_column_requests(db, target)
    book = load_workbook(target)
    assert book.sheetnames == ["说明", "乙县", "甲县"]
    assert sum(book[name].max_row - 1 for name in ("甲县", "乙县")) == count == len(request_rows(db))
    rows = list(book["甲县"].iter_rows(min_row=1, values_only=True))
    assert list(rows[0]) == [column.title for column in COLUMNS]
    assert {row[8] for row in rows[1:]} == {"甲县"} and {row[7] for row in rows[1:]} == {None}
    start = next(row for row in rows if str(row[2]).startswith("启动审批"))
    assert start[3] == "没有这一列" and "P01 问责启动未经审批" in start[4] and start[6] >= 1
    db.close()


def test_rows_say_how_much_is_blank_and_one_county_can_be_asked_for_alone(tmp_path):
    db = filled(tmp_path)
    rows = request_rows(db, "乙县")
    assert {row["county"] for row in rows} == {"乙县"}
    told = next(row for row in rows if row["kind"] == "blank" and row["column"].startswith("集体"))
    (same,) = [b for b in coverage.blank_columns(db) if b.county == "乙县" and b.label == told["column"]]
    assert told["state"] == f"{same.whole} 件案件中 {same.blank} 件案件空白" and same.blank == 1
    assert "P05" in told["checks"]
    db.close()


def test_an_empty_database_gives_an_empty_list(tmp_path):
    db = open_database(tmp_path / "none.duckdb")
    assert write_column_requests(db, BytesIO()) == 0
    db.close()
