"""Drawing from a frozen frame by a registered plan, in the database; all that belongs to a draw is offered here, callers need one module.

The database makes tickets, order and list by the same rule as :func:`review.sampling.selection.draw` does in plain Python; a test holds
the two together, and :func:`verify` recomputes every stored sample in plain Python.
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
from review.sampling.design import Design
from review.sampling.frame import FrameEntry, build_frame, strata_keys, stratum_of
from review.sampling.frozen import confirm, freeze, frozen
from review.sampling.must_review import DEFAULT_RULES, checked_rules, labels
from review.sampling.pareto import FIRST, WEIGHTS
from review.sampling.quotas import Group, Places, plan
from review.sampling.selection import METHOD, TICKETS, Draw, Pick, Share, Ticket, checked_seed, draw, share, ticket
from review.sampling.stored import Sample, frame_rows, left_out_rows, sample, sample_rows, samples
from review.sampling.verification import Verification, verify
from review.store.database import Database, now

__all__ = [
    "Draw", "Pick", "Plan", "Sample", "Share", "Ticket", "Verification", "draw", "draw_plan", "draw_sample", "frame_places", "frame_rows",
    "left_out_rows", "plan_of", "plans_of", "register", "sample", "sample_rows", "samples", "ticket", "verify",
]  # fmt: skip

SEED_SOURCES = {"lottery": "开奖号码", "dice": "当众掷骰子", "sentence": "约定的一句话", "other": "其他"}
_STRATUM_FACTS = {
    "county": ("county", "level"),
    "level": ("level",),
    "domain": ("domain",),
    "band": ("band",),
    "finding": ("finding_level",),
}
_FACTS = ("county", "level", "domain", "band", "finding_level")


@dataclass(frozen=True)
class Plan:
    """A row of the table sample_plans: what is to be drawn, by which seed, and who registered it when."""

    plan_id: str
    frame_id: str
    ratio: str
    stratified_by: str
    must_rules: tuple[str, ...]
    design: Design
    seed: str
    seed_source: str
    entered_at: datetime
    entered_by: str


class _Known(Exception):
    """The very same sample is stored already."""


def frame_places(
    db: Database, frame_id: str, ratio: str | Fraction, by: str, must_rules: Iterable[str] = DEFAULT_RULES, design: Design | None = None
) -> list[Places]:
    """What a draw from the frozen frame would take from each stratum; raises SampleError as :func:`review.sampling.quotas.plan` does."""
    with db.cursor() as cur:
        _lay_out(cur, frame_id, by, checked_rules(must_rules))
        return plan(_groups(cur, frame_id), ratio, design or Design())


def register(
    db: Database,
    frame_id: str,
    ratio: str | Fraction,
    seed: str,
    by: str = "county",
    must_rules: Iterable[str] = DEFAULT_RULES,
    design: Design | None = None,
    actor: str = "",
    seed_source: str = "sentence",
) -> str:
    """Register what is to be drawn and the public seed, before anything is drawn; returns the id of the plan.

    The same plan again is the one that is there, with its first time. Raises SampleError for an unconfirmed frame, an empty seed, and
    what can't be drawn that way.
    """
    found, seed, rules, design = frozen(db, frame_id), checked_seed(seed), checked_rules(must_rules), design or Design()
    if not found.confirmed_at:
        raise SampleError(f"抽样框“{found.name}”还没有人确认。", "请先在“圈定范围”核对名单并确认，再登记种子。")
    if seed_source not in SEED_SOURCES:
        known = "、".join(f"{code}（{words}）" for code, words in SEED_SOURCES.items())
        raise SampleError(f"“{seed_source}”不是种子的来源。", f"可用的有：{known}。")
    by = "+".join(strata_keys(by))
    frame_places(db, frame_id, ratio, by, rules, design)
    parts = [frame_id, str(parse_ratio(ratio)), by, list(rules), design.as_dict(), seed]
    plan_id = "p" + hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:10]
    if db.scalar("SELECT count(*) FROM sample_plans WHERE plan_id = $id", {"id": plan_id}):
        return plan_id
    row = {
        "plan_id": plan_id, "frame_id": frame_id, "ratio": str(ratio).strip(), "stratified_by": by, "must_rules": json.dumps(rules),
        "design": json.dumps(design.as_dict()), "seed": seed, "seed_source": seed_source, "entered_at": now(), "entered_by": actor,
    }  # fmt: skip
    with db.write("sample_planned", actor, plan_id=plan_id, frame_id=frame_id, seed=seed) as cur:
        cur.execute(f"INSERT INTO sample_plans ({', '.join(row)}) VALUES ({', '.join('$' + key for key in row)})", row)
    return plan_id


def plans_of(db: Database, frame_id: str) -> list[Plan]:
    """Everything that was ever registered for a frame, the newest first: whoever tried several seeds is seen here."""
    return [_plan(row) for row in db.rows("SELECT * FROM sample_plans WHERE frame_id = $id ORDER BY entered_at DESC", {"id": frame_id})]


def plan_of(db: Database, plan_id: str) -> Plan:
    """The plan of this id; raises SampleError where there is none."""
    rows = db.rows("SELECT * FROM sample_plans WHERE plan_id = $id", {"id": plan_id})
    if not rows:
        raise SampleError(f"没有编号为“{plan_id}”的抽样方案。", "请从抽样页面重新登记。")
    return _plan(rows[0])


def draw_plan(db: Database, plan_id: str, actor: str) -> str:
    """Draw by a registered plan, store all of it in one transaction and return the id of the sample.

    The id is made of what was drawn and how: the same draw again gives the same id and stores nothing.
    """
    planned = plan_of(db, plan_id)
    found: dict = {}
    try:
        with db.write("sample_drawn", actor, **{"plan_id": plan_id, "seed": planned.seed, "ratio": planned.ratio},
                      before=lambda cur: found.update(rehearse(cur, planned))) as cur:  # fmt: skip
            _store(cur, planned, found, actor)
    except _Known as known:
        return known.args[0]
    return found["sample_id"]


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
    design: Design | None = None,
    name: str | None = None,
    seed_source: str = "sentence",
) -> str:
    """All steps at once, each recorded with its time: freeze and confirm the cases as they are now, register seed and plan, draw.

    Returns the id of the sample. Raises SampleError and UsageError as the steps do; nothing is stored for an empty seed or frame or a
    ratio below 20%.
    """
    frame = build_frame(db, period_from, period_to, levels, counties, exclusions, undated, by)
    draw_is_possible = (checked_seed(seed), parse_ratio(ratio), checked_rules(must_rules))
    who = actor or "未署名"
    frame_id = freeze(db, frame, name or f"{period_from} 至 {period_to} 办结案件", who, exclusions)
    if not frozen(db, frame_id).confirmed_at:
        confirm(db, frame_id, who)
    return draw_plan(db, register(db, frame_id, ratio, draw_is_possible[0], by, draw_is_possible[2], design, actor, seed_source), actor)


def _plan(row: dict) -> Plan:
    return Plan(**row | {"must_rules": tuple(json.loads(row["must_rules"])), "design": Design(**json.loads(row["design"]))})


def _lay_out(cur: duckdb.DuckDBPyConnection, frame_id: str, by: str, rules: Sequence[str]) -> None:
    """Register what stratum and must-review reason every different case of the frame has: few rows, however many cases."""
    keys = strata_keys(by)
    used = [fact for fact in _FACTS if any(fact in _STRATUM_FACTS[key] for key in keys)]
    it = {"id": frame_id}
    facts = cur.execute(f"SELECT DISTINCT {', '.join(used)} FROM frame_cases WHERE frame_id = $id", it).fetchall()
    empty = FrameEntry("", "", None, None, None, None, "", ())
    strata = [stratum_of(empty._replace(**dict(zip(used, row, strict=True))), keys) for row in facts]
    kinds = {"band": pa.int32()}
    columns = {fact: pa.array([row[k] for row in facts], kinds.get(fact, pa.string())) for k, fact in enumerate(used)}
    cur.register("strata_of_facts", pa.table(columns | {"stratum": pa.array(strata, pa.string())}))
    must = [row[0] for row in cur.execute("SELECT DISTINCT must FROM frame_cases WHERE frame_id = $id", it).fetchall()]
    reasons = [labels(set(codes) & set(rules)) or None for codes in must]
    cur.register("reasons_of_must", pa.table({"must": pa.array(must, pa.list_(pa.string())), "reason": pa.array(reasons, pa.string())}))
    same = " AND ".join(f"f.{fact} IS NOT DISTINCT FROM s.{fact}" for fact in used)
    cur.execute(
        f"""CREATE OR REPLACE TEMP VIEW laid_out AS
        SELECT f.frame_id, f.case_id, f.case_no, s.stratum, m.reason, f.finding_level, f.findings
        FROM frame_cases AS f JOIN strata_of_facts AS s ON {same} JOIN reasons_of_must AS m ON f.must = m.must"""
    )


def _groups(cur: duckdb.DuckDBPyConnection, frame_id: str) -> list[Group]:
    rows = cur.execute(
        """SELECT stratum, reason IS NOT NULL, finding_level, count(*), count(findings), coalesce(sum(findings), 0)::BIGINT,
            coalesce(sum(findings * findings), 0)::BIGINT FROM laid_out WHERE frame_id = $id GROUP BY ALL""",
        {"id": frame_id},
    )
    return [Group(*row) for row in rows.fetchall()]


def rehearse(cur: duckdb.DuckDBPyConnection, planned: Plan) -> dict:
    """Put every case of the frame in its place in the TEMP tables ``placed`` and ``listed``; what else is stored of the draw."""
    _lay_out(cur, planned.frame_id, planned.stratified_by, planned.must_rules)
    design = planned.design
    lines = plan(_groups(cur, planned.frame_id), planned.ratio, design)
    chances = [(line.stratum, weight, *pair) for line in lines for weight, pair in line.chances.items()]
    kinds = {"stratum": pa.string(), "weight": pa.int32(), "target": pa.float64(), "chance": pa.float64()}
    cur.register("chances", pa.table({n: pa.array([c[k] for c in chances], kind) for k, (n, kind) in enumerate(kinds.items())}))
    cur.register("quotas", pa.table({"stratum": [line.stratum for line in lines], "quota": [line.quota for line in lines]}))
    weight = (
        "NULL"
        if design.method == "simple"
        else "CASE finding_level " + " ".join(f"WHEN '{k}' THEN {w}" for k, w in WEIGHTS.items()) + " END"
    )
    # Cases that are not open to the random draw match no chance; they come after all others.
    closed = "reason IS NOT NULL" if design.must_mode == "counted" else "false"
    cur.execute(
        f"""CREATE OR REPLACE TEMP TABLE placed AS
        SELECT t.case_id, t.case_no, t.stratum, t.reason, t.ticket, c.weight, c.target, c.chance
        FROM (
            SELECT *, {weight} AS weight, {closed} AS closed,
                ('0x' || left(sha256($seed || '|' || case_no), 13))::UBIGINT / {TICKETS}.0::DOUBLE AS ticket
            FROM laid_out WHERE frame_id = $id
        ) AS t LEFT JOIN chances AS c ON t.stratum = c.stratum AND t.weight IS NOT DISTINCT FROM c.weight AND NOT t.closed""",
        {"seed": planned.seed, "id": planned.frame_id},
    )
    cur.execute(
        f"""CREATE OR REPLACE TEMP TABLE listed AS
        SELECT case_id, case_no, stratum, ticket, position, CASE WHEN position <= quota THEN 'random' ELSE 'must' END AS picked_by, reason,
            chance
        FROM (
            SELECT *, row_number() OVER (
                PARTITION BY stratum ORDER BY chance IS NULL, CASE WHEN target IS NULL THEN ticket WHEN target >= 1 THEN {FIRST}
                    ELSE ticket * (1 - target) / (target * (1 - ticket)) END, case_no, case_id) AS position
            FROM placed
        ) JOIN quotas USING (stratum) WHERE position <= quota OR reason IS NOT NULL"""
    )
    counts = {row[:2]: row[2] for row in cur.execute("SELECT stratum, picked_by, count(*) FROM listed GROUP BY ALL").fetchall()}
    frame_hash = cur.execute(
        "SELECT sha256(string_agg(line, chr(10) ORDER BY line)) FROM (SELECT case_no || '|' || stratum AS line FROM placed)"
    ).fetchone()[0]
    found = {
        "frame_hash": frame_hash,
        "allocation": [share(line, counts.get((line.stratum, "random"), 0), counts.get((line.stratum, "must"), 0)) for line in lines],
    }
    found["sample_id"] = _identify(cur, planned, frame_hash)
    if cur.execute("SELECT count(*) FROM samples WHERE sample_id = $id", {"id": found["sample_id"]}).fetchone()[0]:
        raise _Known(found["sample_id"])
    return found


def _identify(cur: duckdb.DuckDBPyConnection, planned: Plan, frame_hash: str) -> str:
    period = cur.execute("SELECT period_from, period_to FROM frames WHERE frame_id = $id", {"id": planned.frame_id}).fetchone()
    must = cur.execute("SELECT case_no, stratum, reason FROM listed WHERE reason IS NOT NULL ORDER BY stratum, position").fetchall()
    parts = [
        METHOD, planned.seed, str(parse_ratio(planned.ratio)), frame_hash, planned.stratified_by, *map(str, period),
        list(planned.must_rules), [list(row) for row in must],
    ]  # fmt: skip
    if planned.design != Design():
        parts += [
            planned.design.as_dict(),
            cur.execute("SELECT hash FROM frames WHERE frame_id = $id", {"id": planned.frame_id}).fetchone()[0],
        ]
    return "s" + hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:10]


def _store(cur: duckdb.DuckDBPyConnection, planned: Plan, found: dict, actor: str) -> None:
    it = {
        "id": found["sample_id"], "plan": planned.plan_id, "at": now(), "by": actor, "method": METHOD, "hash": found["frame_hash"],
        "allocation": json.dumps([line._asdict() for line in found["allocation"]], ensure_ascii=False),
    }  # fmt: skip
    cur.execute(
        """INSERT INTO samples BY NAME
        SELECT $id AS sample_id, $at AS created_at, $by AS created_by, p.seed, p.ratio, f.period_from, f.period_to, p.stratified_by,
            $method AS method, f.size AS frame_size, $hash AS frame_hash, f.undated_count, f.scope, p.must_rules, $allocation AS allocation,
            f.frame_id, p.plan_id, p.entered_at AS seed_entered_at, p.entered_by AS seed_entered_by, p.design
        FROM sample_plans AS p JOIN frames AS f USING (frame_id) WHERE p.plan_id = $plan""",
        it,
    )
    one = {"id": it["id"]}
    columns = "sample_id, case_id, case_no, stratum, ticket, weight, target, chance"
    cur.execute(f"INSERT INTO sample_frame ({columns}) SELECT $id, {columns.removeprefix('sample_id, ')} FROM placed", one)
    cur.execute(
        """INSERT INTO sample_cases (sample_id, case_id, case_no, stratum, ticket, position, picked_by, must_reason, chance)
        SELECT $id, case_id, case_no, stratum, ticket, position, picked_by, reason, chance FROM listed ORDER BY stratum, position""",
        one,
    )
    cur.execute(
        """INSERT INTO sample_left_out SELECT $id, case_id, case_no, county, title, kind, reason FROM frame_left_out
        WHERE frame_id = (SELECT frame_id FROM sample_plans WHERE plan_id = $plan)""",
        one | {"plan": planned.plan_id},
    )
