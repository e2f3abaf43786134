/*---
id = "D03"
title = "重复记录互相矛盾"
aspect = "数据质量"
level = "一般"
unit = "respondent"
reach = "case"
no_exempt = "同一人的两行是否矛盾与规则是否适用无关，没有不适用的情形"
looks_for = "同一案件中同名同单位同职务的两行，责任不同、决定日期不同，或同一种类的处理不同。"
why = "同一人同一案出现两种说法，统计会重复，处理轻重也无从认定。一人一种处理占一行是正常的填法，已自动合并。"
needs = ["name"]
params = []
message = "{person}在本案有{row_count}行（{rows}），{contradiction}，疑似重复记录互相矛盾。"
undetermined = "{person}在本案有{row_count}行（{rows}），{contradiction}，但{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第十条"
version = "2019"
verified = true

[[cleared_by]]
text = "姓名隐去（李某、张某某）的，可能是两个人（待核）"
kind = "fact"

[[cleared_by]]
text = "职务不同或空白的，可能是同名的两个人（待核）"
kind = "fact"

[[cleared_by]]
text = "一行一种处理、互不矛盾的（符合）"
kind = "fact"

[[cleared_by]]
text = "两个单位分别填报了同一个人"
kind = "text"

[facts]
person = "被问责人员"
row_count = "行数"
rows = "所在行"
contradiction = "互相矛盾之处"
open_question = "不能判断的原因"
---*/
-- One verdict a person: the first row of those with the same case, name and unit stands for them. Rows without a like are clear.
WITH named AS (
    SELECT *, coalesce(unit_key, unit, '') AS unit_read FROM people WHERE kind <> 'organization' AND name IS NOT NULL
), likes AS (
    SELECT case_id, name, unit_read FROM named GROUP BY ALL HAVING count(*) > 1
), rows_read AS (
    SELECT p.*, r.decided_on AS own_decided, nullif(trim(p.post), '') AS post_read
    FROM named p SEMI JOIN likes USING (case_id, name, unit_read) JOIN respondents r ON r.respondent_id = p.respondent_id
), grouped AS (
    SELECT case_id, name, unit_read, arg_min(respondent_id, seq) AS respondent_id, any_value(county) AS county, arg_min(shown, seq) AS shown, count(*) AS row_count,
        bool_or(name_masked) AS masked, count(DISTINCT post_read) > 1 OR count(post_read) < count(*) AS posts_differ, unit_read = '' AS no_unit,
        list(sheet || ' 第' || "row" || '行' ORDER BY seq) AS rows, list(respondent_id) AS ids,
        list_sort(list(DISTINCT responsibility) FILTER (WHERE responsibility <> 'unknown')) AS responsibilities,
        list_sort(list(DISTINCT own_decided) FILTER (WHERE own_decided IS NOT NULL)) AS decisions
    FROM rows_read GROUP BY case_id, name, unit_read
), tracks AS (
    SELECT g.respondent_id, list(track_label(track) || '：' || measures ORDER BY track) AS contradicting
    FROM (
        SELECT g.respondent_id, m.track, array_to_string(list_sort(list(DISTINCT m.raw)), '、') AS measures
        FROM (SELECT respondent_id, unnest(ids) AS id FROM grouped) g JOIN measures m ON m.respondent_id = g.id
        WHERE m.is_final AND m.track IN ('party', 'administrative')
        GROUP BY g.respondent_id, m.track HAVING min(m.code) <> max(m.code)
    ) g GROUP BY g.respondent_id
)
SELECT case_id, respondent_id, county,
    list_filter([
            if(len(responsibilities) > 1, '责任分别为' || array_to_string(list_transform(responsibilities, lambda r: responsibility_label(r)), '、'), NULL),
            if(len(decisions) > 1, '决定日期分别为' || array_to_string(list_transform(decisions, lambda d: d::VARCHAR), '、'), NULL),
            if(len(contradicting) > 0, '处理分别为' || array_to_string(contradicting, '；'), NULL)
        ], lambda t: t IS NOT NULL) AS contradiction,
    CASE
        WHEN masked THEN '姓名已隐去，可能是两个人'
        WHEN no_unit THEN '单位空白，可能是两个人'
        WHEN posts_differ THEN '职务不同或空白，可能是同名的两个人' END AS open_question,
    CASE
        WHEN len(contradiction) = 0 THEN 'clear'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'suspect' END AS verdict,
    {'person': shown, 'row_count': row_count, 'rows': rows, 'contradiction': contradiction, 'open_question': open_question} AS facts
FROM grouped LEFT JOIN tracks USING (respondent_id)
UNION ALL
SELECT case_id, respondent_id, county, NULL, NULL, 'clear', {'person': shown, 'row_count': 1, 'rows': NULL, 'contradiction': NULL, 'open_question': NULL}
FROM named ANTI JOIN likes USING (case_id, name, unit_read)
