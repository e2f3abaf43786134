"""The whole job at the screen: an empty database, the demo ledgers, findings, a case, a decision, a sample, Excel."""

from pathlib import Path

import openpyxl
import pytest

from tests.browser.conftest import serve

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"


@pytest.fixture
def empty_app(tmp_path):
    with serve(tmp_path / "空 库.duckdb") as address:
        yield address


def test_from_an_empty_database_to_the_excel_lists(empty_app, visit, tmp_path):
    visitor = visit(empty_app).go()
    page = visitor.page

    # An empty database says what to do first.
    assert "用自己的台账开始" in visitor.text() and "第一步" in visitor.text()
    page.get_by_role("button", name="载入演示台账").click()
    page.get_by_text("疑似问题分布").wait_for(timeout=120_000)
    visitor.settle()

    # The overview tells what was loaded; a cell of the heat map leads to its findings.
    suspects = visitor.figure("疑似问题")
    assert visitor.figure("台账文件") == len(list(DEMO.glob("*.xlsx"))) and suspects > 20
    county, n = click_fullest_cell(visitor)
    page.get_by_role("heading", name="问题清单", level=1).wait_for()
    visitor.settle()
    assert f"共 {n} 条" in visitor.text() and "county=" in page.url
    assert county in visitor.text()

    # Filters live in the address: taking them away shows all, a link brings them back.
    filtered = page.url
    visitor.click("清除筛选")
    assert f"共 {suspects} 条" in visitor.text() and "county=" not in page.url
    page.goto(filtered)
    visitor.settle()
    assert f"共 {n} 条" in visitor.text()
    search = page.get_by_role("textbox", name="关键词")
    search.fill("没有任何案件会有的词")
    search.press("Enter")
    page.get_by_text("没有符合筛选条件的条目").wait_for()
    visitor.click("清除筛选")

    # A decision is kept, with who made it.
    page.get_by_text("属实", exact=True).first.click()
    visitor.box("理由").fill("已核对决定书第二页，与台账一致。")
    visitor.box("核实人").fill("王评查")
    visitor.settle()
    visitor.click("保存结论")
    page.get_by_text("结论已保存").wait_for()

    # From a finding to the case behind it.
    visitor.settle()
    page.get_by_role("link", name="打开案件档案").click()
    page.get_by_role("heading", name="案件档案", level=1).wait_for()
    visitor.settle()
    for part in ("案件信息", "问责对象（", "程序时间线", "台账原文"):
        assert part in visitor.text()
    assert "case=" in page.url

    # The list goes to Excel as it is shown.
    visitor.menu("问题清单")
    file = tmp_path / "问题清单.xlsx"
    visitor.download("导出当前清单").save_as(file)
    book = openpyxl.load_workbook(file)
    rows = list(book["全部"].values)
    assert len(rows) - 1 == suspects
    [decided] = [row for row in rows[1:] if "属实" in row]
    assert any("已核对决定书第二页" in str(cell) and "王评查" in str(cell) for cell in decided)

    # The sample: the draw, the list in Excel, the same result once more.
    visitor.menu("抽样")
    visitor.box("冻结人").fill("王评查")
    visitor.settle()
    visitor.click("冻结抽样框")
    page.get_by_text("核对以后署名确认").wait_for()
    visitor.settle()
    visitor.box("确认人").fill("李主任")
    visitor.settle()
    visitor.click("我已看过，确认抽样框")
    page.get_by_text("各层名额").wait_for()
    visitor.settle()
    visitor.click("确定，下一步登记种子")
    visitor.box("随机种子").fill("2024年第12期 03 08 17")
    visitor.box("登记人").fill("王评查")
    visitor.settle()
    visitor.click("登记方案和种子")
    page.get_by_text("已登记，可以抽取").wait_for()
    visitor.settle()
    visitor.box("抽取人").fill("王评查")
    visitor.settle()
    visitor.click("抽取样本")
    page.get_by_text("抽取记录").wait_for()
    visitor.settle()
    listed = visitor.figure("名单合计")
    assert visitor.figure("随机抽取") * 5 >= visitor.figure("可抽案件（抽样框）")
    visitor.download("导出样本名单").save_as(tmp_path / "样本.xlsx")
    sample = openpyxl.load_workbook(tmp_path / "样本.xlsx")
    assert sample["抽样名单"].max_row - 1 == listed
    visitor.click("5 核验")
    visitor.click("验证：重新抽取并比对")
    page.get_by_text("与登记的完全一致").wait_for()
    visitor.click("3 抽取")
    page.get_by_text("抽取记录").wait_for()

    # A reload of the address of the sample shows it again.
    page.reload()
    visitor.settle()
    assert visitor.figure("名单合计") == listed


def test_a_ledger_dropped_on_the_page_is_read_and_checked(empty_app, visit, tmp_path):
    ledger = tmp_path / "甲县 台账（2023）.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["案件编号", "案件名称", "姓名", "单位及职务", "责任类型", "处理方式", "启动审批", "审阅人意见"])
    book.active.append(["甲问〔2023〕1号", "某项目失管案", "周一", "甲县水利局副局长", "领导责任", "诫勉", "是", "同意"])
    book.active.append(["甲问〔2023〕2号", "某站点失管案", "吴二", "甲县某镇某村党支部书记", "主要领导责任", "党内警告", "否", None])
    book.save(ledger)
    visitor = visit(empty_app).go("imports")
    page = visitor.page
    page.locator("input[type=file]").set_input_files(ledger)
    page.get_by_text("列的对应").first.wait_for()
    visitor.settle()
    assert "甲县 台账（2023）.xlsx" in visitor.text()
    visitor.box("导入人").fill("李经办")
    visitor.settle()
    page.get_by_role("button", name="并运行检查").click()
    page.get_by_text("项检查已完成").wait_for(timeout=120_000)
    visitor.settle()
    visitor.menu("总览")
    assert (visitor.figure("台账文件"), visitor.figure("案件"), visitor.figure("问责对象")) == (1, 2, 2)
    assert visitor.figure("疑似问题") >= 1


