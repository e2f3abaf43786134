"""What a well-kept ledger says beside the matter itself: approval, team, terms of office, 影响期, formalities, archive, visits.

Runs when a case has its last dates, and fills only what no scenario has set (``AUTO``), right by every rule.
"""

import calendar
from datetime import date, timedelta
from random import Random

from review.demo.model import AUTO, BLANK, LATER_STEPS, NO, NOT_APPLICABLE, YES, Case, Month, Person
from review.demo.people import ACCOUNTABILITY_BASIS
from review.demo.places import CITY
from review.demo.texts import rectification_text

# Months of 影响期 by words of the measure; 0: the measure has none, None: counted otherwise or not settled by law.
PERIODS = (
    ("留党", None), ("停职", None), ("停止检查", None), ("调整职务", None), ("调离岗位", None), ("责令辞职", None), ("免职", None),
    ("降职", None), ("开除", None), ("撤", 24), ("降级", 24), ("严重警告", 18), ("记大过", 18), ("党内警告", 12), ("党纪警告", 12),
    ("记过", 12), ("政务警告", 6), ("行政警告", 6), ("诫勉", 6), ("诫免", 6), ("戒勉", 6), ("通报", 0), ("批评教育", 0), ("谈话提醒", 0),
)  # fmt: skip
ORGANIZATIONAL = ("停职", "停止检查", "调整职务", "调离岗位", "责令辞职", "免职", "降职")
# Measures that change post or pay: formalities within a month.
FORMAL = (*ORGANIZATIONAL, "撤", "降级", "留党", "开除")
SANCTIONS = ("警告", "记过", "记大过")
LENGTHS = {6: "六个月", 12: "一年", 18: "一年六个月", 24: "两年"}
NO_PERIOD, NOT_COUNTED = "无", "不适用"
# Measures two bands and more from what is usual: the reason stands beside them.
LIGHTER, HEAVIER = ("通报", "批评教育", "谈话提醒"), ("撤", "降级", "降职", "留党", "开除")
MITIGATIONS = ("主动消除影响、挽回损失", "积极配合调查，主动承担责任", "及时采取补救措施，损失较小")
AGGRAVATIONS = ("多次督促仍拒不整改", "弄虚作假、隐瞒事实", "推卸责任、阻挠调查")


def add_months(day: date, months: int) -> date:
    """The same day so many months later (or earlier), the last of the month where there is none."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def period_months(text: str | None) -> int | None:
    """Months of 影响期 that a person's measures carry, the longest of them; None where the law leaves it open."""
    found = [months for word, months in PERIODS if word in (text or "")]
    return None if not found or None in found else max(found)


def holds(text: str | None, words: tuple[str, ...]) -> bool:
    """Whether one of the words stands in the text."""
    return any(word in (text or "") for word in words)


def settle(case: Case, random: Random) -> Case:
    """Fill in what no scenario has set; the case must have its last dates."""
    _case(case, random)
    for person in case.people:
        if person.basis == ACCOUNTABILITY_BASIS:
            person.basis = f"《中国共产党问责条例》{case.item}"
        _reasons(person, random)
        (_organization if person.kind == "organization" else _person)(case, person, random)
    return case


def _case(case: Case, random: Random) -> None:
    place = CITY if case.admin_level == "市级" else case.county
    measures = "".join(p.measures_text or "" for p in case.people)
    if case.deciding_organ == AUTO:
        # The commission decides 通报 and 诫勉 by itself, after approval; all else is the committee's.
        told = all(p.measures_text for p in case.people)
        light = told and not holds(measures, (*FORMAL, *SANCTIONS, "改组")) and random.random() < 0.5
        case.deciding_organ = f"{place}纪委监委" if light else f"中共{place}委员会"
    if case.approver == AUTO:
        started = case.steps["start_approval"]
        case.approver = f"{place}委书记" if started == YES else NOT_COUNTED if started == NOT_APPLICABLE else None
    if case.team == AUTO:
        case.team = random.choice((2, 3, 3, 3, 4, 5))
    if case.rectification == AUTO:
        case.rectification = rectification_text(case.text_no)
    if case.steps["upgrade_review"] == AUTO:
        key = YES in (case.superior_assigned, case.leader_instruction, case.public_opinion)
        case.steps["upgrade_review"] = YES if key else NOT_APPLICABLE


