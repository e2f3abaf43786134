-- Texts that ought to be somebody's own: the reason of a case, what was put right, what somebody wrote in self-criticism.
-- A text counts where its cell stands: one cell merged over several cases or people is one text, not several.
-- Becomes the TEMP TABLE own_texts.
WITH read AS (
    SELECT 'reason' AS family, c.case_id, NULL AS respondent_id, import_id, sheet, "row", i."column", if(i.field = 'title', title, reason) AS text
    -- The title tells the reason only in a ledger that has no column for it.
    FROM cases c JOIN (
        SELECT import_id, sheet, min_by(field, field = 'title') AS field, min_by("column", field = 'title') AS "column"
        FROM import_columns WHERE field IN ('title', 'reason') GROUP BY ALL) i USING (import_id, sheet)
    UNION ALL
    SELECT 'rectification', c.case_id, NULL, import_id, sheet, "row", i."column", rectification
    FROM cases c JOIN import_columns i USING (import_id, sheet) WHERE i.field = 'rectification'
    UNION ALL
    SELECT if(step = 'improvement', 'rectification', 'self_criticism'), case_id, respondent_id, import_id, sheet, "row", "column", raw
    FROM steps WHERE step IN ('improvement', 'self_criticism', 'meeting_criticism')
), long AS (
    -- translate() is dear, and few texts hold any such sign.
    SELECT *, lower(if(regexp_matches(text, '[０-９（）]'), translate(text, '０１２３４５６７８９（）', '0123456789()'), text)) AS even
    FROM read WHERE len(text) >= if(family = 'reason', $least_reason, $least_text)
), stripped AS MATERIALIZED (
    -- Kept as it is: worked into the steps below, every expression would run again for each of them.
    SELECT *, regexp_replace(regexp_replace(if(contains(even, '《') OR contains(even, '第'), regexp_replace(even,
        '《[^》]{2,40}》|第[一二三四五六七八九十百零0-9]{1,6}条(第?[(]?[一二三四五六七八九十0-9]{1,3}[)]?[款项])*', '', 'g'), even),
        '[^\p{L}\p{N}]+', '', 'g'), $phrases, '', 'g') AS plain
    FROM long
), kept AS (
    SELECT * FROM stripped WHERE len(plain) >= if(family = 'reason', $least_reason, $least_text)
)
SELECT k.family, k.case_id, k.respondent_id, c.county, k.import_id, k.sheet, coalesce(f.origin, k."row") AS "row", k."column", k.text, k.plain
FROM kept k JOIN cases c USING (case_id)
LEFT JOIN (
    SELECT k.import_id, k.sheet, k."row", k."column", (l.filled ->> i.position::VARCHAR)::INTEGER AS origin
    FROM (SELECT DISTINCT import_id, sheet, "row", "column" FROM kept) k
    JOIN ledger_rows l ON l.import_id = k.import_id AND l.sheet = k.sheet AND l."row" = k."row" AND l.filled IS NOT NULL
    JOIN import_columns i ON i.import_id = k.import_id AND i.sheet = k.sheet AND i."column" = k."column"
) f ON f.import_id = k.import_id AND f.sheet = k.sheet AND f."row" = k."row" AND f."column" = k."column"
-- A cell above the case belongs to another one.
WHERE coalesce(f.origin, k."row") BETWEEN c."row" AND c.last_row
