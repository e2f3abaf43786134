-- Tables are public: people may query them with `python -m review sql`. Dates keep three columns: the first day of what
-- is known, the precision (day, month, year) and the raw text. NULL always means "not known from the ledger".

CREATE SEQUENCE import_ids START 1;
CREATE SEQUENCE reject_ids START 1;
CREATE SEQUENCE run_ids START 1;
CREATE SEQUENCE audit_ids START 1;

CREATE TABLE imports (
    import_id INTEGER PRIMARY KEY,
    file_name VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL UNIQUE,
    file_size BIGINT NOT NULL,
    imported_at TIMESTAMP NOT NULL,
    imported_by VARCHAR NOT NULL,
    complete VARCHAR NOT NULL DEFAULT 'yes',        -- yes/no/unknown: does the ledger list every respondent of its cases?
    ledger_kind VARCHAR NOT NULL DEFAULT '问责台账',
    sheets JSON NOT NULL,                           -- [{name, hidden, status: read/skipped, reason, rows, header_rows}]
    row_count INTEGER NOT NULL,                     -- data rows read
    case_count INTEGER NOT NULL,
    respondent_count INTEGER NOT NULL,
    reject_count INTEGER NOT NULL
);

CREATE TABLE import_columns (
    import_id INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    position INTEGER NOT NULL,                      -- 1-based column of the sheet
    "column" VARCHAR NOT NULL,                      -- letter of the sheet: A, B, …
    header VARCHAR NOT NULL,                        -- header as written, levels joined with "/"
    field VARCHAR,                                  -- canonical field, NULL = kept as extra text
    matched_by VARCHAR NOT NULL,                    -- synonym/similar/values/remembered/user/none/ignored
    confidence DOUBLE NOT NULL,
    blank_means VARCHAR NOT NULL DEFAULT 'unknown', -- unknown/not_done
    layout VARCHAR NOT NULL                         -- fingerprint of the sheet's headers
);

-- Which facts a sheet can give at all, also those taken from a mixed cell, a sheet name or a file name. `needs` of a check looks here.
CREATE TABLE import_fields (import_id INTEGER NOT NULL, sheet VARCHAR NOT NULL, field VARCHAR NOT NULL);

-- Every non-empty row of every sheet as it stood. raw[i] is the text of column i (1-based), NULL where the cell was empty.
CREATE TABLE ledger_rows (
    import_id INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    "row" INTEGER NOT NULL,
    kind VARCHAR NOT NULL,                          -- data/title/unit/header/total/note/reject/skipped
    case_id VARCHAR,
    raw VARCHAR[] NOT NULL,
    filled JSON                                     -- {"position": row the value was filled down from}
);

CREATE TABLE rejects (
    reject_id INTEGER NOT NULL,
    import_id INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    "row" INTEGER,
    "column" VARCHAR,                               -- letter
    header VARCHAR,
    raw VARCHAR,
    reason VARCHAR NOT NULL,                        -- full Chinese sentence: what was read, what was expected
    advice VARCHAR NOT NULL                         -- what to do
);

CREATE TABLE layout_choices (                       -- column decisions of users, append-only; the newest field and the newest blank_means count
    layout VARCHAR NOT NULL,
    header VARCHAR NOT NULL,                        -- header#2 for the second of several columns with one header
    field VARCHAR,                                  -- not_used: the column is not to be read; NULL: nothing decided
    blank_means VARCHAR,
    chosen_by VARCHAR NOT NULL,
    chosen_at TIMESTAMP NOT NULL
);

CREATE TABLE cases (
    case_id VARCHAR PRIMARY KEY,
    case_key VARCHAR NOT NULL,                      -- what tickets are drawn by: case_no, or 无号-xxxxxxxx where the ledger has none
    case_no VARCHAR,
    import_id INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    "row" INTEGER NOT NULL,                         -- first row of the case
    last_row INTEGER NOT NULL,
    title VARCHAR,
    reason VARCHAR,                                 -- 事由/失职失责事实
    county VARCHAR,
    county_origin VARCHAR,                          -- column/sheet/file
    admin_level VARCHAR,                            -- city/county
    admin_level_raw VARCHAR,
    handling_unit VARCHAR,
    deciding_organ VARCHAR,
    source VARCHAR,
    superior_assigned VARCHAR,                      -- done/not_done/not_applicable, NULL unknown: 上级交办
    leader_instruction VARCHAR,                     -- 领导批示
    public_opinion VARCHAR,                         -- 舆情
    circumstance INTEGER,                           -- 条例第七条, 1 to 11
    circumstance_raw VARCHAR,
    domain VARCHAR,                                 -- domain of the vocabulary, from the column
    domain_raw VARCHAR,
    consequence VARCHAR,
    legal_basis VARCHAR,                            -- text of the column
    started_on DATE, started_on_precision VARCHAR, started_on_raw VARCHAR,
    decided_on DATE, decided_on_precision VARCHAR, decided_on_raw VARCHAR,   -- the single date of the case, else the latest of its people
    closed_on DATE, closed_on_precision VARCHAR, closed_on_raw VARCHAR,
    behaviour_on DATE, behaviour_on_precision VARCHAR, behaviour_on_raw VARCHAR,
    complete VARCHAR NOT NULL,                      -- as answered for the import
    ledger_kind VARCHAR NOT NULL,
    respondent_count INTEGER NOT NULL
);

