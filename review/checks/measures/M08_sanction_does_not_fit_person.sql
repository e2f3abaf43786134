/*---
id = "M08"
title = "处分种类与身份不符"
aspect = "处理尺度"
level = "严重"
unit = "respondent"
reach = "case"
looks_for = "非中共党员受党纪处分，或者不是公职人员的人受政务处分。"
why = "党纪处分只适用于党组织和党员，政务处分只适用于公职人员；种类与身份不符的处分没有依据。"
needs = ["politics|identity", "measures|measures_party|measures_administrative"]
params = []
message = "{person}{fault}，疑似处分种类与身份不符。"
undetermined = "{person}的处分种类与身份是否相符不能判断：{open_question}。"

[[basis]]
law = "中国共产党纪律处分条例"
article = "第六条（适用于党组织和党员，条文待核对）"
version = "2023"
verified = false

[[basis]]
law = "公职人员政务处分法"
article = "第二条（适用于公职人员，条文待核对）"
version = "2020"
verified = false

[[cleared_by]]
text = "同一案中开除党籍、除名的，政治面貌一栏写的是处理以后的情况（不适用）"
kind = "fact"

[[cleared_by]]
text = "村（社区）干部、国有企业等人员是否从事管理、算不算公职人员要看具体工作（不适用）"
kind = "fact"

[[cleared_by]]
text = "没有受党纪处分或政务处分，或对象是党组织（不适用）"
kind = "fact"

[[cleared_by]]
text = "政治面貌写的是现在的情况，行为当时是党员；或填写错误"
kind = "text"

[facts]
person = "被问责人员"
fault = "问题"
politics = "政治面貌"
identity = "人员身份"
party = "党纪处分"
administrative = "政务处分"
measures = "处理原文"
open_question = "不能判断的原因"
---*/
-- Who holds a post in an office of a province, city, county or township is a 公职人员 by that post; in a village or an enterprise that
-- depends on the work. A cell that names the identity goes before the post.
WITH sanctions AS (
    SELECT respondent_id,
        list_distinct_sorted(list(label) FILTER (WHERE track = 'party' AND is_final AND band BETWEEN 4 AND 9 AND code <> 'struck_off')) AS party,
        list_distinct_sorted(list(label) FILTER (WHERE track = 'administrative' AND is_final AND band BETWEEN 4 AND 9)) AS administrative,
        bool_or(code IN ('party_expulsion', 'struck_off', 'probationary_cancelled')) AS left_party,
        bool_or(track = 'unspecified') AS track_missing
    FROM measures JOIN measure_list USING (code) GROUP BY respondent_id
), seen AS (
    SELECT p.respondent_id, p.case_id, p.county, p.kind, p.shown, p.measures_raw, p.measures_complete, p.politics, p.politics_raw, p.identity,
        coalesce(len(s.party), 0) > 0 AS has_party, coalesce(len(s.administrative), 0) > 0 AS has_administrative, s.party, s.administrative,
        coalesce(s.left_party, false) AS left_party, coalesce(s.track_missing, false) AS track_missing,
        CASE WHEN NOT has_administrative THEN NULL
            WHEN NOT says_nothing(p.identity) THEN coalesce(identity_kind(p.identity), 'unknown')
            WHEN p.tier IN ('village', 'enterprise', 'other') THEN 'depends'
            WHEN p.tier IN ('province', 'city', 'county', 'township') AND p.role IN ('head', 'deputy', 'board', 'middle', 'staff') THEN 'public'
            ELSE 'unknown' END AS service
    FROM people p LEFT JOIN sanctions s ON s.respondent_id = p.respondent_id
)
SELECT case_id, respondent_id, county,
    has_party AND politics = 'non_party' AND NOT left_party AS wrong_party,
    has_administrative AND service = 'private' AS wrong_administrative,
    CASE
        WHEN says_nothing(measures_raw) THEN '处理方式空白'
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN measures_complete IS DISTINCT FROM true THEN '“' || measures_raw || '”有部分不能识别'
        WHEN track_missing THEN '“' || measures_raw || '”没有写明是党纪还是政务'
        WHEN has_party AND politics IS NULL THEN if(says_nothing(politics_raw), '政治面貌空白', '政治面貌“' || politics_raw || '”不能识别') || '，而受' || array_to_string(party, '、')
        WHEN has_administrative AND service = 'unknown' THEN if(says_nothing(identity), '人员身份空白，职务看不出是否公职人员', '人员身份“' || identity || '”看不出是否公职人员')
            || '，而受' || array_to_string(administrative, '、') END AS open_question,
    CASE
        WHEN kind = 'organization' OR says_not_applicable(measures_raw) THEN 'exempt'
        WHEN kind = 'person' AND (wrong_party OR wrong_administrative) THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN NOT has_party AND NOT has_administrative THEN 'exempt'
        WHEN has_party AND politics = 'non_party' OR has_administrative AND service = 'depends' AND NOT has_party THEN 'exempt'
        ELSE 'clear' END AS verdict,
    {'person': shown,
     'fault': concat_ws('，', if(wrong_party, '政治面貌为“' || politics_raw || '”，不是中共党员，而受党纪处分（' || array_to_string(party, '、') || '）', NULL),
        if(wrong_administrative, '人员身份为“' || identity || '”，不是公职人员，而受政务处分（' || array_to_string(administrative, '、') || '）', NULL)),
     'politics': politics_raw, 'identity': identity, 'party': party, 'administrative': administrative, 'measures': measures_raw,
     'open_question': open_question} AS facts
FROM seen
