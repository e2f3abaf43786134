"""The step 圈定范围: choose the scope, leave cases out with a reason, freeze, look at the frozen frame, confirm it."""

from collections import Counter
from datetime import date

import streamlit as st

from pages.parts import pieces, reads
from pages.parts.frame import need_name, plain, told_here
from pages.parts.sample_steps import At, go, keep, told
from review.casework.periods import last_full_year
from review.errors import UsageError
from review.sampling.frame import LEVELS, Frame
from review.sampling.frozen import FrozenFrame, confirm, differences, freeze, frozen_cases, frozen_left_out
from review.sampling.must_review import DEFAULT_RULES, RULES, labels
from review.store.database import Database

_WHAT = {"joined": "新进入", "left": "已不在", "left_out": "现在不列入", "changed": "有改动"}
_EXCLUDED = "sample_exclusions"


def working(db: Database) -> None:
    """Scope, counts, exclusions and the button that freezes."""
    start, end = last_full_year(db)
    chosen, rest = st.columns([4, 8], gap="medium")
    with chosen:
        pieces.section("范围")
        period = st.date_input(
            "办结期间（起、止）", (_day("from", start), _day("to", end)), format="YYYY-MM-DD", min_value=date(2000, 1, 1),
            max_value=date(2100, 12, 31),
        )  # fmt: skip
        levels = _several("案件层级", LEVELS, told("level", "+".join(LEVELS)).split("+"))
        counties = reads.counties(db)
        asked = [name for name in told("county", "").split("+") if name]
        only = _several("县区（不选为全部）", {name: name for name in counties}, asked, "全部县区")
        undated = st.toggle("办结期间不明的案件也列入", value=told("undated", "") == "include")
    if len(period) < 2 or not levels:
        st.info("请选好办结期间的起止日期和至少一个案件层级。", icon=":material/info:")
        return
    keep(**{"from": str(period[0]), "to": str(period[1]), "level": "+".join(levels), "county": "+".join(only) or None,
            "undated": "include" if undated else None})  # fmt: skip
    excluded: dict[str, str] = st.session_state.setdefault(_EXCLUDED, {})
    how = "include" if undated else "apart"
    box = reads.frame(db, period[0], period[1], tuple(levels), how, "county", tuple(only) or None, tuple(excluded.items()))
    with rest:
        pieces.section("可抽案件")
        frame_counts(box)
        if box.size:
            by_county = Counter(e.stratum for e in box.entries)
            usual = set(DEFAULT_RULES)
            serious = Counter(e.stratum for e in box.entries if e.finding_level == "严重")
            must = Counter(e.stratum for e in box.entries if not usual.isdisjoint(e.must))
            unchecked = sum(e.finding_level is None for e in box.entries)
            pieces.table(
                ["县区", "案件数", "有严重疑似问题", "符合必查条件"],
                [(name, n, serious[name], must[name]) for name, n in sorted(by_county.items())],
                numbers=[1, 2, 3],
                total=["合计", box.size, serious.total(), must.total()],
            )
            pieces.quiet(f"必查条件先按常用的几条（{labels(DEFAULT_RULES)}）计，在下一步可以增减。")
            if unchecked:
                pieces.quiet(f"{unchecked} 件导入后还没有运行过检查，不能按疑似问题分层或加权。")
    exclusions(box, excluded)
    left_out([*box.undated], "办结期间不明的案件")
    if box.size:
        _freeze(db, box, excluded)


def exclusions(box: Frame, excluded: dict[str, str]) -> None:
    """Cases that somebody leaves out, each with a reason."""
    with st.expander(f"排除个别案件（{len(excluded)}）", icon=":material/block:", expanded=bool(excluded)):
        pieces.quiet("确有理由不参加评查的（如正在申诉、已移送司法），逐件写明原因。原因会随抽样框一起冻结，写进名单。")
        known = {e.case_id: f"{e.case_no}　{pieces.cut(e.title, 30)}" for e in box.entries}
        which, why, add = st.columns([5, 5, 2], vertical_alignment="bottom")
        case = which.selectbox("案件", [None, *known], format_func=lambda key: known.get(key, "请选择"), key=f"leave_{len(excluded)}")
        reason = why.text_input("原因", key=f"why_{len(excluded)}")
        if add.button("排除", width="stretch"):
            with told_here():
                if case is None or not reason.strip():
                    raise UsageError("没有选好案件或没有写原因。", "请选择案件并写明为什么不参加评查。")
                excluded[case] = reason.strip()
                st.rerun()
        for left in [x for x in box.excluded if x.case_id in excluded]:
            words, back = st.columns([10, 2], vertical_alignment="center")
            words.markdown(plain(f"{left.case_no}：{left.reason}"))
            if back.button("放回", key=f"back_{left.case_id}", width="stretch"):
                del excluded[left.case_id]
                st.rerun()


