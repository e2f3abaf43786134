"""How an office fills its form: which columns, how a person's facts become cells. The same choices hold for a whole ledger."""

import random
from dataclasses import dataclass, field, replace
from datetime import date

from . import words
from .known import Case, Respondent
from .measures import TRACKS, misspelt

TRACK_FIELDS = {
    "education": "measures_education", "organizational": "measures_organizational", "party": "measures_party",
    "administrative": "measures_administrative",
}  # fmt: skip
GROUPS = {
    "case": ("seq", "case_no", "title", "county", "handling_unit", "source", "closed_on"),
    "person": ("name", "unit", "unit_post", "post_then", "post_now", "rank", "politics"),
    "handling": ("responsibility", "measures", *TRACK_FIELDS.values(), "decided_on"),
    "rest": ("note", "extra"),
}
GROUP_WORDS = {
    "case": ("案件基本情况", "案件信息", "基本情况"), "person": ("被问责对象", "被问责人员情况", "问责对象基本情况"),
    "handling": ("问责处理情况", "处理情况", "责任及处理"), "rest": ("其他", "其他情况"),
}  # fmt: skip
# Leaves that say little without the word above them.
SHORT_LEAVES = {"unit": "单位", "name": "姓名", "post_now": "职务", "decided_on": "时间", "measures": "方式", "responsibility": "责任类型"}
DIMENSIONS = {
    "cells": ("first_row", "merged", "repeated", "first_row", "merged"),
    "headers": ("plain", "plain", "any", "any", "elsewhere"),
    "dress": ("none", "none", "spaces", "breaks", "stars", "numbered", "brackets"),
    "posts": ("separate", "separate", "combined", "combined", "then_now", "now"),
    "typos": ("none", "none", "some", "many"),
    "dates": words.DATE_FORMS,
    "tracks": ("one", "one", "one", "four"),
    "levels": ("1", "1", "1", "2", "2", "2 unmerged", "2 repeated", "3"),
}


