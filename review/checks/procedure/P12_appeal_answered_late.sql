/*---
id = "P12"
title = "申诉未按期答复"
aspect = "程序"
level = "严重"
unit = "respondent"
reach = "case"
looks_for = "本人提出申诉，答复晚于期限；或者到检查那天已过期限，答复一栏仍明确写否、未。问责申诉和政务处分复审为一个月，政务处分复核为两个月。"
why = "申诉是被问责人的权利，也是发现错误的途径；逾期不答复，错了也纠正不了。"
needs = ["appeal|appeal_on"]
message = "{person}{appealed}申诉（{kind_word}），{fault}[（{cells}）][，{blank_note}]，疑似未按期答复。"
undetermined = "{person}的申诉是否按期答复不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第二十条"
version = "2019"
verified = false

[[basis]]
law = "中华人民共和国监察法"
article = "第四十九条"
version = "2018"
verified = false

[[params]]
name = "months"
default = 1
unit = "个月"
label = "问责申诉、政务处分复审的答复期限"
sentence = "从收到申诉之日起按日历月计算，月末申诉的到次月月末。"

[[params]]
name = "second_months"
default = 2
unit = "个月"
label = "政务处分复核的答复期限"
sentence = "从收到复核申请之日起按日历月计算。"

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
sentence = "尚未答复的，按这一天计算是否超期；默认是运行检查的当天。"

[[cleared_by]]
text = "没有申诉，或申诉写明不适用（不适用）"
kind = "fact"

[[cleared_by]]
text = "申诉已撤回（不适用）"
kind = "fact"

[[cleared_by]]
text = "党纪处分的申诉没有公开的答复期限（不适用）"
kind = "fact"

[[cleared_by]]
text = "受党纪、政务处分而没有写明申诉类型，或者备注写明延期：适用哪个期限不明（待核）"
kind = "fact"

[[cleared_by]]
text = "与申诉人有书信往来、已口头答复而没有登记"
kind = "text"

[facts]
person = "被问责人员"
appealed = "申诉日期"
kind_word = "申诉类型"
replied = "答复日期"
limit = "期限"
fault = "问题"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
WITH cells AS (
    -- One row a respondent: what is told of the appeal and of its answer.
    SELECT respondent_id,
        joint_state(bit_or(status_bit(status)) FILTER (WHERE step = 'appeal')) AS appeal,
        joint_state(bit_or(status_bit(status)) FILTER (WHERE step = 'appeal_reply')) AS reply,
        min(done_on) FILTER (WHERE step = 'appeal') AS appealed, arg_min(done_on_precision, done_on) FILTER (WHERE step = 'appeal') AS appealed_p,
        min(done_on) FILTER (WHERE step = 'appeal_reply') AS replied, arg_min(done_on_precision, done_on) FILTER (WHERE step = 'appeal_reply') AS replied_p,
        bool_or(status = 'unclear' AND step = 'appeal') AS appeal_unreadable, bool_or(status = 'unclear' AND step = 'appeal_reply') AS reply_unreadable,
        min(raw) FILTER (WHERE contains(raw, '撤')) AS withdrawal, bool_or(contains(raw, '延')) AS prolonged,
        bool_or(blank_counted AND step = 'appeal_reply') AS blank_counted,
        list_distinct_sorted(list(sheet || ' ' || "column" || "row") FILTER (WHERE status <> 'done')) AS cells
    FROM person_step_rows WHERE step IN ('appeal', 'appeal_reply') GROUP BY respondent_id
), told AS (
    SELECT p.case_id, p.respondent_id, p.county, p.kind, p.shown, p.note, p.band, p.organization_band, coalesce(p.measures_complete, false) AS measures_known,
        c.* EXCLUDE (respondent_id), p.appeal_kind, list_contains(x.fields, 'appeal_kind') AS has_kind_column
    FROM people p JOIN sheet_fields x ON x.import_id = p.import_id AND x.sheet = p.sheet
    LEFT JOIN cells c ON c.respondent_id = p.respondent_id
), sanctions AS (
    SELECT respondent_id, bool_or(track IN ('party', 'administrative', 'unspecified')) AS sanctioned FROM measures GROUP BY respondent_id
), typed AS (
    -- A kind that a column would tell is never guessed from the measures.
    SELECT t.*, CASE
        WHEN NOT says_nothing(appeal_kind) AND regexp_matches(appeal_kind, '复核') THEN 'second'
        WHEN NOT says_nothing(appeal_kind) AND regexp_matches(appeal_kind, '复审|政务|监察') THEN 'first'
        WHEN NOT says_nothing(appeal_kind) AND regexp_matches(appeal_kind, '党纪|党内|纪律') THEN 'party'
        WHEN NOT says_nothing(appeal_kind) AND regexp_matches(appeal_kind, '问责') THEN 'accountability'
        WHEN has_kind_column THEN NULL
        WHEN measures_known AND NOT coalesce(s.sanctioned, false) THEN 'accountability' END AS appeal_type
    FROM told t LEFT JOIN sanctions s USING (respondent_id)
), timed AS (
    SELECT *, month_clock(appealed, appealed_p, if(appeal_type = 'second', $second_months, $months), $tolerance_days) AS due,
        CASE reply WHEN 'done' THEN replied WHEN 'not_done' THEN $as_of::DATE END AS until, if(reply = 'done', replied_p, 'day') AS until_p,
        coalesce(surely_past(until, due), false) AS late, coalesce(surely_within(until, until_p, due), false) AS in_time,
        coalesce(regexp_matches(note, '延期|延长'), false) OR coalesce(prolonged, false) AS extended
    FROM typed
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN coalesce(appeal, 'blank') IN ('blank', 'unclear', 'contradictory')
            THEN '是否申诉' || CASE appeal WHEN 'contradictory' THEN '填写矛盾' WHEN 'unclear' THEN '的表述不能识别' ELSE '空白' END
        WHEN appealed IS NULL THEN lacking_step_date('申诉日期', appeal_unreadable)
        WHEN coalesce(reply, 'blank') IN ('blank', 'unclear', 'contradictory', 'not_applicable')
            THEN '申诉答复' || CASE reply WHEN 'contradictory' THEN '填写矛盾' WHEN 'unclear' THEN '的表述不能识别' WHEN 'not_applicable' THEN '写为不适用' ELSE '空白' END
        WHEN reply = 'done' AND replied IS NULL THEN lacking_step_date('已答复而答复日期', reply_unreadable)
        WHEN appeal_type IS NULL THEN '申诉类型不明，适用哪个期限不能定'
        WHEN NOT late AND NOT in_time THEN '日期不到日，是否超过期限不能定'
        WHEN late AND extended THEN '写明延期，延期有无依据不明' END AS open_question,
    CASE
        WHEN appeal IN ('not_done', 'not_applicable') OR regexp_matches(concat(note, '|', withdrawal), '撤回申诉|申诉.{0,4}撤回|撤诉|已撤回') OR appeal_type = 'party' THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN late THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'appealed': date_text(appealed, appealed_p),
     'kind_word': CASE appeal_type WHEN 'second' THEN '政务处分复核' WHEN 'first' THEN '政务处分复审' WHEN 'accountability' THEN '问责申诉' END,
     'replied': date_text(replied, replied_p), 'limit': clock_text(due),
     'fault': if(reply = 'done', date_text(replied, replied_p) || '答复', '到' || strftime($as_of::DATE, '%Y-%m-%d') || '没有答复') || '，晚于期限' || strftime(due.last, '%Y-%m-%d'),
     'cells': cells, 'blank_note': blank_note(blank_counted), 'open_question': open_question} AS facts
FROM timed
