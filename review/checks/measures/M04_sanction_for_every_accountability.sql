/*---
id = "M04"
title = "一问责就动纪"
aspect = "处理尺度"
level = "提示"
unit = "county"
looks_for = "本县区被问责人员中受党纪政务处分的占比，比其他县区合计高出设定的百分点，且超出偶然波动。"
why = "问责有通报、诫勉、组织处理、纪律处分多种方式，应当精准运用；多数人一问责就给处分，可能是以处分代替问责，也可能把普通立案案件计入了问责。"
needs = ["county", "measures|measures_organizational|measures_party|measures_administrative|measures_education"]
message = "{county}被问责人员中受党纪政务处分的{own_share}，其他县区合计{other_share}，高出{difference}个百分点；若各县区一致，出现这样差异的机会{chance}（已按{comparisons}次比较校正）；处理不明{unknown_share}[，受处分者中立案或写直接责任的{ordinary}人]。不明的全部按相反情形计算，差异仍达到界限。疑似一问责就动纪。"
undetermined = "{county}是否一问责就动纪不能判断：{open_question}。受党纪政务处分的{own_share}，其他县区合计{other_share}，处理不明{unknown_share}。"

[[basis]]
law = "中国共产党问责条例"
article = "第八条"
version = "2019"
verified = true

[[basis]]
law = "中国共产党问责条例"
article = "第三条"
version = "2019"
verified = true

[[params]]
name = "min_difference"
default = 20
unit = "个百分点"
label = "最小差异"
sentence = "本县区占比高出其他县区合计达到这么多个百分点才提示。"

[[params]]
name = "max_chance"
default = 0.01
unit = ""
label = "显著性界限"
sentence = "费希尔精确检验（双侧）的概率低于这个数才提示。"

[[params]]
name = "max_corrected"
default = 0.05
unit = ""
label = "校正后的界限"
sentence = "按参加比较的县区个数校正后（Benjamini-Hochberg 法），出现这样差异的机会也不超过它才提示，免得县区一多，总有一个看着特别。"

[[params]]
name = "min_n"
default = 10
unit = "人"
label = "最少人数"
sentence = "本县区和其他县区合计处理已知的都至少有这么多人才比较。"

[[cleared_by]]
text = "差异只来自本县区人数最多的一个案件（不适用）"
kind = "fact"

[[cleared_by]]
text = "台账混入普通立案案件：去掉已立案且依据不是问责条例的、写直接责任的人员后没有差异（不适用）；请先看 O02、R02"
kind = "fact"

[[cleared_by]]
text = "不予、免予问责的人员、党组织和非问责台账不计入；全县没有被问责人员（不适用）"
kind = "fact"

[[cleared_by]]
text = "本县区只办理上级移交的重案，较轻的问题由其他单位处理"
kind = "text"

[facts]
county = "县区"
own_share = "本县区占比"
other_share = "其他县区占比"
difference = "高出百分点"
chance = "偶然的机会"
comparisons = "比较次数"
unknown_share = "不明"
ordinary = "立案或直接责任"
open_question = "不能判断的原因"
---*/
-- Every county against all others together. What is not known is counted against the finding: in this county as no sanction, elsewhere
-- as a sanction; so that a blank cell can never make one.
WITH sanctioned AS (
    SELECT respondent_id,
        bool_or(is_final AND track IN ('party', 'administrative', 'unspecified') AND band >= 4 AND code <> 'struck_off') AS yes,
        bool_or(is_final AND band > 0) AS any_measure
    FROM measures GROUP BY respondent_id
), persons AS (
    SELECT p.county, p.case_id, p.headcount,
        CASE WHEN s.yes THEN 1 WHEN p.kind = 'person' AND s.any_measure AND p.measures_complete THEN 0 END AS mark,
        p.responsibility = 'direct' OR coalesce(f.state = 'done' AND p.legal_basis <> 'accountability', false) AS ordinary
    FROM people p
    LEFT JOIN sanctioned s USING (respondent_id)
    LEFT JOIN (SELECT case_id, state FROM case_steps WHERE step = 'filing') f ON f.case_id = p.case_id
    WHERE p.kind <> 'organization' AND p.county IS NOT NULL AND p.band IS DISTINCT FROM 0 AND p.ledger_kind = '问责台账'
        AND NOT coalesce(says_not_applicable(p.measures_raw), false)
), largest AS (
    SELECT case_id FROM (SELECT county, case_id, sum(headcount) AS size FROM persons GROUP BY ALL)
    QUALIFY row_number() OVER (PARTITION BY county ORDER BY size DESC, case_id) = 1
), counted AS (
    SELECT county, scope, coalesce(sum(headcount) FILTER (WHERE mark = 1), 0)::BIGINT AS yes, coalesce(sum(headcount) FILTER (WHERE mark = 0), 0)::BIGINT AS no,
        coalesce(sum(headcount) FILTER (WHERE mark IS NULL), 0)::BIGINT AS unknown,
        sum(headcount) FILTER (WHERE mark = 1 AND ordinary)::BIGINT AS ordinary
    FROM (SELECT *, 'all' AS scope FROM persons
          -- The reduced scope: without the county's largest case and without what looks like an ordinary discipline case.
          UNION ALL SELECT *, 'reduced' FROM persons ANTI JOIN largest USING (case_id) WHERE NOT ordinary)
    GROUP BY county, scope
), compared AS (
    SELECT county, scope, yes, no, unknown, ordinary, yes + no AS known, yes + no + unknown AS n,
        sum(yes) OVER w - yes AS others_yes, sum(no) OVER w - no AS others_no, sum(unknown) OVER w - unknown AS others_unknown
    FROM counted WINDOW w AS (PARTITION BY scope)
), tested AS (
    SELECT *, (others_yes + others_no)::BIGINT AS others_known, (others_yes + others_no + others_unknown)::BIGINT AS others_n,
        100.0 * yes / nullif(known, 0) - 100.0 * others_yes / nullif(others_yes + others_no, 0) AS difference,
        100.0 * yes / nullif(n, 0) - 100.0 * (others_yes + others_unknown) / nullif(others_yes + others_no + others_unknown, 0) AS least_difference
    FROM compared
), exactly AS (
    SELECT a.*, coalesce(r.least_difference >= $min_difference, false) AS beyond_one_case, coalesce(r.difference >= $min_difference, false) AS maybe_beyond_one_case,
        a.known >= $min_n AND a.others_known >= $min_n AS enough,
        if(enough, if(abs(a.difference) >= $min_difference, fisher_two_sided(a.yes, a.known, a.others_yes::BIGINT, a.others_known), 1.0), NULL) AS p,
        if(enough, if(a.least_difference >= $min_difference, fisher_two_sided(a.yes, a.n, (a.others_yes + a.others_unknown)::BIGINT, a.others_n), 1.0), NULL) AS most_p
    FROM tested a LEFT JOIN tested r ON r.county = a.county AND r.scope = 'reduced' WHERE a.scope = 'all'
), judged AS (
    -- Benjamini and Hochberg 1995 over all counties that are compared, on either side; p of a small difference counts as 1, which makes none smaller.
    SELECT *, min(p * comparisons / no_greater) OVER (ORDER BY p RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS adjusted,
        min(most_p * comparisons / most_no_greater) OVER (ORDER BY most_p RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS most_adjusted
    FROM (SELECT *, count(p) OVER () AS comparisons, count(p) OVER (ORDER BY p) AS no_greater, count(most_p) OVER (ORDER BY most_p) AS most_no_greater FROM exactly)
)
SELECT NULL::VARCHAR AS case_id, NULL::VARCHAR AS respondent_id, c.county,
    coalesce(difference >= $min_difference AND p < $max_chance AND adjusted <= $max_corrected, false) AS stands_out,
    coalesce(most_p < $max_chance AND most_adjusted <= $max_corrected, false) AND stands_out AS surely_stands_out,
    CASE
        WHEN known < $min_n THEN '本县区处理已知的只有' || known || '人，不足' || $min_n || '人'
        WHEN others_known < $min_n THEN '其他县区处理已知的只有' || others_known || '人，不足' || $min_n || '人'
        WHEN coalesce(stands_out AND maybe_beyond_one_case AND NOT (surely_stands_out AND beyond_one_case), false)
            THEN '处理不明的人员若按相反情形计算，差异达不到界限' END AS open_question,
    CASE
        WHEN n IS NULL THEN 'exempt'
        WHEN surely_stands_out AND beyond_one_case THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN stands_out THEN 'exempt'
        ELSE 'clear' END AS verdict,
    {'county': c.county, 'own_share': share_text(yes, known), 'other_share': share_text(others_yes::BIGINT, others_known),
     'difference': round(difference, 1), 'chance': chance_text(adjusted), 'comparisons': comparisons, 'unknown_share': unknown || '人（其他县区' || others_unknown || '人）',
     'ordinary': if(ordinary > 0, ordinary, NULL), 'open_question': open_question} AS facts
FROM (SELECT DISTINCT county FROM cases WHERE county IS NOT NULL) c LEFT JOIN judged j USING (county)
