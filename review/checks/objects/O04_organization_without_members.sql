/*---
id = "O04"
title = "问责党组织未同时问责班子成员"
aspect = "问责对象"
level = "严重"
unit = "case"
reach = "case"
looks_for = "案中有党组织受到检查、通报、改组，但没有一名该党组织（单位）的成员被问责。"
why = "对党组织问责的，应当同时对负有责任的领导班子成员问责；只问责集体，责任就落不到人。"
needs = ["name|unit|object_type", "measures|measures_organizational|measures_education"]
params = []
message = "{organizations}受到问责（{measures}），同案没有该党组织的班子成员被问责[，同案人员：{people}]。{listed_text}。疑似问责党组织未同时问责班子成员。"
undetermined = "{organizations}受到问责，班子成员是否同时被问责不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第六条第二款"
version = "2019"
verified = true

[[cleared_by]]
text = "党组织没有受到第八条的问责（只有约谈、建议书，或不予、免予问责）（不适用）"
kind = "fact"

[[cleared_by]]
text = "地方党委被问责而同案是同级政府领导：是否为党委班子成员请核对（待核）"
kind = "fact"

[[cleared_by]]
text = "成员已在另案处理，或此前已因同一事实处理"
kind = "text"

[[cleared_by]]
text = "经审查没有成员负有责任，并有书面说明"
kind = "text"

[facts]
organizations = "被问责党组织"
measures = "问责方式"
people = "同案人员"
open_question = "不能判断的原因"
listed_text = "台账是否完整"
---*/
-- One row a party organisation: members are persons of the same unit, or by their post members of the same local committee.
WITH bodies AS MATERIALIZED (
    SELECT p.*, CASE WHEN organization_band >= 1 THEN 'yes' WHEN measures_complete THEN 'no' WHEN organization_band = 0 THEN 'no' ELSE 'unknown' END AS held,
        coalesce(nullif(regexp_replace(unit_key, '(领导班子|班子|党组|机关党委|党总支|党支部|支部委员会|支部|委员会)$', ''), ''), unit_key) AS body_key,
        regexp_matches(concat(name, '|', unit), '([省市县区州旗盟]委|党工委|[镇乡]党委|街道党委|委员会)(领导班子|班子)?([|]|$)') AS local_committee,
        if(tier = 'village', nullif(regexp_extract(unit_key, '([^省市县区州旗镇乡道]+(村|社区))$', 1), ''), NULL) AS village
    FROM people p WHERE party_body
), members AS (
    SELECT case_id, shown, seq, unit_key, place_key, tier, concat(unit, unit_post_raw) AS told,
        coalesce(nullif(regexp_replace(unit_key, '(党组|机关党委|党总支|党支部|支部)$', ''), ''), unit_key) AS member_key,
        regexp_matches(concat(unit, unit_post_raw, post), '常委|党委委员|党工委委员|党委副书记|党工委副书记|党委书记|党工委书记|[省市县区州旗盟]委(副)?书记') AS committee_post
    FROM people SEMI JOIN bodies USING (case_id) WHERE kind <> 'organization'
), met AS (
    SELECT b.respondent_id,
        coalesce(bool_or(m.member_key = b.body_key OR b.local_committee AND m.committee_post AND m.place_key = b.place_key
            -- a village cadre is told by the village's own name, wherever unit and post were parted
            OR m.tier = 'village' AND contains(m.told, b.village)), false) AS has_member,
        coalesce(bool_or(b.local_committee AND m.place_key = b.place_key AND m.tier = b.tier), false) AS has_neighbour,
        coalesce(bool_or(m.case_id IS NOT NULL AND m.unit_key IS NULL), false) AS has_unplaced
    FROM bodies b LEFT JOIN members m USING (case_id) GROUP BY b.respondent_id
), told AS (
    SELECT b.case_id, b.county, b.listed, b.seq, b.shown, b.measures_raw, CASE
        WHEN b.held = 'no' THEN 'exempt'
        WHEN has_member THEN 'clear'
        WHEN b.held = 'unknown' OR b.unit_key IS NULL OR has_unplaced OR has_neighbour OR b.listed <> 'yes' THEN 'undetermined'
        ELSE 'suspect' END AS verdict,
        CASE
        WHEN b.held = 'unknown' THEN '问责方式空白或不能识别'
        WHEN b.unit_key IS NULL THEN '党组织所属单位不能识别'
        WHEN has_unplaced THEN '同案有人员的单位不能识别'
        WHEN has_neighbour THEN '同案有同一地方的政府等领导，是否为该党委班子成员不明'
        WHEN b.listed <> 'yes' THEN listed_text(b.listed) END AS open_question
    FROM bodies b JOIN met USING (respondent_id)
), per_case AS (
    SELECT case_id, any_value(county) AS county, any_value(listed) AS listed,
        CASE WHEN bool_or(verdict = 'suspect') THEN 'suspect' WHEN bool_or(verdict = 'undetermined') THEN 'undetermined'
            WHEN bool_or(verdict = 'clear') THEN 'clear' ELSE 'exempt' END AS worst,
        list({'verdict': verdict, 'shown': shown, 'measures': measures_raw, 'open': open_question} ORDER BY seq) AS bodies
    FROM told GROUP BY case_id
)
SELECT c.case_id, NULL::VARCHAR AS respondent_id, c.county, worst AS verdict,
    {'organizations': list_transform(found, lambda b: b.shown), 'measures': list_filter(list_transform(found, lambda b: b.measures), lambda t: t IS NOT NULL),
     'people': m.people, 'open_question': found[1].open, 'listed_text': listed_text(c.listed)} AS facts
FROM (SELECT *, list_filter(bodies, lambda b: b.verdict = worst) AS found FROM per_case) c
LEFT JOIN (SELECT case_id, list(shown ORDER BY seq) AS people FROM members GROUP BY case_id) m USING (case_id)
