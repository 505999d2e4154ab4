"""From opening an exercise page to a checked answer, with Python in the page: first visit, later visits, later checks.

The check begins when the page has loaded, and runs the marker's own rules in the page's worker. What
is sent is counted by the server. The same check is made in the full notebook that the page leads to,
in JupyterLite on the same files of Python: as soon as a cell can be run, it is.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks import books
from benchmarks.measure import Bar, Bench, Row, median, row, spread
from benchmarks.serving import Served, chromium, served, weight
from benchmarks.visiting import settle
from cslearn.problem import Problem

NAME = "exercise"
FIRST = "exercise page to first checked answer, first visit"
AGAIN = "exercise page to first checked answer, later visit"
LATER = "a later check of the same page"
SENT = "sent for a page and its first check, first visit"
SENT_AGAIN = "sent on a second visit, besides sw.js"
WORKER = "sw.js, which a browser asks for at each visit"
BARS: dict[str, Bar | None] = {
    FIRST: Bar(times=3),
    AGAIN: Bar(times=3),
    LATER: Bar(at_most=300),
    SENT: None,
    SENT_AGAIN: Bar(at_most=0),
    WORKER: None,
}
PAGE = books.LESSON
# Far above what it takes, so that a slow machine fails for no other reason.
WITHIN = 300_000
REQUEST = {"exercise": "choose-an-improvement", "task": "matrix", "answer": {"ranking": ["A"]}}
CHECK = """async (request) => {
  const { Python } = await import(new URL("../_static/exercise/python.js", location.href));
  const python = new Python();
  const found = await python.check(request);
  const first = performance.now();
  const later = [];
  for (let n = 0; n < 5; n += 1) {
    const before = performance.now();
    await python.check(request);
    later.push(performance.now() - before);
  }
  return { first, later, parts: found.parts.length };
}"""


NOTEBOOK = "lite/notebooks/index.html?path=choose-an-improvement.ipynb"
NOTEBOOK_CHECK = (
    f"from cslearn import check; check('{REQUEST['exercise']}', '{REQUEST['task']}', {REQUEST['answer']!r})"
)


def run(bench: Bench) -> Iterator[Row]:
    ours = books.ours(bench)
    if not (ours.site / "_static" / "pyodide" / "pyodide.asm.wasm").is_file():
        raise Problem("The book was built without Python for its exercise pages; run scripts/pyodide first.")
    if not (ours.site / "lite").is_dir():
        raise Problem(
            "The book was built without its full notebooks, which this compares it with; run `make setup` anew."
        )
    first, again, later, sent, sent_again, worker = [], [], [], [], [], []
    notebook_first, notebook_again = [], []
    with chromium() as browser, served({"/": ours.site}) as server:
        for number in range(1, min(3, bench.runs) + 1):
            context = browser.new_context()
            try:
                tab = context.new_page()
                found, kilobytes, _ = visited(tab, server)
                first.append(found["first"])
                sent.append(kilobytes)
                # Once more, for what came past sw.js on the very first visit.
                visited(tab, server)
                found, kilobytes, own = visited(tab, server)
                again.append(found["first"])
                sent_again.append(kilobytes - own)
                worker.append(own)
                later += found["later"]
            finally:
                context.close()
            context = browser.new_context(viewport={"width": 1280, "height": 1600})
            try:
                tab = context.new_page()
                notebook_first.append(checked_in_the_notebook(tab, server))
                notebook_again.append(checked_in_the_notebook(tab, server))
            finally:
                context.close()
            bench.say(f"  run {number}: full notebook {notebook_first[-1]:.0f} ms, then {notebook_again[-1]:.0f} ms")
            bench.say(f"  run {number}: first visit {first[-1]:.0f} ms, later visit {again[-1]:.0f} ms")
    for name, figures, theirs in ((FIRST, first, notebook_first), (AGAIN, again, notebook_again), (LATER, later, None)):
        bench.say(f"  {name}: {spread(figures, 'ms')}")
        yield row(BARS, name, median(figures), median(theirs) if theirs else None, "ms")
    for name, figures in ((SENT, sent), (SENT_AGAIN, sent_again), (WORKER, worker)):
        yield row(BARS, name, median(figures), None, "KB")


def visited(tab, server: Served) -> tuple[dict, float, float]:
    """What a visit with a check took, the kilobytes that it was sent, and those of sw.js among them."""
    server.sent.clear()
    tab.goto(f"{server.url}/{PAGE}.html", wait_until="load")
    found = tab.evaluate(CHECK, REQUEST)
    if found["parts"] < 5:
        raise Problem("The check on the page did not give the parts that the rules have.")
    settle(tab, server)
    return found, weight(server.sent) / 1000, weight(server.sent, r"^/sw\.js$") / 1000


def checked_in_the_notebook(tab, server: Served) -> float:
    """Milliseconds from opening the full notebook to the marks below a cell that asks for the same check."""
    before = time.perf_counter()
    tab.goto(f"{server.url}/{NOTEBOOK}", wait_until="load")
    cell = tab.locator(".jp-Notebook .jp-CodeCell").first
    cell.locator(".cm-content").click(timeout=WITHIN)
    prompt = cell.locator(".jp-InputPrompt")
    tab.keyboard.press("Control+A")
    tab.keyboard.insert_text(NOTEBOOK_CHECK)
    # JupyterLite passes over the keys while it is still busy with itself.
    for _ in range(100):
        tab.keyboard.press("Control+Enter")
        tab.wait_for_timeout(100)
        if prompt.inner_text().strip() != "[ ]:":
            break
    cell.locator(".jp-OutputArea-output table").first.wait_for(timeout=WITHIN)
    return (time.perf_counter() - before) * 1000
