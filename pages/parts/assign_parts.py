"""The step 分配 of a drawn sample: work out who reviews what, look, store; change by hand; the roster below."""

from collections import Counter
from datetime import date, timedelta
from io import BytesIO

import streamlit as st

from pages.parts import frame, pieces, roster_parts
from review.casework.assigning import Candidate, assignments, candidates, plan, reassign, store_plan, unassigned
from review.casework.reviewers import active_reviewers
from review.errors import ReviewError
from review.reports.assignment_list import write_assignment_list
from review.sampling.assignment import Plan
from review.store.database import Database
from review.vocabulary.labels import label, label_table

PART = label_table("assignment_part")
NAMED = 8
TAKE_BACK = "（撤回，暂不分配）"


def step(db: Database, sample) -> None:
    """Everything of the step for a stored sample (its ``sample_id`` counts)."""
    key = sample.sample_id
    rows, left, people = assignments(db, key), unassigned(db, key), active_reviewers(db)
    doubled = sum(row["part"] == "second" for row in rows)
    pieces.figures(
        [
            ("名单上的案件", len({row["case_id"] for row in rows}) + len(left)),
            ("已分配（份）", len(rows)),
            ("尚未分配（件）", len(left)),
            ("双人评查（件）", doubled),
            ("在任评查人", len(people)),
            ("可承担（件）", sum(one.capacity for one in people)),
        ]
    )
    if not people:
        st.info("名册还是空的。先在下面加入评查人，或下载模板填好后导入，再来分配。", title="第一步：名册", icon=":material/group_add:")
        roster_parts.roster_part(db, opened=True)
        return
    barred = [row for row in rows if row["barred"]]
    if barred:
        told = "\n\n".join(f"{row['case_no']}：{row['name']}，{row['barred']}" for row in barred[:NAMED])
        st.error(frame.plain(told), title=f"有 {len(barred)} 份按现在的登记应当回避，请改派或重新试排", icon=":material/block:")
    _work_out(db, key, people)
    if rows:
        _listed(db, key, rows)
    if left and rows:
        with st.expander(f"尚未分配的案件（{len(left)}）", icon=":material/assignment_late:"):
            pieces.table(["案件编号", "县区", "案件名称"], [(r["case_no"], r["county"], r["title"]) for r in left])
    roster_parts.roster_part(db, opened=False)


def _work_out(db: Database, key: str, people: list) -> None:
    """Options, a trial, and storing it."""
    pieces.section("自动分配")
    share, due, cross, anew, go = st.columns([2.2, 2.2, 3, 3.4, 1.8], vertical_alignment="bottom")
    percent = share.number_input("双人评查（%）", 0, 100, 0, step=5, key=f"double_{key}", help="由抽样种子定出哪些案件由两人背靠背评查")
    due_on = due.date_input("评查时限", date.today() + timedelta(days=30), format="YYYY-MM-DD", key=f"due_{key}")
    crossed = cross.toggle("交叉评查（由另一县的人评）", key=f"cross_{key}")
    again = anew.toggle("未开始、非人工指定的也重新分配", key=f"anew_{key}")
    pieces.quiet(
        "按各人可承担件数均衡分配，熟悉该领域的优先；本县区、本单位承办的，调查组、审批人、问责对象中有同名的，以及已登记回避的，一律不分给。"
        "种子、名册和名单相同，分配结果就相同。"
    )
    wanted = (percent, crossed, again)
    if go.button("试排", icon=":material/calculate:", width="stretch"):
        try:
            st.session_state[f"plan_{key}"] = (wanted, plan(db, key, percent, crossed, again))
        except ReviewError as fault:
            frame.show_fault(fault)
    tried = st.session_state.get(f"plan_{key}")
    if not tried:
        return
    if tried[0] != wanted:
        st.info("选项改了，请重新试排。", icon=":material/refresh:")
        return
    made: Plan = tried[1]
    _trial(db, key, made, people, again)
    if not made.places:
        return
    who, save, _ = st.columns([3, 3, 6], vertical_alignment="bottom")
    name = who.text_input("分配人", value=st.session_state.get("reviewer", ""), placeholder="姓名", key=f"who_{key}")
    words = "保存分配" if not made.missing else f"先保存能分配的 {len(made.places)} 份"
    if save.button(words, type="primary", width="stretch", key=f"save_{key}"):
        frame.need_name(name)
        stored = store_plan(db, key, made, due_on, name, again)
        st.session_state.pop(f"plan_{key}")
        st.toast(f"已分配 {stored} 份。", icon=":material/check:")
        st.rerun()


