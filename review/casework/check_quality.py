"""How good the checks are, judged by the reviewers: how often a 疑似 was right, how many real problems the program was silent on.

Only the random part counts, since must-review cases are picked for a reason. 待核 is told apart: there the program made no claim.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from review.casework.conclusions import Body
from review.casework.outcomes import Outcome
from review.casework.reviews import ASPECTS, subject_label
from review.sampling.estimates import Estimate
from review.sampling.ratios import ratio_share

ALL = "全部检查"
ENOUGH = 5  # cases that a share with an interval is given for


@dataclass(frozen=True)
class Quality:
    """One check, one aspect or all, over (case, check) pairs of the random part that were reviewed and could be told.

    right of suspects: 疑似 that the reviewers found to be so; caught, missed: problems that were there, by whether the program said 疑似;
    undetermined_real of undetermined: 待核 that turned out to be a problem; unclear: pairs with 疑似 that nobody could tell;
    precision, miss_rate: estimates for the whole frame with their 95% intervals, None below ENOUGH cases or while the random part is not
    complete; pending: random cases not yet 评毕.
    """

    key: str
    label: str
    suspects: int
    right: int
    unclear: int
    caught: int
    missed: int
    undetermined: int
    undetermined_real: int
    precision: Estimate | None
    miss_rate: Estimate | None
    pending: int


def check_quality(found: Body) -> list[Quality]:
    """All checks together, each aspect, then each check that said something or was said to have missed something."""
    reviewed = [one for one in found.random if one.reviewed]
    pending = len(found.random) - len(reviewed)
    if not found.random:
        return []
    aspects = found.random[0].aspects
    groups = {ALL: [c for c in aspects if aspects[c] in ASPECTS]} | {a: [c for c in aspects if aspects[c] == a] for a in ASPECTS}
    groups |= {check: [check] for check in groups[ALL]}
    chances = _chances(found)
    lines = [_quality(key, checks, reviewed, chances, pending) for key, checks in groups.items()]
    return [
        line for line in lines if line.key == ALL or line.key in ASPECTS or line.suspects + line.unclear + line.missed + line.undetermined
    ]


def _chances(found: Body) -> dict[str, float]:
    """Chance of each drawn case; for a simple draw what its stratum gave of what it holds."""
    if found.weighted:
        return {one.case_id: one.chance for one in found.random}
    sizes, taken = Counter(stratum for _, stratum, _, _ in found.open_cases), Counter(one.stratum for one in found.random)
    return {one.case_id: min(1.0, taken[one.stratum] / max(1, sizes[one.stratum])) for one in found.random}


def _quality(key: str, checks: Sequence[str], reviewed: Sequence[Outcome], chances: dict[str, float], pending: int) -> Quality:
    pairs = {one.case_id: Counter((one.said.get(c, "silent"), one.result(c)) for c in checks) for one in reviewed}
    total = sum(pairs.values(), Counter())
    suspects = [p["suspect", "yes"] + p["suspect", "no"] for p in pairs.values()]
    right = [p["suspect", "yes"] for p in pairs.values()]
    # 待核 is no silence: the program asked for a look.
    missed = [p["silent", "yes"] for p in pairs.values()]
    real = [r + m for r, m in zip(right, missed, strict=True)]
    where = [chances[one.case_id] for one in reviewed], [one.stratum for one in reviewed]

    def share(parts: list[int], wholes: list[int]) -> Estimate | None:
        return None if pending or sum(w > 0 for w in wholes) < ENOUGH else ratio_share(parts, wholes, *where)

    return Quality(
        key, key if key in (ALL, *ASPECTS) else subject_label(key), sum(suspects), sum(right), total["suspect", "unclear"], sum(right),
        sum(missed), total["undetermined", "yes"] + total["undetermined", "no"], total["undetermined", "yes"], share(right, suspects),
        share(missed, real), pending,
    )  # fmt: skip
