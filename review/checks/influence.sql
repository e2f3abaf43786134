-- 影响期 of every person in ``influence_people``, from the measures and the decision date. Needs the TEMP tables influence_kinds and
-- influence_laws (vocabulary). Ends are calendar months after the decision, clamped to the month's end; a coarse date gives two ends.
-- state: ends (it runs to ends_first, or ends_last for a decision of which only the month or year is known), none (the measures have none),
-- exempt (organisation, 不予/免予, 不适用, membership or employment ended), undetermined (reason says why).
CREATE OR REPLACE TEMP TABLE influence AS
WITH RECURSIVE filed AS (
    -- First day of the oldest text on file of each law, and of the one that adds up.
    SELECT min(in_force) FILTER (WHERE law = 'party') AS party_from, min(in_force) FILTER (WHERE law = 'administrative') AS administrative_from,
        min(in_force) FILTER (WHERE sum_article IS NOT NULL) AS sums_from
    FROM influence_laws
), own AS (
    SELECT respondent_id,
        max(k.months) FILTER (WHERE is_final AND law = 'party') AS party_months,
        max(k.months) FILTER (WHERE is_final AND law = 'administrative') AS administrative_months,
        arg_max(k.label, k.months) FILTER (WHERE is_final AND law = 'party') AS party_label,
        arg_max(k.label, k.months) FILTER (WHERE is_final AND law = 'administrative') AS administrative_label,
        min(k.label) FILTER (WHERE is_final AND treatment = 'unverified') AS unverified,
        min(k.label) FILTER (WHERE is_final AND treatment = 'unclear') AS unclear,
        min(k.label) FILTER (WHERE NOT is_final AND treatment IN ('months', 'restored')) AS proposed,
        max(CASE WHEN is_final AND treatment = 'restored' THEN if(regexp_matches(m.raw, '二年|两年|2年|24个月|二十四个月'), 24,
            if(regexp_matches(m.raw, '一年|1年|12个月|十二个月'), 12, 0)) END) AS probation_months,
        coalesce(bool_or(is_final AND treatment = 'local'), false) AS admonished,
        coalesce(bool_or(is_final AND treatment = 'ended'), false) AS ended,
        coalesce(bool_or(is_final), false) AS any_final
    FROM measures m JOIN influence_kinds k USING (code) GROUP BY respondent_id
), seen AS (
    SELECT r.respondent_id, r.case_id, c.county, r.kind, r.name, r.name_masked, r.unit_key, r.id_key, r.measures_raw, r.measures_complete, r.band,
        if(r.decided_on IS NULL, c.decided_on, r.decided_on) AS starts_on,
        if(r.decided_on IS NULL, c.decided_on_precision, r.decided_on_precision) AS starts_on_precision,
        last_day_of(starts_on, starts_on_precision) AS starts_last,
        o.* EXCLUDE (respondent_id), greatest(o.party_months, o.administrative_months) AS months
    FROM influence_people r JOIN cases c USING (case_id) LEFT JOIN own o ON o.respondent_id = r.respondent_id
), told AS MATERIALIZED (
    SELECT *,
        starts_on >= greatest(if(party_months IS NOT NULL, party_from, DATE '1900-01-01'),
            if(administrative_months IS NOT NULL, administrative_from, DATE '1900-01-01')) AS on_file,
        CASE
            WHEN kind = 'organization' OR band = 0 OR trim(measures_raw) IN ('不适用', '不涉及', '无需填写') OR coalesce(ended, false) THEN NULL
            WHEN kind = 'unknown' THEN '是个人还是组织不明'
            WHEN measures_raw IS NULL OR NOT coalesce(any_final, false) AND proposed IS NULL THEN '处理空白或不能识别'
            WHEN measures_complete IS DISTINCT FROM true THEN '处理有部分不能识别'
            WHEN proposed IS NOT NULL THEN proposed || '只是建议，不是决定'
            WHEN unclear IS NOT NULL THEN unclear || '，种类不明'
            WHEN probation_months IS NOT NULL THEN '留党察看的影响期自恢复党员权利之日起计二年，恢复日期台账没有'
                || if(probation_months > 0 AND starts_on IS NOT NULL, '，最早到' || strftime(starts_on + to_months(probation_months) + to_months(24), '%Y-%m-%d'), '')
            WHEN unverified IS NOT NULL THEN unverified || '的影响期条文待核对'
            WHEN admonished AND months IS NULL THEN '诫勉的影响期各地规定不一，未设本地标准'
            WHEN months IS NOT NULL AND starts_on IS NULL THEN '决定日期空白或不能识别'
            WHEN months IS NOT NULL AND NOT on_file THEN '决定时施行的规定没有收录，影响期待核' END AS own_reason
    FROM seen CROSS JOIN filed
), sanctioned AS MATERIALIZED (
    SELECT * FROM told WHERE months IS NOT NULL AND own_reason IS NULL AND starts_on IS NOT NULL AND NOT coalesce(ended, false) AND kind = 'person' AND band > 0
), keys AS (
    -- Two rows are one person where the 身份证号 is the same, or a whole name in the same unit; a masked name proves nothing.
    SELECT respondent_id, 'i' || id_key AS key FROM sanctioned WHERE id_key IS NOT NULL
    UNION ALL
    SELECT respondent_id, 'n' || name || '|' || unit_key FROM sanctioned WHERE name IS NOT NULL AND name_masked IS DISTINCT FROM true AND unit_key IS NOT NULL
), shared AS (
    SELECT * FROM keys SEMI JOIN (SELECT key FROM keys GROUP BY key HAVING count(*) > 1) USING (key)
), pairs AS (
    SELECT DISTINCT l.respondent_id, e.respondent_id AS earlier_id, e.starts_on AS earlier_on, e.starts_on + to_months(e.months) AS earlier_end,
        e.starts_last >= l.starts_on AS order_open
    FROM shared k JOIN shared j ON j.key = k.key AND j.respondent_id <> k.respondent_id
    JOIN sanctioned l ON l.respondent_id = k.respondent_id JOIN sanctioned e ON e.respondent_id = j.respondent_id
    WHERE l.case_id <> e.case_id AND e.starts_on < l.starts_on AND (l.id_key IS NULL OR e.id_key IS NULL OR l.id_key = e.id_key)
), before AS (
    -- The sanction that runs longest of those decided before.
    SELECT respondent_id, arg_max(earlier_id, (earlier_end, earlier_id)) AS earlier_id, arg_max(order_open, (earlier_end, earlier_id)) AS order_open
    FROM pairs GROUP BY respondent_id
), chain AS (
    SELECT respondent_id, (starts_on + to_months(months))::DATE AS ends_first, (starts_last + to_months(months))::DATE AS ends_last,
        (starts_on + to_months(party_months))::DATE AS party_first, (starts_last + to_months(party_months))::DATE AS party_last,
        if(false, respondent_id, NULL) AS earlier_id, NULL::DATE AS carried_to, NULL::VARCHAR AS reason
    FROM sanctioned ANTI JOIN before USING (respondent_id)
    WHERE respondent_id IN (SELECT earlier_id FROM before)
    UNION ALL
    SELECT s.respondent_id,
        if(n.summed, greatest(c.party_first + to_months(s.party_months), s.starts_on + to_months(s.months)), s.starts_on + to_months(s.months))::DATE,
        if(n.summed, greatest(c.party_last + to_months(s.party_months), s.starts_last + to_months(s.months)), s.starts_last + to_months(s.months))::DATE,
        if(n.summed, c.party_first + to_months(s.party_months), s.starts_on + to_months(s.party_months))::DATE,
        if(n.summed, c.party_last + to_months(s.party_months), s.starts_last + to_months(s.party_months))::DATE,
        if(n.running, b.earlier_id, NULL), if(n.summed, c.party_last, NULL),
        CASE WHEN n.summed OR NOT n.running THEN NULL
            WHEN c.reason IS NOT NULL THEN '前一次处分的影响期未定，是否累加不能定'
            WHEN NOT n.surely_running THEN '前一次处分的影响期是否已满，日期不到日不能定'
            WHEN s.starts_last < s.sums_from OR s.starts_on < s.sums_from THEN '前一次处分的影响期未满又受处分，2024年以前各地算法不一'
            ELSE '前一次处分的影响期未满又受处分，党纪与政务的影响期怎样累加条文待核对' END
    FROM chain c JOIN before b ON b.earlier_id = c.respondent_id JOIN sanctioned s ON s.respondent_id = b.respondent_id
    CROSS JOIN LATERAL (
        SELECT s.starts_on <= c.ends_last AS running,
            NOT b.order_open AND s.starts_last <= coalesce(c.party_first, c.ends_first) AS surely_running,
            running AND surely_running AND c.reason IS NULL AND s.starts_on >= s.sums_from AND s.party_months IS NOT NULL AND c.party_first IS NOT NULL AS summed
    ) n
), candidates AS (
    -- Who may have been sanctioned before: where the period is not known, at any time. A row without a name may be anybody of its unit.
    SELECT respondent_id, county, name, name_masked, unit_key, own_reason IS NULL AS known,
        if(known, starts_on, DATE '0001-01-01') AS may_start, if(known, (starts_last + to_months(months))::DATE, DATE '9999-12-31') AS may_end
    FROM told WHERE kind = 'person' AND band IS DISTINCT FROM 0 AND NOT coalesce(ended, false) AND (own_reason IS NOT NULL OR months IS NOT NULL)
), named AS (
    SELECT *, if(name_masked, coalesce(unit_key, respondent_id::VARCHAR), '') AS whose FROM candidates WHERE name IS NOT NULL AND county IS NOT NULL
), namesakes AS (
    -- Somebody of the same name whose 影响期 may still have run: not proved to be this person, and not proved to be another. Most names and
    -- units raise no question, so they are left out before anything is put in order.
    SELECT respondent_id, bool_or(latest >= may_start) AS has_namesake FROM (
        SELECT respondent_id, known, may_start, max(may_end) OVER earlier AS latest
        FROM named SEMI JOIN (SELECT county, name, whose FROM named GROUP BY ALL HAVING count(*) > 1) USING (county, name, whose)
        WINDOW earlier AS (PARTITION BY county, name, whose ORDER BY may_start RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 1 DAY PRECEDING)
        UNION ALL
        SELECT respondent_id, known, may_start, if(name IS NULL, max(may_end) OVER earlier, max(if(name IS NULL, may_end, NULL)) OVER earlier)
        FROM candidates SEMI JOIN (SELECT DISTINCT unit_key FROM candidates WHERE name IS NULL) USING (unit_key)
        WINDOW earlier AS (PARTITION BY unit_key ORDER BY may_start RANGE BETWEEN UNBOUNDED PRECEDING AND INTERVAL 1 DAY PRECEDING)
    ) WHERE known GROUP BY respondent_id
), judged AS (
    SELECT t.*, coalesce(t.own_reason, c.reason) AS reason, c.earlier_id, c.carried_to,
        coalesce(c.ends_first, (t.starts_on + to_months(t.months))::DATE) AS first_end, coalesce(c.ends_last, (t.starts_last + to_months(t.months))::DATE) AS last_end,
        coalesce(n.has_namesake, false) AND c.earlier_id IS NULL AS has_namesake
    FROM told t LEFT JOIN chain c USING (respondent_id) LEFT JOIN namesakes n ON n.respondent_id = t.respondent_id
)
SELECT respondent_id,
    CASE
        WHEN kind = 'organization' OR band = 0 OR trim(measures_raw) IN ('不适用', '不涉及', '无需填写') OR coalesce(ended, false) THEN 'exempt'
        WHEN reason IS NOT NULL THEN 'undetermined'
        WHEN months IS NULL THEN 'none'
        ELSE 'ends' END AS state,
    reason, months, starts_on, starts_on_precision,
    if(state = 'ends', first_end, NULL) AS ends_first, if(state = 'ends', last_end, NULL) AS ends_last,
    coalesce(admonished, false) AND months IS NULL AND own_reason LIKE '诫勉%' AS waits_for_local,
    probation_months IS NOT NULL AS on_probation, carried_to IS NOT NULL AS summed, earlier_id, has_namesake,
    CASE WHEN coalesce(ended, false) THEN '开除、除名或解除关系，没有影响期可计'
        WHEN state = 'none' THEN '所受处理没有影响期'
        WHEN state = 'ends' THEN
            concat_ws('，', party_label || party_months || '个月', administrative_label || administrative_months || '个月',
                if(party_months <> administrative_months, '取较长者', NULL))
            || '，自决定之日（' || CASE starts_on_precision WHEN 'day' THEN strftime(starts_on, '%Y-%m-%d') WHEN 'month' THEN strftime(starts_on, '%Y-%m') ELSE strftime(starts_on, '%Y') END || '）起算'
            || coalesce('；前一次处分的影响期至' || strftime(carried_to, '%Y-%m-%d') || '未满，按2023年条例第二十一条累加', '') END AS basis
FROM judged;
