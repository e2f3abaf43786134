"""Planted cases about measures and data quality (checks M06, D01, D02, D03, D05)."""

from copy import deepcopy
from datetime import date

from review.demo.model import YES, Month, Person
from review.demo.people import say
from review.demo.scenarios import CLEAR, SUSPECT, UNDETERMINED, Scene, scenario


def _measured(s: Scene, track: str, text: str) -> Person:
    s.open("livelihood")
    head = s.head()
    head.measures = {track: text}
    return head


@scenario("M06", SUSPECT)
def only_criticism(s: Scene) -> None:
    s.say("批评教育不是第八条的问责方式", _measured(s, "education", "批评教育"))


@scenario("M06", SUSPECT)
def only_reminder(s: Scene) -> None:
    s.say("谈话提醒不是第八条的问责方式", _measured(s, "education", "谈话提醒"))


@scenario("M06", CLEAR)
def criticism_and_admonition(s: Scene) -> None:
    s.say("批评教育之外还有诫勉", _measured(s, "education", "批评教育、诫勉谈话"))


@scenario("M06", CLEAR)
def misspelt_admonition(s: Scene) -> None:
    s.say("“诫免谈话”是诫勉谈话的错字", _measured(s, "education", "诫免谈话"))


@scenario("M06", CLEAR)
def organization_in_writing(s: Scene) -> None:
    s.open("discipline")
    group = s.add(s.cast.organization(s.cast.bureau("文化和旅游局党组"), "检查"))
    s.head()
    s.say("党组织的书面检查在第八条之列", group)


@scenario("M06", UNDETERMINED, "rows")
def measure_blank(s: Scene) -> None:
    s.open("livelihood")
    s.head()
    deputy = s.deputy()
    deputy.measures, deputy.post_now = {}, None
    s.say("处理方式空白", deputy)
    s.also("D01 M03 M05 M07 M08 M09 O09 P09", UNDETERMINED, "处理方式空白", deputy)
    s.also("R07 P13", UNDETERMINED, "重要领导责任人的处理方式空白，无法比较")


@scenario("D01", UNDETERMINED, "circumstance")
def circumstance_blank(s: Scene) -> None:
    s.open("livelihood")
    head = s.head()
    s.case.circumstance = None
    s.say("问责情形空白", head)
    s.also("M03 M09", UNDETERMINED, "问责情形空白", head)


@scenario("D01", UNDETERMINED, "rows")
def decision_date_blank(s: Scene) -> None:
    s.open("finance")
    head = s.head("诫勉")
    s.finish()
    head.decided_on = None
    s.say("决定时间空白", head)
    s.also("M03 M05", UNDETERMINED, "决定时间空白", head)
    s.also("P07 P13 P16", UNDETERMINED, "没有决定时间，没有两个日期可以比较先后")


@scenario("D02", SUSPECT, "closed_on")
def thirteenth_month(s: Scene) -> None:
    s.open("finance")
    s.head()
    s.case.closed_on, s.case.rejected = "2023.13.5", 1
    s.say("没有十三月")


@scenario("D02", SUSPECT, "closed_on")
def far_future(s: Scene) -> None:
    s.open("finance")
    s.head()
    s.case.closed_on = date(2123, 5, 8)
    s.say("办结日期在将来")


@scenario("D02", SUSPECT, "started_on", "filing")
def before_the_rules(s: Scene) -> None:
    s.open("finance")
    s.case.steps["filing"] = YES
    s.head()
    s.finish()
    s.case.started_on = date(1923, 5, 8)
    s.say("启动日期早于2012年")


@scenario("D02", CLEAR, "closed_on")
def month_is_a_date(s: Scene) -> None:
    s.open("finance")
    head = s.head()
    s.case.started_on, head.decided_on, head.announced_on = date(2023, 4, 4), date(2023, 5, 16), date(2023, 5, 24)
    s.case.closed_on = Month(2023, 8)
    s.say("只写到月是允许的")


@scenario("D02", CLEAR, "closed_on")
def serial_number_as_text(s: Scene) -> None:
    s.open("finance")
    head = s.head()
    s.case.started_on, head.decided_on, head.announced_on = date(2023, 4, 4), date(2023, 5, 16), date(2023, 5, 24)
    s.case.closed_on = "45107"
    s.say("表格软件的日期序号（2023年6月30日）")


@scenario("D03", SUSPECT, "rows")
def contradicting_rows(s: Scene) -> None:
    s.open("livelihood")
    head = s.head("党内警告")
    again = deepcopy(head)
    again.measures = say(s.cast.random, "党内严重警告")
    s.finish()
    again.decided_on, again.announced_on = head.decided_on, head.announced_on
    s.add(again)
    s.say("同一人两行，党纪处分不同", head)


@scenario("D03", UNDETERMINED, "rows")
def contradicting_masked_names(s: Scene) -> None:
    s.open("livelihood")
    head = s.head("党内警告")
    head.name = "李某"
    again = deepcopy(head)
    again.measures = say(s.cast.random, "党内严重警告")
    s.finish()
    again.decided_on, again.announced_on = head.decided_on, head.announced_on
    s.add(again)
    s.say("姓名已隐去，两行可能是两个人", head)


@scenario("D03", CLEAR, "rows")
def one_row_a_measure(s: Scene) -> None:
    s.open("livelihood")
    head = s.head("党内警告")
    again = deepcopy(head)
    again.measures = say(s.cast.random, "政务记过")
    s.finish()
    again.decided_on, again.announced_on = head.decided_on, head.announced_on
    s.add(again)
    s.say("同一人两行，一行党纪一行政务，是一种填法", head)


