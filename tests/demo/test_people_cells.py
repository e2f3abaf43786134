"""People of a cell who stand there without brackets keep what they answer for."""

import pytest

from review.workbook.people import split_people


@pytest.mark.parametrize(
    ("cell", "name", "where", "responsibility", "measures"),
    [
        ("青禾县民政局党组负全面领导责任，责令作出书面检查", None, "青禾县民政局党组", "负全面领导责任", "责令作出书面检查"),
        ("青禾县民政局党组主体责任，通报", None, "青禾县民政局党组", "主体责任", "通报"),
        ("临河镇党委落实主体责任不力，通报批评", None, "临河镇党委", "落实主体责任不力", "通报批评"),
        ("张三负领导责任，诫勉谈话", "张三", None, "负领导责任", "诫勉谈话"),
        ("青禾县林业局局长李四负重要领导责任，党内警告", "李四", "青禾县林业局局长", "负重要领导责任", "党内警告"),
    ],
)
def test_without_brackets(cell, name, where, responsibility, measures):
    (person,) = split_people(cell).people
    assert (person.name, person.unit_post, person.responsibility_raw, person.measures_raw) == (name, where, responsibility, measures)
