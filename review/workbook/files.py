"""What kind of file is this really? Told from the bytes, because ledgers arrive under wrong names."""

from pathlib import Path

from review.errors import LedgerError
from review.settings import ImportLimits
from review.workbook.unpack import open_package

SAVE_AS = "请用 Excel 或 WPS 打开该文件，另存为“Excel 工作簿（*.xlsx）”后重新导入。"


def read_file(source: Path | str | bytes, name: str | None, limits: ImportLimits) -> tuple[bytes, str]:
    """The bytes of a file and the name to show; raises LedgerError when it can't be read or is over the limit."""
    if isinstance(source, bytes):
        name = name or "台账"
        _within(len(source), name, limits)
        return source, name
    path = Path(source)
    name = name or path.name
    try:
        if path.exists() and not path.is_file():
            raise LedgerError(f"“{path}”不是文件。", "请选择台账文件本身，不要选文件夹。")
        _within(path.stat().st_size, name, limits)
        return path.read_bytes(), name
    except FileNotFoundError:
        raise LedgerError(f"找不到文件“{path}”。", "请检查路径和文件名是否正确。") from None
    except OSError as error:
        raise LedgerError(f"文件“{name}”打不开：{error.strerror or error}。", "请关闭占用它的程序，或检查是否有读取权限。") from None


def _within(size: int, name: str, limits: ImportLimits) -> None:
    if size > limits.file_mb * 2**20:
        raise LedgerError(
            f"文件“{name}”有 {size / 2**20:.0f} MB，超过了 {limits.file_mb} MB 的上限。",
            "请删除图片和空白行列，或按年度、按县区拆成几个文件后导入；上限可在设置文件中用 file_mb 调整。",
        )


def recognise(data: bytes, name: str, limits: ImportLimits | None = None) -> str:
    """'xlsx', 'xls' or 'csv'; raises LedgerError that names the file, what was found, and what to do."""
    if not data.strip(b"\x00 \r\n\t"):
        raise LedgerError(f"文件“{name}”是空的（{len(data)} 字节，没有内容）。", "请重新导出或向填报单位索取该台账。")
    if data.startswith(b"PK"):
        return _inside_zip(data, name, limits or ImportLimits())
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return _inside_ole(data, name)
    for start, what in _FOREIGN:
        if data.startswith(start):
            raise LedgerError(f"文件“{name}”的内容是{what}，不是电子表格，只是改了文件名。", "请找到原来的 Excel 台账再导入。")
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        raise LedgerError(f"文件“{name}”的内容是网页，不是电子表格（常见于系统导出的表格）。", SAVE_AS)
    if head.startswith((b"<?xml", b"<workbook")):
        raise LedgerError(f"文件“{name}”的内容是 XML 文本，不是 Excel 工作簿。", SAVE_AS)
    if head.startswith(b"{\\rtf"):
        raise LedgerError(f"文件“{name}”的内容是 RTF 文档，不是电子表格。", "请把其中的表格复制到 Excel 中，另存为 .xlsx 后导入。")
    if not name.lower().endswith((".csv", ".txt", ".tsv")):
        raise LedgerError(f"文件“{name}”不是 Excel 能打开的格式（内容开头为 {data[:4].hex(' ')}），可能已损坏或改过扩展名。", SAVE_AS)
    return "csv"


# Words in Latin letters stand apart from the Chinese before them.
_FOREIGN = (
    (b"%PDF", " PDF 文档"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"Rar!", " RAR 压缩包"),
    (b"7z\xbc\xaf", " 7z 压缩包"),
    (b"\x1f\x8b", " GZ 压缩包"),
    (b"MZ", "程序文件"),
    (b"\x7fELF", "程序文件"),
    (b"SQLite format 3", "数据库文件"),
)
_WORD = "请把其中的表格复制到 Excel 中，另存为 .xlsx 后导入。"


def _inside_zip(data: bytes, name: str, limits: ImportLimits) -> str:
    names = open_package(data, name, limits).entries
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise LedgerError(f"文件“{name}”是 Excel 二进制工作簿（.xlsb），程序不读这种格式。", SAVE_AS)
    if "content.xml" in names and any(n.startswith("meta-inf/") for n in names):
        raise LedgerError(f"文件“{name}”是 OpenDocument 表格（.ods），程序不读这种格式。", SAVE_AS)
    if any(n.startswith("word/") for n in names):
        raise LedgerError(f"文件“{name}”的内容是 Word 文档，不是电子表格。", _WORD)
    if any(n.startswith("ppt/") for n in names):
        raise LedgerError(f"文件“{name}”的内容是演示文稿，不是电子表格。", "请找到原来的 Excel 台账再导入。")
    if any(n.startswith("xl/") for n in names):
        return "xlsx"
    raise LedgerError(f"文件“{name}”是压缩包（内有 {len(names)} 个文件），不是电子表格。", "请先解压，再导入其中的 Excel 文件。")


def _inside_ole(data: bytes, name: str) -> str:
    def stream(text: str) -> bool:
        return text.encode("utf-16-le") in data

    if stream("EncryptedPackage") or stream("EncryptionInfo"):
        raise locked(name)
    if stream("WordDocument"):
        raise LedgerError(f"文件“{name}”的内容是 Word 文档，不是电子表格。", _WORD)
    if stream("PowerPoint Document"):
        raise LedgerError(f"文件“{name}”的内容是演示文稿，不是电子表格。", "请找到原来的 Excel 台账再导入。")
    return "xls"


def locked(name: str) -> LedgerError:
    """The error for a workbook that opens only with a password."""
    return LedgerError(f"文件“{name}”设有打开密码，程序读不出内容。", "请用 Excel 或 WPS 输入密码打开，取消密码后另存为 .xlsx 再导入。")