CREATE TABLE respondents (
    respondent_id VARCHAR PRIMARY KEY,
    case_id VARCHAR NOT NULL,
    import_id INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    "row" INTEGER NOT NULL,
    seq INTEGER NOT NULL,                           -- order within the case, from 1
    name VARCHAR,
    name_masked BOOLEAN,                            -- 李某, 张×: no ground for matching; NULL without a name
    kind VARCHAR NOT NULL,                          -- person/organization/unknown
    headcount INTEGER NOT NULL,                     -- "经办人员7人" stands for seven
    unit VARCHAR,
    unit_key VARCHAR,                               -- unit in one spelling, for "same unit"; NULL where it can't be told
    place_key VARCHAR,                              -- county, town or village that the unit belongs to
    post VARCHAR,                                   -- the post at the time (时任 before 现任)
    post_now VARCHAR,
    unit_post_raw VARCHAR,
    tier VARCHAR NOT NULL,                          -- province/city/county/township/village/enterprise/other/unknown
    role VARCHAR NOT NULL,                          -- head/deputy/board/middle/staff/village_cadre/organization/unknown
    is_deputy_post BOOLEAN,                         -- a 副 post of the unit's leading body (副书记 too, which is role board)
    acting_head BOOLEAN,                            -- 主持工作, 代
    rank VARCHAR,                                   -- code of the vocabulary, e.g. county_head
    rank_order INTEGER,                             -- higher number, higher rank; leaders from 乡科级副职 = 40 up
    rank_raw VARCHAR,
    politics VARCHAR,                               -- party/probationary/non_party, NULL unknown
    politics_raw VARCHAR,
    responsibility VARCHAR NOT NULL,
    responsibility_words VARCHAR[],                 -- every word of responsibility found, in order
    responsibility_raw VARCHAR,
    measures_raw VARCHAR,
    band INTEGER,                                   -- persons: highest final measure, 0 to 9
    organization_band INTEGER,                      -- organisations: 1 检查, 2 通报, 3 改组
    measures_complete BOOLEAN,                      -- every part of the text was understood; NULL without text
    decided_on DATE, decided_on_precision VARCHAR, decided_on_raw VARCHAR,
    legal_basis VARCHAR,                            -- accountability/discipline/administrative/supervision/other, NULL unknown
    legal_basis_raw VARCHAR,
    mitigation VARCHAR,                             -- text; 无 is an explicit none
    aggravation VARCHAR,
    outcome VARCHAR,
    exempt_clause VARCHAR,
    period_end_raw VARCHAR,
    note VARCHAR
);

CREATE TABLE measures (
    respondent_id VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    track VARCHAR NOT NULL,                         -- education/organizational/party/administrative/organization/unspecified/other
    band INTEGER,
    is_final BOOLEAN NOT NULL,                      -- false: interim or a proposal
    raw VARCHAR NOT NULL
);

CREATE TABLE steps (
    case_id VARCHAR NOT NULL,
    respondent_id VARCHAR,                          -- NULL: the step is told for the whole case
    step VARCHAR NOT NULL,
    status VARCHAR NOT NULL,                        -- done/not_done/blank/not_applicable/unclear
    done_on DATE, done_on_precision VARCHAR,
    raw VARCHAR,
    blank_counted BOOLEAN NOT NULL DEFAULT false,   -- not_done only because the import said that a blank means 未履行
    import_id INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    "row" INTEGER NOT NULL,
    "column" VARCHAR NOT NULL
);

-- Old values of cases that a newer ledger replaced: one JSON object per row of cases, respondents, measures, steps.
CREATE TABLE superseded_records (
    table_name VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    record JSON NOT NULL,
    import_id INTEGER NOT NULL,
    superseded_by INTEGER NOT NULL,
    superseded_at TIMESTAMP NOT NULL
);

CREATE TABLE check_runs (
    run_id INTEGER PRIMARY KEY,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP NOT NULL,
    run_by VARCHAR NOT NULL,
    data_version BIGINT NOT NULL,
    checks INTEGER NOT NULL,
    params JSON NOT NULL                            -- {"O01": {…}}: every threshold as used
);

