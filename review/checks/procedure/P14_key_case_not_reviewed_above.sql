/*---
id = "P14"
title = "重点案件未提级审核"
aspect = "程序"
level = "一般"
unit = "case"
reach = "case"
looks_for = "上级交办、领导批示或舆情一栏为是，而提级审核一栏明确写否、未。本地要求提级审核的，在参数中设为是后才检查。"
why = "上级交办、领导批示、引发舆情的问责案件容易受压力影响，提级审核由上一级再看一遍，防止问责过重、过快或不准。"
needs = ["upgrade_review|upgrade_review_on", "superior_assigned|leader_instruction|public_opinion"]
message = "本案{key}，提级审核为否（{cells}）[，{blank_note}]，疑似应提级审核未提级。"
undetermined = "本案是否应提级审核而未提级不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第三条"
version = "2019"
verified = true

[[params]]
name = "required"
local = true
type = "flag"
unit = "是或否"
label = "本地要求重点案件提级审核"
sentence = "各地规定不同，没有全国统一要求；本地没有规定的不填，本项不适用。"

[[cleared_by]]
text = "本地没有提级审核的规定（不适用，未设本地标准）"
kind = "fact"

[[cleared_by]]
text = "案件由市级以上办理：本来就是上级决定的（不适用）"
kind = "fact"

[[cleared_by]]
text = "不是上级交办、领导批示、舆情案件，或提级审核写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "决定由上级机关作出而台账没有写明层级"
kind = "text"

[facts]
key = "重点案件标志"
review = "提级审核"
level = "案件层级"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
WITH flags AS (
    SELECT case_id, county, admin_level, admin_level_raw,
        list_filter([if(superior_assigned = 'done', '是上级交办', NULL), if(leader_instruction = 'done', '有领导批示', NULL), if(public_opinion = 'done', '涉及舆情', NULL)],
            lambda w: w IS NOT NULL) AS key,
        -- Flags of columns that the ledger has and that are blank there.
        list_filter([if(f.has_assigned AND superior_assigned IS NULL, '上级交办', NULL), if(f.has_instruction AND leader_instruction IS NULL, '领导批示', NULL),
            if(f.has_opinion AND public_opinion IS NULL, '舆情', NULL)], lambda w: w IS NOT NULL) AS open_flags
    FROM cases c JOIN (SELECT import_id, sheet, list_contains(fields, 'superior_assigned') AS has_assigned,
        list_contains(fields, 'leader_instruction') AS has_instruction, list_contains(fields, 'public_opinion') AS has_opinion FROM sheet_fields) f
        USING (import_id, sheet)
)
SELECT c.case_id, NULL::VARCHAR AS respondent_id, c.county,
    CASE
        WHEN len(key) = 0 AND len(open_flags) > 0 AND s.state IS DISTINCT FROM 'done' THEN array_to_string(open_flags, '、') || '空白，是否重点案件不明'
        WHEN len(key) > 0 AND coalesce(s.state, 'blank') IN ('blank', 'unclear', 'contradictory')
            THEN array_to_string(key, '、') || '，提级审核' || CASE s.state WHEN 'contradictory' THEN '填写矛盾' WHEN 'unclear' THEN '表述不能识别' ELSE '空白' END
        END AS open_question,
    CASE
        WHEN NOT coalesce($required, false) OR admin_level IN ('province', 'city') OR s.state = 'not_applicable' THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN s.state = 'done' THEN 'clear'
        WHEN len(key) = 0 THEN 'exempt'
        ELSE 'suspect' END AS verdict,
    {'key': key, 'review': status_label(s.state), 'level': admin_level_raw, 'cells': s.cells, 'blank_note': blank_note(s.blank_counted),
     'open_question': open_question} AS facts
FROM flags c LEFT JOIN case_steps s ON s.case_id = c.case_id AND s.step = 'upgrade_review'
