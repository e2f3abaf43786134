"""The 问题清单 of the review of the year before, as far as the planted cases refer to it (check U07)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from review.demo.model import Month
from review.demo.places import CITY
from review.demo.sheetfile import HEADER, TITLE, Book

NAME = f"{CITY}2022年度评查问题清单.xlsx"
HEADERS = (
    ("序号", 6), ("县区", 10), ("案件编号", 18), ("案件名称", 28), ("承办单位", 30), ("问题类别", 10), ("问题名称", 34), ("具体表现", 40),
    ("严重程度", 10), ("整改要求", 24), ("整改情况", 12), ("反馈日期", 12),
)  # fmt: skip


@dataclass(frozen=True)
class EarlierIssue:
    """A problem that was found a year before: where, what, how far it was put right and when the unit was told."""

    county: str
    handling_unit: str
    aspect: str
    problem: str
    status: str | None
    told_on: date | Month | None


def write_issues(path: Path, issues: Iterable[EarlierIssue]) -> None:
    """Write the list, one problem a row."""
    book = Book()
    sheet = book.sheet("问题清单", (width for _, width in HEADERS))
    sheet.merge(1, 1, len(HEADERS), 1)
    sheet.write([f"{CITY}2022年度问责案件评查问题清单", *[None] * (len(HEADERS) - 1)], TITLE)
    sheet.write([header for header, _ in HEADERS], HEADER)
    for number, issue in enumerate(issues, 1):
        told = issue.told_on
        day = f"{told.year}-{told.month:02}" if isinstance(told, Month) else told and f"{told:%Y-%m-%d}"
        case = (f"问评〔2022〕{number}号", f"2022年第{number}件抽查案件")
        problem = (issue.aspect, issue.problem, f"抽查的案件中发现“{issue.problem}”", "一般", "限期整改，举一反三")
        sheet.write([str(number), issue.county, *case, issue.handling_unit, *problem, issue.status, day])
    book.save(path)
