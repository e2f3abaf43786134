"""What may be done to a drawn sample without drawing anew: enlarge it, replace a case, let a late case join.

One rule covers all three: on the list are, of each stratum, the first ``quota`` cases of its order that were not found unfit for review.
A change raises quotas, marks a case as unfit, or puts a case in its place in the order; nobody who was drawn ever leaves for another.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import duckdb
import numpy as np
import pyarrow as pa

from review.errors import SampleError, UsageError
from review.sampling.allocation import at_least, parse_ratio, share_out
from review.sampling.frame import FrameEntry, build_frame
from review.sampling.must_review import labels
from review.sampling.pareto import exact_chances, need_weights
from review.sampling.quotas import simple_chance
from review.sampling.selection import Pick, Share, Ticket, arranged, ticket
from review.sampling.stored import Sample, frame_rows, replacement_rows, sample
from review.store.database import Database, now

_PICK_KINDS = [pa.string(), pa.string(), pa.string(), pa.float64(), pa.int32(), pa.string(), pa.string(), pa.float64()]
_TICKET_KINDS = [pa.string(), pa.string(), pa.string(), pa.float64(), pa.int32(), pa.float64(), pa.float64()]


@dataclass(frozen=True)
class Changed:
    """What a change did: cases that came on the list, with how; ``joined``: cases that came into the frame."""

    change_id: int
    added: tuple[Pick, ...]
    joined: tuple[Ticket, ...] = ()


def enlarge(db: Database, sample_id: str, ratio: str | Fraction, reason: str, actor: str) -> Changed:
    """Draw further in the same order until the sample has the larger ``ratio``; every earlier pick stays.

    Places are shared out anew by the design of the sample; no stratum gets fewer than it has. Raises SampleError where the ratio adds
    nothing, UsageError without a name or a reason.
    """
    state = _State(db, sample_id)
    shares = {line.stratum: line for line in state.sample.shares_now}
    must = {p.case_id for p in state.sample.cases if p.must_reason}
    counted = state.sample.design.must_mode == "counted"
    places = at_least(parse_ratio(ratio), state.sample.frame_now) - (len(must) if counted else 0)
    weights = None
    if state.sample.design.allocation == "neyman":
        weights = {s: round((shares[s].deviation or 0) * n * 10**9) for s, n in state.open_sizes.items()}
    top = None if state.sample.design.maximum is None else max(state.sample.design.maximum, *state.quotas.values())
    lines = share_out(state.open_sizes, max(0, places), weights, state.sample.design.minimum, top)
    quotas = {line.stratum: min(max(line.quota, state.quotas.get(line.stratum, 0)), state.fit_sizes[line.stratum]) for line in lines}
    if quotas == state.quotas:
        raise SampleError(f"按 {ratio} 计算，各层名额都不增加。", f"现在的比例是 {state.sample.ratio_now}，请填写更大的比例。")
    return state.write("enlarge", quotas, reason, actor, ratio=str(ratio).strip())


def replace(db: Database, sample_id: str, case_id: str, reason: str, actor: str) -> Changed:
    """Put the next ticket of its stratum in the place of a randomly drawn case that can't be reviewed.

    The next ticket may be a must-review case that is on the list already; it counts as drawn then. Raises SampleError where the case was
    not drawn at random or the stratum has nobody left, UsageError without a name or a reason.
    """
    state = _State(db, sample_id)
    out = next((p for p in state.sample.cases if p.case_id == case_id), None)
    if out is None:
        raise SampleError("这件案件不在名单中。", "请从现在的名单中选择要替换的案件。")
    if out.picked_by != "random":
        raise SampleError(f"{out.case_no} 是必查案件，不由票号决定，不能替换。", "必查案件不能评查的，请在评查结论中写明原因。")
    state.out.add(case_id)
    new = next((t for t in state.fit(out.stratum) if t.case_id not in state.random), None)
    if new is None:
        raise SampleError(f"“{out.stratum}”的案件都已抽中，没有下一个票号可以接替。", "请保留原案件，在评查结论中写明不能评查的原因。")
    return state.write("replace", state.quotas, reason, actor, replaced=(out, new))


def late_cases(db: Database, sample_id: str) -> list[FrameEntry]:
    """Cases that today's ledgers put into the period and scope of the sample and that its frame does not hold."""
    return _late(db, sample(db, sample_id))


def add_late(db: Database, sample_id: str, reason: str, actor: str) -> Changed:
    """Let all late cases join: each takes the place in its stratum that its own ticket gives.

    A late case that comes before the last drawn one of its stratum is on the list, in addition to those who are; any other only joins
    the frame. Where the ratio then asks for more cases, the strata of the late ones give them, one each in code-point order of their
    names, by the next tickets; other strata are not touched. Must-review rules hold for late cases too. Raises SampleError where there is
    none, UsageError without a name or a reason.
    """
    state = _State(db, sample_id)
    late = _late(db, state.sample)
    if not late:
        raise SampleError("没有迟到的案件。", "现在的台账中，本期范围内的案件都已在抽样框里。")
    return state.write("late", state.join(late), reason, actor)


