"""What a case is about: circumstances of 第七条 and domains (领域). Data: circumstances.toml, domains.toml."""

from dataclasses import dataclass
from functools import lru_cache

from .terms import read_toml


@dataclass(frozen=True)
class Circumstance:
    """One item of 问责条例(2019) 第七条; keywords are words that stand for this item only."""

    code: int
    label: str
    keywords: tuple[str, ...]


@dataclass(frozen=True)
class Domain:
    """A field of work.

    words: what a domain column says; keywords: words of titles and reasons; licensed_power: the matter turns on a power
    that law gives to an authority (enforcement, approval, supervision) and that no village holds; regulators: parts of
    the names of units that hold it.
    """

    name: str
    words: tuple[str, ...]
    keywords: tuple[str, ...]
    licensed_power: bool
    regulators: tuple[str, ...]


@lru_cache(maxsize=1)
def circumstances() -> dict[int, Circumstance]:
    """Circumstances 1 to 11 by number."""
    entries = read_toml("circumstances")["circumstance"]
    return {e["code"]: Circumstance(e["code"], e["label"], tuple(e["keywords"])) for e in entries}


@lru_cache(maxsize=1)
def domains() -> dict[str, Domain]:
    """Domains by name."""
    return {
        e["name"]: Domain(e["name"], tuple(e["words"]), tuple(e["keywords"]), e["licensed_power"], tuple(e["regulators"]))
        for e in read_toml("domains")["domain"]
    }
