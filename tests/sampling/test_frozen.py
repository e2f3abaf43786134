"""Frozen frames: kept as they were, confirmed once, compared with today; the draw of the database against the one in plain Python."""

from datetime import date, datetime

import pytest

from review.errors import SampleError, UsageError
from review.sampling.design import Design
from review.sampling.draw import draw, draw_plan, frame_rows, left_out_rows, plans_of, register, sample, samples, verify
from review.sampling.frame import build_frame
from review.sampling.frozen import confirm, differences, freeze, frozen, frozen_cases, frozen_hash, frozen_left_out
from review.sampling.must_review import DEFAULT_RULES
from review.store.database import Database

YEAR = (date(2023, 1, 1), date(2023, 12, 31))
DESIGNS = (Design(), Design(must_mode="counted"), Design("pareto", maximum=9), Design("pareto", "neyman", 2, None, "counted"))


@pytest.fixture
def town(store):
    store.checked()
    for county, cases in {"甲县": 23, "乙县": 11, None: 4}.items():
        for i in range(cases):
            case_id = store.case(
                f"{county}-{i:03}", county, admin_level="city" if county is None else "county", domain=("扶贫", "环保", None)[i % 3],
                public_opinion="done" if i % 6 == 1 else None,
            )  # fmt: skip
            for k in range(i % 4):
                store.finding(case_id, ("严重", "一般", "提示")[(i + k) % 3], k)
    store.case("无日期", closed=None, closed_on_precision=None)
    return store


def freeze_today(db, name="2023年评查", confirmed=True, **scope):
    frame_id = freeze(db, build_frame(db, *YEAR, **scope), name, "张三", scope.get("exclusions"))
    if confirmed:
        confirm(db, frame_id, "李四")
    return frame_id


def test_a_frame_is_kept_as_it_was(town):
    left = "c-甲县-甲县-003"
    frame_id = freeze_today(town.db, confirmed=False, exclusions={left: "正在申诉"})
    found = frozen(town.db, frame_id)
    assert (found.name, found.created_by, found.size, found.undated_count, found.excluded_count) == ("2023年评查", "张三", 37, 1, 1)
    assert (found.confirmed_at, found.scope["exclusions"]) == (None, {left: "正在申诉"})
    entries = frozen_cases(town.db, frame_id)
    assert entries == list(build_frame(town.db, *YEAR, exclusions={left: "正在申诉"}).entries)
    assert frozen_hash(reversed(entries)) == found.hash
    assert [(x.kind, x.reason) for x in frozen_left_out(town.db, frame_id)][1] == ("excluded", "正在申诉")
    confirm(town.db, frame_id, "李四")
    assert frozen(town.db, frame_id).confirmed_by == "李四"
    with pytest.raises(SampleError, match="李四"):
        confirm(town.db, frame_id, "王五")
    assert differences(town.db, frozen(town.db, frame_id)) == []
    version = town.db.data_version()
    assert freeze_today(town.db, confirmed=False, exclusions={left: "正在申诉"}) == frame_id and town.db.data_version() == version


def test_drawing_uses_the_frozen_frame_and_says_how_today_differs(town):
    frame_id = freeze_today(town.db)
    with town.db.cursor() as cur:
        cur.execute("DELETE FROM cases WHERE case_no = '甲县-001'")
        cur.execute("UPDATE cases SET domain = '财政' WHERE case_no = '甲县-002'")
    town.case("迟到", "乙县")
    told = {d.case_no: (d.what, d.words) for d in differences(town.db, frozen(town.db, frame_id))}
    assert {no: what for no, (what, _) in told.items()} == {"甲县-001": "left", "甲县-002": "changed", "迟到": "joined"}
    assert told["甲县-002"][1] == "有改动：领域"
    drawn = draw_plan(town.db, register(town.db, frame_id, "0.3", "种子", actor="张三"), "张三")
    frame = frame_rows(town.db, drawn)
    assert len(frame) == 37 + 1 and "迟到" not in {t.case_no for t in frame} and "甲县-001" in {t.case_no for t in frame}
    assert verify(town.db, drawn).ok


