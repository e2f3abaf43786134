"""start.py: arguments, the mark of a finished set-up, ports, and what it says when something is wrong."""

import importlib.util
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
_spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
start = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(start)


# ---- arguments ----


def test_without_arguments_the_app_opens():
    options = start.read_arguments([])
    assert (options.test, options.offline, options.db, options.port, options.no_browser) == (False, None, None, None, False)


def test_options_are_read():
    options = start.read_arguments(["--offline", "轮 子", "--db", "a.duckdb", "--port", "9000", "--no-browser"])
    assert (options.offline, options.db, options.port, options.no_browser) == (Path("轮 子"), Path("a.duckdb"), 9000, True)


def test_what_follows_test_goes_to_pytest_in_order():
    wanted = ["tests/checks", "-x", "-k", "O01 or P04", "--maxfail=2", "-p", "no:cacheprovider"]
    options = start.read_arguments(["test", *wanted[:4], "--offline", "w", *wanted[4:]])
    assert options.test and options.offline == Path("w")
    assert options.pytest == wanted


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["--prot", "1"], "不认识的参数：--prot 1"),
        (["tset"], "不认识的参数：tset"),
        (["--port", "x"], "要一个整数，读到的是 'x'"),
        (["--port", "70000"], "1 到 65535"),
        (["--db"], "--db 后面要写一个值"),
    ],
)
def test_a_wrong_argument_is_told_in_chinese(argv, says, capsys):
    with pytest.raises(SystemExit) as end:
        start.read_arguments(argv)
    assert end.value.code == 2
    told = capsys.readouterr().err
    assert says in told and "--help" in told


def test_help_is_chinese(capsys):
    with pytest.raises(SystemExit) as end:
        start.read_arguments(["--help"])
    assert end.value.code == 0
    told = capsys.readouterr().out
    assert "用法：" in told and "不访问网络" in told
    assert "usage" not in told and "options" not in told and "show this" not in told


# ---- python ----


@pytest.mark.parametrize("version", [(3, 9, 2), (3, 10, 14), (2, 7, 18)])
def test_an_old_python_is_named(version):
    told = start.python_problem(version)
    assert f"{version[0]}.{version[1]}" in told and "3.11" in told


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 14, 0), (4, 0, 0)])
def test_a_new_python_is_no_problem(version):
    assert start.python_problem(version) is None


def test_the_version_is_looked_at_before_anything_an_old_python_lacks():
    lines = (ROOT / "start.py").read_text(encoding="utf-8").splitlines()
    guard = next(i for i, line in enumerate(lines) if line.startswith("if python_problem("))
    imports = [i for i, line in enumerate(lines) if line.startswith(("import ", "from "))]
    assert [lines[i] for i in imports if i < guard] == ["from __future__ import annotations", "import sys"]


# ---- the mark of a finished set-up ----


@pytest.fixture(scope="module")
def real_venv(tmp_path_factory):
    """A real environment without pip, made once: enough to be asked for its version."""
    folder = tmp_path_factory.mktemp("含 空格的 文件夹") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    return folder


@pytest.fixture
def requirements(tmp_path):
    file = tmp_path / "requirements.txt"
    file.write_text("a==1\n", encoding="utf-8")
    return file


def test_the_mark_changes_with_the_requirements_but_not_with_line_ends(requirements):
    mark = start.wanted_mark(requirements)
    requirements.write_bytes(b"a==1\r\n")
    assert start.wanted_mark(requirements) == mark
    requirements.write_bytes(b"a==2\n")
    assert start.wanted_mark(requirements) != mark


def test_no_environment_means_rebuild(tmp_path, requirements):
    assert start.set_up_state(tmp_path / ".venv", start.wanted_mark(requirements)) == "rebuild"


def test_a_finished_set_up_is_ready_until_something_changes(real_venv, requirements):
    wanted = start.wanted_mark(requirements)
    (real_venv / "ready.json").write_text(json.dumps(wanted), encoding="utf-8")
    assert start.set_up_state(real_venv, wanted) == "ready"
    start.unfinished(real_venv).touch()
    assert start.set_up_state(real_venv, wanted) == "rebuild"  # cut off while it was being changed
    start.unfinished(real_venv).unlink()
    (real_venv / "ready.json").write_text("{", encoding="utf-8")
    assert start.set_up_state(real_venv, wanted) == "rebuild"  # no pip in it
    (real_venv / "ready.json").unlink()


def test_other_requirements_are_an_update_and_another_python_a_rebuild(requirements):
    if not (ROOT / ".venv").exists() or Path(sys.prefix).resolve() != (ROOT / ".venv").resolve():
        pytest.skip("these tests run outside the .venv of the project")
    wanted = start.wanted_mark(requirements)
    assert start.set_up_state(ROOT / ".venv", wanted) == "update"
    assert start.set_up_state(ROOT / ".venv", wanted | {"python": "3.99.0"}) == "rebuild"


