/*---
id = "P07"
title = "时间顺序错误"
aspect = "程序"
level = "一般"
unit = "case|respondent"
reach = "case"
looks_for = "启动晚于决定、决定晚于宣布或送达、听取申辩晚于决定、办结早于决定、决定早于问题发生、申诉答复早于申诉。"
why = "先启动、再申辩、后决定、再宣布和办结，顺序颠倒说明程序倒置或日期填错，哪一种都要查清。"
needs = ["started_on|decided_on|appeal_on", "decided_on|closed_on|behaviour_on|announcement_on|delivery_on|hearing_on|appeal_reply_on"]
params = []
message = "{subject}{wrong}，疑似时间顺序错误。"
undetermined = "{subject}时间顺序不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第九条至第十三条"
version = "2019"
verified = false

[[cleared_by]]
text = "备注写明日期是补办、补录的（不适用）"
kind = "fact"

[[cleared_by]]
text = "只到月的日期，先后由日决定的（待核）"
kind = "fact"

[[cleared_by]]
text = "把印发日期当作决定日期填写"
kind = "text"

[[cleared_by]]
text = "问题发生在多年以前不是错误：问责是终身的"
kind = "text"

[facts]
subject = "案件或人员"
wrong = "颠倒的日期"
unsure = "先后不能定的日期"
compared = "比较的日期对数"
open_question = "不能判断的原因"
---*/
-- A date stands on the case when it is the case's, on the respondent when it is a person's: decisions only where a case has several.
WITH several AS (
    SELECT case_id, count(DISTINCT decided_on) > 1 AS several FROM respondents GROUP BY case_id
), people_dates AS (
    SELECT r.case_id, r.respondent_id, r.decided_on, r.decided_on_precision FROM respondents r JOIN several USING (case_id) WHERE several
), step_dates AS (
    SELECT case_id, respondent_id, step, done_on AS d, done_on_precision AS p FROM steps
    WHERE done_on IS NOT NULL AND step IN ('announcement', 'delivery', 'hearing', 'appeal', 'appeal_reply')
), decisions AS (
    SELECT c.case_id, NULL::VARCHAR AS respondent_id, c.decided_on AS d, c.decided_on_precision AS p FROM cases c JOIN several USING (case_id) WHERE NOT several
    UNION ALL SELECT case_id, respondent_id, decided_on, decided_on_precision FROM people_dates
), pairs AS (
    -- earlier: what must not come after later
    SELECT d.case_id, d.respondent_id, '启动' AS earlier_name, c.started_on AS e, c.started_on_precision AS ep, '决定' AS later_name, d.d AS l, d.p AS lp
    FROM decisions d JOIN cases c USING (case_id)
    UNION ALL
    SELECT d.case_id, d.respondent_id, '决定', d.d, d.p, '办结', c.closed_on, c.closed_on_precision FROM decisions d JOIN cases c USING (case_id)
    UNION ALL
    SELECT d.case_id, d.respondent_id, '问题发生', c.behaviour_on, c.behaviour_on_precision, '决定', d.d, d.p FROM decisions d JOIN cases c USING (case_id)
    UNION ALL
    SELECT s.case_id, coalesce(s.respondent_id, d.respondent_id), '决定', d.d, d.p, if(s.step = 'announcement', '宣布', '送达'), s.d, s.p
    FROM step_dates s JOIN decisions d ON d.case_id = s.case_id AND (d.respondent_id IS NULL OR s.respondent_id IS NULL OR d.respondent_id = s.respondent_id)
    WHERE s.step IN ('announcement', 'delivery')
    UNION ALL
    SELECT s.case_id, coalesce(s.respondent_id, d.respondent_id), '听取申辩', s.d, s.p, '决定', d.d, d.p
    FROM step_dates s JOIN decisions d ON d.case_id = s.case_id AND (d.respondent_id IS NULL OR s.respondent_id IS NULL OR d.respondent_id = s.respondent_id)
    WHERE s.step = 'hearing'
    UNION ALL
    SELECT a.case_id, a.respondent_id, '申诉', a.d, a.p, '申诉答复', b.d, b.p
    FROM step_dates a JOIN step_dates b ON b.case_id = a.case_id AND b.respondent_id IS NOT DISTINCT FROM a.respondent_id
    WHERE a.step = 'appeal' AND b.step = 'appeal_reply'
), compared AS (
    SELECT *, CASE WHEN surely_before(l, lp, e) THEN 'wrong' WHEN surely_not_after(e, ep, l) THEN 'right' ELSE 'unsure' END AS ordered
    FROM pairs WHERE e IS NOT NULL AND l IS NOT NULL
), told AS (
    SELECT case_id, respondent_id,
        list_distinct_sorted(list(pair) FILTER (WHERE ordered = 'wrong')) AS wrong, list_distinct_sorted(list(pair) FILTER (WHERE ordered = 'unsure')) AS unsure,
        count(*) AS compared
    FROM (SELECT case_id, respondent_id, ordered, CASE ordered
        WHEN 'wrong' THEN earlier_name || '（' || date_text(e, ep) || '）晚于' || later_name || '（' || date_text(l, lp) || '）'
        WHEN 'unsure' THEN earlier_name || date_text(e, ep) || '、' || later_name || date_text(l, lp) END AS pair FROM compared)
    GROUP BY case_id, respondent_id
), units AS (
    FROM told
    UNION ALL
    -- A case without any pair of dates is open, unless dates of its people were compared.
    SELECT case_id, NULL, NULL, NULL, 0 FROM cases ANTI JOIN told USING (case_id)
)
SELECT u.case_id, u.respondent_id, c.county,
    CASE
        WHEN compared = 0 THEN '没有两个可以比较的日期'
        WHEN len(unsure) > 0 THEN array_to_string(unsure, '；') || '，日期不到日，先后不能定' END AS open_question,
    CASE
        WHEN len(wrong) > 0 AND regexp_matches(coalesce(n.note, ''), '补办|补录|补签|补填') THEN 'exempt'
        WHEN len(wrong) > 0 THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'subject': coalesce(r.shown, '本案'), 'wrong': wrong, 'unsure': unsure, 'compared': compared, 'open_question': open_question} AS facts
FROM units u
JOIN cases c USING (case_id)
LEFT JOIN people r ON r.respondent_id = u.respondent_id
LEFT JOIN (SELECT case_id, string_agg(note, '；' ORDER BY seq) AS note FROM respondents WHERE note IS NOT NULL GROUP BY case_id) n ON n.case_id = u.case_id
