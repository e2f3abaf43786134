/*---
id = "O01"
title = "只问下不问上"
aspect = "问责对象"
level = "严重"
unit = "case"
reach = "case"
looks_for = "一案中至少有一人被问责，但没有一名乡科级以上领导班子成员（正职、副职、班子成员，或职级在乡科级副职以上），也没有村以上的党组织。"
why = "领导班子和领导干部应当首先从自身找责任，不得向下级党组织和干部推卸责任；只处理村干部、一般工作人员和中层，可能把决策、监督的责任压给了下级。"
needs = ["unit_post|post_then|post_now|rank"]
params = []
message = "本案读到{person_count}名被问责人员，均不是乡科级以上领导班子成员：{people}；也没有村以上党组织被问责。{listed_text}。疑似只问下不问上。"
undetermined = "本案没有已知的领导班子成员被问责，但不能判断为只问下不问上：{open_question}。人员：{people}。"

[[basis]]
law = "中国共产党问责条例"
article = "第六条第三款"
version = "2019"
verified = true

[[basis]]
law = "中国共产党问责条例"
article = "第五条"
version = "2019"
verified = true

[[cleared_by]]
text = "同案有村以上党组织被问责：上一级已被问到（符合）"
kind = "fact"

[[cleared_by]]
text = "本案只问责了组织，没有个人（不适用）"
kind = "fact"

[[cleared_by]]
text = "省、市机关的中层（科长、处长）没有写职级：可能已是乡科级以上（待核）"
kind = "fact"

[[cleared_by]]
text = "上级领导在另案处理，或由更高一级处理：请注明关联案件编号"
kind = "text"

[[cleared_by]]
text = "问题完全在村自己的职权内（如村级资金、低保名单、村级工程），上级已尽监督责任"
kind = "text"

[[cleared_by]]
text = "已对上级领导的责任作过审查并有书面说明"
kind = "text"

[[cleared_by]]
text = "台账写的是现任职务，问题发生时的职务与此不同：请看任免表"
kind = "text"

[facts]
person_count = "被问责人数"
people = "被问责人员"
open_question = "不能判断的原因"
listed_text = "台账是否完整"
---*/
-- Village posts and staff are never leaders, a middle post only by rank; heads of enterprises and other bodies need a rank (leader_state).
WITH seen AS (
    SELECT case_id, any_value(county) AS county, any_value(listed) AS listed,
        sum(headcount) FILTER (WHERE kind <> 'organization') AS person_count,
        bool_or(leader = 'yes' AND kind <> 'organization') AS has_leader,
        bool_or(party_body AND tier IN ('province', 'city', 'county', 'township', 'enterprise', 'other')) AS has_party_body
    FROM people GROUP BY case_id
), named AS (
    -- Names are listed only where no leader answers the question.
    SELECT case_id, list(shown ORDER BY seq) FILTER (WHERE kind <> 'organization') AS people,
        list(shown ORDER BY seq) FILTER (WHERE kind <> 'organization' AND leader = 'unknown') AS unknown_people,
        list(shown ORDER BY seq) FILTER (WHERE kind = 'organization' AND tier <> 'village') AS other_bodies
    FROM people SEMI JOIN (SELECT case_id FROM seen WHERE NOT coalesce(has_leader, false) AND NOT has_party_body) USING (case_id) GROUP BY case_id
)
SELECT c.case_id, NULL::VARCHAR AS respondent_id, c.county,
    CASE
        WHEN s.case_id IS NULL THEN '没有读到被问责人员'
        WHEN len(unknown_people) > 0 THEN array_to_string(unknown_people, '、') || '是否为领导班子成员不明'
        WHEN len(other_bodies) > 0 THEN '同案还问责了' || array_to_string(other_bodies, '、') || '，是否已问到上一级不明'
        WHEN listed <> 'yes' THEN listed_text(listed) END AS open_question,
    CASE
        WHEN has_leader OR has_party_body THEN 'clear'
        WHEN person_count IS NULL AND listed IS NOT NULL THEN 'exempt'
        WHEN open_question IS NOT NULL THEN 'undetermined'
        ELSE 'suspect' END AS verdict,
    {'person_count': coalesce(person_count, 0)::BIGINT, 'people': people, 'open_question': open_question, 'listed_text': listed_text(listed)} AS facts
FROM cases c
LEFT JOIN seen s USING (case_id)
LEFT JOIN named n ON n.case_id = c.case_id
