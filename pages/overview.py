"""总览: what was loaded, where findings lie, what could not be judged, what to do next."""

import streamlit as st

from pages.parts import charts, frame, pieces, reads, welcome
from review.casework import overview
from review.casework.findings import LEVELS
from review.checks.engine import catalogue

BY = {"aspect": "按方面", "check": "按检查规则"}
ALL = "全部级别"
TALLEST, SCROLLED = 820, 520

db = frame.database()
frame.head("总览", "看清已导入多少台账、疑似问题集中在哪里、哪些还判断不了，以及下一步做什么。")
state = overview.loaded(db)
if not state.files:
    welcome.draw(db)
    st.stop()

pieces.figures(
    [
        ("台账文件", state.files),
        ("县区", state.counties),
        ("案件", state.cases),
        ("问责对象", state.respondents),
        ("未能读入", state.rejects),
        # Without a check run there is no number, not a nought.
        ("疑似问题", state.suspects if state.checked_at else "—"),
        ("待核", state.undetermined if state.checked_at else "—"),
        ("尚未核实", state.undecided if state.checked_at else "—"),
    ]
)
checked = f"最近检查 {state.checked_at:%Y-%m-%d %H:%M}" if state.checked_at else "尚未检查"
pieces.quiet(f"最近导入 {state.loaded_at:%Y-%m-%d %H:%M}，{checked}。数字均为疑似线索，结论由核实人作出。")

if not state.checked_at:
    st.info("台账已经导入，还没有运行检查。请到“检查规则”点“重新运行全部检查”。", icon=":material/rule:")
    st.page_link("pages/rules.py", label="去运行检查", icon=":material/refresh:")
    st.stop()

title, by, level = st.columns([5, 3, 4], vertical_alignment="center")
with title:
    pieces.section("疑似问题分布")
rows_by = by.segmented_control(
    "行", list(BY), format_func=BY.get, default="aspect", required=True, label_visibility="collapsed", key="heat_by"
)
only = level.segmented_control("级别", [ALL, *LEVELS], default=ALL, required=True, label_visibility="collapsed", key="heat_level")
heat = reads.heat(db, rows_by, None if only == ALL else only)
figure = charts.heat_figure(heat)
whole = figure["layout"]["height"] <= TALLEST
chosen = st.container(height="content" if whole else SCROLLED, border=False).plotly_chart(
    figure,
    key=f"heat_{rows_by}_{only}_{st.session_state.get('heat_round', 0)}",
    theme=None,
    config=charts.CONFIG,
    on_select="rerun",
    selection_mode="points",
    alt="各县区各方面疑似问题数与可判数",
)
pieces.quiet(
    f"每格为 疑似数/可判数。颜色越深占比越高，最深为 {charts.highest_share(heat):.1%}；可判数不足 10 的格不着色，灰色格没有可判断的内容。"
    f"点击任一格查看其中的疑似问题。县区按名称排列，件数少时占比起伏大，不作排名。{'' if whole else '图较长，可在图内上下滚动。'}"
)
if chosen.selection.points:
    key, county = chosen.selection.points[0]["customdata"]
    # Another key next time, so that coming back does not find the old click still selected.
    st.session_state["heat_round"] = st.session_state.get("heat_round", 0) + 1
    wanted = {"verdict": "suspect", rows_by: key, "county": county, "level": "" if only == ALL else only}
    st.switch_page("pages/findings.py", query_params={name: value for name, value in wanted.items() if value})

left, right = st.columns([7, 5], gap="medium")
with left:
    pieces.section("未能判断")
    gaps = reads.not_judged(db)
    if gaps:
        pieces.quiet("以下台账没有所列的列，相应的检查没有运行；没有运行不等于没有问题。每项检查的说明见“检查规则”。")
        titles = {one.id: one.title for one in catalogue()}
        pieces.table(
            ["台账没有的列", "因此未运行的检查", "县区", "案件"],
            [
                (gap.missing, "\n".join(f"{check} {titles[check]}" for check in gap.checks), pieces.some(gap.counties, "个县区"), gap.cases)
                for gap in gaps
            ],
            numbers=[3],
            widths=["", "42%", "24%", "3.5em"],
        )
    else:
        pieces.quiet("各项检查所需的列都有。个别空白的格子见问题清单中的“待核”。")
with right:
    pieces.section("下一步")
    for number, (page, what, why) in enumerate(overview.next_actions(state)):
        query = (
            {"verdict": "undetermined"} if "待核" in what else {"verdict": "suspect", "decision": "open"} if page == "findings" else None
        )
        st.page_link(f"pages/{page}.py", label=what, icon=f":material/counter_{number + 1}:", query_params=query)
        pieces.quiet(why, indent=True)
