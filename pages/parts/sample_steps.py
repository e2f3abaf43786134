"""Where in the sampling a page stands: the step, the frame, the plan and the sample that its address names."""

from dataclasses import dataclass

import streamlit as st

from pages.parts.frame import show_fault
from review.errors import ReviewError
from review.sampling.draw import Plan, Sample, plan_of, sample
from review.sampling.frozen import FrozenFrame, frozen
from review.store.database import Database

STEPS = {"frame": "圈定范围", "design": "分层与比例", "draw": "抽取", "assign": "分配", "verify": "核验"}
# What the address keeps of a design on the way to the seed.
DESIGN = ("ratio", "by", "must", "method", "places", "least", "most", "mode")


@dataclass(frozen=True)
class At:
    """step: key of STEPS; frame, plan, sample: what is there already, None before."""

    step: str
    frame: FrozenFrame | None
    plan: Plan | None
    sample: Sample | None

    @property
    def open(self) -> set[str]:
        """Steps that can be entered now."""
        steps = {"frame"}
        if self.sample:
            return steps | {"draw", "assign", "verify"} | ({"design"} if self.frame else set())
        return steps | {"design", "draw"} if self.frame and self.frame.confirmed_at else steps


def here(db: Database) -> At:
    """What the address says; a part that leads nowhere is named and left out."""
    asked = st.query_params
    drawn = _found(sample, db, asked.get("sample"))
    plan = _found(plan_of, db, drawn.plan_id if drawn else asked.get("plan"))
    frame_id = drawn.frame_id if drawn else plan.frame_id if plan else asked.get("frame")
    at = At("", _found(frozen, db, frame_id), plan, drawn)
    usual = "draw" if drawn or plan else "design" if at.frame and at.frame.confirmed_at else "frame"
    step = asked.get("step", usual)
    return At(step if step in at.open else usual, at.frame, plan, drawn)


def go(step: str | None = None, **names: str) -> None:
    """Another address: only ``names`` of frame, plan or sample, and with a frame what was chosen of the design so far."""
    kept = {k: st.query_params[k] for k in DESIGN if k in st.query_params} if "frame" in names else {}
    st.query_params.clear()
    st.query_params.update(kept | names | ({"step": step} if step else {}))


def stepper(at: At) -> None:
    """All steps in a row; those that can be entered are buttons."""
    bar = st.columns(len(STEPS), gap="small")
    for k, (place, (step, name)) in enumerate(zip(bar, STEPS.items(), strict=True), 1):
        place.button(
            f"{k} {name}", key=f"step_{step}", type="primary" if step == at.step else "secondary", width="stretch",
            disabled=step not in at.open, on_click=_enter, args=(step,),
        )  # fmt: skip


def told(name: str, usual: str) -> str:
    """What the address says of a choice, else the usual one."""
    return st.query_params.get(name, usual)


def keep(**choices: str | None) -> None:
    """Write choices into the address; None takes one out."""
    for name, value in choices.items():
        if value is None:
            st.query_params.pop(name, None)
        elif st.query_params.get(name) != value:
            st.query_params[name] = value


def _enter(step: str) -> None:
    st.query_params["step"] = step


def _found(read, db: Database, key: str | None):
    if not key:
        return None
    try:
        return read(db, key)
    except ReviewError as fault:
        show_fault(fault)
        return None
