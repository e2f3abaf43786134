"""Yes/no cells: done, not done, blank, not applicable, or not to be told (domain list 6.4)."""

import re
from dataclasses import dataclass

from .dates import ParsedDate, one_day, parse_date
from .remembered import remembered
from .wording import is_not_applicable, is_placeholder, tight


@dataclass(frozen=True)
class ParsedFlag:
    """status: done, not_done, blank, not_applicable or unclear; on: the date, when the cell says when it was done."""

    status: str
    on: ParsedDate | None


_YES = frozenset(
    [
        "是",
        "有",
        "对",
        "√",
        "✓",
        "✔",
        "☑",
        "✅",
        "🗹",
        "y",
        "yes",
        "1",
        "1.0",
        "true",
        "t",
        "ok",
        "已",
        "完成",
        "完毕",
        "齐全",
        "到位",
        "符合",
        "合格",
        "通过",
        "同意",
        "已办",
        "已阅",
        "均已",
        "全部",
        "√√",
        "是的",
        "有的",
        "属实",
        "均有",
        "齐备",
        "规范",
        "落实",
    ]
)
_NO = frozenset(
    [
        "否",
        "无",
        "未",
        "没",
        "没有",
        "×",
        "✗",
        "✘",
        "✕",
        "✖",
        "╳",
        "❌",
        "x",
        "n",
        "no",
        "0",
        "0.0",
        "false",
        "f",
        "不是",
        "未有",
        "均未",
        "均无",
        "暂无",
        "暂未",
        "尚未",
        "不存在",
        "零",
    ]
)
_UNKNOWN = frozenset(["不详", "不明", "未知", "不清楚", "不清", "待查", "待核", "待核实", "待补充", "同上", "〃", "?", "??", "未掌握"])
_COUNT = re.compile(r"(?:共|共计|累计|已?回访|约)?(\d{1,3}|[〇零一二两三四五六七八九十]{1,3})(?:人?次|回|场|场次|份|件|期|人|轮|遍)?")
_COUNT_WITH_UNIT = re.compile(
    r"(?:共|共计|累计|已?回访|已?开展|约)*(?:\d{1,3}|[〇零一二两三四五六七八九十]{1,3})(?:人次|次|回|场次|场|份|轮|遍)"
)
_ZERO = frozenset(["0", "00", "〇", "零"])
_TICK_FIRST = re.compile(r"[☑√✓✔■☒✅🗹](是|否|有|无|已|未)")
_TICK_LAST = re.compile(r"(是|否|有|无|已|未)[☑√✓✔■✅]")
_BOXES = re.compile(r"[□☐○◯]|\[\]|\(\)")
_TEMPLATE = frozenset(["是/否", "是否", "是\\否", "有/无", "有无", "是、否", "是或否", "已/未", "是否"])
_NO_OBJECTION = re.compile(r"(?:均|本人)?(?:无|没有|未提出|没有提出|未提)(?:任何|不同|其他)?(?:异议|意见|不同意见)")
# The person had nothing to say: that does not tell whether the step was taken, and takes nothing from 已听取 beside it.
_NO_DEFENCE = re.compile(
    r"(?:均|本人|对象|其)?(?:未|没有|无|放弃|不)(?:提出|作出|作|进行)?(?:任何)?(?:陈述[、和及]?申辩|陈述|申辩|辩解)(?:意见)?(?=$|[,;。、()])"
)
_NOT_NEEDED = re.compile(r"(?:无需|无须|不需要?|不涉及|不适用|不必|不用|无此|未涉及|免于|按规定不)")
_PENDING = re.compile(
    r"正在|办理中|进行中|调查中|审理中|整改中|流转中|办理之中|待|拟|计划|准备|将于|将在|暂缓|部分|基本|不全|不完整|择期|适时|过程中"
)
_NEGATIVE = re.compile(
    r"未(?!来|成年|婚)|没有|没(?!收)|尚未|(?:^|[,，;])否|不(?:予)?(?:公开|通报|宣布|归档|回访|送达|召开|见面|签字|签名|签|同意|到位|规范)|拒(?:绝)?签|缺少|缺失|遗漏"
)
_STARTS_NEGATIVE = re.compile(
    r"(?:否|未(?!来|成年)|没|尚未|暂未|还未|均未|本人未|无(?!异议|意见|误)|不(?:予公开|公开|予通报|通报|宣布|归档|回访|送达|召开|再|曾|是|存在)|0次|拒签|拒绝签字)"
)
_YES_HEAD = re.compile(r"(?:是|有(?!关|待|限|的)|已|√|✓|✔|☑|均已|均有|完成|全部)")
_POSITIVE = re.compile(
    r"批准|同意|审批|审定|签批|签发|研究|召开|送达|宣布|宣读|签收|签字|签名|签署|归档|归入|存入|装入|放入|入档|公开|通报|曝光|见面|听取|回访|谈话|提交|报送|抄送|抄告|函告|"
    r"整改|执行|落实|到位|完成|办理完毕|办结|办毕|履行|评估|会商|审核|审理|恢复|纠正|维持|驳回|变更|答复|下发|发出|印发|制发|移送|报备|备案|齐全|完整|写出|上交|"
    r"异议|存档|档案|纪要|记录|全[国省市县区乡镇州盟旗街]|范围|系统内|\d号|号文"
)


