"""Why some reviews can't be placed: cases that nobody may take, and groups of cases whose people have not room enough.

The second is Hall's condition read backwards: from a case left over, whoever may take it is full; what they hold may go only to people
who are full too, and so on. Those cases and those people are the shortage, however capacities elsewhere may look.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from review.sampling.recusal import CaseFacts, Reviewer

_NAMED = 5


@dataclass(frozen=True)
class Shortage:
    """kind: nobody (no one may take these cases) or capacity (those who may have too little room). case_nos: the cases concerned;
    reviewers: names of those who may; need, room: reviews to be made and those they can make; missing: reviews left over; sentence."""

    kind: str
    case_nos: tuple[str, ...]
    reviewers: tuple[str, ...]
    need: int
    room: int
    missing: int
    sentence: str


def shortages(
    cases: Sequence[CaseFacts],
    reviewers: Sequence[Reviewer],
    needs: np.ndarray,
    rooms: np.ndarray,
    allowed: Sequence[Sequence[int]],
    chosen: Sequence[tuple[int, int]],
    why_not: Callable[[int, int], str | None],
) -> list[Shortage]:
    """Shortages of a placing that is as complete as it can be; [] where nothing is missing.

    needs: reviews of each case; rooms: reviews that each person can still make; allowed: people who may, by case; chosen: pairs placed.
    """
    placed, held = Counter(i for i, _ in chosen), defaultdict(list)
    for i, j in chosen:
        held[j].append(i)
    too_few = [i for i in range(len(cases)) if len(allowed[i]) < needs[i]]
    found = _nobody(cases, reviewers, needs, allowed, too_few, why_not)
    # What nobody may do is told; room may lack for the rest of it all the same.
    needs = np.minimum(needs, [len(who) for who in allowed])
    groups: list[tuple[set[int], set[int]]] = []
    for i in (i for i in range(len(cases)) if placed[i] < needs[i]):
        if any(i in group for group, _ in groups):
            continue
        group, people = _closed(i, allowed, held)
        for other in [g for g in groups if g[0] & group or g[1] & people]:
            group, people = group | other[0], people | other[1]
            groups.remove(other)
        groups.append((group, people))
    return found + [_full(cases, reviewers, needs, rooms, sorted(group), sorted(people), placed) for group, people in groups]


def _closed(start: int, allowed: Sequence[Sequence[int]], held: dict[int, list[int]]) -> tuple[set[int], set[int]]:
    """Cases and people that a case left over leads to."""
    group, people, waiting = {start}, set(), [start]
    while waiting:
        for j in allowed[waiting.pop()]:
            if j not in people:
                people.add(j)
                fresh = [i for i in held[j] if i not in group]
                group.update(fresh)
                waiting += fresh
    return group, people


def _nobody(cases, reviewers, needs, allowed, too_few: list[int], why_not) -> list[Shortage]:
    """Cases that fewer people may take than it needs, those with the same reasons in one sentence."""
    groups = defaultdict(list)
    for i in too_few:
        reasons = Counter(why_not(i, j) for j in range(len(reviewers)))
        reasons.pop(None, None)
        groups[int(needs[i]), len(allowed[i]), tuple(sorted(reasons.items()))].append(i)
    found = []
    for (need, able, reasons), group in groups.items():
        numbers = tuple(cases[i].case_no for i in group)
        told = "；".join(f"{n} 人为{reason}" for reason, n in reasons) or "名册中没有在任的评查人"
        lacking = "没有人可以评查" if not able else f"需 {need} 人评查，可以评查的只有 {able} 人"
        names = tuple(reviewers[j].name for j in allowed[group[0]])
        sentence = f"{_named(numbers)}{lacking}（{told}）。"
        found.append(Shortage("nobody", numbers, names, need * len(group), able * len(group), (need - able) * len(group), sentence))
    return found


def _full(cases, reviewers, needs, rooms, group: list[int], people: list[int], placed: Counter) -> Shortage:
    need, room = int(sum(needs[i] for i in group)), int(sum(rooms[j] for j in people))
    missing = int(sum(needs[i] - placed[i] for i in group))
    numbers, names = tuple(cases[i].case_no for i in group), tuple(reviewers[j].name for j in people)
    who = "、".join(names[:_NAMED]) + (f" 等 {len(names)} 人" if len(names) > _NAMED else "")
    only = f"只能由 {who} 评查（其余的人须回避或不在交叉安排内）" if len(people) < len(reviewers) else f"可由 {who} 评查"
    sentence = f"{_named(numbers)}共需评查 {need} 份，{only}，还能承担 {room} 份，还差 {missing} 份。"
    return Shortage("capacity", numbers, names, need, room, missing, sentence)


def _named(numbers: Sequence[str]) -> str:
    shown = "、".join(f"“{number}”" for number in numbers[:_NAMED])
    return shown + (f" 等 {len(numbers)} 件" if len(numbers) > _NAMED else "")
