/*---
id = "Z01"
title = "失职失责事实过于简略"
aspect = "数据质量"
level = "提示"
unit = "case"
looks_for = "台账写了事由，但短得看不出谁在什么事上失职失责。"
why = "事由是评查的起点；只写“履职不力”四个字，责任区分和处理尺度都无从比较。"
needs = ["reason"]
message = "{title}的事由只有{length}个字（“{reason}”），疑似事实写得过于简略。"
undetermined = "{title}没有写事由，是否过于简略不能判断。"

[[params]]
name = "least"
default = 15
unit = "字"
label = "最少字数"
sentence = "事由少于这么多字的提示；标点不计。"

[[basis]]
law = "中国共产党问责条例"
article = "第十条"
version = "2019"
verified = false

[[cleared_by]]
text = "调查报告写明了事实，台账只是摘要"
kind = "text"

[facts]
title = "案件"
reason = "事由"
length = "字数"
---*/
WITH told AS (
    SELECT case_id, county, coalesce(title, case_key) AS title, reason, length(regexp_replace(reason, '[，。；、：\s]', '', 'g')) AS length
    FROM cases
)
SELECT case_id, NULL::VARCHAR AS respondent_id, county,
    CASE
        WHEN says_not_applicable(reason) THEN 'exempt'
        WHEN says_nothing(reason) THEN 'undetermined'
        WHEN length < $least THEN 'suspect'
        ELSE 'clear'
    END AS verdict,
    {'title': title, 'reason': reason, 'length': length} AS facts
FROM told
