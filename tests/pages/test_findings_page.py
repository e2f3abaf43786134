"""问题清单: address, filters, panel, decisions."""

from review.casework.decisions import decide
from review.casework.findings import finding
from tests.pages.conftest import field, markup, press


def counted(at):
    return next(m.value for m in at.markdown if m.value.startswith("**共"))


def test_the_address_filters(town, visit):
    at = visit("findings", county="甲县", check="R01")
    assert counted(at).startswith("**共 1 条**")
    assert "李四的责任写为" in markup(at)


def test_without_an_address_all_suspects_are_listed(town, visit):
    at = visit("findings")
    assert counted(at).startswith("**共 2 条**")
    assert not at.query_params, "an address written here would be one more step for the back button"


def test_choices_carry_counts_and_change_the_address(town, visit):
    at = visit("findings")
    county = at.multiselect[0]
    assert county.options == ["甲县（2）"]
    county.set_value(["甲县"]).run()
    assert at.query_params["county"] == "甲县"
    at.selectbox[0].set_value("all").run()
    assert at.query_params["verdict"] == "all" and counted(at).startswith("**共 2 条**")
    press(at, "清除筛选").run()
    assert "county" not in at.query_params and counted(at).startswith("**共 2 条**")


def test_words_that_the_address_does_not_know_are_named(town, visit):
    at = visit("findings", level="特别严重", check="O01")
    assert "level=特别严重" in at.warning[0].value and counted(at).startswith("**共 1 条**")


def test_a_text_without_hits_says_that_none_is_not_clean(town, visit):
    at = visit("findings", q="没有这个词")
    assert "不等于没有问题" in at.info[0].value


def test_the_gap_list_is_apart(town, visit):
    at = visit("findings", check="D01")
    assert at.query_params["verdict"] == "gaps" and "缺职级" in markup(at)


def test_a_finding_has_an_address(town, visit):
    at = visit("findings", finding="f-3")
    assert "启动审批空白" in markup(at) and 'class="tag undetermined">待核' in markup(at)


def test_ledger_text_is_never_markup(town, visit):
    assert "&lt;b&gt;污水&lt;/b&gt;" in markup(visit("findings", check="O01"))


def test_a_decision_is_saved_with_its_name(town, visit):
    at = visit("findings", check="O01")
    at.radio[0].set_value("confirmed")
    at.text_area[0].set_value("会议纪要第3页")
    field(at, "核实人").set_value("钱某")
    press(at, "保存结论").run()
    assert not at.error
    saved = town.rows("SELECT finding_id, verdict, reason, decided_by FROM decisions")
    assert saved == [{"finding_id": "f-1", "verdict": "confirmed", "reason": "会议纪要第3页", "decided_by": "钱某"}]
    assert "钱某：属实。会议纪要第3页" in markup(at)


def test_a_decision_without_reason_is_refused_in_words(town, visit):
    at = visit("findings", check="O01")
    at.radio[0].set_value("dismissed")
    field(at, "核实人").set_value("钱某")
    press(at, "保存结论").run()
    assert "需要写明理由" in at.error[0].proto.title.replace("\\", "")
    assert town.scalar("SELECT count(*) FROM decisions") == 0


def test_who_decides_after_somebody_else_is_told_and_loses_no_text(town, visit):
    at = visit("findings", check="O01")
    decide(town, "f-1", "pending", "", "钱某", seen_facts_hash=finding(town, "f-1")["facts_hash"], seen_decisions=0)
    at.radio[0].set_value("confirmed")
    at.text_area[0].set_value("会议纪要第3页")
    field(at, "核实人").set_value("周某")
    press(at, "保存结论").run()
    assert "钱某" in at.error[0].proto.title and at.text_area[0].value == "会议纪要第3页"
    assert town.scalar("SELECT count(*) FROM decisions") == 1
    press(at, "保存结论").run()
    assert not at.error and town.scalar("SELECT arg_max(decided_by, decided_at) FROM decisions") == "周某"


def test_going_back_to_the_plain_address_shows_the_plain_list(town, visit):
    at = visit("findings", county="甲县", check="R01")
    at.query_params.clear()
    at.run()
    assert counted(at).startswith("**共 2 条**")


def test_filters_come_back_when_the_page_is_opened_again(town, visit):
    at = visit("findings", county="甲县", check="R01")
    at.switch_page("pages/case.py").run()
    at.query_params.clear()
    at.switch_page("pages/findings.py").run()
    assert counted(at).startswith("**共 1 条**")
