"""The manual: Markdown cut at its chapters, pictures beside it shown in place."""

import re
from pathlib import Path

import streamlit as st

_PICTURE = re.compile(r"^!\[(?P<alt>[^\]]*)\]\((?P<path>[^)\s]+)\)\s*$", re.M)


def chapters(markdown: str) -> list[tuple[str, str]]:
    """(title, text) of every second-level heading; what stands before the first is 开始之前 unless it is only the title."""
    parts = re.split(r"^## +(.+?) *$", markdown, flags=re.M)
    before = re.sub(r"^# .*$", "", parts[0], count=1, flags=re.M).strip()
    found = [("开始之前", before)] if before else []
    return found + [(title, body.strip()) for title, body in zip(parts[1::2], parts[2::2], strict=True)] or [("手册", markdown)]


def draw(markdown: str, folder: Path) -> None:
    """The text with its pictures; a picture that is missing leaves its caption."""
    at = 0
    for found in _PICTURE.finditer(markdown):
        if markdown[at : found.start()].strip():
            st.markdown(markdown[at : found.start()])
        picture = (folder / found["path"]).resolve()
        if picture.is_relative_to(folder.parent.resolve()) and picture.is_file():
            st.image(str(picture), caption=found["alt"])
        else:
            st.caption(found["alt"])
        at = found.end()
    if markdown[at:].strip():
        st.markdown(markdown[at:])
