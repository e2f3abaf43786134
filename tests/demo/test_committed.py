"""The demo set that comes with the product is exactly what the generator writes."""

from openpyxl import load_workbook

from review.demo.committed import CASES, COUNTIES, DATA, write_small_set


def test_small_set_is_what_the_code_writes(tmp_path):
    fresh = write_small_set(tmp_path)
    assert sorted(p.name for p in fresh) == sorted(p.name for p in (DATA / "demo").iterdir())
    assert len(fresh) >= COUNTIES
    for path in fresh:
        for sheet in (new := load_workbook(path)):
            kept = load_workbook(DATA / "demo" / path.name)
            assert kept.sheetnames == new.sheetnames
            assert [row for row in kept[sheet.title].values] == [row for row in sheet.values]


def test_small_set_is_small():
    assert sum(p.stat().st_size for p in (DATA / "demo").iterdir()) < 150_000
    assert CASES <= 100
