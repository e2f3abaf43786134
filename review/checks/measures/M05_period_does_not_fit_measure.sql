/*---
id = "M05"
title = "影响期与处理方式不符"
aspect = "处理尺度"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "台账写的影响期与按处理方式和决定日期算出的相差超过宽限；影响期内再次受党纪处分的，2024年起应当与未满的影响期累加。"
why = "影响期由处分种类决定，写长了损害本人权利，写短了会在期内提拔使用；再次受处分而没有累加，等于没有再罚。"
needs = ["period_end", "measures|measures_organizational|measures_party|measures_administrative|measures_education"]
message = "{person}的影响期台账写{stated}，按{basis}，应至{expected}，{difference}，疑似影响期与处理方式不符。"
undetermined = "{person}的影响期是否与处理方式相符不能判断：{open_question}[（台账写“{raw}”）]。"

[[basis]]
law = "中国共产党纪律处分条例"
article = "第十条至第十三条"
version = "2023（2018年版期限相同）"
verified = false

[[basis]]
law = "中国共产党纪律处分条例"
article = "第二十一条"
version = "2023（2018年版没有累加的规定）"
verified = true

[[basis]]
law = "公职人员政务处分法"
article = "第八条"
version = "2020"
verified = true

[[params]]
name = "tolerance_months"
default = 1
unit = "个月"
label = "宽限"
sentence = "相差不超过这么多个月的不提示：起算日可能是生效日、宣布日而不是决定日。"

[[params]]
name = "admonition_months"
local = true
type = "integer"
unit = "个月"
label = "诫勉影响期"
sentence = "只受诫勉的影响期按本地规定的月数计算；各地规定不一，没有设时只受诫勉的待核。"

[[cleared_by]]
text = "留党察看已写明恢复党员权利的，影响期自恢复之日起计（不适用）"
kind = "fact"

[[cleared_by]]
text = "党纪与政务并处的取较长者；通报等没有影响期而台账写无（符合）"
kind = "fact"

[[cleared_by]]
text = "台账写不适用、不予或免予问责、党组织、开除（不适用）"
kind = "fact"

[[cleared_by]]
text = "影响期自生效日或宣布日起算，与决定日不同；申诉后期限有更正"
kind = "text"

[facts]
person = "被问责人员"
stated = "台账影响期"
raw = "影响期原文"
basis = "应有影响期的算法"
expected = "应至"
difference = "差别"
measures = "处理"
decided = "决定日期"
open_question = "不能判断的原因"
---*/
-- A longer period than the standard may be a sum with a sanction of the same person that this ledger tells of only by name: then open.
WITH told AS (
    SELECT p.respondent_id, p.case_id, p.county, p.kind, p.shown, p.measures_raw, p.decided_on, p.decided_on_precision, p.note,
        p.period_state, p.period_end, p.period_end_precision, p.period_months, p.period_end_raw, i.* EXCLUDE (respondent_id),
        i.waits_for_local AND $admonition_months IS NOT NULL AND i.starts_on IS NOT NULL AS by_local,
        CASE WHEN by_local THEN month_clock(i.starts_on, i.starts_on_precision, $admonition_months, 0)
            WHEN i.state = 'ends' THEN {'first': i.ends_first, 'last': i.ends_last} END AS due,
        -- The days on which the stated period may end.
        CASE WHEN p.period_state = 'end' THEN {'first': p.period_end, 'last': last_day_of(p.period_end, p.period_end_precision)}
            WHEN p.period_state = 'length' THEN month_clock(i.starts_on, i.starts_on_precision, p.period_months, 0) END AS said
    FROM people p JOIN influence i ON i.respondent_id = p.respondent_id
), compared AS (
    SELECT *,
        CASE WHEN period_state = 'length' AND NOT summed AND NOT waits_for_local AND state = 'ends' THEN period_months > months + $tolerance_months
            WHEN period_state = 'length' AND by_local THEN period_months > $admonition_months + $tolerance_months
            ELSE said.first > due.last + to_months($tolerance_months) END AS too_long,
        CASE WHEN period_state = 'length' AND NOT summed AND NOT waits_for_local AND state = 'ends' THEN period_months < months - $tolerance_months
            WHEN period_state = 'length' AND by_local THEN period_months < $admonition_months - $tolerance_months
            WHEN period_state = 'none' AND due IS NOT NULL THEN true
            ELSE said.last < due.first - to_months($tolerance_months) END AS too_short,
        said.first >= due.first - to_months($tolerance_months) AND said.last <= due.last + to_months($tolerance_months)
            OR period_state = 'length' AND NOT summed AND due IS NOT NULL AS close_enough
    FROM told
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN period_state = 'blank' OR period_state IS NULL THEN '影响期空白'
        WHEN period_state = 'unreadable' THEN '影响期不能识别'
        WHEN state = 'undetermined' AND NOT coalesce(by_local, false) THEN reason
        WHEN period_state = 'exists' THEN '只写有影响期，没有写到什么时候'
        WHEN state = 'none' AND period_state <> 'none' THEN '处理没有法定影响期，而台账写了期限，是否依本地规定不明'
        WHEN too_long AND has_namesake THEN '比应有的长，而有同名的人先受过处分，是否同一人、应否累加不能定'
        WHEN NOT coalesce(too_long, false) AND NOT coalesce(too_short, false) AND NOT coalesce(close_enough, false) AND state <> 'none'
            THEN '日期不到日，是否相差超过' || $tolerance_months || '个月不能定' END AS open_question,
    CASE
        WHEN state = 'exempt' OR period_state = 'not_applicable' THEN 'exempt'
        WHEN on_probation AND regexp_matches(concat(period_end_raw, note), '恢复(党员)?权利') THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN too_long OR too_short THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown,
     'stated': CASE period_state WHEN 'none' THEN '无' WHEN 'length' THEN period_months || '个月（原文“' || period_end_raw || '”）'
         ELSE '至' || date_text(period_end, period_end_precision) END,
     'raw': period_end_raw, 'basis': if(by_local, '本地规定诫勉' || $admonition_months || '个月，自决定之日起算', basis), 'expected': clock_text(due),
     'difference': CASE WHEN period_state = 'none' THEN '台账写明没有' WHEN too_long THEN '写得偏长' ELSE '写得偏短' END,
     'measures': measures_raw, 'decided': date_text(decided_on, decided_on_precision), 'open_question': open_question} AS facts
FROM compared
