"""Faults that a person can mend, told in words.

Everything here reaches a reviewer: ``title`` is what went wrong, ``advice`` is what to do now. Any other exception
is a fault of the program; pages and the command line turn it into one sentence with a number and log the trace.
"""


class ReviewError(Exception):
    """A fault with a title (what happened, where) and advice (what to do), both in Chinese."""

    exit_code = 2

    def __init__(self, title: str, advice: str = ""):
        super().__init__(title if not advice else f"{title}{advice}")
        self.title = title
        self.advice = advice


class LedgerError(ReviewError):
    """A file that can't be taken as a ledger at all (empty, damaged, encrypted, another format)."""


class LoadCancelled(ReviewError):
    """The user stopped a load; nothing of the file that was being read is in the store."""

    exit_code = 130


class SettingsError(ReviewError):
    """A settings file that can't be read; the title names file and line."""


class StoreError(ReviewError):
    """The database can't be used as asked."""


class StoreBusy(StoreError):
    """Another process holds the database file."""


class CheckFileError(ReviewError):
    """A check file that is incomplete or does not run; the title names file and line."""


class SampleError(ReviewError):
    """A frame, an allocation or a draw that can't be made as asked."""


class UsageError(ReviewError):
    """A wrong argument on the command line or in a page address."""
