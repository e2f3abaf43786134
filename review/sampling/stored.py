"""Samples as they are stored: reading them back, as they were drawn and as they stand now."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from review.errors import SampleError
from review.sampling.design import Design
from review.sampling.frame import LeftOut
from review.sampling.selection import Pick, Share, Ticket, arranged
from review.store.database import Database

CHANGES = {"enlarge": "扩大", "replace": "替换", "late": "迟到案件加入"}
_TICKET = "case_id, case_no, stratum, ticket, 0 AS position, weight, target, chance"


@dataclass(frozen=True)
class Change:
    """What was done to a sample after the draw; ``details`` as in the table sample_changes."""

    change_id: int
    kind: str
    changed_at: datetime
    changed_by: str
    reason: str
    details: dict


@dataclass(frozen=True)
class Sample:
    """A stored sample. ``cases``: the list as it stands, in its order; ``scope`` and ``design`` as in the table samples.

    ratio, frame_size, frame_hash, allocation: as drawn; ratio_now, frame_now, shares_now: after all changes.
    """

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
    frame_id: str | None
    plan_id: str | None
    seed_entered_at: datetime | None
    seed_entered_by: str | None
    design: Design
    cases: tuple[Pick, ...]
    frame_now: int
    changes: tuple[Change, ...]

    @property
    def random_share(self) -> Fraction:
        """Part of the frame drawn at random."""
        return Fraction(sum(pick.picked_by == "random" for pick in self.cases), self.frame_now)

    @property
    def total_share(self) -> Fraction:
        """Part of the frame on the review list, must-review cases included."""
        return Fraction(len(self.cases), self.frame_now)

    @property
    def ratio_now(self) -> str:
        """The ratio after the last enlarging."""
        return next((c.details["ratio"] for c in reversed(self.changes) if "ratio" in c.details), self.ratio)

    @property
    def shares_now(self) -> tuple[Share, ...]:
        """The allocation after the last change of it."""
        lines = next((c.details["allocation"] for c in reversed(self.changes) if "allocation" in c.details), None)
        return self.allocation if lines is None else tuple(Share(**line) for line in lines)


def samples(db: Database) -> list[dict]:
    """All samples, the newest first: columns of the table samples plus frame_name, random_count, must_count, total_count, change_count."""
    return db.rows(
        """
        SELECT s.*, f.name AS frame_name, coalesce(p.random_count, 0) AS random_count, coalesce(p.must_count, 0) AS must_count,
            coalesce(p.random_count + p.must_count, 0) AS total_count, coalesce(c.change_count, 0) AS change_count
        FROM samples AS s LEFT JOIN frames AS f USING (frame_id) LEFT JOIN (
            SELECT sample_id, count(*) FILTER (picked_by = 'random') AS random_count, count(*) FILTER (picked_by = 'must') AS must_count
            FROM current_sample_cases GROUP BY sample_id
        ) AS p USING (sample_id) LEFT JOIN (
            SELECT sample_id, count(*) AS change_count FROM sample_changes GROUP BY sample_id
        ) AS c USING (sample_id)
        ORDER BY s.created_at DESC, s.sample_id
        """
    )


def sample(db: Database, sample_id: str) -> Sample:
    """The stored sample; raises SampleError when there is none of this id."""
    it = {"id": sample_id}
    found = db.rows("SELECT * FROM samples WHERE sample_id = $id", it)
    if not found:
        raise SampleError(f"没有编号为“{sample_id}”的抽样。", "请在抽样页面或用 sql 命令查看 samples 表中已有的编号。")
    head = found[0]
    picks = db.rows(
        f"SELECT {', '.join(Pick._fields)} FROM current_sample_cases WHERE sample_id = $id ORDER BY stratum, position, case_no", it
    )
    changes = db.rows(
        "SELECT change_id, kind, changed_at, changed_by, reason, details FROM sample_changes WHERE sample_id = $id ORDER BY change_id", it
    )
    head["scope"] = json.loads(head["scope"])
    head["must_rules"] = tuple(json.loads(head["must_rules"]))
    head["allocation"] = tuple(Share(**line) for line in json.loads(head["allocation"]))
    head["design"] = Design(**json.loads(head["design"])) if head["design"] else Design()
    return Sample(
        **head,
        cases=tuple(Pick(**pick) for pick in picks),
        frame_now=db.scalar("SELECT count(*) FROM sample_frame WHERE sample_id = $id", it),
        changes=tuple(Change(**row | {"details": json.loads(row["details"])}) for row in changes),
    )


def sample_rows(db: Database, sample_id: str) -> list[dict]:
    """Cases on the list in its order, with what is known of them today: title, county, handling_unit, admin_level, closed_on.

    Those are None where a later ledger withdrew the case. ``change_kind``: None for cases of the draw itself.
    """
    return db.rows(
        """
        SELECT s.case_id, s.case_no, s.stratum, s.ticket, s.position, s.picked_by, s.must_reason, s.chance, h.kind AS change_kind,
            c.title, c.county, c.handling_unit, c.admin_level, c.closed_on, c.closed_on_precision, c.closed_on_raw
        FROM current_sample_cases AS s LEFT JOIN cases AS c USING (case_id) LEFT JOIN sample_changes AS h ON h.change_id = s.change_id
        WHERE s.sample_id = $id ORDER BY s.stratum, s.position, s.case_no
        """,
        {"id": sample_id},
    )


def replacement_rows(db: Database, sample_id: str) -> list[dict]:
    """Cases that could not be reviewed and who took their place, oldest first, with who, when and why."""
    return db.rows(
        "SELECT r.*, c.changed_at, c.changed_by FROM sample_replacements AS r JOIN sample_changes AS c USING (change_id)"
        " WHERE r.sample_id = $id ORDER BY r.change_id",
        {"id": sample_id},
    )


def frame_rows(db: Database, sample_id: str) -> list[Ticket]:
    """The frame of a sample as it stands, late cases included, in the order of its tickets; positions are counted anew."""
    return list(
        arranged(Ticket(**r) for r in db.rows(f"SELECT {_TICKET} FROM current_sample_frame WHERE sample_id = $id", {"id": sample_id}))
    )


def frame_history(db: Database, sample_id: str) -> list[tuple[int | None, Ticket]]:
    """Cases of the frame with the change that brought each in; None: there from the start. Chances as stored then."""
    rows = db.rows(f"SELECT change_id, {_TICKET} FROM sample_frame WHERE sample_id = $id", {"id": sample_id})
    return [(row.pop("change_id"), Ticket(**row)) for row in rows]


def pick_history(db: Database, sample_id: str) -> list[tuple[int | None, Pick]]:
    """Every line of the list with the change that put it there; None: the draw itself."""
    rows = db.rows(
        f"SELECT change_id, {', '.join(Pick._fields)} FROM sample_cases WHERE sample_id = $id ORDER BY change_id, stratum, position",
        {"id": sample_id},
    )
    return [(row.pop("change_id"), Pick(**row)) for row in rows]


def left_out_rows(db: Database, sample_id: str) -> list[LeftOut]:
    """Cases that were not in the frame when the sample was drawn, undated first, with the reasons of that day."""
    rows = db.rows(
        "SELECT case_id, case_no, county, title, kind, reason FROM sample_left_out WHERE sample_id = $id"
        " ORDER BY kind DESC, case_no, case_id",
        {"id": sample_id},
    )
    return [LeftOut(**row) for row in rows]
