-- Like with like: persons of one topic (circumstance of 第七条, else the domain), one responsibility and one tier and role group.

CREATE TEMP MACRO says_something(raw) AS raw IS NOT NULL AND NOT says_nothing(raw) AND NOT says_not_applicable(raw) AND NOT says_none(raw);

-- Every person with the group compared in, NULL where topic, responsibility, post or band is unknown. Band 0 (不予、免予) takes no part.
-- What is closer than that, and what M03 and M09 ask of everybody as well, is told of each case once.
CREATE TEMP TABLE comparable_people AS
WITH matters AS MATERIALIZED (
    -- Kept as it is, or the words of a case would be read for each of its people.
    SELECT c.case_id, coalesce('第七条第' || c.circumstance || '项', c.domain) AS topic,
        -- Where the ledger has a circumstance column, M03 and M09 do not replace a blank in it by the domain.
        c.circumstance IS NULL AND list_contains(f.fields, 'circumstance') AS circumstance_blank,
        consequence_level(c.consequence) AS consequence_level,
        if(says_nothing(c.source), NULL, '来源' || trim(c.source)) AS source_group
    FROM cases c JOIN sheet_fields f ON f.import_id = c.import_id AND f.sheet = c.sheet
), placed AS (
    SELECT p.respondent_id, p.case_id, p.county, p.band, p.rank_order, p.tier, m.topic, m.circumstance_blank, m.consequence_level, m.source_group,
        CASE WHEN p.responsibility IN ('primary_leadership', 'important_leadership', 'undifferentiated_leadership', 'direct', 'supervisory', 'main_body')
            THEN responsibility_label(p.responsibility) END AS division,
        CASE
        WHEN p.tier = 'village' THEN '村（社区）'
        WHEN p.tier NOT IN ('province', 'city', 'county', 'township') THEN NULL
        WHEN p.role = 'head' THEN tier_label(p.tier) || '正职'
        WHEN p.role IN ('deputy', 'board') THEN tier_label(p.tier) || '副职和班子成员'
        WHEN p.role IN ('middle', 'staff') THEN tier_label(p.tier) || '中层和一般干部' END AS post_group,
        says_something(p.mitigation) AS mitigated, says_something(p.aggravation) AS aggravated,
        CASE WHEN p.mitigation IS NULL AND p.aggravation IS NULL THEN NULL
            WHEN mitigated AND aggravated THEN '从轻从重都有' WHEN mitigated THEN '有从轻减轻情节' WHEN aggravated THEN '有从重加重情节'
            ELSE '无从轻从重情节' END AS extenuation_group,
        p.decided_on, last_day_of(p.decided_on, p.decided_on_precision) AS decided_last
    FROM people p JOIN matters m ON m.case_id = p.case_id
    WHERE p.kind = 'person' AND p.band IS DISTINCT FROM 0
)
SELECT * EXCLUDE (rank_order, tier, decided_last), '后果' || consequence_level AS consequence_group,
    -- 职级 (主任科员, 调研员 …) goes with posts of several levels and stands in no order with them.
    CASE WHEN rank_order >= 40 OR rank_order < 30 THEN rank_order WHEN rank_order IS NULL AND tier = 'village' THEN 5 END AS standing,
    -- Which version of the rules the decision fell under; the day decides, so a month that spans a change leaves it open.
    CASE WHEN decided_last < DATE '2019-09-01' THEN '2019年9月前'
        WHEN decided_on >= DATE '2019-09-01' AND decided_last < DATE '2024-01-01' THEN '2019年9月至2023年'
        WHEN decided_on >= DATE '2024-01-01' THEN '2024年起' END AS era,
    if(band IS NOT NULL AND division IS NOT NULL, topic || '·' || division || '·' || post_group, NULL) AS comparable_group
FROM placed;

-- Counts of up to 16,383 by band as one number: the sum of these places over all rows; a count is sum // place % 16384.
CREATE TEMP MACRO band_place(band) AS (1::HUGEINT << (14 * (band - 1))::HUGEINT);

-- n by group, county and band: all that a comparison of counties looks at, so that a million persons cost little more than a thousand.
CREATE TEMP VIEW band_histogram AS
SELECT comparable_group, county, band, count(*) AS n
FROM comparable_people WHERE comparable_group IS NOT NULL AND county IS NOT NULL GROUP BY ALL;
