"""Planted cases that stand or fall with others: near-identical texts (M10, U08), second ledgers (D06), an earlier review (U07)."""

from datetime import date, timedelta

from review.demo.aftermath import add_months
from review.demo.issues import EarlierIssue
from review.demo.model import BLANK, NO, YES, Case, Month
from review.demo.people import say
from review.demo.planting import plant
from review.demo.scenarios import CLEAR, EXEMPT, SUSPECT, UNDETERMINED, Scene, scenario

CAMPAIGN = "在秸秆台账专项核查中，发现登记表格漏填{n}处、签字代签{n}处，村级联络员未按时上报，造成资料不全。"
MEETING = "在年度述职材料核查中，发现述职报告照抄上年内容，承诺事项无一兑现，群众评议走了过场，材料归档滞后{n}天。"
COPIED = "召开班子会议专题研究，逐项对照查摆，建立问题台账{n}条，明确整改责任人和完成时限，完成一项销号一项，并向群众公示。"
COPIED_TOO = "由主要负责同志牵头成立整改小组，修订完善物资领用登记办法，对{n}名经办人员开展业务轮训，按季度开展自查，结果报送上级备案。"
SHORT = "已按要求全部整改到位。"


def _batch(s: Scene, text: str, measure: str, day: date) -> None:
    """One of several cases of one day: another town each, the same words."""
    s.open("village")
    s.case.reason = text.format(n=3 + s.copy)
    s.case.started_on = day - timedelta(days=50)
    secretary = s.add(s.cast.town_secretary(s.cast.town(s.copy // 2 % len(s.cast.county.towns)), measure))
    secretary.decided_on = day


@scenario("M10", SUSPECT, "reason", copies=5)
def batch_of_one_day(s: Scene) -> None:
    _batch(s, CAMPAIGN, "诫勉", date(2023, 6, 1) + timedelta(days=s.turn))
    s.say("五件案件同一天决定、同样诫勉，事由只有数字不同")


@scenario("M10", CLEAR, "reason", copies=4)
def only_four_of_one_day(s: Scene) -> None:
    _batch(s, MEETING, "诫勉", date(2023, 8, 1) + timedelta(days=s.turn))
    s.say("只有四件，不到五件")


@scenario("M10", CLEAR, "reason", copies=5)
def five_days_apart(s: Scene) -> None:
    _batch(s, CAMPAIGN, "党内警告", date(2023, 7, 1) + timedelta(days=5 * s.turn + s.copy))
    s.say("事由相同，决定日期各不相同")


plant("M10", UNDETERMINED, "事由空白", "reason", reason=None)

# U08: the same rectification in several cases
for words in (COPIED, COPIED_TOO):

    @scenario("U08", SUSPECT, "rectification", copies=2)
    def copied_rectification(s: Scene, words: str = words) -> None:
        s.open(("finance", "livelihood")[s.copy % 2])
        s.head()
        s.case.rectification = words.format(n=10 + s.copy)
        s.say("两件案件的整改措施只有数字不同")


plant("U08", EXEMPT, "只有一句“整改到位”，太短不能算雷同", "rectification", "improvement", rectification=SHORT)
plant("U08", EXEMPT, "另一件也只有这一句", "rectification", "improvement", rectification=SHORT)
plant("U08", CLEAR, "整改措施各写各的", "rectification")
plant("U08", UNDETERMINED, "整改和检讨都空白", "rectification", "improvement", post_now=None, rectification=None, improvement=BLANK,
      self_criticism=BLANK, meeting_criticism=BLANK, meeting_criticism_on=None, also={"U01 U03": (UNDETERMINED, "空白")})  # fmt: skip


# D06: told otherwise in a second ledger; the verdict stands where the newer one has it
@scenario("D06", SUSPECT, "corrections")
def responsibility_told_otherwise(s: Scene) -> None:
    s.open("finance")
    s.head()
    s.deputy().responsibility = "重要领导责任"

    def change(case: Case) -> None:
        case.people[1].responsibility = "主要领导责任"
        case.expect("D06", SUSPECT, "责任原为重要领导责任，现为主要领导责任", case.people[1])

    s.correct(change)


@scenario("D06", SUSPECT, "corrections")
def measure_told_otherwise(s: Scene) -> None:
    s.open("livelihood")
    s.head("诫勉")

    def change(case: Case) -> None:
        head = case.people[0]
        head.measures, head.period_end = say(s.cast.random, "党内警告"), add_months(head.decided_on, 12)
        head.steps["publicity"] = YES
        case.expect("D06", SUSPECT, "处理原为诫勉，现为党内警告", head)

    s.correct(change)


@scenario("D06", SUSPECT, "corrections")
def closing_told_otherwise(s: Scene) -> None:
    s.open("land")
    s.head()

    def change(case: Case) -> None:
        case.closed_on += timedelta(days=20)
        case.expect("D06", SUSPECT, "办结日期前后不同")

    s.correct(change)


@scenario("D06", CLEAR, "corrections")
def same_in_other_words(s: Scene) -> None:
    s.open("discipline")
    head = s.head()
    head.measures = {"education": "诫勉谈话"}

    def change(case: Case) -> None:
        case.people[0].measures = {"education": "诫勉"}
        case.expect("D06", CLEAR, "“诫勉谈话”改写为“诫勉”，意思相同", case.people[0])

    s.correct(change)


@scenario("D06", CLEAR, "corrections")
def blank_filled_in(s: Scene) -> None:
    s.open("finance")
    s.head()
    s.finish()
    closed, s.case.closed_on = s.case.closed_on, None

    def change(case: Case) -> None:
        case.closed_on = closed
        case.expect("D06", CLEAR, "以前空白，这次补填")

    s.correct(change)


@scenario("D06", UNDETERMINED, "corrections")
def gone_in_the_second(s: Scene) -> None:
    s.open("finance")
    s.head()

    def change(case: Case) -> None:
        case.closed_on = None
        case.expect("D06", UNDETERMINED, "办结日期以前有，这次空白")

    s.correct(change)


# U07: the same problem again after the unit was told of it; each case in the hands of a unit of its own
def _found_before(s: Scene, room: str, status: str | None, told_on: date | Month | None, problem: str = "未归入档案") -> None:
    s.open("finance")
    head = s.head()
    head.steps["archive"] = NO
    s.also("P10", SUSPECT, "没有归入档案", head)
    s.case.started_on = max(s.case.started_on, date(2023, 1, 3))
    s.case.handling_unit = f"{s.case.county}纪委监委第{room}纪检监察室"
    s.case.earlier.append(EarlierIssue(s.case.county, s.case.handling_unit, "程序", problem, status, told_on))


@scenario("U07", SUSPECT, "archive", "handling_unit")
def again_after_rectification(s: Scene) -> None:
    _found_before(s, "一", "已整改", date(2022, 11, 18))
    s.say("上年度反馈过未归档、报称已整改，这次又有")


@scenario("U07", SUSPECT, "archive", "handling_unit")
def again_without_rectification(s: Scene) -> None:
    _found_before(s, "二", "未整改", date(2022, 11, 18))
    s.say("上年度反馈过未归档、一直没有整改，这次又有")


@scenario("U07", CLEAR, "archive", "handling_unit")
def another_problem_before(s: Scene) -> None:
    _found_before(s, "三", "已整改", date(2022, 11, 18), "未公开通报")
    s.say("上年度是另一类问题")


@scenario("U07", CLEAR, "archive", "handling_unit")
def told_after_the_start(s: Scene) -> None:
    _found_before(s, "四", "未整改", date(2023, 12, 20))
    s.say("反馈在本案启动之后")


@scenario("U07", UNDETERMINED, "archive", "handling_unit")
def rectification_not_told(s: Scene) -> None:
    _found_before(s, "五", None, date(2022, 11, 18))
    s.say("上年度同类问题的整改情况没有写")
