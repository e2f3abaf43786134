"""Long work of the import page, for threads of pages.parts.jobs: reading many files, loading them, running the checks afterwards."""

from collections.abc import Sequence
from contextlib import suppress

from pages.parts.drafts import Draft
from pages.parts.jobs import Job
from review.casework.overview import loaded
from review.checks.engine import run_checks
from review.errors import LoadCancelled
from review.store.database import Database
from review.workbook.bulk import JointReceipt, Source, load_many, read_many
from review.workbook.storing import Receipt

QUICK_FILES, QUICK_BYTES = 6, 1_500_000  # what a page reads while it is drawn
_LOADING = 0.85  # share of the work that loading is; the checks take the rest


def is_quick(drafts: Sequence[Draft]) -> bool:
    """Whether reading these files keeps nobody waiting."""
    return len(drafts) <= QUICK_FILES and sum(len(d.data) for d in drafts) <= QUICK_BYTES


def read_all(db: Database, drafts: Sequence[Draft], job: Job) -> int:
    """Read each file; returns how many. A file that is no ledger keeps its fault; what is cancelled stays unread."""
    done = 0
    files = [(draft.name, draft.data, draft.choices(db)) for draft in drafts]
    with suppress(LoadCancelled):
        for draft, found in zip(drafts, read_many(files, lambda step: job.tell(step.share, step.words), job.stop), strict=True):
            draft.take(db, found)
            done += 1
    return done


def load_all(db: Database, drafts: Sequence[Draft], job: Job) -> tuple[JointReceipt, str]:
    """Store all files as they were read, each all or nothing, then run the checks; returns the receipt and what the checks said."""
    sources = [Source(draft.data, draft.name, lambda watch, draft=draft: draft.reading(db), draft.reopened) for draft in drafts]
    receipt = load_many(db, sources, actor=job.actor, progress=lambda step: job.tell(_LOADING * step.share, step.words), cancelled=job.stop)
    for draft, entry in zip(drafts, receipt.entries, strict=True):
        if isinstance(entry, Receipt):
            draft.remember(db, job.actor)
    if not receipt.new:
        return receipt, "没有新的内容，检查没有重新运行。"
    job.can_stop = False
    job.tell(_LOADING, "台账已导入，正在运行检查")
    run = run_checks(db, actor=job.actor)
    state = loaded(db)
    return receipt, (
        f"{run.checks} 项检查已完成，用时 {run.seconds:.1f} 秒。全部台账现有疑似问题 {state.suspects} 条、待核 {state.undetermined} 条；"
        "缺列而没有运行的检查见总览。"
    )
