"""Chinese words for every code that a screen, an export or a message shows."""

from functools import lru_cache

from .matters import circumstances
from .responsibilities import responsibility_kinds
from .sanctions import measure_kinds
from .terms import fields, read_toml, steps


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, str]]:
    tables = dict(read_toml("labels"))
    tables["measure"] = {k.code: k.label for k in measure_kinds().values()}
    tables["responsibility"] = {k.kind: k.label for k in responsibility_kinds().values()}
    tables["circumstance"] = {str(c.code): c.label for c in circumstances().values()}
    tables["step"] = {s.name: s.label for s in steps().values()}
    tables["field"] = {f.name: f.label for f in fields().values()}
    tables["rank"] = {e["code"]: e["label"] for e in read_toml("ranks")["rank"]}
    return tables


def label(kind: str, code: object) -> str:
    """Chinese label of ``code`` in the list ``kind`` (measure, track, responsibility, tier, role, step, status, …).

    None gives "不明"; a code that the list does not hold comes back as it is, so nothing disappears from a screen.
    Raises KeyError for an unknown ``kind``.
    """
    table = _tables()[kind]
    if code is None:
        return "不明"
    return table.get(str(code), str(code))


def label_table(kind: str) -> dict[str, str]:
    """All codes of a list with their labels, in the order of the list; KeyError for an unknown ``kind``."""
    return dict(_tables()[kind])
