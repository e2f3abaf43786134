"""Drawn parts of the sampling page."""

from collections import Counter
from collections.abc import Iterable, Sequence

import streamlit as st

from pages.parts import pieces
from pages.parts.frame import plain
from review.casework.dossier import show_date
from review.sampling.allocation import allocate
from review.sampling.draw import Sample, sample_rows
from review.sampling.frame import Frame, strata_label
from review.sampling.must_review import labels
from review.sampling.planning import Plan, plans
from review.sampling.verification import Verification
from review.store.database import Database
from review.vocabulary.labels import label


def frame_counts(box: Frame) -> None:
    """How many cases can be drawn and how many are left out."""
    pieces.figures(
        [
            ("可抽案件（抽样框）", box.size),
            ("办结期间不明", len(box.undated)),
            ("不在所选层级", len(box.excluded)),
            ("本期以外", box.outside),
        ]
    )
    if not box.size:
        _why_empty(box)
    if box.unknown_level:
        pieces.quiet(f"其中 {box.unknown_level} 件台账未载明案件层级，仍列入抽样框。")
    if box.repeated_numbers:
        pieces.quiet(
            f"有 {len(box.repeated_numbers)} 个案件编号被不止一件案件使用（如 {'、'.join(box.repeated_numbers[:3])}），多为各县区各自编号。"
            "同一编号的案件票号相同；按县区分层时各层分别抽取，不受影响。"
        )


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
        st.info("请改左边的“案件层级”，或检查台账的“案件层级”一列。", title="所选层级没有案件", icon=":material/event_busy:")


def allocation_preview(box: Frame, ratio: str, must: Iterable[str]) -> None:
    """Quota of each stratum before anything is drawn."""
    quotas, rules = allocate(box.sizes, ratio), set(must)
    held = {s: sum(bool(set(e.must) & rules) for e in box.entries if e.stratum == s) for s in box.sizes}
    drawn = sum(quotas.values())
    pieces.table(
        [f"层（{strata_label(box.by)}）", "案件数", "随机名额", "符合必查条件"],
        [(s, n, quotas[s], held[s]) for s, n in box.sizes.items()],
        numbers=[1, 2, 3],
        total=["合计", box.size, drawn, sum(held.values())],
    )
    pieces.quiet(f"随机名额占抽样框 {pieces.share(drawn, box.size)}；每个有案件的层至少 1 件。必查案件未被随机抽中的另行加入。")
    what_it_shows(plans(box.sizes, quotas))


def what_it_shows(found: list[Plan]) -> None:
    """What so many cases can and can't show, in a sentence for all and one for each stratum."""
    with st.expander("抽这些案件能说明什么", icon=":material/straighten:"):
        pieces.quiet("按精确的超几何分布计算，只对随机抽中的案件成立；必查案件是挑出来的，不能用来推算其余案件。")
        for one in found:
            st.write(one.sentence)


def left_out(box: Frame) -> None:
    """Cases that may belong to the period, each with the reason why it can't be told."""
    if box.undated:
        with st.expander(f"办结期间不明的案件（{len(box.undated)}）：看名单和原因", icon=":material/event_busy:"):
            pieces.table(["案件", "县区", "名称", "原因"], [(c.case_no, c.county, c.title, c.reason) for c in box.undated])


def result(db: Database, drawn: Sample) -> None:
    """The drawn list with tickets, both percentages and how it came about."""
    random = sum(pick.picked_by == "random" for pick in drawn.cases)
    pieces.figures(
        [
            ("可抽案件（抽样框）", drawn.frame_size),
            ("随机抽取", random),
            ("随机占比", f"{float(drawn.random_share):.1%}"),
            ("必查加入", len(drawn.cases) - random),
            ("名单合计", len(drawn.cases)),
            ("合计占比", f"{float(drawn.total_share):.1%}"),
        ]
    )
    how, quota = st.columns([6, 5], gap="medium")
    with how:
        pieces.section("抽取记录")
        pieces.facts(
            [
                ("样本编号", drawn.sample_id),
                ("办结期间", f"{drawn.period_from} 至 {drawn.period_to}"),
                ("种子", drawn.seed),
                ("比例", drawn.ratio),
                ("分层", strata_label(drawn.stratified_by)),
                ("必查条件", labels(drawn.must_rules)),
                ("抽取", f"{drawn.created_at:%Y-%m-%d %H:%M} {drawn.created_by}"),
                ("办结期间不明", f"{drawn.undated_count} 件"),
                ("抽样框指纹", drawn.frame_hash),
            ]
        )
    with quota:
        pieces.section("名额")
        lines = drawn.allocation
        pieces.table(
            ["层", "案件数", "随机抽取", "必查加入"],
            [(s.stratum, s.cases, s.random, s.must) for s in lines],
            numbers=[1, 2, 3],
            total=["合计", *(sum(getattr(s, name) for s in lines) for name in ("cases", "random", "must"))],
        )
        what_it_shows(plans({s.stratum: s.cases for s in lines}, {s.stratum: s.random for s in lines}))
    pieces.section(f"样本名单（{len(drawn.cases)}）")
    rows = sample_rows(db, drawn.sample_id)
    picked = st.dataframe(
        [
            {
                "层": r["stratum"],
                "次序": r["position"],
                "案件编号": r["case_no"],
                "案件名称": r["title"] or "",
                "承办单位": r["handling_unit"] or "",
                "办结日期": show_date(r["closed_on"], r["closed_on_precision"]),
                "票号": f"{r['ticket']:.13f}",
                "入选": label("picked_by", r["picked_by"]),
                "必查原因": r["must_reason"] or "",
            }
            for r in rows
        ],
        key=f"sample_rows_{drawn.sample_id}",
        on_select="rerun",
        selection_mode="single-row",
        height=480,
        hide_index=True,
        placeholder="",
        column_config={"案件名称": st.column_config.TextColumn(width=260), "次序": st.column_config.NumberColumn(width=56)},
        alt="样本名单",
    )
    pieces.quiet("选中一行可打开案件档案。次序为该案件在本层内按票号由小到大的位置。")
    if picked.selection.rows:
        st.switch_page("pages/case.py", query_params={"case": rows[picked.selection.rows[0]]["case_id"]})


def verification(found: Verification) -> None:
    """What drawing again showed, in words."""
    if found.ok:
        st.info("按登记的种子和抽样框重新抽取，名单、票号、名额与登记的完全一致。", icon=":material/verified:")
    else:
        st.error(plain("\n\n".join(found.differences)), title="重新抽取的结果与登记的不一致", icon=":material/report:")
    for line in found.today:
        pieces.quiet(line)


def earlier(rows: Sequence[dict]) -> None:
    """Samples drawn before, each with its address."""
    if not rows:
        return
    pieces.section(f"已有的抽样（{len(rows)}）")
    pieces.table(
        ["样本", "期间", "种子", "比例", "抽样框", "随机", "必查", "抽取"],
        [
            (
                pieces.Html(f'<a href="sampling?sample={pieces.text(r["sample_id"])}" target="_self">{pieces.text(r["sample_id"])}</a>'),
                f"{r['period_from']} 至 {r['period_to']}",
                r["seed"],
                r["ratio"],
                r["frame_size"],
                r["random_count"],
                r["must_count"],
                f"{r['created_at']:%Y-%m-%d %H:%M} {r['created_by']}",
            )
            for r in rows
        ],
        numbers=[4, 5, 6],
    )
