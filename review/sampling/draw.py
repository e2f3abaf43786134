"""Samples kept in the database: draw and store, read back, draw again and compare.

The pure draw is in :mod:`review.sampling.selection`; it is offered here too, so that callers need one module.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

import duckdb
import pyarrow as pa

from review.errors import SampleError
from review.sampling.allocation import parse_ratio
from review.sampling.frame import LeftOut, build_frame, strata_keys
from review.sampling.must_review import DEFAULT_RULES
from review.sampling.selection import METHOD, Draw, Pick, Share, Ticket, draw, ticket
from review.sampling.verification import Verification, compare
from review.store.database import Database, now

__all__ = [
    "Draw", "Pick", "Sample", "Share", "Ticket", "Verification",
    "draw", "draw_sample", "frame_rows", "left_out_rows", "sample", "sample_rows", "samples", "ticket", "verify",
]  # fmt: skip

_ACTION = "sample_drawn"


@dataclass(frozen=True)
class Sample:
    """A stored sample. ``cases`` in the order of the list, ``scope`` as in the table samples."""

    sample_id: str
    created_at: datetime
    created_by: str
    seed: str
    ratio: str
    period_from: date
    period_to: date
    stratified_by: str
    method: str
    frame_size: int
    frame_hash: str
    undated_count: int
    scope: dict
    must_rules: tuple[str, ...]
    allocation: tuple[Share, ...]
    cases: tuple[Pick, ...]

    @property
    def random_share(self) -> Fraction:
        """Part of the frame drawn at random."""
        return Fraction(sum(pick.picked_by == "random" for pick in self.cases), self.frame_size)

    @property
    def total_share(self) -> Fraction:
        """Part of the frame on the review list, must-review cases included."""
        return Fraction(len(self.cases), self.frame_size)


def draw_sample(
    db: Database,
    period_from: date,
    period_to: date,
    ratio: str | Fraction,
    seed: str,
    by: str = "county",
    must_rules: Iterable[str] = DEFAULT_RULES,
    actor: str = "",
    levels: Sequence[str] = ("city", "county"),
    counties: Sequence[str] | None = None,
    exclusions: Mapping[str, str] | None = None,
    undated: str = "apart",
) -> str:
    """Draw a sample from the cases as they are now, store all of it in one transaction and return its id.

    The id is made of what was drawn and how: the same draw again gives the same id and stores nothing. Raises SampleError
    as :func:`build_frame` and :func:`draw` do.
    """
    frame = build_frame(db, period_from, period_to, levels, counties, exclusions, undated, by)
    drawn = draw(frame, seed, ratio, must_rules=must_rules)
    sample_id = _identify(drawn)
    if db.scalar("SELECT count(*) FROM samples WHERE sample_id = $id", {"id": sample_id}):
        return sample_id
    with db.write(_ACTION, actor, sample_id=sample_id, seed=drawn.seed, ratio=drawn.ratio, frame_hash=frame.hash, by=frame.by) as cur:
        _store(cur, sample_id, drawn, exclusions or {}, actor)
    return sample_id


def samples(db: Database) -> list[dict]:
    """All samples, the newest first: columns of the table samples plus random_count, must_count, total_count."""
    return db.rows(
        """
        SELECT s.*, coalesce(p.random_count, 0) AS random_count, coalesce(p.must_count, 0) AS must_count,
            coalesce(p.random_count + p.must_count, 0) AS total_count
        FROM samples AS s LEFT JOIN (
            SELECT sample_id, count(*) FILTER (picked_by = 'random') AS random_count, count(*) FILTER (picked_by = 'must') AS must_count
            FROM sample_cases GROUP BY sample_id
        ) AS p USING (sample_id)
        ORDER BY s.created_at DESC, s.sample_id
        """
    )


def sample(db: Database, sample_id: str) -> Sample:
    """The stored sample; raises SampleError when there is none of this id."""
    found = db.rows("SELECT * FROM samples WHERE sample_id = $id", {"id": sample_id})
    if not found:
        raise SampleError(f"没有编号为“{sample_id}”的抽样。", "请在抽样页面或用 sql 命令查看 samples 表中已有的编号。")
    head = found[0]
    picks = db.rows(
        "SELECT case_id, case_no, stratum, ticket, position, picked_by, must_reason FROM sample_cases"
        " WHERE sample_id = $id ORDER BY stratum, position",
        {"id": sample_id},
    )
    head["scope"] = json.loads(head["scope"])
    head["must_rules"] = tuple(json.loads(head["must_rules"]))
    head["allocation"] = tuple(Share(**line) for line in json.loads(head["allocation"]))
    return Sample(**head, cases=tuple(Pick(**pick) for pick in picks))


def sample_rows(db: Database, sample_id: str) -> list[dict]:
    """Drawn cases in the order of the list, with what is known of them today: title, county, handling_unit, admin_level, closed_on.

    Those are None where a later ledger withdrew the case.
    """
    return db.rows(
        """
        SELECT s.case_id, s.case_no, s.stratum, s.ticket, s.position, s.picked_by, s.must_reason,
            c.title, c.county, c.handling_unit, c.admin_level, c.closed_on, c.closed_on_precision, c.closed_on_raw
        FROM sample_cases AS s LEFT JOIN cases AS c USING (case_id)
        WHERE s.sample_id = $id ORDER BY s.stratum, s.position
        """,
        {"id": sample_id},
    )


def frame_rows(db: Database, sample_id: str) -> list[Ticket]:
    """The stored frame of a sample in the order of its tickets; positions are counted anew."""
    rows = db.rows(
        "SELECT case_id, case_no, stratum, ticket,"
        " row_number() OVER (PARTITION BY stratum ORDER BY ticket, case_no, case_id) AS position"
        " FROM sample_frame WHERE sample_id = $id ORDER BY stratum, position",
        {"id": sample_id},
    )
    return [Ticket(**row) for row in rows]


def left_out_rows(db: Database, sample_id: str) -> list[LeftOut]:
    """Cases that were not in the frame when the sample was drawn, undated first, with the reasons of that day."""
    rows = db.rows(
        "SELECT case_id, case_no, county, title, kind, reason FROM sample_left_out WHERE sample_id = $id"
        " ORDER BY kind DESC, case_no, case_id",
        {"id": sample_id},
    )
    return [LeftOut(**row) for row in rows]


def verify(db: Database, sample_id: str) -> Verification:
    """Draw again from the stored frame and compare everything that was stored; see Verification.

    Today's ledgers are compared apart: a case that came late makes another frame, not a wrong sample.
    """
    stored = sample(db, sample_id)
    scope = {name: stored.scope[name] for name in ("levels", "counties", "exclusions", "undated")}
    today = build_frame(db, stored.period_from, stored.period_to, by=stored.stratified_by, **scope)
    return compare(stored, frame_rows(db, sample_id), len(left_out_rows(db, sample_id)), today)


def _identify(drawn: Draw) -> str:
    frame = drawn.frame
    parts = [
        METHOD, drawn.seed, str(parse_ratio(drawn.ratio)), frame.hash, frame.by, str(frame.period_from), str(frame.period_to),
        list(drawn.must_rules), [[pick.case_no, pick.stratum, pick.must_reason] for pick in drawn.picks if pick.must_reason],
    ]  # fmt: skip
    return "s" + hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:10]


def _store(cur: duckdb.DuckDBPyConnection, sample_id: str, drawn: Draw, exclusions: Mapping[str, str], actor: str) -> None:
    frame = drawn.frame
    scope = {
        "levels": frame.levels,
        "counties": frame.counties,
        "undated": frame.undated_choice,
        "exclusions": dict(exclusions),
        "outside": frame.outside,
        "unknown_level": frame.unknown_level,
    }
    head = {
        "sample_id": sample_id,
        "created_at": now(),
        "created_by": actor,
        "seed": drawn.seed,
        "ratio": drawn.ratio,
        "period_from": frame.period_from,
        "period_to": frame.period_to,
        "stratified_by": "+".join(strata_keys(frame.by)),
        "method": METHOD,
        "frame_size": frame.size,
        "frame_hash": frame.hash,
        "undated_count": len(frame.undated),
        "scope": json.dumps(scope, ensure_ascii=False),
        "must_rules": json.dumps(drawn.must_rules),
        "allocation": json.dumps([share._asdict() for share in drawn.allocation], ensure_ascii=False),
    }
    cur.execute(f"INSERT INTO samples ({', '.join(head)}) VALUES ({', '.join('$' + name for name in head)})", head)
    _insert(cur, "sample_frame", sample_id, drawn.tickets, ("case_id", "case_no", "stratum", "ticket"))
    _insert(cur, "sample_cases", sample_id, drawn.picks, Pick._fields)
    _insert(cur, "sample_left_out", sample_id, frame.undated + frame.excluded, LeftOut._fields)


def _insert(cur: duckdb.DuckDBPyConnection, table: str, sample_id: str, rows: Sequence[tuple], columns: Sequence[str]) -> None:
    if not rows:
        return
    batch = pa.table({name: [getattr(row, name) for row in rows] for name in columns})
    cur.register("batch", batch)
    cur.execute(f"INSERT INTO {table} (sample_id, {', '.join(columns)}) SELECT $id, {', '.join(columns)} FROM batch", {"id": sample_id})
    cur.unregister("batch")
