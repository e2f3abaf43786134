"""数据导入: drop files, look, correct, load, receipt."""

import streamlit as st

from pages.parts import frame, import_parts, pieces
from pages.parts.drafts import Draft
from review.casework.overview import imports, loaded
from review.checks.engine import run_checks
from review.errors import LedgerError, UsageError

TYPES = ["xlsx", "xlsm", "xls", "csv", "et"]

db = frame.database()
frame.head("数据导入", "放入各单位报来的台账，核对系统读懂了没有，再一次导入并检查；原文和单元格位置全部保留。")
drafts: dict[str, Draft] = st.session_state.setdefault("drafts", {})
before = imports(db)
known = {row["file_sha256"]: row for row in before}

with st.container(key="ledger_files"):
    round_number = st.session_state.get("upload_round", 0)
    uploads = st.file_uploader(
        "台账文件", type=TYPES, accept_multiple_files=True, label_visibility="collapsed", key=f"uploads_{round_number}"
    )
files = [Draft(upload.name, upload.getvalue()) for upload in uploads]
files = [drafts.setdefault(f"{draft.name}|{draft.sha256}", draft) for draft in files]

# Above the files, because a preview is long.
bar = st.container()
ready = []
for draft in files:
    old = known.get(draft.sha256)
    try:
        with st.spinner(f"正在读取“{draft.name}”……"):
            reading = draft.reading(db)
    except LedgerError as fault:
        frame.show_fault(fault)
        continue
    ready.append(draft)
    with st.expander(
        f"**{frame.plain(draft.name)}**　{import_parts.file_summary(reading)}", expanded=len(files) == 1, icon=":material/table:"
    ):
        if old:
            st.info(f"这个文件已于 {old['imported_at']:%Y-%m-%d %H:%M} 导入过，再次导入不会改变任何数据。", icon=":material/info:")
        import_parts.completeness(draft)
        import_parts.sheets(reading)
        import_parts.questions(draft, reading)
        for sheet in reading.sheets:
            if sheet.status == "read":
                pieces.section(f"列的对应：{sheet.name}")
                import_parts.mapping(draft, sheet)
        pieces.section(f"预览：前 {len(reading.first_rows)} 名问责对象")
        import_parts.preview(reading)
        if reading.rejects:
            pieces.section(f"未能读入的内容（{reading.reject_count}）")
            import_parts.rejects(reading)

if ready:
    who, go, about = bar.columns([3, 4, 5], vertical_alignment="bottom")
    with about:
        pieces.quiet("先看下面各文件读得对不对、有没有要确认的，再点导入；导入后仍可更正台账重新导入。")
    name = who.text_input("导入人", value=st.session_state.get("reviewer", ""), placeholder="姓名")
    asked = go.button(f"导入 {len(ready)} 个文件并运行检查", type="primary", icon=":material/login:")
    if asked and not name.strip():
        with bar:
            frame.show_fault(UsageError("没有填写导入人。", "请填写姓名后再导入，记录会连同姓名和时间一起留存。"))
    elif asked:
        frame.need_name(name)
        done = []
        with bar.status("正在导入……") as progress:
            for draft in ready:
                stage = f"{draft.name}："
                progress.update(label=f"{stage}写入数据库")
                done.append(draft.load(db, name.strip()))
            progress.update(label="正在运行检查")
            run = run_checks(db, actor=name.strip())
        now = loaded(db)
        words = (
            f"{run.checks} 项检查已完成，用时 {run.seconds:.1f} 秒。全部台账现有疑似问题 {now.suspects} 条、待核 {now.undetermined} 条；"
            "缺列而没有运行的检查见总览。"
        )
        st.session_state.update(receipts=(done, words), upload_round=round_number + 1, drafts={})
        st.rerun()
if "receipts" in st.session_state and not files:
    import_parts.receipts(*st.session_state["receipts"])
if before:
    import_parts.earlier(db, before)
elif not files:
    pieces.quiet("还没有导入过台账。各单位自己的表式可以直接导入，系统会认出列名，认不准的会请您确认；还没有台账的，可以下载空白模板填写。")
if not files:
    import_parts.template_button()
