"""Somebody at the screen: goes to pages, waits until they stand still, notes what should not have happened."""

import re
from urllib.parse import urlparse

from playwright.sync_api import Download, Locator, Page

# Words of Latin letters that a reviewer meets anyway: formats, ids of rules, the name of the hash that draws the sample.
ALLOWED = re.compile(
    r"Excel|WPS|SHA-256|u|xlsx|xlsm|xls|csv|et|docx|MB|KB|GB|n|N|[ORPMUTD]\d\d|s[0-9a-f]{10}|[0-9a-f]{8,}|"
    r"[\w/.-]+\.(?:xlsx|csv|xls|md|toml|py|duckdb)|[A-Z]{1,2}\d*",
    re.ASCII,
)
WORD = re.compile(r"[A-Za-z][\w./-]*", re.ASCII)
# Chromium's own remarks that say nothing about our page; and on /imports the client asks /imports/_stcore first to find its base path.
HARMLESS = ("/_stcore/", "favicon", "preload", "Permissions-Policy", "Unrecognized feature", "WebGL", "swiftshader", "GPU stall", "iframe",
            "autofocus")  # fmt: skip
SEEN = """() => {
    const skipped = 'style, script, canvas, code, pre, .modebar';
    const walker = document.createTreeWalker(document.querySelector('[data-testid="stApp"]'), NodeFilter.SHOW_TEXT);
    const lines = [];
    while (walker.nextNode()) {
        const node = walker.currentNode, parent = node.parentElement, words = node.textContent.trim();
        if (!words || parent.closest(skipped) || getComputedStyle(parent).fontFamily.includes('Material Symbols')) continue;
        if (!parent.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const box = range.getBoundingClientRect(), holder = parent.getBoundingClientRect();
        if (box.width > 1 && holder.width > 1 && box.right > 0 && box.bottom + window.scrollY > 0) lines.push(words);
    }
    return lines.join('\\n');
}"""


class Visitor:
    """One browser page over the app at ``address``. :meth:`judge` fails for outside requests, console errors, tracebacks."""

    def __init__(self, page: Page, address: str):
        self.page, self.address = page, address
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        page.set_default_timeout(30_000)
        page.on("request", lambda request: self.hosts.add(urlparse(request.url).hostname or ""))
        page.on("websocket", lambda socket: self.hosts.add(urlparse(socket.url).hostname or ""))
        page.on("console", lambda line: self.complaints.append(f"{line.text} {line.location['url']}") if line.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str = "") -> "Visitor":
        """Open a page by its address and wait for it."""
        self.page.goto(f"{self.address}/{path}")
        return self.settle()

    def menu(self, title: str) -> "Visitor":
        """Open a page by its name in the side bar."""
        self.page.get_by_test_id("stSidebar").get_by_role("link", name=title, exact=False).click()
        self.page.get_by_role("heading", name=title, level=1).wait_for()
        return self.settle()

    def settle(self) -> "Visitor":
        """Wait until the script has run and the page has stood still for a moment."""
        self.page.wait_for_function(
            """() => {
                const app = document.querySelector('[data-testid="stApp"]');
                const quiet = app && app.dataset.testScriptState === 'notRunning' && app.dataset.testConnectionState === 'CONNECTED'
                    && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]') && document.querySelector('h1');
                const now = Date.now();
                if (!quiet) window.quietSince = null;
                else if (!window.quietSince) window.quietSince = now;
                return quiet && now - window.quietSince > 300;
            }"""
        )
        self.page.evaluate("window.quietSince = null")
        return self

    def click(self, words: str, role: str = "button") -> "Visitor":
        """Click what bears these words, then wait."""
        self.page.get_by_role(role, name=words).first.click()
        self.page.wait_for_timeout(150)
        return self.settle()

    def download(self, words: str) -> Download:
        """Click a download button and take the file."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name=words).click()
        return waiting.value

    def text(self) -> str:
        """Everything a person can read on the page; names of icons are not words."""
        return self.page.evaluate(SEEN)

    def box(self, words: str) -> Locator:
        """A text field by its label."""
        return self.page.get_by_role("textbox", name=words)

    def figure(self, label: str) -> int:
        """The number that stands above a label in the row of figures."""
        found = re.search(rf"^([\d,]+)\n{re.escape(label)}$", self.text(), re.M)
        assert found, f"no figure {label} in\n{self.text()}"
        return int(found[1].replace(",", ""))

    def latin_words(self) -> list[str]:
        """Words in Latin letters that nobody should have to read here."""
        return sorted({word for word in WORD.findall(self.text()) if not ALLOWED.fullmatch(word.rstrip("."))})

    def overflow(self) -> list[str]:
        """What is wider than the window."""
        return self.page.evaluate(
            """() => ['html', '[data-testid="stMain"]', '[data-testid="stMainBlockContainer"]'].filter(s => {
                const e = document.querySelector(s); return e.scrollWidth > e.clientWidth + 1; })"""
        )

    def judge(self) -> None:
        """Fail for anything that reached outside, for script errors and for traces of a fault on the page."""
        outside = self.hosts - {"", "127.0.0.1"}
        assert not outside, f"requests to {outside}"
        told = [line for line in self.complaints if not any(word.lower() in line.lower() for word in HARMLESS)]
        assert not told, f"errors in the browser: {told}"
