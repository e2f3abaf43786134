"""影响期 against worked examples: months of each measure, the longest of both tracks, sums under the 2023 rule, who is the same person."""

import io
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review.checks.influence import create_influence, treatments
from review.store.database import open_database
from review.vocabulary.sanctions import measure_kinds
from review.workbook.load import load_file
from review.workbook.reading import LedgerChoices

HEADER = ["县区", "案件编号", "案件名称", "姓名", "身份证号", "单位及职务", "问责方式", "决定时间"]
ONE, OTHER = "110101197001011234", "110101197001015678"


@pytest.fixture
def periods(tmp_path):
    """periods(rows) -> influence for each row (name, id number, unit and post, measures, date), each in a case of its own."""

    def read(*rows: tuple[str, str | None, str, str, str | None]) -> list[dict]:
        book = openpyxl.Workbook()
        book.active.append(HEADER)
        for n, (name, number, post, measures, decided) in enumerate(rows, 1):
            book.active.append(["甲县", f"A{n:02d}", f"案件{n}", name, number, post, measures, decided])
        out = io.BytesIO()
        book.save(out)
        db = open_database(tmp_path / "influence.duckdb")
        load_file(db, out.getvalue(), "例子.xlsx", LedgerChoices(complete="yes"), "test")
        with db.cursor() as cur:
            create_influence(cur)
            result = cur.execute(
                "SELECT i.* FROM influence i JOIN respondents r USING (respondent_id) JOIN cases c USING (case_id) ORDER BY c.case_no"
            )
            names = [d[0] for d in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    return read


MONTHS = {
    "党内警告": "2024-05-06",
    "党内严重警告": "2024-11-06",
    "撤销党内职务": "2025-05-06",
    "政务警告": "2023-11-06",
    "政务记过": "2024-05-06",
    "政务记大过": "2024-11-06",
    "政务降级": "2025-05-06",
    "政务撤职": "2025-05-06",
    "党内警告、政务警告": "2024-05-06",
    "党内警告、政务记大过": "2024-11-06",
    "党内警告、诫勉": "2024-05-06",
}


def test_the_months_of_each_measure(periods):
    rows = periods(*((f"张{n}", None, "甲县财政局局长", measures, "2023-05-06") for n, measures in enumerate(MONTHS)))
    for row, (measures, end) in zip(rows, MONTHS.items(), strict=True):
        told = (row["state"], row["ends_first"], row["ends_last"])
        assert told == ("ends", date.fromisoformat(end), date.fromisoformat(end)), measures
        assert "自决定之日（2023-05-06）起算" in row["basis"]


UNTOLD = [
    ("免职", "2023-05-06", "条文待核对"),
    ("党内警告、免职", "2023-05-06", "条文待核对"),
    ("诫勉", "2023-05-06", "未设本地标准"),
    ("留党察看一年", "2023-05-06", "最早到2026-05-06"),
    ("留党察看二年", "2023-05-06", "最早到2027-05-06"),
    ("警告处分", "2023-05-06", "种类不明"),
    ("建议给予党内警告处分", "2023-05-06", "只是建议"),
    ("党内警告", None, "决定日期空白"),
    ("党内警告", "2018-09-30", "规定没有收录"),
    ("政务警告", "2020-06-30", "规定没有收录"),
    (None, "2023-05-06", "处理空白"),
]


def test_what_cannot_be_told_is_not_guessed(periods):
    rows = periods(*((f"张{n}", None, "甲县财政局局长", measures, decided) for n, (measures, decided, _) in enumerate(UNTOLD)))
    for row, (measures, _, reason) in zip(rows, UNTOLD, strict=True):
        assert (row["state"], row["ends_first"]) == ("undetermined", None), measures
        assert reason in row["reason"]


def test_measures_without_a_period(periods):
    states = {"通报": "none", "批评教育": "none", "开除党籍": "exempt", "免予问责": "exempt"}
    rows = periods(*((f"张{n}", None, "甲县财政局局长", measures, "2023-05-06") for n, measures in enumerate(states)))
    assert [row["state"] for row in rows] == list(states.values())


def test_the_first_days_of_the_texts_on_file(periods):
    party, administrative = periods(
        ("张三", None, "甲县财政局局长", "党内警告", "2018-10-01"), ("李四", None, "甲县民政局局长", "政务警告", "2020-07-01")
    )
    assert (party["state"], administrative["state"]) == ("ends", "ends")


def test_a_coarse_date_gives_two_ends(periods):
    (row,) = periods(("张三", None, "甲县财政局局长", "党内警告", "2023年2月"))
    assert (row["ends_first"], row["ends_last"]) == (date(2024, 2, 1), date(2024, 2, 28))


def test_the_end_of_the_month_is_clamped(periods):
    (row,) = periods(("张三", None, "甲县财政局局长", "政务警告", "2023-08-31"))
    assert row["ends_last"] == date(2024, 2, 29)


def test_punished_again_while_it_runs_adds_up_from_2024(periods):
    first, second, third = periods(
        ("张三", ONE, "甲县财政局局长", "党内警告", "2023-05-06"),
        ("张三", ONE, "甲县民政局局长", "党内严重警告", "2024-03-01"),
        ("张三", ONE, "甲县民政局局长", "党内警告", "2025-10-01"),
    )
    assert first["ends_last"] == date(2024, 5, 6)
    # What was left of the first, and eighteen months.
    assert (second["ends_last"], second["summed"]) == (date(2025, 11, 6), True)
    assert "至2024-05-06未满" in second["basis"]
    # Still running because of the sum.
    assert (third["ends_last"], third["summed"]) == (date(2026, 11, 6), True)


AGAIN = {
    "run out": (("党内警告", "2022-05-06"), ("党内警告", "2024-03-01"), "ends", "2025-03-01"),
    "before 2024": (("党内警告", "2022-05-06"), ("党内警告", "2022-12-01"), "undetermined", None),
    "other track": (("党内警告", "2023-05-06"), ("政务警告", "2024-03-01"), "undetermined", None),
    "month only": (("党内警告", "2023-05-06"), ("党内警告", "2024年5月"), "undetermined", None),
    "last day": (("党内警告", "2023-05-06"), ("党内警告", "2024-05-06"), "ends", "2025-05-06"),
    "day after": (("党内警告", "2023-05-06"), ("党内警告", "2024-05-07"), "ends", "2025-05-07"),
}


def test_when_nothing_is_added_or_nothing_is_sure(periods):
    rows = periods(*((f"张{n}", f"11010119700101{n:03d}1", "甲县财政局局长", *one) for n, k in enumerate(AGAIN.values()) for one in k[:2]))
    for row, (case, (*_, state, end)) in zip(rows[1::2], AGAIN.items(), strict=True):
        assert (row["state"], row["ends_last"] and row["ends_last"].isoformat()) == (state, end), case


PEOPLE = {
    "number": (("张一", ONE, "甲县财政局局长"), ("张一", ONE, "甲县民政局局长"), True),
    "name and unit": (("张二", None, "甲县财政局局长"), ("张二", None, "甲县财政局副局长"), True),
    "two numbers": (("张三", "110101197001012221", "甲县财政局局长"), ("张三", OTHER, "甲县财政局局长"), False),
    "name only": (("张四", None, "甲县财政局局长"), ("张四", None, "甲县民政局局长"), False),
    "masked": (("张某", None, "甲县财政局局长"), ("张某", None, "甲县财政局局长"), False),
}


def test_who_is_the_same_person(periods):
    rows = periods(
        *((*who, "党内警告", day) for one, other, _ in PEOPLE.values() for who, day in ((one, "2023-10-06"), (other, "2024-03-01")))
    )
    for later, (case, (*_, same)) in zip(rows[1::2], PEOPLE.items(), strict=True):
        assert (later["summed"], later["ends_last"]) == (same, date(2025, 10, 6) if same else date(2025, 3, 1)), case
        assert later["has_namesake"] is not same


def test_every_measure_has_one_treatment():
    assert set(treatments()) == set(measure_kinds())
    law = {code: k.period_months for code, k in measure_kinds().items() if k.period_basis == "law" and code != "party_probation"}
    assert {code: months for code, (_, _, months) in treatments().items() if months} == law


@settings(max_examples=6, deadline=None)
@given(st.permutations(range(5)))
def test_the_order_of_rows_does_not_matter(tmp_path_factory, order):
    db = open_database(tmp_path_factory.getbasetemp() / "order.duckdb")
    decided = ["2023-05-06", "2024-03-01", "2024-04-01", "2025-12-01", "2027-01-01"]
    with db.cursor() as cur:
        for table in ("cases", "respondents", "measures"):
            cur.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM main.{table} LIMIT 0")
        for n in order:
            cur.execute("INSERT INTO temp.cases (case_id, county) VALUES ($c, '甲县')", {"c": f"c{n}"})
            cur.execute(
                """INSERT INTO temp.respondents (respondent_id, case_id, kind, name, id_key, measures_raw, measures_complete, band,
                decided_on, decided_on_precision) VALUES ($r, $c, 'person', '张三', 'k', '党内警告', true, 4, $d, 'day')""",
                {"r": f"r{n}", "c": f"c{n}", "d": decided[n]},
            )
            cur.execute("INSERT INTO temp.measures VALUES ($r, 1, 'party_warning', 'party', 4, true, '党内警告')", {"r": f"r{n}"})
        create_influence(cur, "SELECT * FROM temp.respondents")
        ends = cur.execute("SELECT ends_last::VARCHAR FROM influence ORDER BY respondent_id").fetchall()
    # Each was decided while the sum of those before still ran.
    assert [e for (e,) in ends] == ["2024-05-06", "2025-05-06", "2026-05-06", "2027-05-06", "2028-05-06"]
