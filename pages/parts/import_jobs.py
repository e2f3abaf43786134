"""Long work of the import page, for threads of pages.parts.jobs: reading many files, loading them, running the checks afterwards."""

from collections.abc import Sequence

from pages.parts.drafts import Draft
from pages.parts.jobs import Job
from review.casework.overview import loaded
from review.checks.engine import run_checks
from review.errors import LedgerError, LoadCancelled
from review.store.database import Database
from review.workbook.bulk import Failure, JointReceipt

QUICK_FILES, QUICK_BYTES = 6, 1_500_000  # what a page reads while it is drawn
_LOADING = 0.85  # share of the work that loading is; the checks take the rest


def is_quick(drafts: Sequence[Draft]) -> bool:
    """Whether reading these files keeps nobody waiting."""
    return len(drafts) <= QUICK_FILES and sum(len(d.data) for d in drafts) <= QUICK_BYTES


def read_all(db: Database, drafts: Sequence[Draft], job: Job) -> int:
    """Read each file; returns how many. A file that is no ledger keeps its fault; what is cancelled stays unread."""
    done = 0
    for number, draft in enumerate(drafts):
        place = f"{number + 1}/{len(drafts)}"
        try:
            draft.reading(db, lambda step, n=number, p=place: job.tell((n + step.share) / len(drafts), f"{p} {step.words}"), job.stop)
        except LoadCancelled:
            break
        except LedgerError:
            pass
        done += 1
    return done


def load_all(db: Database, drafts: Sequence[Draft], job: Job) -> tuple[JointReceipt, str]:
    """Store each file in a transaction of its own, then run the checks; returns the receipt and what the checks said."""
    entries, stopped = [], False
    for number, draft in enumerate(drafts):
        place = f"{number + 1}/{len(drafts)}"
        try:
            if stopped or job.stop.is_set():
                raise LoadCancelled("")
            entries.append(
                draft.load(
                    db, job.actor, lambda step, n=number, p=place: job.tell(_LOADING * (n + step.share) / len(drafts), f"{p} {step.words}"),
                    job.stop,
                )
            )  # fmt: skip
        except LoadCancelled:
            stopped = True
            entries.append(Failure(draft.name, "导入已取消。", "没有留下它的任何内容，可以重新导入。", True))
        except LedgerError as fault:
            entries.append(Failure(draft.name, fault.title, fault.advice))
    receipt = JointReceipt(entries)
    if not receipt.new:
        return receipt, "没有新的内容，检查没有重新运行。"
    db.checkpoint()
    job.can_stop = False
    job.tell(_LOADING, "台账已导入，正在运行检查")
    run = run_checks(db, actor=job.actor)
    state = loaded(db)
    return receipt, (
        f"{run.checks} 项检查已完成，用时 {run.seconds:.1f} 秒。全部台账现有疑似问题 {state.suspects} 条、待核 {state.undetermined} 条；"
        "缺列而没有运行的检查见总览。"
    )
