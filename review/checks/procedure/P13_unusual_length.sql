/*---
id = "P13"
title = "办理时长异常（快查快办或久拖）"
aspect = "程序"
level = "提示"
unit = "case"
looks_for = "从启动到决定的天数，与本县区（不足设定件数时为全市）最重处理档次相同的案件相比，明显过短或过长。"
why = "过短可能是求快失准、没有查清就问责，过长可能是久拖不决。没有公开的办理期限规定，这里只与同类案件比较，结论须看案卷。"
needs = ["started_on", "decided_on", "measures|measures_organizational|measures_party|measures_administrative|measures_education"]
message = "{title}从启动（{started}）到决定（{decided}）{days}天，{compared}的中位数为{median}天、通常在{low}至{high}天之间，明显{direction}，疑似{named}。"
undetermined = "{title}办理时长是否异常不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第九条、第十条（没有规定办理天数）"
version = "2019"
verified = false

[[params]]
name = "min_n"
default = 20
unit = "件"
label = "最少可比案件"
sentence = "同一档次有这么多件天数已知的案件才比较；本县区不足时用全市，全市也不足的不适用。"

[[params]]
name = "fences"
default = 1.5
unit = "倍四分位距"
label = "界限宽度"
sentence = "天数取对数后，低于下四分位数或高于上四分位数这么多倍四分位距的才提示（图基界限）。"

[[params]]
name = "min_times"
default = 2
unit = "倍"
label = "与中位数最少相差倍数"
sentence = "天数至少是中位数的这么多倍，或不到它的这么多分之一，才提示；同类案件天数都很接近时，差几天不提示。"

[[cleared_by]]
text = "已立案审查：调查从立案开始，问责的启动只是形式（不适用）"
kind = "fact"

[[cleared_by]]
text = "全市同档次案件也不足设定件数（不适用）"
kind = "fact"

[[cleared_by]]
text = "事实简单、责任清楚，或疫情、汛期等应急问责"
kind = "text"

[[cleared_by]]
text = "启动日期是补录或移送日期，不是实际启动的日子"
kind = "text"

[facts]
title = "案件"
started = "启动日期"
decided = "决定日期"
days = "天数"
compared = "可比案件"
median = "中位天数"
low = "通常最短"
high = "通常最长"
direction = "偏短或偏长"
named = "问题"
open_question = "不能判断的原因"
---*/
-- Whole days between two dates known to the day. Logarithms of days + 1, so that a case of one day and one of a hundred weigh alike.
WITH bands AS (
    SELECT case_id, max(band) FILTER (WHERE kind <> 'organization') AS band, bool_or(band IS NULL AND kind <> 'organization') AS some_unknown,
        bool_or(kind <> 'organization') AS has_persons
    FROM people GROUP BY case_id
), timed AS (
    SELECT c.case_id, c.county, coalesce(c.title, c.case_key) AS title, c.started_on, c.started_on_precision, c.decided_on, c.decided_on_precision,
        b.band, b.some_unknown, coalesce(b.has_persons, false) AS has_persons, coalesce(f.state = 'done', false) AS filed, f.state IN ('blank', 'unclear', 'contradictory') AS filing_open,
        c.started_on_precision = 'day' AND c.decided_on_precision = 'day' AS to_the_day,
        if(to_the_day AND c.decided_on >= c.started_on, c.decided_on - c.started_on, NULL) AS days
    FROM cases c LEFT JOIN bands b USING (case_id)
    LEFT JOIN (SELECT case_id, state FROM case_steps WHERE step = 'filing') f ON f.case_id = c.case_id
), known AS (
    SELECT county, band, ln(days + 1) AS l FROM timed WHERE days IS NOT NULL AND band > 0 AND NOT some_unknown AND NOT filed
), spreads AS (
    SELECT county, band, count(*) AS n, quantile_cont(l, [0.25, 0.5, 0.75]) AS q FROM known WHERE county IS NOT NULL GROUP BY county, band HAVING n >= $min_n
    UNION ALL SELECT NULL, band, count(*) AS n, quantile_cont(l, [0.25, 0.5, 0.75]) FROM known GROUP BY band HAVING n >= $min_n
), placed AS (
    SELECT t.*, coalesce(s.n, w.n) AS n, coalesce(s.q, w.q) AS quartiles, if(s.n IS NULL, '全市', t.county) AS place
    FROM timed t
    LEFT JOIN spreads s ON s.county = t.county AND s.band = t.band
    LEFT JOIN spreads w ON w.county IS NULL AND w.band = t.band
), fenced AS (
    SELECT *, ln(days + 1) AS l, exp(quartiles[2]) AS median, quartiles[1] - $fences * (quartiles[3] - quartiles[1]) AS low,
        quartiles[3] + $fences * (quartiles[3] - quartiles[1]) AS high
    FROM placed
)
SELECT case_id, NULL::VARCHAR AS respondent_id, county,
    l < low AND (days + 1) * $min_times <= median OR l > high AND days + 1 >= median * $min_times AS unusual,
    CASE
        WHEN started_on IS NULL AND decided_on IS NULL THEN '启动日期和决定日期都空白或不能识别'
        WHEN started_on IS NULL THEN '启动日期空白或不能识别'
        WHEN decided_on IS NULL THEN '决定日期空白或不能识别'
        WHEN NOT to_the_day THEN '日期没有写到日'
        WHEN days IS NULL THEN '决定早于启动，日期有误（见P07）'
        WHEN band IS NULL OR some_unknown THEN '处理空白或不能识别，不知与哪些案件相比'
        WHEN county IS NULL THEN '县区不明，不知与哪些案件相比'
        WHEN unusual AND filing_open THEN '天数异常，而是否立案没有写明' END AS open_question,
    CASE
        WHEN filed OR NOT has_persons OR band = 0 AND NOT some_unknown THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN n IS NULL THEN 'exempt'
        WHEN unusual THEN 'suspect'
        ELSE 'clear' END AS verdict,
    -- Where it can't be judged nothing is said of how the days compare: the dates stand, the rest would be an accusation in disguise.
    open_question IS NULL AS settled,
    {'title': title, 'started': date_text(started_on, started_on_precision), 'decided': date_text(decided_on, decided_on_precision),
     'days': if(settled, days, NULL), 'compared': if(settled, place || '最重处理同为第' || band || '档的' || n || '件案件', NULL),
     'median': if(settled, round(median - 1)::BIGINT, NULL), 'low': if(settled, greatest(0, ceil(exp(low) - 1))::BIGINT, NULL),
     'high': if(settled, floor(exp(high) - 1)::BIGINT, NULL), 'direction': if(settled, if(days + 1 < median, '偏短', '偏长'), NULL),
     'named': if(settled, if(days + 1 < median, '求快', '久拖'), NULL), 'open_question': open_question} AS facts
FROM fenced
