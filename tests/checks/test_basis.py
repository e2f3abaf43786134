"""The note about the text of a law: by the day of the decision, by what is on file, by the measures that the law is about."""

import json
from datetime import date

import pytest

from review.checks import engine
from review.checks.basis import note_sql, tracks_join
from review.checks.checkfile import Basis
from review.store.database import open_database
from review.workbook.load import load_file
from review.workbook.reading import LedgerChoices
from tests.checks.ledger import Example, workbook

RULES = Basis("中国共产党问责条例", "第九条", "2019", True)
DISCIPLINE = Basis("中国共产党纪律处分条例", "第四十四条", "2023（2018年版为第四十一条）", True)
PARTICIPANT = Basis("中国共产党纪律处分条例", "第三十九条", "2023", True)
SUPERVISION = Basis("监察法", "第四十九条", "2018", False)
FOREIGN = Basis("某县问责办法", "第一条", "2020", False)


@pytest.fixture(scope="module")
def note(tmp_path_factory):
    """note(basis, day, precision, tracks) -> the note of a finding."""
    db = open_database(tmp_path_factory.mktemp("basis") / "basis.duckdb")
    check = engine.check("R01")

    def ask(basis, day, precision="day", tracks=()):
        one = type(check)(**{**vars(check), "basis": basis})
        return db.scalar(
            f"""SELECT {note_sql(one)}
            FROM (SELECT $d::DATE AS decided_on, $p AS decided_on_precision) p, (SELECT $t::VARCHAR[] AS tracks) t""",
            {"d": date.fromisoformat(day) if day else None, "p": precision, "t": list(tracks)},
        )

    return ask


@pytest.mark.parametrize(
    "day, precision, told",
    [
        ("2019-09-01", "day", None),
        ("2019-09-01", "month", None),
        ("2020-01-01", "year", None),
        ("2019-08-31", "day", "决定早于2019年9月1日，应适用2016年条例，条文待核"),
        ("2019-08-01", "month", "决定早于2019年9月1日，应适用2016年条例，条文待核"),
        ("2019-01-01", "year", "决定日期只到年，适用的条例版本待核"),
        ("2016-01-01", "year", "决定早于2019年9月1日，适用的条例版本待核"),
        ("2016-07-07", "day", "决定早于2016年7月8日，当时条例尚未施行，依据待核"),
        (None, None, "决定日期没有或读不出，适用的条例版本待核"),
    ],
)
def test_the_rules_of_the_day(note, day, precision, told):
    assert note((RULES,), day, precision) == told


def test_an_earlier_text_on_file_is_named_with_its_article(note):
    both = (RULES, DISCIPLINE)
    assert note(both, "2023-12-31", tracks=["party"]) == "决定早于2024年1月1日，应适用2018年纪律处分条例第四十一条"
    assert note(both, "2024-01-01", tracks=["party"]) is None
    assert note(both, "2018-09-30", tracks=["party"]) == (
        "决定早于2019年9月1日，应适用2016年条例，条文待核；决定早于2018年10月1日，应适用2015年纪律处分条例，条文待核"
    )
    unread = note((PARTICIPANT,), "2023-12-31", tracks=["party"])
    assert unread == "决定早于2024年1月1日，应适用2018年纪律处分条例第三十七条，条文待核"


def test_a_law_about_sanctions_matters_only_where_there_is_one(note):
    assert note((RULES, DISCIPLINE), "2023-12-31", tracks=["education"]) is None
    assert note((RULES, DISCIPLINE), "2023-12-31") is None
    assert note((RULES, DISCIPLINE), "2023-12-31", tracks=["unspecified"])


def test_a_text_that_was_replaced_since_is_open(note):
    assert note((SUPERVISION,), "2025-06-01", tracks=["administrative"]) == "决定在2025年6月1日以后，应适用2024年监察法，条文待核"
    assert note((SUPERVISION,), "2025-01-01", "year", ["administrative"]) == "决定日期只到年，适用的监察法版本待核"
    assert note((SUPERVISION,), "2025-05-31", tracks=["administrative"]) is None


def test_a_law_that_is_not_on_file_is_open(note):
    assert note((RULES, FOREIGN), "2023-01-01") == "《某县问责办法》没有收录，依据待核"


def test_counties_have_no_day():
    assert note_sql(engine.check("M01")) == "NULL::VARCHAR" and tracks_join(engine.check("M01"), "judged") == ""


def test_findings_carry_the_note_of_their_own_measures(tmp_path):
    db = open_database(tmp_path / "notes.duckdb")
    text = """
    案件名称 | 姓名 | 单位及职务 | 问责方式 | 决定时间 | 是否宣布
    资金闲置 | 张三 | 甲县财政局局长 | 诫勉 | 2023-05-06 | 否
    资金挪用 | 李四 | 甲县民政局局长 | 党内警告 | 2023-05-06 | 否
    """.replace("\n    ", "\n")
    load_file(db, workbook([Example("P08", "台账", "", "suspect", text, number=1)]), "甲县.xlsx", LedgerChoices(), "test")
    engine.run_checks(db, only=["P08"])
    notes = {f["person"][:2]: f["basis_note"] for f in (json.loads(r["facts"]) for r in db.rows("SELECT facts FROM findings"))}
    assert notes == {"张三": None, "李四": "决定早于2024年1月1日，应适用2018年纪律处分条例第四十一条"}
