"""Drawn parts of 县区比较. Every number has its denominator, every colour its word, counties stand in name order."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import charts, county_charts, pieces, reads
from pages.parts.pieces import Html, text
from review.casework.counties import SHOWN, Base, CountyView, factor_words, state_told
from review.casework.county_rates import MARKS, PERIODS, CountyOdds, Rates, indicators, odds_told
from review.casework.oversight import Candidate
from review.comparison.counties import CountyDifference, chance, sentence
from review.comparison.funnel import Funnel
from review.comparison.proportions import share
from review.comparison.trend import MIN_PERIODS, Trend
from review.store.database import Database
from review.vocabulary.labels import label

ALL_GROUPS, ALL_COUNTIES, NOBODY, ALL_BANDS = "各组合计", "全部县区", "不看名单", "全部档次"
GROUPS = 60  # offered by name, the largest first
LADDER = (
    ("核数据", "台账有没有漏报、错列、重复，可判数对不对"),
    ("看案件构成", "是不是重案多、上级移交多、一个大案牵出多人"),
    ("看程序", "同类的事是否走了同样的程序、依据同样的条款"),
    ("再看人", "前三步都说不通，再看尺度是谁把的"),
)


def answer(told: str) -> None:
    """The one sentence at the head of the page."""
    st.html(f'<p class="sentence"><b>有没有差异？</b>{text(told)}</p>')


def level_order(levels: Sequence[tuple], factors: tuple[str, ...]) -> None:
    """The order from fine to coarse, with how much can be compared at each level."""
    with st.expander("条件选多细合适？从细到粗各层能比多少", icon=":material/account_tree:"):
        pieces.table(
            ["要求相同的条件", "可以互比的组", "人数够的县区", ""],
            [(factor_words(by), groups, counties, "现在所选" if by == factors else "") for by, groups, counties in levels],
            numbers=[1, 2],
            widths=["", "8em", "8em", "8em"],
        )
        pieces.quiet("先用最细的一层；人数够的县区太少，再往下放宽一层。放得越宽，越可能把不同的事放在一起比。")


def distribution(view: CountyView) -> tuple[str | None, list[dict]]:
    """Bands per county of one group or all; returns the group and its rows."""
    title, box = st.columns([6, 5], vertical_alignment="center")
    with title:
        pieces.section("处理档次分布")
    sizes = {g.name: g for g in sorted(view.compared.groups, key=lambda g: (-g.n, g.name))[:GROUPS]}
    picked = box.selectbox(
        "可比组",
        [ALL_GROUPS, *sizes],
        format_func=lambda name: name if name == ALL_GROUPS else f"{name}（{sizes[name].n} 人，{sizes[name].counties} 个县区）",
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
    if total > SHOWN:
        pieces.quiet(f"共 {total} 人，这里列出前 {SHOWN} 人；选一个可比组或档次可以缩小范围。")


def case_link(row: dict) -> Html:
    """The case number as a link to the case."""
    return Html(f'<a href="case?case={text(row["case_id"])}" target="_self">{text(row["case_key"])}</a>')


def differences(view: CountyView, found: Base) -> None:
    """Each county against the others, like with like; the sentence of each."""
    pieces.section("同类相比：每个县区与其他县区")
    rows = {d.county: [x for x in view.listed() if x.county == d.county] for d in view.listed()}
    lines = []
    for county in view.counties:
        if county not in rows:
            lines.append((county, "—", "—", "—", "—", "—", "—", f"不足以比较：本县区或其他县区同类可比的不到 {found.min_n} 人"))
            continue
        lines += [_difference(d, found) for d in rows[county]]
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


def _difference(d: CountyDifference, found: Base) -> tuple:
    where = Html(f"{text(d.county)}<br><span class=raw>{text(d.group)}</span>") if d.group else d.county
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
        "一两件就会使占比大起大落，不看颜色只看件数；“—”为没有可判断的内容。点击任一格查看其中的疑似问题。县区按名称排列。"
    )
    if chosen.selection.points:
        key, county = chosen.selection.points[0]["customdata"]
        st.session_state["county_heat_round"] = turn + 1
        wanted = {"verdict": "suspect", rows_by: key, "county": county}
        st.switch_page("pages/findings.py", query_params={name: value for name, value in wanted.items() if value})


def indicator(db: Database) -> str:
    """The chosen indicator; first of all 受党纪政务处分的占比."""
    named = indicators(reads.heat(db, "check", None))
    keys = [*MARKS, *(key for key in named if key not in MARKS)]
    box, _ = st.columns([6, 6])
    return box.selectbox(
        "看哪一个占比", keys, format_func=lambda key: named[key], key="indicator", bind="query-params", filter_mode="contains"
    )


def funnel(rates: Rates, found: Funnel, sizes: list[int], limits: dict) -> None:
    """The funnel with its ladder, and the counties in words."""
    pieces.section(f"漏斗图：{rates.label}")
    if len(found.units) < 2:
        st.info("只有一个县区有可判的内容，无法比较。", icon=":material/filter_alt_off:")
        return
    st.plotly_chart(
        county_charts.funnel_figure(found, sizes, limits, rates.of), key="funnel", theme=None, config=charts.CONFIG, alt="漏斗图"
    )
    widened = f"各县区的起伏大于偶然，界限已放宽 {found.overdispersion.phi**0.5:.1f} 倍。" if found.widened else ""
    pieces.quiet(
        f"越靠左数量越少，占比起伏越大，所以界限越宽。落在界限之内的高低不说明问题；"
        f"即使各县区一致，平均二十个县区也有一个超出 95% 界限。{widened}" + _left_out(rates)
    )
    st.html(
        '<div class="ladder">'
        + "<span>→</span>".join(f"<div><b>{text(step)}</b><br>{text(what)}</div>" for step, what in LADDER)
        + "</div>"
    )
    pieces.table(
        ["县区", "数/可判", "占比", "占比的可能范围（95%）", "在漏斗图上的位置"],
        [
            (u.name, f"{u.k}/{u.n}", f"{u.rate:.1%}" if u.n >= charts.ENOUGH else "数量少", _range(u), county_charts.place_told(u))
            for u in found.units
        ],
        numbers=[1, 2, 3],
        widths=["8em", "8em", "7em", "14em", ""],
    )


def _range(unit) -> str:
    interval = share(unit.k, unit.n)
    return f"{interval.low:.1%} 至 {interval.high:.1%}"


def _left_out(rates: Rates) -> str:
    return "".join(f"{reason} {n} {rates.of}，不在其中。" for reason, n in rates.exclusions.items())


def odds(lines: Sequence[CountyOdds], title: str) -> None:
    """Each county against the others, put together and like with like, so that a misleading total is seen."""
    pieces.section("合在一起看，和同类相比看")
    pieces.table(
        ["县区", "本县区", "其余县区", "合在一起", "同类相比", "同类可比", "偶然的机会", "怎么看"],
        [
            (
                one.county,
                pieces.share(one.k, one.n),
                pieces.share(one.others_k, one.others_n),
                _times(one.together),
                _times(one.odds.estimate if one.odds else None),
                f"{one.odds.n} 人" if one.odds else "—",
                chance(one.adjusted) if one.odds else "—",
                Html(f"<b>{text(odds_told(one))}</b>") if one.reversed else odds_told(one),
            )
            for one in lines
        ],
        numbers=[3, 4, 5],
        widths=["6em", "10em", "11em", "5em", "5em", "6em", "7em", ""],
    )
    pieces.quiet(
        f"“{title}”与其他县区之比（优势比）：1 为相同，大于 1 为偏高。合在一起看会受案件构成影响，"
        "同类相比只在同一可比组之内比（Mantel-Haenszel 法）；"
        "两者方向相反时以同类相比为准。"
    )


def _times(ratio: float | None) -> str:
    return "—" if ratio is None or ratio != ratio or ratio in (float("inf"), 0.0) else f"{ratio:.2f}"


def trend_choices(found: Base) -> tuple[str | None, str]:
    """County (None: all) and length of the periods."""
    left, right, _ = st.columns([3, 3, 6], vertical_alignment="bottom")
    county = left.selectbox("县区", [ALL_COUNTIES, *found.counties], key="of", bind="query-params", filter_mode=None)
    period = right.segmented_control(
        "时段", list(PERIODS), default="quarter", required=True, format_func=PERIODS.get, key="period", bind="query-params"
    )
    return (None if county == ALL_COUNTIES else county), period


def trend(found: Trend, key: str) -> None:
    """An indicator over time, and what may be said of it."""
    pieces.section("随时间变化")
    if not found.n:
        st.info("没有写明决定日期的案件，看不出变化。", icon=":material/event_busy:")
        return
    st.plotly_chart(county_charts.trend_figure(found), key="trend", theme=None, config=charts.CONFIG, alt="随时间变化")
    outside = [p for p in found.periods if p.outside]
    told = (
        f"超出正常波动范围的时段：{'、'.join(f'{p.name}（{p.k}/{p.n}）' for p in outside)}。" if outside else "各时段都在正常波动范围之内。"
    )
    if found.runs is None:
        told += f"有数的时段不到 {MIN_PERIODS} 个，不判断有没有持续的变化。"
    elif found.runs.shifted:
        told += (
            f"连续 {found.runs.longest} 个时段在同一侧，穿过中线 {found.runs.crossings} 次，像是水平有了变化，"
            "请查那时起办法或填报口径有没有改。"
        )
    else:
        told += "高低交替，看不出持续的变化。"
    cases = "" if key in MARKS else "疑似问题随时间的变化按案件算：有这类疑似问题的案件，占该时段作出决定的全部案件（包括待核和未运行的）。"
    left_out = "".join(f"{reason}：{n}，不在图上。" for reason, n in found.exclusions.items())
    pieces.quiet(told + cases + left_out)


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
                    Html(f'<a href="findings?check={text(c.check_id)}&county={text(c.county)}" target="_self">看疑似问题</a>')
                    if c.check_id
                    else "",
                )
                for c in listed
            ],
            widths=["6em", "8em", "18em", "", "7.5em"],
        )
    else:
        st.info("没有一个县区的差异在校正之后仍然成立。这不等于没有问题，个案仍请逐条核实。", icon=":material/check_box_outline_blank:")
    pieces.quiet(
        "列入的有两类：同类相比处理尺度明显不同（最细的条件、全部时段），"
        "某项检查的疑似问题集中（可判至少 10 项、疑似至少 3 项、超出 99.8% 界限，并按全部比较校正）。"
        "本表不随上面的选择变化，也不分先后；是否提级督办由人核实后决定。"
    )


def _take_mark() -> None:
    """A click on the bands puts county and band into the choosers."""
    points = st.session_state["bands"].selection.points
    if points:
        county, band = points[0]["customdata"]
        st.session_state["county"], st.session_state["band"] = county, label("band", band)
