/*---
id = "P05"
title = "无集体讨论或调查报告"
aspect = "程序"
level = "严重"
unit = "case"
reach = "case"
looks_for = "集体讨论（会议纪要）或调查报告（签名）一栏明确写否、无、未。"
why = "问责由集体决定，调查结束要集体讨论、写出调查报告并签名；缺了这些，决定就没有依据。"
needs = ["discussion|discussion_on|report|report_on"]
params = []
message = "本案{missing}（{cells}）[，{blank_note}]，疑似没有履行集体讨论、调查报告的手续。"
undetermined = "本案集体讨论、调查报告是否齐全不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第十一条"
version = "2019"
verified = false

[[basis]]
law = "中国共产党问责条例"
article = "第三条"
version = "2019"
verified = true

[[cleared_by]]
text = "各栏写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "按本地简易程序办理，并写明规定名称"
kind = "text"

[[cleared_by]]
text = "会议纪要、报告在卷宗而台账漏填"
kind = "text"

[facts]
missing = "缺少的手续"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
WITH told AS (
    SELECT case_id,
        list(step_label(step) || '为否' ORDER BY step) FILTER (WHERE state = 'not_done') AS missing,
        list(step_label(step) || if(state = 'contradictory', '填写矛盾', if(state = 'unclear', '表述不能识别', '空白')) ORDER BY step)
            FILTER (WHERE state IN ('blank', 'unclear', 'contradictory')) AS open_steps,
        bool_and(state = 'not_applicable') AS none_applies,
        bool_or(blank_counted AND state = 'not_done') AS blank_counted,
        list_sort(flatten(list(cells) FILTER (WHERE cells IS NOT NULL))) AS cells
    FROM case_steps WHERE step IN ('discussion', 'report') GROUP BY case_id
)
SELECT c.case_id, NULL::VARCHAR AS respondent_id, county,
    CASE
        WHEN t.case_id IS NULL THEN '集体讨论和调查报告都没有填写'
        WHEN len(open_steps) > 0 THEN array_to_string(open_steps, '、') END AS open_question,
    CASE
        WHEN none_applies THEN 'exempt'
        WHEN len(missing) > 0 THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'missing': missing, 'cells': cells, 'blank_note': blank_note(blank_counted), 'open_question': open_question} AS facts
FROM cases c LEFT JOIN told t USING (case_id)
