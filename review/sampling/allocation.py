"""How many cases each stratum gives, in whole numbers only.

Floating point has no place here: 0.2 is a hair more than one fifth in binary, and one case too many or too few is a
matter of dispute. Ratios are fractions read from text, products are integers.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from math import isqrt
from typing import NamedTuple

from review.errors import SampleError

MINIMUM_RATIO = Fraction(1, 5)  # 平顶山: 不低于办结问责案件的 20%
_DIGITS = 10**12
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％／", "0123456789.%/")
_RATIO = re.compile(r"(\d+(?:\.\d+)?)(%)?|(\d+)/(\d+)")


def parse_ratio(given: str | Fraction | int | float) -> Fraction:
    """The sampling ratio as an exact fraction, from "0.2", "20%", "1/5", a Fraction, or a number (taken as it prints).

    Raises SampleError for anything else, below 20% or above 100%.
    """
    if isinstance(given, Fraction):
        ratio = given
    else:
        text = str(given).translate(_FULL_WIDTH).strip()
        match = _RATIO.fullmatch(text)
        if match is None or match[4] is not None and int(match[4]) == 0:
            raise SampleError(f"抽样比例“{given}”读不懂。", "请写成 0.2、20% 或 1/5 这样的形式。")
        number, percent, over, under = match.groups()
        ratio = Fraction(int(over), int(under)) if over else Fraction(number) / (100 if percent else 1)
    if ratio < MINIMUM_RATIO:
        raise SampleError(f"抽样比例 {given} 低于 20%。", "评查比例不得低于办结案件的 20%，请改为 0.2 或更高。")
    if ratio > 1:
        raise SampleError(f"抽样比例 {given} 超过 100%。", "请填写 0.2 到 1 之间的比例。")
    return ratio


def at_least(ratio: Fraction, cases: int) -> int:
    """ceil(ratio × cases), exactly."""
    return -(-cases * ratio.numerator // ratio.denominator)


def largest_remainder(weights: Mapping[str, int], places: int) -> dict[str, int]:
    """``places`` shared out in proportion to ``weights`` by largest remainders (Hare quota).

    Equal remainders: the larger weight first, then the name in code-point order. Weights 47000, 16000, 15900, 12000,
    6000, 3100 over 10 places give 5, 2, 1, 1, 1, 0 (the usual textbook example).
    """
    total = sum(weights.values())
    if total == 0 or places == 0:
        return dict.fromkeys(weights, 0)
    shares = {name: divmod(weight * places, total) for name, weight in weights.items()}
    out = {name: whole for name, (whole, _) in shares.items()}
    order = sorted(weights, key=lambda name: (-shares[name][1], -weights[name], name))
    for name in order[: places - sum(out.values())]:
        out[name] += 1
    return out


class Line(NamedTuple):
    """Places of a stratum, step by step: ``due`` not rounded, ``shared`` by largest remainders within the maximum, ``quota`` after the
    minimum."""

    stratum: str
    cases: int
    due: Fraction
    shared: int
    quota: int


def allocate(sizes: Mapping[str, int], ratio: Fraction | str) -> dict[str, int]:
    """Cases to draw at random from each stratum of ``sizes`` (stratum -> number of cases).

    ceil(ratio × N) places are shared out by :func:`largest_remainder`; a stratum with cases that got none then gets one,
    taken from nobody, so the total can exceed the ratio but never fall below it. No stratum gives more than it holds.
    """
    return {line.stratum: line.quota for line in share_out(sizes, at_least(parse_ratio(ratio), sum(sizes.values())))}


def share_out(
    sizes: Mapping[str, int], places: int, weights: Mapping[str, int] | None = None, minimum: int = 1, maximum: int | None = None
) -> list[Line]:
    """``places`` shared out over strata with ``sizes`` cases, in proportion to ``weights`` (the sizes themselves if None).

    Largest remainders first. A stratum that got more than it may give (its cases, or ``maximum``) gives just that, and what is left goes
    to the others by largest remainders again, until none is over. A stratum below ``minimum`` is then raised to it, taken from nobody:
    the total is at least ``places``. Raises SampleError where the maximum leaves no room for the places.
    """
    tops = {name: size if maximum is None else min(size, maximum) for name, size in sizes.items()}
    if sum(tops.values()) < places:
        raise SampleError(
            f"每层最多 {maximum} 件时，各层合计最多抽 {sum(tops.values())} 件，不足规定的 {places} 件。", "请改大“每层最多”，或不设上限。"
        )
    weights = dict(sizes if weights is None else weights)
    total = sum(weights.values())
    shared, open_ = {}, set(sizes)
    while open_:
        left = places - sum(shared.values())
        # Where all that is left differs in nothing, cases count as they are.
        basis = {name: weights[name] for name in open_} if any(weights[name] for name in open_) else {name: sizes[name] for name in open_}
        given = largest_remainder(basis, left)
        over = [name for name in open_ if given[name] > tops[name]]
        shared |= {name: tops[name] for name in over} if over else given
        open_ = open_.difference(over) if over else set()
    return [
        Line(name, size, Fraction(weights[name] * places, total or 1), shared[name], max(shared[name], min(minimum, tops[name])))
        for name, size in sizes.items()
    ]


def neyman_weights(sizes: Mapping[str, int], variances: Mapping[str, Fraction]) -> dict[str, int]:
    """Size times standard deviation of each stratum as whole numbers (twelve digits kept), the weights of Neyman 1934.

    Worked example of PracTools: N 215 65 252 50 149 144, S 26787207 10645109 6909676 11085034 9817762 44553355, 100 places: due are
    34.64168, 4.16195, 10.47349, 3.33380, 8.79897, 38.59011. Raises SampleError where no stratum has cases that differ.
    """
    weights = {name: isqrt(int(size * size * variances[name] * _DIGITS**2)) for name, size in sizes.items()}
    if not any(weights.values()):
        raise SampleError("各层案件的疑似问题数没有差别，不能用内曼分配。", "请改用“按案件数”分配名额。")
    return weights
