"""抽样 in steps: 圈定范围 → 分层与比例 → 抽取 → 分配 → 核验, each with an address; below, the history of all samples."""

import streamlit as st

from pages.parts import (
    assign_parts,
    frame,
    sample_design_parts,
    sample_draw_parts,
    sample_frame_parts,
    sample_parts,
    sample_steps,
)
from review.sampling.draw import samples
from review.sampling.frozen import frames

db = frame.database()
frame.head("抽样", "从同期办结的案件中抽取不少于 20% 供评查；种子公开，任何人都能用一份名单重算出同样的结果。")
frame.need_cases(db)
at = sample_steps.here(db)
sample_steps.stepper(at)
if at.frame or at.sample:
    bar = st.container(horizontal=True, vertical_alignment="center")
    bar.button("新的抽样", icon=":material/add:", on_click=sample_steps.go)
    if at.sample and at.step != "verify":
        sample_parts.export(db, at.sample, bar)
sample_draw_parts.told_change()
if at.step == "frame":
    if at.frame or at.sample:
        sample_frame_parts.frozen_view(db, at)
    else:
        sample_frame_parts.working(db)
elif at.step == "design":
    if at.plan:
        sample_design_parts.chosen(db, at, at.plan)
    else:
        sample_design_parts.choose(db, at)
elif at.step == "draw":
    if at.sample:
        sample_draw_parts.result(db, at.sample)
    elif at.plan:
        sample_draw_parts.ready(db, at)
    else:
        sample_draw_parts.seed(db, at)
elif at.step == "assign":
    assign_parts.step(db, at.sample)
else:
    sample_parts.verifying(db, at.sample)
if not at.sample:
    sample_parts.history(samples(db), frames(db))
