/*---
id = "U06"
title = "纠正决定未落实"
aspect = "成果运用"
level = "严重"
unit = "respondent"
reach = "case"
looks_for = "写明已经纠正（撤销、变更）问责决定，而恢复、消除影响一栏明确写否、未。"
why = "问责错了要及时纠正；只下纠正决定，不恢复职务待遇、不清理档案、不消除影响，纠正就没有到人。"
needs = ["correction|correction_on", "restoration|restoration_on"]
params = []
message = "{person}的问责决定已经纠正，而恢复、消除影响一栏写明没有落实（{cells}）[，{blank_note}]，疑似纠正决定未落实。"
undetermined = "{person}的纠正是否落实不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第二十一条"
version = "2019"
verified = true

[[cleared_by]]
text = "写明没有纠正：没有要恢复的（不适用）"
kind = "fact"

[[cleared_by]]
text = "恢复一栏写明不适用、不涉及，如原处理不影响职务待遇（不适用）"
kind = "fact"

[[cleared_by]]
text = "只纠正了一部分、正在办理的（待核）"
kind = "fact"

[[cleared_by]]
text = "恢复手续由组织人事部门办理，台账没有更新"
kind = "text"

[facts]
person = "被问责对象"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
WITH told AS (
    SELECT respondent_id,
        coalesce(max(state) FILTER (WHERE step = 'correction'), 'blank') AS corrected,
        coalesce(max(state) FILTER (WHERE step = 'restoration'), 'blank') AS restored,
        bool_or(blank_counted AND step = 'restoration' AND state = 'not_done') AS blank_counted,
        list_sort(flatten(list(cells) FILTER (WHERE cells IS NOT NULL AND step = 'restoration'))) AS cells
    FROM person_steps WHERE step IN ('correction', 'restoration') GROUP BY respondent_id
)
SELECT p.case_id, p.respondent_id, p.county,
    CASE
        WHEN coalesce(corrected, 'blank') = 'blank' THEN '是否纠正一栏空白'
        WHEN corrected IN ('unclear', 'contradictory') THEN '是否纠正一栏说不清（可能只纠正了一部分）'
        WHEN corrected = 'done' AND restored = 'blank' THEN '已经纠正，恢复一栏空白'
        WHEN corrected = 'done' AND restored IN ('unclear', 'contradictory') THEN '已经纠正，恢复一栏说不清（可能只恢复了一部分或正在办理）' END AS open_question,
    CASE
        WHEN corrected IN ('not_done', 'not_applicable') OR restored = 'not_applicable' THEN 'exempt'
        WHEN corrected = 'done' AND restored = 'not_done' THEN 'suspect'
        WHEN corrected = 'done' AND restored = 'done' THEN 'clear'
        ELSE 'undetermined' END AS verdict,
    {'person': shown, 'cells': cells, 'blank_note': blank_note(blank_counted), 'open_question': open_question} AS facts
FROM people p LEFT JOIN told t USING (respondent_id)
