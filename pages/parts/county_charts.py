"""Figures of 县区比较: bands per county, funnel, trend. Counties in name order, n beside every bar and point."""

from collections.abc import Sequence

from pages.parts.charts import INK, LINE, QUIET, UNJUDGED, axis, layout
from review.comparison.funnel import Funnel
from review.comparison.trend import Trend
from review.vocabulary.labels import label

# One hue for the nine bands, from light to heavy; from the fifth on figures are white.
BANDS = ("#EDF1F6", "#DCE4EE", "#C6D3E3", "#A9BCD4", "#8AA3C2", "#6885AC", "#466894", "#1F3A5F", "#0F2038")
WIDE, NARROW = "#B3261E", "#B26A00"
_ABOVE = {"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom", "itemclick": False, "itemdoubleclick": False}
_RULED = {"fixedrange": True, "gridcolor": "#EEF1F5", "zeroline": False}
ROOM, WORDS = 0.015, 0.07  # share of a bar from which its number, and its band too, fit inside
CURVE = 40  # points of a limit


def bands_figure(rows: Sequence[dict], counties: Sequence[str]) -> dict:
    """Stacked bars: how the people of each county spread over the bands; rows as of Compared.distribution. customdata: [county, band]."""
    names = [county for county in counties if any(row["county"] == county for row in rows)]
    sizes = {row["county"]: row["county_n"] for row in rows}
    traces = []
    for band in sorted({row["band"] for row in rows}):
        mine = [row for row in rows if row["band"] == band]
        shares = [row["n"] / row["county_n"] for row in mine]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "name": f"{label('band', band)}",
                "x": [100 * share for share in shares],
                "y": [len(names) - 1 - names.index(row["county"]) for row in mine],
                "width": 0.74,
                "marker": {"color": BANDS[band - 1], "line": {"width": 1, "color": "#FFFFFF"}},
                "text": [
                    f"{band}档 {row['n']}人" if share > WORDS else str(row["n"]) if share > ROOM else ""
                    for row, share in zip(mine, shares, strict=True)
                ],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "textfont": {"size": 12, "color": "#FFFFFF" if band >= 6 else "#1B2430"},
                "customdata": [[row["county"], band] for row in mine],
                "hovertext": [
                    f"<b>{row['county']}</b><br>{label('band', band)}<br>{row['n']} 人，占可比 {row['county_n']} 人的 {share:.0%}"
                    "<br>点击查看是哪些人"
                    for row, share in zip(mine, shares, strict=True)
                ],
                "hovertemplate": "%{hovertext}<extra></extra>",
                "selected": {"marker": {"opacity": 1}},
                "unselected": {"marker": {"opacity": 1}},
            }
        )
    words = [f"{name}　{sizes[name]} 人" for name in names]
    return {
        "data": traces,
        "layout": layout(
            height=34 * len(names) + 96,
            margin={"l": 14 + 13 * max((len(word) for word in words), default=4), "r": 8, "t": 4, "b": 4},
            barmode="stack",
            bargap=0,
            showlegend=True,
            legend={
                "orientation": "h",
                "x": 0,
                "y": -0.02,
                "yanchor": "top",
                "traceorder": "normal",
                "itemclick": False,
                "itemdoubleclick": False,
            },
            xaxis={"range": [0, 100], "visible": False, "fixedrange": True},
            yaxis=axis(words[::-1], len(names)),
        ),
    }


def funnel_figure(funnel: Funnel, sizes: Sequence[int], limits: dict[float, list[tuple[float, float]]], of: str) -> dict:
    """Share of each county against how many units it has, with the limits of chance at ``sizes``; of: what n counts."""
    # Things per unit stand as they are, shares in percent.
    scale = 1 if funnel.law == "poisson" else 100
    highest = max([scale * u.rate for u in funnel.units] + [scale * funnel.centre, 0.001 * scale])
    # The limits are seen at every county; of the widest ones over very few cases the rest may run out of the picture.
    reach = max([highest * 1.45] + [min(scale * u.limits[0.998][1] * 1.05, highest * 4) for u in funnel.units])
    traces = []
    for confidence, dash, name in ((0.95, "dot", "95% 界限"), (0.998, "solid", "99.8% 界限")):
        for side in (0, 1):
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": list(sizes),
                    "y": [scale * pair[side] for pair in limits[confidence]],
                    "line": {"width": 1.3, "color": QUIET, "dash": dash, "shape": "spline"},
                    "name": name,
                    "showlegend": side == 0,
                    "hoverinfo": "skip",
                }
            )
    traces.append(
        {
            "type": "scatter",
            "mode": "lines",
            "x": [sizes[0], sizes[-1]],
            "y": [scale * funnel.centre] * 2,
            "line": {"width": 1, "color": INK, "dash": "longdashdot"},
            "name": f"各县区合计 {_figure(funnel, funnel.centre)}",
            "hoverinfo": "skip",
        }
    )
    traces.append(
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [u.n for u in funnel.units],
            "y": [scale * u.rate for u in funnel.units],
            "text": _labels(funnel, sizes[-1], reach / 1.45),
            "textposition": ["top center" if u.high else "bottom center" for u in funnel.units],
            "textfont": {"size": 12, "color": [_place_colour(u) for u in funnel.units]},
            "marker": {
                "size": 10,
                "color": [_place_colour(u) for u in funnel.units],
                "symbol": ["diamond" if u.outside else "circle" for u in funnel.units],
            },
            "name": "县区",
            "showlegend": False,
            "customdata": [u.name for u in funnel.units],
            "hovertext": [
                f"<b>{u.name}</b><br>{u.k}/{u.n}（{_figure(funnel, u.rate)}）<br>{place_told(u)}<br>点击看背后的内容" for u in funnel.units
            ],
            "selected": {"marker": {"opacity": 1}},
            "unselected": {"marker": {"opacity": 1}},
            "hovertemplate": "%{hovertext}<extra></extra>",
            "cliponaxis": False,
        }
    )
    return {
        "data": traces,
        "layout": layout(
            height=360,
            margin={"l": 60, "r": 30, "t": 24, "b": 44},
            showlegend=True,
            legend=_ABOVE,
            xaxis={"title": {"text": f"{'数量' if scale == 1 else '可判数'}（{of}）"}, "range": [0, sizes[-1] * 1.05], **_RULED},
            yaxis={
                "title": {"text": "每件的个数" if scale == 1 else "占比（%）"},
                "range": [0, reach if scale == 1 else min(106, reach + 1)],
                **_RULED,
            },
        ),
    }  # fmt: skip


