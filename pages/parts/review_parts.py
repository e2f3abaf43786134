"""The review form of a sampled case: what the program found, to be marked one by one; everything else by aspect; grade and comment."""

from datetime import datetime

import streamlit as st

from pages.parts import frame, pieces
from pages.parts.pieces import Html, text
from review.casework.reviews import (
    ASPECTS,
    GRADES,
    LONGEST,
    OTHER,
    REST,
    RESULTS,
    Answer,
    Record,
    ReviewForm,
    reopen_review,
    result_label,
    save_review,
    subject_label,
)
from review.checks.engine import catalogue
from review.errors import ReviewError
from review.store.database import Database
from review.vocabulary.labels import label

RESTS = ("no", "unclear")


def draw(db: Database, sample_id: str, form: ReviewForm, reviewer_id: str) -> None:
    """The form, or what was recorded once it is 评毕."""
    case, record = form.case, form.record
    pieces.facts(
        [
            ("案件", f"{case['case_key']} {case['title'] or ''}"),
            ("县区、承办单位", "，".join(part for part in (case["county"], case["handling_unit"]) if part)),
            ("状态", label("review_state", record.state) + (f"，时限 {form.due_on:%Y-%m-%d}" if form.due_on else "") + _saved(record)),
        ],
        label_width="9.5em",
    )
    st.page_link("pages/case.py", label="打开案件档案，查看全部事实", icon=":material/folder_open:", query_params={"case": case["case_id"]})
    if record.state == "reviewed":
        _finished(db, sample_id, form, reviewer_id)
    else:
        _fill(db, sample_id, form, reviewer_id)


def _saved(record: Record) -> str:
    return f"，{record.saved_at:%Y-%m-%d %H:%M} 保存" if isinstance(record.saved_at, datetime) else ""


def _fill(db: Database, sample_id: str, form: ReviewForm, reviewer_id: str) -> None:
    key, old = f"{sample_id}_{form.case['case_id']}_{reviewer_id}", form.record.answers
    # What was on the screen when the button was pressed: a version saved elsewhere in between is not overwritten.
    seen = st.session_state.setdefault(f"seen_{key}", form.record.review_id)
    named = {item.check_id for item in form.items}
    checks = {c.id: f"{c.id} {c.title}" for c in catalogue() if c.aspect in ASPECTS and c.id not in named}
    told = st.container()
    answers: dict[str, Answer] = {}
    with st.form(f"review_{key}_{seen}", enter_to_submit=False):
        pieces.section(f"一、程序的提示（{len(form.items)}）：逐项标注")
        if not form.items:
            pieces.quiet("程序没有提示。这不表示没有问题，请在下面逐个方面看。")
        for item in form.items:
            _item(item, old, answers, key)
        pieces.section("二、程序没有提示、您发现的问题")
        extra = st.multiselect(
            "检查规则中的问题（可多选）",
            list(checks),
            [c for c in old if c in checks and old[c].result == "yes"],
            format_func=checks.get,
            placeholder="选择问题类型，没有就不选",
            select_all=False,
            key=f"extra_{key}",
        )
        why = st.text_area(
            "这些问题的事实和依据", value=next((old[c].note for c in extra if c in old), ""), height=68, max_chars=LONGEST, key=f"why_{key}"
        )
        answers |= {check: Answer("yes", why) for check in extra}
        pieces.section("三、逐个方面：其余各项看过没有")
        pieces.quiet("“其余各项”指上面没有标注的全部事项。没有看全的不算没有问题，推算时按看不出处理。")
        for aspect in ASPECTS:
            rest, other = st.columns([5, 6], vertical_alignment="center")
            chosen = rest.radio(
                aspect,
                RESTS,
                index=RESTS.index(old[REST + aspect].result) if REST + aspect in old else None,
                format_func=lambda r, a=aspect: result_label(REST + a, r),
                horizontal=True,
                key=f"rest_{aspect}_{key}",
            )
            found = other.text_input(
                f"{aspect}：规则没有列出的问题",
                value=old[OTHER + aspect].note if OTHER + aspect in old else "",
                placeholder="没有就不填；有则写明问题和依据",
                key=f"other_{aspect}_{key}",
            )
            if chosen:
                answers[REST + aspect] = Answer(chosen)
            if found.strip():
                answers[OTHER + aspect] = Answer("yes", found)
        pieces.section("四、等次和意见")
        grades = list(GRADES)
        grade = st.radio(
            "等次", grades, index=grades.index(form.record.grade) if form.record.grade else None, format_func=GRADES.get, horizontal=True,
            key=f"grade_{key}",
        )  # fmt: skip
        comment = st.text_area("意见", value=form.record.comment, height=90, max_chars=LONGEST, key=f"comment_{key}")
        keep, finish, _ = st.columns([2, 2, 6])
        kept = keep.form_submit_button("保存，继续评", width="stretch")
        done = finish.form_submit_button("评毕并提交", type="primary", width="stretch")
    if not (kept or done):
        return
    try:
        number = save_review(db, sample_id, form.case["case_id"], reviewer_id, answers, grade, comment, done, seen=seen)
    except ReviewError as fault:
        with told:
            frame.show_fault(fault)
        return
    st.session_state[f"seen_{key}"] = number
    st.toast("已评毕。" if done else "已保存，状态为在评。", icon=":material/check:")
    st.rerun()


