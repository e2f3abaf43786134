"""One finding in full: sentence, facts, clause, what would clear it, source, and the form for the decision."""

import re

import streamlit as st

from pages.parts import pieces, text_pair
from pages.parts.finding_list import NEXT
from pages.parts.frame import show_fault
from review.casework.decisions import LONGEST_REASON, VERDICTS, decide, history
from review.checks.engine import check
from review.errors import ReviewError
from review.store.database import Database
from review.vocabulary.labels import label
from review.vocabulary.laws import cited

KINDS = {"fact": "台账可查", "text": "需人工了解"}


def draw(db: Database, row: dict, next_row: tuple[str, int, int] | None = None) -> None:
    """The panel. ``next_row``: (key of the table, row to select after saving, number of rows)."""
    describe(row)
    if row["case_id"]:
        st.page_link("pages/case.py", label="打开案件档案", icon=":material/folder_open:", query_params={"case": row["case_id"]})
    _decision_form(db, row, next_row)
    with st.expander("依据、为何重要、什么能消除疑问", expanded=True):
        explain_id(row["check_id"])


def describe(row: dict) -> None:
    """Sentence, facts and source address of a finding."""
    one = check(row["check_id"])
    heading(row)
    st.html(f'<div class="sentence">{pieces.text(row["message"])}</div>')
    where = "、".join(p for p in (row["file_name"], row["sheet"], f"第 {row['row']} 行" if row["row"] else None) if p)
    about = [
        ("案件", " ".join(p for p in (row["case_key"], row["case_title"]) if p)),
        ("承办单位", row["handling_unit"]),
        ("对象", "，".join(p for p in (row["name"], row["unit"], row["post"]) if p)),
        ("出处", where),
    ]
    words = one.fact_labels
    drawn = text_pair.DRAWN if text_pair.draw_facts(row["facts"]) else ()
    known = [
        (words.get(name, name), fact_text(value))
        for name, value in row["facts"].items()
        if value not in (None, "", []) and name not in drawn
    ]
    pieces.facts([(k, v) for k, v in about if v] + known)


def heading(row: dict) -> None:
    """Level, verdict and title of the check."""
    mark = pieces.level_tag(row["level"]) + (pieces.tag("待核", "undetermined") if row["verdict"] == "undetermined" else "")
    st.html(f'<div class="panel-head">{mark}<b>{pieces.text(row["check_id"])} {pieces.text(row["check_title"])}</b></div>')


def explain_id(check_id: str) -> None:
    """Why the check exists, its clauses with version, and what clears a finding."""
    one = check(check_id)
    pieces.facts(
        [
            ("查什么", one.looks_for),
            ("为何重要", one.why),
            ("依据", pieces.Html("<br>".join(basis_line(b) for b in one.basis))),
            ("可消除疑问", pieces.Html("<br>".join(f"{pieces.tag(KINDS[c.kind])} {pieces.text(c.text)}" for c in one.cleared_by))),
        ]
    )


def basis_line(basis) -> str:
    """A clause with its version, whether its wording was read in full, and the gist of its articles."""
    state = pieces.tag("条文已核对") if basis.verified else pieces.tag("条文待核对", "open")
    line = f"《{pieces.text(basis.law)}》{pieces.text(basis.article)}（{pieces.text(basis.version)}）{state}"
    gists = [f"{a.number}大意：{a.gist}" for a in cited(basis.law, basis.version, basis.article)]
    return "<br>".join([line, *(f'<span class="quiet">{pieces.text(g)}</span>' for g in gists)])


def pattern(one, message: str) -> str:
    """A message template with the Chinese names of its facts in brackets."""
    return re.sub(r"\{(\w+)[^}]*\}", lambda found: f"〔{one.fact_labels.get(found[1], found[1])}〕", message)


def fact_text(value) -> str:
    """A fact as words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "；".join(fact_text(v) for v in value)
    if isinstance(value, dict):
        return "，".join(f"{k} {fact_text(v)}" for k, v in value.items())
    return str(value)


def _decision_form(db: Database, row: dict, next_row: tuple[str, int, int] | None) -> None:
    earlier = history(db, row["finding_id"])
    if row["changed_since_decision"]:
        st.warning("资料已更新：作出结论之后，这条疑似问题的事实发生了变化，请重新核实。", icon=":material/update:")
    for past in earlier[:3]:
        pieces.quiet(f"{past['decided_at']:%Y-%m-%d %H:%M} {past['decided_by']}：{label('decision', past['verdict'])}。{past['reason']}")
    told = st.container()
    # What was on the screen when the button was pressed, not what this run has found since: somebody else may have decided in between.
    seen = st.session_state.get(f"seen_{row['finding_id']}", (row["facts_hash"], len(earlier)))
    st.session_state[f"seen_{row['finding_id']}"] = (row["facts_hash"], len(earlier))
    saved = st.session_state.get("decisions_saved", 0)
    with st.form(f"decide_{row['finding_id']}_{saved}", border=True, enter_to_submit=False):
        verdict = st.radio("核实结论", VERDICTS, index=None, format_func=lambda v: label("decision", v), horizontal=True)
        reason = st.text_area(
            "理由（属实、不属实时必填）", height=76, max_chars=LONGEST_REASON, placeholder="依据哪份材料、哪一页，事实是什么"
        )
        name, save = st.columns([3, 2], vertical_alignment="bottom")
        reviewer = name.text_input("核实人", value=st.session_state.get("reviewer", ""), placeholder="姓名")
        sent = save.form_submit_button("保存结论", type="primary", width="stretch")
    if not sent:
        return
    try:
        decide(db, row["finding_id"], verdict, reason, reviewer, seen_facts_hash=seen[0], seen_decisions=seen[1])
    except ReviewError as fault:
        with told:
            show_fault(fault)
        return
    st.session_state.update(reviewer=reviewer.strip(), decisions_saved=saved + 1)
    st.toast("结论已保存。", icon=":material/check:")
    if next_row and next_row[1] < next_row[2]:
        st.session_state[NEXT] = next_row[:2]
    st.rerun()
