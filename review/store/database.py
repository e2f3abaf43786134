"""The one DuckDB file: opening, migrating, reading with a cursor of one's own, writing under one lock.

One process owns the file. Inside it every read takes its own cursor (a shared connection hands one thread's rows to
another), every write goes through :meth:`Database.write`: one lock, one transaction, one audit line, one step of the
data version that cached figures are keyed by.
"""

import json
import os
import re
import shutil
import threading
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import duckdb

from review.errors import StoreBusy, StoreError

MIGRATIONS = Path(__file__).parent / "migrations"
DEFAULT_PATH = Path(__file__).resolve().parents[2] / "data" / "review.duckdb"
# Readable by DuckDB 1.5 too: an office that goes back one version keeps its data.
STORAGE_VERSION = "v1.5.0"
KEPT_BACKUPS = 10

_open: dict[Path, "Database"] = {}
_open_lock = threading.Lock()


def open_database(path: Path | str | None = None) -> "Database":
    """The database at ``path`` (default data/review.duckdb), created and migrated where needed; one object per file and process.

    Raises StoreBusy when another process holds the file, StoreError when it can't be opened or is newer than this program.
    """
    resolved = Path(path or DEFAULT_PATH).resolve()
    with _open_lock:
        if resolved not in _open:
            _open[resolved] = Database(resolved)
        return _open[resolved]


