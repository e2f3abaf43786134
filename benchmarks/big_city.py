"""A database of a city far too large, for timing the checks: a demo city loaded once, then multiplied inside the database.

Every copy has case numbers, names, counties and texts of its own, so that what compares texts, people or counties does not meet the same
thing a hundred times over, which no real city would hold.
"""

import tempfile
from pathlib import Path

from review.demo import write_demo
from review.store.database import Database, open_database
from review.workbook.load import load_file

BASE = 2_000  # cases of the demo city that is multiplied
ROWS_APART = 100_000  # between the sheet rows of two copies
# Half of each text in signs of its own: two copies of a text are as different as two texts of real ledgers. A title keeps all its words.
_OWN_SIGN = "chr((19968 + hash({key}, i) % 5000)::INTEGER)"
_OWN_WORDS = f"left({{text}}, len({{text}}) // 2) || array_to_string(list_transform(range(len({{text}}) // 2), lambda i: {_OWN_SIGN}), '')"
_OWN_TITLE = f"{{text}} || array_to_string(list_transform(range(9), lambda i: {_OWN_SIGN}), '')"
_TABLES = ("cases", "respondents", "measures", "steps", "ledger_rows")


def build(path: Path | str, cases: int = 300_000, respondents: int = 1_000_000, base: int = BASE) -> Database:
    """A database with about that many cases and respondents (at least the respondents that the copies bring)."""
    db = open_database(path)
    with tempfile.TemporaryDirectory(prefix="review-city-", ignore_cleanup_errors=True) as folder:
        for file in write_demo(Path(folder), cases=min(base, cases)).files:
            load_file(db, file, actor="benchmark")
    copies = max(1, round(cases / db.scalar("SELECT count(*) FROM cases")))
    with db.write("multiply", "benchmark") as cur:
        for table in _TABLES:
            cur.execute(f"CREATE TEMP TABLE base_{table} AS FROM {table}")
        for table in _TABLES:
            cur.execute(f"INSERT INTO {table} SELECT {_copied(cur, table)} FROM base_{table} CROSS JOIN range(1, {copies}) k(copy)")
        _more_people(cur, respondents)
    db.checkpoint()
    return db


def _copied(cur, table: str) -> str:
    """Columns of a copy in their order."""
    changed = {
        "case_id": "case_id || '-' || copy",
        "respondent_id": "respondent_id || '-' || copy",
        "case_key": "case_key || '-' || copy",
        "case_no": "case_no || '-' || copy",
        "name": "name || chr((19968 + hash(name, copy) % 5000)::INTEGER)",
        "id_key": "id_key || '-' || copy",
        # A cell belongs to one copy.
        "row": f'"row" + copy * {ROWS_APART}',
        "last_row": f"last_row + copy * {ROWS_APART}",
    }
    for text in ("title", "reason", "rectification"):
        changed[text] = (_OWN_TITLE if text == "title" else _OWN_WORDS).format(key=f"concat(case_id, '{text}', copy)", text=text)
    names = [row[0] for row in cur.execute(f"DESCRIBE {table}").fetchall()]
    return ", ".join(changed.get(name, f'"{name}"') for name in names)


def _more_people(cur, respondents: int) -> None:
    """Further people for as many cases as it takes: colleagues of the first one with the same treatment and the same steps."""
    lacking = respondents - cur.execute("SELECT count(*) FROM respondents").fetchone()[0]
    if lacking <= 0:
        return
    cur.execute(
        f"""CREATE TEMP TABLE more AS SELECT respondent_id FROM respondents WHERE kind = 'person'
        QUALIFY row_number() OVER (ORDER BY seq, hash(respondent_id)) <= {lacking}"""
    )
    changed = {"respondent_id": "respondent_id || '-x'", "seq": "seq + 100", "name": "name || '新'"}
    for table in ("respondents", "measures", "steps"):
        names = [row[0] for row in cur.execute(f"DESCRIBE {table}").fetchall()]
        wanted = changed if table == "respondents" else {"respondent_id": changed["respondent_id"]}
        columns = ", ".join(wanted.get(name, f'"{name}"') for name in names)
        cur.execute(f"INSERT INTO {table} SELECT {columns} FROM {table} SEMI JOIN more USING (respondent_id)")
    cur.execute(
        """UPDATE cases SET respondent_count = n FROM (SELECT case_id, count(*) AS n FROM respondents GROUP BY case_id) t
        WHERE t.case_id = cases.case_id"""
    )
