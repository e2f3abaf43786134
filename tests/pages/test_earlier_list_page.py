"""A 问题清单 dropped on the import page goes the way of a ledger."""

from tests.pages.conftest import markup
from tests.pages.test_import_page import drop, finish, load, one_check  # noqa: F401
from tests.workbook.test_earlier_issues import book, row


def test_a_list_of_earlier_problems_is_previewed_and_loaded(db, visit):
    at = drop(visit, ("问题清单.xlsx", book(row(), row("工作作风漂浮", number="甲纪2022-9"))))
    assert not at.exception
    assert "2 行数据" in markup(at)
    load(at)
    assert not at.exception
    assert db.scalar("SELECT count(*) FROM earlier_issues") == 2
