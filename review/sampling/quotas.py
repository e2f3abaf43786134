"""What a draw will take from each stratum, before any ticket is looked at: places, targets and chances."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from math import sqrt
from typing import NamedTuple

import numpy as np

from review.errors import SampleError
from review.sampling.allocation import at_least, neyman_weights, parse_ratio, share_out
from review.sampling.design import Design
from review.sampling.pareto import exact_chances, need_weights, proportional_chances, risk_weight


class Group(NamedTuple):
    """Cases of a stratum that a draw can't tell apart before the tickets: ``must``: a must-review rule that is switched on holds;
    findings, squares: sums over the ``checked`` ones of the number of suspected problems and of its square."""

    stratum: str
    must: bool
    finding_level: str | None
    cases: int
    checked: int
    findings: int
    squares: int


class Places(NamedTuple):
    """A stratum: ``open`` cases that the random draw chooses from, ``must`` those of must-review rules, ``due`` places not rounded,
    ``shared`` after largest remainders, ``quota`` in the end; deviation: standard deviation of suspected problems per case (Neyman);
    chances: (target, chance) by risk weight, weight and target None in a simple draw."""

    stratum: str
    cases: int
    open: int
    must: int
    due: Fraction
    shared: int
    quota: int
    deviation: float | None
    chances: dict[int | None, tuple[float | None, float]]


def plan(groups: Iterable[Group], ratio: str | Fraction, design: Design) -> list[Places]:
    """Places of every stratum, strata in code-point order.

    Must-review cases "added": the random draw is over all cases and takes ceil(ratio × N). "counted": they are on the list first and
    count towards ceil(ratio × N); the random draw is over the others and takes the rest, at least one of each stratum that has others.
    Raises SampleError for a ratio below 20%, bounds without room, and where findings are needed but were not looked for.
    """
    strata: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        strata[group.stratum].append(group)
    strata = dict(sorted(strata.items()))
    counted = design.must_mode == "counted"
    open_ = {name: [g for g in members if not (counted and g.must)] for name, members in strata.items()}
    sizes = {name: sum(g.cases for g in members) for name, members in open_.items()}
    must = {name: sum(g.cases for g in members if g.must) for name, members in strata.items()}
    places = at_least(parse_ratio(ratio), sum(g.cases for members in strata.values() for g in members))
    if counted:
        places = max(0, places - sum(must.values()))
    variances = {name: _variance(members) for name, members in open_.items()} if design.allocation == "neyman" else None
    weights = None if variances is None else neyman_weights(sizes, variances)
    return [
        Places(
            line.stratum,
            sum(g.cases for g in strata[line.stratum]),
            line.cases,
            must[line.stratum],
            line.due,
            line.shared,
            line.quota,
            None if variances is None else sqrt(variances[line.stratum]),
            _chances(open_[line.stratum], line.quota, design),
        )  # fmt: skip
        for line in share_out(sizes, places, weights, design.minimum, design.maximum)
    ]


def simple_chance(quota: int, cases: int) -> float:
    """Chance of a case in a simple draw of ``quota`` of ``cases``."""
    return quota / cases


def _variance(groups: list[Group]) -> Fraction:
    n, checked = sum(g.cases for g in groups), sum(g.checked for g in groups)
    if checked < n:
        raise SampleError(
            f"有 {n - checked} 件案件导入后还没有运行过检查，不知道各层的差别，不能用内曼分配。",
            "请先在“检查规则”页运行检查，再重新冻结抽样框；或改用“按案件数”分配名额。",
        )
    total, squares = sum(g.findings for g in groups), sum(g.squares for g in groups)
    return Fraction(n * squares - total * total, n * (n - 1)) if n > 1 else Fraction(0)


def _chances(groups: list[Group], quota: int, design: Design) -> dict[int | None, tuple[float | None, float]]:
    cases = sum(g.cases for g in groups)
    if not cases:
        return {}
    if design.method == "simple":
        return {None: (None, simple_chance(quota, cases))}
    need_weights([g.finding_level for g in groups for _ in range(g.cases if g.finding_level is None else 1)])
    # In one order whatever the groups came in, so that the last digit of a sum is always the same.
    weights = np.sort(np.repeat([risk_weight(g.finding_level) for g in groups], [g.cases for g in groups]))
    targets = proportional_chances(weights, quota)
    chances = exact_chances(targets, quota)
    first = {int(weight): index for weight, index in zip(*np.unique(weights, return_index=True), strict=True)}
    return {weight: (float(targets[index]), float(chances[index])) for weight, index in first.items()}
