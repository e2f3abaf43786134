"""The people of a table: one slot a respondent, told from rows, from several names in a cell, or from a text that holds them all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from review.workbook.casewords import is_masked_name, is_no_name
from review.workbook.cells import Cells
from review.workbook.lists import EACH, first_of_several, is_post_alone, named_posts, organizations, parts_for, several_names
from review.workbook.mapping import MEASURE_FIELDS, POSTS, Column
from review.workbook.measures import parse_measures
from review.workbook.people import split_people
from review.workbook.posts import names_organization
from review.workbook.rejects import Rejects
from review.workbook.wording import is_not_applicable, is_placeholder

TRACKS = {
    "measures": None,
    "measures_organizational": "organizational",
    "measures_party": "party",
    "measures_administrative": "administrative",
    "measures_education": "education",
}
# Must agree before two rows of one person are taken for two measures of one handling.
_AGREE = ("object_type", "rank", "politics", "responsibility", "decided_on", "legal_basis", "mitigation", "aggravation", "outcome")
_SHARED = (*POSTS, *_AGREE, *sorted(MEASURE_FIELDS))


@dataclass
class Slots:
    """Respondents of a table in order. ``row[k]`` is the table row of slot k, ``case[k]`` the group it belongs to.

    ``over[k]``: texts that replace the cells of the row (None: unknown); ``unsafe[k]``: texts kept raw that could not be shared out;
    ``more[k]``: further rows that hold other measures of the same person; ``rejected``: rows whose people could not be read at all;
    ``subject``: slots without a name whose unit is the subject of its sentence (甲县委负全面领导责任);
    ``place``: columns of a slot that are not those of the table (the second of two people in a row).
    """

    row: list[int] = field(default_factory=list)
    case: list[int] = field(default_factory=list)
    over: dict[int, dict[str, str | None]] = field(default_factory=dict)
    unsafe: dict[int, dict[str, str]] = field(default_factory=dict)
    more: dict[int, list[int]] = field(default_factory=dict)
    headcount: dict[int, int] = field(default_factory=dict)
    rejected: set[int] = field(default_factory=set)
    subject: set[int] = field(default_factory=set)
    responsibility_in_text: bool = False
    place: dict[int, dict[str, Column]] = field(default_factory=dict)

    def add(self, row: int, case: int) -> int:
        """A new slot; returns its number."""
        self.row.append(row)
        self.case.append(case)
        return len(self.row) - 1

    def column(self, cells: Cells, k: int, name: str) -> Column | None:
        """Where the text of a field of slot k stands."""
        return self.place.get(k, {}).get(name) or cells.columns.get(name) or cells.columns.get("people")

    def shared(self, name: str) -> dict[int, list[str | None]]:
        """By row, the texts of a field that its people have in place of the one of the row."""
        found: dict[int, list[str | None]] = {}
        for k, texts in self.over.items():
            if name in texts:
                found.setdefault(self.row[k], []).append(texts[name])
        return found

    def texts(self, cells: Cells, name: str) -> list[str | None]:
        """Text of a field for every slot."""
        values = cells.values(name)
        out = [values[i] for i in self.row]
        for k, texts in self.over.items():
            if name in texts:
                out[k] = texts[name]
        return out


def said(text: str | None) -> str | None:
    """The text, or None for an empty cell and for signs that state nothing (/, —, 无此项)."""
    # Nearly every cell: plain Chinese without a sign that could mean nothing.
    if text is not None and len(text) >= 2 and text[0] >= "\u4e00" and text[0] not in "无不未没暂空免非一" and text.isalnum():
        return text
    return None if text is None or is_placeholder(text) or is_not_applicable(text) else text.strip()


def find_people(cells: Cells, groups: list[list[int]], rejects: Rejects) -> Slots:
    """Respondents of the grouped rows; what can't be told apart goes to ``rejects``."""
    return _Finder(cells, rejects).run(groups)


def people_of_groups(cells: Cells, slots: Slots) -> dict[int, str]:
    """What tells a case without a number from another of the same title: the names of its people, else their units and posts."""
    names, posts = slots.texts(cells, "name"), [slots.texts(cells, f) for f in ("unit", "unit_post", "post_then")]
    found: dict[int, set[str]] = {}
    for k, g in enumerate(slots.case):
        found.setdefault(g, set()).add(names[k] or " ".join(t[k] for t in posts if t[k]))
    return {g: "、".join(sorted(words)) for g, words in found.items()}


