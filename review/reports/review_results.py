"""What a review came to, as a workbook: progress, what the sample says of the rest, how good the checks were, agreement."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

from review import __version__
from review.casework.check_quality import Quality, check_quality
from review.casework.conclusions import Conclusion, body, by_place, conclude, subjects
from review.casework.double_reviews import Difference, SubjectAgreement, double_reviews
from review.casework.outcomes import WHOLE
from review.casework.review_progress import Line, review_progress
from review.reports.book import Book, Column, NotesSheet, TableSheet, table_of
from review.reports.output import deliver
from review.sampling.estimates import Estimate
from review.store.database import Database, now

TITLE = "评查结果"
FEW = 5  # pairs below which a coefficient of agreement says nothing
PROGRESS_COLUMNS = (
    Column("name", "评查人或县区", 16), Column("unit", "单位", 26), Column("assigned", "任务", 8, "number"),
    Column("waiting", "未开始", 8, "number"), Column("reviewing", "在评", 8, "number"), Column("reviewed", "评毕", 8, "number"),
    Column("overdue", "超期", 8, "number"),
)  # fmt: skip
CLAIM_COLUMNS = (
    Column("place", "范围", 10), Column("label", "问题", 30), Column("cases", "案件（N）", 9, "number"),
    Column("drawn", "随机抽取（n）", 10, "number"), Column("reviewed", "评毕", 8, "number"), Column("found", "有此问题", 9, "number"),
    Column("unclear", "看不出", 8, "number"), Column("share", "估计占比", 9), Column("range", "全部案件中可能有（件，95%）", 16),
    Column("must", "必查（另计）", 12), Column("method", "方法", 24), Column("sentence", "结论", 70),
)  # fmt: skip
QUALITY_COLUMNS = (
    Column("label", "检查", 34), Column("suspects", "疑似（可判）", 9, "number"), Column("right", "确有问题", 9, "number"),
    Column("precision", "准确率（95% 区间）", 22), Column("missed", "漏报", 8, "number"), Column("miss_rate", "漏报率（95% 区间）", 22),
    Column("undetermined", "待核", 8, "number"), Column("undetermined_real", "待核中确有问题", 10, "number"),
    Column("unclear", "疑似而看不出", 10, "number"),
)  # fmt: skip
AGREEMENT_COLUMNS = (
    Column("label", "项目", 34), Column("units", "双人可判（件·项）", 10, "number"), Column("raw", "一致比例（95% 区间）", 22),
    Column("alpha", "Krippendorff α", 12), Column("ac1", "AC1（95% 区间）", 24), Column("found", "认为有问题的次数", 10, "number"),
)  # fmt: skip
DIFFERENCE_COLUMNS = (
    Column("case_no", "案件编号", 20, "identifier"), Column("title", "案件名称", 30), Column("label", "不一致的项目", 28),
    Column("first", "第一人", 24), Column("second", "第二人", 24), Column("settled", "商定结果", 30),
)  # fmt: skip


def write_review_results(db: Database, sample_id: str, today: date, target: Path | str | BytesIO) -> int:
    """Write the results of a sample's review as .xlsx; returns how many conclusions it holds."""
    progress, found, doubles = review_progress(db, sample_id, today), body(db, sample_id), double_reviews(db, sample_id)
    claims = [conclude(found, subject) for subject in subjects(found)] + by_place(found, WHOLE)
    lines = (
        ("title", (TITLE,)),
        ("pair", ("抽样编号", sample_id)),
        ("pair", ("截至", f"{today:%Y-%m-%d}")),
        ("pair", ("评查任务", f"{progress.total.assigned} 份，评毕 {progress.total.reviewed} 份，超期 {progress.total.overdue} 份")),
        ("pair", ("总的结论", claims[0].sentence)),
        ("heading", ("怎样读",)),
        (
            "text",
            ("只用随机抽取的案件推算，必查案件是挑出来的，另列。随机案件没有评毕或看不出的，不给估计占比，只给无论结果如何都成立的范围。",),
        ),
        ("text", ("“可能有”为 95% 双侧范围；“至多”为 95% 把握的单侧上限，二者略有不同。",)),
        (
            "text",
            ("准确率：程序提示疑似的，评查认定确有问题的占比。漏报率：评查认定有问题的，程序没有任何提示的占比。待核不算提示，另列。",),
        ),
        ("text", ("一致性：双人评查且都评毕的案件；看不出不计。α 和 AC1 为 1 完全一致，为 0 与碰巧无异。",)),
        ("pair", ("导出时间", f"{now():%Y-%m-%d %H:%M}")),
        ("pair", ("程序版本", __version__)),
    )
    tables = {
        "progress": table_of([_line(one) for one in (*progress.reviewers, *progress.counties, progress.total)], PROGRESS_COLUMNS),
        "claims": table_of([claim_row(one) for one in claims], CLAIM_COLUMNS),
        "quality": table_of([quality_row(one) for one in check_quality(found)], QUALITY_COLUMNS),
        "agreement": table_of([agreement_row(one) for one in doubles.lines], AGREEMENT_COLUMNS),
        "differences": table_of([difference_row(one) for one in doubles.differences], DIFFERENCE_COLUMNS),
    }
    sheets = (
        NotesSheet("说明", lines),
        *(
            TableSheet(name, key, columns, printed=min(8, len(columns)), frozen=1, heading=f"{TITLE}　{name}")
            for name, key, columns in (
                ("进度", "progress", PROGRESS_COLUMNS), ("推算", "claims", CLAIM_COLUMNS), ("检查的准确和漏报", "quality", QUALITY_COLUMNS),
                ("一致性", "agreement", AGREEMENT_COLUMNS), ("需要商定的", "differences", DIFFERENCE_COLUMNS),
            )
        ),
    )  # fmt: skip
    deliver(Book(sheets, tables), target)
    return len(claims)


