"""检查规则: every check as documented, with its counts, parameters and switch; what the ledgers lack; run again."""

import streamlit as st

from pages.parts import frame, pieces, reads, request_parts, rule_parts
from review.casework.findings import LEVELS
from review.casework.overview import loaded
from review.checks import custom
from review.checks.engine import catalogue, check, run_checks

ALL = "全部"
VIEWS = {"rules": "规则", "requests": "请补充以下列"}

db = frame.database()
frame.head("检查规则", "每项检查查什么、依据哪一条、在现有台账上判断了多少；参数可以先预览再改，哪些列缺了一目了然。")
state = loaded(db)
if st.query_params.get("check") and st.query_params["check"] not in {c.id for c in catalogue()}:
    st.warning("地址所指的检查不存在。", icon=":material/link_off:")
bar = st.container(horizontal=True, vertical_alignment="center")
asked = st.query_params.get("view", "rules")
view = bar.segmented_control(
    "看什么",
    list(VIEWS),
    format_func=VIEWS.get,
    default=asked if asked in VIEWS else "rules",
    required=True,
    label_visibility="collapsed",
    key="rules_view",
)
st.query_params["view"] = view
bar.markdown(f"最近一次检查：{state.checked_at:%Y-%m-%d %H:%M}" if state.checked_at else "尚未运行检查。", width="stretch")
if bar.button("重新运行全部检查", icon=":material/refresh:", type="primary" if state.stale else "secondary", disabled=not state.cases):
    with st.spinner("正在运行检查……"):
        done = run_checks(db, actor=st.session_state.get("reviewer", ""))
    st.toast(f"{done.checks} 项检查已完成，用时 {done.seconds:.1f} 秒。")
    st.session_state["rules_broken"] = [fault.sentence for fault in done.broken]
for sentence in dict.fromkeys([*(fault.sentence for fault in custom.faults()), *st.session_state.get("rules_broken", ())]):
    st.warning(f"{frame.plain(sentence)}{custom.ADVICE}", icon=":material/rule_folder:")

if view == "requests":
    request_parts.draw(db)
    st.stop()

counted = reads.check_counts(db)
by_aspect, by_level, by_state = st.columns([7, 3, 2], vertical_alignment="center")
aspects = list(dict.fromkeys(row["aspect"] for row in counted))
aspect = by_aspect.segmented_control("方面", [ALL, *aspects], default=ALL, required=True, label_visibility="collapsed", key="rules_aspect")
level = by_level.segmented_control("级别", [ALL, *LEVELS], default=ALL, required=True, label_visibility="collapsed", key="rules_level")
only = by_state.selectbox(
    "状态", list(rule_parts.STATES), format_func=rule_parts.STATES.get, label_visibility="collapsed", key="rules_state"
)
rows = [r for r in counted if aspect in (ALL, r["aspect"]) and level in (ALL, r["level"]) and rule_parts.fits(r, only)]
if not rows:
    st.info("没有符合条件的检查。", icon=":material/filter_alt_off:")
    st.stop()

left, right = st.columns([3, 2], gap="small")
with left:
    row = rule_parts.chooser(rows, f"rules_rows_{aspect}_{level}_{only}", st.query_params.get("check"))
    st.query_params["check"] = row["check_id"]
    pieces.quiet(f"共 {len(rows)} 项。可判 = 作出疑似或符合判断的 / 适用的对象；没有运行不等于没有问题。")
one = check(row["check_id"])
with right:
    rule_parts.head(one, row)
    about, values, switching = st.tabs(["说明", f"参数（{len(one.params)}）", "停用与记录"], key=f"rule_tabs_{one.id}")
    with about:
        rule_parts.document(db, one, row)
    with values:
        rule_parts.parameters(db, one)
    with switching:
        rule_parts.switch(db, one, row)
        rule_parts.history(db, one)
