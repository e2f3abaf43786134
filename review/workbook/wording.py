"""Normal form of cell text. Every parser reads the normal form; the raw text is kept elsewhere, untouched."""

import re
import unicodedata
from functools import lru_cache

from ..vocabulary.terms import read_toml

_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffd\ue000-\uf8ff]"
)
_SPACES = re.compile(r"\s+")
# NFKC leaves these apart although people type them for the same sign.
_SIGNS = str.maketrans({"〔": "[", "〕": "]", "【": "[", "】": "]", "『": "“", "』": "”", "「": "“", "」": "”", "﹑": "、", "､": "、"})
_ODD = re.compile(f"{_INVISIBLE.pattern[:-1]}\\s〔〕【】『』「」﹑､]")


def plain(text: str | None) -> str:
    """Text in one spelling: full-width letters, digits and punctuation become half-width (NFKC), invisible characters go,
    a run of white space becomes one blank. Idempotent; None gives ""."""
    if not text:
        return ""
    if unicodedata.is_normalized("NFKC", text) and not _ODD.search(text):
        return text
    out = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    out = unicodedata.normalize("NFKC", out).translate(_SIGNS)
    return _SPACES.sub(" ", out).strip()


def tight(text: str | None) -> str:
    """``plain`` without any white space, for Chinese words that a typist has spread out ("党 内 警 告")."""
    flat = plain(text)
    return unicodedata.normalize("NFKC", flat.replace(" ", "")) if " " in flat else flat


@lru_cache(maxsize=1)
def _traditional() -> tuple[dict[int, str], re.Pattern]:
    pairs = [p for p in read_toml("traditional")["pairs"].split() if p[0] != p[1]]
    return str.maketrans({p[0]: p[1] for p in pairs}), re.compile("[" + "".join(p[0] for p in pairs) + "]")


def simplified(text: str) -> str:
    """Text with traditional characters in their simplified form; as long as the text given."""
    table, any_of_them = _traditional()
    return text.translate(table) if any_of_them.search(text) else text


_DASHES = frozenset("-—–―─━﹣一~～_.。·…")
_NOT_APPLICABLE = frozenset(
    ["/", "//", "///", "\\", "\\\\", "|", "不涉及", "不适用", "未涉及", "无此项", "无此环节", "无此情况", "无需", "无须", "不需要", "不需"]
    + ["无需办理", "n/a", "na", "#n/a", "不属于", "不要求", "不必", "无涉及", "非适用", "/无", "不用", "无关"]
)


def is_placeholder(text: str | None) -> bool:
    """True for a cell that is empty or holds only dashes or dots ("—", "--", "…"): nothing was stated."""
    flat = tight(text)
    return not flat or (flat[0] in _DASHES and flat != "一" and all(c in _DASHES for c in flat))


def is_not_applicable(text: str | None) -> bool:
    """True for the signs that say "does not apply": "/", "\\", 不涉及, 不适用 (domain list 6.4)."""
    return tight(text).lower().strip("()。.") in _NOT_APPLICABLE
