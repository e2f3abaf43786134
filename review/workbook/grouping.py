"""Which rows of a table belong to one case?

A case is told by its number, its title, or its running number; its cells may be merged, stand on the first row only, or
be repeated on each row. A county or a unit alone never ties rows together.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from review.workbook.cells import Cells
from review.workbook.dates import parse_date
from review.workbook.looks import bare_number

# Two cases may bear the same plain title; these tell them apart.
_TELLING = ("county", "started_on", "closed_on")
_DATES = ("started_on", "closed_on")
# Signs of 2023-05-06 that a precision tells.
_LENGTHS = {"year": 4, "month": 7, "day": 10}
PERSON = ("name", "people", "unit", "unit_post", "post_then", "post_now")


def group_rows(cells: Cells) -> list[list[int]]:
    """Rows of each case in order; rows without any content of a case or person are in none."""
    return _Grouping(cells).groups()


class _Grouping:
    def __init__(self, cells: Cells):
        self.cells = cells
        self.title_field = "title" if cells.has("title") else "reason"
        self.title = cells.values(self.title_field)
        numbers = cells.values("case_no")
        self.number = [None if t is None or bare_number(t) else t.strip() for t in numbers]
        # A bare 1, 2, 3 under 案件编号 starts again in every ledger: it orders the cases of this table and names none of them.
        self.order = [t if t is not None and bare_number(t) else None for t in numbers]
        self.seq = cells.values("seq")
        self.telling = {f: cells.values(f) for f in _TELLING if cells.has(f)}
        self.has_key = cells.has("case_no") or cells.has("title")
        self.cover = [cells.covered.get(f, {}) for f in ("case_no", self.title_field, "seq")]
        people = [cells.raw[f] for f in PERSON if cells.has(f)]
        self.filled = [any(p[i] is not None for p in people) for i in range(cells.count)]
        self.seq_marks, self.seq_repeats = self._what_seq_counts()

    def _what_seq_counts(self) -> tuple[bool, bool]:
        """(a filled running number starts a case, it is repeated or merged over the rows of a case)."""
        if not self.cells.has("seq"):
            return False, False
        raw, merged = self.cells.raw["seq"], bool(self.cells.covered["seq"])
        blanks = any(t is None and self.filled[i] for i, t in enumerate(raw) if i)
        repeats = merged or any(a is not None and a == b for a, b in zip(raw, raw[1:], strict=False))
        return blanks or repeats, repeats

    def groups(self) -> list[list[int]]:
        out: list[list[int]] = []
        known = _Known()
        for i in range(self.cells.count):
            key = self.number[i] or self.title[i] or self.order[i]
            if key is None and not self.filled[i]:
                if not self._other_content(i):
                    continue
                joins = bool(out)
            else:
                joins = bool(out) and self._continues(known, i)
            if not joins:
                out.append([])
                known = _Known(i)
            out[-1].append(i)
            known.number = known.number or self.number[i]
            known.title = known.title or self.title[i]
            for name, values in self.telling.items():
                if values[i] and name not in known.telling:
                    known.telling[name] = values[i].strip()
        return out

    def _other_content(self, i: int) -> bool:
        return any(v[i] is not None for f, v in self.cells.raw.items() if f != "seq")

    def _continues(self, known: "_Known", i: int) -> bool:
        number_cover, title_cover, seq_cover = self.cover
        if self.number[i]:
            return self.number[i] == known.number and not self._differs(known, "county", i)
        if number_cover.get(i, -1) >= known.first or title_cover.get(i, -1) >= known.first:
            return True
        same_seq = seq_cover.get(i, -1) >= known.first
        if self.title[i]:
            if known.title is None:
                return same_seq
            if self.title[i].strip() != known.title.strip():
                return False
            if self.order[i] and self.order[i] != self.order[known.first]:
                return False
            if self.seq_repeats and self.seq[i] and self.seq[i] != self.seq[known.first]:
                return False
            return not any(self._differs(known, name, i) for name in self.telling)
        if same_seq:
            return True
        if self.order[i]:
            return self.order[i] == self.order[known.first]
        if self.seq_marks and self.seq[i]:
            return self.seq[i] == self.seq[known.first]
        if self.has_key:
            return True
        # Only a running number: one person a row, each a matter of its own, unless the number is left blank.
        return self.seq_marks if self.cells.has("seq") else self.cells.has(self.title_field)

    def _differs(self, known: "_Known", name: str, i: int) -> bool:
        values = self.telling.get(name)
        if not values or not values[i] or name not in known.telling or values[i].strip() == known.telling[name]:
            return False
        # One day may be written in two ways.
        return name not in _DATES or not _may_be_one_day(values[i], known.telling[name])


@lru_cache(maxsize=10_000)
def _may_be_one_day(one: str, other: str) -> bool:
    days = [parse_date(t) for t in (one, other)]
    if any(d.value is None for d in days):
        return False
    shorter = min(_LENGTHS[d.precision] for d in days)
    return days[0].value.isoformat()[:shorter] == days[1].value.isoformat()[:shorter]


@dataclass
class _Known:
    """What the rows of the case so far have told; ``first`` is its first row."""

    first: int = 0
    number: str | None = None
    title: str | None = None
    telling: dict[str, str] = field(default_factory=dict)
