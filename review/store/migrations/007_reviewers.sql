-- Who reviews which sampled case, and what came of it. Everything is append-only with who and when; the newest line counts.

CREATE SEQUENCE review_ids START 1;

CREATE TABLE reviewers (
    reviewer_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    county VARCHAR,                                 -- NULL: of the city, belongs to no county
    skills VARCHAR[] NOT NULL,                      -- domains and aspects the reviewer knows; empty: not told
    capacity INTEGER NOT NULL,                      -- cases of one sample that the reviewer can take
    active BOOLEAN NOT NULL,
    set_by VARCHAR NOT NULL,
    set_at TIMESTAMP NOT NULL
);

CREATE TABLE recusals (
    reviewer_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,                          -- case/unit/county
    target VARCHAR NOT NULL,                        -- case_id, name of the unit or of the county
    lifted BOOLEAN NOT NULL,                        -- true: the recusal was taken back
    reason VARCHAR NOT NULL,
    set_by VARCHAR NOT NULL,
    set_at TIMESTAMP NOT NULL
);

CREATE TABLE assignments (
    sample_id VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    part VARCHAR NOT NULL,                          -- first; second of a blind double review
    reviewer_id VARCHAR,                            -- NULL: taken back
    made_by VARCHAR NOT NULL,                       -- program/hand
    reason VARCHAR NOT NULL,
    due_on DATE,                                    -- to be reviewed by this day; NULL: none set
    assigned_by VARCHAR NOT NULL,
    assigned_at TIMESTAMP NOT NULL
);

-- Each save of a reviewer's record on a case is a whole version of it.
CREATE TABLE case_reviews (
    review_id INTEGER NOT NULL,
    sample_id VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    reviewer_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL,                         -- reviewing/reviewed
    grade VARCHAR,                                  -- excellent/qualified/flawed/failed; NULL: none given yet
    comment VARCHAR NOT NULL,
    saved_by VARCHAR NOT NULL,
    saved_at TIMESTAMP NOT NULL
);

CREATE TABLE review_results (
    review_id INTEGER NOT NULL,
    subject VARCHAR NOT NULL,                       -- id of a check; other:方面 a problem that no check looks for; rest:方面 everything else of the aspect
    result VARCHAR NOT NULL,                        -- yes/no/unclear: has the problem, has not, can't be told
    program VARCHAR NOT NULL,                       -- what the program said of it at that time: suspect/undetermined/silent
    note VARCHAR NOT NULL
);

-- What two reviewers of a case came to after they had talked over a difference.
CREATE TABLE settled_results (
    sample_id VARCHAR NOT NULL,
    case_id VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,                       -- as in review_results, or grade
    result VARCHAR NOT NULL,                        -- as in review_results, for grade a grade
    reason VARCHAR NOT NULL,
    settled_by VARCHAR NOT NULL,
    settled_at TIMESTAMP NOT NULL
);

CREATE VIEW current_reviewers AS
SELECT * FROM reviewers QUALIFY row_number() OVER (PARTITION BY reviewer_id ORDER BY set_at DESC, rowid DESC) = 1;

CREATE VIEW current_recusals AS
SELECT reviewer_id, kind, target, reason, set_by, set_at
FROM (FROM recusals QUALIFY row_number() OVER (PARTITION BY reviewer_id, kind, target ORDER BY set_at DESC, rowid DESC) = 1)
WHERE NOT lifted;

-- Who has which case of the list today. An assignment of a case that was replaced is no longer one.
CREATE VIEW current_assignments AS
SELECT a.* FROM (FROM assignments QUALIFY row_number() OVER (PARTITION BY sample_id, case_id, part ORDER BY assigned_at DESC, rowid DESC) = 1) AS a
SEMI JOIN current_sample_cases AS s ON s.sample_id = a.sample_id AND s.case_id = a.case_id
WHERE a.reviewer_id IS NOT NULL;

-- The newest record of each reviewer who is still assigned to the case.
CREATE VIEW current_case_reviews AS
SELECT r.review_id, r.sample_id, r.case_id, a.part, r.reviewer_id, r.state, r.grade, r.comment, r.saved_by, r.saved_at
FROM (FROM case_reviews QUALIFY row_number() OVER (PARTITION BY sample_id, case_id, reviewer_id ORDER BY review_id DESC) = 1) AS r
JOIN current_assignments AS a ON a.sample_id = r.sample_id AND a.case_id = r.case_id AND a.reviewer_id = r.reviewer_id;

CREATE VIEW current_settled_results AS
SELECT * FROM settled_results QUALIFY row_number() OVER (PARTITION BY sample_id, case_id, subject ORDER BY settled_at DESC, rowid DESC) = 1;
