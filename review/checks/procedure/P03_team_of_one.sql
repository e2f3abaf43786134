/*---
id = "P03"
title = "调查组少于两人"
aspect = "程序"
level = "一般"
unit = "case"
reach = "case"
looks_for = "调查组人数写明少于设定人数。"
why = "问责调查应当组成调查组；一个人调查，事实没有人印证，谈话笔录也缺少见证。"
needs = ["team"]
message = "本案调查组写为“{team}”，只有{size}人，疑似调查组少于{least}人。"
undetermined = "本案调查组是否少于两人不能判断：{open_question}[（写的是“{team}”）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第十条"
version = "2019"
verified = true

[[params]]
name = "least"
default = 2
unit = "人"
label = "调查组最少人数"
sentence = "条例释义要求调查组不少于两人。"

[[cleared_by]]
text = "已立案审查，审查组另有规定（不适用）"
kind = "fact"

[[cleared_by]]
text = "调查组一栏写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "只写了一个姓名：可能只列了组长（待核）"
kind = "fact"

[[cleared_by]]
text = "调查方案或谈话笔录上另有调查人员：请看卷宗"
kind = "text"

[facts]
team = "调查组"
size = "人数"
least = "最少人数"
filing = "是否立案"
open_question = "不能判断的原因"
---*/
SELECT c.case_id, NULL::VARCHAR AS respondent_id, c.county,
    CASE
        WHEN says_nothing(team_raw) THEN '调查组空白'
        WHEN team_size IS NULL THEN '看不出几个人'
        WHEN team_size < $least AND team_told_by = 'names' THEN '只写了' || team_size || '个姓名，可能没有列全' END AS open_question,
    CASE
        WHEN f.state = 'done' OR says_not_applicable(team_raw) THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN team_size < $least THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'team': team_raw, 'size': team_size, 'least': $least, 'filing': status_label(f.state), 'open_question': open_question} AS facts
FROM cases c LEFT JOIN case_steps f ON f.case_id = c.case_id AND f.step = 'filing'
