"""The one county that measures with another yardstick (check M01): the same matter, the same posts, two bands heavier and more."""

from collections.abc import Iterator

from review.demo.clean import Maker
from review.demo.matters import MATTERS
from review.demo.model import Case, County
from review.demo.people import say

# Below this a county has too few like cases to be compared: no county may be flagged, some can't be judged.
LARGE_ENOUGH = 400
COUNTY, MATTER, MEASURE, MORE_CASES = "星桥区", "discipline", "撤销党内职务", 6
# Two heavy cases among many ordinary ones: its median stays where the others have theirs.
LOOK_ALIKE, FEW_CASES = "云麓区", 2


def comparable(counties: tuple[County, ...], cases: int) -> bool:
    """Whether the city is large enough to be compared and has the county with the other yardstick."""
    return cases >= LARGE_ENOUGH and any(c.name == COUNTY for c in counties)


def make_heavier(case: Case, maker: Maker) -> Case:
    """Give the bureau head of a case of the matter the heavier measure; other cases stay as they are."""
    if case.domain == MATTERS[MATTER].domain:
        for person in case.persons():
            if person.post.endswith("党组书记、局长"):
                person.measures = say(maker.random, MEASURE)
    return case


def heavier_cases(maker: Maker) -> Iterator[Case]:
    """More ordinary cases of the matter with the heavier measure: several in the shifted county, few in the look-alike."""
    for _ in range({COUNTY: MORE_CASES, LOOK_ALIKE: FEW_CASES}.get(maker.county.name, 0)):
        case, cast, _town = maker.blank_case(MATTERS[MATTER])
        maker.head(case, cast, MATTERS[MATTER])
        yield make_heavier(maker.finish(case, cast), maker)
