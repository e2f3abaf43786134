/*---
id = "D01"
title = "关键字段空白"
aspect = "数据质量"
level = "提示"
unit = "respondent"
reach = "case"
in_issue_list = false
no_exempt = "空白只说明资料不全，没有哪种情况可以免于说明"
looks_for = "姓名、单位职务、问责情形、责任类型、处理方式、决定日期、案件编号空白，或只填了“/”“—”等占位符。"
why = "这些字段空着，多数检查只能得出待核。本项只按县区统计，不算问题，不进问题清单。"
needs = []
params = []
message = "{person}的{blank}空白，疑似漏填。"
undetermined = "{person}的{blank}空白，相关检查无法判断。"

[[basis]]
law = "中国共产党问责条例"
article = "第十条"
version = "2019"
verified = true

[[cleared_by]]
text = "台账没有该列的，不算空白"
kind = "fact"

[[cleared_by]]
text = "写明不适用、不涉及的，不算空白"
kind = "fact"

[facts]
person = "被问责对象"
blank = "空白字段"
---*/
WITH held AS MATERIALIZED (
    -- Groups of fields that a sheet can give at all, looked up once a sheet.
    SELECT import_id, sheet, list_contains(fields, 'name') AS has_name, list_has_any(fields, ['unit', 'unit_post']) AS has_unit,
        list_has_any(fields, ['unit_post', 'post_then', 'post_now']) AS has_post, list_contains(fields, 'circumstance') AS has_circumstance,
        list_contains(fields, 'responsibility') AS has_responsibility,
        list_has_any(fields, ['measures', 'measures_organizational', 'measures_party', 'measures_administrative', 'measures_education']) AS has_measures,
        list_contains(fields, 'decided_on') AS has_decided, list_contains(fields, 'case_no') AS has_number
    FROM sheet_fields
), looked_at AS (
    SELECT p.case_id, p.respondent_id, p.county, p.shown,
        has_name AND says_nothing(p.name) AS no_name,
        has_unit AND says_nothing(p.unit) AND says_nothing(p.unit_post_raw) AS no_unit,
        has_post AND p.kind = 'person' AND says_nothing(p.post) AS no_post,
        has_circumstance AND c.circumstance IS NULL AND says_nothing(c.circumstance_raw) AS no_circumstance,
        has_responsibility AND p.responsibility = 'unknown' AND says_nothing(p.responsibility_raw) AS no_responsibility,
        has_measures AND says_nothing(p.measures_raw) AS no_measures,
        has_decided AND p.decided_on IS NULL AND says_nothing(p.own_decided_raw) AS no_decision,
        has_number AND says_nothing(c.case_no) AS no_number
    FROM people p JOIN cases c ON c.case_id = p.case_id
    JOIN held h ON h.import_id = p.import_id AND h.sheet = p.sheet
), told AS (
    SELECT *, concat_ws('、', if(no_name, field_label('name'), NULL), if(no_unit, field_label('unit'), NULL), if(no_post, '职务', NULL),
        if(no_circumstance, field_label('circumstance'), NULL), if(no_responsibility, field_label('responsibility'), NULL),
        if(no_measures, field_label('measures'), NULL), if(no_decision, field_label('decided_on'), NULL),
        if(no_number, field_label('case_no'), NULL)) AS blanks
    FROM looked_at
)
SELECT case_id, respondent_id, county, if(blanks = '', 'clear', 'undetermined') AS verdict,
    {'person': shown, 'blank': string_split(nullif(blanks, ''), '、')} AS facts
FROM told
