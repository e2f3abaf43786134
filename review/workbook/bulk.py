"""Many ledgers in one drop: one receipt for all, and a bad file among them does not stop the others.

``load_many`` is what the command line and the import page use. Every file is a transaction of its own: all of it or nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from review.errors import LedgerError, LoadCancelled
from review.settings import load_settings
from review.store.database import Database
from review.workbook.columns import LedgerChoices
from review.workbook.load import load_watched
from review.workbook.progress import Cancelled, Progress, Watch
from review.workbook.storing import Receipt


@dataclass(frozen=True)
class Failure:
    """A file that was not loaded: why (``title``) and what to do (``advice``); ``cancelled``: the user stopped before or in it."""

    file_name: str
    title: str
    advice: str
    cancelled: bool = False


@dataclass(frozen=True)
class Source:
    """A file of a drop: a path, or bytes with the name to show."""

    content: Path | bytes
    name: str


@dataclass(frozen=True)
class JointReceipt:
    """What a drop did. ``entries``: a Receipt or a Failure for every file, in order; the sums count newly loaded files only."""

    entries: list[Receipt | Failure]

    @property
    def receipts(self) -> list[Receipt]:
        """Files that are in the store now, whether loaded today or before."""
        return [e for e in self.entries if isinstance(e, Receipt)]

    @property
    def failures(self) -> list[Failure]:
        """Files that were not loaded."""
        return [e for e in self.entries if isinstance(e, Failure)]

    @property
    def new(self) -> list[Receipt]:
        """Files that were loaded now."""
        return [r for r in self.receipts if not r.already_loaded]

    def total(self, name: str) -> int:
        """Sum of a figure of the receipts (rows, cases, respondents, rejects, replaced_cases, …) over the files loaded now."""
        return sum(getattr(r, name) for r in self.new)


def load_many(
    db: Database,
    sources: Sequence[Path | str | Source | tuple[str, bytes]],
    choices: LedgerChoices | None = None,
    actor: str = "",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> JointReceipt:
    """Load all files of a drop, in order, each in a transaction of its own; returns one receipt for all.

    ``sources``: paths, (name, bytes) pairs or Source objects. ``progress`` is called with a Step at every stage (``step.words`` is the
    line to show, ``step.share`` from 0 to 1 the bar). ``cancelled``: a threading.Event or a function; once it says yes, the file at
    hand is undone and it and all later ones are Failures with ``cancelled``; files before it stay loaded and are in the receipt.
    A file that can't be read is a Failure. Raises LedgerError when there are more files than the settings allow, before any is read.
    """
    files = [_source(source) for source in sources]
    limits = load_settings().import_limits
    if len(files) > limits.files:
        raise LedgerError(
            f"一次放入了 {len(files)} 个文件，超过了 {limits.files} 个的上限，都没有读入。",
            "请分几次导入；上限可在设置文件中用 files 调整。",
        )
    watch = Watch(progress, cancelled, len(files))
    entries: list[Receipt | Failure] = []
    stopped = False
    for file in files:
        if stopped:
            entries.append(_stopped(file))
            continue
        try:
            watch.file(file.name)
            entries.append(load_watched(db, file.content, file.name, choices, actor, watch, checkpoint=False))
        except LoadCancelled:
            stopped = True
            entries.append(_stopped(file))
        except LedgerError as fault:
            entries.append(Failure(file.name, fault.title, fault.advice))
    if any(isinstance(e, Receipt) and not e.already_loaded for e in entries):
        db.checkpoint()
    return JointReceipt(entries)


def _source(source) -> Source:
    if isinstance(source, Source):
        return source
    if isinstance(source, tuple):
        return Source(source[1], source[0])
    return Source(Path(source), Path(source).name)


def _stopped(file: Source) -> Failure:
    return Failure(file.name, f"“{file.name}”没有读入：导入已取消。", "数据库里没有留下它的任何内容，可以重新导入。", True)
