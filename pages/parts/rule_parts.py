"""Parts of the rules page: the list of checks, one check in full, its parameters with a preview, its switch and its history."""

import streamlit as st

from pages.parts import finding_panel, frame, pieces, reads
from review.casework.findings import NOT_STATED
from review.checks import settings
from review.checks.checkfile import Check
from review.checks.engine import run_checks
from review.checks.params import NOT_SET, TODAY, Param
from review.checks.preview import Preview
from review.checks.results import remark
from review.errors import ReviewError, UsageError
from review.store.database import Database
from review.vocabulary.labels import label

COUNTS = ("suspect", "undetermined", "clear", "exempt", "not_run")
UNITS = {"case": "案件", "respondent": "问责对象", "county": "县区", "case|respondent": "案件或问责对象"}
STATES = {
    "all": "全部状态", "suspect": "有疑似", "undetermined": "有待核", "not_run": "有未运行", "off": "已停用",
    "not_set": NOT_SET, "custom": "自定义", "stale": "改过参数待重跑",
}  # fmt: skip
TALLEST, LINE, SHOWN = 660, 62, 50


def fits(row: dict, state: str) -> bool:
    """Whether a row of engine.counts has a state of STATES."""
    return state == "all" or bool(row[state] if state != "off" else row["off"] is not None)


def whole(row: dict) -> int:
    """Units that the check looks at: all but the exempt ones."""
    return sum(row[name] for name in COUNTS) - row["exempt"]


# Rows this high let a long title run over two lines (the list wraps above 4rem).
def chooser(rows: list[dict], key: str, wanted: str | None) -> dict:
    """The list; returns the chosen row. ``wanted``: id of the check to start with, which comes first: a list can't be scrolled to a row."""
    if key not in st.session_state:
        st.session_state["rules_first"] = wanted
    rows = sorted(rows, key=lambda row: row["check_id"] != st.session_state.get("rules_first"))
    lines = [
        {"检查": f"{row['check_id']} {row['title']}{_states(row)}", "级别": [row["level"]]}
        | {label("verdict", name): row[name] if row["run_at"] else None for name in COUNTS}
        | {"可判": f"{row['suspect'] + row['clear']}/{whole(row)}" if whole(row) else ""}
        for row in rows
    ]
    narrow = {label("verdict", name): st.column_config.NumberColumn(label("verdict", name)[:2], width=46) for name in COUNTS}
    narrow[label("verdict", "exempt")] = st.column_config.NumberColumn("不适用", width=50)
    narrow[label("verdict", "not_run")] = st.column_config.NumberColumn("未运行", width=50)
    picked = st.dataframe(
        lines,
        key=key,
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [0]}},
        height=min(38 + LINE * len(lines), TALLEST),
        row_height=LINE,
        hide_index=True,
        placeholder="—",
        column_config={
            "检查": st.column_config.TextColumn(width=206),
            "级别": st.column_config.MultiselectColumn(options=list(pieces.LEVEL_CLASS), color=pieces.LEVEL_COLOURS, width=50),
            "可判": st.column_config.TextColumn(width=82),
        }
        | narrow,
        alt="检查规则列表",
    )
    return rows[min(next(iter(picked.selection.rows), 0), len(rows) - 1)]


def _states(row: dict) -> str:
    words = (("已停用", row["off"] is not None), (NOT_SET, row["not_set"]), ("待重跑", row["stale"]), ("自定义", row["custom"]))
    told = "、".join(word for word, holds in words if holds)
    return f"（{told}）" if told else ""


def head(one: Check, row: dict) -> None:
    """Title, state, and the links to what was found."""
    marks = (
        pieces.level_tag(one.level) + (pieces.tag("自定义") if one.custom else "") + (pieces.tag("已停用", "open") if row["off"] else "")
    )
    st.html(f'<div class="panel-head">{marks}<b>{pieces.text(one.id)} {pieces.text(one.title)}</b>'
            f'<span class="quiet">{pieces.text(one.aspect)} · 对象：{UNITS[one.unit]}</span></div>')  # fmt: skip
    if told := remark(row):
        pieces.quiet(f"{told}。")
    links = st.container(horizontal=True)
    for verdict in ("suspect", "undetermined"):
        links.page_link(
            "pages/findings.py",
            label=f"{label('verdict', verdict)} {row[verdict]} 条",
            icon=":material/list:",
            query_params={"check": one.id, "verdict": verdict if one.in_issue_list else "gaps"},
            disabled=not row[verdict],
        )


