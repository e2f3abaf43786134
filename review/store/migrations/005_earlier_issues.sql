-- Problems of earlier reviews, as an earlier 问题清单 tells them: one row a problem. The list itself is an import like any other
-- (imports, ledger_rows, rejects), only without cases.
CREATE TABLE earlier_issues (
    import_id INTEGER NOT NULL,
    sheet VARCHAR NOT NULL,
    "row" INTEGER NOT NULL,
    issue_key VARCHAR,                              -- 校验码 of a list that this program wrote; NULL for other lists
    case_no VARCHAR,
    case_title VARCHAR,
    county VARCHAR,
    handling_unit VARCHAR,                          -- as written
    respondent VARCHAR,
    aspect VARCHAR,                                 -- 问题类别 as written
    problem VARCHAR NOT NULL,                       -- 问题名称 as written
    check_id VARCHAR,                               -- the check that looks for this problem; NULL: none is known by this name
    verdict VARCHAR,                                -- suspect/undetermined, where the list tells what the program had found
    conclusion VARCHAR,                             -- confirmed/dismissed/pending, where the list tells it
    status VARCHAR,                                 -- not_rectified/rectifying/rectified/closed/not_applicable; NULL unknown
    status_raw VARCHAR,
    feedback_on DATE, feedback_on_precision VARCHAR, feedback_on_raw VARCHAR
);
