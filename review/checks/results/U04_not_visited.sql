/*---
id = "U04"
title = "未回访"
aspect = "成果运用"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "决定已超过本地规定的回访期限，而回访一栏明确写否、未。"
why = "问责是为了改进工作；受问责干部需要回访教育，表现好的应当正常使用。没有全国统一的回访期限，按本地标准判断。"
needs = ["visit|visit_on"]
message = "{person}：决定于{decided}作出，本地规定{months}个月内回访，至{today}已超过期限（{limit}），回访为否[（{cells}）][，{blank_note}]，疑似未回访。"
undetermined = "{person}是否应回访而未回访不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第二十二条"
version = "2019"
verified = false

[[params]]
name = "visit_months"
local = true
type = "integer"
unit = "个月"
label = "回访期限"
sentence = "决定满这么多个月仍未回访的提示；本地没有规定的不设，本项不适用。"

[[params]]
name = "today"
default = "today"
unit = ""
label = "计算到哪一天"
sentence = "默认为运行检查的当天。"

[[cleared_by]]
text = "还没有到本地规定的期限（符合）"
kind = "fact"

[[cleared_by]]
text = "没有设本地标准（不适用）；写明不适用、党组织、不予或免予问责（不适用）"
kind = "fact"

[[cleared_by]]
text = "备注或现任职务写明去世、辞职、离职、退休、开除（不适用）"
kind = "fact"

[[cleared_by]]
text = "本地的回访计划另定了日期"
kind = "text"

[facts]
person = "被问责人员"
decided = "决定日期"
months = "回访期限"
limit = "应于此前回访"
today = "计算到"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
WITH told AS (
    SELECT p.respondent_id, p.case_id, p.county, p.kind, p.shown, p.band, p.decided_on, p.decided_on_precision, p.own_decided_raw, s.state, s.blank_counted, s.cells,
        regexp_matches(concat_ws('；', p.note, p.post_now), '去世|死亡|病故|身故|亡故|辞职|离职|离岗|退休|退养|开除|解聘|辞退') AS gone,
        month_clock(p.decided_on, p.decided_on_precision, $visit_months, 0) AS due
    FROM people p
    LEFT JOIN (SELECT * FROM person_steps WHERE step = 'visit') s ON s.respondent_id = p.respondent_id
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN state = 'contradictory' THEN '回访填写矛盾'
        WHEN state = 'unclear' THEN '回访的表述不能识别'
        WHEN state IS DISTINCT FROM 'not_done' THEN '回访空白'
        WHEN due IS NULL OR due.first IS NULL THEN '回访为否，' || lacking_date('决定日期', own_decided_raw)
        WHEN $today > due.first AND $today <= due.last THEN '回访为否，决定日期不到日，是否已过期限不能定' END AS open_question,
    CASE
        WHEN $visit_months IS NULL OR kind = 'organization' OR band = 0 OR state = 'not_applicable' THEN 'exempt'
        WHEN state = 'done' THEN 'clear'
        WHEN coalesce(gone, false) THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN $today > due.last THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'decided': date_text(decided_on, decided_on_precision), 'months': $visit_months, 'limit': clock_text(due),
     'today': strftime($today, '%Y-%m-%d'), 'cells': cells, 'blank_note': blank_note(blank_counted), 'open_question': open_question} AS facts
FROM told
