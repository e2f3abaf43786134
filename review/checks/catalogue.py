"""All checks: those of this folder, and those that an office keeps in a folder of its own."""

from functools import lru_cache
from pathlib import Path

from review.checks import custom
from review.checks.checkfile import Check, read_check
from review.errors import CheckFileError, UsageError

FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def own_checks() -> tuple[Check, ...]:
    """The checks of the program by id; raises CheckFileError naming every faulty file, or two files with one id."""
    checks, faults = {}, []
    for path in sorted(FOLDER.glob("*/*.sql")):
        try:
            found = read_check(path)
        except CheckFileError as error:
            faults.append(error)
            continue
        if found.id in checks:
            faults.append(CheckFileError(f"编号 {found.id} 同时用于 {checks[found.id].path.name} 和 {path.name}。", "请给其中一个换编号。"))
        checks[found.id] = found
    if faults:
        raise CheckFileError("".join(f.title for f in faults), faults[0].advice)
    return tuple(checks[k] for k in sorted(checks, key=order))


def catalogue() -> tuple[Check, ...]:
    """All checks by id, those of the office last; its faulty files are left out, see custom.faults."""
    return own_checks() + custom.checks()


def check(check_id: str) -> Check:
    """The check with this id; raises UsageError for an unknown one, and for one of the office whose file has a fault."""
    for found in catalogue():
        if found.id == check_id:
            return found
    for fault in custom.faults():
        if fault.check_id == check_id or fault.file.startswith(f"{check_id}_"):
            raise UsageError(fault.sentence, custom.ADVICE)
    raise UsageError(f"没有编号为 {check_id} 的检查。", "可用的编号见“检查规则”页。")


def order(check_id: str) -> tuple:
    """Sort key of an id: the aspects in their order, checks of the office last."""
    return ("ORPMUTDXZ".find(check_id[0]), check_id)
