"""同类处理: how people in a like position were treated in other cases, person by person."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import pieces
from pages.parts.county_parts import case_link
from review.casework.like_cases import ENOUGH, LikeCases, NoLikeCases
from review.vocabulary.labels import label


def of_people(found: Sequence[LikeCases | NoLikeCases]) -> None:
    """One line a person: like cases by band and where this person stands; the nearest cases below."""
    pieces.table(
        ["姓名", "相同的条件", "其他案件同类", "处理档次分布", "本人"],
        [_line(one) for one in found],
        widths=["6em", "22em", "8em", "", "15em"],
    )
    pieces.quiet(
        f"同类为其他案件中情形（或领域）、责任、层级职务相同的人，不足 {ENOUGH} 人时不再区分责任，仍不足就不比。"
        "档次相差一档不说明问题，事实和情节以卷宗为准。"
    )
    placed = [one for one in found if isinstance(one, LikeCases)]
    if placed:
        with st.expander("最相近的同类案件（每人最多 10 件）", icon=":material/compare_arrows:"):
            for one in placed:
                pieces.section(f"{one.name}　第 {one.band} 档")
                pieces.table(
                    ["案件", "案件名称", "县区", "姓名", "单位及职务", "处理", "档次", "决定日期"],
                    [
                        (case_link(r), r["title"], r["county"], r["name"], r["post"], r["measures"], r["band"], r["decided"])
                        for r in one.nearest
                    ],
                    numbers=[6],
                    widths=["11em", "", "5.5em", "5em", "14em", "12em", "3.5em", "7em"],
                )


def _line(one: LikeCases | NoLikeCases) -> tuple:
    if isinstance(one, NoLikeCases):
        return one.name, "", "—" if one.n is None else f"{one.n} 人", one.reason, "不比较"
    spread = "；".join(f"{label('band', band)}：{n} 人" for band, n in one.bands.items())
    stands = f"第 {one.band} 档：比 {one.lighter} 人重，与 {one.same} 人相同，比 {one.heavier} 人轻"
    return one.name, one.group, f"{one.n} 人", spread, stands