-- One row per check and county (NULL county: not stated). not_run counts units of ledgers that lack a needed column.
CREATE TABLE check_results (
    run_id INTEGER NOT NULL,
    check_id VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,                          -- case/respondent/county
    county VARCHAR,
    suspect INTEGER NOT NULL,
    clear INTEGER NOT NULL,
    undetermined INTEGER NOT NULL,
    exempt INTEGER NOT NULL,
    not_run INTEGER NOT NULL
);

-- Findings of the newest run: verdicts suspect and undetermined. Clear and exempt units are counted in check_results.
CREATE TABLE findings (
    finding_id VARCHAR NOT NULL,                    -- hash of check and unit
    run_id INTEGER NOT NULL,
    check_id VARCHAR NOT NULL,
    aspect VARCHAR NOT NULL,
    level VARCHAR NOT NULL,                         -- 严重/一般/提示
    case_id VARCHAR,
    respondent_id VARCHAR,
    county VARCHAR,
    verdict VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    facts JSON NOT NULL,
    facts_hash VARCHAR NOT NULL,
    in_issue_list BOOLEAN NOT NULL                  -- D01 has a list of its own
);

CREATE TABLE decisions (                            -- append-only; current_decisions is the state
    finding_id VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,                       -- confirmed/dismissed/pending
    reason VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    check_id VARCHAR NOT NULL,
    case_id VARCHAR,
    respondent_id VARCHAR,
    message VARCHAR NOT NULL,
    facts JSON NOT NULL,
    facts_hash VARCHAR NOT NULL
);

CREATE VIEW current_decisions AS
SELECT * FROM decisions QUALIFY row_number() OVER (PARTITION BY finding_id ORDER BY decided_at DESC, rowid DESC) = 1;

CREATE TABLE samples (
    sample_id VARCHAR PRIMARY KEY,
    created_at TIMESTAMP NOT NULL,
    created_by VARCHAR NOT NULL,
    seed VARCHAR NOT NULL,
    ratio VARCHAR NOT NULL,                         -- as given, e.g. 0.2: exact arithmetic starts from the text
    period_from DATE NOT NULL,
    period_to DATE NOT NULL,
    stratified_by VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    frame_size INTEGER NOT NULL,
    frame_hash VARCHAR NOT NULL,
    undated_count INTEGER NOT NULL,
    scope JSON NOT NULL,                            -- {levels, counties, undated: apart/include, exclusions, outside, unknown_level}
    must_rules JSON NOT NULL,                       -- codes of the rules that were switched on
    allocation JSON NOT NULL                        -- [{stratum, cases, quota, random, must}]
);

CREATE TABLE sample_frame (sample_id VARCHAR NOT NULL, case_id VARCHAR NOT NULL, case_no VARCHAR NOT NULL, stratum VARCHAR NOT NULL, ticket DOUBLE NOT NULL);

-- Cases that were not in the frame when the sample was drawn: undated (can't tell whether they belong to the period) or excluded.
CREATE TABLE sample_left_out (
    sample_id VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    case_no VARCHAR NOT NULL,
    county VARCHAR,
    title VARCHAR,
    kind VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

CREATE TABLE sample_cases (
    sample_id VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    case_no VARCHAR NOT NULL,                       -- the text that was hashed
    stratum VARCHAR NOT NULL,
    ticket DOUBLE NOT NULL,                         -- u
    position INTEGER NOT NULL,                      -- place in the ascending order of its stratum
    picked_by VARCHAR NOT NULL,                     -- random/must
    must_reason VARCHAR
);

CREATE TABLE audit_log (
    audit_id INTEGER NOT NULL,
    happened_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    details JSON NOT NULL
);

CREATE VIEW cells AS                                -- every cell of a ledger with its address and the field it was read as
SELECT r.import_id, r.sheet, r."row", c."column", c."column" || r."row" AS address, c.header, c.field, r.raw[c.position] AS raw, r.case_id, r.kind
FROM ledger_rows r JOIN import_columns c USING (import_id, sheet)
WHERE r.raw[c.position] IS NOT NULL;

-- Precision-aware comparison. A month-only date is a period; only what holds for every day of it is sure.
CREATE MACRO last_day_of(d, p) AS CASE p WHEN 'day' THEN d WHEN 'month' THEN last_day(d) WHEN 'year' THEN make_date(year(d), 12, 31) END;
CREATE MACRO surely_before(a, ap, b) AS last_day_of(a, ap) < b;
CREATE MACRO surely_not_after(a, ap, b) AS last_day_of(a, ap) <= b;
