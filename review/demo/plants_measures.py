"""Planted cases about how severe a measure is and whether it fits (checks M02, M03, M05, M07 to M09, P09, P12)."""

from review.demo.model import BLANK, NO, YES
from review.demo.people import DISCIPLINE_BASIS
from review.demo.planting import after, months, plant
from review.demo.scenarios import CLEAR, EXEMPT, SUSPECT, UNDETERMINED, Scene, scenario

REASON = "拒不整改，对抗组织调查"

# M02: the higher the rank, the lighter the measure
plant("M02", SUSPECT, "同负主要领导责任，正科级诫勉、村支书党内严重警告", "responsibility", kind="village", measures="党内严重警告",
      head_measure="诫勉")  # fmt: skip
plant("M02", SUSPECT, "同负主要领导责任，局长诫勉、副局长党内严重警告", "responsibility", kind="deputy", measures="党内严重警告",
      head_measure="诫勉", responsibility="主要领导责任")  # fmt: skip
plant("M02", CLEAR, "相差一档", "responsibility", kind="village", measures="党内警告", head_measure="诫勉")
plant("M02", CLEAR, "级别高的更重", "responsibility", kind="deputy", measures="诫勉", head_measure="党内严重警告",
      responsibility="主要领导责任")  # fmt: skip
plant("M02", EXEMPT, "较重的人有从重加重情形", "responsibility", "aggravation", kind="village", measures="党内严重警告",
      head_measure="诫勉", aggravation=REASON)  # fmt: skip
plant("M02", UNDETERMINED, "村支书的处理方式空白", "responsibility", "rows", kind="village", head_measure="诫勉", measures_given={},
      also={"D01 M03 M05 M06 M07 M08 M09 O09 P09 P13": (UNDETERMINED, "处理方式空白")})  # fmt: skip

# M03 and M09: far from what others get for the same, M09 with the words that there was no reason
@scenario("M03", SUSPECT, "consequence", "aggravation", copies=2, least=90)
def two_of_a_kind(s: Scene) -> None:
    s.open("environment")
    s.case.consequence = "造成河滩地损毁约百亩"
    head = s.head(("党内警告", "撤销党内职务")[s.copy])
    head.aggravation = "无"
    s.say("情形和后果完全相同，一人党内警告（4档），一人撤销党内职务（7档）", head)
    if s.copy:
        s.also("M09", SUSPECT, "比同类中位数重三档，从重加重情形写无", head)


plant("M03", EXEMPT, "较重的人有从重加重情形", "consequence", "aggravation", measures="撤销党内职务", aggravation=REASON)
plant("M03", CLEAR, "相差一档", "consequence", measures="党内严重警告")
plant("M03", UNDETERMINED, "后果空白", "consequence", consequence=None)
plant("M09", SUSPECT, "比同类轻两档，从轻减轻情形写无", "mitigation", measures="通报", mitigation="无", least=90,
      consequence="造成九户群众出行不便")  # fmt: skip
plant("M09", SUSPECT, "比同类重两档，从重加重情形写无", "aggravation", measures_given={"administrative": "政务降级"}, aggravation="无",
      least=90, consequence="造成两处桥涵停用")  # fmt: skip
plant("M09", EXEMPT, "写明了从轻情节", "mitigation", measures="通报", mitigation="主动挽回全部损失")
plant("M09", CLEAR, "与同类相差一档", "mitigation", measures="党内严重警告", mitigation="无", aggravation="无")
plant("M09", UNDETERMINED, "比同类轻两档，从轻减轻情形空白", "mitigation", measures="通报", mitigation=None, least=90,
      consequence="造成六户群众出行不便")  # fmt: skip

# M05: 影响期 that does not fit the measure
plant("M05", SUSPECT, "党内警告的影响期写成六个月", "period_end", measures="党内警告", period_end=months(6))
plant("M05", SUSPECT, "党内严重警告的影响期写成一年", "period_end", measures="党内严重警告", period_end=months(12))
plant("M05", SUSPECT, "政务记过的影响期写成两年", "period_end", measures="政务记过", period_end=months(24))
plant("M05", CLEAR, "党内警告一年", "period_end", measures="党内警告", period_end=months(12))
plant("M05", CLEAR, "党内严重警告一年六个月，只写长度", "period_end", measures="党内严重警告", period_end="一年六个月")
plant("M05", CLEAR, "双处分，以较长的党纪影响期为准", "period_end", measures=("党内警告", "政务警告"), period_end=months(12))
plant("M05", CLEAR, "通报没有影响期", "period_end", measures="通报", period_end="无")
plant("M05", UNDETERMINED, "影响期空白", "period_end", measures="党内警告", period_end=None)

