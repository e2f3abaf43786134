"""The draw: documented tickets, what must hold for any frame, storing, verifying."""

import hashlib
from dataclasses import replace
from datetime import date

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.errors import SampleError
from review.sampling.allocation import allocate
from review.sampling.draw import draw, draw_sample, frame_rows, left_out_rows, sample, sample_rows, samples, ticket, verify
from review.sampling.frame import Frame, FrameEntry, build_frame

YEAR = (date(2023, 1, 1), date(2023, 12, 31))
COUNTIES = ("甲县", "乙县", "丙区")


def entry(number, county="甲县", must=()):
    return FrameEntry(f"c{number}{county}", str(number), county, "county", None, None, county, tuple(must))


def frame_of(entries):
    return Frame(*YEAR, ("city", "county"), None, "apart", "county", tuple(entries), (), (), 0)


def picks(drawn, county=None, by="random"):
    return [p.case_id for p in drawn.picks if p.picked_by == by and county in (None, p.stratum)]


numbered = st.dictionaries(st.text(min_size=1, max_size=4), st.sampled_from(COUNTIES), min_size=1, max_size=60).map(
    lambda places: [entry(number, county) for number, county in places.items()]
)
seeds = st.text(min_size=1, max_size=8).filter(str.strip)


def test_ticket_is_the_documented_number():
    # printf '2023问责评查|甲县-001' | sha256sum
    digits = hashlib.sha256("2023问责评查|甲县-001".encode()).hexdigest()[:13]
    assert ticket("2023问责评查", "甲县-001") == int(digits, 16) / 16**13 == 0.5642617418225364


@given(st.text(max_size=5), st.text(max_size=5))
def test_tickets_are_fractions_and_survive_printing(seed, number):
    u = ticket(seed, number)
    assert 0 <= u < 1
    assert float(f"{u!r}") == u


@given(numbered, seeds, st.sampled_from(["0.2", "1/3", "55%", "1"]))
def test_each_stratum_gives_its_smallest_tickets(entries, seed, ratio):
    drawn = draw(frame_of(entries), seed, ratio)
    quotas = allocate(drawn.frame.sizes, ratio)
    for county, size in drawn.frame.sizes.items():
        expected = sorted((ticket(drawn.seed, e.case_no), e.case_no, e.case_id) for e in entries if e.stratum == county)
        assert picks(drawn, county) == [case_id for _, _, case_id in expected[: quotas[county]]]
        assert 1 <= len(picks(drawn, county)) <= size


@given(numbered, seeds, st.randoms())
def test_order_of_rows_changes_nothing(entries, seed, random):
    shuffled = random.sample(entries, len(entries))
    first, second = draw(frame_of(entries), seed, "0.2"), draw(frame_of(shuffled), seed, "0.2")
    assert first.picks == second.picks
    assert first.tickets == second.tickets
    assert first.frame.hash == second.frame.hash


@given(numbered, seeds, st.sampled_from(COUNTIES))
def test_a_late_case_moves_no_other_ticket_and_no_other_stratum_of_equal_quota(entries, seed, county):
    late = FrameEntry("late", "迟到案件", county, "county", None, None, county, ())
    before, after = draw(frame_of(entries), seed, "0.2"), draw(frame_of([*entries, late]), seed, "0.2")
    old, new = allocate(before.frame.sizes, "0.2"), allocate(after.frame.sizes, "0.2")
    for other in set(old) - {county}:
        shorter = min(old[other], new[other])
        assert picks(before, other)[:shorter] == picks(after, other)[:shorter]
        assert old[other] != new[other] or picks(before, other) == picks(after, other)
    kept = [case_id for case_id in picks(after, county) if case_id != "late"]
    in_order = [t.case_id for t in before.tickets if t.stratum == county]
    assert kept == in_order[: len(kept)]


@given(numbered, seeds)
def test_a_larger_ratio_keeps_every_pick(entries, seed):
    small, large = draw(frame_of(entries), seed, "0.2"), draw(frame_of(entries), seed, "0.9")
    assert all(a.quota <= b.quota for a, b in zip(small.allocation, large.allocation, strict=True))
    assert set(picks(small)) <= set(picks(large))


