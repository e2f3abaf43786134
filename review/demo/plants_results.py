"""Planted cases about what follows a decision, and about sparing (checks U01 to U06, U09, T01, T02)."""

from review.demo.model import BLANK, NO, NOT_APPLICABLE, YES
from review.demo.planting import months, plant
from review.demo.scenarios import CLEAR, EXEMPT, SUSPECT, UNDETERMINED

# U01: neither written self-criticism nor a word at the meeting
plant("U01", SUSPECT, "没有写书面检讨", "self_criticism", post_now=None, self_criticism=NO)
plant("U01", SUSPECT, "没有在民主生活会上检查", "meeting_criticism", post_now=None, meeting_criticism=NO)
plant("U01", CLEAR, "写明了检讨的日期", "self_criticism", self_criticism="已于2023年9月20日提交")
plant("U01", EXEMPT, "已退休", "self_criticism", "post_now", post_now="已退休", self_criticism=NO)
plant("U01", EXEMPT, "党组织不写个人检讨", "self_criticism", kind="organization", self_criticism=NO)
plant("U01", UNDETERMINED, "书面检讨空白", "self_criticism", post_now=None, self_criticism=BLANK)

# U02: a sanction not made public
plant("U02", SUSPECT, "党内警告没有公开通报", "publicity", measures="党内警告", publicity=NO)
plant("U02", SUSPECT, "免职没有公开通报", "publicity", measures="免职", publicity=NO)
plant("U02", CLEAR, "在系统内通报", "publicity", measures="党内警告", publicity="已在全县系统内通报")
plant("U02", EXEMPT, "诫勉不要求一律公开", "publicity", measures="诫勉", publicity=NO)
plant("U02", EXEMPT, "写明涉密", "publicity", measures="党内警告", publicity="涉密，不予公开")
plant("U02", UNDETERMINED, "是否公开空白", "publicity", measures="党内警告", publicity=BLANK)

# U03: no lessons drawn where the organisation itself was at fault
plant("U03", SUSPECT, "问责党组织，没有开展以案促改", "improvement", kind="organization", improvement=NO)
plant("U03", SUSPECT, "问责党组织并通报，没有提出整改建议", "improvement", kind="organization", measures="通报", improvement=NO)
plant("U03", CLEAR, "已发出建议书", "improvement", kind="organization", improvement="已制发纪检监察建议书")
plant("U03", EXEMPT, "写明不适用", "improvement", kind="organization", improvement=NOT_APPLICABLE)
plant("U03", UNDETERMINED, "以案促改空白", "improvement", kind="organization", improvement=BLANK)

# U04 and U09: no visit, also after the end of the 影响期 (local standards)
BOTH = {"U09": (SUSPECT, "影响期届满后没有跟踪")}
plant("U04", SUSPECT, "决定两年多没有回访", "visit", measures="党内警告", post_now=None, visit=NO, also=BOTH)
plant("U04", CLEAR, "已回访", "visit", measures="党内警告", visit=YES)
plant("U04", CLEAR, "写明了回访次数", "visit", measures="党内警告", visit="已回访2次")
plant("U04", EXEMPT, "写明不适用", "visit", measures="党内警告", post_now=None, visit=NOT_APPLICABLE)
plant("U04", UNDETERMINED, "回访空白", "visit", measures="党内警告", post_now=None, visit=BLANK, also={"U09": (UNDETERMINED, "回访空白")})
plant("U09", SUSPECT, "影响期届满没有跟踪", "period_end", "visit", measures="党内严重警告", post_now=None, visit=NO,
      also={"U04": (SUSPECT, "没有回访")})  # fmt: skip
plant("U09", CLEAR, "影响期届满后已回访", "period_end", "visit", "visit_on", measures="党内警告", visit=YES, visit_on=months(13))
plant("U09", EXEMPT, "通报没有影响期", "period_end", "visit", measures="通报", visit=YES)

# U05: promoted before the end
plant("U05", SUSPECT, "影响期内提拔", "promotion_on", "period_end", measures="党内警告", promotion_on=months(8),
      new_post="{county}政府办公室主任")  # fmt: skip
plant("U05", SUSPECT, "严重警告影响期内进一步使用", "promotion_on", "period_end", measures="党内严重警告", promotion_on=months(14),
      new_post="{county}发展和改革局党组书记")  # fmt: skip
plant("U05", CLEAR, "影响期满后提拔", "promotion_on", "period_end", measures="党内警告", promotion_on=months(15),
      new_post="{county}教育局局长")  # fmt: skip
plant("U05", CLEAR, "写明没有提拔", "promotion_on", "period_end", measures="党内警告", promotion_on="无")
plant("U05", EXEMPT, "平级调动不是提拔", "promotion_on", "period_end", measures="党内警告", promotion_on=months(6),
      new_post="平级调任{county}审计局局长")  # fmt: skip
plant("U05", UNDETERMINED, "有提拔时间，影响期空白", "promotion_on", "period_end", measures="党内警告", period_end=None,
      promotion_on=months(6), new_post="{county}政府办公室主任", also={"M05": (UNDETERMINED, "影响期空白")})  # fmt: skip

# U06: corrected on paper only
plant("U06", SUSPECT, "问责决定已纠正，没有恢复", "correction", "restoration", correction=YES, restoration=NO)
plant("U06", SUSPECT, "撤销了问责决定，档案没有撤出", "correction", "restoration", correction="已撤销原决定", restoration="未撤出档案")
plant("U06", CLEAR, "纠正后已恢复", "correction", "restoration", correction=YES, restoration=YES)
plant("U06", EXEMPT, "没有纠正", "correction", "restoration", correction=NO, restoration=NO)
plant("U06", UNDETERMINED, "已纠正，是否恢复空白", "correction", "restoration", correction=YES, restoration=BLANK)

# T01: no assessment of tolerance (local standard)
plant("T01", SUSPECT, "没有开展容错评估", "tolerance", tolerance=NO)
plant("T01", SUSPECT, "容错未评估", "tolerance", tolerance="未评估")
plant("T01", CLEAR, "已评估，不属于容错情形", "tolerance", tolerance="已评估，不属于容错情形")
plant("T01", EXEMPT, "写明不适用", "tolerance", tolerance=NOT_APPLICABLE)
plant("T01", UNDETERMINED, "容错评估空白", "tolerance", tolerance=BLANK)

# T02: spared without ground, or spared and held at once
SPARED = {"outcome": "免予问责", "measures_given": {"education": "免予问责"}, "kind": "deputy"}
plant("T02", SUSPECT, "免责理由是工作繁忙", "outcome", "exempt_clause", exempt_clause="工作任务重、人手不足", **SPARED)
plant("T02", SUSPECT, "免予问责，又给予诫勉", "outcome", "exempt_clause", kind="deputy", outcome="免予问责", measures="诫勉",
      exempt_clause="第十七条第一项，先行先试")  # fmt: skip
plant("T02", CLEAR, "第十七条第二项", "outcome", "exempt_clause", exempt_clause="第十七条第二项，在集体决策中明确提出反对意见", **SPARED)
plant("T02", CLEAR, "不可抗力", "outcome", "exempt_clause", exempt_clause="已尽职，因不可抗力、难以预见等因素造成损失", **SPARED)
plant("T02", UNDETERMINED, "没有写免责情形", "outcome", "exempt_clause", exempt_clause=None, **SPARED,
      also={"O09": (UNDETERMINED, "没有写理由")})  # fmt: skip
