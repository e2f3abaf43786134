-- A ledger that arrives a second time: read anew under other answers, replaced by a newer one, corrected, taken back.

-- The same bytes may now be read more than once, under other answers or corrections; the newest reading counts.
CREATE TABLE imports_before AS SELECT * FROM imports;
DROP TABLE imports;
CREATE TABLE imports (
    import_id INTEGER PRIMARY KEY,
    file_name VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL,
    file_size BIGINT NOT NULL,
    imported_at TIMESTAMP NOT NULL,
    imported_by VARCHAR NOT NULL,
    complete VARCHAR NOT NULL DEFAULT 'yes',        -- yes/no/unknown: does the ledger list every respondent of its cases?
    ledger_kind VARCHAR NOT NULL DEFAULT '问责台账',
    sheets JSON NOT NULL,                           -- [{name, hidden, status: read/skipped, reason, rows, header_rows}]
    row_count INTEGER NOT NULL,                     -- data rows read
    case_count INTEGER NOT NULL,
    respondent_count INTEGER NOT NULL,
    reject_count INTEGER NOT NULL,
    first_reading INTEGER,                          -- import_id of the first reading of these bytes; NULL: this is the first
    replaced_by INTEGER,                            -- import_id of the newer reading of the same bytes; NULL: this one counts
    choices JSON                                    -- what the user answered; NULL for ledgers loaded by an earlier program
);
INSERT INTO imports BY NAME SELECT * FROM imports_before;
DROP TABLE imports_before;

CREATE VIEW current_imports AS SELECT * FROM imports WHERE replaced_by IS NULL;

-- The bytes of every loaded file, so that an answer can be changed and the same file read again.
CREATE TABLE import_files (
    file_sha256 VARCHAR PRIMARY KEY,
    packed BOOLEAN NOT NULL,                        -- content is zlib-packed
    content BLOB NOT NULL
);

-- Corrected cells of a file, append-only; the newest line of a cell counts. The ledger's own text stays in ledger_rows.
CREATE TABLE corrections (
    file_sha256 VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,                         -- as the workbook names it
    "row" INTEGER NOT NULL,
    "column" VARCHAR NOT NULL,                      -- letter
    raw VARCHAR,                                    -- what the cell holds
    corrected VARCHAR,                              -- what is read instead; NULL: the correction was taken back
    corrected_by VARCHAR NOT NULL,
    corrected_at TIMESTAMP NOT NULL
);

-- The corrections that an import was read with.
CREATE TABLE applied_corrections (
    import_id INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,                         -- as in ledger_rows
    "row" INTEGER NOT NULL,
    "column" VARCHAR NOT NULL,
    raw VARCHAR,
    corrected VARCHAR NOT NULL,
    corrected_by VARCHAR NOT NULL,
    corrected_at TIMESTAMP NOT NULL
);

CREATE OR REPLACE VIEW cells AS                     -- every cell of a ledger with its address and the field it was read as
SELECT r.import_id, r.sheet, r."row", c."column", c."column" || r."row" AS address, c.header, c.field,
    coalesce(k.corrected, r.raw[c.position]) AS raw, r.case_id, r.kind, r.raw[c.position] AS written
FROM ledger_rows r JOIN import_columns c USING (import_id, sheet)
LEFT JOIN applied_corrections k ON k.import_id = r.import_id AND k.sheet = r.sheet AND k."row" = r."row" AND k."column" = c."column"
WHERE coalesce(k.corrected, r.raw[c.position]) IS NOT NULL;

-- Is a case of a newer ledger one that is known under another number, title or list of people? Append-only, the newest answer counts.
CREATE TABLE case_matches (
    case_id VARCHAR NOT NULL,                       -- the id that the ledger's own words give
    known_case_id VARCHAR NOT NULL,
    same BOOLEAN NOT NULL,
    basis VARCHAR NOT NULL,                         -- confirmed: somebody said so; same_row: the same row of the same file
    decided_by VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL
);

CREATE VIEW current_case_matches AS
SELECT * FROM case_matches QUALIFY row_number() OVER (PARTITION BY case_id, known_case_id ORDER BY decided_at DESC, rowid DESC) = 1;

CREATE TABLE withdrawals (                          -- append-only; withdrawn_cases is the state
    case_id VARCHAR NOT NULL,
    withdrawn BOOLEAN NOT NULL,                     -- false: taken back
    reason VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL
);

CREATE VIEW withdrawn_cases AS
SELECT case_id, reason, decided_by, decided_at
FROM (FROM withdrawals QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY decided_at DESC, rowid DESC) = 1) WHERE withdrawn;

-- Findings of withdrawn cases as they were, one JSON object each: out of every list and count, back when the case comes back.
CREATE TABLE withdrawn_findings (case_id VARCHAR NOT NULL, finding_id VARCHAR NOT NULL, record JSON NOT NULL);

-- Imports that were taken back as a whole.
CREATE TABLE undone_imports (
    import_id INTEGER NOT NULL,
    file_name VARCHAR NOT NULL,
    file_sha256 VARCHAR NOT NULL,
    imported_at TIMESTAMP NOT NULL,
    imported_by VARCHAR NOT NULL,
    case_count INTEGER NOT NULL,
    respondent_count INTEGER NOT NULL,
    undone_by VARCHAR NOT NULL,
    undone_at TIMESTAMP NOT NULL
);
