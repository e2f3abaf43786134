/*---
id = "M01"
title = "各县区尺度不一"
aspect = "处理尺度"
level = "严重"
unit = "county"
looks_for = "在同类人员（同一问责情形或领域、同一责任、同一层级职务）中，本县区处理档次的中位数与其他县区合计相差达到设定档数。"
why = "错责相当要求同样的责任受到相近的处理；县区之间尺度不一，是评查和社会最关注的问题之一。这里只比中位数，样本误差和多重比较的校正另行计算，结论以集体会商为准。"
needs = ["county", "responsibility", "unit_post|post_then|post_now", "measures|measures_organizational|measures_party|measures_administrative|measures_education", "circumstance|domain"]
message = "{county}与其他县区相比：{differences}。可比{compared}人，情形、责任、职务或处理不明未参加比较的占{unknown_share}。疑似处理尺度不一（中位数之差，未作统计校正）。"
undetermined = "{county}的处理尺度不足以比较：{open_question}；情形、责任、职务或处理不明的占{unknown_share}。"

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
name = "min_n"
default = 5
unit = "人"
label = "每县区最少人数"
sentence = "一个可比组中，本县区和其他县区合计都至少有这么多人才比较。"

[[params]]
name = "min_bands"
default = 2
unit = "档"
label = "最小相差档数"
sentence = "中位数相差达到这么多档才提示；相差一档不提示。"

[[cleared_by]]
text = "不予、免予问责的人员不参加比较；全县只有不予、免予或组织问责的（不适用）"
kind = "fact"

[[cleared_by]]
text = "事实、损失、从轻从重情节不同"
kind = "text"

[[cleared_by]]
text = "本县区的人员多出自同一个大案，或只有上级移交的重案"
kind = "text"

[facts]
county = "县区"
differences = "差异"
groups = "可比组"
compared = "参加比较人数"
unknown_share = "不明占比"
open_question = "不能判断的原因"
---*/
-- Numbers come from the views of review/comparison: medians from counts, each county against all others together.
WITH persons AS (
    SELECT county, count(respondent_id) AS n, count(comparable_group) AS known
    FROM (SELECT DISTINCT county FROM cases WHERE county IS NOT NULL) LEFT JOIN comparable_people USING (county) GROUP BY county
), groups AS (
    SELECT *, abs(own_median - others_median) AS gap,
        comparable_group || '：本县区' || own_n || '人、中位' || regexp_replace(own_median::VARCHAR, '\.0+$', '') || '档，其他县区' || others_n || '人、中位'
            || regexp_replace(others_median::VARCHAR, '\.0+$', '') || '档' AS told
    FROM county_medians WHERE own_n >= $min_n AND others_n >= $min_n
), compared AS (
    SELECT county, sum(own_n)::BIGINT AS compared, list(told ORDER BY comparable_group) AS groups,
        list(told || if(own_median > others_median, '（偏重）', '（偏轻）') ORDER BY gap DESC, comparable_group) FILTER (WHERE gap >= $min_bands) AS differences
    FROM groups GROUP BY county
)
SELECT NULL::VARCHAR AS case_id, NULL::VARCHAR AS respondent_id, p.county,
    CASE WHEN compared IS NULL THEN '没有一个可比组在本县区和其他县区都达到' || $min_n || '人' END AS open_question,
    CASE
        WHEN n = 0 THEN 'exempt'
        WHEN len(differences) > 0 THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'county': p.county, 'differences': differences, 'groups': groups, 'compared': coalesce(compared, 0),
     'unknown_share': if(n > 0, (n - known) || '/' || n, NULL), 'open_question': open_question} AS facts
FROM persons p LEFT JOIN compared USING (county)
