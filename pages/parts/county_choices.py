"""What is compared with what, over which time: choices of 县区比较 that live in the address."""

from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st

from review.casework.counties import FINEST, Base
from review.comparison.grouping import FACTORS

PARTS = {
    "measures": "处理轻重",
    "problems": "问题分布",
    "pairs": "同类悬殊对照",
    "funnel": "占比与漏斗图",
    "trend": "随时间变化",
    "oversight": "提级督办候选",
}
FIRST, LAST = "最早", "最近"


@dataclass(frozen=True)
class Choices:
    """factors: what people of a group have in common; quarters: None for all."""

    factors: tuple[str, ...]
    quarters: tuple[str, ...] | None


def counties_address(factors: tuple[str, ...] | None = None, part: str = "measures", **chosen: str) -> str:
    """Address of 县区比较 with these choices; factors None: as the page opens. Choices are told by their words, as the page does."""
    told = [("part", PARTS[part])] if part != "measures" else []
    if factors is not None and factors != FINEST:
        told += [("factor", FACTORS[f][0]) for f in FACTORS if f in factors] or [("factor", "")]
    return "counties?" + urlencode(told + [(name, word) for name, word in chosen.items() if word])


def choices(found: Base) -> Choices:
    """Factors and quarters, in one row."""
    by, start, end = st.columns([7, 2, 2], vertical_alignment="bottom")
    picked = by.multiselect(
        "比较时要求相同的条件（越多越细，人也越少）",
        list(FACTORS),
        default=list(FINEST),
        format_func=lambda name: FACTORS[name][0],
        key="factor",
        bind="query-params",
        placeholder="不分组，全部人员放在一起比",
        select_all=False,
        filter_mode=None,
    )
    quarters = list(found.counts.quarters)
    first = start.selectbox("决定时间从", [FIRST, *quarters], key="from", bind="query-params", filter_mode=None)
    last = end.selectbox("到", [LAST, *quarters], key="until", bind="query-params", filter_mode=None)
    factors = tuple(name for name in FACTORS if name in picked)
    if (first, last) == (FIRST, LAST):
        return Choices(factors, None)
    low = quarters.index(first) if first in quarters else 0
    high = quarters.index(last) if last in quarters else len(quarters) - 1
    if low > high:
        st.warning("起始季度在截止季度之后，已按两者之间的时段比较。", icon=":material/swap_horiz:")
        low, high = high, low
    return Choices(factors, tuple(quarters[low : high + 1]))
