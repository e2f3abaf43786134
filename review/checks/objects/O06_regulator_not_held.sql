/*---
id = "O06"
title = "只问属地不问主管（监管）部门"
aspect = "问责对象"
level = "提示"
unit = "case"
reach = "case"
looks_for = "领域有法定主管（监管）部门（生态环境、自然资源、住建、应急、市场监管等），而被问责的都是乡镇、村的人员，没有县级以上部门。"
why = "监管权在部门的事项只问责属地，责任就没有落在有权的一方；评查中曾因“对主管部门未予核查”被退回。"
needs = ["unit_post|post_then|post_now|unit", "domain|title|reason"]
params = []
message = "本案属{domain}领域，通常由县级以上主管（监管）部门负责，被问责的都是乡镇、村人员：{people}。{listed_text}。疑似只问属地不问主管部门。"
undetermined = "本案是否只问属地不能判断：{open_question}。人员：{people}。"

[[basis]]
law = "中国共产党问责条例"
article = "第六条第三款"
version = "2019"
verified = true

[[cleared_by]]
text = "同案有该领域主管（监管）部门或其派出机构（如国土资源所）的人员或组织（符合）"
kind = "fact"

[[cleared_by]]
text = "领域没有独立的监管部门（党建、作风、防疫、防汛、民生等以属地为主的工作）（符合）"
kind = "fact"

[[cleared_by]]
text = "领域一栏写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "主管部门由派驻机构或上级在另案处理"
kind = "text"

[facts]
domain = "领域"
domain_from = "领域出处"
people = "被问责人员和组织"
open_question = "不能判断的原因"
listed_text = "台账是否完整"
---*/
-- Only cases with a township or village respondent are looked at; enterprises neither answer nor raise the question.
WITH local_cases AS (
    SELECT case_id, any_value(county) AS county, any_value(listed) AS listed, list(shown ORDER BY seq) AS people,
        bool_or(tier IN ('county', 'city', 'province')) AS has_upper,
        bool_or(tier IN ('unknown', 'other')) AS has_unknown
    FROM people GROUP BY case_id HAVING bool_or(tier IN ('township', 'village'))
), texts AS MATERIALIZED (
    SELECT case_id, domain_hits(concat(title, '。', reason)) AS hits FROM cases SEMI JOIN local_cases USING (case_id) WHERE domain IS NULL
), fields AS (
    SELECT l.*, c.domain_raw, coalesce(c.domain, domain_of_hits(t.hits)) AS domain,
        CASE WHEN c.domain IS NOT NULL THEN '领域一栏' WHEN t.hits IS NOT NULL THEN '名称和事由的用词' END AS domain_from
    FROM local_cases l JOIN cases c USING (case_id) LEFT JOIN texts t USING (case_id)
), regulated AS (
    SELECT f.*, d.licensed_power AND d.has_regulators AS has_regulator, d.domain IS NOT NULL AND d.domain <> '其他' AS known
    FROM fields f LEFT JOIN domain_list d USING (domain)
), answered AS (
    SELECT r.case_id FROM regulated r JOIN people p ON p.case_id = r.case_id
    WHERE r.has_regulator AND p.tier <> 'village' AND is_regulator(domain, concat(p.unit, p.unit_post_raw, p.unit_key, p.name))
    GROUP BY r.case_id
)
SELECT r.case_id, NULL::VARCHAR AS respondent_id, county,
    CASE
        WHEN NOT known OR domain IS NULL THEN '领域空白或不能识别'
        WHEN has_upper THEN '同案有县级以上单位，但不是该领域通常的主管部门'
        WHEN has_unknown THEN '同案有单位层级不明的人员'
        WHEN listed <> 'yes' THEN listed_text(listed) END AS open_question,
    CASE
        WHEN says_not_applicable(domain_raw) THEN 'exempt'
        WHEN known AND NOT has_regulator THEN 'clear'
        WHEN a.case_id IS NOT NULL THEN 'clear'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'suspect' END AS verdict,
    {'domain': domain, 'domain_from': domain_from, 'people': people, 'open_question': open_question, 'listed_text': listed_text(listed)} AS facts
FROM regulated r LEFT JOIN answered a USING (case_id)