@scenario("D03", CLEAR)
def two_deputies(s: Scene) -> None:
    s.open("livelihood")
    s.head()
    s.deputy()
    deputy = s.deputy()
    s.say("两名副局长是两个人", deputy)


def _several(s: Scene, names: tuple[str, ...], measures: str) -> Person:
    """Several deputies in one row; the ledger has one column of measures and the post of one sign."""
    s.open("livelihood")
    s.head()
    deputy = s.deputy(post="副局长")
    deputy.name, deputy.post, deputy.post_now, deputy.measures = "、".join(names), "副局长", None, {"any": measures}
    deputy.period_end = "不适用"
    return deputy


@scenario("D04", SUSPECT, "measures", "upgrade_review")
def three_names_two_measures(s: Scene) -> None:
    names = ("何思源", "罗一鸣", "高守信")
    deputy = _several(s, names, "党内警告；诫勉谈话")
    s.case.rejected = 1
    s.say("一格三个姓名、两种处理，对不上")
    s.also("M02 R07 P13", UNDETERMINED, "三人的处理对不上")
    for name in names:
        for check in ("M03", "M06", "M07", "M08", "M09", "D05", "O09"):
            s.case.expect(check, UNDETERMINED, "处理对不上人", deputy, name)


@scenario("D04", SUSPECT, "measures", "upgrade_review")
def two_names_two_responsibilities(s: Scene) -> None:
    names = ("郭守正", "林致远")
    deputy = _several(s, names, "诫勉谈话")
    deputy.responsibility, s.case.rejected = "主要领导责任、重要领导责任", 1
    s.say("一格两个姓名、两种责任，分不开")
    s.also("R07", UNDETERMINED, "两人的责任对不上")
    for name in names:
        for check in ("M03", "M09", "R01", "R02", "R03", "R04", "R06"):
            s.case.expect(check, UNDETERMINED, "责任对不上人", deputy, name)


@scenario("D04", CLEAR, "measures", "upgrade_review")
def two_names_one_measure(s: Scene) -> None:
    _several(s, ("谢明远", "唐文博"), "均给予诫勉谈话")
    s.say("写明两人同样处理")


@scenario("D04", CLEAR, "measures", "upgrade_review")
def two_names_in_order(s: Scene) -> None:
    _several(s, ("韩立新", "冯志成"), "党内警告；诫勉谈话")
    s.say("两个姓名、两种处理，顺序相同")


@scenario("D04", CLEAR)
def one_person_two_measures(s: Scene) -> None:
    s.open("livelihood")
    s.head().measures = {"party": "党内警告", "administrative": "政务记过"}
    s.say("一人两种处理是正常的")


@scenario("D05", SUSPECT, "measures")
def warning_without_track(s: Scene) -> None:
    head = _measured(s, "any", "警告处分")
    s.say("警告处分没有写党内还是政务", head)
    s.also("M05 M07 M08", UNDETERMINED, "不知是党纪还是政务", head)


@scenario("D05", SUSPECT, "measures")
def handling_without_measure(s: Scene) -> None:
    s.open("livelihood")
    s.head()
    deputy = s.deputy()
    deputy.measures, deputy.post_now = {"any": "组织处理"}, None
    s.case.rejected = 1
    s.say("组织处理没有写明哪一种", deputy)
    s.also("M03 M05 M06 M07 M08 M09 O09 P09", UNDETERMINED, "处理方式没有写明", deputy)
    s.also("R07 P13", UNDETERMINED, "重要领导责任人的处理方式没有写明，无法比较")


@scenario("D05", SUSPECT, "circumstance")
def measure_in_circumstance(s: Scene) -> None:
    s.open("livelihood")
    head = s.head("诫勉")
    s.case.circumstance = "诫勉谈话"
    s.say("问责情形一栏写的是处理方式", head)
    s.also("M03 M09", UNDETERMINED, "看不出问责情形", head)


@scenario("D05", CLEAR)
def party_warning_in_other_words(s: Scene) -> None:
    s.say("“党纪警告”就是党内警告", _measured(s, "party", "党纪警告"))


@scenario("D05", CLEAR)
def misspelt_probation(s: Scene) -> None:
    s.say("“留党查看”是留党察看的错字", _measured(s, "party", "留党查看一年"))


@scenario("M06", UNDETERMINED)
def only_a_proposal(s: Scene) -> None:
    head = _measured(s, "party", "建议给予党内警告处分")
    s.say("建议给予处分不是决定，没有写明最终的处理方式", head)
    s.also("M03 M05 M07 M09", UNDETERMINED, "只是建议", head)
    s.also("P13", UNDETERMINED, "没有最终的处理方式")


@scenario("M06", CLEAR)
def suspended_then_sanctioned(s: Scene) -> None:
    s.open("livelihood")
    head = s.head()
    head.measures = {"organizational": "停职检查", "party": "党内严重警告"}
    s.say("停职检查之后给予了党内严重警告", head)


@scenario("D05", CLEAR)
def two_tracks_in_full(s: Scene) -> None:
    s.open("livelihood")
    head = s.head()
    head.measures = {"party": "撤销党内职务", "administrative": "政务撤职"}
    s.say("党纪政务双处分，写得完整", head)
