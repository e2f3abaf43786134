/*---
id = "P16"
title = "调查时间短于程序所需"
aspect = "程序"
level = "严重"
unit = "case"
reach = "case"
looks_for = "启动与作出决定是同一天；或者决定不晚于事实材料见面、而听取申辩在决定之后。只比较写到日的日期。"
why = "问责要经过组成调查组、查清事实、材料见面、听取申辩、集体讨论；当天启动当天决定，或者先决定后申辩，说明求快失准，程序流于形式。"
needs = ["started_on|fact_meeting_on", "decided_on"]
params = []
message = "本案{fault}，疑似调查时间短于程序所需。"
undetermined = "本案的调查时间是否够用不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第十条"
version = "2019"
verified = true

[[basis]]
law = "中国共产党问责条例"
article = "第十一条"
version = "2019"
verified = false

[[cleared_by]]
text = "已立案审查，问责启动只是形式（不适用）"
kind = "fact"

[[cleared_by]]
text = "启动时间写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "日期只到月，是否同一天不能定（待核）"
kind = "fact"

[[cleared_by]]
text = "把补办文书的日期填作启动日期，或把印发日期填作决定日期"
kind = "text"

[facts]
fault = "问题"
started = "启动日期"
decided = "决定日期"
met = "见面日期"
heard = "听取申辩日期"
filing = "是否立案"
open_question = "不能判断的原因"
---*/
-- The decision may differ from person to person, so may meeting and hearing; what is told for the whole case holds for each of them.
WITH meetings AS (
    SELECT case_id, respondent_id, min(done_on) FILTER (WHERE step = 'fact_meeting') AS met,
        arg_min(done_on_precision, done_on) FILTER (WHERE step = 'fact_meeting') AS met_p,
        max(done_on) FILTER (WHERE step = 'hearing') AS heard, arg_max(done_on_precision, done_on) FILTER (WHERE step = 'hearing') AS heard_p
    FROM steps WHERE step IN ('fact_meeting', 'hearing') AND done_on IS NOT NULL GROUP BY case_id, respondent_id
), dated AS (
    SELECT p.case_id, p.seq, p.decided_on, p.decided_on_precision AS decided_p, p.own_decided_raw, c.started_on, c.started_on_precision AS started_p,
        coalesce(m.met, w.met) AS met, if(m.met IS NULL, w.met_p, m.met_p) AS met_p,
        coalesce(m.heard, w.heard) AS heard, if(m.heard IS NULL, w.heard_p, m.heard_p) AS heard_p
    FROM people p JOIN cases c USING (case_id)
    LEFT JOIN meetings m ON m.case_id = p.case_id AND m.respondent_id = p.respondent_id
    LEFT JOIN meetings w ON w.case_id = p.case_id AND w.respondent_id IS NULL
), compared AS (
    -- same_day and late_hearing: true, false, or NULL where a date lacks or the day would decide.
    SELECT *,
        CASE WHEN started_p = 'day' AND decided_p = 'day' THEN started_on = decided_on
            WHEN last_day_of(started_on, started_p) < decided_on OR last_day_of(decided_on, decided_p) < started_on THEN false END AS same_day,
        CASE
            WHEN met IS NULL AND heard IS NULL OR last_day_of(met, met_p) < decided_on OR last_day_of(heard, heard_p) <= decided_on THEN false
            WHEN decided_p = 'day' AND met_p = 'day' AND heard_p = 'day' THEN decided_on <= met AND heard > decided_on
            WHEN last_day_of(decided_on, decided_p) < met AND heard IS NULL THEN NULL
            WHEN met IS NULL OR heard IS NULL THEN false END AS late_hearing
    FROM dated
), told AS (
    SELECT case_id,
        arg_min({'same_day': same_day, 'started': date_text(started_on, started_p), 'decided': date_text(decided_on, decided_p), 'met': date_text(met, met_p),
            'heard': date_text(heard, heard_p)}, if(same_day, 0, 1000000) + seq) FILTER (WHERE same_day OR late_hearing) AS worst,
        bool_or(started_on IS NULL) AS no_start, bool_or(decided_on IS NULL) AS no_decision,
        arg_min(own_decided_raw, seq) FILTER (WHERE decided_on IS NULL AND NOT says_nothing(own_decided_raw)) AS decided_raw, bool_or(same_day IS NULL) AS open_day, bool_or(late_hearing IS NULL) AS open_hearing
    FROM compared GROUP BY case_id
)
SELECT c.case_id, NULL::VARCHAR AS respondent_id, c.county,
    CASE
        WHEN no_decision AND no_start THEN lacking_date('启动日期', c.started_on_raw) || '，' || lacking_date('决定日期', decided_raw)
        WHEN no_decision THEN lacking_date('决定日期', decided_raw)
        WHEN no_start THEN lacking_date('启动日期', c.started_on_raw)
        WHEN open_day THEN '启动' || date_text(c.started_on, c.started_on_precision) || '、决定' || coalesce(date_text(c.decided_on, c.decided_on_precision), '日期不一') || '，日期不到日'
        WHEN open_hearing THEN '决定与见面、听取申辩的先后不能定' END AS open_question,
    CASE
        WHEN f.state = 'done' OR says_not_applicable(c.started_on_raw) THEN 'exempt'
        WHEN worst IS NOT NULL THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'fault': if(worst.same_day, worst.started || '启动，当天作出决定', worst.decided || '作出决定，' || worst.met || '才与对象见面，' || worst.heard || '才听取申辩'),
     'started': worst.started, 'decided': worst.decided, 'met': worst.met, 'heard': worst.heard, 'filing': status_label(f.state), 'open_question': open_question} AS facts
FROM cases c JOIN told t USING (case_id)
LEFT JOIN case_steps f ON f.case_id = c.case_id AND f.step = 'filing'
