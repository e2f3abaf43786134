"""The step 分层与比例: strata, ratio, bounds, method, must-review rules, and the table of places before anything is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import streamlit as st

from pages.parts import pieces
from pages.parts.sample_frame_parts import must_names
from pages.parts.sample_steps import At, go, keep, told
from review.sampling.design import ALLOCATIONS, METHODS, MUST_MODES, Design
from review.sampling.draw import Plan, Sample, frame_places
from review.sampling.frame import STRATA, strata_label
from review.sampling.must_review import DEFAULT_RULES, labels
from review.sampling.pareto import WEIGHTS
from review.sampling.planning import plans
from review.sampling.quotas import Places
from review.store.database import Database


@dataclass(frozen=True)
class Wanted:
    """What is to be registered: ratio as text, strata joined with +, rules, design."""

    ratio: str
    by: str
    rules: tuple[str, ...]
    design: Design


def wanted() -> Wanted:
    """The choices that the address keeps; what it does not say is the usual."""
    least, most = _number("least", 1, 1000), _number("most", 0, 100_000)
    design = Design(
        _known("method", METHODS), _known("places", ALLOCATIONS), least, max(least, most) if most else None, _known("mode", MUST_MODES)
    )
    rules = [code for code in told("must", "+".join(DEFAULT_RULES)).split("+") if code in must_names()]
    by = [key for key in dict.fromkeys(told("by", "county").split("+")) if key in STRATA]
    return Wanted(f"{_number('ratio', 20, 100)}%", "+".join(by) or "county", tuple(rules), design)


def choose(db: Database, at: At) -> None:
    """Choices on the left, what they come to on the right; nothing is stored before the seed is registered."""
    before = wanted()
    left, right = st.columns([4, 8], gap="medium")
    with left:
        pieces.section("分层与比例")
        ratio = st.number_input("抽样比例（%，不低于 20）", 20, 100, int(before.ratio.removesuffix("%")), step=1)
        by = _several("分层（可多选）", STRATA, before.by.split("+"))
        method = _one("抽取方法", METHODS, before.design.method)
        places = _one("名额怎么分", ALLOCATIONS, before.design.allocation)
        few, many = st.columns(2)
        least = few.number_input("每层最少（件）", 1, 1000, before.design.minimum, step=1)
        most = many.number_input("每层最多（件，0 为不限）", 0, 100000, before.design.maximum or 0, step=1)
        must = _several("必查", must_names(), list(before.rules), "不设必查")
        mode = _one("必查怎样计数", MUST_MODES, before.design.must_mode)
    if not by:
        st.info("请至少选一种分层。", icon=":material/info:")
        return
    usual = {"ratio": ("20", str(ratio)), "by": ("county", "+".join(by)), "method": ("simple", method), "places": ("proportional", places),
             "least": ("1", str(least)), "most": ("0", str(most)), "must": ("+".join(DEFAULT_RULES), "+".join(must) or "+"),
             "mode": ("added", mode)}  # fmt: skip
    keep(**{name: None if value == default else value for name, (default, value) in usual.items()})
    design = Design(method, places, least, most or None, mode)
    with right:
        pieces.section("各层名额")
        lines = frame_places(db, at.frame.frame_id, f"{ratio}%", "+".join(by), must, design)
        places_table(lines, strata_label("+".join(by)), design)
        what_it_shows(lines)
        st.button("确定，下一步登记种子", type="primary", icon=":material/arrow_forward:", on_click=_next, args=(at.frame.frame_id,))


def chosen(db: Database, at: At, plan: Plan | Sample) -> None:
    """The same as it was registered; it can't be changed any more."""
    pieces.quiet("分层与比例已随种子登记，不能再改；要用别的分法，请从同一抽样框另行登记。")
    how, table = st.columns([4, 8], gap="medium")
    with how:
        pieces.section("登记的方案")
        pieces.facts(design_facts(plan))
    with table:
        pieces.section("各层名额（抽取之前）")
        lines = frame_places(db, at.frame.frame_id, plan.ratio, plan.stratified_by, plan.must_rules, plan.design)
        places_table(lines, strata_label(plan.stratified_by), plan.design)
        what_it_shows(lines)