# M07: party and administrative sanction of one person far apart
plant("M07", SUSPECT, "党内警告（4档）与政务撤职（7档）不相称", "rows",
      measures_given={"party": "党内警告", "administrative": "政务撤职"}, aggravation=REASON)  # fmt: skip
plant("M07", SUSPECT, "撤销党内职务（7档）与政务警告（4档）不相称", "rows",
      measures_given={"party": "撤销党内职务", "administrative": "政务警告"}, aggravation=REASON)  # fmt: skip
plant("M07", CLEAR, "党内严重警告与政务记过相称", "rows", measures_given={"party": "党内严重警告", "administrative": "政务记过"})
plant("M07", EXEMPT, "只有党纪处分", measures="党内警告")

# M08: a sanction for which the person is no object
plant("M08", SUSPECT, "群众受党纪处分", "politics", kind="deputy", post="副局长", politics="群众", measures="党内警告",
      basis=DISCIPLINE_BASIS)  # fmt: skip
plant("M08", SUSPECT, "民主党派成员受党纪处分", "politics", kind="deputy", post="副局长", politics="民主党派", measures="党内警告",
      basis=DISCIPLINE_BASIS)  # fmt: skip
plant("M08", SUSPECT, "村民不是公职人员，受政务处分", "identity", kind="staff", identity="村民", measures="政务警告", politics="中共党员",
      basis="《中华人民共和国公职人员政务处分法》第三十九条")  # fmt: skip
plant("M08", CLEAR, "群众受政务处分", "politics", kind="deputy", post="副局长", politics="群众", measures="政务警告",
      basis="《中华人民共和国公职人员政务处分法》第三十九条")  # fmt: skip
plant("M08", CLEAR, "党员受党纪处分", "politics", measures="党内警告")
plant("M08", UNDETERMINED, "政治面貌空白，受党纪处分", "politics", kind="deputy", post="副局长", politics=None, measures="党内警告",
      basis=DISCIPLINE_BASIS)  # fmt: skip

# P09: formalities of 组织处理 and heavy sanctions
plant("P09", SUSPECT, "免职手续一个多月后才办", "hr_formalities_on", measures="免职", post_now=None, hr_formalities_on=after(45))
plant("P09", SUSPECT, "调整职务手续没有办", "hr_formalities", measures="调整职务", post_now=None, hr_formalities=NO,
      hr_formalities_on=None)  # fmt: skip
plant("P09", CLEAR, "免职手续二十天内办结", "hr_formalities_on", measures="免职", hr_formalities_on=after(20))
plant("P09", CLEAR, "恰好一个月", "hr_formalities_on", measures="免职", hr_formalities_on=months(1))
plant("P09", EXEMPT, "诫勉不涉及组织人事手续", "hr_formalities", measures="诫勉", hr_formalities=NO)
plant("P09", UNDETERMINED, "手续是否办理空白", "hr_formalities_on", measures="免职", post_now=None, hr_formalities=BLANK,
      hr_formalities_on=None)  # fmt: skip

# P10: not put into the archive, or the organisation department not told
plant("P10", SUSPECT, "没有归入档案", "archive", archive=NO)
plant("P10", SUSPECT, "没有通报组织部门", "org_notice", org_notice=NO)
plant("P10", CLEAR, "已归档", "archive", archive=YES)
plant("P10", EXEMPT, "党组织没有个人档案", "archive", kind="organization", archive=NO)
plant("P10", UNDETERMINED, "是否归档空白", "archive", archive=BLANK)

# P12: an appeal not answered in time
APPEALED = {"appeal": YES, "appeal_kind": "问责申诉", "appeal_on": after(15)}
plant("P12", SUSPECT, "问责申诉两个月后才答复", "appeal_reply_on", **APPEALED, appeal_reply="维持原决定", appeal_reply_on=after(75))
plant("P12", SUSPECT, "问责申诉至今没有答复", "appeal_reply_on", **APPEALED, appeal_reply=NO)
plant("P12", CLEAR, "二十天内答复", "appeal_reply_on", **APPEALED, appeal_reply="维持原决定", appeal_reply_on=after(35))
plant("P12", EXEMPT, "没有申诉", "appeal_reply_on", appeal=NO)
plant("P12", CLEAR, "政务处分复核，两个月内答复", "appeal_reply_on", "appeal_kind", measures="政务记过", appeal=YES, appeal_kind="复核",
      appeal_on=after(20), appeal_reply="维持原决定", appeal_reply_on=after(65))  # fmt: skip
plant("P12", UNDETERMINED, "提出申诉，答复空白", "appeal_reply_on", **APPEALED, appeal_reply=BLANK)
