"""From opening an exercise page to a checked answer, with Python in the page: first visit, later visits, later checks.

The check begins when the page has loaded, and runs the marker's own rules in the page's worker. What
is sent is counted by the server. The same check in a JupyterLite notebook is not measured yet, so the
bars that need it are left out.
"""

from __future__ import annotations

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


def run(bench: Bench) -> Iterator[Row]:
    ours = books.ours(bench)
    if not (ours.site / "_static" / "pyodide" / "pyodide.asm.wasm").is_file():
        raise Problem("The book was built without Python for its exercise pages; run scripts/pyodide first.")
    first, again, later, sent, sent_again, worker = [], [], [], [], [], []
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
            bench.say(f"  run {number}: first visit {first[-1]:.0f} ms, later visit {again[-1]:.0f} ms")
    for name, figures in ((FIRST, first), (AGAIN, again), (LATER, later)):
        bench.say(f"  {name}: {spread(figures, 'ms')}")
        yield row(BARS, name, median(figures), None, "ms")
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
