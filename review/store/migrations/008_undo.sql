-- What an import led to: withdrawals that it prompted are taken back with it, findings of its cases can be held against the earlier ones.

-- The view looks at the table, so it is made anew.
DROP VIEW withdrawn_cases;
ALTER TABLE withdrawals ADD COLUMN prompted_by INTEGER;   -- the import in whose change list somebody chose it; NULL: on its own

CREATE VIEW withdrawn_cases AS
SELECT case_id, reason, decided_by, decided_at, prompted_by
FROM (FROM withdrawals QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY decided_at DESC, rowid DESC) = 1) WHERE withdrawn;

-- Findings of cases that an import told of anew, as they were before it, one JSON object each.
CREATE TABLE findings_before (
    import_id INTEGER NOT NULL,
    case_id VARCHAR NOT NULL,
    finding_id VARCHAR NOT NULL,
    record JSON NOT NULL
);
