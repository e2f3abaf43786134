-- Facts that the later checks need and that were kept only as raw cells before. Parsed values of ledgers loaded earlier stay
-- NULL (unknown) until the ledger is loaded anew; texts are filled from the cells, which were kept.

ALTER TABLE cases ADD COLUMN approver VARCHAR;                  -- who approved the start, as written
ALTER TABLE cases ADD COLUMN team_raw VARCHAR;
ALTER TABLE cases ADD COLUMN team_size INTEGER;                 -- people of the inquiry team; NULL where the cell does not tell
ALTER TABLE cases ADD COLUMN team_told_by VARCHAR;              -- number/names: what team_size was read from
ALTER TABLE cases ADD COLUMN rectification VARCHAR;             -- 整改措施 as written
ALTER TABLE cases ADD COLUMN behaviour_end DATE;                -- last day of the behaviour as far as known (a span or a coarse date)

ALTER TABLE respondents ADD COLUMN identity VARCHAR;            -- 人员身份 as written: 公务员, 事业人员, 村民 …
ALTER TABLE respondents ADD COLUMN doc_no VARCHAR;
ALTER TABLE respondents ADD COLUMN term_raw VARCHAR;            -- 任职起止
ALTER TABLE respondents ADD COLUMN term_from DATE;
ALTER TABLE respondents ADD COLUMN term_from_precision VARCHAR;
ALTER TABLE respondents ADD COLUMN term_to DATE;                -- first day of what is known of the end; NULL with term_open: still in office
ALTER TABLE respondents ADD COLUMN term_to_precision VARCHAR;
ALTER TABLE respondents ADD COLUMN term_open BOOLEAN;           -- 至今
ALTER TABLE respondents ADD COLUMN sign_note VARCHAR;
ALTER TABLE respondents ADD COLUMN period_state VARCHAR;        -- 影响期: end/length/exists/none/blank/not_applicable/unreadable
ALTER TABLE respondents ADD COLUMN period_end DATE;
ALTER TABLE respondents ADD COLUMN period_end_precision VARCHAR;
ALTER TABLE respondents ADD COLUMN period_months INTEGER;       -- where the cell gives a length
ALTER TABLE respondents ADD COLUMN promotion_on DATE;
ALTER TABLE respondents ADD COLUMN promotion_on_precision VARCHAR;
ALTER TABLE respondents ADD COLUMN promotion_on_raw VARCHAR;
ALTER TABLE respondents ADD COLUMN new_post VARCHAR;
ALTER TABLE respondents ADD COLUMN appeal_kind VARCHAR;
ALTER TABLE respondents ADD COLUMN id_key VARCHAR;              -- hash of the 身份证号: to tell that two rows are one person, never to be shown

UPDATE cases SET approver = t.raw FROM (SELECT case_id, arg_min(raw, "row") AS raw FROM cells WHERE field = 'approver' GROUP BY case_id) t
WHERE t.case_id = cases.case_id;
UPDATE cases SET rectification = t.raw
FROM (SELECT case_id, arg_min(raw, "row") AS raw FROM cells WHERE field = 'rectification' GROUP BY case_id) t WHERE t.case_id = cases.case_id;
UPDATE cases SET team_raw = t.raw FROM (SELECT case_id, arg_min(raw, "row") AS raw FROM cells WHERE field = 'team' GROUP BY case_id) t
WHERE t.case_id = cases.case_id;
UPDATE cases SET behaviour_end = last_day_of(behaviour_on, behaviour_on_precision);
