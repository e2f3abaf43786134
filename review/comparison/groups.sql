-- Like with like: persons of one topic (circumstance of 第七条, else the domain), one responsibility and one tier and role group.

CREATE TEMP MACRO says_something(raw) AS raw IS NOT NULL AND NOT says_nothing(raw) AND NOT says_not_applicable(raw) AND NOT says_none(raw);

-- Every person with the group compared in, NULL where topic, responsibility, post or band is unknown. Band 0 (不予、免予) takes no part.
CREATE TEMP TABLE comparable_people AS
SELECT respondent_id, case_id, county, band, topic, division, post_group, consequence_group, source_group, extenuation_group, decided_on, if(band IS NOT NULL AND division IS NOT NULL, topic || '·' || division || '·' || post_group, NULL) AS comparable_group
FROM (
    SELECT p.respondent_id, p.case_id, p.county, p.band, coalesce('第七条第' || c.circumstance || '项', c.domain) AS topic,
        CASE WHEN p.responsibility IN ('primary_leadership', 'important_leadership', 'undifferentiated_leadership', 'direct', 'supervisory', 'main_body')
            THEN responsibility_label(p.responsibility) END AS division,
        CASE
        WHEN p.tier = 'village' THEN '村（社区）'
        WHEN p.tier NOT IN ('province', 'city', 'county', 'township') THEN NULL
        WHEN p.role = 'head' THEN tier_label(p.tier) || '正职'
        WHEN p.role IN ('deputy', 'board') THEN tier_label(p.tier) || '副职和班子成员'
        WHEN p.role IN ('middle', 'staff') THEN tier_label(p.tier) || '中层和一般干部' END AS post_group,
        -- For a closer comparison where the ledger has them; an explicit 无 on both sides is 无从轻从重.
        '后果' || consequence_level(c.consequence) AS consequence_group,
        if(says_nothing(c.source), NULL, '来源' || trim(c.source)) AS source_group,
        CASE WHEN p.mitigation IS NULL AND p.aggravation IS NULL THEN NULL
            WHEN says_something(p.mitigation) AND says_something(p.aggravation) THEN '从轻从重都有'
            WHEN says_something(p.mitigation) THEN '有从轻减轻情节'
            WHEN says_something(p.aggravation) THEN '有从重加重情节'
            ELSE '无从轻从重情节' END AS extenuation_group,
        p.decided_on
    FROM people p JOIN cases c USING (case_id)
    WHERE p.kind = 'person' AND p.county IS NOT NULL AND p.band IS DISTINCT FROM 0
);

-- n by group, county and band: all that a comparison of counties looks at, so that a million persons cost little more than a thousand.
CREATE TEMP VIEW band_histogram AS
SELECT comparable_group, county, band, count(*) AS n
FROM comparable_people WHERE comparable_group IS NOT NULL GROUP BY ALL;
