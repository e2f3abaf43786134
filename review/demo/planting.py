"""One-line plants: a person of a usual case with some values changed, and what a check must make of it.

``plant("P10", SUSPECT, "没有归入档案", "archive", archive=NO)``: the words after the reason are the columns that it needs. A change is
named by a step (``archive``), the date of a step (``visit_on``), an attribute of the person or of the case. A value that can be
called gets the day of decision; ``{county}`` in a text becomes the county.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

from review.demo.aftermath import add_months
from review.demo.model import CASE_STEPS, LATER_STEPS, PERSON_STEPS, Case, Person
from review.demo.people import say
from review.demo.places import VILLAGES
from review.demo.scenarios import SCENARIOS, Scenario, Scene

# Checks that judge cases; all others judge respondents (P07, D02, D06 stand where the date or value stands).
OF_CASE = frozenset(
    ("O01", "O04", "O05", "O06", "R05", "R07", "R08", "P01", "P02", "P03", "P05", "P13", "P14", "P15", "P16", "M02", "M10", "U03", "U07",
     "U08", "T01", "D04")
)  # fmt: skip
MATTERS_IN_TURN = ("finance", "livelihood", "discipline", "land", "environment", "safety")
_numbers: Counter = Counter()


def _organization(s: Scene, measures: tuple[str, ...]) -> Person:
    group = s.add(s.cast.organization(s.cast.bureau(s.matter.bureau) + s.matter.party_group, *measures))
    s.head()
    return group


def _after_head(make: Callable[[Scene, tuple[str, ...]], Person]) -> Callable[[Scene, tuple[str, ...]], Person]:
    def build(s: Scene, measures: tuple[str, ...]) -> Person:
        s.head()
        return make(s, measures)

    return build


# Whom a plant is about; the others in the case are there so that it is an ordinary case by every other check.
KINDS: dict[str, Callable[[Scene, tuple[str, ...]], Person]] = {
    "head": lambda s, m: s.head(*m),
    "deputy": _after_head(lambda s, m: s.deputy(*m)),
    "staff": _after_head(lambda s, m: s.add(s.cast.staff(s.cast.bureau(s.matter.bureau), *m))),
    "town_head": _after_head(lambda s, m: s.add(s.cast.town_head(s.town, *m))),
    "town_deputy": _after_head(lambda s, m: (s.add(s.cast.town_head(s.town)), s.add(s.cast.town_deputy(s.town, *m)))[1]),
    "town_secretary": lambda s, m: s.add(s.cast.town_secretary(s.town, *m)),
    "village": lambda s, m: (s.add(s.cast.town_secretary(s.town)), s.add(s.cast.village_secretary(s.town, VILLAGES[0], *m)))[1],
    "organization": _organization,
}


def after(days: int) -> Callable[[date], date]:
    """So many days after the decision."""
    return lambda decided: decided + timedelta(days=days)


def months(count: int) -> Callable[[date], date]:
    """So many months after the decision."""
    return lambda decided: add_months(decided, count)


def plant(
    check: str, expect: str, why: str, *needs: str, kind: str = "head", matter: str | None = None, measures: tuple[str, ...] | str = (),
    also: dict[str, tuple[str, str]] | None = None, copies: int = 1, least: int = 0, head_measure: str | None = None,
    measures_given: dict[str, str] | None = None, **changes,
) -> None:  # fmt: skip
    """Register a scenario.

    ``also``: verdicts of other checks (blank-separated) on the same person or case, P07@case on the case, with their reason;
    ``head_measure``: measure of the first of the case; ``measures_given``: texts by track in place of ``measures``.
    """
    _numbers[check, expect] += 1
    number = _numbers[check, expect]
    about = matter or ("village" if kind in ("village", "town_secretary") else MATTERS_IN_TURN[len(SCENARIOS) % len(MATTERS_IN_TURN)])
    given = (measures,) if isinstance(measures, str) else tuple(measures)

    def build(s: Scene) -> None:
        s.open(about)
        person = KINDS[kind](s, given)
        if head_measure:
            s.case.people[0].measures = say(s.cast.random, head_measure)
        if measures_given is not None:
            person.measures = dict(measures_given)
        early = {name: value for name, value in changes.items() if name in ("started_on", "decided_on") and isinstance(value, date)}
        for name, value in early.items():
            change(s.case, person, name, value)
        s.finish()
        decided = person.decided_on
        for name, value in changes.items():
            if name not in early:
                change(s.case, person, name, value(decided) if callable(value) else value)
        s.say(why, None if check in OF_CASE else person)
        for checks, (verdict, reason) in (also or {}).items():
            for other in checks.split():
                name, _, at_case = other.partition("@")
                s.case.expect(name, verdict, reason, None if at_case or name in OF_CASE else person)

    SCENARIOS.append(Scenario(f"{check.lower()}_{expect}_{number}", check, expect, frozenset(needs), build, copies, least))


def change(case: Case, person: Person, name: str, value) -> None:
    """Set a value of the case or of the person by its name."""
    if isinstance(value, str):
        value = value.replace("{county}", case.county)
    step = name.removesuffix("_on")
    if name in CASE_STEPS:
        case.steps[name] = value
    elif name in (*PERSON_STEPS, *LATER_STEPS):
        person.steps[name] = value
    elif name != step and step in (*PERSON_STEPS, *LATER_STEPS) and step not in ("announcement", "delivery"):
        person.on[step] = value
    elif hasattr(person, name):
        setattr(person, name, value)
    elif hasattr(case, name):
        setattr(case, name, value)
    else:
        raise AttributeError(name)
