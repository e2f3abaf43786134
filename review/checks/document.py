"""docs/catalogue.md from the check files: ``python -m review.checks.document`` writes it. The files are the only source of its texts."""

from pathlib import Path

from review.checks.catalogue import own_checks
from review.checks.checkfile import ASPECTS, Basis, Check
from review.checks.params import NOT_SET, Param
from review.vocabulary.labels import label

TARGET = Path(__file__).resolve().parents[2] / "docs" / "catalogue.md"
_UNITS = {"case": "案件", "respondent": "问责对象", "county": "县区", "case|respondent": "案件或问责对象"}
_HEAD = """# 检查规则目录

本文件由检查文件生成，不要手改：改 `review/checks` 里的文件，再运行 `python -m review.checks.document`。

每条规则对范围内的每个对象给出一个判断：**疑似**（所需事实都清楚，不合规则）、**符合**、**待核**（事实空白、读不出或互相矛盾）、**不适用**（有法定或规则写明的例外）。
台账没有所需的列时**未运行**，不等于没有问题。措辞一律是“疑似”，结论由核实人作出。标“条文待核对”的依据没有读到条文全文，只引条号。
"""


def catalogue_text(checks: tuple[Check, ...] | None = None) -> str:
    """The whole document as Markdown: an overview, then every check of the program (or ``checks``) by aspect."""
    chosen = own_checks() if checks is None else checks
    parts = [_HEAD, f"共 {len(chosen)} 条。\n", _overview(chosen)]
    for aspect in ASPECTS.values():
        of_aspect = [one for one in chosen if one.aspect == aspect]
        if of_aspect:
            parts += [f"## {aspect}\n", *map(_entry, of_aspect)]
    return "\n".join(parts)


def write_catalogue(target: Path = TARGET) -> Path:
    """Write the document; returns where."""
    target.write_text(catalogue_text(), encoding="utf-8", newline="\n")
    return target


def _overview(checks: tuple[Check, ...]) -> str:
    rows = [f"| {one.id} | {_cell(one.title)} | {one.aspect} | {one.level} | {_UNITS[one.unit]} |" for one in checks]
    return "\n".join(["| 编号 | 名称 | 方面 | 级别 | 对象 |", "| --- | --- | --- | --- | --- |", *rows]) + "\n"


def _entry(one: Check) -> str:
    needs = "、".join(" 或 ".join(label("field", name) for name in group.split("|")) for group in one.needs) or "无特别要求"
    facts = [c.text for c in one.cleared_by if c.kind == "fact"]
    texts = [c.text for c in one.cleared_by if c.kind == "text"]
    lines = [
        f"### {one.id} {one.title}\n",
        f"{one.level} · 对象：{_UNITS[one.unit]}{'' if one.in_issue_list else ' · 另列清单，不进问题清单'}\n",
        f"- **查什么**：{one.looks_for}",
        f"- **为何重要**：{one.why}",
        f"- **依据**：{'；'.join(map(_basis, one.basis))}",
        f"- **需要的列**：{needs}",
        *([f"- **消除疑问，台账可查**：{'；'.join(facts)}"] if facts else []),
        *([f"- **消除疑问，需人工了解**：{'；'.join(texts)}"] if texts else []),
        *([f"- **没有不适用的情形**：{one.no_exempt}"] if one.no_exempt else []),
        *(f"- **参数** {_param(p)}" for p in one.params),
        "",
    ]
    return "\n".join(lines)


def _basis(basis: Basis) -> str:
    return f"《{basis.law}》{basis.article}（{basis.version}，{'已核对' if basis.verified else '条文待核对'}）"


def _param(param: Param) -> str:
    return f"{param.label}：{f'本地标准，{NOT_SET}时不适用' if param.local else f'默认 {param.shown(param.default)}'}。{param.sentence}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    print(f"已写出 {write_catalogue()}")
