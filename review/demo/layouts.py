"""The five layouts in which the counties of the demo city keep their ledgers."""

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from review.demo.clerk import Clerk
from review.demo.columns import FIRST_HALF, FIRST_ROW, FLAT, MERGED, ONE_CELL, SECOND_HALF
from review.demo.model import Case, County
from review.demo.sheetfile import HEADER, TITLE, Book

Placed = Callable[[Case, str, int, list[int]], None]


def write_ledger(path: Path, county: County, cases: Iterable[Case], seed: int, placed: Placed) -> tuple[int, int]:
    """Write a county's ledger and tell ``placed`` where each case and each of its people stands; returns cases, people."""
    clerk = Clerk(county, seed)
    counts = [0, 0]

    def counted(items: Iterable[Case]) -> Iterator[Case]:
        for case in items:
            counts[0] += 1
            counts[1] += len(case.people)
            yield case

    if county.as_csv:
        _write_csv(path, clerk, counted(cases), placed)
    else:
        book = Book()
        WRITERS[county.layout](book, clerk, counted(cases), placed)
        book.save(path)
    return counts[0], counts[1]


def _write_first_row(book: Book, clerk: Clerk, cases: Iterable[Case], placed: Placed) -> None:
    """Title and unit rows, case cells on the first row of a case only, a total and a note below."""
    columns = [c for c in FIRST_ROW if clerk.county.numbered or c.field != "case_no"]
    sheet = book.sheet("台账", (c.width for c in columns))
    blank = [None] * (len(columns) - 1)
    sheet.merge(1, 1, len(columns), 1)
    sheet.write([f"{clerk.county.name}2023年度问责案件台账", *blank], TITLE)
    sheet.write([f"填报单位：{clerk.county.name}纪委监委党风政风监督室", *blank[:-1], "单位：人"])
    sheet.write([c.header for c in columns], HEADER)
    name_at = next(i for i, c in enumerate(columns) if c.field == "name")
    people = 0
    for number, case in enumerate(cases, 1):
        rows = []
        for index, person in enumerate(case.people):
            values = [
                None if c.of_case and index else str(number) if c.field == "seq" else clerk.cell(c.field, case, person) for c in columns
            ]
            rows.append(sheet.write(values))
        people += len(rows)
        placed(case, sheet.title, rows[0], rows)
    total = ["合计", *blank]
    total[name_at] = f"{people}人"
    sheet.write(total)
    sheet.write(["注：1.本表由承办单位填报，按月更新；2.责任类型按《中国共产党问责条例》第六条填写。", *blank])


def _write_merged(book: Book, clerk: Clerk, cases: Iterable[Case], placed: Placed) -> None:
    """Two-level header with merged parents, case cells merged over the rows of the case, one row a person."""
    sheet = book.sheet("Sheet1", (c.width for c in MERGED))
    levels = [c.header.split("/", 1) for c in MERGED]
    sheet.write([f"{clerk.county.name}问责情况统计表", *[None] * (len(MERGED) - 1)], TITLE)
    sheet.merge(1, 1, len(MERGED), 1)
    start = 0
    for index in range(1, len(levels) + 1):
        if index == len(levels) or levels[index][0] != levels[start][0]:
            alone = len(levels[start]) == 1
            sheet.merge(start + 1, 2, index, 3 if alone else 2)
            start = index
    sheet.write([names[0] if not i or levels[i - 1][0] != names[0] else None for i, names in enumerate(levels)], HEADER)
    sheet.write([names[1] if len(names) > 1 else None for names in levels], HEADER)
    for number, case in enumerate(cases, 1):
        rows = []
        for index, person in enumerate(case.people):
            values = [None if c.of_case and index else number if c.field == "seq" else clerk.cell(c.field, case, person) for c in MERGED]
            rows.append(sheet.write(values))
        for index, column in enumerate(MERGED, 1):
            if column.of_case:
                sheet.merge(index, rows[0], index, rows[-1])
        placed(case, sheet.title, rows[0], rows)


def people_text(case: Case) -> str:
    """All people of a case in one cell: 名（单位职务）责任，处理；… and an organisation without a post."""
    parts = []
    for person in case.people:
        where = "" if person.kind == "organization" else f"（{(person.unit or '') + (person.post or '')}）"
        parts.append(f"{person.name or ''}{where}{person.responsibility or ''}，{person.measures_text or ''}".rstrip("，"))
    return "；".join(parts)


