"""``python -m benchmarks ledgers``: a thousand ledgers made at random, read and compared with what they were made from.

Prints for each dimension (layout, header words, dates, …) the three figures: respondents found, decisive fields right, silently wrong.
"""

import time
from argparse import ArgumentParser
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor

from tests.ledgers.making import make
from tests.ledgers.score import DECISIVE, Score, score

FOUND, RIGHT, WRONG = 0.995, 0.99, 1 / 2000


def read(seed: int) -> tuple[dict[str, str], Score]:
    """Dimensions and score of the ledger of a seed."""
    ledger = make(seed)
    return ledger.dimensions, score(ledger)


def main(argv: list[str]) -> int:
    """Read the ledgers and print; 1 when a goal is missed."""
    parser = ArgumentParser(prog="python -m benchmarks ledgers", description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0, help="first seed")
    parser.add_argument("--examples", type=int, default=0, help="how many misreadings to show")
    options = parser.parse_args(argv)
    total, by_value = Score(), defaultdict(Score)
    start = time.perf_counter()
    with ProcessPoolExecutor(2) as pool:
        for dimensions, one in pool.map(read, range(options.first, options.first + options.count), chunksize=10):
            total.add(one)
            for dimension in dimensions.items():
                by_value[dimension].add(one)
    for (dimension, value), found in sorted(by_value.items()):
        print(f"{dimension:9} {value:22} {found.ledgers:5} ledgers  {found.line()}")
    print(f"{'all':32} {total.ledgers:5} ledgers  {total.line()}")
    for name in (*DECISIVE, "tier", "role", "county"):
        counts = {v: total.count(v, (name,)) for v in ("right", "unclear", "wrong")}
        print(f"  {name:15} right {counts['right']:7}  told to be unclear {counts['unclear']:5}  wrong {counts['wrong']:4}")
    for example in total.examples[: options.examples]:
        print(f"  {example}")
    met = not total.unread and total.found_share >= FOUND and total.right_share >= RIGHT and total.wrong_share <= WRONG
    goal = f"found >= {FOUND:.1%}, right >= {RIGHT:.0%}, silently wrong <= {WRONG:.2%}"
    print(f"{time.perf_counter() - start:.0f} s; not read: {total.unread}; goal: {goal}: {'met' if met else 'NOT met'}")
    return 0 if met else 1
