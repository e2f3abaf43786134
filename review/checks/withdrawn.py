"""Withdrawn cases stay in the store and out of the checks: the tables that checks read are seen without them."""

import duckdb

_OF_CASES = ("cases", "respondents", "steps")


def leave_out_withdrawn(cur: duckdb.DuckDBPyConnection) -> None:
    """TEMP views cases, respondents, steps and measures without withdrawn cases, on this cursor only; none while nothing is withdrawn.

    A TEMP object is found before a stored one of its name, so every check file sees the same cases without a word about it.
    """
    if not cur.execute("SELECT count(*) FROM withdrawn_cases").fetchone()[0]:
        return
    store = '"' + cur.execute("SELECT current_database()").fetchone()[0].replace('"', '""') + '".main'
    cur.execute("CREATE TEMP TABLE out_of_checks AS SELECT case_id FROM withdrawn_cases")
    for name in _OF_CASES:
        cur.execute(f"CREATE TEMP VIEW {name} AS SELECT * FROM {store}.{name} ANTI JOIN out_of_checks USING (case_id)")
    cur.execute(
        f"""CREATE TEMP VIEW measures AS SELECT m.* FROM {store}.measures m ANTI JOIN (
            SELECT respondent_id FROM {store}.respondents SEMI JOIN out_of_checks USING (case_id)) USING (respondent_id)"""
    )
