"""Ordinary cases: properly handled, so that none of the checks has anything to say about them."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from review.demo.aftermath import settle
from review.demo.matters import MATTERS, ROTATION, Matter
from review.demo.model import YES, Case, County, Month
from review.demo.people import Cast, town_government
from review.demo.places import CITY, COUNTIES, VILLAGES
from review.demo.texts import TEXTS, reason_text

HEAD_MEASURES = (("诫勉",), ("党内警告",), ("诫勉",), ("党内严重警告",), ("党内警告",), ("政务警告",))
TOWN_MEASURES = (("诫勉",), ("党内警告",), ("党内警告",), ("政务警告",))
DEPUTY_MEASURES = (("党内警告",), ("诫勉",), ("党内警告",), ("政务警告",), ("诫勉",))
SHAPES = (
    "both_and_staff", "head_deputy", "two_levels", "organization", "both_and_staff", "town_pair", "with_staff", "both_and_staff",
    "two_levels", "both_and_staff",
)
SOURCES = ("日常监督", "巡察移交", "信访举报", "上级交办", "专项检查", "审计移交")
CONSEQUENCES = ("造成不良影响", "造成较大经济损失", "群众反映强烈", "造成一般损失")


class Maker:
    """Makes the cases of one county in order. The same seed and county always give the same cases."""

    def __init__(self, county: County, seed: int):
        self.county, self.seed = county, seed
        self.made, self.turns, self.random = 0, Counter(), Random(f"maker|{seed}|{county.name}")
        self.names: set[str] = set()

    def _turn(self, *key) -> int:
        """How often this was asked before: lets choices rotate, so that every county has the same mix of measures."""
        self.turns[key] += 1
        return self.turns[key] - 1

    def blank_case(self, matter: Matter) -> tuple[Case, Cast, str]:
        """A case without respondents, its cast and the town where it happened."""
        self.made += 1
        random = Random(f"{self.seed}|{self.county.name}|{self.made}")
        cast = self._cast = Cast(random, self.county, self.names)
        town = cast.town(random.randrange(len(self.county.towns)))
        place = town.removeprefix(self.county.name)
        pattern = random.choice(matter.titles)
        title = pattern.format(place=place + random.choice(VILLAGES))
        if not self.county.numbered:
            title += f"（第{self.made}号）"
        number, reason = self._text_number(), random.choice(matter.reasons).format(place=place)
        case = Case(
            county=self.county.name, number=self._number(), title=title, reason=reason + reason_text(number),
            domain=matter.domain, circumstance=matter.circumstance,
            handling_unit=f"{self.county.name}纪委监委", text_no=number, item=matter.circumstance,
            consequence=matter.consequence or random.choice(CONSEQUENCES), source=random.choice(SOURCES),
        )
        case.behaviour_on = Month(random.choice((2021, 2022)), random.randint(1, 8))
        case.started_on = date(2023, 1, 3) + timedelta(days=random.randint(0, 240))
        if random.random() < 0.04:
            case.started_on -= timedelta(days=120)
        for mark, share in (("superior_assigned", 0.08), ("leader_instruction", 0.05), ("public_opinion", 0.04)):
            if random.random() < share:
                setattr(case, mark, YES)
        return case, cast, town

    def cast_of(self, case: Case) -> Cast:
        """The cast of the case made last, for those who add people to it: names stay different within the case."""
        if case.text_no != self._text_number():
            raise ValueError(case.title)
        return self._cast

    def _number(self) -> str | None:
        if not self.county.numbered:
            return None
        if self.county.layout == "one_cell":
            return f"〔2023〕{self.made}号"
        if self.county.layout == "flat":
            return f"2023-{self.county.code}-{self.made:03d}"
        return f"{self.county.code}纪问〔2023〕{self.made}号"

    def _text_number(self) -> int:
        """Numbers of different counties never meet; a county of more cases than its share begins anew."""
        share = TEXTS // len(COUNTIES)
        return COUNTIES.index(self.county) * share + self.made % share

    def finish(self, case: Case, cast: Cast) -> Case:
        """Give the respondents that have none a decision and an announcement date, and the case its closing date; once."""
        if case.finished:
            return case
        case.finished, random = True, cast.random
        decided = case.started_on + timedelta(days=random.randint(40, 78))
        waited = timedelta(days=random.randint(2, 18))
        for person in case.people:
            person.decided_on = person.decided_on or decided
            person.announced_on = person.announced_on or person.decided_on + waited
        last = max(p.announced_on for p in case.people)
        case.closed_on = case.closed_on or last + timedelta(days=random.randint(3, 35))
        return case

    def ordinary(self, *changes: Callable[[Case, "Maker"], None]) -> Case:
        """The next ordinary case; ``changes`` are made before what depends on them is filled in."""
        matter = MATTERS[ROTATION[self._turn("matter") % len(ROTATION)]]
        shape = SHAPES[self._turn("shape") % len(SHAPES)]
        if matter.key == "village":
            shape = "village"
        case, cast, town = self.blank_case(matter)
        getattr(self, f"_{shape}")(case, cast, matter, town)
        self.finish(case, cast)
        if self._turn("case") % 40 == 39:
            case.closed_on = cast.random.choice(("未办结", "正在办理", None))
        for change in changes:
            change(case, self)
        return settle(case, cast.random)

    def head(self, case: Case, cast: Cast, matter: Matter, measure: str | None = None) -> None:
        """Add the head of the bureau in charge, with the next measure in turn."""
        measures = HEAD_MEASURES[self._turn("head", matter.key) % len(HEAD_MEASURES)]
        case.people.append(cast.bureau_head(matter.bureau, matter.party_group, *((measure,) if measure else measures)))

    def deputy(self, case: Case, cast: Cast, matter: Matter) -> None:
        """Add a deputy head of the bureau in charge, with the next measure in turn."""
        measures = DEPUTY_MEASURES[self._turn("deputy", matter.key) % len(DEPUTY_MEASURES)]
        case.people.append(cast.bureau_deputy(matter.bureau, matter.party_group, *measures))

    def _head(self, case: Case, cast: Cast, matter: Matter, town: str) -> None:
        self.head(case, cast, matter)

    def _head_deputy(self, case: Case, cast: Cast, matter: Matter, town: str) -> None:
        self.head(case, cast, matter)
        self.deputy(case, cast, matter)

    def _two_levels(self, case: Case, cast: Cast, matter: Matter, town: str) -> None:
        self._head_deputy(case, cast, matter, town)
        self._town_leaders(case, cast, matter, town)

    def _town_leaders(self, case: Case, cast: Cast, matter: Matter, town: str) -> None:
        case.people.append(cast.town_head(town, *TOWN_MEASURES[self._turn("town", matter.key) % len(TOWN_MEASURES)]))
        case.people.append(cast.town_deputy(town, *DEPUTY_MEASURES[self._turn("town2", matter.key) % len(DEPUTY_MEASURES)]))

    def _town_pair(self, case: Case, cast: Cast, matter: Matter, town: str) -> None:
        self.head(case, cast, matter)
        self._town_leaders(case, cast, matter, town)

    def _organization(self, case: Case, cast: Cast, matter: Matter, town: str) -> None:
        case.people.append(cast.organization(cast.bureau(matter.bureau) + matter.party_group, cast.random.choice(("检查", "通报"))))
        self._head_deputy(case, cast, matter, town)

    def _with_staff(self, case: Case, cast: Cast, matter: Matter, town: str) -> None:
        self._head_deputy(case, cast, matter, town)
        case.people.append(cast.staff(cast.bureau(matter.bureau), "党内警告"))

    def _both_and_staff(self, case: Case, cast: Cast, matter: Matter, town: str) -> None:
        self._two_levels(case, cast, matter, town)
        case.people.append(cast.staff(town_government(town)[0], "党内警告"))

    def _village(self, case: Case, cast: Cast, matter: Matter, town: str) -> None:
        case.people.append(cast.town_secretary(town, *TOWN_MEASURES[self._turn("secretary") % len(TOWN_MEASURES)]))
        case.people.append(cast.village_secretary(town, cast.random.choice(VILLAGES), "党内警告"))


def city_level(case: Case, maker: Maker) -> None:
    """Turn a case into one that the city handled itself."""
    case.admin_level = "市级"
    case.handling_unit = f"{CITY}纪委监委"
