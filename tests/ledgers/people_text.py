"""All people of a case in one cell, in the sentences that offices write."""

import random

from .form import Form
from .known import Case, Respondent
from .measures import Told

PATTERNS = (
    "brackets_numbered", "brackets_semicolon", "given", "colon", "post_before", "commas", "circled", "respectively",
    "respectively_brackets", "above_n",
    "each", "chinese_numbers",
)  # fmt: skip
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩"
_NUMERALS = "一二三四五六七八九十"
_SAME = (("党内警告处分", "party_warning"), ("诫勉谈话", "admonition"), ("政务记过处分", "admin_demerit"))
_SINGLE = (("党内警告", "party_warning"), ("诫勉谈话", "admonition"), ("政务记过", "admin_demerit"), ("党内严重警告",
"party_serious_warning"),
           ("通报批评", "circular"), ("批评教育", "criticism_education"))  # fmt: skip


def people_cell(rng: random.Random, form: Form, case: Case, pattern: str) -> str:
    """The cell of a case; ``case.seen`` gets the respondents as the text tells of them."""
    people = [p.without(decided=None) for p in case.people]
    persons = [p for p in people if not p.organization]
    together = pattern in ("respectively", "respectively_brackets", "above_n", "each")
    if together and (len(persons) < 2 or len(persons) > 4):
        pattern = "brackets_semicolon"
        together = False
    if together:
        text, seen = _together(rng, persons, pattern)
        rest = [(_alone(rng, form, p, "brackets_semicolon")) for p in people if p.organization]
        case.seen += [*seen, *(s for _, s in rest)]
        return "。".join([text, *(t for t, _ in rest)])
    told = [_alone(rng, form, p, pattern) for p in people]
    case.seen += [s for _, s in told]
    texts = [t for t, _ in told]
    if pattern == "brackets_numbered":
        return rng.choice(("；", "；\n", "\n")).join(f"{n}.{t}" for n, t in enumerate(texts, 1))
    if pattern == "chinese_numbers":
        return "\n".join(f"{rng.choice(('{}、', '（{}）')).format(_NUMERALS[n])}{t}。" for n, t in enumerate(texts))
    if pattern == "circled":
        return " ".join(f"{_CIRCLED[n]}{t}" for n, t in enumerate(texts))
    return rng.choice(("；", "；\n", "\n", "。")).join(texts)


def _answers(rng: random.Random, who: Respondent) -> tuple[str, Respondent]:
    """(“，负主要领导责任”, the respondent with what is told of the responsibility)."""
    text = who.responsibility[0]
    if not text or who.responsibility[1] in (None, "main_body") or "，" in text or rng.random() < 0.3:
        return "", who.without(responsibility=(None, None))
    return f"，{text if text.startswith('负') or not text.endswith('责任') else '负' + text}", who


def _alone(rng: random.Random, form: Form, who: Respondent, pattern: str) -> tuple[str, Respondent]:
    measures = form.spelt((who.told.text or "").replace("\n", "、").replace("；", "、"))
    duty, told = _answers(rng, who)
    if who.organization:
        duty = duty or "，负全面领导责任"
        text = rng.choice(
            (
                f"{who.name}{duty[1:]}，{measures}",
                f"{who.name}：{measures}" if not who.responsibility[0] else f"{who.name}{duty}，{measures}",
            )
        )
        return text, who
    place = form.combined(who)
    if pattern == "given" and measures.startswith(("给予", "予以")):
        given = measures.removeprefix("给予").removeprefix("予以")
        return f"给予{who.name}（{place}）{given}", told.without(responsibility=(None, None))
    if pattern == "colon":
        return f"{who.name}：{measures}", told.without(responsibility=(None, None), unit=None, post=None, tier=None, role=None)
    if pattern == "post_before" and "（" not in place:
        return f"{place}{who.name}{duty}，{measures}", told
    if pattern == "commas" and "（" not in place:
        return f"{who.name}，{place}{duty}，{measures}", told
    return f"{who.name}（{place}）{duty}，{measures}", told


def _together(rng: random.Random, persons: list[Respondent], pattern: str) -> tuple[str, list[Respondent]]:
    """Several people in one sentence."""
    count = "两三四"[len(persons) - 2]
    picked = [rng.choice(_SINGLE) for _ in persons]
    apart = len({code for _, code in picked}) > 1
    listed = "、".join(w for w, _ in picked)
    own = [p.without(responsibility=(None, None), told=Told(w, frozenset({(c, True)}))) for p, (w, c) in zip(persons, picked, strict=True)]
    if pattern == "each" or not apart:
        word, code = rng.choice(_SAME)
        shared = [p.without(responsibility=(None, None), told=Told(word, frozenset({(code, True)}))) for p in persons]
        names = "、".join(f"{p.name}（{p.unit}{p.post}）" for p in persons)
        return names + rng.choice((f"均给予{word}", f"各给予{word}", f"分别给予{word}")), shared
    if pattern == "respectively":
        names = [p.unit + p.post + p.name for p in persons if "（" not in p.post]
        if len(names) < len(persons):
            return _together(rng, persons, "respectively_brackets")
        if rng.random() < 0.4:
            # Names alone: who they are stands nowhere.
            bare = "、".join(p.name for p in persons)
            nobody = [p.without(unit=None, post=None, tier=None, role=None) for p in own]
            return f"对{bare}{rng.choice(('', count + '人', f'{len(persons)}名同志'))}分别给予{listed}", nobody
        return f"对{'、'.join(names)}分别给予{listed}处分", own
    names = "、".join(f"{p.name}（{p.unit}{p.post}）" for p in persons)
    if rng.random() < 0.25:
        # One measure more than people, or an open list: nobody can tell whose is whose.
        unsure = [p.without(told=Told(None, None)) for p in own]
        return f"{names}分别给予{rng.choice((listed + '等处理', listed + '、免职'))}", unsure
    if pattern == "above_n":
        return rng.choice((f"{names}。对上述{len(persons)}人分别给予{listed}", f"{names}；对上述{count}名同志分别给予{listed}处分")), own
    return f"对{names}分别给予{listed}", own
