/*---
id = "P08"
title = "决定未宣布、未送达或超期宣布"
aspect = "程序"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "宣布或送达一栏明确写否、未；给予党纪处分的，宣布晚于决定之日起一个月。"
why = "问责决定应当及时宣布并督促执行；党纪处分决定应当在一个月内宣布。决定不宣布就没有执行。"
needs = ["announcement|announcement_on|delivery|delivery_on"]
message = "{person}：{fault}[（{cells}）][，{blank_note}]，疑似决定未按规定宣布。"
undetermined = "{person}的决定是否按规定宣布不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第十三条"
version = "2019"
verified = false

[[basis]]
law = "中国共产党纪律处分条例"
article = "第四十四条"
version = "2023（2018年版为第四十一条）"
verified = true

[[params]]
name = "months"
default = 1
unit = "个月"
label = "党纪处分宣布期限"
sentence = "按日历月计算，月末决定的到次月月末；2024-01-31 加一个月是 2024-02-29。"

[[params]]
name = "tolerance_days"
default = 0
unit = "天"
label = "宽限天数"
sentence = "首日是否计入没有公开规定，可以放宽一天。"

[[cleared_by]]
text = "对象是党组织或单位（不适用）"
kind = "fact"

[[cleared_by]]
text = "宣布、送达写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "备注写明批准延期，且未超过六个月（不适用）"
kind = "fact"

[[cleared_by]]
text = "只有通报、诫勉、组织处理、政务处分的，只要求及时，不计天数（符合）"
kind = "fact"

[[cleared_by]]
text = "备注写明涉密、国家安全（不适用）"
kind = "fact"

[[cleared_by]]
text = "宣布、送达回证在卷而台账漏填：请看卷宗"
kind = "text"

[facts]
person = "被问责人员"
fault = "问题"
decided = "决定日期"
announced = "宣布日期"
limit = "期限"
measures = "问责方式"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
-- Months are calendar months with the end of the month as limit; a date to the month is late only if every day of it is.
WITH told AS (
    -- States (NULL: no such column) and the first date told, for the person or the whole case.
    SELECT respondent_id,
        if(bool_or(step = 'announcement'), joint_state(bit_or(status_bit(status)) FILTER (WHERE step = 'announcement')), NULL) AS announcement,
        if(bool_or(step = 'delivery'), joint_state(bit_or(status_bit(status)) FILTER (WHERE step = 'delivery')), NULL) AS delivery,
        bool_or(blank_counted AND status = 'not_done') AS blank_counted, bool_or(status = 'unclear' AND step = 'announcement') AS unreadable,
        min(done_on) FILTER (WHERE step = 'announcement') AS announced, arg_min(done_on_precision, done_on) FILTER (WHERE step = 'announcement') AS announced_precision,
        list_distinct_sorted(list(sheet || ' ' || "column" || "row") FILTER (WHERE status <> 'done')) AS cells
    FROM person_step_rows WHERE step IN ('announcement', 'delivery') GROUP BY respondent_id
), sanctioned AS (
    SELECT respondent_id, bool_or(track = 'party' AND is_final) AS party FROM measures GROUP BY respondent_id
), timed AS (
    SELECT p.*, t.* EXCLUDE (respondent_id), t.respondent_id IS NOT NULL AS has_steps, coalesce(s.party, false) AS party,
        coalesce(s.party, false) OR coalesce(measures_complete, false) AS measures_known,
        f.has_announcement_date AS has_date_column,
        month_clock(p.decided_on, p.decided_on_precision, $months, $tolerance_days) AS due
    FROM people p LEFT JOIN told t USING (respondent_id) LEFT JOIN sanctioned s USING (respondent_id)
    JOIN sheet_fields f ON f.import_id = p.import_id AND f.sheet = p.sheet
), compared AS (
    SELECT *, announcement = 'done' AS was_announced,
        coalesce(announcement, 'not_applicable') = 'not_applicable' AND coalesce(delivery, 'not_applicable') = 'not_applicable' AND has_steps AS none_applies,
        list_filter([if(announcement = 'not_done', '宣布为否', NULL), if(delivery = 'not_done', '送达为否', NULL)], lambda w: w IS NOT NULL) AS denied,
        nullif(concat_ws('、',
            CASE announcement WHEN 'blank' THEN '宣布空白' WHEN 'unclear' THEN '宣布表述不能识别' WHEN 'contradictory' THEN '宣布填写矛盾' END,
            CASE delivery WHEN 'blank' THEN '送达空白' WHEN 'unclear' THEN '送达表述不能识别' WHEN 'contradictory' THEN '送达填写矛盾' END), '') AS open_steps,
        coalesce(surely_past(announced, due), false) AS surely_late, coalesce(surely_within(announced, announced_precision, due), false) AS surely_in_time
    FROM timed
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN NOT has_steps THEN '宣布和送达都没有填写'
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN open_steps IS NOT NULL THEN open_steps
        WHEN announced IS NOT NULL AND NOT surely_in_time AND NOT measures_known THEN '处理不能识别，不知是否为党纪处分，宣布晚于决定一个月'
        WHEN party AND announced IS NULL AND was_announced AND has_date_column THEN lacking_step_date('党纪处分的宣布日期', unreadable)
        WHEN party AND announced IS NOT NULL AND decided_on IS NULL THEN lacking_date('决定日期', own_decided_raw)
        WHEN party AND announced IS NOT NULL AND NOT surely_in_time AND NOT surely_late THEN '日期不到日，是否超过一个月不能定' END AS open_question,
    CASE
        WHEN kind = 'organization' OR none_applies OR coalesce(regexp_matches(note, '涉密|保密|国家秘密|国家安全'), false) THEN 'exempt'
        WHEN len(denied) > 0 AND kind = 'person' THEN 'suspect'
        WHEN surely_late AND party AND regexp_matches(coalesce(note, ''), '延期|延长') AND announced <= decided_on + to_months(6) THEN 'exempt'
        WHEN surely_late AND party AND kind = 'person' THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'person': shown,
     'fault': if(len(denied) > 0, array_to_string(denied, '、'), '党纪处分决定' || date_text(decided_on, decided_on_precision) || '，宣布'
         || date_text(announced, announced_precision) || '，晚于期限' || strftime(due.last, '%Y-%m-%d')),
     'decided': date_text(decided_on, decided_on_precision), 'announced': date_text(announced, announced_precision),
     'limit': if(party, strftime(due.last, '%Y-%m-%d'), NULL), 'measures': measures_raw, 'cells': cells, 'blank_note': blank_note(blank_counted),
     'open_question': open_question} AS facts
FROM compared
