"""Comparable groups out of base counts: sums, exclusions by reason, coarsening."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.comparison.grouping import COARSENING, FACTORS, BaseCounts, compared

# county, band, quarter, topic, division, post, consequence, source, extenuation, n
ROWS = (
    ("甲县", 4, "2023年1季度", "环保", "主要领导责任", "乡镇正职", None, None, None, 5),
    ("甲县", 2, "2023年2季度", "环保", "重要领导责任", "乡镇副职和班子成员", "后果严重", None, None, 3),
    ("乙县", 4, "2023年1季度", "环保", "主要领导责任", "乡镇正职", None, None, None, 2),
    ("乙县", None, "2023年1季度", "环保", "主要领导责任", "乡镇正职", None, None, None, 1),
    ("乙县", 0, None, "环保", "主要领导责任", "乡镇正职", None, None, None, 4),
    ("乙县", 3, None, None, "主要领导责任", "乡镇正职", None, None, None, 6),
)
BASE = BaseCounts(ROWS, 7)


def test_finest_groups():
    found = compared(BASE)
    assert [(g.name, g.n, g.counties, g.largest) for g in found.groups] == [
        ("环保·主要领导责任·乡镇正职", 7, 2, 5),
        ("环保·重要领导责任·乡镇副职和班子成员", 3, 1, 3),
    ]
    assert found.exclusions == {"党组织或不明是否个人": 7, "处理档次不明": 1, "不予、免予问责": 4, "问责情形或领域不明": 6}
    assert found.unknown_share == pytest.approx(7 / 17)


def test_a_factor_left_out_brings_back_those_in_whom_it_was_unknown():
    found = compared(BASE, ("post",))
    assert {g.name: g.n for g in found.groups} == {"乡镇正职": 13, "乡镇副职和班子成员": 3}
    assert [g.name for g in compared(BASE, ()).groups] == ["全部人员"]


def test_quarters():
    found = compared(BASE, (), ("2023年2季度",))
    assert found.n == 3
    assert found.exclusions["不在所选时段或决定日期不到季度"] == 18
    assert BASE.quarters == ("2023年1季度", "2023年2季度")


def test_the_distribution_has_its_denominator():
    found = compared(BASE).distribution("环保·主要领导责任·乡镇正职")
    assert found == [
        {"county": "乙县", "band": 4, "n": 2, "county_n": 2},
        {"county": "甲县", "band": 4, "n": 5, "county_n": 5},
    ]


def test_an_unknown_factor_is_refused():
    with pytest.raises(ValueError, match="unknown factor"):
        compared(BASE, ("colour",))


values = [st.sampled_from([None, "一", "二"])] * len(FACTORS)
rows = st.lists(
    st.tuples(
        st.sampled_from("甲乙丙"), st.sampled_from([None, *range(10)]), st.sampled_from([None, "2023年1季度"]), *values, st.integers(1, 5)
    ),
    max_size=30,
)


@given(rows, st.sampled_from(COARSENING))
def test_everybody_is_compared_or_left_out_with_a_reason(rows, factors):
    found = compared(BaseCounts(tuple(rows), 0), factors)
    assert found.n + sum(found.exclusions.values()) == sum(r[-1] for r in rows)
    assert found.n == sum(g.n for g in found.groups) == sum(r["n"] for r in found.distribution())
