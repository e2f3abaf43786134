"""Units and posts. data/posts.csv: read by hand; source notice = facts of public notices with masked names, invented = made up."""

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.workbook.people import split_people
from review.workbook.posts import parse_post

ROWS = list(csv.DictReader((Path(__file__).parent / "data" / "posts.csv").open(encoding="utf-8")))
NOTICES = [r for r in ROWS if r["source"] == "notice"]
TIERS = {"province", "city", "county", "township", "village", "enterprise", "other", "unknown"}
ROLES = {"head", "deputy", "board", "middle", "staff", "village_cadre", "organization", "unknown"}


def _apart(row):
    return parse_post(unit=row["unit"], post=row["post"], county=row["county"] or None)


def _combined(row):
    return parse_post(unit_post=row["unit"] + row["post"], county=row["county"] or None)


def _bracketed(row):
    (person,) = split_people(f"张某某（{row['unit']}{row['post']}），党内警告").people
    return parse_post(unit_post=person.unit_post, county=row["county"] or None)


@pytest.mark.parametrize("layout", [_apart, _combined, _bracketed])
@pytest.mark.parametrize("rows", [NOTICES, ROWS], ids=["notices", "all"])
def test_tier_and_role_of_hand_read_posts(layout, rows):
    if layout is not _apart:
        rows = [r for r in rows if r["post"]]
    wrong = [r["unit"] + "|" + r["post"] for r in rows if (layout(r).tier, layout(r).role) != (r["tier"], r["role"])]
    assert 1 - len(wrong) / len(rows) >= 0.97, wrong


@pytest.mark.parametrize("layout", [_apart, _combined])
def test_without_a_county_column_most_is_still_told(layout):
    rows = [r | {"county": ""} for r in NOTICES]
    right = sum((layout(r).tier, layout(r).role) == (r["tier"], r["role"]) for r in rows)
    assert right / len(rows) >= 0.95


def test_no_text_is_unknown_and_never_a_guess():
    for cells in ({}, {"unit": "/", "post": "—"}, {"name": "张某"}, {"county": "莒县"}):
        post = parse_post(**cells)
        assert (post.tier, post.role, post.is_deputy_post, post.rank, post.unit_key) == ("unknown", "unknown", None, None, None)


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"name": "张某某", "unit": "县财政局"}, "person"),
        ({"name": "李和平"}, "person"),
        ({"name": "县林业局党组"}, "organization"),
        ({"name": "中共莒县刘官庄镇委员会"}, "organization"),
        ({"name": "县委"}, "organization"),
        ({"name": "三山村党支部"}, "organization"),
        ({"unit": "路北街道三山村村委会", "post": "三山村村委会"}, "organization"),
        ({"unit_post": "木里县委木里县委"}, "organization"),
        ({"unit_post": "凉山州分管领导"}, "person"),
        ({"unit": "仙游县乡镇", "post": "经办人员7人"}, "person"),
        ({"object_type": "党组织", "name": "某镇"}, "organization"),
        ({"object_type": "党的领导干部", "name": "某镇"}, "person"),
        ({"object_type": "领导干部/党组织", "name": "张某"}, "person"),
        ({}, "unknown"),
    ],
)
def test_person_or_organization(cells, kind):
    post = parse_post(**cells)
    assert post.kind == kind
    assert (post.role == "organization") == (kind == "organization")


def _key(**cells):
    return parse_post(**cells).unit_key


def test_one_unit_has_one_key():
    bureau = {
        _key(unit="旬阳县国土资源局", post="党组书记、局长"),
        _key(unit="旬阳县国土资源局", post="党组成员"),
        _key(unit="旬阳县国土资源局党组", post="副书记"),
        _key(unit="县国土资源局", post="副局长", county="旬阳县"),
        _key(unit_post="旬阳县国土资源局党组成员、副局长", county="旬阳县"),
        _key(name="县国土资源局党组", county="旬阳县"),
    }
    assert bureau == {"旬阳县国土资源局"}
    town = {
        _key(unit="莒县刘官庄镇", post="镇长", county="莒县"),
        _key(unit="刘官庄镇", post="副镇长", county="莒县"),
        _key(unit="刘官庄镇人民政府", post="党委委员、副镇长", county="莒县"),
    }
    assert town == {"莒县刘官庄镇政府"}


