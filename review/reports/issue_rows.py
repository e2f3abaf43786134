"""Findings as lines of the issue list: what a reviewer reads, and empty cells for what people fill in."""

import hashlib
from collections import defaultdict

import pyarrow as pa

from review.casework.decisions import VERDICTS as DECISIONS
from review.casework.findings import NOT_STATED, FindingFilter, list_findings
from review.checks.checkfile import ASPECTS, Check
from review.checks.engine import catalogue
from review.reports.book import Column, table_of
from review.store.database import Database
from review.vocabulary.labels import label

COMMON_UNITS = 3  # as many handling units with the same problem make it a common one
WHOLE_CASE, WHOLE_COUNTY = "（全案）", "（全县区）"
YES_NO = ("是", "否")
RECTIFICATION = ("未整改", "整改中", "已整改", "已销号")
_AT_ONCE = 50_000
_ATTEMPTS = 3

# The first eleven are printed: they fit an A4 page in landscape at nine tenths of the size of the screen. What is filled in on the
# screen comes after them. The order within both parts is that of the forms in use.
COLUMNS = (
    Column("seq", "序号", 5, "sequence"),
    Column("county", "县区", 9),
    Column("case_no", "案件编号", 15, "identifier", note="台账中没有编号的案件写“无号-”和一串由系统生成的字符"),
    Column("case_title", "案件名称", 20),
    Column("respondent", "被问责对象", 17, note=f"问题在案件整体的写“{WHOLE_CASE}”，在县区整体的写“{WHOLE_COUNTY}”"),
    Column("issue", "问题名称", 18, note="检查规则的编号和名称，说明见下"),
    Column("message", "具体表现", 40),
    Column("basis", "依据条款", 20),
    Column("level", "严重程度", 7, "level"),
    Column("verdict", "系统判断", 8, "verdict", note="疑似问题：所载事实不符合规则；待核：缺少判断所需内容，有无问题都不能说"),
    Column("decision", "核实结论", 10, "fill", tuple(DECISIONS.values()), "系统中已有结论的已填入；其余留给评查人员"),
    Column("handling_unit", "承办单位", 18),
    Column("aspect", "问题类别", 10),
    Column("evidence", "证据位置", 34, note="台账文件、工作表、行，以及规则所看的单元格"),
    Column(
        "common", "是否共性", 8, "fill", YES_NO,
        f"同一问题的疑似（已核实为不属实的不算）涉及 {COMMON_UNITS} 个及以上承办单位填“是”，单位未载明的以县区计；"
        "待核的和不能判断的留空",
    ),
    Column("repeated", "是否重复问题", 9, "fill", YES_NO, "与以往评查的问题对照后填写，系统不代填"),
    Column("points", "扣分", 7, "fill"),
    Column("demand", "整改要求", 24, "fill"),
    Column("deadline", "整改时限", 12, "fill"),
    Column("fed_back", "反馈日期", 12, "fill", note="评查意见反馈给承办单位的日期；退回的清单再导入时，据此判断以后是否又出同类问题"),
    Column("feedback", "承办单位反馈", 24, "fill"),
    Column("progress", "整改情况", 24, "fill"),
    Column("status", "整改状态", 10, "fill", RECTIFICATION),
    Column("opinion", "复核意见", 24, "fill", note="系统中已有的核实理由、核实人和日期已填入"),
    Column("closed", "销号日期", 12, "fill"),
    Column("key", "校验码（请勿改动）", 26, "key"),
)  # fmt: skip
PRINTED = 11
GROUP = Column("group", "", 0)  # which county sheet a line stands on; not shown


def issue_table(db: Database, wanted: FindingFilter) -> pa.Table:
    """All findings of the filter in the order of the page, columns of COLUMNS (without 序号) and GROUP.

    Read in portions; when somebody writes in between, reading starts over, so that a list never mixes two states.
    """
    for _ in range(_ATTEMPTS):
        version = db.data_version()
        table = _read(db, wanted)
        if db.data_version() == version:
            break
    return table


def finding_key(finding_id: str, case_no: str | None, message: str) -> str:
    """What a returned list is matched by: the finding and a check sum that shows whether number or sentence were changed."""
    digest = hashlib.sha256(f"{finding_id}|{case_no or ''}|{message}".encode()).hexdigest()
    return f"{finding_id}-{digest[:8]}"


