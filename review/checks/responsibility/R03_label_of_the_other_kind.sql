/*---
id = "R03"
title = "全面领导责任用于个人或主要、重要领导责任用于党组织"
aspect = "责任区分"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "个人写了全面领导责任，或者党组织写了主要领导责任、重要领导责任。"
why = "全面领导责任由党组织领导班子承担；主要、重要领导责任由主要负责人和班子成员个人承担。用反了，责任主体就错了。"
needs = ["responsibility"]
params = []
message = "{person}是{kind}，责任写为“{responsibility}”。全面领导责任属于党组织，主要、重要领导责任属于个人，疑似责任用错对象。"
undetermined = "{person}的责任是否用错对象不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第六条第一款"
version = "2019"
verified = true

[[cleared_by]]
text = "责任一栏写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "班子以书记的名义列入台账，实际问责的是班子"
kind = "text"

[facts]
person = "被问责对象"
kind = "对象类型"
responsibility = "责任原文"
open_question = "不能判断的原因"
---*/
SELECT case_id, respondent_id, county,
    CASE
        WHEN responsibility = 'unknown' THEN if(responsibility_raw IS NULL, '责任类型空白', '责任写为“' || responsibility_raw || '”，不能归到一种责任')
        WHEN p.kind = 'unknown' AND responsibility IN ('overall_leadership', 'primary_leadership', 'important_leadership')
            THEN '是个人还是党组织不明' END AS open_question,
    CASE
        WHEN says_not_applicable(responsibility_raw) THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN p.kind = 'person' AND responsibility = 'overall_leadership' THEN 'suspect'
        WHEN p.kind = 'organization' AND responsibility IN ('primary_leadership', 'important_leadership') THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'kind': CASE p.kind WHEN 'person' THEN '个人' WHEN 'organization' THEN '党组织或单位' END,
     'responsibility': responsibility_raw, 'open_question': open_question} AS facts
FROM people p
