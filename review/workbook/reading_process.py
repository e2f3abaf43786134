"""A process that does nothing but read one ledger after another: asked over one pipe, answering over another.

``python -m review.workbook.reading_process [ASKED ANSWERS …]``: descriptors of the pipes, a pair for each process. It loads what
reading needs once and makes the further ones by forking, which is safe here: it has no thread and no open database. Without
descriptors it serves standard input and output alone. A process ends when nobody can ask it any more.
"""

import gc
import os
import pickle
import sys
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from typing import BinaryIO

import pyarrow as pa

_FIRST = "案件名称,姓名,单位及职务,问责方式\n资金闲置,张三,财政局局长,诫勉\n".encode()


class _NoPandas:
    """Pandas is not here: pyarrow would load it at its first array and never use it, which takes as long as reading thirty ledgers."""

    @staticmethod
    def find_spec(name: str, path=None, target=None) -> None:
        """No module of this name, for all but pandas as if this were not here."""
        if name == "pandas":
            raise ModuleNotFoundError("left out on purpose", name=name)


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Answer until ``asked`` ends: first (choices, limits) of the drop, then (content, name, choices) of a file each, choices None for
    those of the drop.

    The answer is a reading whose tables are bytes (pickled column by column they would take half as long as the reading itself),
    or title and advice of what is wrong with the file.
    """
    from review.errors import LedgerError
    from review.workbook.progress import Watch
    from review.workbook.reading import read_watched

    with suppress(EOFError, BrokenPipeError):
        of_drop, limits = pickle.load(asked)
        while True:
            content, name, choices = pickle.load(asked)
            try:
                reading = read_watched(content, name, choices or of_drop, Watch(), limits)
                told = replace(reading, content=b"", tables={n: _as_bytes(t) for n, t in reading.tables.items()})
            except LedgerError as fault:
                told = fault.title, fault.advice
            pickle.dump(told, answers, pickle.HIGHEST_PROTOCOL)
            answers.flush()


def _as_bytes(table: pa.Table) -> bytes:
    stream = pa.BufferOutputStream()
    with pa.ipc.new_stream(stream, table.schema) as out:
        out.write_table(table.combine_chunks())
    return stream.getvalue().to_pybytes()


def _prepare() -> None:
    sys.meta_path.insert(0, _NoPandas)
    import_module("review.workbook.earlier_issues")
    from review.workbook.reading import read_ledger

    # The first ledger makes what every further one needs (word lists, patterns): once, for the processes that are forked from here too.
    read_ledger(_FIRST, "台账.csv")
    # What a reading leaves behind goes without the cycle collector, which would look through all of it after each file.
    gc.set_threshold(500_000)
    gc.freeze()


def _own_pair(pairs: list[tuple[int, int]]) -> tuple[int, int]:
    """The pair that this process is to serve; there is one process for each pair when this returns, and each holds its own only."""
    own = pairs[0]
    for pair in pairs[1:]:
        if os.fork() == 0:
            own = pair
            break
    for descriptor in (d for pair in pairs if pair != own for d in pair):
        os.close(descriptor)
    return own


def main(descriptors: list[int]) -> None:
    """Load, divide, serve; the first process goes last."""
    _prepare()
    if not descriptors:
        serve(sys.stdin.buffer, sys.stdout.buffer)
        return
    pairs = list(zip(descriptors[::2], descriptors[1::2], strict=True))
    own = _own_pair(pairs)
    with open(own[0], "rb") as asked, open(own[1], "wb") as answers:
        serve(asked, answers)
    if own == pairs[0]:
        with suppress(ChildProcessError):
            for _ in pairs[1:]:
                os.wait()


if __name__ == "__main__":
    main([int(text) for text in sys.argv[1:]])
