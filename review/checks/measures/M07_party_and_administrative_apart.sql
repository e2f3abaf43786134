/*---
id = "M07"
title = "党纪政务处分明显不匹配"
aspect = "处理尺度"
level = "提示"
unit = "respondent"
reach = "case"
looks_for = "同一人既受党纪处分又受政务处分，两者相差达到设定档数，如撤销党内职务而只给政务警告。"
why = "对同一事实的党纪处分和政务处分应当轻重相匹配；相差悬殊的，往往有一种处分过轻、过重或登记有误。"
needs = ["measures|measures_party|measures_administrative"]
message = "{person}的党纪处分为{party}（第{party_band}档），政务处分为{administrative}（第{administrative_band}档），相差{gap}档，疑似党纪政务处分不匹配。"
undetermined = "{person}的党纪处分和政务处分是否匹配不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第三条"
version = "2019"
verified = true

[[basis]]
law = "公职人员政务处分法"
article = "第七条、第八条（党纪政务相匹配的具体条文待核对）"
version = "2020"
verified = false

[[params]]
name = "min_gap"
default = 3
unit = "档"
label = "最小相差档数"
sentence = "党纪处分与政务处分相差达到这么多档才提示。"

[[cleared_by]]
text = "只受党纪处分或只受政务处分（不适用）"
kind = "fact"

[[cleared_by]]
text = "对象是党组织或单位；处理写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "没有党内职务，应当撤销党内职务的改为党内严重警告，政务给予撤职：相差两档，不提示（符合）"
kind = "fact"

[[cleared_by]]
text = "两种处分针对不同的事实，或由不同机关在不同时间作出"
kind = "text"

[facts]
person = "被问责人员"
party = "党纪处分"
party_band = "党纪处分档次"
administrative = "政务处分"
administrative_band = "政务处分档次"
gap = "相差档数"
measures = "处理原文"
open_question = "不能判断的原因"
---*/
-- Heaviest final sanction of each track. A sanction without its track, or one only proposed, may belong to either.
WITH tracks AS (
    SELECT respondent_id,
        max(band) FILTER (WHERE track = 'party' AND is_final) AS party_band,
        max(band) FILTER (WHERE track = 'administrative' AND is_final) AS administrative_band,
        arg_max(label, (band, code)) FILTER (WHERE track = 'party' AND is_final AND band IS NOT NULL) AS party,
        arg_max(label, (band, code)) FILTER (WHERE track = 'administrative' AND is_final AND band IS NOT NULL) AS administrative,
        bool_or(track = 'unspecified') AS track_missing,
        bool_or(track IN ('party', 'administrative') AND NOT is_final) AS proposed
    FROM measures JOIN measure_list USING (code) GROUP BY respondent_id
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN says_nothing(measures_raw) THEN '处理方式空白'
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN measures_complete IS DISTINCT FROM true THEN '“' || measures_raw || '”有部分不能识别'
        WHEN track_missing THEN '“' || measures_raw || '”有处分没有写明是党纪还是政务'
        WHEN proposed THEN '“' || measures_raw || '”中有的处分只是建议' END AS open_question,
    CASE
        WHEN kind = 'organization' OR says_not_applicable(measures_raw) THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN party_band IS NULL OR administrative_band IS NULL OR party_band = 0 OR administrative_band = 0 THEN 'exempt'
        WHEN abs(party_band - administrative_band) >= $min_gap THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'party': party, 'party_band': party_band, 'administrative': administrative, 'administrative_band': administrative_band,
     'gap': abs(party_band - administrative_band), 'measures': measures_raw, 'open_question': open_question} AS facts
FROM people p LEFT JOIN tracks t USING (respondent_id)
