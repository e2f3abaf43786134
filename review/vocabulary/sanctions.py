"""Measures (处理方式) and their place on the severity scales. Data: measures.toml."""

from dataclasses import dataclass
from functools import lru_cache

from .terms import read_toml


@dataclass(frozen=True)
class MeasureKind:
    """One measure of the vocabulary.

    band: 0 to 9 for persons, 1 to 3 when ``track`` is "organization", None where no scale places it; sub: order inside
    the track. listed: named in 问责条例(2019) 第八条 (for organisations when the track is "organization");
    other_law: lawful under another act (政务处分法, 第十七条, criminal law), so neither listed nor wrong.
    period_months: 影响期, with period_basis law/local/unverified (local: places differ; unverified: clause not read in full).
    interim: never a final measure. person_code: the person measure that becomes this one when the object is an organisation.
    """

    code: str
    label: str
    track: str
    band: int | None
    sub: int | None
    listed: bool
    other_law: bool
    interim: bool
    period_months: int | None
    period_basis: str | None
    words: tuple[str, ...]
    patterns: tuple[str, ...]
    person_code: str | None


@lru_cache(maxsize=1)
def measure_kinds() -> dict[str, MeasureKind]:
    """Measures by code, in the order of measures.toml (lightest first)."""
    return {
        e["code"]: MeasureKind(
            code=e["code"],
            label=e["label"],
            track=e["track"],
            band=e.get("band"),
            sub=e.get("sub"),
            listed=e.get("listed", False),
            other_law=e.get("other_law", False),
            interim=e.get("interim", False),
            period_months=e.get("period"),
            period_basis=e.get("period_basis"),
            words=tuple(e.get("words", ())),
            patterns=tuple(e.get("patterns", ())),
            person_code=e.get("person_code"),
        )
        for e in read_toml("measures")["measure"]
    }


@lru_cache(maxsize=1)
def article_8_codes() -> frozenset[str]:
    """Codes that 问责条例(2019) 第八条 names for 领导干部 (通报, 诫勉, 组织调整或者组织处理, 纪律处分)."""
    return frozenset(k.code for k in measure_kinds().values() if k.listed and k.track != "organization")


@lru_cache(maxsize=1)
def article_8_organization_codes() -> frozenset[str]:
    """Codes that 问责条例(2019) 第八条 names for 党组织 (检查, 通报, 改组)."""
    return frozenset(k.code for k in measure_kinds().values() if k.listed and k.track == "organization")
