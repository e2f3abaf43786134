/*---
id = "O05"
title = "只问副职不问正职"
aspect = "问责对象"
level = "提示"
unit = "case"
reach = "case"
looks_for = "案中有某单位（乡镇以上）的副职被问责，而该单位的主要负责人不在案中，也没有其他同级或上级单位的正职、该单位党组织在案中。"
why = "主要负责人和直接主管的班子成员都承担主要领导责任；只问副职、不问主官，是问责走样的常见表现。"
needs = ["unit_post|post_then|post_now"]
params = []
message = "{deputies}被问责，同案没有{units}的主要负责人，也没有同级或上级单位的正职。{listed_text}。疑似只问副职不问正职。"
undetermined = "{deputies}被问责，是否只问副职不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第六条第一款"
version = "2019"
verified = true

[[cleared_by]]
text = "副职主持工作（不适用）"
kind = "fact"

[[cleared_by]]
text = "同案有同级或上级其他单位的正职，或该单位党组织已被问责：是否已问到主官请核对（待核）"
kind = "fact"

[[cleared_by]]
text = "当时没有正职在任，或该单位不设正职"
kind = "text"

[[cleared_by]]
text = "正职没有参与该项工作的决策和管理，并有书面说明"
kind = "text"

[[cleared_by]]
text = "台账写的是现任职务，问题发生时的职务与此不同：请看任免表"
kind = "text"

[facts]
deputies = "被问责副职"
units = "没有正职的单位"
others = "同案其他人员"
open_question = "不能判断的原因"
listed_text = "台账是否完整"
---*/
WITH deputies AS (
    SELECT p.*, tier_order(tier) AS level FROM people p
    WHERE kind = 'person' AND is_deputy_post AND role <> 'village_cadre' AND tier IN ('province', 'city', 'county', 'township')
), others AS (
    SELECT case_id, unit_key, place_key, kind, party_body, role, tier_order(tier) AS level,
        coalesce(nullif(regexp_replace(unit_key, '(党组|机关党委|党总支|党支部|支部)$', ''), ''), unit_key) AS body_key
    FROM people WHERE case_id IN (SELECT case_id FROM deputies) AND (kind <> 'person' OR role IN ('head', 'unknown') OR acting_head)
), met AS (
    SELECT d.respondent_id,
        coalesce(bool_or(o.role = 'head' AND o.kind = 'person' AND o.unit_key = d.unit_key), false) AS has_head,
        coalesce(bool_or(o.role = 'head' AND o.kind = 'person' AND o.level >= d.level), false) AS has_other_head,
        coalesce(bool_or(o.party_body AND (o.unit_key = d.unit_key OR o.body_key = d.unit_key OR o.place_key = d.place_key AND o.level >= d.level)), false) AS has_body,
        coalesce(bool_or(o.kind <> 'organization' AND (o.role = 'unknown' OR o.role = 'head' AND (o.unit_key IS NULL OR o.level IS NULL))
            OR o.kind = 'unknown'), false) AS has_unknown
    FROM deputies d LEFT JOIN others o USING (case_id) GROUP BY d.respondent_id
), told AS (
    SELECT d.case_id, d.county, d.listed, d.seq, d.shown, coalesce(d.unit_key, d.unit) AS unit, 
        CASE
        WHEN d.unit_key IS NULL THEN d.shown || '的单位不能识别'
        WHEN has_body THEN '该单位的党组织已被问责，正职是否包含在内不明'
        WHEN has_other_head THEN '同案有同级或上级其他单位的正职'
        WHEN has_unknown THEN '同案有人员的单位或职务不明，可能就是正职'
        WHEN d.listed <> 'yes' THEN listed_text(d.listed) END AS open_question,
        CASE
        WHEN d.acting_head THEN 'exempt'
        WHEN has_head THEN 'clear'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'suspect' END AS verdict, open_question
    FROM deputies d JOIN met USING (respondent_id)
), led AS (
    -- An acting head among the deputies of a unit stands in for its head.
    SELECT DISTINCT case_id, unit FROM told WHERE verdict = 'exempt'
), settled AS (
    SELECT t.* REPLACE (if(l.case_id IS NULL, verdict, 'exempt') AS verdict) FROM told t
    LEFT JOIN led l ON l.case_id = t.case_id AND l.unit IS NOT DISTINCT FROM t.unit
), per_case AS (
    SELECT case_id, any_value(county) AS county, any_value(listed) AS listed,
        CASE WHEN bool_or(verdict = 'suspect') THEN 'suspect' WHEN bool_or(verdict = 'undetermined') THEN 'undetermined'
            WHEN bool_or(verdict = 'clear') THEN 'clear' ELSE 'exempt' END AS worst
    FROM settled GROUP BY case_id
), named AS (
    SELECT case_id, list(shown ORDER BY seq) AS deputies, list_distinct_sorted(list(unit)) AS units, arg_min(open_question, seq) AS open_question
    FROM settled s JOIN per_case c USING (case_id) WHERE s.verdict = c.worst AND worst IN ('suspect', 'undetermined') GROUP BY case_id
)
SELECT c.case_id, NULL::VARCHAR AS respondent_id, c.county, worst AS verdict,
    {'deputies': deputies, 'units': units, 'others': others, 'open_question': open_question, 'listed_text': listed_text(c.listed)} AS facts
FROM per_case c LEFT JOIN named n USING (case_id)
LEFT JOIN (SELECT case_id, list(shown ORDER BY seq) AS others FROM people SEMI JOIN named USING (case_id) ANTI JOIN deputies USING (respondent_id) GROUP BY case_id) r USING (case_id)
