/*---
id = "U08"
title = "整改措施或检讨材料雷同"
aspect = "成果运用"
level = "提示"
unit = "case"
looks_for = "整改措施、以案促改或检讨材料，与另一件案件（或同案另一单位）的文字去掉套话后九成以上相同，且不少于30字。"
why = "照抄的整改和检讨说明问题没有真正去想、去改；评查中多次发现整改清单、检讨材料雷同。"
needs = ["rectification|improvement|self_criticism|meeting_criticism"]
message = "本案的{kind}与{other_case}（{other_county}）的文字{similarity}%相同[，这样相互雷同的案件共{alike}件]：“{excerpt}”，疑似雷同。"
undetermined = "本案的整改或检讨材料是否与别的案件雷同不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第十四条"
version = "2019"
verified = false

[[params]]
name = "percent"
default = 90
unit = "%"
min = 90
max = 100
label = "文字相同的比例"
sentence = "去掉标点、引用的条文名称和常见套话后比较；低于九成的不算雷同。"

[[cleared_by]]
text = "引用条文、必备的套话相同：比较前已去掉，去掉后不足30字的不比（符合）"
kind = "fact"

[[cleared_by]]
text = "几件案件合并在一个单元格填写的同一份整改，是一份文字，不是抄来的（符合）"
kind = "fact"

[[cleared_by]]
text = "案件名称相同而有一行没有写案件编号：可能就是同一案件，不相互比较（符合）"
kind = "fact"

[[cleared_by]]
text = "同一案件、同一单位的人写同样的整改（符合）"
kind = "fact"

[[cleared_by]]
text = "只写是否整改、是否检讨，没有文字内容的（不适用）"
kind = "fact"

[[cleared_by]]
text = "几件案件由一项统一的整改方案处理"
kind = "text"

[facts]
kind = "材料"
text = "本案文字"
other_case = "另一件案件"
other_county = "另一件案件的县区"
other_text = "另一件案件的文字"
similarity = "相同的比例（%）"
alike = "相互雷同的案件数"
excerpt = "摘录"
open_question = "不能判断的原因"
---*/
WITH mine AS (
    SELECT s.*, p.unit_key FROM similar_texts s LEFT JOIN people p USING (respondent_id) WHERE family <> 'reason'
), holders AS (
    -- Two cases a text are enough to find one that is not the own.
    FROM (SELECT text_id, case_id, min_by(text, "row") AS text FROM mine GROUP BY text_id, case_id)
    QUALIFY row_number() OVER (PARTITION BY text_id ORDER BY case_id) <= 2
), near AS (
    SELECT text_id, other_id, similarity FROM similar_pairs WHERE similarity * 100 >= $percent
    UNION ALL SELECT DISTINCT text_id, text_id, 1.0 FROM mine
), options AS (
    SELECT m.case_id, m.family, m.text, m.cluster, h.case_id AS other_case, h.text AS other_text, n.similarity
    FROM mine m JOIN near n USING (text_id) JOIN holders h ON h.text_id = n.other_id AND h.case_id <> m.case_id
    ANTI JOIN maybe_same s ON s.case_id = m.case_id AND s.other_id = h.case_id
    UNION ALL
    SELECT m.case_id, m.family, m.text, m.cluster, o.case_id, o.text, n.similarity
    FROM mine m JOIN near n USING (text_id) JOIN mine o ON o.case_id = m.case_id AND o.text_id = n.other_id
    WHERE o.unit_key <> m.unit_key AND (o.sheet, o."row") <> (m.sheet, m."row")
), best AS (
    FROM options QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY similarity DESC, other_case, family, text, other_text) = 1
), crowds AS (
    SELECT cluster, count(DISTINCT case_id) AS alike FROM mine GROUP BY cluster
), written AS (
    SELECT case_id, max(len(raw)) AS longest, bool_and(says_not_applicable(raw) OR status = 'not_applicable') AS none_applies FROM (
        SELECT case_id, rectification AS raw, NULL AS status FROM cases WHERE NOT says_nothing(rectification)
        UNION ALL SELECT case_id, raw, status FROM steps WHERE step IN ('improvement', 'self_criticism', 'meeting_criticism') AND NOT says_nothing(raw))
    GROUP BY case_id
)
SELECT c.case_id, NULL::VARCHAR AS respondent_id, c.county,
    CASE
        WHEN b.case_id IS NOT NULL THEN 'suspect'
        WHEN w.case_id IS NULL THEN 'undetermined'
        WHEN none_applies OR longest < 30 THEN 'exempt'
        ELSE 'clear' END AS verdict,
    {'kind': if(b.family = 'rectification', '整改材料', '检讨材料'), 'text': b.text,
     'other_case': if(b.other_case = c.case_id, '同案另一单位', o.case_key || coalesce(' ' || o.title, '')), 'other_county': coalesce(o.county, '县区未载明'),
     'other_text': b.other_text, 'similarity': floor(b.similarity * 100)::INTEGER, 'alike': if(k.alike > 2, k.alike, NULL),
     'excerpt': if(len(b.text) > 40, left(b.text, 40) || '……', b.text), 'open_question': if(w.case_id IS NULL, '整改、检讨各栏空白', NULL)} AS facts
FROM cases c LEFT JOIN best b USING (case_id) LEFT JOIN crowds k USING (cluster) LEFT JOIN written w ON w.case_id = c.case_id
LEFT JOIN cases o ON o.case_id = b.other_case
