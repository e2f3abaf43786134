"""The frame: who is in, who is out, who can't be told."""

from datetime import date

import pytest

from review.errors import SampleError
from review.sampling.frame import build_frame, frame_hash

YEAR = (date(2023, 1, 1), date(2023, 12, 31))


def numbers(entries):
    return {entry.case_no for entry in entries}


def test_first_and_last_day_belong_to_the_period(store):
    for number, day in {"a": date(2022, 12, 31), "b": date(2023, 1, 1), "c": date(2023, 12, 31), "d": date(2024, 1, 1)}.items():
        store.case(number, closed=day)
    frame = build_frame(store.db, *YEAR)
    assert numbers(frame.entries) == {"b", "c"}
    assert frame.outside == 2


def test_month_must_lie_inside_as_a_whole(store):
    store.case("whole", closed=date(2023, 2, 1), closed_on_precision="month", closed_on_raw="2023年2月")
    store.case("half", closed=date(2023, 3, 1), closed_on_precision="month", closed_on_raw="2023.3")
    store.case("before", closed=date(2023, 1, 1), closed_on_precision="month")
    store.case("year", closed=date(2023, 1, 1), closed_on_precision="year", closed_on_raw="2023年")
    frame = build_frame(store.db, date(2023, 2, 1), date(2023, 3, 15))
    assert numbers(frame.entries) == {"whole"}
    assert {x.case_no: x.reason for x in frame.undated} == {
        "half": "办结日期“2023.3”只写到月，本期为 2023-02-01 至 2023-03-15，无法判断是否属于本期",
        "year": "办结日期“2023年”只写到年，本期为 2023-02-01 至 2023-03-15，无法判断是否属于本期",
    }
    assert frame.outside == 1


def test_cases_without_a_date_are_listed_apart_or_taken_in_when_asked(store):
    store.case("blank", closed=None, closed_on_precision=None)
    store.case("text", closed=None, closed_on_precision=None, closed_on_raw="年底前")
    apart = build_frame(store.db, *YEAR)
    assert apart.size == 0
    assert {x.case_no: x.reason for x in apart.undated} == {
        "blank": "台账没有办结日期，无法判断是否属于本期",
        "text": "办结日期栏写的是“年底前”，不是可以认读的日期，无法判断是否属于本期",
    }
    assert numbers(build_frame(store.db, *YEAR, undated="include").entries) == {"blank", "text"}


def test_unknown_level_stays_in_and_is_counted(store):
    store.case("city", admin_level="city")
    store.case("unknown", admin_level=None)
    store.case("county")
    frame = build_frame(store.db, *YEAR, levels=["county"])
    assert numbers(frame.entries) == {"unknown", "county"}
    assert frame.unknown_level == 1
    assert [(x.case_no, x.reason) for x in frame.excluded] == [("city", "案件层级为市级，不在本次评查的层级（县级）内")]


def test_counties_and_named_exclusions_are_kept_with_their_reason(store):
    store.case("1", "甲县")
    store.case("2", "乙县")
    left = store.case("3", "甲县")
    frame = build_frame(store.db, *YEAR, counties=["甲县"], exclusions={left: "正在申诉"})
    assert numbers(frame.entries) == {"1"}
    assert {x.case_no: x.reason for x in frame.excluded} == {"2": "县区为乙县，不在本次评查的县区内", "3": "正在申诉"}


def test_strata(store):
    store.case("1", "甲县", domain="生态环境")
    store.case("2", None, admin_level="city")
    store.case("3", None, admin_level=None)
    frame = build_frame(store.db, *YEAR)
    strata = {entry.case_no: entry.stratum for entry in frame.entries}
    assert strata == {"1": "甲县", "2": "市本级", "3": "未载明"}
    assert frame.sizes == {"市本级": 1, "未载明": 1, "甲县": 1}
    both = {entry.case_no: entry.stratum for entry in frame.stratified("county+level").entries}
    assert both == {"1": "甲县·县级", "2": "市本级·市级", "3": "未载明·未载明"}
    domains = {entry.case_no: entry.stratum for entry in build_frame(store.db, *YEAR, by="domain").entries}
    assert domains == {"1": "生态环境", "2": "未载明", "3": "未载明"}


def test_band_of_a_case_is_unknown_while_one_persons_is(store):
    known, open_, organization = store.case("known"), store.case("open"), store.case("organization")
    store.respondent(known, 1, band=2)
    store.respondent(known, 2, band=5)
    store.respondent(open_, 1, band=5)
    store.respondent(open_, 2)
    store.respondent(organization, kind="organization")
    strata = {entry.case_no: entry.stratum for entry in build_frame(store.db, *YEAR, by="band").entries}
    assert strata == {"known": "5档", "open": "未载明", "organization": "未载明"}


def test_must_review_facts(store):
    store.case("flag", superior_assigned="done")
    store.case("source", source="上级纪委监委交办")
    store.case("denied", source="领导批示件", leader_instruction="not_done")
    store.case("media", source="网络舆情")
    store.step(store.case("appeal"), "appeal", "done")
    store.step(store.case("no_appeal"), "appeal", "not_done")
    store.step(store.case("corrected"), "correction", "done")
    store.measure(store.respondent(store.case("party"), band=4), "party", 4)
    store.measure(store.respondent(store.case("proposed")), "party", 4, is_final=False)
    store.respondent(store.case("village"), tier="village")
    must = {entry.case_no: entry.must for entry in build_frame(store.db, *YEAR).entries}
    assert must == {
        "flag": ("superior_assigned",),
        "source": ("superior_assigned",),
        "denied": (),
        "media": ("public_opinion",),
        "appeal": ("appealed",),
        "no_appeal": (),
        "corrected": ("corrected",),
        "party": ("discipline",),
        "proposed": (),
        "village": ("village",),
    }


def test_hash_is_the_documented_one_and_ignores_order(store):
    store.case("乙-1", "乙县")
    store.case("甲-1", "甲县")
    # printf '乙-1|乙县\n甲-1|甲县' | sha256sum
    expected = "09aebc13c4d376f5fd82b153ca16aec5b841cc5defdbea0c9cc978e7c8333325"
    assert build_frame(store.db, *YEAR).hash == frame_hash([("甲-1", "甲县"), ("乙-1", "乙县")]) == expected


def test_numbers_that_no_workbook_can_hold_are_replaced_before_hashing(store):
    store.case("1\x01\r2")
    assert build_frame(store.db, *YEAR).entries[0].case_no == "1\ufffd\ufffd2"


def test_repeated_numbers_are_named(store):
    store.case("7", "甲县")
    store.case("7", "乙县")
    store.case("8", "乙县")
    assert build_frame(store.db, *YEAR).repeated_numbers == ("7",)


@pytest.mark.parametrize(
    "wrong",
    [
        {"period_from": date(2024, 1, 1)},
        {"levels": ["省级"]},
        {"levels": []},
        {"undated": "maybe"},
        {"by": "姓名"},
        {"by": "county+county"},
    ],
)
def test_wrong_arguments_are_refused_with_advice(store, wrong):
    with pytest.raises(SampleError) as refused:
        build_frame(store.db, **({"period_from": YEAR[0], "period_to": YEAR[1]} | wrong))
    assert refused.value.advice
