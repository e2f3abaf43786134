"""The one county that measures with another yardstick (check M01): the same matter, the same posts, two bands heavier."""

from collections.abc import Iterator

from review.demo.clean import Maker
from review.demo.matters import MATTERS
from review.demo.model import Case, County
from review.demo.people import say

LARGE_ENOUGH, HEAVY_CASES = 400, 14


def shifted_county(counties: tuple[County, ...], cases: int) -> County | None:
    """The county whose measures are shifted; None where the ledgers are too small for a comparison."""
    return next((c for c in counties if c.name == "星桥区"), None) if cases >= LARGE_ENOUGH else None


def heavier_cases(maker: Maker) -> Iterator[Case]:
    """Ordinary finance cases whose bureau heads lost their party posts, where other counties give band 3 to 5."""
    matter = MATTERS["finance"]
    for _ in range(HEAVY_CASES):
        case, cast, _town = maker.blank_case(matter)
        maker.head(case, cast, matter)
        case.people[0].measures = say(cast.random, "撤销党内职务")
        yield maker.finish(case, cast)
