"""Figures as plain dicts in the colours and the font of the house."""

from collections.abc import Sequence
from datetime import timedelta

from review.casework.dossier import Mark
from review.casework.overview import Cell, Heat

FONT = "Microsoft YaHei, Noto Sans CJK SC, Source Han Sans SC, SimHei, sans-serif"
INK, LINE, QUIET = "#1F3A5F", "#D9DFE7", "#5B6B7D"
# One hue, from paper to ink; the last two carry white figures.
UNJUDGED = "#DFE2E6"
SCALE = ("#F4F6F9", "#DCE4EE", "#B9C9DC", "#8DA6C4", "#55769F", "#1F3A5F")
STEPS = (0.0, 0.2, 0.4, 0.6, 0.8)  # of the highest share in the picture
BESIDE = 14  # columns that fit side by side
LONGEST = 18  # characters of a row label
ENOUGH = 10  # judged units from which a share is told by colour
CONFIG = {"displayModeBar": False, "scrollZoom": False, "showTips": False}
TOTAL = "合计"


def heat_figure(heat: Heat, few: str = SCALE[0]) -> dict:
    """Aspects or checks × counties with k/n in every cell, k suspects of n judged; grey where nothing could be judged.

    few: colour of cells with less than ENOUGH judged units.
    More counties than fit side by side stand one below the other. Each cell is a bar, because bars can be clicked; its customdata
    is [row key or '', county or ''].
    """
    down, across = [*heat.rows, ("", TOTAL)], [*((name, name) for name in heat.counties), ("", TOTAL)]
    if turned := len(heat.counties) > BESIDE:
        down, across = across, down
        if len(across) > BESIDE:
            across = [(key, key or TOTAL) for key, _ in across]
    words = dict([*heat.rows, ("", TOTAL)])
    places = [(r, c, *((cross, key) if turned else (key, cross))) for r, (key, _) in enumerate(down) for c, (cross, _) in enumerate(across)]
    cells = [_cell(heat, key, county) for _, _, key, county in places]
    inner = [bool(key and county) for _, _, key, county in places]
    top = highest_share(heat)
    colours = [_colour(cell, top, few) if i else "#FFFFFF" for i, cell in zip(inner, cells, strict=True)]
    labels = [label if len(label) <= LONGEST else label[: LONGEST - 1] + "…" for _, label in down]
    bars = {
        "type": "bar",
        "x": [c for _, c, _, _ in places],
        "y": [0.94] * len(places),
        "base": [len(down) - 1 - r - 0.47 for r, *_ in places],
        "width": 0.96,
        "marker": {
            "color": colours,
            "line": {"width": [0 if i else 1 for i in inner], "color": LINE},
        },
        "text": [f"{cell.suspects}/{cell.judged}" if cell.judged else "—" for cell in cells],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"size": 12 if len(across) <= BESIDE else 10, "color": ["#FFFFFF" if c in SCALE[4:] else "#1B2430" for c in colours]},
        "customdata": [[key, county] for _, _, key, county in places],
        "hovertext": [_hover(words[key], county or TOTAL, cell) for (_, _, key, county), cell in zip(places, cells, strict=True)],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 1}},
    }
    return {
        "data": [bars],
        "layout": layout(
            height=30 * len(down) + 44,
            margin={"l": 14 + 12 * max(len(label) for label in labels), "r": 4, "t": 38, "b": 4},
            xaxis=axis([_wrapped(label) for _, label in across], len(across), side="top"),
            yaxis=axis(labels[::-1], len(down)),
            bargap=0,
        ),
    }


def highest_share(heat: Heat) -> float:
    """The highest share of suspects among the cells that have enough judged units; the darkest colour stands for it."""
    return max((c.suspects / c.judged for c in heat.cells.values() if c.judged >= ENOUGH), default=0.0) or 1.0


