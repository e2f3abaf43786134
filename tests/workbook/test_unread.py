"""Words around a measure: what explains it, and what may be a measure that nobody knows."""

import pytest

from review.workbook.measures import parse_measures
from review.workbook.unread import READ, unread_items


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("诫勉、拖出去", "拖出去"),
        ("拖出去、诫勉", "拖出去"),
        ("诫勉并拖出去", "拖出去"),
        ("诫勉 拖出去", "拖出去"),
        ("给予党内警告处分；给予拖出去", "拖出去"),
        ("党内警告，参加党校学习", "参加党校学习"),
        ("诫勉谈话、立规矩，通报批评", "立规矩"),
        ("政务记过及甲类惩戒", "甲类惩戒"),
    ],
)
def test_unknown_words_beside_a_known_measure_are_told(text, part):
    parsed = parse_measures(text)
    assert parsed.measures
    assert not parsed.complete
    assert part in parsed.problem


@pytest.mark.parametrize(
    "text",
    [
        "经县纪委常委会研究决定，给予党内警告处分",
        "县纪委监委给予其政务记过处分",
        "经县委批准，由县纪委给予党内严重警告处分，由县监委给予政务记大过处分",
        "因履行监管职责不到位，给予诫勉谈话",
        "因对扶贫资金监管不力、工作作风不实、造成资金闲置，给予党内警告",
        "工作失职，诫勉",
        "负主要领导责任，诫勉",
        "负有重要领导责任，给予通报批评，并责令作出书面检查",
        "对该问题负直接责任，免职",
        "诫勉谈话（因巡查不及时）",
        "党内警告（2023年5月6日）",
        "党内警告，2023年5月6日",
        "2023.05.06，诫勉",
        "党内警告，甲纪发〔2023〕5号",
        "甲纪处〔2023〕12号，党内严重警告、政务记过",
        "依据《中国共产党问责条例》第七条、第八条，给予诫勉",
        "根据《中国共产党纪律处分条例》第一百三十三条规定，给予党内警告处分",
        "党内警告，影响期一年",
        "党内严重警告，影响期：18个月",
        "诫勉，自2023年5月6日起六个月",
        "停职检查三个月",
        "诫勉谈话1次",
        "诫勉，已执行到位",
        "党内警告，已宣布、已送达、已归档",
        "政务记过，已报县委组织部备案",
        "免职，另有任用",
        "免职，本人已退休",
        "免去其县水利局党组书记、局长职务",
        "责令作出书面检查，并在民主生活会上宣读",
        "时任县水利局局长，党内警告",
        "张三，诫勉谈话",
        "李某某：诫勉谈话",
        "党纪：党内警告；政务：无",
        "处分种类：党内警告；影响期：一年",
        "运用第一种形态，批评教育",
        "在全县范围内通报批评，同时取消当年评优评先资格",
        "约谈镇党委主要负责人",
        "调整职务为二级主任科员",
        "政务降级，降为一级科员",
        "第八条第二款第二项，诫勉",
        "1.党内警告；2.政务记过",
        "先由组织部门免职，再由县纪委给予党内警告处分",
        "党内警告处分、诫勉等",
        "给予诫勉谈话，责令其限期整改，并报送整改报告",
        "给予王某同志诫勉谈话处理",
        "党内警告处分+政务警告",
        "约谈\n诫勉",
        "情节较轻，给予批评教育",
        "无政务处分，党内警告",
        "党内警告，一年内不得晋升职务",
        "党内警告，张榜公示",
        "扶贫领域，党内警告",
        "四种形态：第一种；诫勉",
        "诫勉，保留原职",
    ],
)
def test_words_around_a_measure_are_no_problem(text):
    parsed = parse_measures(text)
    assert parsed.measures
    assert parsed.complete, parsed.problem


def test_a_text_without_a_read_measure_is_not_looked_at():
    assert unread_items("拖出去、立规矩") == []
    assert unread_items(f"{READ}、拖出去;立规矩") == ["拖出去", "立规矩"]
