/*---
id = "T01"
title = "未作容错评估"
aspect = "容错"
level = "提示"
unit = "case"
reach = "case"
looks_for = "本地规定问责前要作容错评估的，容错评估一栏明确写否、未评估。"
why = "该不该容错，要在问责之前评估；没有评估就问责，可能问了不该问的人。"
needs = ["tolerance|tolerance_on"]
message = "本案容错评估一栏写明没有评估（{cells}）[，{blank_note}]，而本地规定须作容错评估，疑似未作容错评估。"
undetermined = "本案是否作过容错评估不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第十七条、第十八条"
version = "2019"
verified = false

[[params]]
name = "required"
local = true
type = "flag"
unit = "是或否"
label = "本地是否规定问责前须作容错评估"
sentence = "全国没有统一规定；没有设置或设为“否”时，本项对所有案件不适用。"

[[cleared_by]]
text = "本地没有规定须作容错评估（不适用）"
kind = "fact"

[[cleared_by]]
text = "表头是“是否容错”而写否：只说明没有容错，没有说有没有评估过（待核）"
kind = "fact"

[[cleared_by]]
text = "写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "评估写在调查报告里，没有单独成文"
kind = "text"

[facts]
cells = "单元格"
blank_note = "空白的计法"
header = "表头"
open_question = "不能判断的原因"
---*/
WITH asked AS (
    -- Under 是否容错 a no is the outcome; only a column about the assessment itself tells that none was made.
    SELECT s.case_id, string_agg(DISTINCT i.header, '、' ORDER BY i.header) AS header,
        bool_or(s.status = 'not_done' AND (regexp_matches(coalesce(i.header, ''), '评估') OR regexp_matches(coalesce(s.raw, ''), '评估'))) AS unassessed
    FROM steps s LEFT JOIN import_columns i USING (import_id, sheet, "column") WHERE s.step = 'tolerance' GROUP BY s.case_id
), told AS (
    SELECT c.case_id, c.county, coalesce(s.state, 'blank') AS state, s.blank_counted, s.cells, a.header, coalesce(a.unassessed, false) AS unassessed
    FROM cases c LEFT JOIN case_steps s ON s.case_id = c.case_id AND s.step = 'tolerance' LEFT JOIN asked a ON a.case_id = c.case_id
)
SELECT case_id, NULL::VARCHAR AS respondent_id, county,
    CASE
        WHEN state = 'blank' THEN '容错评估一栏空白'
        WHEN state = 'unclear' THEN '容错评估一栏的表述不能识别'
        WHEN state = 'contradictory' THEN '容错评估一栏填写矛盾'
        WHEN state = 'not_done' AND NOT unassessed THEN '表头为“' || header || '”而写否，只说明没有容错，不知是否评估过' END AS open_question,
    CASE
        WHEN NOT coalesce($required, false) OR state = 'not_applicable' THEN 'exempt'
        WHEN state = 'not_done' AND unassessed THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'cells': cells, 'blank_note': blank_note(blank_counted), 'header': header, 'open_question': open_question} AS facts
FROM told
