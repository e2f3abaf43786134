"""How large a sample must be, and what the usual fifth can and can't show, in sentences for the leader."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from review.sampling.allocation import at_least
from review.sampling.bounds import RISK, cases_to_find, most_if_clean

ALL = "全部"
ONE_IN_TEN = Fraction(1, 10)


@dataclass(frozen=True)
class Plan:
    """What ``drawn`` of ``cases`` can show. clean_most: most faulty ones among the rest when none is found; to_find: cases to draw by
    simple random sampling so that one of the assumed faulty ones is found; sentence: the same in words."""

    name: str
    cases: int
    drawn: int
    clean_most: int
    to_find: int
    sentence: str


def plans(sizes: Mapping[str, int], quotas: Mapping[str, int], risk: Fraction = RISK, faulty: Fraction = ONE_IN_TEN) -> list[Plan]:
    """The whole frame first (when it has several strata), then every stratum with cases; ``quotas``: cases drawn at random from each;
    ``faulty``: the share of faulty cases of which one is to be found."""
    strata = {name: (cases, quotas.get(name, 0)) for name, cases in sizes.items() if cases}
    whole = [_plan(ALL, list(strata.values()), risk, faulty)] if len(strata) > 1 else []
    return whole + [_plan(name, [one], risk, faulty) for name, one in strata.items()]


def _plan(name: str, strata: list[tuple[int, int]], risk: Fraction, share: Fraction) -> Plan:
    cases, drawn = (sum(one[k] for one in strata) for k in (0, 1))
    most, faulty = most_if_clean(strata, risk), at_least(share, cases)
    need = cases_to_find(cases, faulty, risk)
    if drawn == cases:
        return Plan(name, cases, drawn, 0, need, f"{name} {cases} 件全部抽到，没有未看的案件。")
    sure = f"{float(1 - risk):.0%} 把握"
    words = (
        f"{name} {cases} 件，抽 {drawn} 件：如未发现某类问题，其余 {cases - drawn} 件中仍可能有至多 {most} 件有同类问题（{sure}）。"
        f"{_if_so_many(share)}（{faulty} 件）有问题，要有 {sure}至少抽到 1 件，须抽 {need} 件"
    )
    return Plan(name, cases, drawn, most, need, words + ("，现在的数量已够。" if need <= drawn else f"，还差 {need - drawn} 件。"))


def _if_so_many(share: Fraction) -> str:
    return "如有一成案件" if share == ONE_IN_TEN else f"如有 {float(share):.0%} 的案件"
