"""Indicators against published figures: ledgers are made with the published counts, loaded, and must give the published shares."""

import io
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.comparison import indicators
from review.comparison.indicators import Share
from review.store.database import Database, open_database
from review.workbook.load import load_file
from review.workbook.reading import LedgerChoices

HEADER = ["县区", "案件编号", "案件名称", "领域", "姓名", "单位及职务", "职级", "问责方式"]
TOWN, BUREAU = "甲县青山镇", "甲县财政局"


def loaded(path: Path, *groups: tuple[int, dict]) -> Database:
    """A database with so many people of each group, each in a case of their own; a group gives cells by header."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append(HEADER)
    number = 0
    for count, cells in groups:
        for _ in range(count):
            number += 1
            row = {"县区": "甲县", "案件编号": f"A{number:04d}", "案件名称": f"案件{number}", "姓名": "张三"} | cells
            sheet.append([row.get(name) for name in HEADER])
    out = io.BytesIO()
    book.save(out)
    db = open_database(path / "indicators.duckdb")
    load_file(db, out.getvalue(), "台账.xlsx", LedgerChoices(complete="yes"), "test")
    return db


def percents(groups: dict[str, Share], digits: int = 1) -> list[Decimal]:
    return [share.percent(digits) for share in groups.values()]


def test_ranks_as_published_by_pingxiang(tmp_path):
    """萍乡: 县处级 6 %, 乡科级 39.3 %, 其他 54.7 %."""
    db = loaded(
        tmp_path,
        (60, {"单位及职务": "甲县人民政府副县长", "职级": "县处级副职", "问责方式": "诫勉"}),
        (393, {"单位及职务": f"{BUREAU}局长", "职级": "乡科级正职", "问责方式": "诫勉"}),
        (547, {"单位及职务": f"{TOWN}东村党支部书记", "问责方式": "诫勉"}),
    )
    groups = indicators.rank_groups(db)
    assert percents(groups) == [Decimal("6.0"), Decimal("39.3"), Decimal("54.7")]
    assert sum(share.part for share in groups.values()) == 1000
    assert {share.unknown for share in groups.values()} == {0}


def test_village_cadres_as_published_by_taizhou(tmp_path):
    """泰州: 390 of 724 people are village cadres; 390 and 2249 of all village cadres are 3.20 % and 18.45 %."""
    db = loaded(
        tmp_path,
        (390, {"单位及职务": f"{TOWN}东村村委会主任", "问责方式": "党内警告"}),
        (334, {"单位及职务": f"{BUREAU}副局长", "问责方式": "诫勉"}),
    )
    villages = indicators.village_cadres(db)
    assert (villages.part, villages.known, villages.percent()) == (390, 724, Decimal("53.9"))
    everybody = 12_190
    assert Share(390, everybody).percent(2) == Decimal("3.20")
    assert Share(2249, everybody).percent(2) == Decimal("18.45")


def test_heads_as_published_by_guizhou(tmp_path):
    """贵州: 44 heads among 162 people held accountable for poverty relief; other fields do not count in."""
    db = loaded(
        tmp_path,
        (44, {"领域": "脱贫攻坚", "单位及职务": f"{BUREAU}局长", "问责方式": "诫勉"}),
        (118, {"领域": "脱贫攻坚", "单位及职务": f"{BUREAU}副局长", "问责方式": "诫勉"}),
        (30, {"领域": "教育", "单位及职务": "甲县教育局局长", "问责方式": "诫勉"}),
    )
    share = indicators.heads(db, domain="脱贫攻坚")
    assert (share.part, share.known, share.unknown, share.percent(2)) == (44, 162, 0, Decimal("27.16"))
    assert indicators.heads(db).known == 192
    assert indicators.persons_per_case(db) == 1


def test_sanctions_as_published_by_guizhou(tmp_path):
    """贵州: 106 of 492 people received a 党纪处分."""
    db = loaded(
        tmp_path,
        (106, {"单位及职务": f"{BUREAU}副局长", "问责方式": "党内警告、诫勉"}),
        (386, {"单位及职务": f"{BUREAU}副局长", "问责方式": "通报"}),
    )
    share = indicators.disciplined(db)
    assert (share.part, share.known, share.percent()) == (106, 492, Decimal("21.5"))


def test_forms_as_published_by_anqing(tmp_path):
    """安庆: 663 + 262 + 35 + 45 = 1005; printed as 66, 26, 3.5 and 4.5 %."""
    db = loaded(
        tmp_path,
        (663, {"单位及职务": f"{BUREAU}副局长", "问责方式": "批评教育"}),
        (262, {"单位及职务": f"{BUREAU}副局长", "问责方式": "党内警告"}),
        (35, {"单位及职务": f"{BUREAU}副局长", "问责方式": "撤销党内职务"}),
        (45, {"单位及职务": f"{BUREAU}副局长", "问责方式": "开除党籍、移送司法机关"}),
    )
    forms = indicators.four_forms(db)
    assert [share.part for share in forms.values()] == [663, 262, 35, 45]
    assert {share.known for share in forms.values()} == {1005}
    assert percents(forms, 2) == [Decimal("65.97"), Decimal("26.07"), Decimal("3.48"), Decimal("4.48")]


def test_sanctioned_people_as_published_by_anqing(tmp_path):
    """安庆: 5 + 46 + 283 = 334 people; 315 party and 40 administrative sanctions, so 21 people have both."""
    office = {"县处级副职": "甲县人民政府副县长", "乡科级正职": f"{BUREAU}局长", None: f"{TOWN}东村党支部书记"}
    db = loaded(
        tmp_path,
        *(
            (n, {"单位及职务": office[rank], "职级": rank, "问责方式": measures})
            for rank, n, measures in (
                ("县处级副职", 5, "党内警告、政务警告"),
                ("乡科级正职", 16, "党内警告、政务警告"),
                ("乡科级正职", 30, "党内警告"),
                (None, 264, "党内警告"),
                (None, 19, "政务警告"),
            )
        ),
        (20, {"单位及职务": f"{BUREAU}副局长", "问责方式": "诫勉"}),
    )
    groups = indicators.rank_groups(db, sanctioned=True)
    assert [share.part for share in groups.values()] == [5, 46, 283]
    assert indicators.sanction_tracks(db) == {"people": 334, "party": 315, "administrative": 40, "both": 21}


def test_what_is_not_known_is_counted_and_not_guessed(tmp_path):
    db = loaded(
        tmp_path,
        (3, {"单位及职务": f"{BUREAU}局长", "问责方式": "诫勉"}),
        (2, {"单位及职务": None, "问责方式": None}),
        (4, {"单位及职务": f"{BUREAU}局长", "问责方式": "免予问责"}),
        (1, {"姓名": "甲县财政局党组", "问责方式": "通报"}),
    )
    assert indicators.heads(db) == Share(3, 3, 2)
    assert indicators.disciplined(db) == Share(0, 3, 2)
    assert {share.unknown for share in indicators.four_forms(db).values()} == {2}
    assert indicators.heads(db, county="无此县") == Share(0, 0, 0)
    assert indicators.heads(db, county="无此县").share is None
    assert indicators.persons_per_case(db, county="无此县") is None


def test_persons_per_problem_as_published_by_chuxiong():
    """楚雄: 144 people for 97 problems."""
    assert indicators.rounded(Fraction(144, 97), 2) == Decimal("1.48")


@pytest.mark.parametrize("counts", [{"第一种": 1487, "第二种": 494, "第三种": 70, "第四种": 74}])
def test_shares_of_a_closed_sum(counts):
    """全国 2021: 148.7, 49.4, 7 and 7.4 万."""
    assert percents(indicators.shares(counts)) == [Decimal("70.0"), Decimal("23.2"), Decimal("3.3"), Decimal("3.5")]


@given(st.dictionaries(st.text(min_size=1), st.integers(0, 10**9), min_size=1))
def test_shares_make_up_the_whole(counts):
    found = indicators.shares(counts)
    assert sum(share.part for share in found.values()) == sum(counts.values())
    if any(counts.values()):
        assert sum(share.share for share in found.values()) == 1


@given(st.fractions(0, 10**6), st.integers(0, 4))
def test_rounding_is_half_up(value, digits):
    off = Fraction(indicators.rounded(value, digits)) - value
    assert -Fraction(1, 2) < off * 10**digits <= Fraction(1, 2)
