"""Rules page: filters, deep link, a parameter from preview to history, switching off, what the ledgers lack, broken files of the office."""

import pytest

from review.checks import catalogue, custom, engine, settings
from tests.pages.conftest import field, markup, press

FEW = tuple(c for c in catalogue.own_checks() if c.id in ("D02", "O01", "R01", "P14"))


@pytest.fixture
def checked(town, monkeypatch):
    """The small town, run with a few checks."""
    monkeypatch.setattr(catalogue, "own_checks", lambda: FEW)
    with town.write("test", "test") as cur:
        for table in ("check_runs", "check_results", "findings"):
            cur.execute(f"DELETE FROM {table}")
        for name in ("decided_on", "closed_on", "responsibility", "name", "unit_post"):
            cur.execute("INSERT INTO import_fields VALUES (1, '问责台账', ?)", [name])
    engine.run_checks(town)
    return town


def told(at) -> str:
    """Everything on the page in words."""
    return markup(at) + "".join(m.value for m in at.markdown) + "".join(f"{e.proto.title}{e.value}" for e in at.error)


def test_a_link_opens_its_check_and_filters_narrow_the_list(checked, visit):
    at = visit("rules", check="R01")
    assert "R01 领导责任未区分主要与重要" in markup(at) and "可判" in markup(at).split("判断情况")[1][:80]
    assert at.dataframe[0].value["检查"][0].startswith("R01"), "the list shows what the link is about without scrolling"
    at.selectbox(key="rules_state").set_value("not_set").run()
    assert [name[:3] for name in at.dataframe[0].value["检查"]] == ["P14"]
    at.selectbox(key="rules_state").set_value("off").run()
    assert "没有符合条件" in at.info[0].value
    assert "不存在" in visit("rules", check="X99").warning[0].value


def test_a_parameter_goes_from_preview_to_history(checked, visit):
    at = visit("rules", check="D02")
    field(at, "最早年份（年）").set_value("2025")
    press(at, "预览变化").run()
    assert "最早年份改为 2025 年" in told(at).replace("\\", "") and "疑似问题 0 → " in told(at).replace("\\", "")
    assert settings.history(checked, "D02") == [], "a preview stores nothing"
    press(at, "保存并重新运行").run()
    assert "姓名" in told(at) and settings.history(checked, "D02") == []
    field(at, "理由（会留在记录里）").set_value("本地从2025年起建台账")
    [f for f in at.text_input if f.label == "姓名"][0].set_value("赵科")
    press(at, "保存并重新运行").run()
    (change,) = settings.history(checked, "D02")
    assert (change.before, change.after, change.reason, change.set_by) == ("2012 年", "2025 年", "本地从2025年起建台账", "赵科")
    assert checked.scalar("SELECT count(*) FROM findings WHERE check_id = 'D02'") > 0, "the check ran again"
    assert checked.scalar("SELECT run_by FROM check_runs ORDER BY run_id DESC LIMIT 1") == "赵科"
    assert "本地从2025年起建台账" in markup(visit("rules", check="D02"))


@pytest.mark.parametrize("typed, words", [("二〇二五", "读不成整数"), ("2012", "没有变化")])
def test_what_makes_no_sense_is_told_in_place(checked, visit, typed, words):
    at = visit("rules", check="D02")
    field(at, "最早年份（年）").set_value(typed)
    press(at, "预览变化").run()
    assert words in told(at) and not [b for b in at.button if b.label == "保存并重新运行"]


def test_a_local_standard_says_that_it_is_not_set(checked, visit):
    text = markup(visit("rules", check="P14"))
    assert "未设本地标准" in text and "本地标准，不填即未设" in text


def test_a_check_is_switched_off_with_a_reason_and_on_again(checked, visit):
    at = visit("rules", check="R01")
    press(at, "停用这项检查").run()
    assert "姓名" in told(at)
    field(at, "理由").set_value("本期不查")
    field(at, "姓名").set_value("赵科")
    press(at, "停用这项检查").run()
    assert settings.switched_off(checked) == {"R01": "本期不查"}
    at = visit("rules", check="R01")
    assert "已停用：本期不查" in markup(at)
    assert "R01 领导责任未区分主要与重要（已停用）" in set(at.dataframe[0].value["检查"])
    field(at, "理由").set_value("恢复")
    field(at, "姓名").set_value("赵科")
    press(at, "重新启用").run()
    assert settings.switched_off(checked) == {} and checked.scalar("SELECT count(*) FROM findings WHERE check_id = 'R01'") > 0


def test_what_the_ledgers_lack_is_a_list_by_county(checked, visit):
    at = visit("rules", view="requests")
    shown = at.dataframe[0].value
    assert set(shown["县区"]) == {"甲县", "乙县"} and shown["现状"].str.contains("没有这一列").any()
    at.selectbox(key="requests_county").set_value("乙县").run()
    assert set(at.dataframe[0].value["县区"]) == {"乙县"}


def test_a_broken_check_of_the_office_is_named_and_a_good_one_marked(checked, visit, monkeypatch):
    fault = custom.FileFault("Z02_x.sql", 7, "没有名为 x 的列。", "Z02")
    own = FEW[0].__class__(**{**vars(FEW[0]), "id": "Z01", "custom": True})
    monkeypatch.setattr(custom, "faults", lambda: (fault,))
    monkeypatch.setattr(custom, "checks", lambda: (own,))
    at = visit("rules", check="Z01")
    assert "Z02" in at.warning[0].value and "第7行" in at.warning[0].value and "没有名为 x 的列" in at.warning[0].value
    assert "自定义" in markup(at)
