/*---
id = "D01"
title = "关键字段空白"
aspect = "数据质量"
level = "提示"
unit = "respondent"
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
WITH found AS (
    SELECT r.case_id, r.respondent_id, c.county, p.shown, list_filter([
        if(list_contains(f.fields, 'name') AND says_nothing(r.name) AND NOT (r.kind = 'organization' AND r.unit IS NOT NULL), field_label('name'), NULL),
        if(list_has_any(f.fields, ['unit', 'unit_post']) AND says_nothing(r.unit) AND says_nothing(r.unit_post_raw), field_label('unit'), NULL),
        if(list_has_any(f.fields, ['unit_post', 'post_then', 'post_now']) AND r.kind = 'person' AND says_nothing(r.post), '职务', NULL),
        if(list_contains(f.fields, 'circumstance') AND c.circumstance IS NULL AND says_nothing(c.circumstance_raw), field_label('circumstance'), NULL),
        if(list_contains(f.fields, 'responsibility') AND r.responsibility = 'unknown' AND says_nothing(r.responsibility_raw), field_label('responsibility'), NULL),
        if(list_has_any(f.fields, ['measures', 'measures_organizational', 'measures_party', 'measures_administrative', 'measures_education'])
            AND says_nothing(r.measures_raw), field_label('measures'), NULL),
        if(list_contains(f.fields, 'decided_on') AND r.decided_on IS NULL AND c.decided_on IS NULL AND says_nothing(r.decided_on_raw), field_label('decided_on'), NULL),
        if(list_contains(f.fields, 'case_no') AND says_nothing(c.case_no), field_label('case_no'), NULL)
    ], lambda label: label IS NOT NULL) AS blank
    FROM respondents r JOIN cases c USING (case_id) JOIN people p ON p.respondent_id = r.respondent_id
    JOIN sheet_fields f ON f.import_id = r.import_id AND f.sheet = r.sheet
)
SELECT case_id, respondent_id, county, if(len(blank) > 0, 'undetermined', 'clear') AS verdict, {'person': shown, 'blank': blank} AS facts FROM found