def _freeze(db: Database, box: Frame, excluded: dict[str, str]) -> None:
    pieces.section("冻结抽样框")
    name_box, who_box, go_box = st.columns([6, 3, 2], vertical_alignment="bottom")
    name = name_box.text_input("抽样框名称", value=f"{box.period_from} 至 {box.period_to} 办结的问责案件")
    who = who_box.text_input("冻结人", value=st.session_state.get("reviewer", ""), placeholder="姓名")
    pieces.quiet("冻结以后台账再有变化，抽取也只用冻结的名单；要改范围，另冻结一份。")
    if go_box.button("冻结抽样框", type="primary", width="stretch"):
        with told_here():
            need_name(who)
            frame_id = freeze(db, box, name, who, excluded)
            st.session_state.pop(_EXCLUDED, None)
            go(frame=frame_id)
            st.rerun()


def frozen_view(db: Database, at: At) -> None:
    """The frozen frame: who, when, what differs today, all its cases; confirming it."""
    found = at.frame
    if found is None:
        st.info("这份样本由早先的程序抽取，没有单独冻结的抽样框；案件名单随样本保存，见“核验”一步。", icon=":material/info:")
        return
    pieces.figures(
        [
            ("可抽案件（抽样框）", found.size), ("办结期间不明", found.undated_count), ("未列入（有原因）", found.excluded_count),
            ("本期以外", found.scope["outside"]),
        ]
    )  # fmt: skip
    how, now_box = st.columns([6, 5], gap="medium")
    with how:
        pieces.section("抽样框")
        pieces.facts(facts(found))
    with now_box:
        pieces.section("与今天的台账比较")
        _differences(db, found)
    if not found.confirmed_at:
        _confirm(db, found)
    entries = frozen_cases(db, found.frame_id)
    pieces.section(f"冻结的案件（{len(entries)}）")
    st.dataframe(
        [
            {"案件编号": e.case_no, "案件名称": e.title or "", "县区": e.stratum, "案件层级": LEVELS.get(e.level, e.level or "未载明"),
             "承办单位": e.handling_unit or "", "领域": e.domain or "未载明", "处理档次": "未载明" if e.band is None else f"{e.band}档",
             "疑似问题程度": e.finding_level or "未检查", "符合的必查条件": labels(e.must)}
            for e in entries
        ],
        height=360, hide_index=True, placeholder="", column_config={"案件名称": st.column_config.TextColumn(width=260)}, alt="冻结的案件",
    )  # fmt: skip
    rows = frozen_left_out(db, found.frame_id)
    left_out([x for x in rows if x.kind == "undated"], "办结期间不明的案件")
    left_out([x for x in rows if x.kind != "undated"], "未列入的案件")


def facts(found: FrozenFrame) -> list[tuple[str, object]]:
    """Name, scope, times and fingerprint of a frozen frame."""
    scope = found.scope
    sure = f"{found.confirmed_at:%Y-%m-%d %H:%M} {found.confirmed_by}" if found.confirmed_at else "尚未确认"
    return [
        ("名称", found.name), ("办结期间", f"{found.period_from} 至 {found.period_to}"),
        ("案件层级", "、".join(LEVELS[x] for x in scope["levels"])),
        ("县区", "、".join(scope["counties"]) if scope["counties"] else "全部"),
        ("期间不明的", "列入" if scope["undated"] == "include" else "单列，不抽"),
        ("冻结", f"{found.created_at:%Y-%m-%d %H:%M} {found.created_by}"), ("确认", sure), ("冻结框指纹", found.hash),
    ]  # fmt: skip


