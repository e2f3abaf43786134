"""A check file: TOML in the opening comment, then one SELECT. Read, checked as a whole, and kept as an immutable Check.

``/*---`` starts the header, ``---*/`` ends it. All faults of a file are reported at once, each with its line and what to do.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from review.checks.faultwords import KEYS, header_line, of_header
from review.checks.params import Param, param_faults, read_param, typed_sql
from review.checks.template import TemplateFault, parse_template
from review.errors import CheckFileError
from review.vocabulary.terms import fields

ASPECTS = {
    "objects": "问责对象",
    "responsibility": "责任区分",
    "procedure": "程序",
    "measures": "处理尺度",
    "results": "成果运用",
    "tolerance": "容错",
    "data": "数据质量",
}
LEVELS = ("严重", "一般", "提示")
UNITS = ("case", "respondent", "county", "case|respondent")
# Facts that the engine itself adds to every finding.
ENGINE_FACTS = {"basis_note": "适用版本"}
CUSTOM_ID = re.compile(r"[XZ]\d{2,3}")  # letters that no aspect of the program uses
ACCOUNTABILITY_RULES = "中国共产党问责条例"
# What holds other cases than the own: a check that reads any of these can't be judged over its own cases alone.
_OF_OTHER_CASES = re.compile(
    r"\b(similar_texts|similar_pairs|own_texts|comparable_people|band_histogram|county_differences|findings|earlier_issues)\b"
)

_HEADER = re.compile(r"\A/\*---\n(?P<toml>.*?)\n---\*/\n(?P<sql>.*)\Z", re.S)
_TEXTS = ("id", "title", "aspect", "level", "unit", "looks_for", "why", "message", "undetermined")
_KEYS = {*_TEXTS, "basis", "needs", "params", "cleared_by", "facts", "in_issue_list", "no_exempt", "reach"}


@dataclass(frozen=True)
class Basis:
    """A clause. verified: its wording was read in full; otherwise only the article may be cited (条文待核对)."""

    law: str
    article: str
    version: str
    verified: bool


@dataclass(frozen=True)
class Clearing:
    """What would clear a finding. kind: 'fact' = the ledger can hold it and the SQL looks at it, 'text' = the reviewer must know."""

    text: str
    kind: str


@dataclass(frozen=True)
class Check:
    """One rule as documented in its file. ``own_facts``: fact name -> Chinese label, in the order of the SELECT's facts.

    needs: essential fields, "a|b" = any of them; no_exempt: why no unit can be exempt, None where some can. sql_line: line of the file
    on which ``sql`` begins; custom: a check of the office (自定义), not of the program. case_alone (``reach = "case"``): verdict and facts
    come from the case itself, so that a large store may ask for the facts over the cases with findings only; else it is judged in whole.
    """

    id: str
    title: str
    aspect: str
    level: str
    unit: str
    looks_for: str
    why: str
    basis: tuple[Basis, ...]
    needs: tuple[str, ...]
    params: tuple[Param, ...]
    cleared_by: tuple[Clearing, ...]
    message: str
    undetermined_message: str
    own_facts: dict[str, str]
    in_issue_list: bool
    no_exempt: str | None
    path: Path
    sql: str
    sql_line: int = 1
    custom: bool = False
    case_alone: bool = False

    @property
    def fact_labels(self) -> dict[str, str]:
        """Chinese labels of all facts that a finding can hold, those added by the engine last."""
        return self.own_facts | ENGINE_FACTS

    @property
    def dated_by_rules(self) -> bool:
        """Whether the version of the 问责条例, and so the decision date, matters for the basis."""
        return any(b.law == ACCOUNTABILITY_RULES for b in self.basis)


def read_check(path: Path, custom: bool = False) -> Check:
    """The check in ``path``; raises CheckFileError that lists every fault of the file with its line.

    A ``custom`` check may lie in any folder and has an id of its own kind (X or Z and digits).
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CheckFileError(
            f"检查文件 {path.name} 的文字编码不是 UTF-8，中文会读成乱码。", "请用记事本打开，选“文件—另存为”，编码选 UTF-8，覆盖原文件。"
        ) from error
    except OSError as error:
        raise CheckFileError(f"检查文件 {path.name} 打不开（{error.strerror or error}）。", "请检查是否有读取权限。") from error
    match = _HEADER.match(text)
    if not match:
        raise CheckFileError(
            f"检查文件 {path.name} 第1行：缺少文件头，或文件头没有结束。",
            "第一行写 /*---，接着逐行写说明，说明之后单独一行 ---*/，再往下才是查询；可照 docs/sample-check 里的样例写。",
        )
    try:
        head = tomllib.loads(match["toml"])
    except tomllib.TOMLDecodeError as error:
        where = header_line(match["toml"], error) + 1
        raise CheckFileError(
            f"检查文件 {path.name} 第{where}行：{of_header(error)}。", "请改正这一行后重新运行检查；可照 docs/sample-check 里的样例写。"
        ) from error
    faults = _faults(head, match["sql"], path, custom)
    if faults:
        lines = "；".join(f"第{_line_of(text, key)}行 {fault}" for key, fault in faults)
        raise CheckFileError(f"检查文件 {path.name} 有{len(faults)}处问题：{lines}。", "请按 review/checks 中其他检查文件的写法补全。")
    params = tuple(read_param(p) for p in head["params"])
    return Check(
        **{k: head[k].strip() for k in _TEXTS if k != "undetermined"},
        undetermined_message=head["undetermined"].strip(),
        basis=tuple(Basis(**b) for b in head["basis"]),
        needs=tuple(head["needs"]),
        params=params,
        cleared_by=tuple(Clearing(**c) for c in head["cleared_by"]),
        own_facts=dict(head["facts"]),
        in_issue_list=head.get("in_issue_list", True),
        no_exempt=head.get("no_exempt"),
        path=path,
        sql=typed_sql(match["sql"].strip().rstrip(";"), params),
        sql_line=text.count("\n", 0, match.start("sql") + len(match["sql"]) - len(match["sql"].lstrip())) + 1,
        custom=custom,
        case_alone=head.get("reach") == "case",
    )


