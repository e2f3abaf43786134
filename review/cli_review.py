"""``assign`` and ``progress`` of the command line: who reviews what, and how far the review of a sample is."""

from dataclasses import asdict
from datetime import date

from review.arguments import Arguments
from review.cli_screen import table
from review.errors import UsageError
from review.store.database import Database

ATTENTION = 1


def assign_arguments(to: Arguments) -> None:
    """Arguments of ``assign``."""
    to.add_argument("sample_id", metavar="抽样编号")
    to.add_argument("--roster", metavar="文件", help="先导入评查人名册（.xlsx .xls .csv）")
    to.add_argument("--double", metavar="百分数", type=int, default=0, help="双人背靠背评查的比例，0 到 100，默认 0")
    to.add_argument("--cross", action="store_true", help="交叉评查：一县的案件由另一县的人评查")
    to.add_argument("--due", metavar="日期", help="评查时限，如 2024-03-31")
    to.add_argument("--anew", action="store_true", help="未开始、非人工指定的也重新分配")
    to.add_argument("--partial", action="store_true", help="排不下时，先保存能分配的")


def progress_arguments(to: Arguments) -> None:
    """Arguments of ``progress``."""
    to.add_argument("sample_id", metavar="抽样编号")


def assign_sample(db: Database, options, actor: str) -> tuple[object, str, int]:
    """Work out an assignment and store it; with shortages nothing is stored unless --partial. Result, text, exit code."""
    from pathlib import Path

    from review.casework.assigning import plan, store_plan
    from review.casework.reviewers import save_roster
    from review.casework.roster_file import read_roster

    said = []
    if options.roster:
        file = Path(options.roster)
        if not file.is_file():
            raise UsageError(f"没有名册文件 {file}。", "请检查文件名和所在文件夹。")
        read = read_roster(file.read_bytes(), file.name)
        done = save_roster(db, read.lines, actor)
        said += [f"名册：新增 {done.added} 人，更新 {done.changed} 人，没有变化 {done.same} 人。", *read.problems, *done.remarks]
    made = plan(db, options.sample_id, options.double, options.cross, options.anew)
    stored = 0
    if made.places and (not made.missing or options.partial):
        stored = store_plan(db, options.sample_id, made, _day(options.due), actor, options.anew)
    said += [one.sentence for one in made.shortages]
    said.append(f"新分配 {stored} 份" + (f"，排不下 {made.missing} 份。" if made.missing else "。"))
    if made.missing and not stored:
        said.append("没有保存任何分配。可增加评查人或承担件数，或加 --partial 先保存能分配的。")
    result = {"stored": stored, "missing": made.missing, "shortages": [asdict(one) for one in made.shortages], "partners": made.partners}
    return result, "\n".join(said), ATTENTION if made.missing else 0


def tell_progress(db: Database, options) -> tuple[object, str, int]:
    """Progress by reviewer and county, and the conclusion on any problem. Result, text, exit code."""
    from review.casework.conclusions import body, conclude
    from review.casework.outcomes import WHOLE
    from review.casework.review_progress import review_progress
    from review.sampling.draw import sample

    sample(db, options.sample_id)
    found = review_progress(db, options.sample_id, date.today())
    whole = conclude(body(db, options.sample_id), WHOLE)
    states = {"assigned": "任务", "waiting": "未开始", "reviewing": "在评", "reviewed": "评毕", "overdue": "超期"}
    lines = [asdict(one) for one in (*found.reviewers, found.total)]
    counties = [asdict(one) for one in found.counties]
    by_person = table(lines, {"name": "评查人", "unit": "单位"} | states)
    by_county = table(counties, {"name": "县区"} | states)
    text = f"{by_person}\n\n{by_county}\n尚未分配 {len(found.unassigned)} 件。\n任何一类问题：{whole.sentence}"
    result = {"total": found.total, "reviewers": found.reviewers, "counties": found.counties, "unassigned": found.unassigned}
    return result | {"conclusion": whole}, text, 0


def _day(told: str | None) -> date | None:
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        raise UsageError(f"评查时限要写成 2024-03-31 的样子，读到的是 {told}。") from None
