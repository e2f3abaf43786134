/*---
id = "O02"
title = "问责对象不适用问责条例"
aspect = "问责对象"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "依据写的是问责条例，而对象是科员、一般工作人员等非领导人员，或者是非中共党员。"
why = "问责条例的对象是党组织和党的领导干部；一般干部的违纪应适用纪律处分条例，非党员适用监察法、公职人员政务处分法。混在一起会使问责泛化。"
needs = ["legal_basis", "unit_post|post_then|post_now|rank|politics"]
params = []
message = "{person}{fault}，依据写的是“{legal_basis}”。问责条例的对象是党组织和党的领导干部，疑似适用对象错误。"
undetermined = "{person}是否属于问责条例的对象不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第五条"
version = "2019"
verified = true

[[cleared_by]]
text = "依据是纪律处分条例、政务处分法、监察法或单位自己的责任追究办法（不适用）"
kind = "fact"

[[cleared_by]]
text = "对象是组织（不适用）；是否为党组织由其他检查看"
kind = "fact"

[[cleared_by]]
text = "主持工作的非领导人员；村（社区）党组织书记；有领导职务的职级公务员（符合）"
kind = "fact"

[[cleared_by]]
text = "台账没有政治面貌一栏的，只按职务判断；列为符合不等于核对过党员身份，请看干部任免表"
kind = "text"

[[cleared_by]]
text = "其他村（社区）两委成员是否为党的领导干部要看具体职责（待核）"
kind = "text"

[[cleared_by]]
text = "台账写的是现任职务，问题发生时的职务与此不同：请看任免表"
kind = "text"

[facts]
person = "被问责人员"
fault = "为什么不适用"
legal_basis = "问责依据"
politics = "政治面貌"
rank = "职级"
open_question = "不能判断的原因"
---*/
WITH read AS (
    SELECT p.*, f.has_politics,
        regexp_matches(concat(unit_post_raw, post), '书记') AND NOT regexp_matches(concat(unit_post_raw, post), '副书记') AS secretary,
        regexp_matches(concat(unit_post_raw, post), '书记|党组|党委|常委|党工委|纪委|党总支|党支部') AS party_post
    FROM people p JOIN sheet_fields f USING (import_id, sheet)
), judged AS (
    SELECT *, CASE
        WHEN acting_head OR (tier = 'village' AND secretary) THEN 'yes'
        WHEN leader = 'yes' THEN 'yes'
        WHEN tier = 'village' AND role = 'village_cadre' THEN 'unknown'
        -- 村干部 tells no post: the secretary of a village leads its party organisation.
        WHEN role = 'unknown' AND rank = 'village_cadre' THEN 'unknown'
        WHEN role = 'staff' OR role = 'middle' AND rank_order < 40 OR role = 'unknown' AND rank_order < 30 THEN 'no'
        -- The secretary of a body that is not told may lead the party organisation of a village.
        WHEN leader = 'no' AND role IN ('head', 'deputy', 'board') AND tier = 'unknown' THEN 'unknown'
        WHEN leader = 'no' AND role NOT IN ('middle', 'unknown') THEN 'no'
        ELSE 'unknown' END AS led
    FROM read
)
SELECT case_id, respondent_id, county,
    CASE politics WHEN 'party' THEN '中共党员' WHEN 'probationary' THEN '中共预备党员' WHEN 'non_party' THEN '非中共党员' END AS politics_word,
        CASE WHEN politics = 'non_party' THEN '不是中共党员' WHEN led = 'no' THEN '不是党的领导干部' END AS fault,
    CASE
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN legal_basis IS NULL AND (fault IS NOT NULL OR led = 'unknown') THEN '问责依据空白或不能识别'
        WHEN led = 'unknown' THEN '是否为党的领导干部不明'
        WHEN politics IS NULL AND has_politics AND NOT party_post THEN '政治面貌空白' END AS open_question,
    CASE
        WHEN kind = 'organization' OR legal_basis <> 'accountability' OR says_not_applicable(legal_basis_raw) THEN 'exempt'
        WHEN fault IS NOT NULL AND legal_basis = 'accountability' AND kind = 'person' THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'fault': fault, 'legal_basis': legal_basis_raw, 'politics': politics_word, 'rank': rank_raw, 'open_question': open_question} AS facts
FROM judged