def _faults(head: dict, sql: str, path: Path, custom: bool) -> list[tuple[str, str]]:
    """Every fault as (key to point at, sentence)."""
    blank = [k for k in _TEXTS if not isinstance(head.get(k), str) or not head[k].strip()]
    out = [(k, f'缺少 {k}（{KEYS[k]}），请补上一行 {k} = "……"') for k in blank]
    out += [(k, f"不认识的项 {k}，请改正名称或删去这一行") for k in head if k not in _KEYS]
    for key, needed in (("basis", Basis), ("cleared_by", Clearing)):
        out += _entry_faults(head, key, set(needed.__annotations__))
    out += [("params", fault) for fault in param_faults(head.get("params"))]
    if not head.get("basis"):
        out.append(("basis", "basis（依据）至少要有一条，写成 [[basis]] 一段"))
    needs = head.get("needs")
    if not isinstance(needs, list):
        out.append(("needs", "缺少 needs（需要的列），没有特别要求的写 needs = []"))
        needs = []
    for name in (n for group in needs for n in str(group).split("|")):
        if name not in fields():
            out.append(("needs", f"needs（需要的列）中的 {name} 不是台账字段，字段名见 docs/add-a-check.md 所指的 fields.toml、steps.toml"))
    for key, allowed in (("level", LEVELS), ("unit", UNITS), ("aspect", tuple(ASPECTS.values()))):
        if key in head and head[key] not in allowed:
            out.append((key, f"{key} 只能是 {'、'.join(allowed)} 之一"))
    if custom and not CUSTOM_ID.fullmatch(str(head.get("id"))):
        out.append(("id", "自定义检查的 id 须是 X 或 Z 加两三位数字，如 Z01"))
    if not custom and ASPECTS.get(path.parent.name) != head.get("aspect"):
        out.append(("aspect", f"aspect 与所在文件夹 {path.parent.name} 不符"))
    if head.get("id") and not path.name.startswith(f"{head['id']}_"):
        out.append(("id", f"文件名应以 {head['id']}_ 开头"))
    out += _reach_faults(head, sql) + _template_faults(head) + _sql_faults(head, sql)
    return out


