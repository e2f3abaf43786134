/*---
id = "U01"
title = "未写书面检讨或未在民主生活会上检查"
aspect = "成果运用"
level = "一般"
unit = "respondent"
reach = "case"
looks_for = "决定已满一年，书面检讨或民主生活会（组织生活会）检查一栏明确写否、未。"
why = "被问责的领导干部应当写出书面检讨，并在民主生活会等会议上作出深刻检查；这一步没有，问责就停在纸面上。"
needs = ["self_criticism|self_criticism_on|meeting_criticism|meeting_criticism_on"]
message = "{person}：{missing}（{cells}）[，{blank_note}]，决定（{decided}）已满{months}个月，疑似未作书面检讨或未在会上检查。"
undetermined = "{person}是否作过书面检讨和会上检查不能判断：{open_question}[（{cells}）]。"

[[basis]]
law = "中国共产党问责条例"
article = "第十三条"
version = "2019"
verified = false

[[params]]
name = "months"
default = 12
unit = "个月"
label = "决定后多久还没有才算"
sentence = "民主生活会通常一年一次；决定未满这么久的不判断。"

[[params]]
name = "today"
default = "today"
unit = "日期"
label = "检查日期"
sentence = "从决定之日算到这一天；默认是运行检查的当天。"

[[cleared_by]]
text = "对象是党组织或单位（不适用）"
kind = "fact"

[[cleared_by]]
text = "决定未满一年，年度民主生活会可能还没有召开（不适用）"
kind = "fact"

[[cleared_by]]
text = "备注、现任职务写明已退休、去世，或处理是开除党籍、开除公职的（不适用）"
kind = "fact"

[[cleared_by]]
text = "各栏写明不适用、不涉及（不适用）"
kind = "fact"

[[cleared_by]]
text = "检讨书在案卷，检查记在会议记录，台账漏填"
kind = "text"

[facts]
person = "被问责人员"
missing = "没有做到的"
decided = "决定日期"
months = "期限（月）"
cells = "单元格"
blank_note = "空白的计法"
open_question = "不能判断的原因"
---*/
WITH told AS (
    SELECT respondent_id,
        list(step_label(step) || '为否' ORDER BY step) FILTER (WHERE state = 'not_done') AS missing,
        list(step_label(step) || if(state = 'contradictory', '填写矛盾', if(state = 'unclear', '表述不能识别', '空白')) ORDER BY step)
            FILTER (WHERE state IN ('blank', 'unclear', 'contradictory')) AS open_steps,
        bool_and(state = 'not_applicable') AS none_applies,
        bool_or(blank_counted AND state = 'not_done') AS blank_counted,
        list_sort(flatten(list(cells) FILTER (WHERE cells IS NOT NULL))) AS cells
    FROM person_steps WHERE step IN ('self_criticism', 'meeting_criticism') GROUP BY respondent_id
), expelled AS (
    SELECT DISTINCT respondent_id FROM measures WHERE is_final AND code IN ('party_expulsion', 'admin_expulsion')
), dated AS (
    SELECT p.*, t.* EXCLUDE (respondent_id), t.respondent_id IS NOT NULL AS has_steps, e.respondent_id IS NOT NULL AS expelled,
        month_clock(p.decided_on, p.decided_on_precision, $months, 0) AS clock
    FROM people p LEFT JOIN told t USING (respondent_id) LEFT JOIN expelled e USING (respondent_id)
)
SELECT case_id, respondent_id, county,
    CASE
        WHEN NOT has_steps THEN '书面检讨和民主生活会检查都没有填写'
        WHEN kind = 'unknown' THEN '是个人还是组织不明'
        WHEN len(missing) > 0 AND decided_on IS NULL THEN array_to_string(missing, '、') || '，但' || lacking_date('决定日期', own_decided_raw) || '，是否已满' || $months || '个月不能定'
        WHEN len(missing) > 0 AND NOT surely_past($today::DATE, clock) THEN array_to_string(missing, '、') || '，但决定日期不到日，是否已满' || $months || '个月不能定'
        WHEN len(open_steps) > 0 THEN array_to_string(open_steps, '、') END AS open_question,
    CASE
        WHEN kind = 'organization' OR none_applies OR expelled THEN 'exempt'
        WHEN coalesce(regexp_matches(concat(note, '|', post_now), '已?退休|去世|死亡|病故|已故'), false) THEN 'exempt'
        WHEN coalesce($today::DATE <= clock.first, false) THEN 'exempt'
        WHEN len(missing) > 0 AND kind = 'person' AND coalesce(surely_past($today::DATE, clock), false) THEN 'suspect'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'clear' END AS verdict,
    {'person': shown, 'missing': missing, 'decided': date_text(decided_on, decided_on_precision), 'months': $months, 'cells': cells,
     'blank_note': blank_note(blank_counted), 'open_question': open_question} AS facts
FROM dated
