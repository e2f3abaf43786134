/*---
id = "D06"
title = "与前次导入不一致"
aspect = "数据质量"
level = "一般"
unit = "case|respondent"
reach = "case"
looks_for = "同一案件、同一人以前导入过，而启动、办结、决定日期、责任或处理与这次不同。"
why = "关键内容前后两次报的不一样，要弄清哪一次是对的、为什么改；以前的值都还保留着。"
needs = []
params = []
message = "{subject}：{changed}，与前次导入（{earlier}）不一致，疑似前后填报矛盾。"
undetermined = "{subject}与前次导入（{earlier}）是否一致不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第十条"
version = "2019"
verified = true

[[cleared_by]]
text = "以前空白、这次补填的（符合）"
kind = "fact"

[[cleared_by]]
text = "以前只写到月、这次写到日，互不矛盾的（符合）"
kind = "fact"

[[cleared_by]]
text = "写法不同而意思相同的，如“诫勉谈话”改写为“诫勉”（符合）"
kind = "fact"

[[cleared_by]]
text = "案件只导入过一次，或只是同一文件改了导入选项（不适用）"
kind = "fact"

[[cleared_by]]
text = "填报单位发现错误后更正：核实后接受即可"
kind = "text"

[facts]
subject = "案件或人员"
changed = "前后不同的内容"
gone = "这次空白的内容"
earlier = "前次导入的文件"
open_question = "不能判断的原因"
---*/
-- All earlier values count, not only the last: a change stays told until somebody accepts it.
WITH olds AS (
    SELECT s.table_name, s.case_id, s.record, s.import_id, e.file_name
    FROM superseded_records s JOIN cases c USING (case_id) JOIN imports e ON e.import_id = s.import_id JOIN imports n ON n.import_id = c.import_id
    -- The same file read again under other answers is no second report.
    WHERE e.file_sha256 <> n.file_sha256
), files AS (
    SELECT case_id, list_distinct_sorted(list(file_name)) AS earlier FROM olds GROUP BY case_id
), old_people AS (
    SELECT case_id, import_id, record->>'respondent_id' AS respondent_id, record->>'name' AS name, record->>'responsibility' AS responsibility,
        (record->>'decided_on')::DATE AS decided_on, record->>'decided_on_precision' AS decided_on_precision,
        record->>'measures_raw' AS measures_raw, (record->>'measures_complete')::BOOLEAN AS measures_complete,
        count(*) OVER (PARTITION BY case_id, import_id, record->>'name') AS namesakes
    FROM olds WHERE table_name = 'respondents'
), new_people AS (
    SELECT *, count(*) OVER (PARTITION BY case_id, name) AS namesakes FROM respondents SEMI JOIN files USING (case_id)
), matched AS (
    -- The same person by id, else by a full name that stands once on both sides (the post may have been written otherwise).
    SELECT o.import_id, o.respondent_id AS old_id, n.respondent_id FROM old_people o JOIN new_people n USING (respondent_id)
    UNION ALL
    SELECT o.import_id, o.respondent_id, n.respondent_id FROM old_people o ANTI JOIN new_people s USING (respondent_id)
    JOIN new_people n ON n.case_id = o.case_id AND n.name = o.name AND n.namesakes = 1 AND o.namesakes = 1 AND NOT n.name_masked
), old_codes AS (
    SELECT import_id, record->>'respondent_id' AS respondent_id, list_distinct_sorted(list(record->>'code')) AS codes
    FROM olds WHERE table_name = 'measures' AND (record->>'is_final')::BOOLEAN GROUP BY ALL
), new_codes AS (
    SELECT respondent_id, list_distinct_sorted(list(code)) AS codes FROM measures SEMI JOIN new_people USING (respondent_id) WHERE is_final GROUP BY ALL
), compared AS (
    SELECT case_id, NULL::VARCHAR AS respondent_id, d.name AS what, date_text(d.old_on, d.old_p) AS old, date_text(d.new_on, d.new_p) AS new,
        d.new_on > last_day_of(d.old_on, d.old_p) OR d.old_on > last_day_of(d.new_on, d.new_p) AS differs
    FROM (
        SELECT o.case_id, unnest([
            {'name': '启动日期', 'old_on': (record->>'started_on')::DATE, 'old_p': record->>'started_on_precision', 'new_on': c.started_on, 'new_p': c.started_on_precision},
            {'name': '办结日期', 'old_on': (record->>'closed_on')::DATE, 'old_p': record->>'closed_on_precision', 'new_on': c.closed_on, 'new_p': c.closed_on_precision}]) AS d
        FROM olds o JOIN cases c USING (case_id) WHERE o.table_name = 'cases')
    UNION ALL
    SELECT n.case_id, n.respondent_id, '决定日期', date_text(o.decided_on, o.decided_on_precision), date_text(n.decided_on, n.decided_on_precision),
        n.decided_on > last_day_of(o.decided_on, o.decided_on_precision) OR o.decided_on > last_day_of(n.decided_on, n.decided_on_precision)
    FROM matched m JOIN old_people o ON o.import_id = m.import_id AND o.respondent_id = m.old_id JOIN new_people n ON n.respondent_id = m.respondent_id
    UNION ALL
    SELECT n.case_id, n.respondent_id, '责任', nullif(responsibility_label(nullif(o.responsibility, 'unknown')), '不明'),
        nullif(responsibility_label(nullif(n.responsibility, 'unknown')), '不明'), o.responsibility <> n.responsibility
    FROM matched m JOIN old_people o ON o.import_id = m.import_id AND o.respondent_id = m.old_id JOIN new_people n ON n.respondent_id = m.respondent_id
    UNION ALL
    SELECT n.case_id, n.respondent_id, '处理', if(o.measures_complete AND oc.codes IS NOT NULL, o.measures_raw, NULL),
        if(n.measures_complete AND nc.codes IS NOT NULL, n.measures_raw, NULL), oc.codes <> nc.codes
    FROM matched m JOIN old_people o ON o.import_id = m.import_id AND o.respondent_id = m.old_id JOIN new_people n ON n.respondent_id = m.respondent_id
    LEFT JOIN old_codes oc ON oc.import_id = m.import_id AND oc.respondent_id = m.old_id LEFT JOIN new_codes nc ON nc.respondent_id = n.respondent_id
), told AS (
    SELECT case_id, respondent_id,
        list_distinct_sorted(list(what || '原为“' || old || '”，现为“' || new || '”') FILTER (WHERE differs AND old IS NOT NULL AND new IS NOT NULL)) AS changed,
        list_distinct_sorted(list(what || '原为“' || old || '”') FILTER (WHERE old IS NOT NULL AND new IS NULL)) AS gone
    FROM compared GROUP BY case_id, respondent_id
)
SELECT t.case_id, t.respondent_id, c.county,
    CASE WHEN len(changed) > 0 THEN 'suspect' WHEN len(gone) > 0 THEN 'undetermined' ELSE 'clear' END AS verdict,
    {'subject': coalesce(p.shown, '本案'), 'changed': changed, 'gone': gone, 'earlier': f.earlier,
     'open_question': array_to_string(gone, '；') || '，这次空白或不能识别'} AS facts
FROM told t JOIN cases c USING (case_id) JOIN files f USING (case_id) LEFT JOIN people p ON p.respondent_id = t.respondent_id
UNION ALL
SELECT case_id, NULL, county, 'exempt', NULL FROM cases ANTI JOIN files USING (case_id)
