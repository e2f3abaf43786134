"""Planted cases about who approves, inquires and decides, and how long it takes (R04, O07, O09, P02, P03, P06, P11, P13 to P16)."""

from datetime import date

from review.demo.model import BLANK, NO, NOT_APPLICABLE, YES, Month
from review.demo.people import DISCIPLINE_BASIS
from review.demo.planting import after, plant
from review.demo.scenarios import CLEAR, EXEMPT, SUSPECT, UNDETERMINED

ACCOUNTABILITY_RULES = "《中国共产党问责条例》"
IMPORTANT_ONLY = {"R05": (SUSPECT, "只有重要领导责任，没有主要领导责任")}
WHICH_ITEM = {"M03 M09": (UNDETERMINED, "看不出是哪一种情形")}
NOBODY_HELD = {"education": "不予问责"}

# R04: the head of a unit held as a mere participant
plant("R04", SUSPECT, "局长是主要负责人，却只负重要领导责任", "legal_basis", responsibility="重要领导责任", also=IMPORTANT_ONLY)
plant("R04", SUSPECT, "镇（街道）政府正职只负重要领导责任", "legal_basis", kind="town_head", responsibility="负重要领导责任")
plant("R04", EXEMPT, "依据是纪律处分条例，没有主管的正职可以是重要", "legal_basis", responsibility="重要领导责任", measures="党内警告",
      basis=DISCIPLINE_BASIS, also=IMPORTANT_ONLY)  # fmt: skip
plant("R04", CLEAR, "副局长负重要领导责任", "legal_basis", kind="deputy", responsibility="重要领导责任")
plant("R04", UNDETERMINED, "没有写依据，不知按哪部条例划分", "legal_basis", "circumstance", responsibility="重要领导责任", basis=None,
      also=IMPORTANT_ONLY)  # fmt: skip

# O07: held for what happened outside the term
plant("O07", SUSPECT, "问题发生时尚未任该职", "term", "behaviour_on", behaviour_on=Month(2021, 3), term="2021.9至今")
plant("O07", SUSPECT, "问题发生时已经离任", "term", "behaviour_on", behaviour_on=Month(2022, 6), term="2018.5-2021.11")
plant("O07", CLEAR, "问题发生在任期之内", "term", "behaviour_on", behaviour_on=Month(2021, 6), term="2019.3-2022.12", post_now="已退休")
plant("O07", CLEAR, "任职至今", "term", "behaviour_on", behaviour_on=Month(2022, 6), term="2020年5月至今")
plant("O07", UNDETERMINED, "问题发生与到任同月，先后不能定", "term", "behaviour_on", behaviour_on=Month(2021, 9), term="2021.9至今")
plant("O07", UNDETERMINED, "任职时间空白", "term", "behaviour_on", term=None)

# O09: spared for having left
for left in ("已退休", "已调离", "已提拔任用"):
    plant("O09", SUSPECT, f"不予问责，理由只有“{left}”", "outcome", "exempt_clause", kind="deputy", outcome="不予问责",
          exempt_clause=left, measures_given=NOBODY_HELD, also={"T02": (SUSPECT, "免责理由不是第十七条的情形")})  # fmt: skip
plant("O09", EXEMPT, "已退休，但写明了第十七条的情形", "outcome", "exempt_clause", kind="deputy", outcome="免予问责",
      exempt_clause="已退休；第十七条第一项，先行先试中的无意过失", measures_given=NOBODY_HELD)  # fmt: skip
plant("O09", CLEAR, "已退休，仍予以问责", "outcome", "exempt_clause", kind="deputy", post_now="已退休")
plant("O09", UNDETERMINED, "不予问责而没有写理由", "outcome", "exempt_clause", kind="deputy", outcome="不予问责",
      measures_given=NOBODY_HELD, also={"T02": (UNDETERMINED, "没有写免责条款")})  # fmt: skip

# P02: started against a head or an organisation without the secretary of the same level
plant("P02", SUSPECT, "对局党组书记启动问责，只由县纪委书记审批", "approver", approver="{county}纪委书记")
plant("P02", SUSPECT, "对局党组启动问责，只由县纪委书记审批", "approver", kind="organization", approver="{county}纪委书记")
plant("P02", CLEAR, "由同级党委书记审批", "approver", approver="{county}委书记")
plant("P02", EXEMPT, "已立案审查，不另行启动", "approver", "filing", measures="党内警告", filing=YES, approver="{county}纪委书记")
plant("P02", UNDETERMINED, "审批人空白", "approver", "start_approval", approver=None)

# P03: fewer than two on the team
plant("P03", SUSPECT, "调查组只有一人", "team", "started_on", team="1人")
plant("P03", SUSPECT, "调查组人数为1", "team", "started_on", team="1")
plant("P03", CLEAR, "调查组两人", "team", "started_on", team="2人")
plant("P03", CLEAR, "列出三人", "team", "started_on", team="组长：王建国；成员：李志强、陈海波")
plant("P03", EXEMPT, "已立案审查", "team", "filing", measures="党内警告", filing=YES, team="1人")
plant("P03", UNDETERMINED, "只写了一个姓名，可能只列了组长", "team", "started_on", team="王建国")
plant("P03", UNDETERMINED, "调查组空白", "team", "started_on", team=None)

# P06: 组织处理 decided by the commission
for measure in ("免职", "调整职务"):
    plant("P06", SUSPECT, f"{measure}由县纪委监委作出，纪委只能建议", "deciding_organ", measures=measure,
          deciding_organ="{county}纪委监委")  # fmt: skip
