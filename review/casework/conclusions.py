"""From the reviewed sample to all cases of its frame, in sentences; and nothing said that the reviews do not carry.

Only the random part speaks for the rest. While random cases are not 评毕, or nobody could tell, no share is estimated: two bounds are
given instead, one as if all of them were free of the problem, one as if all had it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from review.casework.outcomes import FAILED, FLAWED, SUBJECTS, WHOLE, Outcome, aspects_of_checks, outcomes
from review.casework.reviews import ASPECTS, subject_label
from review.sampling.bounds import RISK, bounds, most_if_clean
from review.sampling.estimates import Estimate
from review.sampling.ratios import most_hidden, weighted_share
from review.store.database import Database

EXACT_UP_TO = 2_000  # cases of a frame for which whole-number bounds are worked out
UNKNOWN_COUNTY = "未载明"


@dataclass(frozen=True)
class Conclusion:
    """What the random part says of one kind of problem in one body of cases.

    cases: of the frame open to the random draw; drawn: at random; reviewed: of them 评毕; found: with the problem; unclear: nobody could
    tell or two reviewers still differ; share: estimated, None while anything is missing; low, high: cases with the problem among all, 95%
    two-sided; most_left: at most so many among those not drawn, with 95% confidence; must_found, must_reviewed: the must-review cases,
    told apart; sentence.
    """

    subject: str
    label: str
    place: str
    cases: int
    drawn: int
    reviewed: int
    found: int
    unclear: int
    share: float | None
    low: int
    high: int
    most_left: int
    must_found: int
    must_reviewed: int
    method: str
    sentence: str

    @property
    def complete(self) -> bool:
        """Every random case was reviewed and could be told."""
        return self.drawn > 0 and self.reviewed == self.drawn and not self.unclear


@dataclass(frozen=True)
class Body:
    """Cases of a frame that conclusions are about. open_cases: (case_id, stratum, county, chance) of the random frame; random, must: the
    outcomes of the list; weighted: drawn with unequal chances."""

    open_cases: tuple[tuple[str, str, str, float], ...]
    random: tuple[Outcome, ...]
    must: tuple[Outcome, ...]
    weighted: bool

    def only(self, county: str) -> "Body":
        """The part of one county."""
        keep: Callable[[Outcome], bool] = lambda one: (one.county or UNKNOWN_COUNTY) == county  # noqa: E731
        return Body(
            tuple(case for case in self.open_cases if case[2] == county), tuple(filter(keep, self.random)), tuple(filter(keep, self.must)),
            self.weighted,
        )  # fmt: skip

    @property
    def counties(self) -> list[str]:
        """Counties of the frame in code-point order."""
        return sorted({case[2] for case in self.open_cases})


def body(db: Database, sample_id: str) -> Body:
    """Frame and outcomes of a sample."""
    frame = db.rows(
        """SELECT f.case_id, f.stratum, coalesce(c.county, $unknown) AS county, f.chance
        FROM current_sample_frame f LEFT JOIN cases c USING (case_id) WHERE f.sample_id = $id AND f.chance IS NOT NULL
        ORDER BY f.stratum, f.ticket, f.case_no""",
        {"id": sample_id, "unknown": UNKNOWN_COUNTY},
    )
    found = outcomes(db, sample_id)
    random = tuple(one for one in found if one.picked_by == "random")
    chances = defaultdict(set)
    for row in frame:
        chances[row["stratum"]].add(round(row["chance"], 12))
    return Body(
        tuple(tuple(row.values()) for row in frame),
        random,
        tuple(one for one in found if one.picked_by != "random"),
        any(len(several) > 1 for several in chances.values()),
    )


def subjects(found: Body) -> list[str]:
    """What can be concluded on: the whole, grades, aspects, then every check that the program or a reviewer named in a case of the list."""
    aspects = aspects_of_checks()
    named = {check for one in (*found.random, *found.must) for check in (*one.answers, *one.said) if check in aspects}
    return [WHOLE, FLAWED, FAILED, *ASPECTS, *(check for check in aspects if check in named and aspects[check] in ASPECTS)]


def conclude(found: Body, subject: str, place: str = "全部", risk: Fraction = RISK) -> Conclusion:
    """One conclusion; see Conclusion."""
    label = SUBJECTS.get(subject) or subject_label(subject)
    results = {one.case_id: one.result(subject) for one in found.random}
    counts = Counter(results.values())
    must = Counter(one.result(subject) for one in found.must)
    best = [one.case_id for one in found.random if results[one.case_id] == "yes"]
    open_ = [one.case_id for one in found.random if results[one.case_id] not in ("yes", "no")]
    least = _limits(found, set(best), risk / 2)
    most = _limits(found, {*best, *open_}, risk / 2) if open_ else least
    one_sided = _limits(found, {*best, *open_}, risk)
    drawn, cases = len(found.random), len(found.open_cases)
    reviewed = drawn - counts[None]
    whole = bool(drawn) and not open_
    told = {
        "subject": subject, "label": label, "place": place, "cases": cases, "drawn": drawn, "reviewed": reviewed, "found": counts["yes"],
        "unclear": counts["unclear"], "share": least.share if whole else None, "low": least.low, "high": most.high,
        "most_left": max(0, min(cases - drawn, one_sided.high - len(best) - len(open_))), "must_found": must["yes"],
        "must_reviewed": sum(must.values()) - must[None], "method": least.method,
    }  # fmt: skip
    return Conclusion(**told, sentence=_sentence(told, risk))


def by_place(found: Body, subject: str) -> list[Conclusion]:
    """The same for each county of the frame; small ones too, since their bounds are exact."""
    return [conclude(found.only(county), subject, county) for county in found.counties]


@dataclass(frozen=True)
class _Limits:
    share: float
    low: int
    high: int
    method: str


def _limits(found: Body, faulty: set[str], risk: Fraction) -> _Limits:
    """Fewest and most faulty cases of the frame, each with the given risk, when exactly these of the drawn ones are faulty."""
    drawn, cases, k = found.random, len(found.open_cases), len(faulty)
    if not drawn:
        return _Limits(0.0, 0, cases, "没有随机抽取的案件")
    rest = cases - len(drawn)
    if not rest:
        return _Limits(k / cases, k, k, "全部评查")
    values, confidence = [one.case_id in faulty for one in drawn], float(1 - 2 * risk)
    strata = [one.stratum for one in drawn]
    if found.weighted:
        listed = {one.case_id for one in drawn}
        hidden = most_hidden([chance for case, _, _, chance in found.open_cases if case not in listed], float(risk))
        share = weighted_share(values, [one.chance for one in drawn], strata, cases, confidence)
        return _whole(share, max(share.high or 0.0, (k + hidden) / cases), cases, k, rest)
    sizes, taken = Counter(stratum for _, stratum, _, _ in found.open_cases), Counter(strata)
    if len(sizes) == 1 and cases <= EXACT_UP_TO:
        exact = bounds(cases, len(drawn), k, risk)
        return _Limits(k / len(drawn), exact.least, exact.most, "超几何分布的精确界限")
    if not k:
        return _Limits(0.0, 0, most_if_clean([(size, taken[stratum]) for stratum, size in sizes.items()], risk), "各层合并的精确界限")
    # Of one county each stratum gave a simple random sample of what it holds there; strata that gave none there may be faulty throughout.
    without = sum(size for stratum, size in sizes.items() if not taken[stratum])
    share = weighted_share(values, [taken[stratum] / sizes[stratum] for stratum in strata], strata, cases - without, confidence)
    whole = _whole(share, share.high, cases - without, k, rest - without)
    return _Limits(whole.share, whole.low, whole.high + without, "分层估计（有效样本量的精确界限）")


def _whole(share: Estimate, high: float | None, cases: int, found: int, rest: int) -> _Limits:
    """Shares as whole cases, never fewer than were found and never more than can be."""
    fewest = found if share.low is None else max(found, ceil(share.low * cases - 1e-9))
    most = found + rest if high is None else min(found + rest, max(found, floor(high * cases + 1e-9)))
    return _Limits(share.estimate, min(fewest, most), most, share.method)


def _sentence(told: dict, risk: Fraction) -> str:
    sure, rest = f"{float(1 - risk):.0%} 把握", told["cases"] - told["drawn"]
    where = "" if told["place"] == "全部" else f"{told['place']}："
    if not told["drawn"]:
        return f"{where}没有随机抽取的案件，不能推算。"
    missing = told["drawn"] - told["reviewed"]
    if missing or told["unclear"]:
        why = [f"尚有 {missing} 件未评毕"] if missing else []
        why += [f"有 {told['unclear']} 件看不出或两人意见未定"] if told["unclear"] else []
        open_ones = "、".join(why)
        return (
            f"{where}随机抽取的 {told['drawn']} 件中{open_ones}，暂不推算；已评的发现 {told['found']} 件。"
            f"不论这些案件结果如何，全部 {told['cases']} 件中有问题的在 {told['low']} 至 {told['high']} 件之间（{sure}）。"
        )
    if not rest:
        return f"{where}{told['cases']} 件全部评查，有问题的 {told['found']} 件。"
    what = f"发现 {told['found']} 件" if told["found"] else "未发现问题"
    return f"{where}抽 {told['drawn']} 件、{what}，其余 {rest} 件中仍可能有至多 {told['most_left']} 件有同类问题（{sure}）。"
