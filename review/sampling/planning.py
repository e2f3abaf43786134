"""How large a sample must be, and what the usual fifth can and can't show, in sentences for the leader."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from review.sampling.allocation import at_least, parse_ratio
from review.sampling.bounds import RISK, bounds, cases_to_find

SHARES = (Fraction(1, 20), Fraction(1, 10), Fraction(1, 5))


@dataclass(frozen=True)
class Plan:
    """For one county (or all): ``drawn`` of ``cases`` at the ratio; clean_most: most faulty ones among the rest when none is found;
    to_find: share of faulty cases -> cases to draw so that at least one of them is found; sentence: the same in words."""

    name: str
    cases: int
    drawn: int
    clean_most: int
    to_find: dict[Fraction, int]
    sentence: str


def plan(sizes: Mapping[str, int], ratio: str | Fraction, risk: Fraction = RISK) -> list[Plan]:
    """One plan for each name of ``sizes`` (county -> closed cases) that has cases, in their order; raises SampleError for a bad ratio."""
    exact = parse_ratio(ratio)
    return [_plan(name, cases, at_least(exact, cases), risk) for name, cases in sizes.items() if cases]


def _plan(name: str, cases: int, drawn: int, risk: Fraction) -> Plan:
    most = bounds(cases, drawn, 0, risk).most_of_the_rest
    to_find = {share: cases_to_find(cases, at_least(share, cases), risk) for share in SHARES}
    sure = f"{float(1 - risk):.0%} 把握"
    words = [f"{name} {cases} 件，抽 {drawn} 件：如未发现某类问题，其余 {cases - drawn} 件中仍可能有至多 {most} 件有同类问题（{sure}）。"]
    if drawn == cases:
        words = [f"{name} {cases} 件全部抽到，没有未看的案件。"]
    else:
        share = SHARES[1]
        need, faulty = to_find[share], at_least(share, cases)
        told = f"如有一成案件（{faulty} 件）有问题，要有 {sure}至少抽到 1 件，须抽 {need} 件"
        words.append(told + ("，现在的数量已够。" if need <= drawn else f"，现在的数量还差 {need - drawn} 件。"))
    return Plan(name, cases, drawn, most, to_find, "".join(words))
