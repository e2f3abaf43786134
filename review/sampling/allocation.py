"""How many cases each stratum gives, in whole numbers only.

Floating point has no place here: 0.2 is a hair more than one fifth in binary, and one case too many or too few is a
matter of dispute. Ratios are fractions read from text, products are integers.
"""

import re
from collections.abc import Mapping
from fractions import Fraction

from review.errors import SampleError

MINIMUM_RATIO = Fraction(1, 5)  # 平顶山: 不低于办结问责案件的 20%
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


def allocate(sizes: Mapping[str, int], ratio: Fraction | str) -> dict[str, int]:
    """Cases to draw at random from each stratum of ``sizes`` (stratum -> number of cases).

    ceil(ratio × N) places are shared out by :func:`largest_remainder`; a stratum with cases that got none then gets one,
    taken from nobody, so the total can exceed the ratio but never fall below it. No stratum gives more than it holds.
    """
    exact = parse_ratio(ratio)
    shared = largest_remainder(sizes, at_least(exact, sum(sizes.values())))
    return {name: max(shared[name], min(1, size)) for name, size in sizes.items()}
