/*---
id = "R02"
title = "直接责任当作问责责任"
aspect = "责任区分"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "责任写为“直接责任（者）”，而依据写的是问责条例。"
why = "问责条例只有全面、主要、重要领导责任，没有直接责任；直接责任者是纪律处分条例的概念。这样写要么是普通违纪案件混入问责，要么是领导责任写错。"
needs = ["responsibility", "legal_basis"]
params = []
message = "{person}的责任写为“{responsibility}”，依据写为“{legal_basis}”。问责条例没有直接责任，疑似把直接责任当作问责责任。"
undetermined = "{person}的责任是否混用不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第六条"
version = "2019"
verified = true

[[basis]]
law = "中国共产党纪律处分条例"
article = "第三十九条"
version = "2023（2018年版条号不同，条文待核对）"
verified = true

[[cleared_by]]
text = "依据是纪律处分条例、政务处分法、监察法或其他规定（不适用）"
kind = "fact"

[[cleared_by]]
text = "责任一栏写明不适用、不涉及，或对象是组织（不适用）"
kind = "fact"

[[cleared_by]]
text = "同时给予处分，直接责任引自处分决定"
kind = "text"

[[cleared_by]]
text = "安全生产责任追究按其他法规使用直接责任"
kind = "text"

[facts]
person = "被问责人员"
responsibility = "责任原文"
legal_basis = "问责依据"
open_question = "不能判断的原因"
---*/
SELECT case_id, respondent_id, county,
    CASE
        WHEN responsibility = 'unknown' THEN if(responsibility_raw IS NULL, '责任类型空白', '责任写为“' || responsibility_raw || '”，不能归到一人一种责任')
        WHEN responsibility = 'direct' AND legal_basis IS NULL THEN '责任写为“' || coalesce(responsibility_raw, '直接责任') || '”，而问责依据空白或不能识别' END AS open_question,
    CASE
        WHEN kind = 'organization' OR says_not_applicable(responsibility_raw) THEN 'exempt'
        WHEN responsibility = 'direct' AND (legal_basis <> 'accountability' OR says_not_applicable(legal_basis_raw)) THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN responsibility = 'direct' THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'responsibility': responsibility_raw, 'legal_basis': legal_basis_raw, 'open_question': open_question} AS facts
FROM people
