/*---
id = "O09"
title = "因离岗提拔退休而未问责"
aspect = "问责对象"
level = "严重"
unit = "respondent"
reach = "case"
looks_for = "台账写明不予、免予问责或未问责，而写出的理由只有调离、提拔、退休、离岗。"
why = "问责是终身的：应当问责的，不论本人是否调离转岗、提拔或者退休。人走责销，责任就落到后来的人身上。"
needs = ["outcome|exempt_clause|measures|measures_organizational|measures_party|measures_administrative|measures_education"]
params = []
message = "{person}未被问责（{told}），写出的理由只有“{left_words}”，疑似因离岗、提拔或退休而未问责。"
undetermined = "{person}为何未被问责不能判断：{open_question}。"

[[basis]]
law = "中国共产党问责条例"
article = "第十六条"
version = "2019"
verified = false

[[cleared_by]]
text = "写明本人已去世（不适用）"
kind = "fact"

[[cleared_by]]
text = "同时写明第十七条的免责情形或其他理由，如没有责任、已尽职、情节轻微、另案处理（不适用）；理由与离岗无关的（符合，是否成立看 T02）"
kind = "fact"

[[cleared_by]]
text = "同一行另有处理方式，实际已经问责（不适用）"
kind = "fact"

[[cleared_by]]
text = "决定书中另有不予问责的理由，台账没有写出"
kind = "text"

[facts]
person = "人员"
told = "未问责的写法"
left_words = "离岗理由"
reason = "理由原文"
other_words = "其他理由"
post_now = "现任职务"
open_question = "不能判断的原因"
---*/
WITH spared AS (
    SELECT respondent_id, bool_or(code IN ('no_accountability', 'exempt_accountability')) AS by_measure,
        bool_or(is_final AND code NOT IN ('no_accountability', 'exempt_accountability', 'no_sanction', 'exempt_sanction', 'clarified')) AS otherwise_held
    FROM measures GROUP BY respondent_id
), read AS (
    SELECT p.*, coalesce(s.by_measure, false) AS by_measure, coalesce(s.otherwise_held, false) AS held,
        NOT says_nothing(p.outcome) AND regexp_matches(p.outcome, '不予问责|免予问责|免于问责|未问责|未予问责|未被问责|不问责|不再问责|不予追责|免予追责|未追责|不予追究|不再追究|未追究|^\s*(否|未|×)') AS by_outcome,
        concat_ws('；', if(says_nothing(p.outcome), NULL, p.outcome), if(says_nothing(p.exempt_clause), NULL, p.exempt_clause), if(says_nothing(p.note), NULL, p.note),
            if(s.by_measure, p.measures_raw, NULL)) AS reason
    FROM people p LEFT JOIN spared s USING (respondent_id)
), reasoned AS (
    SELECT *, (by_measure OR coalesce(by_outcome, false)) AS not_held,
        if(not_held, nullif(regexp_extract(reason, '调离|调任|调出|已调|调往|调至|转岗|轮岗|交流任职|提拔|晋升|升任|升职|重用|退休|离岗|离任|离职|已辞职|不在岗|内退|退居二线|退出领导岗位|卸任|不再担任'), ''), NULL) AS left_words,
        if(not_held, nullif(regexp_extract(reason, '去世|死亡|病故|已故|身故|亡故|第十七条|第17条|容错|先行先试|探索|改革|无意过失|反对意见|保留意见|不可抗力|难以预见|没有责任|无责任|不承担责任|不负责任|无直接关联|不属实|尽职|尽责|履职到位|情节轻微|情节较轻|主动整改|积极整改|及时整改|主动纠正|主动挽回|挽回|另案|已处理|已处分|已问责|已追责|已被问责|已受|移送|上级处理|上级问责'), ''), NULL) AS other_words
    FROM read
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN held OR organization_band > 0 THEN NULL
        WHEN kind = 'unknown' AND not_held AND left_words IS NOT NULL AND other_words IS NULL THEN '是个人还是组织不明'
        WHEN not_held AND left_words IS NULL AND other_words IS NULL AND says_nothing(exempt_clause) AND says_nothing(note) THEN '没有写出未问责的理由'
        WHEN NOT not_held AND measures_raw IS NULL THEN '问责方式空白，是否已被问责不明'
        WHEN NOT not_held AND band IS NULL AND NOT coalesce(measures_complete, false) THEN '处理的表述不能识别，是否已被问责不明' END AS open_question,
    CASE
        WHEN kind = 'organization' THEN 'exempt'
        WHEN not_held AND (held OR other_words IS NOT NULL) THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        WHEN not_held AND left_words IS NOT NULL THEN 'suspect'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'told': coalesce(if(by_outcome, outcome, NULL), measures_raw), 'left_words': left_words, 'reason': nullif(reason, ''), 'other_words': other_words,
     'post_now': post_now, 'open_question': open_question} AS facts
FROM reasoned
