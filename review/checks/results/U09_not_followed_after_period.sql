/*---
id = "U09"
title = "影响期届满未跟踪"
aspect = "成果运用"
level = "提示"
unit = "respondent"
reach = "case"
looks_for = "影响期届满已超过本地规定的跟踪期限，而回访一栏明确写否、未。"
why = "影响期满、表现好、符合条件的干部应当正常使用；届满后没有人跟踪，既不利于干部，也说明成果没有运用。没有全国统一的期限，按本地标准判断。"
needs = ["period_end", "visit|visit_on"]
message = "{person}的影响期已于{period_end}届满，本地规定届满后{months}个月内跟踪，至{today}已超过期限（{limit}），回访为否[（{cells}）][，{blank_note}]，疑似影响期届满未跟踪。"
undetermined = "{person}影响期届满后是否跟踪不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第二十二条"
version = "2019"
verified = false

[[params]]
name = "follow_months"
local = true
type = "integer"
unit = "个月"
label = "届满跟踪期限"
sentence = "影响期届满后这么多个月仍未回访的提示；填0表示届满即应跟踪。本地没有规定的不设，本项不适用。"

[[params]]
name = "today"
default = "today"
unit = ""
label = "计算到哪一天"
sentence = "默认为运行检查的当天。"

[[cleared_by]]
text = "影响期还没有届满，或届满后还没有到本地规定的期限（符合）"
kind = "fact"

[[cleared_by]]
text = "没有设本地标准（不适用）；没有影响期、写明不适用、党组织、不予或免予问责（不适用）"
kind = "fact"

[[cleared_by]]
text = "影响期内已提拔使用的见 U05；备注或现任职务写明去世、辞职、离职、退休、开除（不适用）"
kind = "fact"

[[cleared_by]]
text = "已经以考察、谈话等别的形式跟踪，台账没有列"
kind = "text"

[facts]
person = "被问责人员"
period_end = "影响期至"
months = "跟踪期限"
limit = "应于此前跟踪"
today = "计算到"
measures = "处理"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
WITH told AS (
    SELECT p.respondent_id, p.case_id, p.county, p.kind, p.shown, p.band, p.measures_raw, i.state AS period_kind, p.period_state, p.period_end_raw, p.own_decided_raw,
        s.state, s.blank_counted, s.cells,
        regexp_matches(concat_ws('；', p.note, p.post_now), '去世|死亡|病故|身故|亡故|辞职|离职|离岗|退休|退养|开除|解聘|辞退') AS gone,
        CASE WHEN p.period_state = 'end' THEN {'first': p.period_end, 'last': last_day_of(p.period_end, p.period_end_precision)}
            WHEN p.period_state = 'length' THEN month_clock(p.decided_on, p.decided_on_precision, p.period_months, 0) END AS runs_to
    FROM people p JOIN influence i ON i.respondent_id = p.respondent_id
    LEFT JOIN (SELECT * FROM person_steps WHERE step = 'visit') s ON s.respondent_id = p.respondent_id
), timed AS (
    SELECT *, {'first': (runs_to.first + to_months($follow_months))::DATE, 'last': (runs_to.last + to_months($follow_months))::DATE} AS due FROM told
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN period_state = 'blank' OR period_state IS NULL THEN '影响期空白'
        WHEN period_state = 'unreadable' THEN '影响期“' || period_end_raw || '”不能识别'
        WHEN period_state = 'exists' THEN '有影响期而没有写到什么时候'
        WHEN period_state = 'none' AND period_kind <> 'none' THEN '台账写没有影响期，与所受处理不符（见M05）'
        WHEN period_state = 'length' AND runs_to.first IS NULL THEN '影响期只写了长度，' || lacking_date('决定日期', own_decided_raw)
        WHEN $today <= due.first THEN NULL
        WHEN state = 'contradictory' THEN '回访填写矛盾'
        WHEN state = 'unclear' THEN '回访的表述不能识别'
        WHEN state IS DISTINCT FROM 'not_done' THEN '影响期至' || clock_text(runs_to) || '，回访空白'
        WHEN $today <= due.last THEN '影响期不到日，是否已过跟踪期限不能定' END AS open_question,
    CASE
        WHEN $follow_months IS NULL OR kind = 'organization' OR band = 0 OR state = 'not_applicable' OR period_kind = 'exempt' OR period_state = 'not_applicable'
            OR period_state = 'none' AND period_kind = 'none' THEN 'exempt'
        WHEN state = 'done' THEN 'clear'
        WHEN coalesce(gone, false) THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN state = 'not_done' AND $today > due.last THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'period_end': clock_text(runs_to), 'months': $follow_months, 'limit': clock_text(due), 'today': strftime($today, '%Y-%m-%d'),
     'measures': measures_raw, 'cells': cells, 'blank_note': blank_note(blank_counted), 'open_question': open_question} AS facts
FROM timed
