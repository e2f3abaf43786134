/*---
id = "P11"
title = "依据条款缺失、不具体或适用旧条例"
aspect = "程序"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "问责依据写了法规名称而没有写到条；问责条例只写第七条、没有写到项，问责情形一栏也没有写明；2019年9月1日以后的决定按2016年条例的条号引用（第六条第某项）。"
why = "依据写到条和项，才能核对事实是否符合该情形；引用已经废止的条例，是适用依据错误。"
needs = ["legal_basis|circumstance"]
params = []
message = "{person}的依据写的是“{told}”，{fault}，疑似依据条款缺失、不具体或适用旧条例。"
undetermined = "{person}的依据是否完整不能判断：{open_question}[（写的是“{told}”）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第七条"
version = "2019"
verified = false

[[basis]]
law = "中国共产党问责条例"
article = "第二十七条"
version = "2019"
verified = false

[[cleared_by]]
text = "依据和情形两栏合起来写到了条和项，包括第（十一）项其他情形（符合）"
kind = "fact"

[[cleared_by]]
text = "2019年9月1日以前的决定引用2016年条例的条号（符合）；决定日期不明的（待核）"
kind = "fact"

[[cleared_by]]
text = "依据写明不适用、不涉及；不予、免予问责的（不适用）"
kind = "fact"

[[cleared_by]]
text = "台账有所省略，决定书写明了条和项：请看卷宗"
kind = "text"

[facts]
person = "被问责对象"
told = "依据和情形原文"
fault = "问题"
decided = "决定日期"
open_question = "不能判断的原因"
---*/
-- Ledgers repeat few texts: each pair of cells is read once, whoever it stands for.
WITH pairs AS (
    SELECT p.case_id, p.respondent_id, p.county, p.shown, p.band, p.decided_on, p.decided_on_precision, p.own_decided_raw, p.legal_basis, p.legal_basis_raw, c.circumstance, c.circumstance_raw,
        list_contains(f.fields, 'legal_basis') AS asks_basis, list_contains(f.fields, 'circumstance') AS asks_situation
    FROM people p JOIN cases c USING (case_id) JOIN sheet_fields f ON f.import_id = p.import_id AND f.sheet = p.sheet
), texts AS (
    SELECT legal_basis, legal_basis_raw, circumstance_raw,
        if(says_nothing(legal_basis_raw), NULL, translate(replace(replace(legal_basis_raw, ' ', ''), '　', ''), '（）〔〕〈〉０１２３４５６７８９', '()()《》0123456789')) AS basis,
        if(says_nothing(circumstance_raw), NULL, translate(replace(replace(circumstance_raw, ' ', ''), '　', ''), '（）〔〕〈〉０１２３４５６７８９', '()()《》0123456789')) AS situation
    FROM (SELECT DISTINCT legal_basis, legal_basis_raw, circumstance_raw FROM pairs)
), cited AS MATERIALIZED (
    -- own: what stands behind 问责条例 up to the next law, or the whole text where no law is named.
    SELECT *,
        CASE
            WHEN regexp_matches(basis, '问责') THEN regexp_replace(regexp_extract(basis, '问责[^第；\x3B]*(.*)', 1), '(《|纪律处分|政务处分|监察法|公务员|规定|办法).*$', '')
            WHEN legal_basis IS NULL THEN basis END AS own,
        regexp_matches(coalesce(basis, ''), '第[〇零一二三四五六七八九十百0-9]+条') AS basis_article,
        regexp_matches(coalesce(basis, ''), '条例|规定|办法|细则|准则|规则|法》|法第|法$') AS basis_law
    FROM texts
), read AS MATERIALIZED (
    SELECT *, concat_ws('；', own, situation) AS both_cells,
        regexp_matches(both_cells, '第(七|7)条[^条]{0,8}?([(][一二三四五六七八九十0-9]+[)]|第?[一二三四五六七八九十0-9]+项)') AS has_item,
        regexp_matches(both_cells, '第[〇零一二三四五六七八九十0-9]+条') AS has_article,
        regexp_matches(both_cells, '第(七|7)条') AS names_seventh,
        regexp_matches(both_cells, '第(六|6)条第?([(][一二三四五六0-9]+[)]([^款]|$)|[一二三四五六0-9]+项)')
            OR regexp_matches(coalesce(basis, ''), '问责条例》?[(]2016|2016年?[^；\x3B]{0,6}问责条例') AS old_numbers,
        basis IS NOT NULL AND legal_basis IN ('discipline', 'administrative', 'supervision', 'other') AND NOT regexp_matches(basis, '问责') AS other_law
    FROM cited
), judged AS (
    SELECT p.*, r.* EXCLUDE (legal_basis, legal_basis_raw, circumstance_raw),
        decided_on >= DATE '2019-09-01' AS surely_new, last_day_of(decided_on, decided_on_precision) < DATE '2019-09-01' AS surely_old
    FROM pairs p JOIN read r ON r.legal_basis IS NOT DISTINCT FROM p.legal_basis AND r.legal_basis_raw IS NOT DISTINCT FROM p.legal_basis_raw
        AND r.circumstance_raw IS NOT DISTINCT FROM p.circumstance_raw
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN other_law THEN if(basis_article, NULL, '没有写到条')
        WHEN old_numbers AND surely_new THEN '是2016年条例的条号，决定于' || date_text(decided_on, decided_on_precision) || '，应适用2019年条例'
        WHEN old_numbers OR has_item OR circumstance IS NOT NULL THEN NULL
        -- The lacking article or item may stand in the other cell, where that is empty.
        WHEN basis IS NOT NULL AND basis_law AND NOT has_article AND NOT (asks_situation AND situation IS NULL) THEN '没有写到条'
        WHEN names_seventh AND NOT (asks_situation AND situation IS NULL) AND NOT (asks_basis AND basis IS NULL) THEN '只写到第七条，没有写到项' END AS fault,
    CASE
        WHEN other_law OR fault IS NOT NULL THEN NULL
        WHEN basis IS NULL AND situation IS NULL THEN '依据和情形空白'
        WHEN old_numbers AND NOT coalesce(surely_old, false) THEN '引用的是2016年条例的条号，' || if(decided_on IS NULL, lacking_date('决定日期', own_decided_raw), '决定日期只写到' || date_text(decided_on, decided_on_precision))
        WHEN old_numbers THEN NULL
        WHEN has_item AND coalesce(surely_old, false) THEN '决定早于2019年9月1日，而引用的是2019年条例的条号'
        WHEN has_item OR circumstance IS NOT NULL THEN NULL
        WHEN basis IS NOT NULL AND NOT basis_law AND NOT has_article THEN '依据的表述不能识别'
        WHEN has_article AND NOT names_seventh THEN '写到了条，没有写明第七条的情形'
        WHEN basis IS NULL AND asks_basis THEN '依据空白'
        WHEN situation IS NULL THEN '问责情形空白'
        ELSE '情形的表述不能识别' END AS open_question,
    CASE
        WHEN band = 0 OR says_not_applicable(legal_basis_raw) THEN 'exempt'
        WHEN fault IS NOT NULL THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'told': nullif(concat_ws('；', if(says_nothing(legal_basis_raw), NULL, legal_basis_raw), if(says_nothing(circumstance_raw), NULL, circumstance_raw)), ''),
     'fault': fault, 'decided': date_text(decided_on, decided_on_precision), 'open_question': open_question} AS facts
FROM judged
