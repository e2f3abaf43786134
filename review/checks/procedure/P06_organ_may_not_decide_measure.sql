/*---
id = "P06"
title = "决定主体与问责方式不符"
aspect = "程序"
level = "严重"
unit = "respondent"
reach = "case"
looks_for = "决定机关只写了纪检监察机关、派驻纪检监察组或党的工作机关，而最终处理是停职检查、调整职务、责令辞职、免职、降职，或者对党组织改组。"
why = "组织调整和组织处理由党委、组织部门按干部管理权限决定，纪委和党的工作机关只能提出建议；改组按党章规定的权限和程序办。越权决定，问责决定本身就站不住。"
needs = ["deciding_organ", "measures|measures_organizational|measures_party|measures_administrative|measures_education"]
params = []
message = "{person}的处理是{told}，决定机关写的是“{organ}”。组织调整、组织处理由党委（组织部门）按管理权限决定，疑似决定主体与问责方式不符。"
undetermined = "{person}的决定主体与问责方式是否相符不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第十二条"
version = "2019"
verified = true

[[cleared_by]]
text = "与党委、组织部门或有管理权限的党组联合决定（不适用）"
kind = "fact"

[[cleared_by]]
text = "写的是建议，或者只是调查期间的临时措施：不是最终决定（符合）"
kind = "fact"

[[cleared_by]]
text = "撤销党内职务等纪律处分另有权限规定，不在此列（符合）"
kind = "fact"

[[cleared_by]]
text = "写明经党委批准、同意：由谁名义作出要看决定书（待核）"
kind = "fact"

[[cleared_by]]
text = "决定机关写明不适用、不涉及；不予、免予问责的（不适用）"
kind = "fact"

[[cleared_by]]
text = "派驻纪检监察组有明确授权文件；台账把建议机关填作决定机关"
kind = "text"

[facts]
person = "被问责对象"
told = "组织调整、组织处理"
organ = "决定机关"
measures = "问责方式"
open_question = "不能判断的原因"
---*/
-- Only final measures: proposals and interim measures are not decided by whoever proposes them. Few texts name many organs: each is read once.
WITH organs AS (
    SELECT deciding_organ AS text, organ_kinds(deciding_organ) AS kinds,
        regexp_matches(deciding_organ, '(经|报).{0,14}(批准|同意|研究|审定|审批)|批准机关') AS approved
    FROM (SELECT DISTINCT deciding_organ FROM cases WHERE NOT says_nothing(deciding_organ))
), read AS (
    SELECT *,
        len(list_intersect(kinds, ['discipline', 'stationed', 'party_organ'])) > 0 AS supervisory,
        len(list_intersect(kinds, ['committee', 'committee_head', 'committee_deputy', 'organization_department', 'party_group', 'government'])) > 0 AS managing
    FROM organs
), reserved AS (
    SELECT respondent_id, array_to_string(list_distinct_sorted(list(raw)), '、') AS told
    FROM measures WHERE is_final AND code IN ('suspension', 'post_adjustment', 'ordered_resignation', 'removal', 'demotion', 'org_reorganized') GROUP BY respondent_id
)
SELECT p.case_id, p.respondent_id, p.county,
    CASE
        WHEN r.told IS NULL AND (coalesce(p.measures_complete, false) OR p.band = 0) THEN NULL
        WHEN managing AND NOT supervisory THEN NULL
        WHEN says_nothing(c.deciding_organ) THEN '决定机关空白'
        WHEN len(kinds) = 0 THEN '决定机关“' || c.deciding_organ || '”不能归类'
        WHEN r.told IS NULL THEN '处理空白或不能识别'
        WHEN supervisory AND approved THEN '决定机关写明经批准，以谁的名义决定不明' END AS open_question,
    CASE
        WHEN says_not_applicable(c.deciding_organ) OR p.band = 0 THEN 'exempt'
        WHEN r.told IS NOT NULL AND supervisory AND managing AND NOT approved THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN r.told IS NOT NULL AND supervisory THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': p.shown, 'told': r.told, 'organ': c.deciding_organ, 'measures': p.measures_raw, 'open_question': open_question} AS facts
FROM people p JOIN cases c USING (case_id)
LEFT JOIN read o ON o.text = c.deciding_organ
LEFT JOIN reserved r ON r.respondent_id = p.respondent_id
