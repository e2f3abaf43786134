"""Long work beside the page: a thread of its own, a bar that moves, a way to stop it. A reload of the page finds it again.

The thread never touches Streamlit; it tells a Job, and the page of whoever asks looks at the Job.
"""

import logging
import threading
import traceback
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import streamlit as st

from pages.parts import frame, pieces
from review.errors import ReviewError

LOG = logging.getLogger("review.pages")
KEPT = 30
PATIENCE = 0.6  # seconds: what is done by then shows no bar


@dataclass
class Job:
    """Work of one person. ``words`` and ``share`` (0 to 1) tell how far it is; ``result`` is what the work returned, ``fault`` why not;
    ``can_stop`` False once only the end is left, which nobody can cancel."""

    title: str
    actor: str
    key: str = field(default_factory=lambda: uuid.uuid4().hex[:10])
    started: datetime = field(default_factory=datetime.now)
    words: str = ""
    share: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)
    finished: threading.Event = field(default_factory=threading.Event)
    can_stop: bool = True
    result: object = None
    fault: ReviewError | None = None

    @property
    def running(self) -> bool:
        """Whether the work goes on."""
        return not self.finished.is_set()

    def tell(self, share: float, words: str) -> None:
        """How far the work is."""
        self.share, self.words = min(max(share, 0.0), 1.0), words


@st.cache_resource(show_spinner=False)
def _jobs() -> dict[str, Job]:
    return {}


def start(title: str, actor: str, work: Callable[[Job], object]) -> Job:
    """Begin ``work`` in a thread; short work is done when this returns."""
    job = Job(title, actor)
    known = _jobs()
    for old in [key for key, other in known.items() if not other.running][: max(0, len(known) - KEPT)]:
        known.pop(old, None)
    known[job.key] = job
    threading.Thread(target=_run, args=(job, work), daemon=True, name=f"job-{job.key}").start()
    job.finished.wait(PATIENCE)
    return job


def find(key: str | None) -> Job | None:
    """The job with this key, None for none of this run of the program."""
    return _jobs().get(key or "")


def others(key: str | None) -> list[Job]:
    """Jobs that other people have running."""
    return [job for job in list(_jobs().values()) if job.running and job.key != key]


@st.fragment(run_every=0.5)
def show(key: str) -> None:
    """The bar of a running job with its button to cancel; the page runs again when the job is done."""
    job = find(key)
    if job is None or not job.running:
        st.rerun()
    bar, stop = st.columns([10, 2], vertical_alignment="center")
    bar.progress(job.share, text=frame.plain(f"{job.title}　{job.words}"))
    words, closed = "正在取消……" if job.stop.is_set() else "取消", job.stop.is_set() or not job.can_stop
    if stop.button(words, key=f"cancel_{key}", disabled=closed, icon=":material/close:"):
        job.stop.set()
    pieces.quiet("可以离开本页，回来时仍能看到进度；其他人照常使用。取消后，正在处理的文件不会留下任何内容。")


def _run(job: Job, work: Callable[[Job], object]) -> None:
    try:
        job.result = work(job)
    except ReviewError as fault:
        job.fault = fault
    except Exception as fault:
        number = uuid.uuid4().hex[:8].upper()
        LOG.error("故障 %s\n%s", number, "".join(traceback.format_exception(fault)))
        advice = "请重试一次；若仍出现，请把编号和运行日志交给维护人员。"
        job.fault = ReviewError(f"程序出了故障，编号 {number}，没有完成的一步没有留下任何内容。", advice)
    finally:
        job.finished.set()