class _Finder:
    def __init__(self, cells: Cells, rejects: Rejects):
        self.cells, self.rejects, self.slots = cells, rejects, Slots()
        self.people = cells.raw.get("people")
        self.names = cells.raw.get("name") or [None] * cells.count
        self.posts = [cells.raw[f] for f in POSTS if cells.has(f)]
        self.same_name = cells.covered.get("name", {})
        self.measures = [f for f in TRACKS if cells.has(f)]
        self.merged: set[int] = set()
        self.texts = {f: cells.values(f) for f in (*POSTS, *_AGREE, *self.measures)}
        self._split = _once(split_people)
        self._said = _once(said)
        self._names = _once(several_names)
        self._named = _once(named_posts)
        self._first = _once(first_of_several)
        self._post_alone = _once(is_post_alone)
        self._masked = _once(is_masked_name)
        self._no_name = _once(is_no_name)
        self._parsed = _once(lambda key: parse_measures(key[0], key[1]))

    def run(self, groups: list[list[int]]) -> Slots:
        for g, rows in enumerate(groups):
            first = len(self.slots.row)
            at: dict[int, int] = {}
            for i in rows:
                self._row(g, i, at)
            if len(self.slots.row) - first > 1 and self._same_names(first):
                self._merge_measures(first)
        return self._without_merged()

    def _row(self, g: int, i: int, at: dict[int, int]) -> None:
        if self.cells.further and self._beside_each_other(g, i):
            return
        if self.people is not None and self._said(self.people[i]) is not None and self._from_text(g, i):
            return
        if i in self.same_name and self.same_name[i] in at:
            self.slots.more.setdefault(at[self.same_name[i]], []).append(i)
            return
        name = self._said(self.names[i])
        if name is not None and not self._no_name(name):
            several = self._names(name) or self._bodies(i, name)
            if not several and (told := self._named(name)):
                self._share_out(g, i, tuple(n for n, _ in told), tuple(post for _, post in told))
                return
            if several:
                self._share_out(g, i, several)
            else:
                at[i] = self.slots.add(i, g)
                self._unnamed(i, at[i], name)
        elif not self.cells.has("name") and any((text := p[i]) and (told := self._named(text)) for p in self.posts):
            self._share_out(g, i, tuple(n for n, _ in told), tuple(post for _, post in told))
        elif self.cells.has("unit") and (unit := self.cells.values("unit")[i]) and (several := self._bodies(i, unit)):
            self._share_out(g, i, several)
        elif any(self._said(p[i]) is not None for p in self.posts):
            at[i] = self.slots.add(i, g)
            if self.names[i] is not None:
                self.slots.over[at[i]] = {"name": None}
        else:
            self._nobody(i)

    def _unnamed(self, i: int, slot: int, text: str) -> None:
        """What a name cell tells beside or instead of one name."""
        if (first := self._first(text)) is not None:
            self.slots.over[slot] = {"name": first}
            words = f"读到“{_short(text)}”，只写出 {first} 一人的姓名，其余的人没有写明，没有读入"
            self.rejects.cell(self.cells.label, self.cells.sheet_row(i), self.cells.columns["name"], text, words)
        elif self._post_alone(text) and not any(self._said(p[i]) is not None for p in self.posts):
            self.slots.over[slot] = {"name": None, "unit_post": text}

    def _bodies(self, i: int, text: str) -> tuple[str, ...]:
        """Bodies of which each is meant, as the measures of the row say (甲局、乙局 | 分别通报)."""
        if "、" not in text or not any(EACH.search(self.texts[f][i] or "") for f in self.measures):
            return ()
        return organizations(text)

    def _nobody(self, i: int) -> None:
        if self.people is not None:
            return
        for name in (*self.measures, "responsibility"):
            text = self.cells.raw[name][i] if self.cells.has(name) else None
            if self._said(text) is not None:
                self.slots.rejected.add(i)
                self.rejects.cell(
                    self.cells.label,
                    self.cells.sheet_row(i),
                    self.cells.columns[name],
                    text,
                    f"读到“{_short(text)}”，但这一行没有姓名，也没有单位和职务，不知道是对谁的处理",
                    "请补填姓名或单位职务后重新导入；案件的其余内容已读入。",
                )
                return

    def _from_text(self, g: int, i: int) -> bool:
        raw = self.people[i]
        parsed = self._split(raw)
        column = self.cells.columns["people"]
        row = self.cells.sheet_row(i)
        for problem in parsed.problems:
            self.rejects.cell(
                self.cells.label,
                row,
                column,
                raw,
                problem,
                "请把各人的姓名、单位职务、责任和处理分行填写后重新导入；案件的其余内容已读入。",
            )
        if not parsed.people:
            if not parsed.problems:
                self.rejects.cell(
                    self.cells.label,
                    row,
                    column,
                    raw,
                    f"读到“{_short(raw)}”，分不出人员",
                    "请写成“姓名（单位职务），处理方式”，几个人之间用分号隔开。",
                )
            self.slots.rejected.add(i)
            return self._said(self.names[i]) is None
        if len(parsed.people) == 1 and self._said(self.names[i]) is not None and not self._names(self.names[i].strip()):
            person = parsed.people[0]
            k = self._person(g, i, person)
            self.slots.over[k]["name"] = self.names[i].strip()
            return True
        for person in parsed.people:
            self._person(g, i, person)
        return True

    def _beside_each_other(self, g: int, i: int) -> bool:
        """The people of a row that has columns for several; False where only the first columns tell of anybody."""
        apart = set().union(*self.cells.others)
        told = [{f: self.cells.values(f)[i] for f in apart}] + [{f: texts[f][i] for f in texts} for texts in self.cells.others]
        people = [n for n, texts in enumerate(told) if any(self._said(texts.get(f)) for f in ("name", *POSTS))]
        for n, texts in enumerate(told[1:], 1):
            for name in MEASURE_FIELDS & texts.keys():
                if n not in people and self._said(texts[name]):
                    words = f"读到“{_short(texts[name])}”，但这一组没有姓名，也没有单位和职务，不知道是对谁的处理"
                    self.rejects.cell(self.cells.label, self.cells.sheet_row(i), self.cells.further[n - 1][name], texts[name], words)
        if not any(people):
            return False
        found: list[tuple[int, str | None, dict[str, str | None], dict[str, str]]] = []
        for n in people:
            name = self._said(told[n].get("name"))
            own = {f: told[n].get(f) for f in apart - {"name"}}
            names = (self._names(name) if name else ()) or (name,)
            shares, unsafe = self._shares(own, len(names))
            found += [(n, one, {f: parts[k] for f, parts in shares.items()}, unsafe) for k, one in enumerate(names)]
        common = {f: self.cells.values(f)[i] for f in _SHARED if f not in apart and self.cells.has(f)}
        shares, unsafe = self._shares(common, len(found))
        for k, (n, name, own, own_unsafe) in enumerate(found):
            slot = self.slots.add(i, g)
            left = unsafe | own_unsafe
            self.slots.over[slot] = (
                {"name": name} | dict.fromkeys(apart - {"name"}) | own | {f: p[k] for f, p in shares.items()} | dict.fromkeys(left)
            )
            if name and names_organization(name):
                # The post in the row is that of the person beside the body.
                self.slots.over[slot] |= dict.fromkeys(POSTS)
            self.slots.place[slot] = self.cells.further[n - 1] if n else {}
            if left:
                self.slots.unsafe[slot] = left
        self._tell_unsafe(i, [name or "" for _, name, _, _ in found], unsafe | {f: t for *_, u in found for f, t in u.items()})
        return True

    def _shares(self, texts: dict[str, str | None], count: int) -> tuple[dict[str, tuple[str | None, ...]], dict[str, str]]:
        """Texts shared out among ``count`` people, and those that can't be."""
        shares: dict[str, tuple[str | None, ...]] = {}
        unsafe: dict[str, str] = {}
        for name, text in texts.items():
            parts = None if text is None else (text,) if count == 1 else parts_for(text, count, name)
            if parts is not None:
                shares[name] = parts
            elif text is not None:
                unsafe[name] = text
        return shares, unsafe

    def _tell_unsafe(self, i: int, names: Sequence[str], unsafe: dict[str, str]) -> None:
        if not unsafe:
            return
        headers = "、".join(f"“{self.cells.columns[f].header}”" for f in unsafe if f in self.cells.columns)
        self.rejects.cell(
            self.cells.label,
            self.cells.sheet_row(i),
            self.cells.columns.get("name"),
            self.names[i],
            f"一格写了 {len(names)} 个姓名（{'、'.join(names)}），{headers}的内容不能逐一对应到人，这些内容按未知处理",
            "请改为一人一行，分别填写后重新导入；姓名和其余内容已读入。",
        )

    def _person(self, g: int, i: int, person) -> int:
        k = self.slots.add(i, g)
        over: dict[str, str | None] = {"name": person.name}
        if person.unit_post is not None:
            over |= {f: None for f in POSTS} | {"unit_post": person.unit_post}
        if person.responsibility_raw is not None:
            over["responsibility"] = person.responsibility_raw
            self.slots.responsibility_in_text = True
        if person.measures_raw is not None:
            over |= {f: None for f in TRACKS} | {"measures": person.measures_raw}
        self.slots.over[k] = over
        if person.name is None and person.unit_post and not person.raw.lstrip().startswith(("(", "（")):
            self.slots.subject.add(k)
        if person.headcount != 1:
            self.slots.headcount[k] = person.headcount
        return k

    def _share_out(self, g: int, i: int, names: tuple[str, ...], posts: tuple[str, ...] = ()) -> None:
        """Several names in one cell: what is equally often there or said once is shared out, the rest stays unknown. ``posts``: unit
        and post of each where the cell of the name tells them and no other cell does."""
        own = [f for f in POSTS if self.cells.has(f) and "name" in self.cells.columns and self._said(self.cells.values(f)[i])]
        told = _SHARED if own or not posts else [f for f in _SHARED if f not in POSTS]
        shares, unsafe = self._shares({f: self.cells.values(f)[i] for f in told if self.cells.has(f)}, len(names))
        if posts and not own:
            shares |= {f: (None,) * len(names) for f in POSTS} | {"unit_post": posts}
        for n, name in enumerate(names):
            k = self.slots.add(i, g)
            self.slots.over[k] = {"name": name, **{f: parts[n] for f, parts in shares.items()}, **dict.fromkeys(unsafe)}
            if unsafe:
                self.slots.unsafe[k] = unsafe
        self._tell_unsafe(i, names, unsafe)

    def _same_names(self, first: int) -> bool:
        names = [self.names[i] for i in self.slots.row[first:]]
        return len(set(names)) < len(names)

    def _merge_measures(self, first: int) -> None:
        """One row a measure: rows of one person with measures of different tracks become one respondent."""
        slots = self.slots
        texts = self.texts

        def text(k: int, name: str) -> str | None:
            return slots.over[k][name] if k in slots.over and name in slots.over[k] else texts[name][slots.row[k]]

        known: dict[tuple, int] = {}
        for k in range(first, len(slots.row)):
            over = slots.over.get(k, {})
            name = over.get("name", self.names[slots.row[k]])
            if name is None or slots.row[k] in slots.rejected:
                continue
            key = (name.strip(), *(text(k, f) for f in POSTS))
            one = known.setdefault(key, k)
            if one == k or self._masked(name) or k in slots.unsafe or one in slots.unsafe or k in slots.over or one in slots.over:
                continue
            if not all(text(k, f) is None or text(one, f) is None or text(k, f) == text(one, f) for f in _AGREE):
                continue
            rows = [slots.row[one], *slots.more.get(one, ())]
            if self._tracks([slots.row[k]]) and self._tracks(rows) and not self._tracks([slots.row[k]]) & self._tracks(rows):
                slots.more.setdefault(one, []).append(slots.row[k])
                self.merged.add(k)

    def _tracks(self, rows: list[int]) -> set[str]:
        found = set()
        for i in rows:
            for name in self.measures:
                parsed = self._parsed((self.texts[name][i], TRACKS[name]))
                found.update(m.track for m in parsed.measures)
        return found

    def _without_merged(self) -> Slots:
        slots = self.slots
        if not self.merged:
            return slots
        kept = [k for k in range(len(slots.row)) if k not in self.merged]
        number = {k: n for n, k in enumerate(kept)}

        def moved(values: dict) -> dict:
            return {number[k]: v for k, v in values.items() if k in number}

        return Slots(
            [slots.row[k] for k in kept],
            [slots.case[k] for k in kept],
            moved(slots.over),
            moved(slots.unsafe),
            moved(slots.more),
            moved(slots.headcount),
            slots.rejected,
            {number[k] for k in slots.subject if k in number},
            slots.responsibility_in_text,
            moved(slots.place),
        )


def _once(parse: Callable) -> Callable:
    known: dict = {}

    def call(text):
        if text not in known:
            known[text] = parse(text)
        return known[text]

    return call


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else flat[:40] + "…"
