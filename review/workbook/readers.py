"""Who reads the files of a drop: this process, or for many files a few processes of their own, each file in one of them.

Reading is work for one processor a process; the store is written by this one alone, in the order of the drop.
"""

import logging
import os
import pickle
import queue
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from review.errors import LedgerError
from review.settings import ImportLimits
from review.workbook.columns import LedgerChoices
from review.workbook.progress import Watch
from review.workbook.reading import LedgerReading, read_watched

# Starting a process takes as long as reading some thirty small ledgers.
FEW = 40
_AHEAD_EACH = 6
_PATIENCE = 0.2
_GRACE = 10.0
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Begun:
    """A file whose reading was begun: ``result`` waits for it and raises what reading raised; None: it is to be looked at in full."""

    content: bytes
    name: str
    result: Callable[[Watch], LedgerReading] | None


class Reader:
    """Reads in this process, when the result is asked for."""

    ahead = 0

    def __init__(self, choices: LedgerChoices, limits: ImportLimits):
        self._choices, self._limits = choices, limits

    def begin(self, content: bytes, name: str, choices: LedgerChoices | None = None) -> Callable[[Watch], LedgerReading]:
        """Have a file read, with choices of its own or those of the drop; call the result with a watch to get the reading."""
        return lambda watch: read_watched(content, name, choices or self._choices, watch, self._limits)


class _Gone(Exception):
    """The other process was ended from outside, or could not be started on this machine."""


@dataclass
class _Line:
    """The two pipes to a process that reads."""

    ask: BinaryIO
    answers: BinaryIO

    def put(self, message: tuple) -> None:
        """Say something to it."""
        pickle.dump(message, self.ask, pickle.HIGHEST_PROTOCOL)
        self.ask.flush()

    def close(self) -> None:
        """Nobody asks any more: it ends."""
        for end in (self.ask, self.answers):
            with suppress(OSError):
                end.close()


class _Apart(Reader):
    """Reads in other processes, some files ahead. A thread for each process waits for it."""

    def __init__(self, choices: LedgerChoices, limits: ImportLimits, workers: int):
        super().__init__(choices, limits)
        self.ahead = _AHEAD_EACH * workers
        self._processes, self._lines = _start(workers)
        self._free: queue.SimpleQueue[_Line | None] = queue.SimpleQueue()
        for line in self._lines:
            self._free.put(line)
        self._told: set[int] = set()
        self._threads = ThreadPoolExecutor(workers, "reading")

    def begin(self, content: bytes, name: str, choices: LedgerChoices | None = None) -> Callable[[Watch], LedgerReading]:
        here = super().begin(content, name, choices)
        future = self._threads.submit(self._ask, content, name, choices)
        return lambda watch: _wait(future, content, here, watch)

    def _ask(self, content: bytes, name: str, choices: LedgerChoices | None) -> LedgerReading | tuple[str, str]:
        line = self._free.get()
        try:
            if line is None:
                raise _Gone
            if id(line) not in self._told:
                line.put((self._choices, self._limits))
                self._told.add(id(line))
            line.put((content, name, choices))
            return pickle.load(line.answers)
        except (OSError, ValueError, EOFError, pickle.UnpicklingError) as error:
            line = None
            raise _Gone from error
        finally:
            self._free.put(line)

    def close(self, finished: bool) -> None:
        """End the processes: ``finished``: they have nothing to do and may end by themselves; else at once."""
        if not finished:
            _kill(self._processes)
        self._threads.shutdown(wait=True, cancel_futures=True)
        for line in self._lines:
            line.close()
        for process in self._processes:
            try:
                process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                _kill([process])
                process.wait()


def _start(workers: int) -> tuple[list[subprocess.Popen], list[_Line]]:
    """Processes that read, and the lines to them. Raises OSError where this machine does not allow it."""
    command = [sys.executable, "-m", "review.workbook.reading_process"]
    # One thread in each: they share the processors, and a process with threads can't be forked safely.
    environment = os.environ | ONE_THREAD | {"PYTHONUTF8": "1"}
    if sys.platform != "linux":
        processes = [
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=_ROOT, env=environment) for _ in range(workers)
        ]
        return processes, [_Line(p.stdin, p.stdout) for p in processes]
    theirs, lines = [], []
    try:
        for _ in range(workers):
            asked, ask = os.pipe()
            answers, answer = os.pipe()
            theirs += [asked, answer]
            lines.append(_Line(os.fdopen(ask, "wb"), os.fdopen(answers, "rb")))
        process = subprocess.Popen(
            [*command, *map(str, theirs)], stdin=subprocess.DEVNULL, pass_fds=theirs, cwd=_ROOT, env=environment, start_new_session=True
        )
    except OSError:
        for line in lines:
            line.close()
        raise
    finally:
        for descriptor in theirs:
            os.close(descriptor)
    return [process], lines


def _kill(processes: list[subprocess.Popen]) -> None:
    for process in processes:
        if process.poll() is not None:
            continue
        if sys.platform == "linux":
            # With all that it forked.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _wait(future: Future, content: bytes, here: Callable[[Watch], LedgerReading], watch: Watch) -> LedgerReading:
    while True:
        try:
            found = future.result(_PATIENCE)
            break
        except NotYet:
            watch.check()
        except _Gone as error:
            logging.getLogger("review").warning("reading apart failed, reading here: %s", error.__cause__)
            return here(watch)
    watch.check()
    if isinstance(found, tuple):
        raise LedgerError(*found)
    return replace(found, content=content, tables={n: pa.ipc.open_stream(t).read_all() for n, t in found.tables.items()})


@contextmanager
def reader(files: int, choices: LedgerChoices, limits: ImportLimits) -> Iterator[Reader]:
    """The reader for a drop of so many files; processes of its own are gone at the end, also when a load is cancelled."""
    workers = min(4, os.cpu_count() or 1)
    apart = None
    if files >= FEW and workers > 1:
        try:
            apart = _Apart(choices, limits, workers)
        except OSError as error:
            logging.getLogger("review").warning("no process to read apart, reading here: %s", error)
    if apart is None:
        yield Reader(choices, limits)
        return
    finished = False
    try:
        yield apart
        finished = True
    finally:
        apart.close(finished)
