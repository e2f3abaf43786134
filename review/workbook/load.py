"""Into the store: a reading becomes an import in one transaction, or nothing does."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from review.errors import LedgerError, StoreError, UsageError
from review.settings import load_settings
from review.store.database import Database, now
from review.workbook.columns import LedgerChoices
from review.workbook.corrections import corrections_of
from review.workbook.files import read_file
from review.workbook.progress import STORING, Cancelled, Progress, Watch
from review.workbook.reading import LedgerReading, read_watched
from review.workbook.storing import AlreadyStored, Receipt, choices_from_json, file_content, keep_content, write_reading


@dataclass(frozen=True)
class Decision:
    """What a user decided about a column of a form: its field (NOT_USED: not to be read), what a blank means; None: nothing decided."""

    layout: str
    key: str
    field: str | None = None
    blank: str | None = None


def load_file(
    db: Database,
    source: Path | str | bytes,
    name: str | None = None,
    choices: LedgerChoices | None = None,
    actor: str = "",
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Receipt:
    """Read a ledger file and store it; the same bytes with the same answers change nothing. Raises LedgerError for an unreadable file,
    LoadCancelled when ``cancelled`` says so before all is stored: then nothing is. See review.workbook.progress for both.

    Corrections that were saved for these bytes are read; answers that differ from those of the last time replace that reading.
    """
    watch = Watch(progress, cancelled)
    watch.file(name or ("台账" if isinstance(source, bytes) else Path(source).name))
    return load_watched(db, source, name, choices, actor, watch)


def load_watched(
    db: Database, source: Path | str | bytes, name: str | None, choices: LedgerChoices | None, actor: str, watch: Watch,
    checkpoint: bool = True,
) -> Receipt:  # fmt: skip
    """load_file for a watch over several files, which folds the log into the database file itself (``checkpoint`` False)."""
    limits = load_settings().import_limits
    content, name = read_file(source, name, limits)
    sha256 = hashlib.sha256(content).hexdigest()
    known = already_loaded(db, sha256)
    if known is not None and (choices is None or choices == LedgerChoices()):
        return known
    choices = choices or LedgerChoices()
    if not choices.remembered:
        choices = replace(choices, remembered=remembered_choices(db))
    if not choices.corrections:
        choices = replace(choices, corrections=corrections_of(db, sha256))
    return _store(db, read_watched(content, name, choices, watch, limits), actor, watch, checkpoint=checkpoint)


def load_reading(
    db: Database,
    reading: LedgerReading,
    actor: str = "",
    progress: Progress | None = None,
    again: bool = False,
    cancelled: Cancelled | None = None,
    checkpoint: bool = True,
) -> Receipt:
    """Store a reading in one transaction. Cases that are in the store already are replaced, their old rows kept in superseded_records.

    The same bytes under the same answers change nothing, unless ``again`` asks for it (the cases they hold are now matched otherwise).
    ``checkpoint`` False: whoever loads many files folds the log into the database file afterwards.
    """
    watch = Watch(progress, cancelled)
    watch.file(reading.file_name)
    return _store(db, reading, actor, watch, again, checkpoint)


def _store(db: Database, reading: LedgerReading, actor: str, watch: Watch, again: bool = False, checkpoint: bool = True) -> Receipt:
    watch.tell(STORING)
    try:
        with db.write(
            "load", actor, file=reading.file_name, sha256=reading.sha256, cases=reading.case_count,
            respondents=reading.respondent_count, rejects=reading.reject_count, complete=reading.choices.complete,
            corrected=len(reading.corrected),
        ) as cur:  # fmt: skip
            receipt = write_reading(cur, reading, actor, again)
            # The last moment at which the load can still be undone by leaving.
            watch.tell(STORING, 0.9)
    except AlreadyStored:
        if file_content(db, reading.sha256) is None:
            # Loaded by an earlier program, which kept no bytes: from now on it can be read again.
            with db.write("keep_file", actor, file=reading.file_name, sha256=reading.sha256) as cur:
                keep_content(cur, reading)
        return already_loaded(db, reading.sha256)
    if checkpoint:
        db.checkpoint()
    watch.done()
    return receipt


def read_again(
    db: Database,
    import_id: int,
    actor: str,
    choices: LedgerChoices | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Receipt:
    """Read the kept bytes of an import once more, under other answers, the corrections of today and today's answers on cases.

    The new reading takes the place of the old one, whose values are kept. Without ``choices`` the answers of the last time hold.
    Raises UsageError for an unknown import, StoreError where the bytes were not kept.
    """
    data, name, before = content_of(db, import_id)
    choices = choices or before
    choices = replace(choices, corrections=choices.corrections or corrections_of(db, hashlib.sha256(data).hexdigest()))
    watch = Watch(progress, cancelled)
    watch.file(name)
    return _store(db, read_watched(data, name, choices, watch), actor, watch, again=True)


def content_of(db: Database, import_id: int) -> tuple[bytes, str, LedgerChoices]:
    """Bytes, file name and answers of an import. Raises UsageError for an unknown import, StoreError where the bytes were not kept."""
    rows = db.rows("SELECT file_name, file_sha256, choices FROM imports WHERE import_id = $id", {"id": import_id})
    if not rows:
        raise UsageError(f"没有第 {import_id} 次导入。", "可能已经撤销；导入编号见“数据导入”页已导入的台账。")
    data = file_content(db, rows[0]["file_sha256"])
    if data is None:
        raise StoreError(
            f"“{rows[0]['file_name']}”是早先版本的程序导入的，没有保存原件。", "请把同一个文件再放入一次，即可更正和改回答。"
        )
    return data, rows[0]["file_name"], choices_from_json(rows[0]["choices"])


def answers_given(db: Database, import_id: int) -> LedgerChoices:
    """The answers that an import was read with; those of a fresh file where an earlier program did not keep them."""
    return choices_from_json(db.scalar("SELECT choices FROM imports WHERE import_id = $id", {"id": import_id}))


def already_loaded(db: Database, sha256: str) -> Receipt | None:
    """The receipt of the reading of these bytes that counts today, None where they were never loaded."""
    found = db.rows("SELECT * FROM current_imports WHERE file_sha256 = $h", {"h": sha256})
    if not found:
        return None
    row = found[0]
    return Receipt(
        row["import_id"], row["file_name"], True, json.loads(row["sheets"]), row["row_count"], row["case_count"], row["respondent_count"],
        row["reject_count"],
    )  # fmt: skip


def remembered_choices(db: Database) -> dict[tuple[str, str], tuple[str | None, str | None]]:
    """What users decided for the columns of each form: {(layout, key of the column): (field, what a blank means)}, the newest of each.

    The field is NOT_USED where the user did not want the column read; None means that nothing was decided.
    """
    rows = db.rows(
        "SELECT layout, header, last(field ORDER BY chosen_at, rowid) FILTER (field IS NOT NULL) AS field, "
        "last(blank_means ORDER BY chosen_at, rowid) FILTER (blank_means IS NOT NULL) AS blank_means "
        "FROM layout_choices GROUP BY layout, header"
    )
    return {(r["layout"], r["header"]): (r["field"], r["blank_means"]) for r in rows}


def remember(db: Database, decisions: Iterable[Decision], actor: str) -> None:
    """Keep what was decided about columns for the next ledger of the same form; no decisions, nothing written."""
    decided = list(decisions)
    if not decided:
        return
    if any(not d.layout or not d.key for d in decided):
        raise LedgerError("没有说明是哪种表式的哪一列。", "请在导入预览中选择列后再保存。")
    with db.write("remember_columns", actor, decisions=[asdict(d) for d in decided]) as cur:
        cur.executemany(
            "INSERT INTO layout_choices VALUES ($layout, $key, $field, $blank, $actor, $at)",
            [asdict(d) | {"actor": actor, "at": now()} for d in decided],
        )
