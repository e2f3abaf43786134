"""Drawn parts of the case file: facts with their cells, people, steps, decisions."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages.parts import finding_panel, pieces
from pages.parts.pieces import Html, text
from review.casework.dossier import Fact, PersonFile, StepLine
from review.vocabulary.labels import label

WIDTHS = ("7.5em", "", "42%")
FEW = 2  # findings of one check that are told in full
SIDE_BY_SIDE = 3  # people whose blocks fit beside the facts of the case


def facts_table(facts: Sequence[Fact]) -> None:
    """Name, value as understood, raw text with its cell; what the ledger does not give is named in one line."""
    pieces.table(["项目", "读出的值", "台账原文和单元格"], [_line(f) for f in facts if f.value or f.raw], widths=WIDTHS)
    blank = [f.label for f in facts if not f.value and not f.raw]
    if blank:
        pieces.quiet(f"台账未载明：{'、'.join(blank)}")


def people(files: Sequence[PersonFile]) -> None:
    """One block a respondent; of many a table first, and the blocks folded away."""
    if len(files) <= SIDE_BY_SIDE:
        _blocks(files)
        return
    pieces.table(
        ["", "对象", "单位和职务", "层级、角色", "责任类型", "问责方式", "档次"],
        [
            (
                one.row["seq"],
                one.row["name"],
                " ".join(part for part in (one.row["unit"], one.row["post"]) if part),
                f"{label('tier', one.row['tier'])} {label('role', one.row['role'])}",
                label("responsibility", one.row["responsibility"]),
                _codes(one),
                one.row["band"] if one.row["band"] is not None else one.row["organization_band"],
            )
            for one in files
        ],
        numbers=[0],
        widths=["2em", "4.5em", "", "7.5em", "8em", "7em", "3.2em"],
    )
    with st.expander(f"逐人查看台账原文和单元格（{len(files)}）", icon=":material/group:"):
        _blocks(files)


def _blocks(files: Sequence[PersonFile]) -> None:
    """Name and role, responsibility, measures with the band, then the facts with their cells."""
    for one in files:
        row = one.row
        count = f"（计 {row['headcount']} 人）" if row["headcount"] != 1 else ""
        who = "，".join((label("kind", row["kind"]), label("tier", row["tier"]), label("role", row["role"]))) + count
        codes, first = _codes(one), one.facts[0]
        told = first.label == "问责方式"
        pieces.table(
            [f"{row['seq']}. {row['name'] or row['unit'] or '（未写姓名）'}", who, f"{row['sheet']} 第 {row['row']} 行"],
            [
                _line(replace(first, value=codes)) if told and first.correction
                else ("问责方式", codes, _raw(row["measures_raw"], codes, first.address if told else "")),
                ("处理档次", _band(row), ""),
                *(_line(f) for f in one.facts if f.label not in ("问责方式", "层级", "角色")),
            ],
            widths=WIDTHS,
        )


def _codes(one: PersonFile) -> str:
    return "；".join(f"{label('measure', m['code'])}{'' if m['is_final'] else '（非最终）'}" for m in one.measures)


def steps_table(lines: Sequence[StepLine], persons: int) -> None:
    """Steps in lawful order with status word, date, raw text and cell; the same for all ``persons`` of a case is told once, and steps
    that the ledger leaves blank for everybody are named in one line."""
    grouped: dict[tuple, list[str]] = {}
    told = {line.label for line in lines if line.raw or line.status != "blank"}
    for line in lines:
        if line.label not in told:
            continue
        status = "未履行（空白按未履行计）" if line.blank_counted else label("status", line.status)
        grouped.setdefault((line.label, status, line.shown, line.raw), []).append((line.person or "全案", line.address))
    rows = [
        (
            step,
            status,
            shown,
            f"全部 {persons} 人" if len(cells) == persons > 1 else "、".join(dict.fromkeys(who for who, _ in cells)),
            Html(f"{text(raw)} <span class=raw>{text(cells[0][1])}</span>"),
        )
        for (step, status, shown, raw), cells in grouped.items()
    ]
    if rows:
        pieces.table(["程序环节", "状态", "日期", "对象", "台账原文"], rows, widths=["9em", "12em", "8em", "", "30%"])
    blank = [step for step in dict.fromkeys(line.label for line in lines) if step not in told]
    if blank:
        pieces.quiet(f"台账有列但没有填写的环节（{len(blank)}）：{'、'.join(blank)}。空白不等于没有履行。")
    if not lines:
        pieces.quiet("台账没有程序环节的列。")


def findings(rows: Sequence[dict]) -> None:
    """Findings by check, suspects first; the clause and what would clear them once a check. Many of one check stand in a table."""
    by_check: dict[str, list[dict]] = {}
    for row in sorted(rows, key=lambda row: row["verdict"] != "suspect"):
        by_check.setdefault(row["check_id"], []).append(row)
    for check_id, same in by_check.items():
        with st.container(border=True):
            told, why = st.columns(2, gap="medium")
            with told:
                if len(same) > FEW:
                    _finding_table(same)
                else:
                    for row in same:
                        finding_panel.describe(row)
                        target = {"finding": row["finding_id"]}
                        st.page_link("pages/findings.py", label="去核实", icon=":material/edit_note:", query_params=target)
            with why:
                finding_panel.explain_id(check_id)


def _finding_table(rows: Sequence[dict]) -> None:
    finding_panel.heading(rows[0] | {"verdict": "suspect"})
    pieces.table(
        ["对象", "判断", f"内容（{len(rows)} 条）", ""],
        [
            (
                row["name"] or "本案",
                label("verdict", row["verdict"]),
                row["message"],
                Html(f'<a href="findings?finding={text(row["finding_id"])}" target="_self">去核实</a>'),
            )
            for row in rows
        ],
        widths=["5em", "5.5em", "", "4.5em"],
    )


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
                "资料已更新，需重新核实" if r["changed"] else "仍在清单中" if r["still_found"] else "最近一次检查已不再提示",
            )
            for r in rows
        ],
    )


def _line(fact: Fact) -> tuple:
    return fact.label, fact.value, _raw(fact.raw, fact.value, fact.address, fact.correction)


def _raw(raw: str | None, value: str, address: str, correction: str = "") -> Html:
    """Raw text with its cell; where it reads the same as the value, the cell alone."""
    shown = text(raw) if raw and (raw != value or correction) else ""
    if correction:
        shown = Html(f'{shown} <span class="doubt">{text(correction)}</span>')
    return Html(f'{shown} <span class="raw">{text(address)}</span>' if address else shown or ("同左" if raw else text("")))


def _band(row: dict) -> str:
    if row["organization_band"] is not None:
        return label("organization_band", row["organization_band"])
    return label("band", row["band"]) if row["band"] is not None else ""
