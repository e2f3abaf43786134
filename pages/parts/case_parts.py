"""Drawn parts of the case file: facts with their cells, people, steps, decisions."""

from collections.abc import Sequence

from pages.parts import pieces
from pages.parts.pieces import Html, text
from review.casework.dossier import Fact, PersonFile, StepLine
from review.vocabulary.labels import label


def facts_table(facts: Sequence[Fact]) -> None:
    """Name, value as understood, raw text with its cell. What the ledger does not give is a dash."""
    pieces.table(["项目", "读出的值", "台账原文"], [(f.label, f.value, _raw(f)) for f in facts], widths=["6.5em", "", "44%"])


def people(files: Sequence[PersonFile]) -> None:
    """One block a respondent: name, role, responsibility, measures with the band, then the facts."""
    for one in files:
        row = one.row
        words = [row["name"] or "（未写姓名）", label("kind", row["kind"])]
        if row["headcount"] != 1:
            words.append(f"计 {row['headcount']} 人")
        band = _band(row)
        measures = "；".join(f"{label('measure', m['code'])}{'' if m['is_final'] else '（非最终）'}" for m in one.measures)
        pieces.facts(
            [
                (words[0], "，".join(words[1:] + [label("tier", row["tier"]), label("role", row["role"])])),
                ("问责方式", Html(f"{text(measures)} <span class='raw'>{text(row['measures_raw'])}</span>")),
                ("处理档次", band),
                *((f.label, _both(f)) for f in one.facts if f.label not in ("层级", "角色")),
            ],
            label_width="6.5em",
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


def _raw(fact: Fact) -> Html:
    if not fact.raw and not fact.address:
        return text("")
    return Html(f"{text(fact.raw)} <span class='raw'>{text(fact.address) if fact.address else ''}</span>")


def _both(fact: Fact) -> Html:
    raw = f" <span class='raw'>{text(fact.raw)} {text(fact.address) if fact.address else ''}</span>" if fact.raw else ""
    return Html(f"{text(fact.value)}{raw}")


def _band(row: dict) -> str:
    if row["organization_band"] is not None:
        return label("organization_band", row["organization_band"])
    return label("band", row["band"]) if row["band"] is not None else ""
