"""Which columns the ledgers of each layout have, under which headers.

One line a column: header (levels joined with "/", ⏎ a line break), field of the model, width; a star in front marks a column of the case.
"""

from dataclasses import dataclass

from review.demo.model import County


@dataclass(frozen=True)
class Column:
    """A column: header as written, field of the model, whether it belongs to the case."""

    header: str
    field: str
    of_case: bool
    width: int


def _columns(lines: str) -> tuple[Column, ...]:
    out = []
    for line in lines.strip().splitlines():
        header, name, width = (part.strip() for part in line.split(" | "))
        out.append(Column(header.removeprefix("*").replace("⏎", "\n"), name, header.startswith("*"), int(width)))
    return tuple(out)


FIRST_ROW = _columns("""
    *序号 | seq | 6
    *案件编号 | case_no | 18
    *案件名称 | title | 32
    *县区 | county | 10
    *承办单位 | handling_unit | 18
    *领域 | domain | 12
    *启动时间 | started_on | 12
    *审批人 | approver | 12
    *调查组人数 | team | 8
    *是否履行启动审批 | start_approval | 10
    *集体研究 | discussion | 10
    *调查报告 | report | 10
    对象姓名 | name | 14
    工作单位 | unit | 24
    时任职务 | post_then | 18
    职级 | rank | 10
    政治面貌 | politics | 10
    问责依据 | legal_basis | 26
    责任类型 | responsibility | 16
    处理结果 | measures | 20
    处分时间 | decided_on | 12
    是否宣布 | announcement | 9
    宣布时间 | announcement_on | 12
    影响期截止 | period_end | 12
    是否归档 | archive | 8
    是否回访 | visit | 8
    *办结时间 | closed_on | 12
    备注 | note | 12
""")
MERGED = _columns("""
    *编号 | seq | 6
    *案件情况/案件编号 | case_no | 18
    *案件情况/问责事项 | title | 30
    *案件情况/问责事由 | reason | 40
    *案件情况/问责情形 | circumstance | 16
    *案件情况/问题领域 | domain | 12
    *案件情况/问题发生时间 | behaviour_on | 12
    *案件情况/承办单位 | handling_unit | 18
    *案件情况/启动时间 | started_on | 14
    *案件情况/造成后果 | consequence | 14
    被问责对象/姓名 | name | 14
    被问责对象/单位及职务 | unit_post | 34
    被问责对象/职级 | rank | 10
    被问责对象/政治面貌 | politics | 10
    问责情况/责任认定 | responsibility | 16
    问责情况/问责依据 | legal_basis | 26
    问责情况/问责方式 | measures | 18
    问责情况/问责时间 | decided_on | 14
    问责情况/从轻减轻情形 | mitigation | 14
    问责情况/从重加重情形 | aggravation | 14
    *问责情况/决定机关 | deciding_organ | 18
    *程序履行/是否立案 | filing | 8
    *程序履行/启动审批 | start_approval | 8
    *程序履行/审批人 | approver | 12
    *程序履行/调查组成员 | team | 20
    *程序履行/集体讨论 | discussion | 8
    *程序履行/调查报告 | report | 8
    *程序履行/集体会商 | joint_review | 8
    *程序履行/审核把关 | audit | 8
    程序履行/是否见面 | fact_meeting | 8
    程序履行/是否听取陈述申辩 | hearing | 8
    程序履行/是否签署意见 | sign_opinion | 8
    程序履行/拒签说明 | sign_note | 14
    程序履行/是否送达 | delivery | 8
    程序履行/送达时间 | delivery_on | 14
    执行情况/手续办结时间 | hr_formalities_on | 14
    执行情况/是否归入廉政档案 | archive | 8
    执行情况/是否通报组织部门 | org_notice | 8
    执行情况/书面检讨 | self_criticism | 8
    执行情况/民主生活会检查 | meeting_criticism | 8
    执行情况/是否公开通报 | publicity | 8
    执行情况/影响期截止日期 | period_end | 14
    *成果运用/以案促改 | improvement | 8
    *成果运用/整改措施 | rectification | 40
    成果运用/是否回访 | visit | 8
    *办结时间 | closed_on | 14
""")
ONE_CELL = _columns("""
    *案号 | case_no | 14
    *案由 | title | 30
    *所属县区 | county | 10
    *问题类别 | domain | 12
    *问责人员及处理情况 | people | 80
    *启动时间 | started_on | 12
    *决定时间 | decided_on | 12
    *承办机关 | handling_unit | 18
    *整改情况 | rectification | 40
    *办结时间 | closed_on | 12
""")
FIRST_HALF = _columns("""
    *序号 | seq | 6
    *案件编号* | case_no | 18
    *案件名称* | title | 30
    *问题类型 | domain | 12
    *是否交办件 | superior_assigned | 8
    *是否有领导批示 | leader_instruction | 8
    *是否引发舆情 | public_opinion | 8
    *提级审核 | upgrade_review | 8
    *主要问题 | reason | 40
    *问责 情形 | circumstance | 16
    *后果程度 | consequence | 14
    *案件层级 | admin_level | 8
    *承办单位 | handling_unit | 18
    *决定机关 | deciding_organ | 18
    *问题发生⏎时间 | behaviour_on | 12
    *启动日期 | started_on | 12
    对象类型 | object_type | 10
    姓名* | name | 14
    单 位 | unit | 24
    时任⏎职务 | post_then | 18
    现任职务 | post_now | 18
    任职起止 | term | 16
    职务层次 | rank | 10
    政治⏎面貌 | politics | 8
    人员身份 | identity | 10
    责任划分* | responsibility | 16
    适用条款 | legal_basis | 26
    通报诫勉 | measures_education | 12
    组织处理 | measures_organizational | 12
    党纪处分 | measures_party | 12
    政务处分 | measures_administrative | 12
    处理结论 | outcome | 10
    免责情形 | exempt_clause | 14
    决定日期* | decided_on | 12
    *是否立案 | filing | 8
    *是否审批 | start_approval | 8
    *审批人 | approver | 12
    *调查组人数 | team | 8
    *是否集体讨论 | discussion | 8
    *有无调查报告 | report | 8
    *是否会商 | joint_review | 8
    *是否审理 | audit | 8
    *是否开展容错评估 | tolerance | 8
    是否见面 | fact_meeting | 8
    见面时间 | fact_meeting_on | 12
    听取陈述申辩 | hearing | 8
    申辩时间 | hearing_on | 12
    是否签字 | sign_opinion | 8
    未签说明 | sign_note | 12
    是否宣布 | announcement | 8
    宣布日期 | announcement_on | 12
    手续是否办结 | hr_formalities | 8
    手续办结时间 | hr_formalities_on | 12
    是否归档 | archive | 8
    通报组织部门 | org_notice | 8
    是否书面检讨 | self_criticism | 8
    民主生活会 | meeting_criticism | 8
    是否公开 | publicity | 8
    影响期截止日期 | period_end | 14
    是否申诉 | appeal | 8
    申诉类型 | appeal_kind | 10
    申诉时间 | appeal_on | 12
    复查结果 | appeal_reply | 8
    答复时间 | appeal_reply_on | 12
    是否纠正 | correction | 8
    恢复情况 | restoration | 8
    *以案促改 | improvement | 8
    *整改措施 | rectification | 40
    是否回访 | visit | 8
    回访时间 | visit_on | 12
    提拔时间 | promotion_on | 12
    新任职务 | new_post | 16
    从轻减轻情节 | mitigation | 12
    从重加重情节 | aggravation | 12
    *结案日期 | closed_on | 12
""")
SECOND_HALF = _columns("""
    *No. | seq | 6
    *线索编号 | case_no | 18
    *所属领域 | domain | 12
    *问责事项 | title | 30
    *是否上级督办 | superior_assigned | 8
    *批示件 | leader_instruction | 8
    *是否涉及舆情 | public_opinion | 8
    *是否提级审核 | upgrade_review | 8
    *失职失责事实 | reason | 40
    *受理时间 | started_on | 12
    *问题发生日期 | behaviour_on | 12
    *问责情形分类 | circumstance | 16
    *造成后果 | consequence | 14
    被问责人 | name | 14
    个人/党组织 | object_type | 10
    所在单位 | unit | 24
    原任职务 | post_then | 18
    目前职务 | post_now | 18
    任职时间 | term | 16
    级 别 | rank | 10
    是否党员 | politics | 8
    人员类别 | identity | 10
    承担责任 | responsibility | 16
    政务处分 | measures_administrative | 12
    党纪处分 | measures_party | 12
    组织调整或⏎组织处理 | measures_organizational | 12
    通报/诫勉 | measures_education | 12
    是否问责 | outcome | 10
    免予问责条款 | exempt_clause | 14
    依据条款 | legal_basis | 26
    处分时间 | decided_on | 12
    *立案审查 | filing | 8
    *启动审批手续 | start_approval | 8
    *批准人 | approver | 12
    *调查组 | team | 8
    *集体研究 | discussion | 8
    *调查报告 | report | 8
    *会商研判 | joint_review | 8
    *审理意见 | audit | 8
    *容错评估 | tolerance | 8
    事实见面 | fact_meeting | 8
    事实见面时间 | fact_meeting_on | 12
    陈述申辩 | hearing | 8
    陈述申辩时间 | hearing_on | 12
    本人签字 | sign_opinion | 8
    拒签说明 | sign_note | 12
    宣布情况 | announcement | 8
    宣布时间 | announcement_on | 12
    手续办理情况 | hr_formalities | 8
    手续办理时间 | hr_formalities_on | 12
    归档情况 | archive | 8
    抄送组织部门 | org_notice | 8
    书面检讨 | self_criticism | 8
    组织生活会检查 | meeting_criticism | 8
    通报曝光 | publicity | 8
    影响期 | period_end | 14
    申诉情况 | appeal | 8
    复审复核 | appeal_kind | 10
    申诉日期 | appeal_on | 12
    复核结论 | appeal_reply | 8
    申诉答复时间 | appeal_reply_on | 12
    纠错情况 | correction | 8
    职务恢复 | restoration | 8
    *以案促改情况 | improvement | 8
    *整改落实情况 | rectification | 40
    回访情况 | visit | 8
    回访日期 | visit_on | 12
    晋升时间 | promotion_on | 12
    进一步使用 | new_post | 16
    从轻情节 | mitigation | 12
    从重情节 | aggravation | 12
    *结案时间 | closed_on | 12
    *级别（市县） | admin_level | 8
    *办理单位 | handling_unit | 18
    *作出决定的党组织 | deciding_organ | 18
""")
FLAT = _columns("""
    *序号 | seq | 6
    *问责编号 | case_no | 16
    *县（市、区） | county | 10
    *办理层级 | admin_level | 8
    *承办单位 | handling_unit | 18
    *作出问责决定的单位 | deciding_organ | 18
    *问题来源 | source | 10
    *是否上级交办 | superior_assigned | 8
    *领导批示 | leader_instruction | 8
    *是否舆情 | public_opinion | 8
    *提级审核 | upgrade_review | 8
    *案件名称 | title | 30
    *问责事由 | reason | 40
    *问责情形 | circumstance | 16
    *问题领域 | domain | 12
    *造成后果 | consequence | 14
    *行为时间 | behaviour_on | 12
    *启动时间 | started_on | 12
    *批准人 | approver | 12
    *调查组人数 | team | 8
    问责对象 | name | 14
    工作单位 | unit | 24
    职务 | post_then | 18
    职级 | rank | 10
    政治面貌 | politics | 10
    人员身份 | identity | 10
    责任类型 | responsibility | 16
    问责依据 | legal_basis | 26
    问责方式 | measures | 18
    决定时间 | decided_on | 12
    处理结论 | outcome | 10
    免责情形 | exempt_clause | 14
    *是否立案 | filing | 8
    *启动审批 | start_approval | 8
    *集体讨论 | discussion | 8
    *调查报告 | report | 8
    *集体会商 | joint_review | 8
    *审核把关 | audit | 8
    是否见面 | fact_meeting | 8
    见面时间 | fact_meeting_on | 12
    是否听取陈述申辩 | hearing | 8
    申辩时间 | hearing_on | 12
    是否签字 | sign_opinion | 8
    拒签说明 | sign_note | 12
    是否宣布 | announcement | 8
    宣布时间 | announcement_on | 12
    手续是否办结 | hr_formalities | 8
    手续办结时间 | hr_formalities_on | 12
    是否归入廉政档案 | archive | 8
    是否通报组织部门 | org_notice | 8
    书面检讨 | self_criticism | 8
    是否召开民主生活会 | meeting_criticism | 8
    是否公开通报 | publicity | 8
    影响期截止 | period_end | 14
    是否申诉 | appeal | 8
    申诉类型 | appeal_kind | 10
    申诉时间 | appeal_on | 12
    复查结果 | appeal_reply | 8
    答复时间 | appeal_reply_on | 12
    *是否以案促改 | improvement | 8
    *整改措施 | rectification | 40
    是否回访 | visit | 8
    回访时间 | visit_on | 12
    提拔时间 | promotion_on | 12
    新任职务 | new_post | 16
    是否纠正 | correction | 8
    恢复情况 | restoration | 8
    从轻减轻情形 | mitigation | 12
    从重加重情形 | aggravation | 12
    *办结日期 | closed_on | 12
""")
COLUMNS = {"first_row": FIRST_ROW, "merged": MERGED, "one_cell": ONE_CELL, "several_sheets": FIRST_HALF, "flat": FLAT}
PEOPLE_CELL_FIELDS = {"name", "unit_post", "post_then", "unit", "responsibility", "measures", "decided_on"}


def offered(county: County) -> frozenset[str]:
    """Fields of the model that this county's ledger can show; ``rows``: every respondent has a row; ``corrections``: it comes twice."""
    names = {c.field for c in COLUMNS[county.layout]}
    if "people" in names:
        names |= PEOPLE_CELL_FIELDS
    else:
        names.add("rows")
    if county.corrects:
        names.add("corrections")
    if not county.numbered:
        names.discard("case_no")
    return frozenset(names)
