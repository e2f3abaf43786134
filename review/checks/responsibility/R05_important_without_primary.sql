/*---
id = "R05"
title = "有重要领导责任而无主要领导责任"
aspect = "责任区分"
level = "提示"
unit = "case"
reach = "case"
looks_for = "案中有人承担重要领导责任，而没有任何人承担主要领导责任，且所有人的责任都已写明。"
why = "主要负责人和直接主管的成员承担主要领导责任，参与决策的成员才是重要领导责任；只有重要没有主要，可能漏了主责的人。"
needs = ["responsibility"]
params = []
message = "本案{important}承担重要领导责任，没有人承担主要领导责任。{listed_text}。疑似遗漏承担主要领导责任的人。"
undetermined = "本案没有已知的主要领导责任人，是否遗漏不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第六条第一款"
version = "2019"
verified = true

[[cleared_by]]
text = "案中另有人依第十七条不予或免予问责，可能就是承担主要领导责任的人（不适用）"
kind = "fact"

[[cleared_by]]
text = "承担主要领导责任的人已去世、此前已处理，或由更高一级处理"
kind = "text"

[facts]
important = "重要领导责任人"
undivided = "责任不明或未区分的人员"
spared = "不予、免予问责人员"
open_question = "不能判断的原因"
listed_text = "台账是否完整"
---*/
-- An undivided 领导责任 may be the missing 主要领导责任, a blank one anything.
WITH seen AS (
    SELECT case_id, any_value(county) AS county, any_value(listed) AS listed,
        list(shown ORDER BY seq) FILTER (WHERE responsibility = 'important_leadership') AS important,
        list(shown ORDER BY seq) FILTER (WHERE responsibility IN ('unknown', 'undifferentiated_leadership')) AS undivided,
        list(shown ORDER BY seq) FILTER (WHERE responsibility <> 'important_leadership' AND (band = 0 OR exempt_clause IS NOT NULL
            AND NOT says_nothing(exempt_clause) AND NOT says_not_applicable(exempt_clause))) AS spared,
        bool_or(responsibility = 'primary_leadership') AS has_primary
    FROM people WHERE kind <> 'organization' GROUP BY case_id
)
SELECT case_id, NULL::VARCHAR AS respondent_id, county,
    CASE
        WHEN len(undivided) > 0 THEN array_to_string(undivided[1:5], '、') || '的责任空白、不能识别或未区分'
        WHEN len(important) > 0 AND listed <> 'yes' THEN listed_text(listed) END AS open_question,
    CASE
        WHEN has_primary THEN 'clear'
        WHEN len(important) > 0 AND len(spared) > 0 THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN len(important) > 0 THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'important': important, 'undivided': undivided, 'spared': spared, 'open_question': open_question, 'listed_text': listed_text(listed)} AS facts
FROM seen
