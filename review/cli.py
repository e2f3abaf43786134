"""The command line: ``python -m review load | check | sample | change | assign | progress | verify | export | undo | demo | backup | sql``.

Results go to standard output (Chinese tables, or one JSON document with ``--json``), everything else to standard error.
Exit codes: 0 done; 1 done, but something needs attention (``load`` met rejects, ``verify`` found a difference); 2 wrong use,
bad input or a fault.
"""

import getpass
import glob
import logging
import os
import sys
import tempfile
import traceback
import uuid
from argparse import SUPPRESS
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from review.arguments import Arguments
from review.cli_review import assign_arguments, assign_sample, progress_arguments, tell_progress
from review.cli_sample import change_arguments, change_sample, draw_sample, sample_arguments
from review.cli_screen import table, to_json
from review.errors import ReviewError, UsageError
from review.store.database import DEFAULT_PATH, Database, open_database

LOG_FILE = DEFAULT_PATH.parent / "logs" / "command.log"
ATTENTION = 1


@dataclass(frozen=True)
class Outcome:
    """What a command has to say: ``result`` for --json, ``text`` for people, and the exit code."""

    result: object
    text: str
    code: int = 0


def load(options) -> Outcome:
    """Read ledgers, each all or nothing, with one receipt; one that fails does not stop the others, Ctrl-C stops at once."""
    from review.cli_load import load_files

    blank = dict(_blank_choice(text) for text in options.blank)
    db, files = open_database(options.db), _expand(options.files)
    return Outcome(*load_files(db, files, blank, options.complete, _actor(), tell, options.as_json, options.short_years))


def check(options) -> Outcome:
    """Run all checks, or those named."""
    from review.checks import engine
    from review.checks.results import remark

    db = _existing(options.db)
    summary = engine.run_checks(db, only=options.checks or None, actor=_actor())
    for fault in summary.broken:
        tell(f"{fault.sentence}其他检查不受影响。")
    rows = [row | {"remark": remark(row)} for row in engine.counts(db) if not options.checks or row["check_id"] in options.checks]
    titles = {"check_id": "编号", "title": "检查规则", "level": "程度", "suspect": "疑似", "undetermined": "待核", "clear": "符合",
              "exempt": "不适用", "not_run": "未运行", "remark": "说明"}  # fmt: skip
    left_out = f"（停用 {len(summary.off)} 条没有运行）" if summary.off else ""
    text = (
        f"{table(rows, titles)}\n运行 {summary.checks} 条规则{left_out}，疑似 {summary.suspect}，待核 {summary.undetermined}，"
        f"用时 {summary.seconds:.1f} 秒。\n"
        "疑似须经人工核实；待核、未运行表示台账缺少判断所需的内容，不等于没有问题。"
    )
    return Outcome({"summary": summary, "checks": rows}, text)


def sample(options) -> Outcome:
    """Draw a sample and store it."""
    return Outcome(*draw_sample(_existing(options.db), options, _actor()))


def change(options) -> Outcome:
    """Enlarge a sample, replace a case, let late cases join."""
    return Outcome(*change_sample(_existing(options.db), options, _actor()))


def assign(options) -> Outcome:
    """Give the cases of a sample to reviewers."""
    return Outcome(*assign_sample(_existing(options.db), options, _actor()))


def progress(options) -> Outcome:
    """How far the review of a sample is."""
    return Outcome(*tell_progress(_existing(options.db), options))


def verify(options) -> Outcome:
    """Draw again from the stored frame and compare."""
    from review.sampling import draw

    found = draw.verify(_existing(options.db), options.sample_id)
    lines = ["重新抽取的结果与登记的完全一致。" if found.ok else "重新抽取的结果与登记的不一致："]
    lines += [*found.differences, *found.today]
    return Outcome(found, "\n".join(lines), 0 if found.ok else ATTENTION)


