"""Filters of the list of findings: widgets with counts, kept in step with the address of the page."""

from dataclasses import replace

import streamlit as st

from pages.parts import frame
from pages.parts.address import VIEWS, from_address, to_address, view_of, with_view
from pages.parts.reads import facet_counts
from review.casework.findings import LEVELS, FindingFilter
from review.checks.engine import catalogue
from review.store.database import Database
from review.vocabulary.labels import label

STATE, WRITTEN = "findings_filter", "findings_address"
OPEN = {"open": "尚未核实", "changed": "核实后事实有变"}
ANY = "核实：不限"
EMPTY = {"decision": None, "text": ""}


def current(keep: tuple[str, ...] = ("finding", "page")) -> FindingFilter:
    """The filter that holds: that of the address where somebody came with one or went back to one, else the one last used here.

    An empty address is the plain list for who was on this page before, and the list last looked at for who comes from another page.
    """
    params = {name: st.query_params.get_all(name) for name in st.query_params if name not in keep}
    moved = params != st.session_state.get(WRITTEN) and (params or not frame.arrived())
    if STATE not in st.session_state or moved:
        checks = catalogue()
        wanted, unknown = from_address(params, [c.id for c in checks], [c.aspect for c in checks])
        st.session_state[STATE] = wanted
        if unknown:
            st.warning(f"地址中有不认识的筛选条件，已忽略：{'、'.join(unknown)}", icon=":material/link_off:")
    _write()
    return st.session_state[STATE]


def choosers(db: Database, wanted: FindingFilter) -> None:
    """Two rows of filters; each choice says how many findings it leaves."""
    counts = facet_counts(db, wanted)
    titles = {c.id: f"{c.id} {c.title}" for c in catalogue()}
    row = st.columns([2, 2, 2, 3])
    aspects = dict.fromkeys(c.aspect for c in catalogue())
    for place, facet, word, options in (
        (row[0], "counties", "县区", list(counts["counties"])),
        (row[1], "aspects", "方面", list(aspects)),
        (row[2], "levels", "级别", list(LEVELS)),
        (row[3], "checks", "检查规则", list(titles)),
    ):
        shown = {v: f"{titles.get(v, v)}（{counts[facet].get(v, 0)}）" for v in (*options, *getattr(wanted, facet))}
        usable = [v for v in shown if counts[facet].get(v) or v in getattr(wanted, facet)]
        key = _fresh(facet, tuple(shown[v] for v in usable), list(getattr(wanted, facet)))
        place.multiselect(
            word,
            usable,
            format_func=shown.get,
            key=key,
            placeholder=f"{word}：全部",
            label_visibility="collapsed",
            select_all=False,
            filter_mode="contains",
            on_change=_take_many,
            args=(facet, key),
            disabled=not usable,
        )
    row = st.columns([2, 2, 4, 1], vertical_alignment="bottom")
    verdicts = counts["verdicts"]
    beside = {"all": sum(verdicts.values()), "gaps": None} | {v: verdicts.get(v, 0) for v in ("suspect", "undetermined")}
    views = {v: word if beside[v] is None or view_of(wanted) == "gaps" else f"{word}（{beside[v]}）" for v, word in VIEWS.items()}
    key = _fresh("view", tuple(views.values()), view_of(wanted))
    row[0].selectbox(
        "判断",
        list(views),
        label_visibility="collapsed",
        format_func=views.get,
        key=key,
        filter_mode=None,
        on_change=_take_view,
        args=(key,),
    )
    states = {"": ANY} | {
        v: f"{OPEN.get(v) or label('decision', v)}（{counts['decision'].get(v, 0)}）" for v in ("open", "confirmed", "dismissed", "pending")
    }
    states["changed"] = OPEN["changed"]
    key = _fresh("decision", tuple(states.values()), wanted.decision or "")
    row[1].selectbox(
        "核实",
        list(states),
        label_visibility="collapsed",
        format_func=states.get,
        key=key,
        filter_mode=None,
        on_change=_take_one,
        args=("decision", key),
    )
    key = _fresh("text", (), wanted.text)
    row[2].text_input(
        "关键词",
        label_visibility="collapsed",
        key=key,
        placeholder="案件、单位、姓名或句子中的词，空格隔开，回车查找",
        on_change=_take_one,
        args=("text", key),
    )
    row[3].button("清除筛选", on_click=clear, width="stretch", disabled=wanted == FindingFilter())


def clear() -> None:
    """Back to all suspects."""
    _set(FindingFilter())


def as_words(wanted: FindingFilter) -> str:
    """The filter as a phrase for captions and file names."""
    parts = [VIEWS[view_of(wanted)], *wanted.counties, *wanted.aspects, *wanted.levels, *wanted.checks]
    if wanted.decision:
        parts.append(OPEN.get(wanted.decision) or label("decision", wanted.decision))
    return " · ".join([*parts, *([f"含“{wanted.text}”"] if wanted.text else [])])


def _fresh(facet: str, labels: tuple, value) -> str:
    """Key of a widget. Labels carry counts, so a widget with other labels is another one; its value comes from the filter."""
    key = f"filter_{facet}_{hash(labels)}"
    if st.session_state.get(key) != value or key not in st.session_state:
        st.session_state[key] = value
    return key


def _take_many(facet: str, key: str) -> None:
    _set(replace(st.session_state[STATE], **{facet: tuple(st.session_state[key])}))


def _take_one(facet: str, key: str) -> None:
    _set(replace(st.session_state[STATE], **{facet: st.session_state[key] or EMPTY[facet]}))


def _take_view(key: str) -> None:
    _set(with_view(st.session_state[STATE], st.session_state[key]))


def _set(wanted: FindingFilter) -> None:
    st.session_state[STATE] = wanted
    st.session_state["page"] = 1
    st.query_params.pop("finding", None)
    _write()


def _write() -> None:
    """Put the filter into the address bar, beside what else stands there."""
    address = to_address(st.session_state[STATE])
    written = {name: value if isinstance(value, list) else [value] for name, value in address.items()}
    st.session_state[WRITTEN] = written
    if {name: st.query_params.get_all(name) for name in st.query_params if name not in ("finding", "page")} != written:
        # In one go, because every change of the address is a step for the browser's back button.
        kept = {name: st.query_params.get_all(name) for name in ("finding", "page") if name in st.query_params}
        st.query_params.from_dict(kept | written)
