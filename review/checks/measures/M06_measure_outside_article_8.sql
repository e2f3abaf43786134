/*---
id = "M06"
title = "问责方式不在第八条之列"
aspect = "处理尺度"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "被问责人员只受到谈话提醒、批评教育、约谈、责令检查等第一种形态的措施，没有第八条规定的任何一种问责方式。"
why = "这些措施属于日常监督的第一种形态，不是问责方式；计入问责会使问责数量虚高，也可能是以轻代重。"
needs = ["measures|measures_organizational|measures_party|measures_administrative|measures_education"]
params = []
message = "{person}的处理为“{measures}”（{labels}），不在问责条例第八条规定的方式之列，疑似不属于问责。"
undetermined = "{person}的处理是否属于问责方式不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第八条"
version = "2019"
verified = true

[[cleared_by]]
text = "不予、免予问责（不适用）"
kind = "fact"

[[cleared_by]]
text = "台账种类不是问责台账（如第一种形态台账）（不适用）"
kind = "fact"

[[cleared_by]]
text = "处理一栏写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "党组织的书面检查、通报、改组在第八条之列；政务处分等依其他法律作出（符合）"
kind = "fact"

[[cleared_by]]
text = "按旧的行政问责规定作出"
kind = "text"

[facts]
person = "被问责对象"
measures = "处理原文"
labels = "识别为"
open_question = "不能判断的原因"
---*/
-- Interim measures and proposals are no outcome; one listed measure is enough.
WITH parsed AS (
    SELECT respondent_id,
        bool_or(listed AND is_final) AS in_article_8,
        bool_or(other_law AND is_final AND band IS DISTINCT FROM 0) AS other_law,
        bool_or(is_final AND band = 0) AS spared,
        list_distinct_sorted(list(label) FILTER (WHERE is_final AND NOT listed AND NOT other_law)) AS labels
    FROM measures JOIN measure_list USING (code) GROUP BY respondent_id
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN says_nothing(measures_raw) THEN '处理方式空白'
        WHEN coalesce(len(labels), 0) = 0 THEN '“' || measures_raw || '”没有写明最终的处理方式'
        WHEN measures_complete IS DISTINCT FROM true THEN '“' || measures_raw || '”有部分不能识别'
        WHEN kind = 'unknown' THEN '是个人还是组织不明' END AS open_question,
    CASE
        WHEN ledger_kind <> '问责台账' OR says_not_applicable(measures_raw) THEN 'exempt'
        WHEN in_article_8 OR m.other_law THEN 'clear'
        WHEN spared THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'suspect' END AS verdict,
    {'person': shown, 'measures': measures_raw, 'labels': labels, 'open_question': open_question} AS facts
FROM people p LEFT JOIN parsed m USING (respondent_id)
