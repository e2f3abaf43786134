"""How the clerk of a county fills a cell: date habits, ticks and crosses, which measure goes into which column."""

from datetime import date, datetime
from random import Random

from review.demo.model import BLANK, CASE_STEPS, LATER_STEPS, NO, NOT_APPLICABLE, PERSON_STEPS, TRACKS, YES, Case, County, Month, Person
from review.demo.places import person_name

FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
EXCEL_EPOCH = date(1899, 12, 30)
DATED_STEPS = ("fact_meeting", "hearing", "hr_formalities", "visit", "appeal", "appeal_reply", "meeting_criticism", "correction")

DATE_HABITS = {
    "first_row": ("dots",),
    "merged": ("chinese", "chinese", "cell"),
    "one_cell": ("dots", "padded"),
    "several_sheets": ("iso", "cell", "chinese"),
    "flat": ("dots", "chinese", "compact", "cell", "serial", "full_width", "slashes", "timestamp"),
}
FLAG_HABITS = {
    "first_row": {YES: ("是",), NO: ("否",), NOT_APPLICABLE: ("不适用",)},
    "merged": {YES: ("√",), NO: ("×",), NOT_APPLICABLE: ("/",)},
    "one_cell": {YES: ("是",), NO: ("否",), NOT_APPLICABLE: ("不适用",)},
    "several_sheets": {YES: ("是", "已", "有"), NO: ("否", "未", "无"), NOT_APPLICABLE: ("不涉及", "不适用")},
    "flat": {YES: ("√", "是", "已", "Y"), NO: ("×", "否", "未"), NOT_APPLICABLE: ("不适用", "/", "不涉及")},
}


def date_text(day: date, habit: str):
    """One date in one of the ways that ledgers write it; ``cell`` gives a real date cell."""
    match habit:
        case "dots":
            return f"{day.year}.{day.month}.{day.day}"
        case "padded":
            return f"{day:%Y.%m.%d}"
        case "chinese":
            return f"{day.year}年{day.month}月{day.day}日"
        case "compact":
            return f"{day:%Y%m%d}"
        case "serial":
            return str((day - EXCEL_EPOCH).days)
        case "full_width":
            return f"{day.year}.{day.month}.{day.day}".translate(FULL_WIDTH)
        case "slashes":
            return f"{day.year}/{day.month}/{day.day}"
        case "timestamp":
            return f"{day:%Y-%m-%d} 00:00:00"
        case "cell":
            return datetime(day.year, day.month, day.day)
        case _:
            return f"{day:%Y-%m-%d}"


class Clerk:
    """Fills the cells of one ledger, always in the same way for the same seed."""

    def __init__(self, county: County, seed: int):
        self.county = county
        self.random = Random(f"clerk|{seed}|{county.name}")
        self.dates, self.flags = DATE_HABITS[county.layout], FLAG_HABITS[county.layout]

    def date(self, value):
        """Cell for a date of the model."""
        if isinstance(value, Month):
            return self.random.choice((f"{value.year}.{value.month}", f"{value.year}年{value.month}月"))
        if isinstance(value, date):
            habit = self.random.choice(self.dates)
            if habit == "cell" and self.county.as_csv:
                habit = "iso"
            return date_text(value, habit)
        return value

    def flag(self, value: str | None):
        """Cell for a step of the model."""
        if value in (None, BLANK):
            return None
        return self.random.choice(self.flags[value]) if value in self.flags else value

    def cell(self, name: str, case: Case, person: Person | None):
        """Cell of the field ``name``; person fields need ``person``."""
        return CELLS[name](self, case, person)


def _measures(track: str):
    def cell(clerk: Clerk, case: Case, person: Person):
        return person.measures.get(track) or ("/" if person.measures else None)

    return cell


def _attribute(name: str, of_person: bool, as_date: bool = False):
    def cell(clerk: Clerk, case: Case, person: Person | None):
        value = getattr(person if of_person else case, name)
        return clerk.date(value) if as_date else value

    return cell


def _step(name: str, of_person: bool):
    return lambda clerk, case, person: clerk.flag((person if of_person else case).steps.get(name))


def _mark(name: str):
    return lambda clerk, case, person: clerk.flag(getattr(case, name))


def _announced(step: str):
    def cell(clerk: Clerk, case: Case, person: Person):
        return clerk.date(person.announced_on) if person.steps[step] == YES else None

    return cell


def _step_date(step: str):
    return lambda clerk, case, person: clerk.date(person.on.get(step))


def _period_end(clerk: Clerk, case: Case, person: Person):
    """An end of a period is a text: clerks write it as a date with dots or signs, some with 止."""
    value = person.period_end
    if isinstance(value, date):
        return date_text(value, clerk.random.choice(("dots", "chinese", "iso")))
    return value


def _team(clerk: Clerk, case: Case, person: Person | None):
    """The number of the team, or its names where the form asks for them."""
    if not isinstance(case.team, int):
        return case.team
    if clerk.county.layout != "merged":
        return clerk.random.choice((str(case.team), f"{case.team}人"))
    taken: set[str] = set()
    return "、".join(person_name(clerk.random, taken, masked=False) for _ in range(case.team))


def _unit_post(clerk: Clerk, case: Case, person: Person):
    if person.kind == "organization":
        return person.unit
    return (person.unit or "") + (person.post or "") or None


CELLS = {
    "case_no": _attribute("number", False),
    "unit_post": _unit_post,
    "measures": lambda clerk, case, person: person.measures_text,
    "object_type": lambda clerk, case, person: "党组织" if person.kind == "organization" else "个人",
    "legal_basis": _attribute("basis", True),
    "announcement_on": _announced("announcement"),
    "period_end": _period_end,
    "team": _team,
    "delivery_on": _announced("delivery"),
    "post_then": _attribute("post", True),
    **{f"measures_{track}": _measures(track) for track in TRACKS},
    **{n: _attribute(n, False) for n in (
        "title", "reason", "county", "domain", "circumstance", "handling_unit", "deciding_organ", "admin_level", "consequence", "source",
        "approver", "rectification")},
    **{n: _attribute(n, False, as_date=True) for n in ("started_on", "closed_on", "behaviour_on")},
    **{n: _attribute(n, True) for n in (
        "name", "unit", "rank", "politics", "responsibility", "sign_note", "mitigation", "aggravation", "post_now", "note",
        "identity", "term", "new_post", "appeal_kind", "outcome", "exempt_clause")},
    **{n: _attribute(n, True, as_date=True) for n in ("decided_on", "promotion_on")},
    **{f"{n}_on": _step_date(n) for n in DATED_STEPS},
    **{n: _mark(n) for n in ("superior_assigned", "leader_instruction", "public_opinion")},
    **{n: _step(n, False) for n in CASE_STEPS},
    **{n: _step(n, True) for n in (*PERSON_STEPS, *LATER_STEPS)},
}
