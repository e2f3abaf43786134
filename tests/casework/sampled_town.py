"""A store with cases and a drawn sample written straight into the tables, reviewers, and answers given by hand."""

from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from review.casework.reviewers import RosterLine, save_reviewer
from review.casework.reviews import ASPECTS, OTHER, REST, Answer, review_form, save_review
from review.store.database import Database, open_database

SAMPLE = "s000000000a"
CASE = {
    "import_id": 1, "sheet": "台账", "row": 2, "last_row": 2, "admin_level": "county", "closed_on": date(2023, 5, 6),
    "closed_on_precision": "day", "complete": "yes", "ledger_kind": "问责台账", "respondent_count": 1,
}  # fmt: skip


@cache
def _empty() -> bytes:
    """An empty database file: all migrations take a second, a copy takes none."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "t.duckdb"
        open_database(path).close()
        return path.read_bytes()


def town(folder: Path) -> Database:
    """An empty database."""
    (folder / "t.duckdb").write_bytes(_empty())
    return open_database(folder / "t.duckdb")


def put(db: Database, table: str, **values) -> None:
    """One row."""
    names = ", ".join(f'"{name}"' for name in values)
    with db.cursor() as cur:
        cur.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})", list(values.values()))


def cases(db: Database, counts: dict[str, int], **more) -> None:
    """So many cases of each county: c-甲县-0, c-甲县-1 …, handled by the county's own commission."""
    for county, count in counts.items():
        for i in range(count):
            number = f"{county}〔2023〕{i:03}号"
            own = {"case_id": f"c-{county}-{i}", "case_key": number, "case_no": number, "county": county, "title": f"{number}案"}
            put(db, "cases", **CASE | own | {"handling_unit": f"{county}纪委监委"} | more)


def draw(db: Database, random: dict[str, int], must: tuple[str, ...] = (), stratified: bool = True) -> str:
    """A sample of the first cases of each county at random and others as must-review; strata are counties, or all is one stratum."""
    rows = db.rows("SELECT case_id, case_no, county FROM cases ORDER BY county, case_id")
    sizes = {county: sum(r["county"] == county for r in rows) for county in random}
    put(
        db, "samples", sample_id=SAMPLE, created_at=datetime(2024, 1, 2), created_by="测", seed="测试种子", ratio="0.2",
        period_from=date(2023, 1, 1), period_to=date(2023, 12, 31), stratified_by="county", method="x", frame_size=len(rows),
        frame_hash="0", undated_count=0, scope="{}", must_rules="[]", allocation="[]",
    )  # fmt: skip
    for row in rows:
        county = row["county"]
        place = int(row["case_id"].rsplit("-", 1)[1])
        whole = (sum(random.values()), len(rows)) if not stratified else (random[county], sizes[county])
        line = {"sample_id": SAMPLE, "case_id": row["case_id"], "case_no": row["case_no"], "ticket": place / 1000}
        line |= {"stratum": county if stratified else "全部", "chance": whole[0] / whole[1]}
        put(db, "sample_frame", **line)
        picked = "random" if place < random[county] else "must" if row["case_id"] in must else None
        if picked:
            put(db, "sample_cases", **line, position=place + 1, picked_by=picked, must_reason="舆情" if picked == "must" else None)
    return SAMPLE


def finding(db: Database, case_id: str, check: str, aspect: str, verdict: str = "suspect") -> None:
    """What the program found."""
    put(
        db, "findings", finding_id=f"f-{case_id}-{check}", run_id=1, check_id=check, aspect=aspect, level="一般", case_id=case_id,
        county=None, verdict=verdict, message=f"{check} 疑似有问题。", facts="{}", facts_hash="0", in_issue_list=True,
    )  # fmt: skip


def person(db: Database, name: str, unit: str = "云岭市纪委监委第一室", county: str | None = None, capacity: int = 20, skills=()) -> str:
    """Somebody on the roster."""
    return save_reviewer(db, RosterLine(name, unit, county, tuple(skills), capacity), "管理员")


def review(db: Database, case_id: str, who: str, grade: str = "qualified", done: bool = True, **found: str) -> None:
    """A record: everything looked at and free of problems but for what is told, e.g. R01="yes"; other problems by their aspect."""
    form = review_form(db, SAMPLE, case_id, who)
    answers = {REST + aspect: Answer("no") for aspect in ASPECTS}
    answers |= {item.check_id: Answer("no") for item in form.items}
    answers |= {(OTHER + key if key in ASPECTS else key): Answer(value, "见卷宗第 3 页") for key, value in found.items()}
    save_review(db, SAMPLE, case_id, who, answers, grade, "", done, seen=form.record.review_id)


def give(db: Database, who: str, case_ids, part: str = "first") -> None:
    """Assignments written straight into the table: what assigning.reassign leaves behind."""
    with db.cursor() as cur:
        cur.executemany(
            "INSERT INTO assignments VALUES ($1, $2, $3, $4, 'hand', '指定', NULL, '分配人', $5)",
            [[SAMPLE, case, part, who, datetime(2024, 1, 3)] for case in case_ids],
        )


def write_reviews(db: Database, who: str, found: dict[str, dict[str, str]], grade: str = "qualified", said=()) -> None:
    """Finished records written straight into the tables: what save_review leaves behind. found: case -> what differs from free of
    problems; said: checks with a finding, which a reviewer marks by themselves."""
    with db.cursor() as cur:
        for case_id, marks in found.items():
            number = cur.execute("SELECT nextval('review_ids')").fetchone()[0]
            cur.execute(
                "INSERT INTO case_reviews VALUES ($1, $2, $3, $4, 'reviewed', $5, '', '某', $6)",
                [number, SAMPLE, case_id, who, grade, datetime(2024, 1, 4)],
            )
            answers = {REST + aspect: "no" for aspect in ASPECTS} | dict.fromkeys(said, "no")
            answers |= {(OTHER + key if key in ASPECTS else key): value for key, value in marks.items()}
            cur.executemany(
                "INSERT INTO review_results VALUES ($1, $2, $3, 'silent', '')", [[number, key, value] for key, value in answers.items()]
            )
