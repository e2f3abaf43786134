"""Where columns themselves tell: several people beside each other, a choice to tick in each column, a sheet that lies on its side."""

import random
from dataclasses import replace

from . import words
from .form import Form
from .known import Case, Respondent
from .layouts import TITLES
from .measures import ADMINISTRATIVE, EDUCATION, ORGANIZATIONAL, PARTY, Told
from .sheets import Sheet

PERSON = ("name", "unit_post", "responsibility", "measures")
NUMBERS = ("{}{}", "{}（{}）", "{}{c}", "{}（{c}）", "{}{o}")
TICKS = ("√", "√", "✓", "1", "是", "■", "●")


def beside_each_other(rng: random.Random, form: Form, cases: list[Case]) -> tuple[Sheet, str]:
    """One row a case, a group of columns for each of its people: numbered, repeated, or under a header of its own."""
    sheet = Sheet("台账")
    style = rng.choice(("numbered", "numbered", "numbered interleaved", "repeated", "repeated gap", "under headers"))
    form.taste |= {"posts": "combined", "tracks": "one", "levels": "1", "dress": "none"}
    most = max(len(c.people) for c in cases)
    number = rng.choice(NUMBERS)
    base = {f: words.header_word(rng, f, "plain") for f in (*PERSON, "title", "county", "decided_on")}
    top = rng.choice((0, 1))
    if top:
        sheet.put(0, 0, [rng.choice(TITLES)])
    if style == "numbered interleaved":
        columns = [(f, n) for f in PERSON for n in range(most)]
    else:
        columns = [(f, n) for n in range(most) for f in PERSON + ((None,) if style == "repeated gap" and n + 1 < most else ())]
    heads = []
    for f, n in columns:
        text = base.get(f)
        if text and "numbered" in style:
            text = number.format(text, n + 1, c="一二三四五六七八九"[n], o="①②③④⑤⑥⑦⑧⑨"[n])
        heads.append(text)
    at = 2
    if style == "under headers":
        sheet.put(top, 0, [base["title"], base["county"]])
        for n in range(most):
            sheet.put(top, at + n * len(PERSON), [f"责任人{'一二三四五六七八九'[n]}"])
            sheet.merge(top, at + n * len(PERSON), top, at + (n + 1) * len(PERSON) - 1)
        for c in (0, 1, at + len(columns)):
            sheet.merge(top, c, top + 1, c)
        sheet.put(top, at + len(columns), [base["decided_on"]])
        sheet.put(top + 1, at, heads)
        line = top + 2
    else:
        sheet.put(top, 0, [base["title"], base["county"], *heads, base["decided_on"]])
        line = top + 1
    for case in cases:
        facts = [form.cells(case, who, 1) for who in case.people]
        day, decided = words.dated(rng, case.people[0].decided[0], form.taste["dates"])
        case.seen = [s.without(decided=decided) for s in case.seen]
        cells = [facts[n].get(f) if f and n < len(facts) else None for f, n in columns]
        sheet.put(line, 0, [case.title, case.county, *cells, day])
        line += 1
    return sheet, style


def ticked(rng: random.Random, form: Form, cases: list[Case]) -> tuple[Sheet, str]:
    """A column for each measure that occurs, of which each person has one or two ticked."""
    sheet = Sheet("台账")
    style = rng.choice(("alone", "merged", "unmerged"))
    form.taste |= {"posts": "combined", "tracks": "one", "levels": "1", "typos": "none", "dress": "none"}
    pool = [(w, c) for group in (EDUCATION, PARTY, ADMINISTRATIVE, ORGANIZATIONAL) for w, c in group if c != "suspension"]
    options = _different(rng, pool, rng.randint(3, 6))
    form.fields = ["title", "county", "name", "unit_post", "responsibility", "measures", "decided_on"]
    head = [words.header_word(rng, f, "plain") for f in form.fields]
    left = form.fields.index("measures")
    leaves = [w for w, _ in options]
    if style == "alone":
        sheet.put(0, 0, [*head[:left], *leaves, *head[left + 1 :]])
        line = 1
    else:
        sheet.put(0, 0, [*head[:left], "处理方式", *[None] * (len(leaves) - 1), *head[left + 1 :]])
        sheet.put(1, left, leaves)
        if style == "merged":
            sheet.merge(0, left, 0, left + len(leaves) - 1)
            for c in [*range(left), left + len(leaves)]:
                sheet.merge(0, c, 1, c)
        line = 2
    sign = rng.choice(TICKS)
    for case in cases:
        for who in case.people:
            picked = sorted(rng.sample(range(len(options)), rng.choice((1, 1, 1, 2))))
            told = who.without(told=Told("、".join(leaves[n] for n in picked), frozenset((options[n][1], True) for n in picked)))
            facts = form.cells(case, told, 1)
            ticks = [sign if n in picked else None for n in range(len(options))]
            sheet.put(line, 0, [*(facts.get(f) for f in form.fields[:left]), *ticks, facts["decided_on"]])
            line += 1
    return sheet, style


def _different(rng: random.Random, pool: list[tuple[str, str]], count: int) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for word, code in rng.sample(pool, len(pool)):
        if code not in {c for _, c in out} and len(out) < count:
            out.append((word, code))
    return out


def across(rng: random.Random, form: Form, cases: list[Case]) -> Sheet:
    """The fields down the left, one person beside the other to the right."""
    sheet = Sheet("台账")
    form.taste |= {"posts": rng.choice(("separate", "combined")), "tracks": "one", "levels": "1", "dress": "none"}
    posts = ["unit", "post_then"] if form.taste["posts"] == "separate" else ["unit_post"]
    form.fields = ["title", "county", "name", *posts, "responsibility", "measures", "decided_on"]
    top = rng.choice((0, 1, 2))
    if top:
        sheet.put(0, 0, [rng.choice(TITLES)])
    if top == 2:
        sheet.put(1, 0, ["项目", *(f"案件{'一二三四五六'[n]}" for n in range(len(cases)))])
    for r, field in enumerate(form.fields):
        sheet.put(top + r, 0, [words.header_word(rng, field, "plain")])
    for c, case in enumerate(cases, 1):
        facts = form.cells(case, case.people[0], c)
        for r, field in enumerate(form.fields):
            sheet.put(top + r, c, [facts.get(field)])
    return sheet


def persons_only(cases: list[Case], most: int = 99) -> list[Case]:
    """The cases with up to ``most`` of their people and without organisations; cases of organisations alone are left out."""
    out = [replace(c, people=[p for p in c.people if not _body(p)][:most]) for c in cases]
    return [c for c in out if c.people]


def _body(who: Respondent) -> bool:
    return who.organization