def _reasons(person: Person, random: Random) -> None:
    measures = person.measures_text
    heavier = holds(measures, HEAVIER)
    lighter = holds(measures, LIGHTER) and not heavier and not holds(measures, (*SANCTIONS, "诫"))
    if person.mitigation == AUTO:
        person.mitigation = random.choice(MITIGATIONS) if lighter and person.kind == "person" else "无"
    if person.aggravation == AUTO:
        person.aggravation = random.choice(AGGRAVATIONS) if heavier else "无"


def _organization(case: Case, person: Person, random: Random) -> None:
    for step in LATER_STEPS:
        if person.steps[step] == AUTO:
            person.steps[step] = YES if step == "publicity" else NO if step in ("appeal", "correction") else NOT_APPLICABLE
    person.identity = person.term = "/"
    if person.period_end == AUTO:
        person.period_end = NOT_COUNTED


def _person(case: Case, person: Person, random: Random) -> None:
    measures = person.measures_text
    formal = holds(measures, FORMAL)
    told = holds(measures, tuple(word for word, _ in PERIODS))
    usual = {"appeal": NO, "appeal_reply": NOT_APPLICABLE, "correction": NO, "restoration": NOT_APPLICABLE}
    usual["hr_formalities"] = YES if formal else NOT_APPLICABLE if told else BLANK
    light = period_months(measures) in (0, 6) and not holds(measures, SANCTIONS)
    usual["publicity"] = random.choice((YES, NO)) if light else YES
    if (person.outcome or "").startswith(("不予", "免予")):
        usual = dict.fromkeys(LATER_STEPS, NOT_APPLICABLE)
    for step in LATER_STEPS:
        if person.steps[step] == AUTO:
            person.steps[step] = usual.get(step, YES)
    if person.term == AUTO:
        person.term = _term(case.behaviour_on, person.post_now is not None, random)
    decided = person.decided_on if isinstance(person.decided_on, date) else None
    if person.period_end == AUTO:
        person.period_end = _period_end(measures, decided)
    if person.steps["hr_formalities"] == YES and decided:
        person.on.setdefault("hr_formalities", decided + timedelta(days=random.randint(5, 24)))
    if person.steps["visit"] == YES and decided:
        person.on.setdefault("visit", add_months(decided, random.choice((6, 8, 10, 11))))
    if person.steps["meeting_criticism"] == YES and decided:
        person.on.setdefault("meeting_criticism", decided + timedelta(days=random.randint(30, 90)))
    started = case.started_on if isinstance(case.started_on, date) else None
    if person.steps["fact_meeting"] == YES and decided and started and (decided - started).days > 12:
        person.on.setdefault("fact_meeting", decided - timedelta(days=random.randint(5, 11)))


def _term(behaviour: date | Month | str | None, left: bool, random: Random) -> str | None:
    """A term of office that holds the behaviour with months to spare on both sides."""
    if not isinstance(behaviour, date | Month):
        return None
    day = date(behaviour.year, behaviour.month, 1)
    start = add_months(day, -random.randint(8, 40))
    if not left:
        return f"{start.year}.{start.month}至今"
    end = add_months(day, random.randint(4, 9))
    return f"{start.year}.{start.month}-{end.year}.{end.month}"


def _period_end(measures: str | None, decided: date | None) -> date | str | None:
    months = period_months(measures)
    if months is None:
        return NOT_COUNTED if holds(measures, FORMAL) or "不予" in (measures or "") or "免予" in (measures or "") else None
    if months == 0:
        return NO_PERIOD
    return add_months(decided, months) if decided else LENGTHS[months]
