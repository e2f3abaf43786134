"""People and their measures told in one sentence without brackets."""

import pytest

from review.workbook.measures import parse_measures, person_band
from review.workbook.people import split_people


def _told(cell):
    return [(p.name, p.unit_post, p.measures_raw) for p in split_people(cell).people]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (
            "给予局长陈刚党内警告处分，给予副局长刘敏、科长王强诫勉谈话",
            [("陈刚", "局长", "党内警告处分"), ("刘敏", "副局长", "诫勉谈话"), ("王强", "科长", "诫勉谈话")],
        ),
        (
            "局长李立受到党内警告处分，副局长王玉受到诫勉谈话",
            [("李立", "局长", "受到党内警告处分"), ("王玉", "副局长", "受到诫勉谈话")],
        ),
        ("给予李立党内警告，王玉诫勉", [("李立", None, "党内警告"), ("王玉", None, "诫勉")]),
        ("李立 党内警告\n王玉 诫勉\n合计2人", [("李立", None, "党内警告"), ("王玉", None, "诫勉")]),
        ("共2人：李立 党内警告；王玉 诫勉", [("李立", None, "党内警告"), ("王玉", None, "诫勉")]),
        ("李立：党内警告 王玉：诫勉", [("李立", None, "党内警告"), ("王玉", None, "诫勉")]),
        ("李立（党内警告）、王玉（诫勉谈话）", [("李立", None, "党内警告"), ("王玉", None, "诫勉谈话")]),
        ("李立、王玉均党内警告，赵明诫勉", [("李立", None, "均党内警告"), ("王玉", None, "均党内警告"), ("赵明", None, "诫勉")]),
        ("党内警告：李立、王玉；诫勉谈话：赵明", [("李立", None, "党内警告"), ("王玉", None, "党内警告"), ("赵明", None, "诫勉谈话")]),
        (
            "党内警告2人（李立、王玉），诫勉谈话1人（赵明）",
            [("李立", None, "党内警告"), ("王玉", None, "党内警告"), ("赵明", None, "诫勉谈话")],
        ),
        (
            "李立，县水利局局长，党内警告处分，王玉，副局长，诫勉谈话",
            [("李立", "县水利局局长", "党内警告处分"), ("王玉", "副局长", "诫勉谈话")],
        ),
        (
            "院长李某、副院长李某，分别给予党内警告、诫勉谈话；另对医务科科长谢某批评教育",
            [("李某", "院长", "党内警告"), ("李某", "副院长", "诫勉谈话"), ("谢某", "医务科科长", "批评教育")],
        ),
        (
            "院长李某、副院长李某均为党内警告，另对医务科科长谢某批评教育",
            [("李某", "院长", "均为党内警告"), ("李某", "副院长", "均为党内警告"), ("谢某", "医务科科长", "批评教育")],
        ),
        (
            "县水利局党组被通报批评，局长李立受到党内警告处分",
            [(None, "县水利局党组", "被通报批评"), ("李立", "局长", "受到党内警告处分")],
        ),
        ("局长李立诫勉；撤销王玉党内职务", [("李立", "局长", "诫勉"), ("王玉", None, "撤销王玉党内职务")]),
        (
            "免去李某县水利局局长职务，对王某诫勉谈话",
            [("李某", None, "免去李某县水利局局长职务"), ("王某", None, "诫勉谈话")],
        ),
        (
            "李立（县水利局局长，主要领导责任，党内警告）；王玉（副局长；诫勉）",
            [("李立", "县水利局局长", "党内警告"), ("王玉", "副局长", "诫勉")],
        ),
        (
            "1、李立，男，汉族，1970年3月出生，中共党员，县水利局局长，因履职不力，党内警告。2、王玉，女，副局长，诫勉。",
            [("李立", "县水利局局长", "党内警告"), ("王玉", "副局长", "诫勉")],
        ),
        (
            "县水利局局长李立因履职不力受到党内警告处分，副局长王玉因监管缺失被诫勉谈话",
            [("李立", "县水利局局长", "受到党内警告处分"), ("王玉", "副局长", "被诫勉谈话")],
        ),
        (
            "时任县水利局局长李立（现任县人大常委会副主任）党内警告，副局长王玉诫勉",
            [("李立", "时任县水利局局长(现任县人大常委会副主任)", "党内警告"), ("王玉", "副局长", "诫勉")],
        ),
        ("李立/局长/党内警告\n王玉|副局长|诫勉", [("李立", "局长", "党内警告"), ("王玉", "副局长", "诫勉")]),
        ("县水利局：局长李立，党内警告；副局长王玉，诫勉", [("李立", "县水利局局长", "党内警告"), ("王玉", "副局长", "诫勉")]),
        (
            "由县纪委给予局长李立党内警告处分，由镇纪委给予王玉诫勉谈话",
            [("李立", "局长", "党内警告处分"), ("王玉", None, "诫勉谈话")],
        ),
        ("2023年5月，李立受到党内警告处分；2023年6月，王玉诫勉", [("李立", None, "受到党内警告处分"), ("王玉", None, "诫勉")]),
        ("李立、王玉（均为副局长）：诫勉", [("李立", "副局长", "诫勉"), ("王玉", "副局长", "诫勉")]),
        ("阿依古丽·买买提党内警告，李立诫勉", [("阿依古丽·买买提", None, "党内警告"), ("李立", None, "诫勉")]),
    ],
)
def test_every_person_with_the_measures_told_of_him(cell, told):
    assert _told(cell) == told
    assert split_people(cell).problems == ()


