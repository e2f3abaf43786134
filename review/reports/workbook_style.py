"""How our workbooks look: one ink, thin lines, words beside every colour, ready for A4 paper."""

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.page import PageMargins

INK = "1F3A5F"
LEVEL_COLOURS = {"严重": "B3261E", "一般": "B26A00", "提示": "5B7083"}
FONT = "Microsoft YaHei"  # Excel and LibreOffice fall back to a Chinese font of their own where it is missing
A4 = 9

_THIN = Side(style="thin", color="BFC7D1")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAP = Alignment(vertical="top", wrap_text=True)
_MIDDLE = Alignment(horizontal="center", vertical="top", wrap_text=True)


def _font(**more) -> Font:
    return Font(name=FONT, size=10, **more)


STYLES = {
    "text": {"font": _font(), "border": _BOX, "alignment": _WRAP},
    "identifier": {"font": _font(), "border": _BOX, "alignment": _WRAP, "number_format": "@"},
    "number": {"font": _font(), "border": _BOX, "alignment": _MIDDLE},
    "ticket": {"font": _font(), "border": _BOX, "alignment": Alignment(vertical="top"), "number_format": "0.0000000000000000"},
    "sequence": {"font": _font(color="5B7083"), "border": _BOX, "alignment": _MIDDLE},
    "fill": {"font": _font(), "border": _BOX, "alignment": _WRAP, "fill": PatternFill("solid", fgColor="FFFBEA")},
    "key": {"font": _font(color="9AA5B1"), "number_format": "@"},
    "level": {"font": _font(), "border": _BOX, "alignment": _MIDDLE},
    "verdict": {"font": _font(), "border": _BOX, "alignment": _MIDDLE},
    "verdict:待核": {"font": _font(color="5B7083", italic=True), "border": _BOX, "alignment": _MIDDLE},
    "header": {
        "font": _font(bold=True, color="FFFFFF"),
        "border": _BOX,
        "fill": PatternFill("solid", fgColor=INK),
        "alignment": Alignment(horizontal="center", vertical="center", wrap_text=True),
    },
    "title": {"font": Font(name=FONT, size=16, bold=True, color=INK)},
    "warning": {"font": _font(bold=True, color="B3261E"), "alignment": _WRAP},
    "heading": {"font": Font(name=FONT, size=12, bold=True, color=INK)},
    "label": {"font": _font(color="5B7083"), "alignment": _WRAP},
    "plain": {"font": _font(), "alignment": _WRAP},
} | {f"level:{name}": {"font": _font(bold=True, color=rgb), "border": _BOX, "alignment": _MIDDLE} for name, rgb in LEVEL_COLOURS.items()}


class Cells:
    """Styled cells of one write-only sheet. A cell is written the moment its row is appended, so each style needs only one set
    of attributes: it is built once and lent to every later cell of that style."""

    def __init__(self, sheet):
        self._sheet = sheet
        self._made = {}

    def __call__(self, style: str, value=None) -> WriteOnlyCell:
        """A cell of ``style`` (key of STYLES) holding ``value``; text stays text whatever it begins with."""
        if style not in self._made:
            first = WriteOnlyCell(self._sheet)
            for name, setting in STYLES[style].items():
                setattr(first, name, setting)
            self._made[style] = first._style
        # An empty text would be written as a text cell without text, which Excel takes for a damaged file.
        cell = WriteOnlyCell(self._sheet, None if value == "" else value)
        cell._style = self._made[style]
        if isinstance(value, str) and value:
            cell.data_type = "s"
        return cell


def set_up_page(sheet, heading: str, landscape: bool = True, repeat_header: bool = True) -> None:
    """A4, one page wide, header row repeated, page numbers; ``heading`` stands above every page."""
    sheet.page_setup.paperSize = A4
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.7, bottom=0.6, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    if repeat_header:
        sheet.print_title_rows = "1:1"
    if heading:
        # "&" starts a code in headers; doubled it is a character.
        sheet.oddHeader.center.text = heading.replace("&", "&&")
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
