"""The blank ledger that county offices fill in, with drop-downs and a guide sheet; made from the vocabulary: it knows every field."""

import tomllib
from functools import lru_cache
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from review.vocabulary.terms import Field, fields, steps

FILE_NAME = "问责案件台账模板.xlsx"
ROWS = 2000
INK, PALE, WHITE, RULE = "1F3A5F", "E8EDF4", "FFFFFF", "B8C2CF"
GRID = Border(*(Side(style="thin", color=RULE),) * 4)
FACE = "Microsoft YaHei"
LONG = {"title", "reason", "rectification", "unit", "legal_basis", "consequence", "mitigation", "aggravation"}
NARROW = {"seq", "admin_level", "object_type"}


@lru_cache(maxsize=1)
def guide() -> dict:
    """Content of guide.toml: groups, choices and the sentence for each column."""
    return tomllib.loads((Path(__file__).parent / "guide.toml").read_text(encoding="utf-8"))


def columns() -> list[tuple[str, Field]]:
    """Group and field of every column, in order."""
    known = fields()
    return [(group, known[name]) for group in guide()["groups"]["order"] for name in guide()["groups"]["fields"][group]]


def header(field: Field) -> str:
    """The header of a field: a word that the loader knows, for steps one that asks 是否."""
    if field.name in guide()["headers"]:
        return guide()["headers"][field.name]
    if field.kind == "flag" and field.step:
        return next((s for s in field.synonyms if s.startswith("是否")), field.synonyms[0])
    return field.label if field.label in field.synonyms else field.synonyms[0]


def choices(field: Field) -> list[str]:
    """Values offered in the drop-down; empty where any text is right."""
    if field.step and field.kind == "flag":
        return ["是", "否", "不适用"]
    return guide()["choices"].get(field.name, [])


def explain(field: Field) -> tuple[str, str]:
    """What the guide sheet says of a column: how to fill it, what a blank means."""
    if field.step:
        label = steps()[field.step].label
        if field.kind == "date":
            return f"“{label}”这一环节完成的日期。", "日期不清楚"
        return f"“{label}”这一环节是否已经履行。", "不清楚，按“待核”处理，不等于“否”"
    blank = {"name": "姓名不清楚", "measures_party": "不清楚", "note": "没有"}.get(field.name, "不清楚，按“待核”处理")
    return guide()["text"][field.name], blank


def write_template(path: Path | str) -> None:
    """Write the blank template to ``path``."""
    book = Workbook()
    _ledger_sheet(book.active)
    _guide_sheet(book.create_sheet("填写说明"))
    book.save(path)


def _paint(cell, value, bold: bool = False, ink: str = "000000", ground: str | None = None, centre: bool = False, size: int = 10) -> None:
    cell.value = value
    cell.font = Font(name=FACE, bold=bold, color=ink, size=size)
    cell.alignment = Alignment(horizontal="center" if centre else "left", vertical="center", wrap_text=True)
    cell.border = GRID
    if ground:
        cell.fill = PatternFill("solid", fgColor=ground)


def _ledger_sheet(sheet: Worksheet) -> None:
    sheet.title = "问责台账"
    start = 1
    layout = columns()
    for index, (group, field) in enumerate(layout, 1):
        letter = get_column_letter(index)
        column = sheet.column_dimensions[letter]
        column.width = 26 if field.name in LONG else 7 if field.name in NARROW else 13
        column.number_format = "@"
        column.font = Font(name=FACE, size=10)
        column.alignment = Alignment(vertical="center", wrap_text=True)
        _paint(sheet.cell(1, index), group if index == start else None, True, WHITE, INK, True, 11)
        _paint(sheet.cell(2, index), header(field), True, INK, PALE, True)
        if choices(field):
            sheet.add_data_validation(_drop_down(field, f"{letter}3:{letter}{ROWS}"))
        if index == len(layout) or layout[index][0] != group:
            if index > start:
                sheet.merge_cells(start_row=1, start_column=start, end_row=1, end_column=index)
            start = index + 1
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 22, 34
    sheet.freeze_panes = "D3"
    sheet.print_title_rows = "1:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.sheet_view.zoomScale = 90


def _drop_down(field: Field, cells: str) -> DataValidation:
    rule = DataValidation(type="list", formula1='"' + ",".join(choices(field)) + '"', allow_blank=True, sqref=cells)
    rule.errorStyle, rule.showErrorMessage = "warning", True
    rule.errorTitle, rule.error = header(field), "不在下拉选项中。确需这样填写请选“是”。"
    rule.showInputMessage, rule.promptTitle, rule.prompt = True, header(field), explain(field)[0]
    return rule


GENERAL = (
    "每名被问责对象填一行；同一案件的各行，案件栏目填写相同内容，案件编号必须一致。",
    "日期写作 2023.5.16；只知道月份写 2023.5；可以是真正的日期单元格，也可以是文字。",
    "空白表示“不清楚”，评查时按“待核”处理；确实没有的写“否”或者“无”；与本案无关的写“不适用”。三者不能混用。",
    "不知道的栏目可以整列不填，但请不要删改表头；多出的列可以加在最后，导入时会保留。",
    "填完后直接把文件拖入“数据导入”页面即可，本说明页不会被当作台账读入。",
)


def _guide_sheet(sheet: Worksheet) -> None:
    widths = (15, 21, 56, 44, 34, 30)
    for letter, width in zip("ABCDEF", widths, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.merge_cells("A1:F1")
    _paint(sheet["A1"], "问责案件台账填写说明", True, WHITE, INK, True, 14)
    sheet.row_dimensions[1].height = 30
    row = 2
    for number, sentence in enumerate(GENERAL, 1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=6)
        _paint(sheet.cell(row, 1), f"{number}. {sentence}")
        sheet.row_dimensions[row].height = 20
        row += 1
    for index, text in enumerate(("分组", "栏目", "怎样填写", "可选内容", "空白表示", "示例（不会读入）"), 1):
        _paint(sheet.cell(row, index), text, True, INK, PALE, True)
    sheet.freeze_panes = sheet.cell(row + 1, 1)
    sheet.print_title_rows = f"{row}:{row}"
    for group, field in columns():
        row += 1
        how, blank = explain(field)
        offered = "、".join(choices(field))
        texts = (group, header(field), how, offered, blank, guide()["example"].get(field.name, ""))
        for index, text in enumerate(texts, 1):
            _paint(sheet.cell(row, index), text, bold=index == 2)
        lines = max(-(-2 * len(text) // (width - 2)) for text, width in zip(texts, widths, strict=True))
        sheet.row_dimensions[row].height = 3 + 15 * max(1, lines)
    row += 1
    for name, why in guide()["left_out"].items():
        row += 1
        sheet.merge_cells(start_row=row, start_column=3, end_row=row, end_column=6)
        _paint(sheet.cell(row, 1), "模板未列")
        _paint(sheet.cell(row, 2), fields()[name].label, True)
        _paint(sheet.cell(row, 3), why)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
