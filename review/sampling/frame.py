"""The frame: which closed cases a sample is drawn from, and which are left out and why."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from review.errors import SampleError
from review.sampling.must_review import as_sql_list
from review.store.database import Database

LEVELS = {"city": "市级", "county": "县级"}
STRATA = {"county": "县区", "level": "案件层级", "domain": "领域", "band": "处理档次", "finding": "疑似问题程度"}
NOT_STATED = "未载明"
CITY_ITSELF = "市本级"
NOT_CHECKED = "未检查"
UNDATED = ("apart", "include")

# What a workbook can't hold would come back as another text, and with it another ticket: such characters are replaced
# before anything is hashed, so that the printed list alone is enough to re-draw.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class FrameEntry(NamedTuple):
    """A case that can be drawn. ``case_no`` is the text that tickets are made of; ``must`` holds codes of must-review rules.

    finding_level: highest level of its suspected problems that nobody dismissed, 无 without any; findings: how many; both None where no
    checks ran since the case was loaded.
    """

    case_id: str
    case_no: str
    county: str | None
    level: str | None
    domain: str | None
    band: int | None
    stratum: str
    must: tuple[str, ...]
    title: str | None = None
    handling_unit: str | None = None
    finding_level: str | None = None
    findings: int | None = None


class LeftOut(NamedTuple):
    """A case that is not in the frame. kind: undated (can't tell whether it belongs to the period) or excluded."""

    case_id: str
    case_no: str
    county: str | None
    title: str | None
    kind: str
    reason: str


@dataclass(frozen=True)
class Frame:
    """Closed cases of a period, frozen. ``outside`` counts cases surely closed outside the period."""

    period_from: date
    period_to: date
    levels: tuple[str, ...]
    counties: tuple[str, ...] | None
    undated_choice: str
    by: str
    entries: tuple[FrameEntry, ...]
    excluded: tuple[LeftOut, ...]
    undated: tuple[LeftOut, ...]
    outside: int

    @property
    def size(self) -> int:
        """Number of cases N."""
        return len(self.entries)

    @property
    def sizes(self) -> dict[str, int]:
        """Cases by stratum, strata in code-point order."""
        return dict(sorted(Counter(entry.stratum for entry in self.entries).items()))

    @property
    def hash(self) -> str:
        """SHA-256 fingerprint, see :func:`frame_hash`."""
        return frame_hash((entry.case_no, entry.stratum) for entry in self.entries)

    @property
    def unknown_level(self) -> int:
        """Cases without a stated level: kept, because they are not known to be outside."""
        return sum(entry.level is None for entry in self.entries)

    @property
    def repeated_numbers(self) -> tuple[str, ...]:
        """Case numbers that more than one case of the frame bears; such cases share a ticket."""
        return tuple(sorted(no for no, n in Counter(entry.case_no for entry in self.entries).items() if n > 1))

    def stratified(self, by: str) -> "Frame":
        """The same cases in other strata; ``by`` is one of STRATA or several joined with "+"."""
        keys = strata_keys(by)
        entries = tuple(entry._replace(stratum=stratum_of(entry, keys)) for entry in self.entries)
        return replace(self, by="+".join(keys), entries=entries)


def frame_hash(lines: Iterable[tuple[str, str]]) -> str:
    """SHA-256 in hex of the lines "case_no|stratum" in code-point order, UTF-8, joined by line feeds without one at the end."""
    text = "\n".join(sorted(f"{case_no}|{stratum}" for case_no, stratum in lines))
    return hashlib.sha256(text.encode()).hexdigest()


def strata_keys(by: str) -> tuple[str, ...]:
    """ "county+level" -> ("county", "level"); raises SampleError for an unknown or repeated name."""
    keys = tuple(part.strip() for part in by.split("+"))
    if any(key not in STRATA for key in keys) or len(set(keys)) < len(keys):
        known = "、".join(f"{key}（{label}）" for key, label in STRATA.items())
        raise SampleError(f"不能按“{by}”分层。", f"可用的有：{known}；几项一起用时以 + 相连，如 county+level。")
    return keys


def strata_label(by: str) -> str:
    """Chinese name of a stratification: "county+level" -> 县区、案件层级."""
    return "、".join(STRATA[key] for key in strata_keys(by))


def stratum_of(entry: FrameEntry, keys: Sequence[str]) -> str:
    """Name of the stratum of a case; what the ledger does not tell is 未载明."""
    return "·".join(_part(entry, key) for key in keys)


def _part(entry: FrameEntry, key: str) -> str:
    if key == "county":
        return entry.county or (CITY_ITSELF if entry.level == "city" else NOT_STATED)
    if key == "level":
        return LEVELS.get(entry.level, entry.level) if entry.level else NOT_STATED
    if key == "domain":
        return entry.domain or NOT_STATED
    if key == "finding":
        return entry.finding_level or NOT_CHECKED
    return NOT_STATED if entry.band is None else f"{entry.band}档"


def build_frame(
    db: Database,
    period_from: date,
    period_to: date,
    levels: Sequence[str] = ("city", "county"),
    counties: Sequence[str] | None = None,
    exclusions: Mapping[str, str] | None = None,
    undated: str = "apart",
    by: str = "county",
) -> Frame:
    """The cases closed from ``period_from`` to ``period_to`` (both days included), as the database knows them now.

    A date known only by month or year counts when the whole of it lies inside; when it lies half inside, or there is no
    closing date, the case is listed apart in ``undated`` (or taken in with undated="include"). levels: a case of another
    stated level is excluded, one of no stated level stays. counties: only these; None means all. exclusions: case_id ->
    reason. Withdrawn cases are excluded with the reason of the withdrawal. The band of a case is the highest of its persons,
    unknown while one person's is unknown.
    Raises SampleError for a period that ends before it begins and for unknown words.
    """
    if period_from > period_to:
        raise SampleError(f"评查期间 {period_from} 至 {period_to} 的结束早于开始。", "请把起止日期对调或改正。")
    if undated not in UNDATED:
        raise SampleError(f"“{undated}”不是处理未注明办结日期案件的方式。", "可用的有：apart（单独列出）、include（列入抽样）。")
    if not levels or any(level not in LEVELS for level in levels):
        raise SampleError(f"案件层级“{'、'.join(levels)}”不认识。", "可用的有：city（市级）、county（县级）。")
    keys = strata_keys(by)
    exclusions = exclusions or {}
    entries, excluded, apart, outside = [], [], [], 0
    for row in _case_rows(db, period_from, period_to):
        if row["place"] == "outside":
            outside += 1
            continue
        case_no = _UNPRINTABLE.sub("\ufffd", row["case_key"])
        why_not = _exclusion(row, levels, counties, exclusions)
        if why_not:
            excluded.append(LeftOut(row["case_id"], case_no, row["county"], row["title"], "excluded", why_not))
            continue
        if row["place"] == "unclear" and undated == "apart":
            apart.append(LeftOut(row["case_id"], case_no, row["county"], row["title"], "undated", _unclear(row, period_from, period_to)))
            continue
        entry = FrameEntry(
            row["case_id"], case_no, row["county"], row["admin_level"], row["domain"], row["band"], "", tuple(row["must"]),
            row["title"], row["handling_unit"], row["finding_level"], row["findings"],
        )  # fmt: skip
        entries.append(entry._replace(stratum=stratum_of(entry, keys)))
    return Frame(
        period_from=period_from,
        period_to=period_to,
        levels=tuple(sorted(levels)),
        counties=None if counties is None else tuple(sorted(counties)),
        undated_choice=undated,
        by="+".join(keys),
        entries=tuple(entries),
        excluded=tuple(excluded),
        undated=tuple(apart),
        outside=outside,
    )


def counties_of(db: Database) -> list[str]:
    """Counties that the ledgers name, in code-point order."""
    return [row["county"] for row in db.rows("SELECT DISTINCT county FROM cases WHERE county IS NOT NULL ORDER BY county")]


def _case_rows(db: Database, period_from: date, period_to: date) -> list[dict]:
    # case_id makes the order of rows the same whatever the order of loading was.
    return db.rows(
        f"""
        WITH people AS (
            SELECT case_id, CASE WHEN bool_and(band IS NOT NULL) THEN max(band) END AS band
            FROM respondents WHERE kind <> 'organization' GROUP BY case_id
        ), suspected AS (
            SELECT f.case_id, count(*) AS findings, arg_min(f.level, list_position(['严重', '一般', '提示'], f.level)) AS finding_level
            FROM findings AS f LEFT JOIN current_decisions AS d USING (finding_id)
            WHERE f.verdict = 'suspect' AND f.in_issue_list AND coalesce(d.verdict, '') <> 'dismissed' GROUP BY f.case_id
        ), checked AS (
            SELECT import_id, imported_at <= (SELECT max(finished_at) FROM check_runs) AS checked FROM imports
        )
        SELECT c.case_id, c.case_key, c.title, c.county, c.admin_level, c.domain, c.handling_unit, p.band, c.closed_on,
            c.closed_on_precision, c.closed_on_raw, w.reason AS withdrawn, {as_sql_list()} AS must,
            CASE WHEN s.findings IS NOT NULL OR k.checked THEN coalesce(s.finding_level, '无') END AS finding_level,
            CASE WHEN s.findings IS NOT NULL OR k.checked THEN coalesce(s.findings, 0) END AS findings,
            CASE WHEN c.closed_on IS NULL THEN 'unclear'
                WHEN c.closed_on >= $start AND last_day_of(c.closed_on, c.closed_on_precision) <= $end THEN 'inside'
                WHEN c.closed_on > $end OR last_day_of(c.closed_on, c.closed_on_precision) < $start THEN 'outside'
                ELSE 'unclear' END AS place
        FROM cases AS c LEFT JOIN people AS p USING (case_id) LEFT JOIN withdrawn_cases AS w USING (case_id)
            LEFT JOIN suspected AS s USING (case_id) LEFT JOIN checked AS k USING (import_id)
        ORDER BY c.case_key, c.case_id
        """,
        {"start": period_from, "end": period_to},
    )


def _exclusion(row: dict, levels: Sequence[str], counties: Sequence[str] | None, exclusions: Mapping[str, str]) -> str | None:
    if row["withdrawn"] is not None:
        return f"案件已撤销：{row['withdrawn']}"
    if row["case_id"] in exclusions:
        return exclusions[row["case_id"]]
    level = row["admin_level"]
    if level is not None and level not in levels:
        return f"案件层级为{LEVELS.get(level, level)}，不在本次评查的层级（{'、'.join(LEVELS[x] for x in sorted(levels))}）内"
    if counties is not None and row["county"] not in counties:
        return f"县区为{row['county'] or NOT_STATED}，不在本次评查的县区内"
    return None


def _unclear(row: dict, period_from: date, period_to: date) -> str:
    judged = "无法判断是否属于本期"
    if row["closed_on"] is not None:
        unit = "月" if row["closed_on_precision"] == "month" else "年"
        written = row["closed_on_raw"] or f"{row['closed_on']:%Y-%m}"
        return f"办结日期“{written}”只写到{unit}，本期为 {period_from} 至 {period_to}，{judged}"
    if row["closed_on_raw"]:
        return f"办结日期栏写的是“{row['closed_on_raw']}”，不是可以认读的日期，{judged}"
    return f"台账没有办结日期，{judged}"