def test_committee_and_government_are_two_units_of_one_place():
    committee = parse_post(unit="攸县县委", post="书记")
    government = parse_post(unit="攸县人民政府", post="副县长")
    assert committee.unit_key != government.unit_key
    assert committee.place_key == government.place_key == "攸县"
    secretary = parse_post(unit="小辛庄乡", post="党委书记", county="辛集市")
    chief = parse_post(unit="小辛庄乡", post="乡长", county="辛集市")
    assert secretary.unit_key != chief.unit_key
    assert secretary.place_key == chief.place_key == "辛集市小辛庄乡"


def test_organization_and_its_secretary_share_the_village():
    branch = parse_post(unit="路北街道三山村党支部", post="三山村党支部", county="路桥区")
    secretary = parse_post(unit="路北街道三山村", post="党支部书记", county="路桥区")
    assert branch.unit_key == secretary.unit_key


@pytest.mark.parametrize(
    ("post", "role", "deputy", "acting"),
    [
        ("局长", "head", False, False),
        ("副局长", "deputy", True, False),
        ("党组副书记", "board", True, False),
        ("党组成员", "board", False, False),
        ("副局长（主持工作）", "head", True, True),
        ("代局长", "head", False, True),
        ("主持工作的副局长", "head", True, True),
        ("办公室副主任", "middle", False, False),
        ("党组成员、副局长（挂职）", "deputy", True, False),
        ("副局长（分管财务）", "deputy", True, False),
        ("副局长（代管办公室）", "deputy", True, False),
    ],
)
def test_deputies_and_acting_heads(post, role, deputy, acting):
    parsed = parse_post(unit="莒县财政局", post=post)
    assert (parsed.role, parsed.is_deputy_post, parsed.acting_head) == (role, deputy, acting)


def test_the_post_at_the_time_counts():
    assert parse_post(unit="县财政局", post="副局长", post_now="县审计局局长", county="莒县").role == "deputy"
    assert parse_post(unit="县财政局", post_now="局长", county="莒县").role == "head"
    then = parse_post(unit_post="县政协副主席（时任刘官庄镇镇长）", county="莒县")
    assert (then.tier, then.role) == ("township", "head")
    assert parse_post(unit_post="现任县政协副主席，时任刘官庄镇副镇长", county="莒县").tier == "township"


@pytest.mark.parametrize(
    ("cells", "code", "order"),
    [
        ({"unit": "莒县财政局", "post": "局长"}, "township_head", 50),
        ({"unit": "莒县财政局", "post": "副局长"}, "township_deputy", 40),
        ({"unit": "莒县政府", "post": "县长"}, "county_head", 70),
        ({"unit": "莒县刘官庄镇", "post": "副镇长"}, "township_deputy", 40),
        ({"unit": "庆阳市教育局", "post": "局长"}, "county_head", 70),
        ({"unit": "莒县财政局", "post": "党组成员"}, None, None),
        ({"unit": "莒县财政局", "post": "办公室主任"}, None, None),
        ({"unit": "上海市普陀区民政局", "post": "局长"}, None, None),
        ({"unit": "杭州市教育局", "post": "局长"}, None, None),
        ({"unit": "莒县财政局", "post": "科员", "rank": "一级科员"}, "clerk_1", 21),
        ({"unit": "莒县财政局", "post": "干部", "rank": "一级主任科员"}, "chief_clerk_1", 33),
        ({"unit": "莒县财政局", "post": "副局长", "rank": "四级调研员"}, "township_deputy", 40),
        ({"unit": "莒县财政局", "post": "干部", "rank": "正科级"}, "township_head", 50),
        ({"unit": "莒县财政局", "post": "副局长", "rank": "乡科级正职"}, "township_head", 50),
        ({"rank": "副县级"}, "county_deputy", 60),
        ({"unit": "同心村", "post": "党支部书记"}, "village_cadre", 5),
    ],
)
def test_rank_is_read_or_inferred_only_where_certain(cells, code, order):
    post = parse_post(**cells)
    assert (post.rank, post.rank_order) == (code, order)


def test_a_combined_text_is_divided():
    post = parse_post(unit_post="雨花区雨花亭街道党工委书记")
    assert (post.unit, post.post) == ("雨花区雨花亭街道", "党工委书记")
    post = parse_post(unit_post="柳江区政协副主席（原副县长分管林业）")
    assert post.unit == "柳江区政协"
    assert parse_post(unit="柳江区政协 ", post="副主席（原副县长）").post == "副主席（原副县长）"


