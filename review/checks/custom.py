"""Checks of an office: .sql files of the same format in a folder of its own, taken up without a restart.

Such a file is not trusted: before it may run, its statement is taken apart (one SELECT, no function that writes, reads files or gives
another answer each time, no table that is not documented) and run once on empty tables. A faulty file is told and left out.
"""

import atexit
import json
import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb

from review.checks.checkfile import Check, read_check
from review.checks.faultwords import of_query
from review.checks.judging import judge
from review.checks.prelude import prepare
from review.errors import CheckFileError, ReviewError
from review.settings import load_settings
from review.store.database import MIGRATIONS

ADVICE = "请改正文件后重新运行检查；写法见 docs/add-a-check.md。其他检查不受影响。"
_NODES = {"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"}
_TABLE_FUNCTIONS = {"unnest", "range", "generate_series"}
_CLOCK_WORDS = {"current_date", "current_timestamp", "current_time", "localtime", "localtimestamp", "current_user", "session_user", "user"}
_lock = threading.Lock()


@dataclass(frozen=True)
class FileFault:
    """A file that can't be used. line: 1-based, None where the whole file is meant; check_id: None where the file does not tell."""

    file: str
    line: int | None
    reason: str
    check_id: str | None = None

    @property
    def sentence(self) -> str:
        """文件、行、原因 in one line."""
        return f"自定义检查 {self.file}{f' 第{self.line}行' if self.line else ''}：{self.reason}"


def folder() -> Path:
    """Where the office keeps its checks (settings: checks_folder)."""
    return load_settings().checks_folder


def checks() -> tuple[Check, ...]:
    """The usable checks of the office by id, as the files are now."""
    return _newest()[0]


def faults() -> tuple[FileFault, ...]:
    """Files of the folder that can't be used, with line and reason."""
    return _newest()[1]


def _newest() -> tuple[tuple[Check, ...], tuple[FileFault, ...]]:
    try:
        place = folder()
        files = sorted(place.glob("*.sql"))
        state = tuple((path, path.stat().st_mtime_ns, path.stat().st_size) for path in files)
    except OSError as error:
        return (), (FileFault(str(place), None, f"文件夹读不了（{error.strerror or error}）。"),)
    except ReviewError as error:
        return (), (FileFault("设置文件", None, f"{error.title}{error.advice}"),)
    if not state:
        return (), ()
    with _lock:
        return _read(state)


@lru_cache(maxsize=8)
def _read(state: tuple) -> tuple[tuple[Check, ...], tuple[FileFault, ...]]:
    """``state``: path, time and size of every file, so that a changed file is read anew."""
    good: dict[str, Check] = {}
    bad: list[FileFault] = []
    for path, *_ in state:
        try:
            one = read_check(path, custom=True)
        except CheckFileError as error:
            line = re.search(r"第(\d+)行", error.title)
            bad.append(FileFault(path.name, int(line[1]) if line else None, _without_place(error.title)))
            continue
        fault = FileFault(path.name, 2, f"编号 {one.id} 已用于 {good[one.id].path.name}。", one.id) if one.id in good else prove(one)
        if fault:
            bad.append(fault)
        else:
            good[one.id] = one
    return tuple(good[key] for key in sorted(good)), tuple(bad)


def prove(one: Check) -> FileFault | None:
    """What keeps the check from running, None for a good one: taken apart, then run on empty tables."""
    con = _empty_tables()
    found = _not_allowed(con, one)
    if found:
        place, reason = found
        line = None if place is None else one.sql_line + one.sql.encode()[:place].count(b"\n")
        return FileFault(one.path.name, line, reason, one.id)
    try:
        con.execute("BEGIN TRANSACTION READ ONLY")
        judge(con, one, {p.name: p.value(p.default) for p in one.params})
    except CheckFileError as error:
        return told(one, error)
    finally:
        con.execute("ROLLBACK")
    return None


def told(one: Check, error: CheckFileError) -> FileFault:
    """A fault of a check that was run, with the line of the file."""
    cause = error.__cause__
    if not isinstance(cause, duckdb.Error):
        return FileFault(one.path.name, None, _without_place(error.title), one.id)
    line = re.search(r"^LINE (\d+):", str(cause), re.M)
    # The statement is wrapped: its first line is the second of what was run.
    return FileFault(one.path.name, one.sql_line + int(line[1]) - 2 if line else None, of_query(cause), one.id)


def _without_place(title: str) -> str:
    return re.sub(r"^检查文件 \S+ ?(第\d+行：)?", "", title)


