/*---
id = "R04"
title = "主要负责人被定为重要领导责任"
aspect = "责任区分"
level = "提示"
unit = "respondent"
reach = "case"
looks_for = "依据是问责条例，职务是单位的主要负责人（书记、主任、局长、镇长等），责任却写为重要领导责任。"
why = "问责条例规定领导班子主要负责人和直接主管的班子成员承担主要领导责任，参与决策和工作的班子成员才承担重要领导责任；主要负责人写成重要领导责任，责任就降了一等。"
needs = ["responsibility", "unit_post|post_then|post_now"]
params = []
message = "{person}是主要负责人，责任写为“{responsibility}”，依据写的是“{legal_basis}”。问责条例规定主要负责人承担主要领导责任，疑似责任定低。"
undetermined = "{person}的责任写为“{responsibility}”，是否定低不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第六条第一款"
version = "2019"
verified = true

[[cleared_by]]
text = "依据是纪律处分条例、政务处分法、监察法或其他规定：没有主管该项工作的主要负责人可以是重要领导责任（不适用）"
kind = "fact"

[[cleared_by]]
text = "职务写明主持工作、代理（不适用）"
kind = "fact"

[[cleared_by]]
text = "党政分设，同案同一单位的另一名正职承担主要领导责任（不适用）"
kind = "fact"

[[cleared_by]]
text = "对象是党组织或单位；责任写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "依据同时引用纪律处分条例，责任可能按该条例划分（待核）"
kind = "fact"

[[cleared_by]]
text = "村（社区）书记：按本村班子还是按上级班子划分责任，要看决定书（待核）"
kind = "fact"

[[cleared_by]]
text = "该事项由另案处理的另一名主要负责人负责"
kind = "text"

[[cleared_by]]
text = "台账写的是现任职务，问题发生时的职务与此不同：请看任免表"
kind = "text"

[facts]
person = "被问责人员"
responsibility = "责任原文"
legal_basis = "问责依据"
other_heads = "同单位其他正职"
open_question = "不能判断的原因"
---*/
-- Secretary and mayor of one place are both its heads: their unit is the place without 党委 or 政府.
WITH heads AS (
    SELECT case_id, respondent_id, responsibility, shown, seq, regexp_replace(unit_key, '(党委|政府)$', '') AS body
    FROM people WHERE kind = 'person' AND role = 'head' AND responsibility IN ('important_leadership', 'primary_leadership', 'unknown')
), others AS (
    SELECT h.respondent_id, list(o.shown ORDER BY o.seq) AS other_heads, bool_or(o.responsibility = 'primary_leadership') AS led_by_other,
        bool_or(o.responsibility = 'unknown') AS open
    FROM heads h JOIN heads o ON o.case_id = h.case_id AND o.body = h.body AND o.respondent_id <> h.respondent_id
    WHERE h.responsibility = 'important_leadership' GROUP BY h.respondent_id
), read AS (
    SELECT p.*, o.other_heads, coalesce(o.led_by_other, false) AS led_by_other, coalesce(o.open, false) AS open_head,
        role = 'village_cadre' AND regexp_matches(concat(unit_post_raw, post), '书记') AND NOT regexp_matches(concat(unit_post_raw, post), '副书记') AS village_secretary
    FROM people p LEFT JOIN others o USING (respondent_id)
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN responsibility = 'unknown' THEN if(responsibility_raw IS NULL, '责任类型空白', '责任不能归到一种')
        WHEN responsibility <> 'important_leadership' THEN NULL
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN role = 'unknown' THEN '是不是主要负责人不明'
        WHEN village_secretary THEN '是村（社区）书记，按哪一级班子划分责任不明'
        WHEN role <> 'head' THEN NULL
        WHEN legal_basis IS NULL THEN '问责依据空白或不能识别'
        WHEN regexp_matches(legal_basis_raw, '纪律处分|党纪处分') THEN '依据同时引用纪律处分条例'
        WHEN open_head THEN '同单位另一名正职的责任不明' END AS open_question,
    CASE
        WHEN kind = 'organization' OR legal_basis <> 'accountability' OR says_not_applicable(responsibility_raw) THEN 'exempt'
        WHEN responsibility = 'important_leadership' AND (acting_head OR led_by_other) THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN responsibility = 'important_leadership' AND role = 'head' THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'responsibility': coalesce(responsibility_raw, responsibility_label(responsibility)), 'legal_basis': legal_basis_raw,
     'other_heads': other_heads, 'open_question': open_question} AS facts
FROM read