@pytest.mark.parametrize("by", ["county", "county+domain", "finding", "level+band"])
@pytest.mark.parametrize("design", DESIGNS, ids=range(len(DESIGNS)))
def test_the_database_draws_what_plain_python_draws(town, by, design):
    rules = (*DEFAULT_RULES, "village")
    frame_id = freeze_today(town.db)
    stored = sample(town.db, draw_plan(town.db, register(town.db, frame_id, "25%", "第2023123期", by, rules, design, "甲"), "甲"))
    plain = draw(build_frame(town.db, *YEAR, by=by), "第2023123期", "25%", must_rules=rules, design=design)
    assert set(stored.cases) == set(plain.picks)
    assert stored.allocation == plain.allocation
    assert set(frame_rows(town.db, stored.sample_id)) == set(plain.tickets)
    assert (stored.frame_hash, stored.must_rules) == (plain.frame.hash, plain.must_rules)


def test_each_time_is_on_record_in_its_order(town):
    frame_id = freeze_today(town.db)
    first = register(town.db, frame_id, "0.2", "种子一", actor="张三", seed_source="dice")
    second = register(town.db, frame_id, "0.2", "种子二", actor="张三")
    assert register(town.db, frame_id, "20%", "种子一", actor="李四") == first
    assert {p.plan_id: p.entered_by for p in plans_of(town.db, frame_id)} == {first: "张三", second: "张三"}
    drawn = sample(town.db, draw_plan(town.db, first, "王五"))
    found = frozen(town.db, frame_id)
    assert found.created_at < found.confirmed_at < drawn.seed_entered_at < drawn.created_at
    assert (drawn.frame_id, drawn.seed_entered_by, drawn.created_by) == (frame_id, "张三", "王五")
    assert [x.case_no for x in left_out_rows(town.db, drawn.sample_id)] == ["无日期"]
    assert samples(town.db)[0]["frame_name"] == "2023年评查"


def test_nothing_is_registered_before_the_confirmation_or_without_what_it_needs(town):
    frame_id = freeze_today(town.db, confirmed=False)
    with pytest.raises(SampleError, match="还没有人确认"):
        register(town.db, frame_id, "0.2", "种子")
    confirm(town.db, frame_id, "李四")
    for wrong in ({"seed": " "}, {"ratio": "0.1"}, {"by": "姓名"}, {"seed_source": "梦"}, {"design": Design(maximum=1)}):
        with pytest.raises(SampleError):
            register(town.db, **{"frame_id": frame_id, "ratio": "0.2", "seed": "种子"} | wrong)
    with pytest.raises(UsageError):
        freeze(town.db, build_frame(town.db, *YEAR), " ", "张三")
    for words in ({"method": "抓阄"}, {"minimum": 0}, {"minimum": 5, "maximum": 4}):
        with pytest.raises(SampleError):
            Design(**words)


def test_unchecked_cases_can_not_be_weighed(store):
    for i in range(10):
        store.case(str(i))
    frame_id = freeze_today(store.db)
    assert {e.finding_level for e in frozen_cases(store.db, frame_id)} == {None}
    assert {e.stratum for e in frozen_cases(store.db, frame_id, ("finding",))} == {"未检查"}
    for design in (Design("pareto"), Design(allocation="neyman")):
        with pytest.raises(SampleError, match="10 件"):
            register(store.db, frame_id, "0.2", "种子", design=design)


def test_findings_that_were_dismissed_or_are_open_weigh_nothing(store):
    store.checked()
    dismissed, open_, clean, both = (store.case(no) for no in ("否", "待", "无", "二"))
    wrong = store.finding(dismissed, "严重", 0)
    store.finding(open_, "严重", 0, verdict="undetermined")
    store.finding(both, "提示", 0)
    store.finding(both, "一般", 1)
    with store.db.cursor() as cur:
        cur.execute(
            "INSERT INTO decisions VALUES ($f, 'dismissed', '已核', '甲', $at, 'R01', NULL, NULL, '疑似', '{}', 'x')",
            {"f": wrong, "at": datetime(2024, 1, 3)},
        )
    found = {e.case_no: (e.finding_level, e.findings) for e in build_frame(store.db, *YEAR).entries}
    assert found == {"否": ("无", 0), "待": ("无", 0), "无": ("无", 0), "二": ("一般", 2)}


