"""县区比较: are counties treated alike, like with like; where findings gather; what holds of a whole county."""

from io import BytesIO

import streamlit as st

from pages.parts import county_parts, county_rate_parts, county_reads, frame, like_parts, pieces, reads
from pages.parts.county_charts import curve_sizes
from pages.parts.county_choices import PARTS, choices
from review.casework.counties import exclusions_told, headline
from review.reports.oversight_list import write_oversight_list

db = frame.database()
frame.head("县区比较", "同样的事、同样的责任、同样的职务放在一起比，看各县区处理轻重是否一致；县区按名称（拼音）排列，不排名次。")
frame.need_cases(db)
found = county_reads.base(db)
if not found.counties:
    st.info("台账没有写明县区，无法比较。请在“数据导入”里补上县区列。", icon=":material/inbox:")
    st.stop()

chosen = choices(found)
view = county_reads.view(db, chosen.factors, chosen.quarters)
county_parts.answer(headline(view))
pieces.quiet(exclusions_told(view.compared.exclusions))
if view.not_compared and len(found.counties) > 1:
    pieces.quiet(
        f"不足以比较（本县区或其他县区可比的人不到 {found.min_n} 人）：{'、'.join(view.not_compared)}。人少不等于有问题，也不等于没有问题。"
    )
part = st.segmented_control(
    "看什么",
    list(PARTS),
    default="measures",
    required=True,
    format_func=PARTS.get,
    key="part",
    bind="query-params",
    label_visibility="collapsed",
)

if part == "measures":
    county_parts.level_order(county_reads.levels(db, chosen.quarters), chosen.factors)
    group, spread = county_parts.distribution(view)
    county, band = county_parts.whom(view, spread)
    if county:
        county_parts.people(*county_reads.behind(db, chosen.factors, county, chosen.quarters, group, band))
    county_parts.differences(view, found)
elif part == "problems":
    county_parts.heat(db)
elif part == "pairs":
    county = county_parts.pair_county(found)
    total, pairs = county_reads.pairs(db, county)
    county_parts.pairs_head(db, total, len(pairs), county)
    like_parts.pairs(pairs)
elif part == "funnel":
    key = county_rate_parts.indicator(db)
    rates = county_reads.rates(db, key, chosen.quarters)
    if not rates.people and chosen.quarters:
        pieces.quiet("疑似问题取最近一次检查的全部结果，不分时段。")
    county_rate_parts.funnel(rates, *county_reads.funnel(db, key, chosen.quarters, curve_sizes))
    if rates.people:
        county_rate_parts.marked(db, rates, chosen.quarters)
        if len(found.counties) > 1:
            county_rate_parts.odds(county_reads.odds(db, key, chosen.factors, chosen.quarters), rates.label)
elif part == "trend":
    key = county_rate_parts.indicator(db)
    county, period = county_rate_parts.trend_choices(found)
    shown = county_reads.trend(db, key, period, county)
    county_rate_parts.trend(shown, key, county)
    county_rate_parts.of_period(db, shown, key, county)
else:
    listed = county_reads.candidates(db)

    def workbook() -> bytes:
        """The list as shown, as an Excel file."""
        target = BytesIO()
        write_oversight_list(listed, found.counties, target)
        return target.getvalue()

    st.download_button(
        "导出候选名单（Excel）",
        data=workbook,
        file_name="提级督办候选.xlsx",
        mime=pieces.EXCEL,
        on_click="ignore",
        icon=":material/download:",
        disabled=not listed,
    )
    county_parts.candidates(listed, checked=reads.heat(db, "check", None).cells)
