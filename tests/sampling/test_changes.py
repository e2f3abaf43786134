"""What is done to a sample after the draw: nobody leaves but for a reason, everything verifies, chances are those that hold."""

from datetime import date

import pytest

from review.errors import SampleError, UsageError
from review.sampling.changes import add_late, enlarge, late_cases, replace
from review.sampling.design import Design
from review.sampling.draw import draw_sample, sample, sample_rows, verify
from review.sampling.stored import frame_rows, replacement_rows

YEAR = (date(2023, 1, 1), date(2023, 12, 31))
DESIGNS = {
    "simple": Design(), "counted": Design(must_mode="counted"), "bounded": Design(minimum=2, maximum=15),
    "pareto": Design(method="pareto"), "neyman": Design(allocation="neyman"),
    "all": Design("pareto", "neyman", 2, 15, "counted"),
}  # fmt: skip


@pytest.fixture
def town(store):
    """Sixty cases in four counties, checked, with findings of all levels and some must-review cases."""
    store.checked()
    for county, cases in {"甲县": 31, "乙县": 17, "丙区": 9, "丁县": 3}.items():
        for i in range(cases):
            case_id = store.case(f"{county}-{i:03}", county, superior_assigned="done" if i % 10 == 4 else None)
            for k in range(i % 4):
                store.finding(case_id, ("严重", "一般", "提示")[(i + k) % 3], k)
    return store


def listed(store, sample_id, by="random"):
    return {p.case_id for p in sample(store.db, sample_id).cases if p.picked_by == by}


def quotas(store, sample_id):
    return {line.stratum: line.quota for line in sample(store.db, sample_id).shares_now}


@pytest.mark.parametrize("design", DESIGNS.values(), ids=DESIGNS)
def test_a_sample_of_any_design_goes_through_all_changes_and_verifies(town, design):
    drawn = draw_sample(town.db, *YEAR, "0.2", "第2023123期", actor="甲", design=design)
    assert verify(town.db, drawn).differences == ()
    first = listed(town, drawn)
    more = enlarge(town.db, drawn, "0.35", "发现问题较多", "甲")
    assert first < listed(town, drawn) and {p.case_id for p in more.added} == listed(town, drawn) - first
    assert verify(town.db, drawn).differences == ()
    out = min(first & {t.case_id for t in frame_rows(town.db, drawn) if t.stratum == "甲县"})
    swapped = replace(town.db, drawn, out, "案卷已移送", "乙")
    assert out not in listed(town, drawn) | listed(town, drawn, "must")
    assert [(p.stratum, p.picked_by) for p in swapped.added] == [("甲县", "random")]
    assert [(r["case_id"], r["new_case_id"], r["reason"], r["changed_by"]) for r in replacement_rows(town.db, drawn)] == [
        (out, swapped.added[0].case_id, "案卷已移送", "乙")
    ]
    assert verify(town.db, drawn).differences == ()
    before = listed(town, drawn)
    for i in range(12):
        case_id = town.case(f"迟到-{i}", ("甲县", "乙县", "戊县")[i % 3], superior_assigned="done" if i == 5 else None)
        if i % 2:
            town.finding(case_id, "严重", 0)
    assert len(late_cases(town.db, drawn)) == 12
    add_late(town.db, drawn, "县里补报", "丙")
    after = listed(town, drawn)
    assert before <= after and late_cases(town.db, drawn) == []
    state = sample(town.db, drawn)
    assert len(state.cases) >= 0.35 * state.frame_now
    assert verify(town.db, drawn).differences == ()
    enlarge(town.db, drawn, "0.6", "再扩大", "甲")
    assert after < listed(town, drawn) and out not in listed(town, drawn)
    assert [c.kind for c in sample(town.db, drawn).changes] == ["enlarge", "replace", "late", "enlarge"]
    assert verify(town.db, drawn).differences == ()
    chances = [t.chance for t in frame_rows(town.db, drawn) if t.chance is not None]
    assert all(0 < p <= 1 for p in chances)
    assert sum(chances) == pytest.approx(len(listed(town, drawn)), rel=0.05)


def test_enlarging_is_what_a_larger_draw_by_the_same_seed_gives(town):
    drawn = draw_sample(town.db, *YEAR, "0.2", "种子")
    enlarge(town.db, drawn, "0.4", "扩大", "甲")
    large = draw_sample(town.db, *YEAR, "0.4", "种子")
    assert quotas(town, drawn) == quotas(town, large)
    assert listed(town, drawn) == listed(town, large)
    assert listed(town, drawn, "must") == listed(town, large, "must")
    assert {t.case_id: t.chance for t in frame_rows(town.db, drawn)} == {t.case_id: t.chance for t in frame_rows(town.db, large)}


