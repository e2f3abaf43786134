"""Drawn parts of the import page: one file with its sheets, doubts, mapping, preview; receipts; earlier imports."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import streamlit as st

from pages.parts import pieces
from pages.parts.drafts import BLANKS, KEEP, Draft, blank_columns, field_words, mapping_rows, takes_blank
from pages.parts.pieces import Html, text
from review.reports.rejects import write_rejects
from review.store.database import Database
from review.vocabulary.labels import label
from review.workbook.columns import Column, Question
from review.workbook.load import Receipt
from review.workbook.reading import LedgerReading, SheetReport

ANSWERS = {"yes": "是", "no": "否", "unknown": "不清楚"}
SHOWN_REJECTS = 30
TEMPLATE = Path(__file__).resolve().parents[2] / "data" / "问责案件台账模板.xlsx"


def file_summary(reading: LedgerReading) -> str:
    """Counts of a reading in one line."""
    read = sum(sheet.status == "read" for sheet in reading.sheets)
    asked = len([q for q in reading.questions if q.kind != "blank"]) + bool(blank_columns(reading))
    return (
        f"{read} 个工作表，{reading.row_count} 行，{reading.case_count} 件案件，{reading.respondent_count} 名问责对象，"
        f"{reading.reject_count} 处未能读入{f'，**{asked} 项请确认**' if asked else ''}"
    )


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
    doubts = [q for q in reading.questions if q.kind != "blank"]
    blank = blank_columns(reading)
    if not doubts and not blank:
        return
    pieces.section(f"请确认（{len(doubts) + bool(blank)}）")
    _doubts(draft, reading, doubts)
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
            take = lambda key=key, q=question, name=name: draft.fields.update(  # noqa: E731
                {(q.sheet, option): name if option == st.session_state[key] else None for option in q.options}
            )
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


def mapping(draft: Draft, sheet: SheetReport) -> None:
    """All columns of a sheet; field and meaning of blanks can be changed in the table."""
    rows = mapping_rows(sheet)
    words = field_words()
    codes = {word: code for code, word in words.items()}
    key = f"mapping_{draft.sha256[:12]}_{sheet.name}_{hash(tuple((r['读作'], r['空白表示']) for r in rows))}"

    st.data_editor(
        rows,
        key=key,
        hide_index=True,
        num_rows="fixed",
        placeholder="",
        disabled=["列", "表头", "样例", "把握", "空白格"],
        height=min(38 + 33 * len(rows), 420),
        column_config={
            "列": st.column_config.TextColumn(width=40),
            "表头": st.column_config.TextColumn(width=170),
            "样例": st.column_config.TextColumn(width=330),
            "读作": st.column_config.SelectboxColumn(options=list(words.values()), width=150, required=True),
            "把握": st.column_config.TextColumn(width=80),
            "空白表示": st.column_config.SelectboxColumn(options=list(BLANKS.values()), width=90),
            "空白格": st.column_config.NumberColumn(width=60),
        },
    )
    pieces.quiet(f"双击“读作”或“空白表示”的格子可以改。选“{KEEP}”的列不参加检查，内容仍随原始行保存。")
    before = (dict(draft.fields), dict(draft.blanks))
    for line, change in st.session_state[key]["edited_rows"].items():
        column = sheet.columns[int(line)]
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


def rejects(reading: LedgerReading) -> None:
    """The first rejects of a reading."""
    pieces.table(["位置与原因", "原文", "怎么办"], [(r.reason, r.raw, r.advice) for r in reading.rejects[:SHOWN_REJECTS]])
    if reading.reject_count > SHOWN_REJECTS:
        pieces.quiet(f"这里列出前 {SHOWN_REJECTS} 处，导入后可导出全部 {reading.reject_count} 处。")


def receipts(done: Sequence[Receipt], checked: str) -> None:
    """What the last load did."""
    pieces.section("导入回执")
    pieces.table(
        ["文件", "结果", "工作表", "数据行", "案件", "问责对象", "未能读入", "更新已有案件"],
        [
            (
                r.file_name,
                "以前已导入，没有重复读入" if r.already_loaded else "已导入",
                sum(s["status"] == "read" for s in r.sheets),
                r.rows,
                r.cases,
                r.respondents,
                r.rejects,
                r.replaced_cases,
            )
            for r in done
        ],
        numbers=range(2, 8),
    )
    pieces.quiet(checked)
    links = st.container(horizontal=True)
    links.page_link("pages/overview.py", label="看总览", icon=":material/dashboard:")
    links.page_link("pages/findings.py", label="看问题清单", icon=":material/checklist:")


def earlier(db: Database, rows: Sequence[dict]) -> None:
    """Ledgers loaded before; one can be chosen for its rejects."""
    pieces.section(f"已导入的台账（{len(rows)}）")
    picked = st.dataframe(
        [
            {
                "文件": r["file_name"],
                "导入时间": f"{r['imported_at']:%Y-%m-%d %H:%M}",
                "导入人": r["imported_by"],
                "含全部对象": label("answer", r["complete"]),
                "数据行": r["row_count"],
                "案件": r["case_count"],
                "问责对象": r["respondent_count"],
                "未能读入": r["reject_count"],
            }
            for r in rows
        ],
        key=f"imports_{len(rows)}",
        on_select="rerun",
        selection_mode="single-row",
        hide_index=True,
        height=min(38 + 33 * len(rows), 320),
        column_config={"文件": st.column_config.TextColumn(width=340)},
        alt="已导入的台账",
    )
    chosen = rows[picked.selection.rows[0]] if picked.selection.rows else None
    count = chosen["reject_count"] if chosen else sum(r["reject_count"] for r in rows)
    what = f"“{chosen['file_name']}”" if chosen else "全部台账"
    if count:
        reject_button(db, chosen["import_id"] if chosen else None, f"导出{what}未能读入的 {count} 处（Excel）")
    else:
        pieces.quiet(f"{what}没有未能读入的内容。")


def reject_button(db: Database, import_id: int | None, words: str) -> None:
    """Download of the rejects with the original cell addresses."""

    def workbook() -> bytes:
        target = BytesIO()
        write_rejects(db, import_id, target)
        return target.getvalue()

    st.download_button(
        words,
        data=workbook,
        file_name="未能读入的内容.xlsx",
        mime=pieces.EXCEL,
        on_click="ignore",
        icon=":material/download:",
        key=f"rejects_{words}",
    )


def _set_aside(sheet: SheetReport) -> str:
    parts = [f"{word}第 {'、'.join(map(str, rows))} 行" for word, rows in (("合计", sheet.totals), ("附注", sheet.notes)) if rows]
    return f"另放一边：{'；'.join(parts)}" if parts else ""
