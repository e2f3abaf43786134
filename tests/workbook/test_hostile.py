"""Every hostile file is refused, or read without harm, with a clear sentence, quickly, in bounded memory, and leaves nothing behind."""

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from review.errors import LedgerError
from review.reports.rejects import write_rejects
from review.settings import ImportLimits
from review.store.database import open_database
from review.workbook.grid import read_workbook
from review.workbook.load import load_file
from review.workbook.reading import read_ledger

from . import hostile, ledgers
from .oldfile import number_cell, old_workbook, record, text_cell

NAME = "某县台账.xlsx"
ROOT = Path(__file__).resolve().parents[2]

# Kind of file -> (bytes, file name, words of the message). Made when asked for: some take a moment.
REFUSED = {
    "empty": (lambda: b"", NAME, ["是空的", "0 字节"]),
    "nothing but zeros": (lambda: bytes(4096), NAME, ["是空的"]),
    "cut off": (lambda: hostile.GOOD[:-300], NAME, ["不完整", "没有下载完"]),
    "cut off in the middle of a part": (lambda: hostile.changed(hostile.SHEET, lambda x: x)[:2000], NAME, ["不完整"]),
    "password, new format": (lambda: hostile.OLE + "EncryptedPackage".encode("utf-16-le"), NAME, ["打开密码", "取消密码"]),
    "password, old format": (lambda: hostile.LOCKED_OLD, "某县台账.xls", ["打开密码", "取消密码"]),
    "PDF": (lambda: b"%PDF-1.7\n%\xe2\xe3", NAME, ["内容是 PDF 文档", "改了文件名"]),
    "Word": (lambda: hostile.packed({"word/document.xml": b"<w/>"}), NAME, ["Word 文档", "复制到 Excel"]),
    "picture": (lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF", NAME, ["内容是图片"]),
    "web page": (lambda: b"<html><table><tr><td>x</td></tr></table></html>", "某县台账.xls", ["网页", "另存为"]),
    "program": (lambda: b"MZ\x90\x00" + bytes(64), NAME, ["程序文件"]),
    "binary workbook": (lambda: hostile.packed({"xl/workbook.bin": b"x"}), "某县台账.xlsb", [".xlsb", "另存为"]),
    "OpenDocument": (lambda: hostile.packed({"content.xml": b"x", "META-INF/manifest.xml": b"x"}), "某县台账.ods", [".ods", "另存为"]),
    "zip in a zip": (lambda: hostile.packed({"台账.zip": hostile.packed({"台账.xlsx": hostile.GOOD})}), NAME, ["是压缩包", "先解压"]),
    "zip bomb in the texts": (
        lambda: hostile.changed(hostile.STRINGS, lambda _: b"<sst>" + b"A" * (100 * 2**20)), NAME, ["压缩炸弹", "xl/sharedstrings.xml"]
    ),
    "zip bomb in the sheet": (lambda: hostile.with_rows(b" " * (100 * 2**20)), NAME, ["压缩炸弹", hostile.SHEET]),
    "zip bomb that lies about its size": (lambda: hostile.lying(hostile.STRINGS, 400), NAME, ["不完整", "校验不符"]),
    "sheet that lies about its size": (lambda: hostile.lying(hostile.SHEET, 400), NAME, ["不完整", "校验不符"]),
    "very many parts": (lambda: hostile.crowd(25_000), NAME, ["25000 个以上的部件", "恶意"]),
    "entities in the workbook": (lambda: hostile.entity_bomb(hostile.BOOK), NAME, ["XML 实体", "xl/workbook.xml"]),
    "entities in the texts": (lambda: hostile.entity_bomb(hostile.STRINGS), NAME, ["XML 实体", "xl/sharedstrings.xml"]),
    "entities in the sheet": (lambda: hostile.entity_bomb(hostile.SHEET), NAME, ["XML 实体", hostile.SHEET]),
    "entities in the styles": (lambda: hostile.entity_bomb(hostile.STYLES), NAME, ["XML 实体", "xl/styles.xml"]),
    "entity that reads a file": (
        lambda: hostile.changed(hostile.BOOK, lambda x: b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + x), NAME, ["XML 实体"]
    ),
    "stray cell in the last corner": (
        lambda: hostile.with_rows(hostile.text_at("XFD1048576", "x", 1048576)), NAME, ["工作表“台账”", "XFD 列", "删除"]
    ),
    "stray cell in the last row": (
        lambda: hostile.with_rows(hostile.text_at("E1048576", "x", 1048576)), NAME, ["工作表“台账”", "第 1048576 行、F 列", "删除"]
    ),
    "stray cell before others in its row": (
        lambda: hostile.with_rows(
            b'<row r="3"><c r="XFD1048576"><v>1</v></c><c r="A3"><v>1</v></c></row>'
        ), NAME, ["工作表“台账”", "XFD 列"],
    ),
    "stray cell with odd spelling": (
        lambda: hostile.with_rows(b"<row><c s='0' r='XFD1048576'><v>1</v></c></row>"), NAME, ["工作表“台账”", "表格范围异常"]
    ),
    "stray cell with a prefix": (
        lambda: hostile.with_rows(b'<x:row xmlns:x="x" r="9"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>'), NAME, ["表格范围异常"]
    ),
    "row far away, cells without address": (
        lambda: hostile.with_rows(b'<row r="4000000000"><c><v>1</v></c></row>'), NAME, ["工作表“台账”", "地址写法不规范"]
    ),
    "address that is none": (
        lambda: hostile.with_rows(b'<row r="3"><c r="ZZZZZZ16"><v>1</v></c></row>'), NAME, ["工作表“台账”", "地址写法不规范"]
    ),
    "stray cell, links of the workbook unreadable": (
        lambda: hostile.changed(
            "xl/_rels/workbook.xml.rels", lambda x: x + b"<", hostile.with_rows(hostile.text_at("XFD1048576", "x", 1048576))
        ), NAME, ["xl/worksheets/sheet1.xml", "XFD 列"],
    ),
    "too many merged ranges": (lambda: hostile.merged(300_001, 2), NAME, ["工作表“台账”", "合并单元格有 300001 处", "取消合并"]),
    "5 MB in one cell": (
        lambda: hostile.with_rows(hostile.text_at("C3", "字" * 1_700_000, 3)), NAME, ["工作表“台账”", "第 3 行 C 列", "1700000 个字"]
    ),
    "301 sheets": (lambda: hostile.sheets(301), NAME, ["301 个工作表", "300 个的上限"]),
    "broken text in XML": (
        lambda: hostile.with_rows(hostile.text_at("C3", "&#xD800;", 3)), NAME, ["已损坏"]
    ),
    "two parts of one name": (
        lambda: hostile.packed(hostile.parts_of() | {"XL/workbook.XML": b"x"}), NAME, ["不完整", "有两个 xl/workbook.xml"]
    ),
    "old workbook: chain without end": (hostile.looped_chain, "某县台账.xls", ["已损坏", "另存为"]),
    "old workbook: a billion texts": (lambda: old_workbook(hostile.OLD_ROWS, strings=2**31 - 1), "某县台账.xls", ["已损坏"]),
    "old workbook: claims all cells": (
        lambda: old_workbook(hostile.OLD_ROWS, dimensions=(0, 2**32 - 1, 0, 65_535)), "某县台账.xls", ["已损坏"]
    ),
    "old workbook: stray cell": (
        lambda: old_workbook(hostile.OLD_ROWS, extra=text_cell(65_535, 65_535, "x")), "某县台账.et", ["“台账”", "第 65536 行", "删除"]
    ),
    "old workbook: stray number": (
        lambda: old_workbook(hostile.OLD_ROWS, extra=number_cell(65_535, 255, 1.0)), "某县台账.xls", ["“台账”", "IV 列"]
    ),
    "old workbook: cut off": (lambda: hostile.OLD[:3000], "某县台账.xls", ["已损坏"]),
    "old workbook: record longer than the file": (
        lambda: old_workbook(hostile.OLD_ROWS, before=record(0x0001, b"")[:2] + b"\xff\xff"), "某县台账.xls", ["已损坏"]
    ),
    "CSV with NUL bytes": (lambda: "姓名,单位\n张三,甲\0局\n".encode(), "某县台账.csv", ["第 2 行有空字节", "另存为"]),
    "CSV of mixed encodings": (
        lambda: "姓名,单位\n张三,甲局\n".encode() + "李四,乙局\n".encode("gb18030") + b"\xff\xff\n", "某县台账.csv", ["混有不同编码"]
    ),
    "CSV that is binary": (lambda: bytes(range(1, 256)) * 40, "某县台账.csv", ["不是文本"]),
    "CSV of one line of 5 MB": (lambda: b"a" * 5_000_000, "某县台账.csv", ["第 1 行第 1 列有 5000000 个字"]),
    "CSV with one line of a million cells": (lambda: b"," * 1_000_000, "某县台账.csv", ["1000001 列"]),
    "CSV with an open quote": (
        lambda: "姓名,单位\n\"张三,甲局\n".encode() + "李四,乙局\n".encode() * 20_000, "某县台账.csv", ["引号不成对"]
    ),
}  # fmt: skip

WATCHED = """
import json, sys, time
from pathlib import Path
from benchmarks.measure import own_peak_mb
from review.errors import LedgerError
from review.workbook.reading import read_ledger

for path in map(Path, sys.argv[1:]):
    began, said = time.process_time(), None
    try:
        found = read_ledger(path)
        said = [found.case_count, found.respondent_count]
    except LedgerError as fault:
        said = [fault.title, fault.advice]
    print(json.dumps([path.parent.name, said, time.process_time() - began, own_peak_mb()]), flush=True)
"""
HEAVY = {
    "a million formatted rows": hostile.million_formatted_rows,
    "40,000 merged ranges": lambda: hostile.merged(40_000, 80_000),
    "overlapping merged ranges": lambda: hostile.merged(20_000, 20_000, whole=True),
    "200 sheets": lambda: hostile.sheets(200),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_hostile_file_is_refused_in_words(kind):
    make, name, words = REFUSED[kind]
    data = make()
    with pytest.raises(LedgerError) as refused:
        read_ledger(data, name)
    title, advice = refused.value.title, refused.value.advice
    assert name in title and advice.endswith("。")
    assert [word for word in words if word not in title + advice] == []


@pytest.fixture(scope="module")
def seen(tmp_path_factory) -> dict:
    """{kind: [what was said or read, seconds of processor time, MB at the peak]}, all files read one after the other by one process."""
    if sys.platform == "win32":
        pytest.skip("this system does not tell the peak of memory")
    folder = tmp_path_factory.mktemp("heavy")
    paths = []
    for kind, make in {**HEAVY, **{k: REFUSED[k][0] for k in REFUSED if "bomb" in k or "stray" in k or "5 MB" in k or "old" in k}}.items():
        path = folder / kind.replace(":", "") / NAME
        path.parent.mkdir()
        path.write_bytes(make())
        paths.append(str(path))
    done = subprocess.run([sys.executable, "-c", WATCHED, *paths], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return {kind: rest for kind, *rest in map(json.loads, done.stdout.splitlines())}


def test_none_of_them_takes_long_or_much_memory(seen):
    assert {kind: seconds for kind, (_, seconds, _) in seen.items() if seconds > 15} == {}
    assert max(peak for _, _, peak in seen.values()) < 700


def test_empty_formatted_rows_and_merged_ranges_do_not_keep_a_ledger_from_being_read(seen):
    assert seen["a million formatted rows"][0] == [1, 1]
    assert seen["200 sheets"][0] == [200, 200]
    for kind in ("40,000 merged ranges", "overlapping merged ranges"):
        assert seen[kind][0][0] >= 1


def test_nothing_of_a_refused_file_is_in_the_store(tmp_path):
    db = open_database(tmp_path / "评查.duckdb")
    version = db.data_version()
    for kind in ("cut off", "zip bomb in the texts", "entities in the sheet", "stray cell in the last row", "5 MB in one cell"):
        with pytest.raises(LedgerError):
            load_file(db, REFUSED[kind][0](), NAME)
    assert db.data_version() == version
    assert [db.scalar(f"SELECT count(*) FROM {t}") for t in ("imports", "ledger_rows", "cases", "audit_log")] == [0, 0, 0, 0]
    db.close()


def test_limits_are_settings():
    small = ImportLimits(file_mb=1, rows=20, sheets=1, cell_characters=5)
    with pytest.raises(LedgerError, match="21 行.*20 行的上限"):
        read_workbook(ledgers.sheets(台账=[["x"]] * 21), NAME, small)
    with pytest.raises(LedgerError, match="2 个工作表.*1 个的上限"):
        read_workbook(ledgers.sheets(一=[["x"]], 二=[["x"]]), NAME, small)
    with pytest.raises(LedgerError, match="第 2 行 B 列.*6 个字"):
        read_workbook(ledgers.sheets(台账=[["x"], ["x", "六个字的文字"]]), NAME, small)
    with pytest.raises(LedgerError, match="2 MB，超过了 1 MB 的上限"):
        read_workbook(b"x" * 2**21, NAME, small)
    with pytest.raises(LedgerError, match="第 21 行"):
        read_workbook(b"x\n" * 21, "台账.csv", small)


INJECTED = ("=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(A1)", '=HYPERLINK("http://x","y")', "\t=1+1")


def test_text_that_looks_like_a_formula_stays_text_from_the_cell_to_the_export(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(hostile.HEAD)
    for n, text in enumerate(INJECTED, 2):
        book.active.append((f"第{n}事", "甲县", "张三", "甲县水利局局长", "主要领导责任", "分别给予诫勉、党内警告" + text))
        cell = book.active.cell(n, 3, text)
        cell.data_type = "s"
    db = open_database(tmp_path / "评查.duckdb")
    load_file(db, ledgers.workbook_bytes(book), NAME)
    kept = [row["name"] for row in db.rows("SELECT raw AS name FROM cells WHERE field = 'name' AND kind = 'data' ORDER BY \"row\"")]
    assert kept == list(INJECTED)
    write_rejects(db, None, tmp_path / "未读入.xlsx")
    cells = [c for sheet in openpyxl.load_workbook(tmp_path / "未读入.xlsx") for row in sheet.iter_rows() for c in row]
    assert any("=cmd" in str(c.value) for c in cells) and {c.data_type for c in cells if c.value is not None} <= {"s", "n"}
    db.close()


def test_control_characters_are_kept_in_the_store_and_do_not_stop_an_export(tmp_path):
    db = open_database(tmp_path / "评查.duckdb")
    text = "案件名称,姓名,单位及职务,问责方式\n甲事,张\x07三,甲县水利局\x0b局长,分别给予诫勉、党内警告\x1f\n"
    load_file(db, text.encode(), "某县台账.csv")
    load_file(db, hostile.with_rows(hostile.text_at("C3", "李&#x1;四", 3)), NAME)
    assert db.scalar("SELECT raw FROM cells WHERE field = 'name' AND \"row\" = 2 AND import_id = 1") == "张\x07三"
    assert write_rejects(db, None, tmp_path / "未读入.xlsx") >= 1
    openpyxl.load_workbook(tmp_path / "未读入.xlsx")
    db.close()


def test_links_to_other_files_are_not_followed_and_the_saved_value_counts():
    link = b'<row r="3"><c r="A3" t="str"><f>[1]Sheet1!A1</f><v>\xe4\xb9\x99\xe4\xba\x8b</v></c></row>'
    parts = hostile.parts_of(hostile.with_rows(link))
    parts["xl/externalLinks/externalLink1.xml"] = b'<externalLink><externalBook r:id="rId1"/></externalLink>'
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        b'<Relationships><Relationship Id="rId1" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )
    assert read_workbook(hostile.packed(parts), NAME).grids[0].columns[0] == ["案件名称", "甲事", "乙事"]


def test_macros_are_never_run_and_the_sheet_is_read():
    parts = hostile.parts_of() | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 Sub Auto_Open() End Sub"}
    assert read_ledger(hostile.packed(parts), "某县台账.xlsm").respondent_count == 1


def test_old_workbooks_and_those_of_wps_are_read_under_any_name():
    for name in ("某县台账.xls", "某县台账.et", "某县台账.csv", "某县台账.xlsx"):
        found = read_ledger(hostile.OLD, name)
        assert (found.case_count, found.first_rows[0]["name"], found.first_rows[0]["unit"]) == (1, "张三", "甲县水利局")


@pytest.mark.parametrize("old", [False, True])
def test_dates_that_count_from_1904_are_the_same_days(old):
    head = (*hostile.HEAD, "决定时间")
    if old:
        data = old_workbook([head, (*hostile.PERSON, 43_584.0)], date1904=True)
    else:
        book = openpyxl.Workbook()
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        book.active.append(head)
        book.active.append((*hostile.PERSON, 43_584))
        data = ledgers.workbook_bytes(book)
    person = read_ledger(data, NAME).tables["respondents"].to_pylist()[0]
    assert str(person["decided_on"]) == "2023-04-30"


@pytest.mark.parametrize("text", ["_xD800_", "张_x0007_三", "\ufffe", "𠮷\u202e三", "😀"])
def test_odd_characters_are_read(text):
    found = read_ledger(hostile.with_rows(hostile.text_at("C2", text, 2)), NAME)
    assert found.respondent_count >= 1
