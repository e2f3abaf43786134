"""Units under one spelling, the post held today, and posts whose worth the name of the unit doesn't tell."""

import pytest

from review.workbook.posts import parse_post

HOME = "青禾县"


@pytest.mark.parametrize(
    ("unit", "key"),
    [
        ("原县住建局", "青禾县住建局"),
        ("原青禾县水利局", "青禾县水利局"),
        ("原水利局", "青禾县水利局"),
        ("青禾县原国土资源局", "青禾县国土资源局"),
        ("县原国土资源局", "青禾县国土资源局"),
        ("平原县水利局", "平原县水利局"),
        ("原阳县水利局", "原阳县水利局"),
    ],
)
def test_a_former_unit_has_the_key_of_its_name(unit, key):
    apart = parse_post(unit=unit, post="局长", county=HOME)
    joined = parse_post(unit_post=f"{unit}局长", county=HOME)
    assert apart.unit_key == joined.unit_key == key
    assert apart.unit == unit


def test_a_former_town_is_that_town():
    assert parse_post(unit_post="原红土乡乡长", county=HOME).unit_key == parse_post(unit_post="红土乡乡长", county=HOME).unit_key


@pytest.mark.parametrize("text", ["街道办主任", "镇政府镇长", "乡党委书记"])
def test_a_town_without_a_name_is_not_taken_for_the_county(text):
    post = parse_post(unit_post=text, county=HOME)
    assert (post.tier, post.unit_key, post.place_key) == ("township", None, None)


@pytest.mark.parametrize("text", ["和平街道办主任", "和平街道办事处主任", "和平街道主任"])
def test_a_street_office_has_one_key(text):
    assert parse_post(unit_post=text, county=HOME).unit_key == "青禾县和平街道政府"


@pytest.mark.parametrize(
    ("text", "now", "unit_key"),
    [
        ("时任县水利局局长，现任县政协副主席", "县政协副主席", "青禾县水利局"),
        ("县水利局局长（现任县政协副主席）", "县政协副主席", "青禾县水利局"),
        ("县水利局原局长，现县人大常委会副主任", "县人大常委会副主任", "青禾县水利局"),
        ("县水利局局长（已退休）", "已退休", "青禾县水利局"),
        ("现任红土镇镇长，时任县水利局局长", "红土镇镇长", "青禾县水利局"),
        ("县水利局局长，后任县政协副主席", "县政协副主席", "青禾县水利局"),
        ("县水利局局长（已调任县林业局局长）", "县林业局局长", "青禾县水利局"),
        ("县水利局四级调研员（原局长）", None, "青禾县水利局"),
        ("前县水利局局长", None, "青禾县水利局"),
        ("县水利局前局长", None, "青禾县水利局"),
        ("县水利局局长", None, "青禾县水利局"),
        ("县现代农业园区管委会主任", None, "青禾县现代农业园区政府"),
    ],
)
def test_the_post_held_today_is_told_apart(text, now, unit_key):
    post = parse_post(unit_post=text, county=HOME)
    assert (post.post_now, post.unit_key) == (now, unit_key)


@pytest.mark.parametrize("zone", ["青禾县经济开发区", "青禾高新区", "青禾县工业园区", "青禾县产业集聚区"])
def test_the_rank_of_a_zone_is_not_told_by_its_name(zone):
    post = parse_post(unit_post=f"{zone}管委会主任", county=HOME)
    assert (post.tier, post.role, post.rank, post.unit_key) == ("county", "head", None, f"{zone}政府")
    assert parse_post(unit=f"{zone}管委会", post="主任", county=HOME, rank="乡科级正职").rank == "township_head"
    assert parse_post(unit_post=f"{zone}经济发展局局长", county=HOME).rank is None


@pytest.mark.parametrize("center", ["疾控中心", "国资中心", "政务服务中心", "融媒体中心", "水利服务中心", "不动产登记中心"])
def test_a_center_is_a_unit_or_a_part_of_one(center):
    for place in ("县", "青禾县"):
        head = parse_post(unit_post=f"{place}{center}主任", county=HOME)
        assert (head.role, head.rank, head.unit_key) == ("head", None, f"青禾县{center}")
    assert parse_post(unit=f"县{center}", post="副主任", county=HOME).role == "deputy"
    assert parse_post(unit="县卫健局", post=f"{center}主任", county=HOME).role == "middle"
    assert parse_post(unit_post=f"县卫健局{center}主任", county=HOME).role == "middle"
    assert parse_post(unit_post=f"县{center}办公室主任", county=HOME).role == "middle"
    assert parse_post(unit_post=f"红土镇{center}主任", county=HOME).role == "middle"
    assert parse_post(unit_post=f"{center}主任", county=HOME).role == "unknown"


@pytest.mark.parametrize(
    ("text", "key", "role", "rank"),
    [
        ("县政府党组成员、副县长，县公安局党委书记、局长", "青禾县政府", "deputy", "county_deputy"),
        ("副县长、县公安局局长", "青禾县政府", "deputy", "county_deputy"),
        ("县人大常委会副主任", "青禾县人大", "deputy", "county_deputy"),
        ("县经开区党工委委员、管委会副主任", "青禾县经开区政府", "deputy", None),
        ("党组书记、局长", None, "head", None),
        ("医务科科长", None, "middle", None),
        ("驻红土村第一书记", None, "staff", None),
    ],
)
def test_which_body_a_post_belongs_to(text, key, role, rank):
    post = parse_post(unit_post=text, county=HOME)
    assert (post.unit_key, post.role, post.rank) == (key, role, rank)