@dataclass
class Form:
    """The choices of one office. ``taste``: values of DIMENSIONS; ``fields``: columns in order; ``codes``: {responsibility text: code}
    where a code list stands in another sheet."""

    rng: random.Random
    taste: dict[str, str]
    fields: list[str] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)

    def headers(self) -> list[tuple[str, ...]]:
        """Header levels of each column, outermost first."""
        rng, levels = self.rng, self.taste["levels"]
        groups = {g: rng.choice(w) for g, w in GROUP_WORDS.items()}
        short = levels != "1" and rng.random() < 0.5
        out = []
        for n, name in enumerate(self.fields, 1):
            group = next(g for g, members in GROUPS.items() if name in members)
            word = "录入人" if name == "extra" else words.header_word(rng, name, self.taste["headers"])
            if short and name in SHORT_LEAVES:
                word = SHORT_LEAVES[name]
            word = words.dressed(rng, word, self.taste["dress"], n)
            top = "问责情况" if group in ("person", "handling") else "案件"
            out.append({"1": (word,), "3": (top, groups[group], word)}.get(levels, (groups[group], word)))
        return out

    def cells(self, case: Case, who: Respondent, seq: int) -> dict[str, object]:
        """The cells of a respondent by field; adds the respondent as the cells tell of him to ``case.seen``."""
        row = self._case_cells(case, seq)
        told, facts = who, {}
        facts["name"] = who.name
        facts |= self.post_cells(who)
        facts["responsibility"] = self.codes.get(who.responsibility[0] or "", who.responsibility[0])
        measures, told = self._measure_cells(told)
        facts |= measures
        if who.decided:
            facts["decided_on"], decided = words.dated(self.rng, who.decided[0], self.taste["dates"])
            told = told.without(decided=decided)
        facts["politics"] = None if who.organization else "中共党员"
        facts["rank"] = None
        facts["note"] = self.rng.choice((None, None, "已归档", "见案卷第3卷"))
        facts["extra"] = self.rng.choice(("小王", "小李"))
        case.seen.append(told if "decided_on" in self.fields else told.without(decided=None))
        return row | facts

    def _case_cells(self, case: Case, seq: int) -> dict[str, object]:
        closed = words.dated(self.rng, case.closed, self.taste["dates"])[0]
        return {
            "seq": seq, "case_no": case.number, "title": case.title, "county": case.county, "handling_unit": f"{case.county}纪委监委",
            "source": "信访举报", "closed_on": closed,
        }  # fmt: skip

    def post_cells(self, who: Respondent) -> dict[str, object]:
        """Unit and post in the columns that the form has for them."""
        rng, style = self.rng, self.taste["posts"]
        if who.organization:
            return {}
        if style == "combined":
            text = rng.choice(
                ("{u}{p}", "{u}{p}", "{u}{p}", "{u} {p}", "{u}，{p}", "时任{u}{p}", "{u}时任{p}", "{u}{p}，现任县委党校副校长")
            )
            if "现任" in text and (who.role not in ("head", "deputy") or who.tier != "township" or "主持" in who.post):
                text = "{u}{p}"
            if "现任" in text:
                text = "时任" + text
            return {"unit_post": text.format(u=who.unit, p=who.post)}
        post = who.post
        if style != "then_now" and rng.random() < 0.12:
            post = rng.choice(("时任", "原")) + post
        if style == "then_now":
            return {"unit": who.unit, "post_then": post, "post_now": who.now or who.post}
        return {"unit": who.unit, "post_now" if style == "now" else "post_then": post}

    def combined(self, who: Respondent) -> str:
        """Unit and post in one text."""
        return f"{who.unit or ''}{who.post or ''}"

    def _measure_cells(self, who: Respondent) -> tuple[dict[str, object], Respondent]:
        told = who.told
        if self.taste["tracks"] == "four":
            if not told.tracks:
                # A sentence goes where most of it belongs; offices do not divide it.
                home = "measures_party" if not who.organization else "measures_education"
                return {home: self.spelt(told.text)}, who
            empty = self.rng.choice((None, "/", "无"))
            facts: dict[str, object] = {f: empty for f in TRACK_FIELDS.values()}
            for track, word in told.tracks:
                facts[TRACK_FIELDS[track]] = self.spelt(word.removeprefix("党内") if track == "party" and word.endswith("警告") else word)
            codes = told.codes
            return facts, who.without(told=replace(told, codes=codes))
        return {"measures": self.spelt(told.text)}, who

    def spelt(self, text: str | None) -> str | None:
        """The text, misspelt now and then where the office does that."""
        share = {"none": 0.0, "some": 0.1, "many": 0.5}[self.taste["typos"]]
        return misspelt(self.rng, text) if text and self.rng.random() < share else text


def some_form(rng: random.Random, **fixed: str) -> Form:
    """A form with choices at random, some of them given."""
    taste = {name: rng.choice(values) for name, values in DIMENSIONS.items()} | fixed
    form = Form(rng, taste)
    posts = {
        "separate": ["unit", "post_then"],
        "combined": ["unit_post"],
        "then_now": ["unit", "post_then", "post_now"],
        "now": ["unit", "post_now"],
    }
    case = [
        "title",
        *rng.sample(["county"], 1),
        *[f for f in ("seq", "case_no", "handling_unit", "source", "closed_on") if rng.random() < 0.6],
    ]
    order = [f for f in GROUPS["case"] if f in case]
    person = ["name", *posts[taste["posts"]], *[f for f in ("politics",) if rng.random() < 0.3]]
    measures = ["measures"] if taste["tracks"] == "one" else rng.sample(list(TRACK_FIELDS.values()), len(TRACKS))
    handling = ["responsibility", *measures, "decided_on"]
    if rng.random() < 0.3:
        rng.shuffle(handling)
    form.fields = [*order, *person, *handling, *[f for f in ("note", "extra") if rng.random() < 0.25]]
    if taste["levels"] == "1" and rng.random() < 0.2:
        form.fields = [*order[:1], *person, *order[1:], *handling]
    return form


def month(day: date) -> str:
    """2023年6月."""
    return f"{day.year}年{day.month}月"
