"""Writes the demo city's year: one ledger a county, and beside them a truth file that the loader never reads."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from review.demo import plants_data, plants_objects, plants_procedure, plants_responsibility, shift  # noqa: F401  (plants register themselves)
from review.demo.clean import Maker, city_level
from review.demo.columns import offered
from review.demo.layouts import write_ledger
from review.demo.model import Case, County
from review.demo.places import COUNTIES
from review.demo.scenarios import CLEAR, EXEMPT, SCENARIOS, SUSPECT, UNDETERMINED, Scenario, build

# Checks for which a layout has no column at all: the ledger must be reported as 未运行, never as "no problem".
NOT_RUN = {
    "first_row": ("P04",),
    "merged": (),
    "one_cell": ("O02", "R02", "P01", "P04", "P05", "P08"),
    "several_sheets": (),
    "flat": (),
}
ROUNDS_PER_CASES, MOST_ROUNDS, MOST_PLANTED = 200, 50, 0.8


@dataclass(frozen=True)
class DemoSummary:
    """What was written: ``files`` are the ledgers in county order, ``truth`` the file that tests compare with."""

    folder: Path
    files: tuple[Path, ...]
    truth: Path
    cases: int
    respondents: int
    planted: int


def _in_order() -> list[Scenario]:
    """Scenarios so that a short list already has every check: first of each suspect, then look-alike, then undetermined."""
    seen: Counter = Counter()
    ranked = []
    for position, scenario in enumerate(SCENARIOS):
        kind = {SUSPECT: 0, CLEAR: 1, EXEMPT: 1, UNDETERMINED: 2}[scenario.expect]
        ranked.append(((seen[scenario.check, kind], kind, position), scenario))
        seen[scenario.check, kind] += 1
    return [scenario for _, scenario in sorted(ranked, key=lambda pair: pair[0])]


def _assign(counties: tuple[County, ...], cases: int) -> dict[str, list[Scenario]]:
    """Which scenarios each county's ledger holds; every round uses each scenario once, each time in another county that can show it."""
    rounds = min(MOST_ROUNDS, max(1, cases // ROUNDS_PER_CASES))
    budget = int(cases * MOST_PLANTED)
    share = cases // len(counties)
    plan: dict[str, list[Scenario]] = {c.name: [] for c in counties}
    for scenario in [s for _ in range(rounds) for s in _in_order()][:budget]:
        able = [c for c in counties if scenario.needs <= offered(c) and scenario.check not in NOT_RUN[c.layout]]
        able = [c for c in able if len(plan[c.name]) < share] or able
        if able:
            chosen = min(able, key=lambda c: (sum(s is scenario for s in plan[c.name]), len(plan[c.name])))
            plan[chosen.name].append(scenario)
    return plan


def _cases(county: County, count: int, scenarios: list[Scenario], maker: Maker, compared: bool) -> Iterator[Case]:
    """``count`` cases of a county, planted ones spread evenly among ordinary ones."""
    count = max(count, len(scenarios))
    step = count / len(scenarios) if scenarios else count + 1
    waiting = list(reversed(scenarios))
    for position in range(count):
        if waiting and position >= (len(scenarios) - len(waiting)) * step:
            yield build(waiting.pop(), maker)
            continue
        case = maker.ordinary()
        if "admin_level" in offered(county) and position % 11 == 5:
            city_level(case)
        yield shift.make_heavier(case, maker) if compared and county.name == shift.COUNTY else case
    if compared:
        yield from shift.heavier_cases(maker)


def _truth_rows(case: Case, county: County, file: str, sheet: str, first: int, rows: list[int]) -> Iterator[dict]:
    """Rows of the truth file for one planted case."""
    for e in case.expectations:
        if e.check in NOT_RUN[county.layout]:
            continue
        at = next((i for i, p in enumerate(case.people) if p is e.person), None)
        yield {
            "file": file, "sheet": sheet, "row": first if at is None else rows[at], "case_no": case.number if county.numbered else None,
            "title": case.title, "name": e.person.name if e.person else None, "county": county.name, "check": e.check, "expect": e.expect,
            "why": e.why, "scenario": case.scenario,
        }


def _county_truth(county: County) -> dict:
    """What check M01 must say of a county: it compares counties, so nothing but the county has a place."""
    heavier, few = county.name == shift.COUNTY, county.name == shift.LOOK_ALIKE
    why = "同类问题的处理比其他县区重两档以上" if heavier else "有少数几件偏重，中位档次与其他县区相近" if few else "与其他县区尺度相近"
    return dict.fromkeys(("file", "sheet", "row", "case_no", "title", "name")) | {
        "county": county.name, "check": "M01", "expect": SUSPECT if heavier else CLEAR, "why": why, "scenario": "yardstick",
    }


def write_demo(folder: Path | str, cases: int = 600, seed: int = 20240101, counties: int = 10) -> DemoSummary:
    """Write ``counties`` ledgers (at most 10) with about ``cases`` cases together, and truth.json, into ``folder``.

    truth.json: ``verdicts`` lists every planted defect, look-alike and 待核 with the place where it stands; ``files`` lists what
    holds for a whole ledger (a check that it has no column for; M01 where a city is too small to compare counties). Units of a
    check that are not listed are clear or exempt.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    chosen = COUNTIES[:counties]
    plan = _assign(chosen, cases)
    verdicts: list[dict] = []
    rules: list[dict] = []
    files: list[Path] = []
    total = [0, 0]
    compared = shift.comparable(chosen, cases)
    for index, county in enumerate(chosen):
        path = folder / f"{county.name}2023年问责案件台账.{'csv' if county.as_csv else 'xlsx'}"
        share = cases // len(chosen) + (1 if index < cases % len(chosen) else 0)
        maker = Maker(county, seed)

        def placed(case: Case, sheet: str, first: int, rows: list[int], county: County = county, file: str = path.name) -> None:
            verdicts.extend(_truth_rows(case, county, file, sheet, first, rows))

        wrote = write_ledger(path, county, _cases(county, share, plan[county.name], maker, compared), seed, placed)
        total[0] += wrote[0]
        total[1] += wrote[1]
        files.append(path)
        rules += [{"file": path.name, "check": check, "expect_all": "not_run"} for check in NOT_RUN[county.layout]]
    if compared:
        verdicts += [_county_truth(county) for county in chosen]
    else:
        rules += [{"file": p.name, "check": "M01", "expect_all": "clear_or_undetermined"} for p in files]
    truth = folder / "truth.json"
    truth.write_text(json.dumps({"seed": seed, "files": rules, "verdicts": verdicts}, ensure_ascii=False, indent=1), encoding="utf-8")
    return DemoSummary(folder, tuple(files), truth, *total, sum(len(s) for s in plan.values()))
