"""Rules that put a case on the review list whatever the draw says (must-review cases).

Public practice: 红河 reviews every case 上级交办, 领导批示 or of wide effect; those from 上轮未整改 on are a local choice and off by
default. A rule holds only where the ledger or the list of an earlier review says so; a blank puts no case on the list.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from review.errors import SampleError


@dataclass(frozen=True)
class MustRule:
    """A rule: ``code``, Chinese ``label`` (also the reason on the list), and ``condition`` in SQL over ``c`` (cases)."""

    code: str
    label: str
    condition: str
    default: bool


def _step_done(step: str) -> str:
    return f"EXISTS (SELECT 1 FROM steps AS s WHERE s.case_id = c.case_id AND s.step = '{step}' AND s.status = 'done')"


def _flag_or_source(column: str, words: str) -> str:
    # Many ledgers have no column of their own and say it under 线索来源; an explicit 否 in the column wins.
    return f"(c.{column} = 'done' OR c.{column} IS NULL AND regexp_matches(coalesce(c.source, ''), '{words}'))"


# The newest line of a problem tells how it stands; one that was found wrong or is still looked into is no problem to put right.
_UNRECTIFIED = """(
    SELECT county, handling_unit, case_no, case_title FROM (
        SELECT e.* FROM earlier_issues AS e JOIN current_imports USING (import_id)
        QUALIFY row_number() OVER (
            PARTITION BY coalesce(e.issue_key, concat_ws('|', e.county, e.handling_unit, e.case_no, e.case_title, e.respondent, e.problem))
            ORDER BY e.import_id DESC, e."row") = 1
    ) WHERE status IN ('not_rectified', 'rectifying') AND coalesce(conclusion, '') NOT IN ('dismissed', 'pending')
)"""

RULES = (
    MustRule("superior_assigned", "上级交办", _flag_or_source("superior_assigned", "上级.*(交办|督办)"), True),
    MustRule("leader_instruction", "领导批示", _flag_or_source("leader_instruction", "领导.*批示|批示件"), True),
    MustRule("public_opinion", "舆情", _flag_or_source("public_opinion", "舆情|媒体曝光|网络曝光"), True),
    MustRule("appealed", "申诉过", _step_done("appeal"), True),
    MustRule("corrected", "被纠正过", _step_done("correction"), True),
    MustRule(
        "earlier_unrectified",
        "上轮未整改",
        f"EXISTS (SELECT 1 FROM {_UNRECTIFIED} AS e WHERE coalesce(e.county = c.county, true)"
        " AND (e.case_no = c.case_no OR e.case_no IS NULL AND e.case_title = c.title))",
        False,
    ),
    MustRule(
        "earlier_unit",
        "承办单位上轮有问题未整改",
        f"EXISTS (SELECT 1 FROM {_UNRECTIFIED} AS e WHERE e.county = c.county AND e.handling_unit = c.handling_unit)",
        False,
    ),
    MustRule(
        "discipline",
        "纪律处分以上",
        "EXISTS (SELECT 1 FROM measures AS m JOIN respondents AS r USING (respondent_id)"
        " WHERE r.case_id = c.case_id AND m.is_final AND m.track IN ('party', 'administrative') AND m.band >= 4)",
        False,
    ),
    MustRule(
        "village",
        "村级对象",
        "EXISTS (SELECT 1 FROM respondents AS r WHERE r.case_id = c.case_id AND (r.tier = 'village' OR r.role = 'village_cadre'))",
        False,
    ),
)
DEFAULT_RULES = tuple(rule.code for rule in RULES if rule.default)


def checked_rules(codes: Iterable[str]) -> tuple[str, ...]:
    """``codes`` without repeats in the order of RULES; raises SampleError for an unknown code."""
    wanted = set(codes)
    unknown = wanted - {rule.code for rule in RULES}
    if unknown:
        known = "、".join(f"{rule.code}（{rule.label}）" for rule in RULES)
        raise SampleError(f"没有名为 {'、'.join(sorted(unknown))} 的必查规则。", f"可用的有：{known}。")
    return tuple(rule.code for rule in RULES if rule.code in wanted)


def labels(codes: Iterable[str]) -> str:
    """Chinese names of ``codes`` joined with 、, in the order of RULES."""
    wanted = set(codes)
    return "、".join(rule.label for rule in RULES if rule.code in wanted)


def as_sql_list() -> str:
    """SQL expression over ``c`` (cases): the list of codes of all rules that hold for the case."""
    parts = ", ".join(f"CASE WHEN {rule.condition} THEN '{rule.code}' END" for rule in RULES)
    return f"list_filter([{parts}], lambda code: code IS NOT NULL)"
