"""The exported sample: everything that an outsider needs, and an outsider's script that draws it again."""

import re
import subprocess
import sys
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from review.errors import SampleError
from review.reports.sample_list import percent, write_sample_list
from review.sampling.changes import add_late, enlarge, replace
from review.sampling.design import Design
from review.sampling.draw import draw_sample, sample, ticket

ROOT = Path(__file__).resolve().parents[2]
SEED = "2023问责评查|当期号码 08 15 22"


@pytest.fixture
def drawn(store):
    store.cases({"甲县": 31, "乙县": 12, "丙区": 2})
    store.case("=甲-交办", superior_assigned="done", handling_unit="甲县纪委监委")
    store.case("530102199001011234", "乙县")
    store.case("甲县-市管", None, admin_level="city")
    store.case("无日期", closed=None, closed_on_precision=None)
    store.case("省级", admin_level="province")
    return draw_sample(store.db, date(2023, 1, 1), date(2023, 12, 31), "0.2", SEED, actor="张三")


@pytest.fixture
def book(store, drawn, tmp_path):
    write_sample_list(store.db, drawn, tmp_path / "抽样.xlsx")
    return load_workbook(tmp_path / "抽样.xlsx")


def test_notes_say_how_it_was_drawn(store, drawn, book):
    notes = {row[0]: row[1] for row in book["说明"].values}
    stored = sample(store.db, drawn)
    assert (notes["抽样编号"], notes["随机种子"], notes["抽样比例"]) == (drawn, SEED, "0.2")
    assert notes["抽样框"].startswith("48 件")
    assert notes["抽样框指纹"] == stored.frame_hash
    assert notes["未列入"] == "2 件，其中是否属于本期不明 1 件；确定不在本期办结的 0 件不列"
    assert notes["抽样设定"].startswith("简单随机") and notes["抽样框名称"].startswith("2023-01-01 至 2023-12-31")
    times = [notes[name][:19] for name in ("抽样框冻结", "抽样框确认", "种子登记", "抽样时间")]
    assert times == sorted(times)
    assert notes["必查规则"] == "上级交办、领导批示、舆情、申诉过、被纠正过"


def test_list_holds_numbers_as_text_and_tickets_in_full(store, drawn, book):
    stored = sample(store.db, drawn)
    rows = list(book["抽样名单"].iter_rows(min_row=2))
    assert [row[1].value for row in rows] == [pick.case_no for pick in stored.cases]
    for row, pick in zip(rows, stored.cases, strict=True):
        assert (row[1].data_type, row[1].number_format) == ("s", "@")
        assert row[10].value == float(row[9].value) == pick.ticket == ticket(SEED, pick.case_no)
        assert (row[8].value, row[9].data_type, row[10].data_type) == (pick.position, "s", "n")
    must = next(row for row in rows if row[1].value == "=甲-交办")
    assert must[7].value == "上级交办"


def test_whole_frame_and_what_was_left_out_are_there(book):
    frame = list(book["抽样框"].iter_rows(min_row=2, values_only=True))
    assert len(frame) == 48
    assert frame == sorted(frame, key=lambda row: (row[1], row[2]))
    assert sum(row[5] == "随机抽取" for row in frame) == sum(row[3] for row in book["各层名额"].iter_rows(min_row=2, values_only=True))
    assert [row[1:] for row in book["未列入"].iter_rows(min_row=2, values_only=True)] == [
        ("无日期", "无日期案", "甲县", "是否属于本期不明", "台账没有办结日期，无法判断是否属于本期"),
        ("省级", "省级案", "甲县", "不在本次范围", "案件层级为province，不在本次评查的层级（市级、县级）内"),
    ]
    assert {row[0]: row[1:4] for row in book["各层名额"].iter_rows(min_row=2, values_only=True)} == {
        "丙区": (2, 1, 1), "乙县": (13, 3, 3), "市本级": (1, 1, 1), "甲县": (32, 7, 7),
    }  # fmt: skip


def test_every_sheet_is_ready_for_print(book):
    for sheet in book.worksheets[1:]:
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.freeze_panes is not None
        assert int(sheet.page_setup.paperSize) == 9


