"""Cells that only point at the cell above: 同上, 〃, 同前."""

from collections.abc import Sequence

_PLAIN = (
    "同上",
    "同前",
    "同上行",
    "同上一行",
    "同上格",
    "同上一格",
    "同上栏",
    "同上人",
    "同上所述",
    "上同",
    "同",
    "同单位",
    "同一单位",
    "同职务",
    "同案",
    "同日",
)
_MARKS = ("〃", "″", "”", "“", "〞", "＂", '"', "''", "′′", "--〃--", "—〃—", "〃〃", "ditto", "Ditto", "do.")
# Every spelling as it stands in a cell, so that a long column is asked about once.
_WORDS = frozenset(
    form.format(word)
    for word in (*_PLAIN, *_MARKS, "同 上", "同　上", "同 前", "同　前")
    for form in ("{}", " {}", "{} ", "（{}）", "({})", "{}。", "“{}”", "{}\n")
)


def point_above(texts: Sequence[str | None]) -> bool:
    """Does any of these cells point at the one above?"""
    return not _WORDS.isdisjoint(texts)


def resolve(texts: list[str | None], over_blanks: bool) -> tuple[list[str | None], dict[int, int], list[int]]:
    """The cells of a column with those that point above replaced by what they point at.

    over_blanks: an empty cell belongs to the one above it, so a cell may point over it (cells of a case that stand on its first row).
    Returns the texts, {cell: the cell it was taken from}, and the cells above which nothing stands: they are None in the texts.
    """
    out = list(texts)
    taken: dict[int, int] = {}
    nothing: list[int] = []
    last: int | None = None
    for i, text in enumerate(texts):
        if text is not None and text in _WORDS:
            if last is None:
                out[i] = None
                nothing.append(i)
            else:
                out[i] = out[last]
                taken[i] = taken.get(last, last)
                last = i
        elif text is not None:
            last = i
        elif not over_blanks:
            last = None
    return out, taken, nothing
