"""What kind of file is this really? Told from the bytes, because ledgers arrive under wrong names."""

import io
import re
import zipfile

from review.errors import LedgerError

# Together this holds the largest ledger we ever measured (500,000 rows × 30 columns is 589 MB of XML) four times over.
MAX_UNPACKED = 2_500_000_000
SAVE_AS = "请用 Excel 或 WPS 打开该文件，另存为“Excel 工作簿（*.xlsx）”后重新导入。"


def recognise(data: bytes, name: str) -> str:
    """'xlsx', 'xlsb', 'ods', 'xls' or 'csv'; raises LedgerError that names the file, what was found, and what to do."""
    if not data.strip(b"\x00 \r\n\t"):
        raise LedgerError(f"文件“{name}”是空的（{len(data)} 字节，没有内容）。", "请重新导出或向填报单位索取该台账。")
    if data.startswith(b"PK"):
        return _inside_zip(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _inside_ole(data, name)
    for start, what in _FOREIGN:
        if data.startswith(start):
            raise LedgerError(f"文件“{name}”的内容是{what}，不是电子表格，只是改了文件名。", "请找到原来的 Excel 台账再导入。")
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        raise LedgerError(f"文件“{name}”的内容是网页，不是电子表格（常见于系统导出的表格）。", SAVE_AS)
    if head.startswith(b"<?xml") or head.startswith(b"<workbook"):
        raise LedgerError(f"文件“{name}”的内容是 XML 文本，不是 Excel 工作簿。", SAVE_AS)
    if head.startswith(b"{\\rtf"):
        raise LedgerError(f"文件“{name}”的内容是 RTF 文档，不是电子表格。", "请把其中的表格复制到 Excel 中，另存为 .xlsx 后导入。")
    if not name.lower().endswith((".csv", ".txt", ".tsv")):
        raise LedgerError(f"文件“{name}”不是 Excel 能打开的格式（内容开头为 {data[:4].hex(' ')}），可能已损坏或改过扩展名。", SAVE_AS)
    return "csv"


_FOREIGN = (
    (b"%PDF", "PDF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "GZ 压缩包"),
)


def _inside_zip(data: bytes, name: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = {i.filename: i for i in package.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError, IndexError, UnicodeDecodeError):
        raise LedgerError(
            f"文件“{name}”不完整（{len(data)} 字节，压缩结构在中途断开），可能没有下载完或没有拷贝完。",
            "请重新下载或重新索取该文件后导入。",
        ) from None
    unpacked = sum(i.file_size for i in entries.values())
    if unpacked > MAX_UNPACKED:
        raise LedgerError(
            f"文件“{name}”展开后有 {unpacked / 1e9:.1f} GB，超过了 {MAX_UNPACKED / 1e9:.1f} GB 的上限。",
            "请删除空白行列，或按年度、按县区拆成几个文件后导入。",
        )
    names = {n.replace("\\", "/").lower() for n in entries}
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if "content.xml" in names and any(n.startswith("meta-inf/") for n in names):
        return "ods"
    if any(n.startswith("word/") for n in names):
        raise LedgerError(f"文件“{name}”的内容是 Word 文档，不是电子表格。", "请把其中的表格复制到 Excel 中，另存为 .xlsx 后导入。")
    if any(n.startswith("ppt/") for n in names):
        raise LedgerError(f"文件“{name}”的内容是演示文稿，不是电子表格。", "请找到原来的 Excel 台账再导入。")
    if any(n.startswith("xl/") for n in names):
        return "xlsx"
    raise LedgerError(f"文件“{name}”是压缩包（内有 {len(entries)} 个文件），不是电子表格。", "请先解压，再导入其中的 Excel 文件。")


def _inside_ole(data: bytes, name: str) -> str:
    def stream(text: str) -> bool:
        return text.encode("utf-16-le") in data

    if stream("EncryptedPackage") or stream("EncryptionInfo"):
        raise locked(name)
    if stream("WordDocument"):
        raise LedgerError(f"文件“{name}”的内容是 Word 文档，不是电子表格。", "请把其中的表格复制到 Excel 中，另存为 .xlsx 后导入。")
    if stream("PowerPoint Document"):
        raise LedgerError(f"文件“{name}”的内容是演示文稿，不是电子表格。", "请找到原来的 Excel 台账再导入。")
    return "xls"


def locked(name: str) -> LedgerError:
    """The error for a workbook that opens only with a password."""
    return LedgerError(f"文件“{name}”设有打开密码，程序读不出内容。", "请用 Excel 或 WPS 输入密码打开，取消密码后另存为 .xlsx 再导入。")


def decode_text(data: bytes, name: str) -> str:
    """Text of a CSV: UTF-16 with its mark, else UTF-8, else GB18030; never with replaced characters. Raises LedgerError."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Control characters never occur in a text table: the bytes only happen to be decodable.
        if re.search(r"[\x00-\x08\x0e-\x1f]", text):
            break
        return text
    raise LedgerError(
        f"文件“{name}”的文字既不是 UTF-8 也不是 GB18030 编码，或者根本不是文本。",
        "请用 Excel 或 WPS 打开，确认文字正常后另存为 .xlsx 再导入。",
    )