def export(options) -> Outcome:
    """Write an Excel workbook."""
    db = _existing(options.db)
    target = options.out
    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"文件名 {target.name} 不是 .xlsx。", "导出的都是 Excel 文件，请以 .xlsx 结尾。")
    if options.what == "issues":
        from review.casework.findings import FindingFilter
        from review.reports.issue_list import write_issue_list

        chosen = {"counties": options.county, "checks": options.check, "levels": options.level, "verdicts": options.verdict or ["suspect"]}
        rows = write_issue_list(db, FindingFilter(**{name: tuple(values) for name, values in chosen.items()}), target)
    elif options.what == "sample":
        from review.reports.sample_list import write_sample_list

        rows = write_sample_list(db, options.sample or _newest_sample(db), target)
    elif options.what == "rejects":
        from review.reports.rejects import write_rejects

        rows = write_rejects(db, options.import_id, target)
    elif options.what == "columns":
        from review.reports.column_requests import write_column_requests

        rows = write_column_requests(db, target)
    else:
        from review.reports.overview_report import write_overview

        rows = write_overview(db, target)
    return Outcome({"file": str(target), "rows": rows}, f"已导出 {rows} 条到 {target}")


def demo(options) -> Outcome:
    """Write ledgers of a city that does not exist."""
    from review.demo import write_demo

    seed = {} if options.seed is None else {"seed": options.seed}
    made = write_demo(options.out, cases=options.cases, **seed)
    text = (
        f"已在 {made.folder} 写出 {len(made.files)} 个演示台账：案件 {made.cases} 件，问责对象 {made.respondents} 个，"
        f"埋入问题 {made.planted} 处（答案在 {made.truth.name}）。\n读入：python -m review load {made.folder / '*台账.*'}"
    )
    return Outcome(made, text)


def undo(options) -> Outcome:
    """Take an import back as a whole."""
    from review.workbook.undo import undo_import

    done = undo_import(_existing(options.db), options.import_id, _actor())
    text = (
        f"已撤销第 {done.import_id} 次导入（{done.file_name}）：去掉案件 {done.cases} 件、问责对象 {done.respondents} 名，"
        f"恢复为导入前内容的案件 {done.restored} 件"
        f"{f'，收回由它促成的撤销或恢复 {done.taken_back} 件' if done.taken_back else ''}。\n接着重新运行检查：python -m review check"
    )
    return Outcome(done, text)


def backup(options) -> Outcome:
    """Copy the database to a new file."""
    target = _existing(options.db).backup(options.file)
    return Outcome({"file": str(target), "bytes": target.stat().st_size}, f"已备份到 {target}（{target.stat().st_size / 2**20:.1f} MB）")


def sql(options) -> Outcome:
    """Answer a question in SQL; nothing can be written."""
    db = _existing(options.db)
    with db.cursor() as cursor:
        try:
            kinds = [statement.type.name for statement in cursor.extract_statements(options.query)]
            if len(kinds) != 1 or kinds[0] not in ("SELECT", "EXPLAIN"):
                raise UsageError("sql 命令只能查询，且一次只能写一条语句。", "可用 SELECT、WITH、FROM、DESCRIBE、SHOW、SUMMARIZE。")
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            result = cursor.execute(options.query)
            names = [column[0] for column in result.description]
            json_columns = {i for i, column in enumerate(result.description) if str(column[1]) == "JSON"}
            rows = [_named(names, row, json_columns) for row in result.fetchall()]
        except duckdb.Error as error:
            raise UsageError(f"查询没有执行成功：{str(error).strip()}", "\n表和列的说明见 docs/tables.md。") from error
    return Outcome(rows, f"{table(rows)}\n（{len(rows)} 行）")


def _named(names: list[str], row: tuple, json_columns: set[int]) -> dict:
    import json

    values = (json.loads(value) if i in json_columns and value is not None else value for i, value in enumerate(row))
    return dict(zip(names, values, strict=True))


