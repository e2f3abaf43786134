"""Header words in the dress that offices give them, and dates in the forms of domain list 6.3."""

import random
import tomllib
from datetime import date, datetime
from pathlib import Path

_FIELDS = Path(__file__).parents[2] / "review" / "vocabulary" / "fields.toml"
# Words of the list that name several things: an office that uses one means it, a reader can only guess.
_AMBIGUOUS = {
    "seq": {"编号", "ID"}, "case_no": {"案件序号", "编码", "问责编号（文号）"}, "title": {"案件", "案由"}, "post_now": set(),
    "unit": {"部门", "所属单位"},
    "name": {"人员", "责任人员", "责任人"}, "county": {"单位所在地", "所在地"}, "measures": {"处理",
    "处分"}, "decided_on": {"决定"}, "closed_on": {"办结", "结案"},
    "responsibility": {"责任"}, "post_then": {"时任"}, "unit_post": {"任职情况", "职务/职级"}, "rank": {"层级", "级别"},
}  # fmt: skip
# Words that no list holds.
_ELSEWHERE = {
    "name": ("被问责同志姓名", "问责对象（姓名）", "责任人名单"), "measures": ("处理结果（问责方式）", "问责处理结果及方式",
    "给予何种处理"),
    "unit_post": ("所在单位及担任职务", "工作单位及职务（全称）"), "decided_on": ("作出问责决定日期", "问责处理日期"),
    "responsibility": ("领导责任类别", "应负领导责任"), "title": ("问责案件名称（简述）", "案件名称及概况"), "county": ("县市区名称",
    "所在县（市、区）"),
}  # fmt: skip
_GROUPS = {"seq": "案件情况", "case_no": "案件情况", "title": "案件情况", "county": "案件情况", "closed_on": "案件情况"}


def synonyms() -> dict[str, list[str]]:
    """Header words by field."""
    entries = tomllib.loads(_FIELDS.read_text(encoding="utf-8"))["field"]
    return {e["name"]: [w for w in e["synonyms"] if w not in _AMBIGUOUS.get(e["name"], ())] for e in entries}


def header_word(rng: random.Random, field: str, style: str) -> str:
    """A word for a field: style plain (the first ones of the list), any (all of it) or elsewhere (not in the list)."""
    if style == "elsewhere" and field in _ELSEWHERE:
        return rng.choice(_ELSEWHERE[field])
    words = synonyms()[field]
    return words[0] if style == "plain" and rng.random() < 0.7 else rng.choice(words[:6] if style == "plain" else words)


def dressed(rng: random.Random, word: str, style: str, position: int) -> str:
    """The word with spaces, line breaks, stars, numbering or brackets around it."""
    if style == "spaces":
        return " ".join(word) if len(word) <= 4 else word[:2] + "  " + word[2:]
    if style == "breaks":
        return word[: (len(word) + 1) // 2] + "\n" + word[(len(word) + 1) // 2 :]
    if style == "stars":
        return rng.choice(("*" + word, word + "*", "＊" + word, "★" + word))
    if style == "numbered":
        return rng.choice((f"{position}.{word}", f"（{position}）{word}", f"{position}、{word}"))
    if style == "brackets":
        return word + rng.choice(("（必填）", "(填写)", "【必填】", "（如实填写）"))
    return word


def _chinese(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if tens == 0:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")


_SERIAL_0 = date(1899, 12, 30)
DATE_FORMS = (
    "iso", "dots", "dots_padded", "slashes", "chinese", "compact", "month_chinese", "month_dots", "cell", "cell_time", "serial",
    "serial_text",
    "full_width", "numerals", "with_time", "spaced", "mixed", "cell_1904", "short_month_number",
)  # fmt: skip


def dated(rng: random.Random, day: date, form: str) -> tuple[object, tuple[date, str] | None]:
    """(cell value, what it says: first day and precision)."""
    full, month = (day, "day"), (day.replace(day=1), "month")
    y, m, d = day.year, day.month, day.day
    if form == "mixed":
        return dated(rng, day, rng.choice(DATE_FORMS[:16]))
    if form == "short_month_number":
        # A number cell: 2023.1 and 2023.10 look the same, so only the year is told.
        value = float(f"{y}.{m:02d}" if m != 10 else f"{y}.1")
        return value, (date(y, 1, 1), "year") if m == 10 else month
    texts = {
        "iso": day.isoformat(), "dots": f"{y}.{m}.{d}", "dots_padded": f"{y}.{m:02d}.{d:02d}", "slashes": f"{y}/{m}/{d}",
        "chinese": f"{y}年{m}月{d}日", "compact": f"{y}{m:02d}{d:02d}", "month_chinese": f"{y}年{m}月", "month_dots": f"{y}.{m:02d}",
        "serial": (day - _SERIAL_0).days, "serial_text": str((day - _SERIAL_0).days), "with_time": f"{day.isoformat()} 00:00:00",
        "spaced": f"{y} 年 {m} 月 {d} 日", "cell": datetime(y, m, d), "cell_time": datetime(y, m, d, 9, 30),
        "cell_1904": datetime(y, m, d),
        "full_width": f"{y}．{m}．{d}".translate({ord(str(i)): chr(0xFF10 + i) for i in range(10)}),
        "numerals": "".join("〇一二三四五六七八九"[int(c)] for c in str(y)) + f"年{_chinese(m)}月{_chinese(d)}日",
    }  # fmt: skip
    return texts[form], month if form.startswith("month") else full