def document(db: Database, one: Check, row: dict) -> None:
    """What the check looks for, why, on what basis, and how far the ledgers allow a verdict."""
    needs = [" 或 ".join(label("field", name) for name in group.split("|")) for group in one.needs]
    pieces.facts([("判断情况", pieces.Html("<br>".join(pieces.text(line) for line in coverage_lines(db, one, row))))])
    finding_panel.explain_id(one.id)
    pieces.facts(
        [
            ("需要的列", "、".join(needs) or "无特别要求"),
            ("句子样式", finding_panel.pattern(one, one.message)),
            ("待核时", finding_panel.pattern(one, one.undetermined_message)),
        ]
    )


def coverage_lines(db: Database, one: Check, row: dict) -> list[str]:
    """可判 412/600, and why not the rest."""
    if row["off"] is not None:
        return [f"已停用，没有运行。理由：{row['off']}"]
    if not row["run_at"]:
        return ["还没有运行。"]
    lines = [f"可判 {pieces.share(row['suspect'] + row['clear'], whole(row))}" if whole(row) else "现有台账中没有可判断的对象"]
    if row["exempt"]:
        lines[0] += f"；另有不适用 {row['exempt']}"
    if row["not_run"]:
        lacking = {}
        for missing in reads.missing_columns(db):
            if one.id in missing.enables + missing.with_others:
                lacking.setdefault(missing.label, []).append(missing.county or NOT_STATED)
        why = "；".join(f"没有“{column}”：{pieces.some(list(dict.fromkeys(where)), '个县区')}" for column, where in lacking.items())
        lines.append(f"未运行 {row['not_run']}：{why or '台账没有所需的列'}")
    if row["undetermined"]:
        blanks = {}
        for blank in reads.blank_columns(db):
            if one.id in blank.checks:
                blanks[blank.label] = blanks.get(blank.label, 0) + blank.blank
        why = "；".join(f"“{column}”空白 {count} 处" for column, count in blanks.items())
        lines.append(f"待核 {row['undetermined']}：台账空白、读不出或互相矛盾{f'（{why}）' if why else ''}，逐条见待核清单")
    return lines


def parameters(db: Database, one: Check) -> None:
    """Thresholds to edit: propose, look at what would change, save with a reason; the check then runs again."""
    if not one.params:
        pieces.quiet("这项检查没有可调的参数。")
        return
    present, proposal = settings.current(db, one), f"proposal_{one.id}"
    with st.form(f"edit_{one.id}_{st.session_state.get('rules_saved', 0)}", enter_to_submit=False):
        typed = {param.name: _input(param, present[param.name]) for param in one.params}
        if st.form_submit_button("预览变化", icon=":material/preview:"):
            st.session_state[proposal] = typed
    if proposal not in st.session_state:
        pieces.quiet("先预览会改变哪些判断，再决定是否保存。恢复默认：清空该项再预览。")
        return
    try:
        changed = settings.changes(db, one, st.session_state[proposal])
        if not changed:
            raise UsageError("参数没有变化。", "改动上面的值后再预览。")
        with st.spinner("正在按新的参数试算……"):
            seen = reads.preview(db, one.id, st.session_state[proposal])
    except ReviewError as fault:
        st.session_state.pop(proposal)
        frame.show_fault(fault)
        return
    words = {p.name: f"{p.label}改为 {p.shown(changed[p.name])}" for p in one.params if p.name in changed}
    show_preview(seen, "，".join(words.values()))
    _save_form(db, one, proposal)


def show_preview(seen: Preview, what: str) -> None:
    """改为 6 个月：疑似 31 → 18, and the units that change."""
    moves = "，".join(f"{label('verdict', v)} {seen.before[v]} → {seen.after[v]}" for v in seen.before if seen.before[v] != seen.after[v])
    st.markdown(f"**{frame.plain(what)}：{moves or '各类判断数不变'}**")
    if not seen.changed:
        pieces.quiet("没有一个对象的判断会改变。")
        return
    rest = f"，只列前 {SHOWN} 个" if seen.changed > SHOWN else ""
    pieces.quiet(f"共 {seen.changed} 个对象的判断会改变{rest}：")
    pieces.table(
        ["县区", "案件与对象", "原判断", "新判断"],
        [
            (u["county"] or NOT_STATED, "\n".join(p for p in (pieces.cut(u["title"] or u["case_no"], 28), u["name"]) if p),
             _verdict(u["before"]), _verdict(u["after"]))
            for u in seen.units[:SHOWN]
        ],
        widths=["6em", "", "5em", "5em"],
    )  # fmt: skip