def parser() -> Arguments:
    """All commands with their arguments; --db and --json may stand before or after the command."""

    def common(to: Arguments) -> Arguments:
        to.add_argument("--db", metavar="文件", type=Path, default=SUPPRESS, help="数据库文件，默认 data/review.duckdb")
        to.add_argument("--json", action="store_true", default=SUPPRESS, help="在标准输出给出一个 JSON 文档，提示写到标准错误")
        return to

    top = Arguments(
        prog="python -m review", description="问责案件质量评查：命令行",
        epilog="退出码：0 完成；1 完成但有需要处理的内容（load 有未能读入的内容、verify 不一致）；2 用法或输入有误、程序故障。",
    )  # fmt: skip
    common(top)
    commands = top.add_subparsers(title="命令", metavar="命令", dest="command", required=True)

    def command(name: str, run: Callable, help: str) -> Arguments:
        added = common(commands.add_parser(name, help=help, description=help))
        added.set_defaults(run=run)
        return added

    one = command("load", load, "读入台账（可多个文件；读过的同一文件不会重复读入）")
    one.add_argument("files", nargs="+", metavar="文件", help=".xlsx .xlsm .xls .csv，可用通配符")
    one.add_argument("--complete", choices=("yes", "no", "unknown"), help="台账是否列全了每件案件的问责对象，默认 yes")
    one.add_argument("--blank", metavar="列名=not_done", action="append", default=[], help="该列的空白表示未履行；不写则空白算不清楚")
    one.add_argument("--short-years", action="store_true", help="只写两位的年份（如 23.3.15）按 20××年读；不写则按未知，列为待确认")
    one = command("check", check, "运行检查规则")
    one.add_argument("checks", nargs="*", metavar="编号", help="只运行这些规则，如 O01 P04；不写为全部")
    one = command("sample", sample, "抽取评查样本并登记")
    one.add_argument("--from", dest="start", metavar="日期", type=_date, required=True, help="评查期间的第一天，如 2023-01-01")
    one.add_argument("--to", dest="end", metavar="日期", type=_date, required=True, help="评查期间的最后一天")
    one.add_argument("--ratio", metavar="比例", default="0.2", help="抽取比例，不低于 0.2（默认）")
    one.add_argument("--seed", metavar="文字", required=True, help="随机种子：事先公开约定的一句话或号码")
    one.add_argument("--by", metavar="分层", default="county", help="county（默认）、level、domain、band、finding，可用 + 相连")
    one.add_argument("--level", choices=("city", "county"), action="append", help="只抽这一级的案件；不写为市、县两级")
    one.add_argument("--undated", choices=("apart", "include"), default="apart", help="看不出是否在期内办结的案件：单列（默认）或列入")
    sample_arguments(one)
    one = command("change", change, "变动一次抽样：扩大、替换、迟到案件加入")
    change_arguments(one)
    assign_arguments(command("assign", assign, "把名单上的案件分配给评查人（排不下时退出码为 1）"))
    progress_arguments(command("progress", progress, "一次抽样评查到哪里了，按评查人和县区"))
    one = command("verify", verify, "按登记的种子重新抽取并比对")
    one.add_argument("sample_id", metavar="抽样编号")
    one = command("export", export, "导出 Excel")
    one.add_argument("what", choices=("issues", "sample", "rejects", "columns", "report"), metavar="内容",
                     help="issues 问题清单，sample 抽样名单，rejects 未能读入的内容，columns 要补的列，report 检查情况一览")  # fmt: skip
    one.add_argument("--out", metavar="文件", type=Path, required=True, help="要写出的 .xlsx 文件")
    one.add_argument("--sample", metavar="抽样编号", help="sample：哪一次抽样，默认最近一次")
    one.add_argument("--import", dest="import_id", metavar="编号", type=int, help="rejects：哪一次导入，默认全部")
    one.add_argument("--county", metavar="县区", action="append", default=[], help="issues：只要这些县区（可重复）")
    one.add_argument("--check", metavar="编号", action="append", default=[], help="issues：只要这些规则（可重复）")
    one.add_argument("--level", choices=("严重", "一般", "提示"), action="append", default=[], help="issues：只要这些程度（可重复）")
    one.add_argument("--verdict", choices=("suspect", "undetermined"), action="append", default=[],
                     help="issues：疑似（默认）、待核（可重复）")  # fmt: skip
    one = command("demo", demo, "写出虚构的演示台账")
    one.add_argument("--out", metavar="文件夹", type=Path, required=True, help="写到哪个文件夹")
    one.add_argument("--cases", metavar="件数", type=int, default=600, help="案件数，默认 600")
    one.add_argument("--seed", metavar="整数", type=int, help="同一个数写出同样的台账")
    one = command("undo", undo, "整份撤销一次导入，恢复它更新前的内容（已有结论、抽样或后来的台账依赖它时不能撤销）")
    one.add_argument("import_id", metavar="导入编号", type=int, help="见数据导入页，或查询 imports 表")
    one = command("backup", backup, "把数据库复制到一个新文件")
    one.add_argument("file", metavar="文件", type=Path)
    one = command("sql", sql, "用 SQL 查询（只读；表和列见 docs/tables.md）")
    one.add_argument("query", metavar="查询")
    return top


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    options = parser().parse_args(argv)
    options.db = getattr(options, "db", None)
    as_json = options.as_json = getattr(options, "json", False)
    if as_json:
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        outcome = options.run(options)
        print(to_json(outcome.result) if as_json else outcome.text, flush=True)
        return outcome.code
    except ReviewError as error:
        tell(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        tell("已中断。没有完成的一步不会留在数据库里。")
        return 130
    except BrokenPipeError:  # the reader of the pipe left, e.g. `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        tell(_record_fault())
        return 2


def tell(text: str) -> None:
    """A message for the person at the screen, beside the result."""
    print(text, file=sys.stderr, flush=True)


def _record_fault() -> str:
    number = uuid.uuid4().hex[:8].upper()
    for path in (LOG_FILE, Path(tempfile.gettempdir()) / "review-command.log"):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a", encoding="utf-8") as log:
                log.write(f"故障 {number}  {' '.join(sys.argv)}\n{traceback.format_exc()}\n")
        except OSError:
            continue
        return f"程序出了故障，编号 {number}，没有完成的一步不会留在数据库里。请把日志 {path} 交给维护人员。"
    logging.getLogger("review").exception("故障 %s", number)
    return f"程序出了故障，编号 {number}，日志也没有写成。"


def _existing(path: Path | None) -> Database:
    resolved = Path(path or DEFAULT_PATH)
    if not resolved.exists():
        raise UsageError(f"还没有数据库 {resolved}。", "请先读入台账：python -m review load 台账.xlsx")
    return open_database(resolved)


def _expand(names: list[str]) -> list[Path]:
    """Files named, patterns resolved where the shell did not; each once, in order."""
    files = []
    for name in names:
        matches = sorted(glob.glob(name)) if glob.has_magic(name) and not Path(name).exists() else [name]
        if not matches:
            raise UsageError(f"没有文件符合 {name}。", "请检查文件名和所在文件夹。")
        files += map(Path, matches)
    return list(dict.fromkeys(files))


def _blank_choice(text: str) -> tuple[str, str]:
    column, sign, meaning = text.rpartition("=")
    if not sign or not column.strip() or meaning.strip() not in ("not_done", "unknown"):
        raise UsageError(f"--blank 的写法不对：{text}。", "应写成 列名=not_done，例如 --blank 报批情况=not_done。")
    return column.strip(), meaning.strip()


def _date(text: str) -> date:
    from argparse import ArgumentTypeError

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"日期要写成 2023-01-01 的样子，读到的是 {text}。") from None


def _newest_sample(db: Database) -> str:
    from review.sampling.draw import samples

    found = samples(db)
    if not found:
        raise UsageError("还没有抽过样。", "请先抽样：python -m review sample --from … --to … --seed …")
    return found[0]["sample_id"]


def _actor() -> str:
    try:
        return f"{getpass.getuser()}（命令行）"
    except (OSError, KeyError, ImportError):
        return "命令行"
