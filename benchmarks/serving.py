"""Serves built pages to a browser on this machine, as a static host would, and counts what it sends."""

from __future__ import annotations

import gzip
import mimetypes
import re
import shutil
import socketserver
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from cslearn.problem import Problem

# What static hosts compress; pictures and woff2 fonts are compressed already.
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".ttf", ".eot", ".txt", ".map", ".ipynb"}
LEVEL = 6
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that asks for anything else gets a quick no instead of a wait for the network.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def zipped(data: bytes) -> bytes:
    # No time stamp, so that a size is the same in every run.
    return gzip.compress(data, LEVEL, mtime=0)


@dataclass
class Served:
    """An address, and what has been sent from it: (path, bytes with headers)."""

    url: str
    sent: list[tuple[str, int]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@contextmanager
def served(folders: dict[str, Path], change: Callable[[str], str] | None = None) -> Iterator[Served]:
    """The folders under their prefixes ("/" last), gzip where it helps.

    `change` is applied to the text of every HTML page. Everything is compressed once and
    kept, so that the time of a visit is the browser's and not the server's.
    """
    kept: dict[str, tuple[bytes, bool, str] | None] = {}
    result = Served("")

    def found(path: str) -> tuple[bytes, bool, str] | None:
        for prefix, folder in folders.items():
            if path.startswith(prefix):
                file = folder / path.removeprefix(prefix)
                if path.endswith("/"):
                    file /= "index.html"
                if not file.is_file():
                    return None
                data = file.read_bytes()
                if change and file.suffix == ".html":
                    data = change(data.decode("utf-8")).encode("utf-8")
                kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
                small = file.suffix in COMPRESSED
                return (zipped(data) if small else data), small, "text/javascript" if file.suffix == ".js" else kind
        return None

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Else the second of two small writes waits for the first one's receipt.
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            if path not in kept:
                kept[path] = found(path)
            if kept[path] is None:
                result.missing.append(path)
                body, small, kind, status = b"not here", False, "text/plain", "404 Not Found"
            else:
                body, small, kind = kept[path]
                status = "200 OK"
            head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
            # Scripts that a page marks crossorigin come from another host in real life.
            head += "Access-Control-Allow-Origin: *\r\nCache-Control: max-age=600\r\n"
            if small:
                head += "Content-Encoding: gzip\r\n"
            data = f"{head}\r\n".encode() + body
            result.sent.append((path, len(data)))
            self.wfile.write(data)

        def log_message(self, *args) -> None:
            """Says nothing: the visits are in `sent`."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address) -> None:
            # A browser that closes a page hangs up; that is no fault.
            if not isinstance(sys.exc_info()[1], ConnectionError):
                super().handle_error(request, client_address)

    server: socketserver.BaseServer = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    result.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield result
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def chromium() -> Iterator:
    """A browser of this machine, headless, that can reach nothing but this machine."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or "/usr/bin/chromium"
    if not Path(path).exists():
        raise Problem("Chromium is not installed; install Debian's package `chromium` and run this again.")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


def weight(sent: list[tuple[str, int]], only: str = "") -> int:
    """Bytes sent, of the paths that match."""
    return sum(size for path, size in sent if re.search(only, path))
