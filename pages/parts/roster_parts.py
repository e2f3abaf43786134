"""The roster of reviewers: list, one person's form, import from Excel, recusals."""

from io import BytesIO

import streamlit as st

from pages.parts import frame, pieces
from review.casework.reviewers import (
    CITY,
    MOST,
    USUAL_CAPACITY,
    RosterLine,
    counties_of_cases,
    recusals,
    recuse,
    roster,
    save_reviewer,
    save_roster,
    skill_words,
)
from review.casework.roster_file import read_roster
from review.errors import ReviewError
from review.reports.assignment_list import write_roster
from review.sampling.recusal import KINDS
from review.store.database import Database

NEW = "（新增一人）"


def roster_part(db: Database, opened: bool) -> None:
    """The whole part, folded away unless ``opened``."""
    people, held = roster(db), recusals(db)
    with st.expander(f"评查人名册（{len(people)}）和登记的回避（{len(held)}）", expanded=opened, icon=":material/badge:"):
        if people:
            pieces.table(
                ["姓名", "单位", "县区", "熟悉的领域和方面", "可承担", "在任", "回避", "登记"],
                [
                    (
                        p["name"],
                        p["unit"],
                        p["county"] or CITY,
                        "、".join(p["skills"]),
                        p["capacity"],
                        "是" if p["active"] else "否",
                        p["recusals"] or "",
                        f"{p['set_by']} {p['set_at']:%Y-%m-%d}",
                    )
                    for p in people
                ],
                numbers=[4, 6],
                widths=["6em", "", "7em", "18em", "5em", "4em", "4em", "11em"],
            )
        form, side = st.columns([7, 5], gap="medium")
        with form:
            _person(db, people)
        with side:
            _file(db, people)
        if people:
            _recusals(db, people, held)


def _person(db: Database, people: list[dict]) -> None:
    pieces.section("新增或修改一人")
    by_id = {p["reviewer_id"]: p for p in people}
    turn = st.session_state.get("roster_round", 0)
    chosen = st.selectbox(
        "选择", [None, *by_id], format_func=lambda one: NEW if one is None else f"{by_id[one]['name']}（{by_id[one]['unit']}）",
        key=f"person_{turn}", label_visibility="collapsed",
    )  # fmt: skip
    now = by_id.get(chosen, {})
    known = counties_of_cases(db)
    counties = [CITY, *known, *([now["county"]] if now.get("county") and now["county"] not in known else [])]
    with st.form(f"person_form_{chosen}_{turn}", enter_to_submit=False):
        left, right = st.columns(2)
        name = left.text_input("姓名", value=now.get("name", ""))
        unit = right.text_input("单位（写到科室更好）", value=now.get("unit", ""))
        county = left.selectbox("县区", counties, index=counties.index(now.get("county") or CITY), filter_mode=None)
        capacity = right.number_input("可承担（件）", 1, MOST, now.get("capacity", USUAL_CAPACITY))
        skills = st.multiselect("熟悉的领域和方面", skill_words(), now.get("skills", []), placeholder="可不选", select_all=False)
        active, who, save = st.columns([2, 3, 2], vertical_alignment="bottom")
        on = active.checkbox("在任", value=now.get("active", True))
        actor = who.text_input("登记人", value=st.session_state.get("reviewer", ""), placeholder="姓名")
        sent = save.form_submit_button("保存", type="primary", width="stretch")
    if sent:
        try:
            save_reviewer(db, RosterLine(name, unit, None if county == CITY else county, tuple(skills), capacity, on), actor, chosen)
        except ReviewError as fault:
            frame.show_fault(fault)
            return
        st.session_state.update(reviewer=actor.strip(), roster_round=turn + 1)
        st.toast("名册已保存。", icon=":material/check:")
        st.rerun()


