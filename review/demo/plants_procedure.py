"""Planted cases about procedure and dates (checks P01, P04, P05, P07, P08)."""

from datetime import date, timedelta

from review.demo.model import BLANK, NO, NOT_APPLICABLE, YES, Month
from review.demo.scenarios import CLEAR, EXEMPT, SUSPECT, UNDETERMINED, Scene, scenario


def _one_head(s: Scene, *measures: str):
    s.open("finance")
    head = s.head(*measures)
    return head


@scenario("P01", SUSPECT, "start_approval")
def started_without_approval(s: Scene) -> None:
    _one_head(s)
    s.case.steps["start_approval"] = NO
    s.say("启动审批一栏明确为否")
    s.also("P02", UNDETERMINED, "没有审批人")


@scenario("P01", EXEMPT, "start_approval", "filing")
def filed_case_needs_no_approval(s: Scene) -> None:
    _one_head(s, "党内警告")
    s.case.steps.update(start_approval=NO, filing=YES)
    s.say("已立案审查，不再另行启动（第九条三款）")


@scenario("P01", EXEMPT, "start_approval")
def approval_not_applicable(s: Scene) -> None:
    _one_head(s)
    s.case.steps["start_approval"] = NOT_APPLICABLE
    s.say("启动审批写明不适用")


@scenario("P01", UNDETERMINED, "start_approval")
def approval_blank(s: Scene) -> None:
    _one_head(s)
    s.case.steps["start_approval"] = BLANK
    s.say("启动审批空白不等于否")
    s.also("P02", UNDETERMINED, "审批人空白")


@scenario("P04", SUSPECT, "fact_meeting")
def not_met(s: Scene) -> None:
    head = _one_head(s)
    head.steps["fact_meeting"] = NO
    s.say("事实材料未见面", head)


@scenario("P04", SUSPECT, "hearing")
def not_heard(s: Scene) -> None:
    head = _one_head(s)
    head.steps["hearing"] = NO
    s.say("未听取陈述申辩", head)


@scenario("P04", CLEAR, "sign_opinion", "sign_note")
def refused_with_note(s: Scene) -> None:
    head = _one_head(s)
    head.steps["sign_opinion"], head.sign_note = NO, "本人拒绝签署，调查组已书面说明"
    s.say("未签署意见但有说明", head)


@scenario("P04", EXEMPT, "fact_meeting")
def organization_is_not_met(s: Scene) -> None:
    s.open("discipline")
    group = s.add(s.cast.organization(s.cast.bureau("文化和旅游局党组"), "检查"))
    s.head()
    s.say("对象是党组织", group)


@scenario("P04", UNDETERMINED, "sign_opinion", "sign_note")
def refused_without_note(s: Scene) -> None:
    head = _one_head(s)
    head.steps["sign_opinion"] = NO
    s.say("未签署意见也没有说明", head)


@scenario("P04", UNDETERMINED, "fact_meeting")
def meeting_blank(s: Scene) -> None:
    head = _one_head(s)
    head.steps["fact_meeting"] = BLANK
    s.say("是否见面空白", head)


@scenario("P05", SUSPECT, "discussion")
def not_discussed(s: Scene) -> None:
    _one_head(s)
    s.case.steps["discussion"] = NO
    s.say("没有集体讨论")


@scenario("P05", SUSPECT, "report")
def no_report(s: Scene) -> None:
    _one_head(s)
    s.case.steps["report"] = NO
    s.say("没有调查报告")


@scenario("P05", CLEAR, "discussion")
def discussed_with_date(s: Scene) -> None:
    _one_head(s)
    s.case.steps["discussion"] = "已于2023年5月9日集体研究"
    s.say("写明了集体研究的日期")


@scenario("P05", CLEAR, "report")
def report_exists(s: Scene) -> None:
    _one_head(s)
    s.case.steps["report"] = "有"
    s.say("有调查报告")


@scenario("P05", UNDETERMINED, "discussion")
def discussion_blank(s: Scene) -> None:
    _one_head(s)
    s.case.steps["discussion"] = BLANK
    s.say("集体讨论空白")


@scenario("P07", SUSPECT, "started_on", "decided_on")
def decided_before_start(s: Scene) -> None:
    head = _one_head(s)
    s.finish()
    s.case.started_on = head.decided_on + timedelta(days=9)
    s.say("启动晚于决定")
    s.also("P13", UNDETERMINED, "决定早于启动，算不出天数")


@scenario("P07", SUSPECT, "closed_on", "decided_on")
def closed_before_decision(s: Scene) -> None:
    head = _one_head(s)
    s.finish()
    s.case.closed_on = head.decided_on - timedelta(days=6)
    s.say("办结早于决定")


