"""What could not be read, said so that the person who keeps the ledger can mend it."""

from dataclasses import dataclass

from review.workbook.columns import Column
from review.workbook.package import column_letter

KEPT = "本行其余内容已读入。"
REWRITE = "请按说明改写该单元格后重新导入；" + KEPT


@dataclass(frozen=True)
class Reject:
    """A cell (or a row, with ``column`` None) that could not be read; ``row`` counts from 1."""

    sheet: str
    row: int | None
    column: str | None
    header: str | None
    raw: str | None
    reason: str
    advice: str


class Rejects:
    """Rejects in the order found, each cell and reason once."""

    def __init__(self):
        self._seen: dict[Reject, None] = {}
        # Cells of forms by sheet, row and column of the table made from them (from 0): where they really stand.
        self.places: dict[tuple[str, int, int], tuple[int, int]] = {}

    def cell(self, sheet: str, row: int, column: Column | None, raw: str | None, reason: str, advice: str = REWRITE) -> None:
        """A cell of a mapped column; the place is put before the reason."""
        letter, header = (column.letter, column.header) if column else (None, None)
        if column and (at := self.places.get((sheet, row - 1, column.position))):
            row, letter = at[0] + 1, column_letter(at[1])
        place = f"表“{sheet}”第{row}行" + (f"“{header}”列：" if column else "：")
        self._seen[Reject(sheet, row, letter, header, raw, place + _sentence(reason), advice)] = None

    def address(self, sheet: str, row: int, position: int, header: str | None, raw: str, reason: str, advice: str) -> None:
        """A cell by its position (from 0) whether or not its column has a field."""
        letter = column_letter(position)
        place = f"表“{sheet}”第{row}行" + (f"“{header}”列：" if header else f"{letter}列：")
        self._seen[Reject(sheet, row, letter, header, raw, place + _sentence(reason), advice)] = None

    def all(self) -> list[Reject]:
        """Rejects found so far."""
        return list(self._seen)


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else text + "。"