class Database:
    """An open database file. Use :func:`open_database`."""

    def __init__(self, path: Path):
        self.path = path
        self._write_lock = threading.RLock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = _connect(path)
        try:
            self._migrate()
            _lock_down(self._connection, path)
        except BaseException:
            self._connection.close()
            raise

    def _migrate(self) -> None:
        con = self._connection
        con.execute("CREATE TABLE IF NOT EXISTS meta (key VARCHAR PRIMARY KEY, value BIGINT NOT NULL)")
        con.execute("INSERT OR IGNORE INTO meta VALUES ('schema_version', 0), ('data_version', 0)")
        done = con.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()[0]
        files = {int(f.name[:3]): f for f in sorted(MIGRATIONS.glob("[0-9][0-9][0-9]_*.sql"))}
        if done > max(files):
            raise StoreError(
                f"数据库 {self.path.name} 由更新版本的程序建立（结构版本 {done}，本程序只认识到 {max(files)}）。",
                "请升级程序后再打开，数据没有改动。",
            )
        for number in sorted(n for n in files if n > done):
            con.execute("BEGIN")
            try:
                con.execute(files[number].read_text(encoding="utf-8"))
                con.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", [number])
                con.execute("COMMIT")
            except duckdb.Error:
                con.execute("ROLLBACK")
                raise

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor of its own for one thread; close it or use it in ``with``."""
        return self._connection.cursor()

    def rows(self, sql: str, params: dict | list | None = None) -> list[dict]:
        """Rows of a query as dicts in column order."""
        with self.cursor() as cur:
            result = cur.execute(sql, params) if params is not None else cur.execute(sql)
            if result.description is None:
                return []
            names = [d[0] for d in result.description]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    def frame(self, sql: str, params: dict | list | None = None):
        """Rows of a query as a pandas DataFrame."""
        with self.cursor() as cur:
            return (cur.execute(sql, params) if params is not None else cur.execute(sql)).df()

    def scalar(self, sql: str, params: dict | list | None = None):
        """First value of the first row, None when there is no row."""
        with self.cursor() as cur:
            row = (cur.execute(sql, params) if params is not None else cur.execute(sql)).fetchone()
            return None if row is None else row[0]

    def data_version(self) -> int:
        """Number that rises with every write; the key of everything cached."""
        return self.scalar("SELECT value FROM meta WHERE key = 'data_version'")

    @contextmanager
    def write(self, action: str, actor: str, before: Callable[[duckdb.DuckDBPyConnection], None] | None = None, **details):
        """One transaction: yields a cursor, then writes the audit line, raises the data version and commits; any error undoes all.

        ``details`` is what the audit line keeps as JSON. ``before`` works on the cursor ahead of the transaction, under the same lock:
        for TEMP tables, whose making may fail without undoing anything.
        """
        with self._write_lock, self.cursor() as cur:
            if before:
                before(cur)
            cur.execute("BEGIN")
            try:
                yield cur
                cur.execute(
                    "INSERT INTO audit_log VALUES (nextval('audit_ids'), $at, $actor, $action, $details)",
                    {"at": now(), "actor": actor, "action": action, "details": json.dumps(details, ensure_ascii=False, default=str)},
                )
                cur.execute("UPDATE meta SET value = value + 1 WHERE key = 'data_version'")
                cur.execute("COMMIT")
            except BaseException:
                cur.execute("ROLLBACK")
                raise

    def checkpoint(self) -> None:
        """Fold the log into the file, e.g. after a load."""
        with self._write_lock, self.cursor() as cur:
            cur.execute("CHECKPOINT")

    def backup(self, target: Path | str) -> Path:
        """Copy the database to the file ``target`` while holding writers back; raises StoreError if it exists or can't be written.

        The database writes the copy itself. Reading the open file here would let go of it: on Linux a process loses its lock
        on a file as soon as it closes any handle to it; Windows refuses to read it at all.
        """
        target = Path(target)
        if target.exists():
            raise StoreError(f"备份文件 {target} 已存在。", "请换一个文件名，已有备份不会被覆盖。")
        unfinished = backup_folder(self.path) / f"unfinished-{os.getpid()}.duckdb"
        try:
            unfinished.parent.mkdir(exist_ok=True)
            unfinished.unlink(missing_ok=True)
            with self._write_lock, self.cursor() as cur:
                own = cur.execute("SELECT current_database()").fetchone()[0].replace('"', '""')
                cur.execute(f"ATTACH '{_quoted(unfinished)}' AS backup_copy (STORAGE_VERSION '{STORAGE_VERSION}')")
                try:
                    cur.execute(f'COPY FROM DATABASE "{own}" TO backup_copy')
                finally:
                    cur.execute("DETACH backup_copy")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(unfinished, target)
        except OSError as error:
            raise StoreError(f"备份文件 {target} 写不进去（{error.strerror}）。", "请确认文件夹可以写入、磁盘未满，再重试。") from error
        return target

    def close(self) -> None:
        """Close the file so that another process can open it."""
        with _open_lock:
            _open.pop(self.path, None)
            self._connection.close()


def now() -> datetime:
    """Wall clock of this machine to the microsecond: what people compare with their own notes."""
    return datetime.now()


def backup_folder(path: Path) -> Path:
    """Where backups of the database file ``path`` lie."""
    return path.parent / "backups"


def backup_at_start(path: Path | str | None = None) -> Path | None:
    """Copy the database file, which nobody may hold open, to backups/ beside it; keep the newest ten. None without a file."""
    source = Path(path or DEFAULT_PATH).resolve()
    if not source.exists():
        return None
    folder = backup_folder(source)
    folder.mkdir(exist_ok=True)
    target = folder / f"{source.stem}-{now():%Y%m%d-%H%M%S}.duckdb"
    shutil.copyfile(source, target)
    log = source.with_name(source.name + ".wal")
    if log.exists():
        shutil.copyfile(log, target.with_name(target.name + ".wal"))
    for old in sorted(folder.glob(f"{source.stem}-*.duckdb"))[:-KEPT_BACKUPS]:
        old.unlink()
        old.with_name(old.name + ".wal").unlink(missing_ok=True)
    return target


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    config = {
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "python_enable_replacements": "false",
        "storage_compatibility_version": STORAGE_VERSION,
        # Never chosen for our texts, but weighing it up takes a fifth of the time of storing a long ledger.
        "disabled_compression_methods": "fsst",
    }
    try:
        return duckdb.connect(str(path), config=config)
    except duckdb.IOException as error:
        text = str(error)
        if "lock" in text.lower() or "being used by another process" in text.lower():
            holder = re.search(r"PID (\d+)", text)
            who = f"（进程号 {holder.group(1)}）" if holder else ""
            raise StoreBusy(
                f"数据库 {path} 正被另一个程序使用{who}。",
                "请先关闭打开着的评查系统页面程序或另一条正在运行的命令，再重试；数据没有改动。",
            ) from error
        raise StoreError(f"数据库 {path} 打不开：{text.splitlines()[0]}", "请从 data/backups 中恢复最近的备份。") from error
    except duckdb.Error as error:
        raise StoreError(
            f"数据库 {path} 打不开：{str(error).splitlines()[0]}", "请从 data/backups 中恢复最近的备份。"
        ) from error


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _lock_down(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """No statement may read or write files other than backups, load extensions or change settings from here on."""
    con.execute(f"SET threads = {max(1, min(4, os.cpu_count() or 1))}")
    con.execute(f"SET allowed_directories = ['{_quoted(backup_folder(path))}']")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
