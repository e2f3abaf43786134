"""Drawn parts of the 影响期: the periods of a case's people, and the list of those to be followed up."""

from collections.abc import Sequence

from pages.parts import pieces
from pages.parts.pieces import Html, text
from review.casework.influence import PersonPeriod, Tracked

SHOWN = 200  # rows drawn; the workbook has them all


def of_people(periods: Sequence[PersonPeriod]) -> None:
    """From, to, how computed, what the ledger says, how they compare; people with the same stand in one line."""
    grouped: dict[tuple, list[str]] = {}
    for p in periods:
        grouped.setdefault((p.from_on, p.to_on, p.how, p.stated, p.remark), []).append(p.name)
    pieces.table(
        ["姓名", "起", "止（推算）", "怎样算的", "台账所写", "比较"],
        [("、".join(names), *line) for line, names in grouped.items()],
        widths=["9em", "7em", "8.5em", "", "11em", "11em"],
    )
    pieces.quiet("按处理方式和决定日期推算，供核对；以问责决定载明的为准。")


def people_list(people: Sequence[Tracked]) -> None:
    """The people of one group with a way to their case; only the first of very many."""
    pieces.table(
        ["县区", "案件", "姓名", "单位及职务", "处理", "影响期至", "依据", "回访"],
        [
            (
                p.county,
                Html(f'<a href="case?case={text(p.case_id)}" target="_self">{text(p.case_key)}</a>'),
                p.name,
                p.unit_post,
                p.measures,
                Html(f"{text(p.ends_on)}<br><span class=raw>{_distance(p.days)}</span>"),
                p.told_by,
                p.visit,
            )
            for p in people[:SHOWN]
        ],
        widths=["6em", "11em", "5em", "", "15em", "9em", "6.5em", "6em"],
    )
    if len(people) > SHOWN:
        pieces.quiet(f"共 {len(people)} 人，这里显示前 {SHOWN} 人，全部见 Excel。")


def _distance(days: int) -> str:
    return f"还有 {days} 天" if days > 0 else "今天届满" if days == 0 else f"已过 {-days} 天"