def _late(db: Database, stored: Sample) -> list[FrameEntry]:
    scope = {name: stored.scope[name] for name in ("levels", "counties", "exclusions", "undated")}
    current = build_frame(db, stored.period_from, stored.period_to, by=stored.stratified_by, **scope)
    known = {t.case_id for t in frame_rows(db, stored.sample_id)}
    return [e for e in current.entries if e.case_id not in known]


class _State:
    """A sample as it stands, on the way to a change."""

    def __init__(self, db: Database, sample_id: str):
        self.db, self.sample = db, sample(db, sample_id)
        self.tickets = list(frame_rows(db, sample_id))
        self.quotas = {line.stratum: line.quota for line in self.sample.shares_now}
        self.random = {p.case_id for p in self.sample.cases if p.picked_by == "random"}
        self.reasons = {p.case_id: p.must_reason for p in self.sample.cases}
        self.out = {row["case_id"] for row in replacement_rows(db, sample_id)}
        self.joined: list[Ticket] = []

    @property
    def open_sizes(self) -> dict[str, int]:
        """Cases open to the random draw by stratum, strata without any too."""
        counts = Counter(t.stratum for t in self.tickets if t.chance is not None)
        return {s: counts[s] for s in sorted({t.stratum for t in self.tickets})}

    @property
    def fit_sizes(self) -> dict[str, int]:
        """Those of them that were not found unfit."""
        return {s: len(self.fit(s)) for s in self.open_sizes}

    def fit(self, stratum: str) -> list[Ticket]:
        """The order of a stratum without cases that were found unfit or are not open to the random draw."""
        return [t for t in self.tickets if t.stratum == stratum and t.chance is not None and t.case_id not in self.out]

    def join(self, late: Iterable[FrameEntry]) -> dict[str, int]:
        """Put late cases in their places; gives the quotas that then hold."""
        late = list(late)
        counted, pareto = (self.sample.design.must_mode == "counted", self.sample.design.method == "pareto")
        weights = need_weights([e.finding_level for e in late]) if pareto else [None] * len(late)
        rules = set(self.sample.must_rules)
        for e, weight in zip(late, weights, strict=True):
            self.reasons[e.case_id] = labels(set(e.must) & rules) or None
            u = ticket(self.sample.seed, e.case_no)
            open_ = not (counted and self.reasons[e.case_id])
            target = self._target(e.stratum, weight) if pareto and open_ else None
            self.joined.append(Ticket(e.case_id, e.case_no, e.stratum, u, 0, weight if open_ else None, target, 0.0 if open_ else None))
        self.tickets = list(arranged([*self.tickets, *self.joined]))
        quotas = self._needed()
        for stratum in {t.stratum for t in self.joined}:
            drawn = [k for k, t in enumerate(self.fit(stratum), 1) if t.case_id in self.random]
            quotas[stratum] = max(quotas[stratum], drawn[-1] if drawn else 0)
        return quotas

    def _target(self, stratum: str, weight: int) -> float:
        """Target of a late case, by the same measure as those of its stratum; a stratum of its own or wholly drawn takes all."""
        rates = [t.target / t.weight for t in self.tickets if t.stratum == stratum and t.target is not None and t.target < 1]
        return min(1.0, rates[0] * weight) if rates else 1.0

    def _needed(self) -> dict[str, int]:
        """Quotas that hold whatever the tickets say: all that are sure to be drawn, and what the ratio asks for; strata of late cases give
        what is missing, one each in turn."""
        late = Counter(t.stratum for t in self.joined if t.chance is not None)
        quotas = {s: self.quotas.get(s, 0) for s in self.open_sizes}
        new = [s for s in sorted(late) if s not in self.quotas or not quotas[s]]
        for stratum in new:
            quotas[stratum] = 1
        for stratum in late:
            quotas[stratum] = max(quotas[stratum], sum(t.target is not None and t.target >= 1 for t in self.fit(stratum)))
        counted = sum(reason is not None for reason in self.reasons.values()) if self.sample.design.must_mode == "counted" else 0
        missing = at_least(parse_ratio(self.sample.ratio_now), len(self.tickets)) - counted - sum(quotas.values())
        room = {s: len(self.fit(s)) for s in sorted(late)}
        while missing > 0 and any(quotas[s] < room[s] for s in room):
            for stratum in room:
                if missing > 0 and quotas[stratum] < room[stratum]:
                    quotas[stratum] += 1
                    missing -= 1
        return quotas

    def write(self, kind: str, quotas: Mapping[str, int], reason: str, actor: str, replaced: tuple | None = None, **details) -> Changed:
        """Store the change in one transaction."""
        for words, what in ((actor, "姓名"), (reason, "原因")):
            if not words.strip():
                raise UsageError(f"没有填写{what}。", "请填写后再操作，记录会连同姓名和时间一起留存。")
        stood, added = set(self.reasons) - {t.case_id for t in self.joined} - self.out, []
        for stratum in self.open_sizes:
            for t in self.fit(stratum)[: quotas[stratum]]:
                if t.case_id not in self.random:
                    added.append(Pick(*t[:5], "random", self.reasons.get(t.case_id), t.chance))
        drawn = {p.case_id for p in added} | self.random
        place = {t.case_id: t for t in self.tickets}
        must = [place[t.case_id] for t in self.joined if self.reasons[t.case_id] and t.case_id not in drawn]
        added += [Pick(*t[:5], "must", self.reasons[t.case_id], t.chance) for t in must]
        chances = self._chances(quotas) if kind != "replace" else {}
        added = [p._replace(chance=chances.get(p.case_id, p.chance)) for p in added]
        if kind != "replace":
            details["allocation"] = [line._asdict() for line in self._shares(quotas, drawn, stood | {p.case_id for p in added})]
        if kind == "late":
            details |= {"ratio": self.sample.ratio_now, "cases": [t.case_no for t in self.joined]}
        if replaced:
            details |= {"case_id": replaced[0].case_id, "new_case_id": replaced[1].case_id}
        sample_id = self.sample.sample_id
        with self.db.write(f"sample_{kind}", actor.strip(), sample_id=sample_id, reason=reason.strip()) as cur:
            number = cur.execute("SELECT nextval('sample_change_ids')").fetchone()[0]
            cur.execute(
                "INSERT INTO sample_changes VALUES ($number, $id, $kind, $at, $by, $reason, $details)",
                {"number": number, "id": sample_id, "kind": kind, "at": now(), "by": actor.strip(), "reason": reason.strip(),
                 "details": json.dumps(details, ensure_ascii=False)},
            )  # fmt: skip
            it = {"id": sample_id, "number": number}
            joined = [t._replace(chance=chances.get(t.case_id, t.chance)) for t in self.joined]
            _insert(cur, "sample_frame (sample_id, change_id, case_id, case_no, stratum, ticket, weight, target, chance)", it,
                    [(*t[:4], *t[5:]) for t in joined], _TICKET_KINDS)  # fmt: skip
            _insert(
                cur,
                "sample_cases (sample_id, change_id, case_id, case_no, stratum, ticket, position, picked_by, must_reason, chance)",
                it, [tuple(p) for p in added], _PICK_KINDS,
            )  # fmt: skip
            _insert(cur, "sample_chances (sample_id, change_id, case_id, chance)", it, list(chances.items()), [pa.string(), pa.float64()])
            if replaced:
                out, new = replaced
                cur.execute(
                    "INSERT INTO sample_replacements VALUES ($number, $id, $out, $out_no, $stratum, $new, $new_no, $reason)",
                    it | {"out": out.case_id, "out_no": out.case_no, "stratum": out.stratum, "new": new.case_id, "new_no": new.case_no,
                          "reason": reason.strip()},
                )  # fmt: skip
        return Changed(number, tuple(added), tuple(joined))

    def _chances(self, quotas: Mapping[str, int]) -> dict[str, float]:
        """Chances after the change, of every case in the strata that it touched.

        A stratum whose quota does not depend on the tickets of late cases is a draw of ``quota`` of all its cases. Otherwise the earlier
        cases keep their chance, and a late one has that of a ticket before the last drawn one: ``quota before`` of all cases.
        """
        out: dict[str, float] = {}
        late = {t.case_id for t in self.joined}
        needed = self._needed() if late else quotas
        for stratum, quota in quotas.items():
            cases = [t for t in self.tickets if t.stratum == stratum and t.chance is not None]
            if not cases or (quota == self.quotas.get(stratum) and not any(t.case_id in late for t in cases)):
                continue
            settled = quota == needed[stratum] and quota > self.quotas.get(stratum, 0)
            drawn = quota if settled else self.quotas.get(stratum, quota)
            if self.sample.design.method == "pareto":
                found = exact_chances(np.array([t.target for t in cases]), drawn)
            else:
                found = [simple_chance(drawn, len(cases))] * len(cases)
            out |= {t.case_id: float(p) for t, p in zip(cases, found, strict=True) if settled or t.case_id in late}
        return out

    def _shares(self, quotas: Mapping[str, int], drawn: set[str], listed: set[str]) -> list[Share]:
        before = {line.stratum: line for line in self.sample.shares_now}
        sizes, open_ = Counter(t.stratum for t in self.tickets), self.open_sizes
        random = Counter(t.stratum for t in self.tickets if t.case_id in drawn - self.out)
        total = Counter(t.stratum for t in self.tickets if t.case_id in (listed | drawn) - self.out)
        return [
            Share(s, sizes[s], quotas[s], random[s], total[s] - random[s], open_[s], None, before[s].deviation if s in before else None)
            for s in sorted(sizes)
        ]


def _insert(cur: duckdb.DuckDBPyConnection, into: str, it: Mapping, rows: list[tuple], kinds: list[pa.DataType]) -> None:
    if rows:
        names = [f"column{k}" for k in range(len(kinds))]
        cur.register(
            "batch", pa.table({n: pa.array([row[k] for row in rows], kind) for k, (n, kind) in enumerate(zip(names, kinds, strict=True))})
        )
        cur.execute(f"INSERT INTO {into} SELECT $id, $number, {', '.join(names)} FROM batch", dict(it))
        cur.unregister("batch")
