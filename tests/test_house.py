"""Rules of the house that no single room can hold: who may import whom, what pages may contain, what is pinned."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REVIEW = ROOT / "review"
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in REVIEW.rglob("*.py")
    if path.name != "__main__.py"
)
# A room may import itself, every room of a lower number, and the modules that everybody shares. Rooms of one number are strangers.
FLOORS = {"vocabulary": 1, "workbook": 2, "store": 2, "checks": 3, "comparison": 3, "sampling": 3, "casework": 4, "reports": 5, "cli": 6}
SHARED = {"errors", "settings"}
# `workbook` writes what it read into the store; statistics of `comparison` are prepared inside a check run.
NEIGHBOURS = {("workbook", "store"), ("checks", "comparison")}
DEMO_USES = {"demo", "vocabulary", "errors"}
PYTHON_FILES = sorted(
    path
    for folder in ("review", "pages", "tests", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if "__pycache__" not in path.parts
) + [ROOT / "app.py", ROOT / "start.py"]


def imported(path: Path) -> set[str]:
    """Full names of all modules that a file imports, inside functions too."""
    names = set()
    package = ".".join(path.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package.split(".")[: len(package.split(".")) - node.level + 1])
            names |= {f"{base}.{node.module}" if node.module else f"{base}.{alias.name}" for alias in node.names}
    return names


def room(module: str) -> str:
    """review.workbook.dates -> workbook."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def test_no_module_of_the_library_brings_streamlit_along():
    code = (
        "import importlib, sys\n"
        "for name in sys.argv[1:]:\n"
        "    importlib.import_module(name)\n"
        "    assert 'streamlit' not in sys.modules, name\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *MODULES], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_the_library_never_names_streamlit_in_an_import():
    guilty = [str(path.relative_to(ROOT)) for path in REVIEW.rglob("*.py") if any(name.startswith("streamlit") for name in imported(path))]
    assert guilty == []


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_imports_go_one_way(name):
    paths = sorted(REVIEW.glob("cli*.py")) if name == "cli" else sorted((REVIEW / name).rglob("*.py"))
    wrong = []
    for path in paths:
        for module in imported(path):
            if not module.startswith("review."):
                continue
            other = room(module)
            if other == name or other in SHARED or other == "__version__" or (name, other) in NEIGHBOURS:
                continue
            if name == "cli" and (other in ("arguments", "cli_load", "cli_sample", "cli_review", "cli_screen", "demo")):
                continue
            if FLOORS.get(other, 99) >= FLOORS[name]:
                wrong.append(f"{path.relative_to(ROOT)} imports {module}")
    assert wrong == []


def test_the_demo_invents_its_ledgers_without_the_readers_of_ledgers():
    wrong = [
        f"{path.name} imports {module}"
        for path in (REVIEW / "demo").rglob("*.py")
        for module in imported(path)
        if module.startswith("review.") and room(module) not in DEMO_USES
    ]
    assert wrong == []


SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|CREATE|JOIN|GROUP BY|ORDER BY)\b")
# One count of one table tells an empty database; it is the only question that a page's frame may ask by itself.
EMPTY_QUESTION = "SELECT count(*) FROM cases"


@pytest.mark.parametrize("path", sorted((ROOT / "pages").rglob("*.py")), ids=lambda path: path.stem)
def test_pages_hold_no_sql_and_no_rule(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [text for text in texts if SQL.search(text) and text != EMPTY_QUESTION] == []
    barred = {"duckdb", "openpyxl", "python_calamine", "pandas", "sqlite3"}
    assert {name.split(".")[0] for name in imported(path)} & barred == set()


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.stem)
def test_pages_are_thin(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 130


@pytest.mark.parametrize("path", PYTHON_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_one_room(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 400
    assert path.stem not in {"utils", "util", "common", "helpers", "misc"}
    assert not re.search(r"\bTO" + r"DO\b|\bFIX" + r"ME\b|raise NotImplemented" + "Error", text)


def test_every_public_function_of_the_library_says_what_it_does():
    """Planted scenarios of the demo say it in their decorator."""
    silent = []
    for path in REVIEW.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
                continue
            if not ast.get_docstring(node) and not (path.parent.name == "demo" and node.decorator_list):
                silent.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert silent == []


def test_every_requirement_is_pinned_to_one_version():
    lines = [line.strip() for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()]
    requirements = [line for line in lines if line and not line.startswith("#")]
    assert len(requirements) > 8
    assert [line for line in requirements if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.]*", line)] == []


def test_the_pinned_set_is_what_runs_and_agrees_with_itself():
    from importlib.metadata import version

    pinned = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)$", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M)
    assert {name: version(name) for name, _ in pinned} == dict(pinned)
    done = subprocess.run([sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_streamlit_still_knows_every_option_we_set():
    """Also the hidden ones: runner.postScriptGC makes the difference between 33 and 293 ms with fifty users."""
    import tomllib

    from streamlit import config

    ours = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    known = config.get_config_options()
    missing = [f"{section}.{name}" for section, values in ours.items() for name in values if f"{section}.{name}" not in known]
    assert missing == []
    assert ours["runner"]["postScriptGC"] is False
    assert ours["browser"]["gatherUsageStats"] is False
    assert ours["client"]["showErrorDetails"] == "none"
    assert ours["server"]["address"] == "127.0.0.1"


def test_ruff_finds_nothing():
    done = subprocess.run([sys.executable, "-m", "ruff", "check", "--no-cache", "."], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


def test_no_file_names_a_registry():
    """Whoever installs chooses where from (pip's own settings); a host in the tree would overrule that."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\0")
    hosts = re.compile(r"(pypi|pythonhosted|npmjs|debian)\.(org|com|net)")
    named = [
        name for name in tracked if name and (ROOT / name).is_file() and hosts.search((ROOT / name).read_text("utf-8", errors="ignore"))
    ]
    assert named == []
