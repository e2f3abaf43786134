"""What the first page tells: what was loaded, where findings lie, what could not be judged, what to do next."""

from dataclasses import dataclass
from datetime import datetime

from review.casework.findings import NOT_STATED
from review.checks.engine import catalogue
from review.store.database import Database
from review.vocabulary.labels import label

NAMED = 3  # alternatives of a missing column that are told by name


@dataclass(frozen=True)
class Loaded:
    """Numbers of the whole database without withdrawn cases; times are None before the first load or run; stale: ledgers were loaded or
    taken back, or cases withdrawn, after the newest check run."""

    files: int
    cases: int
    respondents: int
    rejects: int
    counties: int
    loaded_at: datetime | None
    checked_at: datetime | None
    stale: bool
    suspects: int
    undetermined: int
    undecided: int
    samples: int


@dataclass(frozen=True)
class Cell:
    """suspects of judged units (suspect + clear); undetermined and not_run are those that could not be judged."""

    suspects: int = 0
    judged: int = 0
    undetermined: int = 0
    not_run: int = 0


@dataclass(frozen=True)
class Heat:
    """Findings by row (aspect or check) and county; ``rows`` are (key, label) from top to bottom, counties in name order."""

    rows: list[tuple[str, str]]
    counties: list[str]
    cells: dict[tuple[str, str], Cell]


def loaded(db: Database) -> Loaded:
    """Numbers for the head of the overview."""
    row = db.rows(
        """SELECT (SELECT count(*) FROM current_imports) AS files,
            (SELECT count(*) FROM cases ANTI JOIN withdrawn_cases USING (case_id)) AS cases,
            (SELECT count(*) FROM respondents ANTI JOIN withdrawn_cases USING (case_id)) AS respondents,
            (SELECT count(*) FROM rejects SEMI JOIN current_imports USING (import_id)) AS rejects,
            (SELECT count(DISTINCT county) FROM cases ANTI JOIN withdrawn_cases USING (case_id)) AS counties,
            (SELECT max(imported_at) FROM current_imports) AS loaded_at,
            (SELECT max(changed) FROM (SELECT imported_at AS changed FROM imports UNION ALL SELECT undone_at FROM undone_imports
                UNION ALL SELECT decided_at FROM withdrawals)) AS changed_at, (SELECT max(finished_at) FROM check_runs) AS checked_at,
            (SELECT count(*) FROM findings WHERE verdict = 'suspect' AND in_issue_list) AS suspects,
            (SELECT count(*) FROM findings WHERE verdict = 'undetermined' AND in_issue_list) AS undetermined,
            (SELECT count(*) FROM findings f WHERE verdict = 'suspect' AND in_issue_list
                AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.finding_id = f.finding_id)) AS undecided,
            (SELECT count(*) FROM samples) AS samples"""
    )[0]
    changed = row.pop("changed_at")
    stale = bool(row["loaded_at"] and (row["checked_at"] is None or row["checked_at"] < changed))
    return Loaded(**row, stale=stale)


def has_cases(db: Database) -> bool:
    """Whether any ledger with a case was loaded."""
    return bool(db.scalar("SELECT count(*) FROM cases"))


def heat(db: Database, by: str = "aspect", level: str | None = None) -> Heat:
    """Suspects and judged units by aspect (``by='aspect'``) or check and county, for the checks of one level or all.

    D01 lists blank fields and judges nothing, so it is left out.
    """
    checks = [c for c in catalogue() if c.id != "D01" and level in (None, c.level)]
    key = {c.id: c.aspect if by == "aspect" else c.id for c in checks}
    rows = dict.fromkeys((key[c.id], c.aspect if by == "aspect" else f"{c.id} {c.title}") for c in checks)
    sums: dict[tuple[str, str], list[int]] = {}
    counties = []
    for r in db.rows(
        f"""SELECT check_id, coalesce(county, '{NOT_STATED}') AS county, suspect, suspect + clear AS judged, undetermined, not_run
        FROM newest_results ORDER BY county COLLATE zh"""
    ):
        counties.append(r["county"])
        if r["check_id"] in key:
            cell = sums.setdefault((key[r["check_id"]], r["county"]), [0, 0, 0, 0])
            for i, name in enumerate(("suspect", "judged", "undetermined", "not_run")):
                cell[i] += r[name]
    ordered = sorted(dict.fromkeys(counties), key=lambda name: name == NOT_STATED)
    return Heat(list(rows), ordered, {place: Cell(*numbers) for place, numbers in sums.items()})


