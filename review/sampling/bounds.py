"""What a sample drawn at random can say of the cases that were not drawn: exact bounds in whole cases.

Everything is counted with whole numbers: the hypergeometric law, no approximation and no floating point at the boundary.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

RISK = Fraction(1, 20)


@dataclass(frozen=True)
class Bounds:
    """Faulty cases among all ``cases`` when ``found`` of ``drawn`` were faulty.

    least, most: fewest and most that the sample leaves possible; each bound by itself is wrong with a chance of at most ``risk``.
    """

    cases: int
    drawn: int
    found: int
    least: int
    most: int
    risk: Fraction

    @property
    def most_of_the_rest(self) -> int:
        """Most faulty ones among the cases that were not drawn."""
        return self.most - self.found

    @property
    def estimate(self) -> Fraction:
        """Share found, the best single guess of the share of all; 0 with nothing drawn."""
        return Fraction(self.found, self.drawn) if self.drawn else Fraction(0)


def chance_of_at_most(found: int, cases: int, faulty: int, drawn: int) -> Fraction:
    """Chance that a simple random sample of ``drawn`` from ``cases`` with ``faulty`` faulty ones holds at most ``found`` of them."""
    _check(cases, drawn, max(0, min(found, drawn)))
    possible = range(max(0, drawn - cases + faulty), min(found, faulty, drawn) + 1)
    ways = sum(comb(faulty, k) * comb(cases - faulty, drawn - k) for k in possible)
    return Fraction(ways, comb(cases, drawn))


def bounds(cases: int, drawn: int, found: int, risk: Fraction = RISK) -> Bounds:
    """Exact one-sided bounds of the faulty cases of a stratum (hypergeometric test inversion, Katz 1953, Buonaccorsi 1987).

    With none found the most are 10 of 30, 11 of 60, 12 of 100 and 13 of 300 when one fifth was drawn. Raises ValueError for counts that
    can't be.
    """
    _check(cases, drawn, found)
    possible = range(found, cases - (drawn - found) + 1)
    most = _last(possible, lambda faulty: chance_of_at_most(found, cases, faulty, drawn) > risk)
    fewer = [f for f in possible if f <= most]
    least = _first(fewer, lambda faulty: not found or 1 - chance_of_at_most(found - 1, cases, faulty, drawn) > risk)
    return Bounds(cases, drawn, found, least, most, risk)


def most_if_clean(strata: Sequence[tuple[int, int]], risk: Fraction = RISK) -> int:
    """Most faulty cases over all strata, each (cases, drawn), when none of the drawn ones is faulty.

    The faulty ones may hide where they are hardest to hit: they are put, one after the other, where one more lowers the chance of a clean
    sample least; those chances fall ever faster within a stratum, so that no other spread hides as many.
    """
    hidden, chance, most = [0] * len(strata), Fraction(1), 0
    while True:
        left = [(k, cases - hidden[k], drawn) for k, (cases, drawn) in enumerate(strata) if hidden[k] < cases - drawn]
        steps = [(Fraction(cases - drawn, cases), -k) for k, cases, drawn in left]
        if not steps or chance * max(steps)[0] <= risk:
            return most
        step, k = max(steps)
        chance, most = chance * step, most + 1
        hidden[-k] += 1


def cases_to_find(cases: int, faulty: int, risk: Fraction = RISK) -> int:
    """Fewest cases to draw so that at least one of ``faulty`` faulty ones is among them, but for a chance of ``risk``.

    Five faulty in a hundred and a risk of 5% take 45 cases; of 500 and 1000 with 5% faulty 56 and 57. Raises ValueError without a faulty
    case: nothing can be found then.
    """
    if not 0 < faulty <= cases:
        raise ValueError("between one and all cases must be faulty")
    enough = range(1, cases - faulty + 2)
    return _first(enough, lambda drawn: chance_of_at_most(0, cases, faulty, min(drawn, cases)) <= risk)


def _check(cases: int, drawn: int, found: int) -> None:
    if not 0 <= found <= drawn <= cases:
        raise ValueError("found, drawn and cases must not fall short of each other")


def _first(choices, holds):
    """The first of ascending choices for which a property holds that, once true, stays true; the last where it never does."""
    low, high = 0, len(choices) - 1
    while low < high:
        middle = (low + high) // 2
        if holds(choices[middle]):
            high = middle
        else:
            low = middle + 1
    return choices[low]


def _last(choices, holds):
    """The last of ascending choices for which a property holds that, once false, stays false; the first where it never does."""
    low, high = 0, len(choices) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if holds(choices[middle]):
            low = middle
        else:
            high = middle - 1
    return choices[low]
