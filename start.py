"""Set up and open the review system, or run its tests, with nothing but Python's standard library.

    python3 start.py            make .venv, install the pinned requirements, open the app on this machine
    python3 start.py test       the same set-up, then every test; further arguments go to pytest

A finished set-up leaves a mark in .venv (versions of Python and of the requirements), so the next start skips it. The mark
is written last: a set-up that was cut off is recognised and begun again.
"""

from __future__ import annotations

import sys

OLDEST = (3, 11)


def python_problem(version):
    """A Chinese sentence when this Python is too old for the program, else None."""
    if tuple(version[:2]) >= OLDEST:
        return None
    return (
        f"需要 Python {OLDEST[0]}.{OLDEST[1]} 或更新的版本，当前是 {version[0]}.{version[1]}。"
        "请安装新版本后重试；装有多个版本时可以指明，例如：python3.11 start.py"
    )


if python_problem(sys.version_info):  # before any import that an old Python would stumble over
    sys.exit(python_problem(sys.version_info))

import contextlib  # noqa: E402
import hashlib  # noqa: E402
import importlib.util  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import re  # noqa: E402
import shutil  # noqa: E402
import signal  # noqa: E402
import socket  # noqa: E402
import subprocess  # noqa: E402
import time  # noqa: E402
import urllib.request  # noqa: E402
import webbrowser  # noqa: E402
from pathlib import Path  # noqa: E402

from review.arguments import Arguments  # noqa: E402

ROOT = Path(__file__).resolve().parent
REQUIREMENTS = ROOT / "requirements.txt"
VENV = ROOT / ".venv"
LOGS = ROOT / "data" / "logs"
FIRST_PORT = 8501

# Kept out of the app's process: it opens the file to see that nobody else holds it, then leaves a copy behind.
PREPARE_DATABASE = """
import sys
from review.errors import ReviewError
from review.store.database import backup_at_start, open_database
try:
    open_database(sys.argv[1]).close()
    kept = backup_at_start(sys.argv[1])
except ReviewError as error:
    print(error)
    sys.exit(2)
print("启动前已备份：" + str(kept))
"""


class SetupProblem(Exception):
    """Something a person has to mend before the program can run; the text is for them."""


def read_arguments(argv):
    """Options of this program and, for `test`, what goes on to pytest unchanged."""
    parser = Arguments(
        prog="start.py",
        usage="python3 start.py [test] [--offline 文件夹] [--db 文件] [--port 端口] [--no-browser]",
        description="准备运行环境并打开问责案件质量评查系统；加 test 则运行全部测试，其余参数原样交给 pytest。",
    )
    parser.add_argument("--offline", metavar="文件夹", type=Path, help="从这个文件夹里的 wheel 文件安装，不访问网络")
    parser.add_argument("--db", metavar="文件", type=Path, help="数据库文件，默认 data/review.duckdb")
    parser.add_argument("--port", metavar="端口", type=int, help=f"网页端口；不写时从 {FIRST_PORT} 起找一个空闲的")
    parser.add_argument("--no-browser", action="store_true", help="不自动打开浏览器，只显示网址")
    wants_tests = argv[:1] == ["test"]
    options, rest = parser.parse_known_args(argv[1:] if wants_tests else argv)
    if rest and not wants_tests:
        parser.error("unrecognized arguments: " + " ".join(rest))
    if options.port is not None and not 1 <= options.port <= 65535:
        parser.error("argument --port: 端口要在 1 到 65535 之间。")
    options.test, options.pytest = wants_tests, rest
    return options


# ---- set-up ----------------------------------------------------------------------------------------------------------