@given(numbered, seeds, st.data())
def test_must_review_cases_never_change_who_is_drawn_at_random(entries, seed, data):
    marked = data.draw(st.sets(st.sampled_from([e.case_id for e in entries])))
    with_must = [e._replace(must=("appealed", "discipline")) if e.case_id in marked else e for e in entries]
    plain, drawn = draw(frame_of(entries), seed, "0.2"), draw(frame_of(with_must), seed, "0.2")
    assert picks(plain) == picks(drawn)
    assert set(picks(drawn, by="must")) == marked - set(picks(drawn))
    assert {p.case_id for p in drawn.picks if p.must_reason} == marked
    assert {p.must_reason for p in drawn.picks if p.case_id in marked} <= {"申诉过"}  # 纪律处分以上 is off by default
    assert drawn.total_share >= drawn.random_share > 0


def test_every_case_is_drawn_equally_often():
    entries = [entry(i) for i in range(10)]
    counts = dict.fromkeys((e.case_id for e in entries), 0)
    for seed in range(2000):
        for case_id in picks(draw(frame_of(entries), f"种子{seed}", "0.2")):
            counts[case_id] += 1
    chi2 = sum((n - 400) ** 2 / 400 for n in counts.values()) / 0.8  # variance of each count is 2000 * 0.2 * 0.8
    assert chi2 < 27.88  # 99.9% point of chi-square with 9 degrees


def test_blanks_around_the_seed_do_not_count_and_an_empty_seed_is_refused():
    frame = frame_of([entry(1)])
    assert draw(frame, " 种子 ", "0.2").seed == "种子"
    with pytest.raises(SampleError, match="随机种子"):
        draw(frame, "  ", "0.2")


def test_empty_frame_and_unknown_rule_are_refused():
    with pytest.raises(SampleError, match="没有可以抽取"):
        draw(frame_of([]), "种子", "0.2")
    with pytest.raises(SampleError, match="必查规则"):
        draw(frame_of([entry(1)]), "种子", "0.2", must_rules=["superior"])


@pytest.fixture
def drawn(store):
    store.cases({"甲县": 31, "乙县": 12, "丙区": 2})
    store.case("甲县-交办", superior_assigned="done", public_opinion="done")
    store.case("无日期", closed=None, closed_on_precision=None)
    return draw_sample(store.db, *YEAR, "0.2", "2023问责评查", actor="张三")


def test_sample_is_stored_whole(store, drawn):
    stored = sample(store.db, drawn)
    assert (stored.seed, stored.ratio, stored.stratified_by, stored.created_by) == ("2023问责评查", "0.2", "county", "张三")
    assert (stored.frame_size, stored.undated_count) == (46, 1)
    assert [(s.stratum, s.cases, s.quota) for s in stored.allocation] == [("丙区", 2, 1), ("乙县", 12, 3), ("甲县", 32, 7)]
    assert sum(s.random for s in stored.allocation) == 11
    must = [p for p in stored.cases if p.must_reason]
    assert [(p.case_no, p.must_reason) for p in must] == [("甲县-交办", "上级交办、舆情")]
    assert len(frame_rows(store.db, drawn)) == 46
    assert [x.case_no for x in left_out_rows(store.db, drawn)] == ["无日期"]
    assert [row["title"] for row in sample_rows(store.db, drawn)] == [f"{p.case_no}案" for p in stored.cases]
    assert [row["sample_id"] for row in samples(store.db)] == [drawn]
    assert store.db.scalar("SELECT count(*) FROM audit_log WHERE action = 'sample_drawn' AND actor = '张三'") == 1


def test_same_draw_again_is_the_same_sample(store, drawn):
    version = store.db.data_version()
    assert draw_sample(store.db, *YEAR, "20%", "2023问责评查", actor="李四") == drawn
    assert store.db.data_version() == version
    others = {draw_sample(store.db, *YEAR, "0.2", "另一句话"), draw_sample(store.db, *YEAR, "0.2", "2023问责评查", by="level")}
    assert len({drawn, *others}) == 3


