"""Drawn parts of 县区比较: indicators in a funnel, like with like, over time; who stands behind each mark."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from pages.parts import charts, county_charts, county_reads, pieces, reads
from pages.parts.county_choices import counties_address
from pages.parts.county_parts import ALL_COUNTIES, NOBODY, case_link, link, people
from pages.parts.pieces import Html, text
from review.casework.counties import Base
from review.casework.county_rates import MARKS, PERIODS, CountyOdds, Rates, indicators, odds_told
from review.comparison.counties import chance
from review.comparison.funnel import Funnel
from review.comparison.proportions import share
from review.comparison.trend import MIN_PERIODS, Trend
from review.store.database import Database

LADDER = (
    ("核数据", "台账有没有漏报、错列、重复，可判数对不对"),
    ("看案件构成", "是不是重案多、上级移交多、一个大案牵出多人"),
    ("看程序", "同类的事是否走了同样的程序、依据同样的条款"),
    ("再看人", "前三步都说不通，再看尺度是谁把的"),
)


def indicator(db: Database) -> str:
    """The chosen indicator; first of all 受党纪政务处分的占比."""
    named = indicators(reads.heat(db, "check", None))
    keys = [*MARKS, *(key for key in named if key not in MARKS)]
    box, _ = st.columns([6, 6])
    return box.selectbox(
        "看哪一个指标", keys, format_func=lambda key: named[key], key="indicator", bind="query-params", filter_mode="contains"
    )


def funnel(rates: Rates, found: Funnel, sizes: list[int], limits: dict) -> None:
    """The funnel with its ladder, and the counties in words; a point and a row lead to what stands behind them."""
    pieces.section(f"漏斗图：{rates.label}")
    if len(found.units) < 2:
        st.info("只有一个县区有可判的内容，无法比较。", icon=":material/filter_alt_off:")
        return
    turn = st.session_state.get("county_funnel_round", 0)
    chosen = st.plotly_chart(
        county_charts.funnel_figure(found, sizes, limits, rates.of),
        key=f"funnel_{turn}",
        theme=None,
        config=charts.CONFIG,
        on_select=(lambda: _take_point(f"funnel_{turn}")) if rates.people else "rerun",
        selection_mode="points",
        alt="漏斗图",
    )
    if not rates.people and chosen.selection.points:
        st.session_state["county_funnel_round"] = turn + 1
        st.switch_page("pages/findings.py", query_params=_findings_of(rates, chosen.selection.points[0]["customdata"]))
    widened = f"各县区的起伏大于偶然，界限已放宽 {found.overdispersion.phi**0.5:.1f} 倍。" if found.widened else ""
    pieces.quiet(
        f"越靠左数量越少，数字起伏越大，所以界限越宽。落在界限之内的高低不说明问题；"
        f"即使各县区一致，平均二十个县区也有一个超出 95% 界限。{widened}" + _left_out(rates)
    )
    st.html(
        '<div class="ladder">'
        + "<span>→</span>".join(f"<div><b>{text(step)}</b><br>{text(what)}</div>" for step, what in LADDER)
        + "</div>"
    )
    figure, between = ("每件", "95% 界限") if rates.several else ("占比", "占比的可能范围（95%）")
    pieces.table(
        ["县区", "数/案件" if rates.several else "数/可判", figure, between, "在漏斗图上的位置"],
        [
            (_behind_link(rates, u.name), f"{u.k}/{u.n}", _rate(rates, u), _range(rates, u), county_charts.place_told(u))
            for u in found.units
        ],
        numbers=[1, 2, 3],
        widths=["8em", "8em", "7em", "14em", ""],
    )


def marked(db: Database, rates: Rates, quarters) -> None:
    """The people of one county behind an indicator of people, chosen by hand, by a click or from the address."""
    counties = [county for county, (_, n) in rates.counts.items() if n]
    box, _ = st.columns([3, 9])
    county = box.selectbox("看哪个县区的名单", [NOBODY, *counties], key="county", bind="query-params", filter_mode=None)
    if county != NOBODY:
        people(*county_reads.with_mark(db, rates.key, county, quarters, None))


def _take_point(key: str) -> None:
    """A click on the funnel puts the county into the chooser."""
    points = st.session_state[key].selection.points
    if points and points[0].get("customdata"):
        st.session_state["county"] = points[0]["customdata"]


def _findings_of(rates: Rates, county: str) -> dict[str, str]:
    kind, _, name = rates.key.partition(":")
    return {"county": county} if rates.several else {kind: name, "county": county}


def _behind_link(rates: Rates, county: str) -> Html:
    if rates.people:
        where = counties_address(part="funnel", indicator=MARKS[rates.key][0], county=county)
    else:
        where = "findings?" + urlencode(_findings_of(rates, county))
    return link(where, county)


def _rate(rates: Rates, unit) -> str:
    if unit.n < charts.ENOUGH:
        return "数量少"
    return f"{unit.rate:.2f} 个" if rates.several else f"{unit.rate:.1%}"


def _range(rates: Rates, unit) -> str:
    if rates.several:
        low, high = unit.limits[0.95]
        return f"{low:.2f} 至 {high:.2f} 个"
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
                link(counties_address(part="funnel", indicator=title, county=one.county), one.county),
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
        "两者方向相反时以同类相比为准。点县区名看是哪些人。"
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


def trend(found: Trend, key: str, county: str | None) -> None:
    """An indicator over time, and what may be said of it."""
    pieces.section("随时间变化")
    if not found.n:
        st.info("没有写明决定日期的案件，看不出变化。", icon=":material/event_busy:")
        return
    st.plotly_chart(
        county_charts.trend_figure(found),
        key="trend",
        theme=None,
        config=charts.CONFIG,
        on_select=_take_period,
        selection_mode="points",
        alt="随时间变化",
    )
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
    pieces.quiet(f"{told}{cases}{left_out}{'' if county is None else f'只算{county}。'}点图上任一点，或在下面选一个时段，看是哪些案件。")


def of_period(db: Database, found: Trend, key: str, county: str | None) -> None:
    """The people or cases behind one period of the trend."""
    names = [p.name for p in found.periods if p.k]
    if not names:
        return
    box, _ = st.columns([3, 9])
    at = box.selectbox("看哪个时段的案件", [NOBODY, *names], key="at", bind="query-params", filter_mode=None)
    if at == NOBODY:
        return
    if key in MARKS:
        people(*county_reads.with_mark(db, key, county, None, at))
        return
    total, rows = county_reads.cases_of_period(db, key, at, county)
    pieces.table(
        [f"案件（{total} 件）", "案件名称", "县区", "决定日期", "疑似问题"],
        [(case_link(r), r["title"], r["county"], r["decided"], r["findings"]) for r in rows],
        numbers=[4],
        widths=["14em", "", "8em", "8em", "6em"],
    )
    if total > len(rows):
        pieces.quiet(f"共 {total} 件，这里列出前 {len(rows)} 件；选一个县区可以看到其余的。")


def _take_period() -> None:
    """A click on a point of the trend puts its period into the chooser."""
    points = st.session_state["trend"].selection.points
    if points and points[0].get("customdata"):
        st.session_state["at"] = points[0]["customdata"]