def switch(db: Database, one: Check, row: dict) -> None:
    """The form that switches a check off or on again."""
    off = row["off"] is not None
    pieces.quiet(
        "重新启用后马上运行这一项检查。" if off else "停用后这一项不再运行，它的疑似问题离开清单；已作的核实结论保留，随时可以重新启用。"
    )
    with st.form(f"switch_{one.id}_{st.session_state.get('rules_saved', 0)}", enter_to_submit=False):
        reason = st.text_input("理由", placeholder="为什么" + ("重新启用" if off else "停用"))
        name, go = st.columns([3, 2], vertical_alignment="bottom")
        who = name.text_input("姓名", value=st.session_state.get("reviewer", ""))
        sent = go.form_submit_button("重新启用" if off else "停用这项检查", width="stretch")
    if sent:
        _do(lambda: settings.switch(db, one.id, not off, reason, who.strip()), who, lambda: off and run_checks(db, [one.id], who.strip()))


def history(db: Database, one: Check) -> None:
    """Who changed what, when and why."""
    past = settings.history(db, one.id)
    if not past:
        pieces.quiet("参数和启用状态没有改过。")
        return
    pieces.table(
        ["时间", "项", "原来", "改为", "理由", "姓名"],
        [(f"{c.set_at:%Y-%m-%d %H:%M}", c.label, c.before, c.after, c.reason, c.set_by) for c in past],
    )


def _input(param: Param, value) -> str:
    """A field for one parameter; what is typed is judged by the library."""
    label_text = f"{param.label}（{param.unit}）" if param.unit and not param.choices and param.kind != "flag" else param.label
    if param.kind == "flag" or param.choices:
        words = {"是": "是", "否": "否"} if param.kind == "flag" else {choice: choice for choice in param.choices}
        options = {"": NOT_SET, **words} if param.local else words
        here = {None: "", True: "是", False: "否"}.get(value, value)
        typed = st.selectbox(label_text, list(options), index=list(options).index(here), format_func=options.get)
    else:
        shown = "" if value is None or value == TODAY else f"{value:g}" if param.kind == "number" else str(value)
        typed = st.text_input(label_text, value=shown, placeholder=NOT_SET if param.local else param.shown(param.default))
    pieces.quiet(f"{param.sentence}（{'本地标准，不填即未设' if param.local else f'默认 {param.shown(param.default)}'}）")
    return typed


def _verdict(verdict: str | None) -> str:
    return label("verdict", verdict) if verdict else "不再判断"


def _save_form(db: Database, one: Check, proposal: str) -> None:
    with st.form(f"save_{one.id}", enter_to_submit=False):
        reason = st.text_input("理由（会留在记录里）", placeholder="依据哪份文件，为什么改")
        name, keep, drop = st.columns([4, 3, 2], vertical_alignment="bottom")
        who = name.text_input("姓名", value=st.session_state.get("reviewer", ""))
        saved = keep.form_submit_button("保存并重新运行", type="primary", width="stretch")
        dropped = drop.form_submit_button("放弃", width="stretch")
    if dropped:
        st.session_state.pop(proposal)
        st.rerun()
    if saved:
        values = st.session_state[proposal]
        _do(
            lambda: settings.set_parameters(db, one.id, values, reason, who.strip()),
            who,
            lambda: (st.session_state.pop(proposal), run_checks(db, [one.id], who.strip())),
        )


def _do(change, who: str, then) -> None:
    """Change something in a person's name, then run; faults are told in place."""
    try:
        frame.need_name(who)
        change()
        with st.spinner("正在重新运行这项检查……"):
            then()
    except ReviewError as fault:
        frame.show_fault(fault)
        return
    st.session_state["rules_saved"] = st.session_state.get("rules_saved", 0) + 1
    st.toast("已保存。", icon=":material/check:")
    st.rerun()
