"""What a demo case is before it is written in one of the five layouts.

Dates are ``datetime.date`` (to the day), ``Month`` (to the month) or text (written as it stands). Steps are ``YES``, ``NO``, ``BLANK``,
``NOT_APPLICABLE`` or text. Everything else is text; ``None`` leaves the cell empty. What is left ``AUTO``, aftermath.py fills in.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

YES, NO, BLANK, NOT_APPLICABLE = "yes", "no", "blank", "n/a"
# Not set by the scenario: the aftermath fills in what is right for the case.
AUTO = "<auto>"

PERSON_STEPS = ("fact_meeting", "hearing", "sign_opinion", "announcement", "delivery")
# What follows a decision; whether each applies depends on the measure, so the aftermath decides.
LATER_STEPS = (
    "hr_formalities", "archive", "org_notice", "self_criticism", "meeting_criticism", "publicity", "visit", "appeal", "appeal_reply",
    "correction", "restoration",
)
CASE_STEPS = ("filing", "start_approval", "discussion", "report", "joint_review", "audit", "upgrade_review", "tolerance", "improvement")
TRACKS = ("education", "organizational", "party", "administrative")


class Month(NamedTuple):
    """A date known to the month only."""

    year: int
    month: int


@dataclass
class Expectation:
    """One verdict that the checks must give: for the whole case (``person`` None) or for one respondent of it."""

    check: str
    expect: str
    why: str
    person: "Person | None" = None
    # Who of the several people of one row it is about, where the row of ``person`` names more than one.
    name: str | None = None


@dataclass
class Person:
    """A respondent: a person or a party organisation. ``measures`` maps a track to the text of its measure."""

    name: str | None
    unit: str | None
    post: str | None
    rank: str | None
    politics: str | None = "中共党员"
    kind: str = "person"
    basis: str | None = "《中国共产党问责条例》第七条"
    responsibility: str | None = None
    measures: dict[str, str] = field(default_factory=dict)
    decided_on: date | Month | str | None = None
    announced_on: date | Month | str | None = None
    steps: dict[str, str] = field(default_factory=lambda: dict.fromkeys(PERSON_STEPS, YES) | dict.fromkeys(LATER_STEPS, AUTO))
    sign_note: str | None = None
    mitigation: str | None = AUTO
    aggravation: str | None = AUTO
    post_now: str | None = None
    note: str | None = None
    identity: str | None = "公务员"
    term: str | None = AUTO
    period_end: date | str | None = AUTO
    promotion_on: date | Month | str | None = None
    new_post: str | None = None
    appeal_kind: str | None = None
    outcome: str | None = "予以问责"
    exempt_clause: str | None = None
    # Dates of steps by name: only the steps whose date a ledger asks for.
    on: dict[str, date | Month | str | None] = field(default_factory=dict)

    @property
    def measures_text(self) -> str | None:
        """All measures in one text, as a ledger with a single column says it."""
        return "、".join(self.measures[t] for t in ("any", *TRACKS) if self.measures.get(t)) or None


@dataclass
class Case:
    """A case with its respondents, in the order in which the ledger lists them."""

    county: str
    number: str | None
    title: str
    reason: str
    domain: str
    circumstance: str | None
    handling_unit: str
    deciding_organ: str = AUTO
    admin_level: str = "县级"
    consequence: str = "造成不良影响"
    source: str = "日常监督"
    started_on: date | Month | str | None = None
    closed_on: date | Month | str | None = None
    behaviour_on: date | Month | str | None = None
    steps: dict[str, str] = field(default_factory=lambda: {**dict.fromkeys(CASE_STEPS, YES), "filing": NO, "upgrade_review": AUTO})
    approver: str | None = AUTO
    team: str | int | None = AUTO
    rectification: str | None = AUTO
    superior_assigned: str = NO
    leader_instruction: str = NO
    public_opinion: str = NO
    people: list[Person] = field(default_factory=list)
    expectations: list[Expectation] = field(default_factory=list)
    scenario: str | None = None
    # How many cells of it no reader can make sense of.
    rejected: int = 0
    # Problems of an earlier review that the case is to be held against (review/demo/issues.py).
    earlier: list = field(default_factory=list)
    # The case as a second, corrected ledger tells it.
    corrected: "Case | None" = None
    finished: bool = False
    # Number of the case in the city: no two have the same, so that their texts differ.
    text_no: int = 0
    # Item of article 7 that the matter falls under, also where the ledger's cell is blank.
    item: str = ""

    def expect(self, check: str, verdict: str, why: str, person: Person | None = None, name: str | None = None) -> None:
        """Note a verdict for the truth file."""
        self.expectations.append(Expectation(check, verdict, why, person, name))

    def persons(self) -> Iterator[Person]:
        """The natural persons among the respondents."""
        return (p for p in self.people if p.kind == "person")


@dataclass(frozen=True)
class County:
    """A county or district: its place in the city, its ledger layout and the habits of its clerks."""

    name: str
    code: str
    layout: str
    towns: tuple[str, ...]
    masked_names: bool = False
    numbered: bool = True
    as_csv: bool = False
    # Sends a second ledger with corrections of some cases.
    corrects: bool = False