@dataclass(frozen=True)
class Gap:
    """Columns that ledgers lack, the checks that could not run for that, the counties and how many cases it concerns."""

    missing: str
    checks: tuple[str, ...]
    counties: tuple[str, ...]
    cases: int


def not_judged(db: Database) -> list[Gap]:
    """What could not be judged at all because a ledger has no such column, most cases first; counties in name order.

    Columns that together keep the same checks from running stand in one line; "A 或 B" means either would do.
    """
    sheets = db.rows(
        f"""SELECT coalesce(c.county, '{NOT_STATED}') AS county, count(*) AS cases,
            (SELECT list(DISTINCT f.field) FROM import_fields f WHERE f.import_id = c.import_id AND f.sheet = c.sheet) AS fields
        FROM (FROM cases ANTI JOIN withdrawn_cases USING (case_id)) c GROUP BY c.county, c.import_id, c.sheet ORDER BY county COLLATE zh"""
    )
    lacking: dict[tuple[str, tuple[str, ...]], tuple[dict, list[int]]] = {}
    for sheet in sheets:
        have = set(sheet["fields"] or ())
        missing: dict[str, list[str]] = {}
        for one in catalogue():
            groups = [group.split("|") for group in one.needs]
            words = [_either(group) for group in groups if not have & set(group)]
            if words:
                missing.setdefault("；".join(words), []).append(one.id)
        for words, checks in missing.items():
            counties, cases = lacking.setdefault((words, tuple(checks)), ({}, []))
            counties[sheet["county"]] = None
            cases.append(sheet["cases"])
    gaps = [
        Gap(words, checks, tuple(c for c in counties if c != NOT_STATED) or (NOT_STATED,), sum(cases))
        for (words, checks), (counties, cases) in lacking.items()
    ]
    return sorted(gaps, key=lambda gap: (-gap.cases, gap.checks))


def _either(group: list[str]) -> str:
    """启动审批 或 审批人: a date column of a step goes without saying beside the step; of many the first are named."""
    names = [label("field", name) for name in group if name.removesuffix("_on") == name or name.removesuffix("_on") not in group]
    return " 或 ".join(names) if len(names) <= NAMED else f"{'、'.join(names[:NAMED])} 等 {len(names)} 列（有一列即可）"


def imports(db: Database) -> list[dict]:
    """Loaded ledgers as they count today, newest first; columns of the table imports without sheets and choices."""
    return db.rows("SELECT * EXCLUDE (sheets, choices) FROM current_imports ORDER BY imported_at DESC, import_id DESC")


def next_actions(state: Loaded) -> list[tuple[str, str, str]]:
    """What to do now, most urgent first: (page, what, why); page is the name of the page file."""
    actions = []
    if state.stale:
        actions.append(("rules", "重新运行检查", "有台账在最近一次检查之后导入，下面的数字还不包括它。"))
    if state.undecided:
        actions.append(("findings", f"核实 {state.undecided} 条疑似问题", "系统只提示疑似，结论由核实人作出。"))
    if state.undetermined:
        actions.append(("findings", f"补充材料，判断 {state.undetermined} 条待核事项", "台账缺少判断所需的事实，不等于没有问题。"))
    if state.rejects:
        actions.append(("imports", f"处理 {state.rejects} 处未能读入的内容", "可导出清单退回填报单位更正后重新导入。"))
    if state.cases and not state.samples:
        actions.append(("sampling", "抽取评查样本", "从办结案件中抽取不少于 20% 供评查。"))
    return actions
