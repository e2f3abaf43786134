"""Dates in every form of the ledgers (domain list 6.3); precision is kept, nothing is guessed."""

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.workbook.dates import one_day, parse_date

DAY = date(2023, 2, 20)
MONTH = date(2023, 2, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2023-02-20",
        "2023-02-20 00:00:00",
        "2023-02-20T08:30:00Z",
        "2023.2.20",
        "2023.02.20.",
        "2023年2月20日",
        "2023 年 2 月 20 日",
        "20230220",
    ]
    + [
        "2023/2/20",
        "２０２３．２．２０",
        "2023。2。20",
        "2023、2、20",
        "二〇二三年二月二十日",
        "二○二三年二月二十日",
        "二零二三年二月廿日",
        "贰零贰叁年贰月贰拾日",
    ]
    + [
        "2023-2-20（星期一）",
        "2023年2月20日上午9时30分",
        "区纪委2023年2月20日研究决定",
        "2023.2-20",
        "20-Feb-2023",
        "Feb 20, 2023",
        "2/20/2023",
    ]
    + ["44977", "44977.5", "reserved-44977x1F", "2023年2月20号", " 2023-02-20\u200b", "2023年2月20"],
)
def test_a_day(text):
    parsed = parse_date(text)
    assert (parsed.value, parsed.precision, parsed.end, parsed.state, parsed.problem) == (DAY, "day", None, "date", None)


@pytest.mark.parametrize(
    "text", ["2023.02", "2023年2月", "2023-2", "2023/02", "202302", "二〇二三年二月", "2023年2月份", "2023年2月上旬", "2023年02月底"]
)
def test_a_month_stays_a_month(text):
    parsed = parse_date(text)
    assert (parsed.value, parsed.precision, parsed.state) == (MONTH, "month", "date")


@pytest.mark.parametrize("text", ["2023年", "2023", "2023年度", "2023年上半年"])
def test_a_year_stays_a_year(text):
    assert (parse_date(text).value, parse_date(text).precision) == (date(2023, 1, 1), "year")


def test_serial_numbers_have_two_epochs():
    assert parse_date("45760").value == date(2025, 4, 13)
    assert parse_date("45760", date1904=True).value == date(2029, 4, 14)
    assert parse_date("43515", date1904=True).value == DAY
    assert parse_date("99999").state == "unreadable"


@pytest.mark.parametrize(
    ("text", "value", "precision", "end"),
    [
        ("2023.3-2023.6", date(2023, 3, 1), "month", date(2023, 6, 30)),
        ("2023年3月至6月", date(2023, 3, 1), "month", date(2023, 6, 30)),
        ("2023.3-6", date(2023, 3, 1), "month", date(2023, 6, 30)),
        ("2023.3.5-2023.4.1", date(2023, 3, 5), "day", date(2023, 4, 1)),
        ("2023年3月5日—8日", date(2023, 3, 5), "day", date(2023, 3, 8)),
        ("2023年3月5日至6月7日", date(2023, 3, 5), "day", date(2023, 6, 7)),
        ("2021-2023", date(2021, 1, 1), "year", date(2023, 12, 31)),
        ("2021年—2023年", date(2021, 1, 1), "year", date(2023, 12, 31)),
    ],
)
def test_a_span(text, value, precision, end):
    parsed = parse_date(text)
    assert (parsed.value, parsed.precision, parsed.end, parsed.problem) == (value, precision, end, None)


def test_several_dates_claim_no_more_than_they_say():
    near = parse_date("2023.3.5、2023.3.20")
    assert (near.value, near.precision, near.end) == (date(2023, 3, 5), "month", date(2023, 3, 20))
    far = parse_date("2023-03-05\n2023-04-06")
    assert (far.value, far.precision, far.end) == (date(2023, 3, 5), "year", date(2023, 4, 6))
    assert "2个日期" in far.problem
    apart = parse_date("2022.12.30；2023.1.5")
    assert apart.state == "unreadable"
    assert "不同年份" in apart.problem
    assert parse_date("2023.3.5、2023.3.5").precision == "day"


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (None, "blank"),
        ("", "blank"),
        ("  ", "blank"),
        ("不详", "blank"),
        ("/", "not_applicable"),
        ("—", "not_applicable"),
        ("不涉及", "not_applicable"),
    ]
    + [
        ("无", "not_done"),
        ("否", "not_done"),
        ("未启动", "not_done"),
        ("尚未办结", "not_done"),
        ("正在办理", "not_done"),
        ("截至2023.5.1未归档", "not_done"),
    ],
)
def test_cells_without_a_date(text, state):
    parsed = parse_date(text)
    assert (parsed.state, parsed.value, parsed.precision, parsed.problem) == (state, None, None, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2023.13.6", "2023年13月"),
        ("2023.2.30", "2023年2月没有30日"),
        ("2023年2月29日", "没有29日"),
        ("20230230", "没有30日"),
        ("23.2.20", "两位"),
        ("23年2月20日", "两位"),
        ("'23/2/20", "两位"),
        ("230220", "两位"),
        ("2月20日", "没有写年份"),
        ("3/4/2023", "分不清日和月"),
        ("2023.6.5-2023.3.1", "早于"),
        ("不知道哪天", "读不出"),
        ("同上", "读不出"),
        ("0023.2.3", "不像年份"),
    ],
)
def test_unreadable_says_what_was_read(text, words):
    parsed = parse_date(text)
    assert (parsed.state, parsed.value) == ("unreadable", None)
    assert words in parsed.problem
    assert "2023-02-20" in parsed.problem