def timeline_figure(marks: Sequence[Mark]) -> dict:
    """Dated steps from first to last in lawful order: a dot for a day, a pale bar for a month or a year."""
    labels = list(dict.fromkeys(mark.label for mark in marks))
    days = [m for m in marks if m.on == m.until]
    spans = [m for m in marks if m.on != m.until]
    dots = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [m.on.isoformat() for m in days],
        "y": [m.label for m in days],
        "text": [m.shown for m in days],
        "textposition": "middle right",
        "textfont": {"size": 12, "color": INK},
        "marker": {"size": 10, "color": INK},
        "hovertext": [m.hover for m in days],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }
    bars = {
        "type": "bar",
        "orientation": "h",
        "base": [m.on.isoformat() for m in spans],
        "x": [(m.until - m.on + timedelta(days=1)).total_seconds() * 1000 for m in spans],
        "y": [m.label for m in spans],
        "width": 0.5,
        "marker": {
            "color": "#DCE4EE",
            "line": {"width": 1, "color": INK},
        },
        "text": [m.shown for m in spans],
        "textposition": "outside",
        "textfont": {"size": 12, "color": INK},
        "hovertext": [m.hover for m in spans],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }
    first, last = min(m.on for m in marks), max(m.until for m in marks)
    room = max((last - first) * 0.12, timedelta(days=20))
    frame = layout(
        height=28 * len(labels) + 48,
        margin={"l": 120, "r": 90, "t": 4, "b": 30},
        xaxis={
            "type": "date",
            "tickformat": "%Y-%m",
            "fixedrange": True,
            "gridcolor": LINE,
            "dtick": "M1" if (last - first).days < 500 else "M3" if (last - first).days < 1500 else "M12",
            "range": [(first - room).isoformat(), (last + room).isoformat()],
        },
        yaxis={"type": "category", "categoryorder": "array", "categoryarray": labels[::-1], "fixedrange": True, "gridcolor": "#EEF1F5"},
        barmode="overlay",
    )
    return {"data": [t for t, used in ((dots, days), (bars, spans)) if used], "layout": frame}


def layout(**own) -> dict:
    """Layout of a figure in the colours of the house; ``own`` wins."""
    return {
        "font": {"family": FONT, "size": 12, "color": "#1B2430"},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {"font": {"family": FONT, "size": 13, "color": "#1B2430"}, "bgcolor": "#FFFFFF", "bordercolor": INK, "align": "left"},
        **own,
    }


def axis(words: Sequence[str], count: int, **own) -> dict:
    """An axis with ``count`` places named by ``words``; ``own`` wins."""
    return {
        "tickmode": "array",
        "tickvals": list(range(count)),
        "ticktext": list(words),
        "tickangle": 0,
        "range": [-0.5, count - 0.5],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "ticks": "",
        **own,
    }


def _cell(heat: Heat, key: str, county: str) -> Cell:
    if key and county:
        return heat.cells.get((key, county), Cell())
    parts = [cell for (k, c), cell in heat.cells.items() if key in ("", k) and county in ("", c)]
    names = ("suspects", "judged", "undetermined", "not_run")
    return Cell(*(sum(getattr(part, name) for part in parts) for name in names))


def _colour(cell: Cell, top: float, few: str) -> str:
    if not cell.judged:
        return UNJUDGED
    if cell.judged < ENOUGH:
        return few
    if not cell.suspects:
        return SCALE[0]
    return SCALE[sum(cell.suspects / cell.judged / top > step for step in STEPS)]


def _hover(row: str, county: str, cell: Cell) -> str:
    return (
        f"<b>{county} · {row}</b><br>疑似问题 {cell.suspects}，可判 {cell.judged}"
        f"<br>待核 {cell.undetermined}，未运行 {cell.not_run}<br>点击查看疑似问题"
    )


def _wrapped(name: str) -> str:
    return "<br>".join(name[i : i + 6] for i in range(0, len(name), 6))
