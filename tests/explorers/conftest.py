"""A folder as a book's site would have it, served on this machine, and a real browser."""

import functools
import http.server
import shutil
import threading
from pathlib import Path

import pytest

from cslearn.explorers import registry
from cslearn.site.explorer import publish_tables

DATASETS = Path(__file__).parents[2] / "datasets"

# The book's pages have the same rule: nothing from elsewhere, no inline scripts.
POLICY = "default-src 'self'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<script type="module" src="host.js"></script>
</head>
<body>
<main>
<h1>A page of the book</h1>
<h2>{title}</h2>
<section aria-label="Explorer" id="place" data-module="{module}"></section>
</main>
</body>
</html>
"""
STYLES = """
:root { color-scheme: light dark; }
body { margin: 0; background: Canvas; color: CanvasText; }
body { font: 1.0625rem/1.6 system-ui, "Liberation Sans", sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 0 1rem; }
"""
# What the host of a page gives an explorer, and no more.
HOST = """
const values = {};
const heard = new Map();
export const model = {
  get: (name) => values[name],
  set: (name, value) => { values[name] = value; (heard.get(`change:${name}`) ?? []).forEach((f) => f()); },
  on: (name, f) => heard.set(name, [...(heard.get(name) ?? []), f]),
  off: (name, f) => heard.set(name, (heard.get(name) ?? []).filter((g) => g !== f)),
  save_changes() {},
};
globalThis.model = model;
globalThis.kept = values;
const place = document.querySelector("#place");
if (place?.dataset.module) {
  const made = (await import(`./${place.dataset.module}`)).default;
  globalThis.unmount = await made.render({ model, el: place });
  place.dataset.ready = "yes";
}
"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The address of a folder with every explorer's files, each in one place, and a page for each."""
    folder = tmp_path_factory.mktemp("site")
    for entry in registry().values():
        for file in (entry.module, *entry.assets):
            shutil.copy(file, folder / file.name)
        page = PAGE.format(policy=POLICY, title=entry.title, module=entry.module.name)
        (folder / f"{entry.slug}.html").write_text(page, encoding="utf-8")
    (folder / "blank.html").write_text(PAGE.format(policy=POLICY, title="Blank", module=""), encoding="utf-8")
    # As in the site: the tables lie beside the folder of the explorers, which here is the root.
    publish_tables(DATASETS, folder / "data")
    (folder / "page.css").write_text(STYLES, encoding="utf-8")
    (folder / "host.js").write_text(HOST, encoding="utf-8")
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture
def visit(browser, site):
    """Opens a page of the site; afterwards there must be no error and no request to elsewhere."""
    opened = []
    troubles = []

    def go(path, width=1280, dark=False, **more):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            **more,
        )
        page = context.new_page()
        page.on("console", lambda m: troubles.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda e: troubles.append(str(e)))
        page.on(
            "request",
            lambda r: None if r.url.startswith((site, "data:", "blob:")) else troubles.append(r.url),
        )
        page.goto(f"{site}/{path}")
        opened.append(context)
        return page

    yield go
    for context in opened:
        context.close()
    assert troubles == []
