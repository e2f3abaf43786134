"""Where the cells stand: tables with title and header, printed pages, sections, several sheets, side by side, forms, lists in cells."""

import random
from itertools import groupby

from . import words
from .form import Form
from .known import Case
from .people_text import PATTERNS, people_cell
from .sheets import Sheet

CASE_FIELDS = ("seq", "case_no", "title", "county", "handling_unit", "source", "closed_on")
TITLES = ("问责案件台账", "2023年度问责案件情况统计表", "党内问责情况登记表", "附件2：问责案件明细表")
NOTES = ("注：本表由各县（市、区）纪委监委填报。", "备注：1.本表一式两份；", "填表说明：日期填写到日")
SIGNATURES = ("填表人：小王", "审核人：", "单位负责人（签字）：", "填报日期：2024年1月10日")
NUMERALS = "一二三四五六七八九十"


def table(
    sheet: Sheet, rng: random.Random, form: Form, cases: list[Case], top: int, left: int = 0, sections: bool = False, pages: int = 0
) -> int:
    """Header and rows of cases; ``sections``: a row with the county before its cases; ``pages``: rows after which the header is printed
    again. Returns the row below."""
    headers = form.headers()
    line = _header(sheet, headers, top, left, form.taste["levels"])
    printed = 0
    for county, some in groupby(cases, key=lambda c: c.county):
        some = list(some)
        if sections:
            _section(sheet, rng, line, left, len(headers), county, sections_before(sheet, line, left))
            line += 1
        for case in some:
            if pages and printed >= pages:
                line = _next_page(sheet, rng, headers, line, left, form.taste["levels"])
                printed = 0
            line = _case_rows(sheet, form, case, cases.index(case) + 1, line, left)
            printed += len(case.people)
    return line


def sections_before(sheet: Sheet, line: int, left: int) -> int:
    """How many section rows stand above."""
    return sum(1 for r in range(line) if str(sheet.cells.get((r, left), ""))[1:2] == "、")


def _section(sheet: Sheet, rng: random.Random, line: int, left: int, width: int, county: str, number: int) -> None:
    text = f"{NUMERALS[number]}、{county}" + rng.choice(("", "", "纪委监委", "（共3件）"))
    sheet.put(line, left, [text])
    if rng.random() < 0.6:
        sheet.merge(line, left, line, left + width - 1)


def _header(sheet: Sheet, headers: list[tuple[str, ...]], top: int, left: int, levels: str) -> int:
    depth = len(headers[0])
    for level in range(depth - 1):
        start = 0
        for c in range(1, len(headers) + 1):
            if c == len(headers) or headers[c][: level + 1] != headers[start][: level + 1]:
                count = c - start if levels == "2 repeated" else 1
                sheet.put(top + level, left + start, [headers[start][level]] * count)
                if levels in ("2", "3"):
                    sheet.merge(top + level, left + start, top + level, left + c - 1)
                start = c
    for c, header in enumerate(headers):
        sheet.put(top + depth - 1, left + c, [header[-1]])
    return top + depth


def _next_page(sheet: Sheet, rng: random.Random, headers, line: int, left: int, levels: str) -> int:
    if rng.random() < 0.4:
        line += 1
        sheet.put(line, left, ["问责案件台账（续）"])
        sheet.merge(line, left, line, left + len(headers) - 1)
        line += 1
    return _header(sheet, headers, line, left, levels)


def _case_rows(sheet: Sheet, form: Form, case: Case, seq: int, top: int, left: int) -> int:
    style = form.taste["cells"]
    for n, who in enumerate(case.people):
        facts = form.cells(case, who, seq)
        for c, name in enumerate(form.fields):
            if name in CASE_FIELDS and n and style != "repeated":
                continue
            if facts.get(name) is not None:
                sheet.put(top + n, left + c, [facts[name]])
    bottom = top + len(case.people) - 1
    if style == "merged":
        for c, name in enumerate(form.fields):
            if name in CASE_FIELDS:
                sheet.merge(top, left + c, bottom, left + c)
    return bottom + 1


def head(sheet: Sheet, rng: random.Random, width: int) -> int:
    """Title and unit rows above a table, some empty; returns the row of the header."""
    line = 0
    if rng.random() < 0.15:
        line += rng.randint(1, 16)
    if rng.random() < 0.75:
        sheet.put(line, 0, [rng.choice(TITLES)])
        sheet.merge(line, 0, line, max(width - 1, 0))
        line += 1
    if rng.random() < 0.5:
        sheet.put(line, 0, ["填报单位：XX县纪委监委（盖章）"])
        sheet.put(line, max(width - 2, 1), [rng.choice(("填报日期：2024年1月10日", "单位：人、件"))])
        line += 1
    return line + (rng.random() < 0.1)


