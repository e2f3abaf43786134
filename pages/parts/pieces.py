"""Small drawn things: tags, figures, tables. All text from ledgers is escaped here."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

LEVEL_CLASS = {"严重": "serious", "一般": "usual", "提示": "hint"}
LEVEL_COLOURS = ["#B3261E", "#B26A00", "#5B7083"]
DASH = "—"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Html(str):
    """Text that is markup already and must not be escaped again."""


def text(value) -> Html:
    """``value`` as markup: escaped, line breaks kept, a dash for nothing."""
    if isinstance(value, Html):
        return value
    if value is None or value == "":
        return Html(f'<span class="raw">{DASH}</span>')
    return Html(escape(str(value)).replace("\n", "<br>"))


def tag(word: str, kind: str = "plain") -> Html:
    """A word in a small box; kind: serious, usual, hint, open, undetermined, plain."""
    return Html(f'<span class="tag {kind}">{escape(word)}</span>')


def level_tag(level: str) -> Html:
    """The level with its colour and its word."""
    return tag(level, LEVEL_CLASS.get(level, "plain"))


def section(title: str) -> None:
    """Heading of a part of a page."""
    st.html(f'<div class="sect">{escape(title)}</div>')


def quiet(sentence: str, indent: bool = False) -> None:
    """A line of explanation; ``indent`` sets it under the words of a link with an icon."""
    st.html(f'<div class="quiet{" under" if indent else ""}">{text(sentence)}</div>')


def figures(pairs: Iterable[tuple[str, object]]) -> None:
    """A band of numbers with their names."""
    st.html('<div class="figures">' + "".join(f"<div><b>{text(v)}</b><span>{escape(k)}</span></div>" for k, v in pairs) + "</div>")


def table(
    header: Sequence[str],
    rows: Iterable[Sequence],
    numbers: Iterable[int] = (),
    total: Sequence | None = None,
    scroll: bool = False,
    widths: Sequence[str] = (),
) -> None:
    """A ruled table; ``numbers`` are the columns set to the right, ``widths`` CSS widths, ``scroll`` lets a wide one move sideways."""
    right = set(numbers)

    def line(cells: Sequence, mark: str = "") -> str:
        return f"<tr{mark}>" + "".join(f"<td{' class=n' if i in right else ''}>{text(c)}</td>" for i, c in enumerate(cells)) + "</tr>"

    columns = "".join(f'<col style="width:{w}">' for w in widths)
    top = "".join(f"<th{' class=n' if i in right else ''}>{escape(h)}</th>" for i, h in enumerate(header))
    body = "".join(line(r) for r in rows) + (line(total, ' class="sum"') if total else "")
    markup = f'<table class="grid"><colgroup>{columns}</colgroup><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
    st.html(f'<div class="scroll">{markup}</div>' if scroll else markup)


def facts(pairs: Iterable[tuple[str, object]], label_width: str = "7.5em") -> None:
    """Names on the left, values on the right."""
    rows = "".join(f'<tr><th style="width:{label_width}">{escape(k)}</th><td>{text(v)}</td></tr>' for k, v in pairs)
    st.html(f'<table class="grid"><tbody>{rows}</tbody></table>')


def cut(sentence: str | None, longest: int) -> str:
    """The beginning of a sentence, with … where something is left out."""
    sentence = sentence or ""
    return sentence if len(sentence) <= longest else sentence[: longest - 1] + "…"


def some(words: Sequence[str], unit: str, shown: int = 4) -> str:
    """甲、乙、丙、丁 等 46 个县区: the first of many, all where they are few."""
    return "、".join(words[:shown]) + (f" 等 {len(words)} {unit}" if len(words) > shown else "")


def share(part: int, whole: int) -> str:
    """k/n, with a percentage from ten units up: below that a percentage says more than is known."""
    return f"{part}/{whole}（{part / whole:.0%}）" if whole >= 10 else f"{part}/{whole}"
