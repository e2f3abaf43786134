/*---
id = "M03"
title = "同类案件畸轻畸重"
aspect = "处理尺度"
level = "严重"
unit = "respondent"
looks_for = "全市范围内，问责情形（或领域）、后果程度、责任和层级职务都相同的人，处理相差达到设定档数；问题记在离同类中位数较远的一人，另一人作为对照。"
why = "错责相当要求同样的责任受到相近的处理；条件相同而处理悬殊，往往畸轻或者畸重。"
needs = ["consequence", "circumstance|domain", "responsibility", "unit_post|post_then|post_now", "measures|measures_organizational|measures_party|measures_administrative|measures_education"]
message = "{person}的处理为第{band}档（{measures}）；同类人员（{cell}）共{n}人，中位为第{median}档，其中{other}（{other_case}）为第{other_band}档（{other_measures}），相差{gap}档，疑似{named}。"
undetermined = "{person}的处理是否畸轻畸重不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第三条"
version = "2019"
verified = true

[[params]]
name = "min_gap"
default = 3
unit = "档"
label = "最小相差档数"
sentence = "同类两人的处理相差达到这么多档才提示。"

[[cleared_by]]
text = "较轻的人写明从轻减轻情形，或较重的人写明从重加重情形（不适用）；写明情形的人也不作为别人的对照"
kind = "fact"

[[cleared_by]]
text = "两人的决定在2019年9月1日或2024年1月1日规定修订的前后两边，不相比"
kind = "fact"

[[cleared_by]]
text = "不予、免予问责，党组织，或其他案件中没有同类人员（不适用）"
kind = "fact"

[[cleared_by]]
text = "事实、损失数额、主观态度不同；一县的大案"
kind = "text"

[facts]
person = "被问责人员"
band = "档次"
measures = "处理"
cell = "同类条件"
n = "同类人数"
median = "同类中位档次"
other = "对照人员"
other_case = "对照案件"
other_band = "对照档次"
other_measures = "对照处理"
gap = "相差档数"
named = "畸轻或畸重"
consequence = "后果原文"
open_question = "不能判断的原因"
---*/
-- From counts by band, never from pairs of persons. Where the ledger has a circumstance column, a blank in it is not replaced by the domain.
WITH gravity AS (
    SELECT c.case_id, c.case_key, c.consequence, consequence_level(c.consequence) AS consequence_level,
        c.circumstance IS NULL AND list_contains(f.fields, 'circumstance') AS circumstance_blank
    FROM cases c JOIN sheet_fields f ON f.import_id = c.import_id AND f.sheet = c.sheet
), seen AS (
    SELECT p.respondent_id, p.case_id, p.county, p.kind, p.band, p.measures_raw, p.decided_on, g.topic, g.division, g.post_group, v.consequence,
        v.consequence_level, v.circumstance_blank,
        NOT says_nothing(p.aggravation) AND NOT says_not_applicable(p.aggravation) AS has_aggravation,
        NOT says_nothing(p.mitigation) AND NOT says_not_applicable(p.mitigation) AS has_mitigation,
        CASE WHEN last_day_of(p.decided_on, p.decided_on_precision) < DATE '2019-09-01' THEN '2019年9月前'
            WHEN p.decided_on >= DATE '2019-09-01' AND last_day_of(p.decided_on, p.decided_on_precision) < DATE '2024-01-01' THEN '2019年9月至2023年'
            WHEN p.decided_on >= DATE '2024-01-01' THEN '2024年起' END AS era,
        if(v.circumstance_blank OR p.band IS NULL, NULL,
            g.topic || '，后果' || v.consequence_level || '，' || g.division || '，' || g.post_group || '，' || era || '决定') AS cell
    FROM people p JOIN gravity v USING (case_id) LEFT JOIN comparable_people g ON g.respondent_id = p.respondent_id
), histogram AS (
    -- Two persons of two cases stand for each band, so that everybody finds one of another case to be held against.
    SELECT cell, band, count(*) AS n, min(case_id) AS first_case, max(case_id) AS last_case,
        arg_min(respondent_id, (case_id, respondent_id)) AS first_person, arg_max(respondent_id, (case_id, respondent_id)) AS last_person
    FROM seen WHERE cell IS NOT NULL AND band > 0 AND NOT has_aggravation AND NOT has_mitigation GROUP BY cell, band
), medians AS (
    SELECT cell, whole AS n, (min(band) FILTER (WHERE upto * 2 >= whole) + min(band) FILTER (WHERE upto * 2 > whole)) / 2 AS median,
        min(first_case) <> max(last_case) AS several_cases, min(first_case) AS only_case
    FROM (SELECT *, sum(n) OVER (PARTITION BY cell ORDER BY band)::BIGINT AS upto, sum(n) OVER (PARTITION BY cell)::BIGINT AS whole FROM histogram)
    GROUP BY cell, whole
), bands AS (
    SELECT unnest(range(1, 10))::INTEGER AS band
), contrasts AS (
    -- For every band of a cell: who lies so far off and no farther from the median, nearest to the median first.
    SELECT m.cell, b.band, list({'case_id': first_case, 'person': first_person} ORDER BY abs(h.band - median), h.band)
        || list({'case_id': last_case, 'person': last_person} ORDER BY abs(h.band - median), h.band) AS others
    FROM medians m CROSS JOIN bands b JOIN histogram h ON h.cell = m.cell AND abs(h.band - b.band) >= $min_gap
        AND abs(h.band - median) <= abs(b.band - median)
    GROUP BY m.cell, b.band
), placed AS (
    SELECT s.*, m.n, m.median, m.cell IS NOT NULL AND (m.several_cases OR m.only_case <> s.case_id) AS has_likes,
        list_filter(c.others, lambda o: o.case_id <> s.case_id)[1].person AS other_id
    FROM seen s LEFT JOIN medians m USING (cell) LEFT JOIN contrasts c ON c.cell = s.cell AND c.band = s.band
)
SELECT p.case_id, p.respondent_id, p.county, if(o.band > p.band, p.has_mitigation, p.has_aggravation) AS excused,
    CASE
        WHEN p.kind = 'unknown' THEN '是个人还是组织不明'
        WHEN p.band IS NULL THEN '处理空白或不能识别'
        WHEN p.consequence_level IS NULL THEN if(says_nothing(p.consequence), '后果空白', '后果“' || p.consequence || '”看不出程度')
        WHEN p.circumstance_blank OR p.topic IS NULL THEN '问责情形或领域空白或不能识别'
        WHEN p.division IS NULL THEN '责任类型空白或不能识别'
        WHEN p.post_group IS NULL THEN '单位职务空白，或看不出层级'
        WHEN p.era IS NULL THEN '决定日期空白或不够具体，不知适用哪一版规定' END AS open_question,
    CASE
        WHEN p.kind = 'organization' OR p.band = 0 THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN NOT p.has_likes THEN 'exempt'
        WHEN p.other_id IS NULL THEN 'clear'
        WHEN excused THEN 'exempt'
        ELSE 'suspect' END AS verdict,
    {'person': t.shown, 'band': p.band, 'measures': p.measures_raw, 'cell': p.cell, 'n': p.n, 'median': p.median, 'other': o.shown, 'other_case': k.case_key,
     'other_band': o.band, 'other_measures': o.measures_raw, 'gap': abs(o.band - p.band), 'named': if(o.band > p.band, '畸轻', '畸重'),
     'consequence': p.consequence, 'open_question': open_question} AS facts
FROM placed p JOIN people t ON t.respondent_id = p.respondent_id
LEFT JOIN people o ON o.respondent_id = p.other_id LEFT JOIN cases k ON k.case_id = o.case_id
