"""The county that a sheet or a file is about, from its name."""

import re

_NAME = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:自治县|自治旗|林区|特区|县|区|旗)")
_CITY = re.compile(r"^[\u4e00-\u9fff]{1,8}市$")
# Words that end like a county and name none.
_NONE = re.compile(
    r"^(?:各|全|本|我|该|下辖|所辖|两|多|某|市|县|分|省)|(?:地|社|辖|城|园|景|校|灾|山|片|小|市|县|城|街|院|厂)区$|市县$|区县$"
)


def county_of_sheet(name: str) -> str | None:
    """County named by a sheet, such as 甲县 or 汝州市(2023); None where the name does not tell one."""
    text = re.split(r"[\s\d(（_\-—]", name.strip(), maxsplit=1)[0]
    if _CITY.match(text) and not _NONE.match(text):
        return text
    return county_of_file(name)


def county_of_file(name: str) -> str | None:
    """The one county in a file name, such as 2023年甲县问责台账.xlsx. A city is not taken: it may be the whole city's ledger."""
    text = re.sub(r"[\u4e00-\u9fff]{1,8}?(?:自治州|省|市|州|盟)(?=[\u4e00-\u9fff])", " ", name.rsplit(".", 1)[0])
    text = re.sub(r"(?:年度?|关于|附件\d*|上半年|下半年|季度)", " ", text)
    found = {m for m in _NAME.findall(text) if not _NONE.search(m) and len(m) >= 2}
    return found.pop() if len(found) == 1 else None