def _file(db: Database, people: list[dict]) -> None:
    pieces.section("从 Excel 导入")

    def workbook() -> bytes:
        target = BytesIO()
        write_roster(db, target)
        return target.getvalue()

    words = "导出名册（可改好再导入）" if people else "下载名册模板（Excel）"
    st.download_button(words, data=workbook, file_name="评查人名册.xlsx", mime=pieces.EXCEL, on_click="ignore", icon=":material/download:")
    turn = st.session_state.get("roster_round", 0)
    with st.container(key="roster_file"):
        upload = st.file_uploader("名册文件", type=["xlsx", "xls", "csv"], key=f"roster_upload_{turn}", label_visibility="collapsed")
    if said := st.session_state.pop("roster_said", None):
        st.info(frame.plain(said), icon=":material/fact_check:")
    if not upload:
        return
    try:
        read = read_roster(upload.getvalue(), upload.name)
    except ReviewError as fault:
        frame.show_fault(fault)
        return
    pieces.quiet(f"读到 {len(read.lines)} 人。")
    if read.problems:
        st.warning(frame.plain("\n\n".join(read.problems[:8])), title=f"有 {len(read.problems)} 行读不了，不会导入", icon=":material/rule:")
    who, go = st.columns([3, 2], vertical_alignment="bottom")
    actor = who.text_input("登记人", value=st.session_state.get("reviewer", ""), placeholder="姓名", key=f"roster_actor_{turn}")
    if go.button(f"导入 {len(read.lines)} 人", type="primary", disabled=not read.lines, width="stretch"):
        try:
            done = save_roster(db, read.lines, actor)
        except ReviewError as fault:
            frame.show_fault(fault)
            return
        said = [f"新增 {done.added} 人，更新 {done.changed} 人，没有变化 {done.same} 人。", *done.remarks]
        st.session_state.update(reviewer=actor.strip(), roster_round=turn + 1, roster_said="\n\n".join(said))
        st.rerun()


def _recusals(db: Database, people: list[dict], held: list[dict]) -> None:
    pieces.section("登记的回避")
    if held:
        pieces.table(
            ["评查人", "对什么", "对哪一个", "理由", "登记"],
            [(r["name"], KINDS[r["kind"]], r["shown"], r["reason"], f"{r['set_by']} {r['set_at']:%Y-%m-%d}") for r in held],
        )
    pieces.quiet("本县区、本单位、同名的回避由程序自动判断，不必登记；这里登记程序不知道的，如近亲属、曾任职、曾参与审理。")
    turn = st.session_state.get("recusal_round", 0)
    by_id = {p["reviewer_id"]: f"{p['name']}（{p['unit']}）" for p in people}
    lifting = {f"撤回：{r['name']} 对{KINDS[r['kind']]}“{r['shown']}”": r for r in held}
    what = st.selectbox("办理", ["登记新的回避", *lifting], key=f"recusal_what_{turn}", label_visibility="collapsed", filter_mode=None)
    with st.form(f"recusal_{what}_{turn}", enter_to_submit=False):
        boxes = st.columns([3, 2, 3, 4, 2, 1.6], vertical_alignment="bottom")
        if what in lifting:
            row = lifting[what]
            person, kind, target = row["reviewer_id"], row["kind"], row["target"]
            boxes[0].text_input("评查人", value=by_id.get(person, row["name"]), disabled=True)
            boxes[1].text_input("对什么", value=KINDS[kind], disabled=True)
            boxes[2].text_input("对哪一个", value=row["shown"], disabled=True)
        else:
            person = boxes[0].selectbox("评查人", list(by_id), format_func=by_id.get)
            kind = boxes[1].selectbox("对什么", list(KINDS), format_func=KINDS.get, filter_mode=None)
            target = boxes[2].text_input("对哪一个", placeholder="案件编号、单位或县区")
        reason = boxes[3].text_input("理由", placeholder="例如：与问责对象为近亲属")
        actor = boxes[4].text_input("登记人", value=st.session_state.get("reviewer", ""), placeholder="姓名")
        sent = boxes[5].form_submit_button("保存", width="stretch")
    if sent:
        try:
            recuse(db, person, kind, target, reason, actor, lifted=what in lifting)
        except ReviewError as fault:
            frame.show_fault(fault)
            return
        st.session_state.update(reviewer=actor.strip(), recusal_round=turn + 1)
        st.rerun()
