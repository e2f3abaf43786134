"""The step 抽取: register the public seed, draw, look at the list; what may be done to it afterwards."""

import streamlit as st

from pages.parts import pieces
from pages.parts.frame import need_name, plain, told_here
from pages.parts.sample_design_parts import design_facts, wanted
from pages.parts.sample_steps import At, go
from review.casework.dossier import show_date
from review.errors import UsageError
from review.sampling.changes import add_late, enlarge, late_cases, replace
from review.sampling.draw import SEED_SOURCES, Plan, Sample, draw_plan, plans_of, register, sample_rows, samples
from review.sampling.frame import strata_label
from review.sampling.stored import CHANGES, replacement_rows
from review.store.database import Database
from review.vocabulary.labels import label


def seed(db: Database, at: At) -> None:
    """The plan in words and the form that registers its seed; earlier plans of the frame below."""
    plan = wanted()
    how, form = st.columns([5, 7], gap="medium")
    with how:
        pieces.section("要登记的方案")
        pieces.facts([("抽样框", at.frame.name), *design_facts_of(plan)])
    with form:
        pieces.section("登记种子")
        source = st.selectbox("种子来源", list(SEED_SOURCES), format_func=SEED_SOURCES.get, filter_mode=None)
        text = st.text_input("随机种子（公开约定的一句话或一个号码）", placeholder="例如：2024年第12期开奖号码 03 08 17 21 26 30 + 05")
        who_box, go_box = st.columns([5, 4], vertical_alignment="bottom")
        who = who_box.text_input("登记人", value=st.session_state.get("reviewer", ""), placeholder="姓名")
        if go_box.button("登记方案和种子", type="primary", width="stretch"):
            with told_here():
                need_name(who)
                plan_id = register(db, at.frame.frame_id, plan.ratio, text, plan.by, plan.rules, plan.design, who.strip(), source)
                go("draw", plan=plan_id)
                st.rerun()
        pieces.quiet(
            "随机种子好比摇奖的号码：请在看到名单之前约定并公开，最好取事先无人能知的号码。登记以后才能抽取；同一种子、同一批案件，"
            "抽出的名单永远相同；每登记一次都留下记录。"
        )
        how_it_works()
    registered(db, at)


def ready(db: Database, at: At) -> None:
    """A registered plan that waits to be drawn."""
    pieces.section("已登记，可以抽取")
    pieces.facts([("抽样框", at.frame.name), *design_facts(at.plan), *_seed_facts(at.plan)])
    who_box, go_box = st.columns([4, 3], vertical_alignment="bottom")
    who = who_box.text_input("抽取人", value=st.session_state.get("reviewer", ""), placeholder="姓名")
    if go_box.button("抽取样本", type="primary", width="stretch"):
        with told_here():
            need_name(who)
            go("draw", sample=draw_plan(db, at.plan.plan_id, who.strip()))
            st.rerun()
    how_it_works()
    registered(db, at)


def registered(db: Database, at: At) -> None:
    """Everything that was ever registered for the frame: whoever tried several seeds is seen here."""
    plans = plans_of(db, at.frame.frame_id)
    if not plans:
        return
    drawn = {row["plan_id"]: row["sample_id"] for row in samples(db)}
    pieces.section(f"本抽样框登记过的方案（{len(plans)}）")
    if len({one.seed for one in plans}) > 1:
        pieces.quiet("同一抽样框登记过不止一个种子，请在评查方案中说明以哪一次为准。")
    pieces.table(
        ["登记", "种子", "来源", "比例", "分层", "结果"],
        [
            (f"{p.entered_at:%Y-%m-%d %H:%M} {p.entered_by}", p.seed, SEED_SOURCES[p.seed_source], p.ratio, strata_label(p.stratified_by),
             _link("sample", drawn[p.plan_id], f"已抽取 {drawn[p.plan_id]}") if p.plan_id in drawn
             else _link("plan", p.plan_id, "尚未抽取，打开"))
            for p in plans
        ],
    )  # fmt: skip


