"""Places, bodies and posts: the word lists that tell what unit and what post a text means.
Data: places.toml, units.toml, posts.toml, ranks.toml, names.toml."""

from dataclasses import dataclass
from functools import lru_cache

from .terms import read_toml


@dataclass(frozen=True)
class Rank:
    """A 职务层次 or 职级. order: higher number, higher rank, leaders from 40 (乡科级副职) up; leader: a leading post's rank."""

    code: str
    label: str
    order: int
    leader: bool
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def places() -> dict[str, tuple[str, ...]]:
    """Lists of places.toml by name (cities, prefectures, municipalities, …)."""
    return {name: tuple(words) for name, words in read_toml("places").items()}


@lru_cache(maxsize=1)
def bodies() -> dict[str, tuple[str, ...]]:
    """Lists of units.toml by name (departments, sections, enterprises, …)."""
    return {name: tuple(words) for name, words in read_toml("units").items()}


@lru_cache(maxsize=1)
def post_words() -> dict[str, tuple[str, ...]]:
    """Lists of posts.toml by name (heads, boards, staff, …)."""
    return {name: tuple(words) for name, words in read_toml("posts").items()}


@lru_cache(maxsize=1)
def ranks() -> dict[str, Rank]:
    """Ranks by code, highest first."""
    return {e["code"]: Rank(e["code"], e["label"], e["order"], e["leader"], tuple(e["words"])) for e in read_toml("ranks")["rank"]}


@lru_cache(maxsize=1)
def form_labels() -> frozenset[str]:
    """Words of a form (职务, 责任) that stand before a colon and are nobody's name."""
    return frozenset(read_toml("names")["labels"])


@lru_cache(maxsize=1)
def surnames() -> tuple[frozenset[str], frozenset[str]]:
    """Chinese family names of one sign, and of two."""
    lists = read_toml("names")
    return frozenset("".join(lists["surnames"].split())), frozenset(lists["compound"])
