"""The parts of a zipped workbook, unpacked piece by piece under limits: what a part claims about its size is never believed.

The fast reader trusts the package: it unpacks a part to its end, however long that is. So each part it reads is unpacked
here first, in pieces, and must end where the table of contents says.
"""

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import BadZipFile, ZipFile, ZipInfo

from review.errors import LedgerError
from review.settings import ImportLimits

# Real workbooks have a few parts a sheet; more than this is a trap, and listing them alone would take the memory.
MAX_ENTRIES = 20_000
_ENTRY_BYTES = 400
# Small parts may pack as well as they like: a thousand times nothing is nothing.
RATIO_FROM = 64 * 2**20
SMALL_PART = 24 * 2**20
_PACKED_PIECE = 1 << 18
PIECE = 1 << 23
_ENTITY = tuple(word for mark in ("<!DOCTYPE", "<!ENTITY") for word in (mark.encode(), mark.encode("utf-16-le"), mark.encode("utf-16-be")))


@dataclass(frozen=True)
class Package:
    """A zip file in memory with its entries by path: forward slashes, small letters."""

    data: bytes
    name: str
    entries: dict[str, ZipInfo]

    def pieces(self, path: str) -> Iterator[bytes]:
        """A part in pieces of at most 8 MB. Raises BadZipFile when it is not what the table of contents says."""
        info = self.entries[path]
        head = self.data[info.header_offset : info.header_offset + 30]
        if len(head) < 30 or head[:4] != b"PK\x03\x04":
            raise BadZipFile("no entry where the table of contents points")
        start = info.header_offset + 30 + sum(struct.unpack_from("<HH", head, 26))
        packed = memoryview(self.data)[start : start + info.compress_size]
        if len(packed) < info.compress_size:
            raise BadZipFile("the entry ends early")
        check = size = 0
        for piece in _inflate(packed) if info.compress_type else _cut(packed):
            size += len(piece)
            if size > info.file_size:
                raise BadZipFile("the entry is longer than it says")
            check = zlib.crc32(piece, check)
            yield piece
        if size != info.file_size or check != info.CRC:
            raise BadZipFile("the entry is not as long as it says or its check sum differs")

    def part(self, path: str | None) -> bytes | None:
        """A small part (workbook, links, styles) as a whole; None when there is none. Entities are refused."""
        if path not in self.entries:
            return None
        if self.entries[path].file_size > SMALL_PART:
            raise LedgerError(
                f"文件“{self.name}”里的 {path} 展开后有 {self.entries[path].file_size // 2**20} MB，正常的台账没有这么大，可能是恶意文件。",
                "请向填报单位索取原表；内容确实需要的，请把表格复制到新建的工作簿中另存为 .xlsx 后导入。",
            )
        whole = b"".join(self.pieces(path))
        self.refuse_entities(path, whole)
        return whole

    def refuse_entities(self, path: str, piece: bytes) -> None:
        """No workbook has a document type or entities of its own; whoever puts them in means harm (entity bombs, reading other files)."""
        if b"<!" not in piece and b"<\0!" not in piece:
            return
        if any(mark in piece for mark in _ENTITY):
            raise LedgerError(
                f"文件“{self.name}”里的 {path} 含有 XML 实体定义，正常的台账不会有，可能是恶意文件，没有读入。",
                "请不要使用这个文件，向填报单位核实来源并索取原表。",
            )


def _cut(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), PIECE):
        yield bytes(packed[start : start + PIECE])


def _inflate(packed: memoryview) -> Iterator[bytes]:
    unpack = zlib.decompressobj(-15)
    for start in range(0, len(packed), _PACKED_PIECE):
        rest = packed[start : start + _PACKED_PIECE]
        while rest and not unpack.eof:
            piece = unpack.decompress(rest, PIECE)
            rest = unpack.unconsumed_tail
            if piece:
                yield piece
            elif not rest:
                break
    if not unpack.eof:
        raise BadZipFile("the packed data end early")


def open_package(data: bytes, name: str, limits: ImportLimits) -> Package:
    """The entries of a zip file, checked against the limits. Raises LedgerError for a damaged or harmful package."""
    _refuse_crowd(data, name)
    try:
        with ZipFile(io.BytesIO(data)) as package:
            infos = package.infolist()
    except (BadZipFile, NotImplementedError, ValueError, OSError, EOFError, IndexError, UnicodeDecodeError, struct.error, RecursionError):
        raise LedgerError(
            f"文件“{name}”不完整（{len(data)} 字节，压缩结构在中途断开），可能没有下载完或没有拷贝完。",
            "请重新下载或重新索取该文件后导入。",
        ) from None
    entries: dict[str, ZipInfo] = {}
    for info in infos:
        path = info.filename.replace("\\", "/").lower().lstrip("/")
        if path in entries:
            raise damaged(name, f"其中有两个 {path}")
        entries[path] = info
    unpacked = sum(i.file_size for i in infos)
    if unpacked > limits.unpacked_mb * 2**20:
        raise LedgerError(
            f"文件“{name}”展开后有 {unpacked / 2**30:.1f} GB，超过了 {limits.unpacked_mb / 2**10:.1f} GB 的上限。",
            "请删除空白行列，或按年度、按县区拆成几个文件后导入；上限可在设置文件中用 unpacked_mb 调整。",
        )
    for path, info in entries.items():
        if info.file_size > RATIO_FROM and info.file_size > limits.pack_ratio * max(1, info.compress_size):
            raise LedgerError(
                f"文件“{name}”里的 {path} 压缩前是压缩后的 {info.file_size // max(1, info.compress_size)} 倍（展开后 "
                f"{info.file_size // 2**20} MB），不像真实的台账，可能是压缩炸弹，没有展开。",
                "请向填报单位核实来源并索取原表；若确是台账，请删除多余的空白行列另存后导入，倍数上限可在设置文件中用 pack_ratio 调整。",
            )
        if info.flag_bits & 1:
            raise LedgerError(f"文件“{name}”的压缩包设有密码，程序读不出内容。", "请取消密码后另存为 .xlsx 再导入。")
    return Package(data, name, entries)


def _refuse_crowd(data: bytes, name: str) -> None:
    """Too many entries, told from the end of the file, before they are listed in memory."""
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if end < 0 or len(data) < end + 22:
        return
    count, size = struct.unpack_from("<HI", data, end + 10)
    if count > MAX_ENTRIES or (size > MAX_ENTRIES * _ENTRY_BYTES and len(data) > size):
        raise LedgerError(
            f"文件“{name}”里有 {count} 个以上的部件，正常的台账只有几十个，可能是恶意文件，没有展开。", "请向填报单位核实来源并索取原表。"
        )


def damaged(name: str, what: str = "其中的内容校验不符") -> LedgerError:
    """The error for a package whose inside contradicts its table of contents."""
    return LedgerError(
        f"文件“{name}”不完整，{what}，可能没有下载完或已损坏。",
        "请重新下载或重新索取该文件；如果 Excel 还能修复打开，请另存为 .xlsx 后导入。",
    )
