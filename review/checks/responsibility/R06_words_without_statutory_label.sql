/*---
id = "R06"
title = "责任表述非法定用语"
aspect = "责任区分"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "责任一栏只写了监管、管理、属地、执行、主体、监督等分析用语，没有第六条的责任名称。"
why = "监管责任、属地管理责任等说明责任从何而来，不说明责任大小；没有法定名称，就不能据以确定处理轻重。"
needs = ["responsibility"]
params = []
message = "{person}的责任写为“{responsibility}”，没有全面、主要或重要领导责任的名称，疑似责任表述不是法定用语。"
undetermined = "{person}的责任表述是否规范不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第六条"
version = "2019"
verified = true

[[cleared_by]]
text = "对象是党组织或单位：主体责任、监督责任是第四条的说法（不适用）"
kind = "fact"

[[cleared_by]]
text = "责任一栏写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "处理一栏写有主要或重要领导责任的名称（不适用）"
kind = "fact"

[[cleared_by]]
text = "决定文书写有法定责任名称"
kind = "text"

[facts]
person = "被问责人员"
responsibility = "责任原文"
words = "责任用语"
open_question = "不能判断的原因"
---*/
-- 直接责任 is R02's, an undivided 领导责任 R01's. A text without any word of responsibility (履职不力) names none and stays open.
SELECT case_id, respondent_id, county,
    CASE
        WHEN responsibility = 'unknown' THEN if(responsibility_raw IS NULL, '责任类型空白', '责任写为“' || responsibility_raw || '”，不能归到一人一种责任')
        WHEN responsibility = 'other' AND coalesce(len(responsibility_words), 0) = 0 THEN '“' || coalesce(responsibility_raw, '') || '”没有写明责任类别'
        WHEN kind = 'unknown' AND responsibility IN ('supervisory', 'main_body', 'other') THEN '是个人还是党组织不明' END AS open_question,
    CASE
        WHEN kind = 'organization' OR says_not_applicable(responsibility_raw) THEN 'exempt'
        WHEN responsibility IN ('supervisory', 'main_body', 'other') AND coalesce(regexp_matches(measures_raw, '(主要|重要)领导责任'), false) THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN responsibility IN ('supervisory', 'main_body', 'other') THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'responsibility': responsibility_raw, 'words': responsibility_words, 'open_question': open_question} AS facts
FROM people
