/*---
id = "M01"
title = "各县区尺度不一"
aspect = "处理尺度"
level = "严重"
unit = "county"
looks_for = "在同类人员（同一问责情形或领域、同一责任、同一层级职务）中，本县区的处理与其他县区合计相比，相差不像偶然，而且同组两人相比居中的差距达到设定档数。"
why = "错责相当要求同样的责任受到相近的处理；县区之间尺度不一，是评查和社会最关注的问题之一。各县区案件构成不同、人数多少不一，所以只在同类之间比，并按比较次数校正，避免把偶然当成偏差。"
needs = ["county", "responsibility", "unit_post|post_then|post_now", "measures|measures_organizational|measures_party|measures_administrative|measures_education", "circumstance|domain"]
message = "{differences}。情形、责任、职务或处理不明未参加比较的占{unknown_share}。疑似处理尺度不一。"
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
sentence = "同类人员中，本县区和其他县区合计都至少有这么多人才比较。"

[[params]]
name = "min_bands"
default = 2
unit = "档"
label = "最小相差档数"
sentence = "同组两人相比，居中的差距达到这么多档才提示；相差一档不提示。"

[[params]]
name = "max_chance"
default = 0.05
unit = ""
label = "允许的误报率"
sentence = "若各县区尺度其实一致，出现这样差异的机会（已按比较次数校正）不超过它才提示。"

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
-- Numbers come from review/comparison: a stratified rank test of each county against the others, corrected for all comparisons made.
WITH persons AS (
    SELECT county, count(respondent_id) AS n, count(comparable_group) AS known
    FROM (SELECT DISTINCT county FROM cases WHERE county IS NOT NULL) LEFT JOIN comparable_people USING (county) GROUP BY county
), compared AS (
    SELECT county, max(own_n) AS compared, list(told ORDER BY comparable_group NULLS FIRST) AS groups,
        list(told ORDER BY adjusted, comparable_group NULLS FIRST) FILTER (WHERE adjusted <= $max_chance AND abs(shift) >= $min_bands) AS held
    FROM county_differences GROUP BY county
)
SELECT NULL::VARCHAR AS case_id, NULL::VARCHAR AS respondent_id, p.county,
    CASE WHEN compared IS NULL THEN '同类人员在本县区和其他县区没有都达到' || $min_n || '人' END AS open_question,
    CASE
        WHEN n = 0 THEN 'exempt'
        WHEN len(held) > 0 THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'county': p.county, 'differences': array_to_string(held, '；'), 'groups': groups, 'compared': coalesce(compared, 0),
     'unknown_share': if(n > 0, (n - known) || '/' || n, NULL), 'open_question': open_question} AS facts
FROM persons p LEFT JOIN compared USING (county)
