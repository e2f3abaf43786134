"""影响期跟踪: whose 影响期 ends soon, whose has ended without a visit."""

from datetime import date
from io import BytesIO

import streamlit as st

from pages.parts import frame, influence_parts, pieces, reads
from review.casework.influence import GROUPS
from review.reports.tracking_list import write_tracking_list

ALL = "全部县区"
NONE = {
    "ended": "没有影响期已届满而台账写明未回访的人。",
    "ended_open": "没有影响期已届满而回访情况不明的人。",
    "soon": "30 天内没有影响期届满的人。",
    "later": "31 至 90 天内没有影响期届满的人。",
}

db = frame.database()
frame.head("影响期跟踪", "影响期快届满的人该安排回访，已届满还没有回访的人不能忘记；表现好、符合条件的应当正常使用。")
frame.need_cases(db)

day_box, county_box, out = st.columns([3, 4, 5], vertical_alignment="bottom")
today = day_box.date_input("截至哪一天", date.today(), format="YYYY-MM-DD", min_value=date(2016, 1, 1), max_value=date(2100, 12, 31))
found = reads.tracked(db, today)
counties = sorted({one.county for one in found})
asked = st.query_params.get("county", ALL)
county = county_box.selectbox("县区", [ALL, *counties], index=counties.index(asked) + 1 if asked in counties else 0)
st.query_params["county"] = county
mine = [one for one in found if county in (ALL, one.county)]
counts = {group: sum(one.group == group for one in mine) for group in GROUPS}


def workbook() -> bytes:
    """The list as shown, all groups, as an Excel file."""
    target = BytesIO()
    write_tracking_list(db, today, None if county == ALL else county, target)
    return target.getvalue()


out.download_button(
    "导出名单（Excel）",
    data=workbook,
    file_name=f"影响期跟踪名单_{today:%Y%m%d}.xlsx",
    mime=pieces.EXCEL,
    on_click="ignore",
    icon=":material/download:",
    disabled=not mine,
)
asked = st.query_params.get("group", "")
first = next((group for group in GROUPS if counts[group]), "ended")
group = st.segmented_control(
    "情况",
    list(GROUPS),
    format_func=lambda key: f"{GROUPS[key]}（{counts[key]}）",
    default=asked if asked in GROUPS else first,
    required=True,
    label_visibility="collapsed",
    key="tracking_group",
)
st.query_params["group"] = group
people = [one for one in mine if one.group == group]
if people:
    influence_parts.people_list(people)
else:
    st.info(NONE[group], icon=":material/event_available:")
unknown = reads.untold(db, today, None if county == ALL else county)
pieces.quiet(
    "影响期取台账所写；台账没有写的按处理方式和决定日期推算。已回访的、写明不适用的不列。"
    + (f"另有 {unknown} 人的影响期待核（处理或日期不明、条文待核对或诫勉未设本地标准），没有列入。" if unknown else "")
)
