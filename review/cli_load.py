"""The command ``load``: progress on standard error, Ctrl-C, the joint receipt."""

import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from review.store.database import Database
from review.workbook.bulk import JointReceipt, load_many
from review.workbook.columns import LedgerChoices
from review.workbook.progress import DONE, Step
from review.workbook.storing import Receipt

DONE_WELL, ATTENTION, FAILED, STOPPED = 0, 1, 2, 130
_WIDTH = 100
_ASKED = 8  # open questions of a file that are told one by one


def load_files(
    db: Database, files: list[Path], blank: dict[str, str], complete: str | None, actor: str, tell: Callable[[str], None], as_json: bool,
    short_years: bool = False,
) -> tuple[dict, str, int]:  # fmt: skip
    """Load files and say how it goes; returns the result for --json, the text for people and the exit code."""
    choices = LedgerChoices(blank=blank, all_short_years=short_years, **({"complete": complete} if complete else {}))
    show = _Line(sys.stderr) if sys.stderr.isatty() and not as_json else _Files(tell)
    with _Interrupt() as stop:
        done = load_many(db, files, choices, actor, show, stop)
    show.end()
    for failure in done.failures:
        tell(f"{failure.title}{failure.advice}")
    totals = {name: done.total(name) for name in ("rows", "cases", "respondents", "rejects")}
    totals["questions"] = sum(len(r.questions) for r in done.new)
    named = {file.name: str(file) for file in files}
    failed = [{"file": named.get(f.file_name, f.file_name), "title": f.title, "advice": f.advice} for f in done.failures]
    return {"files": done.receipts, "failed": failed, "totals": totals}, _text(done, totals), _code(done, totals)


def _code(done: JointReceipt, totals: dict[str, int]) -> int:
    if any(f.cancelled for f in done.failures):
        return STOPPED
    return FAILED if done.failures else ATTENTION if totals["rejects"] else DONE_WELL


def _text(done: JointReceipt, totals: dict[str, int]) -> str:
    lines = [_line(receipt) for receipt in done.receipts]
    lines.append(
        f"共读入 {len(done.new)} 个文件：数据行 {totals['rows']}，案件 {totals['cases']}，问责对象 {totals['respondents']}，"
        f"未能读入 {totals['rejects']} 处。"
    )
    bad = [f for f in done.failures if not f.cancelled]
    stopped = len(done.failures) - len(bad)
    if bad:
        lines.append(f"有 {len(bad)} 个文件没有读入，原因见上：{'、'.join(f.file_name for f in bad)}。")
    if stopped:
        lines.append(f"已中断：还有 {stopped} 个文件没有读入，数据库里没有留下它们的任何内容；此前读入的文件保持不变。")
    if totals["questions"]:
        lines.append(f"有 {totals['questions']} 处待确认，现按所写的办法读入；可在“数据导入”页面确认：")
        for receipt in done.new:
            lines += [f"  {receipt.file_name}：{text}" for text in receipt.questions[:_ASKED]]
            if len(receipt.questions) > _ASKED:
                lines.append(f"  {receipt.file_name}：另有 {len(receipt.questions) - _ASKED} 处。")
    if totals["rejects"]:
        lines.append("未能读入的内容可导出退回更正：python -m review export rejects --out 未读入.xlsx")
    if done.new:
        lines.append("接着运行检查：python -m review check")
    return "\n".join(lines)


def _line(receipt: Receipt) -> str:
    if receipt.already_loaded:
        return f"{receipt.file_name}：以前已经读入，没有改动。"
    replaced = f"，更新了以前的案件 {receipt.replaced_cases} 件" if receipt.replaced_cases else ""
    return (
        f"{receipt.file_name}：数据行 {receipt.rows}，案件 {receipt.cases}，问责对象 {receipt.respondents}，"
        f"未能读入 {receipt.rejects} 处{replaced}。"
    )


class _Files:
    """One plain line a file, for a log or a pipe."""

    def __init__(self, tell: Callable[[str], None]):
        self._tell = tell
        self._seen = 0

    def __call__(self, step: Step) -> None:
        if step.number != self._seen and step.stage != DONE:
            self._seen = step.number
            self._tell(f"正在读入 {step.file} ……")

    def end(self) -> None:
        """Nothing to clear."""


class _Line:
    """One line that is written over, for a person at a terminal."""

    def __init__(self, stream):
        self._stream = stream

    def __call__(self, step: Step) -> None:
        text = f"{step.share:4.0%} {step.words}"
        # A Chinese character takes two places.
        while sum(2 if ord(letter) > 0x2E7F else 1 for letter in text) > _WIDTH:
            text = text[:-1]
        self._stream.write(f"\r{text}\x1b[K")
        self._stream.flush()

    def end(self) -> None:
        """Clear the line for what comes next."""
        self._stream.write("\r\x1b[K")
        self._stream.flush()


class _Interrupt:
    """Ctrl-C asks the load to stop at its next step instead of breaking in; a second one breaks in."""

    def __enter__(self) -> threading.Event:
        self._event = threading.Event()
        self._before = None
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._asked)
        return self._event

    def _asked(self, number: int, frame: FrameType | None) -> None:
        if self._event.is_set():
            raise KeyboardInterrupt
        self._event.set()

    def __exit__(self, *exc) -> None:
        if self._before is not None:
            signal.signal(signal.SIGINT, self._before)
