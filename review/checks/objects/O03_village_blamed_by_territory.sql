/*---
id = "O03"
title = "以“属地管理”问责村级"
aspect = "问责对象"
level = "严重"
unit = "respondent"
reach = "case"
looks_for = "被问责的是村（社区）干部或村级人员，而事由涉及执法、审批、监管等须由法定机关行使的权力，或以“属地管理”为由。"
why = "村（社区）没有行政执法权和审批权，权责应当一致；以属地管理为由问责村级，是评查中多次被纠正的问题。"
needs = ["unit_post|post_then|post_now|unit|name", "title|reason|domain"]
params = []
message = "{person}属村（社区）人员，案件{where}涉及“{word}”：{case_text}。该项权力或监管职责不在村级，疑似以属地管理为由问责基层。"
undetermined = "{person}属村（社区）人员，是否因无权事项被问责不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第六条第三款"
version = "2019"
verified = true

[[basis]]
law = "中国共产党问责条例"
article = "第三条"
version = "2019"
verified = true

[[cleared_by]]
text = "事由是村自己的事（三资、低保名单、村级工程、党务等），且不涉及执法监管（符合）"
kind = "fact"

[[cleared_by]]
text = "事由或备注写明已书面委托执法（不适用）"
kind = "fact"

[[cleared_by]]
text = "本人的岗位就是该项巡护、保洁（护河员、护林员等）：待核"
kind = "fact"

[[cleared_by]]
text = "村干部本人参与、隐瞒或阻挠，超出了属地管理"
kind = "text"

[facts]
person = "被问责人员"
where = "出处"
word = "涉及的权力"
case_text = "案件内容"
domain = "领域"
village_matter = "村级自管事项"
open_question = "不能判断的原因"
---*/
WITH matter AS (
    SELECT c.case_id, c.domain, d.licensed_power, c.title IS NULL AND c.reason IS NULL AS no_text,
        licensed_word(text) AS word, village_own_word(text) AS own_word, regexp_matches(text, '委托执法|执法委托|受委托行使|委托书') AS delegated,
        left(coalesce(c.reason, c.title), 60) AS case_text
    FROM (SELECT *, concat(title, '。', reason) AS text FROM cases) c LEFT JOIN domain_list d USING (domain)
    SEMI JOIN (SELECT case_id FROM people WHERE tier = 'village' AND kind <> 'organization') v ON v.case_id = c.case_id
)
SELECT p.case_id, p.respondent_id, p.county,
    CASE
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN no_text AND domain IS NULL THEN '案件名称、事由和领域都空白'
        WHEN (word IS NOT NULL OR licensed_power) AND own_word IS NOT NULL THEN '既涉及“' || coalesce(word, domain) || '”，又涉及村级自管的“' || own_word || '”'
        WHEN (word IS NOT NULL OR licensed_power) AND own_duty_posts_word(concat(unit_post_raw, post)) IS NOT NULL
            THEN '本人岗位是' || own_duty_posts_word(concat(unit_post_raw, post)) || '，可能是未尽本职' END AS open_question,
    CASE
        WHEN delegated OR coalesce(regexp_matches(note, '委托执法|执法委托|受委托行使'), false) THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN word IS NOT NULL OR licensed_power THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'where': if(word IS NOT NULL, '名称或事由', '领域'), 'word': coalesce(word, domain), 'case_text': coalesce(case_text, domain),
     'domain': domain, 'village_matter': own_word, 'open_question': open_question} AS facts
FROM people p JOIN matter m USING (case_id)
WHERE p.tier = 'village' AND p.kind <> 'organization'
