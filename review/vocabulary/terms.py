"""Typed loader of the word lists beside this file. Every list is read once and is immutable."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent


def read_toml(name: str) -> dict:
    """Content of ``review/vocabulary/<name>.toml``; raises FileNotFoundError for an unknown list."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Field:
    """What a ledger column can be taken for.

    level: case, respondent or row; kind: which parser reads the cells; step: name of the step that a yes/no or date
    column belongs to, None otherwise.
    """

    name: str
    label: str
    level: str
    kind: str
    synonyms: tuple[str, ...]
    step: str | None = None


@dataclass(frozen=True)
class Step:
    """A step of the procedure; ``position`` is its place in the lawful order; scope: case or respondent."""

    name: str
    label: str
    scope: str
    position: int
    synonyms: tuple[str, ...]
    date_synonyms: tuple[str, ...]


@lru_cache(maxsize=1)
def steps() -> dict[str, Step]:
    """Steps by name, in their lawful order."""
    entries = read_toml("steps")["step"]
    return {
        e["name"]: Step(e["name"], e["label"], e["scope"], i, tuple(e["synonyms"]), tuple(e["date_synonyms"]))
        for i, e in enumerate(entries)
    }


@lru_cache(maxsize=1)
def kept_headers() -> frozenset[str]:
    """Headers and labels of forms that are known and hold nothing that is reviewed."""
    return frozenset(read_toml("fields")["kept"])


@lru_cache(maxsize=1)
def fields() -> dict[str, Field]:
    """Fields by name: those of fields.toml, then two for each step (<step>: yes/no, <step>_on: date)."""
    out = {
        e["name"]: Field(e["name"], e["label"], e["level"], e["kind"], tuple(e["synonyms"]))
        for e in read_toml("fields")["field"]
    }
    for step in steps().values():
        out[step.name] = Field(step.name, step.label, step.scope, "flag", step.synonyms, step.name)
        out[f"{step.name}_on"] = Field(
            f"{step.name}_on", f"{step.label}时间", step.scope, "date", step.date_synonyms, step.name
        )
    return out
