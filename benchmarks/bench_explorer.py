"""How soon an explorer on a page answers, and what it adds to the page.

A cold visit each time, timed inside the page from the start of navigation: the page scrolls to the
explorer, and as soon as its first slider can be seen it is moved, a prediction is given and the weight
is moved; the time is that at which the new figures have been drawn. Then comes the first chart.
Stock is the same widget in a code cell of the same lesson, brought to the page by html-manager.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from benchmarks import books
from benchmarks.measure import Bar, Bench, Row, in_turn, median, row, spread
from benchmarks.serving import chromium, served, weight, zipped
from benchmarks.stock_book import local_addresses, widget_models
from benchmarks.visiting import first_word, visit
from cslearn.explorers import CHART_LIBRARY, registry

NAME = "explorer"
OWN = "{}: what it adds, without the chart library"
FIRST = "decision matrix: first answer to a reader"
PHONE = "decision matrix: first answer, phone on a slow line"
SLOWEST = "slowest of all explorers: first answer to a reader"
CHART = "decision matrix: first chart is there"
CHARTS = "chart library, once for all explorers"
BARS: dict[str, Bar | None] = {
    FIRST: Bar(times=3),
    # Against the one explorer that the stock book has.
    SLOWEST: Bar(times=3),
    CHART: None,
    PHONE: None,
    **{OWN.format(slug): Bar(at_most=30) for slug in registry()},
    CHARTS: None,
}
# What brings a widget to a stock page.
CARRIERS = r"^/cdn/(requirejs|@jupyter-widgets|anywidget)"


def run(bench: Bench) -> Iterator[Row]:
    ours, stock, cdn = books.ours(bench), books.stock(bench), books.cdn(bench)
    with chromium() as browser, served({"/": ours.site}) as our_server:
        folders = {"/cdn/": cdn, "/": stock.site} if cdn else {"/": stock.site}
        with served(folders, local_addresses) as stock_server:
            seen = {"ours": [], "stock": []}

            def visited(which: str, server) -> float:
                seen[which].append(visit(browser, server, books.LESSON))
                return seen[which][-1].answered

            def by_phone(server) -> float:
                return visit(browser, server, books.LESSON, phone=True).answered

            # The first visit of a browser starts more than the page; nobody counts it.
            visit(browser, our_server, books.LESSON)
            if cdn:
                visit(browser, stock_server, books.LESSON)
            in_turn(
                lambda: visited("ours", our_server),
                (lambda: visited("stock", stock_server)) if cdn else None,
                bench.runs + 2,
                bench.say,
                "ms",
            )
            bench.say("  every other page with an explorer, ours only")
            firsts = {}
            for lesson in ours.lessons():
                times = [first_word(browser, our_server, lesson) for _ in range(min(3, bench.runs))]
                firsts[lesson] = median(times)
                bench.say(f"  {lesson}: {spread(times, 'ms')}")
            bench.say("  the same as a phone on a slow line (1.6 Mbit/s, 150 ms, a quarter of the processor)")
            phones = in_turn(
                lambda: by_phone(our_server),
                (lambda: by_phone(stock_server)) if cdn else None,
                min(3, bench.runs),
                bench.say,
                "ms",
            )
    for name, part in ((FIRST, "answered"), (CHART, "chart")):
        figures = {which: [getattr(one, part) for one in visits] for which, visits in seen.items()}
        bench.say("  " + "; ".join(f"{which} {spread(all_, 'ms')}" for which, all_ in figures.items() if all_))
        yield row(BARS, name, median(figures["ours"]), median(figures["stock"]) if cdn else None, "ms")

    yield row(
        BARS, SLOWEST, max(firsts.values()), median([one.answered for one in seen["stock"]]) if cdn else None, "ms"
    )
    yield row(BARS, PHONE, median(phones[0]), median(phones[1]) if cdn else None, "ms")

    carriers = weight(seen["stock"][-1].sent, CARRIERS) if cdn else None
    host = ours.site / "_static" / "host.js"
    pages = {slug: stock.page(lesson) for lesson, slug in books.LESSONS.items()}
    for slug, entry in registry().items():
        # Licences lie beside the files; no page loads them. Some files come when a part is opened.
        loaded = [path for path in (entry.module, *entry.assets) if path.suffix in (".js", ".css")]
        own = [path for path in loaded if path not in (*CHART_LIBRARY, *entry.later)]
        parts = {path.name: len(zipped(path.read_bytes())) for path in (*own, host)}
        bench.say(f"  {slug}: {', '.join(f'{name} {size:,} B' for name, size in parts.items())}")
        added = None
        if carriers is not None and slug in pages:
            html = local_addresses(pages[slug].read_text(encoding="utf-8"))
            added = (carriers + widget_state(html)) / 1000
        yield row(BARS, OWN.format(slug), sum(parts.values()) / 1000, added, "KB")
    charts = sum(len(zipped(path.read_bytes())) for path in CHART_LIBRARY)
    yield row(BARS, CHARTS, charts / 1000, None, "KB")


def widget_state(html: str) -> int:
    """The compressed size of a stock page's widget state, without the chart library in it."""
    state = json.dumps(widget_models(html))
    for path in CHART_LIBRARY:
        # As it stands inside the JSON.
        state = state.replace(json.dumps(path.read_text(encoding="utf-8"))[1:-1], "")
    return len(zipped(state.encode("utf-8")))
