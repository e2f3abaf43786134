/*---
id = "O07"
title = "按现任职务而非时任职务问责"
aspect = "问责对象"
level = "严重"
unit = "respondent"
reach = "case"
looks_for = "问题发生的时间整个落在台账所写职务的任职起止之外：任职之前已经结束，或者离任之后才发生。"
why = "责任主体要按失职失责行为发生的时间确定：问题出在谁任上问谁的责。按现在的职务去问责，是新官替旧账，真正的责任人反而脱身。"
needs = ["behaviour_on", "term"]
params = []
message = "{person}任职时间为{term}，问题发生在{behaviour}，{fault}，疑似按现任职务而非时任职务问责。"
undetermined = "{person}在问题发生时是否在任不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第十六条"
version = "2019"
verified = false

[[cleared_by]]
text = "问题持续一段时间、跨前后两任的：在任期内有一段即可，两任都可能有责（符合）"
kind = "fact"

[[cleared_by]]
text = "任命之前已经主持工作、代理的，职务或备注已写明（不适用）"
kind = "fact"

[[cleared_by]]
text = "对象是党组织或单位；任职时间写明不适用（不适用）"
kind = "fact"

[[cleared_by]]
text = "只到月、到年的日期，是否在任由日决定（待核）"
kind = "fact"

[[cleared_by]]
text = "问责的是到任后没有整改、继续放任的行为，而发生时间写的是最初发生的时间"
kind = "text"

[facts]
person = "被问责人员"
term = "任职起止"
behaviour = "问题发生时间"
fault = "与任期的关系"
post_now = "现任职务"
open_question = "不能判断的原因"
---*/
-- A coarse date (2021年5月) is one unknown day of the month; a stretch (2021年3月至2022年6月) is all of its days. behaviour_end is the last day of either.
WITH read AS (
    SELECT p.case_id, p.respondent_id, p.county, p.kind, p.shown, coalesce(p.acting_head, false) OR coalesce(regexp_matches(p.note, '主持.{0,4}工作|代理|履行.{0,4}职责'), false) AS acting,
        c.behaviour_on AS first_day, coalesce(c.behaviour_end, last_day_of(c.behaviour_on, c.behaviour_on_precision)) AS last_day_known, c.behaviour_on_raw,
        c.behaviour_end > last_day_of(c.behaviour_on, c.behaviour_on_precision) AS stretch, last_day_of(c.behaviour_on, c.behaviour_on_precision) AS surely_begun,
        p.term_raw, p.term_from, last_day_of(p.term_from, p.term_from_precision) AS surely_in_office, p.term_to, last_day_of(p.term_to, p.term_to_precision) AS surely_left,
        coalesce(p.term_open, false) AS term_open, p.post_now
    FROM people p JOIN cases c ON c.case_id = p.case_id
), placed AS (
    -- in_office: every day the behaviour may mean lies in the term, or some day of a stretch surely does. The month of its end counts from its first day.
    SELECT *,
        CASE WHEN last_day_known < term_from THEN '早于任职' WHEN first_day > surely_left THEN '晚于离任' END AS outside,
        coalesce(first_day >= surely_in_office, false) AND (term_open OR coalesce(last_day_known <= term_to, false))
        OR coalesce(stretch, false) AND coalesce(greatest(surely_begun, surely_in_office) <= least(date_trunc('month', last_day_known), if(term_open, DATE '9999-12-31', term_to)), false)
            AND (term_open OR term_to IS NOT NULL) AS in_office
    FROM read
)
SELECT case_id, respondent_id, county,
    outside || '，不在任职期间' AS fault,
    CASE
        WHEN first_day IS NULL AND term_from IS NULL AND term_to IS NULL THEN '问题发生时间和任职起止空白或读不出'
        WHEN first_day IS NULL THEN '问题发生时间空白或读不出'
        WHEN term_from IS NULL AND term_to IS NULL THEN '任职起止空白或读不出'
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN in_office OR outside IS NOT NULL THEN NULL
        WHEN term_from IS NULL THEN '任职起始不明，问题发生在离任之前'
        WHEN term_to IS NULL AND NOT term_open AND first_day >= surely_in_office THEN '离任时间不明，问题发生在任职之后'
        ELSE '任职' || term_raw || '、问题发生' || behaviour_on_raw || '，日期不到日，是否在任不能定' END AS open_question,
    CASE
        WHEN kind = 'organization' OR says_not_applicable(term_raw) OR says_not_applicable(behaviour_on_raw) THEN 'exempt'
        WHEN outside IS NOT NULL AND acting THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN outside IS NOT NULL THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'term': term_raw, 'behaviour': behaviour_on_raw, 'fault': fault, 'post_now': post_now, 'open_question': open_question} AS facts
FROM placed
