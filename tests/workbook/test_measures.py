"""Measure cells (domain lists 3.2, 3.3, 7.2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.vocabulary.sanctions import measure_kinds
from review.workbook.measures import organization_band, parse_measures, person_band


def _codes(text, **options):
    return [m.code for m in parse_measures(text, **options).measures]


BANDS = {
    0: ["不予问责", "免予问责", "不予处分", "免予处分", "免于党纪处分", "予以澄清", "拟问责（审核后不追究）", "不再追究责任"],
    1: [
        "谈话提醒",
        "提醒谈话",
        "廉政谈话提醒",
        "警示谈话",
        "批评教育",
        "责令检查",
        "责成写出书面检查",
        "作出深刻检查",
        "口头检查",
        "限期整改",
        "公开道歉",
        "公开检讨",
        "约谈",
        "集体约谈",
        "告诫约谈",
        "书面检查",
        "责令其向组织作出深刻检讨",
        "民主生活会批评帮助",
        "给予批评教育处理",
        "书面告诫",
        "提醒谈话，限期整改",
        "检查",
    ],
    2: [
        "通报",
        "通报批评",
        "全县通报批评",
        "全省通报",
        "通报曝光",
        "在全县范围内通报",
        "通报批评并责令作出书面检查",
        "指出错误、批评教育，并在全县范围内通报",
    ],
    3: [
        "诫勉",
        "诫勉谈话",
        "书面诫勉",
        "诫勉处理",
        "诫免谈话",
        "戒勉谈话",
        "诫勉谈话问责",
        "诫勉谈话，全乡通报批评",
        "通报批评及诫勉谈话",
        "被诫勉谈话并责令作出检查",
    ],
    4: [
        "党内警告",
        "党纪警告",
        "党内警告处分",
        "政务警告",
        "行政警告",
        "记过",
        "记过处分",
        "行政记过",
        "政务记过",
        "警告处分",
        "停职检查",
        "停止检查",
        "调整职务",
        "调离岗位",
        "调离工作岗位",
        "调整工作岗位",
        "停职",
        "党内警告、诫勉谈话",
        "给予党内警告处分（影响期一年）",
        "党 内 警 告",
        "政务纪过处分",
        "2023年3月给予党内警告处分",
    ],
    5: [
        "党内严重警告",
        "严重警告",
        "记大过",
        "行政记大过",
        "政务记大过",
        "免职",
        "免去副县长职务",
        "引咎辞职",
        "责令辞职",
        "责令辞去副局长职务",
        "改任非领导职务",
        "党内严重警告、政务记大过",
        "行政记大过并免职",
        "免职、党纪立案",
        "党内严重警告处分、引咎辞职",
        "免去其党委委员、副镇长职务",
        "停职检查，后免职",
        "受到党内严重警告处分并被免去党委委员、纪委书记职务",
        "依法罢免村委会副主任职务",
        "免去刘某职务",
    ],
    6: ["降职", "降级", "行政降级", "政务降级", "党内严重警告、行政降级", "降低岗位等级"],
    7: [
        "撤销党内职务",
        "撤销党内职位",
        "撒销党内职务",
        "政务撤职",
        "行政撤职",
        "撤职",
        "撤销党内职务、降级",
        "撤销其党支部书记职务",
        "撤销党内职务处分，并依法罢免村委会副主任职务",
        "撤消党内职务",
    ],
    8: ["留党察看一年", "留党查看", "留党察看（两年）", "辞退", "留党察看一年、政务撤职", "解除劳动合同", "组织除名"],
    9: ["开除党籍", "政务开除", "开除公职", "开除党籍、开除公职", "双开", "开除党籍和公职", "开除党籍，移送司法机关"],
}


@pytest.mark.parametrize(("text", "band"), [(t, b) for b, texts in BANDS.items() for t in texts])
def test_band_of_a_person(text, band):
    parsed = parse_measures(text)
    assert person_band(parsed.measures) == band
    assert parsed.complete, parsed.problem


def test_ten_people_of_one_paragraph():
    """The fixture of domain list 7.2."""
    texts = [
        "撤销党内职务处分、降级",
        "撤销党内职务、降级处分",
        "党内严重警告处分、引咎辞职",
        "党内警告",
        "党内警告处分",
        "给予党内警告",
        "记大过",
        "记过",
        "免职",
        "免去职务",
    ]
    assert [person_band(parse_measures(t).measures) for t in texts] == [7, 7, 5, 4, 4, 4, 5, 4, 5, 5]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("党内严重警告、政务记大过", ["party_serious_warning", "admin_major_demerit"]),
        ("党内、政务警告处分", ["party_warning", "admin_warning"]),
        ("党纪处分（警告）", ["party_warning"]),
        ("政务处分：警告", ["admin_warning"]),
        ("警告处分", ["warning"]),
        ("严重警告", ["party_serious_warning"]),
        ("双开", ["party_expulsion", "admin_expulsion"]),
        ("免去副镇长，撤销党内职务", ["removal", "party_removal"]),
        ("诫勉谈话并通报批评", ["admonition", "circular"]),
        ("党内警告、党内警告", ["party_warning"]),
        ("判处有期徒刑7年", ["criminal_sentence"]),
        ("诫勉谈话（书面诫勉）", ["admonition"]),
        ("撤销党内职务和行政职务", ["party_removal", "admin_removal"]),
        ("责令整改并作出检查", ["rectify_order", "written_check"]),
        ("改任二级调研员", ["non_leading_post"]),
        ("调整职务+撤销党内职务", ["post_adjustment", "party_removal"]),
        ("责令辞职\n责令作出书面检查", ["ordered_resignation", "written_check"]),
        ("责令整改作出书面检查", ["rectify_order", "written_check"]),
        ("通报 批评", ["circular"]),
        ("停职 检查\n党内 警告 处分", ["suspension", "party_warning"]),
        ("免去副局长职务 调离 岗位", ["removal", "post_adjustment"]),
        ("调整职务 撤销党内职务", ["post_adjustment", "party_removal"]),
        ("调整岗位\n免去职务", ["post_adjustment", "removal"]),
    ],
)
def test_every_measure_is_kept(text, codes):
    assert _codes(text) == codes


@pytest.mark.parametrize(
    ("text", "hint", "code"),
    [
        ("警告", "party", "party_warning"),
        ("警告", "administrative", "admin_warning"),
        ("警告", None, "warning"),
        ("撤职", "party", "party_removal"),
        ("开除", "party", "party_expulsion"),
        ("开除", None, "admin_expulsion"),
        ("政务警告", "party", "admin_warning"),
    ],
)
def test_the_column_names_the_track_where_the_cell_does_not(text, hint, code):
    assert _codes(text, track_hint=hint) == [code]


def test_a_warning_of_no_track_is_unspecified():
    (measure,) = parse_measures("给予警告处分").measures
    assert (measure.track, measure.band, measure.is_final) == ("unspecified", 4, True)


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("建议给予党内警告处分", None),
        ("拟给予诫勉谈话", None),
        ("建议免职", None),
        ("提出免职建议", None),
        ("党内警告（建议）", None),
        ("党内警告；建议免去镇长职务", 4),
        ("先期免职", None),
        ("先行停职检查", None),
        ("停职检查期间", None),
        ("立案审查", None),
        ("党纪立案", None),
        ("乡纪委调查", None),
        ("移送司法机关", None),
        ("停止执行职务并立案审查调查", None),
        ("停职检查、立案审查", None),
        ("停职检查、党内警告", 4),
        ("停职检查、诫勉谈话", 3),
        ("免职、政务立案", 5),
        ("撤销党内警告处分", None),
        ("下发监察建议书，给予诫勉谈话", 3),
    ],
)
def test_only_final_measures_make_the_band(text, band):
    assert person_band(parse_measures(text).measures) == band


@pytest.mark.parametrize(
    "text",
    [
        "组织处理",
        "给予相应处理",
        "党政纪处分",
        "被问责",
        "拟问责",
        "由区纪委监委严肃追责问责",
        "党纪政务处分",
        "给予纪律处分",
        "第一种形态处理",
    ]
    + ["分别给予免职、党内严重警告处分、诫勉谈话等处理", "党内警告3人、诫勉谈话2人", "张某某党内警告，李某诫勉谈话", "党内警告或诫勉"],
)
def test_what_names_no_measure_of_this_person(text):
    parsed = parse_measures(text)
    assert parsed.measures == ()
    assert not parsed.complete
    assert text in parsed.problem


@pytest.mark.parametrize(
    ("text", "part"), [("党内警告、组织处理", "组织处理"), ("诫勉谈话并给予政务处分", "政务处分"), ("党内警告，扣三个月奖", "扣三个月奖")]
)
def test_a_part_that_is_not_understood_is_told(text, part):
    parsed = parse_measures(text)
    assert parsed.measures
    assert not parsed.complete
    assert part in parsed.problem


@pytest.mark.parametrize(
    "text",
    [
        "组织处理（免职）",
        "组织处理：诫勉谈话",
        "给予党内警告处分",
        "党内警告处分，予以问责",
        "受到党纪处分，党内严重警告",
        "政务撤职，降为一级科员",
        "诫勉（谈话）",
    ],
)
def test_general_words_beside_a_measure_are_no_problem(text):
    assert parse_measures(text).complete


def test_blank_is_not_none():
    for text in (None, "", "/", "—"):
        assert parse_measures(text) == parse_measures(None)
    assert (parse_measures(None).measures, parse_measures(None).complete, parse_measures(None).problem) == ((), False, None)
    assert parse_measures("无", track_hint="party").complete
    assert not parse_measures("无").complete


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("责令作出书面检查", 1),
        ("作出深刻检查", 1),
        ("检查", 1),
        ("通报批评", 2),
        ("全省通报", 2),
        ("通报批评、作出深刻检查", 2),
        ("改组", 3),
        ("约谈", None),
        ("诫勉谈话", None),
    ]
    + [("责令向市政府作出深刻检查", 1), ("下发纪检监察建议书", None)],
)
def test_organisations_have_a_scale_of_their_own(text, band):
    parsed = parse_measures(text, organization=True)
    assert organization_band(parsed.measures) == band
    assert person_band(parsed.measures) is None


PLAIN = [t for b, texts in BANDS.items() for t in texts if not any(w in t for w in ("停", "建议", "（", "拟"))]


@given(st.lists(st.sampled_from(PLAIN), min_size=1, max_size=4), st.sampled_from(["、", "，", "；", "。"]))
def test_the_band_of_several_is_the_highest(parts, joint):
    bands = [person_band(parse_measures(p).measures) for p in parts]
    assert person_band(parse_measures(joint.join(parts)).measures) == max(bands)


@given(
    st.one_of(
        st.none(),
        st.text(max_size=50),
        st.lists(st.sampled_from(PLAIN + ["建议", "分别", "拟", "撤销", "某", "组织处理", "，", "、"])).map("".join),
    ),
    st.booleans(),
)
def test_any_text(text, organization):
    parsed = parse_measures(text, None, organization)
    assert all(m.code in measure_kinds() for m in parsed.measures)
    assert not (parsed.complete and parsed.problem)
    band = person_band(parsed.measures)
    assert band is None or 0 <= band <= 9
    assert parsed == parse_measures(text, None, organization)


@pytest.mark.parametrize("text", ["诫勉（不含书面检查）", "诫勉（不包括书面检查）", "诫勉，不包含通报"])
def test_what_is_left_out_is_no_measure(text):
    assert [m.code for m in parse_measures(text).measures] == ["admonition"]


def test_a_warning_by_word_of_mouth_is_no_sanction():
    assert [(m.code, m.track) for m in parse_measures("口头警告").measures] == [("warning_talk", "education")]