def test_problems_of_the_last_round_that_stand_put_a_case_on_the_list(store):
    store.checked()
    for no in ("a", "b", "c", "d"):
        store.case(no, "甲县", handling_unit="甲县纪委监委" if no in "ab" else "乙县纪委监委")
    line = {"import_id": 1, "sheet": "全部", "row": 2, "county": "甲县", "problem": "只写领导责任"}
    store._insert("earlier_issues", line | {"case_no": "a", "status": "not_rectified"})
    store._insert("earlier_issues", line | {"case_no": "b", "status": "closed"})
    store._insert("earlier_issues", line | {"case_title": "c案", "status": "rectifying"})
    store._insert("earlier_issues", line | {"case_no": "d", "status": "not_rectified", "conclusion": "dismissed"})
    store._insert("earlier_issues", line | {"case_no": "x", "status": "not_rectified", "handling_unit": "甲县纪委监委"})
    must = {e.case_no: e.must for e in build_frame(store.db, *YEAR).entries}
    assert must == {"a": ("earlier_unrectified", "earlier_unit"), "b": ("earlier_unit",), "c": ("earlier_unrectified",), "d": ()}


def test_samples_of_the_earlier_program_are_read_with_their_chances(tmp_path, monkeypatch):
    """A database as the migrations before 006 leave it, with a sample; opened by this program."""
    from review.store import database

    old = tmp_path / "old"
    old.mkdir()
    for file in sorted(database.MIGRATIONS.glob("00[1-5]_*.sql")):
        (old / file.name).write_bytes(file.read_bytes())
    new = database.MIGRATIONS
    monkeypatch.setattr(database, "MIGRATIONS", old)
    db = Database(tmp_path / "review.duckdb")
    allocation = '[{"stratum": "甲县", "cases": 5, "quota": 1, "random": 1, "must": 1}]'
    scope = '{"levels": ["city", "county"], "counties": null, "undated": "apart", "exclusions": {}, "outside": 0, "unknown_level": 0}'
    entries = [(f"c{i}", f"案{i}") for i in range(5)]
    from review.sampling.frame import frame_hash
    from review.sampling.selection import ticket

    order = sorted((ticket("种子", no), no, case_id) for case_id, no in entries)
    with db.cursor() as cur:
        cur.execute(
            "INSERT INTO samples VALUES ('s1', $at, '甲', '种子', '0.2', $a, $b, 'county', 'permanent-random-numbers-1', 5, $h, 0, $s,"
            " '[]', $l)",
            {"at": datetime(2024, 1, 1), "a": YEAR[0], "b": YEAR[1], "h": frame_hash((no, "甲县") for _, no in entries), "s": scope,
             "l": allocation},
        )  # fmt: skip
        for position, (u, no, case_id) in enumerate(order, 1):
            cur.execute("INSERT INTO sample_frame VALUES ('s1', ?, ?, '甲县', ?)", [case_id, no, u])
            if position in (1, 4):
                picked = ("random", None) if position == 1 else ("must", "舆情")
                cur.execute("INSERT INTO sample_cases VALUES ('s1', ?, ?, '甲县', ?, ?, ?, ?)", [case_id, no, u, position, *picked])
    db.close()
    monkeypatch.setattr(database, "MIGRATIONS", new)
    db = Database(tmp_path / "review.duckdb")
    stored = sample(db, "s1")
    assert (stored.frame_id, stored.seed_entered_at, stored.design) == (None, None, Design())
    assert [(p.position, p.picked_by, p.chance) for p in stored.cases] == [(1, "random", 0.2), (4, "must", 0.2)]
    assert verify(db, "s1").differences == ()
    db.close()
