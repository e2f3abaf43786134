"""A store as a load and a check run leave it: two ledgers, four cases, five findings, one decision."""

import json
from datetime import datetime

import pytest

from review.checks.engine import catalogue
from tests.sampling.conftest import Store, store  # noqa: F401  (the fixture is used by name)

AT = datetime(2024, 3, 1, 9, 30)


class ReviewedStore(Store):
    """A store that can also hold ledgers, check runs, findings, decisions, rejects."""

    def ledger(self, import_id: int, name: str, **counts) -> None:
        """One loaded file."""
        values = {
            "import_id": import_id, "file_name": name, "file_sha256": name, "file_size": 1, "imported_at": AT, "imported_by": "张三",
            "sheets": "[]", "row_count": 0, "case_count": 0, "respondent_count": 0, "reject_count": 0,
        }  # fmt: skip
        self._insert("imports", values | counts)

    def header(self, position: int, header: str, field: str) -> None:
        """One mapped column of ledger 1."""
        values = {"import_id": 1, "sheet": "台账", "position": position, "column": "ABCDEFG"[position - 1], "header": header}
        self._insert("import_columns", values | {"field": field, "matched_by": "synonym", "confidence": 1.0, "layout": "x"})

    def run(self, **counts) -> None:
        """One check run with results for check O01."""
        times = {"started_at": AT, "finished_at": AT, "run_by": "张三", "data_version": 1, "checks": 24, "params": "{}"}
        self._insert("check_runs", {"run_id": 1} | times)
        results = {"run_id": 1, "check_id": "O01", "unit": "case", "county": None}
        self._insert("check_results", results | dict.fromkeys(("suspect", "clear", "undetermined", "exempt", "not_run"), 0) | counts)

    def finding(self, finding_id: str, check_id: str, case_id: str | None, county: str | None, message: str, **more) -> None:
        """One finding, suspect unless told otherwise."""
        check = next((c for c in catalogue() if c.id == check_id), None)
        values = {
            "finding_id": finding_id, "run_id": 1, "check_id": check_id, "aspect": check.aspect if check else "procedure", "level": "严重",
            "case_id": case_id, "county": county, "verdict": "suspect", "message": message, "facts": json.dumps({}), "facts_hash": "h1",
            "in_issue_list": True,
        }  # fmt: skip
        self._insert("findings", values | more)

    def decision(self, finding_id: str, verdict: str, reason: str, facts_hash: str = "h1") -> None:
        """One decision of 李四."""
        values = {
            "finding_id": finding_id, "verdict": verdict, "reason": reason, "decided_by": "李四", "decided_at": AT, "check_id": "O01",
            "message": "x", "facts": "{}", "facts_hash": facts_hash,
        }  # fmt: skip
        self._insert("decisions", values)

    def reject(self, import_id: int, **values) -> None:
        """One reject."""
        self._insert("rejects", {"reject_id": 1, "import_id": import_id, "sheet": "台账", "reason": "原因。", "advice": "建议。"} | values)


@pytest.fixture
def reviewed(store):  # noqa: F811
    """The small fixture that the snapshot shows."""
    store = ReviewedStore(store.db)
    store.ledger(1, "甲县台账.xlsx", row_count=5, case_count=3, respondent_count=4, reject_count=1)
    for position, (header, field) in enumerate({"案件编号": "case_no", "责任类型": "responsibility", "职级": "rank"}.items(), 1):
        store.header(position, header, field)
    first = store.case("2023001", "甲县", handling_unit="甲县纪委监委")
    second = store.case("=2+3", "甲县", handling_unit="甲县纪委监委第二室", row=4)
    third = store.case("530102199001011234", "乙/区", handling_unit="乙区纪委监委", row=7)
    fourth = store.case("无号-1a2b3c4d", None, case_no=None, row=9)
    person = store.respondent(first)
    with store.db.cursor() as cur:
        cur.execute("UPDATE respondents SET name = '李某', unit = '甲县某局', post = '副局长'")
    store.run(suspect=3, clear=40, undetermined=1)
    store.finding("f1", "O01", first, "甲县", "问责的 3 人均为一般干部，未见领导干部。")
    store.finding("f2", "O01", second, "甲县", "=HYPERLINK(\"http://x\")\x01 开头的文字。")
    store.finding("f3", "O01", third, "乙/区", "问责的 2 人均为一般干部。")
    store.finding("f4", "O02", first, "甲县", "李某不在问责对象之列。", respondent_id=person, level="一般")
    store.finding("f5", "O03", fourth, None, "缺少职级，无法判断。", verdict="undetermined", level="提示")
    store.decision("f1", "confirmed", "案卷第 12 页属实", facts_hash="h0")
    return store
