"""Cells that hold a stretch of time: a term of office, an 影响期. Either end may be missing, open, or only a length."""

import re
from dataclasses import dataclass
from datetime import date

from review.workbook.dates import ParsedDate, parse_date
from review.workbook.wording import is_not_applicable, is_placeholder, plain, tight


@dataclass(frozen=True)
class Span:
    """A stretch of time as far as the cell tells it.

    state: dates (at least one end is a date), length (only so many months), exists (有: there is one, no more), none (无),
    blank, not_applicable or unreadable; start, end: first day of what is known, with the precision day, month or year;
    only: the cell holds one date and no word says which end it is; open_end: 至今; months: the length where one is written;
    problem: a sentence for the person who keeps the ledger.
    """

    state: str
    start: date | None = None
    start_precision: str | None = None
    end: date | None = None
    end_precision: str | None = None
    only: bool = False
    open_end: bool = False
    months: int | None = None
    problem: str | None = None


_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMBER = r"(\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_LENGTH = re.compile(
    rf"(?:(?P<y>{_NUMBER})(?:周?年)(?P<half>半)?(?:零|又|加)?(?:(?P<m>{_NUMBER})个?月)?|(?P<only>{_NUMBER})个?半?月|(?P<halfyear>半年))"
)
_NONE = frozenset(["无", "没有", "无影响期", "否", "无处分期", "没有影响期", "n", "no", "×"])
_EXISTS = frozenset(["有", "是", "有影响期", "y", "yes", "√"])
_UNKNOWN = frozenset(["不详", "不明", "未知", "待补", "待核", "待查", "空", "不清楚"])
_OPEN = re.compile(r"(?:至|到|[-—–~～―─]+)\s*(?:今|现在|目前|当前)|起?任?至今")
_BETWEEN = re.compile(r"(?:起至|起到|至|到|[—–~～―─]+|--+|(?<=[\d日月年])\s*-\s*(?=\d{4}(?!\d)))")
_ENDS = re.compile(r"截[至止]|^至|止$|届满|期满|[前止]$|到期|结束")
_BEGINS = re.compile(r"起|开始|以来|[到就上]?任$|生效|之日")


def parse_span(raw: str | None, date1904: bool = False, numeric: bool = False) -> Span:
    """Read a cell that holds a stretch of time; never raises on text. Two stretches in one cell are unreadable, not a choice."""
    if raw is None or not tight(raw):
        return Span("blank")
    if is_not_applicable(raw) or is_placeholder(raw):
        return Span("not_applicable")
    flat = tight(raw).lower().strip("()。.;")
    if flat in _NONE:
        return Span("none")
    if flat in _EXISTS:
        return Span("exists")
    if flat in _UNKNOWN:
        return Span("blank")
    text = plain(raw)
    if re.search(r"[;\n].*\d{4}", text) and re.search(r"\d{4}.*[;\n]", text):
        return _unreadable(raw, "里有几段时间，分不清以哪一段为准")
    length = _length(flat)
    dates = _dates(text, date1904, numeric)
    if isinstance(dates, Span):
        return Span(**{**vars(dates), "months": length})
    if length is not None:
        return Span("length", months=length)
    return _unreadable(raw, f"读不出{'：' + dates if dates else ''}")


def _dates(text: str, date1904: bool, numeric: bool) -> Span | str:
    """The dates of a cell as a span; words where there is none to be read."""
    opened = _OPEN.search(text)
    if opened:
        start = parse_date(text[: opened.start()] or None, date1904, numeric)
        return Span("dates", *_first(start), open_end=True) if start.state == "date" else ""
    for cut in _BETWEEN.finditer(text):
        start, end = (parse_date(part.strip() or None, date1904, numeric) for part in (text[: cut.start()], _bare(text[cut.end() :])))
        if start.state == end.state == "date" and not start.end and not end.end:
            if end.value < start.value:
                return "止期早于起期"
            return Span("dates", *_first(start), *_first(end))
    one = parse_date(_bare(text), date1904, numeric)
    if one.state != "date":
        return ""
    if one.end:
        # "2023.3-6": both ends are as exact as the first.
        return Span("dates", *_first(one), _start_of(one.end, one.precision), one.precision)
    if _ENDS.search(text):
        return Span("dates", end=one.value, end_precision=one.precision)
    if _BEGINS.search(text):
        return Span("dates", *_first(one))
    return Span("dates", *_first(one), only=True)


def _bare(text: str) -> str:
    """Without the words that only say which end a date is, and without a length beside it."""
    text = _LENGTH.sub(lambda m: m[0] if _part_of_date(m) else " ", text)
    return re.sub(r"影响期|处分期|任职|截[至止]|届满|期满|到期|结束|止|起|开始|以来|[:：为]|^至|\(|\)", " ", text).strip()


def _part_of_date(match: re.Match) -> bool:
    """2023年1月 is a date, 一年六个月 is a length."""
    if "个" not in match[0] and "年" not in match[0]:
        return True
    return bool(re.search(r"\d{4}年?$", match.string[: match.start()]) or re.match(r"\d{3,4}年", match[0]))


def _length(flat: str) -> int | None:
    """Months of a length such as 一年半, 18个月, 1年6个月; None where the cell names none."""
    for match in _LENGTH.finditer(flat):
        if _part_of_date(match) or (match["y"] and match["y"].isdigit() and int(match["y"]) > 30):
            continue
        if match["halfyear"]:
            return 6
        if match["only"]:
            return _value(match["only"])
        return 12 * _value(match["y"]) + (6 if match["half"] else 0) + (_value(match["m"]) if match["m"] else 0)
    return None


def _value(text: str) -> int:
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
    return _DIGITS[text]


def _first(parsed: ParsedDate) -> tuple[date, str]:
    return parsed.value, parsed.precision


def _start_of(last: date, precision: str) -> date:
    return last if precision == "day" else last.replace(day=1) if precision == "month" else last.replace(month=1, day=1)


def _unreadable(raw: str, why: str) -> Span:
    shown = plain(raw)
    shown = shown if len(shown) <= 40 else shown[:40] + "…"
    return Span("unreadable", problem=f"起止时间“{shown}”{why}；应为如“2023-01-15至2024-01-14”的起止日期、一个日期或“12个月”。")
