"""Cells that hold all people of a case."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.workbook.people import split_people

NOTICES = list(csv.DictReader((Path(__file__).parent / "data" / "people.csv").open(encoding="utf-8")))


def _told(cell):
    return [(p.name, p.unit_post, p.responsibility_raw, p.measures_raw) for p in split_people(cell).people]


def _cells():
    """People cells as an office writes them, put together from the facts of public notices."""
    cases = defaultdict(list)
    for row in NOTICES:
        cases[row["case"]].append(row)
    return list(cases.values())


@pytest.mark.parametrize("rows", _cells(), ids=lambda rows: rows[0]["case"])
@pytest.mark.parametrize("joint", ["；", "\n", "。\n", ";"])
def test_every_person_of_a_notice_exactly_once(rows, joint):
    cell = joint.join(f"{r['name']}（{r['unit_post']}）{r['responsibility']}，{r['measures']}" for r in rows)
    parsed = split_people(cell)
    assert parsed.problems == ()
    assert _told(cell) == [(r["name"] or None, r["unit_post"], r["responsibility"] or None, r["measures"]) for r in rows]


@pytest.mark.parametrize("rows", _cells(), ids=lambda rows: rows[0]["case"])
@pytest.mark.parametrize("mark", ["{}.", "{}、", "（{}）"])
def test_numbered_people(rows, mark):
    named = [r for r in rows if r["name"]]
    cell = "\n".join(f"{mark.format(i)}{r['name']}，{r['unit_post']}，{r['measures']}" for i, r in enumerate(named, 1))
    assert [(p.name, p.measures_raw) for p in split_people(cell).people] == [(r["name"], r["measures"]) for r in named]


A = ("张三", "县林业局局长", None, "党内警告")
B = ("李四", "副局长", None, "诫勉谈话")


@pytest.mark.parametrize(
    "cell",
    [
        "张三（县林业局局长），党内警告；李四（副局长），诫勉谈话",
        "张三（县林业局局长）党内警告，李四（副局长）诫勉谈话",
        "1.张三（县林业局局长），党内警告\n2.李四（副局长），诫勉谈话",
        "①张三，县林业局局长，党内警告；②李四，副局长，诫勉谈话",
        "一、张三（县林业局局长）：党内警告。二、李四（副局长）：诫勉谈话。",
        "（一）张三（县林业局局长）：党内警告；（二）李四（副局长）：诫勉谈话",
        "(1)张三(县林业局局长)党内警告;(2)李四(副局长)诫勉谈话",
        "县林业局局长张三，党内警告；副局长李四，诫勉谈话",
        "张三 县林业局局长 党内警告；李四 副局长 诫勉谈话",
        "张三（男，汉族，中共党员，县林业局局长），党内警告\r\n李四（副局长），2023年3月5日，诫勉谈话",
    ],
)
def test_forms_of_two_people(cell):
    assert _told(cell) == [A, B]
    assert split_people(cell).problems == ()


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("张三、李四", [("张三", None), ("李四", None)]),
        ("张某某、李某", [("张某某", None), ("李某", None)]),
        ("李和平、王建国", [("李和平", None), ("王建国", None)]),
        ("张三：党内警告；李四：诫勉", [("张三", "党内警告"), ("李四", "诫勉")]),
        ("张三（镇长）、李四（副镇长）均给予党内警告处分", [("张三", "均给予党内警告处分"), ("李四", "均给予党内警告处分")]),
        ("张三（镇长）、李四（副镇长）诫勉谈话", [("张三", "诫勉谈话"), ("李四", "诫勉谈话")]),
        ("张三、李四：诫勉谈话", [("张三", "诫勉谈话"), ("李四", "诫勉谈话")]),
        ("给予张三（镇长）党内警告处分；给予李四（副镇长）诫勉谈话处理", [("张三", "党内警告处分"), ("李四", "诫勉谈话处理")]),
        ("张三（镇长）党内警告；政务警告", [("张三", "党内警告；政务警告")]),
        ("买买提·艾力（乡长）党内警告", [("买买提·艾力", "党内警告")]),
        ("张××（镇长）党内警告；李**（副镇长）诫勉", [("张××", "党内警告"), ("李**", "诫勉")]),
        ("县林业局党组：责令作出书面检查", [(None, "责令作出书面检查")]),
    ],
)
def test_names_and_measures(cell, people):
    parsed = split_people(cell)
    assert [(p.name, p.measures_raw) for p in parsed.people] == people
    assert parsed.problems == ()


@pytest.mark.parametrize(
    "cell",
    [
        "对上述3人分别给予党内警告、政务记过、诫勉谈话处理",
        "3名村干部受到诫勉谈话",
        "相关责任人已处理",
        "党内警告",
        "张三（镇长 党内警告",
        "见附件",
        "详见处分决定",
    ],
)
def test_nobody_is_invented(cell):
    parsed = split_people(cell)
    assert parsed.people == ()
    assert len(parsed.problems) == 1


@pytest.mark.parametrize("measures", ["党内警告、诫勉谈话、免职", "党内警告、诫勉谈话等处理"])
def test_measures_that_fit_several_people_are_given_to_none(measures):
    parsed = split_people(f"张三（局长）、李四（副局长）分别给予{measures}")
    assert [(p.name, p.measures_raw) for p in parsed.people] == [("张三", None), ("李四", None)]
    assert len(parsed.problems) == 1


@pytest.mark.parametrize(
    "text",
    [
        "张三（局长）、李四（副局长）分别给予党内警告、诫勉谈话",
        "对甲县水利局局长张三、党组成员、副局长李四分别给予党内警告、诫勉谈话",
        "张三（局长）、李四（副局长）。对上述2人分别给予党内警告、诫勉谈话",
        "对张三、李四两名同志分别给予党内警告、诫勉谈话",
    ],
)
def test_as_many_measures_as_people_in_the_same_order_are_shared_out(text):
    parsed = split_people(text)
    assert [(p.name, p.measures_raw) for p in parsed.people] == [("张三", "党内警告"), ("李四", "诫勉谈话")]
    assert not parsed.problems


def test_a_number_of_people_that_does_not_fit_is_a_problem():
    parsed = split_people("张三（局长）、李四（副局长）。对上述3人分别给予党内警告、诫勉谈话")
    assert [p.measures_raw for p in parsed.people] == [None, None] and len(parsed.problems) == 1


def test_an_entry_may_stand_for_several_people():
    (person,) = split_people("（仙游县乡镇经办人员7人），诫勉谈话").people
    assert (person.name, person.headcount) == (None, 7)
    assert split_people("（攸县五位主要负责人），免职").people[0].headcount == 5
    assert split_people("张三（县政府副县长），免职").people[0].headcount == 1


def test_names_of_organisations_stay_whole():
    (group,) = split_people("县发展和改革局、县住房和城乡建设局：通报批评").people
    assert group.unit_post == "县发展和改革局、县住房和城乡建设局"


def test_parts_are_cut_out_as_typed():
    (person,) = split_people(
        "张三（县林业局党组书记、局长（２０１９年至２０２１年）），负主要领导责任，给予党内严重警告、政务记大过处分"
    ).people
    assert person.unit_post == "县林业局党组书记、局长（２０１９年至２０２１年）"
    assert (person.responsibility_raw, person.measures_raw) == ("负主要领导责任", "给予党内严重警告、政务记大过处分")


def test_empty_cells_hold_nobody():
    for cell in (None, "", "/", "—", "\n"):
        assert split_people(cell) == split_people(None)


@given(st.one_of(st.text(max_size=60), st.text(alphabet="张三李四某（）()，；、：\n1.①县局长给予党内警告诫勉均分别", max_size=50)))
def test_any_text(cell):
    parsed = split_people(cell)
    assert all(p.headcount >= 1 for p in parsed.people)
    assert all(p.name is None or p.name.strip() for p in parsed.people)
    assert parsed == split_people(cell)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("给予甲县生态环境分局局长卫某政务记过处分", [("卫某", "甲县生态环境分局局长", None, "政务记过处分")]),
        ("给予甲县住建局副局长王建国诫勉", [("王建国", "甲县住建局副局长", None, "诫勉")]),
        ("①韩某（甲县林业局局长，负领导责任）：党内严重警告", [("韩某", "甲县林业局局长", "负领导责任", "党内严重警告")]),
        ("甲县林业局党组成员（分管造林）周某，诫勉", [("周某", "甲县林业局党组成员（分管造林）", None, "诫勉")]),
        ("甲县卫健局党组成员、副局长孙某某，诫勉", [("孙某某", "甲县卫健局党组成员、副局长", None, "诫勉")]),
        ("某村党支部书记孙某", [("孙某", "某村党支部书记", None, None)]),
        ("雨花街道曲塘社区党总支书记王某，党内警告", [("王某", "雨花街道曲塘社区党总支书记", None, "党内警告")]),
        (
            "对甲县应急管理局朱某、秦某2人分别给予党内警告、诫勉谈话",
            [("朱某", "甲县应急管理局", None, "党内警告"), ("秦某", "甲县应急管理局", None, "诫勉谈话")],
        ),
        ("甲县林业局局长朱某、秦某均给予诫勉", [("朱某", "甲县林业局局长", None, "均给予诫勉"), ("秦某", None, None, "均给予诫勉")]),
    ],
)
def test_names_between_post_and_measure(text, expected):
    found = split_people(text)
    assert [(p.name, p.unit_post, p.responsibility_raw, p.measures_raw) for p in found.people] == expected
    assert not found.problems


@pytest.mark.parametrize(
    "text",
    ["对甲县应急局朱某、秦某、尤某分别给予党内警告、诫勉", "给予甲县应急局朱某、秦某等3人党内警告、诫勉等处理"],
)
def test_people_stay_when_their_measures_can_not_be_told_apart(text):
    found = split_people(text)
    assert [p.name for p in found.people][:2] == ["朱某", "秦某"]
    assert all(p.measures_raw is None for p in found.people)
    assert len(found.problems) == 1


@pytest.mark.parametrize(
    ("raw", "nobody"),
    [
        (
            "时任区委农办主任郑海（现任区政协副主席）受到政务记大过处分，区财政局党委书记、局长何平受到党内警告处分；责成区委、区政府作出检查",
            "职务",
        ),
        ("姓名：林峰\n职务：县水利局局长\n责任：重要领导责任\n处理：党内警告", "职务"),
        ("责任人：李立；职务：县水利局局长；处理：党内警告", "处理"),
    ],
)
def test_what_follows_a_person_and_tells_of_another_is_not_his(raw, nobody):
    found = split_people(raw)
    assert found.problems
    for person in found.people:
        assert person.name != nobody
        assert "、".join(filter(None, [person.measures_raw])).count("处分") <= 1


@pytest.mark.parametrize("body", ["县自然资源局作书面检查", "县民政局党组作出书面检查", "责成区委、区政府作出检查"])
def test_the_measure_of_a_body_is_not_given_to_the_person_before(body):
    found = split_people(f"副局长李某某（县自然资源局副局长）诫勉谈话；{body}")
    assert found.problems or [p.unit_post for p in found.people[1:]] == ["县民政局党组"]
    assert all("检查" not in (p.measures_raw or "") for p in found.people if p.name)


def test_a_second_measure_of_the_same_person_stays_his():
    found = split_people("李某某（县自然资源局副局长）受到党内警告处分；并在全县通报批评")
    assert [p.measures_raw for p in found.people] and "通报批评" in found.people[0].measures_raw


@pytest.mark.parametrize(
    "cell, told",
    [
        ("县水利局局长张伟因监管不力，被诫勉", ("张伟", "县水利局局长", None, "被诫勉")),
        ("县水利局局长张伟失职失察，受到诫勉", ("张伟", "县水利局局长", "失职失察", "受到诫勉")),
        ("副局长黄昏监管不力，负重要领导责任，受到诫勉", ("黄昏", "副局长", "监管不力，负重要领导责任", "受到诫勉")),
        ("县水利局局长李某某在工作中把关不严，受到诫勉", ("李某某", "县水利局局长", "在工作中把关不严", "受到诫勉")),
        ("甲县纪委给予县水利局局长陈曦诫勉", ("陈曦", "县水利局局长", None, "诫勉")),
        ("对负有领导责任的甲县医保局局长董夜予以诫勉。", ("董夜", "甲县医保局局长", "负有领导责任", "予以诫勉")),
    ],
)
def test_a_name_inside_a_sentence_is_no_part_of_the_post(cell, told):
    assert _told(cell) == [told] and not split_people(cell).problems


@pytest.mark.parametrize(
    "cell",
    [
        "免去张三甲县财政局局长职务",
        "局长张伟对此负有领导责任、副局长李强负直接责任，均受到诫勉",
        "甲县卫健局局长郑武、副局长李玉对此负有领导责任，受到诫勉并通报",
    ],
)
def test_people_that_cannot_be_told_apart_are_no_post_and_no_name(cell):
    assert all(p.name in (None, "郑武", "李玉") and p.unit_post in (None, "甲县卫健局局长", "副局长") for p in split_people(cell).people)
    assert split_people(cell).problems
