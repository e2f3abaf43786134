/*---
id = "D02"
title = "日期不可解析或不合理"
aspect = "数据质量"
level = "一般"
unit = "case|respondent"
reach = "case"
looks_for = "日期读不出来；启动、决定、办结和程序日期早于设定年份或晚于检查当天；决定早于所引法规的施行日期。"
why = "日期错了，时限、顺序和适用条款的检查都会错。原文保留，不作改动。"
needs = ["started_on|decided_on|closed_on|announcement_on|delivery_on|fact_meeting_on|hearing_on|discussion_on|report_on|behaviour_on"]
message = "{subject}：{wrong}，疑似日期填写错误。"
undetermined = "{subject}没有可以判断的日期：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第九条至第十三条"
version = "2019"
verified = false

[[params]]
name = "first_year"
default = 2012
unit = "年"
label = "最早年份"
sentence = "启动、决定及以后的日期早于这一年的视为填错；问题发生时间和任职时间不受此限。"

[[params]]
name = "today"
default = "today"
unit = "日期"
label = "检查日期"
sentence = "晚于这一天的日期视为填错；默认是运行检查的当天。"

[[cleared_by]]
text = "只写到月、到年是允许的（符合）"
kind = "fact"

[[cleared_by]]
text = "写明不适用、未办结、正在办理的，不算读不出（不适用或待核）"
kind = "fact"

[[cleared_by]]
text = "问题发生在多年以前（问责是终身的）"
kind = "fact"

[facts]
subject = "案件或人员"
wrong = "有问题的日期"
dates = "读到的日期数"
open_question = "不能判断的原因"
---*/
-- Decisions stand on the case where all people of it share one text, on the respondent where they differ.
WITH several AS (
    SELECT case_id, count(DISTINCT coalesce(decided_on_raw, decided_on::VARCHAR)) > 1 AS several, min(legal_basis_raw) AS legal_basis_raw,
        arg_min({'d': decided_on, 'p': decided_on_precision, 'raw': decided_on_raw}, if(decided_on_raw IS NULL, 1000000, 0) + seq) AS told
    FROM respondents GROUP BY case_id
), dates AS (
    SELECT case_id, NULL::VARCHAR AS respondent_id, '启动日期' AS name, started_on AS d, started_on_precision AS p, started_on_raw AS raw, true AS bounded, NULL::VARCHAR AS legal_basis FROM cases
    UNION ALL SELECT case_id, NULL, '办结日期', closed_on, closed_on_precision, closed_on_raw, true, NULL FROM cases
    UNION ALL SELECT case_id, NULL, '问题发生时间', behaviour_on, behaviour_on_precision, behaviour_on_raw, false, NULL FROM cases
    UNION ALL SELECT case_id, NULL, '决定日期', told.d, told.p, told.raw, true, legal_basis_raw FROM several WHERE NOT several
    UNION ALL SELECT case_id, respondent_id, '决定日期', decided_on, decided_on_precision, decided_on_raw, true, r.legal_basis_raw
        FROM respondents r JOIN several USING (case_id) WHERE several
    UNION ALL SELECT case_id, respondent_id, step, done_on, done_on_precision, NULL, true, NULL FROM steps WHERE done_on IS NOT NULL
    UNION ALL SELECT s.case_id, s.respondent_id, step, NULL, NULL, raw, true, NULL
        FROM steps s JOIN import_columns i USING (import_id, sheet, "column") WHERE done_on IS NULL AND status = 'unclear' AND i.field LIKE '%\_on' ESCAPE '\'
), sorted AS (
    SELECT *, CASE
        WHEN d IS NULL THEN CASE
            WHEN says_nothing(raw) THEN 'blank'
            WHEN says_not_applicable(raw) THEN 'not_applicable'
            WHEN regexp_matches(raw, '^(尚?未|没有|无|暂|正在|办理中|待|否|在办)') THEN 'pending'
            ELSE 'unreadable' END
        WHEN bounded AND last_day_of(d, p) < make_date($first_year, 1, 1) THEN 'early'
        WHEN d > $today::DATE THEN 'future'
        WHEN legal_basis IS NULL THEN 'right'
        WHEN regexp_matches(legal_basis, '政务处分法') AND last_day_of(d, p) < DATE '2020-07-01' THEN '政务处分法的施行（2020-07-01）'
        WHEN regexp_matches(legal_basis, '监察法') AND last_day_of(d, p) < DATE '2018-03-20' THEN '监察法的施行（2018-03-20）'
        WHEN regexp_matches(legal_basis, '问责条例') AND last_day_of(d, p) < DATE '2016-07-08' THEN '问责条例的施行（2016-07-08）'
        WHEN regexp_matches(legal_basis, '问责条例》?[（(]2019') AND last_day_of(d, p) < DATE '2019-09-01' THEN '2019年问责条例的施行（2019-09-01）'
        WHEN regexp_matches(legal_basis, '纪律处分条例》?[（(]2023') AND last_day_of(d, p) < DATE '2024-01-01' THEN '2023年纪律处分条例的施行（2024-01-01）'
        WHEN regexp_matches(legal_basis, '纪律处分条例》?[（(]2018') AND last_day_of(d, p) < DATE '2018-10-01' THEN '2018年纪律处分条例的施行（2018-10-01）'
        ELSE 'right' END AS found
    FROM dates
), worded AS (
    -- Sentences only for the few dates that are wrong.
    SELECT *, CASE
        WHEN found IN ('right', 'blank', 'not_applicable', 'pending') THEN NULL
        WHEN found = 'unreadable' THEN label || '“' || raw || '”读不出'
        WHEN found = 'early' THEN label || date_text(d, p) || '早于' || $first_year || '年'
        WHEN found = 'future' THEN label || date_text(d, p) || '晚于检查日期' || strftime($today::DATE, '%Y-%m-%d')
        ELSE label || date_text(d, p) || '早于所引' || found END AS fault
    FROM (SELECT *, CASE WHEN found NOT IN ('right', 'blank', 'not_applicable', 'pending') THEN
        if(regexp_matches(name, '^[a-z]'), step_label(name) || '日期', name) END AS label FROM sorted)
), told AS (
    SELECT case_id, respondent_id, list_sort(list(fault) FILTER (WHERE fault IS NOT NULL)) AS wrong, count(d) AS dates,
        bool_or(found = 'right') AS any_right, bool_or(found = 'pending') AS any_pending, bool_or(found = 'not_applicable') AS any_not_applicable
    FROM worded GROUP BY case_id, respondent_id
)
SELECT t.case_id, t.respondent_id, c.county,
    CASE
        WHEN len(wrong) > 0 THEN 'suspect'
        WHEN any_right THEN 'clear'
        WHEN any_not_applicable THEN 'exempt'
        ELSE 'undetermined' END AS verdict,
    {'subject': coalesce(r.shown, '本案'), 'wrong': wrong, 'dates': dates, 'open_question': if(any_pending, '日期一栏写的是办理状态', '日期都空白')} AS facts
FROM told t JOIN cases c USING (case_id) LEFT JOIN people r ON r.respondent_id = t.respondent_id
