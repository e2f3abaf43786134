"""The same tables with a few cases only: what is told about a finding is worked out for the findings, not for everybody.

Most units are clear, and nobody reads facts about them. So a check is first asked for its verdicts alone (the database then leaves out
every column that only the facts need), and once more, in whole, over the cases in which it found something. Only a check whose file
says so (``reach = "case"``) is asked twice; one that may look at other cases is judged in whole at once.
"""

import re
from functools import lru_cache

import duckdb

from review.checks.prelude import PRELUDE

WORTH = 50_000  # respondents from which on two looks cost less than one
MOST = 20_000  # findings; a check with more reads the full tables again, and its cases don't swell those of the others

_OF_CASES = ("people", "cases", "steps")
_VIEWS = ("case_steps", "person_step_rows", "person_steps")


def keep_few(cur: duckdb.DuckDBPyConnection) -> None:
    """TEMP tables few_people, few_cases, few_steps and few_measures: cases in which checks of few findings found something."""
    cur.execute(
        f"""CREATE OR REPLACE TEMP TABLE few_found AS SELECT DISTINCT case_id FROM decided WHERE case_id IS NOT NULL
            AND check_id IN (SELECT check_id FROM decided WHERE case_id IS NOT NULL GROUP BY check_id HAVING count(*) <= {MOST});
        CREATE OR REPLACE TEMP TABLE few_people AS SELECT * FROM people SEMI JOIN few_found USING (case_id);
        CREATE OR REPLACE TEMP TABLE few_cases AS SELECT * FROM cases SEMI JOIN few_found USING (case_id);
        CREATE OR REPLACE TEMP TABLE few_steps AS SELECT * FROM steps SEMI JOIN few_found USING (case_id);
        CREATE OR REPLACE TEMP TABLE few_measures AS SELECT m.* FROM measures m SEMI JOIN few_people USING (respondent_id)"""
    )


def narrowed(sql: str, many: bool) -> str:
    """``sql`` over the cases of the TEMP TABLE ``chosen``; many: from the full tables instead of the few."""
    first = "temp.main." if many else "few_"
    parts = {name: f"SELECT * FROM {first}{name} SEMI JOIN chosen USING (case_id)" for name in _OF_CASES}
    parts["respondents"] = "SELECT * FROM temp.main.respondents SEMI JOIN chosen USING (case_id)"
    parts["measures"] = f"SELECT * FROM {first}measures SEMI JOIN people USING (respondent_id)"
    parts |= _views()
    wanted, text = [], sql
    for name in reversed(parts):
        if re.search(rf"\b{name}\b", text):
            wanted.insert(0, name)
            text += parts[name]
    if not wanted:
        return sql
    return f"WITH {', '.join(f'{name} AS ({parts[name]})' for name in wanted)} SELECT * FROM (\n{sql}\n)"


@lru_cache(maxsize=1)
def _views() -> dict[str, str]:
    text = PRELUDE.read_text(encoding="utf-8")
    return {name: re.search(rf"CREATE TEMP VIEW {name} AS\n(.*?);\n", text, re.S)[1] for name in _VIEWS}
