"""Lists in a cell: several names, and texts beside them of which each belongs to one of the names."""

import re
import unicodedata

from review.workbook import looks
from review.workbook.casewords import is_person_name, split_names
from review.workbook.mapping import MEASURE_FIELDS, POSTS
from review.workbook.measures import parse_measures
from review.workbook.posts import names_organization
from review.workbook.responsibility import parse_responsibility

_LIST_SEPARATOR = re.compile(r"[；;\n\r]+")
_NUMBER = (
    r"(?:[(（]?\d{1,2}[)）]|\d{1,2}\s*[.、．,，](?!\d)|[①-⑳]"
    r"|[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．])"
)
# 第七条第（十）项 is one article, no list of two.
_NUMBERS = re.compile(rf"(?:^|(?<=\s)|(?<=[\u4e00-\u9fff）)、，,]))(?<!第){_NUMBER}")
_RESPECTIVELY = re.compile(r"^分别(?:给予|予以|受到|作出|负有?|承担)?(.{2,}?)(?:处分|处理)?$")
_NAME_BESIDE = tuple(
    re.compile(p, re.S)
    for p in (r"^([^()]+?)\s*[(]([^()]+)[)]$", r"^([^()\s,:、—-]+)[\s,:、—-]+([^()]+)$", r"^([^()]+?)[\s,:、—-]+([^()\s,:、—-]+)$")
)
_AND_OTHERS = re.compile(r"^([^()\s,、]{2,4}?)\s*等\s*(?:\d+|[两二三四五六七八九十]+)?\s*[名位]?(?:人|同志|干部|党员)?$")
_POLITICS = re.compile("党员|团员|群众|无党派|民主党派")
EACH = re.compile("分别|均|都|各")
_GOES_ON = re.compile(r"$|并|且|同时|另|还|均|都|各")
_NUMBER_FIRST = re.compile(rf"^\s*{_NUMBER}\s*")


def several_names(text: str) -> tuple[str, ...]:
    """Names of a cell that holds more than one; nothing for one name and for what is none."""
    # Two to four characters without any sign between them are one name: nearly every cell.
    if len(text) <= 4 and text.isalnum() and text[0] >= "\u4e00":
        return ()
    listed = _items(text)
    if len(listed) > 1 and all(is_person_name(n) or names_organization(n) for n in listed):
        return tuple(listed)
    names = split_names(text)
    return names if len(names) > 1 else ()


def _items(text: str) -> list[str]:
    """Pieces of a list in a cell, by lines, semicolons or numbers; the numbers go."""
    pieces = _LIST_SEPARATOR.split(text)
    if len([p for p in pieces if p.strip()]) == 1:
        pieces = _NUMBERS.split(text)
    return [item for p in pieces if (item := _NUMBER_FIRST.sub("", p).strip())]


def parts_for(text: str, count: int, name: str) -> tuple[str | None, ...] | None:
    """One text for each of ``count`` people; None when it can't be told whose each part is."""
    parts = _items(text)
    if len(parts) == 1 and (each := _respectively(text, count, name)):
        return each
    if len(parts) == count:
        return tuple(parts)
    if len(parts) > 1:
        return None
    if name == "unit" and len(units := [p.strip() for p in text.split("、") if p.strip()]) > 1:
        return tuple(units) if len(units) == count else None
    # 党组书记、局长 may be one person's two posts or two people's: with several names it can't be told. 均 says that all have it.
    if "、" in text and name in (*POSTS, "responsibility", *MEASURE_FIELDS) and not re.search(r"均|都|各", text):
        return None
    # With commas it is a list only when there is one piece for each of them: 诫勉，并通报批评 is said of all.
    pieces = [p.strip() for p in re.split("[，,]", text)]
    if len(pieces) == count > 1 and name in (*POSTS, "responsibility", *MEASURE_FIELDS) and not any(_GOES_ON.match(p) for p in pieces):
        return None
    return (text,) * count


def _respectively(text: str, count: int, name: str) -> tuple[str, ...] | None:
    """One of each for each (分别给予诫勉、党内警告): as many as people, every one of them understood."""
    found = _RESPECTIVELY.match(text.strip())
    if not found or name not in MEASURE_FIELDS | {"responsibility"}:
        return None
    parts = tuple(p.strip() for p in re.split("[、，,和及]", found[1]) if p.strip())
    if len(parts) != count or count < 2:
        return None
    if name == "responsibility":
        return parts if all(parse_responsibility(p).kind not in ("unknown", "other") for p in parts) else None
    return parts if all((read := parse_measures(p)).measures and read.complete for p in parts) else None


def organizations(text: str) -> tuple[str, ...]:
    """Several bodies that a cell lists (甲县水利局、甲县林业局), where what is done to them says that each is meant; else nothing."""
    parts = tuple(p.strip() for p in text.split("、") if p.strip())
    return parts if len(parts) > 1 and all(names_organization(p) for p in parts) else ()


def named_posts(text: str) -> tuple[tuple[str, str], ...]:
    """(name, unit and post) of each person of a name cell that tells the post as well (张三（甲县水利局局长）; 甲县水利局（张三）);
    nothing where any piece is something else."""
    if len(text) < 5:
        return ()
    for pieces in ([text], _items(text)):
        found = [_named_post(piece) for piece in pieces]
        if found and None not in found:
            return tuple(found)
    return ()


def _named_post(text: str) -> tuple[str, str] | None:
    flat = unicodedata.normalize("NFKC", text).strip()
    for pattern in _NAME_BESIDE:
        if found := pattern.match(flat):
            for name, post in (found.groups(), found.groups()[::-1]):
                if looks.is_whole_name(name.strip()) and _is_post(post.strip()):
                    return "".join(name.split()), post.strip()
    # 甲县财政局局长王五: only behind the word of a post, and only what is surely a name.
    for size in (3, 2, 4):
        post, name = flat[:-size], flat[-size:]
        if looks.like_posts([post]) and not re.search(r"[\s,;:、()]", flat) and len(post) >= 4 and looks.is_whole_name(name):
            return name, post
    return None


def _is_post(text: str) -> bool:
    return len(text) >= 3 and not _POLITICS.search(text) and (looks.like_posts([text]) or looks.like_units([text]))


def first_of_several(text: str) -> str | None:
    """The one name of a cell that speaks of more people than it names (张三等3人)."""
    found = _AND_OTHERS.match(unicodedata.normalize("NFKC", text).strip())
    return found[1] if found and looks.is_whole_name(found[1]) else None


def is_post_alone(text: str) -> bool:
    """A post where a name was to stand (甲县水利局局长): somebody without a name."""
    return len(text) >= 4 and looks.like_posts([text]) and not looks.is_whole_name(text) and not names_organization(text)