def _one_cell_row(clerk: Clerk, case: Case) -> list:
    first = case.people[0]
    return [people_text(case) if c.field == "people" else clerk.cell(c.field, case, first) for c in ONE_CELL]


def _write_one_cell(book: Book, clerk: Clerk, cases: Iterable[Case], placed: Placed) -> None:
    """One row a case, everybody in one cell."""
    sheet = book.sheet("汇总", (c.width for c in ONE_CELL))
    sheet.write([c.header for c in ONE_CELL], HEADER)
    for case in cases:
        row = sheet.write(_one_cell_row(clerk, case))
        placed(case, sheet.title, row, [row] * len(case.people))


def _write_csv(path: Path, clerk: Clerk, cases: Iterable[Case], placed: Placed) -> None:
    """The same as one row a case, exported by an office program: GB18030, no sheet name of its own."""
    with path.open("w", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([c.header for c in ONE_CELL])
        for row, case in enumerate(cases, 2):
            writer.writerow(["" if v is None else v for v in _one_cell_row(clerk, case)])
            placed(case, path.stem, row, [row] * len(case.people))


def _write_several_sheets(book: Book, clerk: Clerk, cases: Iterable[Case], placed: Placed) -> None:
    """Cover, instructions and code list around two data sheets whose headers differ in words and order."""
    county = clerk.county.name
    cover = book.sheet("封面", (60,))
    for text in (None, None, f"{county}问责案件台账", "（2023年度）", None, f"填报单位：{county}纪委监委", "填报时间：2024年1月"):
        cover.write([text], TITLE)
    guide = book.sheet("填表说明", (8, 90))
    for row in (("序号", "说明"), ("1", "每名被问责对象填一行，同一案件的案件信息每行都要填写。"), ("2", "责任划分按条例第六条填写。"),
                ("3", "没有的项目填“不涉及”，不清楚的留空。")):
        guide.write(list(row))
    codes = book.sheet("代码表", (12, 30))
    for row in (("代码", "问责方式"), ("1", "通报"), ("2", "诫勉"), ("3", "组织调整或者组织处理"), ("4", "纪律处分")):
        codes.write(list(row))
    sheets = (book.sheet("上半年 ", (c.width for c in FIRST_HALF)), book.sheet("下半年", (c.width for c in SECOND_HALF)))
    sheets[0].write([f"{county}2023年上半年问责台账", *[None] * (len(FIRST_HALF) - 1)], TITLE)
    for sheet, columns in zip(sheets, (FIRST_HALF, SECOND_HALF), strict=True):
        sheet.write([c.header for c in columns], HEADER)
    for number, case in enumerate(cases, 1):
        half = number % 2
        sheet, columns = sheets[half], (FIRST_HALF, SECOND_HALF)[half]
        rows = [
            sheet.write([number if c.field == "seq" else clerk.cell(c.field, case, person) for c in columns]) for person in case.people
        ]
        placed(case, sheet.title, rows[0], rows)


def _write_flat(book: Book, clerk: Clerk, cases: Iterable[Case], placed: Placed) -> None:
    """Long and flat: every row complete, blank rows, the header again after a page, subtotals, all date formats."""
    sheet = book.sheet("明细", (c.width for c in FLAT))
    headers = [c.header for c in FLAT]
    sheet.write(headers, HEADER)
    since = people = 0
    for number, case in enumerate(cases, 1):
        rows = [
            sheet.write([str(number) if c.field == "seq" else clerk.cell(c.field, case, person) for c in FLAT]) for person in case.people
        ]
        placed(case, sheet.title, rows[0], rows)
        people += len(rows)
        since += 1
        if since == 20:
            subtotal = [None] * len(headers)
            subtotal[0], subtotal[14] = "小计", f"{people}人"
            sheet.write(subtotal)
            sheet.write([None] * len(headers))
            sheet.write(headers, HEADER)
            since = people = 0


WRITERS = {
    "first_row": _write_first_row,
    "merged": _write_merged,
    "one_cell": _write_one_cell,
    "several_sheets": _write_several_sheets,
    "flat": _write_flat,
}
