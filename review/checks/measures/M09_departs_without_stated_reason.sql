/*---
id = "M09"
title = "偏离同类处理且未写明情节"
aspect = "处理尺度"
level = "一般"
unit = "respondent"
looks_for = "处理比其他案件中同类人员（同一情形或领域、同一责任、同一层级职务）的中位数轻或重达到设定档数，而从轻减轻（从重加重）一栏明确写无。"
why = "从轻减轻、从重加重都应当有法定情形；没有写明情节而偏离同类，说不清为什么对这个人不同。"
needs = ["mitigation|aggravation", "circumstance|domain", "responsibility", "unit_post|post_then|post_now", "measures|measures_organizational|measures_party|measures_administrative|measures_education"]
message = "{person}的处理为第{band}档（{measures}），其他案件中同类人员（{cell}）{n}人的中位为第{median}档（{spread}），其中处理这样{as_far}，本人{direction}{gap}档，而{reason_label}写明“{reason}”，疑似偏离同类处理且没有情节依据。"
undetermined = "{person}的处理是否偏离同类且没有情节不能判断：{open_question}[。同类人员（{cell}）{n}人：{spread}，如{likes}]。"

[[basis]]
law = "中国共产党问责条例"
article = "第十八条、第十九条"
version = "2019"
verified = false

[[params]]
name = "min_gap"
default = 2
unit = "档"
label = "最小偏离档数"
sentence = "与同类中位数相差达到这么多档才看有没有写明情节。"

[[params]]
name = "min_n"
default = 5
unit = "人"
label = "最少同类人数"
sentence = "其他案件中的同类人员至少有这么多才比较，不足的不适用。"

[[cleared_by]]
text = "写明了从轻减轻（偏轻的）或从重加重（偏重的）情形，或写明不适用（不适用）"
kind = "fact"

[[cleared_by]]
text = "不予、免予问责，党组织，或其他案件中同类人员不足设定人数（不适用）"
kind = "fact"

[[cleared_by]]
text = "轻重取决于台账没有的事实：动机态度、客观条件、程序方法、性质程度、后果影响、挽回损失"
kind = "text"

[facts]
person = "被问责人员"
band = "档次"
measures = "处理"
cell = "同类条件"
n = "同类人数"
median = "同类中位档次"
spread = "同类处理分布"
as_far = "同类中有多少人如此"
likes = "同类举例"
direction = "偏轻或偏重"
gap = "偏离档数"
reason_label = "情节栏"
reason = "情节原文"
open_question = "不能判断的原因"
---*/
-- The likes of other cases are all of the group less those of the own case. Both are counts by band; the own ones are packed into one
-- number (see band_place), and own cases with equal counts are worked out once: a million persons cost little more than a thousand.
WITH seen AS (
    SELECT *, if(circumstance_blank OR comparable_group IS NULL, NULL, hash(comparable_group)) AS cell FROM comparable_people
), own AS (
    SELECT cell, case_id, sum(band_place(band)) AS packed
    FROM seen WHERE cell IS NOT NULL GROUP BY cell, case_id
), whole AS (
    SELECT cell, list_transform(range(1, 10), lambda b: coalesce(map_extract_value(by_band, b::INTEGER), 0)) AS counts
    FROM (SELECT cell, map_from_entries(list((band, n))) AS by_band FROM (SELECT cell, band::INTEGER AS band, count(*) AS n FROM seen WHERE cell IS NOT NULL GROUP BY cell, band) GROUP BY cell)
), others AS (
    SELECT cell, packed, list_transform(range(1, 10), lambda b: w.counts[b] - (packed // band_place(b) % 16384)::BIGINT) AS others_counts,
        list_sum(others_counts)::BIGINT AS n, list_transform(range(1, 10), lambda b: list_sum(others_counts[1:b])) AS upto,
        (list_position(list_transform(upto, lambda u: u * 2 >= n), true) + list_position(list_transform(upto, lambda u: u * 2 > n), true)) / 2 AS median
    FROM (SELECT DISTINCT cell, packed FROM own) JOIN whole w USING (cell)
), placed AS (
    SELECT s.*, t.n, t.median, t.others_counts, t.upto, abs(s.band - t.median) AS gap, s.band < t.median AS lighter
    FROM seen s LEFT JOIN own o ON o.cell = s.cell AND o.case_id = s.case_id LEFT JOIN others t ON t.cell = o.cell AND t.packed = o.packed
), examples AS (
    SELECT s.cell, arg_min({'case_id': s.case_id, 'told': e.shown || '（' || e.measures_raw || '）'}, s.case_id || s.respondent_id, 12) AS likes
    FROM seen s SEMI JOIN (FROM placed WHERE n >= $min_n AND gap >= $min_gap) USING (cell) JOIN people e ON e.respondent_id = s.respondent_id
    WHERE e.measures_raw IS NOT NULL GROUP BY s.cell
)
SELECT p.case_id, p.respondent_id, p.county,
    if(lighter, p.mitigation, p.aggravation) AS reason,
    if(lighter, '从轻减轻情形', '从重加重情形') AS reason_label,
    says_none(reason) AS explicit_none,
    CASE
        WHEN p.kind = 'unknown' THEN '是个人还是组织不明'
        WHEN p.band IS NULL THEN '处理空白或不能识别'
        WHEN g.circumstance_blank OR g.topic IS NULL THEN '问责情形或领域空白或不能识别'
        WHEN g.division IS NULL THEN '责任类型空白或不能识别'
        WHEN g.post_group IS NULL THEN '单位职务空白，或看不出层级'
        WHEN n >= $min_n AND gap >= $min_gap AND NOT explicit_none AND says_nothing(reason)
            THEN '第' || p.band || '档，比同类中位数第' || number_text(median) || '档' || if(lighter, '轻', '重') || number_text(gap) || '档，' || reason_label || '空白' END AS open_question,
    CASE
        WHEN p.kind = 'organization' OR p.band = 0 THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN coalesce(n, 0) < $min_n THEN 'exempt'
        WHEN gap < $min_gap THEN 'clear'
        WHEN explicit_none THEN 'suspect'
        ELSE 'exempt' END AS verdict,
    {'person': p.shown, 'band': p.band, 'measures': p.measures_raw, 'cell': g.comparable_group, 'n': n, 'median': median,
     'spread': array_to_string(list_transform(list_filter(range(1, 10), lambda b: others_counts[b] > 0), lambda b: '第' || b || '档' || others_counts[b] || '人'), '、'),
     'as_far': if(lighter, '轻的' || upto[p.band], '重的' || (n - coalesce(upto[p.band - 1], 0))) || '人',
     'likes': if(n >= $min_n AND gap >= $min_gap, list_transform(list_filter(e.likes, lambda x: x.case_id <> p.case_id)[1:5], lambda x: x.told), NULL),
     'direction': if(lighter, '偏轻', '偏重'), 'gap': gap, 'reason_label': reason_label, 'reason': reason, 'open_question': open_question} AS facts
FROM people p LEFT JOIN placed g ON g.respondent_id = p.respondent_id LEFT JOIN examples e ON e.cell = g.cell
