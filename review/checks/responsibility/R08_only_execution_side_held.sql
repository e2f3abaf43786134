/*---
id = "R08"
title = "只问执行责任未问决策责任"
aspect = "责任区分"
level = "严重"
unit = "case"
reach = "case"
looks_for = "案中每个人写的都是执行一侧的责任（直接责任、执行责任、经办、监管、管理等），没有任何领导责任，也没有党组织被问责。"
why = "评查中点名的问题：仅问责了干部的执行责任，没有追究领导的决策责任。"
needs = ["responsibility"]
params = []
message = "本案被问责人员的责任都在执行一侧：{responsibilities}，没有任何人承担领导责任。{listed_text}。疑似只问执行责任未问决策责任。"
undetermined = "本案没有已知的领导责任，是否只问执行责任不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第六条"
version = "2019"
verified = true

[[cleared_by]]
text = "同案有党组织被问责：领导班子已被问到（符合）"
kind = "fact"

[[cleared_by]]
text = "全案责任一栏写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "决策在更高一级，由上级在关联案件中处理"
kind = "text"

[facts]
responsibilities = "各人责任"
open_question = "不能判断的原因"
listed_text = "台账是否完整"
---*/
WITH read AS (
    SELECT *, CASE
        WHEN kind = 'organization' THEN if(party_body, 'led', 'ignored')
        WHEN responsibility IN ('overall_leadership', 'primary_leadership', 'important_leadership', 'undifferentiated_leadership') THEN 'led'
        WHEN says_not_applicable(responsibility_raw) THEN 'not_applicable'
        WHEN responsibility = 'none' THEN 'ignored'
        WHEN responsibility = 'direct' THEN 'execution'
        WHEN responsibility = 'supervisory' AND regexp_matches(responsibility_raw, '监管') THEN 'execution'
        WHEN responsibility = 'other' AND regexp_matches(array_to_string(responsibility_words, '、'), '决策|把关|审核|审批|审查') THEN 'decision'
        WHEN responsibility = 'other' AND regexp_matches(array_to_string(responsibility_words, '、'), '执行|落实|经办|具体|岗位|工作|本职|管理|管控|属地') THEN 'execution'
        WHEN responsibility IN ('main_body', 'supervisory') THEN 'duty'
        ELSE 'unknown' END AS side
    FROM people
), seen AS (
    SELECT case_id, any_value(county) AS county, any_value(listed) AS listed,
        list(shown || '：' || coalesce(responsibility_raw, responsibility_label(responsibility)) ORDER BY seq) FILTER (WHERE side = 'execution') AS responsibilities,
        list(shown ORDER BY seq) FILTER (WHERE side = 'unknown') AS unknown_people,
        bool_or(side IN ('led', 'decision', 'duty')) AS led,
        bool_or(side = 'not_applicable') AND NOT bool_or(side IN ('execution', 'unknown')) AS none_applies
    FROM read GROUP BY case_id
)
SELECT case_id, NULL::VARCHAR AS respondent_id, county,
    CASE
        WHEN len(unknown_people) > 0 THEN array_to_string(unknown_people[1:5], '、') || '的责任空白或不能识别'
        WHEN len(responsibilities) > 0 AND listed <> 'yes' THEN listed_text(listed) END AS open_question,
    CASE
        WHEN led THEN 'clear'
        WHEN none_applies THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN len(responsibilities) > 0 THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'responsibilities': responsibilities, 'open_question': open_question, 'listed_text': listed_text(listed)} AS facts
FROM seen