def test_a_bare_city_is_prefecture_level_unless_the_county_column_says_otherwise():
    assert parse_post(unit="市教育局", post="局长").tier == "city"
    assert parse_post(unit="市教育局", post="局长", county="莒县").tier == "city"
    assert parse_post(unit="市教育局", post="局长", county="贵溪市").tier == "county"


text = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.text(alphabet="县市区镇乡村街道党委政府局长书记副主任原时任代（）、，兼驻某包公司办所站科员一·×/- \n", max_size=30),
)


@given(text, text, text, text, text, text, text, text)
def test_any_text_is_read_without_a_crash(unit, post, unit_post, post_now, rank, name, object_type, county):
    parsed = parse_post(unit, post, unit_post, post_now, rank, name, object_type, county)
    assert parsed.tier in TIERS
    assert parsed.role in ROLES
    assert parsed.kind in {"person", "organization", "unknown"}
    assert (parsed.rank is None) == (parsed.rank_order is None)
    assert parsed == parse_post(unit, post, unit_post, post_now, rank, name, object_type, county)


@given(st.sampled_from(ROWS), st.sampled_from(["", " ", "　", "\u200b"]))
def test_white_space_and_full_width_signs_change_nothing(row, gap):
    spread = gap.join(row["unit"]), gap.join(row["post"].replace("(", "（").replace(")", "）"))
    parsed = parse_post(unit=spread[0], post=spread[1], county=row["county"] or None)
    assert (parsed.tier, parsed.role) == (_apart(row).tier, _apart(row).role)


def test_a_hundred_thousand_posts_take_seconds_not_minutes():
    cells = [(f"{a}{b}{row['unit']}", row["post"]) for row in ROWS[:100] for a, b in zip("东西南北中", "山水田林湖", strict=True)]
    started = time.process_time()
    for unit, post in cells:
        parse_post(unit=unit, post=post)
    assert (time.process_time() - started) / len(cells) < 0.002


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"unit_post": "甲县教育局，党组书记、局长"}, ("甲县教育局", "党组书记、局长", "甲县教育局", "county", "head")),
        ({"unit_post": "平利县长安镇中坝村，党支部副书记"}, ("平利县长安镇中坝村", "党支部副书记", "中坝村", "village", "village_cadre")),
        ({"unit_post": "某县某镇党委书记，县政协副主席"}, (None, None, None, "county", "deputy")),
    ],
)
def test_comma_between_unit_and_post(given, expected):
    found = parse_post(**given)
    seen = (found.unit, found.post, found.unit_key, found.tier, found.role)
    assert all(want is None or want == got for want, got in zip(expected, seen, strict=True)), seen


def test_a_place_whose_name_begins_with_a_long_sign_is_no_post():
    found = parse_post(unit="星桥区长江路街道党工委", name="星桥区长江路街道党工委")
    assert (found.kind, found.tier) == ("organization", "township")
    assert parse_post(unit_post="星桥区区长", county="星桥区").role == "head"
    assert parse_post(unit_post="新禾镇镇长兼某村书记", county="星桥区").role == "head"


def test_a_village_is_one_unit_however_its_secretary_is_written():
    apart = parse_post(unit="青禾县新禾镇新塘村", post="党支部书记", county="青禾县")
    joined = parse_post(unit_post="青禾县新禾镇新塘村党支部书记", county="青禾县")
    assert apart.unit_key == joined.unit_key is not None


def test_an_office_that_supervises_a_trade_is_not_in_it():
    found = parse_post(unit="十堰市燃气热力管理办公室", post="副主任")
    assert found.tier == "city"


def test_a_town_called_market_is_no_city():
    found = parse_post(unit_post="毛市镇防汛指挥部负责人、镇党委委员、副镇长", county="监利县")
    assert (found.unit_key, found.tier, found.role) == ("监利县毛市镇政府", "township", "deputy")
    assert parse_post(unit_post="甲市乡村振兴局局长").unit_key == "甲市乡村振兴局"


@pytest.mark.parametrize("text", ["甲县应急管理局时任党委成员、副局长", "甲县应急管理局原党组成员", "甲县应急管理局时任党委书记"])
def test_the_time_word_belongs_to_the_post(text):
    found = parse_post(unit_post=text)
    assert found.unit == "甲县应急管理局"
    assert found.unit + found.post == text
