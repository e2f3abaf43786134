"""Three checks that don't change with the catalogue, so that the snapshot shows only changes of the workbook."""

from pathlib import Path

from review.checks.checkfile import Basis, Check, Clearing


def _check(check_id: str, title: str, needs: tuple[str, ...], verified: bool = True) -> Check:
    return Check(
        id=check_id, title=title, aspect="objects", level="严重", unit="case", looks_for=f"看{title}。", why="x",
        basis=(Basis("中国共产党问责条例", "第六条", "2019", verified),), needs=needs, params=(),
        cleared_by=(Clearing("另案处理", "text"),), message="", undetermined_message="",
        own_facts={}, in_issue_list=True, no_exempt=None, path=Path("x.sql"), sql="",
    )  # fmt: skip


CHECKS = (
    _check("O01", "只问下级", ("rank|post_then", "responsibility")),
    _check("O02", "对象不符", ("absent",), verified=False),
    _check("O03", "属地问责", ("rank",)),
)
