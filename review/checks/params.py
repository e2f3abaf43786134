"""Thresholds of a check: what a header may declare, what a value may be, and how it reaches the SQL."""

import re
from dataclasses import dataclass
from datetime import date

from review.errors import UsageError

TODAY = "today"  # value of a date parameter that stands for the day of the run
NOT_SET = "未设本地标准"
# type -> (SQL type, Chinese name)
TYPES = {
    "integer": ("INTEGER", "整数"),
    "number": ("DOUBLE", "数"),
    "text": ("VARCHAR", "文字"),
    "flag": ("BOOLEAN", "是或否"),
    "date": ("DATE", "日期"),
}
REQUIRED = ("name", "unit", "label", "sentence")
OPTIONAL = ("default", "local", "type", "min", "max", "choices")
_TRUE, _FALSE = ("是", "true", "1", "yes"), ("否", "false", "0", "no")


@dataclass(frozen=True)
class Param:
    """A threshold: its name in the SQL ($name), default, unit, short label and one sentence of explanation.

    local: a local standard (本地标准) that has no default; until somebody sets it the SQL gets a typed NULL. type: see TYPES, taken
    from the default where not given; min, max: inclusive limits of numbers (0 and none where not given); choices: allowed texts.
    """

    name: str
    unit: str
    label: str
    sentence: str
    default: int | float | str | bool | None = None
    local: bool = False
    type: str = ""
    min: int | float | None = None
    max: int | float | None = None
    choices: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """One of TYPES."""
        return self.type or _kind_of(self.default)

    def value(self, given) -> int | float | str | bool | date | None:
        """``given`` (a value or what somebody typed) as the SQL gets it; None for a local standard that is not set.

        Raises UsageError in Chinese for a wrong kind or a value out of range.
        """
        if given is None or (isinstance(given, str) and not given.strip()):
            if self.local:
                return None
            raise UsageError(f"“{self.label}”不能空着。", f"默认值是 {self.shown(self.default)}。")
        value = self._read(given)
        if self.kind in ("integer", "number"):
            low = 0 if self.min is None else self.min
            if value < low or (self.max is not None and value > self.max):
                allowed = f"不小于 {low}" if self.max is None else f"在 {low} 和 {self.max} 之间"
                raise UsageError(f"“{self.label}”填了 {value}，超出范围。", f"应{allowed}（单位：{self.unit}）。")
        if self.choices and value not in self.choices:
            raise UsageError(f"“{self.label}”不能填“{value}”。", f"可填：{'、'.join(self.choices)}。")
        return value

    def _read(self, given):
        text = str(given).strip()
        try:
            if self.kind == "flag":
                if isinstance(given, bool):
                    return given
                if text.lower() in _TRUE + _FALSE:
                    return text.lower() in _TRUE
                raise ValueError
            if self.kind == "date":
                return TODAY if text == TODAY else given if isinstance(given, date) else date.fromisoformat(text)
            if self.kind == "integer":
                if isinstance(given, bool) or float(text) != int(float(text)):
                    raise ValueError
                return int(float(text))
            if self.kind == "number":
                if isinstance(given, bool) or not abs(float(text)) < float("inf"):
                    raise ValueError
                return float(text)
        except (ValueError, OverflowError):
            kind, example = TYPES[self.kind][1], {"date": "，写成 2024-01-31 的样子"}.get(self.kind, "")
            raise UsageError(f"“{self.label}”填了“{text}”，读不成{kind}。", f"请填{kind}{example}。") from None
        return text

    def shown(self, value) -> str:
        """``value`` as people read it: 6 个月, 是, 未设本地标准."""
        if value is None:
            return NOT_SET
        if self.kind == "flag":
            return "是" if value else "否"
        if self.kind == "date":
            return "运行当天" if value == TODAY else str(value)
        text = f"{value:g}" if isinstance(value, float) else str(value)
        return text if self.kind == "text" else f"{text} {self.unit}".rstrip()


def read_param(entry: dict) -> Param:
    """The parameter of a header's entry that has no fault."""
    return Param(**(entry | {"choices": tuple(entry.get("choices", ()))}))


def param_faults(entries: list) -> list[str]:
    """What is wrong with the entries of ``params``, one Chinese sentence each."""
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        return ["缺少 params（参数），没有的写 params = []，有的每个写成 [[params]] 一段"]
    return [fault for entry in entries for fault in _entry_faults(entry)]


def _entry_faults(entry: dict) -> list[str]:
    out = [f"params 的一项缺少 {name}" for name in REQUIRED if not isinstance(entry.get(name), str)]
    out += [f"params 的一项多出 {name}" for name in sorted(set(entry) - {*REQUIRED, *OPTIONAL})]
    name = entry.get("name", "")
    if entry.get("type", "integer") not in TYPES:
        out.append(f"params 中 {name} 的 type 只能是 {'、'.join(TYPES)}")
    if entry.get("local"):
        if "default" in entry:
            out.append(f"params 中 {name} 是本地标准（local），不能有 default")
        if "type" not in entry:
            out.append(f"params 中 {name} 是本地标准（local），须写 type")
    elif "default" not in entry:
        out.append("params 的一项缺少 default")
    if not out and "default" in entry:
        try:
            read_param(entry).value(entry["default"])
        except UsageError as fault:
            out.append(f"params 中 {name} 的 default 不合自己的规定：{fault.title}")
    return out


def typed_sql(sql: str, params: tuple[Param, ...]) -> str:
    """``sql`` with a cast around every local standard, so that one that is not set is a NULL of its type."""
    for one in (p for p in params if p.local):
        sql = re.sub(rf"\${one.name}\b", f"CAST(${one.name} AS {TYPES[one.kind][0]})", sql)
    return sql


def _kind_of(default) -> str:
    if isinstance(default, bool):
        return "flag"
    if isinstance(default, int):
        return "integer"
    if isinstance(default, float):
        return "number"
    return "date" if default == TODAY else "text"
