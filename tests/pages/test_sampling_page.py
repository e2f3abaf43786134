"""The sampling page step by step: nothing is drawn before frame, confirmation and seed are on record."""

from datetime import date

import pytest

from review.sampling.draw import draw_sample, plans_of, samples, verify
from review.sampling.frozen import frames
from tests.pages.conftest import field, markup, press


def step(at, words):
    """Button of a step."""
    return next(b for b in at.button if b.label.endswith(words))


@pytest.fixture
def frozen(town, visit):
    """The page with a frozen, confirmed frame, at 分层与比例."""
    at = visit("sampling")
    assert [b.disabled for b in at.button if b.label[0].isdigit()] == [False, True, True, True, True]
    field(at, "抽样框名称").set_value("2024年评查")
    field(at, "冻结人").set_value("孙某")
    press(at, "冻结抽样框").run()
    [frame] = frames(town)
    assert (frame.name, frame.created_by, frame.confirmed_at) == ("2024年评查", "孙某", None)
    assert at.query_params["frame"] == frame.frame_id and step(at, "抽取").disabled
    assert frame.hash in markup(at)
    field(at, "确认人").set_value("李某")
    press(at, "我已看过，确认抽样框").run()
    assert frames(town)[0].confirmed_by == "李某"
    return at


def test_from_the_frame_to_the_list_and_its_verification(town, visit, frozen):
    at = frozen
    assert "随机名额" in markup(at)
    assert any("如未发现某类问题，其余" in m.value or "全部抽到" in m.value for m in at.markdown)
    press(at, "确定，下一步登记种子").run()
    field(at, "随机种子（公开约定的一句话或一个号码）").set_value("第12期 03 08 17")
    field(at, "登记人").set_value("孙某")
    press(at, "登记方案和种子").run()
    assert not at.error and not samples(town)
    [plan] = plans_of(town, frames(town)[0].frame_id)
    field(at, "抽取人").set_value("孙某")
    press(at, "抽取样本").run()
    [drawn] = samples(town)
    assert frames(town)[0].confirmed_at < plan.entered_at == drawn["seed_entered_at"] < drawn["created_at"]
    shown = visit("sampling", sample=drawn["sample_id"])
    assert drawn["frame_hash"] in markup(shown) and "抽取记录" in markup(shown)
    step(shown, "核验").click().run()
    press(shown, "验证：重新抽取并比对").run()
    assert "完全一致" in shown.info[0].value
    for words, told in (("圈定范围", "2024年评查"), ("分层与比例", "各层名额（抽取之前）"), ("抽取", "样本名单")):
        step(shown, words).click().run()
        assert not shown.error and told in markup(shown)
    at = visit("sampling")
    assert drawn["sample_id"] in markup(at) and "第12期 03 08 17" in markup(at)


def test_a_seed_is_needed(town, frozen):
    press(frozen, "确定，下一步登记种子").run()
    field(frozen, "登记人").set_value("孙某")
    press(frozen, "登记方案和种子").run()
    assert "种子" in frozen.error[0].proto.title and not plans_of(town, frames(town)[0].frame_id)


def test_choices_of_the_design_stand_in_the_address(town, visit, frozen):
    frame = frames(town)[0].frame_id
    at = visit("sampling", frame=frame, step="design", ratio="45", by="level", mode="counted", least="2")
    assert at.number_input[0].value == 45 and at.multiselect[0].value == ["level"]
    assert "层（案件层级）" in markup(at)
    at.number_input[0].set_value(50).run()
    assert at.query_params["ratio"] == "50"
    press(at, "确定，下一步登记种子").run()
    assert "50%" in markup(at) and "计入比例" in markup(at)
    odd = visit("sampling", frame=frame, step="design", ratio="5", least="x", method="x")
    assert not odd.error and odd.number_input[0].value == 20  # what means nothing is the usual


def test_a_case_is_left_out_with_its_reason(town, visit):
    at = visit("sampling")
    which = next(s for s in at.selectbox if s.label == "案件")
    which.set_value("c-a")
    field(at, "原因").set_value("正在申诉")
    press(at, "排除").run()
    assert not at.error and any("正在申诉" in m.value for m in at.markdown)
    field(at, "冻结人").set_value("孙某")
    press(at, "冻结抽样框").run()
    assert frames(town)[0].scope["exclusions"] == {"c-a": "正在申诉"}


def test_a_fault_is_told_where_it_happened_and_the_page_stays(town, visit, frozen):
    at = visit("sampling")
    press(at, "排除").run()
    assert "没有选好案件" in at.error[0].proto.title
    assert any(b.label == "冻结抽样框" for b in at.button)
    press(frozen, "确定，下一步登记种子").run()
    field(frozen, "登记人").set_value("")
    press(frozen, "登记方案和种子").run()
    assert "没有填写姓名" in frozen.error[0].proto.title and "摇奖" in markup(frozen)


def test_nobody_confirms_by_the_name_of_the_one_who_froze(town, visit):
    at = visit("sampling")
    field(at, "冻结人").set_value("孙某")
    press(at, "冻结抽样框").run()
    assert field(at, "确认人").value == ""


def test_a_change_is_made_with_name_and_reason(town, visit):
    drawn = draw_sample(town, date(2000, 1, 1), date(2100, 12, 31), "0.2", "种子", undated="include", actor="孙某")
    at = visit("sampling", sample=drawn)
    at.number_input[0].set_value(100)
    field(at, "经办人").set_value("孙某")
    press(at, "扩大样本").run()
    assert "没有写原因" in at.error[0].proto.title
    field(at, "原因").set_value("问题较多")
    press(at, "扩大样本").run()
    assert not at.error and "问题较多" in markup(at) and verify(town, drawn).ok