def test_unknown_sample_is_named(store):
    with pytest.raises(SampleError, match="s404"):
        sample(store.db, "s404")


def test_failure_in_the_middle_stores_nothing(store):
    store.cases({"甲县": 5})
    with store.db.cursor() as cur:
        cur.execute("ALTER TABLE sample_left_out RENAME TO gone")  # the last of the inserts
    with pytest.raises(duckdb.Error):
        draw_sample(store.db, *YEAR, "0.2", "种子")
    assert samples(store.db) == []
    assert store.db.scalar("SELECT count(*) FROM sample_frame") == 0


def test_an_untouched_sample_verifies(store, drawn):
    assert verify(store.db, drawn) == replace(verify(store.db, drawn), ok=True, differences=(), today=())


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("DELETE FROM sample_cases WHERE position = 1 AND stratum = '甲县'", "应当随机抽中而不在随机名单中"),
        ("UPDATE sample_cases SET case_id = 'c-甲县-甲县-099' WHERE position = 2 AND stratum = '甲县'", "不在抽样框中"),
        ("UPDATE sample_cases SET ticket = 0.5 WHERE position = 1 AND stratum = '乙县'", "票号或次序"),
        ("UPDATE sample_frame SET ticket = 0.5 WHERE case_no = '乙县-001'", "票号与种子算出的不同"),
        ("UPDATE sample_frame SET case_no = '乙县-999' WHERE case_no = '乙县-001'", "指纹"),
        ("DELETE FROM sample_frame WHERE case_no = '乙县-001'", "登记为 46 件"),
        ("UPDATE samples SET seed = '别的种子'", "应当随机抽中而不在随机名单中"),
        ("UPDATE samples SET ratio = '0.5'", "名额表"),
        ("UPDATE samples SET ratio = '0.1'", "比例不能使用"),
        ("INSERT INTO sample_cases SELECT * FROM sample_cases WHERE position = 1 AND stratum = '乙县'", "重复"),
        ("UPDATE sample_cases SET picked_by = 'must' WHERE position = 1 AND stratum = '丙区'", "没有写明必查原因"),
    ],
)
def test_tampering_is_found_and_told(store, drawn, tampering, told):
    with store.db.cursor() as cur:
        cur.execute(tampering)
    result = verify(store.db, drawn)
    assert not result.ok
    assert any(told in sentence for sentence in result.differences), result.differences


def test_late_cases_are_told_without_calling_the_sample_wrong(store, drawn):
    store.case("迟到-1", "乙县")
    store.case("迟到-2", None, closed=None, closed_on_precision=None)
    with store.db.cursor() as cur:
        cur.execute("DELETE FROM cases WHERE case_no = '甲县-003'")
        cur.execute("UPDATE cases SET county = '丙区' WHERE case_no = '甲县-004'")
    result = verify(store.db, drawn)
    assert result.ok
    assert result.today == (
        "抽样之后新进入本期范围的案件（不影响已抽结果）：迟到-1。",
        "抽样时在范围内、现在台账中已不在的案件（不影响已抽结果）：甲县-003。",
        "案件编号或所属的层在抽样之后有改动的案件（不影响已抽结果）：甲县-004。",
        "未列入抽样框的案件抽样时为 1 件，现在为 2 件（不影响已抽结果）。",
    )


def test_order_of_loading_changes_no_draw(store, tmp_path):
    from review.store.database import Database

    counts = {"甲县": 20, "乙县": 9}
    store.cases(counts)
    other = type(store)(Database(tmp_path / "other.duckdb"))
    other.cases(dict(reversed(counts.items())))
    assert build_frame(store.db, *YEAR) == build_frame(other.db, *YEAR)
    assert draw_sample(store.db, *YEAR, "0.2", "种子") == draw_sample(other.db, *YEAR, "0.2", "种子")
    other.db.close()
