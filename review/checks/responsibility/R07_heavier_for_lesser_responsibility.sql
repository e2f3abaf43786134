/*---
id = "R07"
title = "同案责任与处理倒挂"
aspect = "责任区分"
level = "严重"
unit = "case"
reach = "case"
looks_for = "同一案中，承担重要领导责任的人比承担主要领导责任的人处理得重，相差达到设定档数；或同一单位中，责任更轻的下级比承担主要领导责任的人处理得重。"
why = "错责相当要求责任越大处理越重；同案人员之间的处理应当平衡。"
needs = ["responsibility", "measures|measures_organizational|measures_party|measures_administrative|measures_education"]
message = "{heavier}处理为第{heavier_band}档（{heavier_measures}），承担主要领导责任的{lighter}处理为第{lighter_band}档（{lighter_measures}），轻{gap}档，疑似责任与处理倒挂。"
undetermined = "本案责任与处理是否倒挂不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第三条"
version = "2019"
verified = true

[[params]]
name = "min_gap"
default = 2
unit = "档"
label = "最小相差档数"
sentence = "相差达到这么多档才算倒挂；相差一档不算，因为各类处理之间的对应本来就是约定。"

[[cleared_by]]
text = "较重的人有从重加重情形，或较轻的人有从轻减轻情形，台账已写明（不适用）"
kind = "fact"

[[cleared_by]]
text = "不予、免予问责的人不参加比较"
kind = "fact"

[[cleared_by]]
text = "较重的人另有其他违纪违法问题合并处理，或处在影响期内"
kind = "text"

[facts]
heavier = "处理较重者"
heavier_responsibility = "较重者责任"
heavier_band = "较重者档次"
heavier_measures = "较重者处理"
heavier_reason = "从重加重情形"
lighter = "处理较轻者"
lighter_band = "较轻者档次"
lighter_measures = "较轻者处理"
lighter_reason = "从轻减轻情形"
gap = "相差档数"
open_question = "不能判断的原因"
---*/
WITH judged AS (
    SELECT *, says_something(aggravation) AS has_aggravation,
        says_something(mitigation) AS has_mitigation
    FROM people WHERE kind <> 'organization' AND band IS DISTINCT FROM 0
), pairs AS (
    SELECT p.case_id, coalesce(h.has_aggravation, false) OR coalesce(p.has_mitigation, false) AS excused, h.band - p.band AS gap,
        h.shown AS heavier, h.responsibility AS heavier_kind, h.responsibility_raw AS heavier_responsibility, h.band AS heavier_band,
        h.measures_raw AS heavier_measures, h.aggravation AS heavier_reason, h.seq AS heavier_seq,
        p.shown AS lighter, p.band AS lighter_band, p.measures_raw AS lighter_measures, p.mitigation AS lighter_reason, p.seq AS lighter_seq
    FROM judged p JOIN judged h ON h.case_id = p.case_id AND h.band >= p.band + $min_gap
        AND (h.responsibility = 'important_leadership'
            OR h.responsibility IN ('supervisory', 'main_body', 'other') AND len(h.responsibility_words) > 0
                AND h.unit_key = p.unit_key AND p.role IN ('head', 'deputy') AND h.role IN ('middle', 'staff'))
    WHERE p.responsibility = 'primary_leadership'
), worst AS (
    -- The widest gap that nothing in the ledger excuses stands for the case.
    FROM pairs QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY excused, gap DESC, lighter_seq, heavier_seq) = 1
), cases_seen AS (
    SELECT case_id, any_value(county) AS county,
        list(shown ORDER BY seq) FILTER (WHERE responsibility = 'unknown') AS unknown_people,
        list(shown ORDER BY seq) FILTER (WHERE responsibility IN ('primary_leadership', 'important_leadership') AND band IS NULL) AS unmeasured,
        bool_or(responsibility = 'primary_leadership') AND bool_or(responsibility = 'important_leadership') AS comparable
    FROM people WHERE kind <> 'organization' GROUP BY case_id
)
SELECT c.case_id, NULL::VARCHAR AS respondent_id, county,
    CASE
        WHEN len(unknown_people) > 0 THEN array_to_string(unknown_people[1:5], '、') || '的责任空白或不能识别'
        WHEN comparable AND len(unmeasured) > 0 THEN array_to_string(unmeasured[1:5], '、') || '的处理空白或不能识别' END AS open_question,
    CASE
        WHEN NOT excused THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN excused THEN 'exempt'
        ELSE 'clear' END AS verdict,
    {'heavier': heavier, 'heavier_responsibility': coalesce(heavier_responsibility, responsibility_label(heavier_kind)), 'heavier_band': heavier_band,
     'heavier_measures': heavier_measures, 'heavier_reason': heavier_reason, 'lighter': lighter, 'lighter_band': lighter_band,
     'lighter_measures': lighter_measures, 'lighter_reason': lighter_reason, 'gap': gap, 'open_question': open_question} AS facts
FROM cases_seen c LEFT JOIN worst w USING (case_id)
