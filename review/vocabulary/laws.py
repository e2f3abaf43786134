"""Laws and party rules: which version was in force on a day, and what an article says in short. Data: laws.toml."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .terms import read_toml


@dataclass(frozen=True)
class Version:
    """A text of a law. name: its year; start: first day in force; end: first day of the next text, None for the newest.

    dated: start was read in a public source; on_file: its articles are kept here.
    """

    law: str
    name: str
    start: date
    end: date | None
    dated: bool
    on_file: bool


@dataclass(frozen=True)
class Article:
    """An article or paragraph. gist: what it says, in our own words; verified: read in full or in an official commentary.

    earlier: version -> number of the same article there, where it is known.
    """

    law: str
    version: str
    number: str
    gist: str
    verified: bool
    earlier: dict[str, str]


@dataclass(frozen=True)
class Law:
    """A law. names: its full name first; short: what a note calls it; track: it matters only for measures of this track, None: always."""

    names: tuple[str, ...]
    short: str
    track: str | None
    versions: tuple[Version, ...]
    articles: tuple[Article, ...]

    @property
    def name(self) -> str:
        """Full name."""
        return self.names[0]


_ONE = r"第[〇零一二三四五六七八九十百]+条(?:之[一二三四五六七八九十])?(?:第[一二三四五六七八九十]+款)?"
_DIGITS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}


@lru_cache(maxsize=1)
def laws() -> tuple[Law, ...]:
    """All laws on file."""
    return tuple(_law(entry) for entry in read_toml("laws")["law"])


def law(name: str) -> Law | None:
    """The law with this full or usual name, with or without 《》; None for one that is not on file."""
    bare = name.strip("《》")
    return next((one for one in laws() if bare in one.names), None)


def law_in_force(name: str, day: date) -> Version | None:
    """The version of a law in force on ``day``; None before its first version or for a law not on file."""
    found = law(name)
    versions = found.versions if found else ()
    return next((v for v in versions if v.start <= day and (v.end is None or day < v.end)), None)


def article(name: str, version: str, number: str) -> Article | None:
    """An article by law, version (a text that begins with its year) and number; of a paragraph not on file, its article."""
    found, year = law(name), version_year(version)
    of_version = {a.number: a for a in found.articles if a.version == year} if found else {}
    return of_version.get(number) or of_version.get(re.sub(r"(?<=条)第.*款$", "", number))


def version_year(version: str) -> str | None:
    """The year that a version as written begins with: "2023（2018年版为第四十一条）" -> "2023"."""
    year = re.match(r"\d{4}", version)
    return year[0] if year else None


def cited_numbers(text: str) -> tuple[str, ...]:
    """Every article of a citation: 第九条至第十一条 -> 第九条, 第十条, 第十一条; remarks in brackets are left out."""
    plain = re.sub(r"[（(][^）)]*[）)]", "", text)
    out: list[str] = []
    for part in re.finditer(rf"({_ONE})(?:至({_ONE}))?", plain):
        out += [part[1]] if not part[2] else [f"第{_chinese(n)}条" for n in range(_number(part[1]), _number(part[2]) + 1)]
    return tuple(out)


def cited(name: str, version: str, text: str) -> tuple[Article, ...]:
    """The articles on file of a citation, in its order."""
    found = (article(name, version, number) for number in cited_numbers(text))
    return tuple(a for a in found if a)


def _law(entry: dict) -> Law:
    versions = sorted(entry["version"], key=lambda v: v["from"])
    ends = [v["from"] for v in versions[1:]] + [None]
    name = entry["name"]
    return Law(
        names=(name, *entry.get("also", ())),
        short=entry["short"],
        track=entry.get("track"),
        versions=tuple(Version(name, v["name"], v["from"], end, v["dated"], v["on_file"]) for v, end in zip(versions, ends, strict=True)),
        articles=tuple(
            Article(name, a["version"], a["number"], a["gist"], a["verified"], dict(a.get("earlier", {}))) for a in entry.get("article", ())
        ),
    )


def _number(text: str) -> int:
    """Number of 第二十四条."""
    digits = re.match(r"第(.+?)条", text)[1]
    hundreds, _, rest = digits.rpartition("百")
    tens, has_ten, ones = rest.rpartition("十")
    ten = (_DIGITS[tens] if tens else 1) if has_ten else 0
    return 100 * (_DIGITS[hundreds] if hundreds else 0) + 10 * ten + (_DIGITS[ones[-1]] if ones else 0)


def _chinese(number: int) -> str:
    """Chinese digits of 1 to 99."""
    signs = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else signs[tens]) + "十" if tens else "") + (signs[ones] if ones or not tens else "")
