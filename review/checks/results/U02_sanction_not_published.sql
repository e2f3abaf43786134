/*---
id = "U02"
title = "组织处理、纪律处分未公开通报"
aspect = "成果运用"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "给予组织处理、党纪处分或政务处分的，公开、通报一栏明确写否、未。"
why = "采取组织处理、纪律处分方式问责的，一般应当以适当方式公开；不公开，警示教育就没有落到实处。"
needs = ["publicity|publicity_on"]
params = []
message = "{person}给予{measures}，公开通报一栏写明没有公开（{cells}）[，{blank_note}]，疑似未按规定公开通报。"
undetermined = "{person}的处理是否公开通报不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第十三条"
version = "2019"
verified = false

[[cleared_by]]
text = "只有通报、诫勉、批评教育一类处理的，不要求一律公开（不适用）"
kind = "fact"

[[cleared_by]]
text = "对象是党组织或单位（不适用）"
kind = "fact"

[[cleared_by]]
text = "写明在内部、系统内通报的：适当方式包括内部通报（符合）"
kind = "fact"

[[cleared_by]]
text = "公开一栏或备注写明涉密、国家安全、未成年人的（不适用）"
kind = "fact"

[[cleared_by]]
text = "公开一栏写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "另有通报文件而台账漏填"
kind = "text"

[facts]
person = "被问责人员"
measures = "处理"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
WITH told AS (
    SELECT respondent_id, state, blank_counted, cells FROM person_steps WHERE step = 'publicity'
), texts AS (
    -- "否，已在系统内通报" reads as a no; the words that follow say otherwise.
    SELECT respondent_id, string_agg(raw, '；' ORDER BY raw) AS raw FROM (
        SELECT respondent_id, raw FROM steps WHERE step = 'publicity' AND respondent_id IS NOT NULL AND len(raw) > 2
        UNION ALL SELECT r.respondent_id, s.raw FROM steps s JOIN respondents r USING (case_id)
        WHERE s.step = 'publicity' AND s.respondent_id IS NULL AND len(s.raw) > 2)
    GROUP BY respondent_id
), sanctioned AS (
    SELECT respondent_id, bool_or(is_final AND track IN ('organizational', 'party', 'administrative', 'unspecified')) AS heavy
    FROM measures GROUP BY respondent_id
), judged AS (
    SELECT p.*, coalesce(t.state, 'blank') AS state, t.blank_counted, t.cells, x.raw, coalesce(s.heavy, false) AS heavy,
        coalesce(regexp_matches(concat(x.raw, '|', note), '涉密|保密|国家秘密|国家安全|未成年'), false) AS withheld,
        coalesce(regexp_matches(x.raw, '(内部|系统内?|范围内|党内|本单位|单位内|班子内|干部大会|会上)[^，。；未没不]{0,6}通报')
            AND NOT regexp_matches(x.raw, '(未|没有?|不)(在|予|作|进行)?[^，。；]{0,8}通报'), false) AS inside
    FROM people p LEFT JOIN told t USING (respondent_id) LEFT JOIN texts x USING (respondent_id) LEFT JOIN sanctioned s USING (respondent_id)
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN state = 'blank' THEN '公开通报一栏空白'
        WHEN state = 'unclear' THEN '公开通报一栏的表述不能识别'
        WHEN state = 'contradictory' THEN '公开通报一栏填写矛盾'
        WHEN state = 'not_done' AND NOT heavy AND measures_complete IS DISTINCT FROM true THEN '写明没有公开，但处理空白或不能识别，不知是否属于组织处理、纪律处分' END AS open_question,
    CASE
        WHEN kind = 'organization' OR state = 'not_applicable' OR withheld THEN 'exempt'
        WHEN NOT heavy AND measures_complete THEN 'exempt'
        WHEN state = 'done' OR inside THEN 'clear'
        WHEN state = 'not_done' AND heavy AND kind = 'person' THEN 'suspect'
        ELSE 'undetermined' END AS verdict,
    {'person': shown, 'measures': measures_raw, 'cells': cells, 'blank_note': blank_note(blank_counted), 'open_question': open_question} AS facts
FROM judged
