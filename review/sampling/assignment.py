"""Who reviews which case: balanced by capacity, skills where they fit, recusals always, by integer programming (HiGHS through scipy).

Two programs, one after the other: first as many reviews as can be placed with loads as even as possible in proportion to capacity, then,
with those loads fixed, the placing that suits skills best and avoids doubtful pairs. Ties are broken by permanent random numbers made of
the seed, the case number and the reviewer's name, so that the same roster and the same sample give the same assignment anywhere.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp
from scipy.sparse import csr_array

from review.sampling.allocation import at_least
from review.sampling.recusal import CaseFacts, Recusal, Reviewer, bars, doubts, same_county
from review.sampling.selection import ticket
from review.sampling.shortages import Shortage, shortages

PARTS = ("first", "second")
_MISSING, _WHOLLY_MISSING = 1_000.0, 1_500.0  # a case without any reviewer weighs more than a second review that can't be placed
_TIE = 1e-3
_MANY_PAIRS, _BEST = 12_000, 12
_DOUBT, _SKILL, _ASPECTS = 3.0, 1.0, 0.5


class Place(NamedTuple):
    """One review to be made: of a case by a reviewer, as the first or the second of a double review."""

    case_id: str
    part: str
    reviewer_id: str


@dataclass(frozen=True)
class Plan:
    """An assignment that was worked out, nothing stored yet.

    places: the new ones; doubled: case_ids that two people review; partners: county -> county whose reviewers take its cases (cross
    review only); missing: reviews that can't be placed; shortages: why.
    """

    places: tuple[Place, ...]
    doubled: frozenset[str]
    partners: dict[str, str]
    missing: int
    shortages: tuple[Shortage, ...]


def assign(
    cases: Iterable[CaseFacts],
    reviewers: Iterable[Reviewer],
    recusals: Iterable[Recusal] = (),
    *,
    seed: str,
    double_share: Fraction = Fraction(0),
    cross: bool = False,
    kept: Iterable[Place] = (),
) -> Plan:
    """Places for every case that ``kept`` does not place already; see module docstring.

    double_share: part of the cases that two people review blind, rounded up, those with the smallest tickets of "<seed>|double", so that
    a larger share keeps every case of a smaller one. cross: the cases of a county go to the reviewers of one other county.
    Order of cases and reviewers changes nothing.
    """
    cases = sorted(cases, key=lambda c: (c.case_no, c.case_id))
    reviewers = sorted(reviewers, key=lambda r: (r.name, r.unit, r.reviewer_id))
    recusals, kept = tuple(recusals), tuple(kept)
    doubled = double_reviewed(cases, double_share, seed) | {place.case_id for place in kept if place.part == "second"}
    partners = cross_partners(cases, reviewers, seed) if cross else {}
    board = _Board(cases, reviewers, recusals, doubled, partners, kept, seed)
    chosen, missing = board.solve()
    short = shortages(board.cases, board.reviewers, board.needs, board.rooms, board.allowed, chosen, board.why_not)
    return Plan(tuple(board.places(chosen)), frozenset(doubled), partners, int(missing.sum()), tuple(short))


def double_reviewed(cases: Sequence[CaseFacts], share: Fraction, seed: str) -> set[str]:
    """case_ids of the cases that two people review."""
    order = sorted(cases, key=lambda c: (ticket(f"{seed}|double", c.case_no), c.case_no, c.case_id))
    return {case.case_id for case in order[: at_least(share, len(order))]}


def cross_partners(cases: Iterable[CaseFacts], reviewers: Iterable[Reviewer], seed: str) -> dict[str, str]:
    """For every county with cases the other county whose people review them: capacities fit the numbers of cases as well as they can.

    With fewer counties on the roster than have cases, one county's people take several. {} where nobody on the roster has a county.
    """
    reviewers = [reviewer for reviewer in reviewers if reviewer.county]
    counts, rooms = defaultdict(int), defaultdict(int)
    for case in cases:
        if case.county:
            counts[case.county] += 1
    for reviewer in reviewers:
        rooms[reviewer.county] += reviewer.capacity
    homes, others = sorted(counts), sorted(rooms)
    if not homes or not others:
        return {}
    rounds = -(-len(homes) // len(others))
    columns = [(other, turn) for turn in range(rounds + 1) for other in others]
    scale = max(*counts.values(), *rooms.values())
    cost = np.array([[_unfit(home, other, turn, counts, rooms, scale, rounds, seed) for other, turn in columns] for home in homes])
    rows, places = linear_sum_assignment(cost)
    return {homes[i]: columns[j][0] for i, j in zip(rows, places, strict=True) if cost[i, j] < _MISSING * scale}


def _unfit(home: str, other: str, turn: int, counts: dict, rooms: dict, scale: int, rounds: int, seed: str) -> float:
    """How badly the people of a county would suit the cases of another; the last turn is for whoever is left over."""
    if same_county(home, other):
        return 2 * _MISSING * scale
    lacking = max(0, counts[home] - rooms[other] // (turn + 1))
    return lacking * 10 + turn * (5 if turn < rounds else 50) + _TIE * ticket(f"{seed}|cross", f"{home}|{other}")


class _Board:
    """Pairs that are allowed, needs and rooms left, and the two programs over them."""

    def __init__(self, cases, reviewers, recusals, doubled, partners, kept, seed):
        self.cases, self.reviewers, self.recusals, self.partners, self.seed = cases, reviewers, recusals, partners, seed
        at = {case.case_id: i for i, case in enumerate(cases)}
        who = {reviewer.reviewer_id: j for j, reviewer in enumerate(reviewers)}
        self.taken = {(at[p.case_id], who[p.reviewer_id]) for p in kept if p.case_id in at and p.reviewer_id in who}
        self.parts = [[part for part in PARTS[: 2 if case.case_id in doubled else 1]] for case in cases]
        loads = np.zeros(len(reviewers), dtype=int)
        for place in kept:
            if place.case_id in at and place.part in self.parts[at[place.case_id]]:
                self.parts[at[place.case_id]].remove(place.part)
            if place.reviewer_id in who:
                loads[who[place.reviewer_id]] += 1
        self.loads = loads
        self.needs = np.array([len(parts) for parts in self.parts], dtype=int)
        self.rooms = np.maximum(0, np.array([r.capacity for r in reviewers], dtype=int) - loads)
        self.allowed = [self._who_may(i) if self.needs[i] else [] for i in range(len(cases))]

    def _who_may(self, i: int) -> list[int]:
        return [j for j in range(len(self.reviewers)) if not self.why_not(i, j)]

    def why_not(self, i: int, j: int) -> str | None:
        """Why reviewer j may not take case i, None where nothing speaks against it."""
        case, reviewer = self.cases[i], self.reviewers[j]
        if (i, j) in self.taken:
            return "已评查本案的另一份"
        barred = bars(case, reviewer, self.recusals)
        if barred:
            return barred[0].told
        partner = self.partners.get(case.county)
        if partner and not same_county(partner, reviewer.county):
            return f"交叉评查安排由{partner}评查"
        return None

    def solve(self) -> tuple[list[tuple[int, int]], np.ndarray]:
        """Chosen (case, reviewer) pairs, and how many reviews of each case can't be placed."""
        loads, missing = self._evenly()
        costs = [
            sorted((self._unsuited(i, j) + _TIE * self._luck(i, j), j) for j in who if loads[j]) if self.needs[i] > missing[i] else []
            for i, who in enumerate(self.allowed)
        ]
        # Of very many pairs the best of each case are enough to begin with; where they can't fill the loads, more are taken in.
        several = len(self.reviewers) if sum(map(len, costs)) <= _MANY_PAIRS else _BEST
        while True:
            best = [(price, i, j) for i, offers in enumerate(costs) for price, j in offers[:several]]
            program = _Program(np.concatenate([self.needs - missing, loads]))
            for price, i, j in best:
                program.add(price, 1, (i, 1.0), (len(self.cases) + j, 1.0))
            taken = program.solve(possible=several >= len(self.reviewers))
            if taken is not None:
                return [(i, j) for (_, i, j), one in zip(best, taken, strict=True) if one], missing
            several *= 2

    def _evenly(self) -> tuple[np.ndarray, np.ndarray]:
        """New cases of each person and reviews of each case that can't be placed: as many reviews as possible, loads even in proportion
        to capacity (the k-th case of a person costs (k − ½)/capacity). Cases that the same people may take are alike here."""
        groups: dict[tuple, list[int]] = defaultdict(list)
        for i in self._by_luck(range(len(self.cases))):
            if self.needs[i]:
                groups[tuple(self.allowed[i]), int(self.needs[i]), "first" in self.parts[i]].append(i)
        wanted = [need * len(members) for (_, need, _), members in groups.items()]
        program = _Program(np.array(wanted + [0] * len(self.reviewers)))
        offered = np.zeros(len(self.reviewers), dtype=int)
        for g, ((who, _, _), members) in enumerate(groups.items()):
            for j in who:
                offered[j] += len(members)
                program.add(0.0, len(members), (g, 1.0), (len(groups) + j, 1.0))
        slots = []
        for j, reviewer in enumerate(self.reviewers):
            luck = _TIE * ticket(f"{self.seed}|load", f"{reviewer.name}|{reviewer.unit}")
            for k in range(min(self.rooms[j], offered[j])):
                slots.append((program.add((self.loads[j] + k + 0.5 + luck) / reviewer.capacity, 1, (len(groups) + j, -1.0)), j))
        left = []
        for g, ((_, need, unseen), members) in enumerate(groups.items()):
            for k in range(need):
                price = _WHOLLY_MISSING if unseen and k + 1 == need else _MISSING
                left.append((program.add(price, len(members), (g, 1.0)), members))
        found = program.solve()
        loads, missing = np.zeros(len(self.reviewers), dtype=int), np.zeros(len(self.cases), dtype=int)
        for column, j in slots:
            loads[j] += found[column]
        for column, members in left:
            missing[members[: found[column]]] += 1
        return loads, missing

    def _by_luck(self, places: Iterable[int]) -> list[int]:
        return sorted(places, key=lambda i: (ticket(f"{self.seed}|left", self.cases[i].case_no), i))

    def _unsuited(self, i: int, j: int) -> float:
        case, reviewer = self.cases[i], self.reviewers[j]
        cost = _DOUBT * bool(doubts(case, reviewer))
        cost -= _SKILL * (case.domain in reviewer.skills)
        return cost - (_ASPECTS * len(case.aspects & reviewer.skills) / len(case.aspects) if case.aspects else 0.0)

    def _luck(self, i: int, j: int) -> float:
        reviewer = self.reviewers[j]
        return ticket(f"{self.seed}|assign", f"{self.cases[i].case_no}|{reviewer.name}|{reviewer.unit}")

    def places(self, chosen: list[tuple[int, int]]) -> list[Place]:
        """Pairs as places; who of two takes the first part is a matter of luck too."""
        by_case = defaultdict(list)
        for i, j in chosen:
            by_case[i].append(j)
        return [
            Place(self.cases[i].case_id, part, self.reviewers[j].reviewer_id)
            for i, several in sorted(by_case.items())
            for part, j in zip(self.parts[i], sorted(several, key=lambda j: self._luck(i, j)), strict=False)
        ]


