-- Sampling in steps: a frame that is named, frozen and confirmed; a plan with its public seed, registered before anything is drawn;
-- the draw; and what is done to a drawn sample afterwards. Everything is append-only but the confirmation of a frame, given once.

CREATE SEQUENCE sample_change_ids START 1;

CREATE TABLE frames (
    frame_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL,                  -- when the cases were frozen
    created_by VARCHAR NOT NULL,
    confirmed_at TIMESTAMP,                         -- NULL: nobody confirmed it yet; nothing is drawn from it
    confirmed_by VARCHAR,
    period_from DATE NOT NULL,
    period_to DATE NOT NULL,
    scope JSON NOT NULL,                            -- {levels, counties, undated: apart/include, exclusions, outside, unknown_level}
    size INTEGER NOT NULL,
    undated_count INTEGER NOT NULL,
    excluded_count INTEGER NOT NULL,
    hash VARCHAR NOT NULL                           -- fingerprint of the frozen cases with all that a draw can use of them
);

-- The cases as they were when the frame was frozen.
CREATE TABLE frame_cases (
    frame_id VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    case_no VARCHAR NOT NULL,                       -- the text that tickets are made of
    title VARCHAR,
    county VARCHAR,
    level VARCHAR,
    domain VARCHAR,
    band INTEGER,
    handling_unit VARCHAR,
    finding_level VARCHAR,                          -- highest level of its suspected problems: 严重/一般/提示/无; NULL: not checked since it was loaded
    findings INTEGER,                               -- number of its suspected problems; NULL: not checked
    must VARCHAR[] NOT NULL                         -- codes of all must-review rules that hold, switched on or not
);

CREATE TABLE frame_left_out (
    frame_id VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    case_no VARCHAR NOT NULL,
    county VARCHAR,
    title VARCHAR,
    kind VARCHAR NOT NULL,                          -- undated/excluded
    reason VARCHAR NOT NULL
);

-- What is to be drawn from a frame and by which public seed, registered before the draw. A plan that was never drawn stays on record.
CREATE TABLE sample_plans (
    plan_id VARCHAR PRIMARY KEY,
    frame_id VARCHAR NOT NULL,
    ratio VARCHAR NOT NULL,
    stratified_by VARCHAR NOT NULL,
    must_rules JSON NOT NULL,
    design JSON NOT NULL,                           -- {method, allocation, minimum, maximum, must_mode}
    seed VARCHAR NOT NULL,
    seed_source VARCHAR NOT NULL,                   -- dice/lottery/sentence/other: where the seed comes from
    entered_at TIMESTAMP NOT NULL,
    entered_by VARCHAR NOT NULL
);

ALTER TABLE samples ADD COLUMN frame_id VARCHAR;                -- NULL: drawn by an earlier program, without a frozen frame
ALTER TABLE samples ADD COLUMN plan_id VARCHAR;
ALTER TABLE samples ADD COLUMN seed_entered_at TIMESTAMP;
ALTER TABLE samples ADD COLUMN seed_entered_by VARCHAR;
ALTER TABLE samples ADD COLUMN design JSON;                     -- {method: simple/pareto, allocation: proportional/neyman, minimum, maximum, must_mode: added/counted}

ALTER TABLE sample_frame ADD COLUMN weight INTEGER;             -- risk weight; NULL where the draw used none
ALTER TABLE sample_frame ADD COLUMN target DOUBLE;              -- target chance that the order of a risk-weighted draw is made of
ALTER TABLE sample_frame ADD COLUMN chance DOUBLE;              -- inclusion probability of the random part; NULL: not open to the random draw
ALTER TABLE sample_frame ADD COLUMN change_id INTEGER;          -- change that brought the case in; NULL: there when the sample was drawn

ALTER TABLE sample_cases ADD COLUMN chance DOUBLE;
ALTER TABLE sample_cases ADD COLUMN change_id INTEGER;          -- change that put the case on the list; NULL: the draw itself

-- Samples of the earlier program are simple draws: drawn of all in each stratum.
UPDATE sample_frame SET chance = q.drawn / q.cases
FROM (
    SELECT f.sample_id, f.stratum, count(*) AS cases, count(p.case_id) AS drawn
    FROM sample_frame AS f LEFT JOIN sample_cases AS p ON p.sample_id = f.sample_id AND p.case_id = f.case_id AND p.picked_by = 'random'
    GROUP BY ALL
) AS q
WHERE q.sample_id = sample_frame.sample_id AND q.stratum = sample_frame.stratum;
UPDATE sample_cases SET chance = f.chance FROM sample_frame AS f WHERE f.sample_id = sample_cases.sample_id AND f.case_id = sample_cases.case_id;

CREATE TABLE sample_changes (
    change_id INTEGER PRIMARY KEY,
    sample_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,                          -- enlarge/replace/late
    changed_at TIMESTAMP NOT NULL,
    changed_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    details JSON NOT NULL                           -- enlarge, late: {ratio, allocation after the change}; replace: {case_id, new_case_id}
);

CREATE TABLE sample_replacements (
    change_id INTEGER NOT NULL,
    sample_id VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,                       -- the case that can't be reviewed
    case_no VARCHAR NOT NULL,
    stratum VARCHAR NOT NULL,
    new_case_id VARCHAR NOT NULL,                   -- the next ticket of its stratum
    new_case_no VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);

-- Chances after a change, for every case of the strata that it touched; the newest line of a case counts.
CREATE TABLE sample_chances (sample_id VARCHAR NOT NULL, change_id INTEGER NOT NULL, case_id VARCHAR NOT NULL, chance DOUBLE NOT NULL);

CREATE VIEW current_sample_frame AS
SELECT f.sample_id, f.case_id, f.case_no, f.stratum, f.ticket, f.weight, f.target, coalesce(n.chance, f.chance) AS chance, f.change_id
FROM sample_frame AS f LEFT JOIN (
    FROM sample_chances QUALIFY row_number() OVER (PARTITION BY sample_id, case_id ORDER BY change_id DESC) = 1
) AS n USING (sample_id, case_id);

-- The list as it stands: without replaced cases, with those that were added. A case that came as must and was later drawn is random.
CREATE VIEW current_sample_cases AS
SELECT p.sample_id, p.case_id, p.case_no, p.stratum, p.ticket, p.position, p.picked_by, p.must_reason, coalesce(n.chance, p.chance) AS chance,
    p.change_id
FROM (
    FROM sample_cases QUALIFY row_number() OVER (PARTITION BY sample_id, case_id ORDER BY change_id DESC NULLS LAST) = 1
) AS p LEFT JOIN (
    FROM sample_chances QUALIFY row_number() OVER (PARTITION BY sample_id, case_id ORDER BY change_id DESC) = 1
) AS n USING (sample_id, case_id)
WHERE NOT EXISTS (SELECT 1 FROM sample_replacements AS r WHERE r.sample_id = p.sample_id AND r.case_id = p.case_id);
