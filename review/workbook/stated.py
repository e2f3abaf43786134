"""What a ledger says of itself: the meaning of a blank cell, as its guide or its notes put it."""

import re
from collections.abc import Iterable

from review.workbook.grid import Grid

_BLANK_MEANS = re.compile(
    r"(?:空白|留空|不填|未填|空着)(?:的)?(?:单元格|格子|格|栏目|栏|处|项|一律)*[^。；;\n]{0,6}?(?:表示|代表|意为|即|视为|视同|算作|算|按|为|是指)[^。；;\n]{0,3}?[“\"'‘]?"
    r"(不清楚|不明|未知|不详|不掌握|情况不明|待核|没有填报)"
)

_BLANK = ("空白", "留空", "不填", "未填", "空着")
_ENDS = 100


def blank_is_unknown(grids: Iterable[Grid]) -> bool:
    """Does a guide or note in the file say that a blank means that nothing is known? Then nobody has to be asked what it means.

    Only that meaning is taken from the file: that a blank means 未履行 is for a person to say.
    """
    for grid in grids:
        # A guide is a page or two; the notes of a long list stand above and below it.
        rows = slice(None) if grid.height <= 2 * _ENDS else (*range(_ENDS), *range(-_ENDS, 0))
        for column in grid.columns:
            texts = column[rows] if isinstance(rows, slice) else [column[r] for r in rows]
            whole = "\n".join(filter(None, texts))
            if any(word in whole for word in _BLANK) and any(_BLANK_MEANS.search(t) for t in texts if t and 6 <= len(t) < 2000):
                return True
    return False
