"""Register of the planted cases: each scenario builds one case and says what the checks must make of it."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass

from review.demo.aftermath import settle
from review.demo.clean import Maker
from review.demo.matters import MATTERS, Matter
from review.demo.model import Case, Person
from review.demo.people import Cast

SUSPECT, CLEAR, UNDETERMINED, EXEMPT = "suspect", "clear", "undetermined", "exempt"


@dataclass(frozen=True)
class Scenario:
    """A planted case: the check it is about, the verdict expected, the ledger fields without which it makes no sense.

    ``copies`` cases are planted together, in different counties as far as can be; it makes no sense in a city
    of fewer than ``least`` cases.
    """

    name: str
    check: str
    expect: str
    needs: frozenset[str]
    build: Callable[["Scene"], None]
    copies: int = 1
    least: int = 0


@dataclass(frozen=True)
class Planting:
    """One use of a scenario: the ``copy``-th case of those planted together, in the ``turn``-th round over all scenarios."""

    scenario: Scenario
    copy: int = 0
    turn: int = 0


SCENARIOS: list[Scenario] = []


def scenario(check: str, expect: str, *needs: str, copies: int = 1, least: int = 0):
    """Register the decorated function, which fills a ``Scene``, as a planted case."""

    def register(build):
        SCENARIOS.append(Scenario(build.__name__, check, expect, frozenset(needs), build, copies, least))
        return build

    return register


class Scene:
    """What a scenario works on: a new case of a matter, its cast and its town. ``finish`` gives the dates."""

    def __init__(self, maker: Maker, planting: Planting):
        self.maker, self.about, self.copy, self.turn = maker, planting.scenario, planting.copy, planting.turn
        self.case: Case
        self.cast: Cast
        self.town: str
        self.matter: Matter
        self.corrections: list[Callable[[Case], None]] = []

    def open(self, matter: str) -> "Scene":
        """Start the case of a matter."""
        self.matter = MATTERS[matter]
        self.case, self.cast, self.town = self.maker.blank_case(self.matter)
        return self

    def head(self, *measures: str, **more) -> Person:
        """Add the head of the bureau in charge."""
        return self.add(self.cast.bureau_head(self.matter.bureau, self.matter.party_group, *measures, **more))

    def deputy(self, *measures: str, **more) -> Person:
        """Add a deputy head of the bureau in charge."""
        return self.add(self.cast.bureau_deputy(self.matter.bureau, self.matter.party_group, *measures, **more))

    def add(self, person: Person) -> Person:
        """Add any respondent."""
        self.case.people.append(person)
        return person

    def finish(self) -> "Scene":
        """Give every date that is still missing."""
        self.maker.finish(self.case, self.cast)
        return self

    def correct(self, change: Callable[[Case], None]) -> None:
        """What a second ledger tells otherwise; ``change`` gets the copy that stands there and notes the verdicts on it."""
        self.corrections.append(change)

    def say(self, why: str, person: Person | None = None) -> None:
        """The verdict that the scenario is about."""
        self.case.expect(self.about.check, self.about.expect, why, person)

    def also(self, checks: str, verdict: str, why: str, person: Person | None = None) -> None:
        """Verdicts of other checks (blank-separated) that follow from the same facts."""
        for check in checks.split():
            self.case.expect(check, verdict, why, person)


def build(planting: Planting, maker: Maker) -> Case:
    """The case of a scenario in a county."""
    scene = Scene(maker, planting)
    planting.scenario.build(scene)
    scene.finish()
    scene.case.scenario = planting.scenario.name
    case = settle(scene.case, scene.cast.random)
    if scene.corrections:
        case.corrected = deepcopy(case)
        for change in scene.corrections:
            change(case.corrected)
    return case
