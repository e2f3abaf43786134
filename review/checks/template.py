"""Sentences of a finding: ``{fact}`` is replaced by the fact, a part in ``[…]`` is left out when a fact of it is NULL.

A template is turned into one SQL expression, so that a hundred thousand sentences are written by the database at once.
"""

import re
from dataclasses import dataclass

NOT_STATED = "未载明"
LISTED = 8  # longer lists are cut in the sentence, with their full number; the facts keep them whole

_TOKEN = re.compile(r"\{(?P<fact>[a-z_0-9]+)\}|(?P<open>\[)|(?P<close>\])|(?P<text>[^\[\]{}]+)|(?P<stray>[{}])")


class TemplateFault(ValueError):
    """A template that can't be filled; the text says what is wrong, in Chinese."""


@dataclass(frozen=True)
class Template:
    """Parts: ('text', str), ('fact', name) or ('section', tuple of parts)."""

    parts: tuple

    @property
    def facts(self) -> list[str]:
        """Names of all facts used, in order."""
        flat = (inner for kind, value in self.parts for inner in (value if kind == "section" else ((kind, value),)))
        return [value for kind, value in flat if kind == "fact"]


def parse_template(text: str) -> Template:
    """The template in ``text``; raises TemplateFault for stray brackets or sections within sections."""
    parts, section = [], None
    for token in _TOKEN.finditer(text):
        target = parts if section is None else section
        if token["fact"]:
            target.append(("fact", token["fact"]))
        elif token["text"]:
            target.append(("text", token["text"]))
        elif token["open"] and section is None:
            section = []
        elif token["close"] and section is not None:
            parts.append(("section", tuple(section)))
            section = None
        else:
            raise TemplateFault(f"多余的“{token.group()}”")
    if section is not None:
        raise TemplateFault("缺少“]”")
    return Template(tuple(parts))


def to_sql(template: Template, types: dict[str, str], column: str = "facts") -> str:
    """SQL expression (VARCHAR) that fills ``template`` from the STRUCT ``column``; ``types``: fact name -> DuckDB type."""

    def fact(name: str) -> str:
        return _fact_text(f'{column}."{name}"', types[name])

    def part(kind: str, value, in_section: bool = False) -> str:
        if kind == "text":
            return _quote(value)
        return fact(value) if in_section else f"coalesce({fact(value)}, {_quote(NOT_STATED)})"

    pieces = []
    for kind, value in template.parts:
        if kind == "section":
            inner = " || ".join(part(*p, in_section=True) for p in value)
            pieces.append(f"coalesce({inner}, '')")
        else:
            pieces.append(part(kind, value))
    return " || ".join(pieces) or "''"


def _fact_text(value: str, kind: str) -> str:
    """SQL text of one fact as people read it; NULL for NULL and for empty lists."""
    if kind.endswith("[]"):
        cut = f"array_to_string({value}[1:{LISTED}], '、') || if(len({value}) > {LISTED}, '等' || len({value}) || '项', '')"
        return f"if(len({value}) > 0, {cut}, NULL)"
    if kind == "BOOLEAN":
        return f"CASE WHEN {value} THEN '是' WHEN NOT {value} THEN '否' END"
    if kind in ("DOUBLE", "FLOAT") or kind.startswith("DECIMAL"):
        return f"regexp_replace(CAST({value} AS VARCHAR), '\\.0+$', '')"
    return f"CAST({value} AS VARCHAR)"


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