def claim_row(one: Conclusion) -> dict:
    """A conclusion as cells of a table."""
    return vars(one) | {
        "share": f"{one.share:.1%}"
        if one.share is not None and one.drawn >= 10
        else ""
        if one.share is None
        else f"{one.found}/{one.drawn}",
        "range": f"{one.low} 至 {one.high}",
        "must": f"{one.must_found}/{one.must_reviewed}" if one.must_reviewed else "",
    }


def quality_row(one: Quality) -> dict:
    """The figures of a check as cells of a table."""
    return vars(one) | {"precision": interval(one.precision), "miss_rate": interval(one.miss_rate)}


def agreement_row(one: SubjectAgreement) -> dict:
    """Agreement on a subject as cells of a table."""
    a, few = one.agreement, one.agreement.units < FEW
    return {
        "label": one.label,
        "units": a.units,
        "raw": "" if a.raw is None else f"{a.raw:.0%}（{one.raw_low:.0%} 至 {one.raw_high:.0%}）",
        "alpha": "" if a.alpha is None or few else f"{a.alpha:.3f}",
        "ac1": "" if a.ac1 is None or few else f"{a.ac1:.3f}" + ("" if a.ac1_low is None else f"（{a.ac1_low:.3f} 至 {a.ac1_high:.3f}）"),
        "found": one.found,
    }


def difference_row(one: Difference) -> dict:
    """A difference between two reviewers as cells of a table."""
    return vars(one) | {
        "first": _side(one.first),
        "second": _side(one.second),
        "settled": "" if one.settled is None else f"{one.settled[0]}：{one.settled[1]}（{one.settled[2]}，{one.settled[3]:%Y-%m-%d}）",
    }


def interval(found: Estimate | None) -> str:
    """83%（61% 至 95%）, '' for nothing claimed."""
    if found is None or found.low is None or found.high is None:
        return ""
    return f"{found.estimate:.0%}（{found.low:.0%} 至 {found.high:.0%}）"


def _side(side: Sequence[str]) -> str:
    return f"{side[0]}：{side[1]}" + (f"，{side[2]}" if side[2] else "")


def _line(one: Line) -> dict:
    return vars(one)
