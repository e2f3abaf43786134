"""How far a load is, told to whoever waits, and the way to stop it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event

from review.errors import LoadCancelled

READING, PARSING, STORING, DONE = "读取文件", "识别和解析", "写入数据库", "完成"
# Share of the time of a load that each stage ends at, as measured on ledgers of 1,000 to 100,000 rows.
_ENDS = {READING: (0.0, 0.4), PARSING: (0.4, 0.8), STORING: (0.8, 1.0), DONE: (1.0, 1.0)}


@dataclass(frozen=True)
class Step:
    """Where a load is. ``number`` of ``files`` (from 1), the ``stage`` in words, the sheet at hand and rows done of it (0: not told),
    ``share`` of the whole load that is done, from 0 to 1 and never falling."""

    file: str
    number: int
    files: int
    stage: str
    sheet: str = ""
    rows: int = 0
    share: float = 0.0

    @property
    def words(self) -> str:
        """One line for the screen, e.g. “第 3/300 个文件 甲县台账.xlsx：读取文件，表“台账”，20000 行”."""
        place = f"第 {self.number}/{self.files} 个文件 " if self.files > 1 else ""
        sheet = f"，表“{self.sheet}”" if self.sheet else ""
        rows = f"，{self.rows} 行" if self.rows else ""
        return f"{place}{self.file}：{self.stage}{sheet}{rows}"


Progress = Callable[[Step], None]
# Says whether to stop: an event that another thread sets, or a function.
Cancelled = Event | Callable[[], bool]


class Watch:
    """Tells steps and notices the wish to stop. One for a load; readers call it between pieces of work."""

    def __init__(self, progress: Progress | None = None, cancelled: Cancelled | None = None, files: int = 1):
        self._progress = progress
        self._cancelled = cancelled.is_set if isinstance(cancelled, Event) else cancelled
        self._now = Step("", 0, files, READING)
        self._share = 0.0

    def file(self, name: str) -> None:
        """The next file is taken up."""
        self._now = Step(name, self._now.number + 1, self._now.files, READING)
        self.tell(READING)

    def tell(self, stage: str, part: float = 0.0, sheet: str = "", rows: int = 0) -> None:
        """A step of the file at hand; ``part`` of the stage that is done. Raises LoadCancelled when the load is to stop."""
        self.check()
        if self._progress is None:
            return
        begin, end = _ENDS[stage]
        files, before = max(1, self._now.files), max(0, self._now.number - 1)
        self._share = max(self._share, min(1.0, (before + begin + (end - begin) * min(1.0, part)) / files))
        self._progress(replace(self._now, stage=stage, sheet=sheet, rows=rows, share=self._share))

    def done(self) -> None:
        """The file at hand is stored: nothing can be cancelled any more."""
        if self._progress is not None:
            self._share = max(self._share, self._now.number / max(1, self._now.files))
            self._progress(replace(self._now, stage=DONE, share=self._share))

    def check(self) -> None:
        """Raise LoadCancelled when the load is to stop."""
        if self._cancelled is not None and self._cancelled():
            raise LoadCancelled("导入已取消。", f"“{self._now.file}”没有读入，数据库里没有留下它的任何内容。" if self._now.file else "")


UNWATCHED = Watch()
