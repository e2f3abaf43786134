/*---
id = "M03"
title = "同类案件畸轻畸重"
aspect = "处理尺度"
level = "严重"
unit = "respondent"
looks_for = "全市范围内，问责情形（或领域）、后果程度、责任和层级职务都相同的人，处理相差达到设定档数；问题记在离同类中位数较远的一人，另一人作为对照。同一情形、同一责任，级别更高、后果也更重的人，处理反而比级别较低、后果较轻的人的中位数轻达到设定档数的，也提示。"
why = "错责相当要求同样的责任受到相近的处理；条件相同而处理悬殊，往往畸轻或者畸重。"
needs = ["consequence", "circumstance|domain", "responsibility", "unit_post|post_then|post_now", "measures|measures_organizational|measures_party|measures_administrative|measures_education"]
message = "{person}的处理为第{band}档（{measures}）；{likes}（{cell}）共{n}人，中位为第{median}档，其中{other}（{other_case}）为第{other_band}档（{other_measures}），相差{gap}档，疑似{named}[；{rarity}]。"
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
sentence = "同类两人的处理相差达到这么多档才提示。这是固定的档数，不是概率；同类的人越多，中位档次越可靠。"

[[params]]
name = "min_inverted"
default = 2
unit = "档"
label = "倒挂最小档数"
sentence = "级别更高、后果更重的人，比级别较低、后果较轻的人的中位数轻达到这么多档才提示。"

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
likes = "与谁相比"
cell = "相同的条件"
n = "相比人数"
median = "相比者中位档次"
other = "对照人员"
other_case = "对照案件"
other_band = "对照档次"
other_measures = "对照处理"
gap = "相差档数"
named = "畸轻或畸重"
rarity = "同类中有多少人如此"
consequence = "后果原文"
open_question = "不能判断的原因"
---*/
-- From counts by band, never from pairs of persons. A cell is one number for its five conditions, so that persons are grouped and joined fast.
WITH seen AS (
    SELECT *, consequence_order(consequence_level) AS gravity,
        if(circumstance_blank OR band IS NULL, NULL, topic || '|' || division || '|' || era || '|' || consequence_level || '|' || post_group) AS conditions,
        if(conditions IS NULL, NULL, hash(conditions)) AS cell
    FROM comparable_people
), likes AS (
    FROM seen WHERE cell IS NOT NULL
), histogram AS (
    -- Two persons of two cases stand for each band, so that everybody finds one of another case to be held against.
    SELECT cell, band, count(*) AS n, min(case_id) AS first_case, max(case_id) AS last_case,
        arg_min(respondent_id, (case_id, respondent_id)) AS first_person, arg_max(respondent_id, (case_id, respondent_id)) AS last_person
    FROM likes WHERE NOT aggravated AND NOT mitigated GROUP BY cell, band
), medians AS (
    SELECT cell, whole AS n, (min(band) FILTER (WHERE upto * 2 >= whole) + min(band) FILTER (WHERE upto * 2 > whole)) / 2 AS median,
        min(first_case) <> max(last_case) AS several_cases, min(first_case) AS only_case
    FROM (SELECT *, sum(n) OVER (PARTITION BY cell ORDER BY band)::BIGINT AS upto, sum(n) OVER (PARTITION BY cell)::BIGINT AS whole FROM histogram)
    GROUP BY cell, whole
), bands AS (
    SELECT unnest(range(1, 10))::INTEGER AS band
), contrasts AS (
    -- For every band of a cell: who lies so far off and no farther from the median, nearest to the median first; how many are as light, as heavy.
    SELECT m.cell, b.band, sum(h.n) FILTER (WHERE h.band <= b.band) AS as_light, sum(h.n) FILTER (WHERE h.band >= b.band) AS as_heavy,
        list({'case_id': first_case, 'person': first_person} ORDER BY abs(h.band - median), h.band) FILTER (WHERE so_far)
        || list({'case_id': last_case, 'person': last_person} ORDER BY abs(h.band - median), h.band) FILTER (WHERE so_far) AS others
    FROM medians m CROSS JOIN bands b JOIN histogram h ON h.cell = m.cell
    CROSS JOIN LATERAL (SELECT abs(h.band - b.band) >= $min_gap AND abs(h.band - median) <= abs(b.band - median) AS so_far) d
    GROUP BY m.cell, b.band
), ladder AS (
    -- By how high the post stands and how grave the consequence was: whoever is below in both.
    SELECT topic, division, era, standing, gravity, band, count(*) AS n, arg_min(respondent_id, (case_id, respondent_id)) AS person
    FROM likes WHERE NOT aggravated AND standing IS NOT NULL AND gravity IS NOT NULL GROUP BY ALL
), below AS (
    SELECT h.topic, h.division, h.era, h.standing, h.gravity, l.band, sum(l.n) AS n, arg_max(l.person, (l.standing, l.gravity)) AS person
    FROM (SELECT DISTINCT topic, division, era, standing, gravity FROM ladder WHERE standing >= 40) h
    JOIN ladder l ON l.topic = h.topic AND l.division = h.division AND l.era = h.era AND l.standing < h.standing AND l.gravity < h.gravity
    GROUP BY ALL
), lower_ones AS (
    -- Their median, and the person nearest to it among those who were treated at least as severely.
    SELECT * EXCLUDE (band, person, upto, n, whole), whole AS n, min(band) FILTER (WHERE upto * 2 >= whole) AS low,
        (low + min(band) FILTER (WHERE upto * 2 > whole)) / 2 AS median, arg_min(person, band) FILTER (WHERE upto * 2 > whole) AS person
    FROM (SELECT *, sum(n) OVER (w ORDER BY band)::BIGINT AS upto, sum(n) OVER w::BIGINT AS whole
          FROM below WINDOW w AS (PARTITION BY topic, division, era, standing, gravity))
    GROUP BY ALL
), placed AS (
    SELECT s.*, m.n, m.median, c.as_light, c.as_heavy, m.cell IS NOT NULL AND (m.several_cases OR m.only_case <> s.case_id) AS has_likes,
        list_filter(c.others, lambda o: o.case_id <> s.case_id)[1].person AS like_id, l.n AS lower_n, l.median AS lower_median,
        if(l.median >= s.band + $min_inverted, l.person, NULL) AS lower_id, coalesce(like_id, lower_id) AS other_id
    FROM seen s LEFT JOIN medians m USING (cell) LEFT JOIN contrasts c ON c.cell = s.cell AND c.band = s.band
    LEFT JOIN lower_ones l ON l.topic = s.topic AND l.division = s.division AND l.era = s.era AND l.standing = s.standing AND l.gravity = s.gravity
        AND s.cell IS NOT NULL
)
SELECT t.case_id, t.respondent_id, t.county, if(o.band > t.band, p.mitigated, p.aggravated) AS excused,
    CASE
        WHEN t.kind = 'unknown' THEN '是个人还是组织不明'
        WHEN t.band IS NULL THEN '处理空白或不能识别'
        WHEN p.consequence_level IS NULL THEN if(says_nothing(a.consequence), '后果空白', '后果“' || a.consequence || '”看不出程度')
        WHEN p.circumstance_blank OR p.topic IS NULL THEN '问责情形或领域空白或不能识别'
        WHEN p.division IS NULL THEN '责任类型空白或不能识别'
        WHEN p.post_group IS NULL THEN '单位职务空白，或看不出层级'
        WHEN p.era IS NULL THEN '决定日期空白或不够具体，不知适用哪一版规定' END AS open_question,
    CASE
        WHEN t.kind = 'organization' OR t.band = 0 THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN p.other_id IS NULL THEN if(p.has_likes, 'clear', 'exempt')
        WHEN excused THEN 'exempt'
        ELSE 'suspect' END AS verdict,
    {'person': t.shown, 'band': t.band, 'measures': t.measures_raw,
     'likes': if(p.like_id IS NULL, '级别较低、后果较轻的人员', '同类人员'),
     'cell': concat_ws('，', p.topic, if(p.like_id IS NULL, NULL, '后果' || p.consequence_level), p.division, if(p.like_id IS NULL, NULL, p.post_group), p.era || '决定'),
     'n': if(p.like_id IS NULL, p.lower_n, p.n), 'median': if(p.like_id IS NULL, p.lower_median, p.median), 'other': o.shown, 'other_case': k.case_key,
     'other_band': o.band, 'other_measures': o.measures_raw, 'gap': abs(o.band - t.band), 'named': if(o.band > t.band, '畸轻', '畸重'),
     'rarity': CASE WHEN p.like_id IS NULL THEN '级别更高、后果更重，处理反而更轻'
         WHEN p.n < 5 THEN '同类不足5人，只能两两对照，不能说明惯例'
         ELSE '同类' || p.n || '人中处理这样' || if(o.band > t.band, '轻的' || p.as_light, '重的' || p.as_heavy) || '人' END,
     'consequence': a.consequence, 'open_question': open_question} AS facts
FROM people t JOIN cases a ON a.case_id = t.case_id LEFT JOIN placed p ON p.respondent_id = t.respondent_id
LEFT JOIN people o ON o.respondent_id = p.other_id LEFT JOIN cases k ON k.case_id = o.case_id