def _trial(db: Database, key: str, made: Plan, people: list, again: bool) -> None:
    """What the trial gave: shortages first, then loads and partners."""
    if not made.places and not made.missing:
        st.info("名单上的案件都已分配，没有要新分配的。", icon=":material/task_alt:")
        return
    if made.shortages:
        told = "\n\n".join(one.sentence for one in made.shortages[:NAMED])
        more = f"\n\n另有 {len(made.shortages) - NAMED} 处。" if len(made.shortages) > NAMED else ""
        st.warning(
            frame.plain(told + more + "\n\n可以增加评查人或承担件数、关闭交叉评查、降低双人评查比例，再试排；也可以先保存能分配的。"),
            title=f"还有 {made.missing} 份排不下",
            icon=":material/person_alert:",
        )
    new = Counter(place.reviewer_id for place in made.places)
    held = Counter(row["reviewer_id"] for row in assignments(db, key) if not again or row["state"] != "waiting" or row["made_by"] == "hand")
    loads, partners = st.columns([7, 4], gap="medium")
    with loads:
        pieces.table(
            ["评查人", "单位", "县区", "已有", "这次分配", "可承担"],
            [(p.name, p.unit, p.county or "市级", held[p.reviewer_id], new[p.reviewer_id], p.capacity) for p in people],
            numbers=[3, 4, 5],
            total=["合计", "", "", sum(held.values()), len(made.places), sum(p.capacity for p in people)],
        )
    with partners:
        if made.partners:
            pieces.table(["案件所在县区", "由谁评查"], [(home, f"{other}的评查人") for home, other in sorted(made.partners.items())])
        pieces.quiet(
            f"双人评查 {len(made.doubled)} 件：两人互不知道对方，都评毕后才能看到对方的记录。" if made.doubled else "没有双人评查的案件。"
        )


def _listed(db: Database, key: str, rows: list[dict]) -> None:
    """The list, its export, and the form that changes one line."""
    pieces.section(f"分配名单（{len(rows)} 份）")

    def workbook() -> bytes:
        target = BytesIO()
        write_assignment_list(db, key, target)
        return target.getvalue()

    bar = st.container(horizontal=True, vertical_alignment="center")
    bar.download_button(
        "导出分配表（Excel，每人一张）", data=workbook, file_name=f"评查任务分配表_{key}.xlsx", mime=pieces.EXCEL, on_click="ignore",
        icon=":material/download:",
    )  # fmt: skip
    bar.page_link("pages/progress.py", label="看评查进度", icon=":material/monitoring:", query_params={"sample": key})
    turn = st.session_state.get("hand_round", 0)
    picked = st.dataframe(
        [
            {
                "案件编号": r["case_no"],
                "县区": r["county"] or "",
                "承办单位": r["handling_unit"] or "",
                "份": PART[r["part"]],
                "评查人": r["name"],
                "单位": r["unit"],
                "状态": label("review_state", r["state"]),
                "时限": f"{r['due_on']:%Y-%m-%d}" if r["due_on"] else "",
                "分配": label("made_by", r["made_by"]),
                "须核实": "；".join(r["doubts"]),
            }
            for r in rows
        ],
        key=f"assigned_{key}_{turn}",
        on_select="rerun",
        selection_mode="single-row",
        height=min(420, 60 + 35 * len(rows)),
        hide_index=True,
        placeholder="",
        column_config={"案件编号": st.column_config.TextColumn(width=170), "须核实": st.column_config.TextColumn(width=280)},
        alt="分配名单",
    )
    if picked.selection.rows:
        _by_hand(db, key, rows[picked.selection.rows[0]], turn)
    else:
        pieces.quiet("选中一行可以改派、撤回，或另指定一人作第二份；改派同样检查回避。")


def _by_hand(db: Database, key: str, row: dict, turn: int) -> None:
    """Change one part of a case, or add the second one."""
    has_second = row["part"] == "second" or any(r["part"] == "second" and r["case_id"] == row["case_id"] for r in assignments(db, key))
    parts = [row["part"]] if has_second else ["first", "second"]
    with st.container(border=True):
        st.html(f'<div class="panel-head"><b>{pieces.text(row["case_no"])}</b> {pieces.text(row["title"])}</div>')
        which, whom, why, who, save = st.columns([2, 4, 4, 2, 1.6], vertical_alignment="bottom")
        part = which.selectbox("哪一份", parts, format_func=PART.get, key=f"part_{row['case_id']}_{turn}", filter_mode=None)
        offered = {c.reviewer_id: c for c in candidates(db, key, row["case_id"], part)}
        can = [one for one, c in offered.items() if not c.barred] + ([None] if part == row["part"] else [])
        chosen = whom.selectbox(
            "由谁评查",
            can,
            format_func=lambda one: TAKE_BACK if one is None else _offer(offered[one]),
            key=f"whom_{row['case_id']}_{part}_{turn}",
            filter_mode=None,
        )  # fmt: skip
        reason = why.text_input("理由", placeholder="例如：原评查人出差", key=f"why_{row['case_id']}_{turn}")
        name = who.text_input("分配人", value=st.session_state.get("reviewer", ""), placeholder="姓名", key=f"hand_{row['case_id']}_{turn}")
        if chosen and offered[chosen].load >= offered[chosen].capacity:
            pieces.quiet(f"{offered[chosen].name}已满额，仍可指定。")
        if chosen and offered[chosen].doubts:
            pieces.quiet("；".join(offered[chosen].doubts) + "。")
        if barred := [c for c in offered.values() if c.barred]:
            pieces.quiet("须回避：" + "；".join(f"{c.name}（{c.barred}）" for c in barred[:NAMED]))
        if save.button("保存", type="primary", width="stretch", key=f"do_{row['case_id']}_{turn}"):
            try:
                reassign(db, key, row["case_id"], part, chosen, reason, name)
            except ReviewError as fault:
                frame.show_fault(fault)
                return
            st.session_state.update(reviewer=name.strip(), hand_round=turn + 1)
            st.toast("已保存。", icon=":material/check:")
            st.rerun()


def _offer(one: Candidate) -> str:
    return f"{one.name}（{one.unit}，已有 {one.load}/{one.capacity}）"
