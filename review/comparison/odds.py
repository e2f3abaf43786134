"""Yes or no in two groups over several strata: Mantel-Haenszel, and whether the strata agree."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2_contingency
from statsmodels.stats.contingency_tables import StratifiedTable


@dataclass(frozen=True)
class StratifiedOdds:
    """Common odds ratio of the strata (Mantel-Haenszel; interval after Robins, Breslow and Greenland 1986) beside the pooled one.

    statistic, p: test of ratio 1 (with continuity correction if ``corrected``); agreement, agreement_p: Breslow-Day test that the
    strata share one ratio; pooled, pooled_statistic: as if there were no strata; n: units used; exclusions: units left out, by reason.
    """

    estimate: float
    low: float
    high: float
    statistic: float
    p: float
    corrected: bool
    agreement: float
    agreement_p: float
    pooled: float
    pooled_statistic: float
    n: int
    strata: int
    exclusions: dict[str, int]
    method: str = "Mantel-Haenszel"

    @property
    def reversed(self) -> bool:
        """Pooled and stratified point in opposite directions (Simpson 1951): the pooled figure misleads."""
        return (self.pooled - 1) * (self.estimate - 1) < 0


def mantel_haenszel(tables: Sequence, continuity: bool = True, confidence: float = 0.95) -> StratifiedOdds | None:
    """Strata of 2×2 counts [[a, b], [c, d]] (rows: the two groups, columns: yes and no); None where no stratum holds both.

    Mantel and Haenszel 1959; Breslow and Day 1980. Worked example: Berkeley admissions 1973 by department: 1.426946 with correction,
    1.524607 without, common ratio 0.904697 (0.771907 to 1.060330), Breslow-Day 18.8255, pooled chi-square 92.2053.
    """
    used, left_out = [], 0
    for table in tables:
        counts = np.asarray(table, dtype=float)
        if counts.shape != (2, 2) or (counts < 0).any():
            raise ValueError("every stratum needs a table of 2×2 counts")
        # A stratum with one group only, or one answer only, says nothing about the difference.
        if (counts.sum(axis=0) > 0).all() and (counts.sum(axis=1) > 0).all():
            used.append(counts)
        else:
            left_out += int(counts.sum())
    exclusions = {"只有一方或只有一种结果的层": left_out} if left_out else {}
    if not used:
        return None
    pooled = np.sum(used, axis=0)
    joint = StratifiedTable([t for t in used])
    with np.errstate(divide="ignore", invalid="ignore"):
        null = joint.test_null_odds(correction=continuity)
        low, high = joint.oddsratio_pooled_confint(alpha=1 - confidence)
        # Breslow and Day without Tarone's term, as R's BreslowDayTest(correct = FALSE).
        agreement = joint.test_equal_odds(adjust=False) if len(used) > 1 else None
        ratio = pooled[0, 0] * pooled[1, 1] / (pooled[0, 1] * pooled[1, 0])
    return StratifiedOdds(
        float(joint.oddsratio_pooled), float(low), float(high), float(null.statistic), float(null.pvalue), continuity,
        float(agreement.statistic) if agreement else 0.0, float(agreement.pvalue) if agreement else 1.0,
        float(ratio), float(chi2_contingency(pooled, correction=False).statistic), int(pooled.sum()), len(used), exclusions,
    )  # fmt: skip
