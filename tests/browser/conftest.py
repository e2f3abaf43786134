"""A real Chromium over the real app: its own process, its own database, a free port of this machine."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from review.checks.engine import run_checks
from review.store.database import open_database
from review.workbook.load import load_file
from tests.browser.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
DEMO = sorted((ROOT / "data" / "demo").glob("*.xlsx"))
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--lang=zh-CN"]  # fmt: skip


@contextmanager
def serve(database: Path):
    """The app over ``database``; gives its address and ends it afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    log = database.with_suffix(".log")
    with log.open("wb") as out:
        app = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)], cwd=ROOT, stdout=out, stderr=out,
            env=os.environ | {"REVIEW_DB": str(database), "PYTHONUTF8": "1"},
        )  # fmt: skip
        try:
            ask = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
            for _ in range(300):
                assert app.poll() is None, log.read_text(encoding="utf-8")
                try:
                    with ask(address + "/_stcore/health", timeout=2):
                        break
                except OSError:
                    time.sleep(0.1)
            yield address
        finally:
            app.terminate()
            try:
                app.wait(10)
            except subprocess.TimeoutExpired:
                app.kill()
    assert "Traceback" not in log.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")[-3000:]


@pytest.fixture(scope="session")
def chromium():
    """A browser. Missing it is a failure where everything is said to be installed, a loud skip elsewhere."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge"))), None)
    if not found:
        reason = "no Chromium on this machine: the browser tests did NOT run (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def city_app(tmp_path_factory):
    """The app over the demo ledgers, loaded and checked."""
    path = tmp_path_factory.mktemp("browser") / "评查 演示.duckdb"
    db = open_database(path)
    for file in DEMO:
        load_file(db, file, actor="演示")
    run_checks(db, actor="演示")
    db.close()
    with serve(path) as address:
        yield address


@pytest.fixture
def visit(chromium):
    """visit(address, width, height) -> Visitor; whatever it saw is judged when the test ends."""
    open_contexts = []

    def begin(address: str, width: int = 1440, height: int = 900) -> Visitor:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN", accept_downloads=True)
        open_contexts.append((context, visitor := Visitor(context.new_page(), address)))
        return visitor

    yield begin
    for context, visitor in open_contexts:
        context.close()
        visitor.judge()
