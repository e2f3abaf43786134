/*---
id = "P02"
title = "启动审批层级不足"
aspect = "程序"
level = "严重"
unit = "case"
reach = "case"
looks_for = "纪检监察机关、派驻机构或党的工作机关启动问责，对象是同级党委直接领导的党组织（乡镇党委、街道党工委、部门党组）或其主要负责人，而审批人写明不是同级党委主要负责人。"
why = "对同级党委直接领导的党组织及其主要负责人启动问责，应当报同级党委主要负责人批准；只由纪委书记或分管领导批准，启动的层级就不够。"
needs = ["approver"]
params = []
message = "{handler}对{objects}启动问责，审批人写的是“{approver}”，不是同级党委主要负责人[（{mark}）]，疑似启动审批层级不足。"
undetermined = "本案启动审批的层级是否足够不能判断：{open_question}[（审批人写的是“{approver}”）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第九条"
version = "2019"
verified = true

[[cleared_by]]
text = "已立案审查，不再另行启动问责调查（不适用）"
kind = "fact"

[[cleared_by]]
text = "由党委、党组自己启动，或者由更高一级机关启动（不适用）"
kind = "fact"

[[cleared_by]]
text = "对象不是同级党委直接领导的党组织或其主要负责人；审批人写明不适用（不适用）"
kind = "fact"

[[cleared_by]]
text = "审批人是同级以上党委主要负责人，不论由谁启动（符合）"
kind = "fact"

[[cleared_by]]
text = "审批人只写姓名，看不出职务（待核）"
kind = "fact"

[[cleared_by]]
text = "部门只写局长、主任，是否兼任党组书记不明（待核）"
kind = "fact"

[[cleared_by]]
text = "另有向党委主要负责人请示的报告和批示：请看卷宗"
kind = "text"

[facts]
objects = "党组织或其主要负责人"
handler = "承办单位"
approver = "审批人"
mark = "条文核对"
filing = "是否立案"
open_question = "不能判断的原因"
---*/
-- led_from: level of the committee that leads the object directly; bureau: a 党组 or 党委 of a department and its secretary (条文待核对);
-- sure: the post tells that this is the head of the party organisation. A county's own 党委 is led by the city's.
WITH objects AS (
    SELECT case_id, shown, seq, tier,
        tier = 'county' AND NOT regexp_matches(unit_key, '^[^局委办院会]*党委$') OR tier = 'city' AS bureau,
        kind = 'organization' OR regexp_matches(post, '党委书记|党工委书记|工委书记|党组书记') OR unit_key LIKE '%党委' AND regexp_matches(post, '书记') AS sure,
        CASE WHEN tier = 'township' THEN 'county' WHEN tier = 'city' THEN 'city' WHEN tier = 'county' THEN if(bureau, 'county', 'city') END AS led_from
    FROM people
    WHERE tier IN ('township', 'county', 'city')
        AND (kind = 'organization' AND regexp_matches(concat(name, '|', unit), '党组|党委|党工委|街道工委|[县区旗乡镇]委([|]|$)')
                AND NOT regexp_matches(concat(name, '|', unit), '纪委|支部|总支|机关党委|党委办|党委政法')
            OR kind = 'person' AND role = 'head' AND NOT is_deputy_post
                AND (regexp_matches(post, '书记') AND NOT regexp_matches(post, '纪委书记|支部书记|总支书记|政法委书记') OR tier <> 'township' AND NOT unit_key LIKE '%政府' AND regexp_matches(post, '局长|主任|部长|院长')))
), handlers AS (
    SELECT handling_unit AS text, organ_kinds(handling_unit) AS kinds,
        CASE WHEN regexp_matches(handling_unit, '省|自治区') THEN 'province' WHEN regexp_matches(handling_unit, '[县区旗]') THEN 'county'
            WHEN regexp_matches(handling_unit, '[镇乡]|街道') THEN 'township' END AS told_level
    FROM (SELECT DISTINCT handling_unit FROM cases WHERE NOT says_nothing(handling_unit))
), approvers AS (
    SELECT approver AS text, organ_kinds(approver) AS kinds,
        len(list_intersect(kinds, ['committee', 'committee_head'])) > 0 AS high,
        len(list_intersect(kinds, ['discipline', 'stationed', 'party_organ', 'organization_department', 'committee_deputy', 'government'])) > 0 AS low,
        regexp_matches(approver, '[镇乡]|街道') AS of_town, regexp_matches(approver, '[县区旗]委') AND NOT regexp_matches(approver, '[省市州盟]委|自治区') AS of_county
    FROM (SELECT DISTINCT approver FROM cases WHERE NOT says_nothing(approver))
), started AS (
    SELECT c.case_id, h.kinds AS handler_kinds,
        len(list_intersect(h.kinds, ['discipline', 'stationed', 'party_organ'])) > 0 AS by_supervisors,
        coalesce(if(c.admin_level IN ('province', 'city', 'county', 'township'), c.admin_level, NULL), h.told_level) AS level
    FROM cases c LEFT JOIN handlers h ON h.text = c.handling_unit
), placed AS (
    SELECT o.*, CASE WHEN s.level IS NULL THEN 'unknown' WHEN s.level = o.led_from THEN 'same'
        WHEN tier_order(s.level) > tier_order(o.led_from) THEN 'higher' ELSE 'lower' END AS started_from
    FROM objects o JOIN started s USING (case_id)
), told AS (
    SELECT case_id, list(shown ORDER BY seq) FILTER (WHERE sure AND started_from = 'same') AS objects, bool_and(started_from = 'higher') AS all_higher,
        bool_and(bureau) FILTER (WHERE sure AND started_from = 'same') AS bureau_only, bool_or(started_from = 'unknown') AS level_open, bool_or(started_from = 'lower') AS lower_start,
        bool_or(sure AND led_from = 'city') AS from_city
    FROM placed GROUP BY case_id
)
SELECT c.case_id, NULL::VARCHAR AS respondent_id, c.county,
    CASE
        WHEN says_nothing(c.approver) THEN '审批人空白'
        WHEN a.high AND (of_town OR of_county AND from_city) THEN '审批人是不是同级党委主要负责人不明'
        -- High enough whoever started it.
        WHEN a.high THEN NULL
        WHEN says_nothing(c.handling_unit) THEN '由谁启动不明'
        WHEN len(s.handler_kinds) = 0 THEN '承办单位“' || c.handling_unit || '”不能归类'
        WHEN NOT a.low THEN '审批人的职务不明'
        WHEN len(objects) > 0 THEN NULL
        WHEN level_open THEN '承办单位是哪一级不明'
        WHEN lower_start THEN '承办单位的层级低于对象的上级党委'
        ELSE '对象是不是党组织的主要负责人不明' END AS open_question,
    CASE
        WHEN f.state = 'done' OR says_not_applicable(c.approver) OR t.case_id IS NULL OR all_higher THEN 'exempt'
        WHEN len(s.handler_kinds) > 0 AND NOT s.by_supervisors THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN a.high THEN 'clear'
        ELSE 'suspect' END AS verdict,
    {'objects': objects, 'handler': c.handling_unit, 'approver': c.approver,
     'mark': if(bureau_only, '部门党组及其书记是否属于同级党委直接领导的党组织，条文待核对', NULL), 'filing': status_label(f.state), 'open_question': open_question} AS facts
FROM cases c JOIN started s USING (case_id)
LEFT JOIN told t ON t.case_id = c.case_id
LEFT JOIN approvers a ON a.text = c.approver
LEFT JOIN case_steps f ON f.case_id = c.case_id AND f.step = 'filing'
