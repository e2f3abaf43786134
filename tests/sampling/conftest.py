"""A store with a few cases written straight into the tables: what a load leaves behind, without the reading."""

from datetime import date, datetime

import pytest
from hypothesis import settings

from review.store.database import Database

settings.register_profile("busy machine", deadline=None)
settings.load_profile("busy machine")

CASE = {
    "import_id": 1, "sheet": "台账", "row": 2, "last_row": 2, "admin_level": "county", "closed_on_precision": "day", "complete": "yes",
    "ledger_kind": "问责台账", "respondent_count": 1,
}  # fmt: skip


class Store:
    """Puts cases into a database; ``db`` is what the code under test gets."""

    def __init__(self, db: Database):
        self.db = db

    def _insert(self, table: str, values: dict) -> None:
        names = ", ".join(f'"{name}"' for name in values)
        with self.db.cursor() as cur:
            cur.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(values))})", list(values.values()))

    def case(self, number: str, county: str | None = "甲县", closed: date | None = date(2023, 5, 6), **more) -> str:
        """One case; returns its case_id."""
        case_id = f"c-{county}-{number}"
        values = {"case_id": case_id, "case_key": number, "case_no": number, "county": county, "closed_on": closed, "title": f"{number}案"}
        self._insert("cases", CASE | values | more)
        return case_id

    def cases(self, counts: dict[str, int]) -> None:
        """``counts`` cases a county, numbered."""
        for county, count in counts.items():
            for i in range(count):
                self.case(f"{county}-{i:03}", county)

    def respondent(self, case_id: str, seq: int = 1, kind: str = "person", tier: str = "township", role: str = "deputy", band=None) -> str:
        """One respondent; returns its respondent_id."""
        values = {
            "respondent_id": f"r-{case_id}-{seq}", "case_id": case_id, "import_id": 1, "sheet": "台账", "row": 2, "seq": seq, "kind": kind,
            "headcount": 1, "tier": tier, "role": role, "responsibility": "unknown", "band": band,
        }  # fmt: skip
        self._insert("respondents", values)
        return values["respondent_id"]

    def measure(self, respondent_id: str, track: str, band: int, is_final: bool = True) -> None:
        """One measure of a respondent."""
        values = {"respondent_id": respondent_id, "seq": 1, "code": "x", "track": track, "band": band, "is_final": is_final, "raw": "x"}
        self._insert("measures", values)

    def checked(self) -> None:
        """The ledger of all cases is loaded and the checks have run."""
        ledger = {
            "import_id": 1, "file_name": "台账", "file_sha256": "x", "file_size": 1, "imported_at": datetime(2024, 1, 1),
            "imported_by": "甲",
            "sheets": "[]", "row_count": 1, "case_count": 1, "respondent_count": 1, "reject_count": 0,
        }  # fmt: skip
        self._insert("imports", ledger)
        at = datetime(2024, 1, 2)
        run = {"run_id": 1, "started_at": at, "finished_at": at, "run_by": "甲", "data_version": 1, "checks": 60, "params": "{}"}
        self._insert("check_runs", run)

    def finding(self, case_id: str, level: str, seq: int, verdict: str = "suspect") -> str:
        """One finding of a case in run 1; returns its finding_id."""
        values = {
            "finding_id": f"{case_id}-{seq}", "run_id": 1, "check_id": "R01", "aspect": "责任", "level": level, "case_id": case_id,
            "verdict": verdict, "message": "疑似", "facts": "{}", "facts_hash": "x", "in_issue_list": True,
        }  # fmt: skip
        self._insert("findings", values)
        return values["finding_id"]

    def step(self, case_id: str, step: str, status: str) -> None:
        """One step of a case."""
        values = {"case_id": case_id, "step": step, "status": status, "import_id": 1, "sheet": "台账", "row": 2, "column": "A"}
        self._insert("steps", values)


@pytest.fixture
def store(tmp_path):
    db = Database(tmp_path / "review.duckdb")
    yield Store(db)
    db.close()