class _Program:
    """A linear program over whole numbers: columns with a price and sums that must be met. Its matrix is that of a flow, so the plain
    simplex method, which HiGHS takes for it, ends at whole numbers."""

    def __init__(self, wanted: np.ndarray):
        self._wanted, self._cost, self._most = wanted, [], []
        self._rows, self._columns, self._values = [], [], []

    def add(self, price: float, most: int, *entries: tuple[int, float]) -> int:
        """A column from 0 to ``most`` with its (sum, factor) entries; returns its place."""
        for row, value in entries:
            self._rows.append(row)
            self._columns.append(len(self._cost))
            self._values.append(value)
        self._cost.append(price)
        self._most.append(most)
        return len(self._cost) - 1

    def solve(self, possible: bool = True) -> np.ndarray | None:
        """The columns at least cost; None where the sums can't be met although that was not taken for sure (``possible``)."""
        if not self._cost:
            return np.zeros(0, dtype=int)
        matrix = csr_array((self._values, (self._rows, self._columns)), shape=(len(self._wanted), len(self._cost)))
        wanted = self._wanted.astype(float)
        found = milp(np.array(self._cost), constraints=LinearConstraint(matrix, wanted, wanted), bounds=Bounds(0, self._most))
        if found.x is None and not possible:
            return None
        if found.x is None:
            raise ArithmeticError(f"assignment program not solved: {found.message}")
        whole = np.rint(found.x).astype(int)
        if (matrix @ whole != self._wanted).any():
            raise ArithmeticError("assignment program did not end at whole numbers")
        return whole
