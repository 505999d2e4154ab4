"""Visits a page of a built site in Chromium and says what a reader would trip over."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Playwright

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
COMPRESSED = (".html", ".css", ".js", ".json", ".svg", ".ipynb", ".csv")


def start_chromium(playwright: Playwright) -> Browser:
    """Debian's Chromium, without the calls home that it makes at its start."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)


@contextmanager
def served(site: Path, base: str = "/some/folder", asked: list[str] | None = None) -> Iterator[str]:
    """The site at an address below a folder, compressed as a static host would. `asked` takes down every path."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            if asked is not None:
                asked.append(path.removeprefix(base + "/"))
            file = site / path.removeprefix(base).lstrip("/")
            if path.endswith("/"):
                file /= "index.html"
            if not path.startswith(base + "/") or not file.is_file():
                self.send_error(404)
                return
            content = file.read_bytes()
            self.send_response(200)
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            self.send_header("Content-Type", "text/javascript" if file.suffix == ".js" else kind)
            if file.suffix in COMPRESSED:
                content = gzip.compress(content, 6)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{base}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Findings:
    """Faults are lists of sentences; `weight` is what the page took over the network, in bytes."""

    console: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    axe: list[str] = field(default_factory=list)
    unreachable: list[str] = field(default_factory=list)
    layout: list[str] = field(default_factory=list)
    explorers: list[str] = field(default_factory=list)
    weight: int = 0
    parts: dict[str, int] = field(default_factory=dict)

    @property
    def faults(self) -> list[str]:
        return [*self.console, *self.outside, *self.axe, *self.unreachable, *self.layout, *self.explorers]


@contextmanager
def opened(browser: Browser, url: str, width: int, scheme: str) -> Iterator[tuple[Page, Findings, list]]:
    """A page in a fresh browser profile, with what it says and asks for being written down."""
    findings, requests = Findings(), []
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    own = "{0.scheme}://{0.netloc}/".format(urlsplit(url))
    page.on("console", lambda said: said.type in ("error", "warning") and findings.console.append(said.text))
    page.on("pageerror", lambda error: findings.console.append(str(error)))
    page.on("requestfailed", lambda failed: findings.console.append(f"{failed.url} could not be loaded"))
    page.on("requestfinished", lambda request: requests.append(request))

    def watch(request) -> None:
        if not request.url.startswith((own, "data:", "blob:")):
            findings.outside.append(f"asks for {request.url}")

    page.on("request", watch)
    try:
        page.goto(url, wait_until="load")
        waiting = page.locator("[data-explorer]:not([data-state=ready]):not([data-state=failed])")
        waiting.first.wait_for(state="detached", timeout=20_000)
        page.wait_for_load_state("networkidle")
        yield page, findings, requests
    finally:
        context.close()


def visit(browser: Browser, url: str, width: int = 1280, scheme: str = "light", *, keyboard: bool = True) -> Findings:
    """Everything that is wrong with one page at one width, in light or dark colours."""
    with opened(browser, url, width, scheme) as (page, findings, requests):
        findings.explorers = page.evaluate(
            "[...document.querySelectorAll('[data-state=failed]')].map(e => e.textContent.trim())"
        )
        for request in requests:
            findings.parts[urlsplit(request.url).path] = request.sizes()["responseBodySize"]
        findings.weight = sum(findings.parts.values())
        if keyboard:
            findings.unreachable = unreachable(page)
        findings.layout = too_wide(page)
        findings.axe = axe(page)
        return findings


def too_wide(page: Page) -> list[str]:
    """The elements that make the page itself scroll sideways."""
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll("body *")]
            .filter((e) => e.getBoundingClientRect().right > width + 1 && !e.closest(".scroll, pre, .skip"))
            .slice(0, 5)
            .map((e) => `${e.tagName.toLowerCase()}.${e.className} is wider than the page of ${width} px`)
            .concat([`the page scrolls sideways: ${document.documentElement.scrollWidth} px at ${width} px`]);
        }"""
    )


def axe(page: Page) -> list[str]:
    """What axe-core finds, with everything that is folded opened."""
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run({ resultTypes: ['violations'] })")
    return [
        f"{violation['id']}: {node['html'][:160]} ({node.get('failureSummary', '').replace(chr(10), ' ')[:200]})"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def unreachable(page: Page) -> list[str]:
    """The controls that the Tab key never reaches."""
    count = page.evaluate(
        """() => {
          window.reached = new Set();
          document.addEventListener("focusin", (event) => window.reached.add(event.target));
          window.wanted = () => [...document.querySelectorAll(
            'a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter((e) =>
              e.checkVisibility({ visibilityProperty: true }) && !e.disabled && e.tabIndex >= 0
              && e.type !== "hidden");
          // A button such as Stop comes and goes with what the page does; it is no stop on this way.
          window.there = new Set(window.wanted());
          document.activeElement?.blur();
          // Inside a date Tab stops at the day, the month, the year and the calendar.
          return window.there.size + 3 * document.querySelectorAll('input[type="date"]').length;
        }"""
    )
    for _ in range(count + 10):
        page.keyboard.press("Tab")
    return page.evaluate(
        """() => window.wanted()
          .filter((e) => window.there.has(e) && !window.reached.has(e))
          // Of radio buttons with one name, Tab reaches one and the arrow keys the others.
          .filter((e) => !(e.type === "radio" && [...window.reached].some((r) => r.name === e.name && r.form === e.form)))
          .map((e) => `Tab does not reach ${e.outerHTML.slice(0, 120)}`)"""
    )
