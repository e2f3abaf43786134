"""Measures that a text denies, replaces, lifts or tells of an earlier matter are not those of this handling."""

import pytest

from review.workbook.measures import parse_measures, person_band


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("未给予党内警告，仅诫勉谈话", ["admonition"]),
        ("免予党内警告处分，给予批评教育", ["criticism_education"]),
        ("免予党内警告、政务警告处分，诫勉", ["admonition"]),
        ("本应给予党内警告，鉴于主动整改，给予诫勉谈话", ["admonition"]),
        ("诫勉（而非党内警告）", ["admonition"]),
        ("以诫勉谈话代替党内警告", ["admonition"]),
        ("达不到党内警告条件，诫勉", ["admonition"]),
        ("暂不给予党内警告，先行诫勉", ["admonition"]),
        ("未移送司法，党内警告", ["party_warning"]),
        ("党内警告的建议未被采纳，给予诫勉", ["admonition"]),
        ("党内警告：是；诫勉：否", ["party_warning"]),
        ("党内警告（2022年已给予），本次诫勉", ["admonition"]),
        ("曾受党内警告处分，本次诫勉谈话", ["admonition"]),
        ("因受过党内警告处分，从重给予党内严重警告", ["party_serious_warning"]),
        ("党内警告处分影响期内，从重给予党内严重警告处分", ["party_serious_warning"]),
        ("原处理：党内警告；现处理：诫勉", ["admonition"]),
        ("变更前：党内警告；变更后：诫勉", ["admonition"]),
        ("初步处理：诫勉；最终处理：党内警告", ["party_warning"]),
        ("由党内警告变更为诫勉", ["admonition"]),
        ("由“党内警告”变更为“诫勉”", ["admonition"]),
        ("党内严重警告（降为党内警告）", ["party_warning"]),
        ("党内警告（申诉后变更为诫勉谈话）", ["admonition"]),
        ("党内警告→诫勉", ["admonition"]),
        ("调整为党内警告", ["party_warning"]),
        ("停职检查，后转为免职", ["removal"]),
        ("撤销原党内警告处分决定，给予诫勉谈话", ["admonition"]),
        ("党内警告、政务记过处分均被撤销，给予诫勉", ["admonition"]),
        ("给予党内警告处分，撤销诫勉谈话", ["party_warning"]),
        ("党内警告处分已解除", ["party_warning"]),
    ],
)
def test_only_what_holds_is_read(text, codes):
    parsed = parse_measures(text)
    assert [m.code for m in parsed.measures] == codes
    assert parsed.complete, parsed.problem


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("不予党内警告", "没有给予"),
        ("没有给予党内警告", "没有给予"),
        ("免予党内严重警告处分", "没有给予"),
        ("暂缓党内警告", "没有给予"),
        ("原给予的党内警告已撤销", "已撤销"),
        ("党内警告（后撤销）", "已撤销"),
        ("党内警告（上级撤销）", "已撤销"),
        ("党内警告和政务记过均已撤销", "已撤销"),
        ("此前已受党内警告处分，不再重复处理", "以前的或者另案"),
        ("党内警告已于2023年给予，本案不再处理", "以前的或者另案"),
        ("已另案给予党内严重警告", "以前的或者另案"),
        ("不予党内警告、诫勉谈话", "哪一种处理现在有效"),
        ("诫勉谈话、党内警告处分已撤销", "哪一种处理现在有效"),
        ("通报批评，本次诫勉谈话", "哪一种处理现在有效"),
    ],
)
def test_nothing_is_counted_where_it_cannot_be_told_what_holds(text, reason):
    parsed = parse_measures(text)
    assert person_band(parsed.measures) is None
    assert not parsed.complete
    assert reason in parsed.problem


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("因不作为被诫勉谈话", 3),
        ("拒不执行决定被通报批评", 2),
        ("因未按规定给予答复被通报批评", 2),
        ("不仅通报批评，还诫勉谈话", 3),
        ("因对下属未作出处分，被诫勉", 3),
        ("对原局长给予党内警告处分", 4),
        ("原任镇长期间失职，给予党内警告", 4),
        ("给予曾志强党内警告", 4),
        ("曾任副镇长期间失职，给予政务记过", 4),
        ("党内警告，不再提拔", 4),
        ("党内警告，撤销党内职务", 7),
        ("政务撤职，降为二级主任科员", 7),
        ("2023年3月已给予党内警告处分", 4),
        ("党内警告（已于2023年3月给予）", 4),
        ("党内警告；本次同时通报", 4),
        ("党内警告（未执行）", 4),
        ("党内警告，影响期已满", 4),
        ("因事故处置不当免职", 5),
        ("经复查，维持党内警告", 4),
    ],
)
def test_words_that_deny_something_else(text, band):
    parsed = parse_measures(text)
    assert person_band(parsed.measures) == band
    assert parsed.complete, parsed.problem


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("原拟党内警告，现给予诫勉", 3),
        ("建议给予党内警告，实际给予诫勉", 3),
        ("县纪委建议党内警告，县委决定诫勉谈话", 3),
        ("应给予党内严重警告", None),
        ("诫勉谈话，视情况给予党内警告", 3),
        ("批评教育，如再犯给予党内警告", 1),
    ],
)
def test_a_proposal_ends_where_the_decision_begins(text, band):
    assert person_band(parse_measures(text).measures) == band
