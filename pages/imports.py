"""数据导入: drop files, look, correct, load, receipt; what a newer ledger changed, and the way back."""

import streamlit as st

from pages.parts import frame, import_after, import_jobs, import_parts, jobs, pieces
from pages.parts.drafts import Draft
from review.casework.overview import imports
from review.errors import ReviewError, UsageError

TYPES = ["xlsx", "xlsm", "xls", "csv", "et"]

db = frame.database()
frame.head("数据导入", "放入各单位报来的台账，核对系统读懂了没有，再一次导入并检查；原文和单元格位置全部保留。")
drafts: dict[str, Draft] = st.session_state.setdefault("drafts", {})
reopened: dict[int, Draft] = st.session_state.setdefault("reopened", {})
if said := st.session_state.pop("said", None):
    st.toast(said)
before = imports(db)
known = {row["file_sha256"]: row["import_id"] for row in before}
# A reload of the page brings the address back, and with it the work that goes on or its receipt.
job = jobs.find(st.query_params.get("load") or st.session_state.get("load"))
for other in jobs.others(job and job.key):
    pieces.quiet(f"{other.actor or '另一位同事'}正在{other.title}，{other.started:%H:%M} 开始；您可以照常使用。")


def begin(title: str, actor: str, work) -> None:
    """Start long work and show it."""
    st.session_state["load"] = st.query_params["load"] = jobs.start(title, actor, work).key
    st.rerun()


def reopen(number: int) -> None:
    """Open a loaded ledger again, with the answers that it was read with."""
    try:
        reopened[number] = Draft.of_import(db, number)
    except ReviewError as fault:
        frame.show_fault(fault)
    else:
        st.rerun()


# Drawn while work goes on too: a box that is left out once forgets its files.
with st.container(key="ledger_files"):
    round_number = st.session_state.get("upload_round", 0)
    uploads = st.file_uploader(
        "台账文件", type=TYPES, accept_multiple_files=True, label_visibility="collapsed", key=f"uploads_{round_number}"
    )
if job and job.running:
    jobs.show(job.key)
    if before:
        import_after.earlier(db, before)
    st.stop()

files = import_parts.files_of(db, uploads, drafts, known) + [draft for number, draft in reopened.items() if number in known.values()]
unread = [draft for draft in files if not draft.is_read(db)]
if unread and import_jobs.is_quick(unread):
    with st.spinner(f"正在读取 {len(unread)} 个文件……"):
        import_jobs.read_all(db, unread, jobs.Job("", ""))
elif unread and import_parts.may_read(job, len(unread)):
    begin(f"读取 {len(unread)} 个文件", st.session_state.get("reviewer", ""), lambda running: import_jobs.read_all(db, unread, running))
elif unread:
    files = [draft for draft in files if draft not in unread]

for draft in [draft for draft in files if draft.fault][:3]:
    frame.show_fault(draft.fault)
ready = [draft for draft in files if not draft.fault]
if ready:
    who, go, about = st.columns([3, 4, 5], vertical_alignment="bottom")
    name = who.text_input("导入人", value=st.session_state.get("reviewer", ""), placeholder="姓名")
    again = sum(draft.reopened for draft in ready)
    words = "按新的回答和更正重新读入并检查" if again == len(ready) else f"导入 {len(ready)} 个文件并运行检查"
    asked = go.button(words, type="primary", icon=":material/login:")
    with about:
        pieces.quiet("先看下面各文件读得对不对、有没有要确认的，再点导入；导入后仍可更正。")
    if again and st.button("不改了，关闭打开的台账", icon=":material/close:"):
        reopened.clear()
        st.rerun()
    if asked and not name.strip():
        frame.show_fault(UsageError("没有填写导入人。", "请填写姓名后再导入，记录会连同姓名和时间一起留存。"))
    elif asked:
        frame.need_name(name)
        st.session_state.update(upload_round=round_number + 1, drafts={}, reopened={})
        begin(f"导入 {len(ready)} 个文件", name.strip(), lambda running: import_jobs.load_all(db, ready, running))
    if len(files) > 1:
        pieces.section(f"放入的文件（{len(files)}）")
    one = import_parts.choose(db, files)
    if one.fault:
        frame.show_fault(one.fault)
    else:
        if one.import_id and not one.reopened:
            st.info("这个文件导入过，下面是当时的回答；不改回答和更正，再次导入不会改变任何数据。", icon=":material/info:")
        import_parts.opened(db, one)
elif job and not files:
    if job.fault:
        frame.show_fault(job.fault)
    elif isinstance(job.result, tuple):
        import_after.receipt(*job.result)
if before and not ready:
    chosen = import_after.earlier(db, before)
    if chosen:
        import_after.detail(db, chosen, reopen)
    elif count := sum(row["reject_count"] for row in before):
        import_after.reject_button(db, None, f"导出全部台账未能读入的 {count} 处（Excel）")
elif not files:
    pieces.quiet("还没有导入过台账。各单位自己的表式可以直接导入，系统会认出列名，认不准的会请您确认；还没有台账的，可以下载空白模板填写。")
if not files:
    import_parts.template_button()