def test_a_ready_environment_is_skipped_and_says_so(real_venv, requirements, capsys):
    (real_venv / "ready.json").write_text(json.dumps(start.wanted_mark(requirements)), encoding="utf-8")
    start.prepare_environment(None, real_venv, requirements)
    (real_venv / "ready.json").unlink()
    assert "跳过安装" in capsys.readouterr().out


def test_a_missing_offline_folder_is_told_before_anything_is_made(tmp_path, requirements):
    with pytest.raises(start.SetupProblem, match="找不到离线安装文件夹"):
        start.prepare_environment(tmp_path / "没有", tmp_path / ".venv", requirements)
    assert not (tmp_path / ".venv").exists()


def test_only_one_window_sets_up_at_a_time(tmp_path):
    lock = tmp_path / ".venv.lock"
    code = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "import start, pathlib\n"
        "with start.alone(pathlib.Path(sys.argv[1])): print('got')"
    )
    with start.alone(lock):
        other = subprocess.run([sys.executable, "-c", code, str(lock), str(ROOT)], capture_output=True, encoding="utf-8", check=False)
        assert other.returncode and "got" not in other.stdout
        assert "另一个窗口正在安装" in other.stderr or "SetupProblem" in other.stderr
    again = subprocess.run([sys.executable, "-c", code, str(lock), str(ROOT)], capture_output=True, encoding="utf-8", check=False)
    assert again.stdout.strip() == "got"


# ---- what the installer says ----


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Collecting streamlit==1.67.0 (from -r requirements.txt (line 2))\n", "  准备 streamlit 1.67.0"),
        ("Collecting altair!=5.4.0,<7,>=4.0 (from streamlit==1.67.0->-r requirements.txt (line 2))\n", "  准备 altair"),
        ("Collecting uvicorn[standard]>=0.3 (from x)\n", "  准备 uvicorn"),
        ("Processing ./轮子/duckdb-2.0.0-cp311-cp311-manylinux_2_28_x86_64.whl (from -r r.txt (line 3))\n", "  准备 duckdb 2.0.0"),
        ("Processing c:\\wheels\\duckdb-2.0.0-cp311-cp311-win_amd64.whl\n", "  准备 duckdb 2.0.0"),
        ("  Downloading pyarrow-26.0.1-cp311-cp311-win_amd64.whl (55.0 MB)\n", "  下载 pyarrow-26.0.1-cp311-cp311-win_amd64.whl (55.0 MB)"),
        ("Installing collected packages: a, b-c, d\n", "  正在写入 3 个组件，请稍候……"),
        ("WARNING: Retrying (Retry(total=4)) after connection broken by X\n", "  网络没有回应，正在重试……"),
        ("  Downloading a-1-py3-none-any.whl.metadata (3.1 kB)\n", None),
        ("  Using cached a-1-py3-none-any.whl (9.9 MB)\n", None),
        ("Successfully installed a-1\n", None),
        ("\n", None),
        ("Collecting\n", None),
    ],
)
def test_steps_of_the_installer_are_short_and_chinese(line, told):
    assert start.pip_step(line) == told


def test_why_an_installation_failed():
    nothing = "ERROR: No matching distribution found for duckdb==2.0.0"
    offline = start.install_problem(nothing, Path("轮子"))
    assert "duckdb==2.0.0" in offline and "轮子" in offline and "pip download" in offline
    network = start.install_problem("WARNING: Retrying (Retry(total=0)) … NewConnectionError\n" + nothing, None)
    assert "连不上软件源" in network and "--offline" in network
    assert "磁盘已满" in start.install_problem("OSError: [Errno 28] No space left on device", None)
    assert "duckdb==2.0.0" in start.install_problem(nothing, None)
    assert "安装失败" in start.install_problem("something else", None)


# ---- ports and the app ----


def test_a_taken_port_is_named_with_another(capsys):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        assert not start.port_is_free(port)
        with pytest.raises(start.SetupProblem) as told:
            start.choose_port(port)
    assert str(port) in str(told.value) and "--port" in str(told.value)


def test_without_a_wish_a_free_port_is_found(monkeypatch):
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        monkeypatch.setattr(start, "FIRST_PORT", server.getsockname()[1])
        found = start.choose_port(None)
        assert found > start.FIRST_PORT and start.port_is_free(found)


def test_a_busy_database_stops_the_start_with_what_to_do(tmp_path):
    """The check that runs before the app, as start.py runs it."""
    import duckdb

    path = tmp_path / "占用 中.duckdb"
    command = [sys.executable, "-c", start.PREPARE_DATABASE, str(path)]
    how = {"cwd": ROOT, "capture_output": True, "encoding": "utf-8", "env": os.environ | {"PYTHONUTF8": "1"}, "check": False}
    with duckdb.connect(str(path)):
        done = subprocess.run(command, **how)
    assert done.returncode == 2
    assert "正被另一个程序使用" in done.stdout and "重试" in done.stdout
    again = subprocess.run(command, **how)
    assert again.returncode == 0 and "已备份" in again.stdout
    assert len(list((tmp_path / "backups").glob("*.duckdb"))) == 1
