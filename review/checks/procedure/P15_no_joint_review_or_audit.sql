/*---
id = "P15"
title = "未经集体会商或审核把关"
aspect = "程序"
level = "一般"
unit = "case"
reach = "case"
looks_for = "集体会商一栏或审核把关一栏明确写否、未。"
why = "问责要集体决定、分清责任；会商和审核是防止问责不准、尺度不一的两道关口，缺一道就少一次纠错的机会。"
needs = ["joint_review|joint_review_on|audit|audit_on"]
message = "本案{missing}（{cells}）[，{blank_note}]，疑似未经集体会商或审核把关。"
undetermined = "本案是否经过集体会商和审核把关不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第三条"
version = "2019"
verified = true

[[params]]
name = "one_step_serves"
default = false
unit = "是或否"
label = "会商与审核合为一个环节"
sentence = "本地流程把会商和审核合为一个环节的，设为是：两栏中有一栏已履行即可。"

[[cleared_by]]
text = "两栏写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "本地流程只设一个环节、兼有会商和审核作用的：在参数中设定后，一栏已履行即符合"
kind = "fact"

[[cleared_by]]
text = "会商纪要或审核意见在卷而台账漏填：请看卷宗"
kind = "text"

[facts]
missing = "未履行的环节"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
-- Only the columns that the ledger has are asked for.
WITH told AS (
    SELECT case_id, if(bool_or(step = 'joint_review'), joint_state(bit_or(status_bit(status)) FILTER (WHERE step = 'joint_review')), NULL) AS joint,
        if(bool_or(step = 'audit'), joint_state(bit_or(status_bit(status)) FILTER (WHERE step = 'audit')), NULL) AS audited,
        bool_or(blank_counted AND status = 'not_done') AS blank_counted,
        list_distinct_sorted(list(sheet || ' ' || "column" || "row") FILTER (WHERE status <> 'done')) AS cells
    FROM steps WHERE step IN ('joint_review', 'audit') GROUP BY case_id
)
SELECT c.case_id, NULL::VARCHAR AS respondent_id, c.county,
    CASE WHEN t.case_id IS NULL THEN '会商和审核都没有填写' ELSE nullif(concat_ws('、',
        CASE joint WHEN 'blank' THEN '集体会商空白' WHEN 'unclear' THEN '集体会商表述不能识别' WHEN 'contradictory' THEN '集体会商填写矛盾' END,
        CASE audited WHEN 'blank' THEN '审核把关空白' WHEN 'unclear' THEN '审核把关表述不能识别' WHEN 'contradictory' THEN '审核把关填写矛盾' END), '') END AS open_question,
    CASE
        WHEN t.case_id IS NOT NULL AND coalesce(joint, 'not_applicable') = 'not_applicable' AND coalesce(audited, 'not_applicable') = 'not_applicable' THEN 'exempt'
        WHEN $one_step_serves AND (joint = 'done' OR audited = 'done') THEN 'clear'
        WHEN $one_step_serves AND open_question IS NOT NULL THEN 'undetermined'
        WHEN joint = 'not_done' OR audited = 'not_done' THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'missing': list_filter([if(joint = 'not_done', '集体会商为否', NULL), if(audited = 'not_done', '审核把关为否', NULL)], lambda w: w IS NOT NULL), 'cells': cells,
     'blank_note': blank_note(blank_counted), 'open_question': open_question} AS facts
FROM cases c LEFT JOIN told t USING (case_id)