def test_a_late_case_stands_where_its_own_ticket_puts_it(town):
    drawn = draw_sample(town.db, *YEAR, "0.2", "种子")
    before = {s: listed_in(town, drawn, s) for s in quotas(town, drawn)}
    last = max(t.ticket for t in frame_rows(town.db, drawn) if t.case_id in before["甲县"])
    cases = {town.case(f"迟到-{i}", "甲县"): f"迟到-{i}" for i in range(4)}
    add_late(town.db, drawn, "补报", "甲")
    tickets = {t.case_id: t.ticket for t in frame_rows(town.db, drawn)}
    joined = {case_id for case_id in cases if tickets[case_id] < last}
    got = listed_in(town, drawn, "甲县")
    assert before["甲县"] | joined <= got
    assert {s: listed_in(town, drawn, s) for s in before if s != "甲县"} == {s: v for s, v in before.items() if s != "甲县"}
    assert len(listed(town, drawn)) >= 0.2 * sample(town.db, drawn).frame_now


def listed_in(store, sample_id, stratum):
    return {p.case_id for p in sample(store.db, sample_id).cases if p.picked_by == "random" and p.stratum == stratum}


def test_chance_of_a_late_case_is_that_of_a_ticket_before_the_last_drawn_one(town):
    """Four of seventeen were drawn and 18 ask for no more: the late one is drawn as the first four of eighteen would be."""
    drawn = draw_sample(town.db, *YEAR, "0.2", "种子", counties=["乙县"])
    assert quotas(town, drawn) == {"乙县": 4}
    town.case("迟到", "乙县")
    add_late(town.db, drawn, "补报", "甲")
    frame = frame_rows(town.db, drawn)
    assert quotas(town, drawn)["乙县"] in (4, 5)
    late = next(t for t in frame if t.case_no == "迟到")
    assert late.chance == pytest.approx(4 / 18)
    assert {t.chance for t in frame if t.case_no != "迟到"} == {4 / 17}


def test_what_can_not_be_done_is_said(town):
    drawn = draw_sample(town.db, *YEAR, "0.2", "种子", actor="甲")
    must = next(iter(listed(town, drawn, "must")))
    picked = next(iter(listed(town, drawn)))
    for call, told in (
        (lambda: enlarge(town.db, drawn, "0.2", "扩大", "甲"), "不增加"),
        (lambda: replace(town.db, drawn, must, "案卷已移送", "甲"), "必查"),
        (lambda: replace(town.db, drawn, "c-x", "案卷已移送", "甲"), "不在名单"),
        (lambda: add_late(town.db, drawn, "补报", "甲"), "没有迟到"),
    ):
        with pytest.raises(SampleError, match=told):
            call()
    with pytest.raises(UsageError, match="原因"):
        replace(town.db, drawn, picked, " ", "甲")
    with pytest.raises(UsageError, match="姓名"):
        enlarge(town.db, drawn, "0.5", "扩大", "")
    assert sample(town.db, drawn).changes == ()


def test_a_stratum_that_is_wholly_drawn_has_nobody_to_take_a_place(town):
    drawn = draw_sample(town.db, *YEAR, "1", "种子")
    with pytest.raises(SampleError, match="都已抽中"):
        replace(town.db, drawn, min(listed(town, drawn)), "案卷已移送", "甲")


def test_the_next_ticket_may_be_a_must_review_case(town):
    drawn = draw_sample(town.db, *YEAR, "0.2", "种子")
    order = [t for t in frame_rows(town.db, drawn) if t.stratum == "甲县"]
    while True:
        rows = {r["case_id"]: r for r in sample_rows(town.db, drawn)}
        random = listed(town, drawn)
        out = next(t.case_id for t in order if t.case_id in random)
        following = next(t for t in order if t.case_id not in random and t.position > 1 and t.case_id not in outs(town, drawn))
        replace(town.db, drawn, out, "案卷已移送", "甲")
        if rows.get(following.case_id, {}).get("picked_by") == "must":
            break
    now_listed = {r["case_id"]: r for r in sample_rows(town.db, drawn)}
    assert now_listed[following.case_id]["picked_by"] == "random" and now_listed[following.case_id]["must_reason"] == "上级交办"
    assert verify(town.db, drawn).ok


def outs(store, sample_id):
    return {row["case_id"] for row in replacement_rows(store.db, sample_id)}


@pytest.mark.parametrize(
    ("tampering", "told"),
    [
        ("DELETE FROM sample_cases WHERE change_id = (SELECT max(change_id) FROM sample_cases)", "次变动后"),
        ("DELETE FROM sample_replacements", "没有留下替换记录"),
        ("UPDATE sample_cases SET ticket = 0.5 WHERE change_id IS NOT NULL", "变动后名单中登记"),
        ("UPDATE sample_frame SET chance = 0.5 WHERE stratum = '甲县'", "入选概率"),
        ("UPDATE frame_cases SET county = '乙县' WHERE case_no = '甲县-003'", "与冻结的抽样框不一致"),
        ("UPDATE frame_cases SET must = [] WHERE case_no = '甲县-004'", "必查原因"),
    ],
)
def test_tampering_with_changes_is_found(town, tampering, told):
    drawn = draw_sample(town.db, *YEAR, "0.2", "种子")
    enlarge(town.db, drawn, "0.4", "扩大", "甲")
    replace(town.db, drawn, min(listed(town, drawn)), "案卷已移送", "甲")
    with town.db.cursor() as cur:
        cur.execute(tampering)
    found = verify(town.db, drawn)
    assert not found.ok and any(told in sentence for sentence in found.differences), found.differences
