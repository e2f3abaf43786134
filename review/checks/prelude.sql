-- What several checks look at, made once a run as TEMP objects. A check file may use these names beside the public tables.

-- Fields that a sheet can give; `needs` of a check is held against them. The has_ columns are asked for every person, so once here.
CREATE TEMP TABLE sheet_fields AS
SELECT *, list_contains(fields, 'rank') AS has_rank, list_contains(fields, 'politics') AS has_politics,
    list_contains(fields, 'announcement_on') AS has_announcement_date
FROM (SELECT import_id, sheet, coalesce(list(DISTINCT field) FILTER (WHERE field IS NOT NULL), []) AS fields
FROM (SELECT import_id, sheet, field FROM import_fields
      UNION ALL SELECT DISTINCT import_id, sheet, NULL FROM cases
      UNION ALL SELECT DISTINCT import_id, sheet, NULL FROM respondents)
GROUP BY ALL);

-- Rows of one title in a sheet, of which some have no number: they stand as two cases and may be one.
CREATE TEMP TABLE maybe_same AS
WITH pairs AS (
    SELECT b.case_id, o.case_id AS other_id FROM (FROM cases WHERE case_no IS NULL AND title IS NOT NULL) b
    JOIN cases o ON o.import_id = b.import_id AND o.sheet = b.sheet AND o.title = b.title AND o.case_no IS NOT NULL
)
FROM pairs UNION ALL SELECT other_id, case_id FROM pairs;

-- Whether the case lists all its respondents: as answered for the import, or 'unread' where people of it could not be read, 'doubtful'
-- where others of it may stand as a case of their own.
CREATE TEMP TABLE listings AS
SELECT c.case_id, CASE WHEN u.case_id IS NOT NULL THEN 'unread' WHEN m.case_id IS NOT NULL THEN 'doubtful' ELSE c.complete END AS listed
FROM cases c LEFT JOIN (SELECT DISTINCT case_id FROM maybe_same) m ON m.case_id = c.case_id
LEFT JOIN (
    SELECT DISTINCT case_id
    FROM cases c JOIN rejects r ON r.import_id = c.import_id AND r.sheet = c.sheet AND r."row" BETWEEN c."row" AND c.last_row
    LEFT JOIN import_columns i ON i.import_id = r.import_id AND i.sheet = r.sheet AND i."column" = r."column"
    WHERE i.field IS NULL OR i.field IN ('name', 'people', 'object_type')
    -- A row that belongs to the case and names nobody: there is somebody whom it does not tell.
    UNION SELECT c.case_id FROM cases c
    JOIN ledger_rows l ON l.import_id = c.import_id AND l.sheet = c.sheet AND l."row" BETWEEN c."row" AND c.last_row AND l.kind = 'reject'
) u ON u.case_id = c.case_id;

CREATE TEMP MACRO listed_text(listed) AS CASE listed
    WHEN 'yes' THEN '台账声明已列出同案全部被问责对象'
    WHEN 'no' THEN '台账声明未列出同案全部被问责对象'
    WHEN 'unread' THEN '本案有人员未能读入'
    WHEN 'doubtful' THEN '同名的案件有的行没有写案件编号，可能是同一案'
    ELSE '台账是否列出同案全部被问责对象不清楚' END;

-- Leading official? yes, no or unknown. Village posts never are; staff never are, whatever their 职级; a middle post is one only by
-- rank: a blank rank leaves the question open where the ledger has that column, and above the county, where sections rank with townships.
-- Heads of enterprises and other bodies need a rank.
CREATE TEMP MACRO leader_state(tier, role, rank_order, has_rank) AS CASE
    WHEN role = 'organization' THEN NULL
    WHEN tier = 'village' OR role IN ('village_cadre', 'staff') THEN 'no'
    WHEN rank_order >= 40 THEN 'yes'
    WHEN role IN ('head', 'deputy', 'board') AND tier IN ('province', 'city', 'county', 'township') THEN 'yes'
    WHEN role = 'middle' THEN if(rank_order IS NULL AND (has_rank OR tier NOT IN ('county', 'township')), 'unknown', 'no')
    -- 职级 from 四级主任科员 up may go with a leading post that the ledger does not tell; 股级 and 科员 can't.
    WHEN rank_order < 30 THEN 'no'
    ELSE 'unknown' END;