def design_facts(plan: Plan | Sample) -> list[tuple[str, object]]:
    """Ratio, strata, method and the rest in words."""
    design = plan.design
    return [
        ("比例", plan.ratio), ("分层", strata_label(plan.stratified_by)), ("抽取方法", METHODS[design.method]),
        ("名额分法", ALLOCATIONS[design.allocation]),
        ("每层件数", f"最少 {design.minimum}，{'不限最多' if design.maximum is None else f'最多 {design.maximum}'}"),
        ("必查条件", labels(plan.must_rules) or "未启用"), ("必查计数", MUST_MODES[design.must_mode]),
    ]  # fmt: skip


def places_table(lines: Sequence[Places], name: str, design: Design) -> None:
    """Places of every stratum step by step, with the total and both percentages."""
    cases, open_, must, quota = (sum(getattr(line, key) for line in lines) for key in ("cases", "open", "must", "quota"))
    neyman = design.allocation == "neyman"
    pieces.table(
        [f"层（{name}）", "案件数", "必查", "参加随机", *(["标准差"] if neyman else []), "应得", "取整", "名额", "抽取率"],
        [
            (line.stratum, line.cases, line.must, line.open, *([f"{line.deviation:.3f}"] if neyman else []),
             f"{float(line.due):.2f}", line.shared, line.quota, f"{line.quota / line.open:.1%}" if line.open else "—")
            for line in lines
        ],
        numbers=range(1, 9),
        total=["合计", cases, must, open_, *([""] if neyman else []), f"{float(sum(line.due for line in lines)):.2f}",
               sum(line.shared for line in lines), quota, f"{quota / open_:.1%}" if open_ else "—"],
    )  # fmt: skip
    words = f"随机名额 {quota} 件，占抽样框 {pieces.share(quota, cases)}；"
    if design.must_mode == "added":
        words += f"必查 {must} 件中未被随机抽中的另行加入，名单最多 {pieces.share(min(cases, quota + must), cases)}。"
    else:
        words += f"必查 {must} 件先列入，名单共 {pieces.share(quota + must, cases)}。"
    pieces.quiet(
        words + "“应得”为按比例应得的数，“取整”用最大余数法（余数相同的，案件多的层在先，再按层名），“名额”再按每层最少、最多调整。"
    )
    if design.method == "pareto":
        weights = "、".join(f"{level} {weight}" for level, weight in WEIGHTS.items())
        pieces.quiet(f"风险权重按冻结时疑似问题的最高程度：{weights}。权重越大越容易抽中，推算总体时按入选概率还原，不会高估。")
    if design.allocation == "neyman":
        pieces.quiet("内曼分配的标准差取自冻结时每案疑似问题数（不含已核实为不属实的）；各案差别大的层多抽。")


def what_it_shows(lines: Sequence[Places]) -> None:
    """What so many cases can and can't show, in a sentence for all and one for each stratum."""
    with st.expander("抽这些案件能说明什么", icon=":material/straighten:"):
        percent = st.number_input("如果有百分之几的案件有问题", 1, 100, 10, step=1, width=220)
        found = plans({one.stratum: one.open for one in lines}, {one.stratum: one.quota for one in lines}, faulty=Fraction(percent, 100))
        pieces.quiet("按精确的超几何分布计算，只对随机抽中的案件成立；必查案件是挑出来的，不能用来推算其余案件。风险加权抽取的以推算结果为准。")
        for one in found:
            st.write(one.sentence)


def _next(frame_id: str) -> None:
    go("draw", frame=frame_id)


def _one(name: str, known: dict[str, str], default: str) -> str:
    codes = list(known)
    return st.selectbox(name, codes, codes.index(default) if default in codes else 0, format_func=known.get, filter_mode=None)


def _several(name: str, known: dict[str, str], default: Sequence[str], empty: str = "请选择") -> list[str]:
    return st.multiselect(
        name, list(known), [one for one in default if one in known], format_func=known.get, placeholder=empty, select_all=False,
        filter_mode=None, wrap=True,
    )  # fmt: skip


def _number(name: str, least: int, most: int) -> int:
    text = told(name, "")
    return int(text) if text.isdecimal() and least <= int(text) <= most else least


def _known(name: str, known: dict[str, str]) -> str:
    code = told(name, "")
    return code if code in known else next(iter(known))
