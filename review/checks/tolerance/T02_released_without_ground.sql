/*---
id = "T02"
title = "免予、不予问责无第十七条情形或与处理矛盾"
aspect = "容错"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "结论是不予问责、免予问责的：写的理由不属于第十七条所列情形，或同一行又给予第八条所列的处理。"
why = "不予、免予问责只限于几种情形；没有情形就免，是该问不问；又免又处理，结论自相矛盾。"
needs = ["outcome|exempt_clause|measures|measures_organizational|measures_party|measures_administrative|measures_education"]
params = []
message = "{person}的结论为“{outcome}”，{fault}，疑似不予、免予问责没有第十七条情形或与处理矛盾。"
undetermined = "{person}的结论为“{outcome}”，是否符合第十七条不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第十七条"
version = "2019"
verified = true

[[cleared_by]]
text = "理由写明改革探索中的失误、集体决策中明确反对或保留、不可抗力或难以预见，或建议改正上级错误决定未被采纳（符合）"
kind = "fact"

[[cleared_by]]
text = "理由引到第十七条的具体款项（符合）"
kind = "fact"

[[cleared_by]]
text = "免予问责而谈话提醒、批评教育：属第一种形态，可以并用（符合）"
kind = "fact"

[[cleared_by]]
text = "写的是免予处分、不予处分：不是免予问责（不适用）"
kind = "fact"

[[cleared_by]]
text = "理由写在决定或调查报告里，台账只是简写"
kind = "text"

[facts]
person = "被问责对象"
outcome = "结论"
clause = "理由原文"
measures = "处理"
fault = "问题"
open_question = "不能判断的原因"
---*/
WITH handled AS (
    SELECT respondent_id,
        bool_or(code IN ('no_accountability', 'exempt_accountability')) AS released,
        bool_or(code IN ('no_sanction', 'exempt_sanction')) AS unsanctioned
    FROM measures WHERE is_final AND code IN ('no_accountability', 'exempt_accountability', 'no_sanction', 'exempt_sanction') GROUP BY respondent_id
), released AS (
    SELECT p.*,
        coalesce(h.released, false) OR coalesce(regexp_matches(p.outcome, '(不予|免予|免于|不再|免除)(责任)?(问责|追责|追究)|免责|予以容错'), false) AS is_released,
        coalesce(h.unsanctioned, false) OR coalesce(regexp_matches(p.outcome, '(不予|免予|免于|免除)(党纪|政务|纪律|党内)?处分'), false) AS is_unsanctioned,
        -- The column of its own decides; only where it is empty are the conclusion, the measures and the remarks looked through.
        if(says_nothing(p.exempt_clause) OR says_not_applicable(p.exempt_clause), concat_ws('；', p.outcome, if(h.released, p.measures_raw, NULL), p.note), p.exempt_clause) AS ground,
        NOT (says_nothing(p.exempt_clause) OR says_not_applicable(p.exempt_clause)) AS stated
    FROM people p LEFT JOIN handled h USING (respondent_id)
), told AS (
    SELECT *, coalesce(exploring_error_word(ground), spoken_against_word(ground), unforeseeable_word(ground), superior_error_word(ground)) IS NOT NULL
            OR coalesce(regexp_matches(ground, '(第?十七条|17条)[^，。；]{0,4}(第?[（(]?[一二三123][)）]?[项款种])'), false) AS named,
        unnamed_word(ground) IS NOT NULL AS vague
    FROM released WHERE is_released OR is_unsanctioned
), contrary AS (
    -- Only of the few who were released.
    SELECT respondent_id, list(m.raw ORDER BY seq) AS against
    FROM measures m SEMI JOIN told USING (respondent_id) LEFT JOIN measure_list l USING (code)
    WHERE is_final AND band > 0 AND (l.listed OR track IN ('organizational', 'party', 'administrative')) GROUP BY respondent_id
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN len(against) > 0 THEN '同一行又给予' || array_to_string(against, '、')
        WHEN stated AND NOT named THEN '理由“' || exempt_clause || '”不属于第十七条所列情形' END AS fault,
    CASE
        WHEN named THEN if(measures_complete = false, '处理“' || measures_raw || '”有部分不能识别，不知与结论是否矛盾', NULL)
        WHEN NOT stated THEN '没有写明属于第十七条的哪一种情形'
        WHEN vague THEN '理由“' || exempt_clause || '”没有说是哪一种情形' END AS open_question,
    CASE
        WHEN NOT is_released THEN 'exempt'
        WHEN len(against) > 0 THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN named THEN 'clear'
        ELSE 'suspect' END AS verdict,
    {'person': shown, 'outcome': if(says_nothing(outcome), measures_raw, outcome), 'clause': exempt_clause, 'measures': measures_raw, 'fault': fault,
     'open_question': open_question} AS facts
FROM told LEFT JOIN contrary USING (respondent_id)
