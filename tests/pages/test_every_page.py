"""Each page: on an empty database, on a loaded one, with an address that means nothing, and when something breaks."""

import logging

import pytest

from review.errors import StoreBusy
from tests.pages.conftest import markup

PAGES = {
    "overview": "总览",
    "imports": "数据导入",
    "findings": "问题清单",
    "case": "案件档案",
    "counties": "县区比较",
    "tracking": "影响期跟踪",
    "sampling": "抽样",
    "progress": "评查进度",
    "rules": "检查规则",
    "help": "帮助",
}
BAD = {
    "overview": {"x": "1"},
    "imports": {"x": "1"},
    "findings": {"county": "不存在县", "level": "特别严重", "page": "99", "finding": "f-none"},
    "case": {"case": "c-none'; DROP TABLE cases"},
    "counties": {"part": "没有", "factor": "颜色", "from": "1800年1季度", "county": "不存在县", "indicator": "x", "group": "x"},
    "tracking": {"county": "不存在县", "group": "x"},
    "sampling": {"sample": "s-none"},
    "progress": {"sample": "s-none", "part": "没有", "reviewer": "p-none", "case": "c-none", "about": "x"},
    "rules": {"check": "X99"},
    "help": {"chapter": "没有的章"},
}


@pytest.mark.parametrize("page", PAGES)
def test_empty_database(db, visit, page):
    at = visit(page)
    assert not at.exception and not at.error
    assert f"<h1>{PAGES[page]}</h1>" in markup(at)


@pytest.mark.parametrize("page", ["findings", "case", "counties", "tracking", "sampling", "progress"])
def test_an_empty_database_says_what_to_do_first(db, visit, page):
    assert "还没有导入台账" in visit(page).info[0].value


def test_the_first_page_of_an_empty_database_offers_own_and_demo_ledgers(db, visit):
    at = visit()
    assert "用自己的台账开始" in markup(at)
    assert [b.label for b in at.button] == ["导入台账", "载入演示台账"]


@pytest.mark.parametrize("page", PAGES)
def test_loaded_database(town, visit, page):
    at = visit(page)
    assert not at.exception and not at.error
    assert f"<h1>{PAGES[page]}</h1>" in markup(at)


@pytest.mark.parametrize("page", PAGES)
def test_an_address_that_means_nothing_is_no_fault_of_the_program(town, visit, page):
    at = visit(page, **BAD[page])
    assert not at.exception
    assert not any("故障" in error.value for error in at.error)
    assert f"<h1>{PAGES[page]}</h1>" in markup(at)
    assert town.scalar("SELECT count(*) FROM cases") == 3


def test_a_fault_is_one_sentence_with_a_number_that_is_in_the_log(town, visit, monkeypatch, caplog):
    from review.casework import overview

    monkeypatch.setattr(overview, "loaded", lambda db: 1 / 0)
    with caplog.at_level(logging.ERROR, "review.pages"):
        at = visit()
    assert not at.exception and len(at.error) == 1
    number = at.error[0].value.split("编号 ")[1][:8]
    logged = [r.getMessage() for r in caplog.records if r.name == "review.pages"]
    assert number in logged[0] and "ZeroDivisionError" in logged[0]
    assert "ZeroDivisionError" not in at.error[0].value


def test_a_database_in_use_says_who_holds_it(db, visit, monkeypatch):
    from pages.parts import frame

    def busy(path=None):
        raise StoreBusy("数据库正被另一个程序使用（进程号 42）。", "请先关闭它。")

    monkeypatch.setattr(frame, "open_database", busy)
    at = visit()
    assert not at.exception and "42" in at.error[0].proto.title and "关闭" in at.error[0].value
