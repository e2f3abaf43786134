/*---
id = "M02"
title = "同案级别越高处理越轻"
aspect = "处理尺度"
level = "严重"
unit = "case"
reach = "case"
looks_for = "同一案中承担同类责任的两人，职务层次较高的处理反而较轻，相差达到设定档数。"
why = "错责相当、从领导班子和领导干部自身找责任，都不允许级别越高处理越轻；同案同责的人之间应当平衡。"
needs = ["responsibility", "measures|measures_organizational|measures_party|measures_administrative|measures_education", "rank|unit_post|post_then|post_now"]
message = "同为{responsibility}，{higher}（{higher_rank}）处理为第{higher_band}档（{higher_measures}），级别较低的{lower}（{lower_rank}）为第{lower_band}档（{lower_measures}），级别高的轻{gap}档，疑似级别越高处理越轻。"
undetermined = "本案是否级别越高处理越轻不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第三条"
version = "2019"
verified = true

[[basis]]
law = "中国共产党问责条例"
article = "第六条"
version = "2019"
verified = true

[[params]]
name = "min_gap"
default = 2
unit = "档"
label = "最小相差档数"
sentence = "处理相差达到这么多档才提示；相差一档不提示，因为各类处理之间的对应本来就是约定。"

[[cleared_by]]
text = "两人的责任种类不同，不相比（符合）"
kind = "fact"

[[cleared_by]]
text = "只对组织作了通报等处理，组织不与个人相比；不予、免予问责的人不参加比较"
kind = "fact"

[[cleared_by]]
text = "较重的人有从重加重情形，或较轻的人有从轻减轻情形，台账已写明（不适用）"
kind = "fact"

[[cleared_by]]
text = "本案可比的个人不足两名（不适用）"
kind = "fact"

[[cleared_by]]
text = "同写主要领导责任，但一人是主要负责人、另一人是直接主管，实际责任轻重不同：请看分工文件"
kind = "text"

[[cleared_by]]
text = "较重的人另有其他违纪违法问题合并处理"
kind = "text"

[facts]
responsibility = "责任"
higher = "级别较高者"
higher_rank = "较高者级别"
higher_band = "较高者档次"
higher_measures = "较高者处理"
lower = "级别较低者"
lower_rank = "较低者级别"
lower_band = "较低者档次"
lower_measures = "较低者处理"
gap = "相差档数"
open_question = "不能判断的原因"
---*/
-- 职级 (主任科员, 调研员 …) goes with posts of several levels, so it stands in no order with 领导职务 here: unknown. 领导责任 without
-- division may be the one or the other: unknown too. One row a case, responsibility and level, so that a case of many costs no pairs.
WITH told AS (
    SELECT case_id, county, seq, shown, band, measures_raw, responsibility,
        if(responsibility IN ('primary_leadership', 'important_leadership', 'direct', 'supervisory', 'main_body'), responsibility, NULL) AS division,
        CASE WHEN rank_order >= 40 OR rank_order < 30 THEN rank_order WHEN rank_order IS NULL AND tier = 'village' THEN 5 END AS standing,
        if(rank IS NULL, '村（社区）干部', rank_label(rank)) AS rank_told,
        says_something(aggravation) AS has_aggravation,
        says_something(mitigation) AS has_mitigation
    FROM people WHERE kind <> 'organization' AND band IS DISTINCT FROM 0
), spread AS (
    SELECT case_id, any_value(county) AS county, count(*) AS persons, min(band) AS low, max(band) AS high, bool_or(division IS NULL) AS some_undivided
    FROM told GROUP BY case_id
), unsure AS (
    FROM told WHERE band IS NULL OR division IS NULL OR standing IS NULL
), alike AS (
    SELECT case_id, division, count(*) AS persons, min(band) AS low, max(band) AS high FROM told SEMI JOIN unsure USING (case_id) GROUP BY case_id, division
), open_people AS (
    -- How far anybody's measure lies from this person's, in the whole case and among the same responsibility: what is not known of a
    -- person only matters where that could make a pair.
    SELECT u.*, s.some_undivided,
        coalesce(greatest(s.high - u.band, u.band - s.low), 99) >= $min_gap AND s.persons > 1 AS far_in_case,
        coalesce(greatest(a.high - u.band, u.band - a.low), 99) >= $min_gap AND a.persons > 1 AS far_among_alike
    FROM unsure u JOIN spread s USING (case_id) JOIN alike a ON a.case_id = u.case_id AND a.division IS NOT DISTINCT FROM u.division
), levels AS (
    -- Only in cases whose measures lie far enough apart. Of each level the lightest and the heaviest person; those whose own reasons are told count apart.
    SELECT case_id, division, standing,
        min(band) AS lightest, max(band) AS heaviest,
        min(band) FILTER (WHERE NOT has_mitigation) AS lightest_plain, max(band) FILTER (WHERE NOT has_aggravation) AS heaviest_plain,
        arg_min(seq, (band, seq)) FILTER (WHERE NOT has_mitigation) AS lightest_seq,
        arg_min(seq, (-band, seq)) FILTER (WHERE NOT has_aggravation) AS heaviest_seq
    FROM told SEMI JOIN (FROM spread WHERE high - low >= $min_gap) USING (case_id)
    WHERE division IS NOT NULL AND standing IS NOT NULL AND band IS NOT NULL
    GROUP BY case_id, division, standing
), pairs AS (
    SELECT h.case_id, h.division, l.heaviest_plain >= h.lightest_plain + $min_gap AS plain, l.heaviest_plain - h.lightest_plain AS gap,
        h.standing - l.standing AS distance, h.lightest_seq AS higher_seq, l.heaviest_seq AS lower_seq
    FROM levels h JOIN levels l ON l.case_id = h.case_id AND l.division = h.division AND l.standing < h.standing
        AND h.standing >= 40 AND l.heaviest >= h.lightest + $min_gap
), worst AS (
    -- The widest gap that nothing in the ledger excuses stands for the case.
    FROM pairs QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY coalesce(plain, false) DESC, gap DESC, distance DESC, higher_seq, lower_seq) = 1
), open_cases AS (
    SELECT case_id,
        list(shown ORDER BY seq) FILTER (WHERE band IS NULL AND if(division IS NULL OR some_undivided, far_in_case, far_among_alike)) AS unmeasured,
        list(shown ORDER BY seq) FILTER (WHERE division IS NULL AND far_in_case) AS undivided,
        list(shown ORDER BY seq) FILTER (WHERE standing IS NULL AND if(division IS NULL, far_in_case, far_among_alike)) AS unranked
    FROM open_people GROUP BY case_id
)
SELECT c.case_id, NULL::VARCHAR AS respondent_id, c.county,
    CASE
        WHEN len(unmeasured) > 0 THEN array_to_string(unmeasured[1:5], '、') || '的处理空白或不能识别'
        WHEN len(undivided) > 0 THEN array_to_string(undivided[1:5], '、') || '的责任空白、未区分或不能识别'
        WHEN len(unranked) > 0 THEN array_to_string(unranked[1:5], '、') || '的职务层次不明' END AS open_question,
    CASE
        WHEN w.plain THEN 'suspect'
        WHEN c.persons < 2 THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN w.case_id IS NOT NULL THEN 'exempt'
        ELSE 'clear' END AS verdict,
    {'responsibility': responsibility_label(w.division), 'higher': h.shown, 'higher_rank': h.rank_told, 'higher_band': h.band,
     'higher_measures': h.measures_raw, 'lower': l.shown, 'lower_rank': l.rank_told, 'lower_band': l.band, 'lower_measures': l.measures_raw,
     'gap': w.gap, 'open_question': open_question} AS facts
FROM spread c LEFT JOIN worst w USING (case_id) LEFT JOIN open_cases o ON o.case_id = c.case_id
LEFT JOIN told h ON h.case_id = w.case_id AND h.seq = w.higher_seq
LEFT JOIN told l ON l.case_id = w.case_id AND l.seq = w.lower_seq
