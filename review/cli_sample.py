"""The commands ``sample`` and ``change``: everything that the steps of the sampling page can do."""

from argparse import Namespace

from review.arguments import Arguments
from review.cli_screen import table
from review.errors import UsageError
from review.store.database import Database


def sample_arguments(one: Arguments) -> None:
    """Arguments of ``sample`` beside period, ratio, seed, strata, level and undated."""
    one.add_argument("--county", metavar="县区", action="append", help="只抽这些县区（可重复）；不写为全部")
    one.add_argument("--exclude", metavar="案件编号=原因", action="append", default=[], help="排除一件案件并写明原因（可重复）")
    one.add_argument("--name", metavar="名称", help="抽样框的名称，不写按期间起名")
    one.add_argument("--seed-source", choices=("lottery", "dice", "sentence", "other"), default="sentence", help="种子来源，默认 sentence")
    one.add_argument("--method", choices=("simple", "pareto"), default="simple", help="simple 简单随机（默认）、pareto 风险加权")
    one.add_argument("--allocation", choices=("proportional", "neyman"), default="proportional", help="按案件数（默认）、neyman 内曼分配")
    one.add_argument("--minimum", metavar="件数", type=int, default=1, help="每层最少抽几件，默认 1")
    one.add_argument("--maximum", metavar="件数", type=int, help="每层最多抽几件，不写为不限")
    one.add_argument("--must", metavar="规则", action="append", help="启用的必查规则代码（可重复），none 为不设；不写为常用的几条")
    one.add_argument("--must-mode", choices=("added", "counted"), default="added", help="必查另加（默认）或计入比例")


def change_arguments(one: Arguments) -> None:
    """Arguments of ``change``."""
    one.add_argument("sample_id", metavar="抽样编号")
    one.add_argument("--enlarge", metavar="比例", help="扩大到这个比例，已抽中的都保留")
    one.add_argument("--replace", metavar="案件编号", help="这件不能评查，由本层下一个票号接替")
    one.add_argument("--late", action="store_true", help="抽样之后才报来的案件按票号加入")
    one.add_argument("--reason", metavar="文字", required=True, help="为什么变动")


def draw_sample(db: Database, options: Namespace, actor: str) -> tuple[object, str]:
    """Freeze, confirm, register and draw in one go; the stored sample and what to print."""
    from review.sampling import draw
    from review.sampling.design import Design
    from review.sampling.must_review import DEFAULT_RULES

    rules = DEFAULT_RULES if options.must is None else [code for code in options.must if code != "none"]
    design = Design(options.method, options.allocation, options.minimum, options.maximum, options.must_mode)
    drawn = draw.draw_sample(
        db, options.start, options.end, options.ratio, options.seed, by=options.by, must_rules=rules, actor=actor,
        levels=tuple(options.level or ("city", "county")), counties=options.county, exclusions=_exclusions(db, options.exclude),
        undated=options.undated, design=design, name=options.name, seed_source=options.seed_source,
    )  # fmt: skip
    stored = draw.sample(db, drawn)
    return stored, _told(stored)


def change_sample(db: Database, options: Namespace, actor: str) -> tuple[object, str]:
    """One change of a drawn sample; what it did and what to print. Raises UsageError where not exactly one is asked for."""
    from review.sampling.changes import add_late, enlarge, replace
    from review.sampling.draw import sample

    if sum((options.enlarge is not None, options.replace is not None, options.late)) != 1:
        raise UsageError("要做哪一种变动没有写清楚。", "请在 --enlarge、--replace、--late 中写一个。")
    if options.enlarge is not None:
        done = enlarge(db, options.sample_id, options.enlarge, options.reason, actor)
    elif options.replace is not None:
        listed = [p.case_id for p in sample(db, options.sample_id).cases if p.case_no == options.replace]
        if len(listed) != 1:
            raise UsageError(f"名单中编号为 {options.replace} 的案件有 {len(listed)} 件。", "请按名单写案件编号；同号的请在页面上替换。")
        done = replace(db, options.sample_id, listed[0], options.reason, actor)
    else:
        done = add_late(db, options.sample_id, options.reason, actor)
    rows = [pick._asdict() for pick in done.added]
    titles = {"stratum": "层", "position": "次序", "case_no": "新列入的案件", "picked_by": "方式", "must_reason": "必查原因"}
    return done, f"{table(rows, titles)}\n{_told(sample(db, options.sample_id))}"


def _told(stored) -> str:
    rows = [share._asdict() for share in stored.shares_now]
    titles = {"stratum": "层", "cases": "案件数", "quota": "随机名额", "random": "随机抽中", "must": "必查增加"}
    random = sum(pick.picked_by == "random" for pick in stored.cases)
    return (
        f"{table(rows, titles)}\n抽样编号 {stored.sample_id}：{stored.frame_now} 件中随机抽取 {random} 件"
        f"（{float(stored.random_share):.1%}），必查增加 {len(stored.cases) - random} 件，共 {len(stored.cases)} 件"
        f"（{float(stored.total_share):.1%}）。\n{stored.design.words}。\n"
        f"另有 {stored.undated_count} 件无法判断是否属于本期，未列入。\n抽样框指纹 {stored.frame_hash}\n"
        f"导出名单：python -m review export sample --sample {stored.sample_id} --out 抽样名单.xlsx"
    )


def _exclusions(db: Database, given: list[str]) -> dict[str, str]:
    out = {}
    for text in given:
        number, sign, reason = text.partition("=")
        if not sign or not reason.strip():
            raise UsageError(f"--exclude 的写法不对：{text}。", "应写成 案件编号=原因。")
        found = db.rows("SELECT case_id FROM cases WHERE case_key = $no", {"no": number.strip()})
        if len(found) != 1:
            raise UsageError(f"编号为 {number.strip()} 的案件有 {len(found)} 件。", "请写台账中的案件编号；同号的请在页面上排除。")
        out[found[0]["case_id"]] = reason.strip()
    return out