def scripts():
    yield "docs/redraw.md", re.search(r"```python\n(.*?)```", (ROOT / "docs/redraw.md").read_text(encoding="utf-8"), re.S)[1]
    readme = ROOT / "README.md"
    for block in re.findall(r"```python\n(.*?)```", readme.read_text(encoding="utf-8") if readme.exists() else "", re.S):
        if "抽样框" in block:
            yield "README.md", block


def redrawn(script, folder, name):
    """What the printed script says of a workbook, run by itself."""
    (folder / "redraw.py").write_text(script, encoding="utf-8")
    command = [sys.executable, "-X", "utf8", "redraw.py", name]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=True).stdout.strip()


@pytest.mark.parametrize(("source", "script"), list(scripts()), ids=lambda value: value if value.endswith(".md") else "")
def test_printed_script_draws_the_same_sample_from_the_export_alone(source, script, book, tmp_path):
    assert len(script.strip().splitlines()) <= 10, source
    assert "review" not in script
    assert redrawn(script, tmp_path, "抽样.xlsx") == "一致"
    book["抽样名单"]["B2"].value = "换掉的案件"
    book.save(tmp_path / "改过.xlsx")
    assert redrawn(script, tmp_path, "改过.xlsx") == "不一致"


@pytest.mark.parametrize(
    "design", [Design("pareto"), Design("pareto", "neyman", 2, 15, "counted"), Design()], ids=["pareto", "all", "simple"]
)
def test_printed_script_follows_risk_weights_and_all_changes(store, tmp_path, design):
    store.checked()
    for county, cases in {"甲县": 30, "乙县": 15, "丙区": 2}.items():
        for i in range(cases):
            case_id = store.case(f"{county}-{i:03}", county, superior_assigned="done" if i % 9 == 4 else None)
            for k in range(i % 3):
                store.finding(case_id, ("严重", "一般", "提示")[i % 3], k)
    drawn = draw_sample(store.db, date(2023, 1, 1), date(2023, 12, 31), "0.2", SEED, actor="张三", design=design)
    (_, script), *_ = scripts()
    write_sample_list(store.db, drawn, tmp_path / "1.xlsx")
    assert redrawn(script, tmp_path, "1.xlsx") == "一致"
    enlarge(store.db, drawn, "0.4", "问题较多", "张三")
    out = next(p for p in sample(store.db, drawn).cases if p.picked_by == "random" and p.stratum == "甲县")
    replace(store.db, drawn, out.case_id, "案卷已移送", "李四")
    late = store.case("迟到", "甲县")
    store.finding(late, "严重", 0)
    add_late(store.db, drawn, "补报", "张三")
    write_sample_list(store.db, drawn, tmp_path / "2.xlsx")
    assert redrawn(script, tmp_path, "2.xlsx") == "一致"
    book = load_workbook(tmp_path / "2.xlsx")
    assert [row[1:5:2] for row in book["变动"].iter_rows(min_row=2, values_only=True)] == [
        ("扩大", "张三"), ("替换", "李四"), ("迟到案件加入", "张三"),
    ]  # fmt: skip
    frame = {row[0]: row for row in book["抽样框"].iter_rows(min_row=2, values_only=True)}
    assert frame[out.case_no][6] == "已替换" and {row[6] for row in frame.values()} <= {"是", "已替换", "否（必查先列入）"}
    if design.method == "pareto":
        sums = {}
        for row in book["抽样框"].iter_rows(min_row=2, values_only=True):
            if row[8] is not None and row[0] != "迟到":
                sums[row[1]] = sums.get(row[1], 0) + row[8]
        then = {row[0]: row[7] for row in book["各层名额"].iter_rows(min_row=2, values_only=True)}
        assert sums == pytest.approx({stratum: then[stratum] for stratum in sums})


def test_scripts_are_the_same_everywhere():
    assert len({script for _, script in scripts()}) == 1


def test_percent_is_never_rounded_up():
    assert percent(Fraction(1999, 10000)) == "19.99%"
    assert percent(Fraction(199999, 1000000)) == "19.99%"
    assert percent(Fraction(1, 5)) == "20.00%"


def test_unknown_sample_writes_nothing(store, tmp_path):
    with pytest.raises(SampleError):
        write_sample_list(store.db, "s404", tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()
