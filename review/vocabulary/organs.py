"""Organs that approve or decide: kinds of body that a cell names. Data: organs.toml."""

from dataclasses import dataclass
from functools import lru_cache

from .terms import read_toml


@dataclass(frozen=True)
class OrganKind:
    """A kind of organ. patterns: regular expressions (RE2) of its names; kinds come in order of precedence."""

    kind: str
    label: str
    patterns: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """One expression for all names of this kind."""
        return "(?:" + "|".join(self.patterns) + ")"


@lru_cache(maxsize=1)
def organ_kinds() -> tuple[OrganKind, ...]:
    """Kinds of organs, the narrowest first."""
    return tuple(OrganKind(e["kind"], e["label"], tuple(e["patterns"])) for e in read_toml("organs")["organ"])