def result(db: Database, drawn: Sample) -> None:
    """The list as it stands with tickets, both percentages and how it came about."""
    random = sum(pick.picked_by == "random" for pick in drawn.cases)
    pieces.figures(
        [
            ("可抽案件（抽样框）", drawn.frame_now), ("随机抽取", random), ("随机占比", f"{float(drawn.random_share):.1%}"),
            ("必查加入", len(drawn.cases) - random), ("名单合计", len(drawn.cases)), ("合计占比", f"{float(drawn.total_share):.1%}"),
        ]
    )  # fmt: skip
    how, quota = st.columns([6, 5], gap="medium")
    with how:
        pieces.section("抽取记录")
        pieces.facts(
            [
                ("样本编号", drawn.sample_id), ("办结期间", f"{drawn.period_from} 至 {drawn.period_to}"), *design_facts(drawn),
                *_seed_facts(drawn), ("抽取", f"{drawn.created_at:%Y-%m-%d %H:%M:%S} {drawn.created_by}"),
                ("办结期间不明", f"{drawn.undated_count} 件"), ("抽样框指纹（编号和层）", drawn.frame_hash),
            ]
        )  # fmt: skip
    with quota:
        pieces.section("名额")
        shares(drawn)
    pieces.section(f"样本名单（{len(drawn.cases)}）")
    rows = sample_rows(db, drawn.sample_id)
    picked = st.dataframe(
        [
            {"层": r["stratum"], "次序": r["position"], "案件编号": r["case_no"], "案件名称": r["title"] or "",
             "承办单位": r["handling_unit"] or "", "办结日期": show_date(r["closed_on"], r["closed_on_precision"]),
             "票号": f"{r['ticket']:.13f}", "入选": label("picked_by", r["picked_by"]), "必查原因": r["must_reason"] or "",
             "入选概率": "" if r["chance"] is None else f"{r['chance']:.4f}",
             "列入": CHANGES[r["change_kind"]] if r["change_kind"] else "抽取"}
            for r in rows
        ],
        key=f"sample_rows_{drawn.sample_id}_{len(drawn.changes)}", on_select="rerun", selection_mode="single-row", height=400,
        hide_index=True, placeholder="", alt="样本名单",
        column_config={"案件名称": st.column_config.TextColumn(width=230), "承办单位": st.column_config.TextColumn(width=130),
                       "次序": st.column_config.NumberColumn(width=56)},
    )  # fmt: skip
    pieces.quiet("选中一行可打开案件档案。次序为该案件列入时在本层内的位置。")
    if picked.selection.rows:
        st.switch_page("pages/case.py", query_params={"case": rows[picked.selection.rows[0]]["case_id"]})
    changes(db, drawn, rows)


def shares(drawn: Sample) -> None:
    """Places before and after the draw, with every change of them."""
    then = {line.stratum: line.quota for line in drawn.allocation}
    got = {(r.stratum, kind): 0 for r in drawn.shares_now for kind in ("random", "must")}
    for pick in drawn.cases:
        got[pick.stratum, pick.picked_by] += 1
    lines = [
        (s.stratum, s.cases, then.get(s.stratum, 0), s.quota, got[s.stratum, "random"], got[s.stratum, "must"]) for s in drawn.shares_now
    ]
    pieces.table(
        ["层", "案件数", "抽取时名额", "现在名额", "随机抽取", "必查加入"], lines, numbers=range(1, 6),
        total=["合计", *(sum(line[k] for line in lines) for k in range(1, 6))],
    )  # fmt: skip


