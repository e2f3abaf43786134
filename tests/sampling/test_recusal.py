"""Who has to stay away from which case, by the words of ledgers."""

import pytest

from review.sampling.recusal import CaseFacts, Recusal, Reviewer, bars, doubts, same_county, same_unit


def who(name="钱文静", unit="云岭市纪委监委案件审理室", county=None, key="p1"):
    return Reviewer(key, name, unit, county, frozenset(), 10)


def case(**more):
    return CaseFacts("c1", "号1", **{"county": "青禾县", "level": "county", "handling_unit": "青禾县纪委监委"} | more)


@pytest.mark.parametrize(
    ("facts", "reviewer", "kind"),
    [
        ({}, who(county="青禾县", unit="青禾县委巡察办"), "county"),
        ({}, who(county="青禾"), "county"),
        ({}, who(unit="青禾县纪委监委第二室"), "county"),  # no county entered, but the unit tells it
        ({"county": None, "level": "city", "handling_unit": "云岭市纪委监委案件审理室"}, who(), "unit"),
        ({"county": None, "level": "city", "handling_unit": "云岭市纪委监委"}, who(), "unit"),
        ({"county": None, "level": "city", "handling_unit": "云岭市纪律检查委员会、云岭市监察委员会"}, who(unit="云岭市纪委"), "unit"),
        ({"county": "白石县", "handling_unit": "青禾县纪委监委"}, who(unit="青禾县纪委监委第二室", county="青禾县"), "unit"),  # 指定管辖
        ({"team": "组长：钱文静；成员：李某、王某"}, who(), "name"),
        ({"team": "钱 文 静 等3人"}, who(), "name"),
        ({"approver": "县纪委书记钱文静"}, who(), "name"),
        ({"people": ("张三", "钱文静")}, who(), "name"),
    ],
)
def test_bars(facts, reviewer, kind):
    assert kind in {bar.kind for bar in bars(case(**facts), reviewer)}


@pytest.mark.parametrize(
    ("facts", "reviewer"),
    [
        ({}, who()),
        ({"handling_unit": "县纪委监委"}, who(unit="白石县纪委监委", county="白石县")),  # 县 is that of the case
        ({"handling_unit": "纪委监委"}, who(unit="白石县纪委监委", county="白石县")),
        ({"county": None, "level": "city", "handling_unit": "云岭市纪委监委第三监督检查室"}, who()),
        ({"team": "张某、李某等3人", "people": ("李四",)}, who()),
        ({"county": None, "handling_unit": None, "team": None}, who(county="青禾县")),  # unknown is a doubt, not a bar
    ],
)
def test_no_bar(facts, reviewer):
    assert bars(case(**facts), reviewer) == ()


def test_recorded_recusals_by_case_unit_and_county():
    for kind, target in (("case", "c1"), ("unit", "青禾县纪委监委"), ("county", "青禾县")):
        (bar,) = bars(case(), who(), [Recusal("p1", kind, target, "曾任职")])
        assert bar.kind == "recorded" and "曾任职" in bar.told
        assert bars(case(), who(key="p2"), [Recusal("p1", kind, target, "曾任职")]) == ()
    assert bars(case(), who(), [Recusal("p1", "case", "c2", "x"), Recusal("p1", "county", "白石县", "x")]) == ()


def test_what_the_ledger_does_not_tell_is_to_be_looked_at():
    told = doubts(case(county=None, level=None, handling_unit=None, team="组长钱某，成员王某"), who())
    assert len(told) == 3 and any("钱某" in sentence for sentence in told)
    assert doubts(case(team="张三、李四"), who()) == ()


def test_names_of_places_and_units():
    assert same_county("青禾县", "青禾") and same_county("青禾", "青禾县") and not same_county("青禾县", "青禾市")
    assert not same_county(None, None) and not same_county("城区", "城县")
    assert same_unit("云岭市纪委监委", "云岭市纪委监委第一室") and not same_unit("", "") and not same_unit("纪委", "云岭市纪委")
