"""Frames that were frozen: named, kept as they were, seen and confirmed by somebody before anything is drawn from them."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import duckdb
import pyarrow as pa

from review.errors import SampleError, UsageError
from review.sampling.frame import Frame, FrameEntry, LeftOut, build_frame, stratum_of
from review.sampling.selection import need_some
from review.store.database import Database, now

_FREEZE, _CONFIRM = "frame_frozen", "frame_confirmed"
_TEXTS = ("case_id", "case_no", "title", "county", "level", "domain", "handling_unit", "finding_level")
_CASE_COLUMNS = dict.fromkeys(_TEXTS, pa.string()) | {"band": pa.int32(), "findings": pa.int32(), "must": pa.list_(pa.string())}
_LEFT_OUT_COLUMNS = dict.fromkeys(LeftOut._fields, pa.string())
COMPARED = {
    "case_no": "案件编号", "county": "县区", "level": "案件层级", "domain": "领域", "band": "处理档次", "finding_level": "疑似问题程度",
    "findings": "疑似问题数", "must": "必查条件",
}  # fmt: skip


@dataclass(frozen=True)
class FrozenFrame:
    """A row of the table frames; ``confirmed_at`` None: nobody confirmed it yet."""

    frame_id: str
    name: str
    created_at: datetime
    created_by: str
    confirmed_at: datetime | None
    confirmed_by: str | None
    period_from: date
    period_to: date
    scope: dict
    size: int
    undated_count: int
    excluded_count: int
    hash: str


@dataclass(frozen=True)
class Difference:
    """How a case differs between a frozen frame and the ledgers of today. what: joined, left, left_out or changed; words: in Chinese."""

    case_id: str
    case_no: str
    what: str
    words: str


def freeze(db: Database, frame: Frame, name: str, actor: str, exclusions: Mapping[str, str] | None = None) -> str:
    """Keep a frame as it is under a name; returns its id. The same cases under the same name and scope are one frame, kept once.

    Raises SampleError for a frame without cases, UsageError without a name of the frame or of the person.
    """
    name = _named(name, "抽样框")
    need_some(frame)
    scope = scope_of(frame, exclusions or {})
    fingerprint = frozen_hash(frame.entries)
    parts = [name, fingerprint, str(frame.period_from), str(frame.period_to), scope, sorted([x.case_no, x.reason] for x in frame.excluded)]
    frame_id = "f" + hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:10]
    if db.scalar("SELECT count(*) FROM frames WHERE frame_id = $id", {"id": frame_id}):
        return frame_id
    head = {
        "frame_id": frame_id, "name": name, "created_at": now(), "created_by": _named(actor, "冻结人"), "period_from": frame.period_from,
        "period_to": frame.period_to, "scope": json.dumps(scope, ensure_ascii=False), "size": frame.size,
        "undated_count": len(frame.undated), "excluded_count": len(frame.excluded), "hash": fingerprint,
    }  # fmt: skip
    with db.write(_FREEZE, actor, frame_id=frame_id, name=name, size=frame.size, hash=fingerprint) as cur:
        cur.execute(f"INSERT INTO frames ({', '.join(head)}) VALUES ({', '.join('$' + key for key in head)})", head)
        keep(cur, "frame_cases", "frame_id", frame_id, frame.entries, _CASE_COLUMNS)
        keep(cur, "frame_left_out", "frame_id", frame_id, frame.undated + frame.excluded, _LEFT_OUT_COLUMNS)
    return frame_id


def confirm(db: Database, frame_id: str, actor: str) -> None:
    """Record once who saw the frozen frame and stands by it; raises SampleError for an unknown or confirmed one, UsageError without a
    name."""
    actor = _named(actor, "确认人")
    found = frozen(db, frame_id)
    if found.confirmed_at:
        raise SampleError(
            f"抽样框“{found.name}”已由 {found.confirmed_by} 于 {found.confirmed_at:%Y-%m-%d %H:%M} 确认。", "可以直接进行下一步。"
        )
    with db.write(_CONFIRM, actor, frame_id=frame_id, hash=found.hash) as cur:
        cur.execute(
            "UPDATE frames SET confirmed_at = $at, confirmed_by = $by WHERE frame_id = $id AND confirmed_at IS NULL",
            {"at": now(), "by": actor, "id": frame_id},
        )


def frozen(db: Database, frame_id: str) -> FrozenFrame:
    """The frozen frame of this id; raises SampleError where there is none."""
    found = [one for one in frames(db) if one.frame_id == frame_id]
    if not found:
        raise SampleError(f"没有编号为“{frame_id}”的抽样框。", "请从抽样页面的列表中重新选择。")
    return found[0]


def frames(db: Database) -> list[FrozenFrame]:
    """All frozen frames, the newest first."""
    return [
        FrozenFrame(**row | {"scope": json.loads(row["scope"])})
        for row in db.rows("SELECT * FROM frames ORDER BY created_at DESC, frame_id")
    ]


def frozen_cases(db: Database, frame_id: str, keys: Sequence[str] = ("county",)) -> list[FrameEntry]:
    """The frozen cases in the order of their numbers, in the strata that ``keys`` make."""
    rows = db.rows(f"SELECT {', '.join(_CASE_COLUMNS)} FROM frame_cases WHERE frame_id = $id ORDER BY case_no, case_id", {"id": frame_id})
    entries = (FrameEntry(**row | {"must": tuple(row["must"]), "stratum": ""}) for row in rows)
    return [entry._replace(stratum=stratum_of(entry, keys)) for entry in entries]


def frozen_left_out(db: Database, frame_id: str) -> list[LeftOut]:
    """What was not taken into the frame and why, undated first."""
    rows = db.rows(
        f"SELECT {', '.join(LeftOut._fields)} FROM frame_left_out WHERE frame_id = $id ORDER BY kind DESC, case_no, case_id",
        {"id": frame_id},
    )
    return [LeftOut(**row) for row in rows]


def today(db: Database, found: FrozenFrame) -> Frame:
    """The frame that the same scope makes of the ledgers of today."""
    scope = {name: found.scope[name] for name in ("levels", "counties", "exclusions", "undated")}
    return build_frame(db, found.period_from, found.period_to, **scope)


def differences(db: Database, found: FrozenFrame) -> list[Difference]:
    """Where the ledgers of today would make another frame: cases that came, went, are left out now, or changed in what a draw uses."""
    then = {e.case_id: e for e in frozen_cases(db, found.frame_id)}
    current = today(db, found)
    now_in = {e.case_id: e for e in current.entries}
    left_out = {x.case_id: x for x in current.excluded + current.undated}
    out = [Difference(e.case_id, e.case_no, "joined", "冻结后新进入本期范围") for key, e in now_in.items() if key not in then]
    for key, e in then.items():
        if key in left_out:
            out.append(Difference(key, e.case_no, "left_out", f"现在不列入：{left_out[key].reason}"))
        elif key not in now_in:
            out.append(Difference(key, e.case_no, "left", "现在的台账中已没有，或办结日期已不在本期"))
        elif words := _changed(e, now_in[key]):
            out.append(Difference(key, e.case_no, "changed", words))
    return sorted(out, key=lambda d: (d.what, d.case_no, d.case_id))


def frozen_hash(entries: Iterable[FrameEntry]) -> str:
    """Fingerprint of frozen cases: lines 案件编号|县区|层级|领域|档次|程度|问题数|必查 in code-point order, as in the exported workbook."""
    lines = sorted("|".join(_line(e)) for e in entries)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def scope_of(frame: Frame, exclusions: Mapping[str, str]) -> dict:
    """What the column ``scope`` of frames and samples keeps."""
    return {
        "levels": list(frame.levels), "counties": None if frame.counties is None else list(frame.counties), "undated": frame.undated_choice,
        "exclusions": dict(exclusions), "outside": frame.outside, "unknown_level": frame.unknown_level,
    }  # fmt: skip


def keep(
    cur: duckdb.DuckDBPyConnection, table: str, key: str, value: str, rows: Sequence[tuple], columns: Mapping[str, pa.DataType]
) -> None:
    """Insert named tuples into ``table``, in one batch, with ``value`` in the column ``key``."""
    if not rows:
        return
    batch = pa.table({name: pa.array([getattr(row, name) for row in rows], kind) for name, kind in columns.items()})
    cur.register("batch", batch)
    cur.execute(f"INSERT INTO {table} ({key}, {', '.join(columns)}) SELECT $value, {', '.join(columns)} FROM batch", {"value": value})
    cur.unregister("batch")


def _line(e: FrameEntry) -> list[str]:
    values = (e.case_no, e.county, e.level, e.domain, e.band, e.finding_level, e.findings, "+".join(e.must))
    return ["" if value is None else str(value) for value in values]


def _changed(then: FrameEntry, current: FrameEntry) -> str:
    different = [label for name, label in COMPARED.items() if getattr(then, name) != getattr(current, name)]
    return f"有改动：{'、'.join(different)}" if different else ""


def _named(name: str, what: str) -> str:
    if not name.strip():
        raise UsageError(f"没有填写{what}{'的名称' if what == '抽样框' else '姓名'}。", "请填写后再操作，记录会连同姓名和时间一起留存。")
    return name.strip()
