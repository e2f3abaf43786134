"""Dates as people type them into ledgers, with the precision that they really have."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .remembered import remembered
from .wording import is_not_applicable, is_placeholder, plain, tight

_EXPECTED = "应为如“2023-02-20”或“2023年2月”的日期"


@dataclass(frozen=True)
class ParsedDate:
    """A date cell.

    value: first day of what is known; precision: day, month or year; end: last day when the cell gives a span or several
    dates; state: date, blank, not_applicable, not_done or unreadable; problem: a sentence for the person who keeps the
    ledger. When a cell holds several separate dates, value is the earliest and the precision is coarse enough to cover
    them all, so that no comparison claims more than the cell says.
    """

    value: date | None
    precision: str | None
    end: date | None
    state: str
    problem: str | None


_BLANK = ParsedDate(None, None, None, "blank", None)
_NOT_APPLICABLE = ParsedDate(None, None, None, "not_applicable", None)
_NOT_DONE = ParsedDate(None, None, None, "not_done", None)

_UNKNOWN_WORDS = frozenset(
    [
        "空",
        "不详",
        "不明",
        "未知",
        "不清楚",
        "不清",
        "待补",
        "待补充",
        "待查",
        "待核",
        "待核实",
        "无法确定",
        "null",
        "none",
        "nan",
        "nat",
        "时间不详",
        "日期不详",
    ]
)
_NOT_DONE_WORDS = re.compile(
    r"(?:否|无|没有|没|未|暂无|暂未|尚未|还未|还没|未.{1,10}|尚未.{1,10}|暂未.{1,10}|没有.{1,10}|正在.{0,10}|.{0,4}[办调审][理查]中|进行中|待定|待办|待.{1,6}|.{0,6}拟.{0,6}|不(?:再|予|办理|启动|立案|召开|公开|通报|宣布|回访|归档|送达).{0,8})"
)

# ---- Chinese numerals ----
_DIGITS = (
    {c: str(i) for i, c in enumerate("〇一二三四五六七八九")}
    | {c: str(i) for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
    | {"○": "0", "О": "0", "O": "0", "o": "0", "Ｏ": "0", "◯": "0", "两": "2", "貳": "2", "參": "3"}
)
_NUMERAL = "".join(re.escape(c) for c in _DIGITS)
_CHINESE_YEAR = re.compile(rf"(?<![0-9{_NUMERAL}])([{_NUMERAL}0-9]{{4}})(?=\s*年)")
_CHINESE_NUMBER = re.compile(r"([〇零一二三四五六七八九十廿卅元正壹贰叁肆伍陆柒捌玖拾]{1,4})(?=\s*(?:月|日|号))")


def _two_digit_number(text: str) -> str:
    if text in ("元", "正"):
        return "1"
    text = text.replace("拾", "十").replace("廿", "二十").replace("卅", "三十").replace("十十", "十")
    text = "".join(c if c == "十" else _DIGITS.get(c, c) for c in text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        tens, ones = tens or "1", ones or "0"
        return str(int(tens) * 10 + int(ones)) if tens.isdigit() and ones.isdigit() else text
    return text


def _arabic(text: str) -> str:
    """Chinese numerals before 年, 月, 日, 号 as digits."""
    text = _CHINESE_YEAR.sub(lambda m: "".join(_DIGITS.get(c, c) for c in m[1]), text)
    return _CHINESE_NUMBER.sub(lambda m: _two_digit_number(m[1]), text)


# ---- tokens ----
_TIME = re.compile(
    r"[T ]?\d{1,2}:\d{1,2}(?::\d{1,2}(?:\.\d+)?)?\s*(?:am|pm|z|[+-]\d{2}:?\d{2})?(?![\d:])"
    r"|(?:上午|下午|凌晨|晚上?|中午)?\d{1,2}[时点](?:\d{1,2}分?|半|许|左右|整)?(?:\d{1,2}秒)?"
    r"|[(]?(?:星期|周|礼拜)[一二三四五六日天][)]?",
    re.I,
)
_DATE = re.compile(
    r"(?<!\d)(?P<y>\d{4})\s*(?:年度?|(?P<s>[-./·。,、_]{1,2}|(?= )))\s*(?P<m>\d{1,2})(?!\d)\s*"
    r"(?:(?:月份?|(?(s)(?P=s)|[-./·、]))\s*(?P<d>\d{1,2})(?!\d)\s*[日号]?|月份?)?"
    r"|(?<!\d)(?P<y2>\d{4})(?P<m2>0[1-9]|1[0-2])(?P<d2>\d{2})?(?!\d)"
    r"|(?<!\d)(?P<y3>[12]\d{3})\s*(?:年度?|(?=\s*(?:[-—~至到]|$)))"
)
_MIXED_SEPARATORS = re.compile(r"(?<!\d)(\d{4})[./](\d{1,2})-(\d{1,2})(?![\d./年])")
_TWO_DIGIT_YEAR = re.compile(r"(?<!\d)'?\d{2}\s*[-./年]\s*\d{1,2}\s*(?:[-./月]|$)|^\d{6}$|^\d{1,2}[-/]\d{1,2}[-/]\d{2}$")
_NO_YEAR = re.compile(r"(?<!\d)\d{1,2}\s*(?:月|[./-])\s*\d{0,2}\s*[日号]?$")
# 2023–02–20: a dash of the printer between all three; 2O23.2.20: a letter for the zero of the year.
_LONG_DASHES = re.compile(r"(?<!\d)(\d{4})([–—−‐‑﹣])(\d{1,2})\2(\d{1,2})(?!\d)")
_LETTER_IN_YEAR = re.compile(r"(?<![0-9A-Za-z])([12])([OoОо])(\d{2})(?=\s*[-./年])")
_MONTH_DAY = re.compile(r"(?:0?[1-9]|1[0-2])\s*[-./]\s*(?:1[3-9]|2\d|3[01])")
_RANGE = re.compile(r"^\s*(?:[-—–~～―─]+|至|到|起至|以来至|--)\s*")
_REST_OF_RANGE = re.compile(
    r"^\s*(?:[-—–~～―─]+|至|到)\s*(?:(?P<m>\d{1,2})\s*(?:月份?|[./-](?=\d))\s*(?:(?P<d>\d{1,2})\s*[日号]?)?|(?P<n>\d{1,2})\s*(?P<u>[日号月])?)(?![\d年./-])"
)
_SERIAL = re.compile(r"(?:reserved-)?(\d{5})(?:\.\d+)?(?:x1[0-9a-f])?", re.I)
_MONTHS = {n.lower(): i for i, n in enumerate(calendar.month_abbr) if n}
_ENGLISH = re.compile(
    r"(?:(?P<d>\d{1,2})[- ](?P<mon>[A-Za-z]{3})[a-z]*[- ,]+(?P<y>\d{4})|(?P<mon2>[A-Za-z]{3})[a-z]*\.? (?P<d2>\d{1,2}),? (?P<y2>\d{4}))"
)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_NEGATION = re.compile(r"(?:未|尚未|没有|还没|暂未)(?!来|成年|知)")
_UP_TO = re.compile(r"截[至止]|直到|至今|迄今|目前")
# About a day: it may lie in the month before or after.
_ABOUT = re.compile(r"约(?!谈)|大概|大致|估计|近似|左右|前后|上下|(?<=\0)许")
_BEFORE_OR_AFTER = re.compile(r"(?<=\0)\s*(?:[以之]?前(?!往|期|任|置)|[以之]?后(?!续))|不[晚早]于|[早晚]于|截[至止]")
_UNSURE = re.compile(r"[?？]|可能|疑|不确定|存疑|待核|待查|待定|待补|记不清|(?:^|[^模草])拟(?!制|定)|计划|预计|预定|暂定|争取")
# A second date that leaves out the year (2023.5.6、5.9; 5月6日、9日).
_MORE = re.compile(r"(?<![\d〕\]】)第])\d{1,2}\s*(?:月|[日号](?!内|以|前|后|起)|[./]\s*\d{1,2}(?!\d))")
_MONTH_OF_MORE = re.compile(r"(?<![\d〕\]】)第])(\d{1,2})\s*(?:月|[./]\s*\d{1,2}(?!\d))")
_SHORT_BESIDE = re.compile(r"(?<!\d)\d{2}\s*([-./])\s*\d{1,2}\s*\1\s*\d{1,2}(?!\d)|(?<!\d)\d{2}年\s*\d{1,2}\s*月")
_AND_DAY = re.compile(r"(?<=\0)\s*(?:[、,;/或和及与&+]|以及)\s*\d{1,2}(?!\d)")


def _unreadable(raw: str, why: str = "") -> ParsedDate:
    shown = plain(raw)
    shown = shown if len(shown) <= 40 else shown[:40] + "…"
    return ParsedDate(None, None, None, "unreadable", f"日期“{shown}”{why or '读不出'}；{_EXPECTED}。")


def _last_day(value: date, precision: str) -> date:
    if precision == "day":
        return value
    month = value.month if precision == "month" else 12
    return date(value.year, month, calendar.monthrange(value.year, month)[1])


def last_day(parsed: ParsedDate) -> date | None:
    """Last day that a cell covers: the end of its span, or of its month or year; None without a date."""
    if parsed.value is None:
        return None
    return parsed.end or _last_day(parsed.value, parsed.precision)


def _from_serial(number: int, date1904: bool) -> date | None:
    if not 20000 <= number <= 60000:
        return None
    return date(1899, 12, 30) + timedelta(days=number + (1462 if date1904 else 0))


def _build(year: int, month: int | None, day: int | None) -> tuple[date, str] | str:
    """(value, precision), or the words that say why there is no such date."""
    if year < 1000:
        return f"的年份读作{year}年，不像年份"
    if month is None:
        return date(year, 1, 1), "year"
    if not 1 <= month <= 12:
        return f"读作{year}年{month}月，没有这个月"
    if day is None:
        return date(year, month, 1), "month"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return f"读作{year}年{month}月{day}日，{year}年{month}月没有{day}日"
    return date(year, month, day), "day"


def _number(text: str | None) -> int | None:
    return int(text) if text else None


@remembered(8_000)
def parse_date(raw: str | None, date1904: bool = False, numeric: bool = False) -> ParsedDate:
    """Read a date cell (text as the spreadsheet gives it); never raises on text.

    date1904: the workbook counts its serial numbers from 1904. numeric: the cell held a number, so "2023.1" may have
    been typed as 2023.10 (the trailing zero is lost in Excel) and only the year is sure. Two-digit years and impossible
    dates are unreadable, with a problem that says what was read. Whether a date is plausible is for a check to say.
    """
    if raw is None or not tight(raw):
        return _BLANK
    if is_not_applicable(raw):
        return _NOT_APPLICABLE
    if is_placeholder(raw):
        return _NOT_APPLICABLE
    text = plain(raw)
    flat = tight(raw).lower().strip("()。.")
    if flat in _UNKNOWN_WORDS:
        return _BLANK
    if not any(c.isdigit() or c in _DIGITS for c in flat.replace("一", "")) and _NOT_DONE_WORDS.fullmatch(flat):
        return _NOT_DONE
    serial = _SERIAL.fullmatch(flat)
    if serial:
        value = _from_serial(int(serial[1]), date1904)
        return ParsedDate(value, "day", None, "date", None) if value else _unreadable(raw, "是五位数字，不在可能的日期序号之内")
    if numeric and re.fullmatch(r"\d{4}\.1", flat):
        year = int(flat[:4])
        return ParsedDate(
            date(year, 1, 1),
            "year",
            None,
            "date",
            f"“{flat}”可能是{year}年1月，也可能是{year}年10月（末尾的0未保留）；请改写为“{year}-01”或“{year}-10”。",
        )
    return _from_text(raw, text)


def _from_text(raw: str, text: str) -> ParsedDate:
    text = _TIME.sub(" ", _arabic(text)).strip()
    text = _MIXED_SEPARATORS.sub(_as_span, _LONG_DASHES.sub(r"\1-\3-\4", _LETTER_IN_YEAR.sub(r"\g<1>0\3", text)))
    foreign = _foreign(raw, text)
    if foreign:
        return foreign
    found: list[tuple[date, str]] = []
    spans: list[tuple[int, int]] = []
    end: date | None = None
    position = 0
    for match in _DATE.finditer(text):
        if match.start() < position:
            continue
        built = _build(
            *(
                _number(match[g] or match[h] or (match[k] if k else None))
                for g, h, k in (("y", "y2", "y3"), ("m", "m2", None), ("d", "d2", None))
            )
        )
        if isinstance(built, str):
            return _unreadable(raw, built)
        rest = _REST_OF_RANGE.match(text[match.end() :])
        position = match.end()
        if found and _RANGE.fullmatch(text[spans[-1][1] : match.start()].strip() or "x"):
            end = _last_day(*built)
            if end < found[-1][0]:
                return _unreadable(raw, "的止期早于起期")
            spans[-1] = (spans[-1][0], match.end())
            continue
        found.append(built)
        if rest and built[1] != "year":
            stop = _range_stop(built, rest)
            if isinstance(stop, str):
                return _unreadable(raw, stop)
            if stop:
                end = stop
                position += rest.end()
        spans.append((match.start(), position))
    if not found:
        return _without_date(raw, text)
    outside = "\0".join(text[a:b] for a, b in zip([0] + [s[1] for s in spans], [s[0] for s in spans] + [len(text)], strict=True))
    read = ParsedDate(found[0][0], found[0][1], end, "date", None) if len(found) == 1 else _several(raw, found, end)
    return read if outside == "\0" or read.value is None else _qualified(raw, read, outside)


def _qualified(raw: str, read: ParsedDate, outside: str) -> ParsedDate:
    """A date with the words around it (``outside``, a zero sign for each date): they may deny it, move it or leave it open."""
    if _NEGATION.search(outside):
        return _NOT_DONE if _UP_TO.search(outside) else _unreadable(raw, "既有日期，又写明没有做，分不清以哪个为准")
    if _ABOUT.search(outside):
        return _about(raw, read)
    if _BEFORE_OR_AFTER.search(outside):
        return _unreadable(raw, "只说在某日之前或之后，不是具体日期")
    if _UNSURE.search(outside):
        return _unreadable(raw, "写明还不能确定")
    if _SHORT_BESIDE.search(outside):
        return _unreadable(raw, "里另一个日期的年份只写了两位，不作猜测")
    if read.precision == "day" and (_MORE.search(outside) or _AND_DAY.search(outside)):
        months = {int(m) for m in _MONTH_OF_MORE.findall(outside)}
        precision = "month" if months <= {read.value.month} else "year"
        words = f"一格里不止一个日期“{plain(raw)[:60]}”，分不清以哪个为准；请只保留一个日期。"
        return replace(read, value=_first_day(read.value, precision), precision=precision, problem=words)
    return read


# How far from the day or month that it names a cell with 约 or 左右 may be.
_NEAR = {"day": 5, "month": 31, "year": 366}


def _about(raw: str, read: ParsedDate) -> ParsedDate:
    around = timedelta(days=_NEAR[read.precision])
    covered = _covering(read.value - around, last_day(read) + around)
    if covered is None:
        return _unreadable(raw, "只写了大概的时间")
    words = f"“{plain(raw)[:40]}”只是大概的时间，按{'这个月' if covered == 'month' else '这一年'}读取；请改写为准确的日期。"
    return replace(read, value=_first_day(read.value, covered), precision=covered, problem=words)


def _first_day(value: date, precision: str) -> date:
    return value.replace(day=1) if precision == "month" else value.replace(month=1, day=1)


def _covering(first: date, last: date) -> str | None:
    """The finest precision that covers both days, None for days of different years."""
    if first == last:
        return "day"
    if first.year != last.year:
        return None
    return "month" if first.month == last.month else "year"


def one_day(parsed: ParsedDate, raw: str | None) -> ParsedDate:
    """The date of something that happens on one day: a stretch of time (2023.3.5-2023.4.1) is no sure day, only its month or year."""
    if parsed.value is None or parsed.end is None or parsed.problem is not None:
        return parsed
    covered = _covering(parsed.value, parsed.end)
    if covered == "day":
        return parsed
    if covered is None:
        return _unreadable(raw or "", "是跨年的一段时间，分不清是哪一天")
    words = f"“{plain(raw or '')[:40]}”是一段时间，分不清是哪一天，按{'这个月' if covered == 'month' else '这一年'}读取；请改写为一个日期。"
    return replace(parsed, precision=covered, problem=words)


def _as_span(match: re.Match) -> str:
    """ "2023.3-6" is March to June, "2023.2-20" can only be a day: the separators differ, so write it as it is meant."""
    year, month, last = match[1], int(match[2]), int(match[3])
    return f"{year}.{month}-{last}月" if last <= 12 else f"{year}.{month}.{last}"


def _range_stop(start: tuple[date, str], rest: re.Match) -> date | str | None:
    """Last day of "-6月", "-3.8", "—8日" after a first date; words when there is no such day."""
    value, precision = start
    if rest["m"]:
        month, day = int(rest["m"]), _number(rest["d"])
    elif rest["u"] in ("日", "号") or (precision == "day" and rest["u"] is None):
        month, day = value.month, int(rest["n"])
    else:
        month, day = int(rest["n"]), None
    built = _build(value.year, month, day)
    if isinstance(built, str):
        return built
    stop = _last_day(*built)
    return stop if stop >= value else "的止期早于起期"


def _foreign(raw: str, text: str) -> ParsedDate | None:
    """Dates with the year last or an English month; day and month that can't be told apart are unreadable."""
    english = _ENGLISH.search(text)
    if english and (english["mon"] or english["mon2"]).lower() in _MONTHS:
        month = _MONTHS[(english["mon"] or english["mon2"]).lower()]
        built = _build(int(english["y"] or english["y2"]), month, int(english["d"] or english["d2"]))
        return _unreadable(raw, built) if isinstance(built, str) else ParsedDate(*built, None, "date", None)
    match = _YEAR_LAST.fullmatch(text)
    if not match:
        return None
    a, b, year = (int(g) for g in match.groups())
    if a <= 12 and b <= 12 and a != b:
        return _unreadable(raw, "分不清日和月")
    built = _build(year, min(a, b), max(a, b))
    return _unreadable(raw, built) if isinstance(built, str) else ParsedDate(*built, None, "date", None)


def _without_date(raw: str, text: str) -> ParsedDate:
    if _TWO_DIGIT_YEAR.search(text) and not _MONTH_DAY.fullmatch(text):
        return _unreadable(raw, "的年份只写了两位，不作猜测")
    if _NO_YEAR.search(text):
        return _unreadable(raw, "没有写年份")
    if _NEGATION.search(text):
        return _NOT_DONE
    return _unreadable(raw)


def _several(raw: str, found: list[tuple[date, str]], end: date | None) -> ParsedDate:
    first = min(found, key=lambda f: f[0])
    last = max([_last_day(*f) for f in found] + ([end] if end else []))
    for precision in ("day", "month", "year"):
        if first[1] == "day" or precision != "day":
            covered = _last_day(first[0], precision)
            if covered >= last:
                problem = (
                    None if precision == "day" else f"一格里有{len(found)}个日期“{plain(raw)[:60]}”，分不清以哪个为准；请只保留一个日期。"
                )
                return ParsedDate(first[0], precision, last if last > first[0] else None, "date", problem)
    return _unreadable(raw, f"里有{len(found)}个不同年份的日期，分不清以哪个为准")
