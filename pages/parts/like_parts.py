"""同类处理: how people in a like position were treated in other cases, person by person."""

from collections.abc import Sequence

import streamlit as st

from pages.parts import pieces
from pages.parts.county_choices import counties_address
from pages.parts.county_parts import case_link, link
from pages.parts.pieces import Html
from review.casework.like_cases import ENOUGH, LikeCases, NoLikeCases
from review.casework.pairs import CASE, Pair
from review.vocabulary.labels import label


def of_people(found: Sequence[LikeCases | NoLikeCases]) -> None:
    """One line a person: like cases by band and where this person stands; the nearest cases below."""
    pieces.table(
        ["姓名", "相同的条件", "其他案件同类", "情况不明", "处理档次分布", "本人", ""],
        [_line(one) for one in found],
        widths=["5em", "19em", "7em", "7em", "", "14em", "6.5em"],
    )
    pieces.quiet(
        "同类为其他案件中条件相同的人。先要求情形（或领域）、责任、层级职务、后果程度、从轻从重情节都相同；"
        f"不足 {ENOUGH} 人，依次不再要求情节、后果、责任相同，仍不足就不比。"
        "“情况不明”是其他案件中可能同类、但有一项条件看不出的人，占得多时结论要打折扣。"
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
        return one.name, "", "—" if one.n is None else f"{one.n} 人", "", one.reason, "不比较", ""
    spread = "；".join(f"{label('band', band)}：{n} 人" for band, n in one.bands.items())
    stands = f"第 {one.band} 档：比 {one.lighter} 人重，与 {one.same} 人相同，比 {one.heavier} 人轻"
    here = link(counties_address(factors=one.factors), "县区比较")
    unclear = f"{one.unclear} 人（{one.unclear_share:.0%}）" if one.unclear else "没有"
    return one.name, one.group, Html(f"{one.n} 人<br>其中本县区 {one.own_county} 人"), unclear, spread, stands, here


def pairs(found: Sequence[Pair]) -> None:
    """Two like people side by side, line by line, and where they differ."""
    for pair in found:
        pieces.section(f"{pair.named}：{pair.person['name']}与{pair.other['name']}相差 {pair.gap} 档")
        pieces.table(
            ["", f"提示的人（{pair.named}）", "对照的人", "异同"],
            [
                (what, _cell(what, pair.person, left), _cell(what, pair.other, right), told or Html(""))
                for what, left, right, told in pair.lines()
            ],
            widths=["9em", "", "", "6em"],
        )
        pieces.quiet(pair.told)


def _cell(what: str, side: dict, value):
    return case_link(side) if what == CASE else value
