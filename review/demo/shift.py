"""Counties that differ as a whole (checks M01, M04, O08), and beside each one that only seems to: what no single case can show."""

from collections.abc import Callable, Iterator

from review.demo.aftermath import settle
from review.demo.clean import Maker
from review.demo.matters import MATTERS
from review.demo.model import Case, County
from review.demo.people import say
from review.demo.places import VILLAGES
from review.demo.scenarios import CLEAR, SUSPECT

# Below this a county has too few like cases to be compared: no county may be flagged, some can't be judged.
LARGE_ENOUGH = 400
# M01: the same matter, the same posts, two bands heavier and more. The look-alike has a few heavy cases, its median stays.
HEAVIER, SOME_HEAVIER, MATTER, MEASURE, MORE_CASES, FEW_CASES = "星桥区", "云麓区", "discipline", "撤销党内职务", 6, 2
# M04: whoever is held accountable is punished; one band heavier only, so that M01 has nothing to say.
ALWAYS_PUNISHED, LIGHT = "枫林县", ("诫勉", "通报")
# O08: village secretaries in every second case. The look-alike has one case with many of them.
FEW_LEADERS, ONE_MASS_CASE, MASS = "禾川县", "桐台县", 40
WITHOUT_LICENSED_POWER = ("discipline", "village", "livelihood")

WHY = {
    ("M01", HEAVIER): "同类问题的处理比其他县区重两档以上",
    ("M01", SOME_HEAVIER): "有少数几件偏重，中位档次与其他县区相近",
    ("M04", ALWAYS_PUNISHED): "被问责的人几乎都受党纪政务处分",
    ("O08", FEW_LEADERS): "被问责的人中村干部多，领导干部占比低",
    ("O08", ONE_MASS_CASE): "村干部集中在一个案件，其余案件与其他县区相近",
}
SUSPECTS = {("M01", HEAVIER), ("M04", ALWAYS_PUNISHED), ("O08", FEW_LEADERS)}
CHECKS = ("M01", "M04", "O08")


def comparable(counties: tuple[County, ...], cases: int) -> bool:
    """Whether the city is large enough to be compared and has all the counties that differ."""
    return cases >= LARGE_ENOUGH and {name for _, name in SUSPECTS} <= {c.name for c in counties}


def verdict(check: str, county: County) -> tuple[str, str]:
    """What a check must say of a county, and why."""
    expect = SUSPECT if (check, county.name) in SUSPECTS else CLEAR
    return expect, WHY.get((check, county.name), "与其他县区相近")


def make_heavier(case: Case, maker: Maker) -> None:
    """Give the bureau head of a case of the matter the heavier measure; other cases stay as they are."""
    if case.domain == MATTERS[MATTER].domain:
        for person in case.persons():
            if person.post.endswith("党组书记、局长"):
                person.measures, person.aggravation = say(maker.random, MEASURE), "无"
                case.expect("M03", SUSPECT, "同类案件相差三档以上", person)
                case.expect("M09", SUSPECT, "比同类中位数重三档，从重加重情形写无", person)


def punish_all(case: Case, maker: Maker) -> None:
    """Nobody of the case gets less than a 党内警告."""
    for person in case.persons():
        if person.measures.keys() == {"education"}:
            person.measures = say(maker.random, "党内警告")


def add_villages(case: Case, maker: Maker) -> None:
    """Several village secretaries beside the leaders, in matters of which a village may have its own share."""
    if case.domain in {MATTERS[m].domain for m in WITHOUT_LICENSED_POWER}:
        _villages(case, maker, 9)


def _villages(case: Case, maker: Maker, count: int) -> None:
    cast, first = maker.cast_of(case), case.people[0]
    for number in range(count):
        village = VILLAGES[number % len(VILLAGES)] + ("" if number < len(VILLAGES) else f"第{number // len(VILLAGES) + 1}组")
        person = cast.village_secretary(cast.town(number % len(maker.county.towns)), village, ("诫勉", "党内警告")[number % 2])
        person.decided_on, person.announced_on = first.decided_on, first.announced_on
        case.people.append(person)


CHANGES: dict[str, Callable[[Case, Maker], None]] = {
    HEAVIER: make_heavier,
    ALWAYS_PUNISHED: punish_all,
    FEW_LEADERS: add_villages,
}


def further_cases(maker: Maker) -> Iterator[Case]:
    """Cases that a county has beyond its share: heavy ones in the first county and, few, in its look-alike; one mass case."""
    for _ in range({HEAVIER: MORE_CASES, SOME_HEAVIER: FEW_CASES}.get(maker.county.name, 0)):
        case, cast, _town = maker.blank_case(MATTERS[MATTER])
        maker.head(case, cast, MATTERS[MATTER])
        make_heavier(maker.finish(case, cast), maker)
        yield settle(case, cast.random)
    if maker.county.name == ONE_MASS_CASE:
        case, cast, town = maker.blank_case(MATTERS["village"])
        case.people.append(cast.town_secretary(town, "党内警告"))
        maker.finish(case, cast)
        _villages(case, maker, MASS)
        yield settle(case, cast.random)
