/*---
id = "P04"
title = "未与对象见面、未听取陈述申辩或未签署意见"
aspect = "程序"
level = "严重"
unit = "respondent"
reach = "case"
looks_for = "事实材料见面或听取陈述申辩一栏明确写否、未；签署意见为否而没有任何说明的列为待核。"
why = "事实材料应当与对象见面，听取陈述申辩，由本人签署意见；没有这一步，事实认定就没有经过本人核对。"
needs = ["fact_meeting|fact_meeting_on|hearing|hearing_on|sign_opinion|sign_opinion_on"]
params = []
message = "{person}：{missing}（{cells}）[，{blank_note}]，疑似未履行与对象见面、听取申辩的程序。"
undetermined = "{person}是否经过见面、申辩和签署意见不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第十一条"
version = "2019"
verified = false

[[cleared_by]]
text = "对象是党组织或单位：记录在组织（不适用）"
kind = "fact"

[[cleared_by]]
text = "已立案审查：以违纪事实材料见面（不适用）"
kind = "fact"

[[cleared_by]]
text = "各栏写明不适用、不涉及，或备注写明本人去世、出境、失联（不适用）"
kind = "fact"

[[cleared_by]]
text = "拒绝签署而有书面说明（符合）"
kind = "fact"

[[cleared_by]]
text = "见面、申辩另有记录而台账漏填：请看卷宗"
kind = "text"

[facts]
person = "被问责人员"
missing = "未履行的环节"
sign_note = "签署意见说明"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
-- Only the columns that the ledger has are asked for; a blank in any of them leaves the person open.
WITH notes AS (
    SELECT import_id, sheet, "row", min(raw) AS sign_note FROM cells WHERE field = 'sign_note' AND NOT says_nothing(raw) GROUP BY ALL
), told AS (
    -- States; NULL: no such column.
    SELECT respondent_id,
        if(bool_or(step = 'fact_meeting'), joint_state(bit_or(status_bit(status)) FILTER (WHERE step = 'fact_meeting')), NULL) AS meeting,
        if(bool_or(step = 'hearing'), joint_state(bit_or(status_bit(status)) FILTER (WHERE step = 'hearing')), NULL) AS heard,
        if(bool_or(step = 'sign_opinion'), joint_state(bit_or(status_bit(status)) FILTER (WHERE step = 'sign_opinion')), NULL) AS signed,
        bool_or(blank_counted AND status = 'not_done') AS blank_counted,
        list_distinct_sorted(list(sheet || ' ' || "column" || "row") FILTER (WHERE status <> 'done')) AS cells
    FROM person_step_rows WHERE step IN ('fact_meeting', 'hearing', 'sign_opinion') GROUP BY respondent_id
), states AS (
    SELECT *, coalesce(meeting, 'not_applicable') = 'not_applicable' AND coalesce(heard, 'not_applicable') = 'not_applicable'
            AND coalesce(signed, 'not_applicable') = 'not_applicable' AS none_applies,
        coalesce(signed = 'not_done', false) AS unsigned,
        list_filter([if(meeting = 'not_done', '事实材料见面为否', NULL), if(heard = 'not_done', '听取陈述申辩为否', NULL)], lambda w: w IS NOT NULL) AS missing,
        nullif(concat_ws('、',
            '事实材料见面' || CASE meeting WHEN 'blank' THEN '空白' WHEN 'unclear' THEN '表述不能识别' WHEN 'contradictory' THEN '填写矛盾' END,
            '听取陈述申辩' || CASE heard WHEN 'blank' THEN '空白' WHEN 'unclear' THEN '表述不能识别' WHEN 'contradictory' THEN '填写矛盾' END,
            '签署意见' || CASE signed WHEN 'blank' THEN '空白' WHEN 'unclear' THEN '表述不能识别' WHEN 'contradictory' THEN '填写矛盾' END), '') AS open_steps
    FROM told
)
SELECT p.case_id, p.respondent_id, p.county,
    CASE
        WHEN t.respondent_id IS NULL THEN '见面、申辩、签署意见都没有填写'
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN open_steps IS NOT NULL THEN open_steps
        WHEN unsigned AND sign_note IS NULL THEN '未签署意见，也没有说明' END AS open_question,
    CASE
        WHEN kind = 'organization' OR f.state = 'done' OR none_applies THEN 'exempt'
        WHEN coalesce(regexp_matches(concat(note, sign_note), '去世|死亡|病故|已故|出境|国外|境外|失联|下落不明'), false) THEN 'exempt'
        WHEN len(missing) > 0 AND kind = 'person' THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'missing': missing, 'sign_note': sign_note, 'cells': t.cells, 'blank_note': blank_note(t.blank_counted), 'open_question': open_question} AS facts
FROM people p
LEFT JOIN states t USING (respondent_id)
LEFT JOIN notes n ON n.import_id = p.import_id AND n.sheet = p.sheet AND n."row" = p."row"
LEFT JOIN case_steps f ON f.case_id = p.case_id AND f.step = 'filing'