def foot(sheet: Sheet, rng: random.Random, line: int, width: int, people: int) -> None:
    """Totals, notes and signatures below a table."""
    if rng.random() < 0.45:
        sheet.put(line, 0, [rng.choice(("合计", "总计", "合  计"))])
        sheet.put(line, min(3, width - 1), [rng.choice((people, f"{people}人"))])
        line += 1
    if rng.random() < 0.15:
        line += 1
    if rng.random() < 0.4:
        sheet.put(line, 0, [rng.choice(NOTES)])
        line += 1
    if rng.random() < 0.3:
        for column, text in zip((0, max(width // 2, 1), max(width - 1, 2)), rng.sample(SIGNATURES, 3), strict=True):
            sheet.put(line, column, [text])


def rows(rng: random.Random, form: Form, cases: list[Case], sections: bool = False, pages: int = 0, name: str = "台账") -> Sheet:
    """One sheet with one table."""
    sheet = Sheet(name)
    line = table(sheet, rng, form, cases, head(sheet, rng, len(form.fields)), 0, sections, pages)
    foot(sheet, rng, line, len(form.fields), sum(len(c.people) for c in cases))
    return sheet


def side_by_side(rng: random.Random, form: Form, left: list[Case], right: list[Case]) -> Sheet:
    """Two tables beside each other, one or two empty columns between them."""
    sheet = Sheet("台账")
    top = rng.choice((0, 1))
    width = len(form.fields)
    gap = rng.choice((1, 1, 2))
    if top:
        sheet.put(0, 0, [rng.choice(TITLES)])
    table(sheet, rng, form, left, top)
    table(sheet, rng, form, right, top, width + gap)
    return sheet


def parallel(rng: random.Random, form: Form, cases: list[Case]) -> Sheet:
    """One row a case; names, posts and measures as lists with the same numbering in columns beside each other."""
    sheet = Sheet("台账")
    top = head(sheet, rng, 8)
    fields = ["seq", "title", "county", "name", "unit_post", "responsibility", "measures", "decided_on"]
    form.fields, form.taste = fields, form.taste | {"posts": "combined", "tracks": "one", "levels": "1"}
    line = _header(sheet, form.headers(), top, 0, "1")
    style = rng.choice(("numbered", "lines", "circled", "semicolon"))
    for seq, case in enumerate(cases, 1):
        facts = [form.cells(case, who, seq) for who in case.people]
        day, decided = words.dated(rng, case.people[0].decided[0], form.taste["dates"])
        # People of whom nothing stands in a column would shift the list.
        case.seen = [s.without(decided=decided) for s in case.seen]
        for c, name in enumerate(fields):
            texts = [str(f.get(name) or "/") for f in facts]
            value = facts[0][name] if name in CASE_FIELDS else day if name == "decided_on" else _listed(style, texts)
            sheet.put(line, c, [value])
        line += 1
    return sheet


def _listed(style: str, texts: list[str]) -> str:
    texts = [t.replace("\n", "、").replace("；", "、") for t in texts]
    if len(texts) == 1:
        return texts[0]
    if style == "numbered":
        return "\n".join(f"{n}.{t}" for n, t in enumerate(texts, 1))
    if style == "circled":
        return "\n".join(f"{'①②③④⑤⑥⑦⑧⑨'[n]}{t}" for n, t in enumerate(texts))
    return ("\n" if style == "lines" else "；").join(texts)


def people_cells(rng: random.Random, form: Form, cases: list[Case]) -> tuple[Sheet, str]:
    """One row a case with all of its people in one cell; the sentence pattern is told."""
    sheet = Sheet("台账")
    top = head(sheet, rng, 5)
    pattern = rng.choice(PATTERNS)
    form.fields = ["seq", "title", "county", "people", "closed_on"]
    header = [words.dressed(rng, words.header_word(rng, f, "plain"), form.taste["dress"], n) for n, f in enumerate(form.fields, 1)]
    sheet.put(top, 0, header)
    for n, case in enumerate(cases, 1):
        closed = words.dated(rng, case.closed, form.taste["dates"])[0]
        sheet.put(top + n, 0, [n, case.title, case.county, people_cell(rng, form, case, pattern), closed])
    return sheet, pattern


def forms(rng: random.Random, form: Form, cases: list[Case]) -> list[Sheet]:
    """One form a sheet: labels with their values beside them; several people as rows of a small table or as blocks."""
    out = []
    style = rng.choice(("table", "blocks"))
    dress = form.taste["dress"] if form.taste["dress"] != "numbered" else "none"
    form.taste |= {"tracks": "one", "posts": rng.choice(("separate", "combined"))}
    posts = ["unit", "post_then"] if form.taste["posts"] == "separate" else ["unit_post"]
    form.fields = ["title", "name", *posts, "responsibility", "measures", "decided_on"]

    def word(field: str) -> str:
        return words.dressed(rng, words.header_word(rng, field, "plain"), dress, 1)

    for n, case in enumerate(cases, 1):
        sheet = Sheet(rng.choice((f"案件{n}", f"Sheet{n}", f"{n}")))
        facts = [form.cells(case, who, n) for who in case.people]
        sheet.put(0, 0, ["问责案件登记表"])
        sheet.merge(0, 0, 0, 3)
        sheet.put(1, 0, [word("title"), case.title])
        sheet.merge(1, 1, 1, 3)
        sheet.put(2, 0, [word("case_no"), case.number, word("county"), case.county])
        sheet.put(
            3,
            0,
            [word("handling_unit"), f"{case.county}纪委监委", word("closed_on"), words.dated(rng, case.closed, form.taste["dates"])[0]],
        )
        line = 4
        if style == "table":
            width = len(form.fields) - 1
            sheet.put(line, 0, [word(f) for f in form.fields[1:]])
            for k, fact in enumerate(facts, 1):
                sheet.put(line + k, 0, [fact.get(f) for f in form.fields[1:]])
            sheet.merge(0, 0, 0, width - 1) if width > 4 else None
            line += len(facts) + 1
        else:
            for fact in facts:
                sheet.put(line, 0, [word("name"), fact["name"], word(posts[0]), fact.get(posts[0])])
                second = [word(posts[1]), fact.get(posts[1])] if len(posts) > 1 else [word("responsibility"), fact.get("responsibility")]
                third = [word("responsibility"), fact.get("responsibility")] if len(posts) > 1 else []
                sheet.put(line + 1, 0, [*second, *third])
                sheet.put(line + 2, 0, [word("measures"), fact.get("measures"), word("decided_on"), fact.get("decided_on")])
                line += 3
        sheet.put(line, 0, [rng.choice(("填表人：小王", "审核人：小李"))])
        out.append(sheet)
    return out


def with_codes(rng: random.Random, form: Form, cases: list[Case]) -> list[Sheet]:
    """The responsibility column holds codes; another sheet or a note tells what they mean."""
    texts = list(dict.fromkeys(w.responsibility[0] for c in cases for w in c.people if w.responsibility[0]))
    style = rng.choice(("{}", "{}", "0{}", "A{}"))
    form.codes = {t: style.format(n) for n, t in enumerate(texts, 1)}
    if "responsibility" not in form.fields:
        form.fields.append("responsibility")
    sheet = rows(rng, form, cases)
    if rng.random() < 0.35:
        listed = rng.choice(("；", "，", " ")).join(f"{code}={text}" for text, code in form.codes.items() if "，" not in text)
        if all("，" not in t for t in form.codes):
            sheet.put(sheet.height + 1, 0, [f"注：责任类型 {listed}"])
            return [sheet]
    codes = Sheet(rng.choice(("代码表", "代码", "码表")))
    codes.put(0, 0, ["责任类型代码"])
    codes.put(1, 0, ["代码", "名称"])
    for n, (text, code) in enumerate(form.codes.items()):
        codes.put(2 + n, 0, [code, text])
    return [sheet, codes]


def statistics(rng: random.Random, cases: list[Case]) -> Sheet:
    """A sheet of counts, no ledger."""
    sheet = Sheet("汇总")
    sheet.put(0, 0, ["县区", "案件数", "问责人数", "诫勉", "党内警告"])
    for n, county in enumerate(dict.fromkeys(c.county for c in cases), 1):
        sheet.put(n, 0, [county, rng.randint(1, 9), rng.randint(1, 30), rng.randint(0, 9), rng.randint(0, 9)])
    return sheet
