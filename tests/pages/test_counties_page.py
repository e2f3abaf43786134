"""县区比较: what the page says of a town whose truth is known, and that the address holds every choice."""

import pytest

from review.checks.engine import check
from tests.casework.county_town import results, spread, write
from tests.pages.conftest import markup

O01 = f"O01 {check('O01').title}"
USUAL = {2: 8, 3: 10, 4: 7}


@pytest.fixture
def harsh(db):
    write(
        db,
        spread("甲县", "生态环境", {5: 10, 7: 12})
        + spread("乙县", "生态环境", USUAL)
        + spread("丙县", "生态环境", USUAL)
        + spread("丁县", "生态环境", {7: 3}),
    )
    results(db, "O01", {"甲县": (30, 20), "乙县": (2, 48), "丙县": (2, 48)})
    return db


def test_the_answer_stands_at_the_head_and_small_counties_are_named(harsh, visit):
    shown = markup(visit("counties"))
    assert "甲县与其他县区的差异成立" in shown
    assert "不足以比较（本县区或其他县区可比的人不到 5 人）：丁县" in shown
    assert "差异成立（偏重）" in shown and "中位处理档次 7" in shown and "次比较校正" in shown


def test_a_coarser_comparison_and_a_mark_come_from_the_address(harsh, visit):
    at = visit("counties", factor="层级职务", county="甲县", band="7 撤销党内职务、撤职")
    assert at.multiselect[0].value == ["post"]
    shown = markup(at)
    assert "案件（12 人）" in shown and 'href="case?case=' in shown


def test_a_group_is_chosen_by_its_name_alone(harsh, visit):
    shown = markup(visit("counties", group="生态环境·主要领导责任·乡镇（街道）正职", county="甲县"))
    assert "本组 75 人，来自 4 个县区，最多的一个县区 25 人" in shown and "案件（22 人）" in shown


def test_a_time_without_decisions_says_so(harsh, visit):
    at = visit("counties", factor="", until="2023年2季度")
    assert not at.exception and "84 人参加比较" not in markup(at) and "75 人参加比较" in markup(at)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"part": "问题分布"}, "可判数不足 10 的格为灰色"),
        ({"part": "占比与漏斗图"}, "核数据"),
        ({"part": "占比与漏斗图", "indicator": O01}, f"漏斗图：{O01}疑似占可判"),
        ({"part": "随时间变化"}, "不判断有没有持续的变化"),
        ({"part": "随时间变化", "of": "甲县", "period": "按年"}, "各时段都在正常波动范围之内"),
        ({"part": "占比与漏斗图", "indicator": "受党纪政务处分的占比", "county": "甲县"}, "案件（22 人）"),
        ({"part": "占比与漏斗图", "indicator": "每件案件的疑似问题数"}, "数/案件"),
        ({"part": "随时间变化", "indicator": "受党纪政务处分的占比", "at": "2023年2季度"}, "案件（39 人）"),
        ({"part": "随时间变化", "indicator": O01, "at": "2023年2季度"}, "疑似问题随时间的变化按案件算"),
        ({"part": "同类悬殊对照"}, "同类悬殊对照（0 对）"),
        ({"part": "提级督办候选"}, "超出 99.8% 界限"),
    ],
)
def test_every_part_is_reached_by_its_address(harsh, visit, address, words):
    at = visit("counties", **address)
    assert not at.exception and not at.error
    assert words in markup(at)


def test_the_list_of_candidates_can_be_taken_away(harsh, visit):
    at = visit("counties", part="提级督办候选")
    button = next(b for b in at.get("download_button") if "候选名单" in b.proto.label)
    assert not button.proto.disabled
    assert "findings?check=O01&amp;county=甲县" in markup(at)


def test_ledgers_without_counties_are_told_what_to_do(db, visit):
    write(db, spread("甲县", "统计", {3: 3}))
    with db.write("t", "t") as cur:
        cur.execute("UPDATE cases SET county = NULL")
    assert "没有写明县区" in visit("counties").info[0].value


def test_a_case_shows_its_like_cases(harsh, visit):
    shown = markup(visit("case", case="c00000"))
    assert "同类处理" in shown and "74 人" in shown and "比 50 人重，与 9 人相同，比 15 人轻" in shown