def _item(item, old: dict[str, Answer], answers: dict[str, Answer], key: str) -> None:
    """One finding of the program with its marks."""
    mark = pieces.level_tag(item.level) + (pieces.tag("待核", "undetermined") if item.said == "undetermined" else "")
    sentences = "<br>".join(text(message) for message in item.messages)
    facts, answer = st.columns([6, 5], gap="small")
    facts.html(f'<div class="panel-head">{mark}<b>{text(item.check_id)} {text(item.title)}</b></div><div class="quiet">{sentences}</div>')
    before, words = old.get(item.check_id), list(RESULTS)
    chosen = answer.radio(
        f"{item.check_id} 的结论",
        words,
        index=words.index(before.result) if before else None,
        format_func=RESULTS.get,
        horizontal=True,
        key=f"mark_{item.check_id}_{key}",
        label_visibility="collapsed",
    )
    note = answer.text_input(
        f"{item.check_id} 的说明", value=before.note if before else "", placeholder="依据哪份材料、哪一页",
        key=f"note_{item.check_id}_{key}", label_visibility="collapsed",
    )  # fmt: skip
    if chosen:
        answers[item.check_id] = Answer(chosen, note)


def _finished(db: Database, sample_id: str, form: ReviewForm, reviewer_id: str) -> None:
    _record("您的记录", form.record)
    for name, other in form.others:
        _record(f"另一位评查人 {name} 的记录", other)
    if form.double and not form.others:
        pieces.quiet("本案由两人背靠背评查，另一人还未评毕；两份都评毕后，这里可以看到对方的记录。")
    if form.others:
        pieces.quiet("两份都已评毕，不再修改；不一致的请到“一致性”中登记商定的结果。")
        return
    with st.expander("退回修改", icon=":material/undo:"), st.form(f"reopen_{form.case['case_id']}_{reviewer_id}", enter_to_submit=False):
        reason = st.text_input("理由", placeholder="例如：漏看一份笔录")
        sent = st.form_submit_button("退回“在评”")
    if sent:
        try:
            reopen_review(db, sample_id, form.case["case_id"], reviewer_id, reason)
        except ReviewError as fault:
            frame.show_fault(fault)
            return
        st.session_state.pop(f"seen_{sample_id}_{form.case['case_id']}_{reviewer_id}", None)
        st.rerun()


def _record(title: str, record: Record) -> None:
    pieces.section(title)
    order = sorted(record.answers, key=lambda s: (s.startswith(REST), s.startswith(OTHER), s))
    pieces.table(
        ["项目", "结论", "说明"],
        [
            (subject_label(s), Html(f"<b>{text(result_label(s, record.answers[s].result))}</b>"), record.answers[s].note)
            for s in order
        ],
        widths=["24em", "12em", ""],
    )  # fmt: skip
    pieces.facts([("等次", label("grade", record.grade)), ("意见", record.comment), ("评查人", f"{record.saved_by}{_saved(record)}")])
