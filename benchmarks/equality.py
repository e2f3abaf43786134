"""``python -m benchmarks.equality``: how often an even-handed city is accused, and how often a county that is two bands off is found.

Ten counties of 4 to 120 people in three comparable groups. Their bands are drawn from the distribution of published accountability
notices: the 142 people of the 48 founding example cases whose handling has a band. Not a speed measurement: two rates.
"""

import sys
from argparse import ArgumentParser

import numpy as np

from review.comparison.counties import compare_counts

SIZES = (4, 6, 9, 14, 20, 30, 45, 60, 90, 120)
BANDS = {1: 16, 2: 8, 3: 19, 4: 51, 5: 45, 6: 3}
SHIFTED = SIZES.index(30)
SEED = 20231231


def city(rng: np.random.Generator, shift: int) -> np.ndarray:
    """Counts by group, county and band 1 … 9; the county of 30 people is ``shift`` bands heavier."""
    values, weights = np.array(list(BANDS)), np.array(list(BANDS.values()), dtype=float)
    cube = np.zeros((3, len(SIZES), 9), dtype=int)
    for county, size in enumerate(SIZES):
        # Counties differ in what happens there.
        mix = rng.dirichlet([2.0, 2.0, 2.0])
        bands = rng.choice(values, size, p=weights / weights.sum()) + (shift if county == SHIFTED else 0)
        np.add.at(cube, (rng.choice(3, size, p=mix), county, np.clip(bands, 1, 9) - 1), 1)
    return cube


def accused(cube: np.ndarray) -> set[int]:
    """Counties with a difference that holds."""
    names = [f"{c:02d}" for c in range(len(SIZES))]
    found = compare_counts(cube, names, ["一", "二", "三"], np.arange(1, 10))
    return {int(d.county) for d in found.differences if d.holds}


def main() -> int:
    """Run both simulations and print the two rates with their goals; 1 when one is missed."""
    parser = ArgumentParser(prog="python -m benchmarks.equality")
    parser.add_argument("--runs", type=int, default=2000)
    runs = parser.parse_args().runs
    rng = np.random.default_rng(SEED)
    falsely = sum(bool(accused(city(rng, 0))) for _ in range(runs))
    hits = others = 0
    for _ in range(runs):
        found = accused(city(rng, 2))
        hits += SHIFTED in found
        others += bool(found - {SHIFTED})
    print(f"{runs:,} even-handed cities: some county accused in {falsely / runs:.2%} (goal: at most 5%)")
    print(f"{runs:,} cities with one county of 30 people two bands heavier: found in {hits / runs:.2%} (goal: at least 90%), "
          f"another county accused as well in {others / runs:.2%}")  # fmt: skip
    return int(falsely > 0.05 * runs or hits < 0.9 * runs)


if __name__ == "__main__":
    sys.exit(main())
