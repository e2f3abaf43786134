/*---
id = "U07"
title = "评查反馈后同类问题再次出现"
aspect = "成果运用"
level = "严重"
unit = "case"
looks_for = "承办单位在以往评查中被反馈过某类问题，反馈之后启动的案件又出现同类疑似问题。"
why = "反馈过的问题又出现，说明整改没有见效；评查对再次出现的同类问题从重扣分。"
needs = ["handling_unit"]
params = []
message = "{unit}在以往评查中已被反馈过{problems}（{feedback}），本案在反馈之后启动（{started}），又出现同类疑似问题，疑似整改后再次发生。"
undetermined = "{unit}是否再次出现以往评查反馈过的问题不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第十四条"
version = "2019"
verified = false

[[cleared_by]]
text = "本案在反馈之前就已启动（符合）"
kind = "fact"

[[cleared_by]]
text = "以往的问题核实为不属实，或当时只是待核（符合）"
kind = "fact"

[[cleared_by]]
text = "以往反馈的是另一类问题，或是另一个单位的（符合）"
kind = "fact"

[[cleared_by]]
text = "本案的同类疑似问题已核实为不属实（符合）"
kind = "fact"

[[cleared_by]]
text = "没有导入以往的问题清单，程序中也没有以往的结论（不适用）"
kind = "fact"

[[cleared_by]]
text = "以往的问题清单写明无需整改（不适用）"
kind = "fact"

[[cleared_by]]
text = "两次评查的问题编码口径不同"
kind = "text"

[facts]
unit = "承办单位"
problems = "再次出现的问题"
feedback = "以往的反馈"
started = "本案启动日期"
earlier_cases = "以往的案件"
open_question = "不能判断的原因"
---*/
-- The findings of the other checks are looked at, so this check is judged after them.
WITH listed AS (
    -- The newest list tells how a problem stands; a line that nobody confirmed, fed back or put right was no problem yet.
    FROM (
        SELECT e.* FROM earlier_issues e JOIN current_imports i USING (import_id)
        QUALIFY row_number() OVER (PARTITION BY coalesce(e.issue_key, concat_ws('|', e.county, e.handling_unit, e.case_no, e.case_title, e.respondent, e.problem))
            ORDER BY e.import_id DESC, e."row") = 1)
    WHERE check_id IS NOT NULL AND coalesce(conclusion, '') NOT IN ('dismissed', 'pending')
        AND (conclusion = 'confirmed' OR coalesce(verdict, 'suspect') <> 'undetermined' AND (status IS NOT NULL OR feedback_on IS NOT NULL OR verdict IS NULL))
), decided AS (
    -- Confirmed in the program: when it was fed back and what became of it is not told there.
    SELECT c.county, c.handling_unit, c.case_key AS case_no, d.case_id, d.check_id, NULL::VARCHAR AS status, d.decided_at::DATE AS decided_on
    FROM current_decisions d JOIN cases c USING (case_id) WHERE d.verdict = 'confirmed'
), earlier AS (
    SELECT county, same_unit_key(county, handling_unit) AS unit_key, handling_unit, case_no, NULL AS case_id, check_id, status, feedback_on, feedback_on_precision, 'list' AS told_by FROM listed
    UNION ALL
    SELECT county, same_unit_key(county, handling_unit), handling_unit, case_no, case_id, check_id, status, decided_on, 'day', 'decision' FROM decided
), again AS (
    SELECT f.case_id, f.check_id, bool_or(f.verdict = 'suspect') AS suspected
    FROM findings f LEFT JOIN current_decisions d USING (finding_id)
    WHERE f.case_id IS NOT NULL AND f.check_id <> 'U07' AND f.in_issue_list AND coalesce(d.verdict, '') <> 'dismissed'
    GROUP BY ALL
), met AS (
    SELECT c.case_id, a.check_id, a.suspected, e.told_by, e.status, e.feedback_on, e.feedback_on_precision, e.case_no, c.started_on_raw AS started_raw, says_nothing(c.handling_unit) OR says_nothing(e.handling_unit) AS unit_open,
        CASE
            WHEN e.feedback_on IS NULL THEN 'undated'
            WHEN c.started_on IS NULL THEN 'unstarted'
            WHEN surely_before(e.feedback_on, e.feedback_on_precision, c.started_on) THEN 'after'
            WHEN last_day_of(c.started_on, c.started_on_precision) <= e.feedback_on THEN 'before'
            ELSE 'coarse' END AS began
    FROM cases c JOIN again a USING (case_id) JOIN earlier e ON e.check_id = a.check_id AND e.case_id IS DISTINCT FROM c.case_id
        AND e.case_no IS DISTINCT FROM c.case_key
        AND (e.county IS NULL OR c.county IS NULL OR e.county = c.county)
        AND (e.unit_key = same_unit_key(c.county, c.handling_unit) OR says_nothing(c.handling_unit) OR says_nothing(e.handling_unit))
), judged_issues AS (
    SELECT *, CASE
        WHEN began = 'before' THEN 'clear'
        WHEN status = 'not_applicable' THEN 'exempt'
        WHEN unit_open OR NOT suspected OR told_by = 'decision' OR status IS NULL OR began <> 'after' THEN 'undetermined'
        ELSE 'suspect' END AS found
    FROM met
), named AS (
    SELECT j.*, check_title(check_id) AS problem, CASE
        WHEN found <> 'undetermined' THEN NULL
        WHEN unit_open THEN '承办单位空白'
        WHEN NOT suspected THEN '本案的同类问题尚待核'
        WHEN told_by = 'decision' THEN '以往的问题在程序中已核实属实，但没有反馈日期和整改状态'
        WHEN status IS NULL THEN '以往问题的整改状态空白或不清楚'
        WHEN began = 'undated' THEN '反馈日期空白或读不出'
        WHEN began = 'unstarted' THEN lacking_date('本案启动日期', started_raw)
        ELSE '日期不到日，反馈与启动的先后不能定' END AS open_question
    FROM judged_issues j
), told AS (
    SELECT case_id, bool_or(found = 'suspect') AS any_suspect, bool_or(found = 'undetermined') AS any_open, bool_or(found = 'exempt') AS any_exempt,
        list_distinct_sorted(list(problem) FILTER (WHERE found = 'suspect')) AS problems,
        list_distinct_sorted(list('反馈' || date_text(feedback_on, feedback_on_precision) || '，' || issue_status_label(status)) FILTER (WHERE found = 'suspect')) AS feedback,
        list_distinct_sorted(list(coalesce(case_no, '未写案件编号')) FILTER (WHERE found = 'suspect')) AS earlier_cases,
        array_to_string(list_distinct_sorted(list(problem || '：' || open_question) FILTER (WHERE found = 'undetermined')), '；') AS open_question
    FROM named GROUP BY case_id
)
SELECT c.case_id, NULL::VARCHAR AS respondent_id, c.county,
    CASE
        WHEN NOT EXISTS (FROM earlier) THEN 'exempt'
        WHEN any_suspect THEN 'suspect'
        WHEN any_open THEN 'undetermined'
        WHEN any_exempt THEN 'exempt'
        ELSE 'clear' END AS verdict,
    {'unit': coalesce(c.handling_unit, '本案承办单位'), 'problems': problems, 'feedback': feedback, 'started': date_text(c.started_on, c.started_on_precision),
     'earlier_cases': earlier_cases, 'open_question': open_question} AS facts
FROM cases c LEFT JOIN told t USING (case_id)
