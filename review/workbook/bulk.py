"""Many ledgers in one drop: one receipt for all, and a bad file among them does not stop the others.

``load_many`` is what the command line and the import page use. Of every file all is stored or nothing; small new ones that wait
for each other are stored in one transaction.
"""

import hashlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from review.errors import LedgerError, LoadCancelled
from review.settings import ImportLimits, load_settings
from review.store.database import Database
from review.workbook.bulkstore import Known, store_together
from review.workbook.columns import LedgerChoices
from review.workbook.files import read_file
from review.workbook.load import load_reading, load_watched, remembered_choices
from review.workbook.progress import STORING, Cancelled, Progress, Watch
from review.workbook.readers import Begun, Reader, reader
from review.workbook.reading import LedgerReading
from review.workbook.storing import Receipt

# Readings that are stored in one transaction: enough to make small ledgers cheap, few enough to stay small in memory.
_TOGETHER, _ROWS_TOGETHER = 100, 20_000


@dataclass(frozen=True)
class Failure:
    """A file that was not loaded: why (``title``) and what to do (``advice``); ``cancelled``: the user stopped before or in it."""

    file_name: str
    title: str
    advice: str
    cancelled: bool = False


@dataclass(frozen=True)
class Source:
    """A file of a drop: a path, or bytes with the name to show. ``read`` gives its reading where somebody has read it already and
    perhaps answered its questions; ``again``: to be stored anew even if the same bytes are there under the same answers."""

    content: Path | bytes
    name: str
    read: Callable[[Watch], LedgerReading] | None = None
    again: bool = False


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
    """Load all files of a drop, in order, each all or nothing; returns one receipt for all.

    ``sources``: paths, (name, bytes) pairs or Source objects. ``progress`` is called with a Step at every stage (``step.words`` is the
    line to show, ``step.share`` from 0 to 1 the bar). ``cancelled``: a threading.Event or a function; once it says yes, what is not
    stored yet is left out: such files are Failures with ``cancelled``; those that are stored stay and are in the receipt.
    A file that can't be read is a Failure. Raises LedgerError when there are more files than the settings allow, before any is read.
    """
    files = [_source(source) for source in sources]
    limits = load_settings().import_limits
    if len(files) > limits.files:
        raise LedgerError(
            f"一次放入了 {len(files)} 个文件，超过了 {limits.files} 个的上限，都没有读入。",
            "请分几次导入；上限可在设置文件中用 files 调整。",
        )
    return _Drop(db, choices, actor, Watch(progress, cancelled, len(files)), limits).load(files)


def read_many(
    files: Sequence[tuple[str, bytes, LedgerChoices]], progress: Progress | None = None, cancelled: Cancelled | None = None
) -> Iterator[LedgerReading | LedgerError]:
    """Read files with choices of their own, many of them in other processes: what each says or why it can't be read, in order.

    Nothing is stored. Raises LoadCancelled at the file at which ``cancelled`` says so.
    """
    limits, watch = load_settings().import_limits, Watch(progress, cancelled, len(files))
    with reader(len(files), LedgerChoices(), limits) as read:
        begun, ahead = iter(files), deque()
        for name, _, _ in files:
            while len(ahead) <= read.ahead and (file := next(begun, None)):
                ahead.append(read.begin(file[1], file[0], file[2]))
            watch.file(name)
            try:
                yield ahead.popleft()(watch)
            except LedgerError as fault:
                yield fault


class _Drop:
    """One drop: readings wait until enough of them can be stored together."""

    def __init__(self, db: Database, choices: LedgerChoices | None, actor: str, watch: Watch, limits: ImportLimits):
        self.db, self.given, self.actor, self.watch, self.limits = db, choices, actor, watch, limits
        choices = choices or LedgerChoices()
        self.choices = choices if choices.remembered else replace(choices, remembered=remembered_choices(db))
        self.known = Known(db)
        self.begun: set[str] = set()
        self.entries: list[Receipt | Failure | None] = []
        self.waiting: list[tuple[int, LedgerReading]] = []
        self.wrote = False

    def load(self, files: list[Source]) -> JointReceipt:
        self.entries = [None] * len(files)
        try:
            with reader(sum(file.read is None for file in files), self.choices, self.limits) as read:
                ahead = deque()
                for place, file in enumerate(files):
                    ahead.append((place, file, self._begin(file, read)))
                    if len(ahead) > read.ahead:
                        self._next(*ahead.popleft())
                while ahead:
                    self._next(*ahead.popleft())
            self._store()
        except LoadCancelled:
            for place, file in enumerate(files):
                self.entries[place] = self.entries[place] or _stopped(file)
        if self.wrote:
            self.db.checkpoint()
        return JointReceipt(self.entries)

    def _begin(self, file: Source, read: Reader) -> Begun | LedgerError:
        """Fetch the bytes of a file and have them read, perhaps by another process, while earlier files are taken in."""
        if file.read is not None:
            return Begun(b"", file.name, file.read)
        try:
            content, name = read_file(file.content, file.name, self.limits)
        except LedgerError as fault:
            return fault
        sha256 = hashlib.sha256(content).hexdigest()
        seen = sha256 in self.begun or sha256 in self.known.files or sha256 in self.known.corrected
        self.begun.add(sha256)
        return Begun(content, name, None if seen else read.begin(content, name))

    def _next(self, place: int, file: Source, begun: Begun | LedgerError) -> None:
        self.watch.file(file.name)
        try:
            if isinstance(begun, LedgerError):
                raise begun
            self._take(place, begun, file.again)
        except LedgerError as fault:
            self.entries[place] = Failure(file.name, fault.title, fault.advice)

    def _take(self, place: int, begun: Begun, again: bool) -> None:
        if begun.result is None:
            self._store()
            self.entries[place] = load_watched(self.db, begun.content, begun.name, self.given, self.actor, self.watch, checkpoint=False)
            self.wrote = True
            return
        reading = begun.result(self.watch)
        if again or not self.known.is_new(reading):
            # It tells more of cases that are in the store, perhaps by a ledger of this very drop.
            self._store()
            self.entries[place] = load_reading(self.db, reading, self.actor, again=again, checkpoint=False)
            self.wrote = True
            self.known = Known(self.db)
            return
        self.known.add(reading)
        self.waiting.append((place, reading))
        if len(self.waiting) >= _TOGETHER or sum(r.row_count for _, r in self.waiting) >= _ROWS_TOGETHER:
            self._store()

    def _store(self) -> None:
        if not self.waiting:
            return
        self.watch.tell(STORING)
        receipts = store_together(self.db, [r for _, r in self.waiting], self.actor, self.watch)
        for (place, _), receipt in zip(self.waiting, receipts, strict=True):
            self.entries[place] = receipt
        self.wrote = True
        self.waiting.clear()
        self.watch.done()


def _source(source) -> Source:
    if isinstance(source, Source):
        return source
    if isinstance(source, tuple):
        return Source(source[1], source[0])
    return Source(Path(source), Path(source).name)


def _stopped(file: Source) -> Failure:
    return Failure(file.name, f"“{file.name}”没有读入：导入已取消。", "数据库里没有留下它的任何内容，可以重新导入。", True)