CREATE TEMP MACRO tier_order(tier) AS CASE tier
    WHEN 'province' THEN 5 WHEN 'city' THEN 4 WHEN 'county' THEN 3 WHEN 'township' THEN 2 WHEN 'village' THEN 1 END;

-- Explicit "does not apply" of a text cell. A stroke is no such word there: it stands for "not filled in".
CREATE TEMP MACRO says_not_applicable(raw) AS trim(raw) IN ('不适用', '不涉及', '无需填写');
-- An empty cell or a placeholder in a cell that can't be 无.
CREATE TEMP MACRO says_nothing(raw) AS raw IS NULL
    OR trim(raw) IN ('', '/', '／', '\', '-', '--', '---', '—', '——', '－', '无', '空', '?', '？', '…', '……', '待补', '待补充', '不详');

CREATE TEMP TABLE people AS
SELECT r.* EXCLUDE (decided_on, decided_on_precision, decided_on_raw, sign_note), c.county, l.listed, c.ledger_kind,
    r.decided_on AS own_decided_on, r.decided_on_precision AS own_decided_on_precision, r.decided_on_raw AS own_decided_raw, r.sign_note AS own_sign_note,
    if(r.decided_on IS NULL, c.decided_on, r.decided_on) AS decided_on,
    if(r.decided_on IS NULL, c.decided_on_precision, r.decided_on_precision) AS decided_on_precision,
    CASE WHEN r.kind = 'organization' THEN coalesce(r.name, r.unit, '未署名组织')
        ELSE coalesce(r.name, '未署名') || coalesce('（' || coalesce(r.unit_post_raw, nullif(concat(r.unit, r.post), '')) || '）', '') END AS shown,
    leader_state(r.tier, r.role, r.rank_order, f.has_rank) AS leader,
    -- A party organisation or the leading body of a unit, as against an administrative unit (村委会, 县政府).
    CASE WHEN r.kind = 'organization' THEN regexp_matches(concat(r.name, '|', r.unit),
        '党|支部|纪委|纪检|工委|班子|[省市县区州旗盟]委(员会)?([|]|$)|^中共') ELSE false END AS party_body
FROM respondents r
JOIN cases c USING (case_id)
JOIN listings l USING (case_id)
JOIN sheet_fields f ON f.import_id = r.import_id AND f.sheet = r.sheet;

-- Date that decides which version of the rules applies, for findings on a case (respondent_id NULL) and on a respondent.
CREATE TEMP TABLE decision_dates AS
SELECT case_id, NULL::VARCHAR AS respondent_id, decided_on, decided_on_precision FROM cases
UNION ALL SELECT case_id, respondent_id, decided_on, decided_on_precision FROM people;

-- One state of many cells, from bits (one scan for millions of cells): an explicit no beside an explicit yes stays open.
CREATE TEMP MACRO status_bit(status) AS CASE status WHEN 'done' THEN 1 WHEN 'not_done' THEN 2 WHEN 'not_applicable' THEN 4 WHEN 'unclear' THEN 8 ELSE 0 END;
CREATE TEMP MACRO joint_state(bits) AS CASE
    WHEN bits & 3 = 3 THEN 'contradictory'
    WHEN bits & 2 > 0 THEN 'not_done'
    WHEN bits & 1 > 0 THEN 'done'
    WHEN bits & 4 > 0 THEN 'not_applicable'
    WHEN bits & 8 > 0 THEN 'unclear'
    ELSE 'blank' END;
-- Nearly all lists have one member or none: those stay as they are.
CREATE TEMP MACRO list_distinct_sorted(l) AS CASE WHEN len(l) > 1 OR len(l) = 1 AND l[1] IS NULL THEN list_sort(list_distinct(l)) ELSE l END;

-- State of a step in a case, over all its rows; cells are those that do not say that it was done.
CREATE TEMP VIEW case_steps AS
SELECT case_id, step, joint_state(bit_or(status_bit(status))) AS state, bool_or(blank_counted) AS blank_counted,
    list_distinct_sorted(list(sheet || ' ' || "column" || "row") FILTER (WHERE status <> 'done')) AS cells
FROM steps GROUP BY case_id, step;

-- Cells of the steps of a respondent; what is told for the whole case holds for each of them. One aggregate over it is cheaper than two.
CREATE TEMP VIEW person_step_rows AS
SELECT respondent_id, step, status, blank_counted, sheet, "column", "row", done_on, done_on_precision, raw FROM steps WHERE respondent_id IS NOT NULL
UNION ALL
SELECT r.respondent_id, s.step, s.status, s.blank_counted, s.sheet, s."column", s."row", s.done_on, s.done_on_precision, s.raw
FROM steps s JOIN respondents r USING (case_id) WHERE s.respondent_id IS NULL;

-- State of a step for a respondent.
CREATE TEMP VIEW person_steps AS
SELECT respondent_id, step, joint_state(bit_or(status_bit(status))) AS state, bool_or(blank_counted) AS blank_counted,
    list_distinct_sorted(list(sheet || ' ' || "column" || "row") FILTER (WHERE status <> 'done')) AS cells
FROM person_step_rows GROUP BY respondent_id, step;

-- A known date as it is known: 2023-05-06, 2023-05, 2023.
CREATE TEMP MACRO date_text(d, p) AS CASE p WHEN 'day' THEN strftime(d, '%Y-%m-%d') WHEN 'month' THEN strftime(d, '%Y-%m') WHEN 'year' THEN strftime(d, '%Y') END;
CREATE TEMP MACRO blank_note(counted) AS if(counted, '该列空白按导入时的选择计为“未履行”', NULL);

-- A clock of calendar months: from the 31st of January one month runs to the last day of February. `first` is the limit if the clock began on
-- the earliest day that is known, `last` if on the latest; they differ for a date to the month. A limit day itself is in time.
CREATE TEMP MACRO month_clock(start, start_p, months, tolerance) AS
    {'first': (start + to_months(months) + to_days(tolerance))::DATE, 'last': (last_day_of(start, start_p) + to_months(months) + to_days(tolerance))::DATE};
-- Late, or in time, whichever day of the known ones it was; neither holds where the day would decide. NULL without a date.
CREATE TEMP MACRO surely_past(d, clock) AS d > clock.last;
CREATE TEMP MACRO surely_within(d, p, clock) AS last_day_of(d, p) <= clock.first;
-- The limit as people read it: a day, or the span of days on which it may fall.
CREATE TEMP MACRO clock_text(clock) AS if(clock.first = clock.last, strftime(clock.last, '%Y-%m-%d'), strftime(clock.first, '%Y-%m-%d') || '至' || strftime(clock.last, '%Y-%m-%d'));

-- Why a date is not there: 决定日期空白, or 决定日期“会后即日”读不出 where the cell holds words. `unreadable` says so for a step.
CREATE TEMP MACRO lacking_date(name, raw) AS name || if(says_nothing(raw), '空白', '“' || raw || '”读不出');
CREATE TEMP MACRO lacking_step_date(name, unreadable) AS name || if(unreadable, '读不出', '空白');

-- Explicit none of a cell for 从轻减轻, 从重加重: a stroke or a blank is no such word.
CREATE TEMP MACRO says_none(raw) AS coalesce(regexp_matches(trim(raw), '^(无|没有|否|未发现|不具有|不存在|不具备)(法定)?(从轻|减轻|从重|加重|上述|相关)?[或、]?(从轻|减轻|从重|加重)?(处理)?(情形|情节)?$'), false);
-- 4.5, 4: a number without needless noughts.
CREATE TEMP MACRO number_text(n) AS regexp_replace(n::VARCHAR, '\.0+$', '');
