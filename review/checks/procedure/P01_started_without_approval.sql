/*---
id = "P01"
title = "问责启动未经审批"
aspect = "程序"
level = "严重"
unit = "case"
reach = "case"
looks_for = "启动审批一栏明确写否、无、未，或审批人一栏明确写无、未审批。"
why = "启动问责调查应当经有管理权限的党组织主要负责人批准；先查后批或不批，是程序上的硬伤。"
needs = ["start_approval|start_approval_on|approver"]
params = []
message = "本案启动审批为“{told}”（{cells}）[，{blank_note}]，疑似启动问责调查未经审批。"
undetermined = "本案启动是否经过审批不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第九条"
version = "2019"
verified = true

[[cleared_by]]
text = "已立案审查的，不再另行启动问责调查（不适用）"
kind = "fact"

[[cleared_by]]
text = "启动审批写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "由上级直接启动或指定启动，文书在上级"
kind = "text"

[facts]
told = "启动审批"
approver = "审批人"
filing = "是否立案"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
WITH approvers AS (
    SELECT case_id, min(raw) AS approver, bool_and(regexp_matches(trim(raw), '^(否|无|没有|未.{0,6}|无人)$')) AS denied, list(sheet || ' ' || address ORDER BY address) AS cells
    -- Of the ledger that tells the case today: rows of replaced ones are kept too.
    FROM cells SEMI JOIN cases USING (case_id, import_id) WHERE field = 'approver' AND NOT says_not_applicable(raw) GROUP BY case_id
), states AS (
    SELECT c.case_id, c.county, s.state, s.blank_counted, f.state AS filing, a.approver, a.denied, coalesce(s.cells, a.cells) AS cells,
        CASE
        WHEN f.state = 'done' OR s.state = 'not_applicable' THEN 'exempt'
        WHEN s.state = 'contradictory' OR s.state = 'not_done' AND NOT a.denied OR s.state = 'done' AND a.denied THEN 'undetermined'
        WHEN s.state = 'not_done' OR a.denied THEN 'suspect'
        WHEN s.state = 'done' OR NOT a.denied THEN 'clear'
        ELSE 'undetermined' END AS verdict
    FROM cases c
    LEFT JOIN case_steps s ON s.case_id = c.case_id AND s.step = 'start_approval'
    LEFT JOIN case_steps f ON f.case_id = c.case_id AND f.step = 'filing'
    LEFT JOIN approvers a ON a.case_id = c.case_id
)
SELECT case_id, NULL::VARCHAR AS respondent_id, county, verdict,
    {'told': if(state = 'not_done', status_label(state), coalesce(approver, status_label(state))), 'approver': approver, 'filing': status_label(filing),
     'cells': cells, 'blank_note': blank_note(blank_counted),
     'open_question': CASE WHEN verdict = 'undetermined' THEN CASE
        WHEN state IN ('contradictory', 'not_done', 'done') THEN '启动审批前后填写矛盾'
        WHEN state = 'unclear' THEN '启动审批的表述不能识别'
        ELSE '启动审批空白' END END} AS facts
FROM states
