"""检查规则: every check as documented, with its counts; run again."""

import streamlit as st

from pages.parts import finding_panel, frame, pieces, reads
from review.casework.overview import loaded
from review.checks.engine import catalogue, run_checks
from review.vocabulary.labels import label

COUNTS = ("suspect", "clear", "undetermined", "exempt", "not_run")
UNITS = {"case": "案件", "respondent": "问责对象", "county": "县区", "case|respondent": "案件或问责对象"}

db = frame.database()
frame.head("检查规则", "每项检查查什么、为什么、依据哪一条、需要哪些列、什么情况能消除疑问，以及它在现有台账上的判断结果。")
state = loaded(db)
bar = st.container(horizontal=True, vertical_alignment="center")
bar.markdown(f"最近一次检查：{state.checked_at:%Y-%m-%d %H:%M}" if state.checked_at else "尚未运行检查。", width="stretch")
if bar.button("重新运行全部检查", icon=":material/refresh:", type="primary" if state.stale else "secondary", disabled=not state.cases):
    with st.spinner("正在运行检查……"):
        done = run_checks(db, actor=st.session_state.get("reviewer", ""))
    st.toast(f"{done.checks} 项检查已完成，用时 {done.seconds:.1f} 秒。")

counted = {row["check_id"]: row for row in reads.check_counts(db)}
aspects = list(dict.fromkeys(c.aspect for c in catalogue()))
aspect = st.segmented_control("方面", ["全部", *aspects], default="全部", required=True, label_visibility="collapsed", key="rules_aspect")
chosen = [c for c in catalogue() if aspect in ("全部", c.aspect)]


def coverage(row: dict) -> str:
    """Judged of all units."""
    whole = sum(row[name] for name in COUNTS) - row["exempt"]
    return f"可判 {row['suspect'] + row['clear']}/{whole}" if whole else "没有对象"


lines = [
    {"检查": f"{c.id} {c.title}", "级别": [c.level], "对象": UNITS[c.unit], "可判": coverage(counted[c.id]).removeprefix("可判 ")}
    | {label("verdict", name): counted[c.id][name] for name in COUNTS}
    for c in chosen
]
picked = st.dataframe(
    lines,
    key=f"rules_rows_{aspect}",
    on_select="rerun",
    selection_mode="single-row-required",
    height=min(38 + 33 * len(lines), 401),
    hide_index=True,
    column_config={
        "检查": st.column_config.TextColumn(width=365),
        "级别": st.column_config.MultiselectColumn(options=list(pieces.LEVEL_CLASS), color=pieces.LEVEL_COLOURS, width=64),
    },
    alt="检查规则列表",
)
one = chosen[next(iter(picked.selection.rows), 0) if len(lines) > next(iter(picked.selection.rows), 0) else 0]
numbers = counted[one.id]
st.html(f'<div class="panel-head">{pieces.level_tag(one.level)}<b>{pieces.text(one.id)} {pieces.text(one.title)}</b>'
        f'<span class="quiet">{pieces.text(one.aspect)} · 对象：{UNITS[one.unit]} · {coverage(numbers)}</span></div>')  # fmt: skip
links = st.container(horizontal=True)
for verdict in ("suspect", "undetermined"):
    words = f"{label('verdict', verdict)} {numbers[verdict]} 条"
    view = verdict if one.in_issue_list else "gaps"
    links.page_link(
        "pages/findings.py",
        label=words,
        icon=":material/list:",
        query_params={"check": one.id, "verdict": view},
        disabled=not numbers[verdict],
    )
left, right = st.columns([7, 5], gap="medium")
with left:
    finding_panel.explain_id(one.id)
with right:
    needs = [" 或 ".join(label("field", name) for name in group.split("|")) for group in one.needs]
    pieces.facts(
        [
            ("需要的列", "、".join(needs) or "无特别要求"),
            ("句子样式", finding_panel.pattern(one, one.message)),
            ("待核时", finding_panel.pattern(one, one.undetermined_message)),
        ]
    )
    if one.params:
        pieces.table(["参数", "默认值", "说明"], [(p.label, f"{p.default} {p.unit}", p.sentence) for p in one.params])
    else:
        pieces.quiet("没有可调的参数。")
