"""Writes the demo city's year: one ledger a county, and beside them a truth file that the loader never reads."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from review.demo import (  # noqa: F401  (plants register themselves)
    plants_data,
    plants_inquiry,
    plants_measures,
    plants_objects,
    plants_procedure,
    plants_responsibility,
    plants_results,
    plants_texts,
    shift,
)
from review.demo.clean import Maker, city_level
from review.demo.columns import offered
from review.demo.issues import NAME, EarlierIssue, write_issues
from review.demo.layouts import Placed, write_ledger
from review.demo.model import Case, County
from review.demo.places import COUNTIES
from review.demo.scenarios import CLEAR, EXEMPT, SCENARIOS, SUSPECT, UNDETERMINED, Planting, Scenario, build

# Checks for which a layout has no column at all: the ledger must be reported as 未运行, never as "no problem".
NOT_RUN = {
    "first_row": (
        "O07", "P04", "P06", "P09", "P12", "P14", "P15", "M03", "M09", "U01", "U02", "U03", "U05", "U06", "U08", "T01",
    ),
    "merged": ("O07", "P12", "P14", "U05", "U06", "T01"),
    "one_cell": (
        "O02", "O07", "R02", "P01", "P02", "P03", "P04", "P05", "P06", "P08", "P09", "P10", "P11", "P12", "P14", "P15", "M03", "M05",
        "M08", "M09", "U01", "U02", "U03", "U04", "U05", "U06", "U09", "T01",
    ),
    "several_sheets": (),
    "flat": ("O07", "T01"),
}  # fmt: skip
# Local standards start empty; with these values the truth file holds.
PARAMS: dict[str, dict[str, int | bool]] = {
    "P14": {"required": True}, "T01": {"required": True}, "M05": {"admonition_months": 6}, "U05": {"admonition_months": 6},
    "U04": {"visit_months": 12}, "U09": {"follow_months": 6},
}  # fmt: skip
ROUNDS_PER_CASES, MOST_ROUNDS, MOST_PLANTED, SUSPECTS = 700, 20, 0.8, 3


@dataclass(frozen=True)
class DemoSummary:
    """What was written: ``files`` are the ledgers in county order, then ``corrections`` of them and the list of
    ``earlier_issues``; ``truth`` is what tests compare with."""

    folder: Path
    files: tuple[Path, ...]
    truth: Path
    cases: int
    respondents: int
    planted: int
    corrections: tuple[Path, ...] = ()
    earlier_issues: Path | None = None

    @property
    def ledgers(self) -> tuple[Path, ...]:
        """The first ledger of each county."""
        return tuple(path for path in self.files if path not in self.corrections and path != self.earlier_issues)


def _in_order() -> list[Scenario]:
    """Scenarios so that a short list already has every check: first of each suspect, then look-alike, then undetermined."""
    seen: Counter = Counter()
    ranked = []
    for position, scenario in enumerate(SCENARIOS):
        kind = {SUSPECT: 0, CLEAR: 1, EXEMPT: 1, UNDETERMINED: 2}[scenario.expect]
        ranked.append(((seen[scenario.check, kind], kind, position), scenario))
        seen[scenario.check, kind] += 1
    return [scenario for _, scenario in sorted(ranked, key=lambda pair: pair[0])]


def _wanted() -> Iterator[Scenario]:
    """The scenarios of a round: each once, then those of checks with fewer than ``SUSPECTS`` defects again."""
    listed = _in_order()
    yield from listed
    planted = Counter()
    for scenario in listed:
        planted[scenario.check] += scenario.copies * (scenario.expect == SUSPECT)
    for _ in range(SUSPECTS):
        for scenario in listed:
            if scenario.expect == SUSPECT and planted[scenario.check] < SUSPECTS:
                planted[scenario.check] += scenario.copies
                yield scenario


def _assign(counties: tuple[County, ...], cases: int) -> dict[str, list[Planting]]:
    """Which scenarios each county's ledger holds; every round uses each scenario, each time in another county that can show it."""
    rounds = min(MOST_ROUNDS, max(1, cases // ROUNDS_PER_CASES))
    left, share = int(cases * MOST_PLANTED), cases // len(counties)
    plan: dict[str, list[Planting]] = {c.name: [] for c in counties}
    used: Counter = Counter()
    for turn in range(rounds):
        for scenario in _wanted():
            fit = [c for c in counties if scenario.needs <= offered(c) and scenario.check not in NOT_RUN[c.layout]]
            if not fit or scenario.copies > left or cases < scenario.least:
                continue
            left -= scenario.copies
            for copy in range(scenario.copies):
                able = [c for c in fit if len(plan[c.name]) < share] or fit
                chosen = min(able, key=lambda c: (used[c.name, scenario.name], len(plan[c.name])))
                used[chosen.name, scenario.name] += 1
                plan[chosen.name].append(Planting(scenario, copy, turn))
    return plan


def _cases(county: County, count: int, scenarios: list[Planting], maker: Maker, compared: bool) -> Iterator[Case]:
    """``count`` cases of a county, planted ones spread evenly among ordinary ones."""
    count = max(count, len(scenarios))
    step = count / len(scenarios) if scenarios else count + 1
    waiting = list(reversed(scenarios))
    for position in range(count):
        if waiting and position >= (len(scenarios) - len(waiting)) * step:
            yield build(waiting.pop(), maker)
            continue
        changes = [city_level] if "admin_level" in offered(county) and position % 11 == 5 else []
        if compared and county.name in shift.CHANGES:
            changes.append(shift.CHANGES[county.name])
        yield maker.ordinary(*changes)
    if compared:
        yield from shift.further_cases(maker)


def _truth_rows(case: Case, county: County, file: str, sheet: str, first: int, rows: list[int]) -> Iterator[dict]:
    """Rows of the truth file for one planted case."""
    for e in case.expectations:
        if e.check in NOT_RUN[county.layout]:
            continue
        at = next((i for i, p in enumerate(case.people) if p is e.person), None)
        yield {
            "file": file, "sheet": sheet, "row": first if at is None else rows[at], "case_no": case.number if county.numbered else None,
            "title": case.title, "name": e.name or (e.person.name if e.person else None), "county": county.name, "check": e.check,
            "expect": e.expect, "why": e.why, "scenario": case.scenario,
        }


def _county_truth(check: str, county: County) -> dict:
    """What a check that compares counties must say of one: nothing but the county has a place."""
    expect, why = shift.verdict(check, county)
    return dict.fromkeys(("file", "sheet", "row", "case_no", "title", "name")) | {
        "county": county.name, "check": check, "expect": expect, "why": why, "scenario": "county",
    }


def invent(cases: int, seed: int, counties: int) -> Iterator[tuple[County, Iterator[Case]]]:
    """The counties of a city with their cases, before anything is written."""
    chosen = COUNTIES[:counties]
    plan, compared = _assign(chosen, cases), shift.comparable(chosen, cases)
    for index, county in enumerate(chosen):
        share = cases // len(chosen) + (1 if index < cases % len(chosen) else 0)
        yield county, _cases(county, share, plan[county.name], Maker(county, seed), compared)


class _City:
    """The ledgers written so far and what is true of them."""

    def __init__(self, folder: Path, seed: int):
        self.folder, self.seed = folder, seed
        self.files: list[Path] = []
        self.corrections: list[Path] = []
        self.earlier: list[EarlierIssue] = []
        self.verdicts: list[dict] = []
        self.rules: list[dict] = []
        self.cases = self.respondents = self.planted = self.rejects = 0

    def write(self, county: County, cases: Iterator[Case]) -> None:
        """Write the ledger of a county, and a second one with the cases that it corrects."""
        corrected: list[Case] = []
        path = self.folder / f"{county.name}2023年问责案件台账.{'csv' if county.as_csv else 'xlsx'}"
        self.files.append(path)
        written, people = write_ledger(path, county, cases, self.seed, self._placed(county, path, corrected))
        self.cases += written
        self.respondents += people
        if corrected:
            again = path.with_stem(f"{path.stem}（更正）")
            self.corrections.append(again)
            write_ledger(again, county, corrected, self.seed + 1, self._placed(county, again, []))

    def _placed(self, county: County, path: Path, corrected: list[Case]) -> Placed:
        self.rules += [{"file": path.name, "check": check, "expect_all": "not_run"} for check in NOT_RUN[county.layout]]

        def placed(case: Case, sheet: str, first: int, rows: list[int]) -> None:
            self.verdicts.extend(_truth_rows(case, county, path.name, sheet, first, rows))
            self.rejects += case.rejected
            self.planted += case.scenario is not None
            self.earlier.extend(case.earlier)
            if case.corrected:
                corrected.append(case.corrected)

        return placed


def write_demo(folder: Path | str, cases: int = 600, seed: int = 20240101, counties: int = 10) -> DemoSummary:
    """Write ``counties`` ledgers (at most 10) with about ``cases`` cases together, and truth.json, into ``folder``.

    truth.json: ``verdicts`` lists every planted defect, look-alike and 待核 with the place where it stands; ``params`` are the values of
    local standards under which it holds; ``files`` lists what holds for a whole ledger (a check that it has no column for; checks that
    compare counties in a city too small for it). Units of a check that are not listed are clear or exempt.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    city = _City(folder, seed)
    for county, invented in invent(cases, seed, counties):
        city.write(county, invented)
    chosen = COUNTIES[:counties]
    if shift.comparable(chosen, cases):
        city.verdicts += [_county_truth(check, county) for check in shift.CHECKS for county in chosen]
    else:
        small = [(check, path.name) for check in shift.CHECKS for path in city.files]
        city.rules += [{"file": name, "check": check, "expect_all": "clear_or_undetermined"} for check, name in small]
    truth = folder / "truth.json"
    told = {"seed": seed, "params": PARAMS, "rejects": city.rejects, "files": city.rules, "verdicts": city.verdicts}
    truth.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    earlier = folder / NAME if city.earlier else None
    if earlier:
        write_issues(earlier, city.earlier)
    files = (*city.files, *city.corrections, *filter(None, [earlier]))
    return DemoSummary(folder, files, truth, city.cases, city.respondents, city.planted, tuple(city.corrections), earlier)
