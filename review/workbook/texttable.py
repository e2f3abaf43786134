"""Tables as text (.csv, .tsv, .txt): encoding, delimiter, cells."""

import csv
import io
import re
from collections import Counter

from review.errors import LedgerError
from review.settings import ImportLimits
from review.workbook.progress import READING, UNWATCHED, Watch

_SAVE_AS = "请用 Excel 或 WPS 打开，确认文字正常后另存为“Excel 工作簿（*.xlsx）”再导入。"
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1f]")
# A few control characters come along when text is pasted from Word; more than one in a thousand is no text.
_FEW = 1_000
_BATCH = 10_000


def decode_text(data: bytes, name: str) -> str:
    """Text of a CSV: UTF-16 with its mark, else UTF-8, else GB18030; never with replaced characters. Raises LedgerError."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    first_fault = None
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            first_fault = first_fault or error
            continue
        if "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            raise LedgerError(f"文件“{name}”第 {line} 行有空字节（NUL），不是正常的文本表格，可能已损坏。", _SAVE_AS)
        if len(_CONTROL.findall(text[:1_000_000])) * _FEW > min(len(text), 1_000_000) + 5 * _FEW:
            break
        return text
    head = data[:100_000]
    if first_fault is not None and len(_CONTROL.findall(head.decode("latin-1"))) * _FEW <= len(head):
        line = data.count(b"\n", 0, first_fault.start) + 1
        if line > 1:
            raise LedgerError(f"文件“{name}”里混有不同编码的文字：第 {line} 行起既不是 UTF-8 也不是 GB18030，读出来会是乱码。", _SAVE_AS)
    raise LedgerError(f"文件“{name}”的文字既不是 UTF-8 也不是 GB18030 编码，或者根本不是文本。", _SAVE_AS)


def read_text_table(data: bytes, name: str, limits: ImportLimits, watch: Watch = UNWATCHED) -> list[list[str | None]]:
    """Columns of a text table, every cell as written, None where blank. Raises LedgerError for what is no table or over the limits."""
    if len(data) > limits.text_mb * 2**20:
        raise LedgerError(
            f"文件“{name}”有 {len(data) / 2**20:.0f} MB，文本表格的上限是 {limits.text_mb} MB。",
            "请另存为 .xlsx，或按年度、按县区拆成几个文件后导入；上限可在设置文件中用 text_mb 调整。",
        )
    text = decode_text(data, name)
    delimiter = _delimiter(text[:20_000])
    csv.field_size_limit(limits.text_mb * 2**20)
    columns: list[list[str | None]] = []
    known: dict[str, str | None] = {"": None}
    height = cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            height += 1
            cells += len(row)
            if height > limits.rows or len(row) > limits.columns or cells > limits.cells or height * len(columns) > limits.cells:
                raise _too_large(name, height, len(row), limits)
            if len(row) > len(columns):
                columns += [[None] * (height - 1) for _ in range(len(row) - len(columns))]
            for c, cell in enumerate(row):
                kept = known.get(cell, known)
                if kept is known:
                    if len(cell) > limits.cell_characters:
                        raise _too_long(name, height, c, len(cell), limits)
                    kept = known[cell] = cell if cell.strip() else None
                columns[c].append(kept)
            for column in columns[len(row) :]:
                column.append(None)
            if height % _BATCH == 0:
                watch.tell(READING, 0.5, "", height)
    except csv.Error:
        raise LedgerError(f"文件“{name}”第 {height + 1} 行起不是完整的 CSV 表格（引号不成对或换行有误）。", _SAVE_AS) from None
    return columns


def _too_large(name: str, row: int, width: int, limits: ImportLimits) -> LedgerError:
    return LedgerError(
        f"文件“{name}”的范围异常：第 {row} 行有 {width} 列（上限是 {limits.rows} 行、{limits.columns} 列、{limits.cells} 格）。",
        "请确认分隔符是逗号，并拆成较小的文件后导入。",
    )


def _too_long(name: str, row: int, column: int, length: int, limits: ImportLimits) -> LedgerError:
    return LedgerError(
        f"文件“{name}”第 {row} 行第 {column + 1} 列有 {length} 个字，超过了一个单元格 {limits.cell_characters} 个字的上限，"
        "多半是引号不成对，后面的行被连成了一格。",
        "请用 Excel 或 WPS 打开检查这一行，另存为 .xlsx 后导入。",
    )


def _delimiter(head: str) -> str:
    """The sign that cuts most rows into equally many fields: long texts are full of commas, but never evenly."""

    def evenness(sign: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=sign) if row)
        # The share, not the number: a wrong sign breaks quoted cells of several lines into many short rows.
        return max((n for width, n in widths.items() if width > 1), default=0) / max(widths.total(), 1), head.count(sign)

    return max(",\t;，", key=evenness)