HEADER = ["案件编号", "县区", "案件名称", "姓名", "单位及职务", "责任类型", "处理方式", "决定时间"]
FIRST = ["甲问〔2023〕1号", "甲县", "某项目失管案", "周一", "甲县水利局副局长", "领导责任", "诫勉", "2023.5.6"]
SECOND = ["甲问〔2023〕2号", "甲县", "某站点失管案", "吴二", "甲县某镇党委书记", "主要领导责任", "党内警告", "2023.13.6"]


def save(path, *rows):
    book = openpyxl.Workbook()
    book.active.title = "台账"
    for row in (HEADER, *rows):
        book.active.append(row)
    book.save(path)
    return path


def load(visitor, file):
    """Drop a file, load it, wait for the receipt."""
    page = visitor.page
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("列的对应").first.wait_for()
    visitor.settle()
    if not visitor.box("导入人").input_value():
        visitor.box("导入人").fill("李经办")
        visitor.settle()
    page.get_by_role("button", name="并运行检查").click()
    page.get_by_text("导入回执").wait_for(timeout=120_000)
    visitor.settle()


def test_a_cell_is_corrected_and_a_newer_ledger_lists_what_changed(empty_app, visit, tmp_path):
    visitor = visit(empty_app).go("imports")
    page = visitor.page
    old = save(tmp_path / "甲县 旧台账.xlsx", FIRST, SECOND)
    page.locator("input[type=file]").set_input_files(old)
    page.get_by_text("列的对应").first.wait_for()
    visitor.settle()
    page.get_by_text("读不准的格子（1）").click()
    visitor.settle()
    page.get_by_role("textbox", name="应为").fill("2023.12.6")
    visitor.box("更正人").fill("李经办")
    visitor.click("保存更正")
    page.get_by_text("已更正的格子（1）").wait_for()
    visitor.settle()
    page.get_by_role("button", name="并运行检查").click()
    page.get_by_text("导入回执").wait_for(timeout=120_000)
    visitor.settle()

    # A newer ledger of the same case: what changed is on the screen at once, and who is missing is asked about.
    load(visitor, save(tmp_path / "甲县 新台账.xlsx", [*FIRST[:6], "政务警告", FIRST[7]]))
    page.get_by_text("改动清单（1 处）").wait_for()
    assert "新台账未再列出的案件（1）" in visitor.text() and "import=2" in page.url
    visitor.download("导出改动清单").save_as(tmp_path / "改动.xlsx")
    line = list(openpyxl.load_workbook(tmp_path / "改动.xlsx")["改动"].values)[1]
    assert line[6:11] == ("问责方式", "诫勉", "政务警告", "甲县 旧台账.xlsx 台账!G2", "甲县 新台账.xlsx 台账!G2")

    # A reload of the address finds the receipt and the list again; undo brings the old value back.
    page.reload()
    page.get_by_text("导入回执").wait_for()
    visitor.settle()
    assert "改动清单（1 处）" in visitor.text()
    visitor.click("撤销这次导入")
    visitor.box("撤销人").fill("李经办")
    visitor.settle()
    page.get_by_role("button", name="确认撤销").click()
    page.get_by_text("已导入的台账（1）").wait_for(timeout=120_000)
    visitor.settle()
    assert "甲县 新台账.xlsx" not in visitor.text().partition("已导入的台账")[2]


def test_a_file_that_is_no_ledger_is_told_in_words(empty_app, visit, tmp_path):
    file = tmp_path / "不是台账.xlsx"
    file.write_bytes(b"%PDF-1.7 not a workbook")
    visitor = visit(empty_app).go("imports")
    visitor.page.locator("input[type=file]").set_input_files(file)
    visitor.page.get_by_role("alert").first.wait_for()
    visitor.settle()
    told = visitor.page.get_by_role("alert").first.inner_text()
    assert "不是台账.xlsx" in told and "Traceback" not in told


def click_fullest_cell(visitor):
    """Click the cell of the heat map with the most suspected problems; returns (county, number)."""
    place = visitor.page.evaluate(
        """() => {
            const plot = document.querySelector('.js-plotly-plot'), {xaxis, yaxis, _size} = plot._fullLayout;
            const corner = plot.getBoundingClientRect();
            let best = {n: -1};
            for (const trace of plot._fullData) trace.customdata.forEach(([row, county], i) => {
                const n = parseInt(trace.text[i]);
                if (row && county && n > best.n)
                    best = {n, county, x: corner.left + _size.l + xaxis.c2p(trace.x[i]),
                            y: corner.top + _size.t + yaxis.c2p(trace.base[i] + trace.y[i] / 2)};
            });
            return best;
        }"""
    )
    assert place["n"] > 0
    visitor.page.mouse.move(place["x"], place["y"])
    visitor.page.wait_for_timeout(200)
    visitor.page.mouse.click(place["x"], place["y"])
    return place["county"], place["n"]
