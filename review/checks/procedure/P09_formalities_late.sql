/*---
id = "P09"
title = "组织处理、处分手续超过一个月"
aspect = "程序"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "给予组织调整、组织处理，或撤销党内职务以上、降级以上处分的，职务、工资等手续晚于决定之日起一个月办结；或者到检查那天已过一个月，手续一栏仍明确写否。超过延期的最长期限（六个月）的，级别按严重列。"
why = "调整职务、免职、降职和较重的处分，只有办完手续才算执行；拖着不办，就是决定打了折扣。延期也不得超过六个月。"
needs = ["hr_formalities|hr_formalities_on", "measures|measures_organizational|measures_party|measures_administrative"]
message = "{person}：{told}决定于{decided}，{fault}[（{cells}）][，{blank_note}]，疑似组织处理、处分手续超期。"
undetermined = "{person}的手续是否按期办结不能判断：{open_question}[（{cells}）]。"

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

[[basis]]
law = "中华人民共和国公职人员政务处分法"
article = "第五十四条"
version = "2020"
verified = false

[[params]]
name = "months"
default = 1
unit = "个月"
label = "手续办结期限"
sentence = "按日历月计算，月末决定的到次月月末；2024-01-31 加一个月是 2024-02-29。"

[[params]]
name = "longest_months"
default = 6
unit = "个月"
label = "延期的最长期限"
sentence = "写明批准延期的，从决定之日起也不得超过这么多个月；超过的在句子里写明。"

[[params]]
name = "tolerance_days"
default = 0
unit = "天"
label = "宽限天数"
sentence = "首日是否计入没有公开规定，可以放宽一天。"

[[params]]
name = "as_of"
default = "today"
unit = "日期"
label = "检查日期"
sentence = "手续尚未办理的，按这一天计算是否超期；默认是运行检查的当天。"

[[cleared_by]]
text = "处理不需要办理手续：通报、诫勉、停职检查，或较轻的处分（不适用）"
kind = "fact"

[[cleared_by]]
text = "手续写明不适用、不涉及；对象是党组织或单位（不适用）"
kind = "fact"

[[cleared_by]]
text = "备注写明批准延期，且未超过六个月（不适用）"
kind = "fact"

[[cleared_by]]
text = "备注或现任职务写明已退休、去世、离职（不适用）"
kind = "fact"

[[cleared_by]]
text = "只换岗位、不动职级工资，不需要办理手续"
kind = "text"

[facts]
person = "被问责人员"
told = "需要办理手续的处理"
decided = "决定日期"
done = "办结日期"
limit = "期限"
fault = "问题"
raised_to = "按情节提高的级别"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
-- Which measures need formalities: 组织调整 and 组织处理 except 停职检查, sanctions that take a post or a grade.
WITH formal AS (
    SELECT respondent_id, array_to_string(list_distinct_sorted(list(raw)), '、') AS told
    FROM measures WHERE is_final AND (code IN ('post_adjustment', 'ordered_resignation', 'blamed_resignation', 'removal', 'demotion', 'non_leading_post')
        OR track IN ('party', 'administrative', 'unspecified') AND band >= 6)
    GROUP BY respondent_id
), done AS (
    -- State and first date told, for the person or the whole case.
    SELECT respondent_id, joint_state(bit_or(status_bit(status))) AS state, min(done_on) AS done_on, arg_min(done_on_precision, done_on) AS done_p,
        bool_or(blank_counted) AS blank_counted, bool_or(status = 'unclear') AS unreadable, list_distinct_sorted(list(sheet || ' ' || "column" || "row") FILTER (WHERE status <> 'done')) AS cells
    FROM person_step_rows WHERE step = 'hr_formalities' GROUP BY respondent_id
), timed AS (
    SELECT p.case_id, p.respondent_id, p.county, p.kind, p.shown, p.decided_on, p.decided_on_precision AS decided_p, p.own_decided_raw, p.band, p.measures_raw,
        coalesce(p.measures_complete, false) AS measures_known, f.told, d.state, d.cells, d.blank_counted, d.unreadable, d.done_on, d.done_p,
        list_contains(x.fields, 'hr_formalities_on') AS has_date_column,
        month_clock(p.decided_on, p.decided_on_precision, $months, $tolerance_days) AS due,
        month_clock(p.decided_on, p.decided_on_precision, $longest_months, $tolerance_days) AS longest,
        coalesce(regexp_matches(concat(p.note, '|', p.post_now), '退休|去世|死亡|病故|已故|离职|辞去公职|开除公职'), false) AS left_office,
        coalesce(regexp_matches(p.note, '延期|延长'), false) AS extended
    FROM people p JOIN sheet_fields x ON x.import_id = p.import_id AND x.sheet = p.sheet
    LEFT JOIN formal f ON f.respondent_id = p.respondent_id
    LEFT JOIN done d ON d.respondent_id = p.respondent_id
), compared AS (
    -- until: the day on which the formalities were done, or the day of the check while they are not.
    SELECT *, CASE WHEN state = 'done' THEN done_on WHEN state = 'not_done' THEN $as_of::DATE END AS until,
        if(state = 'done', done_p, 'day') AS until_p,
        coalesce(surely_past(until, due), false) AS late, coalesce(surely_within(until, until_p, due), false) AS in_time,
        coalesce(surely_past(until, longest), false) AS very_late, coalesce(surely_within(until, until_p, longest), false) AS within_longest
    FROM timed
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN told IS NULL THEN if(measures_known OR band = 0, NULL, '处理空白或不能识别，是否需要办理手续不明')
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN coalesce(state, 'blank') IN ('blank', 'unclear', 'contradictory')
            THEN '手续' || CASE state WHEN 'contradictory' THEN '填写矛盾' WHEN 'unclear' THEN '的表述不能识别' ELSE '空白' END
        WHEN state = 'done' AND done_on IS NULL THEN if(has_date_column, lacking_step_date('手续已办而办结日期', unreadable), NULL)
        WHEN decided_on IS NULL THEN lacking_date('决定日期', own_decided_raw)
        WHEN NOT late AND NOT in_time THEN '日期不到日，是否超过一个月不能定'
        WHEN late AND extended AND NOT very_late AND NOT within_longest THEN '写明延期，是否超过最长期限不能定' END AS open_question,
    CASE
        WHEN kind = 'organization' OR state = 'not_applicable' THEN 'exempt'
        WHEN told IS NULL AND (measures_known OR band = 0) THEN 'exempt'
        WHEN left_office THEN 'exempt'
        WHEN late AND extended AND within_longest THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN late THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'told': told, 'decided': date_text(decided_on, decided_p), 'done': if(state = 'done', date_text(done_on, done_p), NULL), 'limit': clock_text(due),
     'fault': if(state = 'done', '手续' || date_text(done_on, done_p) || '办结', '到' || strftime($as_of::DATE, '%Y-%m-%d') || '手续为否') || '，晚于期限' || strftime(due.last, '%Y-%m-%d')
         || if(very_late, '，并已超过' || $longest_months || '个月', ''),
     'raised_to': if(late AND very_late, '严重', NULL),
     'cells': cells, 'blank_note': blank_note(blank_counted), 'open_question': open_question} AS facts
FROM compared