def venv_python(venv=VENV):
    """The interpreter inside the environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def wanted_mark(requirements=REQUIREMENTS):
    """What a finished set-up is recognised by."""
    content = requirements.read_bytes().replace(b"\r\n", b"\n")
    return {"requirements": hashlib.sha256(content).hexdigest(), "python": ".".join(map(str, sys.version_info[:3]))}


def unfinished(venv):
    """The file that lies beside the environment while it is being made."""
    return venv.with_name(venv.name + ".unfinished")


def set_up_state(venv, wanted):
    """`ready`, `update` (sound, but other requirements), or `rebuild` (absent, cut off, or of another Python)."""
    if not venv_python(venv).exists() or unfinished(venv).exists():
        return "rebuild"
    try:
        mark = json.loads((venv / "ready.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        mark = {}
    if mark == wanted:
        return "ready"
    answer = subprocess.run(
        [str(venv_python(venv)), "-c", "import pip, sys; print('.'.join(map(str, sys.version_info[:3])))"],
        capture_output=True, text=True, check=False,
    )
    return "update" if answer.returncode == 0 and answer.stdout.strip() == wanted["python"] else "rebuild"


def prepare_environment(offline=None, venv=VENV, requirements=REQUIREMENTS):
    """Bring `venv` to the pinned requirements. Raises SetupProblem with what to do."""
    wanted = wanted_mark(requirements)
    if set_up_state(venv, wanted) == "ready":
        say("运行环境已就绪，跳过安装。")
        return
    if offline is not None and not offline.is_dir():
        raise SetupProblem(f"找不到离线安装文件夹：{offline}。请检查 --offline 后面的路径。")
    with alone(venv.with_name(venv.name + ".lock")):
        state = set_up_state(venv, wanted)
        if state == "ready":
            return
        unfinished(venv).touch()
        if state == "rebuild":
            make_venv(venv)
        say("安装所需组件（首次约需几分钟，之后的启动会跳过）：")
        started = time.monotonic()
        install(venv, requirements, offline)
        (venv / "ready.json").write_text(json.dumps(wanted), encoding="utf-8")
        unfinished(venv).unlink()
        say(f"组件安装完成，用时 {time.monotonic() - started:.0f} 秒。")


def make_venv(venv):
    """A fresh environment in place of whatever is there."""
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise SetupProblem(
            "这个 Python 缺少 venv 模块，无法建立独立的运行环境。"
            "Debian、Ubuntu、统信、麒麟等系统请先安装 python3-venv（例如：apt-get install python3-venv），再重试。"
        )
    say("正在清理未完成的运行环境并重新建立……" if venv.exists() else f"正在建立运行环境 {venv.name} ……")
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(venv)], capture_output=True, text=True, check=False)
    if made.returncode:
        reason = (made.stderr or made.stdout).strip().splitlines() or ["没有给出原因"]
        raise SetupProblem(f"运行环境建立失败：{reason[-1]}。请确认文件夹 {venv.parent} 可以写入、磁盘未满，再重试。")


def install(venv, requirements, offline):
    """Install the requirements, telling each step in one short line; the full output goes to a log file."""
    command = [str(venv_python(venv)), "-m", "pip", "install", "--no-input", "--progress-bar", "off", "-r", str(requirements)]
    if offline is not None:
        command += ["--no-index", "--find-links", str(offline.resolve())]
    LOGS.mkdir(parents=True, exist_ok=True)
    log_file = LOGS / "install.log"
    with log_file.open("w", encoding="utf-8") as log, subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", errors="replace",
        cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    ) as pip:
        for line in pip.stdout:
            log.write(line)
            told = pip_step(line)
            if told:
                say(told)
    if pip.returncode:
        raise SetupProblem(install_problem(log_file.read_text(encoding="utf-8"), offline) + f"安装记录：{log_file}")


def pip_step(line):
    """One short Chinese line for a step of the installer, None for what nobody needs to read."""
    words = line.split()
    if words[:1] in (["Collecting"], ["Processing"]) and len(words) > 1:
        name = words[1].replace("\\", "/").rsplit("/", 1)[-1]
        if name.endswith(".whl"):
            return "  准备 " + " ".join(name.split("-")[:2])
        return "  准备 " + re.sub(r"[(<>~!;,\[].*", "", name.replace("==", " "))
    if words[:1] == ["Downloading"] and not words[1].endswith(".metadata"):
        return f"  下载 {words[1].rsplit('/', 1)[-1]} {' '.join(words[2:4])}"
    if line.startswith("Installing collected packages:"):
        return f"  正在写入 {line.count(',') + 1} 个组件，请稍候……"
    if line.startswith("WARNING: Retrying"):
        return "  网络没有回应，正在重试……"
    return None


def install_problem(output, offline):
    """Why the installer failed, as far as its output tells, and what to do."""
    if "No space left on device" in output or "WinError 112" in output:
        return "组件安装失败：磁盘已满。请清理出至少 2 GB 空间后重试。"
    missing = re.search(r"No matching distribution found for (\S+)", output)
    network = re.search(r"ConnectionError|ConnectTimeout|ReadTimeout|name resolution|getaddrinfo|ProxyError|SSLError|Retrying \(", output)
    if offline is not None and missing:
        return (
            f"组件安装失败：离线文件夹 {offline} 里没有适合本机的 {missing.group(1)}。"
            "请在同系统、同 Python 版本、能上网的电脑上执行 pip download -r requirements.txt -d 文件夹，整夹拷来后重试。"
        )
    if network:
        return (
            "组件安装失败：连不上软件源。请检查网络或单位内部软件源（pip 的配置会被沿用）；不能上网的电脑，"
            "请在同系统、同 Python 版本、能上网的电脑上执行 pip download -r requirements.txt -d 文件夹，"
            "拷来后用 python3 start.py --offline 文件夹 安装。"
        )
    if missing:
        return f"组件安装失败：软件源里没有适合本机的 {missing.group(1)}。请核对 Python 版本，或换用完整的软件源。"
    return "组件安装失败。请把安装记录交给维护人员，或直接重试一次。"


@contextlib.contextmanager
def alone(lock_file):
    """Hold the set-up for one process at a time; the system lets go when the process ends, however it ends."""
    with lock_file.open("a+b") as handle:
        try:
            if os.name == "nt":
                import msvcrt

                handle.seek(0)
                msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SetupProblem("另一个窗口正在安装组件。请等它完成，再重新启动。") from None
        yield


# ---- running ---------------------------------------------------------------------------------------------------------


def port_is_free(port):
    """Whether a server on this machine could listen on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def choose_port(asked):
    """The port to listen on: the one asked for, or the first free one. Raises SetupProblem when the one asked for is taken."""
    if asked is not None and port_is_free(asked):
        return asked
    first = FIRST_PORT if asked is None else asked + 1
    free = next((port for port in range(first, min(first + 200, 65536)) if port_is_free(port)), None)
    if asked is not None:
        other = f"可以改用 --port {free}，或者" if free else "请"
        raise SetupProblem(f"端口 {asked} 已被其他程序占用。{other}不写 --port，由程序自己找一个空闲的。")
    if free is None:
        raise SetupProblem(f"从 {first} 起的 200 个端口都被占用。请用 --port 指定一个空闲端口。")
    return free


