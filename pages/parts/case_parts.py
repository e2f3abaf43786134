"""Drawn parts of the case file: facts with their cells, people, steps, decisions."""

from collections.abc import Sequence

from pages.parts import pieces
from pages.parts.pieces import Html, text
from review.casework.dossier import Fact, PersonFile, StepLine
from review.vocabulary.labels import label

WIDTHS = ("7.5em", "", "42%")


def facts_table(facts: Sequence[Fact]) -> None:
    """Name, value as understood, raw text with its cell; what the ledger does not give is named in one line."""
    pieces.table(["项目", "读出的值", "台账原文和单元格"], [_line(f) for f in facts if f.value or f.raw], widths=WIDTHS)
    blank = [f.label for f in facts if not f.value and not f.raw]
    if blank:
        pieces.quiet(f"台账未载明：{'、'.join(blank)}")


def people(files: Sequence[PersonFile]) -> None:
    """One block a respondent: name and role, responsibility, measures with the band, then the facts."""
    for one in files:
        row = one.row
        count = f"（计 {row['headcount']} 人）" if row["headcount"] != 1 else ""
        who = "，".join((label("kind", row["kind"]), label("tier", row["tier"]), label("role", row["role"]))) + count
        codes = "；".join(f"{label('measure', m['code'])}{'' if m['is_final'] else '（非最终）'}" for m in one.measures)
        pieces.table(
            [f"{row['seq']}. {row['name'] or row['unit'] or '（未写姓名）'}", who, f"{row['sheet']} 第 {row['row']} 行"],
            [
                ("问责方式", codes, _raw(row["measures_raw"], codes, one.facts[0].address if one.facts[0].label == "问责方式" else "")),
                ("处理档次", _band(row), ""),
                *(_line(f) for f in one.facts if f.label not in ("问责方式", "层级", "角色")),
            ],
            widths=WIDTHS,
        )


def steps_table(lines: Sequence[StepLine]) -> None:
    """Steps in lawful order with status word, date, raw text and cell; the same for all people of a case is told once."""
    grouped: dict[tuple, list[str]] = {}
    for line in lines:
        status = "未履行（空白按未履行计）" if line.blank_counted else label("status", line.status)
        grouped.setdefault((line.label, status, line.shown, line.raw), []).append((line.person or "全案", line.address))
    rows = [
        (
            step,
            status,
            shown,
            "、".join(dict.fromkeys(who for who, _ in cells)),
            Html(f"{text(raw)} <span class=raw>{text(cells[0][1])}</span>"),
        )
        for (step, status, shown, raw), cells in grouped.items()
    ]
    if rows:
        pieces.table(["程序环节", "状态", "日期", "对象", "台账原文"], rows, widths=["9em", "12em", "8em", "", "30%"])
    else:
        pieces.quiet("台账没有程序环节的列。")


def decisions(rows: Sequence[dict]) -> None:
    """Decisions, newest first, with what became of the finding."""
    if not rows:
        pieces.quiet("还没有核实结论。")
        return
    pieces.table(
        ["时间", "核实人", "检查", "结论", "理由", "现状"],
        [
            (
                f"{r['decided_at']:%Y-%m-%d %H:%M}",
                r["decided_by"],
                r["check_id"],
                label("decision", r["verdict"]),
                r["reason"],
                "事实已变化，需重新核实" if r["changed"] else "仍在清单中" if r["still_found"] else "最近一次检查已不再提示",
            )
            for r in rows
        ],
    )


def _line(fact: Fact) -> tuple:
    return fact.label, fact.value, _raw(fact.raw, fact.value, fact.address)


def _raw(raw: str | None, value: str, address: str) -> Html:
    """Raw text with its cell; where it reads the same as the value, the cell alone."""
    shown = text(raw) if raw and raw != value else ""
    return Html(f'{shown} <span class="raw">{text(address)}</span>' if address else shown or ("同左" if raw else text("")))


def _band(row: dict) -> str:
    if row["organization_band"] is not None:
        return label("organization_band", row["organization_band"])
    return label("band", row["band"]) if row["band"] is not None else ""
