/*---
id = "D04"
title = "一格多人或多方式无法对应"
aspect = "数据质量"
level = "一般"
unit = "case"
reach = "case"
no_exempt = "能不能对应到人与规则是否适用无关，没有不适用的情形"
looks_for = "一个单元格写了几个人，而处理方式、责任或职务不能逐一对应到人；或人员与处理合写的一格分不开。"
why = "谁受了什么处理说不清，与处理、责任有关的检查对这些人都只能待核。原文保留，未作拆分。"
needs = ["name|people"]
params = []
message = "{cells}一格写了几个人，不能逐一对应：{texts}，疑似一格多人或多方式无法对应。"
undetermined = "{cells}有处理或责任而没有写明是谁（{texts}），是否一格多人不能判断。"

[[basis]]
law = "中国共产党问责条例"
article = "第十条"
version = "2019"
verified = true

[[cleared_by]]
text = "几个姓名与几种处理一样多，或处理只写一次、写明“均”的：能够对应（符合）"
kind = "fact"

[[cleared_by]]
text = "一个人有几种处理合写在一格（符合）"
kind = "fact"

[[cleared_by]]
text = "一个人有几个职务，用顿号隔开（符合）"
kind = "fact"

[[cleared_by]]
text = "决定文书分别写明，台账合并填写：改为一人一行后重新导入即可"
kind = "text"

[facts]
cells = "单元格"
texts = "原文"
reasons = "读入时的说明"
---*/
-- The reader rejected what it could not share out and kept the text; the row is the case's.
WITH unread AS (
    SELECT c.case_id, r.sheet || ' ' || coalesce(r."column", '') || r."row" AS cell, left(coalesce(r.raw, ''), 60) AS text, r.reason,
        i.field IN ('name', 'people') AS of_people
    FROM rejects r
    JOIN cases c ON c.import_id = r.import_id AND c.sheet = r.sheet AND r."row" BETWEEN c."row" AND c.last_row
    JOIN import_columns i ON i.import_id = r.import_id AND i.sheet = r.sheet AND i."column" = r."column"
    -- A measure in words that nobody can read is no matter of telling people apart (D05).
    WHERE i.field IN ('name', 'people') AND regexp_matches(r.reason, '分不清|逐一') OR regexp_matches(r.reason, '不知道是对谁的处理')
), told AS (
    SELECT case_id, bool_or(of_people) AS several,
        list_distinct_sorted(list(cell) FILTER (WHERE of_people)) AS cells, list_distinct_sorted(list('“' || text || '”') FILTER (WHERE of_people)) AS texts,
        list_distinct_sorted(list(cell)) AS all_cells, list_distinct_sorted(list('“' || text || '”')) AS all_texts,
        list_distinct_sorted(list(reason)) AS reasons
    FROM unread GROUP BY case_id
)
SELECT c.case_id, NULL::VARCHAR AS respondent_id, c.county,
    CASE WHEN t.case_id IS NULL THEN 'clear' WHEN several THEN 'suspect' ELSE 'undetermined' END AS verdict,
    {'cells': if(several, cells, all_cells), 'texts': if(several, texts, all_texts), 'reasons': reasons} AS facts
FROM cases c LEFT JOIN told t USING (case_id)