def _figure(funnel: Funnel, rate: float) -> str:
    return f"{rate:.2f} 个" if funnel.law == "poisson" else f"{rate:.1%}"


def _labels(funnel: Funnel, widest: float, highest: float) -> list[str]:
    """A name at every point that lies outside, and at those inside that stand alone; the table names them all."""
    scale = 1 if funnel.law == "poisson" else 100
    places = [(u.n / widest, scale * u.rate / highest) for u in funnel.units]
    words = []
    for at, u in enumerate(funnel.units):
        x, y = places[at]
        alone = all(abs(x - a) > 0.09 or abs(y - b) > 0.09 for k, (a, b) in enumerate(places) if k != at)
        words.append(f"{u.name}（{place_told(u)}）" if u.outside else u.name if alone else "")
    return words


def curve_sizes(funnel: Funnel) -> list[int]:
    """Sizes at which the limits are drawn: dense where they are steep."""
    largest = max((u.n for u in funnel.units), default=1)
    return sorted({max(1, round(largest * 1.05 * (step / CURVE) ** 2)) for step in range(1, CURVE + 1)})


def place_told(unit) -> str:
    """Where a county lies, in words."""
    if unit.edge:
        return "在界限边上，数量太少，不算超出"
    if unit.outside is None:
        return "界限之内"
    return f"{'偏高' if unit.high else '偏低'}，超出 {unit.outside:.1%} 界限".replace("95.0%", "95%")


def trend_figure(found: Trend) -> dict:
    """Share by period with k/n under each point and the limits of chance as a pale band."""
    shown = [p for p in found.periods if p.rate is not None]
    places = {p.name: at for at, p in enumerate(found.periods)}
    at = [places[p.name] for p in shown]
    many = len(found.periods) > 16
    words = [f"{_short(p.name)}<br>{p.k}/{p.n}" if p.n else f"{_short(p.name)}<br>无" for p in found.periods]
    limits = {
        "type": "bar",
        "x": at,
        "base": [100 * p.low for p in shown],
        "y": [100 * (p.high - p.low) for p in shown],
        "width": 0.7,
        "marker": {"color": UNJUDGED},
        "name": "正常波动范围（99.8%）",
        "hoverinfo": "skip",
    }
    line = {
        "type": "scatter",
        "mode": "lines+markers+text",
        "x": at,
        "y": [100 * p.rate for p in shown],
        "text": [("偏高" if p.rate > found.centre else "偏低") if p.outside else "" for p in shown],
        "textposition": "top center",
        "textfont": {"size": 12, "color": WIDE},
        "line": {"width": 1.5, "color": INK},
        "marker": {
            "size": 9,
            "color": [WIDE if p.outside else INK for p in shown],
            "symbol": ["diamond" if p.outside else "circle" for p in shown],
        },
        "name": "占比",
        "customdata": [p.name for p in shown],
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
        "hovertext": [f"<b>{p.name}</b><br>{p.k}/{p.n}（{p.rate:.1%}）" for p in shown],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
    centre = {
        "type": "scatter",
        "mode": "lines",
        "x": [-0.5, len(found.periods) - 0.5],
        "y": [100 * found.centre] * 2,
        "line": {"width": 1, "color": QUIET, "dash": "dot"},
        "name": f"全部时段 {found.centre:.1%}",
        "hoverinfo": "skip",
    }
    return {
        "data": [limits, centre, line],
        "layout": layout(
            height=340,
            margin={"l": 60, "r": 10, "t": 26, "b": 60},
            showlegend=True,
            legend=_ABOVE,
            xaxis=axis([word if not many or n % 4 == 0 else "" for n, word in enumerate(words)], len(words), linecolor=LINE),
            yaxis={"title": {"text": "占比（%）"}, "rangemode": "tozero", **_RULED},
        ),
    }


def _short(name: str) -> str:
    return name.replace("年", "年<br>", 1) if "季度" in name else name


def _place_colour(unit) -> str:
    return INK if unit.outside is None else WIDE if unit.outside > 0.95 else NARROW
