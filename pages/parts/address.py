"""Filters of the list of findings as an address, and back. Pure functions; what an address can't mean is named, not guessed."""

from collections.abc import Iterable, Mapping

from review.casework.findings import DECISIONS, LEVELS, FindingFilter

VIEWS = {"suspect": "疑似问题", "undetermined": "待核", "all": "疑似和待核", "gaps": "缺项清单（D01）"}
NAMES = {"county": "counties", "aspect": "aspects", "level": "levels", "check": "checks"}


def view_of(wanted: FindingFilter) -> str:
    """Key of VIEWS that the filter stands for."""
    if wanted.in_issue_list is False:
        return "gaps"
    return wanted.verdicts[0] if len(wanted.verdicts) == 1 else "all"


def with_view(wanted: FindingFilter, view: str) -> FindingFilter:
    """The filter with another view."""
    verdicts = (view,) if view in ("suspect", "undetermined") else ()
    return FindingFilter(**{**vars(wanted), "verdicts": verdicts, "in_issue_list": view != "gaps"})


def to_address(wanted: FindingFilter) -> dict[str, str | list[str]]:
    """Query parameters that read back to the same filter; the plain filter has none."""
    address: dict[str, str | list[str]] = {name: list(getattr(wanted, facet)) for name, facet in NAMES.items() if getattr(wanted, facet)}
    # Of D01 alone the view is understood, so a list of its suspects has to say so.
    if view_of(wanted) != "suspect" or wanted.checks == ("D01",):
        address["verdict"] = view_of(wanted)
    if wanted.decision:
        address["decision"] = wanted.decision
    if wanted.text:
        address["q"] = wanted.text
    if wanted.import_ids:
        address["import"] = [str(number) for number in wanted.import_ids]
    return address


def from_address(params: Mapping[str, Iterable[str]], checks: Iterable[str], aspects: Iterable[str]) -> tuple[FindingFilter, list[str]]:
    """Filter of an address and the parts of it that mean nothing here, e.g. ["level=特别严重"].

    params: name -> values; checks and aspects: those that exist. Counties are taken as they are: one without findings is an empty list.
    """
    known = {"aspect": set(aspects), "level": set(LEVELS), "check": set(checks), "verdict": set(VIEWS), "decision": set(DECISIONS)}
    unknown, taken = [], {}
    for name in (*NAMES, "verdict", "decision", "q", "import"):
        values = [v for v in params.get(name, ()) if v]
        fit = [v for v in values if (v.isdecimal() if name == "import" else v in known.get(name, {v}))]
        unknown += [f"{name}={v}" for v in values if v not in fit]
        taken[name] = fit
    wanted = FindingFilter(
        **{facet: tuple(taken[name]) for name, facet in NAMES.items()},
        decision=next(iter(taken["decision"]), None),
        text=" ".join(taken["q"]),
        import_ids=tuple(int(v) for v in taken["import"]),
    )
    # D01 has a list of its own, so a link to its findings means that list.
    view = next(iter(taken["verdict"]), "gaps" if wanted.checks == ("D01",) else "suspect")
    return with_view(wanted, view), unknown