def test_what_each_answers_for_is_told_before_or_behind_the_name():
    cell = "对负有主要领导责任的局长李立给予党内警告处分，对负有重要领导责任的副局长王玉给予诫勉谈话"
    assert [p.responsibility_raw for p in split_people(cell).people] == ["负有主要领导责任", "负有重要领导责任"]
    cell = "党委书记李立、镇长王玉负主要领导责任，副镇长赵明负重要领导责任，分别给予党内警告、诫勉、批评教育"
    told = [(p.name, p.responsibility_raw, p.measures_raw) for p in split_people(cell).people]
    assert told == [("李立", "负主要领导责任", "党内警告"), ("王玉", "负主要领导责任", "诫勉"), ("赵明", "负重要领导责任", "批评教育")]
    (one, other) = split_people("局长李立负主要领导责任，给予党内警告，副局长王玉负重要领导责任，给予诫勉").people
    assert (one.responsibility_raw, other.responsibility_raw) == ("负主要领导责任", "负重要领导责任")


@pytest.mark.parametrize(
    ("cell", "bands"),
    [
        ("建议给予李立党内警告处分，给予王玉诫勉谈话", [None, None]),
        ("未给予李立党内警告，给予王玉诫勉谈话", [None, 3]),
    ],
)
def test_a_proposal_or_denial_before_the_names_goes_with_their_measures(cell, bands):
    assert [person_band(parse_measures(p.measures_raw).measures) for p in split_people(cell).people] == bands


def test_a_total_that_does_not_fit_is_told():
    parsed = split_people("李立 党内警告\n王玉 诫勉\n合计3人")
    assert len(parsed.people) == 2
    assert "合计3人" in parsed.problems[0]


@pytest.mark.parametrize(
    "cell",
    [
        "从轻党内警告",
        "党组织诫勉谈话，应当党内警告",
        "严肃诫勉，向全县通报",
        "全员诫勉谈话，双方批评教育",
        "给予李立、王玉2人党内警告处分，赵明、钱进等3人诫勉谈话",
    ],
)
def test_words_that_begin_like_a_family_name_are_nobody(cell):
    assert all(p.name is None for p in split_people(cell).people)


def test_a_rest_about_other_people_is_told():
    parsed = split_people("副县长李立受到诫勉谈话处理，县水利局局长王玉受到党内警告处分，其他3名责任人受到相应处理")
    assert [p.name for p in parsed.people] == ["李立", "王玉"]
    assert "其他3名责任人" in parsed.problems[0]
