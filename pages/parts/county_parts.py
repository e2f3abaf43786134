"""Drawn parts of 县区比较: how severely counties act, where problems gather, candidates. Every number has its denominator."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import charts, county_charts, pieces, reads
from pages.parts.county_choices import counties_address
from pages.parts.pieces import Html, text
from review.casework.counties import Base, CountyView, factor_words, state_told
from review.casework.oversight import TOGETHER, Candidate
from review.comparison.counties import CountyDifference, chance, sentence
from review.store.database import Database
from review.vocabulary.labels import label

ALL_GROUPS, ALL_COUNTIES, NOBODY, ALL_BANDS = "各组合计", "全部县区", "不看名单", "全部档次"
GROUPS = 60  # offered by name, the largest first


def answer(told: str) -> None:
    """The one sentence at the head of the page."""
    st.html(f'<p class="sentence"><b>有没有差异？</b>{text(told)}</p>')


def level_order(levels: Sequence[tuple], factors: tuple[str, ...]) -> None:
    """The order from fine to coarse, with how much can be compared at each level."""
    with st.expander("条件选多细合适？从细到粗各层能比多少", icon=":material/account_tree:"):
        pieces.table(
            ["要求相同的条件", "可以互比的组", "人数够的县区", ""],
            [(factor_words(by), groups, counties, _choose(by, factors)) for by, groups, counties in levels],
            numbers=[1, 2],
            widths=["", "8em", "8em", "8em"],
        )
        pieces.quiet(
            "先用最细的一层；人数够的县区太少，再往下放宽一层。放得越宽，越可能把不同的事放在一起比。"
            "台账有后果程度、线索来源、从轻从重情节的，还可以在上面的条件里加上，比得更细。"
        )


def _choose(by: tuple[str, ...], factors: tuple[str, ...]) -> Html | str:
    return "现在所选" if by == factors else link(counties_address(by), "改用这一层")


def distribution(view: CountyView) -> tuple[str | None, list[dict]]:
    """Bands per county of one group or all; returns the group and its rows."""
    title, box = st.columns([6, 5], vertical_alignment="center")
    with title:
        pieces.section("处理档次分布")
    sizes = {g.name: g for g in sorted(view.compared.groups, key=lambda g: (-g.n, g.name))[:GROUPS]}
    picked = box.selectbox(
        "可比组",
        [ALL_GROUPS, *sizes],
        key="group",
        bind="query-params",
        label_visibility="collapsed",
    )
    group = None if picked not in sizes else picked
    rows = view.compared.distribution(group)
    if not rows:
        st.info("所选条件下没有可比的人。请放宽条件或时段。", icon=":material/filter_alt_off:")
        return group, rows
    st.plotly_chart(
        county_charts.bands_figure(rows, view.counties),
        key="bands",
        theme=None,
        config=charts.CONFIG,
        on_select=_take_mark,
        selection_mode="points",
        alt="各县区处理档次分布",
    )
    told = "各组合计混有不同的事，只供了解构成；比轻重请看下面的同类比较。" if group is None and len(sizes) > 1 else ""
    if group:
        told = f"本组 {sizes[group].n} 人，来自 {sizes[group].counties} 个县区，最多的一个县区 {sizes[group].largest} 人。"
    unknown = view.compared.unknown_share
    if unknown:
        told += f"另有 {unknown:.0%} 的人因条件或档次不明没有参加比较。"
    pieces.quiet(f"颜色由浅到深为处理由轻到重，段内为档次和人数，窄的只写人数；点击任一段看是哪些人。{told}")
    return group, rows


def whom(view: CountyView, rows: Sequence[dict]) -> tuple[str | None, int | None]:
    """Whose people are listed: county and band, by click or by hand."""
    counties = [c for c in view.counties if any(row["county"] == c for row in rows)]
    left, right, _ = st.columns([3, 4, 5])
    county = left.selectbox("看哪个县区的名单", [NOBODY, *counties], key="county", bind="query-params", filter_mode=None)
    bands = {ALL_BANDS: None} | {label("band", band): band for band in sorted({row["band"] for row in rows})}
    band = right.selectbox("处理档次", list(bands), key="band", bind="query-params", filter_mode=None, disabled=county == NOBODY)
    return (None if county == NOBODY else county), bands.get(band)


def people(total: int, rows: Sequence[dict]) -> None:
    """The people behind a mark with a way to their case."""
    pieces.table(
        [f"案件（{total} 人）", "案件名称", "姓名", "单位及职务", "处理", "档次", "决定日期"],
        [(case_link(r), r["title"], r["name"], r["post"], r["measures"], r["band"], r["decided"]) for r in rows],
        numbers=[5],
        widths=["12em", "", "5em", "16em", "14em", "3.5em", "7em"],
    )
    if total > len(rows):
        pieces.quiet(f"共 {total} 人，这里列出 {len(rows)} 行（一行写有多人的按人数计）；缩小县区、时段、可比组或档次可以看到其余的。")


def case_link(row: dict) -> Html:
    """The case number as a link to the case."""
    return Html(f'<a href="case?case={text(row["case_id"])}" target="_self">{text(row["case_key"])}</a>')


def link(address: str, words: str) -> Html:
    """Words that lead to an address of the program, in the same window."""
    return Html(f'<a href="{text(address)}" target="_self">{text(words)}</a>')


def differences(view: CountyView, found: Base) -> None:
    """Each county against the others, like with like; the sentence of each."""
    pieces.section("同类相比：每个县区与其他县区")
    rows = {d.county: [x for x in view.listed() if x.county == d.county] for d in view.listed()}
    lines = []
    for county in view.counties:
        if county not in rows:
            lines.append((county, "—", "—", "—", "—", "—", "—", f"不足以比较：本县区或其他县区同类可比的不到 {found.min_n} 人"))
            continue
        lines += [_difference(d, found, view.compared.factors) for d in rows[county]]
    pieces.table(
        ["县区", "本县区", "其余", "中位档次", "其余中位", "相差", "偶然的机会", "怎么看"],
        lines,
        numbers=[1, 2, 3, 4, 5],
        widths=["10em", "4.5em", "4.5em", "5em", "5em", "4em", "7em", ""],
    )
    pieces.quiet(
        f"只在同一可比组之内相比，再把各组合起来；相差为同组两人相比居中的差距，"
        f"至少 {found.min_bands:g} 档并且不像偶然（已按比较次数校正）才算成立。"
        "“看不出差异”不等于完全一致。差异成立也只是线索，先按“核数据 → 看案件构成 → 看程序 → 再看人”的顺序核对。"
    )


def _difference(d: CountyDifference, found: Base, factors: tuple[str, ...]) -> tuple:
    here = link(counties_address(factors, county=d.county, group=d.group or ""), d.county)
    where = Html(f"{here}<br><span class=raw>{text(d.group)}</span>") if d.group else here
    told = Html(f"<b>{text(state_told(d, found.min_bands))}</b><br><span class=raw>{text(sentence(d))}</span>")
    return (
        where,
        d.own_n,
        d.others_n,
        f"{d.own_median:g}",
        f"{d.others_median:g}",
        f"{d.shift:+g}" if d.shift else "0",
        chance(d.adjusted),
        told,
    )


def heat(db: Database) -> None:
    """Counties × kinds of problems; a cell leads to its findings."""
    title, by, _ = st.columns([5, 3, 4], vertical_alignment="center")
    with title:
        pieces.section("问题分布：疑似数/可判数")
    words = {"aspect": "按方面", "check": "按检查规则"}
    rows_by = by.segmented_control(
        "行",
        list(words),
        format_func=words.get,
        default="aspect",
        required=True,
        label_visibility="collapsed",
        key="by",
        bind="query-params",
    )
    shown = reads.heat(db, rows_by, None)
    if not shown.cells:
        st.info("还没有运行检查，没有可以比较的结果。", icon=":material/rule:")
        st.page_link("pages/rules.py", label="去运行检查", icon=":material/refresh:")
        return
    turn = st.session_state.get("county_heat_round", 0)
    chosen = st.plotly_chart(
        charts.heat_figure(shown, few=charts.UNJUDGED),
        key=f"county_heat_{rows_by}_{turn}",
        theme=None,
        config=charts.CONFIG,
        on_select="rerun",
        selection_mode="points",
        alt="各县区各类疑似问题数与可判数",
    )
    pieces.quiet(
        f"每格为 疑似数/可判数，颜色越深占比越高，最深为 {charts.highest_share(shown):.1%}；可判数不足 {charts.ENOUGH} 的格为灰色，"
        "一两件就会使占比大起大落，不看颜色只看件数；“—”为没有可判断的内容。点击任一格查看其中的疑似问题。县区按名称（拼音）排列。"
    )
    if chosen.selection.points:
        key, county = chosen.selection.points[0]["customdata"]
        st.session_state["county_heat_round"] = turn + 1
        wanted = {"verdict": "suspect", rows_by: key, "county": county}
        st.switch_page("pages/findings.py", query_params={name: value for name, value in wanted.items() if value})


def pair_county(found: Base) -> str | None:
    """Of which county the person that is pointed at must be (None: any)."""
    box, _ = st.columns([3, 9])
    county = box.selectbox("县区", [ALL_COUNTIES, *found.counties], key="of", bind="query-params", filter_mode=None)
    return None if county == ALL_COUNTIES else county


def pairs_head(db: Database, total: int, shown: int, county: str | None) -> None:
    """How many pairs there are, and what they are no proof of."""
    pieces.section(f"同类悬殊对照（{total} 对）")
    if not any(key == "M03" for key, _ in reads.heat(db, "check", None).cells):
        st.info("M03 还没有运行，或台账没有“后果”等所需的列，没有可以对照的人。", icon=":material/rule:")
        return
    if not total:
        st.info("没有同类而处理悬殊的人。", icon=":material/check_box_outline_blank:")
        return
    where = {"check": "M03"} | ({"county": county} if county else {})
    cut = f"相差大的在前，这里列出前 {shown} 对。" if total > shown else ""
    pieces.quiet(
        f"每对两人的情形、责任、层级职务和后果程度相同（或级别更高、后果更重的反而更轻），处理却相差很多（M03）。{cut}"
        "两人的事实放在一起，请逐行核对：看不出的项目先补材料。相差悬殊只是线索，不是结论。"
    )
    st.page_link("pages/findings.py", label="在问题清单里逐条核实", icon=":material/edit_note:", query_params=where)


def candidates(listed: Sequence[Candidate], checked) -> None:
    """What holds of a whole county after correction, in name order."""
    pieces.section(f"提级督办候选（{len(listed)}）")
    if not checked:
        pieces.quiet("还没有运行检查，疑似问题是否集中在某个县区还不能判断。")
    if listed:
        pieces.table(
            ["县区", "类别", "事项", "依据", ""],
            [
                (
                    c.county,
                    c.kind,
                    c.matter,
                    c.told,
                    link(f"findings?check={c.check_id}&county={c.county}", "看疑似问题")
                    if c.check_id
                    else link(counties_address(county=c.county, group="" if c.matter == TOGETHER else c.matter), "看是哪些人"),
                )
                for c in listed
            ],
            widths=["6em", "8em", "18em", "", "7.5em"],
        )
    else:
        st.info("没有一个县区的差异在校正之后仍然成立。这不等于没有问题，个案仍请逐条核实。", icon=":material/check_box_outline_blank:")
    pieces.quiet(
        "列入的有三类：同类相比处理尺度明显不同（最细的条件、全部时段），"
        "受处分或领导干部的占比与其他县区悬殊（M04、O08），"
        "某项检查的疑似问题集中（可判至少 10 项、疑似至少 3 项、超出 99.8% 界限，并按全部比较校正）。"
        "本表不随上面的选择变化，也不分先后；是否提级督办由人核实后决定。"
    )


def _take_mark() -> None:
    """A click on the bands puts county and band into the choosers."""
    points = st.session_state["bands"].selection.points
    if points:
        county, band = points[0]["customdata"]
        st.session_state["county"], st.session_state["band"] = county, label("band", band)
