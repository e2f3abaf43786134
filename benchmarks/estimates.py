"""``python -m benchmarks estimates [--draws N]``: bias and coverage of what is concluded from a sample, over many seeded draws.

Coverage is the share of draws whose 95% interval holds the truth. Limits after Clopper and Pearson (shares) are made to hold at least as
often as they say; means with Student's t should come close to it.
"""

import time
from argparse import ArgumentParser

import numpy as np

from review.sampling.bounds import bounds
from review.sampling.estimates import stratified_mean
from review.sampling.ratios import ratio_share, weighted_share

SIZES = np.array([120, 60, 30, 90])
TAKEN = SIZES // 5
STRATA = np.repeat(np.arange(len(SIZES)), TAKEN)
CHANCES = np.repeat(TAKEN / SIZES, TAKEN)
STARTS = np.concatenate([[0], np.cumsum(SIZES)[:-1]])


def draws(rng: np.random.Generator, rounds: int) -> np.ndarray:
    """Places of stratified simple random samples, one row a draw."""
    parts = [
        start + np.argsort(rng.random((rounds, size)), axis=1)[:, :n] for start, size, n in zip(STARTS, SIZES, TAKEN, strict=True)
    ]
    return np.concatenate(parts, axis=1)


def judged(found: list, truth: float) -> tuple[float, float, float]:
    """Bias in standard errors of the simulation, coverage, mean width."""
    estimates = np.array([f.estimate for f in found])
    bias = (estimates.mean() - truth) / (estimates.std() / len(found) ** 0.5)
    held = np.mean([f.low <= truth <= f.high for f in found])
    return float(bias), float(held), float(np.mean([f.high - f.low for f in found]))


def shares(rng: np.random.Generator, rounds: int, rate: float) -> tuple[float, float, float]:
    """Stratified share of faulty cases at about ``rate``."""
    faulty = rng.random(SIZES.sum()) < np.repeat(rate * np.linspace(0.6, 1.4, len(SIZES)), SIZES)
    return judged([weighted_share(faulty[p], CHANCES, STRATA, len(faulty)) for p in draws(rng, rounds)], faulty.mean())


def means(rng: np.random.Generator, rounds: int) -> tuple[float, float, float]:
    """Stratified mean with Student's t."""
    value = rng.normal(50, 10, SIZES.sum()) + np.repeat(np.arange(len(SIZES)) * 8.0, SIZES)
    sizes = dict(enumerate(SIZES.tolist()))
    return judged([stratified_mean(value[p], STRATA.tolist(), sizes) for p in draws(rng, rounds)], value.mean())


def precision(rng: np.random.Generator, rounds: int) -> tuple[float, float, float]:
    """Precision of suspects: a ratio of two totals."""
    suspect = rng.random(SIZES.sum()) < 0.3
    right = suspect & (rng.random(SIZES.sum()) < 0.75)
    found = [ratio_share(right[p], suspect[p], CHANCES, STRATA) for p in draws(rng, rounds) if suspect[p].any()]
    return judged(found, right.sum() / suspect.sum())


def risk_weighted(rng: np.random.Generator, rounds: int) -> tuple[float, float, float]:
    """Horvitz-Thompson share from Pareto πps draws of 40 of 200."""
    risk = rng.uniform(1, 4, 200)
    faulty, chances = rng.random(200) < risk / 12, 40 * risk / risk.sum()
    u = rng.random((rounds, 200))
    places = np.argsort(u * (1 - chances) / (chances * (1 - u)), axis=1)[:, :40]
    return judged([weighted_share(faulty[p], chances[p], np.zeros(40), 200) for p in places], faulty.mean())


def exact(rng: np.random.Generator, rounds: int) -> float:
    """Coverage of the one-sided upper bound in whole cases, 20 of 100, truths drawn evenly from 0 to 40."""
    most = np.array([bounds(100, 20, k).most for k in range(21)])
    truths = rng.integers(0, 41, rounds)
    return float((most[rng.hypergeometric(truths, 100 - truths, 20)] >= truths).mean())


def main(argv: list[str]) -> int:
    """Print one line an estimator; 1 where one is biased or covers too little."""
    parser = ArgumentParser(prog="python -m benchmarks estimates", description=__doc__)
    parser.add_argument("--draws", type=int, default=10_000)
    rounds = parser.parse_args(argv).draws
    rng, began, failed = np.random.default_rng(2024), time.process_time(), False
    print(f"{rounds:,} seeded draws each\n{'estimator':34} {'bias (s.e.)':>12} {'covers':>8} {'width':>8}  goal")
    for name, run, low, high in (
        ("share, about 2% faulty", lambda: shares(rng, rounds, 0.02), 0.95, 1.0),
        ("share, about 10% faulty", lambda: shares(rng, rounds, 0.1), 0.95, 1.0),
        ("share, about 40% faulty", lambda: shares(rng, rounds, 0.4), 0.95, 1.0),
        ("mean, Student's t", lambda: means(rng, rounds), 0.93, 0.97),
        ("precision of suspects", lambda: precision(rng, rounds), 0.95, 1.0),
        ("risk-weighted share", lambda: risk_weighted(rng, rounds), 0.93, 1.0),
    ):
        bias, held, width = run()
        # A ratio has a bias of its own, of the order 1/n: only the plain totals must be free of one.
        met = low <= held <= high and (abs(bias) < 4 or "precision" in name)
        failed |= not met
        print(f"{name:34} {bias:12.2f} {held:8.3f} {width:8.3f}  {low:.0%} to {high:.0%}: {'met' if met else 'NOT met'}")
    held = exact(rng, rounds)
    failed |= held < 0.95
    print(f"{'exact upper bound, 20 of 100':34} {'':12} {held:8.3f} {'':8}  95% or more: {'met' if held >= 0.95 else 'NOT met'}")
    print(f"{time.process_time() - began:.1f} s of processor time")
    return int(failed)