def changes(db: Database, drawn: Sample, rows: list[dict]) -> None:
    """Enlarge, replace, let late cases join; everything that was done."""
    pieces.section("抽取之后的变动")
    pieces.quiet("变动都顺着原来的票号次序进行，已抽中的不会因为别人加入而退出；每次都要写明原因和经办人，“核验”一步会逐次重算。")
    late = late_cases(db, drawn.sample_id)
    bigger, other, joining = st.tabs(["扩大样本", "替换不能评查的案件", f"迟到案件（{len(late)}）"])
    with bigger, st.form("enlarge", border=False):
        percent = st.number_input("扩大到（%）", 20, 100, min(100, int(float(drawn.random_share) * 100) + 5), step=1)
        _change("扩大样本", lambda why, who: enlarge(db, drawn.sample_id, f"{percent}%", why, who))
    with other, st.form("replace", border=False):
        names = {r["case_id"]: f"{r['case_no']}　{pieces.cut(r['title'], 30)}" for r in rows if r["picked_by"] == "random"}
        case = st.selectbox("不能评查的案件（随机抽中的）", list(names), format_func=names.get)
        _change("由下一个票号接替", lambda why, who: replace(db, drawn.sample_id, case, why, who))
    with joining:
        if late:
            pieces.table(["案件编号", "层", "案件名称"], [(e.case_no, e.stratum, e.title) for e in late[:20]])
            with st.form("late", border=False):
                _change(f"{len(late)} 件按票号加入", lambda why, who: add_late(db, drawn.sample_id, why, who))
        else:
            pieces.quiet("现在的台账中没有抽样之后才进入本期范围的案件。")
    if drawn.changes:
        swaps = {row["change_id"]: row for row in replacement_rows(db, drawn.sample_id)}
        pieces.table(
            ["变动", "时间", "经办人", "原因", "内容"],
            [(CHANGES[c.kind], f"{c.changed_at:%Y-%m-%d %H:%M}", c.changed_by, c.reason, _content(c, swaps)) for c in drawn.changes],
        )


def how_it_works() -> None:
    """How the list is worked out, for whoever wants to do it again."""
    with st.expander("名单是怎样算出来的（供复核）", icon=":material/calculate:"):
        pieces.quiet(
            "每件案件的票号 = SHA-256(“种子|案件编号”) 的前 13 位十六进制数 ÷ 16^13。各层内按票号由小到大排列，取够名额为止；"
            "风险加权抽取的，用同一票号和目标概率算出次序。只要有种子和全部案件编号，任何人不用本系统也能算出同一份名单。"
        )


def design_facts_of(plan) -> list[tuple[str, object]]:
    """Facts of a plan that is not registered yet."""
    return design_facts(Plan("", "", plan.ratio, plan.by, plan.rules, plan.design, "", "", None, ""))


def _change(words: str, do) -> None:
    why_box, who_box, go_box = st.columns([6, 3, 3], vertical_alignment="bottom")
    why = why_box.text_input("原因", placeholder="写明为什么")
    who = who_box.text_input("经办人", value=st.session_state.get("reviewer", ""), placeholder="姓名")
    if go_box.form_submit_button(words, width="stretch"):
        with told_here():
            need_name(who)
            if not why.strip():
                raise UsageError("没有写原因。", "请写明为什么要变动，原因会写进名单。")
            done = do(why, who)
            st.session_state["sample_changed"] = f"已完成：新列入名单 {len(done.added)} 件。"
            st.rerun()


def _content(change, swaps: dict) -> str:
    if change.change_id in swaps:
        return f"{swaps[change.change_id]['case_no']} → {swaps[change.change_id]['new_case_no']}"
    return f"比例 {change.details['ratio']}" + (f"；加入抽样框 {len(change.details['cases'])} 件" if change.kind == "late" else "")


def _seed_facts(one: Plan | Sample) -> list[tuple[str, object]]:
    if isinstance(one, Plan):
        when = f"{one.entered_at:%Y-%m-%d %H:%M:%S} {one.entered_by}"
        return [("种子", one.seed), ("种子来源", SEED_SOURCES[one.seed_source]), ("登记", when)]
    when = f"{one.seed_entered_at:%Y-%m-%d %H:%M:%S} {one.seed_entered_by}" if one.seed_entered_at else "早先的程序没有记录"
    return [("种子", one.seed), ("种子登记", when)]


def _link(name: str, key: str, words: str) -> pieces.Html:
    return pieces.Html(f'<a href="sampling?{name}={pieces.text(key)}" target="_self">{pieces.text(words)}</a>')


def told_change() -> None:
    """What the last change did, once."""
    words = st.session_state.pop("sample_changed", None)
    if words:
        st.info(plain(words), icon=":material/check:")
