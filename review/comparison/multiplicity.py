"""Many comparisons at once: what is left of a small p when it is one of many."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import false_discovery_control


@dataclass(frozen=True)
class Corrected:
    """adjusted[i]: p[i] corrected for all n comparisons; rejected[i]: adjusted[i] is at most q."""

    adjusted: tuple[float, ...]
    rejected: tuple[bool, ...]
    n: int
    q: float
    method: str = "Benjamini-Hochberg"


def benjamini_hochberg(p: Sequence[float], q: float = 0.05) -> Corrected:
    """False discovery rate at most q over all comparisons; in the order given.

    Benjamini and Hochberg 1995, J. R. Statist. Soc. B 57:289; of its fifteen p of thrombolysis four are rejected at 0.05
    (Bonferroni: three). A p exactly on the boundary counts as rejected.
    """
    values = np.asarray(p, dtype=float)
    if not values.size:
        return Corrected((), (), 0, q)
    adjusted = false_discovery_control(values, method="bh")
    return Corrected(tuple(map(float, adjusted)), tuple(bool(a <= q + 1e-12) for a in adjusted), values.size, q)
