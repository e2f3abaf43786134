"""案件档案: everything known of one case."""

import streamlit as st

from pages.parts import case_parts, case_standing, charts, county_reads, frame, influence_parts, like_parts, pieces, progress_parts
from review.casework.dossier import case_file, search_cases, timeline
from review.casework.influence import periods_of_case
from review.errors import UsageError

db = frame.database()
frame.head("案件档案", "一件案子的全部已知内容：读出的值与台账原文、单元格位置对照，人员、程序、疑似问题和核实记录。")
frame.need_cases(db)

file = None
if "case" in st.query_params:
    try:
        file = case_file(db, st.query_params["case"])
    except UsageError as fault:
        frame.show_fault(fault)
with st.expander("查找案件", expanded=file is None, icon=":material/search:"):
    words = st.text_input(
        "查找", key="case_words", placeholder="案件编号、名称、承办单位、姓名，空格隔开，回车查找", label_visibility="collapsed"
    )
    withdrawn = st.toggle("只看已撤销的案件", key="case_withdrawn")
    found = search_cases(db, words or "", withdrawn=withdrawn)
    if not found:
        pieces.quiet("没有找到。请换一个词，或只写其中几个字。")
    picked = (
        st.dataframe(
            [
                {
                    "疑似问题": f["findings"],
                    "案件": f["case_key"],
                    "名称": f["title"] or "",
                    "县区": f["county"] or "",
                    "问责对象": f["people"],
                    "决定日期": f["decided_on"],
                }
                for f in found
            ],
            key=f"case_list_{hash(words)}_{withdrawn}_{st.query_params.get('case', '')}",
            on_select="rerun",
            selection_mode="single-row",
            height=260 if file else 560,
            hide_index=True,
            column_config={"名称": st.column_config.TextColumn(width=320), "疑似问题": st.column_config.NumberColumn(width=70)}
            | {"案件": st.column_config.TextColumn(width=150), "问责对象": st.column_config.TextColumn(width=180)},
            alt="案件列表",
        )
        if found
        else None
    )
if picked and picked.selection.rows:
    st.query_params["case"] = found[picked.selection.rows[0]]["case_id"]
    st.rerun()
if file is None:
    st.stop()

case_standing.head(db, file)
progress_parts.of_case(db, file.case["case_id"])
facts, people = st.columns([5, 7], gap="medium")
with facts:
    pieces.section("案件信息")
    case_parts.facts_table(file.facts)
with people:
    pieces.section(f"问责对象（{len(file.people)}）")
    case_parts.people(file.people)

pieces.section("程序时间线")
marks = timeline(file)
if marks:
    st.plotly_chart(charts.timeline_figure(marks), key="timeline", theme=None, config=charts.CONFIG, alt="程序时间线")
    pieces.quiet("圆点为具体日期；浅色条表示台账只写到月或年，当天不明。")
else:
    pieces.quiet("台账没有写明任何日期。")
case_parts.steps_table(file.steps, len(file.people))

if periods := periods_of_case(db, file.case["case_id"]):
    pieces.section("影响期")
    influence_parts.of_people(periods)

if not file.withdrawn and (likes := county_reads.likes(db, file.case["case_id"])):
    pieces.section("同类处理")
    like_parts.of_people(likes)
    if (alike := county_reads.pairs(db, case_id=file.case["case_id"]))[0]:
        with st.expander(f"同类悬殊对照（{alike[0]} 对）", icon=":material/balance:"):
            like_parts.pairs(alike[1])

found = file.left_findings if file.withdrawn else file.findings
pieces.section(f"疑似问题和待核（{len(found)}）")
if file.withdrawn and found:
    case_standing.left_findings(file)
elif not file.withdrawn:
    case_parts.findings(found)
if not found and not file.withdrawn:
    pieces.quiet("现有检查没有提示疑似问题，也没有待核事项；这不表示已确认没有问题。")
pieces.section(f"核实记录（{len(file.decisions)}）")
case_parts.decisions(file.decisions)
case_standing.corrections(file)
pieces.section("台账原文")
st.dataframe(file.rows, hide_index=True, placeholder="", key="raw_rows", alt="台账原文各行")
