"""Regular expressions for long word lists. Python tries alternatives one by one; a prefix tree keeps that short."""

import re
from collections.abc import Iterable, Mapping


def alternation(words: Iterable[str], after: Mapping[str, str] | None = None) -> str:
    """Pattern source that matches any of the words, the longest at each place.

    after: for single words a pattern that must hold behind them (a lookahead), tried before a shorter word counts.
    """
    root: dict = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[""] = (after or {}).get(word, "")
    return _source(root)


def _source(node: dict) -> str:
    branches = []
    plain = []
    for char, child in node.items():
        if char == "":
            continue
        rest = _source(child)
        if rest:
            branches.append(re.escape(char) + rest)
        else:
            plain.append(char)
    if len(plain) == 1:
        branches.append(re.escape(plain[0]))
    elif plain:
        branches.append("[" + "".join(re.escape(c) for c in plain) + "]")
    if not branches:
        return node.get("", "")
    if "" in node:
        branches.append(node[""])
        return f"(?:{'|'.join(branches)})"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def first_letters(words: Iterable[str], more: str = "") -> str:
    """Lookahead that fails at once where none of the words (nor a sign of ``more``) can begin."""
    return "(?=[" + "".join(re.escape(c) for c in sorted({w[0] for w in words if w} | set(more))) + "])"