@remembered(4_000)
def parse_flag(raw: str | None, date1904: bool = False) -> ParsedFlag:
    """Read a yes/no cell; never raises on text.

    A dash ("—", "-") is the usual filler of an empty cell and 6.4 does not list it among 不适用, so it counts as blank
    (unknown). "/" is not applicable. A date means done on that date; "否，因…" is not done; "2次" is done, "0次" not done;
    what is under way, planned or partly done is unclear.
    """
    flat = tight(raw).lower().strip("。.;,、") if raw else ""
    if not flat or is_placeholder(raw) or flat in _TEMPLATE or (_BOXES.search(flat) and not _ticked(flat)):
        return ParsedFlag("blank" if not _is_mixed_box(flat) else "unclear", None)
    if is_not_applicable(raw):
        return ParsedFlag("not_applicable", None)
    if flat in _YES:
        return ParsedFlag("done", None)
    if flat in _NO:
        return ParsedFlag("not_done", None)
    if flat in _UNKNOWN:
        return ParsedFlag("unclear", None)
    option = _ticked(flat)
    if option:
        return ParsedFlag("done" if option in "是有已" else "not_done", None)
    count = _COUNT.fullmatch(flat)
    if count:
        return ParsedFlag("not_done" if count[1] in _ZERO else "done", None)
    return _from_words(raw, flat, date1904)


def _ticked(flat: str) -> str | None:
    """The option with the tick: boxes stand either all before or all behind their words."""
    before = flat[0] in "□☐○◯☑√✓✔■☒✅🗹"
    match = (_TICK_FIRST if before else _TICK_LAST).search(flat) or _TICK_FIRST.search(flat)
    return match[1] if match else None


def _is_mixed_box(flat: str) -> bool:
    """A box with words that are not the two printed options is no empty form."""
    return bool(_BOXES.search(flat)) and bool(re.sub(r"[□☐○◯\[\]()是否有无已未/、,]", "", flat))


def _from_words(raw: str, flat: str, date1904: bool) -> ParsedFlag:
    if _NOT_NEEDED.match(flat):
        return ParsedFlag("not_applicable", None)
    if _NO_OBJECTION.fullmatch(flat):
        return ParsedFlag("done", None)
    told = _NO_DEFENCE.sub("", _NO_OBJECTION.sub("", flat)).strip(",;、。()")
    if not told:
        return ParsedFlag("unclear", None)
    if _STARTS_NEGATIVE.match(told):
        return ParsedFlag("not_done", None)
    on = parse_date(raw, date1904)
    dated = on.state == "date"
    on = day if dated and (day := one_day(on, raw)).value else None
    if _PENDING.search(flat) and not re.search(r"待遇|待岗", flat):
        return ParsedFlag("unclear", None)
    if _NEGATIVE.search(told):
        return ParsedFlag("unclear", None)
    if dated or _YES_HEAD.match(flat) or _COUNT_WITH_UNIT.search(flat) or _POSITIVE.search(flat):
        return ParsedFlag("done", on)
    return ParsedFlag("unclear", None)