def _reach_faults(head: dict, sql: str) -> list[tuple[str, str]]:
    if "reach" not in head:
        return []
    if head["reach"] != "case":
        return [("reach", 'reach（所看范围）只能写 "case"（只看本案）；还要看别的案件的，删去这一行')]
    others = [] if head.get("unit") != "county" else ["对象是县区"]
    others += [f"查询读了 {name}" for name in sorted(set(_OF_OTHER_CASES.findall(re.sub(r"--[^\n]*", "", sql))))]
    return [("reach", f'reach（所看范围）写为 "case"（只看本案），而{"、".join(others)}，要看别的案件；请删去这一行')] if others else []


def _entry_faults(head: dict, key: str, wanted: set[str]) -> list[tuple[str, str]]:
    entries = head.get(key)
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        return [(key, f"缺少 {key}（{KEYS[key]}），没有的写 {key} = []，有的每条写成 [[{key}]] 一段")]
    out = []
    for entry in entries:
        for name in sorted(wanted ^ set(entry)):
            out.append(
                (key, f"{key}（{KEYS[key]}）的一项{'缺少' if name in wanted else '多出'} {name}，请{'补上' if name in wanted else '删去'}")
            )
        if key == "cleared_by" and entry.get("kind") not in ("fact", "text"):
            out.append((key, "cleared_by（常见误报）的 kind 只能是 fact（查询已经看过）或 text（要人去了解）"))
    return out


def _template_faults(head: dict) -> list[tuple[str, str]]:
    labels = head.get("facts")
    if not isinstance(labels, dict) or not labels:
        return [("facts", '缺少 facts（事实），请写 [facts] 一段，每行 名称 = "中文名"')]
    out = []
    for key in ("message", "undetermined"):
        try:
            used = parse_template(head.get(key) or "").facts
        except TemplateFault as error:
            out.append((key, f"{key}（{KEYS[key]}）：{error}"))
            continue
        out += [
            (key, f"{key}（{KEYS[key]}）用到的 {{{name}}} 不在 facts（事实）中，请在 [facts] 里补上或改正名称")
            for name in used
            if name not in labels
        ]
    if "疑似" not in (head.get("message") or ""):
        out.append(("message", "message（疑似时的句子）里须有“疑似”二字"))
    return out


def _sql_faults(head: dict, sql: str) -> list[tuple[str, str]]:
    out = []
    body = re.sub(r"--[^\n]*", "", sql).strip().rstrip(";")
    if not re.match(r"(?i)(select|with)\b", body):
        out.append(("---*/", "文件头之后须是一条 SELECT 查询（可以 WITH 开头），不能写入、删除"))
    if ";" in body:
        out.append(("---*/", "只能有一条语句，请删去分号以后的内容"))
    params = {p["name"] for p in head.get("params") or [] if isinstance(p, dict) and "name" in p}
    used = set(re.findall(r"\$([a-z_0-9]+)", body))
    out += [("params", f"查询里用到 ${name}，而 params（参数）中没有写，请补一段 [[params]]") for name in sorted(used - params)]
    out += [("params", f"params（参数）中的 {name} 在查询里没有用到，请删去或在查询里写 ${name}") for name in sorted(params - used)]
    return out


def _line_of(text: str, key: str) -> int:
    """Line on which ``key`` is set, that of the header's end for a missing one."""
    for pattern in (rf"^{re.escape(key)}\b", rf"^\[+{re.escape(key)}\]+", r"^---\*/"):
        found = re.search(pattern, text, re.M)
        if found:
            return text.count("\n", 0, found.start()) + 1
    return 1
