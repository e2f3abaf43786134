-- What people set for the checks: thresholds and switches, append-only with who, when and why. The newest line counts.

CREATE TABLE check_settings (
    check_id VARCHAR NOT NULL,
    param VARCHAR NOT NULL,
    value JSON,                                     -- NULL: back to the default; for a local standard: not set
    reason VARCHAR NOT NULL,
    set_by VARCHAR NOT NULL,
    set_at TIMESTAMP NOT NULL
);

CREATE TABLE check_switches (
    check_id VARCHAR NOT NULL,
    off BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    set_by VARCHAR NOT NULL,
    set_at TIMESTAMP NOT NULL
);

-- Checks that a run left out: switched off, or a check of the office that could not run.
CREATE TABLE check_skips (
    run_id INTEGER NOT NULL,
    check_id VARCHAR,                               -- NULL: the file does not tell
    file_name VARCHAR NOT NULL,
    state VARCHAR NOT NULL,                         -- off/broken
    reason VARCHAR NOT NULL
);

CREATE VIEW current_check_settings AS
SELECT * FROM check_settings QUALIFY row_number() OVER (PARTITION BY check_id, param ORDER BY set_at DESC, rowid DESC) = 1;

CREATE VIEW current_check_switches AS
SELECT * FROM check_switches QUALIFY row_number() OVER (PARTITION BY check_id ORDER BY set_at DESC, rowid DESC) = 1;

-- Newest result of every check that is on. What was counted before a check was last switched no longer stands: its findings went.
CREATE VIEW newest_results AS
SELECT r.* FROM check_results r
LEFT JOIN current_check_switches s ON s.check_id = r.check_id
LEFT JOIN check_runs u ON u.run_id = r.run_id
WHERE s.check_id IS NULL OR (NOT s.off AND u.finished_at > s.set_at)
QUALIFY r.run_id = max(r.run_id) OVER (PARTITION BY r.check_id);
