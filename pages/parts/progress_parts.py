"""Drawn parts of 评查进度: progress by reviewer and county, one's own cases."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from pages.parts import pieces
from pages.parts.pieces import Html, tag, text
from review.casework.review_progress import Line, Progress
from review.casework.reviews import places_of_case
from review.store.database import Database
from review.vocabulary.labels import label

MARKS = {"waiting": "plain", "reviewing": "undetermined", "reviewed": "plain"}


def figures(found: Progress) -> None:
    """The numbers at the head."""
    total = found.total
    pieces.figures(
        [
            ("评查任务（份）", total.assigned),
            ("未开始", total.waiting),
            ("在评", total.reviewing),
            ("评毕", total.reviewed),
            ("超期", total.overdue),
            ("尚未分配（件）", len(found.unassigned)),
        ]
    )


def tables(found: Progress, sample_id: str) -> None:
    """By reviewer, with a way to the cases of each; by county."""
    people, counties = st.columns([7, 5], gap="medium")
    with people:
        pieces.section(f"按评查人（{len(found.reviewers)}）")
        _table(
            ["评查人", "单位"],
            [
                (_link(one.name, sample_id, one.key), one.unit, one)
                for one in found.reviewers
            ],
            found.total,
        )  # fmt: skip
    with counties:
        pieces.section(f"按县区（{len(found.counties)}）")
        _table(["案件所在县区"], [(one.name, one) for one in found.counties], found.total)
    pieces.quiet("任务按份计：双人评查的案件有两份。超期为过了时限还未评毕。")


def _table(header: Sequence[str], rows: Sequence[tuple], total: Line) -> None:
    def numbers(one: Line) -> tuple:
        late = Html(f'<b class="late">{one.overdue}</b>') if one.overdue else 0
        return one.assigned, one.waiting, one.reviewing, Html(_bar(one)), late

    pieces.table(
        [*header, "任务", "未开始", "在评", "评毕", "超期"],
        [(*row[:-1], *numbers(row[-1])) for row in rows],
        numbers=[len(header), len(header) + 1, len(header) + 2, len(header) + 4],
        total=["合计", *[""] * (len(header) - 1), total.assigned, total.waiting, total.reviewing, total.reviewed, total.overdue],
    )


def _bar(one: Line) -> str:
    share = round(100 * one.reviewed / one.assigned) if one.assigned else 0
    return f'<div class="done-bar"><i style="width:{share}%"></i><span>{one.reviewed}/{one.assigned}</span></div>'


def mine(found: Progress, sample_id: str, reviewer_id: str) -> None:
    """The cases of one reviewer, the overdue and the unfinished first."""
    order = {"reviewing": 0, "waiting": 1, "reviewed": 2}
    rows = sorted(
        (r for r in found.rows if r["reviewer_id"] == reviewer_id), key=lambda r: (not r["overdue"], order[r["state"]], r["case_no"])
    )
    if not rows:
        st.info("这次抽样没有分配给您的案件。", icon=":material/inbox:")
        return
    pieces.section(f"{rows[0]['name']}的案件（{len(rows)}）")
    pieces.table(
        ["案件", "名称", "县区", "承办单位", "状态", "时限", "须核实"],
        [
            (
                _link(r["case_no"], sample_id, reviewer_id, r["case_id"]),
                r["title"],
                r["county"],
                r["handling_unit"],
                tag(label("review_state", r["state"]), MARKS[r["state"]]),
                Html(f'{text(r["due_on"])}{" <b class=late>超期</b>" if r["overdue"] else ""}'),
                f"应回避：{r['barred']}" if r["barred"] else "；".join(r["doubts"]),
            )
            for r in rows
        ],
        widths=["13em", "", "6em", "13em", "5em", "9em", "16em"],
    )  # fmt: skip
    pieces.quiet("点案件编号开始评查。")


def of_case(db: Database, case_id: str) -> None:
    """On the page of a case: the samples on whose list it stands, with a way to the form. Two who review it blind are not named."""
    by_sample: dict[str, list[dict]] = {}
    for place in places_of_case(db, case_id):
        by_sample.setdefault(place["sample_id"], []).append(place)
    lines = []
    for key, places in by_sample.items():
        drawn = f"{places[0]['created_at']:%Y-%m-%d} 的抽样"
        if places[0]["name"] is None:
            lines.append(f"{drawn}：尚未分配")
        elif len(places) > 1 and any(place["state"] != "reviewed" for place in places):
            lines.append(f"{drawn}：两人背靠背评查，{_link('打开我的案件', key)}")
        else:
            who = "、".join(f"{_link(p['name'], key, p['reviewer_id'], case_id)}（{label('review_state', p['state'])}）" for p in places)
            lines.append(f"{drawn}：{who}")
    if lines:
        st.html(f'<div class="quiet">评查：{"；".join(lines)}</div>')


def _link(words: str, sample_id: str, reviewer_id: str | None = None, case_id: str | None = None) -> Html:
    """To the cases of a reviewer (chosen there without one), or to the form of one of them."""
    address = {"sample": sample_id, "part": "mine", "reviewer": reviewer_id, "case": case_id}
    address = {name: value for name, value in address.items() if value}
    return Html(f'<a href="progress?{text(urlencode(address))}" target="_self">{text(words)}</a>')
