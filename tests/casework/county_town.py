"""Towns made of people with known county, matter, post and band, written straight into the tables."""

from datetime import datetime

from review.store.database import Database

CODES = {1: "talk_reminder", 2: "notice", 3: "admonition", 4: "warning", 5: "serious_warning", 7: "party_post_removal"}


def write(db: Database, people: list[dict]) -> None:
    """Each person: county, domain, band; further tier, role, responsibility, decided, case (own case if not told), name."""
    cases, lines, measures = {}, [], []
    for n, p in enumerate(people):
        case = p.get("case", f"c{n:05d}")
        decided = p.get("decided", "2023-05-06")
        cases.setdefault(case, (case, case, p["county"], p["domain"], decided, n + 2))
        band = p["band"]
        tier, role, responsibility = p.get("tier", "township"), p.get("role", "head"), p.get("responsibility", "primary_leadership")
        lines.append(
            (f"r{n:05d}", case, n + 2, p.get("seq", 1), p.get("name", f"人{n}"), tier, role, responsibility, CODES[band], band, decided)
        )
        measures.append((f"r{n:05d}", CODES[band], "party" if band >= 4 else "organizational", band))
    with db.write("fill", "测试") as cur:
        cur.execute(
            f"""INSERT INTO imports SELECT 1, '台账.xlsx', '{"0" * 64}', 1, ?, '测试', 'yes', '问责台账', '[]', ?, ?, ?, 0,
            NULL, NULL, NULL""",
            [datetime(2024, 1, 1), len(people), len(cases), len(people)],
        )
        cur.executemany("INSERT INTO import_fields VALUES (1, '表', ?)", [[f] for f in ("county", "domain", "name", "unit_post")])
        cur.executemany(
            """INSERT INTO cases (case_id, case_key, county, domain, decided_on, decided_on_precision, decided_on_raw, import_id, sheet,
                "row", last_row, complete, ledger_kind, respondent_count)
            VALUES (?, ?, ?, ?, ?, 'day', '原文', 1, '表', ?, ?, 'yes', '问责台账', 1)""",
            [(*c, c[-1]) for c in cases.values()],
        )
        cur.executemany(
            """INSERT INTO respondents (respondent_id, case_id, import_id, sheet, "row", seq, name, kind, headcount, tier, role,
                responsibility, measures_raw, measures_complete, band, decided_on, decided_on_precision)
            VALUES (?, ?, 1, '表', ?, ?, ?, 'person', 1, ?, ?, ?, ?, true, ?, ?, 'day')""",
            lines,
        )
        cur.executemany("INSERT INTO measures VALUES (?, 1, ?, ?, ?, true, '原文')", measures)


def results(db: Database, check: str, counts: dict[str, tuple[int, int]]) -> None:
    """A check run with suspects and clear units per county."""
    with db.write("run_checks", "测试") as cur:
        run = cur.execute("SELECT nextval('run_ids')").fetchone()[0]
        cur.execute("INSERT INTO check_runs VALUES (?, ?, ?, '测试', 1, 1, '{}')", [run, datetime(2024, 1, 2), datetime(2024, 1, 2)])
        cur.executemany(
            "INSERT INTO check_results VALUES (?, ?, 'case', ?, ?, ?, 0, 0, 0)",
            [[run, check, county, suspect, clear] for county, (suspect, clear) in counts.items()],
        )


def spread(county: str, domain: str, bands: dict[int, int], **more) -> list[dict]:
    """People of one county and matter: band -> how many."""
    return [{"county": county, "domain": domain, "band": band, **more} for band, n in bands.items() for _ in range(n)]