def _not_allowed(con: duckdb.DuckDBPyConnection, one: Check) -> tuple[int | None, str] | None:
    """(byte in the statement, reason) of the first thing that a check may not do."""
    answer = json.loads(con.execute("SELECT json_serialize_sql($sql)", {"sql": one.sql}).fetchone()[0])
    if answer["error"]:
        place = answer.get("position")
        return (int(place) if place else None), f"只能是一条 SELECT 查询，而这里不是，或写法不对。{of_query(answer['error_message'])}"
    if len(answer["statements"]) != 1:
        return None, "只能有一条语句，请删去分号以后的内容。"
    for node, names in _walk(answer["statements"][0], frozenset()):
        if reason := _reason(con, node, names):
            place = node.get("query_location")
            return (place if isinstance(place, int) and place < len(one.sql.encode()) else None), reason
    return None


def _walk(node, names: frozenset[str]):
    """Every node of the tree with the names of the WITH parts that it may use."""
    if isinstance(node, list):
        for item in node:
            yield from _walk(item, names)
    elif isinstance(node, dict):
        here = names | {entry["key"].lower() for entry in (node.get("cte_map") or {}).get("map", ())}
        if node.get("type") == "RECURSIVE_CTE_NODE":
            here |= {node.get("cte_name", "").lower()}
        yield node, here
        for value in node.values():
            yield from _walk(value, here)


def _reason(con: duckdb.DuckDBPyConnection, node: dict, names: frozenset[str]) -> str | None:
    kind = str(node.get("type"))
    if kind.endswith("_NODE") and kind not in _NODES:
        return "只能查询，不能写入或改动数据：请删去 INSERT、UPDATE、DELETE 的部分。"
    if kind == "SHOW_REF":
        return "不能用 DESCRIBE、SHOW、SUMMARIZE：请改写成 SELECT。"
    if kind == "TABLE_FUNCTION" and node["function"]["function_name"].lower() not in _TABLE_FUNCTIONS | _tables(con)[1]:
        return f"不能用表函数 {node['function']['function_name']}：检查只看台账的表，不读文件，请改用 docs/tables.md 里的表。"
    if kind == "BASE_TABLE":
        name = node["table_name"]
        if node.get("schema_name") or node.get("catalog_name"):
            return f"表 {name} 前面不要写库名：请只写表名。"
        if name.lower() not in names | _tables(con)[0]:
            return f"没有名为 {name} 的表；可用的表见 docs/tables.md，检查不能读文件。"
    if node.get("class") == "FUNCTION" and node["function_name"].lower() in _unsteady(con):
        return f'不能用函数 {node["function_name"]}：它会写入、读取环境，或每次给出不同的结果。要用当天日期请写参数 default = "today"。'
    if node.get("class") == "COLUMN_REF" and len(node["column_names"]) == 1 and node["column_names"][0].lower() in _CLOCK_WORDS:
        return f'不能用 {node["column_names"][0]}：每次给出不同的结果。要用当天日期请写参数 default = "today"。'
    return None


@lru_cache(maxsize=1)
def _empty_tables() -> duckdb.DuckDBPyConnection:
    """A database in memory with every table and nothing in it, that can reach no file."""
    con = duckdb.connect(":memory:", config={"python_enable_replacements": "false", "autoload_known_extensions": "false"})
    for file in sorted(MIGRATIONS.glob("[0-9][0-9][0-9]_*.sql")):
        con.execute(file.read_text(encoding="utf-8"))
    con.execute("SET threads = 1")
    con.execute("SET enable_external_access = false")
    con.execute("SET lock_configuration = true")
    prepare(con)
    return con


@atexit.register
def _close() -> None:
    """Let go of the database in memory before the interpreter ends: its library complains of what is still held."""
    for kept in (_tables, _unsteady, _empty_tables):
        kept.cache_clear()


@lru_cache(maxsize=1)
def _tables(con: duckdb.DuckDBPyConnection) -> tuple[set[str], set[str]]:
    """Names of tables and views, and of table macros, that a check may use."""
    tables = con.execute("SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    macros = con.execute("SELECT function_name FROM duckdb_functions() WHERE function_type = 'table_macro' AND NOT internal").fetchall()
    return {name.lower() for (name,) in tables}, {name.lower() for (name,) in macros}


@lru_cache(maxsize=1)
def _unsteady(con: duckdb.DuckDBPyConnection) -> set[str]:
    """Functions that write, ask the surroundings or give another answer each time."""
    rows = con.execute("SELECT DISTINCT function_name FROM duckdb_functions() WHERE stability <> 'CONSISTENT'").fetchall()
    return {name.lower() for (name,) in rows} | {"age", "getenv", "current_localtimestamp", "current_localtime"}
