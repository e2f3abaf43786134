"""What people set for the checks: thresholds and switches with who, when and why. Append-only; the newest line counts."""

import json
from dataclasses import dataclass
from datetime import datetime

from review.checks.catalogue import check
from review.checks.checkfile import Check
from review.errors import UsageError
from review.store.database import Database, now


@dataclass(frozen=True)
class Change:
    """One line of a check's history. label: name of the parameter, or 启用状态; before and after as people read them."""

    check_id: str
    label: str
    before: str
    after: str
    reason: str
    set_by: str
    set_at: datetime


def stored(db: Database) -> dict[str, dict]:
    """check id -> parameter -> value, for what people set and did not take back."""
    out: dict[str, dict] = {}
    for row in db.rows("SELECT check_id, param, value::VARCHAR AS value FROM current_check_settings WHERE value IS NOT NULL"):
        out.setdefault(row["check_id"], {})[row["param"]] = json.loads(row["value"])
    return out


def switched_off(db: Database) -> dict[str, str]:
    """check id -> reason, for the checks that are switched off."""
    return {row["check_id"]: row["reason"] for row in db.rows("SELECT check_id, reason FROM current_check_switches WHERE off")}


def current(db: Database, one: Check, all_stored: dict[str, dict] | None = None) -> dict:
    """Parameter -> value of this check as set, else its default (None: a local standard that is not set)."""
    own = (stored(db) if all_stored is None else all_stored).get(one.id, {})
    return {p.name: p.value(own.get(p.name, p.default)) for p in one.params}


def set_parameter(db: Database, check_id: str, name: str, value, reason: str, actor: str) -> None:
    """Set one threshold, see set_parameters."""
    set_parameters(db, check_id, {name: value}, reason, actor)


def set_parameters(db: Database, check_id: str, values: dict, reason: str, actor: str) -> None:
    """Set thresholds of a check (name -> value); None or a blank takes one back to its default, or a local standard to "not set".

    Values as they are already are passed over. Raises UsageError for an unknown check or parameter, a value of the wrong kind or out
    of range, a missing reason, or when nothing would change.
    """
    one = check(check_id)
    changed = changes(db, one, values)
    if not changed:
        raise UsageError(f"检查 {check_id} 的参数没有变化。", "没有改动。")
    told, defaults = _reason(reason, "改参数"), {p.name: p.default for p in one.params}
    with db.write("set_check_parameters", actor, check=check_id, values=changed, reason=told) as cur:
        for name, value in changed.items():
            kept = None if value == defaults[name] else json.dumps(value, ensure_ascii=False, default=str)
            cur.execute(
                "INSERT INTO check_settings VALUES ($check, $param, $value, $reason, $by, $at)",
                {"check": check_id, "param": name, "value": kept, "reason": told, "by": actor, "at": now()},
            )


def changes(db: Database, one: Check, values: dict) -> dict:
    """Those of ``values`` (as typed) that differ from what is in force, as the SQL gets them. Raises UsageError as set_parameters."""
    params = {p.name: p for p in one.params}
    out, present = {}, current(db, one)
    for name, value in values.items():
        if name not in params:
            allowed = "、".join(params) or "没有可调参数"
            raise UsageError(f"检查 {one.id} 没有参数 {name}。", f"该检查可调的参数：{allowed}。")
        blank = value is None or (isinstance(value, str) and not value.strip())
        new = params[name].default if blank else params[name].value(value)
        if new != present[name]:
            out[name] = new
    return out


def switch(db: Database, check_id: str, off: bool, reason: str, actor: str) -> None:
    """Switch a check off or on. Off: its findings leave the list, decisions on them stay. On: it counts from its next run.

    Raises UsageError for an unknown check, a missing reason, or when it is so already.
    """
    check(check_id)
    if (check_id in switched_off(db)) == off:
        raise UsageError(f"检查 {check_id} 已经{'停用' if off else '在用'}。", "没有改动。")
    told = _reason(reason, "停用" if off else "重新启用")
    with db.write("switch_check", actor, check=check_id, off=off, reason=told) as cur:
        cur.execute(
            "INSERT INTO check_switches VALUES ($check, $off, $reason, $by, $at)",
            {"check": check_id, "off": off, "reason": told, "by": actor, "at": now()},
        )
        if off:
            cur.execute("DELETE FROM findings WHERE check_id = $check", {"check": check_id})


def history(db: Database, check_id: str) -> list[Change]:
    """All changes of a check's parameters and switch, newest first."""
    one = check(check_id)
    params = {p.name: p for p in one.params}
    out, last = [], {}
    for row in db.rows(
        """SELECT param, value::VARCHAR AS value, reason, set_by, set_at FROM check_settings WHERE check_id = $id ORDER BY set_at, rowid""",
        {"id": check_id},
    ):
        param = params.get(row["param"])
        default = param.default if param else None
        new = default if row["value"] is None else json.loads(row["value"])
        old = last.get(row["param"], default)
        last[row["param"]] = new
        label, shown = (param.label, param.shown) if param else (row["param"], str)
        out.append(Change(check_id, label, shown(old), shown(new), row["reason"], row["set_by"], row["set_at"]))
    for row in db.rows(
        "SELECT off, reason, set_by, set_at FROM check_switches WHERE check_id = $id ORDER BY set_at, rowid", {"id": check_id}
    ):
        words = ("在用", "已停用") if row["off"] else ("已停用", "在用")
        out.append(Change(check_id, "启用状态", *words, row["reason"], row["set_by"], row["set_at"]))
    return sorted(out, key=lambda change: change.set_at, reverse=True)


def _reason(reason: str, what: str) -> str:
    if not reason.strip():
        raise UsageError(f"没有写{what}的理由。", "请写一句理由，它会和姓名、时间一起留在记录里。")
    return reason.strip()
