/*---
id = "M10"
title = "批量雷同问责"
aspect = "处理尺度"
level = "提示"
unit = "case"
looks_for = "不少于5件案件、5个不同单位的人，同一天决定、处理相同，事由去掉套话后九成以上相同。"
why = "成批同样的决定、同样的理由，可能是为凑数问责，没有逐案核实每个人的责任。"
needs = ["reason|title"]
message = "本案与另外{others}件案件（{cases}）同在{decided}决定，给予相同的处理（{method}），事由几乎一样，涉及{units}个单位：“{excerpt}”，疑似批量雷同问责。"
undetermined = "本案是否属于批量雷同问责不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第三条"
version = "2019"
verified = true

[[basis]]
law = "中国共产党问责条例"
article = "第十条"
version = "2019"
verified = true

[[params]]
name = "least"
default = 5
unit = "件（个单位）"
min = 2
label = "至少几件案件、几个单位"
sentence = "案件数和不同单位数都达到才算。"

[[cleared_by]]
text = "事由相同而日期或处理不同的（符合）"
kind = "fact"

[[cleared_by]]
text = "同一案件中多个单位的人一并处理的（符合）"
kind = "fact"

[[cleared_by]]
text = "事由不足10字、只是问题名称的（符合）"
kind = "fact"

[[cleared_by]]
text = "事由写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "一次专项检查确实在许多村、许多单位查到同样的事实"
kind = "text"

[facts]
text = "本案事由"
other_case = "另一件案件"
other_text = "另一件案件的事由"
others = "另外的案件数"
cases = "另外的案件"
decided = "决定日期"
method = "处理"
units = "单位数"
excerpt = "摘录"
open_question = "不能判断的原因"
---*/
WITH told AS (
    SELECT case_id, text, cluster FROM similar_texts WHERE family = 'reason'
), crowded AS (
    -- Only reasons that enough cases share are looked at any further.
    SELECT cluster FROM told GROUP BY cluster HAVING count(DISTINCT case_id) >= $least
), methods AS (
    SELECT respondent_id, array_to_string(list_sort(list(DISTINCT coalesce(l.label, m.raw))), '、') AS method
    FROM measures m LEFT JOIN measure_list l USING (code) WHERE is_final GROUP BY respondent_id
), persons AS (
    SELECT t.cluster, p.case_id, p.unit_key, if(p.decided_on_precision = 'day', p.decided_on, NULL) AS decided,
        if(p.measures_complete, m.method, NULL) AS method, p.kind
    FROM told t SEMI JOIN crowded USING (cluster) JOIN people p USING (case_id) LEFT JOIN methods m ON m.respondent_id = p.respondent_id
    WHERE p.kind <> 'organization'
), known AS (
    SELECT * FROM persons WHERE kind = 'person' AND unit_key IS NOT NULL AND decided IS NOT NULL AND method IS NOT NULL
), batches AS (
    SELECT cluster, decided, method, count(DISTINCT unit_key) AS units, count(DISTINCT case_id) AS case_count FROM known GROUP BY ALL
), gaps AS (
    SELECT cluster, count(DISTINCT case_id) AS open_cases FROM persons WHERE kind <> 'person' OR unit_key IS NULL OR decided IS NULL OR method IS NULL
    GROUP BY cluster
), own AS (
    -- The largest batch that a person of the case belongs to.
    SELECT k.case_id, k.cluster, b.decided, b.method, b.units, b.case_count, least(b.units, b.case_count) AS size FROM (SELECT DISTINCT case_id, cluster, decided, method FROM known) k
    JOIN batches b USING (cluster, decided, method)
    QUALIFY row_number() OVER (PARTITION BY k.case_id ORDER BY least(b.units, b.case_count) DESC, b.decided, b.method) = 1
), members AS (
    SELECT k.cluster, k.decided, k.method, k.case_id, c.case_key, t.text, row_number() OVER (PARTITION BY k.cluster, k.decided, k.method ORDER BY c.case_key, k.case_id) AS place
    FROM (SELECT DISTINCT cluster, decided, method, case_id FROM known) k
    SEMI JOIN (FROM batches WHERE least(units, case_count) >= $least) b USING (cluster, decided, method)
    JOIN cases c ON c.case_id = k.case_id JOIN told t ON t.case_id = k.case_id
), shown AS (
    -- The first cases of a batch; its own is left out of each list.
    SELECT cluster, decided, method, list({'id': case_id, 'key': case_key, 'text': text} ORDER BY place) AS firsts FROM members WHERE place <= 9 GROUP BY ALL
), largest AS (
    SELECT cluster, max(least(units, case_count)) AS size FROM batches GROUP BY cluster
), states AS (
    SELECT c.case_id, c.county, t.text, o.*, list_filter(s.firsts, lambda f: f.id <> c.case_id) AS firsts,
        coalesce(g.open_cases, 0) AS open_cases, coalesce(l.size, 0) AS largest_size, w.cluster IS NOT NULL AS crowded,
        if(list_contains(f.fields, 'reason'), c.reason, c.title) AS raw
    FROM cases c JOIN sheet_fields f ON f.import_id = c.import_id AND f.sheet = c.sheet
    LEFT JOIN told t ON t.case_id = c.case_id LEFT JOIN crowded w ON w.cluster = t.cluster
    LEFT JOIN (SELECT * EXCLUDE (case_id, cluster), case_id AS own_case, cluster AS own_cluster FROM own) o ON o.own_case = c.case_id
    LEFT JOIN shown s ON s.cluster = o.own_cluster AND s.decided = o.decided AND s.method = o.method
    LEFT JOIN gaps g ON g.cluster = t.cluster LEFT JOIN largest l ON l.cluster = t.cluster
)
SELECT case_id, NULL::VARCHAR AS respondent_id, county,
    CASE
        WHEN says_nothing(raw) THEN '事由空白'
        WHEN crowded AND open_cases > 0 AND open_cases + coalesce(size, largest_size) >= $least
            THEN '有足够多的案件事由几乎一样，但其中' || open_cases || '件的单位、处理或决定日期（到日）空白或不能识别' END AS open_question,
    CASE
        WHEN says_not_applicable(raw) THEN 'exempt'
        WHEN coalesce(size >= $least, false) THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'text': text, 'other_case': firsts[1].key, 'other_text': firsts[1].text, 'others': case_count - 1,
     'cases': list_transform(firsts, lambda f: f.key), 'decided': strftime(decided, '%Y-%m-%d'), 'method': method, 'units': units,
     'excerpt': if(len(text) > 40, left(text, 40) || '……', text), 'open_question': open_question} AS facts
FROM states
