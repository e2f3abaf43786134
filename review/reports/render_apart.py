"""``python -m review.reports.render_apart FOLDER FILE``: render a dumped book at low priority (see review.reports.output)."""

import os
import sys
from pathlib import Path

from review.reports.book import Book
from review.reports.render import render


def main(folder: str, target: str) -> None:
    """Read the book in ``folder`` and write it to ``target``."""
    if hasattr(os, "nice"):  # Windows gets its priority from the parent
        os.nice(10)
    with open(target, "wb") as out:
        render(Book.load(Path(folder)), out)


if __name__ == "__main__":
    main(*sys.argv[1:])