def open_app(options):
    """Serve the app until it is closed; returns the exit code."""
    database = (options.db or ROOT / "data" / "review.duckdb").resolve()
    port = choose_port(options.port)
    if database.exists():
        prepared = subprocess.run(
            [str(venv_python()), "-c", PREPARE_DATABASE, str(database)], stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT,
            env={**os.environ, "PYTHONUTF8": "1"}, check=False,
        )
        if prepared.returncode:
            raise SetupProblem(prepared.stdout.strip() or f"数据库 {database} 检查失败，原因见上面的英文信息。")
        say(prepared.stdout.strip())
    LOGS.mkdir(parents=True, exist_ok=True)
    log_file = LOGS / "app.log"
    address = f"http://127.0.0.1:{port}"
    with log_file.open("ab") as log:
        app = subprocess.Popen(
            [str(venv_python()), "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port),
             "--server.address", "127.0.0.1", "--server.headless", "true", "--browser.gatherUsageStats", "false"],
            cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1", "REVIEW_DB": str(database)}, stdout=log, stderr=subprocess.STDOUT,
        )
        try:
            if not wait_until_open(app, address):
                raise SetupProblem(f"页面没有启动成功。运行记录：{log_file}")
            say(f"评查系统已打开：{address}\n数据库：{database}\n关闭：在这个窗口按 Ctrl+C")
            if not options.no_browser and has_browser():
                webbrowser.open(address)
            return app.wait()
        except KeyboardInterrupt:
            say("\n评查系统已关闭。")
            return 0
        finally:
            stop(app)


def wait_until_open(app, address, seconds=90):
    """True once the page answers; False when its process ended or it took too long."""
    ask = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    until = time.monotonic() + seconds
    while app.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError), ask(address + "/_stcore/health", timeout=2) as answer:
            return answer.status == 200
        time.sleep(0.2)
    return False


def has_browser():
    """Whether this machine has a desktop to open a browser on."""
    return os.name == "nt" or sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def stop(process):
    """End a child that is still running."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def run_tests(arguments):
    """Every test, or those that the arguments choose, one process a core; returns pytest's exit code."""
    say("运行测试：")
    # A file stays with one process: its tests share what is dear to make. A later "-n 0" among the arguments wins.
    command = [str(venv_python()), "-m", "pytest", "-n", "auto", "--dist", "loadfile", *arguments]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def say(text):
    """A line for the person at the screen, at once."""
    print(text, flush=True)


def main(argv):
    """Returns the exit code: 0 done, 2 something to mend first, else that of the app or of pytest."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    options = read_arguments(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        prepare_environment(options.offline)
        return run_tests(options.pytest) if options.test else open_app(options)
    except SetupProblem as problem:
        print(f"\n{problem}", file=sys.stderr, flush=True)
        return 2
    except KeyboardInterrupt:
        print("\n已中断。重新运行 start.py 会接着准备。", file=sys.stderr)
        return 130
    except OSError as problem:
        free = shutil.disk_usage(ROOT).free // 2**20
        print(f"\n文件操作失败：{problem}。请确认 {ROOT} 可以写入（磁盘剩余 {free} MB）。", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