plant("P06", CLEAR, "免职由县委作出", "deciding_organ", measures="免职", deciding_organ="中共{county}委员会")
plant("P06", CLEAR, "诫勉由县纪委监委作出", "deciding_organ", measures="诫勉", deciding_organ="{county}纪委监委")
plant("P06", EXEMPT, "县委和县纪委监委共同决定", "deciding_organ", measures="免职", deciding_organ="中共{county}委员会、{county}纪委监委")
plant("P06", UNDETERMINED, "没有写决定机关", "deciding_organ", measures="免职", deciding_organ=None)

# P11: no article, an incomplete one, or the numbering of 2016
plant("P11", SUSPECT, "只写条例名称，没有条款", "legal_basis", basis=ACCOUNTABILITY_RULES, circumstance="第七条", also=WHICH_ITEM)
plant("P11", SUSPECT, "只写第七条，没有项", "legal_basis", basis=ACCOUNTABILITY_RULES + "第七条规定", circumstance="第七条",
      also=WHICH_ITEM)  # fmt: skip
plant("P11", SUSPECT, "2023年的决定仍用2016年条例的第六条列项", "legal_basis", basis=ACCOUNTABILITY_RULES + "第六条第（一）项",
      circumstance="第七条", also=WHICH_ITEM)  # fmt: skip
plant("P11", CLEAR, "依据写第七条，问责情形写明第几项", "legal_basis", "circumstance", basis=ACCOUNTABILITY_RULES + "第七条规定")
plant("P11", CLEAR, "第十一项“其他情形”是真实存在的一项", "legal_basis", basis=ACCOUNTABILITY_RULES + "第七条第（十一）项",
      circumstance="第七条第（十一）项")  # fmt: skip
plant("P11", UNDETERMINED, "依据和问责情形都空白", "legal_basis", "circumstance", basis=None, circumstance=None,
      also={"D01 M03 M09": (UNDETERMINED, "问责情形空白")})  # fmt: skip

# P13: much faster or slower than the others
SLOW = {"started_on": date(2022, 3, 1), "decided_on": date(2023, 6, 20)}
FAST = {"started_on": date(2023, 6, 15), "decided_on": date(2023, 6, 18)}
plant("P13", SUSPECT, "从启动到决定一年多", "started_on", "decided_on", least=90, **SLOW)
plant("P13", SUSPECT, "从启动到决定只有三天", "started_on", "decided_on", least=90, **FAST)
plant("P13", EXEMPT, "已立案审查，问责启动只是形式", "started_on", "decided_on", "filing", filing=YES, **FAST)
plant("P13", CLEAR, "比通常快一些，仍在范围之内", "started_on", "decided_on", started_on=date(2023, 5, 3), decided_on=date(2023, 6, 7))
plant("P13", CLEAR, "比通常慢一些，仍在范围之内", "started_on", "decided_on", started_on=date(2023, 2, 20), decided_on=date(2023, 5, 29))

# P14: a key case not reviewed above (local standard)
for flag, why in (("superior_assigned", "上级交办"), ("leader_instruction", "有领导批示"), ("public_opinion", "引发舆情")):
    plant("P14", SUSPECT, f"{why}的案件没有提级审核", "upgrade_review", flag, "rows", **{flag: YES}, upgrade_review=NO)
plant("P14", CLEAR, "上级交办，已提级审核", "upgrade_review", "superior_assigned", superior_assigned=YES, upgrade_review=YES)
plant("P14", EXEMPT, "不是重点案件，无须提级审核", "upgrade_review", "superior_assigned", superior_assigned=NO, leader_instruction=NO,
      public_opinion=NO, upgrade_review=NO)  # fmt: skip
plant("P14", UNDETERMINED, "上级交办，提级审核空白", "upgrade_review", "superior_assigned", superior_assigned=YES, upgrade_review=BLANK)

# P15: neither joint review nor audit
plant("P15", SUSPECT, "没有集体会商", "joint_review", joint_review=NO)
plant("P15", SUSPECT, "没有审核把关", "audit", audit=NO)
plant("P15", CLEAR, "会商、审核都做了", "joint_review", "audit", joint_review=YES, audit=YES)
plant("P15", CLEAR, "写明了会商的日期", "joint_review", joint_review="已于2023年5月10日会商")
plant("P15", EXEMPT, "两个环节都写明不适用", "joint_review", "audit", joint_review=NOT_APPLICABLE, audit=NOT_APPLICABLE)
plant("P15", UNDETERMINED, "集体会商空白", "joint_review", joint_review=BLANK)

# P16: no time for an inquiry
plant("P16", SUSPECT, "决定之后才见面、听取申辩", "fact_meeting_on", "hearing_on", "decided_on", fact_meeting_on=after(1),
      hearing_on=after(2), also={"P07": (SUSPECT, "听取申辩晚于决定")})  # fmt: skip
plant("P16", SUSPECT, "启动当天作出决定", "started_on", "decided_on", least=90, started_on=date(2023, 6, 15),
      decided_on=date(2023, 6, 15), also={"P13": (SUSPECT, "当天作出决定，远快于其他案件")})  # fmt: skip
plant("P16", EXEMPT, "已立案审查，问责启动只是形式", "started_on", "decided_on", "filing", filing=YES, started_on=date(2023, 6, 15),
      decided_on=date(2023, 6, 15))  # fmt: skip
plant("P16", CLEAR, "先见面、听取申辩，后决定", "fact_meeting_on", "hearing_on", "decided_on", fact_meeting_on=after(-7),
      hearing_on=after(-6))  # fmt: skip
plant("P16", UNDETERMINED, "启动和决定都只写到同一个月", "started_on", "decided_on", measures="诫勉", started_on=Month(2023, 6),
      decided_on=Month(2023, 6), announced_on=Month(2023, 7), closed_on=date(2023, 8, 15),
      also={"P13": (UNDETERMINED, "日期没有写到日"), "P07@case": (UNDETERMINED, "先后不能定")})  # fmt: skip