def test_a_number_may_have_lost_its_zero():
    assert parse_date("2023.1").precision == "month"
    lost = parse_date("2023.1", numeric=True)
    assert (lost.value, lost.precision) == (date(2023, 1, 1), "year")
    assert "10月" in lost.problem
    assert parse_date("2023.11", numeric=True).precision == "month"


DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2060, 12, 31))


@given(
    DAYS, st.sampled_from(["{0}-{1:02}-{2:02}", "{0}.{1}.{2}", "{0}/{1}/{2}", "{0}年{1}月{2}日", "{0}{1:02}{2:02}", "{0}-{1}-{2} 00:00:00"])
)
def test_every_day_in_every_form(day, form):
    parsed = parse_date(form.format(day.year, day.month, day.day))
    assert (parsed.value, parsed.precision, parsed.state) == (day, "day", "date")


@given(DAYS)
def test_every_serial(day):
    assert parse_date(str((day - date(1899, 12, 30)).days)).value == day


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(29, 31))
def test_only_days_of_the_calendar(year, month, day):
    real = day <= calendar.monthrange(year, month)[1]
    assert (parse_date(f"{year}年{month}月{day}日").state == "date") == real


@given(
    st.one_of(st.text(max_size=30), st.text(alphabet="0123456789年月日.-/至、; 一二三十〇未", max_size=24)), st.booleans(), st.booleans()
)
def test_any_text(text, date1904, numeric):
    parsed = parse_date(text, date1904, numeric)
    assert (parsed.value is None) == (parsed.precision is None) == (parsed.state != "date")
    assert (parsed.state == "unreadable") <= (parsed.problem is not None)
    assert parsed.end is None or parsed.end >= parsed.value


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("约2023年5月16日", "month"),
        ("2023.5.16前后", "month"),
        ("2023年5月16日左右", "month"),
        ("大概2023年5月16日", "month"),
        ("约2023年5月2日", "year"),
        ("2023.5.30左右", "year"),
        ("2023年5月前后", "year"),
        ("2023年5月16日、19日", "month"),
        ("2023.5.16、5.19", "month"),
        ("2023年5月16日或19日", "month"),
        ("2023.5.16/19", "month"),
        ("2023.5.30、6.2", "year"),
    ],
)
def test_words_around_a_date_make_it_less_sure(text, precision):
    parsed = parse_date(text)
    first = date(2023, 5, 1) if precision == "month" else date(2023, 1, 1)
    assert (parsed.state, parsed.value, parsed.precision) == ("date", first, precision)
    assert "2023" in parsed.problem


@pytest.mark.parametrize(
    "text",
    [
        "约2023年1月2日",
        "约2023年",
        "2023年5月6日前",
        "2023.5.6以后",
        "不晚于2023年5月6日",
        "2023/5/6（未送达）",
        "2023.5.6？",
        "2023-05-06（待核实）",
        "拟于2023年5月6日",
        "预计2023.5.6",
    ],
)
def test_a_date_that_its_own_words_leave_open_is_none(text):
    parsed = parse_date(text)
    assert (parsed.state, parsed.value) == ("unreadable", None)
    assert "2023" in parsed.problem


@pytest.mark.parametrize(
    "text",
    [
        "约谈时间2023-02-20",
        "前期2023.2.20",
        "甲纪〔2023〕5号，2023-02-20",
        "2023-02-20（影响期12个月）",
        "2023-02-20（5日内送达）",
        "拟定2023-02-20",
    ],
)
def test_words_that_leave_a_date_sure(text):
    assert (parse_date(text).value, parse_date(text).precision, parse_date(text).problem) == (DAY, "day", None)


@pytest.mark.parametrize(
    ("text", "precision"),
    [("2023.3.5-2023.3.8", "month"), ("2023.3.5-2023.4.1", "year"), ("2023.3-6", "year"), ("2023.3.5", "day"), ("2023年3月", "month")],
)
def test_a_stretch_of_time_is_no_sure_day(text, precision):
    day = one_day(parse_date(text), text)
    assert (day.value.month, day.precision) == (3, precision)
    assert (day.problem is None) == (text in ("2023.3.5", "2023年3月"))
    assert one_day(parse_date("2022.12.1-2023.1.5"), "2022.12.1-2023.1.5").value is None


@pytest.mark.parametrize("text", ["2023–02–20", "2023—2—20", "2O23.2.20", "2o23-02-20"])
def test_long_dashes_and_a_letter_for_a_zero(text):
    assert parse_date(text).value == date(2023, 2, 20) and parse_date(text).precision == "day"


def test_a_day_without_a_year_is_told_as_such():
    assert "没有写年份" in parse_date("12.28").problem and "两位" in parse_date("12.08").problem
    assert parse_date("2023.3–2023.6").end == date(2023, 6, 30)
