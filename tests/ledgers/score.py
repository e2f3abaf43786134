"""What the reader gave back against what is known: right, told to be unclear, or silently wrong."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from review.errors import LedgerError
from review.workbook.reading import LedgerReading, read_ledger

from .known import Respondent
from .making import Ledger

DECISIVE = ("name", "unit", "post", "responsibility", "measures", "decided_on")
_TIME = re.compile(r"^\s*(?:时任|原)|现任.*|\s|[，,、]$")


@dataclass
class Score:
    """Counts over ledgers. verdicts: (field, right/unclear/wrong); ``examples``: sentences about what went wrong."""

    respondents: int = 0
    found: int = 0
    invented: int = 0
    ledgers: int = 0
    unread: int = 0
    verdicts: Counter = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Add another score."""
        self.respondents += other.respondents
        self.found += other.found
        self.invented += other.invented
        self.ledgers += other.ledgers
        self.unread += other.unread
        self.verdicts += other.verdicts
        self.examples += other.examples

    def count(self, verdict: str, fields=DECISIVE) -> int:
        """Fields with a verdict."""
        return sum(self.verdicts[f, verdict] for f in fields)

    @property
    def fields(self) -> int:
        return sum(self.count(v) for v in ("right", "unclear", "wrong"))

    @property
    def found_share(self) -> float:
        return self.found / self.respondents if self.respondents else 1.0

    @property
    def right_share(self) -> float:
        return self.count("right") / self.fields if self.fields else 1.0

    @property
    def wrong(self) -> int:
        """Silently wrong decisive fields; a respondent made up is one for each."""
        return self.count("wrong") + len(DECISIVE) * self.invented

    @property
    def wrong_share(self) -> float:
        return self.wrong / self.fields if self.fields else 0.0

    def line(self) -> str:
        """The three figures."""
        return (
            f"found {self.found_share:8.3%} of {self.respondents:6}  right {self.right_share:8.3%} of {self.fields:6} fields  "
            f"silently wrong {self.wrong:4} = {self.wrong_share:8.4%}"
        )


def score(ledger: Ledger) -> Score:
    """Read a ledger and compare it respondent by respondent."""
    out = Score(ledgers=1, respondents=sum(len(c.seen) for c in ledger.cases))
    try:
        reading = read_ledger(ledger.data, ledger.name)
    except LedgerError as error:
        out.unread = 1
        out.examples.append(f"seed {ledger.seed} {ledger.dimensions['layout']}: not read: {error}")
        return out
    return _compare(ledger, reading, out)


def _compare(ledger: Ledger, reading: LedgerReading, out: Score) -> Score:
    cases = {c["case_id"]: c for c in reading.tables["cases"].to_pylist()}
    measures = defaultdict(set)
    for m in reading.tables["measures"].to_pylist():
        measures[m["respondent_id"]].add((m["code"], m["is_final"]))
    by_title = defaultdict(list)
    for p in reading.tables["respondents"].to_pylist():
        case = cases[p["case_id"]]
        by_title[_flat(case["title"] or case["reason"])].append(p | {"codes": measures[p["respondent_id"]], "case": case})
    complained = {(r.sheet, r.row) for r in reading.rejects}
    for case in ledger.cases:
        found = sorted(by_title.pop(_flat(case.title), []), key=lambda p: p["seq"])
        pairs = _pairs(case.seen, found)
        out.found += len(pairs)
        out.invented += len(found) - len(pairs)
        if len(pairs) != len(case.seen) or len(found) != len(pairs):
            names = [p["name"] or p["unit"] for p in found]
            out.examples.append(
                f"seed {ledger.seed} {ledger.dimensions['layout']}: {case.title}: {[s.name for s in case.seen]} read as {names}"
            )
        for told, read in pairs:
            verdicts = _judge(told, read, (read["sheet"], read["row"]) in complained)
            if ledger.county_told:
                verdicts["county"] = _same(case.county, read["case"]["county"], None)
            verdicts["case"] = "right" if len({p["case_id"] for p in found}) == 1 else "wrong"
            for name, verdict in verdicts.items():
                out.verdicts[name, verdict] += 1
                if verdict != "right":
                    out.examples.append(f"seed {ledger.seed} {ledger.dimensions['layout']}: {name} {verdict}: {_shown(name, told, read)}")
    for title, left in by_title.items():
        out.invented += len(left)
        out.examples.append(
            f"seed {ledger.seed} {ledger.dimensions['layout']}: made up: {title}: {[(p['name'], p['unit']) for p in left][:5]}"
        )
    return out


def _flat(text: str | None) -> str:
    return re.sub(r"\s", "", text or "")


def _pairs(told: list[Respondent], read: list[dict]) -> list[tuple[Respondent, dict]]:
    """Respondents in order with the next one read that bears their name."""
    out, start = [], 0
    for who in told:
        at = next((i for i in range(start, len(read)) if _named(who, read[i])), None)
        if at is not None:
            out.append((who, read[at]))
            start = at + 1
    return out


def _named(who: Respondent, read: dict) -> bool:
    return _flat(read["name"]) == who.name or who.organization and read["name"] is None and _flat(read["unit"]) == who.name


def _judge(told: Respondent, read: dict, complained: bool) -> dict[str, str]:
    verdicts = {"name": "right"}
    if not told.organization:
        verdicts["unit"] = _place(told.unit, read["unit"])
        verdicts["post"] = _place(told.post, read["post"])
        for name in ("tier", "role"):
            want = getattr(told, name)
            if want:
                verdicts[name] = "right" if read[name] == want else "unclear" if read[name] == "unknown" else "wrong"
    want = told.responsibility[1] or "unknown"
    verdicts["responsibility"] = (
        "right" if read["responsibility"] == want else "unclear" if read["responsibility"] == "unknown" else "wrong"
    )
    verdicts["measures"] = _measures(told, read)
    verdicts["decided_on"] = _date(told, read, complained)
    return verdicts


def _place(want: str | None, got: str | None) -> str:
    want, got = _TIME.sub("", want or ""), _TIME.sub("", got or "")
    return "right" if want == got else "unclear" if not got else "wrong"


def _same(want, got, nothing) -> str:
    return "right" if want == got else "unclear" if got == nothing else "wrong"


def _measures(told: Respondent, read: dict) -> str:
    if told.told.codes is None:
        return "right" if not read["codes"] else "unclear" if not read["measures_complete"] else "wrong"
    if read["codes"] == told.told.codes and (read["measures_complete"] or not told.told.codes):
        return "right"
    # What was read is said to be incomplete, and nothing in it is untrue.
    return "unclear" if not read["measures_complete"] else "wrong"


def _date(told: Respondent, read: dict, complained: bool) -> str:
    got = (read["decided_on"], read["decided_on_precision"]) if read["decided_on"] else None
    if got == told.decided:
        return "right"
    return "unclear" if got is None or complained and got[1] != "day" else "wrong"


def _shown(name: str, told: Respondent, read: dict) -> str:
    want = {"measures": told.told, "decided_on": told.decided, "county": "", "case": ""}.get(name) or getattr(told, name, None)
    got = {"measures": (read["measures_raw"], sorted(read["codes"])), "county": read["case"]["county"]}.get(name, read.get(name))
    return f"{told.name}: {want!r} read as {got!r} ({read['unit_post_raw']})"
