"""The county that a sheet or a file is about, from its name."""

import re
from bisect import bisect_right
from collections.abc import Sequence

_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:自治县|自治旗|林区|特区|县|区|旗)")
_CITY = re.compile(r"^[\u4e00-\u9fff]{1,8}市$")
# Words that end like a county and name none.
_NONE = re.compile(
    r"^(?:各|全|本|我|该|下辖|所辖|两|多|某|市|县|分|省)|(?:地|社|辖|园|景|校|灾|片|小|市|县|街|院|厂)区$|^(?:贫困|偏远|深|大|老)?山区$|^(?:主|老|新)?城区$|市县$|区县$"
)


def county_of_sheet(name: str) -> str | None:
    """County named by a sheet, such as 甲县 or 汝州市(2023); None where the name does not tell one."""
    text = re.split(r"[\s\d(（_\-—]", name.strip(), maxsplit=1)[0]
    if _CITY.match(text) and not _NONE.match(text):
        return text
    return county_of_file(name)


_NUMBERING = re.compile(r"^\s*[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．\s]*")
_OF_THE_CITY = re.compile("市本级|市直|市级|省级|省直|中央")


def counties_of_rows(sections: dict[int, str], rows: Sequence[int], place: tuple[str | None, str]) -> list[tuple[str | None, str]]:
    """County of each row and where it was told: by the last line above that divides the table (一、甲县), else ``place``.

    sections: texts of such lines by row. A line that names no county leaves the one before, unless it speaks of the city itself.
    """
    marks = sorted(sections)
    told: list[str | None] = []
    for row in marks:
        bare = _NUMBERING.sub("", sections[row])
        before = told[-1] if told else None
        told.append(county_of_sheet(bare) or (None if _OF_THE_CITY.search(bare) else before))
    at = [bisect_right(marks, row) - 1 for row in rows]
    return [(told[i], "section") if i >= 0 and told[i] else place for i in at]


def county_of_file(name: str) -> str | None:
    """The one county in a file name, such as 2023年甲县问责台账.xlsx. A city is not taken: it may be the whole city's ledger."""
    text = re.sub(r"[\u4e00-\u9fff]{1,8}?(?:自治州|省|市|州|盟)(?=[\u4e00-\u9fff])", " ", name.rsplit(".", 1)[0])
    text = re.sub(r"(?:年度?|关于|附件\d*|上半年|下半年|季度)", " ", text)
    found = {m for m in _NAME.findall(text) if not _NONE.search(m) and len(m) >= 2}
    return found.pop() if len(found) == 1 else None