@scenario("P07", SUSPECT, "announcement_on")
def announced_before_decision(s: Scene) -> None:
    head = _one_head(s)
    s.finish()
    head.announced_on = head.decided_on - timedelta(days=3)
    s.say("宣布早于决定", head)


@scenario("P07", CLEAR, "closed_on", "decided_on")
def closed_on_the_day_of_decision(s: Scene) -> None:
    head = _one_head(s)
    s.finish()
    s.case.closed_on = head.announced_on = head.decided_on
    s.say("同一天决定、宣布和办结，顺序没有错")


@scenario("P07", CLEAR, "started_on")
def started_in_an_earlier_month(s: Scene) -> None:
    head = _one_head(s)
    s.case.started_on = date(2023, 3, 6)
    head.decided_on = date(2023, 4, 3)
    s.finish()
    s.case.started_on = Month(2023, 3)
    s.say("启动只到月，但早于决定的月份")
    s.also("P13", UNDETERMINED, "日期没有写到日")


@scenario("P07", CLEAR, "behaviour_on")
def old_behaviour(s: Scene) -> None:
    _one_head(s)
    s.case.behaviour_on = Month(2010, 6)
    s.say("问题发生在多年以前，终身问责，不是时间错误")
    s.also("D02", CLEAR, "行为发生的时间可以很早")


@scenario("P07", UNDETERMINED, "started_on", "decided_on")
def started_and_decided_in_one_month(s: Scene) -> None:
    head = _one_head(s)
    s.case.started_on = date(2023, 4, 3)
    head.decided_on = date(2023, 4, 26)
    s.finish()
    s.case.started_on = Month(2023, 4)
    s.say("启动只到月，与决定同月，先后无法判断")
    s.also("P13 P16", UNDETERMINED, "日期没有写到日")


@scenario("P08", SUSPECT, "announcement")
def not_announced(s: Scene) -> None:
    head = _one_head(s)
    head.steps["announcement"] = NO
    s.say("没有宣布", head)


@scenario("P08", SUSPECT, "delivery")
def not_delivered(s: Scene) -> None:
    head = _one_head(s)
    head.steps["delivery"] = NO
    s.say("没有送达", head)


@scenario("P08", SUSPECT, "announcement_on")
def sanction_announced_late(s: Scene) -> None:
    head = _one_head(s, "党内严重警告")
    s.finish()
    head.announced_on = head.decided_on + timedelta(days=45)
    s.case.closed_on = head.announced_on + timedelta(days=9)
    s.say("党纪处分决定一个多月后才宣布", head)


@scenario("P08", CLEAR, "announcement_on")
def admonition_announced_late(s: Scene) -> None:
    head = _one_head(s, "诫勉")
    s.finish()
    head.announced_on = head.decided_on + timedelta(days=45)
    s.case.closed_on = head.announced_on + timedelta(days=9)
    s.say("诫勉只要求及时，没有一个月的期限", head)


@scenario("P08", CLEAR, "announcement_on")
def sanction_announced_on_the_last_day(s: Scene) -> None:
    head = _one_head(s, "党内警告")
    s.case.started_on, head.decided_on, head.announced_on = date(2023, 4, 4), date(2023, 5, 16), date(2023, 6, 16)
    s.say("恰好一个月", head)


@scenario("P08", UNDETERMINED, "announcement")
def announcement_blank(s: Scene) -> None:
    head = _one_head(s)
    head.steps["announcement"] = BLANK
    s.say("是否宣布空白", head)


@scenario("P07", UNDETERMINED, "announcement_on")
def announced_in_the_month_of_decision(s: Scene) -> None:
    head = _one_head(s, "党内警告")
    s.case.started_on, head.decided_on, head.announced_on = date(2023, 4, 4), date(2023, 5, 16), date(2023, 5, 24)
    s.finish()
    head.announced_on = Month(2023, 5)
    s.say("宣布只到月，与决定同月，先后无法判断", head)
    s.also("P08", CLEAR, "无论哪一天宣布都没有超过一个月", head)


@scenario("P08", UNDETERMINED, "announcement_on")
def sanction_announced_some_day_next_month(s: Scene) -> None:
    head = _one_head(s, "党内警告")
    s.case.started_on, head.decided_on, head.announced_on = date(2023, 4, 4), date(2023, 5, 16), date(2023, 6, 26)
    s.finish()
    head.announced_on = Month(2023, 6)
    s.say("宣布只到次月，是否超过一个月无法判断", head)
    s.also("P07", CLEAR, "宣布的月份晚于决定")
