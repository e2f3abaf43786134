"""Two texts side by side with their differences marked by underline, ground and words, never by colour alone."""

from html import escape

import streamlit as st

from pages.parts import pieces
from review.comparison.text_differences import Segment, marked

DRAWN = ("text", "other_text", "excerpt")  # facts of a finding that need not stand in the list of facts again


def draw_facts(facts: dict) -> bool:
    """The two texts of a finding whose facts hold a pair; whether they do."""
    if not facts.get("text") or not facts.get("other_text"):
        return False
    other = "，".join(str(facts[name]) for name in ("other_case", "other_county") if facts.get(name))
    draw("本案", facts["text"], other or "另一件案件", facts["other_text"])
    return True


def draw(left_title: str, left: str, right_title: str, right: str) -> None:
    """Both texts with their titles and one line that explains the marks."""
    ours, theirs = marked(left, right)
    differ = sum(not segment.same for segment in ours)
    told = f"有下划线和底色的是不同之处，共 {differ} 处" if differ else "两段文字完全相同"
    if any(not segment.text for segment in (*ours, *theirs)):
        told += "；［无］表示对方此处多出文字"
    columns = "".join(
        f'<div><div class="pair-title">{pieces.text(title)}</div>{_markup(segments)}</div>'
        for title, segments in ((left_title, ours), (right_title, theirs))
    )
    st.html(f'<div class="text-pair">{columns}</div><div class="quiet">{escape(told)}。</div>')


def _markup(segments: tuple[Segment, ...]) -> str:
    def one(segment: Segment) -> str:
        shown = pieces.text(segment.text or "［无］")
        return shown if segment.same else f'<mark class="differs">{shown}</mark>'

    return "".join(one(segment) for segment in segments)
