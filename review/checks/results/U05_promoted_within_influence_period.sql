/*---
id = "U05"
title = "影响期内提拔或进一步使用"
aspect = "成果运用"
level = "严重"
unit = "respondent"
reach = "case"
looks_for = "提拔或进一步使用的日期在决定之后、台账所写的影响期届满之前（含届满当日）。"
why = "受处分、诫勉、组织处理影响期未满的，不得列为考察对象；影响期内提拔使用，问责就失去了意义。"
needs = ["promotion_on", "period_end"]
message = "{person}[于{decided}受到处理][（{measures}），]影响期至{period_end}，而{promotion}已提拔或进一步使用[为{new_post}]，疑似影响期内提拔使用。"
undetermined = "{person}是否在影响期内提拔使用不能判断：{open_question}。"

[[basis]]
law = "党政领导干部选拔任用工作条例"
article = "第二十四条第六项"
version = "2019"
verified = false

[[basis]]
law = "中国共产党问责条例"
article = "第二十二条"
version = "2019"
verified = false

[[params]]
name = "admonition_months"
local = true
type = "integer"
unit = "个月"
label = "诫勉影响期"
sentence = "只受诫勉的，须设本地规定的影响期才判断；没有设时待核。"

[[cleared_by]]
text = "新任职务或备注写明平级调任、转任，或因机构改革改任（不适用）"
kind = "fact"

[[cleared_by]]
text = "提拔一栏写无、未提拔（符合）；写不适用或画线的、没有影响期的（不适用）"
kind = "fact"

[[cleared_by]]
text = "提拔在决定作出以前：影响期还没有开始（符合）"
kind = "fact"

[[cleared_by]]
text = "经申诉、复审，处分已撤销或影响期已更正"
kind = "text"

[facts]
person = "被问责人员"
period_end = "影响期至"
promotion = "提拔时间"
decided = "决定日期"
new_post = "新任职务"
measures = "处理"
computed = "按处理和决定日期算出的影响期"
open_question = "不能判断的原因"
---*/
-- The promotion stands on the person's own row, so it needs no matching by name. A blank promotion is out of scope.
WITH told AS (
    SELECT p.respondent_id, p.case_id, p.county, p.kind, p.shown, p.measures_raw, p.note, i.state, i.basis, i.ends_first, i.ends_last, i.waits_for_local,
        p.decided_on, p.decided_on_precision, p.own_decided_raw, coalesce(last_day_of(p.promotion_on, p.promotion_on_precision) < p.decided_on, false) AS before_decision,
        p.promotion_on, p.promotion_on_precision, p.promotion_on_raw, p.new_post, p.period_state, p.period_end_raw,
        regexp_matches(concat_ws('；', p.new_post, p.promotion_on_raw, p.note), '平级|平调|同级(调|转|交流|任)|转任同级|机构改革|转隶|改任非领导') AS level_move,
        CASE WHEN p.period_state = 'end' THEN {'first': p.period_end, 'last': last_day_of(p.period_end, p.period_end_precision)}
            WHEN p.period_state = 'length' THEN month_clock(p.decided_on, p.decided_on_precision, p.period_months, 0) END AS runs_to
    FROM people p JOIN influence i ON i.respondent_id = p.respondent_id
    WHERE p.kind <> 'organization' AND trim(coalesce(p.promotion_on_raw, '')) <> ''
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN promotion_on IS NULL THEN '提拔时间“' || promotion_on_raw || '”不能识别'
        WHEN waits_for_local AND $admonition_months IS NULL THEN '只受诫勉，诫勉的影响期未设本地标准'
        WHEN period_state = 'blank' OR period_state IS NULL THEN '有提拔时间（' || date_text(promotion_on, promotion_on_precision) || '），影响期空白'
            || coalesce('，按处理和决定日期应至' || strftime(ends_last, '%Y-%m-%d'), '')
        WHEN period_state = 'exists' THEN '有影响期而没有写到什么时候'
        WHEN period_state = 'unreadable' THEN '影响期“' || period_end_raw || '”不能识别'
        WHEN period_state = 'none' AND state <> 'none' THEN '台账写没有影响期，而所受处理' || if(state = 'ends', '应有影响期，至' || strftime(ends_last, '%Y-%m-%d'), '是否有影响期不明')
        WHEN period_state = 'length' AND runs_to.first IS NULL THEN '影响期只写了长度，' || lacking_date('决定日期', own_decided_raw)
        WHEN promotion_on > runs_to.last THEN NULL
        WHEN decided_on IS NULL THEN lacking_date('决定日期', own_decided_raw) || '，提拔是不是在决定以后不明'
        WHEN NOT before_decision AND last_day_of(decided_on, decided_on_precision) > promotion_on THEN '日期不到日，提拔是不是在决定以后不能定'
        WHEN NOT (last_day_of(promotion_on, promotion_on_precision) <= runs_to.first) AND NOT (promotion_on > runs_to.last) THEN '日期不到日，是否在影响期内不能定' END AS open_question,
    CASE
        WHEN promotion_on IS NULL AND regexp_matches(trim(promotion_on_raw), '^(无|未|没有|否|不)(提拔|晋升|进一步使用|使用|有)?') AND NOT says_not_applicable(promotion_on_raw) THEN 'clear'
        WHEN promotion_on IS NULL AND (says_nothing(promotion_on_raw) OR says_not_applicable(promotion_on_raw)) THEN 'exempt'
        WHEN state = 'exempt' OR level_move OR period_state = 'not_applicable' OR period_state = 'none' AND state = 'none' THEN 'exempt'
        WHEN before_decision THEN 'clear'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN last_day_of(promotion_on, promotion_on_precision) <= runs_to.first THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'period_end': clock_text(runs_to), 'promotion': date_text(promotion_on, promotion_on_precision), 'decided': date_text(decided_on, decided_on_precision), 'new_post': new_post,
     'measures': measures_raw, 'computed': basis || coalesce('，至' || strftime(ends_last, '%Y-%m-%d'), ''), 'open_question': open_question} AS facts
FROM told
