/*---
id = "R01"
title = "领导责任未区分主要与重要"
aspect = "责任区分"
level = "严重"
unit = "respondent"
reach = "case"
looks_for = "个人的责任只写“领导责任”（或分管责任、不可推卸的领导责任等），没有写明是主要领导责任还是重要领导责任。"
why = "第六条要求区分主要领导责任和重要领导责任；不区分，责任与处理是否相当就无从判断。这是问责评查中最常见的问题。"
needs = ["responsibility"]
params = []
message = "{person}的责任写为“{responsibility}”，没有区分主要领导责任和重要领导责任，疑似责任区分不清。"
undetermined = "{person}的责任是否区分不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第六条第一款"
version = "2019"
verified = true

[[cleared_by]]
text = "对象是党组织或单位（不适用）"
kind = "fact"

[[cleared_by]]
text = "责任一栏写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "处理一栏写明了主要或重要领导责任（不适用）"
kind = "fact"

[[cleared_by]]
text = "决定文书已经区分，台账只是简写：请看卷宗中的决定书"
kind = "text"

[[cleared_by]]
text = "单纯的违纪处分，没有作问责处理"
kind = "text"

[facts]
person = "被问责人员"
responsibility = "责任原文"
open_question = "不能判断的原因"
---*/
-- A blank responsibility cell may still be answered by the text of the measures ("负有领导责任，给予党内警告").
SELECT case_id, respondent_id, county,
    CASE
        WHEN kind = 'unknown' AND (responsibility = 'undifferentiated_leadership' OR bare) THEN '是个人还是党组织不明'
        WHEN responsibility = 'unknown' AND NOT bare AND responsibility_raw IS NULL THEN '责任类型空白'
        WHEN responsibility = 'unknown' AND NOT bare THEN '责任写为“' || responsibility_raw || '”，不能归到一人一种责任' END AS open_question,
    CASE
        WHEN kind = 'organization' OR says_not_applicable(responsibility_raw) OR responsibility = 'undifferentiated_leadership' AND told_elsewhere THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN responsibility = 'undifferentiated_leadership' OR bare THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'responsibility': coalesce(responsibility_raw, if(bare, measures_raw, NULL)), 'open_question': open_question} AS facts
FROM (
    SELECT *, responsibility = 'unknown' AND responsibility_raw IS NULL AND coalesce(
        regexp_matches(measures_raw, '领导责任') AND NOT regexp_matches(measures_raw, '(全面|主要|重要|次要|直接)领导责任'), false) AS bare,
        coalesce(regexp_matches(measures_raw, '(主要|重要)领导责任'), false) AS told_elsewhere
    FROM people
)
