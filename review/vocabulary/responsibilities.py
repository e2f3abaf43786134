"""Kinds of responsibility (责任类型). Data: responsibilities.toml."""

from dataclasses import dataclass
from functools import lru_cache

from .terms import read_toml


@dataclass(frozen=True)
class ResponsibilityKind:
    """One kind; ``statutory`` is true for the labels of 问责条例(2019) 第六条; patterns match normalised text."""

    kind: str
    label: str
    statutory: bool
    patterns: tuple[str, ...]


@lru_cache(maxsize=1)
def responsibility_kinds() -> dict[str, ResponsibilityKind]:
    """Kinds by code, in order of precedence."""
    entries = read_toml("responsibilities")["responsibility"]
    return {e["kind"]: ResponsibilityKind(e["kind"], e["label"], e["statutory"], tuple(e["patterns"])) for e in entries}
