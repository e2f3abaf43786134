"""Who reads the files of a drop: this process, or for many files a few processes of their own, each file in one of them.

Reading is work for one processor a process; the store is written by this one alone, in the order of the drop.
"""

import gc
import logging
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context

import pyarrow as pa

from review.errors import LedgerError
from review.settings import ImportLimits
from review.workbook.columns import LedgerChoices
from review.workbook.progress import Watch
from review.workbook.reading import LedgerReading, read_watched

# Starting a process takes as long as reading some fifty small ledgers.
FEW = 40
_AHEAD_EACH = 6
_PATIENCE = 0.2


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

    def begin(self, content: bytes, name: str) -> Callable[[Watch], LedgerReading]:
        """Have a file read; call the result with a watch to get the reading."""
        return lambda watch: read_watched(content, name, self._choices, watch, self._limits)


class _Apart(Reader):
    """Reads in other processes, some files ahead."""

    def __init__(self, choices: LedgerChoices, limits: ImportLimits, pool: ProcessPoolExecutor, workers: int):
        super().__init__(choices, limits)
        self._pool, self.ahead = pool, _AHEAD_EACH * workers

    def begin(self, content: bytes, name: str) -> Callable[[Watch], LedgerReading]:
        here = super().begin(content, name)
        try:
            future = self._pool.submit(_read, content, name, self._choices, self._limits)
        except (BrokenProcessPool, OSError, RuntimeError):
            return here
        return lambda watch: _wait(future, content, here, watch)


def _wait(future: Future, content: bytes, here: Callable[[Watch], LedgerReading], watch: Watch) -> LedgerReading:
    while True:
        try:
            found = future.result(_PATIENCE)
            break
        except NotYet:
            watch.check()
        except (BrokenProcessPool, OSError) as error:
            # The other process was ended from outside, or could not be started on this machine.
            logging.getLogger("review").warning("reading apart failed, reading here: %s", error)
            return here(watch)
    watch.check()
    if isinstance(found, tuple):
        raise LedgerError(*found)
    return replace(found, content=content, tables={n: pa.ipc.open_stream(t).read_all() for n, t in found.tables.items()})


def _read(content: bytes, name: str, choices: LedgerChoices, limits: ImportLimits) -> LedgerReading | tuple[str, str]:
    """A reading whose tables are bytes (pickled column by column they would take half as long as the reading itself), or what is wrong."""
    try:
        reading = read_watched(content, name, choices, Watch(), limits)
    except LedgerError as fault:
        return fault.title, fault.advice
    return replace(reading, content=b"", tables={n: _as_bytes(t) for n, t in reading.tables.items()})


def _as_bytes(table: pa.Table) -> bytes:
    stream = pa.BufferOutputStream()
    with pa.ipc.new_stream(stream, table.schema) as out:
        out.write_table(table.combine_chunks())
    return stream.getvalue().to_pybytes()


class _NoPandas:
    """Pandas is not here: pyarrow would load it at its first array and never use it, which takes as long as reading thirty ledgers."""

    @staticmethod
    def find_spec(name: str, path=None, target=None) -> None:
        """No module of this name, for all but pandas as if this were not here."""
        if name == "pandas":
            raise ModuleNotFoundError("left out on purpose", name=name)


def _prepare() -> None:
    """For a process that does nothing but read one ledger after another."""
    sys.meta_path.insert(0, _NoPandas)
    # What a reading leaves behind goes without the cycle collector, which would look through all of it after each file.
    gc.set_threshold(500_000)


@contextmanager
def reader(files: int, choices: LedgerChoices, limits: ImportLimits) -> Iterator[Reader]:
    """The reader for a drop of so many files; processes of its own are gone at the end, also when a load is cancelled."""
    workers = min(4, os.cpu_count() or 1)
    if files < FEW or workers < 2:
        yield Reader(choices, limits)
        return
    # Not forked: this process has threads and an open database.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _prepare)
    try:
        yield _Apart(choices, limits, pool, workers)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
