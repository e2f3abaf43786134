"""Cells overrule a header that lies, and say so."""

import pytest

from review.workbook.reading import read_ledger

from . import ledgers


def read(header, *rows):
    return read_ledger(ledgers.sheets(台账=[("案件名称", *header), *((f"事{n}", *r) for n, r in enumerate(rows))]), "甲.xlsx")


def fields(reading):
    return {c.header: (c.field, c.confidence) for c in reading.sheets[0].columns}


def test_people_under_a_header_of_units():
    reading = read(("被问责对象（单位）", "职务", "处理方式"), ("张三", "甲县水利局局长", "诫勉"), ("李四", "甲县林业局局长", "诫勉"))
    assert [(p["name"], p["unit"], p["post"]) for p in reading.tables["respondents"].to_pylist()] == [
        ("张三", "甲县水利局", "局长"),
        ("李四", "甲县林业局", "局长"),
    ]
    assert fields(reading)["被问责对象（单位）"] == ("name", 0.6)
    assert "被问责对象（单位）" in {q.header for q in reading.questions if q.kind == "guessed"}


def test_units_and_people_mixed_under_a_header_of_units_are_the_respondents():
    reading = read(("被问责对象（单位）", "处理方式"), ("张三", "诫勉"), ("甲县水利局党组", "通报"), ("甲县林业局", "通报"))
    assert [(p["name"], p["kind"]) for p in reading.tables["respondents"].to_pylist()] == [
        ("张三", "person"),
        ("甲县水利局党组", "organization"),
        ("甲县林业局", "organization"),
    ]


def test_units_under_a_header_of_units_stay_units():
    assert fields(read(("被问责单位", "处理方式"), ("甲县水利局", "通报"), ("甲县林业局", "通报")))["被问责单位"][0] == "unit"
    bare = read(("姓名", "县区", "单位", "处理方式"), ("张三", "汤阴", "安阳", "诫勉"), ("李四", "林州", "汤阴", "诫勉"))
    assert (fields(bare)["县区"][0], fields(bare)["单位"][0]) == ("county", "unit")


@pytest.mark.parametrize("name", ["姓名", "对象", "同志"])
def test_responsibilities_under_责任人(name):
    reading = read((name, "责任人", "处理方式"), ("张三", "主要领导责任", "诫勉"), ("李四", "重要领导责任", "诫勉"))
    assert [(p["name"], p["responsibility"]) for p in reading.tables["respondents"].to_pylist()] == [
        ("张三", "primary_leadership"),
        ("李四", "important_leadership"),
    ]
    assert fields(reading)["责任人"] == ("responsibility", 0.6)


def test_a_vetoed_column_whose_field_is_taken_is_asked_about():
    reading = read(
        ("姓名", "责任类型", "责任人", "处理方式"), ("张三", "领导责任", "主要领导责任", "诫勉"), ("李四", "领导责任", "领导责任", "诫勉")
    )
    assert fields(reading)["责任人"] == (None, 0.0)
    assert "责任人" in {q.header for q in reading.questions}
    numbers = read(("被问责人", "单位", "处理方式"), ("2", "甲县水利局", "诫勉"), ("3", "甲县林业局", "诫勉"))
    assert fields(numbers)["被问责人"][0] is None and {p["name"] for p in numbers.tables["respondents"].to_pylist()} == {None}


def test_measures_and_responsibilities_under_each_others_header():
    reading = read(("姓名", "责任认定", "处理"), ("张三", "党内警告", "主要领导责任"), ("李四", "诫勉", "重要领导责任"))
    assert [(p["responsibility"], p["measures_raw"]) for p in reading.tables["respondents"].to_pylist()] == [
        ("primary_leadership", "党内警告"),
        ("important_leadership", "诫勉"),
    ]
