"""Drawn parts of the import page: the files of a drop in a list, one of them opened with its doubts, mapping and preview."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from pages.parts import frame, import_cells, pieces
from pages.parts.drafts import BLANKS, KEEP, SURE, TO_CHECK, Draft, blank_columns, field_words, mapping_rows, sureness, takes_blank
from pages.parts.jobs import Job
from pages.parts.pieces import Html, text
from review.store.database import Database
from review.vocabulary.labels import label
from review.workbook.columns import Column, Question
from review.workbook.load import answers_given
from review.workbook.mapping import BOTH, JOINED
from review.workbook.reading import LedgerReading, SheetReport

ANSWERS = {"yes": "是", "no": "否", "unknown": "不清楚"}
# Two columns with one meaning first: whatever is chosen there decides what is read.
ASKS = ("duplicate", "century", "codes", "guessed", "unmapped")
YEARS = {"unknown": "不清楚，按未知处理", "this_century": "是，都是 20××年"}
ASKED = 8  # columns in doubt that are asked about one by one; more are told in the table of columns
TEMPLATE = Path(__file__).resolve().parents[2] / "data" / "问责案件台账模板.xlsx"


def open_questions(reading: LedgerReading) -> int:
    """How many questions about columns a reading leaves open."""
    return len([q for q in reading.questions if q.kind != "blank"]) + bool(blank_columns(reading))


def choose(db: Database, drafts: Sequence[Draft]) -> Draft:
    """The files in a list with their counts; returns the one to open. A single file needs no list."""
    if len(drafts) == 1:
        return drafts[0]
    lines = []
    for draft in drafts:
        if draft.fault:
            lines.append({"文件": draft.name, "状态": ["不能读入"]})
            continue
        reading = draft.reading(db)
        doubtful = sum(len(d.rows) for d in draft.doubts())
        asked = open_questions(reading) + len(draft.lookalikes(db))
        state = "已导入" if draft.import_id else "要看一看" if asked or doubtful else "读懂了"
        lines.append(
            {"文件": draft.name, "状态": [state], "表": sum(s.status == "read" for s in reading.sheets), "行": reading.row_count,
             "案件": reading.case_count, "人": reading.respondent_count, "待确认": asked, "读不准的格子": doubtful}
        )  # fmt: skip
    picked = st.dataframe(
        lines,
        key=f"drop_{len(drafts)}",
        on_select="rerun",
        selection_mode="single-row-required",
        hide_index=True,
        height=min(38 + 33 * len(lines), 300),
        placeholder="",
        column_config={
            "文件": st.column_config.TextColumn(width=420),
            "状态": st.column_config.MultiselectColumn(
                options=["不能读入", "要看一看", "读懂了", "已导入"], color=["#B3261E", "#B26A00", "#1F3A5F", "#B8C1CB"], width=92
            ),
        },
        alt="放入的文件",
    )
    return drafts[min(next(iter(picked.selection.rows), 0), len(drafts) - 1)]


def opened(db: Database, draft: Draft) -> None:
    """One file: what decides the reading, then columns, doubtful cells, lookalikes, preview, sheets, one of them at a time."""
    reading = draft.reading(db)
    read = sum(sheet.status == "read" for sheet in reading.sheets)
    pieces.section(draft.name)
    told, asked = st.columns([6, 6], vertical_alignment="center")
    with told:
        fixed = f"，已更正 {len(reading.corrected)} 格" if reading.corrected else ""
        pieces.quiet(
            f"{read} 个工作表，{reading.row_count} 行数据，{reading.case_count} 件案件，{reading.respondent_count} 名问责对象，"
            f"{reading.reject_count} 处未能读入{fixed}。"
        )
    with asked:
        completeness(draft)
    questions(draft, reading)
    doubtful, alike = draft.doubts(), draft.lookalikes(db)
    columns = sum(len(s.columns) for s in reading.sheets if s.status == "read")
    parts = {
        "columns": f"列的对应（{columns}）",
        "cells": f"读不准的格子（{sum(len(d.rows) for d in doubtful)}）",
        **({"alike": f"同一案件？（{len(alike)}）"} if alike else {}),
        "people": f"预览：前 {len(reading.first_rows)} 名",
        "sheets": f"工作表（{len(reading.sheets)}）",
    }
    part = st.segmented_control(
        "看什么", list(parts), format_func=parts.get, default="columns", required=True, key=f"part_{draft.sha256[:12]}",
        label_visibility="collapsed",
    )  # fmt: skip
    if part == "cells":
        import_cells.cells(db, draft, doubtful)
    elif part == "alike":
        if import_cells.same_cases(db, alike, f"alike_{draft.sha256[:12]}"):
            st.rerun()
    elif part == "people":
        preview(reading)
    elif part == "sheets":
        sheets(reading)
    else:
        many = [s for s in reading.sheets if s.status == "read"]
        for sheet in many:
            mapping(draft, sheet, len(many) > 1)


def files_of(db: Database, uploads: Sequence, drafts: dict[str, Draft], known: dict[str, int]) -> list[Draft]:
    """A draft for every uploaded file, kept in ``drafts`` while the page is open; one that was loaded before begins with the answers
    it was read with. ``known``: fingerprint of a loaded file -> its import."""
    for upload in uploads:
        if (place := f"{upload.name}|{upload.file_id}") not in drafts:
            draft = drafts[place] = Draft(upload.name, upload.getvalue())
            draft.import_id = known.get(draft.sha256)
            if draft.import_id is not None:
                draft.take_answers(answers_given(db, draft.import_id))
    return [drafts[f"{upload.name}|{upload.file_id}"] for upload in uploads]


def may_read(job: Job | None, waiting: int) -> bool:
    """Whether the waiting files are to be read now: not after reading was cancelled or failed, until somebody says so."""
    if job is None or not (job.stop.is_set() or job.fault):
        return True
    if job.fault:
        frame.show_fault(job.fault)
    st.info(f"还有 {waiting} 个文件没有读。可以在上面去掉一些文件，或继续读取。", icon=":material/info:")
    if not st.button("继续读取", icon=":material/play_arrow:"):
        return False
    job.stop.clear()
    job.fault = None
    return True


def template_button() -> None:
    """Download of the blank ledger with its filling guide."""
    if TEMPLATE.exists():
        st.download_button(
            "下载空白台账模板（Excel）",
            data=TEMPLATE.read_bytes,
            file_name=TEMPLATE.name,
            mime=pieces.EXCEL,
            on_click="ignore",
            icon=":material/download:",
        )


def completeness(draft: Draft) -> None:
    """The question that decides whether anything may be said about who is missing."""
    key = f"complete_{draft.sha256[:12]}"
    st.radio(
        "本台账是否包含同一案件的全部被问责对象？",
        list(ANSWERS),
        index=list(ANSWERS).index(draft.complete),
        format_func=ANSWERS.get,
        horizontal=True,
        key=key,
        help="选“否”或“不清楚”时，凡是“本案没有某类人员”的判断都列为待核，不作疑似问题。",
        on_change=lambda: setattr(draft, "complete", st.session_state[key]),
    )


def sheets(reading: LedgerReading) -> None:
    """Each sheet: read or skipped and why."""
    pieces.table(
        ["工作表", "状态", "表头行", "数据行", "案件", "问责对象", "说明"],
        [
            (
                sheet.name + ("（隐藏）" if sheet.hidden else ""),
                label("sheet_status", sheet.status),
                "、".join(map(str, sheet.header_rows)),
                sheet.rows,
                sheet.cases if sheet.status == "read" else "",
                sheet.respondents if sheet.status == "read" else "",
                sheet.reason or _set_aside(sheet),
            )
            for sheet in reading.sheets
        ],
        numbers=[3, 4, 5],
    )


def questions(draft: Draft, reading: LedgerReading) -> None:
    """What the user can settle: columns in doubt, then what a blank means; nothing where nothing is open."""
    doubts = sorted((q for q in reading.questions if q.kind != "blank"), key=lambda q: ASKS.index(q.kind))
    blank = blank_columns(reading)
    if not doubts and not blank:
        return
    pieces.section(f"请确认（{len(doubts) + bool(blank)}）")
    _doubts(draft, reading, doubts[:ASKED])
    if len(doubts) > ASKED:
        pieces.quiet(f"另有 {len(doubts) - ASKED} 列要核对，请在下面“列的对应”中选“要核对”，一次看全。")
    if blank:
        _blanks(draft, blank, len(reading.sheets) > 1)


def _blanks(draft: Draft, columns: dict[tuple[str, str], tuple[SheetReport, Column]], many_sheets: bool) -> None:
    """One answer for all step columns, and the columns where it is the other way round."""
    meanings = [column.blank_means for _, column in columns.values()]
    base = draft.all_blank or max(BLANKS, key=meanings.count)
    other = next(word for code, word in BLANKS.items() if code != base)
    cells = sum(sheet.blanks[column.key] for sheet, column in columns.values())
    key = f"blank_{draft.sha256[:12]}_{base}"
    told, answer = st.columns([7, 3], vertical_alignment="center")
    with told:
        pieces.quiet(
            f"{len(columns)} 个程序环节的列共有 {cells} 格空白。这些空白表示什么？“未知”：没有写，是否履行不清楚，列为待核；"
            "“未履行”：台账约定不写就是没有做。拿不准时选“未知”。"
        )
    answer.selectbox(
        "程序环节的空白表示什么？",
        list(BLANKS),
        index=list(BLANKS).index(base),
        format_func=BLANKS.get,
        key=key,
        label_visibility="collapsed",
        filter_mode=None,
        on_change=lambda: draft.answer_all_blanks(st.session_state[key]),
    )
    names = {
        place: f"{sheet.name + ' ' if many_sheets else ''}{column.letter}列 {column.header}（空 {sheet.blanks[column.key]} 格）"
        for place, (sheet, column) in columns.items()
    }
    apart = [place for place, (_, column) in columns.items() if column.blank_means != base]
    picked = f"{key}_apart_{hash(tuple(apart))}"
    with st.expander(f"个别列例外：空白表示“{other}”（{len(apart)}）", expanded=False):
        st.multiselect(
            f"哪些列的空白表示“{other}”",
            list(names),
            apart,
            format_func=names.get,
            key=picked,
            placeholder="没有例外",
            select_all=False,
            filter_mode="contains",
            wrap=True,
            on_change=lambda: draft.except_blanks(st.session_state[picked]),
        )


def _doubts(draft: Draft, reading: LedgerReading, doubts: Sequence[Question]) -> None:
    """A select box for every column in doubt."""
    words = field_words()
    columns = {(s.name, c.key): c for s in reading.sheets for c in s.columns}
    for number, question in enumerate(doubts):
        place, key = (question.sheet, question.key), f"doubt_{draft.sha256[:12]}_{number}_{question.kind}_{question.column}"
        told, answer = st.columns([7, 3], vertical_alignment="center")
        with told:
            samples = columns[place].samples if place in columns else ()
            pieces.quiet(question.text + (f"样例：{'；'.join(samples)}" if samples else ""))
        if question.kind == "duplicate":
            same = [columns[question.sheet, option] for option in question.options]
            choices = {column.key: f"{column.letter}列 {column.header}" for column in same}
            now, name = question.key, columns[place].field
            if name in JOINED | {"name"}:
                choices[BOTH] = "都是另外的人" if name == "name" else "都要（合在一起读）"
            take = lambda key=key, q=question, name=name: draft.fields.update(  # noqa: E731
                {(q.sheet, option): name if st.session_state[key] in (option, BOTH) else None for option in q.options}
            )
        elif question.kind == "century":
            choices, now = YEARS, "unknown"
            take = lambda key=key, place=place: draft.short_years.update({place: st.session_state[key]})  # noqa: E731
        else:
            choices, now = words, columns[place].field if place in columns else None
            take = lambda key=key, place=place: draft.fields.update({place: st.session_state[key]})  # noqa: E731
        answer.selectbox(
            question.text,
            list(choices),
            index=list(choices).index(now) if now in choices else 0,
            format_func=choices.get,
            key=key,
            label_visibility="collapsed",
            on_change=take,
        )


def mapping(draft: Draft, sheet: SheetReport, named: bool) -> None:
    """The columns of a sheet; field and meaning of blanks can be changed in the table."""
    words = field_words()
    codes = {word: code for code, word in words.items()}
    base = f"mapping_{draft.sha256[:12]}_{sheet.name}"
    groups = {
        "all": list(sheet.columns),
        "check": [c for c in sheet.columns if sureness(c) in TO_CHECK],
        "unused": [c for c in sheet.columns if c.field is None],
    }
    if named:
        pieces.section(f"工作表：{sheet.name}")
    names = {"all": "全部", "check": "要核对", "unused": "没有使用"}
    shown = st.segmented_control(
        "哪些列", list(groups), format_func=lambda g: f"{names[g]} {len(groups[g])}", default="all", required=True, key=f"{base}_which",
        label_visibility="collapsed",
    )  # fmt: skip
    columns = groups[shown]
    if not columns:
        pieces.quiet("没有这样的列。")
        return
    rows = mapping_rows(sheet, columns)
    key = f"{base}_{shown}_{hash(tuple((r['列'], r['读作'], r['空白表示'], *r['把握']) for r in rows))}"
    st.data_editor(
        rows,
        key=key,
        hide_index=True,
        num_rows="fixed",
        placeholder="",
        disabled=["列", "表头", "把握", "样例1", "样例2", "样例3", "空白格"],
        height=min(38 + 33 * len(rows), 458),
        column_config={
            "列": st.column_config.TextColumn(width=40),
            "表头": st.column_config.TextColumn(width=150),
            "读作": st.column_config.SelectboxColumn(options=list(words.values()), width=140, required=True),
            "把握": st.column_config.MultiselectColumn(options=list(SURE), color=list(SURE.values()), width=110),
            **{f"样例{n}": st.column_config.TextColumn(width=140) for n in (1, 2, 3)},
            "空白表示": st.column_config.SelectboxColumn(options=list(BLANKS.values()), width=80),
            "空白格": st.column_config.NumberColumn(width=60),
        },
    )
    pieces.quiet(f"双击“读作”或“空白表示”的格子可以改，改后记住，同样表式的台账下次沿用。选“{KEEP}”的列不参加检查，内容仍随原始行保存。")
    before = (dict(draft.fields), dict(draft.blanks))
    for line, change in st.session_state[key]["edited_rows"].items():
        column = columns[int(line)]
        if "读作" in change:
            draft.fields[sheet.name, column.key] = codes.get(change["读作"])
        if change.get("空白表示") and takes_blank(column.field):
            draft.blanks[sheet.name, column.key] = next(code for code, word in BLANKS.items() if word == change["空白表示"])
    if before != (draft.fields, draft.blanks):
        st.rerun()


def preview(reading: LedgerReading) -> None:
    """The first respondents as read; what was written but not surely understood is marked."""

    def cell(person: dict, name: str, shown: str) -> Html:
        return Html(f'<span class="doubt">存疑 {text(shown)}</span>') if name in person["doubtful"] else text(shown)

    pieces.table(
        ["行", "案件", "县区", "姓名", "单位", "职务", "层级与角色", "责任类型", "问责方式（原文）", "档次", "决定日期"],
        [
            (
                p["row"],
                p["case_no"] or p["title"],
                p["county"],
                p["name"],
                p["unit"],
                p["post"],
                cell(p, "unit_post", f"{label('tier', p['tier'])} {label('role', p['role'])}"),
                cell(p, "responsibility", label("responsibility", p["responsibility"])),
                cell(p, "measures", p["measures_raw"] or ""),
                p["band"] if p["band"] is not None else p["organization_band"],
                cell(p, "decided_on", p["decided_on_raw"] or ""),
            )
            for p in reading.first_rows
        ],
        numbers=[0],
        scroll=True,
    )
    pieces.quiet("“存疑”是台账写了、系统没有把握读懂的格子，导入后相应的检查列为待核。档次为 0 至 9，数字越大处理越重。")


def _set_aside(sheet: SheetReport) -> str:
    parts = [f"{word}第 {'、'.join(map(str, rows))} 行" for word, rows in (("合计", sheet.totals), ("附注", sheet.notes)) if rows]
    return f"另放一边：{'；'.join(parts)}" if parts else ""
