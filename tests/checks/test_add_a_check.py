"""The eight steps of docs/add-a-check.md, followed to the letter in a copy of the program; the catalogue is what the files say."""

import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from review.checks.catalogue import own_checks
from review.checks.document import TARGET, catalogue_text

KEPT = ("D01", "D03", "D04", "O01", "R01")
ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "add-a-check.md").read_text(encoding="utf-8")


def numbered(text: str, heading: str) -> list[int]:
    part = text.split(f"## {heading}\n")[1].split("\n## ")[0]
    return [int(n) for n in re.findall(r"^(\d+)\. ", part, re.M)]


def test_there_are_eight_steps_in_both_places():
    assert numbered(GUIDE, "八步") == list(range(1, 9))
    assert numbered((ROOT / "README.md").read_text(encoding="utf-8"), "加一条检查规则") == list(range(1, 9))


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The program with the example of the guide added to it."""
    root = tmp_path_factory.mktemp("copy")
    left_out = shutil.ignore_patterns("__pycache__", "*.pyc", "browser", "demo", "images")
    for folder in ("review", "tests", "docs"):
        shutil.copytree(ROOT / folder, root / folder, ignore=left_out)
    shutil.copytree(ROOT / "review" / "demo", root / "review" / "demo", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    for path in (root / "review" / "checks").glob("*/*.sql"):  # few checks: what is tried is the new one
        if path.name[:3] not in KEPT:
            path.unlink()
    check = re.search(r"```sql\n(/\*---.*?)```", GUIDE, re.S)[1]
    table = re.search(r"```toml\n(\[\[case\]\].*?)```", GUIDE, re.S)[1]
    (root / "review" / "checks" / "data" / "D99_handling_unit_vague.sql").write_text(check, encoding="utf-8")
    (root / "tests" / "checks" / "D99.toml").write_text(table, encoding="utf-8")
    return root


def run(root: Path, *arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=root, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in (0, 1), done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


def test_the_new_check_is_documented_tested_and_runs(copy):
    run(copy, "-m", "review.checks.document")
    written = (copy / "docs" / "catalogue.md").read_text(encoding="utf-8")
    assert "### D99 承办单位写法笼统" in written and f"共 {len(KEPT) + 1} 条" in written
    files = ("tests/checks/test_check_files.py", "tests/checks/test_case_tables.py")
    told = run(copy, "-m", "pytest", "-rA", "-p", "no:cacheprovider", *files, "-k", "D99 or only_checks or only_the_list")
    assert len(re.findall("^PASSED .*D99", told, re.M)) >= 12 and "FAILED" not in told, told
    book = openpyxl.Workbook()
    for row in (
        ("县区", "案件编号", "案件名称", "承办单位", "姓名", "单位及职务"),
        ("甲县", "1", "道路失修", "本委", "张三", "交通局局长"),
    ):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    (copy / "台账.xlsx").write_bytes(content.getvalue())
    run(copy, "-m", "review", "load", "台账.xlsx", "--db", "x.duckdb")
    (row,) = json.loads(run(copy, "-m", "review", "check", "D99", "--db", "x.duckdb", "--json"))["checks"]
    assert (row["check_id"], row["suspect"], row["clear"]) == ("D99", 1, 0)


def test_the_catalogue_in_docs_is_what_the_check_files_say():
    assert TARGET.read_text(encoding="utf-8") == catalogue_text(), "运行 python -m review.checks.document 重写 docs/catalogue.md"


def test_the_catalogue_tells_every_check_in_full():
    text = catalogue_text()
    for one in own_checks():
        entry = text.split(f"### {one.id} {one.title}\n")[1].split("\n### ")[0]
        for part in (one.level, one.looks_for, one.why, *(b.article for b in one.basis), *(c.text for c in one.cleared_by)):
            assert part in entry
        for param in one.params:
            assert f"**参数** {param.label}：" in entry and param.sentence in entry
            assert not param.local or "未设本地标准" in entry
