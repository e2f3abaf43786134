/*---
id = "U03"
title = "未提出以案促改或整改建议"
aspect = "成果运用"
level = "一般"
unit = "case"
reach = "case"
looks_for = "以案促改、纪检监察建议一栏明确写否、无、未，而问题出在单位：问责了党组织或单位，或有人负领导责任，或同一单位有两人以上被问责。"
why = "问责之后要推动以案促改，让被问责的单位堵住漏洞；只处理人、不改问题，同样的事还会发生。"
needs = ["improvement|improvement_on"]
params = []
message = "本案以案促改一栏写明没有开展（{cells}）[，{blank_note}]，而{unit_problem}，疑似未提出以案促改或整改建议。"
undetermined = "本案是否需要并已开展以案促改不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第十四条"
version = "2019"
verified = false

[[cleared_by]]
text = "写明没有制度漏洞、属个人偶发问题的（不适用）"
kind = "fact"

[[cleared_by]]
text = "只有个人直接责任，没有党组织、单位被问责，也没有人负领导责任（符合）"
kind = "fact"

[[cleared_by]]
text = "写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "整改建议随另一件文书发出，台账没有记"
kind = "text"

[facts]
unit_problem = "问题在单位的依据"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
-- 领导责任 of any kind means that the unit was led badly: that is a problem of the unit, not of one person alone.
WITH concerned AS (
    SELECT case_id,
        arg_min(shown, seq) FILTER (WHERE kind = 'organization') AS organization,
        arg_min(shown || '负' || responsibility_label(responsibility), seq) FILTER (WHERE kind = 'person' AND responsibility IN
            ('overall_leadership', 'primary_leadership', 'important_leadership', 'undifferentiated_leadership')) AS leader,
        bool_or(responsibility IN ('unknown', 'other') OR kind = 'unknown') AS some_unknown
    FROM people GROUP BY case_id
), crowded AS (
    SELECT case_id, min(unit_key) AS unit FROM (
        SELECT case_id, unit_key FROM people WHERE unit_key IS NOT NULL AND kind = 'person' GROUP BY ALL HAVING count(DISTINCT respondent_id) > 1)
    GROUP BY case_id
), texts AS (
    SELECT case_id, string_agg(raw, '；' ORDER BY raw) AS raw FROM steps WHERE step = 'improvement' AND len(raw) > 2 GROUP BY case_id
), told AS (
    SELECT c.case_id, c.county, coalesce(s.state, 'blank') AS state, s.blank_counted, s.cells, coalesce(k.some_unknown, true) AS some_unknown,
        coalesce(regexp_matches(x.raw, '(无|没有|不存在)[^，。；]{0,6}(制度漏洞|系统性|普遍性|共性|管理漏洞)|个案|偶发|个人(行为|原因|问题)'), false) AS no_cause,
        CASE
            WHEN k.organization IS NOT NULL THEN '问责了' || k.organization
            WHEN k.leader IS NOT NULL THEN k.leader
            WHEN w.unit IS NOT NULL THEN w.unit || '有两人以上被问责' END AS unit_problem
    FROM cases c LEFT JOIN case_steps s ON s.case_id = c.case_id AND s.step = 'improvement'
    LEFT JOIN concerned k ON k.case_id = c.case_id LEFT JOIN crowded w ON w.case_id = c.case_id LEFT JOIN texts x ON x.case_id = c.case_id
)
SELECT case_id, NULL::VARCHAR AS respondent_id, county,
    CASE
        WHEN state = 'blank' THEN '以案促改一栏空白'
        WHEN state = 'unclear' THEN '以案促改一栏的表述不能识别'
        WHEN state = 'contradictory' THEN '以案促改一栏填写矛盾'
        WHEN state = 'not_done' AND unit_problem IS NULL AND some_unknown THEN '写明没有开展，但责任或对象空白，不知问题是否出在单位' END AS open_question,
    CASE
        WHEN state = 'not_applicable' OR state = 'not_done' AND no_cause THEN 'exempt'
        WHEN state = 'not_done' AND unit_problem IS NOT NULL THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'unit_problem': unit_problem, 'cells': cells, 'blank_note': blank_note(blank_counted), 'open_question': open_question} AS facts
FROM told
