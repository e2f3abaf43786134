/*---
id = "P10"
title = "未归入档案或未通报组织部门"
aspect = "程序"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "归档一栏（廉政档案、人事档案）或通报组织部门一栏明确写否、未。"
why = "问责决定要通报组织部门，归入廉政档案和干部人事档案；不归档，提拔使用时就看不到，影响期形同虚设。"
needs = ["archive|archive_on|org_notice|org_notice_on"]
message = "{person}：{missing}（{cells}）[，{blank_note}]，决定于{decided}作出，已过申诉期，疑似问责决定没有归入档案或通报组织部门。"
undetermined = "{person}的决定是否归档、通报不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第十三条"
version = "2019"
verified = false

[[params]]
name = "appeal_months"
default = 1
unit = "个月"
label = "申诉期"
sentence = "决定作出未满这么多个月的，还在申诉期内，暂不检查；按日历月计算。"

[[params]]
name = "as_of"
default = "today"
unit = "日期"
label = "检查日期"
sentence = "申诉期是否已满按这一天计算；默认是运行检查的当天。"

[[cleared_by]]
text = "对象是党组织或单位；各栏写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "决定作出未满申诉期，或者已申诉而答复写明未作出（不适用）"
kind = "fact"

[[cleared_by]]
text = "决定日期空白、读不出，或只到月而是否还在申诉期由日决定（待核）"
kind = "fact"

[[cleared_by]]
text = "结论是不予、免予问责，没有可归档的问责决定（不适用）"
kind = "fact"

[[cleared_by]]
text = "村（社区）干部不由组织部门管理，只缺通报组织部门的（不适用）"
kind = "fact"

[[cleared_by]]
text = "归档一栏指的是另一种档案，如只指案卷归档：请看卷宗和廉政档案"
kind = "text"

[facts]
person = "被问责人员"
missing = "未履行的环节"
decided = "决定日期"
appeal = "申诉"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
-- Only the columns that the ledger has are asked for (NULL: no such column). Village posts are not managed by the 组织部门: its notice is left out for them.
WITH told AS (
    SELECT respondent_id, joint_state(bit_or(status_bit(status)) FILTER (WHERE step = 'archive')) AS archived,
        joint_state(bit_or(status_bit(status)) FILTER (WHERE step = 'org_notice')) AS notified,
        bool_or(step = 'archive') AS asks_archive, bool_or(step = 'org_notice') AS asks_notice, bool_or(blank_counted AND status = 'not_done') AS blank_counted,
        list_distinct_sorted(list(sheet || ' ' || "column" || "row") FILTER (WHERE status <> 'done')) AS cells
    FROM person_step_rows WHERE step IN ('archive', 'org_notice') GROUP BY respondent_id
), appeals AS (
    SELECT respondent_id, bit_or(status_bit(status)) FILTER (WHERE step = 'appeal') = 1 AND bit_or(status_bit(status)) FILTER (WHERE step = 'appeal_reply') & 3 = 2 AS pending
    FROM person_step_rows WHERE step IN ('appeal', 'appeal_reply') GROUP BY respondent_id
), states AS (
    SELECT p.*, t.cells, t.blank_counted, coalesce(a.pending, false) AS pending, t.respondent_id IS NULL AS untold,
        if(asks_archive, archived, NULL) AS archive_state, if(asks_notice AND tier <> 'village', notified, NULL) AS notice_state, tier = 'unknown' AS placeless,
        list_filter([if(archive_state = 'not_done', '归档为否', NULL), if(notice_state = 'not_done' AND NOT placeless, '通报组织部门为否', NULL)], lambda w: w IS NOT NULL) AS missing,
        month_clock(decided_on, decided_on_precision, $appeal_months, 0) AS clock
    FROM people p LEFT JOIN told t USING (respondent_id) LEFT JOIN appeals a USING (respondent_id)
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN untold THEN '归档和通报都没有填写'
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN len(missing) > 0 AND decided_on IS NULL THEN array_to_string(missing, '、') || '，但' || lacking_date('决定日期', own_decided_raw) || '，是否还在申诉期不明'
        WHEN len(missing) > 0 AND clock.last >= $as_of::DATE THEN array_to_string(missing, '、') || '，但决定日期不到日，是否还在申诉期不能定'
        WHEN notice_state = 'not_done' AND placeless THEN '通报组织部门为否，是不是村（社区）干部不明'
        ELSE nullif(concat_ws('、',
            CASE archive_state WHEN 'blank' THEN '归档空白' WHEN 'unclear' THEN '归档表述不能识别' WHEN 'contradictory' THEN '归档填写矛盾' END,
            CASE notice_state WHEN 'blank' THEN '通报组织部门空白' WHEN 'unclear' THEN '通报组织部门表述不能识别' WHEN 'contradictory' THEN '通报组织部门填写矛盾' END), '') END AS open_question,
    CASE
        WHEN kind = 'organization' OR band = 0 THEN 'exempt'
        WHEN NOT untold AND coalesce(archive_state, 'not_applicable') = 'not_applicable' AND coalesce(notice_state, 'not_applicable') = 'not_applicable' THEN 'exempt'
        WHEN pending OR coalesce(clock.first >= $as_of::DATE, false) THEN 'exempt'
        WHEN len(missing) > 0 AND kind = 'person' AND clock.last < $as_of::DATE THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'missing': missing, 'decided': date_text(decided_on, decided_on_precision), 'appeal': if(pending, '已申诉，尚未答复', NULL), 'cells': cells,
     'blank_note': blank_note(blank_counted), 'open_question': open_question} AS facts
FROM states
