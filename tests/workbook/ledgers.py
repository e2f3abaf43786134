"""Small ledgers for tests, with the ugly features asked for by name."""

import io
from datetime import datetime

import openpyxl

HEADERS = ("序号", "案件名称", "县区", "姓名", "工作单位", "时任职务", "责任类型", "问责方式", "决定时间")


def row(title, name, unit="甲县水利局", post="局长", responsibility="主要领导责任", measures="诫勉", decided="2023-05-06", county="甲县"):
    """One respondent in the order of HEADERS without the running number."""
    return (title, county, name, unit, post, responsibility, measures, decided)


def workbook_bytes(book: openpyxl.Workbook) -> bytes:
    """The workbook as the bytes of a file."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheets(**tables) -> bytes:
    """A workbook of plain sheets: name -> list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        fill(book.create_sheet(name), rows)
    return workbook_bytes(book)


def fill(sheet, rows) -> None:
    """Write rows from the first row of a sheet on."""
    for values in rows:
        sheet.append(list(values))


def ledger(
    cases,
    *,
    title=None,
    unit_row=False,
    two_level=False,
    style="first_row",
    order=None,
    total=False,
    notes=(),
    blank_rows=False,
    repeat_header=False,
    stars=False,
    leading_rows=0,
    leading_columns=0,
    real_dates=False,
    sheet_name="台账",
) -> bytes:
    """A ledger of ``cases`` = [[row(...), …], …] as .xlsx bytes.

    style: first_row (case cells only on the first row), merged (case cells merged), repeated (on every row).
    order: permutation of the columns. stars: headers like “*姓 名”. two_level: person columns under a merged header.
    """
    order = list(order or range(len(HEADERS)))
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = sheet_name
    top = leading_rows
    width = len(order)

    def put(values, line):
        for c, value in enumerate(values):
            if value is not None:
                sheet.cell(line, c + 1 + leading_columns, value)

    if title:
        top += 1
        sheet.cell(top, 1 + leading_columns, title)
        sheet.merge_cells(start_row=top, start_column=1 + leading_columns, end_row=top, end_column=width + leading_columns)
    if unit_row:
        top += 1
        put(["填报单位：甲县纪委监委"] + [None] * (width - 2) + ["单位：人"], top)
    headers = [HEADERS[c] for c in order]
    if stars:
        headers = [f"*{h[0]} {h[1:]}\n" for h in headers]
    top += 1
    header_line = top
    if two_level:
        _two_levels(sheet, headers, order, top, leading_columns)
        top += 1
    else:
        put(headers, top)
    line = top
    for number, case in enumerate(cases, 1):
        start = line + 1
        for n, person in enumerate(case):
            line += 1
            values = [number, *person]
            if real_dates and values[8]:
                values[8] = datetime.fromisoformat(values[8])
            if n and style != "repeated":
                values[0] = values[1] = values[2] = None
            put([values[c] for c in order], line)
        if style == "merged" and len(case) > 1:
            for c, field in enumerate(order):
                if field < 3:
                    at = c + 1 + leading_columns
                    sheet.merge_cells(start_row=start, start_column=at, end_row=line, end_column=at)
        if blank_rows:
            line += 1
        if repeat_header and number == 1 and not two_level:
            line += 1
            put(headers, line)
    people = sum(len(c) for c in cases)
    if total:
        line += 1
        sheet.cell(line, 1 + leading_columns, "合  计")
        sheet.cell(line, min(4, width) + leading_columns, f"{people}人")
    for text in notes:
        line += 1
        sheet.cell(line, 1 + leading_columns, text)
    assert header_line
    return workbook_bytes(book)


def _two_levels(sheet, headers, order, top, offset):
    """Person and handling columns side by side under 被问责对象 and 问责情况, the others merged over both rows."""
    groups = {3: "被问责对象", 4: "被问责对象", 5: "被问责对象", 6: "问责情况", 7: "问责情况", 8: "问责情况"}
    c = 0
    while c < len(order):
        group = groups.get(order[c])
        end = c
        while group and end + 1 < len(order) and groups.get(order[end + 1]) == group:
            end += 1
        if group is None:
            sheet.cell(top, c + 1 + offset, headers[c])
            sheet.merge_cells(start_row=top, start_column=c + 1 + offset, end_row=top + 1, end_column=c + 1 + offset)
        else:
            sheet.cell(top, c + 1 + offset, group)
            if end > c:
                sheet.merge_cells(start_row=top, start_column=c + 1 + offset, end_row=top, end_column=end + 1 + offset)
            for k in range(c, end + 1):
                sheet.cell(top + 1, k + 1 + offset, headers[k])
        c = end + 1


def people_of(reading) -> list[tuple]:
    """Respondents of a reading as (case title, county, name, unit, measures), sorted."""
    cases = {c["case_id"]: c for c in reading.tables["cases"].to_pylist()}
    people = reading.tables["respondents"].to_pylist()
    out = [(cases[p["case_id"]]["title"], cases[p["case_id"]]["county"], p["name"], p["unit"], p["measures_raw"]) for p in people]
    return sorted(out, key=str)
