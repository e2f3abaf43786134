/*---
id = "D05"
title = "处分表述不完整或列错位"
aspect = "数据质量"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "“警告处分”没有写党内还是政务，“组织处理”“给予相应处理”没有写哪一种，或问责情形一栏填的是处理方式。"
why = "处理种类写不全，影响期、档次和条款都无法确定；列错位会使统计张冠李戴。只提示，不改动原文。"
needs = ["measures|measures_organizational|measures_party|measures_administrative|measures_education|circumstance"]
params = []
message = "{person}：{fault}，疑似处分表述不完整或列错位。"
undetermined = "{person}的处理“{measures}”有部分不能识别，是否完整不能判断。"

[[basis]]
law = "中国共产党问责条例"
article = "第八条"
version = "2019"
verified = true

[[cleared_by]]
text = "处理一栏写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "一人同时受党纪和政务处分、用错字但能识别的（符合）"
kind = "fact"

[[cleared_by]]
text = "决定文书写明了种类，台账只是简写"
kind = "text"

[facts]
person = "被问责对象"
fault = "问题"
measures = "处理原文"
circumstance = "问责情形原文"
---*/
-- A misplaced circumstance is the case's: it is told once, on its first respondent.
WITH parsed AS (
    SELECT respondent_id, count(*) AS n, list(raw ORDER BY seq) FILTER (WHERE track = 'unspecified' AND is_final) AS unspecified
    FROM measures GROUP BY respondent_id
)
SELECT p.case_id, p.respondent_id, p.county,
    nullif(concat_ws('；',
        CASE WHEN len(m.unspecified) > 0 THEN '“' || array_to_string(m.unspecified, '、') || '”没有写明党内还是政务' END,
        CASE WHEN m.n IS NULL AND measures_complete IS DISTINCT FROM true THEN if(regexp_matches(measures_raw,
            '^[，,、\s]*(给予|予以|作出|进行)?(相应的?|有关|严肃)?(组织处理|组织调整|组织措施|党政纪处分|党纪政务处分|党纪处分|政务处分|纪律处分|处分|处理)[。，,、\s]*$'),
            '“' || measures_raw || '”没有写明是哪一种', NULL) END,
        CASE WHEN p.seq = 1 AND c.circumstance IS NULL AND c.circumstance_raw IS NOT NULL THEN if(
            measure_word(c.circumstance_raw) IS NOT NULL, '问责情形一栏写的是处理方式“' || c.circumstance_raw || '”', NULL) END), '') AS fault,
    CASE
        WHEN fault IS NOT NULL THEN 'suspect'
        WHEN says_not_applicable(measures_raw) THEN 'exempt'
        WHEN measures_complete = false AND NOT says_nothing(measures_raw) THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'fault': fault, 'measures': measures_raw, 'circumstance': c.circumstance_raw} AS facts
FROM people p
JOIN cases c USING (case_id)
LEFT JOIN parsed m USING (respondent_id)
WHERE NOT says_nothing(measures_raw) OR c.circumstance_raw IS NOT NULL