def _confirm(db: Database, found: FrozenFrame) -> None:
    with st.container(border=True):
        st.markdown("**核对以后署名确认。** 看过下面的案件名单、未列入的案件和原因，认为抽样框完整，再确认；确认之后才能进行下一步。")
        who_box, go_box = st.columns([4, 3], vertical_alignment="bottom")
        # Left blank: whoever froze the frame should not confirm it by one click.
        who = who_box.text_input("确认人", placeholder="姓名")
        if go_box.button("我已看过，确认抽样框", type="primary", width="stretch"):
            with told_here():
                need_name(who)
                confirm(db, found.frame_id, who)
                go("design", frame=found.frame_id)
                st.rerun()


def _differences(db: Database, found: FrozenFrame) -> None:
    changed = differences(db, found)
    if not changed:
        pieces.quiet("今天的台账在同一范围内与冻结时完全一样。")
        return
    pieces.quiet(f"冻结之后台账有变化，{len(changed)} 件与冻结时不同；抽取仍只用冻结的名单。")
    pieces.table(["案件编号", "情况", "说明"], [(d.case_no, _WHAT[d.what], d.words) for d in changed[:20]])
    if len(changed) > 20:
        pieces.quiet(f"另有 {len(changed) - 20} 件没有列出。")


def frame_counts(box: Frame) -> None:
    """How many cases can be drawn and how many are left out."""
    pieces.figures(
        [
            ("可抽案件（抽样框）", box.size), ("办结期间不明", len(box.undated)), ("未列入（有原因）", len(box.excluded)),
            ("本期以外", box.outside),
        ]
    )  # fmt: skip
    if not box.size:
        _why_empty(box)
    if box.unknown_level:
        pieces.quiet(f"其中 {box.unknown_level} 件台账未载明案件层级，仍列入抽样框。")
    if box.repeated_numbers:
        pieces.quiet(
            f"有 {len(box.repeated_numbers)} 个案件编号被不止一件案件使用（如 {'、'.join(box.repeated_numbers[:3])}），多为各县区各自编号。"
            "同一编号的案件票号相同；按县区分层时各层分别抽取，不受影响。"
        )


def left_out(cases: list, title: str) -> None:
    """Cases outside the frame, each with the reason."""
    if cases:
        with st.expander(f"{title}（{len(cases)}）：看名单和原因", icon=":material/event_busy:"):
            pieces.table(["案件", "县区", "名称", "原因"], [(c.case_no, c.county, c.title, c.reason) for c in cases])


def must_names() -> dict[str, str]:
    """Must-review rules by code."""
    return {rule.code: rule.label for rule in RULES}


def _why_empty(box: Frame) -> None:
    """Why there is nothing to draw from, and what can be done about it."""
    if box.undated:
        reason, _ = Counter(case.reason for case in box.undated).most_common(1)[0]
        st.warning(
            plain(
                f"有 {len(box.undated)} 件案件判断不了是否在本期办结，多数的原因是：{reason}。名单见本页下方。可以这样办：\n\n"
                "一、请填报单位补填“办结日期”，再导入更正后的台账；\n\n"
                "二、如果能确认这些案件都属于本期，打开左边的“办结期间不明的案件也列入”，再抽取。抽取记录会写明这一点。"
            ),
            title="现在没有可抽的案件：办结日期不明",
            icon=":material/event_busy:",
        )
    elif box.outside:
        st.info(
            f"已导入的案件都不在这一期间办结（本期以外 {box.outside} 件）。请改左边的“办结期间”。", title="这一期间没有办结的案件",
            icon=":material/event_busy:",
        )  # fmt: skip
    else:
        st.info("请改左边的“案件层级”和“县区”，或检查台账的“案件层级”一列。", title="所选范围没有案件", icon=":material/event_busy:")


def _several(name: str, known: dict[str, str], default: list[str], empty: str = "请选择") -> list[str]:
    return st.multiselect(
        name, list(known), [one for one in default if one in known], format_func=known.get, placeholder=empty, select_all=False,
        filter_mode=None,
    )  # fmt: skip


def _day(name: str, usual: date) -> date:
    try:
        return date.fromisoformat(told(name, str(usual)))
    except ValueError:
        return usual
