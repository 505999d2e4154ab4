"""One cold visit to a lesson, timed inside the page itself."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.serving import Served
from cslearn.problem import Problem

TIMEOUT = 90_000
# A usual picture of a cheap phone on a slow mobile line: 1.6 Mbit/s with 150 ms there and back,
# and a quarter of this machine's processor.
SLOW_LINE = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000}
# Runs before the page's own scripts. Looks after every change of the page; acts as a reader
# would as soon as a control can be seen; notes when the answer has been drawn.
# The same file makes the widget of the stock page, so the same steps fit both.
WATCH = r"""
(() => {
  const seen = { wrong: [] };
  window.visit = new Promise((done) => {
    seen.note = (name) => {
      seen[name] = performance.now();
      if ("answered" in seen && "chart" in seen) done(seen);
    };
  });
  window.visitSoFar = () => JSON.stringify(seen);
  const shown = (selector) => {
    const found = document.querySelector(selector);
    return found && found.getClientRects().length ? found : null;
  };
  const put = (input, value) => {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  let scrolled = false, slid = false, weighed = false, charted = false;
  const look = () => {
    // Down to where the explorer is (or will be), as soon as that place is there.
    const place = document.querySelector("[data-explorer], script[type='application/vnd.jupyter.widget-view+json']");
    if (place && !scrolled) {
      scrolled = true;
      (place.closest("section") ?? place).scrollIntoView();
    }
    const slider = shown(".cslx [data-step=predict] input[type=range]");
    if (slider && !slid) {
      slid = true;
      const number = slider.closest(".cslx-pair").querySelector("input[type=number]");
      const before = number.value;
      put(slider, 37);
      if (number.value === before || number.value !== "37") seen.wrong.push("the first slider moved nothing");
      const form = slider.closest("form");
      form.querySelector("input[type=radio]").click();
      put(number, 20);
      form.requestSubmit();
    }
    const run = shown(".cslx [data-step=run] input[type=number]");
    if (run && !weighed) {
      weighed = true;
      const says = run.closest("[data-step=run]").querySelector(".cslx-say");
      const before = says.textContent;
      put(run, 5);
      if (says.textContent === before) seen.wrong.push("moving the weight changed no total");
      requestAnimationFrame(() => requestAnimationFrame(() => seen.note("answered")));
    }
    if (shown(".cslx [data-step=run] svg[role=img]") && !charted) {
      charted = true;
      seen.note("chart");
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  addEventListener("load", look);
})();
"""
# The same for whatever explorer stands first on a page: its first form is sent as it is, empty, and
# the explorer must say what is missing. No control answers that by itself.
REFUSE = r"""
(() => {
  window.refused = new Promise((done) => {
    let scrolled = false, sent = false;
    const look = () => {
      const place = document.querySelector("[data-explorer]");
      if (place && !scrolled) {
        scrolled = true;
        (place.closest("section") ?? place).scrollIntoView();
      }
      const form = document.querySelector(".cslx [data-step=predict] form");
      if (!form || sent || !form.getClientRects().length) return;
      sent = true;
      form.requestSubmit();
      const says = form.querySelector("[role=alert]").textContent;
      requestAnimationFrame(() => requestAnimationFrame(() => done({ says, at: performance.now() })));
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true });
    addEventListener("load", look);
  });
})();
"""


@dataclass(frozen=True)
class Visit:
    """Milliseconds from the start of navigation, and what was sent."""

    answered: float
    chart: float
    sent: list[tuple[str, int]]
    not_there: list[str]


def visit(browser, server: Served, page_name: str, *, act: bool = True, phone: bool = False) -> Visit:
    """Opens a page with an empty cache, and waits for everything that it loads.

    `act`: uses the explorer as WATCH says. `phone`: with a phone's line and processor.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    elsewhere: set[str] = set()
    errors: list[str] = []
    server.sent.clear()
    server.missing.clear()
    found = {"answered": 0, "chart": 0, "wrong": []}
    try:
        page = context.new_page()
        page.set_default_timeout(TIMEOUT)
        if phone:
            tools = context.new_cdp_session(page)
            tools.send("Network.enable")
            tools.send("Network.emulateNetworkConditions", SLOW_LINE)
            tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.on("pageerror", lambda error: errors.append(str(error)))
        if act:
            page.add_init_script(WATCH)
        else:
            # Not in a timed visit: hearing of each request takes time from the server, which runs here too.
            page.on("request", lambda asked: elsewhere.add(asked.url) if is_elsewhere(asked.url, server) else None)
        page.goto(f"{server.url}/{page_name}.html", wait_until="load")
        page.wait_for_selector(".cslx", state="attached")
        if act:
            wait = f"Promise.race([visit, new Promise((done) => setTimeout(done, {TIMEOUT}))])"
            found = page.evaluate(wait)
            if found is None:
                so_far = page.evaluate("visitSoFar()")
                raise Problem(f"The explorer on {page_name} did not answer ({so_far}; {'; '.join(errors)}).")
        settle(page, server)
    finally:
        context.close()
    if found["wrong"]:
        raise Problem(f"The explorer on {page_name} did not answer as it should: {'; '.join(found['wrong'])}.")
    return Visit(found["answered"], found["chart"], list(server.sent), sorted({*server.missing, *elsewhere}))


def first_word(browser, server: Served, page_name: str) -> float:
    """Milliseconds from the start of navigation, cache empty, until a page's first explorer has answered its reader."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        page = context.new_page()
        page.set_default_timeout(TIMEOUT)
        page.add_init_script(REFUSE)
        page.goto(f"{server.url}/{page_name}.html", wait_until="load")
        found = page.evaluate(f"Promise.race([refused, new Promise((done) => setTimeout(done, {TIMEOUT}))])")
    finally:
        context.close()
    if not found or not found["says"]:
        raise Problem(f"The explorer on {page_name} did not say what its form lacks.")
    return found["at"]


def is_elsewhere(url: str, server: Served) -> bool:
    return not url.startswith((f"{server.url}/", "data:", "blob:"))


def settle(page, server: Served) -> None:
    """Waits until nothing more has been asked for in a second."""
    before = -1
    while len(server.sent) != before:
        before = len(server.sent)
        page.wait_for_timeout(1000)