def basis_text(check: Check) -> str:
    """Clauses of a check in one cell: 《中国共产党问责条例》（2019）第六条; clauses not yet read in full say so."""
    clauses = []
    for basis in check.basis:
        version = f"（{basis.version}）" if basis.version else ""
        clauses.append(f"《{basis.law.strip('《》')}》{version}{basis.article}{'' if basis.verified else '（条文待核对）'}")
    return "；".join(clauses)


def _read(db: Database, wanted: FindingFilter) -> pa.Table:
    lines = _Lines(db)
    parts, offset = [], 0
    while True:
        findings = list_findings(db, wanted, offset, _AT_ONCE)
        parts.append(table_of([lines.line(f) for f in findings], (*COLUMNS, GROUP)))
        offset += _AT_ONCE
        if len(findings) < _AT_ONCE:
            return pa.concat_tables(parts)


class _Lines:
    """Turns findings into lines; keeps what all lines share."""

    def __init__(self, db: Database):
        self.checks = {check.id: check for check in catalogue()}
        self.common = _common(db)
        self.letters = defaultdict(dict)
        mapped = 'SELECT import_id, sheet, field, "column", header FROM import_columns WHERE field IS NOT NULL ORDER BY position'
        for row in db.rows(mapped):
            self.letters[row["import_id"], row["sheet"]].setdefault(row["field"], (row["column"], row["header"]))

    def line(self, f: dict) -> dict:
        """One finding as of list_findings -> values by column key; None stays an empty cell."""
        check = self.checks.get(f["check_id"])
        case_no = f["case_no"] or f["case_key"]
        return {
            "county": f["county"],
            "group": f["county"] or NOT_STATED,
            "case_no": case_no,
            "case_title": f["case_title"],
            "respondent": _respondent(f),
            "issue": f"{f['check_id']} {check.title}" if check else f["check_id"],
            "message": f["message"],
            "basis": basis_text(check) if check else None,
            "level": f["level"],
            "decision": DECISIONS.get(f["decision"]),
            "handling_unit": f["handling_unit"],
            "aspect": ASPECTS.get(f["aspect"], f["aspect"]),
            "verdict": label("verdict", f["verdict"]),
            "evidence": self._evidence(f, check),
            "common": self.common.get(f["check_id"]) if f["verdict"] == "suspect" and f["decision"] != "dismissed" else None,
            "opinion": _opinion(f),
            "key": finding_key(f["finding_id"], case_no, f["message"]),
        }

    def _evidence(self, f: dict, check: Check | None) -> str | None:
        if f["file_name"] is None:
            return None
        place = f"{f['file_name']} 表“{f['sheet']}” 第{f['row']}行"
        known = self.letters[f["import_id"], f["sheet"]]
        names = dict.fromkeys(name for need in (check.needs if check else ()) for name in need.split("|"))
        cells = [f"{header} {letter}{f['row']}" for letter, header in (known[name] for name in names if name in known)]
        return f"{place}（{'，'.join(cells)}）" if cells else place


def _common(db: Database) -> dict[str, str | None]:
    rows = db.rows(
        """
        SELECT f.check_id, count(DISTINCT coalesce(c.handling_unit, f.county)) AS units,
            bool_or(coalesce(c.handling_unit, f.county) IS NULL) AS open
        FROM findings AS f LEFT JOIN cases AS c USING (case_id) LEFT JOIN current_decisions AS d USING (finding_id)
        WHERE f.verdict = 'suspect' AND coalesce(d.verdict, '') <> 'dismissed'
        GROUP BY f.check_id
        """
    )
    return {r["check_id"]: "是" if r["units"] >= COMMON_UNITS else None if r["open"] else "否" for r in rows}


def _respondent(f: dict) -> str:
    if f["respondent_id"] is None:
        return WHOLE_CASE if f["case_id"] else WHOLE_COUNTY
    place = "".join(part for part in (f["unit"], f["post"]) if part)
    if not f["name"]:
        return f"（未写姓名）{place}"
    return f"{f['name']}（{place}）" if place else f["name"]


def _opinion(f: dict) -> str | None:
    if f["decision"] is None:
        return None
    told = f"{f['decision_reason']}（{f['decided_by']} {f['decided_at']:%Y-%m-%d}）"
    return f"{told}\n作出结论后事实有变化，请重新核实。" if f["changed_since_decision"] else told
