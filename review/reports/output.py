"""Handing a workbook over: at once when it is short, from a low-priority process of its own when it is long."""

import os
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from review.errors import ReviewError
from review.reports.book import Book
from review.reports.render import render

LONG = 5_000  # rows over all sheets; below it a page does not notice the rendering
_ROOT = Path(__file__).resolve().parents[2]


class OutputError(ReviewError):
    """The file can't be written where it was asked for."""


def deliver(book: Book, target: Path | str | BytesIO, long: int = LONG) -> None:
    """Write ``book`` to a path or into a BytesIO. More than ``long`` rows are rendered by a process that others don't wait for.

    A file appears whole or not at all. Raises OutputError when it can't be written, e.g. because Excel has it open.
    """
    content = BytesIO()
    if book.rows > long:
        content.write(_render_apart(book))
    else:
        render(book, content)
    if isinstance(target, BytesIO):
        target.write(content.getvalue())
    else:
        _place(content.getvalue(), Path(target))


def _render_apart(book: Book) -> bytes:
    with tempfile.TemporaryDirectory(prefix="review-export-") as name:
        folder = Path(name)
        book.dump(folder)
        finished = folder / "finished.xlsx"
        flags = {}
        if sys.platform == "win32":
            flags["creationflags"] = subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NO_WINDOW
        done = subprocess.run(
            [sys.executable, "-m", "review.reports.render_apart", str(folder), str(finished)],
            cwd=_ROOT,
            capture_output=True,
            env=os.environ | {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
            **flags,
        )
        if done.returncode:
            raise RuntimeError(f"rendering a workbook failed:\n{done.stderr.decode('utf-8', 'replace')}")
        return finished.read_bytes()


def _place(content: bytes, path: Path) -> None:
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        os.replace(unfinished, path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        reason = "可能正在 Excel 或 WPS 中打开" if isinstance(error, PermissionError) else (error.strerror or "未知原因")
        raise OutputError(f"文件 {path} 写不进去（{reason}）。", "请关闭打开着的同名文件，或换一个文件名或文件夹，再导出一次。") from error
